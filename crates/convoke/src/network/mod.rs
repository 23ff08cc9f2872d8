//! The network: its hubs, and whose slug is whose.
//!
//! One stream of the network's journal, so that no two hubs ever bear the same slug. How a text
//! becomes a slug is said here once, for issues, events and teams as well.

pub mod acts;
pub mod decider;
pub mod graphql;
pub mod react;
pub mod slug;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
pub mod view;

pub use acts::OpenHub;
pub use decider::{Fact, LOCALES, NETWORK, Network, Rejection, is_locale};
pub use slug::slug_of;

/// The names of everything this folder can say no with.
pub fn rejections() -> Vec<&'static str> {
    use strum::VariantNames as _;
    [Rejection::VARIANTS].concat()
}

/// Every kind of fact of this folder with its schema version and an example.
pub fn samples() -> Vec<(&'static str, u16, String)> {
    use crate::app::facts::samples_of;
    [samples_of::<Fact>()].concat()
}
