//! The code with which a team lets people in without asking.
//!
//! Eight letters that are read aloud across a room: Crockford's base 32, so that O and 0, I, L and
//! 1 are the same. 40 random bits; guessing is bounded by the rate limit at the edge.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The letters of a code (Crockford's base 32).
const LETTERS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many letters a code has.
pub const LENGTH: usize = 8;

/// A well-formed join code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JoinCode(String);

impl JoinCode {
    /// A code from unpredictable bytes.
    pub fn of(random: [u8; LENGTH]) -> Self {
        let letter = |byte: u8| LETTERS.chars().nth(usize::from(byte & 31));
        Self(random.into_iter().filter_map(letter).collect())
    }

    /// Reads what somebody typed; `None` when it cannot be a code.
    pub fn parse(text: &str) -> Option<Self> {
        let mut code = String::with_capacity(LENGTH);
        for typed in text.chars().filter(|c| !c.is_whitespace() && *c != '-').take(LENGTH + 1) {
            let letter = match typed.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            LETTERS.contains(letter).then(|| code.push(letter))?;
        }
        (code.len() == LENGTH).then_some(Self(code))
    }

    /// The letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for JoinCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
