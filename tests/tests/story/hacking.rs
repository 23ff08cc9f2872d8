//! Step 10: a hackathon from its rules to its running clock.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};
use stories::Person;
use stories::client::text;
use stories::people::{Plan, at_most, now};

use crate::Story;

/// The hackathon and those who take part.
struct Hack {
    id: String,
    people: Vec<Hacker>,
}

/// Somebody who takes part, as she is known at the API.
struct Hacker {
    at_api: Person,
    participant: String,
}

pub(crate) async fn teams_form_and_hack(story: &Story) {
    let organiser = story.world.with_role(&story.hub, "organiser");
    let hack = Box::pin(people_enrol(story, &organiser)).await;
    let team = Box::pin(a_team_forms(story, &hack)).await;
    Box::pin(nobody_is_in_two_teams(&hack, &team)).await;
    Box::pin(the_clock_runs(&organiser, &hack)).await;
}

async fn people_enrol(story: &Story, organiser: &Person) -> Hack {
    let plan = Plan::evening(40, None);
    let event =
        story.curator.publishes(&story.hub, &story.issue, "48 hours of leftovers", &plan).await;
    let create =
        json!({ "eventId": event, "rules": { "teamMin": 2, "teamMax": 3 }, "duration": "PT48H" });
    assert_eq!(story.member.gives("createHackathon", create.clone()).fails().await, "FORBIDDEN");
    let id = organiser.gives("createHackathon", create).id_of("hackathon").await;
    let mut people = Vec::new();
    for name in ["Mel Maker", "Nil Nazik", "Oya Oral", "Pim Peters", "Rob Rosa", "Sun Seo"] {
        let registration = story.world.visitor().registers(&event, name, 1).await;
        assert_eq!(registration.state, "CONFIRMED");
        let at_api = story.as_herself(&registration.id).await;
        let participant = at_api.enrols(&id, &registration.id, "cooking").await;
        people.push(Hacker { at_api, participant });
    }
    let unregistered =
        json!({ "hackathonId": id, "registrationId": story.event, "skills": [], "wishes": [] });
    assert!(!organiser.gives("enrolParticipant", unregistered).refused().await.is_empty());
    Hack { id, people }
}

/// A pitch, a team of three, and no fourth.
async fn a_team_forms(story: &Story, hack: &Hack) -> String {
    let (mel, nil, oya) = (&hack.people[0], &hack.people[1], &hack.people[2]);
    let pitch = json!({ "hackathonId": hack.id, "title": "A van that knows", "text": "It drives where soup is left." });
    let idea = mel.at_api.gives("pitchIdea", pitch).id_of("idea").await;
    let found = json!({ "hackathonId": hack.id, "name": "Vanguard", "ideaId": idea });
    mel.at_api.gives("foundTeam", found.clone()).refused_with("FORMATION_NOT_OPEN").await;
    let open = json!({ "hackathonId": hack.id });
    story.curator.gives("openTeamFormation", open).accepted().await;
    let wants = "team { id joinCode members { id } }";
    let founded = mel.at_api.gives("foundTeam", found).wants(wants).accepted().await;
    let (team, code) = (text(&founded, "/team/id"), text(&founded, "/team/joinCode"));

    nil.at_api.asks_to_join(&team).await;
    let accept = json!({ "teamId": team, "participantId": nil.participant });
    assert!(refused(
        &oya.at_api.gives("acceptJoinRequest", accept.clone()).tried().await.unwrap().json()
    ));
    mel.at_api.gives("acceptJoinRequest", accept).accepted().await;
    oya.at_api.gives("joinTeamByCode", json!({ "code": code })).accepted().await;
    let pim = &hack.people[3];
    pim.at_api.gives("joinTeamByCode", json!({ "code": code })).refused_with("TEAM_FULL").await;
    pim.at_api
        .gives("joinTeamByCode", json!({ "code": "nocode" }))
        .refused_with("CODE_UNKNOWN")
        .await;
    oya.at_api.gives("leaveTeam", json!({ "teamId": team })).accepted().await;
    assert_eq!(members(story, &team).await.len(), 2);
    team
}

fn refused(answer: &Value) -> bool {
    let receipt =
        answer.pointer("/data").and_then(|data| data.as_object()?.values().next()?.get("receipt"));
    receipt.is_none_or(Value::is_null)
}

async fn members(story: &Story, team: &str) -> Vec<String> {
    let query = "query($id: ID!) { node(id: $id) { ... on Team { members { id } } } }";
    let seen = story.curator.asks(query, json!({ "id": team })).await;
    let members = seen.pointer("/node/members").and_then(Value::as_array).cloned();
    members.unwrap_or_default().iter().map(|member| text(member, "/id")).collect()
}

/// One place is left in a team of three; four want it, and two teams, at the same moment.
async fn nobody_is_in_two_teams(hack: &Hack, team: &str) {
    let rob = &hack.people[4];
    let found = json!({ "hackathonId": hack.id, "name": "Second Helping" });
    let wants = "team { id joinCode }";
    let founded = rob.at_api.gives("foundTeam", found).wants(wants).accepted().await;
    let (other, other_code) = (text(&founded, "/team/id"), text(&founded, "/team/joinCode"));
    let same = json!({ "hackathonId": hack.id, "name": "  second  HELPING " });
    hack.people[5].at_api.gives("foundTeam", same).refused_with("NAME_TAKEN").await;
    let query = "query($id: ID!) { node(id: $id) { ... on Team { joinCode } } }";
    let mel = &hack.people[0].at_api;
    let code = text(&mel.asks(query, json!({ "id": team })).await, "/node/joinCode");
    let wanting = [2, 3, 5];
    let tries = (0..30).map(|number| {
        let code = if number % 2 == 0 { &code } else { &other_code };
        hack.people[wanting[number % 3]]
            .at_api
            .gives("joinTeamByCode", json!({ "code": code }))
            .tried()
    });
    let answers = at_most(12, tries).await;
    // Who is in already and asks again is told so: one person may be answered more than once.
    let joined: BTreeSet<usize> = answers
        .iter()
        .enumerate()
        .filter(|(_, answer)| !refused(&answer.as_ref().unwrap().json()))
        .map(|(number, _)| wanting[number % 3])
        .collect();
    let joined = joined.len();
    assert!((1..=3).contains(&joined), "{joined} joined");

    let query = "query($id: ID!) { node(id: $id) { ... on Hackathon {
        teams(first: 10) { nodes { id memberCount members { id } } } } } }";
    let seen = mel.asks(query, json!({ "id": hack.id })).await;
    let teams = seen.pointer("/node/teams/nodes").and_then(Value::as_array).unwrap();
    let mut all: Vec<String> = Vec::new();
    for team in teams {
        let members = team["members"].as_array().unwrap();
        assert!(members.len() <= 3, "{team}");
        all.extend(members.iter().map(|member| text(member, "/id")));
    }
    let count = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), count, "somebody is in two teams: {seen}");
    assert_eq!(count, 3 + joined, "{seen}");
    assert!(teams.iter().any(|team| team["id"] == json!(other)));
}

/// 48 hours are 48 hours, whatever clocks on the wall do.
async fn the_clock_runs(organiser: &Person, hack: &Hack) {
    let on = json!({ "hackathonId": hack.id });
    organiser.gives("startHacking", on.clone()).refused().await;
    organiser.gives("lockRosters", on.clone()).accepted().await;
    let late = json!({ "hackathonId": hack.id, "name": "Too Late" });
    hack.people[5].at_api.gives("foundTeam", late).refused().await;
    let wants = "hackathon { phase clock { startedAt deadline isRunning } }";
    let started = organiser.gives("startHacking", on).wants(wants).accepted().await;
    let at = |place: &str| -> DateTime<Utc> { text(&started, place).parse().unwrap() };
    let (began, ends) = (at("/hackathon/clock/startedAt"), at("/hackathon/clock/deadline"));
    assert_eq!(ends - began, Duration::hours(48));
    assert!((now() - began).abs() < Duration::minutes(1), "{began}");
    assert_eq!(started.pointer("/hackathon/phase"), Some(&json!("HACKING")));
    assert_eq!(started.pointer("/hackathon/clock/isRunning"), Some(&json!(true)));
}
