//! The samples stand for all letters: whatever must hold of every kind in every language.

use std::collections::BTreeSet;

use strum::IntoEnumIterator as _;

use crate::letter::{Template, sample};
use crate::testing::settings;
use crate::text::{Locale, Text};

/// As it is served in earnest: only then one click may be promised.
fn served() -> crate::app::Settings {
    crate::app::Settings { public_url: "https://hub.example".to_owned(), ..settings() }
}

#[test]
fn every_letter_renders_in_every_language_with_the_headers_its_kind_needs() {
    let samples = sample::all(&served()).unwrap();
    assert_eq!(samples.len(), Template::iter().count() * Locale::ALL.len());
    assert_eq!(samples, sample::all(&served()).unwrap(), "the same bytes each time");
    let mut names = BTreeSet::new();
    for one in samples {
        let what = format!("{} in {}", one.template, one.locale.code());
        let letter = mail::read::letter(&one.mime).unwrap();
        assert!(names.insert(letter.message_id.clone()), "{what}: two letters of one name");
        for line in one.mime.split(|byte| *byte == b'\n') {
            assert!(line.len() <= 998, "{what}: a line of {} octets", line.len());
        }
        assert_eq!(letter.header("Auto-Submitted"), Some("auto-generated"), "{what}");
        assert_eq!(letter.header("X-Auto-Response-Suppress"), Some("OOF, AutoReply"), "{what}");
        let has_list = letter.header("List-Unsubscribe").is_some();
        assert_eq!(has_list, one.template.category().is_some(), "{what}");
        let post = letter.header("List-Unsubscribe-Post");
        assert_eq!(post, has_list.then_some("List-Unsubscribe=One-Click"), "{what}");
        let is_bulk = one.template.kind() == mail::Kind::Digest;
        assert_eq!(letter.header("Precedence"), is_bulk.then_some("bulk"), "{what}");
        if let Some(ics) = &letter.calendar {
            calendar::check::object(ics).unwrap_or_else(|why| panic!("{what}: {why}\n{ics}"));
            assert_ne!(one.template.kind(), mail::Kind::Reminder, "{what} brings a calendar");
        }
    }
}

#[test]
fn both_readings_of_every_letter_are_complete_and_in_its_own_language() {
    for one in sample::all(&served()).unwrap() {
        let what = format!("{} in {}", one.template, one.locale.code());
        let letter = mail::read::letter(&one.mime).unwrap();
        let html = letter.html.clone().unwrap();
        let text = Text::new(one.locale);
        for words in [&letter.text, &letter.subject, &html] {
            // A key that no catalogue has is shown itself.
            let key = words.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').find(|word| {
                [
                    "letter-",
                    "event-",
                    "invitation-",
                    "issue-",
                    "registration-",
                    "reminder-",
                    "digest-",
                ]
                .iter()
                .any(|area| word.starts_with(area))
                    && text.has(word)
            });
            assert_eq!(key, None, "{what}: {words}");
            assert!(!words.contains("{ $"), "{what}: a value is missing: {words}");
        }
        for said in [text.one("letter-greeting", "name", "Ada Işık"), text.s("letter-because")] {
            assert!(letter.text.contains(&said), "{what}: {said} is not in {}", letter.text);
            assert!(html.contains(&said), "{what}: {said} is not in {html}");
        }
        assert!(html.contains(&format!("<html lang=\"{}\">", one.locale.code())), "{what}");
        // Whatever can be followed in one can be followed in the other.
        for link in letter.links() {
            assert!(html.contains(link), "{what}: {link}");
        }
        for tag in ["<script", "<link", "<img", "class=", "javascript:"] {
            assert!(!html.contains(tag), "{what}: {tag}");
        }
        if one.locale != Locale::En {
            let english = sample::one(&served(), one.template, Locale::En).unwrap();
            let english = mail::read::letter(&english.mime).unwrap();
            assert_ne!(english.text, letter.text, "{what}");
            assert_ne!(english.subject, letter.subject, "{what}");
        }
    }
}
