//! The three things a pure program cannot have: the time, new ids, random bytes.
//!
//! Only the wiring of the binary implements this with the machine's own; tests stand still.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{Id, Kind};

/// The source of time, ids and random bytes, handed down from the wiring.
pub trait World: Send + Sync + 'static {
    /// The present instant.
    fn now(&self) -> DateTime<Utc>;
    /// A fresh UUID, version 7.
    fn uuid(&self) -> Uuid;
    /// Fills with unpredictable bytes.
    fn fill(&self, bytes: &mut [u8]);
}

impl dyn World {
    /// A fresh id of one kind.
    pub fn id<K: Kind>(&self) -> Id<K> {
        Id::new(self.uuid())
    }

    /// Thirty-two unpredictable bytes: a key, or a token's secret.
    pub fn secret(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        bytes
    }
}
