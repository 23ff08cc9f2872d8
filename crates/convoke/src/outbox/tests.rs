//! Operators hold mail back and try one once more: from the rule to the mail server.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it fails"
)]

use journal::mails;
use kernel::Role;
use kernel::testing::given;
use mail::testing::Answer;
use serde_json::Value;
use strum::IntoEnumIterator as _;

use super::decider::Command;
use super::*;
use crate::app::{Grant, Viewer};
use crate::testing::both;
use crate::work::testing::Town;

#[test]
fn what_is_held_is_held_once_and_all_mail_is_a_thing_of_its_own() {
    let hold = |kind| Command::Hold { kind };
    let resume = |kind| Command::Resume { kind };
    let held = |kind| Fact::MailsHeld { kind };
    let digests = Some(MailKind::Digest);
    given::<Outbox>([]).when(hold(digests)).then([held(digests)]);
    given::<Outbox>([held(digests)]).when(hold(digests)).then([]);
    given::<Outbox>([held(digests)]).when(hold(None)).then([held(None)]);
    given::<Outbox>([held(digests), held(None)])
        .when(resume(None))
        .then([Fact::MailsResumed { kind: None }]);
    given::<Outbox>([held(None)]).when(resume(digests)).then([]);
}

#[test]
fn only_a_name_is_tried_again() {
    let retry = |mail: &str| Command::Retry { mail: mail.to_owned() };
    let name = "0123456789abcdef";
    given::<Outbox>([]).when(retry(name)).then([Fact::MailRetried { mail: name.to_owned() }]);
    for mail in ["", "short", "a.b@c.example", "%%%%%%%%%%"] {
        let mail_said = mail.to_owned();
        given::<Outbox>([])
            .when(retry(mail))
            .then_rejected(Rejection::MailUnknown { mail: mail_said });
    }
}

#[test]
fn every_kind_of_letter_can_be_held() {
    let held: Vec<String> = MailKind::iter().map(|kind| kind.to_string()).collect();
    let kinds: Vec<String> = mail::Kind::iter().map(|kind| kind.to_string()).collect();
    assert_eq!(held, kinds);
}

fn admin(town: &Town) -> Viewer {
    let person = Some(town.app.id());
    let grants = vec![Grant { hub: None, role: Role::NetworkAdmin }];
    Viewer { person, grants, token: Some(town.app.id()), ..town.app.viewer(town.hub, Role::Member) }
}

const HELD: &str = "userErrors { code } holds { kind }";

#[tokio::test]
async fn what_is_held_waits_until_it_may_go() {
    both(async |app| {
        let town = Town::new(app).await;
        let event = town.event("Boilers", "2026-12-04T18:30", "2026-12-04T21:00", 50).await;
        let ngo = town.ngo("NGO", "ngo@example.org", "en").await;
        let held = format!("mutation {{ holdMails(input: {{kind: INVITATION}}) {{ {HELD} }} }}");
        let said = town.app.graphql(admin(&town), &held).await;
        assert_eq!(said["holdMails"]["holds"][0]["kind"], "INVITATION");
        town.invites(event, &ngo).await;
        town.registers(event, "Ada", "ada@example.org", "en").await;
        town.later(60).await;
        assert_eq!(town.inbox("ngo@example.org").await.len(), 0, "invitations are held");
        assert_eq!(town.inbox("ada@example.org").await.len(), 1, "receipts are not");
        let query = format!(
            "{{ mailHolds {{ kind }} hub(id: \"{}\") {{ outbox(state: WAITING) {{ totalCount nodes {{
                kind state isHeld recipient attempts letter }} }} }} }}",
            town.hub
        );
        let seen = town.app.graphql(admin(&town), &query).await;
        let line = &seen["hub"]["outbox"]["nodes"][0];
        assert_eq!(line["isHeld"], true);
        assert_eq!(line["recipient"], "ngo@example.org");
        assert_eq!(line["attempts"], 0);
        // The kill switch: nothing leaves at all.
        let all = format!("mutation {{ holdMails(input: {{}}) {{ {HELD} }} }}");
        town.app.graphql(admin(&town), &all).await;
        town.registers(event, "Bo", "bo@example.org", "en").await;
        town.later(60).await;
        assert_eq!(town.inbox("bo@example.org").await.len(), 0);
        for resume in ["{}", "{kind: INVITATION}"] {
            let resume = format!("mutation {{ resumeMails(input: {resume}) {{ {HELD} }} }}");
            town.app.graphql(admin(&town), &resume).await;
        }
        town.later(1).await;
        for address in ["ngo@example.org", "bo@example.org"] {
            assert_eq!(town.inbox(address).await.len(), 1, "{address}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_held_holds_up_nothing_else_and_expires() {
    both(async |app| {
        let town = Town::new(app).await;
        let event = town.event("Boilers", "2026-12-14T18:30", "2026-12-14T21:00", 50).await;
        let ngo = town.ngo("NGO", "ngo@example.org", "en").await;
        let held = format!("mutation {{ holdMails(input: {{kind: INVITATION}}) {{ {HELD} }} }}");
        town.app.graphql(admin(&town), &held).await;
        town.invites(event, &ngo).await;
        town.later(1).await;
        town.registers(event, "NGO", "ngo@example.org", "en").await;
        town.later(1).await;
        let subjects: Vec<String> =
            town.inbox("ngo@example.org").await.iter().map(|mail| mail.letter().subject).collect();
        assert_eq!(subjects.len(), 1, "{subjects:?}");
        assert!(!subjects[0].starts_with("Invitation"), "{subjects:?}");
        town.later(60).await;
        let (db, now) = (town.app.journal().db(), town.app.now());
        assert!(mails::oldest_due(db, now, &[]).await.unwrap().is_some());
        assert_eq!(mails::oldest_due(db, now, &["invitation"]).await.unwrap(), None);
        let state = async || {
            let all = mails::latest(db, None, None, 50).await.unwrap();
            all.into_iter().find(|row| row.template == "invitation").unwrap().state
        };
        assert_eq!(state().await, "waiting");
        town.later(4 * 24 * 3_600).await;
        assert_eq!(state().await, "expired", "though nobody let it go");
    })
    .await;
}

#[tokio::test]
async fn a_reminder_is_tried_again_until_its_event_begins() {
    both(async |app| {
        let town = Town::new(app).await;
        let event = town.event("Boilers", "2026-11-24T18:30", "2026-11-24T21:00", 50).await;
        town.registers(event, "Ada", "ada@example.org", "en").await;
        town.later(1).await;
        // The day before, in the evening: a minute after it is due.
        town.peer.now_answers([Answer::refuse_recipient(554, "5.6.0 no")]);
        town.later(32 * 3_600 + 1_860).await;
        let row = async || {
            let all = mails::latest(town.app.journal().db(), None, None, 50).await.unwrap();
            all.into_iter().find(|row| row.template == "event-reminder").unwrap()
        };
        assert_eq!(row().await.state, "failed");
        let retry = async || {
            let mail = view::name_of(&row().await.message_id).to_owned();
            town.does(RetryMail { mail }).await;
            town.later(1).await;
        };
        retry().await;
        assert_eq!(row().await.state, "sent");
        assert_eq!(town.inbox("ada@example.org").await.len(), 2);
        // Another that was refused, when its event has begun.
        let sql = "UPDATE mails SET state = 'failed' WHERE template = 'event-reminder'";
        town.app.journal().db().exec(sql, vec![]).await.unwrap();
        town.later(24 * 3_600).await;
        retry().await;
        assert_eq!(row().await.state, "failed", "there is nothing left to remind of");
    })
    .await;
}

#[tokio::test]
async fn an_invitation_that_expired_is_tried_again_until_its_event_is_over() {
    both(async |app| {
        let town = Town::new(app).await;
        let event = town.event("Boilers", "2026-12-14T18:30", "2026-12-14T21:00", 50).await;
        let ngo = town.ngo("NGO", "ngo@example.org", "en").await;
        let deaf = mail::testing::Script::from(Answer::refuse_recipient(451, "no"));
        town.peer.now_answers(deaf);
        town.invites(event, &ngo).await;
        for _ in 0..12 {
            town.later(8 * 3_600).await;
        }
        let row = async || {
            let all = mails::latest(town.app.journal().db(), None, None, 50).await.unwrap();
            all.into_iter().find(|row| row.template == "invitation").unwrap()
        };
        assert_eq!(row().await.state, "expired");
        town.peer.now_answers([]);
        let mail = view::name_of(&row().await.message_id).to_owned();
        town.does(RetryMail { mail: mail.clone() }).await;
        town.later(1).await;
        assert_eq!(row().await.state, "sent");
        let sql = "UPDATE mails SET state = 'expired' WHERE template = 'invitation'";
        town.app.journal().db().exec(sql, vec![]).await.unwrap();
        town.later(20 * 24 * 3_600).await;
        town.does(RetryMail { mail }).await;
        town.later(1).await;
        assert_eq!(row().await.state, "expired", "its event is over");
    })
    .await;
}

#[tokio::test]
async fn a_person_is_shown_with_one_address_the_one_of_the_registry() {
    both(async |app| {
        let town = Town::new(app).await;
        let event = town.event("Boilers", "2026-12-04T18:30", "2026-12-04T21:00", 50).await;
        let ngo = town.ngo("NGO", "ngo@example.org", "en").await;
        let keys = town.app.journal().keys();
        assert_eq!(keys.bind("a.second@example.org", ngo.person).await.unwrap(), ngo.person);
        town.registers(event, "NGO", "a.second@example.org", "en").await;
        let persons = [ngo.person.to_string()];
        let rows = view::addresses(town.app.journal().db(), &persons).await.unwrap();
        let known: Vec<_> = rows.iter().map(|row| row.email.as_deref()).collect();
        assert_eq!(known, [Some("ngo@example.org")]);
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_failed_is_tried_once_more_and_only_if_nothing_newer_was_said() {
    both(async |app| {
        let town = Town::new(app).await;
        let event = town.event("Boilers", "2026-12-04T18:30", "2026-12-04T21:00", 50).await;
        let ngo = town.ngo("NGO", "ngo@example.org", "en").await;
        town.peer.now_answers([Answer::refuse_recipient(554, "5.6.0 no")]);
        town.invites(event, &ngo).await;
        town.later(1).await;
        let curator = town.app.viewer(town.hub, Role::Curator);
        let query = format!(
            "{{ hub(id: \"{}\") {{ outbox {{ nodes {{ id state lastText fault }} }} }} }}",
            town.hub
        );
        let seen = town.app.graphql(curator.clone(), &query).await;
        let line = seen["hub"]["outbox"]["nodes"][0].clone();
        assert_eq!((&line["state"], &line["fault"]), (&"FAILED".into(), &"refused".into()));
        let retry = |id: &str| {
            format!("mutation {{ retryMail(input: {{mailId: \"{id}\"}}) {{ userErrors {{ code }} mail {{ state }} }} }}")
        };
        let id = line["id"].as_str().unwrap().to_owned();
        let said = town.app.graphql(curator.clone(), &retry(&id)).await;
        assert_eq!(said["retryMail"]["userErrors"], Value::from(Vec::<Value>::new()));
        town.later(1).await;
        assert_eq!(town.inbox("ngo@example.org").await.len(), 1);
        // Once it has arrived, another wish changes nothing.
        town.app.graphql(curator.clone(), &retry(&id)).await;
        town.later(1).await;
        assert_eq!(town.inbox("ngo@example.org").await.len(), 1);
        let said = town.app.graphql(curator, &retry("0123456789abcdef")).await;
        assert_eq!(said["retryMail"]["userErrors"][0]["code"], "UNKNOWN_ID");
    })
    .await;
}

#[tokio::test]
async fn an_older_mail_is_not_tried_again_when_a_newer_one_has_spoken() {
    both(async |app| {
        let town = Town::new(app).await;
        let event = town.event("Boilers", "2026-12-14T18:30", "2026-12-14T21:00", 50).await;
        let ngo = town.ngo("NGO", "ngo@example.org", "en").await;
        town.peer.now_answers([Answer::refuse_recipient(554, "5.6.0 no")]);
        town.invites(event, &ngo).await;
        town.later(1).await;
        town.moves(event, "2026-12-15T18:30", "2026-12-15T21:00").await;
        town.later(200).await;
        assert_eq!(town.inbox("ngo@example.org").await.len(), 1);
        let curator = town.app.viewer(town.hub, Role::Curator);
        let query = format!(
            "{{ hub(id: \"{}\") {{ outbox(state: FAILED) {{ nodes {{ id }} }} }} }}",
            town.hub
        );
        let seen = town.app.graphql(curator.clone(), &query).await;
        let id = seen["hub"]["outbox"]["nodes"][0]["id"].as_str().unwrap().to_owned();
        let retry =
            format!("mutation {{ retryMail(input: {{mailId: \"{id}\"}}) {{ mail {{ state }} }} }}");
        town.app.graphql(curator, &retry).await;
        town.later(1).await;
        assert_eq!(town.inbox("ngo@example.org").await.len(), 1, "the old one stays away");
    })
    .await;
}

#[tokio::test]
async fn strangers_see_nothing_and_may_do_nothing() {
    both(async |app| {
        let town = Town::new(app).await;
        let event = town.event("Boilers", "2026-12-04T18:30", "2026-12-04T21:00", 50).await;
        town.registers(event, "Ada", "ada@example.org", "en").await;
        town.later(1).await;
        let elsewhere = town.app.id();
        let query = format!(
            "{{ mailHolds {{ kind }} hub(id: \"{}\") {{ outbox {{ totalCount nodes {{ id }} }} }} }}",
            town.hub
        );
        for viewer in [
            Viewer::visitor(crate::text::Locale::En),
            town.app.viewer(elsewhere, Role::HubAdmin),
            town.app.viewer(town.hub, Role::Member),
        ] {
            let seen = town.app.graphql(viewer.clone(), &query).await;
            assert_eq!(seen["hub"]["outbox"]["totalCount"], 0);
            assert_eq!(seen["mailHolds"], Value::from(Vec::<Value>::new()));
        }
        let curator = town.app.viewer(town.hub, Role::Curator);
        let seen = town.app.graphql(curator, &query).await;
        assert_eq!(seen["hub"]["outbox"]["totalCount"], 1);
    })
    .await;
}
