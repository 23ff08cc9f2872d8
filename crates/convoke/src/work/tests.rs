//! Workers, from outside: facts go in, a mail server sees what comes out. On both databases.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may stop where it fails"
)]

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use journal::mails::{self, MailRow};
use kernel::{Effect, Recorded};
use mail::testing::Answer;
use tokio_util::sync::CancellationToken;

mod elsewhere;
mod erasures;
mod signed;
mod ways;

use super::testing::{Town, ics, lines};
use super::{acts, run_all, settle, tidy_once};
use crate::desk::CancelRegistration;
use crate::event::CancelEvent;
use crate::testing::both;

impl Town {
    async fn mails(&self) -> Vec<MailRow> {
        mails::latest(self.app.journal().db(), None, None, 200).await.unwrap()
    }
    async fn states(&self) -> Vec<(String, String)> {
        let mut states: Vec<_> =
            self.mails().await.into_iter().map(|row| (row.template, row.state)).collect();
        states.sort();
        states
    }
}

const KEYS: [&str; 6] = ["METHOD", "UID", "SEQUENCE", "DTSTART", "STATUS", "ATTENDEE"];

#[tokio::test]
async fn an_invitation_is_changed_and_cancelled_under_one_identity() {
    both(async |app| {
        let town = Town::new(app).await;
        let event = town.evening().await;
        let ngo = town.ngo("Warmte voor Allen", "ngo@example.org", "nl").await;
        let invitation = town.invites(event, &ngo).await;
        town.later(1).await;
        // Two edits within the quiet time are told once, and only after it.
        town.renames(event, "Heat in every home").await;
        town.later(60).await;
        town.moves(event, "2026-12-05T18:30", "2026-12-05T21:00").await;
        town.later(100).await;
        assert_eq!(town.inbox(&ngo.address).await.len(), 1, "not before the quiet time is over");
        town.later(30).await;
        town.does(CancelEvent { event, reason: "The boiler broke.".into() }).await;
        town.later(1).await;

        let mails = town.inbox(&ngo.address).await;
        let seen: Vec<Vec<String>> = mails.iter().map(|mail| lines(&ics(mail), &KEYS)).collect();
        let told = |method: &str, sequence: u32, start: &str, status: &str, rsvp: &str| {
            vec![
                format!("METHOD:{method}"),
                format!("UID:{event}@convoke.test"),
                format!("SEQUENCE:{sequence}"),
                format!("DTSTART:{start}"),
                format!("STATUS:{status}"),
                format!("ATTENDEE;CN=\"Warmte voor Allen\";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP={rsvp}:mailto:ngo@example.org"),
            ]
        };
        assert_eq!(
            seen,
            [
                told("REQUEST", 0, "20261204T183000Z", "CONFIRMED", "TRUE"),
                told("REQUEST", 2, "20261205T183000Z", "CONFIRMED", "TRUE"),
                told("CANCEL", 3, "20261205T183000Z", "CANCELLED", "FALSE"),
            ]
        );
        // Whom her calendar answers is the same in all three.
        let answers = town.app.answer_address(&invitation.to_string()).unwrap();
        let organizer = format!("ORGANIZER;CN=\"Hub Westminster\":mailto:{}", answers.as_str());
        for mail in &mails {
            assert_eq!(lines(&ics(mail), &["ORGANIZER"]), [organizer.as_str()]);
        }
        let subjects: Vec<String> = mails.iter().map(|mail| mail.letter().subject).collect();
        assert_eq!(
            subjects,
            [
                "Uitnodiging: Heat in our homes",
                "Gewijzigd: Heat in every home",
                "Afgelast: Heat in every home"
            ]
        );
        let threads: Vec<_> =
            mails.iter().map(|mail| mail.letter().header("References").map(str::to_owned)).collect();
        assert_eq!(threads[0], Some(format!("<thread.{event}@convoke.test>")));
        assert!(threads.iter().all(|thread| *thread == threads[0]));
    })
    .await;
}

#[tokio::test]
async fn a_registration_is_confirmed_moved_up_and_given_back() {
    both(async |app| {
        let town = Town::new(app).await;
        let event = town.event("Boilers", "2026-12-04T18:30", "2026-12-04T21:00", 1).await;
        let ada = town.registers(event, "Ada", "ada@example.org", "en").await;
        town.registers(event, "보라", "bora@example.org", "ko").await;
        town.later(1).await;
        let confirmed = town.inbox("ada@example.org").await;
        let object = ics(&confirmed[0]);
        assert_eq!(
            lines(&object, &["ATTENDEE"]),
            ["ATTENDEE;CN=\"Ada\";CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:ada@example.org"]
        );
        let waits = town.inbox("bora@example.org").await;
        assert_eq!(waits[0].letter().calendar, None, "who waits has nothing in her calendar");
        assert_eq!(waits[0].letter().subject, "대기자 명단: Boilers");

        town.does(CancelRegistration { event, registration: ada, via_link: true }).await;
        town.later(1).await;
        let gone = town.inbox("ada@example.org").await;
        assert_eq!(lines(&ics(&gone[1]), &["METHOD", "STATUS"]), ["METHOD:CANCEL", "STATUS:CANCELLED"]);
        let offer = town.inbox("bora@example.org").await;
        assert!(offer[1].letter().subject.starts_with("자리가 났습니다"), "{:?}", offer[1].letter());
        let link = offer[1].letter().links().first().map(|link| (*link).to_owned()).unwrap();
        let token = link.strip_prefix("http://127.0.0.1:8080/r/").unwrap().to_owned();
        assert!(town.app.link_target("registration", &token).is_some(), "{token}");
    })
    .await;
}

#[tokio::test]
async fn an_offer_ends_by_its_timer_and_the_next_one_is_asked() {
    both(async |app| {
        let town = Town::new(app).await;
        let event = town.event("Boilers", "2026-12-20T18:30", "2026-12-20T21:00", 1).await;
        let ada = town.registers(event, "Ada", "ada@example.org", "en").await;
        town.registers(event, "Bo", "bo@example.org", "en").await;
        town.registers(event, "Cem", "cem@example.org", "tr").await;
        town.does(CancelRegistration { event, registration: ada, via_link: true }).await;
        town.later(1).await;
        assert_eq!(town.inbox("cem@example.org").await.len(), 1);
        // However long an offer holds, it ends within three days; the timer does it.
        for _ in 0..3 {
            town.later(24 * 3_600).await;
        }
        let subjects: Vec<String> =
            town.inbox("cem@example.org").await.iter().map(|mail| mail.letter().subject).collect();
        assert_eq!(subjects, ["Bekleme listesi: Boilers", "Bir yer açıldı: Boilers"]);
        // The same timer once more is the same command.
        let again = settle(&town.app, &town.relay).await;
        assert!(again.is_ok());
        assert_eq!(town.inbox("cem@example.org").await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn planning_twice_and_dying_before_the_end_leaves_one_mail() {
    both(async |app| {
        let town = Town::new(app).await;
        let event = town.evening().await;
        let ngo = town.ngo("NGO", "ngo@example.org", "en").await;
        town.later(1).await;
        town.invites(event, &ngo).await;
        assert_eq!(crate::letter::plan::due(&town.app).await.unwrap(), 1);
        // A process that dies after planning, before its effect is marked, plans again.
        town.app
            .journal()
            .db()
            .exec("UPDATE outbox SET state = 'waiting' WHERE kind = 'letter'", vec![])
            .await
            .unwrap();
        assert!(crate::letter::plan::due(&town.app).await.unwrap() >= 1);
        assert_eq!(town.mails().await.len(), 1);

        // A process that dies while sending: the lease runs out, the same bytes go again.
        let taken =
            mails::claim(town.app.journal().db(), town.app.now(), 900, 10, &[]).await.unwrap();
        assert_eq!(taken.len(), 1);
        settle(&town.app, &town.relay).await.unwrap();
        assert_eq!(town.inbox(&ngo.address).await.len(), 0, "it is leased");
        town.later(901).await;
        town.later(1).await;
        assert_eq!(town.inbox(&ngo.address).await.len(), 1);
        assert_eq!(town.states().await, [("invitation".to_owned(), "sent".to_owned())]);
    })
    .await;
}

#[tokio::test]
async fn a_mail_whose_fate_is_unknown_goes_again_under_the_same_name() {
    both(async |app| {
        let town = Town::new(app).await;
        let event = town.evening().await;
        let ngo = town.ngo("NGO", "ngo@example.org", "en").await;
        town.peer.now_answers([
            Answer::refuse_recipient(451, "4.7.1 greylisted, ngo@example.org"),
            Answer::DropAfterLetter,
        ]);
        town.invites(event, &ngo).await;
        town.later(1).await;
        let row = town.mails().await.remove(0);
        assert_eq!((row.state.as_str(), row.last_code), ("waiting", Some(451)));
        assert_eq!(row.last_text.as_deref(), Some("4.7.1 greylisted, …"));
        town.later(120).await;
        assert_eq!(town.mails().await[0].state, "waiting");
        town.later(600).await;
        let mails = town.inbox(&ngo.address).await;
        assert_eq!(mails.len(), 2);
        assert_eq!(mails[0].mime, mails[1].mime, "the same bytes");
        assert_eq!(town.mails().await[0].state, "sent");
        assert_eq!(town.mails().await[0].attempts, 3);
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_or_too_late_comes_to_its_end() {
    both(async |app| {
        let town = Town::new(app).await;
        let event = town.evening().await;
        let gone = town.ngo("Gone", "gone@example.org", "en").await;
        town.peer.now_answers([Answer::refuse_recipient(550, "5.1.1 no such user")]);
        town.invites(event, &gone).await;
        town.later(1).await;
        assert_eq!(town.mails().await[0].state, "failed");

        let deaf = town.ngo("Deaf", "deaf@example.org", "en").await;
        town.peer.now_answers(mail::testing::Script::from(Answer::refuse_recipient(451, "no")));
        town.invites(event, &deaf).await;
        for _ in 0..12 {
            town.later(8 * 3_600).await;
        }
        let states: Vec<String> = town.mails().await.into_iter().map(|row| row.state).collect();
        assert_eq!(states, ["expired", "failed"]);
        assert!(tidy_once(&town.app).await.unwrap() == 0, "bytes are kept for a week");
        town.app.world.pass(TimeDelta::days(8));
        assert_eq!(tidy_once(&town.app).await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_unsent_first_letter_is_written_again_with_the_news_in_it() {
    both(async |app| {
        let town = Town::new(app).await;
        let event = town.evening().await;
        let ngo = town.ngo("NGO", "ngo@example.org", "en").await;
        town.peer.now_answers(mail::testing::Script::from(Answer::refuse_recipient(451, "later")));
        town.invites(event, &ngo).await;
        town.later(1).await;
        town.moves(event, "2026-12-05T18:30", "2026-12-05T21:00").await;
        town.peer.now_answers([]);
        // The retry of the old one would be due in the same pass as the new one's planning.
        town.app.world.pass(TimeDelta::seconds(121));
        crate::letter::plan::due(&town.app).await.unwrap();
        settle(&town.app, &town.relay).await.unwrap();
        let mails = town.inbox(&ngo.address).await;
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].letter().subject, "Invitation: Heat in our homes");
        assert_eq!(lines(&ics(&mails[0]), &["SEQUENCE"]), ["SEQUENCE:1"]);
        let states: Vec<String> = town.mails().await.into_iter().map(|row| row.state).collect();
        assert_eq!(states, ["sent", "superseded"]);
    })
    .await;
}

#[tokio::test]
async fn a_rebuild_plans_and_sends_nothing() {
    both(async |app| {
        let town = Town::new(app).await;
        let event = town.evening().await;
        let ngo = town.ngo("NGO", "ngo@example.org", "en").await;
        town.invites(event, &ngo).await;
        town.registers(event, "Ada", "ada@example.org", "en").await;
        town.later(1).await;
        let before = town.mails().await;
        let attempts = town.peer.attempts();
        let rebuilt = town.app.journal().rebuild(&town.hub.to_string(), &|_, _| ()).await.unwrap();
        assert_eq!(rebuilt.changed, 0);
        town.later(600).await;
        assert_eq!(town.mails().await, before);
        assert_eq!(town.peer.attempts(), attempts);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_sent_to_somebody_who_was_erased_meanwhile() {
    both(async |app| {
        let town = Town::new(app).await;
        let event = town.evening().await;
        let ngo = town.ngo("NGO", "ngo@example.org", "en").await;
        town.invites(event, &ngo).await;
        crate::letter::plan::due(&town.app).await.unwrap();
        town.app.journal().erase(ngo.person).await.unwrap();
        settle(&town.app, &town.relay).await.unwrap();
        assert_eq!(town.peer.attempts(), 0);
        assert_eq!(town.states().await, [("invitation".to_owned(), "skipped".to_owned())]);
    })
    .await;
}

#[tokio::test]
async fn the_loops_carry_a_fact_to_the_mail_server_and_stop_when_told() {
    both(async |app| {
        let town = Town::new(app).await;
        let stop = CancellationToken::new();
        let event = town.evening().await;
        let loops = Box::pin(run_all(town.app.app.clone(), Arc::clone(&town.relay), stop.clone()));
        let story = async {
            for number in 0..8 {
                let address = format!("guest{number}@example.org");
                town.registers(event, "Guest", &address, "en").await;
            }
            let received = town.peer.wait_for(8, Duration::from_secs(20)).await.unwrap();
            assert_eq!(received.len(), 8);
            assert!(town.peer.connections_at_once() <= 3);
            stop.cancel();
        };
        tokio::join!(loops, story);
    })
    .await;
}

#[test]
fn the_loops_may_run_on_any_thread() {
    fn sends<T: Send>(_: impl Fn(crate::app::App, Arc<mail::Relay>, CancellationToken) -> T) {}
    sends(run_all);
}

#[test]
fn every_timer_a_reaction_sets_can_be_issued() {
    let mut seen = std::collections::BTreeSet::new();
    for (kind, schema, payload) in crate::product::samples() {
        for stream in [
            "event",
            "desk",
            "invitation",
            "hackathon",
            "roster",
            "issue",
            "stakeholder",
            "reminder",
            "follow",
            "digest",
        ] {
            let id = match stream {
                "digest" => kernel::testing::id::<kernel::HubKind>(1).to_string(),
                "hackathon" | "roster" => {
                    kernel::testing::id::<crate::hackathon::HackathonKind>(1).to_string()
                }
                _ => kernel::testing::id::<crate::event::EventKind>(1).to_string(),
            };
            let fact = recorded(kind, schema, &payload, stream, &id);
            let effects: Vec<Effect> =
                journal::Product::react(&crate::product::Convoke, &fact).unwrap_or_default();
            for effect in effects.into_iter().filter(|effect| effect.kind == "timer") {
                let act = effect.body["act"].as_str().unwrap().to_owned();
                let decoded = acts::decode(&act, effect.body["body"].clone());
                assert_eq!(decoded.map(|act| act.kind().to_owned()), Ok(act.clone()));
                seen.insert(act);
            }
        }
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), acts::KINDS, "none is entered in vain");
    assert!(acts::decode("CancelEvent", serde_json::json!({})).is_err());
}

fn recorded(kind: &str, schema: u16, payload: &str, stream: &str, id: &str) -> Recorded<String> {
    Recorded {
        journal: kernel::testing::id::<kernel::HubKind>(1).to_string(),
        position: 1,
        stream: kernel::StreamId::new(stream, id),
        version: 1,
        kind: kind.to_owned(),
        schema,
        recorded_at: kernel::testing::noon(),
        occurred_at: None,
        actor: "visitor".to_owned(),
        command_id: uuid::Uuid::from_u128(1),
        ordinal: 0,
        caused_by: None,
        correlation: None,
        fact: payload.to_owned(),
    }
}
