//! The twins: what the same database can do at best at the same durability, with nothing decided,
//! checked, projected or remembered.

pub(crate) mod postgres;
pub(crate) mod sqlite;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::{Result, anyhow};
use tokio::sync::{mpsc, oneshot};

/// Rows one transaction takes at most: as many as the product's batch.
pub(crate) const BATCH_MAX: usize = 512;
/// Rows waiting at most.
pub(crate) const QUEUE_MAX: usize = 4_096;

/// A row of the twin's one table.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) stream: String,
    pub(crate) version: i64,
    pub(crate) payload: Arc<str>,
}

/// Rows with the way back to whoever waits for them to be durable.
pub(crate) struct Wish {
    pub(crate) rows: Vec<Row>,
    pub(crate) reply: oneshot::Sender<()>,
}

/// The queue of one writer.
#[derive(Clone)]
pub(crate) struct Queue(pub(crate) mpsc::Sender<Wish>);

impl Queue {
    /// Gives rows and waits until they are durable.
    pub(crate) async fn give(&self, rows: Vec<Row>) -> Result<()> {
        let (reply, durable) = oneshot::channel();
        let gone = || anyhow!("the raw writer has stopped");
        self.0.send(Wish { rows, reply }).await.map_err(|_wish| gone())?;
        durable.await.map_err(|_closed| gone())
    }
}

/// Rows for a twin: streams as ours has them, versions that no other row has.
#[derive(Debug)]
pub(crate) struct Rows {
    payload: Arc<str>,
    version: AtomicI64,
}

impl Rows {
    /// Of this payload.
    pub(crate) fn of(payload: &str) -> Self {
        Self { payload: payload.into(), version: AtomicI64::new(1) }
    }

    /// So many rows for a stream.
    pub(crate) fn make(&self, stream: &str, times: u64) -> Vec<Row> {
        let row = |_| Row {
            stream: stream.to_owned(),
            version: self.version.fetch_add(1, Ordering::Relaxed),
            payload: Arc::clone(&self.payload),
        };
        (0..times).map(row).collect()
    }
}
