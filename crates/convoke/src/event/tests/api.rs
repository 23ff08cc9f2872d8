//! Events through the API: each command, one refusal each, and who may see what.

use kernel::{HubId, Role};
use serde_json::{Value, json};

use crate::app::Viewer;
use crate::app::relay::PageArgs;
use crate::event::graphql::Event;
use crate::event::lists::{Asked, EventTime, public_events};
use crate::testing::{TestApp, both, sqlite};
use crate::text::Locale;

pub(crate) struct Town {
    pub(crate) app: TestApp,
    pub(crate) hub: HubId,
    pub(crate) curator: Viewer,
}

impl Town {
    pub(crate) fn new(app: TestApp) -> Self {
        let hub = app.id();
        let curator = app.viewer(hub, Role::Curator);
        Self { app, hub, curator }
    }

    /// Gives one command as somebody; its payload.
    pub(crate) async fn as_somebody(
        &self,
        who: &Viewer,
        name: &str,
        input: &str,
        shown: &str,
    ) -> Value {
        let document = format!(
            "mutation {{ {name}(input: {{ {input} }}) {{ {shown} userErrors {{ code field message }} receipt {{ version }} }} }}"
        );
        self.app.graphql(who.clone(), &document).await[name].clone()
    }

    /// As the curator, about one event; must be accepted. The event's status and sequence.
    pub(crate) async fn does(&self, name: &str, input: &str) -> (String, Value) {
        let shown = "event { id status sequence }";
        let payload = self.as_somebody(&self.curator, name, input, shown).await;
        assert_eq!(payload["userErrors"], json!([]), "{name}");
        let event = &payload["event"];
        (event["status"].as_str().unwrap().to_owned(), event["sequence"].clone())
    }

    /// The codes a command of the curator is refused with.
    pub(crate) async fn refused(&self, name: &str, input: &str) -> Vec<String> {
        let payload = self.as_somebody(&self.curator, name, input, "event { id }").await;
        assert_eq!((&payload["event"], &payload["receipt"]), (&Value::Null, &Value::Null));
        codes(&payload)
    }

    pub(crate) async fn proposed(&self, title: &str) -> String {
        let input = format!(
            r#"hubId: "{}", need: "a kitchen", title: "{title}", purpose: "Nobody eats alone""#,
            self.hub
        );
        let payload = self.as_somebody(&self.curator, "proposeEvent", &input, "event { id }").await;
        payload["event"]["id"].as_str().unwrap().to_owned()
    }

    /// A public event on 1 December 2026 at 19:00 in Amsterdam.
    pub(crate) async fn published(&self, title: &str, capacity: u32) -> String {
        let id = self.proposed(title).await;
        self.does("acceptProposal", &format!(r#"eventId: "{id}""#)).await;
        self.does("scheduleEvent", &scheduled(&id, &format!("capacity: {capacity}"))).await;
        self.does("publishEvent", &format!(r#"eventId: "{id}""#)).await;
        id
    }
}

pub(crate) fn scheduled(id: &str, more: &str) -> String {
    format!(
        r#"eventId: "{id}", startsAt: "2026-12-01T19:00", endsAt: "2026-12-01T22:00", timeZone: "Europe/Amsterdam", venue: {{ name: "The Commons", city: "The Hague" }}, {more}"#
    )
}

pub(crate) fn codes(payload: &Value) -> Vec<String> {
    let errors = payload["userErrors"].as_array().unwrap();
    errors.iter().map(|error| error["code"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn an_event_goes_its_way_from_proposal_to_report() {
    both(async |app| {
        let town = Town::new(app);
        let id = town.proposed("Soup").await;
        let this = format!(r#"eventId: "{id}""#);
        assert_eq!(town.does("acceptProposal", &this).await.0, "ACCEPTED");
        let words =
            format!(r#"{this}, title: "Stew", purpose: "Together", accessInfo: "Step-free""#);
        assert_eq!(town.does("describeEvent", &words).await.0, "ACCEPTED");
        let schedule = scheduled(&id, "capacity: 5");
        assert_eq!(town.does("scheduleEvent", &schedule).await, ("SCHEDULED".into(), Value::Null));
        assert_eq!(town.does("publishEvent", &this).await, ("PUBLISHED".into(), json!(0)));
        assert_eq!(town.does("closeRegistration", &this).await.0, "CLOSED");
        assert_eq!(town.does("openRegistration", &this).await.0, "PUBLISHED");
        let later = format!(r#"{this}, startsAt: "2026-12-02T19:00", endsAt: "2026-12-02T22:00""#);
        assert_eq!(town.does("rescheduleEvent", &later).await, ("PUBLISHED".into(), json!(1)));
        let zone = format!(r#"{this}, timeZone: "Asia/Seoul", keep: INSTANT"#);
        assert_eq!(town.does("changeTimeZone", &zone).await.1, json!(1));
        assert_eq!(town.does("postponeEvent", &this).await, ("POSTPONED".into(), json!(2)));
        assert_eq!(town.does("reinstateEvent", &this).await, ("PUBLISHED".into(), json!(3)));
        let cancel = format!(r#"{this}, reason: "storm""#);
        assert_eq!(town.does("cancelEvent", &cancel).await, ("CANCELLED".into(), json!(4)));
        assert_eq!(town.does("reinstateEvent", &this).await.0, "PUBLISHED");
        town.app.world.pass(chrono::Duration::days(30));
        assert_eq!(town.does("endEvent", &this).await.0, "ENDED");
        let report =
            format!(r#"{this}, attendance: 42, organisations: 9, whoWasMissing: "the neighbours""#);
        assert_eq!(town.does("reportEvent", &report).await.0, "REPORTED");
    })
    .await;
}

#[tokio::test]
async fn each_command_says_why_not() {
    sqlite(async |app| {
        let town = Town::new(app);
        let id = town.proposed("Soup").await;
        let this = format!(r#"eventId: "{id}""#);
        let hub = format!(r#"hubId: "{}", title: "Soup", purpose: "Why""#, town.hub);
        assert_eq!(town.refused("proposeEvent", &hub).await, ["PURPOSE_MISSING"]);
        let issue = format!(r#"{hub}, issueId: "{}""#, town.app.id::<crate::issue::IssueKind>());
        assert_eq!(town.refused("proposeEvent", &issue).await, ["ISSUE_NOT_ACTIVE"]);
        let nameless = format!(r#"hubId: "{}", title: "", purpose: "", need: "x""#, town.hub);
        assert_eq!(
            town.refused("proposeEvent", &nameless).await,
            ["FIELD_MISSING", "FIELD_MISSING"]
        );
        for name in ["publishEvent", "postponeEvent", "reinstateEvent", "endEvent"] {
            assert_eq!(town.refused(name, &this).await, ["WRONG_STATE"], "{name}");
        }
        for name in ["openRegistration", "closeRegistration"] {
            assert_eq!(town.refused(name, &this).await, ["WRONG_STATE"], "{name}");
        }
        let nothing = r#"eventId: "event_nonsense""#;
        assert_eq!(town.refused("acceptProposal", nothing).await, ["UNKNOWN_ID"], "said once");
        let zone = format!(r#"{this}, timeZone: "Mars/Olympus", keep: WALL"#);
        assert_eq!(town.refused("changeTimeZone", &zone).await, ["UNKNOWN_TIME_ZONE"]);
        let early = format!(r#"{this}, attendance: 1, organisations: 1, whoWasMissing: "x""#);
        assert_eq!(town.refused("reportEvent", &early).await, ["NOT_ENDED"]);
        let stale = format!(r#"{this}, title: "Stew", purpose: "x", expectedVersion: 9"#);
        assert_eq!(town.refused("describeEvent", &stale).await, ["VERSION_CONFLICT"]);
        let decline = format!(r#"{this}, reason: "too late""#);
        assert_eq!(town.does("declineProposal", &decline).await.0, "DECLINED");
        assert_eq!(town.refused("acceptProposal", &this).await, ["WRONG_STATE"]);
        assert_eq!(town.refused("withdrawProposal", &this).await, ["WRONG_STATE"]);
        assert_eq!(town.refused("cancelEvent", &decline).await, ["WRONG_STATE"]);
    })
    .await;
}

#[tokio::test]
async fn a_conflict_says_what_happened_meanwhile_and_by_whom() {
    both(async |app| {
        let town = Town::new(app);
        let id = town.proposed("Soup").await;
        let words = |title: &str, version: u32| {
            format!(
                r#"eventId: "{id}", title: "{title}", purpose: "x", expectedVersion: {version}"#
            )
        };
        let shown = "event { version }";
        let other = town.app.viewer(town.hub, Role::Curator);
        town.does("acceptProposal", &format!(r#"eventId: "{id}""#)).await;
        town.as_somebody(&other, "describeEvent", &words("Stew", 2), shown).await;
        let document = format!(
            "mutation {{ describeEvent(input: {{ {} }}) {{ userErrors {{ code ... on VersionConflict {{
                expected actual changedBy {{ kind actor version summary }} }} }} }} }}",
            words("Broth", 1)
        );
        let answer = town.app.graphql(town.curator.clone(), &document).await;
        let [conflict] = answer["describeEvent"]["userErrors"].as_array().unwrap().as_slice() else {
            panic!("{answer}")
        };
        assert_eq!((&conflict["expected"], &conflict["actual"]), (&json!(1), &json!(3)));
        let changes: Vec<(&str, i64)> = conflict["changedBy"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| (entry["kind"].as_str().unwrap(), entry["version"].as_i64().unwrap()))
            .collect();
        assert_eq!(changes, [("EventDescribed", 3), ("ProposalAccepted", 2)], "newest first");
        let by = other.person.unwrap().to_string();
        assert_eq!(conflict["changedBy"][0]["actor"].as_str(), Some(by.as_str()));
        // A version nobody has seen yet was not passed by anything.
        let ahead = document.replace("expectedVersion: 1", "expectedVersion: 9");
        let answer = town.app.graphql(town.curator.clone(), &ahead).await;
        assert_eq!(answer["describeEvent"]["userErrors"][0]["changedBy"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_command_given_twice_is_answered_once_and_a_dry_run_changes_nothing() {
    sqlite(async |app| {
        let town = Town::new(app);
        let id = town.proposed("Soup").await;
        let command = town.app.world().uuid();
        let dry = format!(r#"dryRun: true, eventId: "{id}""#);
        let shown = "event { status } ";
        let payload = town.as_somebody(&town.curator, "acceptProposal", &dry, shown).await;
        assert_eq!(
            (&payload["event"]["status"], &payload["receipt"]),
            (&json!("PROPOSED"), &Value::Null)
        );
        let input = format!(r#"commandId: "{command}", eventId: "{id}""#);
        for _ in 0..2 {
            let payload = town.as_somebody(&town.curator, "acceptProposal", &input, shown).await;
            assert_eq!(payload["receipt"]["version"], json!(2));
        }
        let other = format!(r#"commandId: "{command}", eventId: "{id}", reason: "x""#);
        assert_eq!(town.refused("cancelEvent", &other).await, ["COMMAND_ID_REUSED"]);
    })
    .await;
}

#[tokio::test]
async fn a_member_proposes_and_takes_back_and_sees_her_own_drafts_only() {
    sqlite(async |app| {
        let town = Town::new(app);
        let member = town.app.viewer(town.hub, Role::Member);
        let other = town.app.viewer(town.hub, Role::Member);
        let input = format!(
            r#"hubId: "{}", need: "a kitchen", title: "Soup", purpose: "Together""#,
            town.hub
        );
        let payload = town.as_somebody(&member, "proposeEvent", &input, "event { id }").await;
        let id = payload["event"]["id"].as_str().unwrap().to_owned();
        let sees = async |who: &Viewer| {
            let read = town.app.reader(who.clone());
            Event::load(&read, &id).await.unwrap().is_some()
        };
        assert!(sees(&member).await && sees(&town.curator).await);
        assert!(!sees(&other).await && !sees(&Viewer::visitor(Locale::En)).await);
        let this = format!(r#"eventId: "{id}""#);
        let payload = town.as_somebody(&other, "withdrawProposal", &this, "event { id }").await;
        assert_eq!(codes(&payload), ["NOT_YOUR_PROPOSAL"]);
        let payload =
            town.as_somebody(&member, "withdrawProposal", &this, "event { status }").await;
        assert_eq!(payload["event"]["status"], "WITHDRAWN");
    })
    .await;
}

#[tokio::test]
async fn what_is_public_is_listed_by_its_start_in_a_constant_number_of_statements() {
    both(async |app| {
        let town = Town::new(app);
        for title in ["One", "Two", "Three"] {
            town.published(title, 5).await;
        }
        town.proposed("Draft").await;
        let read = town.app.reader(Viewer::visitor(Locale::En));
        let hub = town.hub.to_string();
        let list = async |when| {
            let asked = Asked { hub: &hub, when, issue: None, status: None };
            public_events(&read, asked, PageArgs::default()).await.unwrap().edges.len()
        };
        assert_eq!(list(EventTime::All).await, 3);
        assert_eq!(list(EventTime::Upcoming).await, 3);
        assert_eq!(list(EventTime::Past).await, 0);
        assert_eq!(read.db().statements(), 3);
    })
    .await;
}
