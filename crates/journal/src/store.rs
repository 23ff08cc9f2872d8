//! The journal's own statements: the head, facts, tags, commands, snapshots.
//!
//! Lists go in as one JSON text, so a batch costs one statement a table.

use std::collections::HashMap;

use kernel::{Recorded, StreamId};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::chain::{GENESIS, hex};
use crate::error::{Error, Result};
use crate::keys::Keyring;
use crate::row;
use crate::sql::{Arg, Db, Sql, Tx, instant, json_list};

/// Where a journal ends.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Head {
    pub(crate) position: i64,
    pub(crate) hash: [u8; 32],
    pub(crate) recorded_at: i64,
}

row! {
    struct HeadRow { position: i64, hash: Vec<u8>, recorded_at: i64 }
}

row! {
    /// A fact as it lies in the table.
    pub(crate) struct FactRow {
        pub(crate) journal: String,
        pub(crate) position: i64,
        pub(crate) stream: String,
        pub(crate) version: i64,
        pub(crate) kind: String,
        pub(crate) schema: i64,
        pub(crate) recorded_at: i64,
        pub(crate) occurred_at: Option<i64>,
        pub(crate) actor: String,
        pub(crate) command_id: String,
        pub(crate) ordinal: i64,
        pub(crate) caused_by: Option<i64>,
        pub(crate) correlation: Option<String>,
        pub(crate) payload: String,
        pub(crate) hash: Vec<u8>,
    }
}

row! {
    pub(crate) struct KnownRow {
        pub(crate) command_id: String,
        pub(crate) kind: String,
        pub(crate) actor: String,
        pub(crate) fingerprint: String,
        pub(crate) outcome: String,
    }
}

row! {
    pub(crate) struct SnapshotRow { pub(crate) version: i64, pub(crate) shape: i64, pub(crate) state: String }
}

/// Locks the journal's head, making it first if need be. Nothing is read before this.
pub(crate) async fn lock_head(tx: &mut Tx, journal: &str) -> Result<Head> {
    // SQLite holds its one write lock since BEGIN IMMEDIATE.
    const LOCK: Sql = Sql::pair(
        "SELECT position, hash, recorded_at FROM heads WHERE journal = $1",
        "SELECT position, hash, recorded_at FROM heads WHERE journal = $1 FOR UPDATE",
    );
    if let Some(row) = tx.opt::<HeadRow>(LOCK, crate::args![journal]).await? {
        return head(row);
    }
    tx.exec(
        "INSERT INTO heads (journal, position, hash, recorded_at) VALUES ($1, 0, $2, 0)
         ON CONFLICT (journal) DO NOTHING",
        crate::args![journal, GENESIS.to_vec()],
    )
    .await?;
    match tx.opt::<HeadRow>(LOCK, crate::args![journal]).await? {
        Some(row) => head(row),
        None => Err(Error::broken(format!("journal {journal} has no head"))),
    }
}

fn head(row: HeadRow) -> Result<Head> {
    let hash =
        row.hash.try_into().map_err(|_bytes| Error::broken("a head's hash is not 32 bytes"))?;
    Ok(Head { position: row.position, hash, recorded_at: row.recorded_at })
}

/// Where a journal ends, without a lock; position 0 for one that does not exist.
pub(crate) async fn read_head(db: &Db, journal: &str) -> Result<Head> {
    let row = db
        .opt::<HeadRow>(
            "SELECT position, hash, recorded_at FROM heads WHERE journal = $1",
            crate::args![journal],
        )
        .await?;
    row.map_or(Ok(Head { position: 0, hash: GENESIS, recorded_at: 0 }), head)
}

pub(crate) async fn move_head(tx: &mut Tx, journal: &str, head: &Head) -> Result<()> {
    tx.exec(
        "UPDATE heads SET position = $2, hash = $3, recorded_at = $4 WHERE journal = $1",
        crate::args![journal, head.position, head.hash.to_vec(), head.recorded_at],
    )
    .await
    .map(drop)
}

/// The stored outcomes of those of these commands that were given before.
pub(crate) async fn known(
    tx: &mut Tx,
    journal: &str,
    ids: &[String],
) -> Result<HashMap<String, KnownRow>> {
    const FIND: Sql = Sql::pair(
        "SELECT command_id, kind, actor, fingerprint, outcome FROM commands
         WHERE journal = $1 AND command_id IN (SELECT value FROM json_each($2))",
        "SELECT command_id, kind, actor, fingerprint, outcome FROM commands
         WHERE journal = $1 AND command_id IN (SELECT value FROM json_array_elements_text(CAST($2 AS json)))",
    );
    let rows: Vec<KnownRow> = tx.all(FIND, vec![Arg::from(journal), json_list(ids)]).await?;
    Ok(rows.into_iter().map(|row| (row.command_id.clone(), row)).collect())
}

/// A fact ready to be written: payload sealed, hash linked.
pub(crate) struct Linked {
    pub(crate) fact: Recorded<String>,
    pub(crate) hash: [u8; 32],
    pub(crate) tags: Vec<String>,
}

pub(crate) async fn insert_facts(tx: &mut Tx, journal: &str, facts: &[Linked]) -> Result<()> {
    const INSERT: Sql = Sql::pair(
        "INSERT INTO facts (journal, position, stream, version, kind, schema, recorded_at, occurred_at,
             actor, command_id, ordinal, caused_by, correlation, payload, hash)
         SELECT $1, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6,
             value->>7, value->>8, value->>9, value->>10, value->>11, value->>12, unhex(value->>13)
         FROM json_each($2)",
        // One text column an argument of the array: json_to_recordset takes objects only.
        "INSERT INTO facts (journal, position, stream, version, kind, schema, recorded_at, occurred_at,
             actor, command_id, ordinal, caused_by, correlation, payload, hash)
         SELECT $1, CAST(v->>0 AS BIGINT), v->>1, CAST(v->>2 AS BIGINT), v->>3, CAST(v->>4 AS BIGINT),
             CAST(v->>5 AS BIGINT), CAST(v->>6 AS BIGINT), v->>7, v->>8, CAST(v->>9 AS BIGINT),
             CAST(v->>10 AS BIGINT), v->>11, v->>12, decode(v->>13, 'hex')
         FROM json_array_elements(CAST($2 AS json)) AS fresh(v)",
    );
    let lines: Vec<Value> = facts
        .iter()
        .map(|Linked { fact, hash, .. }| {
            json!([
                fact.position,
                fact.stream.as_str(),
                fact.version,
                fact.kind,
                fact.schema,
                fact.recorded_at.timestamp_micros(),
                fact.occurred_at.map(|at| at.timestamp_micros()),
                fact.actor,
                fact.command_id,
                fact.ordinal,
                fact.caused_by,
                fact.correlation,
                fact.fact,
                hex(hash),
            ])
        })
        .collect();
    tx.exec(INSERT, vec![Arg::from(journal), json_list(&lines)]).await?;
    insert_tags(tx, journal, facts).await
}

async fn insert_tags(tx: &mut Tx, journal: &str, facts: &[Linked]) -> Result<()> {
    const INSERT: Sql = Sql::pair(
        "INSERT INTO tags (journal, tag, position)
         SELECT $1, value->>0, value->>1 FROM json_each($2)",
        "INSERT INTO tags (journal, tag, position)
         SELECT $1, v->>0, CAST(v->>1 AS BIGINT) FROM json_array_elements(CAST($2 AS json)) AS fresh(v)",
    );
    let lines: Vec<Value> = facts
        .iter()
        .flat_map(|linked| linked.tags.iter().map(|tag| json!([tag, linked.fact.position])))
        .collect();
    tx.exec(INSERT, vec![Arg::from(journal), json_list(&lines)]).await.map(drop)
}

/// A command with its outcome, ready to be written.
pub(crate) struct CommandRow {
    pub(crate) command_id: Uuid,
    pub(crate) kind: &'static str,
    pub(crate) actor: String,
    pub(crate) received_at: i64,
    pub(crate) fingerprint: String,
    pub(crate) body: String,
    pub(crate) outcome: String,
    pub(crate) accepted: bool,
    pub(crate) span: Option<(i64, i64)>,
}

pub(crate) async fn insert_commands(
    tx: &mut Tx,
    journal: &str,
    commands: &[CommandRow],
) -> Result<()> {
    const INSERT: Sql = Sql::pair(
        "INSERT INTO commands (journal, command_id, kind, actor, received_at, fingerprint, body, outcome,
             accepted, first_position, last_position)
         SELECT $1, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6,
             value->>7, value->>8, value->>9
         FROM json_each($2)",
        "INSERT INTO commands (journal, command_id, kind, actor, received_at, fingerprint, body, outcome,
             accepted, first_position, last_position)
         SELECT $1, v->>0, v->>1, v->>2, CAST(v->>3 AS BIGINT), v->>4, v->>5, v->>6,
             CAST(v->>7 AS BOOLEAN), CAST(v->>8 AS BIGINT), CAST(v->>9 AS BIGINT)
         FROM json_array_elements(CAST($2 AS json)) AS fresh(v)",
    );
    let lines: Vec<Value> = commands
        .iter()
        .map(|row| {
            json!([
                row.command_id,
                row.kind,
                row.actor,
                row.received_at,
                row.fingerprint,
                row.body,
                row.outcome,
                row.accepted,
                row.span.map(|span| span.0),
                row.span.map(|span| span.1),
            ])
        })
        .collect();
    tx.exec(INSERT, vec![Arg::from(journal), json_list(&lines)]).await.map(drop)
}

pub(crate) async fn snapshot(
    tx: &mut Tx,
    journal: &str,
    stream: &StreamId,
) -> Result<Option<SnapshotRow>> {
    tx.opt(
        "SELECT version, shape, state FROM snapshots WHERE journal = $1 AND stream = $2",
        crate::args![journal, stream.as_str()],
    )
    .await
}

pub(crate) async fn put_snapshot(
    tx: &mut Tx,
    journal: &str,
    stream: &StreamId,
    row: SnapshotRow,
) -> Result<()> {
    tx.exec(
        "INSERT INTO snapshots (journal, stream, version, shape, state) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (journal, stream)
         DO UPDATE SET version = excluded.version, shape = excluded.shape, state = excluded.state",
        crate::args![journal, stream.as_str(), row.version, row.shape, row.state],
    )
    .await
    .map(drop)
}

/// Facts of one stream behind a version.
pub(crate) const STREAM_AFTER: &str =
    "SELECT journal, position, stream, version, kind, schema, recorded_at, occurred_at, actor, command_id,
         ordinal, caused_by, correlation, payload, hash
     FROM facts WHERE journal = $1 AND stream = $2 AND version > $3 ORDER BY version";

/// Facts of a journal behind a position, at most `$3`.
pub(crate) const AFTER: &str =
    "SELECT journal, position, stream, version, kind, schema, recorded_at, occurred_at, actor, command_id,
         ordinal, caused_by, correlation, payload, hash
     FROM facts WHERE journal = $1 AND position > $2 ORDER BY position LIMIT $3";

impl FactRow {
    /// The envelope, payload as stored; and its stored hash.
    pub(crate) fn stored(self) -> Result<(Recorded<String>, Vec<u8>)> {
        let bad = |what: &str| Error::broken(format!("position {}: {what}", self.position));
        let uuid = |text: &str| Uuid::parse_str(text).map_err(|_cause| bad("an id is no UUID"));
        let fact = Recorded {
            position: self.position,
            version: self.version,
            schema: u16::try_from(self.schema)
                .map_err(|_cause| bad("an impossible schema version"))?,
            recorded_at: instant(self.recorded_at),
            occurred_at: self.occurred_at.map(instant),
            command_id: uuid(&self.command_id)?,
            ordinal: i32::try_from(self.ordinal).map_err(|_cause| bad("an impossible ordinal"))?,
            caused_by: self.caused_by,
            correlation: self.correlation.as_deref().map(uuid).transpose()?,
            stream: StreamId::stored(self.stream),
            kind: self.kind,
            journal: self.journal,
            actor: self.actor,
            fact: self.payload,
        };
        Ok((fact, self.hash))
    }
}

/// Rows as facts with their personal values opened.
pub(crate) async fn open_rows(keys: &Keyring, rows: Vec<FactRow>) -> Result<Vec<Recorded<String>>> {
    let mut facts = rows
        .into_iter()
        .map(|row| row.stored().map(|(fact, _)| fact))
        .collect::<Result<Vec<_>>>()?;
    let mut payloads: Vec<String> =
        facts.iter_mut().map(|fact| std::mem::take(&mut fact.fact)).collect();
    keys.open_all(&mut payloads).await?;
    for (fact, payload) in facts.iter_mut().zip(payloads) {
        fact.fact = payload;
    }
    Ok(facts)
}
