//! Social issues: proposed, backed by evidence, endorsed, put on the agenda.
//!
//! An issue is a stream of its hub's journal; the hub's agenda is another, in which titles and
//! slugs are taken, so that two issues never share an address and a second one of the same title
//! is noticed. The id of a stakeholder is declared here, since stakeholders endorse issues and
//! the registry is the next room.

pub mod acts;
pub mod agenda;
pub mod decider;
pub mod fact;
pub mod graphql;
pub mod mutations;
pub mod page;
pub mod react;
#[cfg(test)]
mod tests;
pub mod view;

use kernel::{Id, Kind};

pub use acts::{
    AcceptIssue, AddEvidence, CloseIssue, DeclineIssue, LinkSdg, MergeIssue, ProposeIssue,
    ReopenIssue, RetractEvidence, SetRegion, SetUrgency, StartReview,
};
pub use agenda::{Agenda, Fact as AgendaFact};
pub use decider::{Issue, Rejection};
pub use fact::{Evidence, Fact, Stage, Urgency};

/// Marks the id of an issue.
pub enum IssueKind {}
impl Kind for IssueKind {
    const PREFIX: &'static str = "issue";
}
/// The id of an issue.
pub type IssueId = Id<IssueKind>;

/// Marks the id of a stakeholder.
pub enum StakeholderKind {}
impl Kind for StakeholderKind {
    const PREFIX: &'static str = "stakeholder";
}
/// The id of a stakeholder.
pub type StakeholderId = Id<StakeholderKind>;

/// The names of everything this folder can say no with.
pub fn rejections() -> Vec<&'static str> {
    use strum::VariantNames as _;
    [Rejection::VARIANTS, agenda::Rejection::VARIANTS].concat()
}

/// Every kind of fact of this folder with its schema version and an example.
pub fn samples() -> Vec<(&'static str, u16, String)> {
    use crate::app::facts::samples_of;
    [samples_of::<Fact>(), samples_of::<AgendaFact>()].concat()
}
