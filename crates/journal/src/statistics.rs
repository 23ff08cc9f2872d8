//! PostgreSQL plans by what it last knew of a table, and of a young one it knows nothing.
//!
//! A hub's first rush comes minutes before the server's own housekeeping has looked at the tables:
//! until then they are planned as empty, and a walk through all rows of a hub looks cheaper than an
//! index. So we have them looked at early: each time the facts of this process have doubled. Later
//! the server's own looking is enough, and the doublings are rare.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Notify;

use crate::journal::Inner;
use crate::sql::Sql;

/// Facts after which the tables are looked at for the first time.
const FIRST: usize = 256;
/// The journal's own tables that grow with it.
const OWN: [&str; 6] = ["facts", "commands", "tags", "snapshots", "outbox", "mails"];

/// How much this process has appended, and when it is time to look.
#[derive(Debug)]
pub(crate) struct Growth {
    facts: AtomicUsize,
    due: AtomicUsize,
    wake: Notify,
}

impl Default for Growth {
    fn default() -> Self {
        Self { facts: AtomicUsize::new(0), due: AtomicUsize::new(FIRST), wake: Notify::new() }
    }
}

impl Growth {
    /// Counts what was appended.
    pub(crate) fn count(&self, appended: usize) {
        if self.is_due(appended) {
            self.wake.notify_one();
        }
    }

    fn is_due(&self, appended: usize) -> bool {
        let facts = self.facts.fetch_add(appended, Ordering::Relaxed) + appended;
        let due = self.due.load(Ordering::Relaxed);
        let next = facts.saturating_mul(2);
        let taken = || self.due.compare_exchange(due, next, Ordering::Relaxed, Ordering::Relaxed);
        facts >= due && taken().is_ok()
    }
}

/// Has the tables looked at each time the facts have doubled, until the journal closes.
pub(crate) async fn keep(inner: Arc<Inner>) {
    let names = inner.tables.iter().map(|table| table.name);
    let tables: Vec<&str> = OWN.into_iter().chain(names).collect();
    let sql = Sql::same(format!("ANALYZE {}", tables.join(", ")));
    loop {
        tokio::select! {
            () = inner.stopped() => return,
            () = inner.growth.wake.notified() => {}
        }
        // It only makes plans better; the server does it by itself, later.
        if let Err(fault) = inner.db.exec(&sql, Vec::new()).await {
            tracing::debug!(error = %fault, "the tables could not be looked at");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_looked_at_each_time_they_have_doubled() {
        let growth = Growth::default();
        let due: Vec<usize> = (1..=3_000).filter(|_| growth.is_due(1)).collect();
        assert_eq!(due, [256, 512, 1_024, 2_048]);
        assert!(growth.is_due(10_000), "a large batch counts as a whole");
    }
}
