//! Ids: a type prefix and a UUIDv7 in base32, such as `event_01k…` (the TypeID specification).
//!
//! One form everywhere: in streams, URLs, GraphQL, iCalendar UIDs and logs. Making a new one is
//! the business of whoever has a clock and randomness; here they are only given a type.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use type_safe_id::{DynamicType, TypeSafeId};
use uuid::Uuid;

/// What an id names; the prefix is part of its written form.
pub trait Kind: 'static {
    /// Lower-case letters, at most 63: `event`, `team`.
    const PREFIX: &'static str;
}

/// The id of one thing of kind `K`.
pub struct Id<K> {
    uuid: Uuid,
    kind: PhantomData<fn() -> K>,
}

/// A text that is no id of the wanted kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not an id of the form {prefix}_…")]
pub struct BadId {
    /// The prefix that was wanted.
    pub prefix: &'static str,
    /// What was given, cut at 80 characters.
    pub text: String,
}

impl<K: Kind> Id<K> {
    /// Gives a UUID (version 7, by whoever holds the clock) its type.
    pub fn new(uuid: Uuid) -> Self {
        Self { uuid, kind: PhantomData }
    }

    /// The bare UUID.
    pub fn uuid(self) -> Uuid {
        self.uuid
    }

    /// Reads the written form.
    ///
    /// # Errors
    /// [`BadId`] when the prefix is another one or the rest is no UUID in base32.
    pub fn parse(text: &str) -> Result<Self, BadId> {
        let bad = || BadId { prefix: K::PREFIX, text: text.chars().take(80).collect() };
        let id = TypeSafeId::<DynamicType>::from_str(text).map_err(|_cause| bad())?;
        if id.type_prefix() == K::PREFIX { Ok(Self::new(id.uuid())) } else { Err(bad()) }
    }
}

/// The prefix of any id: what `node(id)` dispatches on.
pub fn prefix_of(text: &str) -> Option<&str> {
    text.rsplit_once('_').map(|(prefix, _)| prefix)
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.uuid.cmp(&other.uuid)
    }
}
impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}

impl<K: Kind> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match DynamicType::new(K::PREFIX) {
            Ok(kind) => write!(f, "{}", TypeSafeId::from_type_and_uuid(kind, self.uuid)),
            // A prefix the specification refuses still gives a readable text.
            Err(_) => write!(f, "{}_{}", K::PREFIX, self.uuid),
        }
    }
}
impl<K: Kind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl<K: Kind> FromStr for Id<K> {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        Self::parse(text)
    }
}
impl<K: Kind> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de, K: Kind> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

/// Marks the id of a person.
pub enum PersonKind {}
impl Kind for PersonKind {
    const PREFIX: &'static str = "person";
}
/// A random pseudonym: it says nothing about the person, so it may stay in the journal for ever.
pub type PersonId = Id<PersonKind>;

/// Marks the id of a hub.
pub enum HubKind {}
impl Kind for HubKind {
    const PREFIX: &'static str = "hub";
}
/// A hub, the tenant; also the name of its journal.
pub type HubId = Id<HubKind>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_written_and_read_alike() {
        let id = PersonId::new(Uuid::from_u128(0x0190_1234_5678_7abc_8def_0123_4567_89ab));
        let text = id.to_string();
        assert!(text.starts_with("person_01"), "{text}");
        assert_eq!(PersonId::parse(&text), Ok(id));
        assert_eq!(
            serde_json::from_str::<PersonId>(&serde_json::to_string(&id).unwrap()).unwrap(),
            id
        );
    }

    #[test]
    fn an_id_of_another_kind_is_refused() {
        let hub = HubId::new(Uuid::from_u128(7)).to_string();
        assert!(PersonId::parse(&hub).is_err());
        assert!(PersonId::parse("person_nonsense").is_err());
        assert!(PersonId::parse("").is_err());
        assert_eq!(prefix_of(&hub), Some("hub"));
    }
}
