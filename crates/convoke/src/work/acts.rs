//! The acts that timers issue, by their kinds.
//!
//! A timer stores an act as a kind and a body. Whoever lets a reaction set a timer enters its act
//! here; a test runs every reaction and finds what is missing.

use kernel::{Act, DynAct};
use serde_json::Value;

use crate::desk::{ExpireOffer, PromoteNext};
use crate::event::EndEvent;
use crate::follow::SendDigests;
use crate::hackathon::acts::FreezeSubmissions;
use crate::invitation::ExpireInvitation;
use crate::reach::ResumeLetters;
use crate::reminder::RemindOfEvent;

macro_rules! timer_acts {
    ($($act:ident),* $(,)?) => {
        /// The kinds of all acts that timers may issue.
        pub const KINDS: &[&str] = &[$(<$act as Act>::KIND),*];

        /// The act of a kind, read from its body.
        ///
        /// # Errors
        /// Why there is none, for the timer's note.
        pub fn decode(kind: &str, body: Value) -> Result<Box<dyn DynAct>, String> {
            $(if kind == <$act as Act>::KIND {
                return match serde_json::from_value::<$act>(body) {
                    Ok(act) => Ok(Box::new(act)),
                    Err(cause) => Err(format!("{kind} cannot be read: {cause}")),
                };
            })*
            Err(format!("no timer may issue {kind}"))
        }
    };
}

timer_acts![
    EndEvent,
    ExpireInvitation,
    ExpireOffer,
    FreezeSubmissions,
    PromoteNext,
    RemindOfEvent,
    ResumeLetters,
    SendDigests
];
