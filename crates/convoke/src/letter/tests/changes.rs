//! Letters about what has changed: once, the newest, and only what is asked anew.

use super::*;
use crate::event::CancelEvent;
use crate::invitation::{Answer, RevokeInvitation};
use crate::testing::both;

const KEYS: [&str; 5] = ["METHOD", "UID", "SEQUENCE", "STATUS", "ATTENDEE"];

fn templates(mails: &[Kept]) -> Vec<(&str, &str)> {
    mails.iter().map(|mail| (mail.template.as_str(), mail.state.as_str())).collect()
}

/// `PARTSTAT=…;…;RSVP=…` of the one attendee.
fn asked(mail: &Kept) -> (String, String) {
    let line = mail.lines(&["ATTENDEE"]).remove(0);
    let value = |name: &str| {
        let mut parts = line.split([';', ':']);
        parts.find_map(|part| part.strip_prefix(name)).unwrap_or_default().to_owned()
    };
    (value("PARTSTAT="), value("RSVP="))
}

#[tokio::test]
async fn edits_within_the_quiet_time_become_one_letter_with_the_last_of_them() {
    both(|app| async move {
        let town = Town::new(app).await;
        let event = town.evening().await;
        let ngo = town.ngo("Soup", "soup@example.org", "en").await;
        town.invites(event, &ngo).await;
        town.later(1).await;
        town.moves(event, "2026-12-05T18:30", "2026-12-05T21:00").await;
        town.plans(119).await;
        assert_eq!(town.kept().await.len(), 1, "an edit waits two minutes for the next");
        town.moves(event, "2026-12-06T18:30", "2026-12-06T21:00").await;
        town.plans(119).await;
        assert_eq!(town.kept().await.len(), 1, "the second one waits anew");
        town.plans(1).await;
        let kept = town.kept().await;
        assert_eq!(templates(&kept), [("invitation", "sent"), ("event-updated", "waiting")]);
        let update = &kept[1];
        assert_eq!(
            update.lines(&["SEQUENCE", "DTSTART"]),
            ["SEQUENCE:2", "DTSTART:20261206T183000Z"]
        );
        let same = ["UID", "SEQUENCE", "SUMMARY", "DTSTART", "DTEND"];
        assert_eq!(update.lines(&same), lines(&town.feed().await, &same));
        assert_eq!(update.letter().subject, "Changed: Heat in our homes");
        assert!(update.letter().text.contains("6 December 2026"), "{}", update.letter().text);
        assert!(!update.letter().text.contains("5 December 2026"));
        // One letter was never due: it made way before it was written.
        #[expect(clippy::items_after_statements, reason = "it is for this statement alone")]
        mod row {
            journal::row! { pub(super) struct Effect { pub(super) state: String } }
        }
        let sql = "SELECT state FROM outbox WHERE lane = $1 ORDER BY position";
        let lane = journal::args![format!("event/{event}")];
        let effects: Vec<row::Effect> = town.app.journal().db().all(sql, lane).await.unwrap();
        let states: Vec<&str> = effects.iter().map(|effect| effect.state.as_str()).collect();
        assert_eq!(states, ["superseded", "done"]);
    })
    .await;
}

#[tokio::test]
async fn an_update_that_has_not_left_is_never_sent_after_a_newer_one() {
    both(|app| async move {
        let town = Town::new(app).await;
        let event = town.evening().await;
        let ngo = town.ngo("Soup", "soup@example.org", "en").await;
        town.invites(event, &ngo).await;
        town.later(1).await;
        for (day, title) in [("2026-12-05", "Heat"), ("2026-12-06", "More heat")] {
            town.moves(event, &format!("{day}T18:30"), &format!("{day}T21:00")).await;
            town.renames(event, title).await;
            town.plans(121).await;
        }
        let kept = town.kept().await;
        assert_eq!(
            templates(&kept),
            [("invitation", "sent"), ("event-updated", "superseded"), ("event-updated", "waiting")]
        );
        town.later(1).await;
        let subjects: Vec<String> =
            town.inbox(&ngo.address).await.iter().map(|mail| mail.letter().subject).collect();
        assert_eq!(subjects, ["Invitation: Heat in our homes", "Changed: More heat"]);
        assert_eq!(town.inbox(&ngo.address).await[1].mime, kept[2].mime, "what is kept is sent");
    })
    .await;
}

#[tokio::test]
async fn an_answer_holds_for_a_new_name_and_not_for_a_new_time() {
    both(|app| async move {
        let town = Town::new(app).await;
        let event = town.event("Boilers", "2026-12-04T18:30", "2026-12-04T21:00", 9).await;
        let comes = town.ngo("Comes", "comes@example.org", "en").await;
        let silent = town.ngo("Silent", "silent@example.org", "en").await;
        for ngo in [&comes, &silent] {
            town.invites(event, ngo).await;
        }
        town.later(1).await;
        town.answers(event, &comes, Answer::Accepted).await;
        town.later(1).await;
        town.renames(event, "Boilers for all").await;
        town.later(121).await;
        let newest = async |address: &str| town.kept_for(address).await.pop().unwrap();
        let of = |partstat: &str, rsvp: &str| (partstat.to_owned(), rsvp.to_owned());
        assert_eq!(asked(&newest("comes@example.org").await), of("ACCEPTED", "FALSE"));
        assert_eq!(asked(&newest("silent@example.org").await), of("NEEDS-ACTION", "TRUE"));
        town.moves(event, "2026-12-05T18:30", "2026-12-05T21:00").await;
        town.later(121).await;
        for address in ["comes@example.org", "silent@example.org"] {
            let mail = newest(address).await;
            assert_eq!(asked(&mail), of("NEEDS-ACTION", "TRUE"), "{address}");
            assert_eq!(mail.lines(&["SEQUENCE"]), ["SEQUENCE:2"]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_cancelled_event_is_taken_from_every_calendar_it_is_in() {
    both(|app| async move {
        let town = Town::new(app).await;
        let event = town.event("Boilers", "2026-12-04T18:30", "2026-12-04T21:00", 1).await;
        let ngo = town.ngo("Soup", "soup@example.org", "en").await;
        town.invites(event, &ngo).await;
        town.registers(event, "Ada", "ada@example.org", "ko").await;
        town.registers(event, "Bo", "bo@example.org", "en").await;
        town.later(1).await;
        town.renames(event, "Boilers for all").await;
        town.plans(60).await;
        let reason = "The boiler broke; of all things.";
        town.does(CancelEvent { event, reason: reason.into() }).await;
        // At once, and instead of the update that still waits.
        town.plans(0).await;
        town.plans(600).await;
        let mails = town.kept().await;
        assert!(!mails.iter().any(|mail| mail.template == "event-updated"));
        for (address, attendee) in [
            ("soup@example.org", "CN=\"Soup\";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION"),
            ("ada@example.org", "CN=\"Ada\";CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED"),
        ] {
            let [first, gone] = &town.kept_for(address).await[..] else { panic!("{mails:?}") };
            assert!(gone.tree().contains("text/calendar; charset=utf-8; method=CANCEL"));
            assert_eq!(
                gone.lines(&KEYS),
                [
                    "METHOD:CANCEL".to_owned(),
                    format!("UID:{event}@convoke.test"),
                    "SEQUENCE:2".to_owned(),
                    "STATUS:CANCELLED".to_owned(),
                    format!("ATTENDEE;{attendee};ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:{address}"),
                ]
            );
            let same = ["UID", "ORGANIZER"];
            assert_eq!(gone.lines(&same), first.lines(&same));
            assert!(gone.letter().text.contains(reason), "{}", gone.letter().text);
        }
        let bo = town.kept_for("bo@example.org").await.pop().unwrap();
        assert_eq!((bo.template.as_str(), bo.letter().calendar), ("event-cancelled", None));
        let listed = ["UID", "SEQUENCE", "STATUS"];
        let hers = town.kept_for("ada@example.org").await.pop().unwrap();
        assert_eq!(hers.lines(&listed), lines(&town.feed().await, &listed));
    })
    .await;
}

#[tokio::test]
async fn who_is_uninvited_is_told_alone() {
    both(|app| async move {
        let town = Town::new(app).await;
        let event = town.evening().await;
        let gone = town.ngo("Gone", "gone@example.org", "tr").await;
        let stays = town.ngo("Stays", "stays@example.org", "en").await;
        for ngo in [&gone, &stays] {
            town.invites(event, ngo).await;
        }
        town.later(60).await;
        town.does(RevokeInvitation { event, stakeholder: gone.stakeholder }).await;
        town.plans(1).await;
        let [first, last] = &town.kept_for("gone@example.org").await[..] else { panic!("two") };
        assert_eq!(last.letter().subject, "Davet geri alındı: Heat in our homes");
        assert_eq!(
            last.lines(&KEYS),
            [
                "METHOD:CANCEL".to_owned(),
                format!("UID:{event}@convoke.test"),
                // The event has not changed; the later DTSTAMP orders the two (RFC 5546 §2.1.5).
                "SEQUENCE:0".to_owned(),
                "STATUS:CANCELLED".to_owned(),
                "ATTENDEE;CN=\"Gone\";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:gone@example.org".to_owned(),
            ]
        );
        assert_eq!(first.lines(&["DTSTAMP"]), ["DTSTAMP:20261122T100000Z"]);
        assert_eq!(last.lines(&["DTSTAMP"]), ["DTSTAMP:20261122T100100Z"]);
        assert_eq!(lines(&town.feed().await, &["STATUS"]), ["STATUS:CONFIRMED"]);
        assert_eq!(town.kept_for("stays@example.org").await.len(), 1);
    })
    .await;
}
