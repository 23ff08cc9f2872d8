//! Why the registry says no.

use chrono::NaiveDate;
use serde::Serialize;

use super::StakeholderId;
use super::fact::Stage;

/// Why a stakeholder says no.
#[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames, thiserror::Error)]
pub enum Rejection {
    /// There is no such stakeholder.
    #[error("there is no such stakeholder")]
    UnknownStakeholder {},
    /// It is in the registry already.
    #[error("it is in the registry already")]
    AlreadyRegistered {},
    /// It lives on in another entry, which is the one to ask.
    #[error("it lives on in {stakeholder}")]
    MergedInto {
        /// The other.
        stakeholder: StakeholderId,
    },
    /// Who it was is gone.
    #[error("it has been erased")]
    Erased {},
    /// Where it stands does not allow that.
    #[error("the stakeholder is a {state}")]
    WrongState {
        /// Where it stands.
        state: Stage,
    },
    /// It needs a name.
    #[error("a stakeholder needs a name")]
    NameMissing {},
    /// Who registers leaves an address.
    #[error("an address is needed")]
    EmailMissing {},
    /// That is no mail address.
    #[error("that is no mail address")]
    EmailInvalid {},
    /// Who registers agrees to be listed and written to.
    #[error("consent is needed")]
    ConsentMissing {},
    /// That is no web address.
    #[error("“{website}” is no web address")]
    WebsiteInvalid {
        /// As given.
        website: String,
    },
    /// The product does not speak this language.
    #[error("“{locale}” is not one of en, nl, tr, ko")]
    LocaleUnknown {
        /// As given.
        locale: String,
    },
    /// Only its own people, or a host, speak for it.
    #[error("only its own people, or a host, speak for it")]
    NotYours {},
    /// Nobody verifies herself.
    #[error("nobody verifies herself")]
    SelfVerify {},
    /// An offer or a need says what.
    #[error("what is it?")]
    WhatMissing {},
    /// It would have ended before it begins.
    #[error("{until} is in the past")]
    EndsInPast {
        /// The day given.
        until: NaiveDate,
    },
    /// More than anybody reads.
    #[error("there are {max} already")]
    TooManyPledges {
        /// The most there can be.
        max: usize,
    },
    /// There is no offer of that number.
    #[error("there is no offer number {offer}")]
    UnknownOffer {
        /// As given.
        offer: u32,
    },
    /// There is no need of that number.
    #[error("there is no need number {need}")]
    UnknownNeed {
        /// As given.
        need: u32,
    },
    /// There is no such issue in this hub.
    #[error("there is no such issue")]
    UnknownIssue {},
    /// It cannot be merged into itself.
    #[error("it cannot be merged into itself")]
    SelfMerge {},
    /// The other lives on in this one.
    #[error("the other lives on in this one")]
    CycleDetected {},
}
impl kernel::Rejection for Rejection {}
