//! Places through the API: each command, one refusal each, and who may see whom.

use kernel::Role;
use serde_json::{Value, json};

use crate::app::Viewer;
use crate::event::tests::api::{Town, codes, scheduled};
use crate::testing::{both, sqlite};
use crate::text::Locale;

const SHOWN: &str = "registration { id state token partySize waitlistPosition name }";

fn visitor() -> Viewer {
    Viewer::visitor(Locale::En)
}

impl Town {
    /// Registers somebody; what she sees of it.
    async fn registers(&self, event: &str, name: &str) -> Value {
        let input = format!(r#"eventId: "{event}", name: "{name}", email: "{name}@example.org""#);
        let payload = self.as_somebody(&visitor(), "registerForEvent", &input, SHOWN).await;
        assert_eq!(payload["userErrors"], json!([]));
        payload["registration"].clone()
    }

    /// A command about a registration by its link.
    async fn by_link(&self, name: &str, registration: &Value, more: &str) -> Value {
        let token = registration["token"].as_str().unwrap();
        let input = format!(r#"token: "{token}" {more}"#);
        self.as_somebody(&visitor(), name, &input, SHOWN).await
    }
}

#[tokio::test]
async fn the_last_place_the_waitlist_and_the_way_back() {
    both(async |app| {
        let town = Town::new(app);
        let event = town.published("Soup", 1).await;
        let ada = town.registers(&event, "ada").await;
        let bea = town.registers(&event, "bea").await;
        let cem = town.registers(&event, "cem").await;
        assert_eq!((&ada["state"], &ada["name"]), (&json!("CONFIRMED"), &json!("ada")));
        assert_eq!((&bea["state"], &bea["waitlistPosition"]), (&json!("WAITING"), &json!(1)));
        assert_eq!(cem["waitlistPosition"], json!(2));
        let gone = town.by_link("cancelRegistration", &ada, "").await;
        assert_eq!(gone["registration"]["state"], "CANCELLED");
        let kept = town.by_link("confirmOffer", &bea, "").await;
        assert_eq!(kept["registration"]["state"], "CONFIRMED");
        let left = town.by_link("leaveWaitlist", &cem, "").await;
        assert_eq!(left["registration"]["state"], "LEFT");
        assert_eq!(codes(&town.by_link("confirmOffer", &ada, "").await), ["OFFER_NOT_OPEN"]);
        assert_eq!(codes(&town.by_link("leaveWaitlist", &bea, "").await), ["NOT_WAITING"]);
        assert_eq!(
            codes(&town.by_link("cancelRegistration", &ada, "").await),
            ["ALREADY_CANCELLED"]
        );
        assert_eq!(codes(&town.by_link("declineOffer", &bea, "").await), ["OFFER_NOT_OPEN"]);
    })
    .await;
}

#[tokio::test]
async fn an_offered_place_may_be_declined_and_goes_on() {
    sqlite(async |app| {
        let town = Town::new(app);
        let event = town.published("Soup", 1).await;
        let ada = town.registers(&event, "ada").await;
        let bea = town.registers(&event, "bea").await;
        let cem = town.registers(&event, "cem").await;
        town.by_link("cancelRegistration", &ada, "").await;
        let declined = town.by_link("declineOffer", &bea, "").await;
        assert_eq!(declined["registration"]["state"], "DECLINED");
        let taken = town.by_link("confirmOffer", &cem, "").await;
        assert_eq!(taken["registration"]["state"], "CONFIRMED");
    })
    .await;
}

#[tokio::test]
async fn a_full_event_without_a_waitlist_says_so_with_its_figures() {
    sqlite(async |app| {
        let town = Town::new(app);
        let event = town.published("Soup", 1).await;
        let off = format!(r#"eventId: "{event}", waitlist: false"#);
        assert_eq!(town.does("switchWaitlist", &off).await.0, "PUBLISHED");
        town.registers(&event, "ada").await;
        let document = format!(
            r#"mutation {{ registerForEvent(input: {{ eventId: "{event}", name: "Bea", email: "bea@example.org" }}) {{ userErrors {{ code ... on CapacityReached {{ capacity waitlistLength }} }} }} }}"#
        );
        let data = town.app.graphql(visitor(), &document).await;
        assert_eq!(
            data["registerForEvent"]["userErrors"],
            json!([{ "code": "QUOTA_FULL", "capacity": 1, "waitlistLength": 0 }])
        );
    })
    .await;
}

#[tokio::test]
async fn one_address_is_one_person_and_a_wrong_one_is_named() {
    sqlite(async |app| {
        let town = Town::new(app);
        let event = town.published("Soup", 5).await;
        town.registers(&event, "ada").await;
        let again = format!(r#"eventId: "{event}", name: "A", email: "ADA@example.org""#);
        let payload = town.as_somebody(&visitor(), "registerForEvent", &again, SHOWN).await;
        assert_eq!(codes(&payload), ["ALREADY_REGISTERED"]);
        let wrong = format!(r#"eventId: "{event}", name: "", email: "nowhere", partySize: 30"#);
        let payload = town.as_somebody(&visitor(), "registerForEvent", &wrong, SHOWN).await;
        assert_eq!(codes(&payload), ["FIELD_MISSING", "INVALID_ADDRESS"]);
        assert_eq!(payload["userErrors"][1]["field"], json!(["email"]));
        let many =
            format!(r#"eventId: "{event}", name: "B", email: "b@example.org", partySize: 30"#);
        let payload = town.as_somebody(&visitor(), "registerForEvent", &many, SHOWN).await;
        assert_eq!(codes(&payload), ["PARTY_TOO_LARGE"]);
    })
    .await;
}

#[tokio::test]
async fn parties_and_capacities_change_within_their_limits() {
    sqlite(async |app| {
        let town = Town::new(app);
        let event = town.published("Soup", 3).await;
        let ada = town.registers(&event, "ada").await;
        let two = town.by_link("changeParty", &ada, ", partySize: 2").await;
        assert_eq!(two["registration"]["partySize"], 2);
        assert_eq!(
            codes(&town.by_link("changeParty", &ada, ", partySize: 9").await),
            ["PARTY_TOO_LARGE"]
        );
        let fewer = format!(r#"eventId: "{event}", capacity: 1"#);
        assert_eq!(town.refused("changeCapacity", &fewer).await, ["BELOW_CONFIRMED"]);
        let anyway = format!("{fewer}, overbook: true");
        town.does("changeCapacity", &anyway).await;
        assert_eq!(
            town.refused("changeCapacity", &format!("{fewer}0, expectedVersion: 1")).await,
            ["VERSION_CONFLICT"]
        );
        town.does("promoteNext", &format!(r#"eventId: "{event}""#)).await;
        let again = scheduled(&event, "capacity: 9");
        assert_eq!(town.refused("scheduleEvent", &again).await, ["WRONG_STATE"]);
        let bad = format!(
            r#"eventId: "{event}", startsAt: "2026-12-02T19:00", endsAt: "2026-12-02T19:00""#
        );
        assert_eq!(town.refused("rescheduleEvent", &bad).await, ["END_BEFORE_START"]);
        let script = scheduled(&event, r#"link: "javascript:alert(1)""#);
        assert_eq!(town.refused("scheduleEvent", &script).await, ["INVALID_URL"]);
    })
    .await;
}

#[tokio::test]
async fn a_registration_is_hers_her_links_or_the_staffs() {
    sqlite(async |app| {
        let town = Town::new(app);
        let event = town.published("Soup", 5).await;
        let ada = town.registers(&event, "ada").await;
        let id = ada["id"].as_str().unwrap();
        let input = format!(r#"registrationId: "{id}""#);
        let stranger = town.app.viewer(town.hub, Role::Member);
        let payload = town.as_somebody(&stranger, "cancelRegistration", &input, SHOWN).await;
        assert_eq!(codes(&payload), ["NOT_YOUR_REGISTRATION"]);
        let forged = r#"token: "registration_01h455vb4pex5vsknk084sn02q.AAAA""#;
        let payload = town.as_somebody(&visitor(), "cancelRegistration", forged, SHOWN).await;
        assert!(codes(&payload).contains(&"INVALID_TOKEN".to_owned()));
        let asks = async |token: &str| {
            let document =
                format!(r#"{{ registration(token: "{token}") {{ name event {{ title }} }} }}"#);
            town.app.graphql(visitor(), &document).await["registration"].clone()
        };
        assert_eq!(asks(ada["token"].as_str().unwrap()).await["name"], "ada");
        assert_eq!(asks("nonsense").await, Value::Null);
        let host = town.app.viewer(town.hub, Role::Host);
        let payload = town.as_somebody(&host, "cancelRegistration", &input, SHOWN).await;
        assert_eq!(payload["registration"]["state"], "CANCELLED");
        assert_eq!(payload["registration"]["token"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_list_of_registrations_takes_a_constant_number_of_statements() {
    both(async |app| {
        let town = Town::new(app);
        let event = town.published("Soup", 1).await;
        for name in ["ada", "bea", "cem", "dea"] {
            town.registers(&event, name).await;
        }
        let read = town.app.reader(town.curator.clone());
        let shown = crate::event::graphql::Event::load(&read, &event).await.unwrap().unwrap();
        let schema = async_graphql::Schema::new(
            Root { shown: std::sync::Mutex::new(Some(shown)) },
            async_graphql::EmptyMutation,
            async_graphql::EmptySubscription,
        );
        let document = "{ event { placesTaken waitingCount registrations(first: 3) { totalCount nodes { waitlistPosition event { title } } } } }";
        let response = schema.execute(document).await;
        assert!(response.errors.is_empty(), "{:?}", response.errors);
        let data = response.data.into_json().unwrap();
        assert_eq!(data["event"]["registrations"]["totalCount"], 4);
        let nodes = data["event"]["registrations"]["nodes"].as_array().unwrap();
        let positions: Vec<_> = nodes.iter().map(|node| node["waitlistPosition"].clone()).collect();
        assert_eq!(positions, [Value::Null, json!(1), json!(2)]);
        // The event, its desk, the list, its count, the queue, and the event of all nodes.
        assert!(read.db().statements() <= 6, "{} statements", read.db().statements());
    })
    .await;
}

/// A query root that shows one event.
struct Root {
    shown: std::sync::Mutex<Option<crate::event::graphql::Event>>,
}

#[async_graphql::Object]
impl Root {
    async fn event(&self) -> Option<crate::event::graphql::Event> {
        self.shown.lock().unwrap().take()
    }
}
