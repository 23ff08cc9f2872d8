//! The registry of NGOs, social enterprises and everyone else concerned.
//!
//! A stakeholder is a stream of its hub's journal. Whoever speaks for it is a person, known here
//! by a pseudonym only; each person has a `contact` stream that says for which stakeholder, so
//! that one address never speaks for two. Erasing a person begins there.

pub mod acts;
pub mod address;
pub mod address_page;
pub mod confirm;
pub mod contact;
pub mod decider;
pub mod endorse;
pub mod fact;
pub mod graphql;
pub mod import;
pub mod inputs;
mod kinds;
pub mod link;
pub mod mutations;
pub mod page;
pub mod pledge;
pub mod react;
mod records;
pub mod register;
pub mod rejection;
#[cfg(test)]
mod tests;
pub mod upload;
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
pub use register::{
    ConfirmEmail, ErasePerson, FollowErasure, MergeStakeholder, RegisterStakeholder,
};
pub use rejection::Rejection;

/// The names of everything this folder can say no with.
pub fn rejections() -> Vec<&'static str> {
    use strum::VariantNames as _;
    [
        Rejection::VARIANTS,
        contact::Rejection::VARIANTS,
        address::Rejection::VARIANTS,
        import::ImportFault::VARIANTS,
        import::RowFault::VARIANTS,
    ]
    .concat()
}

/// Every kind of fact of this folder with its schema version and an example.
pub fn samples() -> Vec<(&'static str, u16, String)> {
    use crate::app::facts::samples_of;
    [samples_of::<Fact>(), samples_of::<ContactFact>(), samples_of::<address::Fact>()].concat()
}

/// Whom a fact erases, if it does.
pub fn erased_person(fact: &kernel::Recorded<String>) -> Option<kernel::PersonId> {
    match fact.read::<ContactFact>().ok()??.fact {
        ContactFact::PersonErased { person } => Some(person),
        ContactFact::ContactTaken { .. }
        | ContactFact::ObligationTaken { .. }
        | ContactFact::ObligationMet { .. } => None,
    }
}
