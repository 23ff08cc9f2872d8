//! Given who registered, when somebody comes, goes or answers, then the places go where they must.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]

use chrono::{DateTime, Duration, Utc};
use kernel::testing::{Scene, given, id, noon};
use kernel::{Actor, Decider, Fact as _, PersonId, Personal, Role, Zone};

use super::book::Place;
use super::decider::{Command, Desk, Rejection, Request};
use super::fact::{CancelledBy, Fact, SkipReason, Standing};
use super::offer::Timing;
use super::*;
use crate::event::{self, Capacity, Event, EventId, EventKind, Format, Mode, Status, Venue, When};

pub(super) fn zone() -> Zone {
    Zone::parse("Europe/Amsterdam").unwrap()
}
pub(super) fn person(number: u64) -> PersonId {
    id(1000 + number)
}
pub(super) fn registration(number: u64) -> RegistrationId {
    id(number)
}
/// The evening is nine days after noon.
pub(super) fn evening() -> When {
    let local = |text: &str| text.parse().unwrap();
    When::between(local("2026-12-01T19:00:00"), local("2026-12-01T22:00:00"), zone(), None).unwrap()
}
pub(super) fn timing() -> Timing {
    Timing::of(&evening(), true)
}
/// Offered at eleven on a Sunday: ten hours that day, thirteen the next, one more on Tuesday.
pub(super) fn until() -> DateTime<Utc> {
    "2026-11-24T08:00:00Z".parse().unwrap()
}
pub(super) fn request(number: u64, party_size: u32) -> Request {
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
pub(super) fn register(number: u64, party_size: u32) -> Command {
    Command::Register(Box::new(request(number, party_size)))
}
pub(super) fn cancel(number: u64) -> Command {
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

// Freed places

#[test]
fn a_freed_place_is_offered_to_the_first_who_waits() {
    given::<Desk>(desk(1, [comes(1, 1), waits(2, 1, 0), waits(3, 1, 1)]))
        .when(cancel(1))
        .then([cancelled(1), offered(2)]);
}

#[test]
fn cancelling_twice_or_what_is_not_there_is_refused() {
    given::<Desk>(and(desk(1, [comes(1, 1)]), [cancelled(1)]))
        .when(cancel(1))
        .then_rejected(Rejection::AlreadyCancelled {});
    given::<Desk>(desk(1, [])).when(cancel(1)).then_rejected(Rejection::UnknownRegistration {});
}

#[test]
fn e6_a_party_of_two_is_passed_over_for_one_seat_and_that_is_recorded_once() {
    let history = || desk(2, [comes(1, 1), comes(2, 1), waits(3, 2, 0), waits(4, 1, 1)]);
    let too_large = SkipReason::PartyTooLarge { party_size: 2, free: 1 };
    given::<Desk>(history()).when(cancel(1)).then([
        cancelled(1),
        skipped(3, too_large),
        offered(4),
    ]);
    let later = and(history(), [cancelled(1), skipped(3, too_large), offered(4)]);
    let more = and(later, waits(5, 1, 2));
    let declined = Command::DeclineOffer { registration: registration(4), timing: timing() };
    given::<Desk>(more).when(declined).then([
        Fact::OfferDeclined { registration: registration(4), person: person(4), party_size: 1 },
        offered(5),
    ]);
}

#[test]
fn e6_when_nobody_fits_the_record_says_so() {
    let too_large = SkipReason::PartyTooLarge { party_size: 2, free: 1 };
    given::<Desk>(desk(2, [comes(1, 1), comes(2, 1), waits(3, 2, 0)]))
        .when(cancel(1))
        .then([cancelled(1), skipped(3, too_large)]);
}

#[test]
fn who_leaves_the_waitlist_lets_those_behind_come_forward() {
    // One place is free, kept back from 3 because 2 came first and does not fit.
    let history = || desk(3, [comes(1, 2), waits(2, 2, 0), waits(3, 1, 1)]);
    let gone =
        Fact::WaitlistLeft { registration: registration(2), person: person(2), party_size: 2 };
    let leave =
        |number| Command::LeaveWaitlist { registration: registration(number), timing: timing() };
    given::<Desk>(history()).when(leave(2)).then([gone, offered(3)]);
    given::<Desk>(history()).when(cancel(2)).then([left(2, 2, Standing::Waiting), offered(3)]);
    given::<Desk>(history()).when(leave(1)).then_rejected(Rejection::NotWaiting {});
}

#[test]
fn e4_capacity_goes_below_what_is_taken_only_on_purpose_and_then_nobody_is_promoted() {
    let history = || desk(3, [comes(1, 1), comes(2, 1), comes(3, 1), waits(4, 1, 0)]);
    let reduce = |overbook| Command::ChangeCapacity {
        capacity: Capacity::Limited(1),
        overbook,
        timing: timing(),
    };
    let reduced = || Fact::CapacityChanged {
        from: Capacity::Limited(3),
        capacity: Capacity::Limited(1),
        overbook: true,
    };
    given::<Desk>(history())
        .when(reduce(false))
        .then_rejected(Rejection::BelowConfirmed { held: 3, capacity: 1 });
    given::<Desk>(history()).when(reduce(true)).then([reduced()]);
    given::<Desk>(and(history(), [reduced()]))
        .when(cancel(1))
        .then([cancelled(1), skipped(4, SkipReason::NoneFree)]);
    given::<Desk>(and(history(), [reduced()])).when(reduce(true)).then_nothing();
}

#[test]
fn more_places_are_offered_in_the_order_of_arrival() {
    let enlarged = Fact::CapacityChanged {
        from: Capacity::Limited(1),
        capacity: Capacity::Limited(3),
        overbook: false,
    };
    given::<Desk>(desk(1, [comes(1, 1), waits(2, 1, 0), waits(3, 1, 1), waits(4, 1, 2)]))
        .when(Command::ChangeCapacity {
            capacity: Capacity::Limited(3),
            overbook: false,
            timing: timing(),
        })
        .then([enlarged, offered(2), offered(3)]);
}

#[test]
fn while_an_event_is_put_off_places_stay_free_until_somebody_promotes() {
    let quiet = Timing { promotes: false, ..timing() };
    let history = || desk(1, [comes(1, 1), waits(2, 1, 0)]);
    given::<Desk>(history())
        .when(Command::Cancel {
            registration: registration(1),
            by: CancelledBy::Person,
            timing: quiet,
        })
        .then([cancelled(1)]);
    given::<Desk>(and(history(), [cancelled(1)]))
        .when(Command::Promote { timing: timing() })
        .then([offered(2)]);
}

#[test]
fn e9_a_second_promotion_finds_no_free_seat_and_says_so() {
    let history = desk(1, [comes(1, 1), waits(2, 1, 0), waits(3, 1, 1)]);
    given::<Desk>(and(history, [cancelled(1), offered(2)]))
        .when(Command::Promote { timing: timing() })
        .then([skipped(3, SkipReason::NoneFree)]);
    given::<Desk>(desk(1, [])).when(Command::Promote { timing: timing() }).then_nothing();
}

// Offers

#[test]
fn e7_an_offer_stands_twenty_four_waking_hours() {
    let until = |text: &str| timing().offer_until(text.parse().unwrap()).unwrap().to_rfc3339();
    // Sunday 11:00 in Amsterdam: 10 h, Monday 13 h, Tuesday 1 h.
    assert_eq!(until("2026-11-22T10:00:00Z"), "2026-11-24T08:00:00+00:00");
    // At three in the morning the day begins at eight: 13 h, then 11 h.
    assert_eq!(until("2026-11-22T02:00:00Z"), "2026-11-23T18:00:00+00:00");
    // After nine in the evening nothing counts until the morning.
    assert_eq!(until("2026-11-22T22:00:00Z"), "2026-11-24T18:00:00+00:00");
    // Never longer than two hours before the start (19:00 in Amsterdam is 18:00Z).
    assert_eq!(until("2026-12-01T10:00:00Z"), "2026-12-01T16:00:00+00:00");
    assert_eq!(timing().offer_until("2026-12-01T16:00:00Z".parse().unwrap()), None);
}

#[test]
fn e7_within_two_hours_of_the_start_a_freed_place_is_given_without_asking() {
    given::<Desk>(desk(1, [comes(1, 1), waits(2, 1, 0)]))
        .at(evening().starts_at - Duration::hours(2))
        .when(cancel(1))
        .then([cancelled(1), confirmed(2, 1, Standing::Waiting)]);
}

fn with_offer() -> Vec<Fact> {
    let history = desk(1, [comes(1, 1), waits(2, 1, 0), waits(3, 1, 1)]);
    and(history, [cancelled(1), offered(2)])
}

#[test]
fn e8_the_instant_of_receipt_decides_whether_an_offer_still_stands() {
    let confirm = || Command::ConfirmOffer { registration: registration(2) };
    let just_before = until() - Duration::nanoseconds(1);
    given::<Desk>(with_offer()).at(just_before).when(confirm()).then([confirmed(
        2,
        1,
        Standing::Offered,
    )]);
    given::<Desk>(with_offer())
        .at(until())
        .when(confirm())
        .then_rejected(Rejection::OfferNotOpen { until: Some(until()) });
    given::<Desk>(and(with_offer(), [confirmed(2, 1, Standing::Offered)]))
        .when(confirm())
        .then_nothing();
    given::<Desk>(with_offer())
        .when(Command::ConfirmOffer { registration: registration(3) })
        .then_rejected(Rejection::OfferNotOpen { until: None });
}

#[test]
fn an_offer_that_nobody_answered_goes_to_the_next_and_an_early_timer_does_nothing() {
    let expire = || Command::ExpireOffer { registration: registration(2), timing: timing() };
    let next = Fact::PlaceOffered {
        registration: registration(3),
        person: person(3),
        party_size: 1,
        // Tuesday 09:00 in Amsterdam: 12 h, then 12 h on Wednesday.
        until: "2026-11-25T19:00:00Z".parse().unwrap(),
    };
    let expired =
        || Fact::OfferExpired { registration: registration(2), person: person(2), party_size: 1 };
    given::<Desk>(with_offer()).at(until()).when(expire()).then([expired(), next.clone()]);
    given::<Desk>(with_offer()).when(expire()).then_nothing();
    given::<Desk>(and(with_offer(), [expired(), next])).at(until()).when(expire()).then_nothing();
    given::<Desk>(and(with_offer(), [confirmed(2, 1, Standing::Offered)]))
        .at(until())
        .when(expire())
        .then_nothing();
}

#[test]
fn only_an_open_offer_is_declined() {
    let decline =
        |number| Command::DeclineOffer { registration: registration(number), timing: timing() };
    let declined =
        Fact::OfferDeclined { registration: registration(2), person: person(2), party_size: 1 };
    given::<Desk>(with_offer()).when(decline(2)).then([declined, offered(3)]);
    given::<Desk>(with_offer())
        .when(decline(3))
        .then_rejected(Rejection::OfferNotOpen { until: None });
}

// Parties

#[test]
fn a_smaller_party_frees_places_and_a_larger_one_needs_them() {
    let change = |number, party_size| Command::ChangeParty {
        registration: registration(number),
        party_size,
        timing: timing(),
    };
    let changed = |number, from, party_size| Fact::PartyChanged {
        registration: registration(number),
        from,
        party_size,
        at: if number == 3 { Standing::Waiting } else { Standing::Confirmed },
    };
    given::<Desk>(desk(2, [comes(1, 2), waits(2, 1, 0)]))
        .when(change(1, 1))
        .then([changed(1, 2, 1), offered(2)]);
    given::<Desk>(desk(3, [comes(1, 2)])).when(change(1, 3)).then([changed(1, 2, 3)]);
    given::<Desk>(desk(3, [comes(1, 2)])).when(change(1, 2)).then_nothing();
    given::<Desk>(desk(3, [comes(1, 2), comes(2, 1)]))
        .when(change(1, 3))
        .then_rejected(full(3, 3, 0));
    // One place is free, but a party of two waits for it.
    given::<Desk>(desk(4, [comes(1, 2), comes(2, 1), waits(3, 2, 0)]))
        .when(change(1, 3))
        .then_rejected(full(4, 3, 2));
    // She who waits may come alone after all, and then fits.
    given::<Desk>(desk(3, [comes(1, 2), waits(3, 2, 0)]))
        .when(change(3, 1))
        .then([changed(3, 2, 1), offered(3)]);
    given::<Desk>(and(desk(3, [comes(1, 2)]), [cancelled(1)]))
        .when(change(1, 1))
        .then_rejected(Rejection::AlreadyCancelled {});
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

#[test]
fn registering_needs_a_public_event_that_has_not_begun() {
    let taken = Ok(vec!["RegistrationReceived", "RegistrationConfirmed"]);
    assert_eq!(scene(desk(1, [])).by(Actor::visitor()).kinds(&registering(1)), taken);
    assert_eq!(Scene::new().kinds(&registering(1)), Err("UNKNOWN_EVENT".into()));
    let begun = scene(desk(1, [])).at(evening().starts_at).kinds(&registering(1));
    assert_eq!(begun, Err("REGISTRATION_CLOSED".into()));
    let then = |fact, code: &str| {
        let kinds = scene(desk(1, [])).with::<Event>(event_id(), [fact]).kinds(&registering(1));
        assert_eq!(kinds, Err(code.to_owned()));
    };
    then(event::Fact::EventRegistrationClosed {}, "REGISTRATION_CLOSED");
    then(event::Fact::EventPostponed { sequence: Some(1) }, "REGISTRATION_CLOSED");
    then(event::Fact::EventEnded {}, "ALREADY_ENDED");
    then(
        event::Fact::EventCancelled { reason: "storm".into(), sequence: Some(1) },
        "EVENT_CANCELLED",
    );
}

#[test]
fn a_registration_is_cancelled_by_herself_by_link_or_by_a_host() {
    let act = |via_link| CancelRegistration {
        event: event_id(),
        registration: registration(1),
        via_link,
    };
    let by = |actor: Actor, via_link| {
        let mut scene = scene(desk(1, [comes(1, 1)])).by(actor);
        scene.act(&act(via_link)).map(|decision| {
            let fact = decision.drafts[0].typed.downcast_ref::<Fact>().unwrap();
            let Fact::RegistrationCancelled { by, .. } = fact else { panic!("{fact:?}") };
            *by
        })
    };
    assert_eq!(by(Actor::person(person(1), []), false), Ok(CancelledBy::Person));
    assert_eq!(by(Actor::visitor(), true), Ok(CancelledBy::Link));
    assert_eq!(by(Actor::person(person(2), [Role::Host]), false), Ok(CancelledBy::Host));
    for stranger in [Actor::visitor(), Actor::person(person(2), [Role::Member])] {
        assert_eq!(by(stranger, false).unwrap_err().code, "NOT_YOUR_REGISTRATION");
    }
    let over = scene(desk(1, [comes(1, 1)]))
        .with::<Event>(event_id(), [event::Fact::EventEnded {}])
        .kinds(&act(true));
    assert_eq!(over, Err("ALREADY_ENDED".into()));
}

#[test]
fn the_story_of_a_freed_place_from_cancellation_to_confirmation() {
    let mut scene = scene(desk(1, [comes(1, 1), waits(2, 1, 0)]));
    let event = event_id();
    let (first, second) = (registration(1), registration(2));
    let link = |registration| CancelRegistration { event, registration, via_link: true };
    let cancelled = scene.kinds(&link(first));
    assert_eq!(cancelled, Ok(vec!["RegistrationCancelled", "PlaceOffered"]));
    assert_eq!(scene.kinds(&registering(3)), Ok(vec!["RegistrationReceived", "WaitlistJoined"]));
    let confirm = ConfirmOffer { event, registration: second, via_link: true };
    assert_eq!(scene.kinds(&confirm), Ok(vec!["RegistrationConfirmed"]));
    assert!(scene.state::<Desk>(event).unwrap().book().is_confirmed(second));
    let party = ChangeParty { event, registration: second, party_size: 1, via_link: true };
    assert_eq!(scene.kinds(&party), Ok(vec![]));
    let leave = LeaveWaitlist { event, registration: registration(3), via_link: true };
    assert_eq!(scene.kinds(&leave), Ok(vec!["WaitlistLeft"]));
    assert_eq!(scene.kinds(&PromoteNext { event }), Ok(vec![]));
    let expire = ExpireOffer { event, registration: second };
    assert_eq!(scene.kinds(&expire), Ok(vec![]));
    let decline = DeclineOffer { event, registration: second, via_link: true };
    assert_eq!(scene.kinds(&decline), Err("OFFER_NOT_OPEN".into()));
    let switch = SwitchWaitlist { event, waitlist: false };
    assert_eq!(scene.kinds(&switch), Ok(vec!["WaitlistSwitched"]));
    assert_eq!(scene.kinds(&switch), Ok(vec![]));
    assert_eq!(scene.kinds(&registering(4)), Err("QUOTA_FULL".into()));
}

#[test]
fn an_offer_of_a_cancelled_event_cannot_be_taken() {
    let storm = event::Fact::EventCancelled { reason: "storm".into(), sequence: Some(1) };
    let mut scene = scene(with_offer()).with::<Event>(event_id(), [storm]);
    let confirm = ConfirmOffer { event: event_id(), registration: registration(2), via_link: true };
    assert_eq!(scene.kinds(&confirm), Err("EVENT_CANCELLED".into()));
}

#[test]
fn a_capacity_form_filled_in_on_an_older_version_is_refused() {
    let act = |expected_version| ChangeCapacity {
        event: event_id(),
        capacity: Capacity::Limited(9),
        overbook: false,
        expected_version,
    };
    assert_eq!(scene(desk(1, [])).kinds(&act(Some(7))), Err("VERSION_CONFLICT".into()));
    assert_eq!(scene(desk(1, [])).kinds(&act(Some(1))), Ok(vec!["CapacityChanged"]));
}

fn schedule() -> ScheduleEvent {
    ScheduleEvent {
        event: event_id(),
        starts_at: evening().starts,
        ends_at: evening().ends,
        zone: zone(),
        fold: None,
        venue: Some(Venue { name: "The Commons".into(), address: None, city: None, geo: None }),
        link: None,
        capacity: Capacity::Limited(50),
        waitlist: None,
        expected_version: None,
    }
}

#[test]
fn scheduling_an_event_opens_its_desk_in_the_same_decision() {
    let accepted = public_event().into_iter().take(2);
    let mut scene = Scene::new().with::<Event>(event_id(), accepted);
    assert_eq!(scene.kinds(&schedule()), Ok(vec!["EventScheduled", "DeskOpened"]));
    assert_eq!(scene.kinds(&schedule()), Ok(vec![]));
    let smaller =
        ScheduleEvent { capacity: Capacity::Limited(40), waitlist: Some(false), ..schedule() };
    assert_eq!(scene.kinds(&smaller), Ok(vec!["CapacityChanged", "WaitlistSwitched"]));
    let stale = ScheduleEvent { expected_version: Some(1), ..schedule() };
    assert_eq!(scene.kinds(&stale), Err("VERSION_CONFLICT".into()));
}

#[test]
fn rescheduling_moves_the_event_and_may_change_its_capacity() {
    let act = RescheduleEvent {
        event: event_id(),
        starts_at: evening().starts + Duration::days(1),
        ends_at: evening().ends + Duration::days(1),
        zone: zone(),
        fold: None,
        venue: schedule().venue,
        link: None,
        capacity: Some(Capacity::Limited(2)),
        expected_version: None,
    };
    let history = || desk(1, [comes(1, 1), waits(2, 1, 0)]);
    let kinds = scene(history()).kinds(&act);
    assert_eq!(kinds, Ok(vec!["EventRescheduled", "CapacityChanged", "PlaceOffered"]));
    let too_small = RescheduleEvent { capacity: Some(Capacity::Limited(0)), ..act.clone() };
    assert_eq!(scene(history()).kinds(&too_small), Err("BELOW_CONFIRMED".into()));
    let as_before = RescheduleEvent { capacity: None, ..act };
    assert_eq!(scene(history()).kinds(&as_before), Ok(vec!["EventRescheduled"]));
}

// Facts, effects and speed

#[test]
fn every_fact_has_a_sample_that_is_written_and_read_alike() {
    let kinds: Vec<_> = Fact::samples().iter().map(kernel::Fact::kind).collect();
    assert_eq!(kinds, Fact::KINDS);
    for sample in Fact::samples() {
        let text = serde_json::to_string(&sample).unwrap();
        assert_eq!(serde_json::from_str::<Fact>(&text).unwrap(), sample);
    }
}

fn recorded<F: kernel::Fact>(fact: F) -> kernel::Recorded<F> {
    kernel::Recorded {
        journal: "hub".into(),
        position: 1,
        stream: Desk::stream(event_id()),
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
fn each_turn_of_a_registration_is_told_and_an_offer_has_a_timer() {
    let letters = |fact| -> Vec<String> {
        super::react::react(&recorded(fact))
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
    let effects = super::react::react_to_event(&recorded(back));
    assert_eq!(effects[0].body["act"], "PromoteNext");
    assert_eq!(effects[0].body["body"]["event"], EventId::to_string(&event_id()));
    assert!(super::react::react_to_event(&recorded(event::Fact::EventEnded {})).is_empty());
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
