//! The one writer of a journal in this process: drains what waits, decides it, commits it once.
//!
//! The commit in progress is the pause in which the next batch gathers; there is no artificial
//! delay. On SQLite one appender serves all journals, so hubs share a commit; on PostgreSQL each
//! active journal has its own. Other processes may have theirs: the head lock orders them all.

use std::collections::{BTreeMap, HashMap};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::sync::{mpsc, oneshot};

use crate::batch::{Appended, Batch, Tools};
use crate::cache::Cache;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::journal::Inner;
use crate::order::{Answer, Fault, Order};

/// Commands waiting for one appender; beyond this the answer is "busy, try again".
pub(crate) const QUEUE_MAX: usize = 4_096;
/// Commands decided in one transaction.
const BATCH_MAX: usize = 512;
/// An appender without work for so long goes, and its cached states with it.
const IDLE: Duration = Duration::from_mins(5);
/// How often a batch whose connection broke, or that was in another's way, is tried again at once.
const TRIES_MAX: usize = 3;

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

type Caches = HashMap<String, Cache>;
/// In the order of the tickets; nothing for one that found no room.
type Answers = Vec<Option<std::result::Result<Answer, Fault>>>;

/// Runs until all senders are gone, or nothing has come for a long while.
pub(crate) async fn run(inner: Arc<Inner>, mut tickets: mpsc::Receiver<Ticket>) {
    let mut caches = Caches::new();
    let mut batch = Vec::with_capacity(BATCH_MAX);
    loop {
        match tokio::time::timeout(IDLE, tickets.recv_many(&mut batch, BATCH_MAX)).await {
            Ok(0) => return,
            Ok(_) => {}
            // Whoever sends from now on makes a new appender; what came just before is still ours.
            Err(_elapsed) => tickets.close(),
        }
        while !batch.is_empty() {
            work(&inner, &mut batch, &mut caches).await;
        }
    }
}

/// Answers the tickets of one transaction and takes them out of the list; what found no room
/// stays for the next.
async fn work(inner: &Inner, tickets: &mut Vec<Ticket>, caches: &mut Caches) {
    let mut result = attempt(inner, tickets, caches).await;
    for _ in 1..TRIES_MAX {
        match &result {
            // Commands decided twice are recognised by their ids, should the first commit have
            // reached the disk without our hearing of it.
            Err(fault) if fault.is_momentary() => {
                tracing::warn!(error = %fault, commands = tickets.len(), "a batch is tried again");
                result = attempt(inner, tickets, caches).await;
            }
            _ => break,
        }
    }
    match result {
        Ok(answers) => {
            for (ticket, answer) in std::mem::take(tickets).into_iter().zip(answers) {
                match answer {
                    Some(answer) => reply(ticket, answer),
                    None => tickets.push(ticket),
                }
            }
        }
        Err(fault) if tickets.len() == 1 || fault.is_passing() => {
            tracing::error!(error = %fault, cause = ?std::error::Error::source(&fault), commands = tickets.len(), "a batch failed");
            let fault = Arc::new(fault);
            for ticket in tickets.drain(..) {
                reply(ticket, Err(Arc::clone(&fault)));
            }
        }
        Err(fault) => {
            // One of them is poison: each is tried alone, so that it harms only itself.
            tracing::error!(error = %fault, commands = tickets.len(), "a batch is taken apart");
            for ticket in tickets.drain(..) {
                let alone = std::slice::from_ref(&ticket);
                let answer = attempt(inner, alone, caches).await;
                if let Err(fault) = &answer {
                    tracing::error!(error = %fault, kind = ticket.order.act.kind(), "a command failed");
                }
                let answer = answer.map_err(Arc::new).and_then(|answers| {
                    let none = || Arc::new(Error::broken("a batch of one gave no answer"));
                    answers.into_iter().next().flatten().unwrap_or_else(|| Err(none()))
                });
                reply(ticket, answer);
            }
        }
    }
}

fn reply(ticket: Ticket, answer: std::result::Result<Answer, Fault>) {
    if let Err(fault) = &answer {
        tracing::debug!(error = %fault, kind = ticket.order.act.kind(), "a command has no answer");
    }
    // Whoever asked may have gone; the decision stands.
    let _gone = ticket.reply.send(answer);
}

/// Decides and commits a batch, or as much of it as goes into one transaction. After a fault nothing is cached: what was learnt may not
/// have happened. A panic below the deciding is such a fault, too.
async fn attempt(inner: &Inner, tickets: &[Ticket], caches: &mut Caches) -> Result<Answers> {
    let tried = AssertUnwindSafe(in_one_transaction(inner, tickets, caches)).catch_unwind().await;
    let result = tried.unwrap_or_else(|_panic| Err(Error::broken("a command's batch panicked")));
    if result.is_err() {
        caches.clear();
    }
    result
}

async fn in_one_transaction(
    inner: &Inner,
    tickets: &[Ticket],
    caches: &mut Caches,
) -> Result<Answers> {
    let mut tx = inner.db.begin().await?;
    let written = match write(inner, &mut tx, tickets, caches).await {
        Ok(written) => written,
        Err(fault) => {
            tx.rollback().await;
            return Err(fault);
        }
    };
    inner.crash_at(CrashPoint::BeforeCommit);
    let (answers, appended) = written;
    if appended.is_empty() {
        tx.rollback().await;
    } else {
        tx.commit().await?;
    }
    inner.crash_at(CrashPoint::BeforeAnswer);
    inner.after_commit(appended).await;
    Ok(answers)
}

async fn write(
    inner: &Inner,
    tx: &mut Tx,
    tickets: &[Ticket],
    caches: &mut Caches,
) -> Result<(Answers, Vec<Appended>)> {
    let tools = Tools {
        keys: &inner.keys,
        product: &*inner.product,
        tables: &inner.tables,
        now: inner.world.now(),
    };
    let mut groups: BTreeMap<&str, (Vec<usize>, Vec<&Order>)> = BTreeMap::new();
    for (place, ticket) in tickets.iter().enumerate() {
        let (places, orders) = groups.entry(&ticket.journal).or_default();
        places.push(place);
        orders.push(&ticket.order);
    }
    let mut answers: Vec<_> = tickets.iter().map(|_| None).collect();
    let mut appended = Vec::new();
    for (journal, (places, orders)) in groups {
        let cache = caches.entry(journal.to_owned()).or_default();
        let mut batch = Batch::begin(tx, &tools, journal, &orders, cache).await?;
        let mut rest = orders.as_slice();
        for place in places {
            if batch.is_full() {
                break;
            }
            let answer = batch.decide(tx, rest, cache).await?;
            rest = rest.get(1..).unwrap_or_default();
            if let Some(slot) = answers.get_mut(place) {
                *slot = Some(answer);
            }
        }
        inner.crash_at(CrashPoint::BeforeInsert);
        appended.extend(batch.write(tx, cache).await?);
    }
    Ok((answers, appended))
}
