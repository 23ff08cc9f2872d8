//! Calendars kept elsewhere come in: the events of an `.ics` file become proposals of a hub.
//!
//! The file is read by `calendar::import`, which keeps what can be kept and says what was lost;
//! here each good component becomes one command, with an id made of the identity it had in the
//! other program, so that the same file twice adds nothing. Nothing is published: a curator still
//! accepts each proposal and decides its time, place and capacity. People, attachments and
//! reminders of the file are left behind.

pub mod acts;
pub mod batch;
pub mod fault;
pub mod file;
pub mod graphql;
pub mod page;
#[cfg(test)]
mod tests;

pub use acts::ImportProposal;
pub use fault::{CalendarFault, ComponentFault};
pub use file::{Component, File, Purpose};

/// The names of everything this folder can say no with.
pub fn rejections() -> Vec<&'static str> {
    use strum::VariantNames as _;
    [CalendarFault::VARIANTS, ComponentFault::VARIANTS].concat()
}
