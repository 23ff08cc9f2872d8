//! Given what happened to an event, when something is asked, then this happens or is refused.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Utc};
use kernel::testing::{Scene, given, id, noon};
use kernel::{Actor, Decider, Fact as _, PersonId, Role, Zone};

use super::decider::{Command, Description, Event, Proposal, Rejection, Report, Schedule, Status};
use super::fact::Fact;
use super::import::{Import, ImportFact};
use super::when::{Fold, Format, Keep, Mode, Venue, When};
use super::{EventId, ImportEvent, ProposeEvent};
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

// Time and place

#[test]
fn an_accepted_event_is_scheduled_and_scheduled_again() {
    given::<Event>(accepted()).when(Command::Schedule(same())).then([scheduled()]);
    let again = || accepted().into_iter().chain([scheduled()]);
    given::<Event>(again()).when(Command::Schedule(same())).then_nothing();
    let when = evening_at("2026-12-02T19:00:00", "2026-12-02T22:00:00");
    given::<Event>(again())
        .when(Command::Schedule(asked("2026-12-02T19:00:00", "2026-12-02T22:00:00")))
        .then([Fact::EventScheduled { when, venue: Some(venue()), link: None }]);
}

#[test]
fn a_proposal_or_a_public_event_is_not_scheduled() {
    given::<Event>([proposed()])
        .when(Command::Schedule(same()))
        .then_rejected(wrong(Status::Proposed));
    given::<Event>(public())
        .when(Command::Schedule(same()))
        .then_rejected(wrong(Status::Published));
}

#[test]
fn an_event_ends_after_it_starts() {
    let (starts, ends) = ("2026-12-01T19:00:00", "2026-12-01T19:00:00");
    given::<Event>(accepted()).when(Command::Schedule(asked(starts, ends))).then_rejected(
        Rejection::EndBeforeStart { starts_at: local(starts), ends_at: local(ends) },
    );
}

#[test]
fn e27_half_past_two_on_a_spring_sunday_is_refused_with_both_neighbours() {
    given::<Event>(accepted())
        .when(Command::Schedule(asked("2027-03-28T02:30:00", "2027-03-28T05:00:00")))
        .then_rejected(Rejection::NonexistentLocalTime {
            input: "startsAt".into(),
            before: local("2027-03-28T01:59:00"),
            after: local("2027-03-28T03:00:00"),
        });
}

#[test]
fn e27_half_past_two_on_an_autumn_sunday_asks_which() {
    let ask = |fold| Schedule { fold, ..asked("2027-10-31T02:30:00", "2027-10-31T05:00:00") };
    let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    let choices = [at("2027-10-31T00:30:00Z"), at("2027-10-31T01:30:00Z")];
    given::<Event>(accepted())
        .when(Command::Schedule(ask(None)))
        .then_rejected(Rejection::AmbiguousLocalTime {
            input: "startsAt".into(),
            local: local("2027-10-31T02:30:00"),
            choices,
        });
    for (fold, starts_at) in [(Fold::Earlier, choices[0]), (Fold::Later, choices[1])] {
        let facts = Event::after(&accepted())
            .decide(Command::Schedule(ask(Some(fold))), &moment())
            .unwrap();
        let Fact::EventScheduled { when, .. } = &facts[0] else { panic!("{facts:?}") };
        assert_eq!(when.starts_at, starts_at);
        assert_eq!(when.rechecked(), *when, "the choice survives a new look at the tables");
    }
}

fn moment() -> kernel::Moment {
    kernel::Moment { now: noon(), actor: Actor::system("test") }
}

#[test]
fn e49_the_year_2999_is_too_far_away() {
    given::<Event>(accepted())
        .when(Command::Schedule(asked("2026-12-01T19:00:00", "2999-12-31T23:59:00")))
        .then_rejected(Rejection::TooFarAway { year: 2999, latest: 2200 });
}

#[test]
fn publishing_needs_a_room_or_a_link_as_the_mode_asks() {
    let unreachable = |mode, venue, link| {
        let mut facts = accepted();
        if let Fact::EventProposed { mode: asked, .. } = &mut facts[0] {
            *asked = mode;
        }
        facts.push(Fact::EventScheduled { when: evening(), venue, link });
        Event::after(&facts).decide(Command::Publish, &moment())
    };
    let link = || Some("https://meet.example".to_owned());
    let no = |mode| Err(Rejection::NoRoomOrLink { mode });
    let yes = Ok(vec![Fact::EventPublished { when: evening(), sequence: 0 }]);
    assert_eq!(unreachable(Mode::InPerson, None, link()), no(Mode::InPerson));
    assert_eq!(unreachable(Mode::Online, Some(venue()), None), no(Mode::Online));
    assert_eq!(unreachable(Mode::Either, None, None), no(Mode::Either));
    assert_eq!(unreachable(Mode::Online, None, link()), yes);
    assert_eq!(unreachable(Mode::Either, None, link()), yes);
}

#[test]
fn only_a_scheduled_event_is_published_and_only_once() {
    given::<Event>(accepted()).when(Command::Publish).then_rejected(wrong(Status::Accepted));
    given::<Event>(public()).when(Command::Publish).then_nothing();
}

// Changes after publication: SEQUENCE and whether people are asked again

#[test]
fn e16_another_time_moves_the_sequence_and_asks_again() {
    let when = evening_at("2026-12-02T19:00:00", "2026-12-02T22:00:00");
    let moved = Fact::EventRescheduled {
        from: evening(),
        when,
        venue: Some(venue()),
        link: None,
        material: true,
        sequence: Some(1),
        status: Status::Published,
    };
    given::<Event>(public())
        .when(Command::Reschedule(asked("2026-12-02T19:00:00", "2026-12-02T22:00:00")))
        .then([moved.clone()]);
    let event = Event::after(&public_then([moved]));
    assert_eq!((event.sequence(), event.asked_at_sequence()), (1, 1));
    given::<Event>(public()).when(Command::Reschedule(same())).then_nothing();
}

#[test]
fn e16_a_typing_error_in_the_place_is_told_to_calendars_and_asks_nobody_again() {
    let venue = Some(Venue { name: "the  commons".into(), ..venue() });
    let facts = Event::after(&public())
        .decide(Command::Reschedule(Schedule { venue, ..same() }), &moment())
        .unwrap();
    assert!(matches!(
        facts[..],
        [Fact::EventRescheduled { material: false, sequence: Some(1), .. }]
    ));
    assert_eq!(Event::after(&public_then(facts)).asked_at_sequence(), 0);
}

#[test]
fn e16_a_new_description_moves_no_sequence_and_a_new_title_does() {
    let described = |title: &str, description: &str, sequence| Fact::EventDescribed {
        title: title.into(),
        purpose: "Nobody eats alone".into(),
        description: description.into(),
        access_info: String::new(),
        sequence,
    };
    given::<Event>(public())
        .when(Command::Describe(words("Soup", "Bring a bowl.")))
        .then([described("Soup", "Bring a bowl.", None)]);
    given::<Event>(public()).when(Command::Describe(words("Stew", ""))).then([described(
        "Stew",
        "",
        Some(1),
    )]);
    given::<Event>(public()).when(Command::Describe(words("Soup", ""))).then_nothing();
    given::<Event>(accepted())
        .when(Command::Describe(words("Stew", "")))
        .then([described("Stew", "", None)]);
}

#[test]
fn an_unpublished_event_is_not_rescheduled_and_a_public_one_keeps_a_place() {
    given::<Event>(accepted())
        .when(Command::Reschedule(same()))
        .then_rejected(wrong(Status::Accepted));
    given::<Event>(public())
        .when(Command::Reschedule(Schedule { venue: None, ..same() }))
        .then_rejected(Rejection::NoRoomOrLink { mode: Mode::InPerson });
}

#[test]
fn e29_correcting_the_zone_keeps_the_wall_or_the_instant() {
    let seoul = zone("Asia/Seoul");
    let change = |keep| Command::ChangeZone { zone: seoul, keep, fold: None };
    let wall =
        When::between(local("2026-12-01T19:00:00"), local("2026-12-01T22:00:00"), seoul, None);
    let changed = |when, keep, material, sequence| Fact::EventTimeZoneChanged {
        from: evening(),
        when,
        keep,
        material,
        sequence,
    };
    given::<Event>(public()).when(change(Keep::Wall)).then([changed(
        wall.unwrap(),
        Keep::Wall,
        true,
        Some(1),
    )]);
    let instant = When {
        starts: local("2026-12-02T03:00:00"),
        ends: local("2026-12-02T06:00:00"),
        zone: seoul,
        ..evening()
    };
    given::<Event>(public()).when(change(Keep::Instant)).then([changed(
        instant,
        Keep::Instant,
        false,
        None,
    )]);
    let amsterdam = zone("Europe/Amsterdam");
    given::<Event>(public())
        .when(Command::ChangeZone { zone: amsterdam, keep: Keep::Wall, fold: None })
        .then_nothing();
    given::<Event>(accepted()).when(change(Keep::Wall)).then_rejected(wrong(Status::Accepted));
}

#[test]
fn e28_new_zone_tables_move_the_instant_and_never_the_wall_time() {
    let old_law = When { starts_at: evening().starts_at - Duration::hours(1), ..evening() };
    let stale = public_then([Fact::EventInstantShifted {
        from: evening(),
        when: old_law,
        sequence: Some(1),
    }]);
    given::<Event>(stale).when(Command::Recheck).then([Fact::EventInstantShifted {
        from: old_law,
        when: evening(),
        sequence: Some(2),
    }]);
    given::<Event>(public()).when(Command::Recheck).then_nothing();
}

#[test]
fn a_postponed_event_comes_back_with_a_new_time() {
    let postponed = public_then([Fact::EventPostponed { sequence: Some(1) }]);
    given::<Event>(public())
        .when(Command::Postpone)
        .then([Fact::EventPostponed { sequence: Some(1) }]);
    given::<Event>(postponed.clone()).when(Command::Postpone).then_nothing();
    given::<Event>(postponed.clone()).when(Command::Reschedule(same())).then([
        Fact::EventRescheduled {
            from: evening(),
            when: evening(),
            venue: Some(venue()),
            link: None,
            material: false,
            sequence: Some(2),
            status: Status::Published,
        },
    ]);
    given::<Event>(accepted()).when(Command::Postpone).then_rejected(wrong(Status::Accepted));
}

#[test]
fn e14_a_cancelled_event_accepts_nothing_but_its_reinstatement() {
    given::<Event>(public()).when(cancel()).then([cancelled()]);
    given::<Event>([proposed()])
        .when(cancel())
        .then([Fact::EventCancelled { reason: "storm".into(), sequence: None }]);
    for command in [
        cancel(),
        Command::Publish,
        Command::Postpone,
        Command::Reschedule(same()),
        Command::OpenRegistration,
        Command::Describe(words("Stew", "")),
    ] {
        given::<Event>(public_then([cancelled()]))
            .when(command)
            .then_rejected(Rejection::AlreadyCancelled {});
    }
}

#[test]
fn e15_reinstated_it_is_what_it_was_under_a_higher_sequence_and_answers_stand() {
    let back = Fact::EventReinstated {
        status: Status::Published,
        when: Some(evening()),
        sequence: Some(2),
    };
    given::<Event>(public_then([cancelled()])).when(Command::Reinstate).then([back.clone()]);
    let event = Event::after(&public_then([cancelled(), back]));
    assert_eq!((event.status(), event.sequence()), (Status::Published, 2));
    assert_eq!(event.asked_at_sequence(), 0);
    given::<Event>(public()).when(Command::Reinstate).then_rejected(wrong(Status::Published));
}

#[test]
fn postponed_and_then_cancelled_it_comes_back_as_public() {
    let facts = public_then([Fact::EventPostponed { sequence: Some(1) }, cancelled()]);
    let back = Fact::EventReinstated {
        status: Status::Published,
        when: Some(evening()),
        sequence: Some(2),
    };
    given::<Event>(facts).when(Command::Reinstate).then([back]);
}

#[test]
fn registration_closes_and_opens() {
    let closed = || Fact::EventRegistrationClosed {};
    given::<Event>(public()).when(Command::CloseRegistration).then([closed()]);
    given::<Event>(public()).when(Command::OpenRegistration).then_nothing();
    given::<Event>(public_then([closed()]))
        .when(Command::OpenRegistration)
        .then([Fact::EventRegistrationOpened {}]);
    given::<Event>(accepted())
        .when(Command::OpenRegistration)
        .then_rejected(wrong(Status::Accepted));
    let event = Event::after(&public_then([closed(), Fact::EventRegistrationOpened {}]));
    assert!(event.takes_registrations(noon()));
    assert!(!event.takes_registrations(evening().starts_at));
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

// Imports

fn import() -> ImportEvent {
    let day = |day| NaiveDate::from_ymd_opt(2025, 3, day).unwrap();
    ImportEvent {
        hub: id(1),
        event: id(5),
        key: "9f86d081".into(),
        title: "Open data day".into(),
        url: Some("https://example.org/odd".into()),
        starts_on: day(1),
        ends_on: day(3),
        zone: zone("Europe/Amsterdam"),
        city: Some("The Hague".into()),
        country: Some("NL".into()),
        mode: Mode::InPerson,
        topic: Some("open data".into()),
        issue: None,
    }
}

#[test]
fn a_past_event_is_imported_once_as_one_that_happened_then() {
    let mut scene = Scene::new();
    let decision = scene.act(&import()).unwrap();
    let kinds: Vec<_> = decision.drafts.iter().map(|draft| draft.kind).collect();
    assert_eq!(kinds, ["EventImported", "EventEnded", "ImportKeyUsed"]);
    let started = "2025-02-28T23:00:00Z".parse::<DateTime<Utc>>().unwrap();
    assert!(decision.drafts.iter().all(|draft| draft.occurred_at == Some(started)));
    let again = scene.act(&ImportEvent { event: id(6), ..import() }).unwrap();
    assert!(again.drafts.is_empty());
    assert_eq!(again.about, id::<super::EventKind>(5).to_string());
}

#[test]
fn e30_an_imported_event_lasts_whole_days_and_takes_no_registration_here() {
    let event: EventId = id(5);
    let future = |year, day| NaiveDate::from_ymd_opt(year, 3, day).unwrap();
    let mut scene = Scene::new();
    let act = ImportEvent { starts_on: future(2027, 1), ends_on: future(2027, 2), ..import() };
    assert_eq!(scene.kinds(&act), Ok(vec!["EventImported", "ImportKeyUsed"]));
    let state = scene.state::<Event>(event).unwrap();
    assert!(state.when().unwrap().all_day && state.is_announced());
    assert!(!state.takes_registrations(noon()));
    let other_key = ImportEvent { key: "aa".into(), ..act.clone() };
    assert_eq!(scene.kinds(&other_key), Err("WRONG_STATE".into()));
    let endless = ImportEvent { event: id(9), key: "bb".into(), ends_on: future(2999, 1), ..act };
    assert_eq!(scene.kinds(&endless), Err("TOO_FAR_AWAY".into()));
    let inverted = ImportEvent { ends_on: endless.starts_on, ..endless };
    assert_eq!(scene.kinds(&inverted), Err("END_BEFORE_START".into()));
}

#[test]
fn whole_days_begin_where_midnight_does_not_exist() {
    // Beirut moves its clocks at midnight: 28 March 2027 begins at one.
    let day = |day| NaiveDate::from_ymd_opt(2027, 3, day).unwrap();
    let when = When::days(day(28), day(29), zone("Asia/Beirut")).unwrap();
    assert_eq!((when.ends_at - when.starts_at).num_hours(), 23);
}

// Facts and effects

#[test]
fn every_fact_has_a_sample_that_is_written_and_read_alike() {
    let kinds: Vec<_> = Fact::samples().iter().map(kernel::Fact::kind).collect();
    assert_eq!(kinds, Fact::KINDS);
    for sample in Fact::samples() {
        let text = serde_json::to_string(&sample).unwrap();
        assert_eq!(serde_json::from_str::<Fact>(&text).unwrap(), sample);
    }
    assert_eq!(ImportFact::samples().len(), ImportFact::KINDS.len());
    assert_eq!(Import::stream("x").as_str(), "import/x");
}

fn recorded(fact: Fact) -> kernel::Recorded<Fact> {
    kernel::Recorded {
        journal: "hub".into(),
        position: 1,
        stream: Event::stream(id::<super::EventKind>(5)),
        version: 1,
        kind: fact.kind().to_owned(),
        schema: 1,
        recorded_at: noon(),
        occurred_at: None,
        actor: "tester".into(),
        command_id: uuid::Uuid::nil(),
        ordinal: 0,
        caused_by: None,
        correlation: None,
        fact,
    }
}

#[test]
fn a_change_calendars_must_hear_waits_two_minutes_and_replaces_an_older_one() {
    let event: EventId = id(5);
    let effects = super::react::react(&recorded(Fact::EventPostponed { sequence: Some(3) }));
    assert_eq!(effects.len(), 1);
    assert_eq!(effects[0].lane, format!("event/{event}"));
    assert!(effects[0].supersedes);
    assert_eq!(effects[0].due_at, Some(noon() + Duration::seconds(120)));
    assert_eq!(effects[0].body["template"], "event-updated");
    assert_eq!(effects[0].body["with"]["sequence"], 3);
    assert!(super::react::react(&recorded(Fact::EventPostponed { sequence: None })).is_empty());
}

#[test]
fn a_cancellation_is_told_at_once_instead_of_a_waiting_update() {
    let effects = super::react::react(&recorded(cancelled()));
    assert_eq!((effects.len(), effects[0].due_at), (1, None));
    assert!(effects[0].supersedes);
    assert_eq!(effects[0].body["template"], "event-cancelled");
}

#[test]
fn a_published_event_has_a_timer_at_its_end() {
    let fact = Fact::EventPublished { when: evening(), sequence: 0 };
    let effects = super::react::react(&recorded(fact));
    assert_eq!((effects[0].kind, effects[0].due_at), ("timer", Some(evening().ends_at)));
    assert_eq!(effects[0].body["act"], "EndEvent");
}
