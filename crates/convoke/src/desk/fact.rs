//! What has happened at a desk, as it is kept for ever.
//!
//! The names and shapes are a contract; a change of shape needs an upcaster.

use chrono::{DateTime, Utc};
use kernel::{PersonId, Personal};
use serde::{Deserialize, Serialize};
use strum::VariantNames as _;

use super::RegistrationId;
use crate::event::Capacity;

/// On whose word a registration ended.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum CancelledBy {
    /// The person herself.
    Person,
    /// Whoever holds the link in her letter.
    Link,
    /// A curator or host.
    Host,
    /// Her invitation was declined or revoked.
    Invitation,
}

/// Where a registration stood before a fact moved it: what sums lose by it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Standing {
    /// It has just arrived.
    Received,
    /// It had its places.
    Confirmed,
    /// It waited.
    Waiting,
    /// Places were kept for it.
    Offered,
}

/// Why somebody who waits was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SkipReason {
    /// So few places are free, and she comes with more people.
    PartyTooLarge {
        /// With herself.
        party_size: u32,
        /// Places free at that moment.
        free: u32,
    },
    /// No place is free after all: the event is overbooked.
    NoneFree,
}

/// What has happened at the desk of one event.
#[derive(
    Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
#[expect(missing_docs, reason = "the fields are those of the commands that lead here")]
pub enum Fact {
    DeskOpened {
        capacity: Capacity,
        waitlist: bool,
    },
    CapacityChanged {
        from: Capacity,
        capacity: Capacity,
        overbook: bool,
    },
    WaitlistSwitched {
        waitlist: bool,
    },
    RegistrationReceived {
        registration: RegistrationId,
        person: PersonId,
        name: Personal<String>,
        email: Personal<String>,
        party_size: u32,
        locale: String,
        note: Option<Personal<String>>,
    },
    RegistrationConfirmed {
        registration: RegistrationId,
        person: PersonId,
        party_size: u32,
        /// Received: at once; offered: she took it; waiting: given without asking.
        from: Standing,
    },
    WaitlistJoined {
        registration: RegistrationId,
        person: PersonId,
        party_size: u32,
        /// The place in the order of arrival; not a count of those still ahead.
        order: u64,
    },
    PlaceOffered {
        registration: RegistrationId,
        person: PersonId,
        party_size: u32,
        until: DateTime<Utc>,
    },
    PromotionSkipped {
        registration: RegistrationId,
        reason: SkipReason,
    },
    OfferDeclined {
        registration: RegistrationId,
        person: PersonId,
        party_size: u32,
    },
    OfferExpired {
        registration: RegistrationId,
        person: PersonId,
        party_size: u32,
    },
    WaitlistLeft {
        registration: RegistrationId,
        person: PersonId,
        party_size: u32,
    },
    PartyChanged {
        registration: RegistrationId,
        from: u32,
        party_size: u32,
        at: Standing,
    },
    RegistrationCancelled {
        registration: RegistrationId,
        person: PersonId,
        party_size: u32,
        from: Standing,
        by: CancelledBy,
    },
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = Self::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn tags(&self) -> Vec<String> {
        match self {
            Self::DeskOpened { .. }
            | Self::CapacityChanged { .. }
            | Self::WaitlistSwitched { .. } => vec![],
            Self::PromotionSkipped { registration, .. }
            | Self::PartyChanged { registration, .. } => vec![registration.to_string()],
            Self::RegistrationReceived { registration, person, .. }
            | Self::RegistrationConfirmed { registration, person, .. }
            | Self::WaitlistJoined { registration, person, .. }
            | Self::PlaceOffered { registration, person, .. }
            | Self::OfferDeclined { registration, person, .. }
            | Self::OfferExpired { registration, person, .. }
            | Self::WaitlistLeft { registration, person, .. }
            | Self::RegistrationCancelled { registration, person, .. } => {
                vec![registration.to_string(), person.to_string()]
            }
        }
    }

    fn samples() -> Vec<Self> {
        let (registration, person) = (kernel::testing::id(1), kernel::testing::id(2));
        let personal = |text: &str| Personal::new(person, text.to_owned());
        vec![
            Self::DeskOpened { capacity: Capacity::Limited(50), waitlist: true },
            Self::CapacityChanged {
                from: Capacity::Limited(50),
                capacity: Capacity::Unlimited,
                overbook: false,
            },
            Self::WaitlistSwitched { waitlist: false },
            Self::RegistrationReceived {
                registration,
                person,
                name: personal("Ada"),
                email: personal("ada@example.org"),
                party_size: 2,
                locale: "nl".to_owned(),
                note: Some(personal("no nuts")),
            },
            Self::RegistrationConfirmed {
                registration,
                person,
                party_size: 2,
                from: Standing::Received,
            },
            Self::WaitlistJoined { registration, person, party_size: 2, order: 7 },
            Self::PlaceOffered {
                registration,
                person,
                party_size: 2,
                until: kernel::testing::noon(),
            },
            Self::PromotionSkipped {
                registration,
                reason: SkipReason::PartyTooLarge { party_size: 2, free: 1 },
            },
            Self::OfferDeclined { registration, person, party_size: 2 },
            Self::OfferExpired { registration, person, party_size: 2 },
            Self::WaitlistLeft { registration, person, party_size: 2 },
            Self::PartyChanged { registration, from: 2, party_size: 1, at: Standing::Confirmed },
            Self::RegistrationCancelled {
                registration,
                person,
                party_size: 2,
                from: Standing::Waiting,
                by: CancelledBy::Link,
            },
        ]
    }
}
