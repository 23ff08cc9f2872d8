//! Who takes part in a hackathon, who is in which team, with which idea.
//!
//! One stream for each hackathon, because what must hold spans all of it: nobody is in two teams,
//! no team is above its maximum, every team has one lead and she is a member. Ideas live here too,
//! since founding a team takes one and dissolving it frees it in the same decision.

use kernel::{Id, Kind};

pub mod acts;
pub mod code;
pub mod command;
pub mod decider;
pub mod fact;
mod forms;
pub mod graphql;
pub mod inputs;
mod lists;
pub mod mutations;
pub mod organise;
pub mod page;
pub mod query;
pub mod react;
pub mod rejection;
pub mod state;
#[cfg(test)]
mod tests;
pub mod view;

pub use crate::desk::RegistrationId;
pub use crate::hackathon::{HackathonId, TeamId};
pub use code::JoinCode;
pub use command::Command;
pub use fact::{ClosedRequest, Fact, How, Skill};
pub(crate) use lists::HackathonRoster;
pub use react::react;
pub use rejection::Rejection;
pub use state::Roster;

/// Marks the id of a participant.
pub enum ParticipantKind {}
impl Kind for ParticipantKind {
    const PREFIX: &'static str = "participant";
}
/// A person's part in one hackathon.
pub type ParticipantId = Id<ParticipantKind>;

/// Marks the id of an idea.
pub enum IdeaKind {}
impl Kind for IdeaKind {
    const PREFIX: &'static str = "idea";
}
/// A short idea somebody pitched.
pub type IdeaId = Id<IdeaKind>;

/// Marks the id of a request to join.
pub enum JoinRequestKind {}
impl Kind for JoinRequestKind {
    const PREFIX: &'static str = "request";
}
/// A participant's request to join a team.
pub type JoinRequestId = Id<JoinRequestKind>;

/// The names of everything a command here can be refused with.
pub fn rejections() -> Vec<&'static str> {
    <Rejection as strum::VariantNames>::VARIANTS.to_vec()
}

/// Every kind of fact with its schema version and a sample.
pub fn samples() -> Vec<(&'static str, u16, String)> {
    crate::app::facts::samples_of::<Fact>()
}
