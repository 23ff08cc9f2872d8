//! Answers as calendar programs send them, from the mail to what the curator sees.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it fails"
)]

use chrono::TimeDelta;
use serde_json::Value;
use std::fmt::Write as _;

mod asking;
mod series;
mod unproved;

use super::*;
use crate::event::EventId;
use crate::invitation::view::invitation;
use crate::testing::{both, sqlite};
use crate::work::testing::{Ngo, Town};

/// What a reply says; the rest is as Google writes it.
#[derive(Clone)]
struct Reply<'a> {
    method: &'a str,
    uid: String,
    attendee: &'a str,
    partstat: &'a str,
    sequence: i64,
    stamp: &'a str,
    from: &'a str,
    headers: &'a str,
    more: &'a str,
}

impl Reply<'_> {
    fn mime(&self) -> Vec<u8> {
        let Self { method, uid, attendee, partstat, sequence, stamp, from, headers, more } = self;
        format!(
            "{headers}From: Somebody <{from}>\r\nTo: organizer\r\nSubject: {partstat}\r\n\
             Date: Sun, 22 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\
             Content-Type: text/plain; charset=utf-8\r\n\r\n{partstat}\r\n--b\r\n\
             Content-Type: text/calendar; charset=utf-8; method={method}\r\n\r\n\
             BEGIN:VCALENDAR\r\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\r\nVERSION:2.0\r\n\
             METHOD:{method}\r\nBEGIN:VEVENT\r\nDTSTAMP:{stamp}\r\nUID:{uid}\r\nSEQUENCE:{sequence}\r\n\
             ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={partstat};X-NUM-GUESTS=0:mailto:{attendee}\r\n\
             {more}END:VEVENT\r\nEND:VCALENDAR\r\n--b--\r\n"
        )
        .into_bytes()
    }
}

/// What the mail server in front of us writes on an honest mail.
const PASSED: &str =
    "Authentication-Results: mx.convoke.test; dmarc=pass header.from=example.org\r\n";

/// A town where one organisation is invited to the evening.
struct Scene {
    town: Town,
    event: EventId,
    ngo: Ngo,
    id: String,
    recipient: String,
}

impl Scene {
    async fn new(app: crate::testing::TestApp) -> Self {
        Self::at(Town::new(app).await, "").await
    }

    /// Where answers come to this address; to one of her own when it is empty.
    async fn at(town: Town, recipient: &str) -> Self {
        let event = town.evening().await;
        let ngo = town.ngo("Soup", "soup@example.org", "en").await;
        let id = town.invites(event, &ngo).await.to_string();
        let recipient = match recipient {
            "" => town.app.answer_address(&id).unwrap().as_str().to_owned(),
            all => all.to_owned(),
        };
        Self { town, event, ngo, id, recipient }
    }

    fn yes(&self) -> Reply<'static> {
        Reply {
            method: "REPLY",
            uid: format!("{}@convoke.test", self.event),
            attendee: "soup@example.org",
            partstat: "ACCEPTED",
            sequence: 0,
            stamp: "20261122T100500Z",
            from: "soup@example.org",
            headers: PASSED,
            more: "",
        }
    }

    async fn brings(&self, bytes: &[u8]) -> Result<String, Unwanted> {
        let delivery =
            Delivery { door: Door::Command, recipient: &self.recipient, sender: None, bytes };
        receive(&self.town.app, delivery).await.unwrap()
    }

    /// A mail comes in and is decided: what the curator sees of it, in one line.
    async fn hears(&self, reply: &Reply<'_>) -> String {
        // A second passes, so that the newest stands first.
        self.town.app.world.pass(TimeDelta::seconds(1));
        self.brings(&reply.mime()).await.unwrap();
        assert_eq!(due(&self.town.app).await.unwrap(), 1);
        let seen = self.replies().await;
        let (verdict, reason, code) = (&seen[0]["verdict"], &seen[0]["reason"], &seen[0]["code"]);
        let said =
            |value: &Value| value.as_str().map(|word| format!(" {word}")).unwrap_or_default();
        format!("{}{}{}", verdict.as_str().unwrap(), said(reason), said(code))
    }

    async fn replies(&self) -> Value {
        let query = format!(
            "{{ node(id: \"{}\") {{ ... on Invitation {{ replies {{ verdict reason code door answer
                sequence comment asks proposedStart proposedEnd }} }} }} }}",
            self.id
        );
        self.asks(&query).await["node"]["replies"].clone()
    }

    async fn asks(&self, query: &str) -> Value {
        let curator = self.town.app.viewer(self.town.hub, kernel::Role::Curator);
        self.town.app.graphql(curator, query).await
    }

    async fn state(&self) -> (String, Option<String>, Option<i64>) {
        let row = invitation(self.town.app.journal().db(), &self.id).await.unwrap().unwrap();
        (row.state, row.via, row.answered_sequence)
    }
}

#[tokio::test]
async fn an_answer_in_the_calendar_counts_and_a_newer_one_replaces_it() {
    both(|app| async move {
        let scene = Scene::new(app).await;
        let yes = scene.yes();
        assert_eq!(scene.hears(&yes).await, "APPLIED");
        assert_eq!(scene.state().await, ("accepted".into(), Some("calendar".into()), Some(0)));

        let later = Reply { partstat: "DECLINED", stamp: "20261122T101500Z", ..yes.clone() };
        assert_eq!(scene.hears(&later).await, "APPLIED");
        let earlier = Reply { partstat: "TENTATIVE", stamp: "20261122T101000Z", ..yes.clone() };
        assert_eq!(scene.hears(&earlier).await, "STALE STALE_REPLY");
        let again = Reply { more: "COMMENT:twice\r\n", ..later.clone() };
        assert_eq!(scene.hears(&again).await, "DUPLICATE");
        assert_eq!(scene.state().await.0, "declined");

        // The very same mail again is not even kept.
        let name = scene.brings(&later.mime()).await;
        assert_eq!(name, scene.brings(&later.mime()).await);
        assert_eq!(due(&scene.town.app).await.unwrap(), 0);
        assert_eq!(scene.replies().await.as_array().unwrap().len(), 4);
        assert_eq!(scene.replies().await[0]["comment"], "twice");
    })
    .await;
}

#[tokio::test]
async fn an_answer_to_a_time_that_has_changed_does_not_count() {
    both(|app| async move {
        let scene = Scene::new(app).await;
        scene.town.moves(scene.event, "2026-12-05T18:30", "2026-12-05T21:00").await;
        assert_eq!(scene.hears(&scene.yes()).await, "STALE STALE_REPLY");
        assert_eq!(scene.state().await.0, "sent");
        let now = Reply { sequence: 1, ..scene.yes() };
        assert_eq!(scene.hears(&now).await, "APPLIED");
    })
    .await;
}

/// Whether an object asks its attendee this.
fn said(object: &str, partstat: &str, rsvp: &str) -> bool {
    let plain = object.replace("\r\n ", "");
    plain.contains(&format!(";PARTSTAT={partstat};")) && plain.contains(&format!(";RSVP={rsvp}:"))
}

#[tokio::test]
async fn what_is_not_believed_is_refused_with_its_reason() {
    sqlite(|app| async move {
        let scene = Scene::new(app).await;
        let yes = scene.yes();
        let of = |change: fn(&mut Reply<'static>)| {
            let mut reply = yes.clone();
            change(&mut reply);
            reply
        };
        for (reply, expected) in [
            (of(|it| it.uid = "event_1@elsewhere.example".into()), "REFUSED WRONG_EVENT"),
            (of(|it| it.from = "eve@evil.example"), "REFUSED AUTHOR_DIFFERS"),
            (
                of(|it| it.headers = "Authentication-Results: mx.convoke.test; dmarc=fail header.from=example.org\r\n"),
                "REFUSED NOT_AUTHENTIC",
            ),
            (of(|it| it.headers = ""), "HELD UNCONFIRMED"),
            (
                of(|it| it.headers = "Authentication-Results: mx.evil.example; dmarc=pass header.from=example.org\r\n"),
                "DUPLICATE UNCONFIRMED",
            ),
            (of(|it| it.partstat = "NEEDS-ACTION"), "IGNORED NO_ANSWER"),
            (of(|it| it.partstat = "DELEGATED"), "IGNORED DELEGATED"),
            (
                of(|it| {
                    it.attendee = "eve@example.org";
                    it.from = "eve@example.org";
                    it.partstat = "DECLINED";
                }),
                "IGNORED NOT_INVITED",
            ),
            (of(|it| it.method = "REQUEST"), "IGNORED NOT_AN_ANSWER"),
            (
                of(|it| it.more = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:eve@evil.example\r\n"),
                "REFUSED NOT_ONE_ATTENDEE",
            ),
        ] {
            assert_eq!(scene.hears(&reply).await, expected);
        }
        assert_eq!(scene.state().await.0, "sent", "nothing of it counted");
        // What a stranger writes into the header of our server below our server's own.
        let passed = of(|it| {
            it.headers = "Authentication-Results: mx.convoke.test; dmarc=pass header.from=example.org\r\n\
                          Authentication-Results: mx.convoke.test; dmarc=fail header.from=example.org\r\n";
        });
        assert_eq!(scene.hears(&passed).await, "APPLIED");
    })
    .await;
}

#[tokio::test]
async fn whoever_was_not_invited_is_a_question_to_the_curator_and_no_guest() {
    both(|app| async move {
        let scene = Scene::new(app).await;
        let crasher = Reply { attendee: "eve@example.org", from: "eve@example.org", ..scene.yes() };
        assert_eq!(scene.hears(&crasher).await, "ASKS_TO_ATTEND");
        assert_eq!(scene.replies().await[0]["asks"], "eve@example.org");
        assert_eq!(scene.state().await.0, "sent");
    })
    .await;
}

#[tokio::test]
async fn another_time_is_a_proposal_that_the_curator_sees() {
    both(|app| async move {
        let scene = Scene::new(app).await;
        let counter = Reply {
            method: "COUNTER",
            partstat: "TENTATIVE",
            more: "DTSTART;TZID=Europe/London:20261204T190000\r\nDTEND;TZID=Europe/London:20261204T213000\r\nCOMMENT:Half an hour later?\r\n",
            ..scene.yes()
        };
        assert_eq!(scene.hears(&counter).await, "PROPOSES");
        let seen = scene.replies().await;
        assert_eq!(seen[0]["proposedStart"], "2026-12-04T19:00:00+00:00");
        assert_eq!(seen[0]["proposedEnd"], "2026-12-04T21:30:00+00:00");
        assert_eq!(seen[0]["comment"], "Half an hour later?");
        assert_eq!(scene.state().await.0, "tentative", "what she says to the time it has counts");
    })
    .await;
}

#[tokio::test]
async fn a_decline_in_the_calendar_gives_a_place_back() {
    both(|app| async move {
        let scene = Scene::new(app).await;
        let own = scene.town.registers(scene.event, "Ada", "ada@example.org", "en").await;
        let recipient = scene.town.app.answer_address(&own.to_string()).unwrap();
        let no = Reply {
            attendee: "ada@example.org",
            from: "ada@example.org",
            partstat: "DECLINED",
            ..scene.yes()
        };
        let bytes = no.mime();
        let recipient = recipient.as_str();
        let delivery = Delivery { door: Door::Lmtp, recipient, sender: None, bytes: &bytes };
        receive(&scene.town.app, delivery).await.unwrap().unwrap();
        assert_eq!(due(&scene.town.app).await.unwrap(), 1);
        let seen = scene
            .asks(&format!("{{ node(id: \"{own}\") {{ ... on Registration {{ state }} }} }}"))
            .await;
        assert_eq!(seen["node"]["state"], "CANCELLED");
    })
    .await;
}

#[tokio::test]
async fn addresses_we_did_not_make_are_nobody_and_too_much_is_too_much() {
    both(|app| async move {
        let scene = Scene::new(app).await;
        let bytes = scene.yes().mime();
        let other = scene.recipient.replace("rsvp+i", "rsvp+x");
        for recipient in ["nobody@in.convoke.test", "", "rsvp+x@in.convoke.test", &other] {
            let delivery = Delivery { door: Door::Http, recipient, sender: None, bytes: &bytes };
            let kept = receive(&scene.town.app, delivery).await.unwrap();
            assert_eq!(kept, Err(Unwanted::UnknownRecipient), "{recipient}");
        }
        let large = vec![b'a'; MAIL_BYTES_MAX + 1];
        assert_eq!(scene.brings(&large).await, Err(Unwanted::TooLarge));
        // Letters of the address may have changed their case on the way.
        let shouted = scene.recipient.to_uppercase();
        let delivery =
            Delivery { door: Door::Http, recipient: &shouted, sender: None, bytes: &bytes };
        receive(&scene.town.app, delivery).await.unwrap().unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_kept_mail_shows_nobodys_words_and_goes_with_the_person() {
    both(|app| async move {
        let scene = Scene::new(app).await;
        let reply = Reply { more: "COMMENT:canary in the comment\r\n", ..scene.yes() };
        scene.brings(&reply.mime()).await.unwrap();
        let stored = |db: journal::Db| async move {
            db.all::<journal::OneText>(
                "SELECT COALESCE(sealed, '') || COALESCE(details, '') AS text FROM inbox",
                vec![],
            )
            .await
            .unwrap()
        };
        let db = scene.town.app.journal().db();
        for row in stored(db.clone()).await {
            let text = row.text.unwrap();
            assert!(!text.contains("canary") && !text.contains("soup@"), "{text}");
        }
        due(&scene.town.app).await.unwrap();
        for row in stored(db.clone()).await {
            assert!(!row.text.unwrap().contains("canary"));
        }
        assert_eq!(scene.replies().await[0]["comment"], "canary in the comment");
        scene.town.app.journal().keys().destroy(scene.ngo.person).await.unwrap();
        assert_eq!(scene.replies().await[0]["comment"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_mail_decided_twice_after_a_crash_is_one_answer() {
    both(|app| async move {
        let scene = Scene::new(app).await;
        let id = scene.brings(&scene.yes().mime()).await.unwrap();
        let (app, db) = (&scene.town.app, scene.town.app.journal().db());
        let find = "SELECT sealed AS text FROM inbox WHERE id = $1";
        let sealed: journal::OneText = db.opt(find, journal::args![&id]).await.unwrap().unwrap();
        assert_eq!(due(app).await.unwrap(), 1);
        let hub = scene.town.hub.to_string();
        let position = app.journal().position(&hub).await.unwrap();
        // The process died between the answer and the note of it.
        let undo = "UPDATE inbox SET verdict = NULL, details = NULL, settled_at = NULL, sealed = $2
             WHERE id = $1";
        db.exec(undo, journal::args![&id, sealed.text]).await.unwrap();
        assert_eq!(due(app).await.unwrap(), 1);
        assert_eq!(app.journal().position(&hub).await.unwrap(), position);
        assert_eq!(scene.replies().await[0]["verdict"], "APPLIED");
        assert_eq!(scene.state().await.0, "accepted");
    })
    .await;
}

#[tokio::test]
async fn whoever_floods_her_own_address_hides_nobody_else() {
    both(|app| async move {
        let db = app.journal().db();
        for (about, count) in [("loud", 60), ("quiet", 1)] {
            for number in 0..count {
                let incoming = Incoming {
                    id: format!("{about}{number}"),
                    received_at: app.now() + TimeDelta::seconds(i64::from(about == "loud")),
                    door: "http".into(),
                    purpose: "reply".into(),
                    about: about.into(),
                    person: "nobody".into(),
                    sealed: "null".into(),
                };
                assert!(inbox::receive(db, &incoming).await.unwrap());
                assert!(!inbox::receive(db, &incoming).await.unwrap(), "the same again");
            }
        }
        let seen = inbox::about(db, &["loud".to_owned(), "quiet".to_owned()]).await.unwrap();
        let of = |about: &str| seen.iter().filter(|row| row.about == about).count();
        assert_eq!((of("loud"), of("quiet")), (50, 1));
    })
    .await;
}

#[tokio::test]
async fn hostile_mails_are_decided_quickly_and_harm_nobody() {
    sqlite(|app| async move {
        let scene = Scene::new(app).await;
        let nested =
            format!("{}{}", "BEGIN:VEVENT\r\n".repeat(20_000), "END:VEVENT\r\n".repeat(20_000));
        let bare = |body: &str| {
            format!(
                "From: soup@example.org\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n{body}"
            )
            .into_bytes()
        };
        let mut deep = String::new();
        for level in 0..200 {
            write!(deep, "Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n")
                .unwrap();
        }
        for bytes in [
            bare(&format!("BEGIN:VCALENDAR\r\n{nested}END:VCALENDAR\r\n")),
            bare(&format!("BEGIN:VCALENDAR\r\nX:{}\r\n", "y".repeat(1_000_000))),
            bare("\u{0}\u{0}"),
            [b"From: soup@example.org\r\n\r\n".as_slice(), &[0xFF; 5_000]].concat(),
            format!("From: soup@example.org\r\n{deep}").into_bytes(),
            Vec::new(),
        ] {
            let begun = std::time::Instant::now();
            scene.brings(&bytes).await.unwrap();
            assert_eq!(due(&scene.town.app).await.unwrap(), 1);
            // It takes a fraction of this; machines that run tests are busy.
            assert!(begun.elapsed() < std::time::Duration::from_secs(10), "{:?}", begun.elapsed());
        }
        for seen in scene.replies().await.as_array().unwrap() {
            assert!(["REFUSED", "IGNORED"].contains(&seen["verdict"].as_str().unwrap()), "{seen}");
        }
        assert_eq!(scene.state().await.0, "sent");
        assert_eq!(scene.hears(&scene.yes()).await, "APPLIED");
    })
    .await;
}
