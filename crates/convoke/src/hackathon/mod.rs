//! A hackathon: its rules, its phases and its clock.
//!
//! The clock counts elapsed time between instants. No wall time is ever added to: a change of the
//! clocks inside the 48 hours neither gives nor takes an hour. Who is in which team is `roster`'s.

use kernel::{Id, Kind};

pub mod acts;
pub mod clock;
pub mod decider;
pub mod fact;
pub mod graphql;
pub mod mutations;
pub mod page;
pub mod react;
#[cfg(test)]
pub(crate) mod tests;
pub mod view;

pub use crate::event::EventId;
pub use clock::Clock;
pub use decider::{Command, Hackathon, Rejection};
pub use fact::{Fact, Phase, Rules, Scope};
pub use react::react;

/// Marks the id of a hackathon.
pub enum HackathonKind {}
impl Kind for HackathonKind {
    const PREFIX: &'static str = "hackathon";
}
/// A hackathon; an event may carry one or several.
pub type HackathonId = Id<HackathonKind>;

/// Marks the id of a team.
pub enum TeamKind {}
impl Kind for TeamKind {
    const PREFIX: &'static str = "team";
}
/// A team. Named here because the clock may be extended for one team alone; all else about teams
/// is `roster`'s.
pub type TeamId = Id<TeamKind>;

/// The names of everything a command here can be refused with.
pub fn rejections() -> Vec<&'static str> {
    <Rejection as strum::VariantNames>::VARIANTS.to_vec()
}

/// Every kind of fact with its schema version and a sample.
pub fn samples() -> Vec<(&'static str, u16, String)> {
    crate::app::facts::samples_of::<Fact>()
}
