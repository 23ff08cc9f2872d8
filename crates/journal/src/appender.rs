//! The one writer of a journal in this process: drains what waits, decides it, commits it once.
//!
//! The commit in progress is the pause in which the next batch gathers; there is no artificial
//! delay. On SQLite one appender serves all journals, so hubs share a commit; on PostgreSQL each
//! active journal has its own. Other processes may have theirs: the head lock orders them all.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};

use crate::batch::{Appended, Batch, Tools, shared};
use crate::cache::Cache;
use crate::error::{Error, Result};
use crate::journal::Inner;
use crate::order::{Answer, Fault, Order};

/// Commands waiting for one appender; beyond this the answer is "busy, try again".
pub(crate) const QUEUE_MAX: usize = 4_096;
/// Commands decided in one transaction.
const BATCH_MAX: usize = 512;

/// A command with the way back to whoever gave it.
pub(crate) struct Ticket {
    pub(crate) journal: String,
    pub(crate) order: Order,
    pub(crate) reply: oneshot::Sender<std::result::Result<Answer, Fault>>,
}

/// Where crash tests stop the process: set by `CONVOKE_CRASH` in the server's wiring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrashPoint {
    /// Decided, nothing written.
    BeforeInsert,
    /// Written, not committed.
    BeforeCommit,
    /// Committed, nobody told.
    BeforeAnswer,
}

/// Runs until all senders are gone.
pub(crate) async fn run(inner: Arc<Inner>, mut tickets: mpsc::Receiver<Ticket>) {
    let mut caches: HashMap<String, Cache> = HashMap::new();
    let mut batch = Vec::with_capacity(BATCH_MAX);
    while tickets.recv_many(&mut batch, BATCH_MAX).await > 0 {
        work(&inner, std::mem::take(&mut batch), &mut caches).await;
    }
}

async fn work(inner: &Inner, tickets: Vec<Ticket>, caches: &mut HashMap<String, Cache>) {
    let refs: Vec<&Ticket> = tickets.iter().collect();
    match attempt(inner, &refs, caches).await {
        Ok(answers) => {
            for (ticket, answer) in tickets.into_iter().zip(answers) {
                // Whoever asked may have gone; the decision stands.
                let _gone = ticket.reply.send(Ok(answer));
            }
        }
        Err(fault) => {
            caches.clear();
            if tickets.len() == 1 || fault.is_passing() {
                tracing::error!(error = %fault, cause = ?std::error::Error::source(&fault), commands = tickets.len(), "a batch failed");
                let fault = shared(fault);
                for ticket in tickets {
                    let _gone = ticket.reply.send(Err(Arc::clone(&fault)));
                }
                return;
            }
            // One of them is poison: each is tried alone, so that it harms only itself.
            for ticket in tickets {
                let answer = attempt(inner, &[&ticket], caches).await;
                if let Err(fault) = &answer {
                    caches.clear();
                    tracing::error!(error = %fault, kind = ticket.order.act.kind(), "a command failed");
                }
                let answer = answer.map_err(shared).and_then(|answers| {
                    answers
                        .into_iter()
                        .next()
                        .ok_or_else(|| shared(Error::broken("a batch of one gave no answer")))
                });
                let _gone = ticket.reply.send(answer);
            }
        }
    }
}

/// Decides and commits a batch; the answers come back in the order of the tickets.
async fn attempt(
    inner: &Inner,
    tickets: &[&Ticket],
    caches: &mut HashMap<String, Cache>,
) -> Result<Vec<Answer>> {
    let tools = Tools {
        keys: &inner.keys,
        product: &*inner.product,
        tables: &inner.tables,
        now: inner.world.now(),
    };
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, ticket) in tickets.iter().enumerate() {
        groups.entry(&ticket.journal).or_default().push(place);
    }
    let mut answers: Vec<Option<Answer>> = tickets.iter().map(|_| None).collect();
    let mut appended: Vec<Appended> = Vec::new();
    let mut tx = inner.db.begin().await?;
    for (journal, places) in groups {
        let orders: Vec<&Order> = places
            .iter()
            .filter_map(|place| tickets.get(*place))
            .map(|ticket| &ticket.order)
            .collect();
        let cache = caches.entry(journal.to_owned()).or_default();
        let mut batch = Batch::begin(&mut tx, &tools, journal, &orders, cache).await?;
        for (place, order) in places.into_iter().zip(orders) {
            let answer = batch.decide(&mut tx, order, cache).await?;
            if let Some(slot) = answers.get_mut(place) {
                *slot = Some(answer);
            }
        }
        inner.crash_at(CrashPoint::BeforeInsert);
        appended.extend(batch.write(&mut tx, cache).await?);
    }
    inner.crash_at(CrashPoint::BeforeCommit);
    if appended.is_empty() {
        drop(tx);
    } else {
        tx.commit().await?;
    }
    inner.crash_at(CrashPoint::BeforeAnswer);
    inner.after_commit(appended).await;
    answers
        .into_iter()
        .map(|answer| answer.ok_or_else(|| Error::broken("a command was left without an answer")))
        .collect()
}
