//! Values that belong to a person.
//!
//! In memory a [`Personal`] value is readable; the journal seals it under that person's own key
//! before it is written, and opens it when it is read. When the key has been destroyed the value
//! is gone, and everything around it (counts, the hash chain) stays.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::PersonId;

/// The member name that marks a readable personal value in JSON.
pub const PERSONAL: &str = "$personal";
/// The member name that marks a sealed personal value in JSON.
pub const SEALED: &str = "$sealed";

/// A value that belongs to a person, and is gone once she is erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Personal<T> {
    /// Whose it is.
    pub of: PersonId,
    /// The value; `None` after erasure.
    pub value: Option<T>,
}

impl<T> Personal<T> {
    /// A value of this person's.
    pub fn new(of: PersonId, value: T) -> Self {
        Self { of, value: Some(value) }
    }

    /// The value, unless she was erased.
    pub fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }
}

#[derive(Serialize, Deserialize)]
struct Open<T> {
    of: PersonId,
    value: Option<T>,
}

#[derive(Serialize)]
struct OpenMark<T> {
    #[serde(rename = "$personal")]
    open: T,
}

#[derive(Deserialize)]
struct Owner {
    of: PersonId,
}

#[derive(Deserialize)]
enum Mark<T> {
    #[serde(rename = "$personal")]
    Open(Open<T>),
    #[serde(rename = "$sealed")]
    Sealed(Owner),
}

impl<T: Serialize> Serialize for Personal<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        OpenMark { open: Open { of: self.of, value: self.value.as_ref() } }.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Personal<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Mark::deserialize(deserializer)? {
            Mark::Open(open) => Self { of: open.of, value: open.value },
            Mark::Sealed(owner) => Self { of: owner.of, value: None },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_personal_value_is_marked_in_json_and_a_sealed_one_reads_as_gone() {
        let ada = PersonId::new(Uuid::from_u128(1));
        let name = Personal::new(ada, "Ada".to_owned());
        let text = serde_json::to_string(&name).unwrap();
        assert_eq!(text, format!("{{\"$personal\":{{\"of\":\"{ada}\",\"value\":\"Ada\"}}}}"));
        assert_eq!(serde_json::from_str::<Personal<String>>(&text).unwrap(), name);
        let sealed = format!("{{\"$sealed\":{{\"of\":\"{ada}\",\"box\":\"AAAA\"}}}}");
        assert_eq!(serde_json::from_str::<Personal<String>>(&sealed).unwrap().value, None);
    }
}
