//! Inviting, answering and taking back, one struct for each mutation.
//!
//! An acceptance and its place are one decision: the desk's facts are written with the answer, and
//! when there is no place and no waitlist the answer is refused. Declining, tentative answers and
//! revocations free the place in the same way.

use chrono::{DateTime, Utc};
use kernel::{Act, Actor, Decider as _, Decision, Ledger, PersonId, Personal, Role, Stop};
use serde::{Deserialize, Serialize};

use super::decider::{Command, Invitation, Rejection, Reply, Status};
use super::fact::{Addressee, Answer, Fact, Via};
use super::{InvitationId, stream_of};
use crate::desk::acts::{at_desk, timing};
use crate::desk::decider::{Command as DeskCommand, Request};
use crate::desk::{self, CancelledBy, Desk, RegistrationId};
use crate::event::acts::existing;
use crate::event::{Event, EventId, Status as EventStatus};
use crate::issue::StakeholderId;

/// Who may invite.
const HOSTS: [Role; 3] = [Role::Curator, Role::Host, Role::Organiser];

/// The announced event people are invited to, and its start.
///
/// # Errors
/// Why nobody is invited to it, or a state must be loaded first.
pub(crate) fn announced<'a>(
    ledger: &Ledger<'a>,
    event: EventId,
) -> Result<(&'a Event, DateTime<Utc>), Stop> {
    let state = existing(ledger, event)?;
    match (state.status(), state.when()) {
        (EventStatus::Cancelled, _) => Err(Rejection::EventCancelled {}.into()),
        (EventStatus::Ended | EventStatus::Reported, _) => Err(Rejection::AlreadyEnded {}.into()),
        (EventStatus::Published | EventStatus::Closed, Some(when)) => {
            if state.has_begun(ledger.moment.now) {
                return Err(Rejection::AlreadyEnded {}.into());
            }
            Ok((state, when.starts_at))
        }
        _ => Err(Rejection::EventNotPublished {}.into()),
    }
}

fn invited<'a>(
    ledger: &Ledger<'a>,
    event: EventId,
    stakeholder: StakeholderId,
) -> Result<&'a Invitation, Stop> {
    ledger.state::<Invitation>(stream_of(event, stakeholder))
}

/// One guest to invite.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Guest {
    /// The id of the new invitation.
    pub invitation: InvitationId,
    /// As which stakeholder.
    pub stakeholder: StakeholderId,
    /// Who answers for it.
    pub person: PersonId,
    /// Why she, in a sentence she may read.
    pub reason: Personal<String>,
}

/// Invites stakeholders to a public event. Who was invited before is left alone; when one of them
/// has registered by herself, nobody is invited and the refusal names her registration.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct InviteStakeholders {
    /// To what.
    pub event: EventId,
    /// Whom.
    pub guests: Vec<Guest>,
}

impl Act for InviteStakeholders {
    const KIND: &'static str = "InviteStakeholders";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&HOSTS)
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let (_, expires_at) = announced(ledger, self.event)?;
        let desk = ledger.state::<Desk>(self.event)?;
        let mut decision = Decision::about(self.event);
        let mut seen = std::collections::BTreeSet::new();
        for guest in &self.guests {
            let state = invited(ledger, self.event, guest.stakeholder)?;
            // The same stakeholder twice in one list is one guest.
            if state.status() != Status::None || !seen.insert(guest.stakeholder) {
                continue;
            }
            if let Some(registration) = desk.book().registration_of(guest.person) {
                return Err(Rejection::AlreadyRegistered { registration }.into());
            }
            let to = Addressee {
                invitation: guest.invitation,
                generation: 1,
                event: self.event,
                stakeholder: guest.stakeholder,
                person: guest.person,
            };
            let command = Command::Invite { to, reason: guest.reason.clone(), expires_at };
            let facts = state.decide(command, ledger.moment)?;
            let stream = stream_of(self.event, guest.stakeholder);
            decision = decision.with::<Invitation>(stream, facts)?;
        }
        Ok(decision)
    }
}

/// Asks somebody again who declined, did not answer, or whose invitation was taken back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reinvite {
    /// To what.
    pub event: EventId,
    /// Whom, under the id of the new generation.
    pub guest: Guest,
}

impl Act for Reinvite {
    const KIND: &'static str = "Reinvite";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&HOSTS)
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let (_, expires_at) = announced(ledger, self.event)?;
        let Guest { invitation, stakeholder, person, reason } = self.guest.clone();
        let desk = ledger.state::<Desk>(self.event)?;
        let state = invited(ledger, self.event, stakeholder)?;
        let to = Addressee { invitation, generation: 0, event: self.event, stakeholder, person };
        let facts = state.decide(Command::Reinvite { to, reason, expires_at }, ledger.moment)?;
        if let Some(registration) = desk.book().registration_of(person) {
            return Err(Rejection::AlreadyRegistered { registration }.into());
        }
        Decision::about(invitation).with::<Invitation>(stream_of(self.event, stakeholder), facts)
    }
}

/// Answers an invitation. Accepting takes a place, anything else gives it back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AnswerInvitation {
    /// To what.
    pub event: EventId,
    /// As which stakeholder.
    pub stakeholder: StakeholderId,
    /// Who answers.
    pub person: PersonId,
    /// The answer.
    pub answer: Answer,
    /// The id a registration gets, should one be needed.
    pub registration: RegistrationId,
    /// How it came in.
    pub via: Via,
    /// The SEQUENCE a calendar reply names.
    pub sequence: Option<i64>,
    /// The time stamp a calendar reply bears (DTSTAMP).
    pub stamped_at: Option<DateTime<Utc>>,
    /// She does not want to be asked for this event again.
    #[serde(default)]
    pub stop: bool,
    /// Her name, for the registration.
    pub name: Personal<String>,
    /// Where letters go.
    pub email: Personal<String>,
    /// In which language she reads.
    pub locale: String,
    /// How many people come, herself included.
    pub party_size: u32,
}

impl AnswerInvitation {
    /// Links and replies were verified by who received them; the rest by who is signed in.
    fn believed(&self, actor: &Actor, invitation: &Invitation) -> bool {
        let herself = invitation.belongs_to(self.person);
        match self.via {
            Via::Link | Via::Calendar => herself,
            Via::Api => herself && actor.person == Some(self.person),
            Via::Host => herself && actor.is_any(&HOSTS),
        }
    }

    /// The registration she will have after this answer, and what the desk records for it.
    fn places(&self, ledger: &Ledger<'_>) -> Result<Places, Stop> {
        let event = self.event;
        let desk = ledger.state::<Desk>(event)?;
        let held = desk.book().registration_of(self.person);
        let own = invited(ledger, event, self.stakeholder)?.registration();
        match (self.answer, held) {
            (Answer::Accepted, Some(held)) => {
                Ok(Places { registration: Some(held), facts: vec![] })
            }
            (Answer::Accepted, None) => {
                let request = Request {
                    registration: self.registration,
                    person: self.person,
                    name: self.name.clone(),
                    email: self.email.clone(),
                    party_size: self.party_size,
                    locale: self.locale.clone(),
                    note: None,
                };
                let facts = desk
                    .decide(DeskCommand::Register(Box::new(request)), ledger.moment)
                    .map_err(seat_gone)?;
                Ok(Places { registration: Some(self.registration), facts })
            }
            // Only the place the acceptance took is given back: a registration she made by
            // herself is hers to cancel.
            (_, Some(held)) if own == Some(held) => {
                Ok(Places { registration: None, facts: freed(ledger, event, held)? })
            }
            _ => Ok(Places { registration: None, facts: vec![] }),
        }
    }
}

/// What an answer means at the desk.
struct Places {
    registration: Option<RegistrationId>,
    facts: Vec<desk::Fact>,
}

/// A full desk, as an invited person hears of it.
fn seat_gone(rejection: desk::decider::Rejection) -> Stop {
    match rejection {
        desk::decider::Rejection::QuotaFull { capacity, held, .. } => {
            Rejection::SeatGone { capacity, held, waitlist_offered: false }.into()
        }
        other => other.into(),
    }
}

fn freed(
    ledger: &Ledger<'_>,
    event: EventId,
    registration: RegistrationId,
) -> Result<Vec<desk::Fact>, Stop> {
    let timing = timing(ledger, event)?;
    let by = CancelledBy::Invitation;
    at_desk(ledger, event, DeskCommand::Cancel { registration, by, timing })
}

impl Act for AnswerInvitation {
    const KIND: &'static str = "AnswerInvitation";

    fn permits(&self, _actor: &Actor) -> bool {
        true
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let state = invited(ledger, self.event, self.stakeholder)?;
        let Some(to) = state.to() else { return Err(Rejection::UnknownInvitation {}.into()) };
        if !self.believed(&ledger.moment.actor, state) {
            return Err(Rejection::NotYourInvitation {}.into());
        }
        let (event, _) = announced(ledger, self.event)?;
        let mut reply = Reply {
            answer: self.answer,
            via: self.via,
            sequence: self.sequence,
            stamped_at: self.stamped_at,
            stop: self.stop,
            current: event.sequence(),
            asked_at: event.asked_at_sequence(),
            registration: None,
            takes_place: false,
        };
        // Whether it counts at all comes first: a stale reply hears that, and not that it is full.
        state.decide(Command::Answer(reply.clone()), ledger.moment)?;
        let places = self.places(ledger)?;
        reply.registration = places.registration;
        reply.takes_place = self.answer == Answer::Accepted && !places.facts.is_empty();
        let facts = state.decide(Command::Answer(reply), ledger.moment)?;
        let stream = stream_of(self.event, self.stakeholder);
        let decision = Decision::about(to.invitation);
        // A duplicate changes nothing, at the desk neither.
        if facts.is_empty() {
            return Ok(decision);
        }
        decision.with::<Invitation>(stream, facts)?.with::<Desk>(self.event, places.facts)
    }
}

/// Takes an invitation back; the place goes with it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RevokeInvitation {
    /// To what.
    pub event: EventId,
    /// Whose.
    pub stakeholder: StakeholderId,
}

impl Act for RevokeInvitation {
    const KIND: &'static str = "RevokeInvitation";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&HOSTS)
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        existing(ledger, self.event)?;
        let state = invited(ledger, self.event, self.stakeholder)?;
        let facts = state.decide(Command::Revoke, ledger.moment)?;
        let revoked = facts.iter().any(|fact| matches!(fact, Fact::InvitationRevoked { .. }));
        let desk = ledger.state::<Desk>(self.event)?;
        let taken = state.registration().filter(|&registration| {
            revoked && desk.book().entry(registration).is_some_and(desk::book::Entry::is_live)
        });
        let places = match taken {
            Some(registration) => freed(ledger, self.event, registration)?,
            None => vec![],
        };
        let about = state.to().map(|to| to.invitation.to_string()).unwrap_or_default();
        Decision::about(about)
            .with::<Invitation>(stream_of(self.event, self.stakeholder), facts)?
            .with::<Desk>(self.event, places)
    }
}

/// The timer's: the event began, and she had not answered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExpireInvitation {
    /// To what.
    pub event: EventId,
    /// Whose.
    pub stakeholder: StakeholderId,
}

impl Act for ExpireInvitation {
    const KIND: &'static str = "ExpireInvitation";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_system()
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let begun = existing(ledger, self.event)?.has_begun(ledger.moment.now);
        let state = invited(ledger, self.event, self.stakeholder)?;
        let about = state.to().map(|to| to.invitation.to_string()).unwrap_or_default();
        let facts = if begun { state.decide(Command::Expire, ledger.moment)? } else { vec![] };
        Decision::about(about).with::<Invitation>(stream_of(self.event, self.stakeholder), facts)
    }
}
