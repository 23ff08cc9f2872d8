//! What may happen to one guest's invitation: asked, answered, changed, taken back, asked again.
//!
//! At most one generation is alive. A reply from a calendar is believed only when it is newer than
//! the answer we have, and an answer to a time that has moved since does not count (RFC 5546
//! §2.1.5). Whether there is a place is the desk's to decide; the acts bring both together.

use calendar::{Order, Ours, Version, order, order_on_web};
use chrono::{DateTime, Utc};
use kernel::{Decider, Moment, PersonId, Personal};
use serde::{Deserialize, Serialize};

use super::InvitationId;
use super::fact::{Addressee, Answer, Fact, InSeries, Via};
use crate::desk::RegistrationId;
use crate::event::SeriesId;

/// Where the latest generation stands.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
pub enum Status {
    /// Never asked.
    #[default]
    None,
    /// Chosen, not told.
    Prepared,
    /// Told, no answer.
    Sent,
    /// Comes.
    Accepted,
    /// Perhaps.
    Tentative,
    /// Does not come.
    Declined,
    /// Did not answer in time.
    Expired,
    /// Taken back.
    Revoked,
}

/// An answer as it came in; whether the sender is who she says has been checked.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The answer.
    pub answer: Answer,
    /// How it came.
    pub via: Via,
    /// The SEQUENCE it names, if a calendar sent it.
    pub sequence: Option<i64>,
    /// Its own time stamp (DTSTAMP), if a calendar sent it.
    pub stamped_at: Option<DateTime<Utc>>,
    /// She does not want to be asked for this event again.
    pub stop: bool,
    /// The event's present SEQUENCE.
    pub current: i64,
    /// The SEQUENCE at which people were last asked.
    pub asked_at: i64,
    /// The live registration that goes with it; the one to be made, or the one she has.
    pub registration: Option<RegistrationId>,
    /// Whether that registration is newly made by this answer.
    pub takes_place: bool,
}

/// What may be asked.
#[derive(Clone, Debug)]
pub enum Command {
    /// Ask her, unless she was asked before.
    Invite {
        /// Who.
        to: Addressee,
        /// Why she.
        reason: Personal<String>,
        /// Until when an answer makes sense.
        expires_at: DateTime<Utc>,
    },
    /// Ask her to one date of a series she is asked to as a whole.
    InviteToSeries {
        /// Who.
        to: Addressee,
        /// Why she.
        reason: Personal<String>,
        /// Until when an answer makes sense.
        expires_at: DateTime<Utc>,
        /// Which series.
        series: InSeries,
    },
    /// Ask her again.
    Reinvite {
        /// Who; the generation given is ignored.
        to: Addressee,
        /// Why she.
        reason: Personal<String>,
        /// Until when an answer makes sense.
        expires_at: DateTime<Utc>,
    },
    /// She answers.
    Answer(Reply),
    /// It is taken back.
    Revoke,
    /// The event has begun.
    Expire,
}

/// Why an invitation, or an answer, is turned down.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error, strum::VariantNames)]
#[expect(missing_docs, reason = "each says its rule; the fields are the figures that decided")]
pub enum Rejection {
    #[error("there is no such invitation")]
    UnknownInvitation {},
    #[error("the event is not published")]
    EventNotPublished {},
    #[error("the event is cancelled")]
    EventCancelled {},
    #[error("the event has begun or is over")]
    AlreadyEnded {},
    #[error("invited already, for the {generation}. time")]
    AlreadyInvited { generation: u32 },
    #[error("already registered as {registration}")]
    AlreadyRegistered { registration: RegistrationId },
    #[error("asked not to be invited to this again")]
    DeclinedWithStop {},
    #[error("the invitation has expired")]
    InvitationExpired {},
    #[error("the invitation was taken back")]
    InvitationRevoked {},
    #[error("the invitation is somebody else's")]
    NotYourInvitation {},
    #[error("an answer to version {sequence}; asked again since, at version {current}")]
    StaleReply { sequence: i64, current: i64, answered_at: Option<DateTime<Utc>> },
    #[error("no place is left: {held} of {capacity} are taken")]
    SeatGone { capacity: u32, held: u32, waitlist_offered: bool },
}
impl kernel::Rejection for Rejection {}

/// The answer that counts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Given {
    answer: Answer,
    sequence: i64,
    at: DateTime<Utc>,
    registration: Option<RegistrationId>,
}

/// The invitations of one guest to one event.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Invitation {
    to: Option<Addressee>,
    status: Status,
    given: Option<Given>,
    /// She asked not to be asked again.
    stop: bool,
    /// The series she was last asked to as a whole, by this date.
    series: Option<InSeries>,
}

impl Invitation {
    /// Where the latest generation stands.
    pub fn status(&self) -> Status {
        self.status
    }

    /// Whom it concerns, once she was asked.
    pub fn to(&self) -> Option<&Addressee> {
        self.to.as_ref()
    }

    /// The registration her acceptance took.
    pub fn registration(&self) -> Option<RegistrationId> {
        self.given.and_then(|given| given.registration)
    }

    /// Whether the person answers for this invitation.
    pub fn belongs_to(&self, person: PersonId) -> bool {
        self.to.is_some_and(|to| to.person == person)
    }

    /// The first of her invitations to this series as a whole, once she was asked to it.
    pub fn first_in(&self, series: SeriesId) -> Option<InvitationId> {
        self.series.filter(|known| known.series == series).map(|known| known.first)
    }

    fn is_alive(&self) -> bool {
        matches!(
            self.status,
            Status::Prepared | Status::Sent | Status::Accepted | Status::Tentative
        )
    }

    fn invite(
        &self,
        to: Addressee,
        reason: Personal<String>,
        (expires_at, series): (DateTime<Utc>, Option<InSeries>),
    ) -> Vec<Fact> {
        if self.status != Status::None {
            return vec![];
        }
        let to = Addressee { generation: 1, ..to };
        vec![
            Fact::InvitationPrepared { to, reason },
            Fact::InvitationSent { to, expires_at, series },
        ]
    }

    fn reinvite(
        &self,
        to: Addressee,
        reason: Personal<String>,
        expires_at: DateTime<Utc>,
    ) -> Result<Vec<Fact>, Rejection> {
        let Some(before) = self.to else { return Err(Rejection::UnknownInvitation {}) };
        if self.is_alive() {
            return Err(Rejection::AlreadyInvited { generation: before.generation });
        }
        if self.stop {
            return Err(Rejection::DeclinedWithStop {});
        }
        let to = Addressee { generation: before.generation.saturating_add(1), ..to };
        let sent = Fact::InvitationSent { to, expires_at, series: None };
        Ok(vec![Fact::InvitationReopened { to, reason }, sent])
    }

    fn answer(&self, reply: &Reply, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        let Some(to) = self.to else { return Err(Rejection::UnknownInvitation {}) };
        match self.status {
            Status::Expired => return Err(Rejection::InvitationExpired {}),
            Status::Revoked => return Err(Rejection::InvitationRevoked {}),
            Status::None
            | Status::Prepared
            | Status::Sent
            | Status::Accepted
            | Status::Tentative
            | Status::Declined => {}
        }
        let ours = Ours { current: count(reply.current), time_changed: count(reply.asked_at) };
        let last =
            self.given.map(|given| Version { sequence: count(given.sequence), stamp: given.at });
        let told = (reply.sequence.map(count), reply.stamped_at);
        let version = match reply.via {
            Via::Calendar => match order(last, ours, told, moment.now) {
                Order::Applied(version) => version,
                Order::Duplicate => return Ok(vec![]),
                Order::Stale | Order::AnsweredOldTime(_) => {
                    return Err(Rejection::StaleReply {
                        sequence: reply.sequence.unwrap_or(reply.current),
                        current: reply.current,
                        answered_at: last.map(|last| last.stamp),
                    });
                }
            },
            Via::Link | Via::Host | Via::Api => order_on_web(last, ours, moment.now),
        };
        let (sequence, at) = (version.sequence.into(), version.stamp);
        Ok(self.said(to, reply, sequence, at))
    }

    fn said(&self, to: Addressee, reply: &Reply, sequence: i64, at: DateTime<Utc>) -> Vec<Fact> {
        let &Reply { answer, via, registration, stop, .. } = reply;
        match self.given {
            None => {
                vec![Fact::RsvpGiven { to, answer, via, sequence, at, registration, stop }]
            }
            // The same answer again is news only when it answers a new question, takes a place
            // that was given back, or asks for silence.
            Some(given)
                if given.answer == answer
                    && given.sequence >= reply.asked_at
                    && !reply.takes_place
                    && (self.stop || !stop) =>
            {
                vec![]
            }
            Some(Given { answer: from, .. }) => {
                vec![Fact::RsvpChanged { to, from, answer, via, sequence, at, registration, stop }]
            }
        }
    }

    fn revoke(&self) -> Result<Vec<Fact>, Rejection> {
        match (self.status, self.to) {
            (Status::None, _) | (_, None) => Err(Rejection::UnknownInvitation {}),
            (Status::Revoked, _) => Ok(vec![]),
            (Status::Expired, _) => Err(Rejection::InvitationExpired {}),
            (_, Some(to)) => Ok(vec![Fact::InvitationRevoked { to }]),
        }
    }

    fn learn_answer(&mut self, given: Given, stop: bool) {
        self.status = match given.answer {
            Answer::Accepted => Status::Accepted,
            Answer::Tentative => Status::Tentative,
            Answer::Declined => Status::Declined,
        };
        self.given = Some(given);
        self.stop = self.stop || stop;
    }
}

/// A SEQUENCE as calendars count; none is negative.
fn count(sequence: i64) -> u32 {
    u32::try_from(sequence).unwrap_or_default()
}

impl Decider for Invitation {
    const STREAM: &'static str = "invitation";
    const STATE: u16 = 2;
    type Command = Command;
    type Fact = Fact;
    type Rejection = Rejection;

    fn decide(&self, command: Command, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        match command {
            Command::Invite { to, reason, expires_at } => {
                Ok(self.invite(to, reason, (expires_at, None)))
            }
            Command::InviteToSeries { to, reason, expires_at, series } => {
                Ok(self.invite(to, reason, (expires_at, Some(series))))
            }
            Command::Reinvite { to, reason, expires_at } => self.reinvite(to, reason, expires_at),
            Command::Answer(reply) => self.answer(&reply, moment),
            Command::Revoke => self.revoke(),
            Command::Expire => Ok(match (self.status, self.to) {
                (Status::Prepared | Status::Sent, Some(to)) => {
                    vec![Fact::InvitationExpired { to }]
                }
                _ => vec![],
            }),
        }
    }

    fn evolve(&mut self, fact: &Fact) {
        match fact {
            Fact::InvitationPrepared { to, .. } | Fact::InvitationReopened { to, .. } => {
                self.to = Some(*to);
                self.status = Status::Prepared;
                self.given = None;
            }
            Fact::InvitationSent { series, .. } => {
                self.status = Status::Sent;
                // Asked again to this date alone, her calendar still has the series.
                self.series = series.or(self.series);
            }
            Fact::RsvpGiven { answer, sequence, at, registration, stop, .. }
            | Fact::RsvpChanged { answer, sequence, at, registration, stop, .. } => {
                let (answer, sequence, at) = (*answer, *sequence, *at);
                let registration = *registration;
                self.learn_answer(Given { answer, sequence, at, registration }, *stop);
            }
            Fact::InvitationRevoked { .. } => self.status = Status::Revoked,
            Fact::InvitationExpired { .. } => self.status = Status::Expired,
        }
    }
}
