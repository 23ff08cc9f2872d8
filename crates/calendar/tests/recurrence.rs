//! Our dates and our zones, compared with the library that Python's calendar servers use.
//!
//! `dateutil` expands the rules of Radicale, Indico and pretix, and reads VTIMEZONE. Two thousand
//! drawn rules must give the same dates, and each zone's block the same offsets, at instants all
//! over the years it is told for.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]
#![allow(clippy::print_stdout, reason = "a failure is tried again by its seed")]
#![allow(clippy::disallowed_methods, reason = "one variable gives the seed")]

mod foreign;
mod sample;

use calendar::{EventValues, Feed, Repeats, Rule, When};
use chrono::{DateTime, Datelike, NaiveDate, Offset, TimeDelta, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};
use sample::Dice;
use serde_json::{Value, json};

fn seed() -> u64 {
    let seed = std::env::var("CALENDAR_SEED").ok().and_then(|text| text.parse().ok());
    let seed = seed.unwrap_or(20_261_122);
    println!("CALENDAR_SEED={seed}");
    seed
}

/// A rule of the closed set, drawn; not every one gives its first date.
fn rule(dice: &mut Dice) -> String {
    const DAYS: &[&str] = &["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let frequency = match dice.below(5) {
        0 => "FREQ=DAILY".to_owned(),
        1 => "FREQ=WEEKLY".to_owned(),
        2 => {
            let mut some: Vec<&str> = DAYS.iter().copied().filter(|_| dice.below(3) == 0).collect();
            some.push(dice.one_of(DAYS));
            format!("FREQ=WEEKLY;BYDAY={}", some.join(","))
        }
        3 => "FREQ=MONTHLY".to_owned(),
        _ => {
            let (sign, week) = (dice.one_of(&["", "-"]), dice.below(5) + 1);
            format!("FREQ=MONTHLY;BYDAY={sign}{week}{}", dice.one_of(DAYS))
        }
    };
    let interval = match dice.below(2) {
        0 => format!(";INTERVAL={}", dice.below(12) + 1),
        _ => String::new(),
    };
    let (year, month, day) = (2026 + dice.below(4), dice.below(12) + 1, dice.below(28) + 1);
    let ends = match dice.below(2) {
        0 => format!("COUNT={}", dice.below(60) + 1),
        _ => format!("UNTIL={year}{month:02}{day:02}"),
    };
    format!("{frequency}{interval};{ends}")
}

#[test]
fn our_rules_give_the_dates_of_dateutil() {
    let mut dice = Dice(seed());
    let (mut cases, mut long): (Vec<Value>, usize) = (Vec::new(), 0);
    let last = NaiveDate::from_ymd_opt(2035, 1, 1).expect("a day");
    while cases.len() < 2_000 {
        let text = rule(&mut dice);
        let rule: Rule = text.parse().unwrap_or_else(|refusal| panic!("{text}: {refusal}"));
        let day = i64::try_from(dice.below(800)).expect("a number");
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day") + TimeDelta::days(day);
        let dates: Vec<String> = rule.dates(first, last).map(|date| date.to_string()).collect();
        long += usize::from(dates.len() > 3);
        cases.push(json!({ "first": first.to_string(), "rule": rule.to_string(), "dates": dates }));
    }
    assert!(long > 900, "{long} rules with more than three dates");
    compare(&json!({ "rules": cases, "zones": [] }), 2_000);
}

#[test]
fn our_zones_have_the_offsets_they_are_told_with() {
    let mut zones: Vec<Value> = Vec::new();
    for zone in TZ_VARIANTS {
        // UTC under one of its names has no block.
        if let Some(text) = block(zone) {
            zones.push(json!({ "zone": zone.name(), "block": text, "offsets": offsets(zone) }));
        }
    }
    assert!(zones.len() > 500, "{} zones", zones.len());
    let count = zones.len();
    compare(&json!({ "rules": [], "zones": zones }), count);
}

/// The VTIMEZONE of a series in this zone.
fn block(zone: Tz) -> Option<String> {
    let clock = |hour: u32| {
        let day = NaiveDate::from_ymd_opt(2026, 1, 5).and_then(|day| day.and_hms_opt(hour, 0, 0));
        When::Local { wall: day.expect("a time"), zone }
    };
    let stamp = sample::at("2026-01-01T00:00:00Z");
    let mut values = EventValues::new("a@hub.example", stamp, clock(18), clock(19));
    values.summary = "x".into();
    values.repeats = Some(Repeats::new("FREQ=WEEKLY;COUNT=9".parse().expect("a rule")));
    let fragment = calendar::fragment(&sample::event(&values));
    let feed = Feed::new(&sample::feed("x")).expect("clean values").render([fragment.as_str()]);
    let (_, rest) = feed.split_once("BEGIN:VTIMEZONE\r\n")?;
    let (body, _) = rest.split_once("END:VTIMEZONE\r\n")?;
    Some(format!("BEGIN:VTIMEZONE\r\n{body}END:VTIMEZONE\r\n"))
}

/// What the database says, every five and a half days of the years a series of 2026 may have.
/// Reader and database differ on which of two equal walls is meant, so the reader is asked for
/// walls that come once.
fn offsets(zone: Tz) -> Vec<(String, i32)> {
    let mut at = DateTime::from_timestamp(1_767_225_600, 0).expect("an instant");
    let mut found = Vec::new();
    while at.year() < 2032 {
        let wall = zone.from_utc_datetime(&at.naive_utc()).naive_local();
        if let Some(offset) = zone.offset_from_local_datetime(&wall).single() {
            let seconds = offset.fix().local_minus_utc();
            found.push((wall.format("%Y-%m-%dT%H:%M:%S").to_string(), seconds));
        }
        at += TimeDelta::hours(133);
    }
    found
}

fn compare(cases: &Value, count: usize) {
    let folder = foreign::folder(&format!("recurrence-{count}"));
    let file = folder.join("cases.json");
    std::fs::write(&file, cases.to_string()).expect("write the cases");
    let said = foreign::python("recurrence.py", &[&file]);
    assert_eq!(said.trim(), format!("{count} alike"));
    std::fs::remove_dir_all(&folder).expect("remove the folder");
}
