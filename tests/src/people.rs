//! What people do, as verbs: `ada.registers(&event, "Ada")`, `mel.joins(&team)`.
//!
//! Stories read like the domain; what an input looks like is said here once. Each verb must do
//! well; a story that wants a refusal gives the mutation itself.

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use serde_json::{Value, json};

use crate::client::{Person, text};
use crate::world::Hub;

/// An evening to come: what `scheduleEvent` is told.
#[derive(Clone, Debug)]
pub struct Plan {
    /// From, on the wall.
    pub starts_at: NaiveDateTime,
    /// Until, on the wall.
    pub ends_at: NaiveDateTime,
    /// Where that wall is.
    pub zone: &'static str,
    /// How many may come; nobody counts when there is none.
    pub capacity: Option<u32>,
}

impl Plan {
    /// Half past seven to ten, so many days from now, in Istanbul (which has one time all year).
    pub fn evening(days: i64, capacity: impl Into<Option<u32>>) -> Self {
        let day = (now() + Duration::days(days)).date_naive();
        let at = |hour, minute| day.and_hms_opt(hour, minute, 0).expect("a time of day");
        let zone = "Europe/Istanbul";
        Self { starts_at: at(19, 30), ends_at: at(22, 0), zone, capacity: capacity.into() }
    }

    /// The same at another place, too.
    #[must_use]
    pub fn later_by(&self, by: Duration) -> Self {
        Self { starts_at: self.starts_at + by, ends_at: self.ends_at + by, ..self.clone() }
    }

    /// The beginning as calendars write it, Istanbul being three hours ahead.
    pub fn starts_utc(&self) -> String {
        (self.starts_at - Duration::hours(3)).format("%Y%m%dT%H%M%SZ").to_string()
    }

    /// The end as calendars write it.
    pub fn ends_utc(&self) -> String {
        (self.ends_at - Duration::hours(3)).format("%Y%m%dT%H%M%SZ").to_string()
    }

    fn when(&self) -> Value {
        json!({
            "startsAt": wall(self.starts_at),
            "endsAt": wall(self.ends_at),
            "timeZone": self.zone,
        })
    }
}

/// The clock of this machine, which is the server's, too.
pub fn now() -> DateTime<Utc> {
    #[expect(clippy::disallowed_methods, reason = "a story is told today")]
    Utc::now()
}

/// Wall time as the API takes it.
pub fn wall(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M").to_string()
}

/// A registration as its person was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// Its id.
    pub id: String,
    /// `CONFIRMED`, `WAITING`, …
    pub state: String,
    /// Where its command stands in the journal.
    pub position: i64,
}

impl Person {
    /// Proposes an issue with evidence.
    #[track_caller]
    pub fn proposes_issue(&self, hub: &Hub, title: &str) -> impl Future<Output = String> + use<> {
        let input = json!({
            "hubId": hub.id,
            "title": title,
            "statement": "Good food is thrown away while neighbours go without.",
            "region": "Kadıköy",
            "sdgs": [2, 12],
            "evidence": [{
                "figure": "A third of all food is lost or wasted",
                "source": "https://www.fao.org/platform-food-loss-waste/",
                "date": "2024-03-27",
            }],
        });
        self.gives("proposeIssue", input).id_of("issue")
    }

    /// Has an issue on the agenda: proposed and accepted (curator).
    pub async fn puts_on_agenda(&self, hub: &Hub, title: &str) -> String {
        let issue = self.proposes_issue(hub, title).await;
        self.gives("acceptIssue", json!({ "issueId": issue })).accepted().await;
        issue
    }

    /// Registers a stakeholder that cares about these issues.
    #[track_caller]
    pub fn registers_stakeholder(
        &self,
        hub: &Hub,
        name: &str,
        more: &Value,
    ) -> impl Future<Output = String> + use<> {
        let mut input = json!({
            "hubId": hub.id,
            "kind": "NGO",
            "name": name,
            "email": address(name),
            "locale": "en",
            "city": "İstanbul",
            "offers": [],
            "needs": [],
            "issueIds": [],
            "consent": true,
        });
        for (field, value) in more.as_object().into_iter().flatten() {
            input[field] = value.clone();
        }
        self.gives("registerStakeholder", input).id_of("stakeholder")
    }

    /// Proposes an event on an issue.
    #[track_caller]
    pub fn proposes_event(
        &self,
        hub: &Hub,
        issue: &str,
        title: &str,
    ) -> impl Future<Output = String> + use<> {
        let input = json!({
            "hubId": hub.id,
            "issueId": issue,
            "title": title,
            "purpose": "Cooks and shopkeepers agree on who fetches what, and when.",
            "format": "EVENING",
        });
        self.gives("proposeEvent", input).id_of("event")
    }

    /// Gives an event its time, place and size.
    #[track_caller]
    pub fn schedules(&self, event: &str, plan: &Plan) -> impl Future<Output = Value> + use<> {
        let mut input = plan.when();
        input["eventId"] = json!(event);
        input["venue"] =
            json!({ "name": "Impact Hub", "address": "Caferağa 1", "city": "İstanbul" });
        input["capacity"] = json!(plan.capacity);
        self.gives("scheduleEvent", input).wants("event { id status version }").accepted()
    }

    /// Moves an event.
    #[track_caller]
    pub fn reschedules(&self, event: &str, plan: &Plan) -> impl Future<Output = Value> + use<> {
        let mut input = plan.when();
        input["eventId"] = json!(event);
        input["venue"] =
            json!({ "name": "Impact Hub", "address": "Caferağa 1", "city": "İstanbul" });
        self.gives("rescheduleEvent", input).wants("event { id status version }").accepted()
    }

    /// An event from proposal to publication (curator).
    pub async fn publishes(&self, hub: &Hub, issue: &str, title: &str, plan: &Plan) -> String {
        let event = self.proposes_event(hub, issue, title).await;
        self.gives("acceptProposal", json!({ "eventId": event })).accepted().await;
        self.schedules(&event, plan).await;
        self.gives("publishEvent", json!({ "eventId": event })).accepted().await;
        event
    }

    /// Registers somebody of this name for an event.
    #[track_caller]
    pub fn registers(
        &self,
        event: &str,
        name: &str,
        party_size: u32,
    ) -> impl Future<Output = Registration> + use<> {
        let input = json!({
            "eventId": event,
            "name": name,
            "email": address(name),
            "partySize": party_size,
            "locale": "en",
        });
        let given = self.gives("registerForEvent", input).wants("registration { id state }");
        async move {
            let payload = given.accepted().await;
            Registration {
                id: text(&payload, "/registration/id"),
                state: text(&payload, "/registration/state"),
                position: text(&payload, "/receipt/position").parse().expect("a position"),
            }
        }
    }

    /// Where a registration stands.
    #[track_caller]
    pub fn sees_registration(&self, id: &str) -> impl Future<Output = String> + use<> {
        let query = "query($id: ID!) { node(id: $id) { ... on Registration { state } } }";
        let asked = self.asks_owned(query, json!({ "id": id }));
        async move { text(&asked.await, "/node/state") }
    }

    /// [`Person::asks`] that borrows nothing.
    #[track_caller]
    pub fn asks_owned(
        &self,
        document: &'static str,
        variables: Value,
    ) -> impl Future<Output = Value> + use<> {
        let who = self.clone();
        let at = std::panic::Location::caller();
        async move {
            let reply = who.tries(document, variables).await;
            let reply = reply.unwrap_or_else(|fault| panic!("{at}: {fault}"));
            let answer = reply.json();
            assert!(answer.get("errors").is_none(), "{at}: {}", reply.text());
            answer["data"].clone()
        }
    }

    /// Takes part in a hackathon with a confirmed registration.
    #[track_caller]
    pub fn enrols(
        &self,
        hackathon: &str,
        registration: &str,
        skill: &str,
    ) -> impl Future<Output = String> + use<> {
        let input = json!({
            "hackathonId": hackathon,
            "registrationId": registration,
            "skills": [{ "name": skill, "level": 2 }],
            "wishes": ["meet a cook"],
        });
        self.gives("enrolParticipant", input).id_of("participant")
    }

    /// Asks to be let into a team.
    #[track_caller]
    pub fn asks_to_join(&self, team: &str) -> impl Future<Output = Value> + use<> {
        let input = json!({ "teamId": team, "note": "I cook." });
        self.gives("requestToJoin", input).wants("joinRequest { id }").accepted()
    }
}

/// The address of somebody of this name.
pub fn address(name: &str) -> String {
    let plain = name.to_lowercase().replace('ı', "i");
    let plain: String =
        plain.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '.' }).collect();
    let joined = plain.split('.').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".");
    format!("{joined}@people.example")
}

/// `count` futures at a time, all of them, in the order given.
pub async fn at_most<T, F: Future<Output = T>>(
    count: usize,
    all: impl IntoIterator<Item = F>,
) -> Vec<T> {
    use futures_util::StreamExt as _;
    futures_util::stream::iter(all).buffered(count).collect().await
}
