//! What must follow from a fact about an issue: its proposer hears what became of it.

use kernel::{Effect, FactError, Recorded};
use serde_json::json;

use super::Fact;

/// The letters a fact asks for. A proposer without an address gets none; the planner knows.
pub fn react(fact: &Recorded<Fact>) -> Vec<Effect> {
    let issue = fact.stream.id();
    let letter = |template| {
        vec![Effect::letter(template, format!("issue/{issue}"), json!({ "issue": issue }))]
    };
    match &fact.fact {
        Fact::IssueAccepted {} => letter("issue-accepted"),
        Fact::IssueDeclined { .. } => letter("issue-declined"),
        Fact::IssueProposed { .. }
        | Fact::EvidenceAdded { .. }
        | Fact::EvidenceRetracted { .. }
        | Fact::ReviewStarted {}
        | Fact::IssueEndorsed { .. }
        | Fact::EndorsementWithdrawn { .. }
        | Fact::UrgencySet { .. }
        | Fact::SdgLinked { .. }
        | Fact::RegionSet { .. }
        | Fact::IssueClosed { .. }
        | Fact::IssueReopened {}
        | Fact::IssueMerged { .. }
        | Fact::IssueAbsorbed { .. } => Vec::new(),
    }
}

/// The same for a fact as it is stored; other folders' facts ask for nothing here.
///
/// # Errors
/// When a fact of ours cannot be read.
pub fn react_recorded(fact: &Recorded<String>) -> Result<Vec<Effect>, FactError> {
    Ok(fact.read()?.map(|fact| react(&fact)).unwrap_or_default())
}
