//! Given who was invited, when somebody answers, then the place goes with the answer.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]

use chrono::{DateTime, Duration, Utc};
use kernel::testing::{Scene, given, id, noon};
use kernel::{Actor, Decider, Fact as _, PersonId, Personal, Role, Zone};

use super::decider::{Command, Invitation, Rejection, Reply, Status};
use super::fact::{Addressee, Answer, Fact, Via};
use super::*;
use crate::desk::{self, Desk, RegisterForEvent, RegistrationId};
use crate::event::{self, Capacity, Event, Format, Mode, Venue, When};
use crate::issue::StakeholderId;

fn event_id() -> EventId {
    id(77)
}
fn stakeholder(number: u64) -> StakeholderId {
    id(200 + number)
}
fn person(number: u64) -> PersonId {
    id(1000 + number)
}
fn registration(number: u64) -> RegistrationId {
    id(number)
}
fn to(number: u64, generation: u32) -> Addressee {
    Addressee {
        invitation: id(300 + number),
        generation,
        event: event_id(),
        stakeholder: stakeholder(number),
        person: person(number),
    }
}
fn reason(number: u64) -> Personal<String> {
    Personal::new(person(number), "You run the food bank next door.".into())
}
fn evening() -> When {
    let local = |text: &str| text.parse().unwrap();
    let zone = Zone::parse("Europe/Amsterdam").unwrap();
    When::between(local("2026-12-01T19:00:00"), local("2026-12-01T22:00:00"), zone, None).unwrap()
}
fn starts() -> DateTime<Utc> {
    evening().starts_at
}
fn sent() -> Vec<Fact> {
    vec![
        Fact::InvitationPrepared { to: to(1, 1), reason: reason(1) },
        Fact::InvitationSent { to: to(1, 1), expires_at: starts() },
    ]
}
fn and(mut facts: Vec<Fact>, more: impl IntoIterator<Item = Fact>) -> Vec<Fact> {
    facts.extend(more);
    facts
}
fn given_answer(answer: Answer, registration: Option<RegistrationId>) -> Fact {
    let (to, via, sequence, at) = (to(1, 1), Via::Link, 0, noon());
    Fact::RsvpGiven { to, answer, via, sequence, at, registration, stop: false }
}
fn reply(answer: Answer) -> Reply {
    Reply {
        answer,
        via: Via::Link,
        sequence: None,
        stamped_at: None,
        stop: false,
        current: 0,
        asked_at: 0,
        registration: None,
        takes_place: false,
    }
}
fn invite() -> Command {
    Command::Invite { to: to(1, 1), reason: reason(1), expires_at: starts() }
}
fn reinvite() -> Command {
    Command::Reinvite { to: to(1, 0), reason: reason(1), expires_at: starts() }
}

// The rules of one invitation

#[test]
fn a_guest_is_invited_once() {
    given::<Invitation>([]).when(invite()).then(sent());
    given::<Invitation>(sent()).when(invite()).then_nothing();
}

#[test]
fn the_first_answer_is_given_and_another_one_changes_it() {
    given::<Invitation>(sent())
        .when(Command::Answer(reply(Answer::Tentative)))
        .then([given_answer(Answer::Tentative, None)]);
    let history = || and(sent(), [given_answer(Answer::Tentative, None)]);
    given::<Invitation>(history()).when(Command::Answer(reply(Answer::Tentative))).then_nothing();
    given::<Invitation>(history()).when(Command::Answer(reply(Answer::Declined))).then([
        Fact::RsvpChanged {
            to: to(1, 1),
            from: Answer::Tentative,
            answer: Answer::Declined,
            via: Via::Link,
            sequence: 0,
            at: noon(),
            registration: None,
            stop: false,
        },
    ]);
}

#[test]
fn who_was_not_invited_has_nothing_to_answer() {
    for command in [Command::Answer(reply(Answer::Accepted)), Command::Revoke, reinvite()] {
        given::<Invitation>([]).when(command).then_rejected(Rejection::UnknownInvitation {});
    }
    given::<Invitation>([]).when(Command::Expire).then_nothing();
}

#[test]
fn an_invitation_that_expired_or_was_taken_back_is_not_answered() {
    let expired = || Fact::InvitationExpired { to: to(1, 1) };
    let revoked = || Fact::InvitationRevoked { to: to(1, 1) };
    let answer = || Command::Answer(reply(Answer::Accepted));
    given::<Invitation>(sent()).when(Command::Expire).then([expired()]);
    given::<Invitation>(and(sent(), [expired()]))
        .when(answer())
        .then_rejected(Rejection::InvitationExpired {});
    given::<Invitation>(and(sent(), [expired()]))
        .when(Command::Revoke)
        .then_rejected(Rejection::InvitationExpired {});
    given::<Invitation>(sent()).when(Command::Revoke).then([revoked()]);
    given::<Invitation>(and(sent(), [revoked()]))
        .when(answer())
        .then_rejected(Rejection::InvitationRevoked {});
    given::<Invitation>(and(sent(), [revoked()])).when(Command::Revoke).then_nothing();
    given::<Invitation>(and(sent(), [given_answer(Answer::Accepted, None)]))
        .when(Command::Expire)
        .then_nothing();
}

#[test]
fn e17_after_a_refusal_a_new_generation_is_asked_and_the_old_answer_stays() {
    let declined = and(sent(), [given_answer(Answer::Declined, None)]);
    let again = || {
        vec![
            Fact::InvitationReopened { to: to(1, 2), reason: reason(1) },
            Fact::InvitationSent { to: to(1, 2), expires_at: starts() },
        ]
    };
    given::<Invitation>(declined.clone()).when(reinvite()).then(again());
    let state = Invitation::after(&and(declined, again()));
    assert_eq!((state.status(), state.to().unwrap().generation), (Status::Sent, 2));
    assert_eq!(state.registration(), None);
    given::<Invitation>(sent())
        .when(reinvite())
        .then_rejected(Rejection::AlreadyInvited { generation: 1 });
}

#[test]
fn who_declined_and_wants_silence_is_not_asked_again() {
    let stop = Reply { stop: true, ..reply(Answer::Declined) };
    let facts = Invitation::after(&sent()).decide(Command::Answer(stop), &moment()).unwrap();
    given::<Invitation>(and(sent(), facts))
        .when(reinvite())
        .then_rejected(Rejection::DeclinedWithStop {});
}

fn moment() -> kernel::Moment {
    kernel::Moment { now: noon(), actor: Actor::visitor() }
}

fn by_calendar(answer: Answer, sequence: i64, stamped_at: DateTime<Utc>) -> Reply {
    Reply {
        via: Via::Calendar,
        sequence: Some(sequence),
        stamped_at: Some(stamped_at),
        ..reply(answer)
    }
}

#[test]
fn e19_a_calendar_reply_older_than_the_answer_we_have_is_stale() {
    let history = || and(sent(), [given_answer(Answer::Declined, None)]);
    let older = by_calendar(Answer::Accepted, 0, noon() - Duration::minutes(5));
    given::<Invitation>(history()).when(Command::Answer(older)).then_rejected(
        Rejection::StaleReply { sequence: 0, current: 0, answered_at: Some(noon()) },
    );
    let same = by_calendar(Answer::Accepted, 0, noon());
    given::<Invitation>(history()).when(Command::Answer(same)).then_nothing();
    let newer = by_calendar(Answer::Tentative, 0, noon() + Duration::minutes(5));
    let facts = Invitation::after(&history()).decide(Command::Answer(newer), &moment()).unwrap();
    assert_eq!(facts[0].kind(), "RsvpChanged");
}

#[test]
fn an_answer_to_a_time_that_has_moved_does_not_count() {
    let old = Reply { current: 2, asked_at: 1, ..by_calendar(Answer::Accepted, 0, noon()) };
    given::<Invitation>(sent()).when(Command::Answer(old)).then_rejected(Rejection::StaleReply {
        sequence: 0,
        current: 2,
        answered_at: None,
    });
    // The title changed since (2), not the time (1): that answer counts.
    let fine = Reply { current: 2, asked_at: 1, ..by_calendar(Answer::Accepted, 1, noon()) };
    let facts = Invitation::after(&sent()).decide(Command::Answer(fine), &moment()).unwrap();
    assert!(matches!(facts[..], [Fact::RsvpGiven { sequence: 1, .. }]));
    // The same answer to the new time is news.
    let again = Reply { current: 1, asked_at: 1, ..reply(Answer::Declined) };
    let history = and(sent(), [given_answer(Answer::Declined, None)]);
    let facts = Invitation::after(&history).decide(Command::Answer(again), &moment()).unwrap();
    assert!(matches!(facts[..], [Fact::RsvpChanged { sequence: 1, .. }]));
}

#[test]
fn a_clock_a_week_ahead_is_not_believed() {
    let ahead = by_calendar(Answer::Tentative, 0, noon() + Duration::days(7));
    let facts = Invitation::after(&sent()).decide(Command::Answer(ahead), &moment()).unwrap();
    let Fact::RsvpGiven { at, .. } = facts[0] else { panic!("{facts:?}") };
    assert_eq!(at, noon());
}

// Acts: the event and its desk

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

// Facts and effects

#[test]
fn every_fact_has_a_sample_that_is_written_and_read_alike() {
    let kinds: Vec<_> = Fact::samples().iter().map(kernel::Fact::kind).collect();
    assert_eq!(kinds, Fact::KINDS);
    for sample in Fact::samples() {
        let text = serde_json::to_string(&sample).unwrap();
        assert_eq!(serde_json::from_str::<Fact>(&text).unwrap(), sample);
        assert!(sample.tags().contains(&sample.to().event.to_string()));
    }
}

#[test]
fn a_letter_follows_the_sending_and_a_timer_waits_for_the_start() {
    let recorded = |fact: Fact| kernel::Recorded {
        journal: "hub".into(),
        position: 1,
        stream: Invitation::stream(stream_of(event_id(), stakeholder(1))),
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
    };
    let [prepared, sent] = <[Fact; 2]>::try_from(sent()).unwrap();
    assert!(super::react::react(&recorded(prepared)).is_empty());
    let effects = super::react::react(&recorded(sent));
    assert_eq!(effects[0].body["template"], "invitation");
    assert_eq!(effects[0].body["with"]["generation"], 1);
    assert_eq!((effects[1].kind, effects[1].due_at), ("timer", Some(starts())));
    let revoked = super::react::react(&recorded(Fact::InvitationRevoked { to: to(1, 1) }));
    assert_eq!(revoked[0].body["template"], "invitation-revoked");
}
