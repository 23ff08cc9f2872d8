//! What other programs write, what strangers write, and what comes of it.

use std::time::{Duration, Instant};

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::invite::Partstat;

fn reply(lines: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n\
         UID:event_1@hub.example\r\n{lines}END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

fn one(text: &str) -> InboundEvent {
    let mut events = object(text.as_bytes()).expect("an object").events;
    assert_eq!(events.len(), 1);
    events.remove(0)
}

#[test]
fn googles_reply_is_read() {
    let text = reply(
        "DTSTART:20260501T170000Z\r\nDTEND:20260501T190000Z\r\nDTSTAMP:20260402T080000Z\r\n\
         ORGANIZER;CN=Hub:mailto:rsvp+9f2c@hub.example\r\nATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-\
         PARTICIPANT;PARTSTAT=DECLINED;CN=Ada;X-NUM-\r\n GUESTS=0:mailto:ada@example.org\r\n\
         COMMENT:Sorry\\, I am\\naway\r\nSEQUENCE:3\r\nSTATUS:CONFIRMED\r\n",
    );
    let event = one(&text);
    assert_eq!(event.sequence, Some(3));
    assert_eq!(event.stamp, "2026-04-02T08:00:00Z".parse().ok());
    assert_eq!(event.organizer.as_deref(), Some("rsvp+9f2c@hub.example"));
    assert_eq!(event.comment.as_deref(), Some("Sorry, I am\naway"));
    assert_eq!(event.recurrence, None);
    let ada = InboundAttendee {
        address: "ada@example.org".into(),
        partstat: Partstat::Declined,
        name: Some("Ada".into()),
        delegated: false,
        delegated_to: None,
        sent_by: None,
    };
    assert_eq!(event.attendees, [ada]);
}

#[test]
fn exchanges_zones_and_shouting_are_read() {
    let text = reply(
        "RECURRENCE-ID;TZID=W. Europe Standard Time:20260501T190000\r\n\
         DTSTART;VALUE=DATE:20260501\r\nDTEND:20260501T19\r\n\
         ATTENDEE;PARTSTAT=TENTATIVE;SENT-BY=\"MAILTO:Bob@Example.org\":MAILTO:ADA@EXAMPLE.ORG\
         \r\n",
    );
    let event = one(&text);
    let wall = NaiveDate::from_ymd_opt(2026, 5, 1).and_then(|day| day.and_hms_opt(19, 0, 0));
    let zone = Some("W. Europe Standard Time".to_owned());
    assert_eq!(event.recurrence, wall.map(|wall| Time::Local { wall, zone }));
    assert_eq!(event.start, NaiveDate::from_ymd_opt(2026, 5, 1).map(Time::Date));
    assert_eq!((event.sequence, event.stamp), (None, None));
    let ada = event.attendees.first().expect("an attendee");
    assert_eq!(ada.address, "ada@example.org");
    assert_eq!(ada.sent_by.as_deref(), Some("bob@example.org"));
    assert_eq!(ada.partstat, Partstat::Tentative);
}

#[test]
fn apples_urns_and_delegations_are_read() {
    let text = reply(
        "ATTENDEE;EMAIL=ada@example.org;PARTSTAT=ACCEPTED:urn:uuid:12\r\n\
         ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:b@example.org\":invalid:nomail\r\n\
         ATTENDEE;PARTSTAT=X-PERHAPS:mailto:c%2Bx@example.org\r\nATTENDEE:\r\n",
    );
    let read: Vec<(String, Partstat, bool)> = one(&text)
        .attendees
        .into_iter()
        .map(|person| (person.address, person.partstat, person.delegated))
        .collect();
    assert_eq!(
        read,
        [
            ("ada@example.org".to_owned(), Partstat::Accepted, false),
            ("invalid:nomail".to_owned(), Partstat::NeedsAction, true),
            ("c+x@example.org".to_owned(), Partstat::NeedsAction, false),
        ]
    );
}

#[test]
fn a_broken_object_gives_what_can_be_read() {
    let text = "\u{FEFF}BEGIN:VCALENDAR\nMETHOD:Reply\nnonsense\n;;;:\nBEGIN:VEVENT\n\
                UID:a@b\nSEQUENCE:many\nDTSTAMP:yesterday\nATTENDEE;=;PARTSTAT:mailto:x";
    let event = one(text);
    assert_eq!((event.uid.as_str(), event.sequence, event.stamp), ("a@b", None, None));
    assert_eq!(object(text.as_bytes()).map(|object| object.method), Ok(Some(Method::Reply)));
    assert_eq!(object(b"\xFF\xFE\0"), Err(Error::NoCalendar));
}

#[test]
fn a_comment_is_cleaned_and_cut() {
    let text = reply(&format!("COMMENT:\u{202E}{}\u{0}\r\n", "x".repeat(5_000)));
    let comment = one(&text).comment.expect("a comment");
    assert_eq!(comment, "x".repeat(COMMENT_CHARS_MAX));
}

/// What a stranger sends to make us work; each with what comes of it.
fn hostile_objects() -> Vec<(&'static str, Vec<u8>, Option<Error>)> {
    let of = |text: String| text.into_bytes();
    let begins = "BEGIN:VEVENT\r\n";
    vec![
        ("too large", vec![b'x'; OCTETS_MAX + 1], Some(Error::TooLarge)),
        (
            "a line of a megabyte",
            of(reply(&format!("COMMENT:{}\r\n", "x".repeat(1 << 20)))),
            Some(Error::TooLarge),
        ),
        ("20,000 components inside each other", of(begins.repeat(20_000)), Some(Error::TooLarge)),
        ("10,000 of them", of(begins.repeat(10_000)), Some(Error::TooDeep)),
        ("20,000 of the shortest", of("BEGIN:A\n".repeat(20_000)), Some(Error::TooDeep)),
        (
            "components side by side",
            of(format!("{begins}END:VEVENT\r\n").repeat(5_000)),
            Some(Error::TooManyLines),
        ),
        ("3,000 properties", of(reply(&"X-A:1\r\n".repeat(3_000))), Some(Error::TooManyLines)),
        (
            "3,000 properties ended by CR",
            of(reply(&"X-A:1\r".repeat(3_000))),
            Some(Error::TooManyLines),
        ),
        (
            "a quarter of a megabyte in one line",
            of(reply(&format!("COMMENT:{}\r\n", "x".repeat(260_000)))),
            None,
        ),
        ("85,000 folds", of(reply(&format!("COMMENT:{}\r\n", "\n x".repeat(85_000)))), None),
        (
            "100,000 parameters",
            of(reply(&format!("ATTENDEE{}:mailto:a@b.example\r\n", ";A=1".repeat(60_000)))),
            None,
        ),
        ("an endless list", of(reply(&format!("CATEGORIES:{}\r\n", "a,".repeat(120_000)))), None),
        (
            "an endless rule",
            of(reply(&format!("RRULE:FREQ=DAILY;BYDAY={}MO\r\n", "MO,".repeat(80_000)))),
            None,
        ),
        (
            "quotes",
            of(reply(&format!("ATTENDEE;CN={}:mailto:a@b.example\r\n", "\"".repeat(200_000)))),
            None,
        ),
        (
            "base64",
            of(reply(&format!(
                "ATTACH;ENCODING=BASE64;VALUE=BINARY:{}\r\n",
                "QQ==".repeat(60_000)
            ))),
            None,
        ),
        ("not UTF-8", [reply("").as_bytes(), &[0xC3, 0x28, 0xFF]].concat(), None),
        ("NUL", of(reply("COMMENT:a\0b\r\n")), None),
        ("nothing", vec![], Some(Error::NoCalendar)),
        ("a card", b"BEGIN:VCARD\r\nEND:VCARD\r\n".to_vec(), Some(Error::NoCalendar)),
        ("no identity", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n".to_vec(), Some(Error::NoEvent)),
    ]
}

#[test]
fn whatever_is_sent_is_read_or_refused_in_time() {
    for (name, octets, refusal) in hostile_objects() {
        let began = Instant::now();
        let read = object(&octets);
        let took = began.elapsed();
        assert_eq!(read.as_ref().err(), refusal.as_ref(), "{name}: {read:?}");
        assert!(took < Duration::from_secs(2), "{name} took {took:?}");
    }
}

#[test]
fn what_is_strange_is_noted() {
    let oddities = |octets: &[u8]| object(octets).expect("an object").oddities;
    assert_eq!(oddities(reply("").as_bytes()), []);
    assert_eq!(oddities(reply("COMMENT:a\0b\r\n").as_bytes()), [Oddity::Nul]);
    assert_eq!(oddities(reply("COMMENT:a\rX-A:1\r\n").as_bytes()), [Oddity::BareCr]);
    let broken = [reply("").as_bytes(), b"\xFF"].concat();
    assert_eq!(oddities(&broken), [Oddity::NotUtf8, Oddity::Ragged]);
    assert_eq!(oddities(b"BEGIN:VEVENT\r\nUID:a@b"), [Oddity::Ragged]);
    let comment = one(&reply("COMMENT:a\0b\r\n")).comment;
    assert_eq!(comment.as_deref(), Some("ab"));
}

#[test]
fn an_end_may_be_a_length() {
    let end = |lines: &str| one(&reply(lines)).end;
    let utc = |text: &str| text.parse().ok().map(Time::Utc);
    assert_eq!(end("DTSTART:20260501T170000Z\r\nDURATION:PT90M\r\n"), utc("2026-05-01T18:30:00Z"));
    let day = NaiveDate::from_ymd_opt(2026, 5, 3).map(Time::Date);
    assert_eq!(end("DTSTART;VALUE=DATE:20260501\r\nDURATION:P2D\r\n"), day);
    assert_eq!(end("DTSTART:20260501T170000Z\r\nDURATION:-PT1H\r\n"), None);
    assert_eq!(end("DURATION:PT1H\r\n"), None);
}

#[test]
fn a_zone_has_many_names() {
    let name = |tzid: &str| zone(tzid).map(chrono_tz::Tz::name);
    assert_eq!(name("Europe/London"), Some("Europe/London"));
    assert_eq!(name("W. Europe Standard Time"), Some("Europe/Berlin"));
    assert_eq!(name("/freeassociation.sourceforge.net/Europe/Istanbul"), Some("Europe/Istanbul"));
    assert_eq!(
        name("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"),
        Some("Europe/Berlin")
    );
    assert_eq!(name("Atlantis"), None);
    assert_eq!(name(""), None);
}

proptest! {
    #[test]
    fn no_bytes_break_the_reader(octets in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _any = object(&octets);
    }

    #[test]
    fn no_broken_calendar_breaks_the_reader(
        lines in proptest::collection::vec(
            "(ATTENDEE|COMMENT|UID|DTSTART|RRULE|GEO|CATEGORIES|ATTACH|X-A|BEGIN|END)\
             (;(PARTSTAT|VALUE|ENCODING|CN|TZID|RSVP)(=(BASE64|DATE|RECUR|\"?[a-z,:^]{0,4}\"?)?)?){0,2}\
             [:;]?(VEVENT|[-0-9A-Z:;,=\"\\\\ \t\u{e9}]{0,12})(\r\n|\n|\r|\r\n |\\\\\r\n )",
            0..20,
        ),
    ) {
        let text = reply(&lines.concat());
        let _any = object(text.as_bytes());
        prop_assert!(std::panic::catch_unwind(|| parse::calendar(&text)).is_ok());
    }
}
