//! Who gives a command, and what she may do in this hub.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, EnumString};

use crate::PersonId;

/// A role in one hub (`NetworkAdmin` in all of them). Grants and revocations are facts.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    EnumIter,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
pub enum Role {
    /// Opens hubs and grants roles anywhere.
    NetworkAdmin,
    /// Leads one hub: roles, settings, everything below.
    HubAdmin,
    /// Owns issues and events, and decides.
    Curator,
    /// Looks after members and introduces them.
    Host,
    /// Runs hackathons.
    Organiser,
    /// Belongs to the hub: may propose and endorse.
    Member,
    /// Takes part in an event or a hackathon.
    Participant,
}

/// Whoever gives a command or asks a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// What the journal records: a person's id, `visitor`, or `system:<policy>`. Never an address.
    pub name: String,
    /// The person, when one is known.
    pub person: Option<PersonId>,
    /// Her roles in the hub concerned.
    pub roles: Vec<Role>,
}

impl Actor {
    /// Somebody we know nothing about.
    pub fn visitor() -> Self {
        Self { name: "visitor".to_owned(), person: None, roles: Vec::new() }
    }

    /// A rule of our own that acts, such as a timer.
    pub fn system(policy: &str) -> Self {
        Self { name: format!("system:{policy}"), person: None, roles: Vec::new() }
    }

    /// A known person with her roles in this hub.
    pub fn person(person: PersonId, roles: impl IntoIterator<Item = Role>) -> Self {
        Self { name: person.to_string(), person: Some(person), roles: roles.into_iter().collect() }
    }

    /// Whether one of our own rules acts.
    pub fn is_system(&self) -> bool {
        self.name.starts_with("system:")
    }

    /// Whether the actor holds one of these roles, or one that contains it: a hub admin may do
    /// what every role of the hub may, a network admin may do everything, a curator may what a
    /// host, an organiser or a member may; our own rules may everything.
    pub fn is_any(&self, wanted: &[Role]) -> bool {
        self.is_system()
            || self.roles.iter().any(|held| wanted.iter().any(|want| held.contains(*want)))
    }
}

impl Role {
    /// Whether holding this role is as good as holding the other.
    pub fn contains(self, other: Self) -> bool {
        match self {
            Self::NetworkAdmin => true,
            Self::HubAdmin => other != Self::NetworkAdmin,
            Self::Curator => matches!(
                other,
                Self::Curator | Self::Host | Self::Organiser | Self::Member | Self::Participant
            ),
            Self::Host | Self::Organiser => {
                other == self || matches!(other, Self::Member | Self::Participant)
            }
            Self::Member => matches!(other, Self::Member | Self::Participant),
            Self::Participant => other == Self::Participant,
        }
    }
}
