//! The folder relay and the reading of what it keeps.

use mail::{Kind, MessageId, Outcome, Relay, read};

use crate::sample::{date, envelope, ics, invitation, login_link};

fn folder_relay(folder: &std::path::Path) -> Relay {
    Relay::parse(&format!("file:{}", folder.display())).unwrap()
}

#[tokio::test]
async fn a_folder_keeps_each_letter_once() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("mail");
    let relay = folder_relay(&folder);
    assert_eq!(relay.folder(), Some(folder.as_path()));
    let bytes = invitation().to_mime().unwrap();
    assert!(relay.send(&envelope(), &bytes).await.is_submitted());
    let again = relay.send(&envelope(), &bytes).await;
    assert_eq!(again, Outcome::Submitted { code: 250, text: "kept before".into() });
    assert!(relay.send(&envelope(), &login_link().to_mime().unwrap()).await.is_submitted());

    let mut names: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["01jt7e.invitation@hub.example.eml", "01jt7f.login-link@hub.example.eml"]);
    assert_eq!(std::fs::read(folder.join(&names[0])).unwrap(), bytes);
}

#[tokio::test]
async fn a_folder_says_what_it_cannot_keep() {
    let place = tempfile::tempdir().unwrap();
    let outcome = folder_relay(place.path()).send(&envelope(), b"Subject: x\r\n\r\nx\r\n").await;
    assert_eq!(outcome.code(), Some(554));

    let in_the_way = place.path().join("file");
    std::fs::write(&in_the_way, "x").unwrap();
    let bytes = login_link().to_mime().unwrap();
    let outcome = folder_relay(&in_the_way).send(&envelope(), &bytes).await;
    assert!(matches!(outcome, Outcome::NotReached { .. }), "{outcome:?}");
}

#[test]
fn a_stored_letter_reads_as_it_was_written() {
    let letter = invitation();
    let read = read::letter(&letter.to_mime().unwrap()).unwrap();
    assert_eq!(read.message_id, letter.message_id.as_str());
    assert_eq!(read.subject, letter.subject);
    assert_eq!(read.from, "Hub Westminster <events@hub.example>");
    assert_eq!(read.to, "Ada Şahin <ada@example.org>");
    assert_eq!(read.date, Some(date()));
    assert_eq!(read.text, letter.text);
    assert_eq!(read.html, letter.html);
    assert_eq!(read.calendar, Some(ics("REQUEST")));
    assert_eq!(read.header("auto-submitted"), Some("auto-generated"));
    assert_eq!(read.header("x-auto-response-suppress"), Some("OOF, AutoReply"));
    assert_eq!(read.header("feedback-id"), Some("invitation:convoke"));
    assert_eq!(
        read.header("References"),
        Some("<thread.0192f0aa-7b1c@hub.example> <01jt01.invitation@hub.example>")
    );
    assert_eq!(
        read.header("List-Unsubscribe"),
        Some(
            "<https://hub.example/u/ab12?kind=invitation>, \
             <mailto:unsubscribe+ab12@hub.example?subject=stop>"
        )
    );
    assert_eq!(read.links(), ["https://hub.example/e/heat?token=a=b"]);
    let plain = read::letter(&login_link().to_mime().unwrap()).unwrap();
    assert_eq!((plain.html, plain.calendar), (None, None));
    assert_eq!(plain.text, login_link().text);
}

#[tokio::test]
async fn the_folder_is_listed_newest_first_and_nothing_outside_it_can_be_named() {
    let place = tempfile::tempdir().unwrap();
    let relay = folder_relay(place.path());
    for (unique, later) in [("a", 0), ("b", 60), ("c", 30)] {
        let mut letter = login_link();
        letter.message_id = MessageId::new(unique, Kind::LoginLink, "hub.example").unwrap();
        letter.date += chrono::TimeDelta::seconds(later);
        assert!(relay.send(&envelope(), &letter.to_mime().unwrap()).await.is_submitted());
    }
    std::fs::write(place.path().join("notes.txt"), "x").unwrap();
    let listed = read::folder(place.path(), 2).unwrap();
    let ids: Vec<_> = listed.iter().map(|(_, letter)| letter.message_id.as_str()).collect();
    assert_eq!(ids, ["b.login-link@hub.example", "c.login-link@hub.example"]);
    assert_eq!(read::file(place.path(), &listed[0].0).unwrap().as_ref(), Some(&listed[0].1));
    assert_eq!(read::folder(&place.path().join("none"), 5).unwrap(), []);
    std::fs::write(place.path().join("x.eml"), login_link().to_mime().unwrap()).unwrap();
    let inside = place.path().join("inside");
    std::fs::create_dir(&inside).unwrap();
    for name in ["../x.eml", "/etc/passwd", ".x.eml", "none.eml", "..", "", "a\0.eml"] {
        assert_eq!(read::file(&inside, name).unwrap(), None, "{name:?}");
    }
}
