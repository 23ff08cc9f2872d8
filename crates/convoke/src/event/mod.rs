//! Events people attend: proposed for a purpose, accepted, scheduled, published, held, reported.
//!
//! The stream `event/{id}` holds what the event is and when; who comes is the desk's business, so
//! the acts that set a capacity (`ScheduleEvent`, `RescheduleEvent`) live in `desk`.

pub mod acts;
pub mod decider;
pub mod fact;
pub mod graphql;
pub mod import;
pub mod lists;
pub mod mutations;
pub mod page;
pub mod react;
pub mod terms;
pub mod view;
pub mod when;

#[cfg(test)]
pub(crate) mod tests;

use kernel::{Id, Kind};

pub use acts::{
    AcceptProposal, CancelEvent, ChangeTimeZone, CloseRegistration, DeclineProposal, DescribeEvent,
    EndEvent, OpenRegistration, PostponeEvent, ProposeEvent, PublishEvent, RecheckEventTime,
    ReinstateEvent, ReportEvent, WithdrawProposal,
};
pub use decider::{Event, Status};
pub use fact::Fact;
pub use import::{Import, ImportEvent, ImportFact};
pub use when::{Capacity, Fold, Format, Geo, Keep, Mode, Venue, When};

/// Marks the id of an event.
pub enum EventKind {}
impl Kind for EventKind {
    const PREFIX: &'static str = "event";
}
/// Something people attend; also the left part of its calendar UID.
pub type EventId = Id<EventKind>;

/// Marks the id of a series of events.
pub enum SeriesKind {}
impl Kind for SeriesKind {
    const PREFIX: &'static str = "series";
}
/// A series that events are dates of; also the left part of its calendar UID.
pub type SeriesId = Id<SeriesKind>;

/// The names of the rejections of these rules.
pub fn rejections() -> Vec<&'static str> {
    <decider::Rejection as strum::VariantNames>::VARIANTS.to_vec()
}

/// Every kind of fact with its schema version and a sample payload.
pub fn samples() -> Vec<(&'static str, u16, String)> {
    [crate::app::facts::samples_of::<Fact>(), crate::app::facts::samples_of::<ImportFact>()]
        .concat()
}
