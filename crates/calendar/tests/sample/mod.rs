//! Events, feeds and messages for the tests, and values that once broke somebody's calendar.
//!
//! Each test file compiles its own copy and uses a part of it.
#![allow(dead_code, unused_imports, reason = "each test file uses a part")]

mod kinds;
mod text;

pub(crate) use kinds::*;
pub(crate) use text::*;

use calendar::{
    Attendee, Class, Conference, Event, EventValues, Feed, FeedValues, Geo, Method, Organizer,
    Partstat, Status, Transparency, When, download, fragment, invitation,
};
use chrono::{DateTime, NaiveDate, Utc};

/// Titles, places and names as nobody should have to write them.
pub(crate) const HOSTILE: &[&str] = &[
    "Doe, Jane: \"JD\"; esq.",
    "\"a\";X=1:mailto:evil@x.example",
    "break\r\nX-EVIL:1",
    "bare CR\rX-EVIL:1\rBEGIN:VALARM",
    "NUL\u{0}NUL and \u{1B}[31mred\u{7F}",
    "line\u{2028}paragraph\u{2029}next\u{85}vt\u{B}ff\u{C}fs\u{1C}end",
    "over\u{202E}ride and \u{2066}isolate\u{2069}",
    "C:\\new\\table\\\\server, n\\; \\N",
    "ends with a backslash \\",
    "   leading and trailing blanks \t ",
    "^n ^' ^^ caret",
    "percent %0D%0A and &lt;b&gt;",
    "مهندس برمجيات \u{200F}(مسائي)",
    "עברית, עם פסיק",
    "👩‍👩‍👧‍👦 家族 🇹🇷🇳🇱 e\u{301}te\u{301} ﬁ ½ 가\u{1100}\u{1161}",
    "\u{FEFF}byte order mark\u{FEFF}",
    "Z\u{351}\u{36B}\u{343}a\u{322}\u{321}lgo\u{489}",
    "END:VEVENT\r\nEND:VCALENDAR",
    "BEGIN:VEVENT",
    "\\n\\,\\;\\\\",
    "tab\tin the middle  and two blanks",
    ";:,=\"'",
];

/// An instant.
#[track_caller]
pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// A day.
#[track_caller]
pub(crate) fn day(text: &str) -> When {
    When::Date(text.parse::<NaiveDate>().expect("a day"))
}

/// An event with nothing optional.
pub(crate) fn plain(number: u32) -> EventValues {
    let start = at("2026-05-01T17:00:00Z") + chrono::TimeDelta::days(number.into());
    let mut values = EventValues::new(
        format!("event_{number:04}@hub.example"),
        at("2026-04-01T09:00:00Z"),
        When::Utc(start),
        When::Utc(start + chrono::TimeDelta::hours(2)),
    );
    values.summary = format!("Meeting {number}");
    values
}

/// An event with everything.
pub(crate) fn full(number: u32) -> EventValues {
    let mut values = plain(number);
    values.created = Some(at("2026-03-01T08:00:00.123Z"));
    values.last_modified = Some(at("2026-04-01T09:00:00Z"));
    values.sequence = 3;
    values.summary = "Solar co-op: first meeting, all welcome".into();
    values.description = "We share tools; bring a lamp.\n\nDoors open at 18:30.\n".into();
    values.location = "Impact Hub, 1 Fore Street, London".into();
    values.url = Some("https://hub.example/events/solar?from=cal,1;2".into());
    values.status = Status::Tentative;
    values.transparency = Transparency::Transparent;
    values.categories = vec!["Energy, solar".into(), "Climate; action".into(), "C\\O2".into()];
    values.geo = Some(Geo { latitude: 51.518_1, longitude: -0.089_3 });
    values.conference = Some(Conference {
        link: "https://meet.example/solar".into(),
        label: "Join \"online\"".into(),
    });
    values.class = Class::Private;
    values.related_to = Some("event_0000@hub.example".into());
    values.contact = "The hosts, hello@hub.example".into();
    values
}

/// An event whose every text is this one.
pub(crate) fn hostile(number: u32, text: &str) -> EventValues {
    let mut values = plain(number);
    // Some of the values alone are nothing once cleaned.
    values.summary = format!("{text} x");
    values.description = text.repeat(12);
    values.location = text.into();
    values.contact = text.into();
    values.categories = vec![text.into(), format!("{text}2")];
    values.conference =
        Some(Conference { link: "https://meet.example/x".into(), label: text.into() });
    values.url = Some(format!("https://hub.example/{number}"));
    values
}

/// Checked.
#[track_caller]
pub(crate) fn event(values: &EventValues) -> Event {
    Event::new(values).expect("clean values")
}

/// The public feed of a hub.
pub(crate) fn feed(name: &str) -> FeedValues {
    FeedValues {
        name: name.into(),
        description: "Events of the hub, and \"more\"; see the site".into(),
        zone: chrono_tz::Europe::London,
        color: Some("SteelBlue".into()),
        url: Some("https://hub.example/".into()),
        source: Some("https://hub.example/feeds/hub/westminster.ics".into()),
        image: Some("https://hub.example/logo.png".into()),
        last_modified: at("2026-04-01T09:00:00Z"),
        not_shown: 12,
    }
}

/// Where answers go.
pub(crate) fn organizer(name: &str) -> Organizer {
    Organizer { name: name.into(), address: "rsvp+9f2cA1@hub.example".into() }
}

/// Somebody who has not answered.
pub(crate) fn attendee(name: &str) -> Attendee {
    Attendee {
        name: name.into(),
        address: "Ada.Lovelace+hub@example.org".into(),
        partstat: Partstat::NeedsAction,
        rsvp: true,
    }
}

/// A finished object, the events in it, and the person it is for.
pub(crate) struct Object {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) events: Vec<Event>,
    pub(crate) attendee: Option<Attendee>,
}

/// About thirty objects of every kind.
pub(crate) fn objects() -> Vec<Object> {
    let mut objects = vec![
        feed_of("feed-empty", "Hub Westminster", &[]),
        feed_of("feed-plain", "Hub Westminster", &[plain(1), full(2), plain(3)]),
        feed_of("feed-days", "All day", &[all_day(1), all_day(2), dst_weekend()]),
        feed_of(
            "feed-long",
            "Long",
            &[long(1, "x"), long(2, "é"), long(3, "漢\\,"), long(4, "\n")],
        ),
    ];
    let all: Vec<EventValues> = (100..).zip(HOSTILE).map(|(n, text)| hostile(n, text)).collect();
    objects.push(feed_of("feed-hostile", HOSTILE.concat().as_str(), &all));
    for (number, text) in (200..).zip(HOSTILE) {
        // Requests, cancellations and downloads in turn.
        let event = event(&hostile(number, text));
        objects.push(match number % 3 {
            0 => download_of(&format!("download-{number}"), event, text),
            1 => message(&format!("request-{number}"), Method::Request, event, text),
            _ => message(&format!("cancel-{number}"), Method::Cancel, event, text),
        });
    }
    objects.push(message("request-full", Method::Request, event(&full(7)), "Ada Lovelace"));
    objects.push(message("cancel-full", Method::Cancel, event(&full(7)), ""));
    objects.push(download_of("download-full", event(&full(7)), "Hub"));
    objects.extend(kinds::objects());
    objects
}

fn all_day(number: u32) -> EventValues {
    let mut values = plain(number);
    (values.start, values.end) = (day("2026-06-01"), day("2026-06-03"));
    values.summary = "Hackathon, the whole weekend".into();
    values
}

/// Forty-eight hours in London over the night in which an hour is missing.
fn dst_weekend() -> EventValues {
    let mut values = plain(9);
    values.start = When::Utc(at("2026-03-27T18:00:00Z"));
    values.end = When::Utc(at("2026-03-29T18:00:00Z"));
    values
}

fn long(number: u32, text: &str) -> EventValues {
    let mut values = plain(number);
    values.summary = format!("Long {}", text.repeat(10_000));
    values.description = format!("{text}!").repeat(10_000);
    values.location = format!("Place {}", text.repeat(10_000));
    values
}

fn feed_of(name: &str, title: &str, values: &[EventValues]) -> Object {
    let events: Vec<Event> = values.iter().map(event).collect();
    let fragments: Vec<String> = events.iter().map(fragment).collect();
    let feed = Feed::new(&feed(title)).expect("clean values");
    let text = feed.render(fragments.iter().map(String::as_str));
    Object { name: name.into(), text, events, attendee: None }
}

fn download_of(name: &str, event: Event, host: &str) -> Object {
    let text = download(&event, &organizer(host)).expect("an address");
    Object { name: name.into(), text, events: vec![event], attendee: None }
}

fn message(name: &str, method: Method, event: Event, who: &str) -> Object {
    let attendee = attendee(who);
    let text = invitation(method, &event, &organizer(who), &attendee).expect("two addresses");
    Object { name: name.into(), text, events: vec![event], attendee: Some(attendee) }
}
