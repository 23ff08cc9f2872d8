//! Every refusal and every fact, and what must hold whatever is asked.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use kernel::testing::{given, id, samples_are_read_back};
use kernel::{Actor, Fact as _, PersonId, Personal, Role};

use super::command::{Ask, Enrol, Found, Move, Pitch};
use super::decider::{LIST_MAX, PARTICIPANTS_MAX, PITCHES_MAX, REQUESTS_MAX, TEAMS_MAX};
use super::*;

mod acts;
mod api;
mod invariants;
mod pages;
mod teams;
mod views;

/// Person n takes part as participant n; the numbers of teams, ideas and requests are their own.
const ADA: u64 = 1;
const BEA: u64 = 2;
const CEM: u64 = 3;

fn person(n: u64) -> PersonId {
    id(1_000 + n)
}
fn part(n: u64) -> ParticipantId {
    id(n)
}
fn team(n: u64) -> TeamId {
    id(2_000 + n)
}
fn idea(n: u64) -> IdeaId {
    id(3_000 + n)
}
fn request(n: u64) -> JoinRequestId {
    id(4_000 + n)
}
fn code(n: u64) -> JoinCode {
    JoinCode::of((n + 7).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes())
}
fn is(n: u64) -> Actor {
    Actor::person(person(n), [Role::Participant])
}
fn words(n: u64, text: &str) -> Personal<String> {
    Personal::new(person(n), text.to_owned())
}

fn enrol(n: u64) -> Enrol {
    Enrol {
        participant: part(n),
        person: person(n),
        registration: id(5_000 + n),
        name: words(n, "Ada"),
        skills: Personal::new(person(n), vec![]),
        wishes: Personal::new(person(n), vec!["solar".to_owned()]),
    }
}
fn enrolled(n: u64) -> Fact {
    let Enrol { participant, person, registration, name, skills, wishes } = enrol(n);
    Fact::ParticipantEnrolled { participant, person, registration, name, skills, wishes }
}
fn pitch(n: u64, by: u64) -> Pitch {
    Pitch {
        idea: idea(n),
        participant: part(by),
        title: words(by, "A roof for everybody"),
        text: words(by, "Share it."),
        roles: vec![],
    }
}
fn pitched(n: u64, by: u64) -> Fact {
    let Pitch { idea, participant, title, text, roles } = pitch(n, by);
    Fact::IdeaPitched { idea, participant, title, text, roles }
}
fn found(n: u64, by: u64) -> Found {
    Found { team: team(n), founder: part(by), name: format!("Team {n}"), idea: None, code: code(n) }
}
fn founded(n: u64, by: u64) -> [Fact; 2] {
    let Found { team, founder, name, idea, code } = found(n, by);
    [Fact::TeamFounded { team, name, founder, idea, code }, joined(n, by, How::Founded, None)]
}
fn joined(n: u64, who: u64, how: How, asked: Option<u64>) -> Fact {
    Fact::MemberJoined {
        team: team(n),
        participant: part(who),
        lead: how == How::Founded,
        how,
        request: asked.map(request),
    }
}
fn ask(n: u64, to: u64, by: u64) -> Ask {
    let note = Some(words(by, "I can paint"));
    Ask { request: request(n), team: team(to), participant: part(by), note, team_max: 3 }
}
fn asked(n: u64, to: u64, by: u64) -> Fact {
    let Ask { request, team, participant, note, .. } = ask(n, to, by);
    Fact::JoinRequested { request, team, participant, note }
}
fn accept(to: u64, who: u64) -> Command {
    Command::Accept { team: team(to), participant: part(who), team_max: 3 }
}
fn by_code(who: u64, n: u64) -> Command {
    Command::JoinByCode { participant: part(who), code: code(n), team_max: 3 }
}
fn leave(n: u64, who: u64) -> Command {
    Command::Leave { team: team(n), participant: part(who) }
}
fn closed(n: u64, to: u64, by: u64) -> ClosedRequest {
    ClosedRequest { request: request(n), team: team(to), participant: part(by) }
}
fn locked() -> Fact {
    Fact::RostersLocked { under_sized: vec![], unplaced: 0 }
}

/// Ada, Bea and Cem take part.
fn three() -> Vec<Fact> {
    [ADA, BEA, CEM].map(enrolled).to_vec()
}
/// Ada leads team 1; the others are in none.
fn solo() -> Vec<Fact> {
    three().into_iter().chain(founded(1, ADA)).collect()
}
/// Ada leads team 1, Bea is in it.
fn pair() -> Vec<Fact> {
    plus(solo(), [joined(1, BEA, How::Code, None)])
}
fn plus(mut facts: Vec<Fact>, more: impl IntoIterator<Item = Fact>) -> Vec<Fact> {
    facts.extend(more);
    facts
}

#[test]
fn every_fact_is_read_back_as_it_was_written() {
    samples_are_read_back::<Fact>();
    assert!(Fact::samples().iter().all(|fact| !fact.tags().is_empty()));
}

#[test]
fn a_code_is_read_however_it_is_typed() {
    let code = JoinCode::of([1, 0, 31, 32, 33, 2, 3, 20]);
    assert_eq!(code.as_str(), "10Z0123M");
    assert_eq!(JoinCode::parse(" lo-zo i23m "), Some(code));
    for odd in ["", "10Z0123", "10Z0123MM", "10Z0123U", "10Z0123é"] {
        assert_eq!(JoinCode::parse(odd), None, "{odd}");
    }
}

// --- taking part -------------------------------------------------------------------------------

#[test]
fn everybody_enrols_herself_once() {
    given::<Roster>([]).by(is(ADA)).when(Command::Enrol(enrol(ADA))).then([enrolled(ADA)]);
    given::<Roster>([])
        .by(is(BEA))
        .when(Command::Enrol(enrol(ADA)))
        .then_rejected(Rejection::NotYourself {});
    given::<Roster>([enrolled(ADA)])
        .when(Command::Enrol(Enrol { participant: part(9), ..enrol(ADA) }))
        .then_rejected(Rejection::AlreadyEnrolled { participant: part(ADA) });
    given::<Roster>([enrolled(ADA)])
        .when(Command::Enrol(Enrol { participant: part(ADA), ..enrol(BEA) }))
        .then_rejected(Rejection::AlreadyEnrolled { participant: part(ADA) });
}

#[test]
fn an_enrolment_keeps_its_bounds() {
    let skill = |level| Skill { name: "code".to_owned(), level, want: true };
    let refused = |enrol, why| given::<Roster>([]).when(Command::Enrol(enrol)).then_rejected(why);
    for level in [0, 4] {
        let skills = Personal::new(person(ADA), vec![skill(level)]);
        refused(Enrol { skills, ..enrol(ADA) }, Rejection::LevelOutOfRange { level });
    }
    let skills = Personal::new(person(ADA), vec![skill(1); LIST_MAX + 1]);
    let too_many = |field| Rejection::TooMany { field, max: LIST_MAX, length: LIST_MAX + 1 };
    refused(Enrol { skills, ..enrol(ADA) }, too_many("skills"));
    let wishes = Personal::new(person(ADA), vec![String::new(); LIST_MAX + 1]);
    refused(Enrol { wishes, ..enrol(ADA) }, too_many("wishes"));
    refused(
        Enrol { name: words(ADA, " "), ..enrol(ADA) },
        Rejection::TextMissing { field: "name" },
    );
}

#[test]
fn a_roster_takes_so_many_and_no_more() {
    let everybody = (0..u64::from(PARTICIPANTS_MAX)).map(|n| enrolled(n + 10_000));
    given::<Roster>(everybody)
        .when(Command::Enrol(enrol(ADA)))
        .then_rejected(Rejection::RosterFull { max: PARTICIPANTS_MAX });
}

#[test]
fn who_withdraws_leaves_her_team_and_her_requests() {
    let gone = |n| Fact::ParticipantWithdrawn { participant: part(n), person: person(n) };
    let withdraw = |n| Command::Withdraw { participant: part(n) };
    given::<Roster>(pair()).by(is(ADA)).when(withdraw(ADA)).then([
        Fact::MemberLeft { team: team(1), participant: part(ADA) },
        Fact::LeadPassed { team: team(1), to: part(BEA) },
        gone(ADA),
    ]);
    given::<Roster>(plus(solo(), [asked(1, 1, BEA)]))
        .by(is(BEA))
        .when(withdraw(BEA))
        .then([Fact::JoinRequestsClosed { requests: vec![closed(1, 1, BEA)] }, gone(BEA)]);
    given::<Roster>(plus(three(), [gone(ADA)])).when(withdraw(ADA)).then_nothing();
    given::<Roster>(plus(three(), [gone(ADA)]))
        .when(Command::Found(found(1, ADA)))
        .then_rejected(Rejection::ParticipantWithdrawn {});
    // She may come back as a new participant.
    let back = Enrol { participant: part(9), ..enrol(ADA) };
    let Enrol { participant, person, registration, name, skills, wishes } = back.clone();
    given::<Roster>(plus(three(), [gone(ADA)])).when(Command::Enrol(back)).then([
        Fact::ParticipantEnrolled { participant, person, registration, name, skills, wishes },
    ]);
}

#[test]
fn after_the_lock_an_organiser_or_an_erasure_withdraws_a_member() {
    let withdraw = Command::Withdraw { participant: part(BEA) };
    let late = || given::<Roster>(plus(pair(), [locked()]));
    late().by(is(BEA)).when(withdraw.clone()).then_rejected(Rejection::RostersLocked {});
    // E37
    late().by(Actor::system("erasure")).when(withdraw).then([
        Fact::MemberLeft { team: team(1), participant: part(BEA) },
        Fact::ParticipantWithdrawn { participant: part(BEA), person: person(BEA) },
    ]);
}

// --- ideas -------------------------------------------------------------------------------------

#[test]
fn an_idea_is_pitched_within_its_bounds() {
    let refused =
        |pitch, why| given::<Roster>(three()).when(Command::Pitch(pitch)).then_rejected(why);
    given::<Roster>(three())
        .by(is(ADA))
        .when(Command::Pitch(pitch(1, ADA)))
        .then([pitched(1, ADA)]);
    refused(
        Pitch { title: words(ADA, &"x".repeat(81)), ..pitch(1, ADA) },
        Rejection::TextTooLong { field: "title", max: 80, length: 81 },
    );
    refused(
        Pitch { text: words(ADA, &"é".repeat(1_001)), ..pitch(1, ADA) },
        Rejection::TextTooLong { field: "text", max: 1_000, length: 1_001 },
    );
    refused(
        Pitch { title: words(ADA, "  "), ..pitch(1, ADA) },
        Rejection::TextMissing { field: "title" },
    );
    refused(
        Pitch { roles: vec![String::new(); LIST_MAX + 1], ..pitch(1, ADA) },
        Rejection::TooMany { field: "roles", max: LIST_MAX, length: LIST_MAX + 1 },
    );
    refused(pitch(1, 99), Rejection::UnknownParticipant {});
}

#[test]
fn one_person_pitches_a_few_ideas_before_the_lock() {
    let few = plus(three(), (1..=u64::from(PITCHES_MAX)).map(|n| pitched(n, ADA)));
    given::<Roster>(few.clone())
        .when(Command::Pitch(pitch(9, ADA)))
        .then_rejected(Rejection::PitchLimit { max: PITCHES_MAX });
    given::<Roster>(plus(few, [Fact::IdeaWithdrawn { idea: idea(1) }]))
        .when(Command::Pitch(pitch(9, ADA)))
        .then([pitched(9, ADA)]);
    given::<Roster>(plus(three(), [pitched(1, ADA)]))
        .when(Command::Pitch(pitch(1, BEA)))
        .then_rejected(Rejection::AlreadyPitched {});
    given::<Roster>(plus(three(), [locked()]))
        .when(Command::Pitch(pitch(1, ADA)))
        .then_rejected(Rejection::PitchingClosed {});
}

#[test]
fn an_idea_is_withdrawn_by_its_author_while_nobody_works_on_it() {
    let withdraw = Command::WithdrawIdea { idea: idea(1) };
    let history = || plus(three(), [pitched(1, ADA)]);
    given::<Roster>(history())
        .by(is(ADA))
        .when(withdraw.clone())
        .then([Fact::IdeaWithdrawn { idea: idea(1) }]);
    given::<Roster>(history())
        .by(is(BEA))
        .when(withdraw.clone())
        .then_rejected(Rejection::NotAuthor {});
    given::<Roster>(history())
        .by(Actor::visitor())
        .when(withdraw.clone())
        .then_rejected(Rejection::NotAuthor {});
    given::<Roster>([]).when(withdraw.clone()).then_rejected(Rejection::UnknownIdea {});
    given::<Roster>(plus(history(), on_idea(1)))
        .when(withdraw)
        .then_rejected(Rejection::IdeaTaken { team: team(1) });
}

/// Bea founds team 1 on this idea.
fn on_idea(n: u64) -> [Fact; 2] {
    let Found { team, founder, name, code, .. } = found(1, BEA);
    let founded = Fact::TeamFounded { team, founder, name, code, idea: Some(idea(n)) };
    [founded, joined(1, BEA, How::Founded, None)]
}

// --- the lock ----------------------------------------------------------------------------------

#[test]
fn the_lock_counts_small_teams_and_people_in_none() {
    let lock = Command::Lock { team_min: 2 };
    given::<Roster>(solo())
        .when(lock.clone())
        .then([Fact::RostersLocked { under_sized: vec![team(1)], unplaced: 2 }]);
    given::<Roster>(pair())
        .when(lock.clone())
        .then([Fact::RostersLocked { under_sized: vec![], unplaced: 1 }]);
    given::<Roster>(plus(pair(), [locked()])).when(lock.clone()).then_nothing();
    given::<Roster>(pair()).by(is(ADA)).when(lock).then_rejected(Rejection::NotOrganiser {});
}

#[test]
fn e34_after_the_lock_an_organiser_moves_people_for_a_reason() {
    let moves = |n, to: Option<u64>, reason: &str, team_max| {
        Command::Override(Move {
            participant: part(n),
            to: to.map(team),
            reason: words(n, reason),
            team_max,
        })
    };
    let moved = |n, from: Option<u64>, to: Option<u64>| Fact::MemberMoved {
        participant: part(n),
        from: from.map(team),
        to: to.map(team),
        reason: words(n, "Fell ill"),
    };
    let late = plus(pair(), founded(2, CEM).into_iter().chain([locked()]));
    let when = |command| given::<Roster>(late.clone()).when(command);
    when(moves(BEA, Some(2), "Fell ill", 3)).then([moved(BEA, Some(1), Some(2))]);
    when(moves(ADA, None, "Fell ill", 3))
        .then([moved(ADA, Some(1), None), Fact::LeadPassed { team: team(1), to: part(BEA) }]);
    when(moves(CEM, Some(1), "Fell ill", 3)).then([
        moved(CEM, Some(2), Some(1)),
        Fact::TeamDissolved { team: team(2), members: vec![], idea: None },
    ]);
    when(moves(BEA, Some(1), "Fell ill", 2)).then_nothing();
    when(moves(CEM, Some(1), "Fell ill", 2)).then_rejected(Rejection::TeamFull { size: 2, max: 2 });
    when(moves(CEM, Some(9), "Fell ill", 3)).then_rejected(Rejection::UnknownTeam {});
    when(moves(99, Some(1), "Fell ill", 3)).then_rejected(Rejection::UnknownParticipant {});
    when(moves(CEM, Some(1), " ", 3)).then_rejected(Rejection::ReasonMissing {});
    given::<Roster>(late.clone())
        .by(is(CEM))
        .when(moves(CEM, Some(1), "Fell ill", 3))
        .then_rejected(Rejection::NotOrganiser {});
    given::<Roster>(pair())
        .when(moves(CEM, Some(1), "Fell ill", 3))
        .then_rejected(Rejection::RostersNotLocked {});
    let asking = plus(pair(), [asked(1, 1, CEM), locked()]);
    given::<Roster>(asking).when(moves(CEM, Some(1), "Fell ill", 3)).then([
        moved(CEM, None, Some(1)),
        Fact::JoinRequestsClosed { requests: vec![closed(1, 1, CEM)] },
    ]);
}
