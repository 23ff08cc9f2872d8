//! Our MIME read by another implementation: Python's standard `email` package.

use mail::{Calendar, Letter, Method};

use crate::sample::{digest, ics, invitation, login_link};

pub(crate) use mail::testing::python::{interpreter, python, script};

/// What Python makes of the letter, a line per part.
#[track_caller]
fn tree(letter: &Letter) -> String {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("letter.eml");
    std::fs::write(&file, letter.to_mime().unwrap()).unwrap();
    let output = python(&[script("tree.py").to_str().unwrap(), file.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn python_sees_the_tree_of_an_invitation() {
    insta::assert_snapshot!(tree(&invitation()));
}

#[test]
fn python_sees_a_cancellation_without_html_and_a_publication() {
    let mut letter = invitation();
    letter.html = None;
    letter.calendar = Some(Calendar { method: Method::Cancel, ics: ics("CANCEL") });
    let cancelled = tree(&letter);
    assert!(cancelled.contains("text/calendar charset=utf-8 method=CANCEL"), "{cancelled}");
    assert!(!cancelled.contains("text/html"), "{cancelled}");
    letter.calendar = Some(Calendar { method: Method::Publish, ics: ics("PUBLISH") });
    assert!(tree(&letter).contains("method=PUBLISH"));
    let ics = ics("DECLINECOUNTER");
    letter.calendar = Some(Calendar { method: Method::DeclineCounter, ics });
    assert!(tree(&letter).contains("method=DECLINECOUNTER"));
}

#[test]
fn python_sees_letters_without_a_calendar() {
    insta::assert_snapshot!("python_login_link", tree(&login_link()));
    insta::assert_snapshot!("python_digest", tree(&digest()));
}
