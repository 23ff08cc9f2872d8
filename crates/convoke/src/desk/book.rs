//! The book of registrations, with running sums.
//!
//! Everything a decision needs is one look-up: the sums and the order of the waiting are kept
//! while facts are learned, never counted afterwards. It knows no rules.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use kernel::PersonId;
use serde::{Deserialize, Serialize};

use super::RegistrationId;
use super::fact::Standing;

/// Where a registration stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// It has its places.
    Confirmed,
    /// It waits, at this place in the order of arrival.
    Waiting {
        /// Smaller came earlier.
        order: u64,
    },
    /// Places are kept for it.
    Offered {
        /// Until then.
        until: DateTime<Utc>,
    },
    /// It was cancelled, or left, or let an offer pass.
    Gone,
}

impl Place {
    /// The end of the offer, if it is one.
    pub fn offered_until(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Offered { until } => Some(until),
            Self::Confirmed | Self::Waiting { .. } | Self::Gone => None,
        }
    }
}

/// One registration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Whose.
    pub person: PersonId,
    /// How many people come, herself included.
    pub party: u32,
    /// Where it stands.
    pub place: Place,
    /// Whether it has been recorded that a smaller party was preferred.
    pub(super) passed_over: bool,
}

impl Entry {
    /// The places it takes: confirmed and offered ones.
    pub fn holds(&self) -> u32 {
        match self.place {
            Place::Confirmed | Place::Offered { .. } => self.party,
            Place::Waiting { .. } | Place::Gone => 0,
        }
    }

    /// Where it stands, as facts say it.
    pub(super) fn standing(&self) -> Standing {
        match self.place {
            Place::Confirmed => Standing::Confirmed,
            Place::Waiting { .. } => Standing::Waiting,
            Place::Offered { .. } => Standing::Offered,
            Place::Gone => Standing::Received,
        }
    }

    /// Whether it still means anything.
    pub fn is_live(&self) -> bool {
        self.place != Place::Gone
    }
}

/// Who has registered for one event, and where each stands.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Book {
    /// Places of confirmed registrations.
    confirmed: u32,
    /// Places kept for offers.
    offered: u32,
    /// People who wait, with their parties.
    waiting: u32,
    entries: BTreeMap<RegistrationId, Entry>,
    /// Live registrations only.
    by_person: BTreeMap<PersonId, RegistrationId>,
    /// Who waits, in the order of arrival.
    queue: BTreeMap<u64, RegistrationId>,
    /// The next place in that order.
    next: u64,
}

impl Book {
    /// Places of confirmed registrations.
    pub fn confirmed(&self) -> u32 {
        self.confirmed
    }

    /// Places taken: confirmed and offered.
    pub fn held(&self) -> u32 {
        self.confirmed.saturating_add(self.offered)
    }

    /// People who wait, with their parties.
    pub fn waiting(&self) -> u32 {
        self.waiting
    }

    /// Whether the waitlist is empty.
    pub fn nobody_waits(&self) -> bool {
        self.queue.is_empty()
    }

    /// The live registration of a person.
    pub fn registration_of(&self, person: PersonId) -> Option<RegistrationId> {
        self.by_person.get(&person).copied()
    }

    /// One registration.
    pub fn entry(&self, registration: RegistrationId) -> Option<&Entry> {
        self.entries.get(&registration)
    }

    /// Whether a registration has its place for certain: what enrolling in a hackathon needs.
    pub fn is_confirmed(&self, registration: RegistrationId) -> bool {
        self.entry(registration).is_some_and(|entry| entry.place == Place::Confirmed)
    }

    /// The waiting, first come first.
    pub fn queue(&self) -> impl Iterator<Item = (RegistrationId, &Entry)> {
        self.queue.values().filter_map(|&id| self.entries.get(&id).map(|entry| (id, entry)))
    }

    pub(super) fn next_order(&self) -> u64 {
        self.next
    }

    /// A registration arrives; the fact that follows says where it stands.
    pub(super) fn receive(&mut self, registration: RegistrationId, person: PersonId, party: u32) {
        let entry = Entry { person, party, place: Place::Gone, passed_over: false };
        self.entries.insert(registration, entry);
        self.by_person.insert(person, registration);
    }

    pub(super) fn pass_over(&mut self, registration: RegistrationId) {
        if let Some(entry) = self.entries.get_mut(&registration) {
            entry.passed_over = true;
        }
    }

    pub(super) fn move_to(&mut self, registration: RegistrationId, place: Place) {
        self.change(registration, |entry| entry.place = place);
        if let Place::Waiting { order } = place {
            self.next = order.saturating_add(1);
        }
        if place == Place::Gone
            && let Some(person) = self.entry(registration).map(|entry| entry.person)
            && self.registration_of(person) == Some(registration)
        {
            self.by_person.remove(&person);
        }
    }

    pub(super) fn resize(&mut self, registration: RegistrationId, party: u32) {
        self.change(registration, |entry| {
            entry.party = party;
            entry.passed_over = false;
        });
    }

    /// The only way an entry changes what it takes, so that the sums stay true.
    fn change(&mut self, registration: RegistrationId, change: impl FnOnce(&mut Entry)) {
        let Some(entry) = self.entries.get_mut(&registration) else { return };
        let before = entry.clone();
        change(entry);
        let after = entry.clone();
        self.uncount(&before);
        self.count(registration, &after);
    }

    fn count(&mut self, registration: RegistrationId, entry: &Entry) {
        match entry.place {
            Place::Confirmed => self.confirmed = self.confirmed.saturating_add(entry.party),
            Place::Offered { .. } => self.offered = self.offered.saturating_add(entry.party),
            Place::Waiting { order } => {
                self.waiting = self.waiting.saturating_add(entry.party);
                self.queue.insert(order, registration);
            }
            Place::Gone => {}
        }
    }

    fn uncount(&mut self, entry: &Entry) {
        match entry.place {
            Place::Confirmed => self.confirmed = self.confirmed.saturating_sub(entry.party),
            Place::Offered { .. } => self.offered = self.offered.saturating_sub(entry.party),
            Place::Waiting { order } => {
                self.waiting = self.waiting.saturating_sub(entry.party);
                self.queue.remove(&order);
            }
            Place::Gone => {}
        }
    }
}
