//! Invitations through the API: asking, answering, taking back, and who may see whom.

use kernel::{Personal, Role};
use serde_json::{Value, json};

use crate::app::Viewer;
use crate::event::tests::api::{Town, codes};
use crate::invitation::graphql::LINK;
use crate::invitation::view;
use crate::stakeholder::{Kind, RegisterStakeholder};
use crate::testing::{both, sqlite};
use crate::text::Locale;

const SHOWN: &str = "invitation { id state answer generation reason registration { state } }";

fn visitor() -> Viewer {
    Viewer::visitor(Locale::En)
}

impl Town {
    /// Somebody in the registry; her id there.
    async fn stakeholder(&self, name: &str) -> String {
        let email = format!("{name}@example.org");
        let person = self.app.journal().keys().person_of(&email).await.unwrap();
        let act = RegisterStakeholder {
            hub: self.hub,
            stakeholder: self.app.id(),
            person: Some(person),
            kind: Kind::Ngo,
            name: Personal::new(person, name.to_owned()),
            email: Some(Personal::new(person, email)),
            locale: "nl".to_owned(),
            about: None,
            city: Some("The Hague".to_owned()),
            region: None,
            country: None,
            website: None,
            tags: vec![],
            offers: vec!["a kitchen".to_owned()],
            needs: vec![],
            issues: vec![],
            consent: true,
            prospect: false,
        };
        self.app.admin_does(Some(self.hub), act).await
    }

    async fn invites(&self, event: &str, ids: &[&String], more: &str) -> Value {
        let list: Vec<String> = ids.iter().map(|id| format!(r#""{id}""#)).collect();
        let input = format!(r#"eventId: "{event}", stakeholderIds: [{}] {more}"#, list.join(", "));
        let shown = "event { id }";
        self.as_somebody(&self.curator, "inviteStakeholders", &input, shown).await
    }

    /// The newest invitation's id and its link's token, as the letter has it.
    async fn letter(&self, event: &str, stakeholder: &str) -> (String, String) {
        let (db, hub) = (self.app.journal().db(), self.hub.to_string());
        let row = view::newest_of(db, &hub, event, stakeholder).await.unwrap().unwrap();
        let token = self.app.link_token(LINK, &row.id);
        (row.id, token)
    }

    async fn answers(&self, token: &str, answer: &str) -> Value {
        let input = format!(r#"token: "{token}", answer: {answer}"#);
        self.as_somebody(&visitor(), "answerInvitation", &input, SHOWN).await
    }
}

#[tokio::test]
async fn a_guest_answers_by_her_link_and_may_change_her_mind() {
    both(async |app| {
        let town = Town::new(app);
        let event = town.published("Soup", 1).await;
        let ngo = town.stakeholder("ngo").await;
        let asked = town.invites(&event, &[&ngo], r#", reason: "You cook.""#).await;
        assert_eq!(codes(&asked), Vec::<String>::new());
        let (_, token) = town.letter(&event, &ngo).await;
        let yes = town.answers(&token, "ACCEPTED").await;
        assert_eq!(
            yes["invitation"],
            json!({
                "id": yes["invitation"]["id"], "state": "ACCEPTED", "answer": "ACCEPTED",
                "generation": 1, "reason": "You cook.", "registration": { "state": "CONFIRMED" },
            })
        );
        let no = town.answers(&token, "DECLINED").await;
        assert_eq!(no["invitation"]["state"], "DECLINED");
        assert_eq!(no["invitation"]["registration"], Value::Null);
        let document = format!(
            r#"{{ invitation(token: "{token}") {{ state event {{ title placesTaken }} }} }}"#
        );
        let shown = town.app.graphql(visitor(), &document).await;
        assert_eq!(
            shown["invitation"],
            json!({ "state": "DECLINED", "event": { "title": "Soup", "placesTaken": 0 } })
        );
        assert_eq!(codes(&town.answers("forged.AAAA", "ACCEPTED").await)[0], "INVALID_TOKEN");
    })
    .await;
}

#[tokio::test]
async fn who_declined_may_be_asked_again_and_whose_invitation_was_taken_back_may_not_answer() {
    sqlite(async |app| {
        let town = Town::new(app);
        let event = town.published("Soup", 5).await;
        let ngo = town.stakeholder("ngo").await;
        town.invites(&event, &[&ngo], "").await;
        let (_, token) = town.letter(&event, &ngo).await;
        town.answers(&token, "DECLINED").await;
        let again = format!(r#"eventId: "{event}", stakeholderId: "{ngo}""#);
        let second = town.as_somebody(&town.curator, "reinviteStakeholder", &again, SHOWN).await;
        assert_eq!(second["invitation"]["generation"], 2);
        let third = town.as_somebody(&town.curator, "reinviteStakeholder", &again, SHOWN).await;
        assert_eq!(codes(&third), ["ALREADY_INVITED"]);
        let (id, token) = town.letter(&event, &ngo).await;
        let revoke = format!(r#"invitationId: "{id}""#);
        let revoked = town.as_somebody(&town.curator, "revokeInvitation", &revoke, SHOWN).await;
        assert_eq!(revoked["invitation"]["state"], "REVOKED");
        assert_eq!(codes(&town.answers(&token, "ACCEPTED").await), ["INVITATION_REVOKED"]);
        let nobody = r#"invitationId: "invitation_01h455vb4pex5vsknk084sn02q""#;
        let unknown = town.as_somebody(&town.curator, "revokeInvitation", nobody, SHOWN).await;
        assert!(codes(&unknown).contains(&"UNKNOWN_ID".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn guests_are_of_the_hub_and_each_is_told_why_in_her_language() {
    sqlite(async |app| {
        let town = Town::new(app);
        let event = town.published("Soup", 5).await;
        let (one, two) = (town.stakeholder("one").await, town.stakeholder("two").await);
        let stranger = town.app.id::<crate::issue::StakeholderKind>().to_string();
        assert_eq!(codes(&town.invites(&event, &[&one, &stranger], "").await), ["UNKNOWN_ID"]);
        assert_eq!(codes(&town.invites(&event, &[&one, &two], "").await), Vec::<String>::new());
        let (id, _) = town.letter(&event, &one).await;
        let row = view::invitation(town.app.journal().db(), &id).await.unwrap().unwrap();
        assert!(row.reason.is_some_and(|reason| reason.contains("a kitchen")));
        let draft = town.proposed("Draft").await;
        assert_eq!(codes(&town.invites(&draft, &[&one], "").await), ["EVENT_NOT_PUBLISHED"]);
    })
    .await;
}

#[tokio::test]
async fn a_host_notes_an_answer_and_only_staff_see_the_list() {
    sqlite(async |app| {
        let town = Town::new(app);
        let event = town.published("Soup", 5).await;
        let ngo = town.stakeholder("ngo").await;
        town.invites(&event, &[&ngo], "").await;
        let (id, token) = town.letter(&event, &ngo).await;
        let noted = format!(r#"invitationId: "{id}", answer: TENTATIVE"#);
        let member = town.app.viewer(town.hub, Role::Member);
        let refused = town.as_somebody(&member, "answerInvitation", &noted, SHOWN).await;
        assert_eq!(codes(&refused), ["NOT_YOUR_INVITATION"]);
        let host = town.app.viewer(town.hub, Role::Host);
        let done = town.as_somebody(&host, "answerInvitation", &noted, SHOWN).await;
        assert_eq!(done["invitation"]["state"], "TENTATIVE");
        let list = "invitation(token: \"TOKEN\") { event { invitations { totalCount nodes { state } } invitationCounts { state count } } }"
            .replace("TOKEN", &token);
        let sees = async |who: &Viewer| {
            let data = town.app.graphql(who.clone(), &format!("{{ {list} }}")).await;
            data["invitation"]["event"].clone()
        };
        assert_eq!(sees(&visitor()).await["invitations"], Value::Null);
        assert_eq!(
            sees(&host).await,
            json!({
                "invitations": { "totalCount": 1, "nodes": [{ "state": "TENTATIVE" }] },
                "invitationCounts": [{ "state": "TENTATIVE", "count": 1 }],
            })
        );
    })
    .await;
}
