//! An issue's rules, from proposal to merger, and the agenda that keeps titles and slugs apart.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod api;
mod view;

use chrono::{Days, NaiveDate};
use kernel::testing::{Scene, given, id, noon, recorded, samples_are_read_back};
use kernel::{Act, Actor, Decider, Fact as _, HubId, Moment, PersonId, Personal, Role};
use proptest::prelude::*;

use super::decider::{Command, Proposal};
use super::*;

fn hub() -> HubId {
    id(1)
}
fn waste() -> IssueId {
    id(2)
}
fn other() -> IssueId {
    id(3)
}
fn shelter() -> StakeholderId {
    id(4)
}
fn ada() -> PersonId {
    id(7)
}
fn curator() -> Actor {
    Actor::person(id(9), [Role::Curator])
}
fn member() -> Actor {
    Actor::person(ada(), [Role::Member])
}
fn today() -> NaiveDate {
    noon().date_naive()
}
fn words(text: &str) -> Personal<String> {
    Personal::new(ada(), text.to_owned())
}

fn evidence() -> Evidence {
    Evidence { figure: "a third".to_owned(), source: "FAO 2019".to_owned(), date: today() }
}

fn added(number: u32, by: Option<PersonId>) -> Fact {
    let Evidence { figure, source, date } = evidence();
    Fact::EvidenceAdded { evidence: number, figure, source, date, by }
}

fn proposal() -> Proposal {
    Proposal {
        hub: hub(),
        issue: waste(),
        slug: "food-waste".to_owned(),
        title: "Food waste".to_owned(),
        statement: "A third of all food is thrown away.".to_owned(),
        region: Some("Den Haag".to_owned()),
        sdgs: vec![12, 2, 12],
        evidence: vec![evidence()],
    }
}

fn proposed() -> Fact {
    let Proposal { hub, issue, slug, title, statement, region, .. } = proposal();
    Fact::IssueProposed {
        hub,
        issue,
        slug,
        title,
        statement,
        region,
        sdgs: vec![2, 12],
        proposed_by: Some(ada()),
    }
}

fn active() -> Vec<Fact> {
    vec![proposed(), added(1, Some(ada())), Fact::IssueAccepted {}]
}

fn closed() -> Vec<Fact> {
    [active(), vec![Fact::IssueClosed { why: words("done") }]].concat()
}

fn act(number: u64, title: &str) -> ProposeIssue {
    let Proposal { hub, statement, region, sdgs, evidence, .. } = proposal();
    let title = title.to_owned();
    ProposeIssue { hub, issue: id(number), title, statement, region, sdgs, evidence, force: false }
}

#[test]
fn an_issue_is_proposed_with_its_evidence_and_goals_in_order() {
    given::<Issue>([])
        .by(member())
        .when(Command::Propose(proposal()))
        .then([proposed(), added(1, Some(ada()))]);
    given::<Issue>([proposed()]).when(Command::Propose(proposal())).then_nothing();
}

#[test]
fn an_issue_without_a_title_is_refused() {
    let blank = Proposal { title: " ".to_owned(), ..proposal() };
    given::<Issue>([]).when(Command::Propose(blank)).then_rejected(Rejection::TitleMissing {});
    assert_eq!(Scene::new().kinds(&act(2, " … ")), Err("TITLE_MISSING".to_owned()));
}

#[test]
fn there_are_seventeen_goals() {
    for goal in [0, 18] {
        let wrong = Proposal { sdgs: vec![1, goal], ..proposal() };
        given::<Issue>([])
            .when(Command::Propose(wrong))
            .then_rejected(Rejection::UnknownSdg { goal });
        given::<Issue>(active())
            .when(Command::LinkSdg(vec![goal]))
            .then_rejected(Rejection::UnknownSdg { goal });
    }
}

#[test]
fn evidence_needs_a_finding_and_a_source_and_cannot_come_from_the_future() {
    let cases = [
        (Evidence { figure: " ".to_owned(), ..evidence() }, Rejection::FigureMissing {}),
        (Evidence { source: String::new(), ..evidence() }, Rejection::SourceMissing {}),
        (
            Evidence { date: today() + Days::new(2), ..evidence() },
            Rejection::DateInFuture { date: today() + Days::new(2) },
        ),
    ];
    for (wrong, why) in cases {
        given::<Issue>(active()).when(Command::AddEvidence(wrong)).then_rejected(why);
    }
}

#[test]
fn evidence_is_numbered_within_its_issue() {
    given::<Issue>(active())
        .by(member())
        .when(Command::AddEvidence(evidence()))
        .then([added(2, Some(ada()))]);
}

#[test]
fn who_brought_evidence_may_take_it_back_and_so_may_a_curator() {
    let retract = || Command::RetractEvidence { evidence: 1 };
    let retracted = || Fact::EvidenceRetracted { evidence: 1 };
    given::<Issue>(active()).by(member()).when(retract()).then([retracted()]);
    given::<Issue>(active()).by(curator()).when(retract()).then([retracted()]);
    given::<Issue>(active())
        .by(Actor::person(id(8), [Role::Member]))
        .when(retract())
        .then_rejected(Rejection::NotAuthor {});
    given::<Issue>([active(), vec![retracted()]].concat())
        .when(retract())
        .then_rejected(Rejection::AlreadyRetracted { evidence: 1 });
    given::<Issue>(active())
        .when(Command::RetractEvidence { evidence: 5 })
        .then_rejected(Rejection::UnknownEvidence { evidence: 5 });
}

#[test]
fn nothing_goes_on_the_agenda_without_evidence() {
    given::<Issue>([proposed()]).when(Command::Accept).then_rejected(Rejection::NoEvidence {});
    given::<Issue>([proposed(), added(1, None), Fact::EvidenceRetracted { evidence: 1 }])
        .when(Command::Accept)
        .then_rejected(Rejection::NoEvidence {});
}

#[test]
fn a_curator_may_accept_her_own_proposal_with_or_without_a_review() {
    let mine = [proposed(), added(1, Some(ada()))];
    let ada = || Actor::person(ada(), [Role::Curator]);
    given::<Issue>(mine.clone())
        .by(ada())
        .when(Command::StartReview)
        .then([Fact::ReviewStarted {}]);
    given::<Issue>(mine.clone()).by(ada()).when(Command::Accept).then([Fact::IssueAccepted {}]);
    given::<Issue>([mine.to_vec(), vec![Fact::ReviewStarted {}]].concat())
        .when(Command::Accept)
        .then([Fact::IssueAccepted {}]);
}

#[test]
fn a_decision_needs_the_stage_for_it() {
    let state = Stage::Active;
    let wrong = || Rejection::WrongState { state };
    given::<Issue>(active()).when(Command::StartReview).then_rejected(wrong());
    given::<Issue>(active()).when(Command::Accept).then_rejected(wrong());
    given::<Issue>(active()).when(Command::Reopen).then_rejected(wrong());
    given::<Issue>(active())
        .when(Command::Decline { reason: words("late") })
        .then_rejected(wrong());
    given::<Issue>(closed())
        .when(Command::AddEvidence(evidence()))
        .then_rejected(Rejection::WrongState { state: Stage::Closed });
}

#[test]
fn declining_and_closing_owe_a_reason() {
    let gone = Personal { of: ada(), value: None };
    for reason in [words("  "), gone] {
        given::<Issue>([proposed()])
            .when(Command::Decline { reason: reason.clone() })
            .then_rejected(Rejection::ReasonMissing {});
        given::<Issue>(active())
            .when(Command::Close { why: reason })
            .then_rejected(Rejection::ReasonMissing {});
    }
    given::<Issue>([proposed()])
        .when(Command::Decline { reason: words("out of reach") })
        .then([Fact::IssueDeclined { reason: words("out of reach") }]);
}

#[test]
fn a_closed_issue_may_come_back() {
    given::<Issue>(active())
        .when(Command::Close { why: words("done") })
        .then([Fact::IssueClosed { why: words("done") }]);
    given::<Issue>(closed()).when(Command::Reopen).then([Fact::IssueReopened {}]);
}

#[test]
fn a_stakeholder_endorses_an_active_issue_once() {
    let endorse = || Command::Endorse { stakeholder: shelter() };
    let withdraw = || Command::WithdrawEndorsement { stakeholder: shelter() };
    let endorsed = [active(), vec![Fact::IssueEndorsed { stakeholder: shelter() }]].concat();
    given::<Issue>(active()).when(endorse()).then(endorsed[3..].to_vec());
    given::<Issue>(endorsed.clone()).when(endorse()).then_rejected(Rejection::AlreadyEndorsed {});
    given::<Issue>([proposed()])
        .when(endorse())
        .then_rejected(Rejection::NotActive { state: Stage::Proposed });
    given::<Issue>(endorsed)
        .when(withdraw())
        .then([Fact::EndorsementWithdrawn { stakeholder: shelter() }]);
    given::<Issue>(active()).when(withdraw()).then_nothing();
}

#[test]
fn urgency_goals_and_region_are_set_when_they_differ() {
    given::<Issue>(active())
        .when(Command::SetUrgency(Urgency::Acute))
        .then([Fact::UrgencySet { urgency: Urgency::Acute }]);
    given::<Issue>(active()).when(Command::SetUrgency(Urgency::Normal)).then_nothing();
    given::<Issue>(active())
        .when(Command::LinkSdg(vec![12, 11]))
        .then([Fact::SdgLinked { sdgs: vec![2, 11, 12] }]);
    given::<Issue>(active())
        .when(Command::SetRegion(None))
        .then([Fact::RegionSet { region: None }]);
    let known = vec![Fact::SdgLinked { sdgs: vec![2, 11, 12] }, Fact::RegionSet { region: None }];
    let again = || given::<Issue>([active(), known.clone()].concat());
    again().when(Command::LinkSdg(vec![11])).then_nothing();
    again().when(Command::SetRegion(None)).then_nothing();
}

#[test]
fn an_issue_nobody_proposed_is_unknown() {
    given::<Issue>([]).when(Command::Accept).then_rejected(Rejection::UnknownIssue {});
    assert_eq!(
        Scene::new().kinds(&AcceptIssue { issue: waste() }),
        Err("UNKNOWN_ISSUE".to_owned())
    );
}

#[test]
fn a_merged_issue_takes_nothing_but_says_where_it_lives_on() {
    let merged = [active(), vec![Fact::IssueMerged { into: other() }]].concat();
    for command in [
        Command::Accept,
        Command::Reopen,
        Command::AddEvidence(evidence()),
        Command::Endorse { stakeholder: shelter() },
        Command::SetUrgency(Urgency::High),
        Command::WithdrawEndorsement { stakeholder: shelter() },
    ] {
        given::<Issue>(merged.clone())
            .when(command)
            .then_rejected(Rejection::MergedInto { issue: other() });
    }
}

#[test]
fn merging_takes_endorsements_and_the_title_along() {
    let endorsed = vec![Fact::IssueEndorsed { stakeholder: shelter() }];
    let mut scene = Scene::new();
    scene.act(&act(2, "Food waste")).unwrap();
    scene.act(&act(3, "Wasted food")).unwrap();
    let accepted = [vec![Fact::IssueAccepted {}], endorsed].concat();
    let mut scene = scene.with::<Issue>(waste(), accepted);
    let merge = MergeIssue { issue: waste(), into: other() };
    assert_eq!(scene.kinds(&merge), Ok(vec!["IssueMerged", "IssueAbsorbed", "IssueTitlePassed"]));
    let target = scene.state::<Issue>(other()).unwrap();
    assert!(target.endorsed_by().contains(&shelter()));
    let refusal = scene.act(&act(5, "FOOD WASTE")).unwrap_err();
    assert_eq!(refusal.code, "DUPLICATE_OF");
    assert_eq!(refusal.details["issue"], other().to_string());
}

#[test]
fn merging_in_circles_into_oneself_or_into_what_has_ended_is_refused() {
    let merge = |from, into| MergeIssue { issue: from, into };
    let into_waste = vec![proposed(), Fact::IssueMerged { into: waste() }];
    let mut scene = Scene::new()
        .with::<Issue>(waste(), active())
        .with::<Issue>(other(), into_waste)
        .with::<Issue>(id::<IssueKind>(30), closed());
    assert_eq!(scene.kinds(&merge(waste(), waste())), Err("SELF_MERGE".to_owned()));
    assert_eq!(scene.kinds(&merge(waste(), other())), Err("CYCLE_DETECTED".to_owned()));
    assert_eq!(scene.kinds(&merge(waste(), id(30))), Err("TARGET_CLOSED".to_owned()));
    assert_eq!(scene.kinds(&merge(waste(), id(31))), Err("UNKNOWN_ISSUE".to_owned()));
    let mut scene = scene.with::<Issue>(id::<IssueKind>(32), active());
    assert_eq!(scene.kinds(&merge(id(32), other())), Err("MERGED_INTO".to_owned()));
}

#[test]
fn a_second_issue_of_one_title_is_noticed_and_gets_its_own_slug_when_insisted_upon() {
    let mut scene = Scene::new();
    let decision = scene.act(&act(2, "Food waste")).unwrap();
    assert_eq!(decision.about, waste().to_string());
    let kinds: Vec<_> = decision.drafts.iter().map(|draft| draft.kind).collect();
    assert_eq!(kinds, ["IssueTitleTaken", "IssueProposed", "EvidenceAdded"]);
    assert_eq!(scene.kinds(&act(2, "Food waste")), Ok(vec![]));
    assert_eq!(scene.kinds(&act(3, "food  WASTE!")), Err("DUPLICATE_OF".to_owned()));
    let insisted = scene.act(&ProposeIssue { force: true, ..act(3, "food waste!") }).unwrap();
    assert!(insisted.drafts[1].payload.contains("\"food-waste-2\""));
}

#[test]
fn a_declined_issue_frees_its_title_but_never_its_slug() {
    let mut scene = Scene::new().by(curator());
    scene.act(&act(2, "Food waste")).unwrap();
    let decline = DeclineIssue { issue: waste(), reason: words("no") };
    assert_eq!(scene.kinds(&decline), Ok(vec!["IssueDeclined", "IssueTitleFreed"]));
    let again = scene.act(&act(3, "Food waste")).unwrap();
    assert!(again.drafts[1].payload.contains("\"food-waste-2\""));
}

#[test]
fn an_edit_on_an_older_version_is_a_conflict() {
    let set =
        |expected_version| SetUrgency { issue: waste(), urgency: Urgency::High, expected_version };
    let mut scene = Scene::new().with::<Issue>(waste(), active());
    assert_eq!(scene.kinds(&set(Some(2))), Err("VERSION_CONFLICT".to_owned()));
    assert_eq!(scene.kinds(&set(Some(3))), Ok(vec!["UrgencySet"]));
    let region = |expected_version| SetRegion { issue: waste(), region: None, expected_version };
    assert_eq!(scene.kinds(&region(Some(3))), Err("VERSION_CONFLICT".to_owned()));
    assert_eq!(scene.kinds(&region(Some(4))), Ok(vec!["RegionSet"]));
}

#[test]
fn members_propose_and_curators_decide() {
    assert!(act(2, "x y").permits(&member()) && !act(2, "x y").permits(&Actor::visitor()));
    let add = AddEvidence { issue: waste(), evidence: evidence() };
    assert!(add.permits(&member()) && !add.permits(&Actor::visitor()));
    let issue = waste();
    assert!(AcceptIssue { issue }.permits(&curator()) && !AcceptIssue { issue }.permits(&member()));
    assert!(!StartReview { issue }.permits(&member()) && !ReopenIssue { issue }.permits(&member()));
    assert!(!MergeIssue { issue, into: other() }.permits(&member()));
    assert!(!DeclineIssue { issue, reason: words("no") }.permits(&member()));
}

#[test]
fn every_act_on_one_issue_reaches_it() {
    let issue = waste();
    let mut scene = Scene::new().by(curator());
    scene.act(&act(2, "Food waste")).unwrap();
    assert_eq!(scene.kinds(&StartReview { issue }), Ok(vec!["ReviewStarted"]));
    assert_eq!(scene.kinds(&AcceptIssue { issue }), Ok(vec!["IssueAccepted"]));
    let add = AddEvidence { issue, evidence: evidence() };
    assert_eq!(scene.kinds(&add), Ok(vec!["EvidenceAdded"]));
    assert_eq!(scene.kinds(&RetractEvidence { issue, evidence: 2 }), Ok(vec!["EvidenceRetracted"]));
    assert_eq!(scene.kinds(&LinkSdg { issue, goals: vec![11] }), Ok(vec!["SdgLinked"]));
    assert_eq!(scene.kinds(&CloseIssue { issue, why: words("done") }), Ok(vec!["IssueClosed"]));
    assert_eq!(scene.kinds(&ReopenIssue { issue }), Ok(vec!["IssueReopened"]));
}

#[test]
fn every_fact_is_read_back_as_it_was_written() {
    samples_are_read_back::<Fact>();
    samples_are_read_back::<AgendaFact>();
}

fn any_command() -> impl Strategy<Value = Command> {
    let stakeholder = (0..3_u64).prop_map(id::<StakeholderKind>);
    prop_oneof![
        Just(Command::Propose(Proposal { evidence: vec![], ..proposal() })),
        Just(Command::AddEvidence(evidence())),
        (1..4_u32).prop_map(|evidence| Command::RetractEvidence { evidence }),
        Just(Command::StartReview),
        Just(Command::Accept),
        Just(Command::Decline { reason: words("no") }),
        stakeholder.clone().prop_map(|stakeholder| Command::Endorse { stakeholder }),
        stakeholder.prop_map(|stakeholder| Command::WithdrawEndorsement { stakeholder }),
        Just(Command::Close { why: words("done") }),
        Just(Command::Reopen),
        (1..20_u8).prop_map(|goal| Command::LinkSdg(vec![goal])),
        Just(Command::MergeInto(other())),
        Just(Command::Absorb { from: other(), endorsed_by: vec![id(0), id(1)] }),
    ]
}

proptest! {
    #[test]
    fn whatever_is_asked_one_endorsement_each_evidence_first_and_merged_is_the_end(
        commands in proptest::collection::vec(any_command(), 0..60)
    ) {
        let moment = Moment { now: noon(), actor: curator() };
        let (mut state, mut history) = (Issue::default(), Vec::new());
        for command in commands {
            let Ok(facts) = state.decide(command, &moment) else { continue };
            prop_assert!(facts.is_empty() || state.stage() != Stage::Merged);
            for fact in &facts {
                state.evolve(fact);
            }
            history.extend(facts);
        }
        let mut standing: Vec<StakeholderId> = Vec::new();
        let (mut live, mut retracted) = (0_i32, 0_i32);
        for fact in &history {
            match fact {
                Fact::EvidenceAdded { .. } => live += 1,
                Fact::EvidenceRetracted { .. } => { live -= 1; retracted += 1; }
                Fact::IssueAccepted {} => prop_assert!(live > 0, "after {} retractions", retracted),
                Fact::IssueEndorsed { stakeholder } => {
                    prop_assert!(!standing.contains(stakeholder));
                    standing.push(*stakeholder);
                }
                Fact::IssueAbsorbed { endorsed_by, .. } => {
                    prop_assert!(endorsed_by.iter().all(|one| !standing.contains(one)));
                    standing.extend(endorsed_by);
                }
                Fact::EndorsementWithdrawn { stakeholder } => {
                    prop_assert!(standing.contains(stakeholder));
                    standing.retain(|one| one != stakeholder);
                }
                _ => {}
            }
        }
        let replayed = Issue::after(&history);
        prop_assert_eq!(format!("{replayed:?}"), format!("{state:?}"));
    }
}
