//! An offered place: until when it stands, and who gets it next.

use super::*;

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
