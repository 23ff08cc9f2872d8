//! What must hold at a desk whatever is asked, in whatever order, and however time passes.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Duration;
use kernel::testing::noon;
use kernel::{Actor, Decider, Moment};
use proptest::prelude::*;

use super::{cancel, evening, register, registration, timing};
use crate::desk::RegistrationId;
use crate::desk::book::Place;
use crate::desk::decider::{Command, Desk, Rejection};
use crate::desk::fact::{Fact, Standing};
use crate::event::Capacity;

/// What a random guest may do; numbers are small, so that they meet.
#[derive(Clone, Debug)]
enum Deed {
    Register(u64, u32),
    Cancel(u64),
    Confirm(u64),
    Decline(u64),
    Leave(u64),
    Party(u64, u32),
    Capacity(Option<u32>),
    Waitlist(bool),
    Promote,
    Wait(i64),
}

fn deed() -> impl Strategy<Value = Deed> {
    let who = 0..12_u64;
    prop_oneof![
        6 => (who.clone(), 1..4_u32).prop_map(|(who, party)| Deed::Register(who, party)),
        3 => who.clone().prop_map(Deed::Cancel),
        2 => who.clone().prop_map(Deed::Confirm),
        1 => who.clone().prop_map(Deed::Decline),
        1 => who.clone().prop_map(Deed::Leave),
        2 => (who, 1..4_u32).prop_map(|(who, party)| Deed::Party(who, party)),
        1 => prop::option::weighted(0.9, 0..9_u32).prop_map(Deed::Capacity),
        1 => any::<bool>().prop_map(Deed::Waitlist),
        1 => Just(Deed::Promote),
        2 => (1..100_i64).prop_map(Deed::Wait),
    ]
}

/// A desk with all its history, and a clock.
struct Run {
    desk: Desk,
    history: Vec<Fact>,
    moment: Moment,
}

impl Run {
    fn new(places: u32) -> Self {
        let opened = Fact::DeskOpened { capacity: Capacity::Limited(places), waitlist: true };
        let desk = Desk::after([&opened]);
        let moment = Moment { now: noon(), actor: Actor::system("test") };
        Self { desk, history: vec![opened], moment }
    }

    fn ask(&mut self, command: Command) -> Result<Vec<Fact>, Rejection> {
        let facts = self.desk.decide(command, &self.moment)?;
        for fact in &facts {
            self.desk.evolve(fact);
        }
        self.history.extend(facts.clone());
        Ok(facts)
    }

    /// The timers of a real server: every offer whose time is over expires.
    fn ring(&mut self) {
        let due: Vec<_> =
            self.offers().into_iter().filter(|(_, at)| *at <= self.moment.now).collect();
        for (registration, _) in due {
            self.ask(Command::ExpireOffer { registration, timing: timing() }).unwrap();
        }
    }

    /// A number nobody has used yet.
    fn age(&self) -> u64 {
        u64::try_from(self.history.len()).unwrap()
    }

    fn offers(&self) -> BTreeMap<RegistrationId, chrono::DateTime<chrono::Utc>> {
        let of = |number| {
            let id = registration(number);
            let until = self.desk.book().entry(id)?.place.offered_until()?;
            Some((id, until))
        };
        (0..self.age()).filter_map(of).collect()
    }

    /// Every registration gets a number of its own; a guest acts on her latest.
    fn commands(&self, deed: &Deed) -> Option<Command> {
        let mine = |who: &u64| self.desk.book().registration_of(super::person(*who));
        let timing = timing();
        Some(match deed {
            Deed::Register(who, party) => {
                let Command::Register(mut request) = register(*who, *party) else { return None };
                request.registration = registration(self.age());
                Command::Register(request)
            }
            Deed::Cancel(who) => match cancel(0) {
                Command::Cancel { by, timing, .. } => {
                    Command::Cancel { registration: mine(who)?, by, timing }
                }
                _ => return None,
            },
            Deed::Confirm(who) => Command::ConfirmOffer { registration: mine(who)? },
            Deed::Decline(who) => Command::DeclineOffer { registration: mine(who)?, timing },
            Deed::Leave(who) => Command::LeaveWaitlist { registration: mine(who)?, timing },
            Deed::Party(who, party_size) => {
                Command::ChangeParty { registration: mine(who)?, party_size: *party_size, timing }
            }
            Deed::Capacity(places) => {
                let capacity = places.map_or(Capacity::Unlimited, Capacity::Limited);
                Command::ChangeCapacity { capacity, overbook: false, timing }
            }
            Deed::Waitlist(waitlist) => Command::SwitchWaitlist { waitlist: *waitlist },
            Deed::Promote => Command::Promote { timing },
            Deed::Wait(_) => return None,
        })
    }
}

/// Counts anew, from the history alone, what the running sums claim.
fn counted(history: &[Fact]) -> BTreeMap<RegistrationId, (kernel::PersonId, u32, Place)> {
    let mut all = BTreeMap::new();
    for fact in history {
        match fact {
            Fact::RegistrationReceived { registration, person, party_size, .. } => {
                all.insert(*registration, (*person, *party_size, Place::Gone));
            }
            Fact::RegistrationConfirmed { registration, .. } => {
                all.get_mut(registration).unwrap().2 = Place::Confirmed;
            }
            Fact::WaitlistJoined { registration, order, .. } => {
                all.get_mut(registration).unwrap().2 = Place::Waiting { order: *order };
            }
            Fact::PlaceOffered { registration, until, .. } => {
                all.get_mut(registration).unwrap().2 = Place::Offered { until: *until };
            }
            Fact::PartyChanged { registration, party_size, .. } => {
                all.get_mut(registration).unwrap().1 = *party_size;
            }
            Fact::OfferDeclined { registration, .. }
            | Fact::OfferExpired { registration, .. }
            | Fact::WaitlistLeft { registration, .. }
            | Fact::RegistrationCancelled { registration, .. } => {
                all.get_mut(registration).unwrap().2 = Place::Gone;
            }
            _ => {}
        }
    }
    all
}

fn holds(run: &Run) -> Result<(), TestCaseError> {
    let all = counted(&run.history);
    let sum = |wanted: fn(&Place) -> bool| -> u32 {
        all.values().filter(|(_, _, place)| wanted(place)).map(|(_, party, _)| party).sum()
    };
    let held = sum(|place| matches!(place, Place::Confirmed | Place::Offered { .. }));
    prop_assert_eq!(held, run.desk.book().held());
    prop_assert_eq!(sum(|place| matches!(place, Place::Waiting { .. })), run.desk.book().waiting());
    if let Capacity::Limited(places) = run.desk.capacity() {
        prop_assert!(held <= places, "{} places taken of {}", held, places);
    }
    let live: Vec<_> = all.values().filter(|(_, _, place)| *place != Place::Gone).collect();
    let people: BTreeSet<_> = live.iter().map(|(person, ..)| person).collect();
    prop_assert_eq!(people.len(), live.len(), "somebody is registered twice");
    Ok(())
}

/// Whoever is offered a place is preceded in the queue only by parties that did not fit, and
/// places that became free led to an offer or a record why not.
fn fair(before: &Desk, facts: &[Fact]) -> Result<(), TestCaseError> {
    let freed = facts.first().is_some_and(|fact| match fact {
        Fact::RegistrationCancelled { registration, .. }
        | Fact::OfferDeclined { registration, .. }
        | Fact::OfferExpired { registration, .. } => {
            before.book().entry(*registration).is_some_and(|entry| entry.holds() > 0)
        }
        _ => false,
    });
    let outcomes = |fact: &&Fact| {
        matches!(
            fact,
            Fact::PlaceOffered { .. }
                | Fact::PromotionSkipped { .. }
                | Fact::RegistrationConfirmed { from: Standing::Waiting, .. }
        )
    };
    let noted = facts.iter().skip(1).filter(outcomes).count();
    prop_assert!(!freed || before.book().nobody_waits() || noted > 0, "a place was lost");
    let mut state = Desk::after([]);
    state.clone_from_json(before);
    for fact in facts {
        if let Fact::PlaceOffered { registration, .. } = fact {
            let free = state.capacity().left(state.book().held());
            let ahead = state.book().queue().take_while(|(id, _)| id != registration);
            for (id, entry) in ahead {
                prop_assert!(entry.party > free, "{} was overtaken and fits", id);
            }
        }
        state.evolve(fact);
    }
    Ok(())
}

impl Desk {
    /// Desks are not copied in the product; a test takes the way of a snapshot.
    fn clone_from_json(&mut self, other: &Self) {
        *self = serde_json::from_value(serde_json::to_value(other).unwrap()).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_asked_the_places_add_up_and_nobody_is_overtaken(
        places in 0..8_u32,
        deeds in prop::collection::vec(deed(), 1..60),
    ) {
        let mut run = Run::new(places);
        for deed in deeds {
            if let Deed::Wait(hours) = deed {
                run.moment.now += Duration::hours(hours);
                run.ring();
            } else if let Some(command) = run.commands(&deed) {
                let mut before = Desk::default();
                before.clone_from_json(&run.desk);
                if let Ok(facts) = run.ask(command) && run.moment.now < evening().starts_at {
                    fair(&before, &facts)?;
                }
            }
            holds(&run)?;
        }
        let again = Desk::after(&run.history);
        prop_assert_eq!(&again, &run.desk, "replay differs");
    }
}

/// Two thousand registrations and as many questions: each decision is far below a millisecond
/// even in an unoptimised build, because none of them walks through the others.
#[test]
fn deciding_does_not_slow_down_with_the_number_of_registrations() {
    let mut run = Run::new(1_000);
    let mut slowest = std::time::Duration::ZERO;
    for number in 0..2_000 {
        let start = std::time::Instant::now();
        let facts = run.desk.decide(register(number, 1), &run.moment).unwrap();
        slowest = slowest.max(start.elapsed());
        for fact in facts {
            run.desk.evolve(&fact);
        }
    }
    assert_eq!((run.desk.book().confirmed(), run.desk.book().waiting()), (1_000, 1_000));
    let start = std::time::Instant::now();
    for number in 0..500 {
        run.ask(cancel(number)).unwrap();
    }
    let each = start.elapsed() / 500;
    assert!(each < std::time::Duration::from_millis(1), "{each:?} for each cancellation");
    assert!(slowest < std::time::Duration::from_millis(20), "{slowest:?} at worst");
}
