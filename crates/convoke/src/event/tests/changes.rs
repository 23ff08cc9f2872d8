//! Changes after publication: SEQUENCE, and whether people are asked again.

use super::*;

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

#[test]
fn a_suggested_time_waits_for_the_curator_even_if_it_stays() {
    let suggested =
        || Fact::EventTimeSuggested { when: evening(), venue: Some(venue()), link: None };
    given::<Event>([proposed()])
        .when(Command::Suggest { when: evening(), venue: Some(venue()), link: None })
        .then([suggested()]);
    given::<Event>([proposed(), suggested(), Fact::ProposalAccepted {}])
        .when(Command::Schedule(same()))
        .then([scheduled()]);
    given::<Event>(accepted())
        .when(Command::Suggest { when: evening(), venue: None, link: None })
        .then_rejected(wrong(Status::Accepted));
}
