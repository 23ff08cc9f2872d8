//! Asking an act what it decides, with the states at hand; and ahead, what it will ask for.

use std::cell::OnceCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use kernel::{Decision, Folding, Ledger, Moment, Need, States, Stop, StreamId};

use crate::cache::Cache;
use crate::order::Order;

/// What an act decides, or the state it needs first. A panic harms this command alone: the act has
/// had nothing to change.
pub(crate) fn asked(
    order: &Order,
    moment: &Moment,
    cache: &dyn States,
) -> std::thread::Result<std::result::Result<Decision, Stop>> {
    catch_unwind(AssertUnwindSafe(|| order.act.decide(&Ledger::new(cache, moment))))
}

/// The states at hand, and the version of the first one a decision looked at: what a command that
/// changed nothing answers with.
pub(crate) struct FirstSeen<'a> {
    cache: &'a Cache,
    version: OnceCell<i64>,
}

impl<'a> FirstSeen<'a> {
    pub(crate) fn new(cache: &'a Cache) -> Self {
        Self { cache, version: OnceCell::new() }
    }

    pub(crate) fn version(&self) -> i64 {
        self.version.get().copied().unwrap_or(0)
    }
}

impl States for FirstSeen<'_> {
    fn find(&self, stream: &StreamId) -> Option<(&dyn Folding, i64)> {
        let (state, version) = self.cache.find(stream)?;
        self.version.get_or_init(|| version);
        Some((state, version))
    }
}

/// The streams these commands would ask for first. What they decide now counts for nothing: they
/// are decided in their turn.
pub(crate) fn needs_of(orders: &[&Order], cache: &Cache) -> Vec<Need> {
    orders
        .iter()
        .filter_map(|order| {
            let moment = Moment { now: order.received_at, actor: order.actor.clone() };
            match asked(order, &moment, cache) {
                Ok(Err(Stop::Need(need))) if !has_nul(need.stream.as_str()) => Some(need),
                _ => None,
            }
        })
        .collect()
}

/// PostgreSQL has no place for NUL in a text, SQLite ends a text there.
pub(crate) fn has_nul(text: &str) -> bool {
    text.contains('\0')
}
