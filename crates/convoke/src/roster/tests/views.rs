//! The rows after each fact, the lists, and who is written to.

use kernel::Effect;
use kernel::testing::recorded;

use super::*;
use crate::app::relay::{Keyset, PageArgs};
use crate::hackathon::tests::lab::{happened, hub, is_rebuilt_alike};
use crate::hackathon::{self, Hackathon};
use crate::roster::query;
use crate::testing::{TestApp, both};

fn ten() -> HackathonId {
    id(10)
}

/// A hackathon for teams of at most three, and this on its roster.
async fn on_roster(app: &TestApp, facts: impl IntoIterator<Item = Fact>) {
    let planned = hackathon::Fact::HackathonCreated {
        event: id(20),
        team_min: 2,
        team_max: 3,
        duration_s: 3600,
    };
    happened::<Hackathon>(app, ten(), [planned]).await;
    happened::<Roster>(app, ten(), facts).await;
}

async fn team_row(app: &TestApp, n: u64) -> query::TeamRow {
    query::team(app.journal().db(), &team(n).to_string()).await.unwrap().unwrap()
}
async fn part_row(app: &TestApp, n: u64) -> query::ParticipantRow {
    query::participant(app.journal().db(), &part(n).to_string()).await.unwrap().unwrap()
}
async fn idea_row(app: &TestApp, n: u64) -> query::IdeaRow {
    query::idea(app.journal().db(), &idea(n).to_string()).await.unwrap().unwrap()
}
async fn request_state(app: &TestApp, n: u64) -> String {
    query::requests_by_id(app.journal().db(), &[request(n).to_string()])
        .await
        .unwrap()
        .remove(0)
        .state
}
/// Participants, placed, teams and ideas.
async fn figures(app: &TestApp) -> (i64, i64, i64, i64) {
    let row = query::rosters(app.journal().db(), &[ten().to_string()]).await.unwrap().remove(0);
    (row.participants, row.placed, row.teams, row.ideas)
}

#[tokio::test]
async fn who_enrols_has_a_row_until_she_withdraws() {
    both(|app| async move {
        let skill = Skill { name: "code".to_owned(), level: 2, want: true };
        let Fact::ParticipantEnrolled {
            participant, person: her, registration, name, wishes, ..
        } = enrolled(ADA)
        else {
            panic!("another fact")
        };
        let skills = Personal::new(her, vec![skill.clone()]);
        let ada = Fact::ParticipantEnrolled {
            participant,
            person: her,
            registration,
            name,
            skills,
            wishes,
        };
        on_roster(&app, [ada, enrolled(BEA)]).await;
        let row = part_row(&app, ADA).await;
        assert_eq!((row.name.as_deref(), row.state.as_str()), (Some("Ada"), "enrolled"));
        assert_eq!((row.registration, row.journal), (registration.to_string(), hub().to_string()));
        let skills: Vec<Skill> = serde_json::from_str(&row.skills.unwrap()).unwrap();
        assert_eq!((skills, row.wishes.as_deref()), (vec![skill], Some(r#"["solar"]"#)));
        assert_eq!(figures(&app).await, (2, 0, 0, 0));
        let (roster, ada) = (ten().to_string(), person(ADA).to_string());
        let find = || query::participant_of(app.journal().db(), &roster, &ada);
        assert!(find().await.unwrap().is_some());
        let gone = Fact::ParticipantWithdrawn { participant, person: her };
        happened::<Roster>(&app, ten(), [gone]).await;
        assert_eq!(find().await.unwrap(), None);
        assert_eq!(
            query::parts_of(app.journal().db(), std::slice::from_ref(&ada)).await.unwrap(),
            []
        );
        assert_eq!(part_row(&app, ADA).await.state, "withdrawn");
        assert_eq!(figures(&app).await, (1, 0, 0, 0));
        is_rebuilt_alike(&app).await;
    })
    .await;
}

#[tokio::test]
async fn a_team_row_counts_its_members_and_open_places() {
    both(|app| async move {
        on_roster(&app, pair()).await;
        let row = team_row(&app, 1).await;
        assert_eq!((row.name.as_str(), row.lead), ("Team 1", Some(part(ADA).to_string())));
        assert_eq!((row.members, row.open_places, row.requests), (2, 1, 0));
        assert_eq!(part_row(&app, BEA).await.team, Some(team(1).to_string()));
        assert_eq!(figures(&app).await, (3, 2, 1, 0));
        let members = query::members_of(app.journal().db(), &[team(1).to_string()]).await.unwrap();
        let ids: Vec<_> = members.into_iter().map(|member| member.id).collect();
        assert_eq!(ids, [part(ADA).to_string(), part(BEA).to_string()]);

        let rotated = Fact::CodeRotated { team: team(1), code: code(5) };
        let passed = Fact::LeadPassed { team: team(1), to: part(BEA) };
        let left = Fact::MemberLeft { team: team(1), participant: part(ADA) };
        happened::<Roster>(&app, ten(), [rotated, left, passed]).await;
        let row = team_row(&app, 1).await;
        assert_eq!((row.members, row.lead.clone()), (1, Some(part(BEA).to_string())));
        let found = query::teams_by_code(app.journal().db(), code(5).as_str()).await.unwrap();
        assert_eq!(found, [row]);
        assert_eq!(query::teams_by_code(app.journal().db(), code(1).as_str()).await.unwrap(), []);
        assert_eq!(part_row(&app, ADA).await.team, None);

        let removed = Fact::MemberRemoved { team: team(1), participant: part(BEA), reason: None };
        let dissolved = Fact::TeamDissolved { team: team(1), members: vec![], idea: None };
        happened::<Roster>(&app, ten(), [removed, dissolved]).await;
        assert_eq!(figures(&app).await, (3, 0, 0, 0));
        is_rebuilt_alike(&app).await;
    })
    .await;
}

#[tokio::test]
async fn an_idea_is_taken_freed_and_withdrawn() {
    both(|app| async move {
        on_roster(&app, plus(three(), [pitched(1, ADA), pitched(2, ADA)])).await;
        let row = idea_row(&app, 1).await;
        assert_eq!(row.title.as_deref(), Some("A roof for everybody"));
        assert_eq!((row.text.as_deref(), row.roles.as_str()), (Some("Share it."), "[]"));
        assert_eq!((row.participant, row.team), (part(ADA).to_string(), None));
        happened::<Roster>(&app, ten(), on_idea(1)).await;
        assert_eq!(idea_row(&app, 1).await.team, Some(team(1).to_string()));
        let end =
            Fact::TeamDissolved { team: team(1), members: vec![part(BEA)], idea: Some(idea(1)) };
        happened::<Roster>(&app, ten(), [end, Fact::IdeaWithdrawn { idea: idea(2) }]).await;
        assert_eq!(idea_row(&app, 1).await.team, None);
        assert!(idea_row(&app, 2).await.withdrawn_at.is_some());
        assert_eq!(figures(&app).await, (3, 0, 0, 1));
        let row = team_row(&app, 1).await;
        assert_eq!((row.members, row.lead, row.dissolved_at.is_some()), (0, None, true));
        assert_eq!(part_row(&app, BEA).await.team, None);
        let teams = query::teams_of(app.journal().db(), &[ten().to_string()]).await.unwrap();
        assert_eq!(teams, []);
        let ideas = query::ideas_of(app.journal().db(), &ten().to_string()).await.unwrap();
        assert_eq!(ideas.len(), 1);
        is_rebuilt_alike(&app).await;
    })
    .await;
}

#[tokio::test]
async fn a_request_ends_in_one_of_four_ways() {
    both(|app| async move {
        let history = plus(solo(), [4, 5].map(enrolled)).into_iter().chain([
            asked(2, 1, BEA),
            asked(3, 1, CEM),
            asked(4, 1, 4),
            asked(5, 1, 5),
        ]);
        on_roster(&app, history).await;
        assert_eq!(team_row(&app, 1).await.requests, 4);
        let open =
            query::open_requests_to(app.journal().db(), &[team(1).to_string()]).await.unwrap();
        assert_eq!(open.len(), 4);
        assert_eq!(open[0].note.as_deref(), Some("I can paint"));
        let (team, participant) = (team(1), part(CEM));
        let facts = [
            joined(1, BEA, How::Accepted, Some(2)),
            Fact::JoinRequestDeclined { request: request(3), team, participant },
            Fact::JoinRequestWithdrawn { request: request(4), team, participant: part(4) },
            Fact::JoinRequestsClosed { requests: vec![closed(5, 1, 5)] },
        ];
        happened::<Roster>(&app, ten(), facts).await;
        assert_eq!(request_state(&app, 2).await, "accepted");
        assert_eq!(request_state(&app, 3).await, "declined");
        assert_eq!(request_state(&app, 4).await, "withdrawn");
        assert_eq!(request_state(&app, 5).await, "closed");
        assert_eq!(team_row(&app, 1).await.requests, 0);
        let of_her =
            query::open_requests_of(app.journal().db(), &[part(BEA).to_string()]).await.unwrap();
        assert_eq!(of_her, []);
        is_rebuilt_alike(&app).await;
    })
    .await;
}

#[tokio::test]
async fn a_move_after_the_lock_changes_both_teams() {
    both(|app| async move {
        on_roster(&app, plus(pair(), founded(2, CEM))).await;
        let moved = Fact::MemberMoved {
            participant: part(BEA),
            from: Some(team(1)),
            to: Some(team(2)),
            reason: words(BEA, "Fell ill"),
        };
        happened::<Roster>(&app, ten(), [locked(), moved]).await;
        assert_eq!(team_row(&app, 1).await.members, 1);
        assert_eq!(team_row(&app, 2).await.members, 2);
        assert_eq!(part_row(&app, BEA).await.team, Some(team(2).to_string()));
        let roster =
            query::rosters(app.journal().db(), &[ten().to_string()]).await.unwrap().remove(0);
        assert!(roster.locked_at.is_some());
        assert_eq!((roster.placed, roster.teams), (3, 2));
        is_rebuilt_alike(&app).await;
    })
    .await;
}

#[tokio::test]
async fn lists_come_in_pages() {
    both(|app| async move {
        let teams =
            (2..7).flat_map(|n| std::iter::once(enrolled(n + 10)).chain(founded(n, n + 10)));
        on_roster(&app, plus(three(), teams)).await;
        let window = PageArgs { first: Some(2), ..PageArgs::default() };
        let window = window.window("teams", &query::TEAMS, false).unwrap();
        let arguments = window.args(&hub().to_string(), [ten().to_string().into()]);
        let page: Vec<query::TeamRow> =
            app.journal().db().all(window.sql(&query::TEAMS), arguments).await.unwrap();
        let seen = query::teams_of(app.journal().db(), &[ten().to_string()]).await.unwrap();
        assert_eq!((seen.len(), page.as_slice()), (5, &seen[..3]));
        let all = participants(&app, &query::PARTICIPANTS).await;
        let free = participants(&app, &query::UNPLACED).await;
        assert_eq!((all.len(), free.len()), (8, 3));
        assert_eq!(query::unplaced_of(app.journal().db(), &ten().to_string()).await.unwrap(), free);
        let ids: Vec<_> = seen.iter().map(|row| row.id.clone()).collect();
        assert_eq!(query::teams_by_id(app.journal().db(), &ids).await.unwrap().len(), 5);
        let ids: Vec<_> = all.iter().map(|row| row.id.clone()).collect();
        assert_eq!(query::participants_by_id(app.journal().db(), &ids).await.unwrap().len(), 8);
        assert_eq!(query::ideas_by_id(app.journal().db(), &ids).await.unwrap(), []);
    })
    .await;
}

async fn participants(app: &TestApp, list: &Keyset) -> Vec<query::ParticipantRow> {
    let window = PageArgs::default().window("participants", list, false).unwrap();
    let arguments = window.args(&hub().to_string(), [ten().to_string().into()]);
    app.journal().db().all(window.sql(list), arguments).await.unwrap()
}

fn told(fact: Fact) -> Vec<(String, String)> {
    let letter = |effect: Effect| (effect.body["template"].to_string(), effect.lane);
    react(&recorded::<Roster>(ten(), fact)).into_iter().map(letter).collect()
}

#[test]
fn those_are_written_to_whom_it_concerns() {
    let templates: Vec<_> =
        Fact::samples().into_iter().flat_map(told).map(|(template, _)| template).collect();
    let expected = [
        "join-accepted",
        "join-requested",
        "join-declined",
        "member-removed",
        "lead-passed",
        "team-dissolved",
        "member-moved",
    ];
    assert_eq!(templates, expected.map(|template| format!("{template:?}")));
    let lane = told(Fact::LeadPassed { team: team(1), to: part(BEA) }).remove(0).1;
    assert_eq!(lane, format!("participant/{}", part(BEA)));
    assert_eq!(told(joined(1, BEA, How::Code, None)), []);
}
