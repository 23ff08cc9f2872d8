//! Given what happened to a series, when something is asked, then this happens or is refused.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]

mod api;
mod calendars;
mod invites;

use chrono::{Duration, NaiveDateTime, NaiveTime};
use kernel::testing::{Scene, given, id, noon, samples_are_read_back};
use kernel::{Decider as _, Zone};

use super::decider::{AHEAD_MAX, Command, Plan, Rejection, Series};
use super::fact::{Fact, Idea, Planned, Slot};
use super::{ChangeSeries, EndSeries, ExtendSeries, PlanSeries, PublishSeries, SeriesId};
use crate::desk::Desk;
use crate::event::decider::Description;
use crate::event::{CancelEvent, Capacity, Event, EventId, Format, Status, Venue};

fn local(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

fn zone() -> Zone {
    Zone::parse("Europe/London").unwrap()
}

fn venue(name: &str) -> Venue {
    Venue { name: name.into(), address: None, city: None, geo: None }
}

fn slot(hour: u32) -> Slot {
    let starts = NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    Slot { starts, minutes: 60, venue: Some(venue("The Commons")), link: None }
}

fn words() -> Description {
    Description {
        title: "Open hour".into(),
        purpose: "Meet who works here".into(),
        ..Description::default()
    }
}

fn idea() -> Idea {
    Idea {
        need: Some("to know each other".into()),
        format: Format::NetworkingHour,
        capacity: Capacity::Limited(12),
        waitlist: true,
        ..Idea::default()
    }
}

fn events(from: u64) -> Vec<EventId> {
    (from..from + 60).map(id).collect()
}

/// Four Mondays at six, over the weekend on which British clocks change (28 March 2027).
fn act() -> PlanSeries {
    PlanSeries {
        hub: id(1),
        series: id(5),
        idea: idea(),
        words: words(),
        rule: "FREQ=WEEKLY;COUNT=4".into(),
        first: local("2027-03-15T18:00:00"),
        zone: zone(),
        slot: slot(18),
        except: vec![],
        events: events(100),
    }
}

fn plan() -> Plan {
    let PlanSeries { idea, words, rule, first, zone, slot, except, events, .. } = act();
    Plan { idea, words, rule, first, zone, slot, except, events }
}

fn planned() -> Fact {
    let dates = ["15", "22", "29"].map(|day| local(&format!("2027-03-{day}T18:00:00")));
    let dates = dates.into_iter().chain([local("2027-04-05T18:00:00")]).zip(events(100));
    let Plan { idea, words, rule, first, zone, slot, except, .. } = plan();
    let dates = dates.map(|(date, event)| Planned { date, event }).collect();
    Fact::SeriesPlanned { idea, words, rule, first, zone, slot, except, dates }
}

fn scene() -> Scene {
    let mut scene = Scene::new();
    scene.act(&act()).unwrap();
    scene.act(&PublishSeries { series: id(5) }).unwrap();
    scene
}

fn event(number: u64) -> EventId {
    id(100 + number)
}

// The series itself.

#[test]
fn a_rule_is_planned_with_all_its_dates() {
    given::<Series>([]).when(Command::Plan(Box::new(plan()))).then([planned()]);
    samples_are_read_back::<Fact>();
}

#[test]
fn a_date_may_be_left_out_if_it_is_one() {
    let holiday = local("2027-03-29T18:00:00");
    let facts = Series::default()
        .decide(
            Command::Plan(Box::new(Plan { except: vec![holiday], ..plan() })),
            &kernel::Moment { now: noon(), actor: kernel::Actor::system("test") },
        )
        .unwrap();
    let Fact::SeriesPlanned { dates, except, .. } = &facts[0] else { panic!("{facts:?}") };
    assert_eq!((dates.len(), except.as_slice()), (3, &[holiday][..]));
    assert!(dates.iter().all(|planned| planned.date != holiday));
    let date = local("2027-03-30T18:00:00");
    given::<Series>([])
        .when(Command::Plan(Box::new(Plan { except: vec![date], ..plan() })))
        .then_rejected(Rejection::NotOneOfItsDates { date });
}

#[test]
fn rules_that_make_no_series_are_refused() {
    let with = |rule: &str| Command::Plan(Box::new(Plan { rule: rule.into(), ..plan() }));
    let endless = "FREQ=WEEKLY";
    given::<Series>([])
        .when(with(endless))
        .then_rejected(Rejection::RuleInvalid { rule: endless.into() });
    let tuesdays = "FREQ=WEEKLY;BYDAY=TU;COUNT=4";
    given::<Series>([]).when(with(tuesdays)).then_rejected(Rejection::NotItsFirstDate {
        rule: tuesdays.into(),
        date: local("2027-03-15T18:00:00"),
    });
    given::<Series>([])
        .when(with("FREQ=WEEKLY;COUNT=54"))
        .then_rejected(Rejection::TooManyDates { dates: 54, max: AHEAD_MAX });
    let all = planned();
    let Fact::SeriesPlanned { dates, .. } = &all else { panic!("{all:?}") };
    let except = dates.iter().map(|planned| planned.date).collect();
    given::<Series>([])
        .when(Command::Plan(Box::new(Plan { except, ..plan() })))
        .then_rejected(Rejection::NoDateLeft {});
}

#[test]
fn a_series_goes_on_by_the_same_rule_and_never_loses_a_date() {
    let longer = || "FREQ=WEEKLY;COUNT=6".to_owned();
    let dates = [(local("2027-04-12T18:00:00"), id(200)), (local("2027-04-19T18:00:00"), id(201))];
    let dates: Vec<_> = dates.map(|(date, event)| Planned { date, event }).into();
    let extend = |rule: String| Command::Extend { rule, events: events(200) };
    let extended =
        |sequence| Fact::SeriesExtended { rule: longer(), dates: dates.clone(), sequence };
    given::<Series>([planned()]).when(extend(longer())).then([extended(0)]);
    given::<Series>([planned(), Fact::SeriesPublished {}])
        .when(extend(longer()))
        .then([extended(1)]);
    for rule in ["FREQ=WEEKLY;COUNT=4", "FREQ=WEEKLY;COUNT=3", "FREQ=WEEKLY;INTERVAL=2;COUNT=9"] {
        given::<Series>([planned()])
            .when(extend(rule.into()))
            .then_rejected(Rejection::NoDateAdded { rule: rule.into() });
    }
}

#[test]
fn an_ended_series_takes_nothing_more() {
    let ended = || Fact::SeriesEnded { reason: "moved out".into(), sequence: 1 };
    given::<Series>([planned(), Fact::SeriesPublished {}])
        .when(Command::End { reason: "moved out".into() })
        .then([ended()]);
    for command in [
        Command::Publish,
        Command::End { reason: "again".into() },
        Command::Change { words: words(), slot: slot(19) },
        Command::Extend { rule: "FREQ=WEEKLY;COUNT=9".into(), events: events(200) },
    ] {
        given::<Series>([planned(), ended()]).when(command).then_rejected(Rejection::SeriesOver {});
    }
    given::<Series>([]).when(Command::Publish).then_rejected(Rejection::UnknownSeries {});
}

// The series and its events.

#[test]
fn each_date_is_an_event_of_its_own_with_its_own_places() {
    let mut scene = scene();
    for (number, (day, hour)) in
        [("2027-03-15", 18), ("2027-03-22", 18), ("2027-03-29", 17), ("2027-04-05", 17)]
            .into_iter()
            .enumerate()
    {
        let event = event(u64::try_from(number).unwrap());
        let state = scene.state::<Event>(event).unwrap();
        assert_eq!(state.status(), Status::Published);
        // Six on the wall is five in UTC once the clocks have changed.
        let instant = format!("{day} {hour}:00:00 UTC");
        assert_eq!(state.when().unwrap().starts_at.to_string(), instant);
        assert!(scene.state::<Desk>(event).unwrap().is_open());
    }
    let reason = "a storm".to_owned();
    let kinds = scene.kinds(&CancelEvent { event: event(1), reason });
    assert_eq!(kinds, Ok(vec!["EventCancelled"]));
    assert_eq!(scene.state::<Event>(event(2)).unwrap().status(), Status::Published);
}

#[test]
fn a_change_reaches_what_is_to_come_and_leaves_a_moved_date_its_time() {
    let mut scene = scene();
    let moved = crate::desk::RescheduleEvent {
        event: event(1),
        starts_at: local("2027-03-23T20:00:00"),
        ends_at: local("2027-03-23T21:00:00"),
        zone: zone(),
        fold: None,
        venue: Some(venue("The Commons")),
        link: None,
        capacity: None,
        expected_version: None,
    };
    scene.act(&moved).unwrap();
    scene.act(&CancelEvent { event: event(2), reason: "a storm".into() }).unwrap();
    // The first date has begun.
    let mut scene = scene.at("2027-03-15T18:30:00Z".parse().unwrap());
    let slot = Slot { venue: Some(venue("The Attic")), ..slot(19) };
    let change = ChangeSeries { series: id(5), words: None, slot: Some(slot) };
    let kinds = scene.kinds(&change).unwrap();
    assert_eq!(kinds, ["SeriesChanged", "EventRescheduled", "EventRescheduled"]);
    let starts =
        |scene: &Scene, number| scene.state::<Event>(event(number)).unwrap().when().unwrap().starts;
    assert_eq!(starts(&scene, 0), local("2027-03-15T18:00:00"));
    assert_eq!(starts(&scene, 1), local("2027-03-23T20:00:00"), "it keeps its own time");
    assert_eq!(starts(&scene, 2), local("2027-03-29T18:00:00"), "it is called off");
    assert_eq!(starts(&scene, 3), local("2027-04-05T19:00:00"));
    assert_eq!(scene.state::<Event>(event(3)).unwrap().sequence(), 1);
    assert_eq!(scene.kinds(&change), Ok(vec![]), "the same again is nothing");

    let said = Description { title: "Late hour".into(), ..words() };
    let both = ChangeSeries {
        series: id(5),
        words: Some(said),
        slot: Some(Slot { venue: Some(venue("The Attic")), ..self::slot(20) }),
    };
    scene.act(&both).unwrap();
    assert_eq!(scene.state::<Event>(event(3)).unwrap().sequence(), 2, "one version for one change");
}

#[test]
fn a_change_leaves_each_date_what_was_decided_for_it_by_itself() {
    let mut scene = scene();
    let upstairs = crate::desk::RescheduleEvent {
        event: event(1),
        starts_at: local("2027-03-22T18:00:00"),
        ends_at: local("2027-03-22T19:00:00"),
        zone: zone(),
        fold: None,
        venue: Some(venue("The Attic")),
        link: None,
        capacity: None,
        expected_version: None,
    };
    scene.act(&upstairs).unwrap();
    let Description { purpose, description, access_info, .. } = words();
    let named = crate::event::DescribeEvent {
        event: event(2),
        title: "Open hour with soup".into(),
        purpose,
        description,
        access_info,
        expected_version: None,
    };
    scene.act(&named).unwrap();
    let said = Description { title: "Late hour".into(), purpose: "Meet all".into(), ..words() };
    let change = ChangeSeries { series: id(5), words: Some(said), slot: Some(slot(19)) };
    scene.act(&change).unwrap();
    let of = |number| scene.state::<Event>(event(number)).unwrap();
    let place = |number| of(number).venue().map(|venue| venue.name.clone()).unwrap();
    assert_eq!((place(1), place(3)), ("The Attic".into(), "The Commons".into()));
    assert_eq!(of(1).when().unwrap().starts, local("2027-03-22T19:00:00"), "that was not its own");
    let told = |number| (of(number).words().title.as_str(), of(number).words().purpose.as_str());
    assert_eq!(told(2), ("Open hour with soup", "Meet all"));
    assert_eq!(told(3), ("Late hour", "Meet all"));
}

#[test]
fn what_is_added_is_as_the_series_is_now() {
    let mut scene = scene();
    let change = ChangeSeries { series: id(5), words: None, slot: Some(slot(20)) };
    scene.act(&change).unwrap();
    let rule = "FREQ=WEEKLY;COUNT=5".to_owned();
    scene.act(&ExtendSeries { series: id(5), rule, events: events(200) }).unwrap();
    let added = scene.state::<Event>(id::<crate::event::EventKind>(200)).unwrap();
    assert_eq!(added.status(), Status::Published);
    assert_eq!(added.when().unwrap().starts, local("2027-04-12T20:00:00"));
}

#[test]
fn the_end_of_a_series_calls_off_what_is_to_come() {
    let mut scene = scene().at("2027-03-22T18:30:00Z".parse().unwrap());
    let end = EndSeries { series: id(5), reason: "moved out".into() };
    let kinds = scene.kinds(&end).unwrap();
    assert_eq!(kinds, ["SeriesEnded", "EventCancelled", "EventCancelled"]);
    assert_eq!(scene.state::<Event>(event(1)).unwrap().status(), Status::Published);
    assert_eq!(scene.kinds(&end), Err("SERIES_OVER".into()));
    let change = ChangeSeries { series: id::<super::SeriesKind>(6), words: None, slot: None };
    assert_eq!(scene.kinds(&change), Err("UNKNOWN_SERIES".into()));
    let unused: SeriesId = id(7);
    assert_eq!(scene.kinds(&PublishSeries { series: unused }), Err("UNKNOWN_SERIES".into()));
}

#[test]
fn a_date_on_which_that_time_does_not_exist_refuses_the_whole() {
    // London's clocks jump from one to two on Sunday 28 March 2027.
    let starts = NaiveTime::from_hms_opt(1, 30, 0).unwrap();
    let night = PlanSeries {
        first: local("2027-03-21T01:30:00"),
        slot: Slot { starts, ..slot(18) },
        rule: "FREQ=WEEKLY;COUNT=2".into(),
        ..act()
    };
    assert_eq!(Scene::new().kinds(&night), Err("NONEXISTENT_LOCAL_TIME".into()));
    let later = PlanSeries { first: night.first + Duration::days(14), ..night };
    assert!(Scene::new().act(&later).is_ok());
}
