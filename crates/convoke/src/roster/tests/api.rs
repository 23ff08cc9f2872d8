//! A hackathon through the API: the story of one, its refusals, who sees what, and how many
//! statements a board takes.

use kernel::Fact as _;
use serde_json::{Value, json};

use crate::app::{Grant, Viewer};
use crate::desk::{self, Desk};
use crate::event::{self, Event, EventId};
use crate::hackathon::tests::lab::{happened, hub};
use crate::testing::{TestApp, both, sqlite};
use crate::text::Locale;

use super::*;

fn event() -> EventId {
    id(20)
}

/// Somebody who takes part: she holds the confirmed registration of her number.
pub(super) fn her(n: u64) -> Viewer {
    let grant = Grant { hub: Some(hub()), role: Role::Participant };
    Viewer { person: Some(person(n)), grants: vec![grant], token: Some(id(n)), locale: Locale::En }
}

pub(super) fn organiser() -> Viewer {
    let grant = Grant { hub: Some(hub()), role: Role::Organiser };
    Viewer { grants: vec![grant], ..her(900) }
}

/// An event at which the people of these numbers have confirmed places.
pub(super) async fn registered(app: &TestApp, people: impl IntoIterator<Item = u64>) {
    let proposed = event::Fact::samples().into_iter().filter(|fact| fact.kind() == "EventProposed");
    happened::<Event>(app, event(), proposed).await;
    let facts = people.into_iter().flat_map(|n| {
        let (registration, person) = (id(5_000 + n), person(n));
        [
            desk::Fact::RegistrationReceived {
                registration,
                person,
                name: words(n, &format!("Ada {n}")),
                email: words(n, "ada@example.org"),
                party_size: 1,
                locale: "en".to_owned(),
                note: None,
            },
            desk::Fact::RegistrationConfirmed {
                registration,
                person,
                party_size: 1,
                from: desk::fact::Standing::Received,
            },
        ]
    });
    happened::<Desk>(app, event(), facts).await;
}

/// Gives a mutation and says what came back: its object, or the codes of the refusals.
async fn gives(app: &TestApp, viewer: &Viewer, name: &str, input: &str, fields: &str) -> Value {
    let document = format!(
        "mutation {{ {name}(input: {{ {input} }}) {{ {fields} userErrors {{ code field }}
           receipt {{ position }} }} }}"
    );
    let mut answer = app.graphql(viewer.clone(), &document).await;
    let payload = answer[name].take();
    let errors = payload["userErrors"].as_array().unwrap();
    assert_eq!(errors.is_empty(), payload["receipt"].is_object(), "{payload}");
    if !errors.is_empty() {
        return errors.iter().map(|error| error["code"].clone()).collect();
    }
    let object = fields.split_whitespace().next().unwrap();
    payload[object].clone()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// An open hackathon for teams of two or three; its id.
pub(super) async fn open(app: &TestApp) -> String {
    let input = format!("eventId: {:?}, rules: {{ teamMin: 2, teamMax: 3 }}", event().to_string());
    let made = gives(app, &organiser(), "createHackathon", &input, "hackathon { id }").await;
    let hackathon = text(&made["id"]);
    let input = format!("hackathonId: {hackathon:?}");
    gives(app, &organiser(), "openTeamFormation", &input, "hackathon { phase }").await;
    hackathon
}

async fn enrols(app: &TestApp, hackathon: &str, n: u64) -> Value {
    let registration: RegistrationId = id(5_000 + n);
    let input = format!(
        "hackathonId: {hackathon:?}, registrationId: \"{registration}\", wishes: [\"solar\"],
         skills: [{{ name: \"research\", level: 2 }}]"
    );
    gives(app, &her(n), "enrolParticipant", &input, "participant { id name skills { name level } }")
        .await
}

async fn founds(app: &TestApp, hackathon: &str, n: u64, name: &str) -> Value {
    let input = format!("hackathonId: {hackathon:?}, name: {name:?}");
    gives(app, &her(n), "foundTeam", &input, "team { id joinCode memberCount openPlaces }").await
}

#[tokio::test]
async fn the_story_of_a_hackathon() {
    both(|app| async move {
        registered(&app, 1..=4).await;
        let hackathon = open(&app).await;
        let in_it = format!("hackathonId: {hackathon:?}");
        let ada = enrols(&app, &hackathon, 1).await;
        assert_eq!(ada["name"], "Ada 1");
        assert_eq!(ada["skills"], json!([{ "name": "research", "level": 2 }]));
        let bea = text(&enrols(&app, &hackathon, 2).await["id"]);
        enrols(&app, &hackathon, 3).await;
        enrols(&app, &hackathon, 4).await;

        let input = format!("{in_it}, title: \"A roof\", text: \"For all.\", roles: [\"cook\"]");
        let idea =
            gives(&app, &her(1), "pitchIdea", &input, "idea { id title author { name } }").await;
        assert_eq!(idea["author"]["name"], "Ada 1");
        let input = format!("{in_it}, name: \"Solar\", ideaId: {}", idea["id"]);
        let team = gives(
            &app,
            &her(1),
            "foundTeam",
            &input,
            "team { id joinCode openPlaces lead { name } idea { title } }",
        )
        .await;
        assert_eq!((&team["openPlaces"], &team["lead"]["name"]), (&json!(2), &json!("Ada 1")));
        let on_it = format!("teamId: {}", team["id"]);

        let input = format!("{on_it}, note: \"I can paint\"");
        let asked =
            gives(&app, &her(2), "requestToJoin", &input, "joinRequest { state note }").await;
        assert_eq!(asked, json!({ "state": "OPEN", "note": "I can paint" }));
        let input = format!("{on_it}, participantId: {bea:?}");
        let fields = "team { memberCount members { name } joinRequests { id } }";
        let joined = gives(&app, &her(1), "acceptJoinRequest", &input, fields).await;
        assert_eq!(joined["members"], json!([{ "name": "Ada 1" }, { "name": "Ada 2" }]));
        assert_eq!(joined["joinRequests"], json!([]));

        let input = format!("code: {}", team["joinCode"]);
        let joined = gives(&app, &her(3), "joinTeamByCode", &input, "team { memberCount }").await;
        assert_eq!(joined["memberCount"], 3);
        let full = gives(&app, &her(4), "joinTeamByCode", &input, "team { id }").await;
        assert_eq!(full, json!(["TEAM_FULL"]));
        let left = gives(&app, &her(1), "leaveTeam", &on_it, "team { lead { name } }").await;
        assert_eq!(left["lead"]["name"], "Ada 2", "E33");

        let fields = "hackathon { phase underSizedAtLock unplacedAtLock teamCount unplacedCount }";
        let locked = gives(&app, &organiser(), "lockRosters", &in_it, fields).await;
        assert_eq!(
            locked,
            json!({ "phase": "LOCKED", "underSizedAtLock": 0, "unplacedAtLock": 2,
                    "teamCount": 1, "unplacedCount": 2 })
        );
        let fields = "hackathon { phase duration clock { deadline remaining isRunning
            deadlineLocal(timeZone: \"Asia/Seoul\") } }";
        let started = gives(&app, &organiser(), "startHacking", &in_it, fields).await;
        assert_eq!(
            started,
            json!({ "phase": "HACKING", "duration": "PT48H", "clock": {
                "deadline": "2026-11-24T10:00:00+00:00", "remaining": "PT48H", "isRunning": true,
                "deadlineLocal": "2026-11-24T19:00" } })
        );
    })
    .await;
}

#[tokio::test]
async fn organisers_run_the_clock() {
    sqlite(|app| async move {
        registered(&app, 1..=2).await;
        let hackathon = open(&app).await;
        let on = format!("hackathonId: {hackathon:?}");
        enrols(&app, &hackathon, 1).await;
        let team = founds(&app, &hackathon, 1, "Solar").await;
        let boss = organiser();
        let rules = format!("{on}, rules: {{ teamMin: 1, teamMax: 2 }}, expectedVersion: 1");
        let refused = gives(&app, &boss, "setRules", &rules, "hackathon { id }").await;
        assert_eq!(refused, json!(["VERSION_CONFLICT"]));
        let rules = format!("{on}, rules: {{ teamMin: 1, teamMax: 2 }}, expectedVersion: 2");
        let set = gives(&app, &boss, "setRules", &rules, "hackathon { rules { teamMax } }").await;
        assert_eq!(set["rules"]["teamMax"], 2);
        gives(&app, &boss, "lockRosters", &on, "hackathon { id }").await;
        gives(&app, &boss, "startHacking", &on, "hackathon { id }").await;
        gives(&app, &boss, "pauseClock", &on, "hackathon { id }").await;
        app.world.pass(chrono::Duration::minutes(90));
        let fields = "hackathon { phase clock { pausedFor } }";
        let resumed = gives(&app, &boss, "resumeClock", &on, fields).await;
        assert_eq!(resumed, json!({ "phase": "HACKING", "clock": { "pausedFor": "PT1H30M" } }));
        let more = format!("{on}, by: \"PT30M\", teamId: {}, reason: \"A storm\"", team["id"]);
        let fields = "hackathon { deadline clock { freezesAt }
            extensionsGiven { by reason team { name deadline } } }";
        let extended = gives(&app, &boss, "extendClock", &more, fields).await;
        assert_eq!(
            extended,
            json!({ "deadline": "2026-11-24T11:30:00+00:00",
                "clock": { "freezesAt": "2026-11-24T12:00:00+00:00" },
                "extensionsGiven": [{ "by": "PT30M", "reason": "A storm", "team": {
                    "name": "Solar", "deadline": "2026-11-24T12:00:00+00:00" } }] })
        );
        let none = format!("{on}, by: \"PT30M\", reason: \" \"");
        let refused = gives(&app, &boss, "extendClock", &none, "hackathon { id }").await;
        assert_eq!(refused, json!(["REASON_MISSING"]));
        let early = gives(&app, &boss, "freezeSubmissions", &on, "hackathon { id }").await;
        assert_eq!(early, json!(["TOO_EARLY"]));
        let why = format!("{on}, reason: \"A flood\"");
        let fields = "hackathon { phase cancelledReason }";
        let off = gives(&app, &boss, "cancelHackathon", &why, fields).await;
        assert_eq!(off, json!({ "phase": "CANCELLED", "cancelledReason": "A flood" }));
        let after = gives(&app, &boss, "openTeamFormation", &on, "hackathon { id }").await;
        assert_eq!(after, json!(["HACKATHON_CANCELLED"]));
    })
    .await;
}

#[tokio::test]
async fn what_a_hackathon_refuses() {
    sqlite(|app| async move {
        registered(&app, 1..=2).await;
        let boss = organiser();
        let create = |min: i32, max: i32, more: &str| {
            let event = event().to_string();
            format!("eventId: {event:?}, rules: {{ teamMin: {min}, teamMax: {max} }}{more}")
        };
        for (input, codes) in [
            (create(3, 2, ""), json!(["MIN_ABOVE_MAX"])),
            (create(-1, 2, ""), json!(["INVALID_VALUE"])),
            (create(1, 2, ", duration: \"PT1M\""), json!(["DURATION_OUT_OF_RANGE"])),
            (create(1, 2, "").replace("event_", "hub_"), json!(["UNKNOWN_ID"])),
        ] {
            let said = gives(&app, &boss, "createHackathon", &input, "hackathon { id }").await;
            assert_eq!(said[0], codes[0], "{input}");
        }
        let hackathon = open(&app).await;
        let on = format!("hackathonId: {hackathon:?}");
        // Bea's registration is not Ada's.
        let registration: RegistrationId = id(5_002);
        let input = format!("{on}, registrationId: \"{registration}\"");
        let foreign = gives(&app, &her(1), "enrolParticipant", &input, "participant { id }").await;
        assert_eq!(foreign, json!(["NOT_YOURSELF"]));
        let nobody = founds(&app, &hackathon, 1, "Solar").await;
        assert_eq!(nobody, json!(["UNKNOWN_PARTICIPANT"]));
        let ada = enrols(&app, &hackathon, 1).await;
        assert_eq!(enrols(&app, &hackathon, 1).await, json!(["ALREADY_ENROLLED"]));
        let long = "x".repeat(81);
        let input = format!("{on}, title: {long:?}, text: \"y\"");
        let said = gives(&app, &her(1), "pitchIdea", &input, "idea { id }").await;
        assert_eq!(said, json!(["TOO_LONG"]));
        let team = founds(&app, &hackathon, 1, "Solar").await;
        enrols(&app, &hackathon, 2).await;
        assert_eq!(founds(&app, &hackathon, 2, "so lar").await, json!(["NAME_TAKEN"]));
        let of_team = format!("teamId: {}", team["id"]);
        let on_ada = format!("{of_team}, participantId: {}", ada["id"]);
        for (name, input, viewer, code) in [
            ("joinTeamByCode", "code: \"hello\"".to_owned(), her(2), "CODE_UNKNOWN"),
            ("withdrawRequest", of_team.clone(), her(2), "REQUEST_GONE"),
            ("acceptJoinRequest", on_ada.clone(), her(2), "NOT_MEMBER"),
            ("declineJoinRequest", on_ada.clone(), her(1), "REQUEST_GONE"),
            ("leaveTeam", of_team.clone(), her(2), "NOT_IN_TEAM"),
            ("removeMember", on_ada.clone(), her(1), "CANNOT_REMOVE_SELF"),
            ("passLead", on_ada.clone(), her(2), "NOT_LEAD"),
            ("rotateCode", of_team.clone(), her(2), "NOT_LEAD"),
            ("dissolveTeam", of_team.clone(), her(2), "NOT_LEAD"),
        ] {
            let said = gives(&app, &viewer, name, &input, "team { id }").await;
            assert_eq!(said, json!([code]), "{name}");
        }
        let moved = format!("participantId: {}, reason: \"Ill\"", ada["id"]);
        let said = gives(&app, &boss, "overrideRoster", &moved, "participant { id }").await;
        assert_eq!(said, json!(["ROSTERS_NOT_LOCKED"]));
    })
    .await;
}

#[tokio::test]
async fn the_other_commands_of_participants() {
    sqlite(|app| async move {
        registered(&app, 1..=3).await;
        let hackathon = open(&app).await;
        let on = format!("hackathonId: {hackathon:?}");
        enrols(&app, &hackathon, 1).await;
        let bea = enrols(&app, &hackathon, 2).await;
        let cem = enrols(&app, &hackathon, 3).await;
        let team = founds(&app, &hackathon, 1, "Solar").await;
        let of_team = format!("teamId: {}", team["id"]);
        let asks = "joinRequest { id }";
        gives(&app, &her(2), "requestToJoin", &of_team, asks).await;
        gives(&app, &her(2), "withdrawRequest", &of_team, "team { id }").await;
        gives(&app, &her(2), "requestToJoin", &of_team, asks).await;
        let her_request = format!("{of_team}, participantId: {}", bea["id"]);
        let seen = "team { joinRequests { id } }";
        let declined = gives(&app, &her(1), "declineJoinRequest", &her_request, seen).await;
        assert_eq!(declined["joinRequests"], json!([]));
        let rotated = gives(&app, &her(1), "rotateCode", &of_team, "team { joinCode }").await;
        assert_ne!(rotated["joinCode"], team["joinCode"]);
        let by_code = format!("code: {}", rotated["joinCode"]);
        gives(&app, &her(2), "joinTeamByCode", &by_code, "team { id }").await;
        gives(&app, &her(3), "joinTeamByCode", &by_code, "team { id }").await;
        let passed = gives(&app, &her(1), "passLead", &her_request, "team { lead { id } }").await;
        assert_eq!(passed["lead"]["id"], bea["id"]);
        let out = format!("{of_team}, participantId: {}, reason: \"Never came\"", cem["id"]);
        let removed = gives(&app, &her(2), "removeMember", &out, "team { memberCount }").await;
        assert_eq!(removed["memberCount"], 2);
        let ended =
            gives(&app, &her(2), "dissolveTeam", &of_team, "team { memberCount dissolvedAt }")
                .await;
        assert_eq!(ended["memberCount"], 0);
        assert!(ended["dissolvedAt"].is_string());

        let input = format!("{on}, title: \"A roof\", text: \"For all.\"");
        let idea = gives(&app, &her(1), "pitchIdea", &input, "idea { id }").await;
        let input = format!("ideaId: {}", idea["id"]);
        let gone = gives(&app, &her(1), "withdrawIdea", &input, "idea { withdrawnAt }").await;
        assert!(gone["withdrawnAt"].is_string());
        let input = format!("participantId: {}", cem["id"]);
        let gone =
            gives(&app, &her(3), "withdrawParticipant", &input, "participant { withdrawn }").await;
        assert_eq!(gone["withdrawn"], true);

        let team = founds(&app, &hackathon, 1, "Lunar").await;
        gives(&app, &organiser(), "lockRosters", &on, "hackathon { id }").await;
        let input =
            format!("participantId: {}, teamId: {}, reason: \"Was alone\"", bea["id"], team["id"]);
        let fields = "participant { team { name } }";
        let moved = gives(&app, &organiser(), "overrideRoster", &input, fields).await;
        assert_eq!(moved["team"]["name"], "Lunar");
    })
    .await;
}

#[tokio::test]
async fn names_are_for_those_who_take_part_and_codes_for_members() {
    sqlite(|app| async move {
        registered(&app, 1..=3).await;
        let hackathon = open(&app).await;
        enrols(&app, &hackathon, 1).await;
        enrols(&app, &hackathon, 2).await;
        let team = text(&founds(&app, &hackathon, 1, "Solar").await["id"]);
        let sees = async |viewer: Viewer| {
            let read = app.reader(viewer);
            let team = crate::roster::graphql::Team::load(&read, &team).await.unwrap().unwrap();
            let schema = async_graphql::Schema::build(
                One(team),
                async_graphql::EmptyMutation,
                async_graphql::EmptySubscription,
            )
            .finish();
            let document = "{ team { joinCode members { name wishes registrationId } } }";
            let answer = schema.execute(document).await.data.into_json().unwrap();
            let member = &answer["team"]["members"][0];
            ["joinCode", "name", "registrationId"].map(|field| {
                if field == "joinCode" { &answer["team"][field] } else { &member[field] }
                    .is_string()
            })
        };
        assert_eq!(sees(her(1)).await, [true, true, true], "herself");
        assert_eq!(sees(her(2)).await, [false, true, false], "who takes part too");
        assert_eq!(sees(her(3)).await, [false, false, false], "somebody of the hub");
        assert_eq!(sees(Viewer::visitor(Locale::En)).await, [false, false, false]);
        assert_eq!(sees(organiser()).await, [true, true, true]);
    })
    .await;
}

struct One(crate::roster::graphql::Team);

/// A query that holds one team.
#[async_graphql::Object]
impl One {
    /// The team.
    async fn team(&self) -> crate::roster::graphql::Team {
        self.0.clone()
    }
}

#[tokio::test]
async fn a_board_of_many_teams_takes_a_few_statements() {
    sqlite(|app| async move {
        registered(&app, 1..=20).await;
        let hackathon = open(&app).await;
        for n in 1..=20 {
            enrols(&app, &hackathon, n).await;
            founds(&app, &hackathon, n, &format!("Team {n}")).await;
        }
        let read = app.reader(organiser());
        let all = crate::hackathon::graphql::Hackathon::load(&read, &hackathon).await;
        let schema = async_graphql::Schema::build(
            Whole(all.unwrap().unwrap()),
            async_graphql::EmptyMutation,
            async_graphql::EmptySubscription,
        )
        .finish();
        let document = "{ hackathon { teamCount teams(first: 20) { totalCount nodes { name deadline
            joinCode lead { name } members { name skills { name } } joinRequests { id }
            hackathon { phase } idea { title } } } } }";
        let answer = schema.execute(document).await;
        assert!(answer.errors.is_empty(), "{:?}", answer.errors);
        let data = answer.data.into_json().unwrap();
        assert_eq!(data["hackathon"]["teams"]["totalCount"], 20);
        assert_eq!(data["hackathon"]["teams"]["nodes"][19]["lead"]["name"], "Ada 20");
        assert!(read.db().statements() <= 8, "{} statements", read.db().statements());
    })
    .await;
}

struct Whole(crate::hackathon::graphql::Hackathon);

/// A query that holds one hackathon.
#[async_graphql::Object]
impl Whole {
    /// The hackathon.
    async fn hackathon(&self) -> crate::hackathon::graphql::Hackathon {
        self.0.clone()
    }
}
