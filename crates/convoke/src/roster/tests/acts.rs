//! Acts: what the hackathon's phase and rules let through, and decisions on both streams.

use kernel::testing::Scene;

use super::*;
use crate::desk::{self, Desk};
use crate::event::{self, Event, EventId};
use crate::hackathon::{self, Hackathon, Rules, Scope};
use crate::roster::acts::{EnrolParticipant, FoundTeam, JoinTeamByCode};
use crate::roster::organise::{ExtendClock, LockRosters, OverrideRoster, SetRules};

fn ten() -> HackathonId {
    id(10)
}
fn planned() -> hackathon::Fact {
    hackathon::Fact::HackathonCreated { event: id(20), team_min: 2, team_max: 3, duration_s: 3600 }
}
fn open() -> Scene {
    Scene::new()
        .with::<Hackathon>(ten(), [planned(), hackathon::Fact::TeamFormationOpened {}])
        .with::<Roster>(ten(), pair())
}
fn founding(n: u64, by: u64) -> FoundTeam {
    let Found { team, founder, name, idea, code } = found(n, by);
    FoundTeam { hackathon: ten(), team, founder, name, idea, code }
}

#[test]
fn the_phase_of_the_hackathon_decides_what_may_be_asked() {
    let refusal = |scene: &mut Scene, code: &str| {
        assert_eq!(scene.kinds(&founding(2, CEM)), Err(code.to_owned()));
    };
    refusal(&mut Scene::new(), "UNKNOWN_HACKATHON");
    refusal(&mut Scene::new().with::<Hackathon>(ten(), [planned()]), "FORMATION_NOT_OPEN");
    let reason = words(ADA, "Flood");
    let cancelled = hackathon::Fact::HackathonCancelled { reason };
    refusal(&mut open().with::<Hackathon>(ten(), [cancelled]), "HACKATHON_CANCELLED");
    let frozen = hackathon::Fact::SubmissionsFrozen { deadline: kernel::testing::noon() };
    refusal(&mut open().with::<Hackathon>(ten(), [frozen]), "HACKATHON_OVER");
    assert_eq!(open().kinds(&founding(2, CEM)), Ok(vec!["TeamFounded", "MemberJoined"]));
}

#[test]
fn the_rules_of_the_hackathon_bound_a_team() {
    let join = |n| JoinTeamByCode { hackathon: ten(), participant: part(n), code: code(1) };
    let mut scene = open().with::<Roster>(ten(), [enrolled(4)]);
    assert_eq!(scene.kinds(&join(CEM)), Ok(vec!["MemberJoined"]));
    assert_eq!(scene.kinds(&join(4)), Err("TEAM_FULL".to_owned()));
    let rules = |team_max| SetRules {
        hackathon: ten(),
        rules: Rules { team_min: 1, team_max },
        expected_version: None,
    };
    assert_eq!(scene.kinds(&rules(2)), Err("TEAMS_ABOVE_MAX".to_owned()));
    assert_eq!(scene.kinds(&rules(4)), Ok(vec!["RulesSet"]));
    assert_eq!(scene.kinds(&join(4)), Ok(vec!["MemberJoined"]));
}

#[test]
fn the_lock_is_one_decision_on_both_streams() {
    let mut scene = open().with::<Roster>(ten(), founded(2, CEM));
    let decision = scene.act(&LockRosters { hackathon: ten() }).unwrap();
    let kinds: Vec<_> = decision.drafts.iter().map(|draft| draft.kind).collect();
    assert_eq!(kinds, ["RosterLocked", "RostersLocked"]);
    assert_eq!(decision.drafts[0].payload, r#"{"under_sized":1,"unplaced":0}"#);
    assert!(scene.state::<Roster>(ten()).unwrap().is_locked());
    assert_eq!(scene.kinds(&LockRosters { hackathon: ten() }), Ok(vec![]));
    let out = OverrideRoster {
        hackathon: ten(),
        participant: part(BEA),
        to: None,
        reason: words(BEA, "Fell ill"),
    };
    assert_eq!(scene.kinds(&out), Ok(vec!["MemberMoved"]));
}

#[test]
fn an_extension_for_a_team_wants_the_team_to_exist() {
    let start = hackathon::Fact::ClockStarted {
        at: kernel::testing::noon(),
        duration_s: 3600,
        freezes_at: kernel::testing::noon() + chrono::Duration::hours(1),
    };
    let mut scene = open().with::<Hackathon>(ten(), [start]);
    let extend = |n| ExtendClock {
        hackathon: ten(),
        by_s: 60,
        scope: Scope::Team(team(n)),
        reason: words(ADA, "The Wi-Fi was down"),
    };
    assert_eq!(scene.kinds(&extend(9)), Err("UNKNOWN_TEAM".to_owned()));
    assert_eq!(scene.kinds(&extend(1)), Ok(vec!["ClockExtended"]));
}

#[test]
fn who_enrols_holds_a_confirmed_place_of_her_own() {
    let enrolment = |n: u64, registration: u64| {
        let Enrol { participant, person, name, skills, wishes, .. } = enrol(n);
        EnrolParticipant {
            hackathon: ten(),
            participant,
            person,
            registration: id(5_000 + registration),
            name,
            skills,
            wishes,
        }
    };
    let received = |n: u64| desk::Fact::RegistrationReceived {
        registration: id(5_000 + n),
        person: person(n),
        name: words(n, "Ada"),
        email: words(n, "ada@example.org"),
        party_size: 1,
        locale: "en".to_owned(),
        note: None,
    };
    let confirmed = desk::Fact::RegistrationConfirmed {
        registration: id(5_000 + ADA),
        person: person(ADA),
        party_size: 1,
        from: crate::desk::Standing::Received,
    };
    let event: EventId = id(20);
    let facts = [received(ADA), confirmed, received(BEA)];
    let mut scene = Scene::new().with::<Hackathon>(ten(), [planned()]).with::<Desk>(event, facts);
    for (n, registration) in [(BEA, BEA), (BEA, ADA), (CEM, CEM)] {
        let refused = scene.kinds(&enrolment(n, registration));
        assert_eq!(refused, Err("NOT_REGISTERED".to_owned()));
    }
    assert_eq!(scene.kinds(&enrolment(ADA, ADA)), Ok(vec!["ParticipantEnrolled"]));
}

#[test]
fn with_its_event_a_roster_is_called_off() {
    let sample = |kind: &str| event::Fact::samples().into_iter().find(|fact| fact.kind() == kind);
    let facts = ["EventProposed", "EventCancelled"].map(|kind| sample(kind).unwrap());
    let event: EventId = id(20);
    let mut scene = open().with::<Event>(event, facts);
    assert_eq!(scene.kinds(&founding(2, CEM)), Err("EVENT_CANCELLED".to_owned()));
}
