//! Given who was invited, when somebody answers, then the place goes with the answer.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]

mod acts;
mod api;
mod view;

use chrono::{DateTime, Duration, Utc};
use kernel::testing::{Scene, given, id, noon, recorded, samples_are_read_back};
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
        Fact::InvitationSent { to: to(1, 1), expires_at: starts(), series: None },
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
            Fact::InvitationSent { to: to(1, 2), expires_at: starts(), series: None },
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

// Facts and effects

#[test]
fn every_fact_is_read_back_as_it_was_written_and_names_its_event() {
    samples_are_read_back::<Fact>();
    for sample in Fact::samples() {
        assert!(sample.tags().contains(&sample.to().event.to_string()));
    }
}

#[test]
fn a_letter_follows_the_sending_and_a_timer_waits_for_the_start() {
    let stream = stream_of(event_id(), stakeholder(1));
    let recorded = |fact| recorded::<Invitation>(&stream, fact);
    let [prepared, sent] = <[Fact; 2]>::try_from(sent()).unwrap();
    assert!(super::react::react(&recorded(prepared)).is_empty());
    let effects = super::react::react(&recorded(sent));
    assert_eq!(effects[0].body["template"], "invitation");
    assert_eq!(effects[0].body["with"]["generation"], 1);
    assert_eq!((effects[1].kind, effects[1].due_at), ("timer", Some(starts())));
    let revoked = super::react::react(&recorded(Fact::InvitationRevoked { to: to(1, 1) }));
    assert_eq!(revoked[0].body["template"], "invitation-revoked");
}
