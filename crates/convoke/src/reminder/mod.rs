//! Reminders: an event is near, and somebody has a place; or she was invited and has not answered.
//!
//! One stream for each event, `reminder/{event}`. When an event gets its time, timers are set for
//! a week, a day and two hours before; a timer asks, and what it asks is decided again: a reminder
//! of a time that has changed is never sent. Who is written to is looked up when the fact is
//! there, in everybody's own waking hours and as she has chosen ([`crate::reach::Wishes`]).

pub mod acts;
pub mod decider;
pub mod mutations;
pub mod react;
pub mod view;

#[cfg(test)]
mod tests;

pub use acts::{RemindInvitees, RemindOfEvent};
pub use decider::{Fact, Rejection, Reminders};

/// The names of everything this folder can say no with.
pub fn rejections() -> Vec<&'static str> {
    <Rejection as strum::VariantNames>::VARIANTS.to_vec()
}

/// Every kind of fact of this folder with its schema version and an example.
pub fn samples() -> Vec<(&'static str, u16, String)> {
    crate::app::facts::samples_of::<Fact>()
}
