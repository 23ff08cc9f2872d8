//! Acts: an answer, the event it is about, and the place at its desk.

use super::*;

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
fn scene(places: u32) -> Scene {
    let opened = desk::Fact::DeskOpened { capacity: Capacity::Limited(places), waitlist: true };
    Scene::new().with::<Event>(event_id(), public_event()).with::<Desk>(event_id(), [opened])
}
fn invited(places: u32) -> Scene {
    let mut scene = scene(places);
    scene.act(&inviting([1])).unwrap();
    scene
}
fn guest(number: u64) -> Guest {
    Guest {
        invitation: id(300 + number),
        stakeholder: stakeholder(number),
        person: person(number),
        reason: reason(number),
    }
}
fn inviting(numbers: impl IntoIterator<Item = u64>) -> InviteStakeholders {
    InviteStakeholders { event: event_id(), guests: numbers.into_iter().map(guest).collect() }
}
fn answering(number: u64, answer: Answer) -> AnswerInvitation {
    let person = person(number);
    AnswerInvitation {
        event: event_id(),
        stakeholder: stakeholder(number),
        person,
        answer,
        registration: registration(number),
        via: Via::Link,
        sequence: None,
        stamped_at: None,
        stop: false,
        name: Personal::new(person, "Ada".into()),
        email: Personal::new(person, "ada@example.org".into()),
        locale: "nl".into(),
        party_size: 1,
    }
}
fn registering(number: u64) -> RegisterForEvent {
    let person = person(number);
    RegisterForEvent {
        event: event_id(),
        registration: registration(100 + number),
        person,
        name: Personal::new(person, "Ada".into()),
        email: Personal::new(person, "ada@example.org".into()),
        party_size: 1,
        locale: "nl".into(),
        note: None,
    }
}
fn storm() -> event::Fact {
    event::Fact::EventCancelled { reason: "storm".into(), sequence: Some(1) }
}

#[test]
fn a_list_of_guests_is_invited_and_who_was_is_left_alone() {
    let mut scene = scene(5);
    let two = ["InvitationPrepared", "InvitationSent"].repeat(2);
    assert_eq!(scene.kinds(&inviting([1, 2, 2])), Ok(two));
    assert_eq!(scene.kinds(&inviting([1, 2, 3])), Ok(vec!["InvitationPrepared", "InvitationSent"]));
    assert_eq!(scene.kinds(&inviting([1, 2, 3])), Ok(vec![]));
}

#[test]
fn people_are_invited_only_to_what_is_announced_and_ahead() {
    let at = |facts: Vec<event::Fact>| {
        Scene::new().with::<Event>(event_id(), facts).kinds(&inviting([1]))
    };
    let mut facts = public_event();
    assert_eq!(at(facts[..3].to_vec()), Err("EVENT_NOT_PUBLISHED".into()));
    assert_eq!(scene(5).at(starts()).kinds(&inviting([1])), Err("ALREADY_ENDED".into()));
    facts.push(storm());
    assert_eq!(at(facts), Err("EVENT_CANCELLED".into()));
    assert_eq!(at(vec![]), Err("UNKNOWN_EVENT".into()));
}

#[test]
fn e18_who_has_registered_is_not_invited() {
    let mut scene = scene(5);
    scene.act(&registering(2)).unwrap();
    assert_eq!(scene.kinds(&inviting([1, 2])), Err("ALREADY_REGISTERED".into()));
}

#[test]
fn accepting_takes_a_place_in_the_same_decision() {
    let mut scene = invited(5);
    let kinds = scene.kinds(&answering(1, Answer::Accepted));
    assert_eq!(kinds, Ok(vec!["RsvpGiven", "RegistrationReceived", "RegistrationConfirmed"]));
    assert_eq!(scene.kinds(&answering(1, Answer::Accepted)), Ok(vec![]));
}

#[test]
fn declining_after_accepting_frees_the_place_for_who_waits() {
    let mut scene = invited(1);
    scene.act(&answering(1, Answer::Accepted)).unwrap();
    scene.act(&registering(2)).unwrap();
    let kinds = scene.kinds(&answering(1, Answer::Declined));
    assert_eq!(kinds, Ok(vec!["RsvpChanged", "RegistrationCancelled", "PlaceOffered"]));
    let back = AnswerInvitation { registration: registration(9), ..answering(1, Answer::Accepted) };
    let kinds = scene.kinds(&back);
    assert_eq!(kinds, Ok(vec!["RsvpChanged", "RegistrationReceived", "WaitlistJoined"]));
}

#[test]
fn a_tentative_answer_takes_no_place() {
    let mut scene = invited(1);
    assert_eq!(scene.kinds(&answering(1, Answer::Tentative)), Ok(vec!["RsvpGiven"]));
}

#[test]
fn when_it_is_full_without_a_waitlist_the_seat_is_gone() {
    let mut scene = invited(0);
    scene.act(&desk::SwitchWaitlist { event: event_id(), waitlist: false }).unwrap();
    let refusal = scene.act(&answering(1, Answer::Accepted)).unwrap_err();
    assert_eq!(refusal.code, "SEAT_GONE");
    assert_eq!(refusal.details["capacity"], 0);
    assert_eq!(refusal.details["waitlist_offered"], false);
}

#[test]
fn e18_who_registered_after_being_invited_accepts_without_a_second_place() {
    let mut scene = invited(5);
    scene.act(&registering(1)).unwrap();
    let decision = scene.act(&answering(1, Answer::Accepted)).unwrap();
    assert_eq!(decision.drafts.len(), 1);
    let state = scene.state::<Invitation>(stream_of(event_id(), stakeholder(1))).unwrap();
    assert_eq!(state.registration(), Some(registration(101)));
}

#[test]
fn a_place_given_back_at_the_desk_is_taken_again_by_the_same_answer() {
    let mut scene = invited(5);
    scene.act(&answering(1, Answer::Accepted)).unwrap();
    let cancel = desk::CancelRegistration {
        event: event_id(),
        registration: registration(1),
        via_link: true,
    };
    scene.act(&cancel).unwrap();
    let again =
        AnswerInvitation { registration: registration(9), ..answering(1, Answer::Accepted) };
    let kinds = scene.kinds(&again);
    assert_eq!(kinds, Ok(vec!["RsvpChanged", "RegistrationReceived", "RegistrationConfirmed"]));
}

#[test]
fn e21_an_invitation_is_answered_by_its_guest_or_by_a_host_for_her() {
    let code = |act: AnswerInvitation, actor: Actor| invited(5).by(actor).kinds(&act).err();
    let accepted = || answering(1, Answer::Accepted);
    let not_yours = Some("NOT_YOUR_INVITATION".to_owned());
    let forwarded = AnswerInvitation { person: person(2), ..accepted() };
    assert_eq!(code(forwarded, Actor::visitor()), not_yours);
    let signed_in = || AnswerInvitation { via: Via::Api, ..accepted() };
    assert_eq!(code(signed_in(), Actor::person(person(2), [Role::Member])), not_yours);
    assert_eq!(code(signed_in(), Actor::person(person(1), [])), None);
    let for_her = || AnswerInvitation { via: Via::Host, ..accepted() };
    assert_eq!(code(for_her(), Actor::person(person(2), [Role::Member])), not_yours);
    assert_eq!(code(for_her(), Actor::person(person(2), [Role::Host])), None);
}

#[test]
fn e14_an_answer_to_a_cancelled_event_is_refused() {
    let mut cancelled = invited(5).with::<Event>(event_id(), [storm()]);
    let code = cancelled.kinds(&answering(1, Answer::Accepted));
    assert_eq!(code, Err("EVENT_CANCELLED".into()));
    let unknown = scene(5).kinds(&answering(1, Answer::Accepted));
    assert_eq!(unknown, Err("UNKNOWN_INVITATION".into()));
    let late = invited(5).at(starts()).kinds(&answering(1, Answer::Accepted));
    assert_eq!(late, Err("ALREADY_ENDED".into()));
}

#[test]
fn e19_a_reply_to_the_old_time_is_stale_and_moves_no_place() {
    let moved = event::Fact::EventRescheduled {
        from: evening(),
        when: evening(),
        venue: None,
        link: None,
        material: true,
        sequence: Some(1),
        status: event::Status::Published,
    };
    let mut scene = invited(5).with::<Event>(event_id(), [moved]);
    let old = AnswerInvitation {
        via: Via::Calendar,
        sequence: Some(0),
        stamped_at: Some(noon()),
        ..answering(1, Answer::Accepted)
    };
    assert_eq!(scene.kinds(&old), Err("STALE_REPLY".into()));
    let new = AnswerInvitation { sequence: Some(1), ..old };
    assert_eq!(scene.kinds(&new).unwrap().len(), 3);
    assert_eq!(scene.kinds(&new), Ok(vec![]), "a calendar's second copy changes nothing");
}

#[test]
fn taking_an_invitation_back_frees_its_place_and_asking_again_starts_anew() {
    let mut scene = invited(5);
    scene.act(&answering(1, Answer::Accepted)).unwrap();
    let again = Reinvite { event: event_id(), guest: Guest { invitation: id(400), ..guest(1) } };
    assert_eq!(scene.kinds(&again), Err("ALREADY_INVITED".into()));
    let revoke = RevokeInvitation { event: event_id(), stakeholder: stakeholder(1) };
    assert_eq!(scene.kinds(&revoke), Ok(vec!["InvitationRevoked", "RegistrationCancelled"]));
    assert_eq!(scene.kinds(&revoke), Ok(vec![]));
    assert_eq!(scene.kinds(&again), Ok(vec!["InvitationReopened", "InvitationSent"]));
}

#[test]
fn who_registered_by_herself_is_not_asked_again() {
    let mut scene = invited(5);
    scene.act(&answering(1, Answer::Declined)).unwrap();
    scene.act(&registering(1)).unwrap();
    let again = Reinvite { event: event_id(), guest: guest(1) };
    assert_eq!(scene.kinds(&again), Err("ALREADY_REGISTERED".into()));
}

#[test]
fn an_invitation_expires_when_the_event_begins() {
    let expire = ExpireInvitation { event: event_id(), stakeholder: stakeholder(1) };
    let mut scene = invited(5);
    assert_eq!(scene.kinds(&expire), Ok(vec![]));
    let mut scene = scene.at(starts());
    assert_eq!(scene.kinds(&expire), Ok(vec!["InvitationExpired"]));
    assert_eq!(scene.kinds(&expire), Ok(vec![]));
}
