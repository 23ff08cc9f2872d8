//! Teams: founding, asking to join, codes, who leads, leaving.

use super::*;

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
