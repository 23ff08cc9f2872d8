//! When somebody wants to be reminded, and on which wall she lives.

use std::collections::BTreeSet;

use kernel::Zone;
use serde::{Deserialize, Serialize};

/// How long before an event a reminder comes. The names are stored.
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
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
    async_graphql::Enum,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[graphql(name = "ReminderTime")]
pub enum Ahead {
    /// A week before, at the same time of day.
    Week,
    /// The day before, at the same time of day.
    Day,
    /// Two hours before.
    Hours,
}

/// What a person has chosen for her letters from one hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// When she wants to be reminded of events she has a place at.
    pub reminders: BTreeSet<Ahead>,
    /// Her own time zone; the event's while she has not said.
    pub zone: Option<Zone>,
}

impl Default for Wishes {
    /// A week and a day before; two hours before only for who asks for it.
    fn default() -> Self {
        Self { reminders: BTreeSet::from([Ahead::Week, Ahead::Day]), zone: None }
    }
}
