//! All places of one event: registrations, waitlist, offers.
//!
//! One stream for each event, `desk/{event}`, because its capacity must hold whatever happens at
//! once. Acts that set a capacity together with a time (`ScheduleEvent`, `RescheduleEvent`) are
//! here as well.

pub mod acts;
pub mod book;
pub mod decider;
pub mod fact;
pub mod graphql;
pub mod inputs;
pub mod mutations;
pub mod offer;
pub mod page;
pub mod react;
pub mod schedule;
pub mod view;

#[cfg(test)]
mod tests;

use kernel::{Id, Kind};

pub use acts::{
    CancelRegistration, ChangeCapacity, ChangeParty, ConfirmOffer, DeclineOffer, ExpireOffer,
    LeaveWaitlist, PromoteNext, RegisterForEvent, SwitchWaitlist,
};
pub use book::{Book, Place};
pub use decider::Desk;
pub use fact::{CancelledBy, Fact, SkipReason, Standing};
pub use schedule::{RescheduleEvent, ScheduleEvent};

/// Marks the id of a registration.
pub enum RegistrationKind {}
impl Kind for RegistrationKind {
    const PREFIX: &'static str = "registration";
}
/// One person's claim on places at one event.
pub type RegistrationId = Id<RegistrationKind>;

/// The names of the rejections of these rules.
pub fn rejections() -> Vec<&'static str> {
    <decider::Rejection as strum::VariantNames>::VARIANTS.to_vec()
}

/// Every kind of fact with its schema version and a sample payload.
pub fn samples() -> Vec<(&'static str, u16, String)> {
    crate::app::facts::samples_of::<Fact>()
}
