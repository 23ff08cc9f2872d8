//! Following an issue by mail: what happened to it, once a week.
//!
//! Whoever gives an address is asked at that address whether she means it, and nothing is sent
//! before she says yes. Each person has a stream in the hub, `follow/{person}`. When the week's
//! summary is due is decided once for each time zone, in `digest/{hub}`: that fact's position
//! freezes what is in it, so that it is the same whenever it is written, and the next begins there.

pub mod acts;
pub mod decider;
pub mod digest;
pub mod mutations;
pub mod page;
pub mod react;
pub mod view;

#[cfg(test)]
mod tests;

pub use acts::{ConfirmFollow, FollowIssue, SendDigests, UnfollowIssue};
pub use decider::{Fact, Following};
pub use digest::{DigestFact, Digests};

/// The names of everything this folder can say no with.
pub fn rejections() -> Vec<&'static str> {
    use strum::VariantNames as _;
    [decider::Rejection::VARIANTS, digest::Rejection::VARIANTS].concat()
}

/// Every kind of fact of this folder with its schema version and an example.
pub fn samples() -> Vec<(&'static str, u16, String)> {
    use crate::app::facts::samples_of;
    [samples_of::<Fact>(), samples_of::<DigestFact>()].concat()
}
