//! What an entry refuses, and what it makes of its values.

use chrono::NaiveDate;

use super::*;
use crate::error::Error;

fn at(text: &str) -> DateTime<chrono::Utc> {
    text.parse().expect("an instant")
}

fn values() -> EventValues {
    let mut values = EventValues::new(
        "event_1@hub.example",
        at("2026-04-01T09:00:00Z"),
        When::Utc(at("2026-05-01T17:00:00Z")),
        When::Utc(at("2026-05-01T19:00:00Z")),
    );
    values.summary = "Solar".into();
    values
}

fn refused(change: impl FnOnce(&mut EventValues)) -> Error {
    let mut values = values();
    change(&mut values);
    Event::new(&values).expect_err("a refusal")
}

#[test]
fn what_cannot_be_cleaned_is_refused_by_name() {
    let day = |day| When::Date(NaiveDate::from_ymd_opt(2026, 5, day).expect("a day"));
    let far = at("+10000-01-01T00:00:00Z");
    let refusals = [
        refused(|v| v.uid = "a b".into()),
        refused(|v| v.summary = "\u{0}\r\n \u{202E}".into()),
        refused(|v| v.url = Some("https://x.example/\rX:1".into())),
        refused(|v| v.related_to = Some(String::new())),
        refused(|v| v.geo = Some(Geo { latitude: 91.0, longitude: 0.0 })),
        refused(|v| {
            v.conference = Some(Conference { link: "x".into(), label: String::new() });
        }),
        refused(|v| v.stamp = far),
        refused(|v| v.created = Some(far)),
        refused(|v| v.end = When::Utc(far)),
        refused(|v| v.sequence = u32::MAX),
        refused(|v| v.end = v.start),
        refused(|v| v.end = day(2)),
        refused(|v| (v.start, v.end) = (day(2), day(2))),
        // Equal once the fractions are cut.
        refused(|v| v.end = When::Utc(at("2026-05-01T17:00:00.9Z"))),
    ];
    let sentences: Vec<String> = refusals.iter().map(Error::to_string).collect();
    assert_eq!(
        sentences,
        [
            "uid is not an identity made of letters, digits and -_.@+=~",
            "summary is empty once cleaned",
            "url is not an http, https or mailto link",
            "related_to is empty once cleaned",
            "geo is not a place on the globe",
            "conference is not an http, https or mailto link",
            "stamp lies outside the years 1900 to 9999",
            "created lies outside the years 1900 to 9999",
            "end lies outside the years 1900 to 9999",
            "sequence is larger than 2147483647",
            "end is not after the start",
            "end is not of the kind the start is (day or instant)",
            "end is not after the start",
            "end is not after the start",
        ]
    );
}

#[test]
fn the_description_ends_with_the_links() {
    let mut values = values();
    values.description = "Bring a lamp.\n".into();
    values.url = Some("https://hub.example/e/1".into());
    let text =
        |values: &EventValues| Event::new(values).expect("clean values").description().to_owned();
    assert_eq!(text(&values), "Bring a lamp.\n\nhttps://hub.example/e/1");

    values.conference =
        Some(Conference { link: "https://meet.example/x".into(), label: "Join \"online\"".into() });
    assert_eq!(
        text(&values),
        "Bring a lamp.\n\nJoin 'online': https://meet.example/x\nhttps://hub.example/e/1"
    );

    values.description.clear();
    values.conference = None;
    assert_eq!(text(&values), "https://hub.example/e/1");
    values.description = "See https://hub.example/e/1".into();
    assert_eq!(text(&values), "See https://hub.example/e/1", "a link is not repeated");

    values.description = "x".repeat(10_000);
    let cut = text(&values);
    assert_eq!(cut.chars().count(), DESCRIPTION_CHARS_MAX);
    assert!(cut.ends_with("x\n\nhttps://hub.example/e/1"));
}

#[test]
fn texts_are_cut_at_their_limits() {
    let mut values = values();
    values.summary = "s".repeat(10_000);
    values.location = "l\r\n".repeat(10_000);
    values.categories = vec!["a,b".into(), " ".into(), "a,b".into(), "c".repeat(999)];
    let event = Event::new(&values).expect("clean values");
    assert_eq!(event.summary().len(), SUMMARY_CHARS_MAX);
    assert_eq!(event.location().len(), LOCATION_CHARS_MAX - 1, "no blank at the end");
    let lengths: Vec<usize> = event.categories().map(str::len).collect();
    assert_eq!(lengths, [3, WORD_CHARS_MAX]);
}

#[test]
fn a_message_has_its_own_stamp_and_the_event_keeps_its_change() {
    let event = Event::new(&values()).expect("clean values");
    let message = event.stamped(at("2026-04-02T10:00:00.5Z")).expect("a stamp");
    let text = fragment(&message);
    assert!(text.contains("\r\nDTSTAMP:20260402T100000Z\r\n"), "{text}");
    assert!(text.contains("\r\nLAST-MODIFIED:20260401T090000Z\r\n"), "{text}");
}
