//! What is printed: a line of JSON a case, a table, and what one must know to judge them.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};

use anyhow::Result;
use serde_json::{Value, json};
use tracing_subscriber::EnvFilter;

use crate::case::Outcome;
use crate::counts;
use crate::pair::{Setting, Spread};
use crate::place::Place;

/// Logs as the server does by default, an access line for each request, into nothing.
pub(crate) fn log_like_the_product() -> Result<()> {
    let nowhere = OpenOptions::new().write(true).open("/dev/null")?;
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_env_filter(EnvFilter::new("sqlx=error,info"))
        .with_writer(move || {
            nowhere.try_clone().map_or_else(
                |_| Box::new(std::io::sink()) as Box<dyn std::io::Write>,
                |file| Box::new(file),
            )
        })
        .try_init()
        .map_err(|fault| anyhow::anyhow!(fault))
}

/// What holds for the whole run, as JSON.
pub(crate) fn header(place: &Place, setting: &Setting) -> Result<Value> {
    Ok(json!({
        "regime": place.regime.name(),
        "fsyncs_counted": crate::regime::shim().is_some(),
        "fsync_us": counts::price(place.folder())?.as_micros(),
        "files": place.folder().parent(),
        "reps": setting.reps,
        "secs": setting.time.as_secs_f64(),
        "processors": std::thread::available_parallelism()?.get(),
        "profile": if cfg!(debug_assertions) { "dev" } else { "release" },
        "load": load(),
    }))
}

/// The same at the end, as far as it may have changed.
pub(crate) fn footer(place: &Place) -> Result<Value> {
    Ok(json!({ "fsync_us": counts::price(place.folder())?.as_micros(), "load": load() }))
}

/// How many wanted a processor in the last minute, and for how much of the last ten seconds
/// somebody waited for one (per cent; Linux's pressure stall information).
fn load() -> Value {
    let first = |path: &str| {
        let text = fs::read_to_string(path).unwrap_or_default();
        text.split_whitespace().next().map(str::to_owned)
    };
    let pressure = fs::read_to_string("/proc/pressure/cpu").unwrap_or_default();
    let waited = pressure.split("avg10=").nth(1).and_then(|rest| rest.split(' ').next());
    json!({ "wanting": first("/proc/loadavg"), "waited_percent": waited })
}

fn rounded(value: f64) -> f64 {
    let places = if value < 10.0 { 1_000.0 } else { 10.0 };
    (value * places).round() / places
}

fn spread(spread: Spread) -> Value {
    json!({
        "median": rounded(spread.median), "min": rounded(spread.min), "max": rounded(spread.max)
    })
}

/// One case as a line of JSON.
pub(crate) fn line(outcome: &Outcome, place: &Place) -> Result<String> {
    let pairs = &outcome.pairs;
    let facts = |a_fsync: Option<f64>| a_fsync.map(|done| rounded(done * outcome.facts_each));
    let latency = |laps: Option<[f64; 2]>| laps.map(|laps| laps.map(rounded));
    Ok(serde_json::to_string(&json!({
        "case": outcome.name,
        "ratio": spread(pairs.ratio),
        "floor": outcome.floor,
        "below": outcome.is_below(),
        "unit": outcome.unit,
        "ours": spread(pairs.ours),
        "twin": spread(pairs.twin),
        "regime": place.regime.name(),
        "durability": outcome.durability,
        "writers": outcome.writers,
        "payload_bytes": outcome.payload,
        "facts_a_fsync": facts(pairs.a_fsync.0).filter(|_| outcome.facts_each > 0.0),
        "facts_a_fsync_floor": outcome.fsync_floor,
        "twin_rows_a_fsync": pairs.a_fsync.1.map(rounded).filter(|_| outcome.facts_each > 0.0),
        "processor_us": pairs.processor_us.0.map(rounded),
        "twin_processor_us": pairs.processor_us.1.map(rounded),
        "ms_p50_p99": latency(pairs.latency.0),
        "twin_ms_p50_p99": latency(pairs.latency.1),
        "load": load(),
        "twin_is": outcome.twin,
    }))?)
}

/// The table for people.
pub(crate) fn table(outcomes: &[Outcome]) -> String {
    let mut text = String::from(
        "| case | ratio, median (min–max) | floor | ours | twin | unit | µs processor, twin's | facts a fsync | p50 / p99 ms | twin's |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for outcome in outcomes {
        let pairs = &outcome.pairs;
        let number = |value: f64| {
            if value < 100.0 { format!("{value:.1}") } else { format!("{value:.0}") }
        };
        let laps = |laps: Option<[f64; 2]>| {
            laps.map_or_else(|| "–".to_owned(), |[half, most]| format!("{half:.2} / {most:.2}"))
        };
        let floor = outcome.floor.map_or_else(
            || "–".to_owned(),
            |floor| {
                format!("{floor:.2}{}", if pairs.ratio.median < floor { " **below**" } else { "" })
            },
        );
        let facts = pairs.a_fsync.0.filter(|_| outcome.facts_each > 0.0);
        let facts = facts.map_or_else(|| "–".to_owned(), |done| number(done * outcome.facts_each));
        let busy = match pairs.processor_us {
            (Some(ours), Some(twin)) => format!("{}, {}", number(ours), number(twin)),
            _ => "–".to_owned(),
        };
        // Writing into a String cannot fail.
        let _unfailing = writeln!(
            text,
            "| `{}` | **{:.3}** ({:.3}–{:.3}) | {floor} | {} | {} | {} | {busy} | {facts} | {} | {} |",
            outcome.name,
            pairs.ratio.median,
            pairs.ratio.min,
            pairs.ratio.max,
            number(pairs.ours.median),
            number(pairs.twin.median),
            outcome.unit,
            laps(pairs.latency.0),
            laps(pairs.latency.1),
        );
    }
    text
}
