//! Every refusal and every fact, and what must hold whatever is asked.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use kernel::testing::{given, id};
use kernel::{Actor, Fact as _, PersonId, Personal, Role, decode};

use super::command::{Ask, Enrol, Found, Move, Pitch};
use super::decider::{LIST_MAX, PARTICIPANTS_MAX, PITCHES_MAX, REQUESTS_MAX, TEAMS_MAX};
use super::*;

mod acts;
mod api;
mod invariants;
mod pages;
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
    let samples = Fact::samples();
    assert_eq!(samples.iter().map(Fact::kind).collect::<Vec<_>>(), Fact::KINDS);
    for fact in samples {
        let whole = serde_json::to_value(&fact).unwrap();
        let payload = whole[fact.kind()].to_string();
        assert_eq!(decode::<Fact>(fact.kind(), 1, &payload).unwrap(), fact);
        assert!(!fact.tags().is_empty());
    }
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

// --- teams -------------------------------------------------------------------------------------

#[test]
fn a_founder_leads_her_team_and_closes_her_requests() {
    given::<Roster>(three()).by(is(ADA)).when(Command::Found(found(1, ADA))).then(founded(1, ADA));
    let [new, lead] = founded(2, BEA);
    given::<Roster>(plus(solo(), [asked(1, 1, BEA)]))
        .by(is(BEA))
        .when(Command::Found(found(2, BEA)))
        .then([new, lead, Fact::JoinRequestsClosed { requests: vec![closed(1, 1, BEA)] }]);
}

#[test]
fn founding_has_its_refusals() {
    let refused = |facts, found, why| {
        given::<Roster>(facts).when(Command::Found(found)).then_rejected(why);
    };
    refused(solo(), found(2, ADA), Rejection::AlreadyInTeam { team: team(1) });
    refused(solo(), found(1, BEA), Rejection::AlreadyFounded {});
    // E50: neither case nor space tells two names apart.
    let same = Found { name: " tEAm1 ".to_owned(), ..found(2, BEA) };
    refused(solo(), same, Rejection::NameTaken { team: team(1) });
    let drawn = Found { code: code(1), ..found(2, BEA) };
    refused(solo(), drawn, Rejection::CodeInUse {});
    let nameless = Found { name: "\t".to_owned(), ..found(2, BEA) };
    refused(solo(), nameless, Rejection::TextMissing { field: "name" });
    let long = Found { name: "x".repeat(61), ..found(2, BEA) };
    refused(solo(), long, Rejection::TextTooLong { field: "name", max: 60, length: 61 });
    let on = |n| Found { idea: Some(idea(n)), ..found(2, ADA) };
    refused(three(), on(1), Rejection::UnknownIdea {});
    let history = plus(plus(three(), [pitched(1, ADA)]), on_idea(1));
    refused(history, on(1), Rejection::IdeaTaken { team: team(1) });
    refused(plus(three(), [locked()]), found(1, ADA), Rejection::RostersLocked {});
    given::<Roster>(three())
        .by(is(BEA))
        .when(Command::Found(found(1, ADA)))
        .then_rejected(Rejection::NotYourself {});
}

#[test]
fn a_hackathon_takes_so_many_teams_and_no_more() {
    let many = (10..10 + u64::from(TEAMS_MAX))
        .flat_map(|n| std::iter::once(enrolled(n)).chain(founded(n, n)));
    given::<Roster>(plus(three(), many))
        .when(Command::Found(found(1, ADA)))
        .then_rejected(Rejection::TeamLimit { max: TEAMS_MAX });
}

#[test]
fn a_request_is_made_once_to_a_team_with_room() {
    let request_of = |ask| Command::Request(ask);
    given::<Roster>(solo()).by(is(BEA)).when(request_of(ask(1, 1, BEA))).then([asked(1, 1, BEA)]);
    let refused = |facts, ask, why| given::<Roster>(facts).when(request_of(ask)).then_rejected(why);
    let once = plus(solo(), [asked(1, 1, BEA)]);
    refused(once, ask(2, 1, BEA), Rejection::DuplicateRequest { request: request(1) });
    refused(pair(), ask(1, 1, BEA), Rejection::AlreadyInTeam { team: team(1) });
    refused(solo(), ask(1, 9, BEA), Rejection::UnknownTeam {});
    refused(plus(solo(), [locked()]), ask(1, 1, BEA), Rejection::RostersLocked {});
    let tight = Ask { team_max: 1, ..ask(1, 1, BEA) };
    refused(solo(), tight, Rejection::TeamFull { size: 1, max: 1 });
    given::<Roster>(solo())
        .by(is(CEM))
        .when(request_of(ask(1, 1, BEA)))
        .then_rejected(Rejection::NotYourself {});
}

#[test]
fn one_person_waits_for_a_few_teams_at_a_time() {
    let teams = 10..10 + u64::try_from(REQUESTS_MAX).unwrap();
    let many = teams
        .flat_map(|n| std::iter::once(enrolled(n)).chain(founded(n, n)).chain([asked(n, n, BEA)]));
    given::<Roster>(plus(solo(), many))
        .when(Command::Request(ask(1, 1, BEA)))
        .then_rejected(Rejection::RequestLimit { max: REQUESTS_MAX });
}

#[test]
fn any_member_answers_a_request_and_nobody_else() {
    let history = || plus(pair(), [asked(1, 1, CEM)]);
    let decline = Command::Decline { team: team(1), participant: part(CEM) };
    given::<Roster>(history()).by(is(BEA)).when(accept(1, CEM)).then([joined(
        1,
        CEM,
        How::Accepted,
        Some(1),
    )]);
    given::<Roster>(history()).by(is(BEA)).when(decline.clone()).then([
        Fact::JoinRequestDeclined { request: request(1), team: team(1), participant: part(CEM) },
    ]);
    for command in [accept(1, CEM), decline.clone()] {
        given::<Roster>(history())
            .by(is(CEM))
            .when(command.clone())
            .then_rejected(Rejection::NotMember {});
        given::<Roster>(pair()).by(is(ADA)).when(command).then_rejected(Rejection::RequestGone {});
    }
    given::<Roster>(plus(history(), [locked()]))
        .when(accept(1, CEM))
        .then_rejected(Rejection::RostersLocked {});
}

#[test]
fn joining_closes_the_other_requests_in_the_same_decision() {
    let history = plus(
        plus(solo(), [enrolled(4)]),
        founded(2, 4).into_iter().chain([asked(1, 1, BEA), asked(2, 2, BEA)]),
    );
    given::<Roster>(history.clone()).by(is(ADA)).when(accept(1, BEA)).then([
        joined(1, BEA, How::Accepted, Some(1)),
        Fact::JoinRequestsClosed { requests: vec![closed(2, 2, BEA)] },
    ]);
    given::<Roster>(history).by(is(BEA)).when(by_code(BEA, 2)).then([
        joined(2, BEA, How::Code, Some(2)),
        Fact::JoinRequestsClosed { requests: vec![closed(1, 1, BEA)] },
    ]);
}

#[test]
fn e32_a_full_team_turns_the_request_away_and_leaves_it_open() {
    let full = plus(pair(), [asked(1, 1, CEM)]);
    let tight = Command::Accept { team: team(1), participant: part(CEM), team_max: 2 };
    given::<Roster>(full.clone())
        .when(tight.clone())
        .then_rejected(Rejection::TeamFull { size: 2, max: 2 });
    given::<Roster>(plus(full, [Fact::MemberLeft { team: team(1), participant: part(BEA) }]))
        .when(tight)
        .then([joined(1, CEM, How::Accepted, Some(1))]);
}

#[test]
fn a_request_is_withdrawn_by_whoever_made_it() {
    let withdraw = Command::WithdrawRequest { team: team(1), participant: part(BEA) };
    let history = plus(solo(), [asked(1, 1, BEA)]);
    given::<Roster>(history.clone()).by(is(BEA)).when(withdraw.clone()).then([
        Fact::JoinRequestWithdrawn { request: request(1), team: team(1), participant: part(BEA) },
    ]);
    given::<Roster>(history)
        .by(is(ADA))
        .when(withdraw.clone())
        .then_rejected(Rejection::NotYourself {});
    given::<Roster>(solo()).when(withdraw).then_rejected(Rejection::RequestGone {});
}

#[test]
fn a_code_lets_in_until_it_is_rotated() {
    let rotate = |n| Command::RotateCode { team: team(1), code: code(n) };
    let rotated = Fact::CodeRotated { team: team(1), code: code(5) };
    given::<Roster>(solo()).by(is(BEA)).when(by_code(BEA, 1)).then([joined(
        1,
        BEA,
        How::Code,
        None,
    )]);
    given::<Roster>(solo()).by(is(ADA)).when(rotate(5)).then([rotated.clone()]);
    given::<Roster>(plus(solo(), [rotated.clone()]))
        .when(by_code(BEA, 1))
        .then_rejected(Rejection::CodeUnknown {});
    given::<Roster>(plus(solo(), [rotated])).when(by_code(BEA, 5)).then([joined(
        1,
        BEA,
        How::Code,
        None,
    )]);
    given::<Roster>(solo()).by(is(ADA)).when(rotate(1)).then_rejected(Rejection::CodeInUse {});
    given::<Roster>(pair()).by(is(BEA)).when(rotate(5)).then_rejected(Rejection::NotLead {});
    given::<Roster>(pair()).when(by_code(BEA, 1)).then_nothing();
    given::<Roster>(plus(solo(), [locked()]))
        .when(by_code(BEA, 1))
        .then_rejected(Rejection::RostersLocked {});
    given::<Roster>(plus(plus(solo(), founded(2, BEA)), []))
        .when(by_code(BEA, 1))
        .then_rejected(Rejection::AlreadyInTeam { team: team(2) });
    given::<Roster>(solo())
        .when(Command::JoinByCode { participant: part(BEA), code: code(1), team_max: 1 })
        .then_rejected(Rejection::TeamFull { size: 1, max: 1 });
}

#[test]
fn e33_the_longest_standing_member_leads_on() {
    let history = plus(pair(), [joined(1, CEM, How::Code, None)]);
    let left = |n| Fact::MemberLeft { team: team(1), participant: part(n) };
    given::<Roster>(history.clone())
        .by(is(ADA))
        .when(leave(1, ADA))
        .then([left(ADA), Fact::LeadPassed { team: team(1), to: part(BEA) }]);
    given::<Roster>(history).by(is(BEA)).when(leave(1, BEA)).then([left(BEA)]);
}

#[test]
fn e33_the_last_to_leave_dissolves_the_team_and_frees_its_idea() {
    let history = plus(plus(three(), [pitched(1, ADA)]), on_idea(1));
    let end = [
        Fact::MemberLeft { team: team(1), participant: part(BEA) },
        Fact::JoinRequestsClosed { requests: vec![closed(1, 1, CEM)] },
        Fact::TeamDissolved { team: team(1), members: vec![], idea: Some(idea(1)) },
    ];
    let asked = plus(history, [asked(1, 1, CEM)]);
    given::<Roster>(asked.clone()).by(is(BEA)).when(leave(1, BEA)).then(end.clone());
    // Name, code and idea are free again.
    let again = Found { idea: Some(idea(1)), ..found(1, CEM) };
    let Found { team, founder, name, idea, code } = again.clone();
    given::<Roster>(plus(asked, end)).when(Command::Found(again)).then([
        Fact::TeamFounded { team, name, founder, idea, code },
        joined(1, CEM, How::Founded, None),
    ]);
}

#[test]
fn leaving_is_for_members_before_the_lock() {
    given::<Roster>(solo()).when(leave(1, BEA)).then_rejected(Rejection::NotInTeam {});
    given::<Roster>(pair())
        .by(is(CEM))
        .when(leave(1, BEA))
        .then_rejected(Rejection::NotYourself {});
    given::<Roster>(plus(pair(), [locked()]))
        .by(is(BEA))
        .when(leave(1, BEA))
        .then_rejected(Rejection::RostersLocked {});
}

#[test]
fn a_lead_removes_others_and_never_herself() {
    let remove = |n| Command::Remove {
        team: team(1),
        participant: part(n),
        reason: Some(words(n, "Never came")),
    };
    let removed = |n| Fact::MemberRemoved {
        team: team(1),
        participant: part(n),
        reason: Some(words(n, "Never came")),
    };
    given::<Roster>(pair()).by(is(ADA)).when(remove(BEA)).then([removed(BEA)]);
    given::<Roster>(pair())
        .by(is(ADA))
        .when(remove(ADA))
        .then_rejected(Rejection::CannotRemoveSelf {});
    given::<Roster>(pair()).by(is(BEA)).when(remove(ADA)).then_rejected(Rejection::NotLead {});
    given::<Roster>(pair()).by(is(ADA)).when(remove(CEM)).then_rejected(Rejection::NotInTeam {});
    given::<Roster>(plus(pair(), [locked()]))
        .by(is(ADA))
        .when(remove(BEA))
        .then_rejected(Rejection::RostersLocked {});
    // An organiser may remove a lead; the team has another at once.
    given::<Roster>(pair())
        .when(remove(ADA))
        .then([removed(ADA), Fact::LeadPassed { team: team(1), to: part(BEA) }]);
}

#[test]
fn the_lead_is_passed_to_a_member() {
    let pass = |n| Command::PassLead { team: team(1), to: part(n) };
    given::<Roster>(pair())
        .by(is(ADA))
        .when(pass(BEA))
        .then([Fact::LeadPassed { team: team(1), to: part(BEA) }]);
    given::<Roster>(pair()).by(is(ADA)).when(pass(ADA)).then_nothing();
    given::<Roster>(pair()).by(is(ADA)).when(pass(CEM)).then_rejected(Rejection::NotInTeam {});
    given::<Roster>(pair()).by(is(BEA)).when(pass(BEA)).then_rejected(Rejection::NotLead {});
}

#[test]
fn a_lead_gives_the_team_up_and_all_are_free() {
    let dissolve = Command::Dissolve { team: team(1) };
    given::<Roster>(plus(pair(), [asked(1, 1, CEM)])).by(is(ADA)).when(dissolve.clone()).then([
        Fact::JoinRequestsClosed { requests: vec![closed(1, 1, CEM)] },
        Fact::TeamDissolved { team: team(1), members: vec![part(ADA), part(BEA)], idea: None },
    ]);
    given::<Roster>(pair()).by(is(BEA)).when(dissolve.clone()).then_rejected(Rejection::NotLead {});
    given::<Roster>(plus(pair(), [locked()]))
        .by(is(ADA))
        .when(dissolve.clone())
        .then_rejected(Rejection::RostersLocked {});
    given::<Roster>([]).when(dissolve).then_rejected(Rejection::UnknownTeam {});
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
