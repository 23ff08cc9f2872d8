//! The machine's own time, ids and random bytes: the one place that asks for them.
//!
//! Everything else is handed these through [`kernel::World`].

use chrono::{DateTime, TimeDelta, Utc};
use kernel::World;
use uuid::Uuid;

/// This machine.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Machine {
    /// How far our clock goes before the machine's: for stories that are told tomorrow.
    ahead: TimeDelta,
}

impl Machine {
    /// This machine at another time: `ahead` of what its clock says.
    pub(crate) fn ahead(ahead: TimeDelta) -> Self {
        Self { ahead }
    }
}

impl World for Machine {
    #[expect(clippy::disallowed_methods, reason = "the one clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now() + self.ahead
    }

    #[expect(clippy::disallowed_methods, reason = "the one source of ids")]
    fn uuid(&self) -> Uuid {
        Uuid::now_v7()
    }

    #[expect(clippy::disallowed_methods, reason = "the one source of random bytes")]
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(fault) = getrandom::fill(bytes) {
            // A key made of anything else would be worse than no server.
            tracing::error!(%fault, "the system gives no random bytes");
            std::process::abort();
        }
    }
}
