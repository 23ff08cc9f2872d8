//! The name of a letter, the same on every attempt (RFC 5322 §3.6.4).
//!
//! It comes from the outbox key, never from chance: a second copy after a crash is then
//! recognisable as the same letter. It also seeds the MIME boundaries and names the file of the
//! folder transport, so only plain characters are let in.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::Kind;

/// With brackets and header name it stays far below the 998 octets of a line, and it may never
/// be folded: some servers read a folded Message-ID as none.
const BYTES_MAX: usize = 200;

/// `left@right` without the angle brackets.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId(String);

/// The text is no message id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a message id is left@right of at most {BYTES_MAX} plain ASCII characters")]
pub struct MessageIdError;

impl MessageId {
    /// `{unique}.{kind}@{domain}`; `unique` is the outbox key or what is derived from it.
    ///
    /// # Errors
    /// A character that no dot-atom has, or more than 200 bytes.
    pub fn new(unique: &str, kind: Kind, domain: &str) -> Result<Self, MessageIdError> {
        Self::parse(&format!("{unique}.{kind}@{domain}"))
    }

    /// The id all letters about one event refer to, so that clients show them as one thread.
    ///
    /// # Errors
    /// As [`MessageId::new`].
    pub fn thread(event: &str, domain: &str) -> Result<Self, MessageIdError> {
        Self::parse(&format!("thread.{event}@{domain}"))
    }

    /// Reads an id, with or without its angle brackets.
    ///
    /// # Errors
    /// As [`MessageId::new`].
    pub fn parse(text: &str) -> Result<Self, MessageIdError> {
        let text = text.trim();
        let inner = text.strip_prefix('<').and_then(|t| t.strip_suffix('>')).unwrap_or(text);
        let (left, right) = inner.split_once('@').ok_or(MessageIdError)?;
        if inner.len() > BYTES_MAX || !is_dot_atom(left) || !is_dot_atom(right) {
            return Err(MessageIdError);
        }
        Ok(Self(inner.to_owned()))
    }

    /// Without the brackets.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// 32 hexadecimal digits that belong to this id.
    pub(crate) fn digits(&self) -> String {
        hex_digits(self.0.as_bytes())
    }
}

/// The first half of SHA-256, in hexadecimal.
pub(crate) fn hex_digits(bytes: &[u8]) -> String {
    Sha256::digest(bytes).into_iter().take(16).flat_map(hex).collect()
}

/// A byte as two hexadecimal digits.
pub(crate) fn hex(byte: u8) -> impl Iterator<Item = char> {
    let digits = [byte >> 4, byte & 15].into_iter();
    digits.filter_map(|digit| char::from_digit(digit.into(), 16))
}

fn is_dot_atom(text: &str) -> bool {
    !text.is_empty()
        && text.split('.').all(|atom| {
            !atom.is_empty()
                && atom
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
        })
}

impl fmt::Display for MessageId {
    /// With the brackets, as it stands in a header.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::{MessageId, MessageIdError};
    use crate::Kind;

    #[test]
    fn an_id_is_built_from_its_key() {
        let id = MessageId::new("01jt7e", Kind::LoginLink, "hub.example").unwrap();
        assert_eq!(id.to_string(), "<01jt7e.login-link@hub.example>");
        assert_eq!(MessageId::parse(&id.to_string()), Ok(id));
        assert_eq!(MessageId::thread("e1", "h.example").unwrap().as_str(), "thread.e1@h.example");
    }

    #[test]
    fn only_plain_ids_exist() {
        for text in ["", "a", "a@", "@b", "a@b@c", "a b@c", "a\r\n@c", "<a@b", "a..b@c", "ş@c"] {
            assert_eq!(MessageId::parse(text), Err(MessageIdError), "{text:?}");
        }
        assert!(MessageId::parse(&format!("{}@b", "a".repeat(200))).is_err());
    }
}
