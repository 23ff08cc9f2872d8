//! Whatever is done to an event in whatever order: SEQUENCE never falls, and calendars that know
//! the event are told of each change of time, place or state by a higher one (RFC 5546 §2.1.4).

use proptest::prelude::*;

use super::*;

fn days(day: u32, hour: u32) -> Schedule {
    asked(&format!("2026-12-{day:02}T{hour:02}:00:00"), &format!("2026-12-{day:02}T23:00:00"))
}

fn deed() -> impl Strategy<Value = Command> {
    let keep = prop_oneof![Just(Keep::Wall), Just(Keep::Instant)];
    let zones = prop_oneof![Just("Asia/Seoul"), Just("Europe/London"), Just("Europe/Amsterdam")];
    prop_oneof![
        Just(Command::Accept),
        Just(Command::Publish),
        Just(Command::Postpone),
        Just(Command::Reinstate),
        Just(Command::Recheck),
        Just(Command::OpenRegistration),
        Just(Command::CloseRegistration),
        Just(Command::Withdraw),
        Just(cancel()),
        (1..28_u32, 8..20_u32).prop_map(|(day, hour)| Command::Schedule(days(day, hour))),
        (1..28_u32, 8..20_u32).prop_map(|(day, hour)| Command::Reschedule(days(day, hour))),
        "[A-C]".prop_map(|title| Command::Describe(words(&title, "Bring a bowl."))),
        "[a-c]".prop_map(|text| Command::Describe(words("Soup", &text))),
        (zones, keep).prop_map(|(name, keep)| Command::ChangeZone {
            zone: zone(name),
            keep,
            fold: None,
        }),
    ]
}

/// Whether calendars show it: all but a new description.
fn shows(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::EventRescheduled { .. }
            | Fact::EventInstantShifted { .. }
            | Fact::EventPostponed { .. }
            | Fact::EventCancelled { .. }
            | Fact::EventReinstated { .. }
    )
}

proptest! {
    #[test]
    fn the_sequence_never_falls_and_rises_with_what_calendars_show(
        begins_public in any::<bool>(),
        deeds in prop::collection::vec(deed(), 1..40),
    ) {
        let mut history = if begins_public { public() } else { vec![proposed()] };
        for deed in deeds {
            let before = Event::after(&history);
            let Ok(facts) = before.decide(deed, &moment()) else { continue };
            let (is_known, shown) = (before.was_published(), facts.iter().any(shows));
            history.extend(facts);
            let after = Event::after(&history);
            prop_assert!(after.sequence() >= before.sequence(), "it fell: {history:?}");
            prop_assert!(after.asked_at_sequence() <= after.sequence());
            if is_known && shown {
                prop_assert!(after.sequence() > before.sequence(), "not told: {history:?}");
            }
        }
    }
}
