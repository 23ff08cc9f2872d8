//! Whether somebody may be written to, and about what: bounces, complaints, wishes.
//!
//! One stream for each person of a hub, `reach/{person}`. A hub that stops writing stops for a
//! reason that can be looked up, and beginning again is a decision, too. Looked at when a letter
//! leaves, not when it is written: whoever said "no more" in between is not written to.

pub mod acts;
pub mod decider;
pub mod graphql;
pub mod hours;
pub mod mails;
pub mod page;
pub mod react;
#[cfg(test)]
mod tests;
pub mod view;
pub mod wishes;

pub use acts::{ResumeLetters, SetMailPreferences, StopLetters};
pub use decider::{Category, Fact, Reach, Rejection, Why};
pub use wishes::{Ahead, Wishes};

/// Keeps this kind of link apart from all others.
pub(crate) const LINK: &str = "unsubscribe";

/// The names of everything this folder can say no with.
pub fn rejections() -> Vec<&'static str> {
    <Rejection as strum::VariantNames>::VARIANTS.to_vec()
}

/// Every kind of fact of this folder with its schema version and an example.
pub fn samples() -> Vec<(&'static str, u16, String)> {
    crate::app::facts::samples_of::<Fact>()
}
