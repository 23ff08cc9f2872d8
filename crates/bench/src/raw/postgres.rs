//! Raw PostgreSQL: prepared inserts over many connections, or one connection that takes batches.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use futures_util::TryStreamExt as _;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, PgConnection, Row as _};
use tokio::sync::{Mutex, mpsc};

use super::sqlite::parsed;
use super::{BATCH_MAX, QUEUE_MAX, Queue, Row, Wish};

const TABLE: &str = "CREATE TABLE raw (
        id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, stream TEXT NOT NULL, version BIGINT NOT NULL,
        kind TEXT NOT NULL, at BIGINT NOT NULL, payload TEXT NOT NULL, UNIQUE (stream, version)
    )";
const INSERT: &str = "INSERT INTO raw (stream, version, kind, at, payload) VALUES ($1, $2, 'Noted', 1795000000000000, $3)";
const INSERT_MANY: &str = "INSERT INTO raw (stream, version, kind, at, payload)
    SELECT stream, version, 'Noted', 1795000000000000, payload
    FROM unnest($1::text[], $2::bigint[], $3::text[]) AS given (stream, version, payload)";

/// Connects as the product does: through the socket of the loopback address, without TLS.
pub(crate) async fn open(url: &str) -> Result<PgConnection> {
    let options: PgConnectOptions = url.parse()?;
    options
        .options([("synchronous_commit", "on"), ("jit", "off")])
        .connect()
        .await
        .context("could not connect")
}

/// Makes the twin's table.
pub(crate) async fn prepare(url: &str) -> Result<()> {
    let mut connection = open(url).await?;
    sqlx::query(TABLE).execute(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

/// A connection for each writer.
#[derive(Clone)]
pub(crate) struct Lines(Arc<Vec<Mutex<PgConnection>>>);

impl Lines {
    /// Connects so often.
    pub(crate) async fn open(url: &str, count: usize) -> Result<Self> {
        let mut lines = Vec::new();
        for _ in 0..count {
            lines.push(Mutex::new(open(url).await?));
        }
        Ok(Self(Arc::new(lines)))
    }

    /// Gives rows on the writer's own connection: one on its own, several as a set; each call is
    /// a transaction.
    pub(crate) async fn give(&self, writer: usize, rows: Vec<Row>) -> Result<()> {
        let mut line = self.0.get(writer).context("too few connections")?.lock().await;
        match rows.as_slice() {
            [row] => {
                sqlx::query(INSERT)
                    .bind(&row.stream)
                    .bind(row.version)
                    .bind(&*row.payload)
                    .execute(&mut *line)
                    .await?;
            }
            rows => insert(&mut line, rows.iter()).await?,
        }
        Ok(())
    }
}

async fn insert(line: &mut PgConnection, rows: impl Iterator<Item = &Row>) -> Result<()> {
    let (mut streams, mut versions, mut payloads) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        streams.push(row.stream.as_str());
        versions.push(row.version);
        payloads.push(&*row.payload);
    }
    sqlx::query(INSERT_MANY).bind(streams).bind(versions).bind(payloads).execute(line).await?;
    Ok(())
}

/// Starts one writer that takes whatever waits in one statement. It ends with the last queue.
pub(crate) async fn writer(url: &str) -> Result<Queue> {
    let mut line = open(url).await?;
    let (sender, mut wishes) = mpsc::channel(QUEUE_MAX);
    tokio::spawn(async move {
        let mut batch: Vec<Wish> = Vec::with_capacity(BATCH_MAX);
        while wishes.recv_many(&mut batch, BATCH_MAX).await > 0 {
            if let Err(fault) = insert(&mut line, batch.iter().flat_map(|wish| &wish.rows)).await {
                eprintln!("the raw writer failed: {fault:#}");
                return;
            }
            for wish in batch.drain(..) {
                let _gone = wish.reply.send(());
            }
        }
    });
    Ok(Queue(sender))
}

const SCAN: &str =
    "SELECT position, stream, version, kind, recorded_at, command_id, payload FROM facts
    WHERE journal = $1 ORDER BY position";

/// Reads the facts of a journal in order and parses each payload. Says how many.
pub(crate) async fn scan(line: &mut PgConnection, journal: &str) -> Result<u64> {
    let mut rows = sqlx::query(SCAN).bind(journal).fetch(line);
    let mut count = 0;
    while let Some(row) = rows.try_next().await? {
        parsed(row.try_get::<&str, _>(6)?)?;
        count += 1;
    }
    Ok(count)
}

/// Rows written at once in a rebuild.
const WRITTEN_AT_ONCE: usize = 1_000;

/// The same, and a row of a table of its own for each command, written in sets in one transaction.
pub(crate) async fn rebuild(
    from: &mut PgConnection,
    into: &mut PgConnection,
    journal: &str,
) -> Result<u64> {
    const VIEW: &str = "CREATE TABLE IF NOT EXISTS raw_view (
            id TEXT PRIMARY KEY, stream TEXT NOT NULL, version BIGINT NOT NULL, kind TEXT NOT NULL,
            at BIGINT NOT NULL, payload TEXT NOT NULL
        )";
    sqlx::query(VIEW).execute(&mut *into).await?;
    let mut tx = into.begin().await?;
    sqlx::query("DELETE FROM raw_view").execute(&mut *tx).await?;
    let mut rows = sqlx::query(SCAN).bind(journal).fetch(from);
    let (mut count, mut batch) = (0, HashMap::with_capacity(WRITTEN_AT_ONCE));
    while let Some(row) = rows.try_next().await? {
        parsed(row.try_get::<&str, _>(6)?)?;
        count += 1;
        // The last of a batch for each row: a statement may touch a row once.
        batch.insert(row.try_get::<String, _>(5)?, row);
        if batch.len() == WRITTEN_AT_ONCE {
            upsert(&mut tx, &batch).await?;
            batch.clear();
        }
    }
    upsert(&mut tx, &batch).await?;
    tx.commit().await?;
    Ok(count)
}

async fn upsert(
    into: &mut PgConnection,
    batch: &HashMap<String, sqlx::postgres::PgRow>,
) -> Result<()> {
    const UPSERT: &str = "INSERT INTO raw_view
        SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::text[])
        ON CONFLICT (id) DO UPDATE SET
            version = excluded.version, kind = excluded.kind, at = excluded.at, payload = excluded.payload";
    let mut ids = Vec::new();
    let (mut streams, mut versions, mut kinds) = (Vec::new(), Vec::new(), Vec::new());
    let (mut times, mut payloads) = (Vec::new(), Vec::new());
    for (id, row) in batch {
        ids.push(id.as_str());
        streams.push(row.try_get::<&str, _>(1)?);
        versions.push(row.try_get::<i64, _>(2)?);
        kinds.push(row.try_get::<&str, _>(3)?);
        times.push(row.try_get::<i64, _>(4)?);
        payloads.push(row.try_get::<&str, _>(6)?);
    }
    sqlx::query(UPSERT)
        .bind(ids)
        .bind(streams)
        .bind(versions)
        .bind(kinds)
        .bind(times)
        .bind(payloads)
        .execute(into)
        .await?;
    Ok(())
}
