//! The pace of a relay, minute by minute.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::{Alarm, Answer, DOMAINS_MAX, Limits, OpenCircuits, Pace, Pass, WarmUp, Why, lock};
use crate::{Fault, Kind, Outcome};

fn second(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
}

fn said(code: u16, text: &str) -> Outcome {
    Outcome::from_reply(code, text.into())
}

fn lost() -> Outcome {
    Outcome::NotReached { why: "connect".into() }
}

#[track_caller]
fn goes(pace: &Pace, domain: &str, at: i64) -> Pass {
    match pace.ask(Kind::Reminder, domain, second(at)) {
        Answer::Go(pass) => pass,
        other => panic!("{domain} at {at}: {other:?}"),
    }
}

#[track_caller]
fn waits(pace: &Pace, domain: &str, at: i64) -> (i64, Why) {
    match pace.ask(Kind::Reminder, domain, second(at)) {
        Answer::Wait { until, why } => ((until - second(0)).num_seconds(), why),
        other => panic!("{domain} at {at}: {other:?}"),
    }
}

/// Sends one mail, and says what the operator hears.
#[track_caller]
fn sends(pace: &Pace, domain: &str, at: i64, outcome: &Outcome) -> Vec<Alarm> {
    goes(pace, domain, at).ended(outcome, second(at))
}

#[test]
fn a_domain_has_its_own_pace_and_the_relay_one_for_all() {
    let limits = Limits {
        domain_per_minute: 6,
        domain_burst: 2,
        relay_per_minute: 60,
        relay_burst: 4,
        ..Limits::default()
    };
    let pace = Pace::new(limits);
    let ok = said(250, "ok");
    for _ in 0..2 {
        assert_eq!(sends(&pace, "a.example", 0, &ok), []);
    }
    assert_eq!(waits(&pace, "a.example", 0), (10, Why::DomainPace));
    sends(&pace, "b.example", 0, &ok);
    sends(&pace, "c.example", 0, &ok);
    assert_eq!(waits(&pace, "d.example", 0), (1, Why::RelayPace));
    sends(&pace, "d.example", 1, &ok);
    sends(&pace, "a.example", 10, &ok);
}

#[test]
fn those_who_wait_come_back_one_after_the_other() {
    let limits = Limits { domain_per_minute: 6, domain_burst: 1, ..Limits::default() };
    let pace = Pace::new(limits);
    sends(&pace, "a.example", 0, &said(250, "ok"));
    let place = |kind| {
        let Answer::Wait { until, why } = pace.ask(kind, "a.example", second(0)) else {
            panic!("it goes");
        };
        (pace.place(kind, "a.example", until, why) - second(0)).num_seconds()
    };
    let places: Vec<i64> = (0..4).map(|_| place(Kind::Reminder)).collect();
    assert_eq!(places, [10, 20, 30, 40]);
    // A link somebody waits for asks again as soon as there is hope.
    assert_eq!(place(Kind::LoginLink), 10);
    // Whoever kept her place finds it free.
    for at in [10, 20, 30, 40] {
        sends(&pace, "a.example", at, &said(250, "ok"));
    }
}

#[test]
fn nobody_stands_and_waits_for_a_domain_that_hangs() {
    let pace = Pace::new(Limits::default());
    assert!(!pace.is_slow("a.example", second(0)));
    let hanging = [goes(&pace, "a.example", 0), goes(&pace, "a.example", 0)];
    assert!(!pace.is_slow("a.example", second(1)));
    assert!(pace.is_slow("a.example", second(10)));
    drop(hanging);
}

#[test]
fn open_circuits_can_be_counted_and_waited_for() {
    let pace = Pace::new(Limits::default());
    assert_eq!(pace.open_circuits(second(0)), OpenCircuits::default());
    for _ in 0..3 {
        sends(&pace, "a.example", 0, &said(550, "5.7.1 no"));
    }
    assert_eq!(pace.open_circuits(second(0)), OpenCircuits { relay: false, domains: 1 });
    assert_eq!(pace.closed_until(second(0)), None);
    for _ in 0..5 {
        sends(&pace, "b.example", 0, &lost());
    }
    assert_eq!(pace.open_circuits(second(0)), OpenCircuits { relay: true, domains: 1 });
    assert_eq!(pace.closed_until(second(0)), Some(second(10)));
    assert_eq!(pace.closed_until(second(10)), None);
    assert_eq!(pace.open_circuits(second(1_800)), OpenCircuits::default());
}

#[test]
fn a_folder_has_no_pace() {
    let pace = Pace::new(Limits::none());
    let passes: Vec<Pass> = (0..1_000).map(|_| goes(&pace, "a.example", 0)).collect();
    assert_eq!(passes.len(), 1_000);
}

#[test]
fn a_domain_that_hangs_holds_two_lines_and_no_more() {
    let pace = Pace::new(Limits::default());
    let hanging = [goes(&pace, "slow.example", 0), goes(&pace, "slow.example", 0)];
    assert_eq!(waits(&pace, "slow.example", 0), (1, Why::DomainCrowded));
    sends(&pace, "quick.example", 0, &said(250, "ok"));
    drop(hanging);
    sends(&pace, "slow.example", 0, &said(250, "ok"));
}

#[test]
fn a_relay_that_is_away_is_tried_by_one_mail() {
    let pace = Pace::new(Limits::default());
    for _ in 0..4 {
        assert_eq!(sends(&pace, "a.example", 0, &lost()), []);
    }
    let opened = |until| Alarm::Opened { domain: None, fault: Fault::Relay, until };
    assert_eq!(sends(&pace, "a.example", 0, &lost()), [opened(second(10))]);
    assert_eq!(waits(&pace, "b.example", 9), (10, Why::RelayCircuit));
    let probe = goes(&pace, "b.example", 10);
    assert_eq!(waits(&pace, "a.example", 10), (15, Why::RelayCircuit));
    assert_eq!(probe.ended(&lost(), second(11)), [opened(second(41))]);
    // Any reply shows that it is there.
    let closed = sends(&pace, "a.example", 41, &said(451, "4.7.1 greylisted"));
    assert_eq!(closed, [Alarm::Closed { domain: None }]);
    sends(&pace, "a.example", 41, &said(250, "ok"));
}

#[test]
fn a_domain_that_distrusts_us_is_left_alone_and_the_others_are_not() {
    let pace = Pace::new(Limits::default());
    let distrust = said(550, "5.7.26 unauthenticated");
    for _ in 0..2 {
        assert_eq!(sends(&pace, "a.example", 0, &distrust), []);
    }
    let opened = Alarm::Opened {
        domain: Some("a.example".into()),
        fault: Fault::Policy,
        until: second(1_800),
    };
    assert_eq!(sends(&pace, "a.example", 0, &distrust), [opened]);
    assert_eq!(waits(&pace, "a.example", 1), (1_800, Why::DomainCircuit));
    sends(&pace, "b.example", 1, &said(250, "ok"));
    // A probe whose address is unknown says nothing about trust; the next one tries.
    assert_eq!(sends(&pace, "a.example", 1_800, &said(550, "5.1.1 no")), []);
    let closed = sends(&pace, "a.example", 1_801, &said(250, "ok"));
    assert_eq!(closed, [Alarm::Closed { domain: Some("a.example".into()) }]);
}

#[test]
fn distrust_from_everywhere_is_about_the_relay() {
    let pace = Pace::new(Limits::default());
    let alarms: Vec<Alarm> = (0..10)
        .flat_map(|n| sends(&pace, &format!("d{n}.example"), 0, &said(554, "5.7.1 listed")))
        .collect();
    let opened = Alarm::Opened { domain: None, fault: Fault::Policy, until: second(1_800) };
    assert_eq!(alarms, [opened]);
    assert_eq!(waits(&pace, "new.example", 60), (1_800, Why::RelayCircuit));
}

#[test]
fn the_operator_stops_all_mail_or_holds_kinds() {
    let pace = Pace::new(Limits::default());
    pace.hold([Kind::Digest, Kind::Announcement]);
    let ask = |kind| pace.ask(kind, "a.example", second(0));
    assert!(matches!(ask(Kind::Digest), Answer::Held(Why::KindHeld)));
    assert!(matches!(ask(Kind::LoginLink), Answer::Go(_)));
    pace.stop(true);
    assert!(matches!(ask(Kind::LoginLink), Answer::Held(Why::Stopped)));
    pace.stop(false);
    pace.hold([]);
    assert!(matches!(ask(Kind::Digest), Answer::Go(_)));
}

#[test]
fn a_new_sender_doubles_each_day() {
    let warm_up = WarmUp { began_at: second(0), first_day: 2 };
    let pace = Pace::new(Limits { warm_up: Some(warm_up), ..Limits::default() });
    let day = 86_400;
    let send = |at| drop(sends(&pace, "a.example", at, &said(250, "ok")));
    for at in [0, 1] {
        send(at);
    }
    assert_eq!(waits(&pace, "a.example", 2), (day, Why::WarmUp));
    let link = pace.ask(Kind::LoginLink, "a.example", second(2));
    assert!(matches!(link, Answer::Go(_)), "somebody waits for it: {link:?}");
    drop(link);
    for at in [day, day + 1, day + 2, day + 3] {
        send(at);
    }
    assert_eq!(waits(&pace, "a.example", day + 4), (2 * day, Why::WarmUp));
    pace.resume(8, second(2 * day));
    assert_eq!(waits(&pace, "a.example", 2 * day), (3 * day, Why::WarmUp));
    send(1_000 * day);
}

#[test]
fn what_nothing_is_known_of_is_forgotten() {
    let limits = Limits { relay_burst: u32::MAX, domain_burst: 1, ..Limits::default() };
    let pace = Pace::new(limits);
    for n in 0..DOMAINS_MAX {
        sends(&pace, &format!("d{n}.example"), 0, &said(250, "ok"));
    }
    assert_eq!(waits(&pace, "new.example", 0), (1, Why::RelayPace));
    sends(&pace, "new.example", 60, &said(250, "ok"));
    assert_eq!(lock(&pace.state).domains.len(), 1);
}

proptest! {
    #[test]
    fn whatever_happens_a_domain_is_never_crowded_and_the_relay_comes_back(
        steps in prop::collection::vec((0_u8..4, 0_u8..8, 0_i64..30), 1..200)
    ) {
        let pace = Pace::new(Limits::default());
        let (mut now, mut passes) = (0, Vec::<Pass>::new());
        for (domain, what, seconds) in steps {
            now += seconds;
            match what {
                0..=3 => match pace.ask(Kind::Reminder, &format!("d{domain}.example"), second(now)) {
                    Answer::Go(pass) => passes.push(pass),
                    Answer::Wait { until, .. } => prop_assert!(until > second(now)),
                    Answer::Held(why) => prop_assert!(false, "{why:?}"),
                },
                4 => drop(passes.pop()),
                _ => if let Some(pass) = passes.pop() {
                    let outcome = [lost(), said(550, "5.7.1 no"), said(250, "ok")]
                        .into_iter().nth(usize::from(what - 5)).unwrap();
                    pass.ended(&outcome, second(now));
                },
            }
            let state = lock(&pace.state);
            let on_their_way: usize = state.domains.values().map(|d| d.on_their_way).sum();
            prop_assert_eq!(on_their_way, passes.len());
            prop_assert!(state.domains.values().all(|domain| domain.on_their_way <= 2));
        }
        drop(passes);
        let at = second(now) + TimeDelta::days(1);
        let is_open = matches!(pace.ask(Kind::Reminder, "d0.example", at), Answer::Go(_));
        prop_assert!(is_open, "still closed a day later");
    }
}
