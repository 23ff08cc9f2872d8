//! What deciding means: the pure floor every other one stands on.
//!
//! A [`Decider`] folds facts into a state and decides commands on it; an [`Act`] is a command as
//! it is stored, and may read and write several streams of its hub; a [`Ledger`] shows it their
//! states. Nothing here knows a clock, a database or a random number: time, ids and random bytes
//! arrive with the command, so that any decision can be made again.

mod act;
mod actor;
mod decider;
mod effect;
mod fact;
mod id;
mod input;
mod personal;
pub mod testing;
mod world;
mod zone;

pub use act::{
    Act, Decision, Draft, DynAct, Ledger, Moment, Need, Refusal, Rejection, States, Stop,
};
pub use actor::{Actor, Role};
pub use decider::{Decider, Folded, Folding};
pub use effect::{Effect, Timer};
pub use fact::{Fact, FactError, Recorded, StreamId, Upcaster, decode, schema_of};
pub use id::{BadId, HubId, HubKind, Id, Kind, PersonId, PersonKind, prefix_of};
pub use input::{Input, InputFault};
pub use personal::{PERSONAL, Personal, SEALED};
pub use world::World;
pub use zone::{LocalTimeFault, TZDATA, Zone, resolve};
