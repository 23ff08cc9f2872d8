//! What must follow from a fact of this folder: a mail that is tried once more.

use kernel::{Effect, FactError, Recorded};
use serde_json::json;

use super::decider::Fact;

/// The effects of one kind of their own, which the worker of mails takes.
pub const RETRY: &str = "retry";

/// What follows from a fact.
pub fn react(fact: &Recorded<Fact>) -> Vec<Effect> {
    match &fact.fact {
        // Asked by the worker before each mail.
        Fact::MailsHeld { .. } | Fact::MailsResumed { .. } => vec![],
        Fact::MailRetried { mail } => vec![Effect {
            kind: RETRY,
            due_at: None,
            lane: format!("{RETRY}/{mail}"),
            supersedes: true,
            body: json!({ "mail": mail }),
        }],
    }
}

/// The same for a fact as it is stored; other folders' facts cause nothing here.
///
/// # Errors
/// When a fact of ours cannot be read.
pub fn react_recorded(fact: &Recorded<String>) -> Result<Vec<Effect>, FactError> {
    Ok(fact.read()?.as_ref().map(react).unwrap_or_default())
}
