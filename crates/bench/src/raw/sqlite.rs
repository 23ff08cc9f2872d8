//! Raw SQLite: one thread, one connection, prepared statements, a transaction for whatever waits.

use std::path::Path;

use anyhow::Result;
use rusqlite::{Connection, params};
use serde_json::Value;
use tokio::sync::mpsc;

use super::{BATCH_MAX, QUEUE_MAX, Queue, Wish};

const SETTINGS: &str =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384;
    PRAGMA busy_timeout = 5000;";
const TABLE: &str = "CREATE TABLE raw (
        id INTEGER PRIMARY KEY, stream TEXT NOT NULL, version INTEGER NOT NULL, kind TEXT NOT NULL,
        at INTEGER NOT NULL, payload TEXT NOT NULL, UNIQUE (stream, version)
    ) STRICT";
const INSERT: &str = "INSERT INTO raw (stream, version, kind, at, payload) VALUES (?1, ?2, 'Noted', 1795000000000000, ?3)";

/// Opens a file as durable as the product's.
pub(crate) fn open(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path)?;
    connection.execute_batch(SETTINGS)?;
    Ok(connection)
}

/// Starts the one writer of a new file. It ends with the last queue.
pub(crate) fn writer(path: &Path) -> Result<Queue> {
    let connection = open(path)?;
    connection.execute_batch(TABLE)?;
    let (sender, wishes) = mpsc::channel(QUEUE_MAX);
    std::thread::spawn(move || {
        if let Err(fault) = write(&connection, wishes) {
            eprintln!("the raw writer failed: {fault}");
        }
    });
    Ok(Queue(sender))
}

fn write(connection: &Connection, mut wishes: mpsc::Receiver<Wish>) -> rusqlite::Result<()> {
    let mut begin = connection.prepare("BEGIN IMMEDIATE")?;
    let mut insert = connection.prepare(INSERT)?;
    let mut commit = connection.prepare("COMMIT")?;
    let mut batch = Vec::with_capacity(BATCH_MAX);
    while wishes.blocking_recv_many(&mut batch, BATCH_MAX) > 0 {
        begin.execute([])?;
        for row in batch.iter().flat_map(|wish: &Wish| &wish.rows) {
            insert.execute(params![row.stream, row.version, &*row.payload])?;
        }
        commit.execute([])?;
        for wish in batch.drain(..) {
            // Whoever asked may have gone.
            let _gone = wish.reply.send(());
        }
    }
    Ok(())
}

const SCAN: &str =
    "SELECT position, stream, version, kind, recorded_at, command_id, payload FROM facts
    WHERE journal = ?1 ORDER BY position";

/// Reads the facts of a journal in order and parses each payload. Says how many.
pub(crate) fn scan(connection: &Connection, journal: &str) -> Result<u64> {
    let mut scan = connection.prepare(SCAN)?;
    let mut rows = scan.query([journal])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        parsed(row.get_ref(6)?.as_str()?)?;
        count += 1;
    }
    Ok(count)
}

/// The same, and a row of a table of its own for each command, written in one transaction.
pub(crate) fn rebuild(from: &Connection, into: &Connection, journal: &str) -> Result<u64> {
    const VIEW: &str = "CREATE TABLE IF NOT EXISTS view (
            id TEXT PRIMARY KEY, stream TEXT NOT NULL, version INTEGER NOT NULL, kind TEXT NOT NULL,
            at INTEGER NOT NULL, payload TEXT NOT NULL
        ) STRICT";
    const UPSERT: &str = "INSERT INTO view VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO UPDATE SET
            version = excluded.version, kind = excluded.kind, at = excluded.at, payload = excluded.payload";
    into.execute_batch(VIEW)?;
    into.execute_batch("BEGIN IMMEDIATE; DELETE FROM view")?;
    let mut upsert = into.prepare(UPSERT)?;
    let mut scan = from.prepare(SCAN)?;
    let mut rows = scan.query([journal])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let payload = row.get_ref(6)?.as_str()?;
        parsed(payload)?;
        upsert.execute(params![
            row.get_ref(5)?.as_str()?,
            row.get_ref(1)?.as_str()?,
            row.get_ref(2)?.as_i64()?,
            row.get_ref(3)?.as_str()?,
            row.get_ref(4)?.as_i64()?,
            payload,
        ])?;
        count += 1;
    }
    into.execute_batch("COMMIT")?;
    Ok(count)
}

/// Parses, so that no compiler leaves it out.
pub(crate) fn parsed(payload: &str) -> Result<()> {
    std::hint::black_box(serde_json::from_str::<Value>(payload)?);
    Ok(())
}
