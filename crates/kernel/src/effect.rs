//! What must follow from a fact: letters to plan, timers that will issue a command.
//!
//! A reaction returns these; the journal stores them in the append's transaction under the key
//! (journal, position, ordinal), so that each happens once however often facts are replayed.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use crate::Act;

/// One thing that must follow.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// What to do: `letter`, `timer`.
    pub kind: &'static str,
    /// Not before; `None` means at once.
    pub due_at: Option<DateTime<Utc>>,
    /// Effects of one lane are done in order, and a newer one may replace an older still waiting.
    pub lane: String,
    /// Whether an older effect of this lane that is still waiting is dropped in favour of this.
    pub supersedes: bool,
    /// What the worker needs to know: ids, never personal values.
    pub body: Value,
}

/// A command to be issued later. `decide` judges again then, so a late one is harmless.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Timer {
    /// The act's kind.
    pub act: &'static str,
    /// The act's body.
    pub body: Value,
}

impl Effect {
    /// A timer: `act` is issued by the system at `due_at`.
    pub fn timer<A: Act>(due_at: DateTime<Utc>, lane: impl Into<String>, act: &A) -> Self {
        let body = serde_json::json!({ "act": A::KIND, "body": serde_json::to_value(act).unwrap_or_default() });
        Self { kind: "timer", due_at: Some(due_at), lane: lane.into(), supersedes: true, body }
    }

    /// A letter to plan: `template` about the thing `body` names.
    pub fn letter(template: &str, lane: impl Into<String>, body: Value) -> Self {
        let body = Value::from_iter([("template", Value::from(template)), ("with", body)]);
        Self { kind: "letter", due_at: None, lane: lane.into(), supersedes: false, body }
    }

    /// The same, but not before this instant.
    #[must_use]
    pub fn not_before(mut self, due_at: DateTime<Utc>) -> Self {
        self.due_at = Some(due_at);
        self
    }

    /// The same, replacing an older one of its lane that still waits.
    #[must_use]
    pub fn superseding(mut self) -> Self {
        self.supersedes = true;
        self
    }
}
