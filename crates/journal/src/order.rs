//! A command on its way into the journal, and the answer that comes back.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use kernel::{Actor, DynAct, Refusal};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::Error;

/// A fault that several callers of one batch may share.
pub type Fault = Arc<Error>;

/// A command with everything the journal stores about it.
pub struct Order {
    /// What is asked.
    pub act: Box<dyn DynAct>,
    /// By whom.
    pub actor: Actor,
    /// The same id again gives the same answer and no second fact.
    pub command_id: Uuid,
    /// What was asked, without ids made on the way: the same command id with another fingerprint
    /// is refused with `COMMAND_ID_REUSED`. Keyed by the journal before it is stored.
    pub fingerprint: String,
    /// When the server received it.
    pub received_at: DateTime<Utc>,
    /// Decide, and record nothing.
    pub dry_run: bool,
    /// The position of the fact that made one of our rules act.
    pub caused_by: Option<i64>,
    /// The journey it belongs to.
    pub correlation: Option<Uuid>,
}

/// What became of a command.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Accepted or rejected.
    pub outcome: Outcome,
    /// Whether this is the answer to an earlier command of the same id.
    pub replayed: bool,
}

/// The decision, as it is stored with the command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Facts were recorded, or all was so already.
    Accepted(Receipt),
    /// A rule said no.
    Rejected(Refusal),
}

/// Proof of an accepted command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// The command.
    pub command_id: Uuid,
    /// The id of the thing it concerns.
    pub about: String,
    /// The journal's position behind it.
    pub position: i64,
    /// The version its first stream has now: the one it wrote first, or, when it changed nothing,
    /// the one it looked at first; 0 when it looked at none.
    pub version: i64,
    /// Whether it led to facts; if not, everything was so already. Receipts from before this was
    /// kept do not say.
    #[serde(default = "most_did")]
    pub changed: bool,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// What a receipt that does not say most likely stands for.
fn most_did() -> bool {
    true
}

impl Order {
    /// A command from one who gave no id of its own and no fingerprint.
    pub fn new(
        act: Box<dyn DynAct>,
        actor: Actor,
        command_id: Uuid,
        received_at: DateTime<Utc>,
    ) -> Self {
        Self {
            act,
            actor,
            command_id,
            fingerprint: String::new(),
            received_at,
            dry_run: false,
            caused_by: None,
            correlation: None,
        }
    }
}

impl Answer {
    /// The receipt, if it was accepted.
    pub fn receipt(&self) -> Option<&Receipt> {
        match &self.outcome {
            Outcome::Accepted(receipt) => Some(receipt),
            Outcome::Rejected(_) => None,
        }
    }

    /// The refusal, if it was rejected.
    pub fn refusal(&self) -> Option<&Refusal> {
        match &self.outcome {
            Outcome::Accepted(_) => None,
            Outcome::Rejected(refusal) => Some(refusal),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_from_before_it_said_what_changed_is_read() {
        let old = r#"{"accepted":{"command_id":"00000000-0000-0000-0000-000000000007","about":"x","position":3,"version":2,"recorded_at":"2026-11-20T12:00:00Z"}}"#;
        let read: Outcome = serde_json::from_str(old).unwrap();
        let Outcome::Accepted(receipt) = read else { panic!("it was accepted") };
        assert!(receipt.changed);
        assert_eq!((receipt.position, receipt.version), (3, 2));
    }
}
