//! The machine's time, ids and random bytes, as the server hands them to the product.

use chrono::{DateTime, Utc};
use kernel::World;
use uuid::Uuid;

/// This machine.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Machine;

impl World for Machine {
    #[expect(clippy::disallowed_methods, reason = "the clock of this program")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    #[expect(clippy::disallowed_methods, reason = "the ids of this program")]
    fn uuid(&self) -> Uuid {
        Uuid::now_v7()
    }

    #[expect(clippy::disallowed_methods, reason = "the random bytes of this program")]
    fn fill(&self, bytes: &mut [u8]) {
        if getrandom::fill(bytes).is_err() {
            std::process::abort();
        }
    }
}
