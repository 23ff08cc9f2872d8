//! What guests have asked for, as it is kept for ever.
//!
//! The names and shapes are a contract; a change of shape needs an upcaster.

use chrono::{DateTime, Utc};
use kernel::{PersonId, Personal};
use serde::{Deserialize, Serialize};

use crate::desk::RegistrationId;
use crate::event::EventId;
use crate::invitation::{Answer, InvitationId};
use crate::issue::StakeholderId;

/// Who asks, and by which invitation or registration: one of the two is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    /// To what she was asked, or registered for.
    pub event: EventId,
    /// She.
    pub person: PersonId,
    /// As which stakeholder she was invited.
    pub stakeholder: Option<StakeholderId>,
    /// Her invitation.
    pub invitation: Option<InvitationId>,
    /// Her registration, when she came by herself.
    pub registration: Option<RegistrationId>,
}

impl Guest {
    /// The id of her invitation or registration: the name of her stream.
    pub fn id(&self) -> String {
        let invitation = self.invitation.map(|id| id.to_string());
        invitation.or_else(|| self.registration.map(|id| id.to_string())).unwrap_or_default()
    }
}

/// What a guest has asked for, and what became of it.
#[derive(
    Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
pub enum Fact {
    /// She would rather have it at another time. A proposal that was open is replaced.
    TimeProposed {
        /// Who.
        guest: Guest,
        /// Its number among hers, from 1.
        proposal: u32,
        /// The number of the one that was open until now.
        replaces: Option<u32>,
        /// When it should begin.
        starts_at: DateTime<Utc>,
        /// When it should be over.
        ends_at: DateTime<Utc>,
        /// Her words with it.
        comment: Option<Personal<String>>,
        /// What she says to the time it has; nothing, perhaps.
        answer: Option<Answer>,
        /// The version of the event she saw (SEQUENCE).
        sequence: i64,
        /// When she proposed it, as her calendar's clock says.
        at: DateTime<Utc>,
    },
    /// The event was moved to the time she proposed.
    ProposedTimeTaken {
        /// Who.
        guest: Guest,
        /// The proposal's number.
        proposal: u32,
    },
    /// The event stays when it is.
    ProposedTimeDeclined {
        /// Who.
        guest: Guest,
        /// The proposal's number.
        proposal: u32,
        /// The version of the event she saw: her calendar knows the proposal by it.
        sequence: i64,
        /// Why, for her to read; the words are their writer's.
        why: Option<Personal<String>>,
    },
    /// Her calendar asked for the invitation as it is now, and gets it.
    InvitationResent {
        /// Who.
        guest: Guest,
        /// When she asked.
        at: DateTime<Utc>,
    },
    /// An answer came in her name, and nothing vouches for its author: she is asked by letter
    /// whether it is hers. One that was held before is dropped.
    AnswerHeld {
        /// Who.
        guest: Guest,
        /// Its number among those held for her, from 1.
        held: u32,
        /// What it says.
        answer: Answer,
        /// When it came in.
        at: DateTime<Utc>,
        /// Until when she may say that it is hers.
        until: DateTime<Utc>,
    },
    /// She said that the answer is hers, and it was given.
    HeldAnswerConfirmed {
        /// Who.
        guest: Guest,
        /// Its number.
        held: u32,
    },
    /// Letters to her go to another address from now on: her calendar there gets the event, the
    /// one at the former address loses it.
    GuestMoved {
        /// Who.
        guest: Guest,
        /// Which of her changes of address this follows from.
        change: u32,
        /// The former address.
        from: Personal<String>,
    },
}

impl Fact {
    /// Whom it concerns.
    pub fn guest(&self) -> &Guest {
        match self {
            Self::TimeProposed { guest, .. }
            | Self::ProposedTimeTaken { guest, .. }
            | Self::ProposedTimeDeclined { guest, .. }
            | Self::InvitationResent { guest, .. }
            | Self::AnswerHeld { guest, .. }
            | Self::HeldAnswerConfirmed { guest, .. }
            | Self::GuestMoved { guest, .. } => guest,
        }
    }
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = <Self as strum::VariantNames>::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn tags(&self) -> Vec<String> {
        let guest = self.guest();
        let mut tags = vec![guest.id(), guest.event.to_string(), guest.person.to_string()];
        tags.extend(guest.stakeholder.map(|id| id.to_string()));
        tags
    }

    fn samples() -> Vec<Self> {
        let person = kernel::testing::id(4);
        let guest = Guest {
            event: kernel::testing::id(2),
            person,
            stakeholder: Some(kernel::testing::id(3)),
            invitation: Some(kernel::testing::id(1)),
            registration: None,
        };
        let words = |text: &str| Some(Personal::new(person, text.to_owned()));
        let at = kernel::testing::noon();
        vec![
            Self::TimeProposed {
                guest,
                proposal: 2,
                replaces: Some(1),
                starts_at: at,
                ends_at: at,
                comment: words("Half an hour later?"),
                answer: Some(Answer::Tentative),
                sequence: 1,
                at,
            },
            Self::ProposedTimeTaken { guest, proposal: 1 },
            Self::ProposedTimeDeclined {
                guest,
                proposal: 1,
                sequence: 1,
                why: words("The room is ours until ten."),
            },
            Self::InvitationResent {
                guest: Guest {
                    stakeholder: None,
                    invitation: None,
                    registration: Some(kernel::testing::id(5)),
                    ..guest
                },
                at,
            },
            Self::AnswerHeld { guest, held: 1, answer: Answer::Declined, at, until: at },
            Self::HeldAnswerConfirmed { guest, held: 1 },
            Self::GuestMoved {
                guest,
                change: 1,
                from: Personal::new(person, "ada@old.example".to_owned()),
            },
        ]
    }
}
