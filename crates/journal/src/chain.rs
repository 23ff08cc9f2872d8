//! The hash chain: each fact's hash covers the one before, so nobody changes, swaps or removes a
//! fact without `verify` naming the first wrong position.
//!
//! `hash = SHA-256(previous hash ‖ fields)`, each field as a 4-byte big-endian length and its
//! UTF-8 bytes; numbers in decimal, a missing value as length 2³²−1. The payload is hashed as
//! stored, personal values sealed, so erasing a person leaves the chain whole.

use kernel::Recorded;
use sha2::{Digest, Sha256};

/// The hash before the first fact.
pub(crate) const GENESIS: [u8; 32] = [0; 32];

/// The hash of a fact with the payload as it is stored.
pub(crate) fn link<F>(previous: &[u8; 32], fact: &Recorded<F>, payload: &str) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    let mut field = |value: Option<&str>| match value {
        Some(text) => {
            hasher.update(u32::try_from(text.len()).unwrap_or(u32::MAX - 1).to_be_bytes());
            hasher.update(text.as_bytes());
        }
        None => hasher.update(u32::MAX.to_be_bytes()),
    };
    field(Some(&fact.journal));
    field(Some(&fact.position.to_string()));
    field(Some(fact.stream.as_str()));
    field(Some(&fact.version.to_string()));
    field(Some(&fact.kind));
    field(Some(&fact.schema.to_string()));
    field(Some(&fact.recorded_at.timestamp_micros().to_string()));
    field(fact.occurred_at.map(|at| at.timestamp_micros().to_string()).as_deref());
    field(Some(&fact.actor));
    field(Some(&fact.command_id.to_string()));
    field(Some(&fact.ordinal.to_string()));
    field(fact.caused_by.map(|position| position.to_string()).as_deref());
    field(fact.correlation.map(|id| id.to_string()).as_deref());
    field(Some(payload));
    hasher.finalize().into()
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _unfailing = write!(text, "{byte:02x}");
        text
    })
}
