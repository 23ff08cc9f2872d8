//! The demo's clock: while the story is told it stands where the story stands, then it is the
//! machine's.
//!
//! So the demo's journal has weeks behind it, and looking at a past shows one. Only the demo opens
//! its journal with this clock; a served journal has the machine's from its first fact.

use std::sync::{PoisonError, RwLock};

use chrono::{DateTime, Utc};
use kernel::World;
use uuid::{NoContext, Timestamp, Uuid};

use crate::world::Machine;

/// The machine, with a clock that can be held.
#[derive(Debug, Default)]
pub(crate) struct Stage {
    held: RwLock<Option<DateTime<Utc>>>,
}

impl Stage {
    /// It is this instant until something else is said.
    pub(crate) fn hold(&self, at: DateTime<Utc>) {
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = Some(at);
    }

    /// From now on it is what it is.
    pub(crate) fn release(&self) {
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn held(&self) -> Option<DateTime<Utc>> {
        *self.held.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl World for Stage {
    fn now(&self) -> DateTime<Utc> {
        self.held().unwrap_or_else(|| Machine::default().now())
    }

    fn uuid(&self) -> Uuid {
        self.held().map_or_else(|| Machine::default().uuid(), uuid_at)
    }

    fn fill(&self, bytes: &mut [u8]) {
        Machine::default().fill(bytes);
    }
}

/// An id as it would have been made then.
pub(crate) fn uuid_at(at: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(at.timestamp()).unwrap_or_default();
    Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, at.timestamp_subsec_nanos()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_times_are_of_where_the_story_stands() {
        let stage = Stage::default();
        let then = kernel::testing::noon() - chrono::Duration::days(30);
        stage.hold(then);
        assert_eq!(stage.now(), then);
        let earlier = stage.uuid();
        stage.release();
        assert_ne!(stage.now(), then);
        assert_eq!(earlier.get_version_num(), 7);
        assert!(earlier < stage.uuid());
    }
}
