//! Time and place: wall clocks, zones, and what must be known before people are told.

use super::*;

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
    given::<Event>(accepted()).when(Command::Schedule(ask(None))).then_rejected(
        Rejection::AmbiguousLocalTime {
            input: "startsAt".into(),
            local: local("2027-10-31T02:30:00"),
            choices,
        },
    );
    for (fold, starts_at) in [(Fold::Earlier, choices[0]), (Fold::Later, choices[1])] {
        let facts = Event::after(&accepted())
            .decide(Command::Schedule(ask(Some(fold))), &moment())
            .unwrap();
        let Fact::EventScheduled { when, .. } = &facts[0] else { panic!("{facts:?}") };
        assert_eq!(when.starts_at, starts_at);
        assert_eq!(when.rechecked(), *when, "the choice survives a new look at the tables");
    }
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
