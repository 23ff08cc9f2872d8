//! To whom we write no more, from the rule to the page.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it fails"
)]

use chrono::TimeDelta;
use kernel::testing::{given, noon};
use serde_json::Value;

use super::decider::Command;
use super::*;
use crate::testing::both;
use crate::work::testing::Town;

fn stopped(category: Category, why: Why, days: Option<i64>) -> Fact {
    Fact::LettersStopped { category, why, until: days.map(|days| noon() + TimeDelta::days(days)) }
}

fn stop(category: Category, why: Why, days: Option<i64>) -> Command {
    Command::Stop { category, why, until: days.map(|days| noon() + TimeDelta::days(days)) }
}

#[test]
fn once_is_enough_and_a_wish_is_not_shortened() {
    let asked = stopped(Category::Digests, Why::Asked, None);
    given::<Reach>([]).when(stop(Category::Digests, Why::Asked, None)).then([asked.clone()]);
    given::<Reach>([asked.clone()]).when(stop(Category::Digests, Why::Asked, None)).then([]);
    given::<Reach>([asked.clone()])
        .when(stop(Category::Digests, Why::Complained, Some(3)))
        .then([]);
    given::<Reach>([asked]).when(stop(Category::News, Why::Asked, None)).then([stopped(
        Category::News,
        Why::Asked,
        None,
    )]);
    given::<Reach>([stopped(Category::All, Why::MailboxFull, Some(30))])
        .when(stop(Category::All, Why::NoSuchMailbox, None))
        .then([stopped(Category::All, Why::NoSuchMailbox, None)]);
}

#[test]
fn what_she_asked_for_only_she_takes_back_what_failed_the_hub_may_try_again() {
    let resume = |category, herself| Command::Resume { category, herself };
    let resumed = |category| Fact::LettersResumed { category };
    let asked = stopped(Category::Invitations, Why::Asked, None);
    given::<Reach>([asked.clone()])
        .when(resume(Category::Invitations, false))
        .then_rejected(Rejection::AskedNotToBeWritten {});
    given::<Reach>([asked])
        .when(resume(Category::Invitations, true))
        .then([resumed(Category::Invitations)]);
    given::<Reach>([stopped(Category::All, Why::NoSuchMailbox, None)])
        .when(resume(Category::All, false))
        .then([resumed(Category::All)]);
    given::<Reach>([]).when(resume(Category::All, false)).then([]);
}

#[tokio::test]
async fn one_click_stops_invitations_and_looking_changes_nothing() {
    both(|app| async move {
        let town = Town::new(app).await;
        let ngo = town.ngo("Soup", "soup@example.org", "en").await;
        let (hub, person) = (town.hub.to_string(), ngo.person.to_string());
        let path =
            format!("/u/{}", super::page::token(&town.app, &hub, &person, Category::Invitations));
        let db = town.app.journal().db();
        let holds = || async {
            view::stopped(db, &hub, &person, Some(Category::Invitations), town.app.now())
                .await
                .unwrap()
                .map(|row| row.why)
        };
        for method in ["GET", "HEAD", "GET"] {
            assert_eq!(town.app.knocks(method, &path, "").await.0, 200);
        }
        assert_eq!(holds().await, None, "mail scanners open links");
        let before = town.app.journal().position(&hub).await.unwrap();
        for _ in 0..2 {
            let (status, _) = town.app.knocks("POST", &path, "List-Unsubscribe=One-Click").await;
            assert_eq!(status, 200);
        }
        assert_eq!(holds().await.as_deref(), Some("asked"));
        assert_eq!(town.app.journal().position(&hub).await.unwrap(), before + 1, "once");
        let elsewhere = view::stopped(db, &hub, &person, None, town.app.now()).await.unwrap();
        assert_eq!(elsewhere, None, "what concerns a place she has is still written");
        assert!(town.app.knocks("GET", &path, "").await.1.contains("any more."));

        // The button takes it back.
        let (status, shown) = town.app.knocks("POST", &path, "again=1").await;
        assert_eq!(status, 200, "{shown}");
        assert_eq!(holds().await, None);
        let forged = path.replace("invitations", "digests");
        assert_eq!(town.app.knocks("POST", &forged, "").await.0, 404);
    })
    .await;
}

#[tokio::test]
async fn who_wants_no_invitations_gets_none_and_the_curator_sees_why() {
    both(|app| async move {
        let town = Town::new(app).await;
        let event = town.evening().await;
        let ngo = town.ngo("Soup", "soup@example.org", "en").await;
        town.invites(event, &ngo).await;
        town.later(1).await;
        let letter = town.inbox("soup@example.org").await.remove(0).letter();
        let link = letter.header("List-Unsubscribe").unwrap();
        assert!(link.contains("http://127.0.0.1:8080/u/"), "{link}");
        assert!(letter.text.contains("No more invitations from this hub:\nhttp://127.0.0.1:8080/u/"));

        let act = StopLetters {
            person: ngo.person,
            category: Category::Invitations,
            why: Why::Asked,
            until: None,
        };
        town.does(act).await;
        let other = town.event("Warm rooms", "2026-12-11T18:30", "2026-12-11T21:00", 5).await;
        town.invites(other, &ngo).await;
        town.later(1).await;
        assert_eq!(town.inbox("soup@example.org").await.len(), 1, "no second letter");
        let query = format!(
            "{{ node(id: \"{}\") {{ ... on Stakeholder {{ stoppedLetters {{ category why until }} }} }} }}",
            ngo.stakeholder
        );
        let curator = town.app.viewer(town.hub, kernel::Role::Curator);
        let seen = town.app.graphql(curator.clone(), &query).await;
        let expected = serde_json::json!([{ "category": "INVITATIONS", "why": "ASKED", "until": null }]);
        assert_eq!(seen["node"]["stoppedLetters"], expected);
        let member = town.app.viewer(town.hub, kernel::Role::Member);
        let seen = town.app.graphql(member, &query).await;
        assert_eq!(seen["node"]["stoppedLetters"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_bounce_at_its_own_address_ends_letters_until_the_curator_tries_again() {
    both(|app| async move {
        let town = Town::new(app).await;
        let event = town.evening().await;
        let ngo = town.ngo("Soup", "soup@example.org", "en").await;
        town.invites(event, &ngo).await;
        town.later(1).await;
        let path = town.inbox("soup@example.org").await.remove(0).from;
        assert!(path.starts_with("b+") && path.ends_with("@in.convoke.test"), "{path}");
        let bounce = |to: &str| {
            format!(
                "From: MAILER-DAEMON@mx.example\r\nTo: {to}\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n\
                 Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\
                 Content-Type: text/plain\r\n\r\nNo such user.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
                 Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; soup@example.org\r\nAction: failed\r\n\
                 Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n--b--\r\n"
            )
        };
        let brought = |to: String| {
            let (app, bytes) = (town.app.app.clone(), bounce(&to));
            async move {
                let delivery = crate::inbound::Delivery {
                    door: crate::inbound::Door::Lmtp,
                    recipient: &to,
                    sender: None,
                    bytes: bytes.as_bytes(),
                };
                let kept = crate::inbound::receive(&app, delivery).await.unwrap();
                crate::inbound::due(&app).await.unwrap();
                kept.is_ok()
            }
        };
        let forged = path.replacen("b+", "b+0", 1);
        assert!(!brought(forged).await, "nobody silences others with a forged notice");
        assert!(brought(path).await);
        let (hub, person) = (town.hub.to_string(), ngo.person.to_string());
        let db = town.app.journal().db();
        let why = || async {
            let row = view::stopped(db, &hub, &person, None, town.app.now()).await.unwrap();
            row.map(|row| row.why)
        };
        assert_eq!(why().await.as_deref(), Some("no-such-mailbox"));

        let curator = town.app.viewer(town.hub, kernel::Role::Curator);
        let resume = format!(
            "mutation {{ resumeLetters(input: {{ stakeholderId: \"{}\", category: ALL }}) {{
                userErrors {{ code }} stakeholder {{ stoppedLetters {{ why }} }} }} }}",
            ngo.stakeholder
        );
        let answer = town.app.graphql(curator, &resume).await;
        assert_eq!(answer["resumeLetters"]["stakeholder"]["stoppedLetters"], serde_json::json!([]));
        assert_eq!(why().await, None);
    })
    .await;
}
