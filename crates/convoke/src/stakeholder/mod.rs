//! The registry of NGOs, social enterprises and everyone else concerned.
//!
//! A stakeholder is a stream of its hub's journal. Whoever speaks for it is a person, known here
//! by a pseudonym only; each person has a `contact` stream that says for which stakeholder, so
//! that one address never speaks for two. Erasing a person begins there.

pub mod acts;
pub mod contact;
pub mod decider;
pub mod endorse;
pub mod fact;
pub mod import;
pub mod pledge;
pub mod react;
mod records;
pub mod register;
pub mod rejection;
#[cfg(test)]
mod tests;
pub mod view;

pub use super::issue::{StakeholderId, StakeholderKind};
pub use acts::{
    ChangeStakeholderProfile, DeclareNeed, DeclareRelation, EndRelation, MakeOffer,
    PauseStakeholder, ResumeStakeholder, SetLanguage, SetVisibility, VerifyStakeholder,
    WithdrawNeed, WithdrawOffer,
};
pub use contact::{Contact, Fact as ContactFact};
pub use decider::Stakeholder;
pub use endorse::{EndorseIssue, WithdrawEndorsement};
pub use fact::{Fact, Kind, Profile, Relation, Stage, Visibility};
pub use pledge::Pledge;
pub use register::{ConfirmEmail, ErasePerson, MergeStakeholder, RegisterStakeholder};
pub use rejection::Rejection;
