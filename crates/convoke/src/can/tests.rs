//! `Viewer.can` answers as the command itself would, and leaves no trace.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]

use kernel::Role;
use serde_json::{Value, json};
use strum::IntoEnumIterator as _;

use super::Action;
use crate::app::Viewer;
use crate::event::tests::api::{Town, codes};
use crate::testing::both;
use crate::text::Locale;

async fn asks(town: &Town, who: &Viewer, action: &str, on: &str) -> Value {
    let document = format!(
        "{{ viewer {{ can(action: {action}, on: \"{on}\") {{ allowed code message }} }} }}"
    );
    town.app.graphql(who.clone(), &document).await["viewer"]["can"].clone()
}

fn yes() -> Value {
    json!({ "allowed": true, "code": null, "message": null })
}

#[tokio::test]
async fn it_is_the_decision_of_the_command_and_nothing_is_recorded() {
    both(async |app| {
        let town = Town::new(app);
        let id = town.proposed("Soup").await;
        let this = format!(r#"eventId: "{id}""#);
        let head = town.app.journal().position(&town.hub.to_string()).await.unwrap();
        let no_input = [
            ("ACCEPT_PROPOSAL", "acceptProposal", ""),
            ("DECLINE_PROPOSAL", "declineProposal", r#", reason: "x""#),
            ("WITHDRAW_PROPOSAL", "withdrawProposal", ""),
            ("PUBLISH_EVENT", "publishEvent", ""),
            ("CLOSE_REGISTRATION", "closeRegistration", ""),
            ("POSTPONE_EVENT", "postponeEvent", ""),
            ("CANCEL_EVENT", "cancelEvent", r#", reason: "x""#),
            ("REINSTATE_EVENT", "reinstateEvent", ""),
        ];
        let mut allowed = Vec::new();
        for (action, command, more) in no_input {
            let input = format!("dryRun: true, {this}{more}");
            let payload = town.as_somebody(&town.curator, command, &input, "event { id }").await;
            let said = asks(&town, &town.curator, action, &id).await;
            let first = codes(&payload).first().cloned();
            assert_eq!(said["code"], json!(first), "{action}");
            assert_eq!(said["allowed"], json!(first.is_none()), "{action}");
            assert_eq!(said["message"], payload["userErrors"][0]["message"], "{action}");
            allowed.extend(first.is_none().then_some(action));
        }
        assert!(allowed.contains(&"ACCEPT_PROPOSAL") && !allowed.contains(&"PUBLISH_EVENT"));
        let now = town.app.journal().position(&town.hub.to_string()).await.unwrap();
        assert_eq!(now, head);
        assert_eq!(town.does("acceptProposal", &this).await.0, "ACCEPTED");
    })
    .await;
}

#[tokio::test]
async fn who_asks_matters_and_so_does_what_she_may_see() {
    both(async |app| {
        let town = Town::new(app);
        let draft = town.proposed("Soup").await;
        let public = town.published("Stew", 1).await;
        let visitor = Viewer::visitor(Locale::Nl);
        let member = town.app.viewer(town.hub, Role::Member);
        let said = asks(&town, &visitor, "CANCEL_EVENT", &public).await;
        assert_eq!(said["code"], "UNAUTHENTICATED");
        let said = asks(&town, &member, "CANCEL_EVENT", &public).await;
        assert_eq!(said["code"], "FORBIDDEN");
        assert_eq!(asks(&town, &member, "REGISTER_FOR_EVENT", &public).await, yes());
        assert_eq!(asks(&town, &visitor, "REGISTER_FOR_EVENT", &public).await, yes());
        let unseen = asks(&town, &member, "WITHDRAW_PROPOSAL", &draft).await;
        assert_eq!(unseen["code"], "UNKNOWN_ID");
        assert!(unseen["message"].is_string());
        for (action, on) in [
            ("START_HACKING", public.as_str()),
            ("CANCEL_EVENT", "event_01h455vb4pex5vsknk084sn02q"),
            ("CANCEL_EVENT", "nonsense"),
            ("CANCEL_REGISTRATION", "registration_01h455vb4pex5vsknk084sn02q"),
        ] {
            let said = asks(&town, &town.curator, action, on).await;
            assert_eq!(said["code"], "UNKNOWN_ID", "{action} {on}");
        }
    })
    .await;
}

#[tokio::test]
async fn every_action_is_about_exactly_one_kind_of_thing() {
    crate::testing::sqlite(async |app| {
        let read = app.reader(app.viewer(app.id(), Role::Curator));
        let ids = [
            app.id::<crate::issue::IssueKind>().to_string(),
            app.id::<crate::event::EventKind>().to_string(),
            app.id::<crate::hackathon::HackathonKind>().to_string(),
            app.id::<crate::stakeholder::StakeholderKind>().to_string(),
        ];
        for action in Action::iter() {
            let mut kinds = 0;
            for id in &ids {
                kinds += usize::from(action.about(&read, id).await.unwrap().is_some());
            }
            let of_registration = matches!(
                action,
                Action::CancelRegistration | Action::ConfirmOffer | Action::LeaveWaitlist
            );
            assert_eq!(kinds, usize::from(!of_registration), "{action:?}");
        }
    })
    .await;
}
