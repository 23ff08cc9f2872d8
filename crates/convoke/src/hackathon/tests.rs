//! The clock's arithmetic, every refusal, and the acts.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use kernel::testing::{Scene, given, id, noon, recorded, samples_are_read_back};
use kernel::{Actor, Decider, Fact as _, Personal, Role, Zone, resolve};
use proptest::prelude::*;

use super::acts::{CancelHackathon, CreateHackathon, FreezeSubmissions, StartHacking};
use super::decider::{
    DURATION_MAX_S, DURATION_MIN_S, DURATION_S, EXTENSION_MAX_S, START_BACK_MAX_S, TEAM_SIZE_LIMIT,
};
use super::*;
use crate::event::{self, Event, Status};

pub(crate) mod lab;
mod views;

fn reason(text: &str) -> Personal<String> {
    Personal::new(id(1), text.to_owned())
}
fn created() -> Fact {
    Fact::HackathonCreated { event: id(2), team_min: 2, team_max: 5, duration_s: DURATION_S }
}
fn forming() -> Vec<Fact> {
    vec![created(), Fact::TeamFormationOpened {}]
}
fn locked() -> Vec<Fact> {
    let mut facts = forming();
    facts.push(Fact::RosterLocked { under_sized: 0, unplaced: 0 });
    facts
}
fn end() -> DateTime<Utc> {
    noon() + Duration::hours(48)
}
fn started() -> Fact {
    Fact::ClockStarted { at: noon(), duration_s: DURATION_S, freezes_at: end() }
}
fn hacking() -> Vec<Fact> {
    let mut facts = locked();
    facts.push(started());
    facts
}
fn plus(mut facts: Vec<Fact>, more: impl IntoIterator<Item = Fact>) -> Vec<Fact> {
    facts.extend(more);
    facts
}
fn create(team_min: u16, team_max: u16, duration_s: u32) -> Command {
    Command::Create { event: id(2), rules: Rules { team_min, team_max }, duration_s }
}
fn extend(by_s: u32, scope: Scope) -> Command {
    Command::ExtendClock { by_s, scope, reason: reason("The Wi-Fi was down") }
}

#[test]
fn every_fact_is_read_back_as_it_was_written() {
    samples_are_read_back::<Fact>();
}

// --- the clock ---------------------------------------------------------------------------------

/// Starts 48 hours at a local time and says what the clocks on the wall there show at the end.
#[track_caller]
fn ends(zone: &str, start: &str, end: &str) -> DateTime<Utc> {
    let zone = Zone::parse(zone).unwrap();
    let at = resolve(start.parse::<NaiveDateTime>().unwrap(), zone).unwrap();
    let moment = kernel::Moment { now: at, actor: Actor::system("test") };
    let mut hackathon = Hackathon::after(&locked());
    let facts = hackathon.decide(Command::StartHacking { at: None }, &moment).unwrap();
    for fact in &facts {
        hackathon.evolve(fact);
    }
    let deadline = hackathon.deadline().unwrap();
    assert_eq!(zone.local(deadline), end.parse::<NaiveDateTime>().unwrap());
    assert_eq!(deadline - at, Duration::hours(48));
    deadline
}

#[test]
fn e23_in_spring_the_wall_clock_in_amsterdam_shows_an_hour_more() {
    let at = ends("Europe/Amsterdam", "2027-03-26T18:00:00", "2027-03-28T19:00:00");
    assert_eq!(at.to_rfc3339(), "2027-03-28T17:00:00+00:00");
}

#[test]
fn e24_in_autumn_it_shows_an_hour_less_in_amsterdam_and_in_london() {
    let at = ends("Europe/Amsterdam", "2027-10-29T18:00:00", "2027-10-31T17:00:00");
    assert_eq!(at.to_rfc3339(), "2027-10-31T16:00:00+00:00");
    ends("Europe/London", "2026-10-23T18:00:00", "2026-10-25T17:00:00");
}

#[test]
fn e25_half_an_hour_less_on_lord_howe() {
    ends("Australia/Lord_Howe", "2027-04-02T18:00:00", "2027-04-04T17:30:00");
}

#[test]
fn e26_the_same_hour_where_clocks_never_change() {
    for zone in ["Europe/Istanbul", "Asia/Seoul"] {
        ends(zone, "2027-03-26T18:00:00", "2027-03-28T18:00:00");
    }
}

#[test]
fn the_pages_clock_and_the_deciders_agree_after_pauses_and_extensions() {
    let mut clock = Clock::started(noon(), 3600);
    clock.pause(noon() + Duration::minutes(10));
    assert_eq!(clock.remaining(noon() + Duration::hours(9)), Duration::minutes(50));
    assert_eq!(clock.elapsed(noon() + Duration::hours(9)), Duration::minutes(10));
    assert!(clock.is_in_time(id(7), noon() + Duration::hours(9)), "nobody is late in a pause");
    clock.resume(5 * 60_000);
    clock.extend(60, None);
    clock.extend(600, Some(id(7)));
    assert_eq!(clock.deadline(), noon() + Duration::minutes(66));
    assert_eq!(clock.deadline_for(id(7)), noon() + Duration::minutes(76));
    assert_eq!(clock.deadline_for(id(8)), clock.deadline());
    assert_eq!(clock.freezes_at(), clock.deadline_for(id(7)));
    assert_eq!(clock.remaining(noon() + Duration::days(9)), Duration::zero());
}

#[test]
fn a_hackathon_is_in_time_up_to_and_with_its_deadline() {
    let hackathon = Hackathon::after(&hacking());
    assert!(hackathon.is_in_time(id(7), end()));
    assert!(!hackathon.is_in_time(id(7), end() + Duration::seconds(1)), "E38");
    assert!(!Hackathon::default().is_in_time(id(7), noon()));
}

proptest! {
    /// Whatever is paused and extended, the length between start and deadline is the sum of the
    /// parts, the deadline never moves back, and each fact names the freeze the state computes.
    #[test]
    fn the_deadline_is_the_sum_of_its_parts(
        steps in proptest::collection::vec((0_u8..4, 1_u32..4000, 0_u64..3), 1..60)
    ) {
        let mut hackathon = Hackathon::after(&hacking());
        let (mut now, mut paused, mut extended) = (noon(), Duration::zero(), 0_i64);
        let mut last = hackathon.deadline().unwrap();
        for (step, length, team) in steps {
            let before = now;
            now += Duration::milliseconds(i64::from(length) * 997);
            let was_paused = hackathon.clock().unwrap().paused_at.is_some();
            let scope = if team == 0 { Scope::All } else { Scope::Team(id(team)) };
            let command = match step {
                0 => Command::PauseClock,
                1 => Command::ResumeClock,
                2 => extend(length, scope),
                _ => Command::FreezeSubmissions,
            };
            let moment = kernel::Moment { now, actor: Actor::system("test") };
            let decided = hackathon.decide(command, &moment).unwrap_or_default();
            if was_paused {
                paused += now - before;
            }
            for fact in &decided {
                hackathon.evolve(fact);
                match fact {
                    Fact::ClockExtended { by_s, scope: Scope::All, .. } => {
                        extended += i64::from(*by_s);
                    }
                    Fact::SubmissionsFrozen { deadline } => prop_assert!(now >= *deadline),
                    _ => {}
                }
                if let Fact::ClockResumed { freezes_at, .. }
                | Fact::ClockExtended { freezes_at, .. } = fact
                {
                    prop_assert_eq!(*freezes_at, hackathon.clock().unwrap().freezes_at());
                }
            }
            let clock = hackathon.clock().unwrap();
            if clock.paused_at.is_none() {
                let sum = Duration::hours(48) + paused + Duration::seconds(extended);
                prop_assert_eq!(clock.deadline() - noon(), sum);
            }
            prop_assert!(clock.deadline() >= last);
            last = clock.deadline();
        }
    }
}

// --- planning ----------------------------------------------------------------------------------

#[test]
fn a_hackathon_is_created_once() {
    given::<Hackathon>([]).when(create(2, 5, DURATION_S)).then([created()]);
    given::<Hackathon>([created()])
        .when(create(2, 5, DURATION_S))
        .then_rejected(Rejection::AlreadyCreated {});
}

#[test]
fn impossible_rules_and_lengths_are_refused() {
    let refused = |command, why| given::<Hackathon>([]).when(command).then_rejected(why);
    refused(create(3, 2, DURATION_S), Rejection::MinAboveMax { min: 3, max: 2 });
    refused(create(0, 0, DURATION_S), Rejection::MaxZero {});
    refused(
        create(1, 51, DURATION_S),
        Rejection::TeamSizeTooLarge { max: 51, limit: TEAM_SIZE_LIMIT },
    );
    for duration_s in [0, DURATION_MIN_S - 1, DURATION_MAX_S + 1] {
        refused(
            create(2, 5, duration_s),
            Rejection::DurationOutOfRange { min_s: DURATION_MIN_S, max_s: DURATION_MAX_S },
        );
    }
}

#[test]
fn only_organisers_run_hackathons() {
    given::<Hackathon>([])
        .by(Actor::person(id(1), [Role::Member, Role::Participant]))
        .when(create(2, 5, DURATION_S))
        .then_rejected(Rejection::NotOrganiser {});
    given::<Hackathon>([])
        .by(Actor::person(id(1), [Role::Curator]))
        .when(create(2, 5, DURATION_S))
        .then([created()]);
}

#[test]
fn rules_change_until_the_lock_and_never_below_a_team() {
    let rules = Rules { team_min: 1, team_max: 3 };
    let set = |largest| Command::SetRules { rules, largest };
    given::<Hackathon>(forming()).when(set(3)).then([Fact::RulesSet { team_min: 1, team_max: 3 }]);
    given::<Hackathon>(forming())
        .when(set(4))
        .then_rejected(Rejection::TeamsAboveMax { max: 3, largest: 4 });
    given::<Hackathon>(locked()).when(set(0)).then_rejected(Rejection::RostersLocked {});
    given::<Hackathon>([created(), Fact::RulesSet { team_min: 1, team_max: 3 }])
        .when(set(0))
        .then_nothing();
}

#[test]
fn what_nobody_planned_or_what_was_called_off_takes_no_commands() {
    let off = plus(forming(), [Fact::HackathonCancelled { reason: reason("Flood") }]);
    let rules = Rules { team_min: 1, team_max: 3 };
    for command in [
        Command::SetRules { rules, largest: 0 },
        Command::OpenTeamFormation,
        Command::LockRosters { under_sized: 0, unplaced: 0 },
        Command::StartHacking { at: None },
        Command::PauseClock,
        Command::ResumeClock,
        extend(60, Scope::All),
        Command::FreezeSubmissions,
    ] {
        given::<Hackathon>([]).when(command.clone()).then_rejected(Rejection::UnknownHackathon {});
        given::<Hackathon>(off.clone())
            .when(command)
            .then_rejected(Rejection::HackathonCancelled {});
    }
}

#[test]
fn phases_follow_each_other() {
    given::<Hackathon>([created()])
        .when(Command::OpenTeamFormation)
        .then([Fact::TeamFormationOpened {}]);
    given::<Hackathon>(forming()).when(Command::OpenTeamFormation).then_nothing();
    given::<Hackathon>(locked())
        .when(Command::OpenTeamFormation)
        .then_rejected(Rejection::WrongPhase { phase: Phase::Locked });
    let lock = Command::LockRosters { under_sized: 2, unplaced: 7 };
    given::<Hackathon>(forming())
        .when(lock.clone())
        .then([Fact::RosterLocked { under_sized: 2, unplaced: 7 }]);
    given::<Hackathon>(locked()).when(lock.clone()).then_nothing();
    given::<Hackathon>([created()])
        .when(lock)
        .then_rejected(Rejection::WrongPhase { phase: Phase::Drafted });
}

#[test]
fn a_hackathon_is_cancelled_once_with_a_reason_and_not_after_the_freeze() {
    let cancel = |text| Command::Cancel { reason: reason(text) };
    given::<Hackathon>(hacking())
        .when(cancel("Flood"))
        .then([Fact::HackathonCancelled { reason: reason("Flood") }]);
    given::<Hackathon>(hacking()).when(cancel("  ")).then_rejected(Rejection::ReasonMissing {});
    given::<Hackathon>([]).when(cancel("Flood")).then_rejected(Rejection::UnknownHackathon {});
    given::<Hackathon>(plus(hacking(), [Fact::HackathonCancelled { reason: reason("Flood") }]))
        .when(cancel("Flood"))
        .then_rejected(Rejection::HackathonAlreadyCancelled {});
    given::<Hackathon>(plus(hacking(), [Fact::SubmissionsFrozen { deadline: end() }]))
        .when(cancel("Flood"))
        .then_rejected(Rejection::WrongPhase { phase: Phase::Frozen });
}

// --- the clock's commands ----------------------------------------------------------------------

#[test]
fn the_clock_starts_once_after_the_lock() {
    let start = Command::StartHacking { at: None };
    given::<Hackathon>(locked()).when(start.clone()).then([started()]);
    given::<Hackathon>(forming()).when(start.clone()).then_rejected(Rejection::NotLocked {});
    given::<Hackathon>(hacking())
        .later(Duration::minutes(1))
        .when(start)
        .then_rejected(Rejection::AlreadyStarted { at: noon() });
}

#[test]
fn a_start_may_be_dated_back_a_little_and_never_forward() {
    let start = |minutes| Command::StartHacking { at: Some(noon() + Duration::minutes(minutes)) };
    given::<Hackathon>(locked()).later(Duration::minutes(3)).when(start(0)).then([started()]);
    for minutes in [1, -361] {
        given::<Hackathon>(locked())
            .when(start(minutes))
            .then_rejected(Rejection::StartOutOfRange { back_s: START_BACK_MAX_S });
    }
}

#[test]
fn a_pause_moves_the_deadline_by_its_own_length() {
    let paused = || plus(hacking(), [Fact::ClockPaused { at: noon() + Duration::hours(1) }]);
    given::<Hackathon>(hacking())
        .later(Duration::hours(1))
        .when(Command::PauseClock)
        .then([Fact::ClockPaused { at: noon() + Duration::hours(1) }]);
    given::<Hackathon>(paused()).later(Duration::hours(2)).when(Command::PauseClock).then_nothing();
    given::<Hackathon>(paused()).later(Duration::hours(60)).when(Command::ResumeClock).then([
        Fact::ClockResumed {
            at: noon() + Duration::hours(60),
            paused_ms: 59 * 3_600_000,
            freezes_at: end() + Duration::hours(59),
        },
    ]);
    given::<Hackathon>(paused())
        .later(Duration::hours(60))
        .when(Command::FreezeSubmissions)
        .then_rejected(Rejection::NotRunning {});
    given::<Hackathon>(hacking()).when(Command::ResumeClock).then_rejected(Rejection::NotPaused {});
    given::<Hackathon>(locked()).when(Command::PauseClock).then_rejected(Rejection::NotRunning {});
}

#[test]
fn e39_an_extension_says_for_whom_and_why() {
    let team = Scope::Team(id(7));
    given::<Hackathon>(hacking()).when(extend(1800, team)).then([Fact::ClockExtended {
        by_s: 1800,
        scope: team,
        reason: reason("The Wi-Fi was down"),
        freezes_at: end() + Duration::minutes(30),
    }]);
    for by_s in [0, EXTENSION_MAX_S + 1] {
        given::<Hackathon>(hacking())
            .when(extend(by_s, Scope::All))
            .then_rejected(Rejection::ExtensionOutOfRange { max_s: EXTENSION_MAX_S });
    }
    given::<Hackathon>(hacking())
        .when(Command::ExtendClock { by_s: 60, scope: Scope::All, reason: reason("") })
        .then_rejected(Rejection::ReasonMissing {});
    given::<Hackathon>(locked())
        .when(extend(60, Scope::All))
        .then_rejected(Rejection::NotRunning {});
}

#[test]
fn time_that_ran_out_is_not_given_back_even_while_one_team_still_works() {
    let freezes_at = end() + Duration::hours(1);
    let extended = Fact::ClockExtended {
        by_s: 3600,
        scope: Scope::Team(id(7)),
        reason: reason("Ambulance"),
        freezes_at,
    };
    let late = |command| {
        given::<Hackathon>(plus(hacking(), [extended.clone()]))
            .at(end() + Duration::minutes(30))
            .when(command)
    };
    for command in [Command::PauseClock, extend(60, Scope::All), extend(60, Scope::Team(id(8)))] {
        late(command).then_rejected(Rejection::AfterFreeze { deadline: end() });
    }
    late(extend(60, Scope::Team(id(7)))).then([Fact::ClockExtended {
        by_s: 60,
        scope: Scope::Team(id(7)),
        reason: reason("The Wi-Fi was down"),
        freezes_at: freezes_at + Duration::minutes(1),
    }]);
    late(Command::FreezeSubmissions).then_rejected(Rejection::TooEarly { deadline: freezes_at });
}

#[test]
fn e40_the_freeze_takes_the_deadlines_instant_however_late_the_timer_is() {
    let freeze = Command::FreezeSubmissions;
    let frozen = Fact::SubmissionsFrozen { deadline: end() };
    given::<Hackathon>(hacking())
        .at(end() - Duration::milliseconds(1))
        .when(freeze.clone())
        .then_rejected(Rejection::TooEarly { deadline: end() });
    given::<Hackathon>(hacking()).at(end()).when(freeze.clone()).then([frozen.clone()]);
    let late = end() + Duration::hours(5);
    given::<Hackathon>(hacking()).at(late).when(freeze.clone()).then([frozen.clone()]);
    given::<Hackathon>(plus(hacking(), [frozen.clone()])).at(late).when(freeze).then_nothing();
    given::<Hackathon>(plus(hacking(), [frozen]))
        .at(late)
        .when(extend(60, Scope::All))
        .then_rejected(Rejection::AfterFreeze { deadline: end() });

    let mut scene = Scene::new().with::<Hackathon>(ten(), hacking()).at(late);
    let decision = scene.act(&FreezeSubmissions { hackathon: ten() }).unwrap();
    assert_eq!(decision.drafts[0].occurred_at, Some(end()));
}

// --- acts --------------------------------------------------------------------------------------

fn ten() -> HackathonId {
    id(10)
}

#[test]
fn the_acts_write_to_the_hackathons_stream_and_tag_the_event() {
    let mut scene = Scene::new();
    let act = CreateHackathon {
        event: id(2),
        hackathon: ten(),
        rules: Rules { team_min: 2, team_max: 5 },
        duration_s: DURATION_S,
    };
    assert_eq!(scene.kinds(&act), Err("UNKNOWN_EVENT".into()));
    let mut off = scene_of_event([Status::Cancelled]);
    assert_eq!(off.kinds(&act), Err("EVENT_CANCELLED".into()));
    let mut scene = scene_of_event([]);
    let decision = scene.act(&act).unwrap();
    assert_eq!(decision.about, ten().to_string());
    assert_eq!(decision.drafts[0].stream, Hackathon::stream(ten()));
    let event: EventId = id(2);
    assert!(decision.drafts[0].tags.contains(&event.to_string()));
    assert_eq!(scene.kinds(&StartHacking { hackathon: ten(), at: None }), Err("NOT_LOCKED".into()));
    let cancel =
        CancelHackathon { hackathon: ten(), reason: reason("Flood"), expected_version: Some(7) };
    assert_eq!(scene.kinds(&cancel), Err("VERSION_CONFLICT".into()));
}

/// The event is proposed, or called off.
fn scene_of_event<const N: usize>(then: [Status; N]) -> Scene {
    let sample = |kind: &str| event::Fact::samples().into_iter().find(|fact| fact.kind() == kind);
    let off = then.contains(&Status::Cancelled).then(|| sample("EventCancelled").unwrap());
    let facts = [sample("EventProposed").unwrap()].into_iter().chain(off);
    let event: EventId = id(2);
    Scene::new().with::<Event>(event, facts)
}

#[test]
fn with_its_event_a_hackathon_is_called_off() {
    let start = StartHacking { hackathon: ten(), at: None };
    let mut scene = scene_of_event([Status::Cancelled]).with::<Hackathon>(ten(), locked());
    assert_eq!(scene.kinds(&start), Err("EVENT_CANCELLED".into()));
    let mut scene = scene_of_event([]).with::<Hackathon>(ten(), locked());
    assert_eq!(scene.kinds(&start), Ok(vec!["ClockStarted"]));
}
