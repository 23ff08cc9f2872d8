//! The same objects, read by four programs that are not ours.
//!
//! A parser of our own choosing proves little: subscribers use others. These tests render objects
//! of every kind, and five thousand hostile ones, and let `icalendar` (Indico), `vobject`
//! (Radicale, pretix), `ical.js` (Thunderbird, Nextcloud) and `libical` (Evolution, GNOME) read
//! them: every field, every date of a series, every reminder. libical's table of restrictions
//! (RFC 5546) has its say too. Nothing is skipped; see `foreign/mod.rs`.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]
#![allow(clippy::print_stdout, reason = "a failure is tried again by its seed")]
#![allow(clippy::disallowed_methods, reason = "one variable gives the seed")]

mod foreign;
mod sample;

use std::path::Path;

use calendar::{Event, Repeats, Series, When, check};
use sample::{Dice, Object};
use serde_json::{Value, json};

#[test]
fn four_foreign_parsers_read_what_was_meant() {
    let objects = sample::objects();
    assert!(objects.len() >= 40, "{} objects", objects.len());
    let folder = foreign::folder("objects");
    write(&folder, &objects);
    foreign::all_parsers_agree(&folder, objects.len());
    std::fs::remove_dir_all(&folder).expect("remove the folder");
}

/// How many hostile events; `CALENDAR_EVENTS` and `CALENDAR_SEED` try others.
const HOSTILE_EVENTS: u32 = 5_000;

#[test]
fn five_thousand_hostile_events_are_read_alike() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seed = number("CALENDAR_SEED").unwrap_or(20_261_122);
    let count = number("CALENDAR_EVENTS").and_then(|count| u32::try_from(count).ok());
    println!("CALENDAR_SEED={seed}");
    let mut dice = Dice(seed);
    let numbers = 0..count.unwrap_or(HOSTILE_EVENTS);
    let events: Vec<Event> = numbers.map(|number| hostile(number, &mut dice)).collect();
    let text = sample::feed_around(&sample::feed("Hostile"), &events);
    assert_eq!(check::lint_feed(text.as_bytes()), []);
    let folder = foreign::folder("hostile");
    write(&folder, &[Object { name: "hostile".into(), text, events, attendee: None }]);
    foreign::all_parsers_agree(&folder, 1);
    std::fs::remove_dir_all(&folder).expect("remove the folder");
}

/// An event of such texts: an instant, whole days or a series, now and then with a reminder.
fn hostile(number: u32, dice: &mut Dice) -> Event {
    let mut values = sample::hostile(number, &dice.text());
    values.summary = format!("{}x", dice.text());
    values.description = dice.text();
    (values.location, values.contact) = (dice.text(), dice.text());
    let dice = dice.throw();
    values.sequence = u32::try_from(dice % 1_000).unwrap_or_default();
    match dice % 10 {
        0 => (values.start, values.end) = (sample::day("2026-06-01"), sample::day("2026-06-03")),
        1 => {
            values.start = sample::london("2026-03-16T18:00:00");
            values.end = sample::london("2026-03-16T19:00:00");
            let rule = format!("FREQ=WEEKLY;INTERVAL={};COUNT=4", dice / 10 % 52 + 1);
            values.repeats = Some(Repeats::new(rule.parse().expect("a rule")));
        }
        2 => values.alarm = u32::try_from(dice / 10 % 40_000).ok(),
        _ => {}
    }
    sample::event(&values)
}

/// Writes the objects and what is expected of them.
fn write(folder: &Path, objects: &[Object]) {
    let mut expected = Vec::new();
    for object in objects {
        let file = format!("{}.ics", object.name);
        std::fs::write(folder.join(&file), &object.text).expect("write an object");
        let names = properties(&object.text);
        assert_eq!(names.len(), object.events.len(), "{}", object.name);
        let fields = object.events.iter().zip(names);
        let events: Vec<Value> =
            fields.map(|(event, names)| fields_of(event, object, &names)).collect();
        expected.push(json!({ "file": file, "events": events }));
    }
    let text = serde_json::to_string(&expected).expect("plain values");
    std::fs::write(folder.join("expected.json"), text).expect("write what is expected");
}

/// What a parser must find, as plain as JSON.
fn fields_of(event: &Event, object: &Object, names: &[String]) -> Value {
    let cancelled = object.name.starts_with("cancel");
    let name =
        object.attendee.as_ref().map(|person| calendar::guard::ParamText::clean(&person.name));
    json!({
        "uid": event.uid(),
        "summary": event.summary(),
        "location": event.location(),
        "description": event.description(),
        "start": moment(event.start()),
        "end": moment(event.end()),
        "occurrence": event.occurrence().map_or_else(String::new, moment),
        "dates": dates(event),
        "alarm": event.alarm_minutes().map_or(-1, i64::from),
        "sequence": event.sequence(),
        "status": if cancelled { "CANCELLED" } else { event.status().as_str() },
        "url": event.url().unwrap_or_default(),
        "categories": event.categories().collect::<Vec<_>>(),
        "contact": event.contact(),
        "attendee": object
            .attendee
            .as_ref()
            .map_or_else(String::new, |person| format!("mailto:{}", person.address)),
        "name": name.as_ref().map_or("", |name| name.as_str()),
        "properties": names,
    })
}

/// Every date of a series as it is before single dates were changed; none for a single event.
fn dates(event: &Event) -> Vec<String> {
    if event.rule().is_none() {
        return Vec::new();
    }
    let series = Series::new(event.clone(), vec![]).expect("a series");
    let ever = sample::at("1990-01-01T00:00:00Z")..sample::at("2090-01-01T00:00:00Z");
    let all = series.occurrences(&ever, usize::MAX);
    all.into_iter().map(|date| moment(date.id)).collect()
}

/// The names of the properties of each event, sorted: an injected one would be one more. Taken
/// from the lines that are there, not by parsing again.
fn properties(text: &str) -> Vec<Vec<String>> {
    let bodies = text.split("\r\nBEGIN:VEVENT\r\n").skip(1);
    bodies
        .map(|body| {
            let body = body.split("\r\nBEGIN:VALARM\r\n").next().unwrap_or_default();
            let body = body.split("\r\nEND:VEVENT").next().unwrap_or_default();
            let lines = body.split("\r\n").filter(|line| !line.is_empty());
            let own = lines.filter(|line| !line.starts_with(' '));
            let names = own.filter_map(|line| line.split([':', ';']).next());
            let names: std::collections::BTreeSet<String> = names.map(str::to_owned).collect();
            for name in &names {
                assert!(KNOWN.contains(&name.as_str()), "{name} is no property of ours");
            }
            names.into_iter().collect()
        })
        .collect()
}

const KNOWN: &[&str] = &[
    "ATTENDEE",
    "CATEGORIES",
    "CLASS",
    "COMMENT",
    "CONFERENCE",
    "CONTACT",
    "CREATED",
    "DESCRIPTION",
    "DTEND",
    "DTSTAMP",
    "DTSTART",
    "EXDATE",
    "GEO",
    "LAST-MODIFIED",
    "LOCATION",
    "ORGANIZER",
    "RDATE",
    "RECURRENCE-ID",
    "RELATED-TO",
    "RRULE",
    "SEQUENCE",
    "STATUS",
    "SUMMARY",
    "TRANSP",
    "UID",
    "URL",
    "X-MICROSOFT-DISALLOW-COUNTER",
];

fn moment(when: When) -> String {
    match when {
        When::Utc(at) => at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        When::Local { wall, zone } => moment(When::Utc(calendar::guard::instant(wall, zone))),
        When::Date(day) => day.to_string(),
    }
}
