//! Events people attend: proposed for a purpose, accepted, scheduled, published, held, reported.
//!
//! The stream `event/{id}` holds what the event is and when; who comes is the desk's business, so
//! the acts that set a capacity (`ScheduleEvent`, `RescheduleEvent`) live in `desk`.

pub mod acts;
pub mod decider;
pub mod fact;
pub mod import;
pub mod react;
pub mod terms;
pub mod when;

#[cfg(test)]
mod tests;

use kernel::{Id, Kind};

pub use acts::{
    AcceptProposal, CancelEvent, ChangeTimeZone, CloseRegistration, DeclineProposal, DescribeEvent,
    EndEvent, OpenRegistration, PostponeEvent, ProposeEvent, PublishEvent, RecheckEventTime,
    ReinstateEvent, ReportEvent, WithdrawProposal,
};
pub use decider::{Event, Status};
pub use fact::Fact;
pub use import::{Import, ImportEvent};
pub use when::{Capacity, Fold, Format, Geo, Keep, Mode, Venue, When};

/// Marks the id of an event.
pub enum EventKind {}
impl Kind for EventKind {
    const PREFIX: &'static str = "event";
}
/// Something people attend; also the left part of its calendar UID.
pub type EventId = Id<EventKind>;
