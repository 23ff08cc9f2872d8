//! Personal invitations and their answers.
//!
//! One stream for each guest of an event, `invitation/{event}.{stakeholder}`, with a generation
//! for every time she was asked. Accepting takes a place at the desk in the same decision.

pub mod acts;
pub mod decider;
pub mod fact;
mod gather;
pub mod graphql;
pub mod mix;
pub mod mutations;
pub mod page;
pub mod react;
pub mod suggest;
pub mod view;

#[cfg(test)]
mod tests;

use kernel::{Id, Kind};

pub use acts::{
    AnswerInvitation, ExpireInvitation, Guest, InviteStakeholders, Reinvite, RevokeInvitation,
};
pub use decider::{Invitation, Status};
pub use fact::{Addressee, Answer, Fact, InSeries, Via};

use crate::event::EventId;
use crate::issue::StakeholderId;

/// Marks the id of an invitation.
pub enum InvitationKind {}
impl Kind for InvitationKind {
    const PREFIX: &'static str = "invitation";
}
/// One generation of an invitation: what its link and its calendar organiser address name.
pub type InvitationId = Id<InvitationKind>;

/// The name of the stream of one guest.
pub fn stream_of(event: EventId, stakeholder: StakeholderId) -> String {
    format!("{event}.{stakeholder}")
}

/// The names of the rejections of these rules.
pub fn rejections() -> Vec<&'static str> {
    <decider::Rejection as strum::VariantNames>::VARIANTS.to_vec()
}

/// Every kind of fact with its schema version and a sample payload.
pub fn samples() -> Vec<(&'static str, u16, String)> {
    crate::app::facts::samples_of::<Fact>()
}
