//! Given what happened to an event, when something is asked, then this happens or is refused.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]

pub(crate) mod api;
mod changes;
mod imports;
mod page_of_fifty;
mod sequence;
mod time;
mod view;

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Utc};
use kernel::testing::{Scene, given, id, noon, recorded, samples_are_read_back};
use kernel::{Actor, Decider, Fact as _, PersonId, Role, Zone};

use super::decider::{Command, Description, Event, Proposal, Rejection, Report, Schedule, Status};
use super::fact::Fact;
use super::import::{Import, ImportFact};
use super::when::{Fold, Format, Keep, Mode, Venue, When};
use super::{EventId, EventKind, ImportEvent, ProposeEvent};
use crate::issue::IssueId;

fn zone(name: &str) -> Zone {
    Zone::parse(name).unwrap()
}
fn local(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}
fn venue() -> Venue {
    Venue { name: "The Commons".into(), address: None, city: Some("The Hague".into()), geo: None }
}
fn proposed_by(person: Option<PersonId>) -> Fact {
    Fact::EventProposed {
        issue: Some(id(1)),
        need: None,
        title: "Soup".into(),
        purpose: "Nobody eats alone".into(),
        format: Format::Evening,
        mode: Mode::InPerson,
        host: None,
        proposed_by: person,
    }
}
fn proposed() -> Fact {
    proposed_by(None)
}
fn evening_at(starts: &str, ends: &str) -> When {
    When::between(local(starts), local(ends), zone("Europe/Amsterdam"), None).unwrap()
}
fn evening() -> When {
    evening_at("2026-12-01T19:00:00", "2026-12-01T22:00:00")
}
fn scheduled() -> Fact {
    Fact::EventScheduled { when: evening(), venue: Some(venue()), link: None }
}
fn accepted() -> Vec<Fact> {
    vec![proposed(), Fact::ProposalAccepted {}]
}
fn public() -> Vec<Fact> {
    let mut facts = accepted();
    facts.extend([scheduled(), Fact::EventPublished { when: evening(), sequence: 0 }]);
    facts
}
fn public_then(more: impl IntoIterator<Item = Fact>) -> Vec<Fact> {
    public().into_iter().chain(more).collect()
}
fn cancelled() -> Fact {
    Fact::EventCancelled { reason: "storm".into(), sequence: Some(1) }
}
fn cancel() -> Command {
    Command::Cancel { reason: "storm".into() }
}
fn asked(starts: &str, ends: &str) -> Schedule {
    Schedule {
        starts: local(starts),
        ends: local(ends),
        zone: zone("Europe/Amsterdam"),
        fold: None,
        venue: Some(venue()),
        link: None,
    }
}
fn same() -> Schedule {
    asked("2026-12-01T19:00:00", "2026-12-01T22:00:00")
}
fn idea(issue: Option<IssueId>, need: Option<&str>) -> Proposal {
    Proposal {
        issue,
        need: need.map(Into::into),
        title: "Soup".into(),
        purpose: "Nobody eats alone".into(),
        format: Format::Evening,
        mode: Mode::InPerson,
        host: None,
    }
}
fn words(title: &str, description: &str) -> Description {
    Description {
        title: title.into(),
        purpose: "Nobody eats alone".into(),
        description: description.into(),
        access_info: String::new(),
    }
}
fn wrong(is: Status) -> Rejection {
    Rejection::WrongState { is }
}

// Proposals

#[test]
fn an_event_is_proposed_for_an_issue() {
    given::<Event>([]).when(Command::Propose(idea(Some(id(1)), None))).then([proposed()]);
}

#[test]
fn an_event_without_issue_and_need_has_no_purpose() {
    for need in [None, Some("  ")] {
        given::<Event>([])
            .when(Command::Propose(idea(None, need)))
            .then_rejected(Rejection::PurposeMissing {});
    }
}

#[test]
fn an_event_is_proposed_once() {
    given::<Event>([proposed()])
        .when(Command::Propose(idea(Some(id(1)), None)))
        .then_rejected(wrong(Status::Proposed));
}

#[test]
fn what_nobody_proposed_is_unknown() {
    given::<Event>([]).when(Command::Publish).then_rejected(Rejection::UnknownEvent {});
}

#[test]
fn a_curator_accepts_or_declines_a_proposal() {
    given::<Event>([proposed()]).when(Command::Accept).then([Fact::ProposalAccepted {}]);
    given::<Event>(accepted()).when(Command::Accept).then_nothing();
    let reason = || kernel::Personal::new(id(9), "too late".to_owned());
    given::<Event>([proposed()])
        .when(Command::Decline { reason: reason() })
        .then([Fact::ProposalDeclined { reason: reason() }]);
    given::<Event>([proposed(), Fact::ProposalDeclined { reason: reason() }])
        .when(Command::Accept)
        .then_rejected(wrong(Status::Declined));
}

#[test]
fn a_proposal_is_taken_back_by_its_proposer_or_a_curator_only() {
    let (ada, bob) = (id(7), id(8));
    let member = |person| Actor::person(person, [Role::Member]);
    let fresh = || given::<Event>([proposed_by(Some(ada))]);
    fresh().by(member(ada)).when(Command::Withdraw).then([Fact::ProposalWithdrawn {}]);
    fresh().by(member(bob)).when(Command::Withdraw).then_rejected(Rejection::NotYourProposal {});
    fresh()
        .by(Actor::person(bob, [Role::Curator]))
        .when(Command::Withdraw)
        .then([Fact::ProposalWithdrawn {}]);
    given::<Event>([proposed(), Fact::ProposalWithdrawn {}])
        .when(cancel())
        .then_rejected(wrong(Status::Withdrawn));
}

#[test]
fn an_event_is_proposed_for_an_active_issue_only() {
    let act = ProposeEvent {
        hub: id(1),
        event: id(2),
        issue: Some(id(3)),
        need: None,
        title: "Soup".into(),
        purpose: "Nobody eats alone".into(),
        format: Format::Evening,
        mode: Mode::InPerson,
        host: None,
    };
    assert_eq!(Scene::new().kinds(&act), Err("ISSUE_NOT_ACTIVE".into()));
    let purposeless = ProposeEvent { issue: None, ..act.clone() };
    assert_eq!(Scene::new().kinds(&purposeless), Err("PURPOSE_MISSING".into()));
    let needed = ProposeEvent { need: Some("a kitchen".into()), ..purposeless };
    assert_eq!(Scene::new().kinds(&needed), Ok(vec!["EventProposed"]));
    let active: Vec<_> = crate::issue::Fact::samples()
        .into_iter()
        .filter(|fact| ["IssueProposed", "IssueAccepted"].contains(&fact.kind()))
        .collect();
    let mut scene =
        Scene::new().with::<crate::issue::Issue>(id::<crate::issue::IssueKind>(3), active);
    assert_eq!(scene.kinds(&act), Ok(vec!["EventProposed"]));
}

fn moment() -> kernel::Moment {
    kernel::Moment { now: noon(), actor: Actor::system("test") }
}

// The end

#[test]
fn an_event_ends_when_its_time_is_over_and_a_timer_may_err() {
    let over = evening().ends_at;
    given::<Event>(public()).at(over).when(Command::End).then([Fact::EventEnded {}]);
    given::<Event>(public())
        .when(Command::End)
        .then_rejected(Rejection::NotEnded { ends_at: Some(over) });
    let timer = || Actor::system("timer");
    given::<Event>(public()).by(timer()).when(Command::End).then_nothing();
    given::<Event>(public_then([cancelled()]))
        .at(over)
        .by(timer())
        .when(Command::End)
        .then_nothing();
    given::<Event>(public_then([cancelled()]))
        .at(over)
        .when(Command::End)
        .then_rejected(wrong(Status::Cancelled));
    given::<Event>(public_then([Fact::EventEnded {}])).when(Command::End).then_nothing();
}

#[test]
fn an_event_that_is_over_changes_no_more() {
    let ended = || public_then([Fact::EventEnded {}]);
    for command in [cancel(), Command::Reinstate, Command::Reschedule(same())] {
        given::<Event>(ended()).when(command).then_rejected(Rejection::AlreadyEnded {});
    }
}

#[test]
fn a_report_says_who_was_missing() {
    let report = |missing: &str| {
        Command::Report(Report {
            attendance: 42,
            organisations: 9,
            who_was_missing: missing.to_owned(),
        })
    };
    let told = || Fact::EventReported {
        attendance: 42,
        organisations: 9,
        who_was_missing: "the neighbours".into(),
    };
    let ended = || public_then([Fact::EventEnded {}]);
    given::<Event>(ended()).when(report("the neighbours")).then([told()]);
    given::<Event>(ended())
        .when(report(" "))
        .then_rejected(Rejection::ReportIncomplete { missing: vec!["whoWasMissing".into()] });
    given::<Event>(public())
        .when(report("the neighbours"))
        .then_rejected(Rejection::NotEnded { ends_at: Some(evening().ends_at) });
    let reported = public_then([Fact::EventEnded {}, told()]);
    given::<Event>(reported.clone()).when(report("the neighbours")).then_nothing();
    assert_eq!(Event::after(&reported).status(), Status::Reported);
}

// Facts and effects

#[test]
fn every_fact_is_read_back_as_it_was_written() {
    samples_are_read_back::<Fact>();
    assert_eq!(ImportFact::samples().len(), ImportFact::KINDS.len());
    assert_eq!(Import::stream("x").as_str(), "import/x");
}

fn effects_of(fact: Fact) -> Vec<kernel::Effect> {
    super::react::react(&recorded::<Event>(id::<EventKind>(5), fact))
}

#[test]
fn a_change_calendars_must_hear_waits_two_minutes_and_replaces_an_older_one() {
    let event: EventId = id(5);
    let effects = effects_of(Fact::EventPostponed { sequence: Some(3) });
    assert_eq!(effects.len(), 1);
    assert_eq!(effects[0].lane, format!("event/{event}"));
    assert!(effects[0].supersedes);
    assert_eq!(effects[0].due_at, Some(noon() + Duration::seconds(120)));
    assert_eq!(effects[0].body["template"], "event-updated");
    assert_eq!(effects[0].body["with"]["sequence"], 3);
    assert!(effects_of(Fact::EventPostponed { sequence: None }).is_empty());
}

#[test]
fn a_cancellation_is_told_at_once_instead_of_a_waiting_update() {
    let effects = effects_of(cancelled());
    assert_eq!((effects.len(), effects[0].due_at), (1, None));
    assert!(effects[0].supersedes);
    assert_eq!(effects[0].body["template"], "event-cancelled");
}

#[test]
fn a_published_event_has_a_timer_at_its_end() {
    let fact = Fact::EventPublished { when: evening(), sequence: 0 };
    let effects = effects_of(fact);
    assert_eq!((effects[0].kind, effects[0].due_at), ("timer", Some(evening().ends_at)));
    assert_eq!(effects[0].body["act"], "EndEvent");
}
