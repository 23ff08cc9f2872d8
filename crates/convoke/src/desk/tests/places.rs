//! Freed places go where they must, and parties grow and shrink.

use super::*;

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
