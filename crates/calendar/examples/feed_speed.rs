//! How long a feed of a thousand events takes after one of them changed, beside what a Python
//! server does for each request.
//!
//! `cargo run --release -p calendar --example feed_speed -- path/to/python` with a Python that has
//! `icalendar` (the tests make one: `target/tmp/calendar-python/bin/python`). Without a path only
//! our own figures are printed. The best of several runs counts, and the ratio, not the figure:
//! both sides are measured in one go on the same machine.
#![allow(clippy::print_stdout, clippy::expect_used, reason = "it prints figures for people")]

use std::process::Command;
use std::time::{Duration, Instant};

use calendar::{Conference, Event, EventValues, Feed, FeedValues, When, fragment, import};
use chrono::{DateTime, TimeDelta, Utc};

const EVENTS: u32 = 1_000;
const RUNS: u32 = 20;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// The events of a busy hub, with as many octets as real ones have, many of them outside ASCII.
fn values(number: u32) -> EventValues {
    let start = at("2026-05-01T17:00:00Z") + TimeDelta::hours(i64::from(number) * 7);
    let mut values = EventValues::new(
        format!("event_{number:04}@hub.example"),
        at("2026-04-01T09:00:00Z"),
        When::Utc(start),
        When::Utc(start + TimeDelta::hours(2)),
    );
    values.summary = format!("Güneş kooperatifi, {number}. buluşma");
    values.description =
        "Araçlarımızı paylaşıyoruz; bir lamba getirin. 도구를 나눠 씁니다. ".repeat(3);
    values.location = "Impact Hub, Fore Street 1, London".into();
    values.url = Some(format!("https://hub.example/h/london/events/{number}"));
    values.categories = vec!["Enerji".into(), "İklim".into()];
    values.conference =
        Some(Conference { link: "https://meet.example/solar".into(), label: "Join".into() });
    values
}

fn feed() -> Feed {
    let values = FeedValues {
        name: "Hub London".into(),
        description: "Events of the hub".into(),
        zone: chrono_tz::Europe::London,
        color: None,
        url: None,
        source: None,
        image: None,
        last_modified: at("2026-04-01T09:00:00Z"),
        not_shown: 0,
    };
    Feed::new(&values).expect("clean values")
}

/// The shortest of several runs.
fn best<T>(mut run: impl FnMut() -> T) -> Duration {
    let once = |_| {
        let began = Instant::now();
        std::hint::black_box(run());
        began.elapsed()
    };
    (0..RUNS).map(once).min().unwrap_or_default()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn main() {
    let render = |number| fragment(&Event::new(&values(number)).expect("clean values"));
    let mut fragments: Vec<String> = (0..EVENTS).map(render).collect();
    let whole = feed().render(fragments.iter().map(String::as_str));
    println!("{EVENTS} events, {} octets", whole.len());

    let all = best(|| {
        let fragments: Vec<String> = (0..EVENTS).map(render).collect();
        feed().render(fragments.iter().map(String::as_str))
    });
    println!("every event written anew: {:.2} ms", ms(all));
    let changed = best(|| {
        if let Some(one) = fragments.get_mut(500) {
            *one = render(500);
        }
        feed().render(fragments.iter().map(String::as_str))
    });
    println!("one event changed, the others kept: {:.3} ms", ms(changed));
    let read = best(|| import::file(whole.as_bytes(), chrono_tz::Europe::London));
    println!("the feed read back as proposals: {:.2} ms", ms(read));
    slow_files();

    let Some(python) = std::env::args().nth(1) else { return };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/feed_speed.py");
    let output = Command::new(python).arg(script).arg(EVENTS.to_string()).output();
    let output = output.expect("a Python");
    let said = String::from_utf8_lossy(&output.stdout);
    let theirs: f64 = said.trim().parse().unwrap_or_else(|_cause| {
        println!("{}", String::from_utf8_lossy(&output.stderr));
        f64::NAN
    });
    println!("python icalendar, every event anew for each request: {theirs:.0} ms");
    println!("ratio, all anew: {:.0}", theirs / ms(all));
    println!("ratio, one changed: {:.0}", theirs / ms(changed));
}

/// Files as large as may be, made to be slow.
fn slow_files() {
    let head =
        "BEGIN:VEVENT\nUID:1\nSUMMARY:x\nDTSTART:20260501T170000Z\nRRULE:FREQ=DAILY;COUNT=550\n";
    let dates = format!("{head}EXDATE:{}\nEND:VEVENT\n", "20260502T170000Z,".repeat(200));
    for (name, piece) in [
        ("series", format!("{head}END:VEVENT\n")),
        ("beginnings", "BEGIN:VEVENT\n".to_owned()),
        ("dates left out", dates),
        ("lines that are none", "BEGIN:VEVENT\nx\nx\nx\n".to_owned()),
    ] {
        let text = piece.repeat(import::OCTETS_MAX / piece.len());
        let began = Instant::now();
        let read = import::file(text.as_bytes(), chrono_tz::Europe::London);
        let proposals = read.map_or(0, |read| read.proposals.len());
        println!("8 MiB of {name}: {:.0} ms, {proposals} proposals", ms(began.elapsed()));
    }
}
