//! The operators' hand on mail: what is held back, what goes once more, and where each mail stands.
//!
//! Holding and letting go are decisions of the network, kept in its journal like all others; that
//! one mail is tried once more is a decision of its hub. The mails themselves lie in the journal's
//! `mails`; the worker asks here before each of them leaves.

pub mod acts;
pub mod decider;
pub mod graphql;
pub mod mutations;
pub mod react;
#[cfg(test)]
mod tests;
pub mod view;

pub use acts::{HoldMails, ResumeMails, RetryMail};
pub use decider::{Fact, MailKind, Outbox, Rejection};

/// The one stream of each journal that these decisions belong to.
pub const STREAM: &str = "mails";

/// The names of everything this folder can say no with.
pub fn rejections() -> Vec<&'static str> {
    <Rejection as strum::VariantNames>::VARIANTS.to_vec()
}

/// Every kind of fact of this folder with its schema version and an example.
pub fn samples() -> Vec<(&'static str, u16, String)> {
    crate::app::facts::samples_of::<Fact>()
}
