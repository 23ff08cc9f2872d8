//! The bytes of each kind of object, compared with files.
//!
//! Subscribers' clients see every changed byte as a changed event, so a difference here is a
//! decision, never an accident. `UPDATE_GOLDEN=1 cargo test -p calendar --test golden` writes the
//! files anew.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]
#![allow(clippy::disallowed_methods, reason = "one variable writes the files anew")]

mod sample;

use std::path::Path;

use calendar::{
    Event, Feed, FeedValues, Method, Partstat, Status, When, check, download, fragment, invitation,
};
use sample::{
    attendee, deadline, event, feed, feed_around, full, hackathon, hostile, moved, organizer,
    personal, plain, secret, weekly,
};

#[track_caller]
fn golden(name: &str, text: &str) {
    assert_eq!(check::object(text), Ok(()));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, text).expect("write the file");
    }
    let kept = std::fs::read_to_string(&path).expect("read the file");
    assert!(kept == text, "{name} differs.\nkept:\n{kept}\nnow:\n{text}");
}

#[test]
fn a_public_feed() {
    let mut day = plain(3);
    (day.start, day.end) = (sample::day("2026-06-01"), sample::day("2026-06-03"));
    let fragments = [plain(1), full(2), day].map(|values| fragment(&event(&values)));
    let feed = Feed::new(&feed("Hub Westminster, London")).expect("clean values");
    golden("feed.ics", &feed.render(fragments.iter().map(String::as_str)));
}

#[test]
fn a_secret_feed_that_ended() {
    let values = FeedValues {
        name: "Access ended".into(),
        description: String::new(),
        color: None,
        url: None,
        source: None,
        image: None,
        not_shown: 0,
        ..feed("")
    };
    golden("feed-ended.ics", &Feed::ended(&values).expect("clean values").render([]));
}

#[test]
fn each_kind_of_feed() {
    golden(
        "feed-series.ics",
        &feed_around(&secret("Series"), &[event(&weekly()), event(&moved())]),
    );
    golden("feed-personal.ics", &feed_around(&secret("Ada's calendar"), &personal()));
    let busy: Vec<Event> =
        personal().iter().map(|event| event.busy("Busy").expect("a word")).collect();
    let text = feed_around(&secret("Ada, busy or free"), &busy);
    assert!(!text.contains("Meeting") && !text.contains("garden"), "{text}");
    golden("feed-busy.ics", &text);
    golden("feed-hackathon.ics", &feed_around(&secret("Solar hackathon"), &hackathon()));
    let mut check_in = plain(4);
    check_in.summary = "Check-in".into();
    let team = [event(&deadline()), event(&check_in)];
    golden("feed-team.ics", &feed_around(&secret("Team Solar"), &team));
}

#[test]
fn a_series_and_its_dates() {
    for (name, text, _) in sample::series_messages() {
        golden(&format!("{name}.ics"), &text);
    }
}

#[test]
fn a_weekend_is_48_hours_by_the_watch_and_the_wall_says_otherwise() {
    let events = hackathon();
    let utc = |event: &Event| match (event.start(), event.end()) {
        (When::Utc(start), When::Utc(end)) => (start, end),
        other => panic!("{other:?}"),
    };
    let (start, end) = utc(&events[0]);
    assert_eq!((end - start).num_hours(), 48);
    let (opening, last) = (utc(&events[1]), utc(events.last().expect("slots")));
    assert_eq!((opening.0, last.1), (start, end), "19:00 on the wall is 18:00 of winter");
    let night = utc(&events[2]);
    assert_eq!((night.1 - night.0).num_hours(), 1, "two hours on the wall, one by the watch");
}

#[test]
fn hostile_values() {
    let fragments: Vec<String> = (100..)
        .zip(sample::HOSTILE)
        .map(|(number, text)| fragment(&event(&hostile(number, text))))
        .collect();
    let feed = Feed::new(&feed(sample::HOSTILE.concat().as_str())).expect("clean values");
    golden("hostile.ics", &feed.render(fragments.iter().map(String::as_str)));
}

#[test]
fn a_download() {
    let text = download(&event(&full(7)), &organizer("Hub Westminster")).expect("an address");
    golden("download.ics", &text);
}

#[test]
fn an_invitation_and_what_follows() {
    let mut values = full(7);
    let hub = organizer("Hub Westminster");
    let ada = attendee("Lovelace, Ada \"the first\"");
    let first = invitation(Method::Request, &event(&values), &hub, &ada).expect("two addresses");
    golden("request.ics", &first);

    // She said yes; a change of words asks for no new answer.
    values.sequence += 1;
    values.status = Status::Confirmed;
    let later = event(&values).stamped(sample::at("2026-04-09T10:11:12.5Z")).expect("a stamp");
    let coming = calendar::Attendee { partstat: Partstat::Accepted, rsvp: false, ..ada.clone() };
    let update = invitation(Method::Request, &later, &hub, &coming).expect("two addresses");
    golden("request-accepted.ics", &update);

    values.sequence += 1;
    values.status = Status::Cancelled;
    let cancel = invitation(Method::Cancel, &event(&values), &hub, &coming);
    golden("cancel.ics", &cancel.expect("two addresses"));
}

#[test]
fn the_same_values_give_the_same_bytes() {
    let once: Vec<String> = sample::objects().into_iter().map(|object| object.text).collect();
    let twice: Vec<String> = sample::objects().into_iter().map(|object| object.text).collect();
    assert!(once == twice);
}
