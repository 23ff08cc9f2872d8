//! Acts: what the event says, and who asks.

use super::*;

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
