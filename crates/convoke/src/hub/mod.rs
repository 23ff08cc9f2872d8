//! A hub: a place that convenes people; the tenant.
//!
//! That it exists, its slug and its zone are the network's business; what it tells about itself
//! is the hub's own, in its own journal.

pub mod acts;
pub mod decider;
pub mod graphql;
pub mod page;
pub mod react;
#[cfg(test)]
mod tests;
pub mod view;

pub use acts::ChangeHubProfile;
pub use decider::{Fact, Hub, Profile, Rejection};

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
