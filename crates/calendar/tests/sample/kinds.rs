//! Each kind of feed and message the product has: series, personal, hackathon, team, busy.

use calendar::{
    Class, Event, EventValues, Feed, FeedValues, Method, Partstat, Repeats, Series, Status,
    Transparency, When, decline_counter, download, fragment, invitation, series_download,
    series_invitation,
};
use chrono::NaiveDateTime;
use chrono_tz::Tz;

use super::{Object, at, attendee, event, feed, organizer, plain};

/// A time on a wall.
#[track_caller]
pub(crate) fn wall(text: &str) -> NaiveDateTime {
    text.parse().expect("a time")
}

/// A time on a wall in London.
pub(crate) fn london(text: &str) -> When {
    When::Local { wall: wall(text), zone: Tz::Europe__London }
}

/// A networking hour, Mondays at six in London, over the night in which the clocks change; one
/// date left out, one added.
pub(crate) fn weekly() -> EventValues {
    let mut values = plain(1);
    values.uid = "series_0001@hub.example".into();
    values.summary = "Networking hour".into();
    (values.start, values.end) = (london("2026-03-16T18:00:00"), london("2026-03-16T19:00:00"));
    let mut repeats = Repeats::new("FREQ=WEEKLY;BYDAY=MO;COUNT=8".parse().expect("a rule"));
    repeats.except = vec![wall("2026-04-06T18:00:00")];
    repeats.extra = vec![wall("2026-04-09T19:30:00")];
    values.repeats = Some(repeats);
    values
}

/// One of its dates, moved to the next day, in another room.
pub(crate) fn moved() -> EventValues {
    let mut values = weekly();
    values.repeats = None;
    values.occurrence = Some(london("2026-03-30T18:00:00"));
    values.sequence = 1;
    values.location = "The garden".into();
    (values.start, values.end) = (london("2026-03-31T20:00:00"), london("2026-03-31T21:30:00"));
    values
}

/// The networking hour with the date that was moved.
pub(crate) fn series() -> Series {
    Series::new(event(&weekly()), vec![event(&moved())]).expect("a series")
}

/// What a token feed is called; without its own address.
pub(crate) fn secret(name: &str) -> FeedValues {
    FeedValues { source: None, image: None, not_shown: 0, ..feed(name) }
}

/// A person's entries: registered, waiting, invited to a series, a deadline, with reminders.
pub(crate) fn personal() -> Vec<Event> {
    let mut registered = plain(1);
    registered.class = Class::Private;
    let mut waiting = plain(2);
    (waiting.status, waiting.class) = (Status::Tentative, Class::Private);
    waiting.summary = "Waiting list: Meeting 2".into();
    let mut suggested = plain(3);
    suggested.transparency = Transparency::Transparent;
    let reminded = |values: &EventValues, minutes| event(values).reminding(minutes);
    [reminded(&registered, 15), reminded(&waiting, 24 * 60), reminded(&suggested, 0)]
        .into_iter()
        .chain([event(&deadline()).reminding(120), event(&weekly()).reminding(30)])
        .map(|reminded| reminded.expect("minutes"))
        .chain([event(&moved())])
        .collect()
}

/// When a submission is due.
pub(crate) fn deadline() -> EventValues {
    let uid = "submission_0001@hub.example";
    let mut values =
        EventValues::deadline(uid, at("2026-03-01T09:00:00Z"), at("2026-03-29T15:00:00Z"));
    values.summary = "Submit your work".into();
    values
}

/// Forty-eight hours in London over the night in which an hour is missing: the whole, measured by
/// the watch, and its slots, told by the wall.
pub(crate) fn hackathon() -> Vec<Event> {
    let mut whole = plain(1);
    whole.uid = "hackathon_0001@hub.example".into();
    whole.summary = "Solar hackathon".into();
    let start = at("2026-03-27T18:00:00Z");
    whole.start = When::Utc(start);
    whole.end = When::Utc(start + chrono::TimeDelta::hours(48));
    let slots = [
        ("Opening", "2026-03-27T18:00:00", "2026-03-27T19:00:00"),
        ("Night walk over the missing hour", "2026-03-29T00:30:00", "2026-03-29T02:30:00"),
        ("Pitches", "2026-03-29T17:00:00", "2026-03-29T19:00:00"),
    ];
    let slot = |(number, (title, from, until)): (usize, (&str, &str, &str))| {
        let mut values = plain(2);
        values.uid = format!("slot_{number:04}@hub.example");
        values.summary = title.into();
        (values.start, values.end) = (london(from), london(until));
        values.related_to = Some(whole.uid.clone());
        event(&values)
    };
    std::iter::once(event(&whole)).chain(slots.into_iter().enumerate().map(slot)).collect()
}

/// A feed of a name and these entries.
pub(crate) fn feed_around(values: &FeedValues, events: &[Event]) -> String {
    let fragments: Vec<String> = events.iter().map(fragment).collect();
    let feed = Feed::new(values).expect("clean values");
    feed.render(fragments.iter().map(String::as_str))
}

/// Every kind of message about the series, by the name of its file.
pub(crate) fn series_messages() -> Vec<(&'static str, String, Vec<Event>)> {
    let (series, hub, ada) = (series(), organizer("Hub Westminster"), attendee("Ada"));
    let both: Vec<Event> =
        std::iter::once(series.master()).chain(series.versions()).cloned().collect();
    let master = vec![series.master().clone()];
    let one = series.one(london("2026-04-20T18:00:00")).expect("a date");
    let later = one.revised(3).and_then(|event| event.stamped(at("2026-04-02T10:00:00Z")));
    let later = later.expect("a version");
    let coming =
        calendar::Attendee { partstat: Partstat::Accepted, rsvp: false, ..attendee("Ada") };
    let request = series_invitation(Method::Request, &series, &hub, &ada);
    let cancel = series_invitation(Method::Cancel, &series, &hub, &coming);
    let ask_one = invitation(Method::Request, &one, &hub, &ada);
    let cancel_one = invitation(Method::Cancel, &later, &hub, &coming);
    let declined = decline_counter(&later, &hub, &coming, "The room is taken then; sorry.");
    let file = series_download(&series, &hub);
    [
        ("series-request", request, both.clone()),
        ("cancel-series", cancel, master),
        ("series-request-one", ask_one, vec![one]),
        ("cancel-series-one", cancel_one, vec![later.clone()]),
        ("decline-counter", declined, vec![later]),
        ("series-download", file, both),
    ]
    .map(|(name, text, events)| (name, text.expect("two addresses"), events))
    .into()
}

/// One object of each kind.
pub(super) fn objects() -> Vec<Object> {
    let busy: Vec<Event> =
        personal().iter().map(|event| event.busy("Busy").expect("a word")).collect();
    let feeds = [
        ("feed-series", vec![event(&weekly()), event(&moved())]),
        ("feed-personal", personal()),
        ("feed-busy", busy),
        ("feed-hackathon", hackathon()),
        ("feed-zones", zones()),
    ];
    let feeds = feeds.map(|(name, events)| {
        let text = feed_around(&secret(name), &events);
        Object { name: name.into(), text, events, attendee: None }
    });
    let messages = series_messages().into_iter().map(|(name, text, events)| {
        let is_public = name == "series-download";
        let attendee = (!is_public).then(|| attendee("Ada"));
        Object { name: name.into(), text, events, attendee }
    });
    let mut day = weekly();
    (day.start, day.end) = (super::day("2026-06-06"), super::day("2026-06-08"));
    day.repeats = Some(Repeats::new("FREQ=MONTHLY;BYDAY=1SA;UNTIL=20261231".parse().expect("a")));
    let text = download(&event(&day), &organizer("Hub")).expect("an address");
    let days =
        Object { name: "series-days".into(), text, events: vec![event(&day)], attendee: None };
    feeds.into_iter().chain(messages).chain([days]).collect()
}

/// Series in zones of every kind: two rules, none, a southern summer, half an hour of it, clocks
/// that follow the moon, and UTC.
pub(crate) fn zones() -> Vec<Event> {
    let zones = [
        Tz::America__New_York,
        Tz::Europe__Istanbul,
        Tz::Australia__Lord_Howe,
        Tz::Africa__Casablanca,
        Tz::Asia__Jerusalem,
        Tz::Europe__Dublin,
        Tz::Asia__Kathmandu,
        Tz::UTC,
    ];
    let series = |(number, zone): (usize, Tz)| {
        let mut values = weekly();
        values.uid = format!("series_{number}@hub.example");
        values.start = When::Local { wall: wall("2026-03-02T01:30:00"), zone };
        values.end = When::Local { wall: wall("2026-03-02T02:45:00"), zone };
        let rule = if number % 2 == 0 {
            "FREQ=WEEKLY;UNTIL=20261231"
        } else {
            "FREQ=DAILY;INTERVAL=5;COUNT=60"
        };
        values.repeats = Some(Repeats::new(rule.parse().expect("a rule")));
        event(&values)
    };
    zones.into_iter().enumerate().map(series).collect()
}
