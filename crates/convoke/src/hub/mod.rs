//! A hub: a place that convenes people; the tenant.
//!
//! That it exists, its slug and its zone are the network's business; what it tells about itself
//! is the hub's own, in its own journal.

pub mod acts;
pub mod decider;
#[cfg(test)]
mod tests;
pub mod view;

pub use acts::ChangeHubProfile;
pub use decider::{Fact, Hub, Profile, Rejection};
