//! Given who registered, when somebody comes, goes or answers, then the places go where they must.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]

mod acts;
mod api;
mod invariants;
mod offers;
mod places;
mod view;

use chrono::{DateTime, Duration, Utc};
use kernel::testing::{Scene, given, id, noon, recorded, samples_are_read_back};
use kernel::{Actor, Decider, PersonId, Personal, Role, Zone};

use super::book::Place;
use super::decider::{Command, Desk, Rejection, Request};
use super::fact::{CancelledBy, Fact, SkipReason, Standing};
use super::offer::Timing;
use super::*;
use crate::event::{self, Capacity, Event, EventId, EventKind, Format, Mode, Status, Venue, When};

fn zone() -> Zone {
    Zone::parse("Europe/Amsterdam").unwrap()
}
fn person(number: u64) -> PersonId {
    id(1000 + number)
}
fn registration(number: u64) -> RegistrationId {
    id(number)
}
/// The evening is nine days after noon.
fn evening() -> When {
    let local = |text: &str| text.parse().unwrap();
    When::between(local("2026-12-01T19:00:00"), local("2026-12-01T22:00:00"), zone(), None).unwrap()
}
fn timing() -> Timing {
    Timing::of(&evening(), true)
}
/// Offered at eleven on a Sunday: ten hours that day, thirteen the next, one more on Tuesday.
fn until() -> DateTime<Utc> {
    "2026-11-24T08:00:00Z".parse().unwrap()
}
fn request(number: u64, party_size: u32) -> Request {
    let person = person(number);
    Request {
        registration: registration(number),
        person,
        name: Personal::new(person, "Ada".into()),
        email: Personal::new(person, "ada@example.org".into()),
        party_size,
        locale: "nl".into(),
        note: None,
    }
}
fn register(number: u64, party_size: u32) -> Command {
    Command::Register(Box::new(request(number, party_size)))
}
fn cancel(number: u64) -> Command {
    Command::Cancel {
        registration: registration(number),
        by: CancelledBy::Person,
        timing: timing(),
    }
}
fn opened(places: u32, waitlist: bool) -> Fact {
    Fact::DeskOpened { capacity: Capacity::Limited(places), waitlist }
}
fn received(number: u64, party_size: u32) -> Fact {
    let Request { registration, person, name, email, party_size, locale, note } =
        request(number, party_size);
    Fact::RegistrationReceived { registration, person, name, email, party_size, locale, note }
}
fn confirmed(number: u64, party_size: u32, from: Standing) -> Fact {
    let (registration, person) = (registration(number), person(number));
    Fact::RegistrationConfirmed { registration, person, party_size, from }
}
fn joined(number: u64, party_size: u32, order: u64) -> Fact {
    let (registration, person) = (registration(number), person(number));
    Fact::WaitlistJoined { registration, person, party_size, order }
}
fn offered(number: u64) -> Fact {
    let (registration, person) = (registration(number), person(number));
    Fact::PlaceOffered { registration, person, party_size: 1, until: until() }
}
fn left(number: u64, party_size: u32, from: Standing) -> Fact {
    let (registration, person) = (registration(number), person(number));
    let by = CancelledBy::Person;
    Fact::RegistrationCancelled { registration, person, party_size, from, by }
}
fn cancelled(number: u64) -> Fact {
    left(number, 1, Standing::Confirmed)
}
fn skipped(number: u64, reason: SkipReason) -> Fact {
    Fact::PromotionSkipped { registration: registration(number), reason }
}
fn comes(number: u64, party: u32) -> [Fact; 2] {
    [received(number, party), confirmed(number, party, Standing::Received)]
}
fn waits(number: u64, party: u32, order: u64) -> [Fact; 2] {
    [received(number, party), joined(number, party, order)]
}
/// A desk of so many places with waitlist, and a history.
fn desk(places: u32, history: impl IntoIterator<Item = [Fact; 2]>) -> Vec<Fact> {
    [opened(places, true)].into_iter().chain(history.into_iter().flatten()).collect()
}
fn and(mut facts: Vec<Fact>, more: impl IntoIterator<Item = Fact>) -> Vec<Fact> {
    facts.extend(more);
    facts
}
/// The second has an offer, the third waits.
fn with_offer() -> Vec<Fact> {
    let history = desk(1, [comes(1, 1), waits(2, 1, 0), waits(3, 1, 1)]);
    and(history, [cancelled(1), offered(2)])
}
fn full(capacity: u32, held: u32, waiting: u32) -> Rejection {
    Rejection::QuotaFull { capacity, held, waiting }
}

// Registering

#[test]
fn e1_the_last_seat_goes_to_the_first_and_the_second_hears_it_is_full() {
    given::<Desk>([opened(1, false)]).when(register(1, 1)).then(comes(1, 1));
    given::<Desk>([opened(1, false)].into_iter().chain(comes(1, 1)))
        .when(register(2, 1))
        .then_rejected(full(1, 1, 0));
}

#[test]
fn e1_with_a_waitlist_the_second_waits() {
    given::<Desk>(desk(1, [comes(1, 1)])).when(register(2, 1)).then(waits(2, 1, 0));
}

#[test]
fn e1_two_hundred_tries_for_fifty_seats_confirm_exactly_fifty() {
    let mut state = Desk::after(&[opened(50, true)]);
    let moment = kernel::Moment { now: noon(), actor: Actor::visitor() };
    for number in 0..200 {
        let facts = state.decide(register(number, 1), &moment).unwrap();
        for fact in &facts {
            state.evolve(fact);
        }
    }
    assert_eq!((state.book().confirmed(), state.book().waiting()), (50, 150));
    let order: Vec<_> = state.book().queue().map(|(id, _)| id).collect();
    assert_eq!(order, (50..200).map(registration).collect::<Vec<_>>());
}

#[test]
fn e3_a_newcomer_never_overtakes_who_waits() {
    // One place is free, but a party of two waits for it.
    let history = || desk(3, [comes(1, 2), waits(2, 2, 0)]);
    given::<Desk>(history()).when(register(3, 1)).then(waits(3, 1, 1));
    given::<Desk>(and(history(), [Fact::WaitlistSwitched { waitlist: false }]))
        .when(register(3, 1))
        .then_rejected(full(3, 2, 2));
}

#[test]
fn e5_no_limit_and_no_places_are_different() {
    let unlimited = Fact::DeskOpened { capacity: Capacity::Unlimited, waitlist: false };
    given::<Desk>([unlimited]).when(register(1, 20)).then(comes(1, 20));
    given::<Desk>([opened(0, false)]).when(register(1, 1)).then_rejected(full(0, 0, 0));
    given::<Desk>([opened(0, true)]).when(register(1, 2)).then(waits(1, 2, 0));
}

#[test]
fn a_person_registers_once_until_she_has_cancelled() {
    given::<Desk>(desk(5, [comes(1, 1)]))
        .when(register(1, 1))
        .then_rejected(Rejection::AlreadyRegistered { registration: registration(1) });
    let again = Request { registration: registration(9), ..request(1, 1) };
    given::<Desk>(desk(5, [comes(1, 1)]))
        .when(Command::Register(Box::new(again.clone())))
        .then_rejected(Rejection::AlreadyRegistered { registration: registration(1) });
    let history = and(desk(5, [comes(1, 1)]), [cancelled(1)]);
    let facts =
        Desk::after(&history).decide(Command::Register(Box::new(again)), &moment()).unwrap();
    assert_eq!(facts.len(), 2);
}

fn moment() -> kernel::Moment {
    kernel::Moment { now: noon(), actor: Actor::visitor() }
}

#[test]
fn a_party_has_one_to_twenty_people_and_never_more_than_there_are_places() {
    given::<Desk>(desk(50, [])).when(register(1, 0)).then_rejected(Rejection::PartyEmpty {});
    given::<Desk>(desk(50, []))
        .when(register(1, 21))
        .then_rejected(Rejection::PartyTooLarge { party_size: 21, max: 20 });
    given::<Desk>(desk(3, []))
        .when(register(1, 4))
        .then_rejected(Rejection::PartyTooLarge { party_size: 4, max: 3 });
}

#[test]
fn a_desk_that_never_opened_takes_nobody() {
    given::<Desk>([]).when(register(1, 1)).then_rejected(Rejection::RegistrationClosed {});
    given::<Desk>([])
        .when(Command::SwitchWaitlist { waitlist: true })
        .then_rejected(Rejection::RegistrationClosed {});
}

// Acts: the event and who asks

fn event_id() -> EventId {
    id(77)
}
fn public_event() -> Vec<event::Fact> {
    let venue = Venue { name: "The Commons".into(), address: None, city: None, geo: None };
    vec![
        event::Fact::EventProposed {
            issue: None,
            need: Some("soup".into()),
            title: "Soup".into(),
            purpose: "Nobody eats alone".into(),
            format: Format::Evening,
            mode: Mode::InPerson,
            host: None,
            proposed_by: None,
        },
        event::Fact::ProposalAccepted {},
        event::Fact::EventScheduled { when: evening(), venue: Some(venue), link: None },
        event::Fact::EventPublished { when: evening(), sequence: 0 },
    ]
}
fn scene(history: Vec<Fact>) -> Scene {
    Scene::new().with::<Event>(event_id(), public_event()).with::<Desk>(event_id(), history)
}
fn registering(number: u64) -> RegisterForEvent {
    let Request { registration, person, name, email, party_size, locale, note } =
        request(number, 1);
    let event = event_id();
    RegisterForEvent { event, registration, person, name, email, party_size, locale, note }
}

// Facts, effects and speed

#[test]
fn every_fact_is_read_back_as_it_was_written() {
    samples_are_read_back::<Fact>();
}

#[test]
fn each_turn_of_a_registration_is_told_and_an_offer_has_a_timer() {
    let letters = |fact| -> Vec<String> {
        super::react::react(&recorded::<Desk>(event_id(), fact))
            .iter()
            .map(|effect| match effect.kind {
                "letter" => effect.body["template"].as_str().unwrap().to_owned(),
                _ => format!("{} at {}", effect.body["act"], effect.due_at.unwrap()),
            })
            .collect()
    };
    assert_eq!(letters(confirmed(1, 1, Standing::Received)), ["registration-confirmed"]);
    assert_eq!(letters(joined(1, 1, 0)), ["waitlist-joined"]);
    assert_eq!(letters(cancelled(1)), ["registration-cancelled"]);
    assert_eq!(
        letters(offered(1)),
        ["place-offered", "\"ExpireOffer\" at 2026-11-24 08:00:00 UTC"]
    );
    assert!(letters(received(1, 1)).is_empty());
    let back = event::Fact::EventReinstated {
        status: Status::Published,
        when: Some(evening()),
        sequence: None,
    };
    let effects = super::react::react_to_event(&recorded::<Event>(event_id(), back));
    assert_eq!(effects[0].body["act"], "PromoteNext");
    assert_eq!(effects[0].body["body"]["event"], EventId::to_string(&event_id()));
    let ended = recorded::<Event>(event_id(), event::Fact::EventEnded {});
    assert!(super::react::react_to_event(&ended).is_empty());
}

#[test]
fn a_snapshot_of_a_desk_is_the_desk() {
    let history = and(with_offer(), waits(4, 3, 2));
    let desk = Desk::after(&history);
    let text = serde_json::to_string(&desk).unwrap();
    assert_eq!(serde_json::from_str::<Desk>(&text).unwrap(), desk);
    assert!(matches!(desk.book().entry(registration(2)).unwrap().place, Place::Offered { .. }));
}

#[test]
fn the_marks_of_ids_are_those_of_the_contract() {
    assert!(registration(1).to_string().starts_with("registration_"));
    assert_eq!(kernel::prefix_of(&event_id().to_string()), Some("event"));
    assert_eq!(<EventKind as kernel::Kind>::PREFIX, "event");
}
