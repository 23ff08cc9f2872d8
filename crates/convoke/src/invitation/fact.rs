//! What has happened to an invitation, as it is kept for ever.
//!
//! The names and shapes are a contract; a change of shape needs an upcaster.

use chrono::{DateTime, Utc};
use kernel::{PersonId, Personal};
use serde::{Deserialize, Serialize};
use strum::VariantNames as _;

use super::InvitationId;
use crate::desk::RegistrationId;
use crate::event::{EventId, SeriesId};
use crate::issue::StakeholderId;

/// An answer to an invitation, as calendars call it (RFC 5545 §3.2.12, PARTSTAT).
#[derive(
    Clone,
    Copy,
    Debug,
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
pub enum Answer {
    /// Comes.
    Accepted,
    /// Perhaps; no place is taken.
    Tentative,
    /// Does not come.
    Declined,
}

/// How an answer came in.
#[derive(
    Clone,
    Copy,
    Debug,
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
pub enum Via {
    /// From the page behind the link in the letter; the token has been verified.
    Link,
    /// A calendar program's reply; the sender has been verified.
    Calendar,
    /// A host noted it for her.
    Host,
    /// Signed in.
    Api,
}

/// Which invitation of whom: enough to show a fact without reading others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addressee {
    /// The generation's own id.
    pub invitation: InvitationId,
    /// 1, 2, 3 …: how often she was asked.
    pub generation: u32,
    /// To what.
    pub event: EventId,
    /// As which stakeholder.
    pub stakeholder: StakeholderId,
    /// The person who answers for it.
    pub person: PersonId,
}

/// An invitation to all of a series, of which this one is to a single date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InSeries {
    /// Which series.
    pub series: SeriesId,
    /// The first of her invitations to it: its letter speaks for all of them, and calendars answer to
    /// its address, since a series has one organizer.
    pub first: InvitationId,
    /// Whether the letter of this one speaks for those of its command, though it is not the first:
    /// she was invited again, to dates that were added.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub speaks: bool,
}

/// What has happened to the invitation of one guest.
#[derive(
    Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
pub enum Fact {
    /// A guest was chosen.
    InvitationPrepared {
        /// Who.
        to: Addressee,
        /// Why she, in a sentence she may read.
        reason: Personal<String>,
    },
    /// She is being told.
    InvitationSent {
        /// Who.
        to: Addressee,
        /// After this an answer comes too late: the event begins.
        expires_at: DateTime<Utc>,
        /// The series she is invited to as a whole.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        series: Option<InSeries>,
    },
    /// She is asked once more, after the previous generation came to its end.
    InvitationReopened {
        /// Who; the generation is one more.
        to: Addressee,
        /// Why she.
        reason: Personal<String>,
    },
    /// Her first answer to this generation.
    RsvpGiven {
        /// Who.
        to: Addressee,
        /// The answer.
        answer: Answer,
        /// How it came.
        via: Via,
        /// Which version of the event it answers (calendar SEQUENCE).
        sequence: i64,
        /// When she answered: a calendar reply's own stamp, else the instant of receipt.
        at: DateTime<Utc>,
        /// The registration that goes with it, when accepted.
        registration: Option<RegistrationId>,
        /// She does not want to be asked for this event again.
        stop: bool,
    },
    /// Another answer.
    RsvpChanged {
        /// Who.
        to: Addressee,
        /// What she had answered.
        from: Answer,
        /// The answer.
        answer: Answer,
        /// How it came.
        via: Via,
        /// Which version of the event it answers.
        sequence: i64,
        /// When she answered.
        at: DateTime<Utc>,
        /// The registration that goes with it, when accepted.
        registration: Option<RegistrationId>,
        /// She does not want to be asked for this event again.
        stop: bool,
    },
    /// A curator took it back.
    InvitationRevoked {
        /// Who.
        to: Addressee,
    },
    /// The event began and she had not answered.
    InvitationExpired {
        /// Who.
        to: Addressee,
    },
}

impl Fact {
    /// Whom it concerns.
    pub fn to(&self) -> &Addressee {
        match self {
            Self::InvitationPrepared { to, .. }
            | Self::InvitationSent { to, .. }
            | Self::InvitationReopened { to, .. }
            | Self::RsvpGiven { to, .. }
            | Self::RsvpChanged { to, .. }
            | Self::InvitationRevoked { to }
            | Self::InvitationExpired { to } => to,
        }
    }
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = Self::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn tags(&self) -> Vec<String> {
        let to = self.to();
        let mut tags = vec![
            to.invitation.to_string(),
            to.event.to_string(),
            to.stakeholder.to_string(),
            to.person.to_string(),
        ];
        if let Self::RsvpGiven { registration, .. } | Self::RsvpChanged { registration, .. } = self
        {
            tags.extend(registration.map(|id| id.to_string()));
        }
        tags
    }

    fn samples() -> Vec<Self> {
        let person = kernel::testing::id(4);
        let to = Addressee {
            invitation: kernel::testing::id(1),
            generation: 1,
            event: kernel::testing::id(2),
            stakeholder: kernel::testing::id(3),
            person,
        };
        let reason = || Personal::new(person, "You run the food bank next door.".to_owned());
        let (at, via, sequence) = (kernel::testing::noon(), Via::Calendar, 1);
        let registration = Some(kernel::testing::id(5));
        vec![
            Self::InvitationPrepared { to, reason: reason() },
            Self::InvitationSent { to, expires_at: at, series: None },
            Self::InvitationReopened { to, reason: reason() },
            Self::RsvpGiven {
                to,
                answer: Answer::Accepted,
                via,
                sequence,
                at,
                registration,
                stop: false,
            },
            Self::RsvpChanged {
                to,
                from: Answer::Accepted,
                answer: Answer::Declined,
                via,
                sequence,
                at,
                registration: None,
                stop: true,
            },
            Self::InvitationRevoked { to },
            Self::InvitationExpired { to },
        ]
    }
}
