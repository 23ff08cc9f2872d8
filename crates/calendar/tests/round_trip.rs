//! Whatever people type, what is written is read back as the cleaned text.
//!
//! The reader is another library than the writer, and the linter looks at the bytes themselves.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod sample;

use calendar::{Attendee, Event, EventValues, Feed, Method, check, fragment, invitation, read};
use proptest::prelude::*;
use sample::{HOSTILE, attendee, event, feed, hostile, organizer, plain, text};

fn values(texts: [String; 5]) -> EventValues {
    let [summary, description, location, contact, category] = texts;
    let mut values = hostile(1, &category);
    (values.summary, values.description) = (format!("{summary}x"), description);
    (values.location, values.contact) = (location, contact);
    values
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn an_event_reads_back_as_it_was_cleaned(texts in [text(), text(), text(), text(), text()]) {
        let event = Event::new(&values(texts)).expect("texts are never refused");
        let vevent = fragment(&event);
        prop_assert_eq!(check::event(&event, &vevent), Ok(()));
        let feed = Feed::new(&feed("Hub")).expect("clean values").render([vevent.as_str()]);
        prop_assert_eq!(check::object(&feed), Ok(()));
    }

    #[test]
    fn a_name_reads_back_and_stays_a_name(who in text(), host in text()) {
        let person = attendee(&who);
        let event = event(&plain(1));
        let sent = invitation(Method::Request, &event, &organizer(&host), &person);
        let sent = sent.expect("two addresses");
        prop_assert_eq!(check::object(&sent), Ok(()));
        prop_assert_eq!(check::attendee(&sent, &person.address, &who), Ok(()));
        let back = read::object(sent.as_bytes()).expect("an object");
        prop_assert_eq!(back.method, Some(read::Method::Request));
        prop_assert_eq!(&back.events[0].attendees[0].address, "ada.lovelace+hub@example.org");
        prop_assert_eq!(back.events[0].organizer.as_deref(), Some("rsvp+9f2ca1@hub.example"));
    }

    #[test]
    fn a_feed_name_stays_a_name(name in text(), words in text()) {
        let mut values = feed(&format!("{name}x"));
        values.description = words;
        let text = Feed::new(&values).expect("texts are never refused").render([]);
        prop_assert_eq!(check::object(&text), Ok(()));
    }

    #[test]
    fn no_address_or_link_can_add_a_line(raw in text(), link in text()) {
        let person = Attendee { address: format!("a{raw}@example.org"), ..attendee("Ada") };
        if let Ok(sent) =
            invitation(Method::Request, &event(&plain(1)), &organizer("Hub"), &person)
        {
            prop_assert_eq!(check::object(&sent), Ok(()));
            prop_assert_eq!(sent.matches("mailto:").count(), 2);
        }
        let mut values = plain(1);
        values.url = Some(format!("https://hub.example/{link}"));
        values.uid = link;
        if let Ok(event) = Event::new(&values) {
            prop_assert_eq!(check::octets(&fragment(&event)), Ok(()));
        }
        values.uid = "a@hub.example".to_owned();
        if let Ok(event) = Event::new(&values) {
            prop_assert_eq!(check::event(&event, &fragment(&event)), Ok(()));
        }
    }
}

#[test]
fn hostile_values_read_back_as_they_were_cleaned() {
    for object in sample::objects() {
        assert_eq!(check::object(&object.text), Ok(()), "{}", object.name);
        if let Some(person) = &object.attendee {
            let same = check::attendee(&object.text, &person.address, &person.name);
            assert_eq!(same, Ok(()), "{}", object.name);
        }
    }
    for text in HOSTILE {
        let event = event(&hostile(1, text));
        assert_eq!(check::event(&event, &fragment(&event)), Ok(()), "{text:?}");
    }
}

#[test]
fn the_writing_library_is_behind_one_door() {
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![source];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the source").map_while(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("guard/lines.rs") {
                let text = std::fs::read_to_string(&path).expect("a source file");
                assert!(!text.contains("ics::"), "{} imports the writer", path.display());
            }
        }
    }
}
