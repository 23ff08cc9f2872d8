//! The journal's own statements: the head, facts, tags, commands, snapshots.
//!
//! A batch goes in as a whole, and a batch's states come out as a whole: the number of statements
//! does not grow with the number of commands.

use std::collections::HashMap;
use std::sync::LazyLock;

use kernel::{Recorded, StreamId};
use uuid::Uuid;

use crate::chain::GENESIS;
use crate::db::{Db, Tx};
use crate::error::{Error, Result};
use crate::frame::{For, Frame, Kind, Part, Pour, SQLITE_ROWS_MAX, class_of};
use crate::keys::Keyring;
use crate::row;
use crate::sql::{Arg, Sql, instant, json_list, micros};

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
    pub(crate) struct SnapshotRow {
        pub(crate) stream: String,
        pub(crate) version: i64,
        pub(crate) shape: i64,
        pub(crate) state: String,
    }
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

/// The stored outcomes of those of these commands that were given before.
pub(crate) async fn known(
    tx: &mut Tx,
    journal: &str,
    ids: &[String],
) -> Result<HashMap<String, KnownRow>> {
    const FIND: Sql = Sql::pair(
        "SELECT command_id, kind, actor, fingerprint, outcome FROM commands
         WHERE journal = $1 AND command_id IN (SELECT value FROM json_each($2))",
        "SELECT c.command_id, c.kind, c.actor, c.fingerprint, c.outcome
         FROM json_array_elements_text(CAST($2 AS json)) AS wanted(id) CROSS JOIN LATERAL
             (SELECT * FROM commands WHERE journal = $1 AND command_id = wanted.id OFFSET 0) AS c",
    );
    let rows: Vec<KnownRow> = tx.all(FIND, vec![Arg::from(journal), json_list(ids)]).await?;
    Ok(rows.into_iter().map(|row| (row.command_id.clone(), row)).collect())
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

const COMMAND: &[(&str, Kind)] = &[
    ("command_id", Kind::Text),
    ("kind", Kind::Text),
    ("actor", Kind::Text),
    ("received_at", Kind::Int),
    ("fingerprint", Kind::Text),
    ("body", Kind::Text),
    ("outcome", Kind::Text),
    ("accepted", Kind::Bool),
    ("first_position", Kind::Int),
    ("last_position", Kind::Int),
];
const FACT: &[(&str, Kind)] = &[
    ("position", Kind::Int),
    ("stream", Kind::Text),
    ("version", Kind::Int),
    ("kind", Kind::Text),
    ("schema", Kind::Int),
    ("recorded_at", Kind::Int),
    ("occurred_at", Kind::Int),
    ("actor", Kind::Text),
    ("command_id", Kind::Text),
    ("ordinal", Kind::Int),
    ("caused_by", Kind::Int),
    ("correlation", Kind::Text),
    ("payload", Kind::Text),
    ("hash", Kind::Bytes),
];
const TAG: &[(&str, Kind)] = &[("tag", Kind::Text), ("position", Kind::Int)];

fn insert(target: For, table: &str, columns: &[(&str, Kind)], first: usize) -> String {
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let select = target.select(columns, first);
    format!("INSERT INTO {table} (journal, {}) {select}", names.join(", "))
}

/// Commands alone: all of a batch was refused, or was so already.
static COMMANDS: LazyLock<Pour> =
    LazyLock::new(|| Pour::new(|target| insert(target, "commands", COMMAND, 2)));
static FACTS: LazyLock<Pour> =
    LazyLock::new(|| Pour::new(|target| insert(target, "facts", FACT, 2)));
static TAGS: LazyLock<Pour> = LazyLock::new(|| Pour::new(|target| insert(target, "tags", TAG, 2)));

/// Tags each place of the combined statement for SQLite has room for.
const TAGS_A_PLACE: usize = 2;

/// A whole batch in one statement, or for SQLite in one message of four. Each step to the
/// database and back costs more than the rows do.
static BATCH: LazyLock<Pour> = LazyLock::new(|| {
    let (facts, tags) = (2 + COMMAND.len(), 2 + COMMAND.len() + FACT.len());
    let head = tags + TAG.len();
    Pour::new(|target| match target {
        For::Postgres => format!(
            "WITH given AS ({}), told AS ({}), moved AS (UPDATE heads SET position = ${}, hash = ${}, recorded_at = ${} \
             WHERE journal = $1) {}",
            insert(target, "commands", COMMAND, 2),
            insert(target, "tags", TAG, tags),
            head,
            head + 1,
            head + 2,
            insert(target, "facts", FACT, facts),
        ),
        For::Sqlite(rows) => format!(
            "{}; {}; {}; UPDATE heads SET position = ?, hash = ?, recorded_at = ? WHERE journal = ?",
            insert(target, "commands", COMMAND, 0),
            insert(target, "facts", FACT, 0),
            insert(For::Sqlite(rows * TAGS_A_PLACE), "tags", TAG, 0),
        ),
    })
});

/// What a batch leaves in the journal's own tables.
pub(crate) struct Batched {
    commands: Frame,
    facts: Frame,
    tags: Frame,
}

impl Batched {
    pub(crate) fn new() -> Self {
        let frame = |columns: &[(&str, Kind)]| Frame::new(columns.iter().map(|(_, kind)| *kind));
        Self { commands: frame(COMMAND), facts: frame(FACT), tags: frame(TAG) }
    }

    pub(crate) fn command(&mut self, row: CommandRow) -> Result<()> {
        self.commands.push([
            Arg::from(row.command_id.to_string()),
            Arg::from(row.kind),
            Arg::from(row.actor),
            Arg::from(row.received_at),
            Arg::from(row.fingerprint),
            Arg::from(row.body),
            Arg::from(row.outcome),
            Arg::from(row.accepted),
            Arg::from(row.span.map(|span| span.0)),
            Arg::from(row.span.map(|span| span.1)),
        ])
    }

    /// A fact with its payload as it is stored, and its hash.
    pub(crate) fn fact<F>(
        &mut self,
        fact: &Recorded<F>,
        payload: String,
        hash: &[u8; 32],
        tags: Vec<String>,
    ) -> Result<()> {
        for tag in tags {
            self.tags.push([Arg::from(tag), Arg::from(fact.position)])?;
        }
        self.facts.push([
            Arg::from(fact.position),
            Arg::from(fact.stream.as_str()),
            Arg::from(fact.version),
            Arg::from(fact.kind.as_str()),
            Arg::from(i64::from(fact.schema)),
            Arg::from(micros(fact.recorded_at)),
            Arg::from(fact.occurred_at.map(micros)),
            Arg::from(fact.actor.as_str()),
            Arg::from(fact.command_id.to_string()),
            Arg::from(fact.ordinal),
            Arg::from(fact.caused_by),
            Arg::from(fact.correlation.map(|id| id.to_string())),
            Arg::from(payload),
            Arg::from(hash.to_vec()),
        ])
    }

    /// Writes everything, and moves the head when there are facts.
    pub(crate) async fn write(self, tx: &mut Tx, journal: &str, head: &Head) -> Result<()> {
        if self.facts.is_empty() {
            return tx.pour_all(&COMMANDS, journal, self.commands).await;
        }
        let places = self
            .commands
            .rows()
            .max(self.facts.rows())
            .max(self.tags.rows().div_ceil(TAGS_A_PLACE));
        if !tx.is_postgres() && places > SQLITE_ROWS_MAX {
            tx.pour_all(&COMMANDS, journal, self.commands).await?;
            tx.pour_all(&FACTS, journal, self.facts).await?;
            tx.pour_all(&TAGS, journal, self.tags).await?;
            return move_head(tx, journal, head).await;
        }
        let parts = vec![
            Part::One(Arg::from(journal)),
            Part::Rows(self.commands),
            Part::Again(Arg::from(journal)),
            Part::Rows(self.facts),
            Part::Again(Arg::from(journal)),
            Part::Many(self.tags, TAGS_A_PLACE),
            Part::One(Arg::from(head.position)),
            Part::One(Arg::from(head.hash.to_vec())),
            Part::One(Arg::from(head.recorded_at)),
            Part::Again(Arg::from(journal)),
        ];
        tx.pour(&BATCH, class_of(places), parts).await
    }
}

async fn move_head(tx: &mut Tx, journal: &str, head: &Head) -> Result<()> {
    tx.exec(
        "UPDATE heads SET position = $2, hash = $3, recorded_at = $4 WHERE journal = $1",
        crate::args![journal, head.position, head.hash.to_vec(), head.recorded_at],
    )
    .await
    .map(drop)
}

/// The snapshots there are of these streams.
pub(crate) async fn snapshots(
    tx: &mut Tx,
    journal: &str,
    streams: &[&str],
) -> Result<Vec<SnapshotRow>> {
    const FIND: Sql = Sql::pair(
        "SELECT stream, version, shape, state FROM snapshots
         WHERE journal = $1 AND stream IN (SELECT value FROM json_each($2))",
        "SELECT s.stream, s.version, s.shape, s.state
         FROM json_array_elements_text(CAST($2 AS json)) AS wanted(stream) CROSS JOIN LATERAL
             (SELECT * FROM snapshots WHERE journal = $1 AND stream = wanted.stream OFFSET 0) AS s",
    );
    tx.all(FIND, vec![Arg::from(journal), json_list(streams)]).await
}

/// The facts of these streams, each behind its version, a stream's own in order.
pub(crate) async fn stream_facts(
    tx: &mut Tx,
    journal: &str,
    streams: &[(&str, i64)],
) -> Result<Vec<FactRow>> {
    // Both planners would rather walk through the whole journal in the order asked for, looking at
    // each fact whether it is wanted: SQLite is kept from it by CROSS JOIN, PostgreSQL (which knows
    // a young table as empty, and keeps the plan it made then) by OFFSET 0.
    const FIND: Sql = Sql::pair(
        "SELECT f.journal, f.position, f.stream, f.version, f.kind, f.schema, f.recorded_at, f.occurred_at, f.actor,
             f.command_id, f.ordinal, f.caused_by, f.correlation, f.payload, f.hash
         FROM json_each($2) AS wanted CROSS JOIN facts AS f
             ON f.journal = $1 AND f.stream = wanted.value->>0 AND f.version > wanted.value->>1
         ORDER BY f.position",
        "SELECT f.journal, f.position, f.stream, f.version, f.kind, f.schema, f.recorded_at, f.occurred_at, f.actor,
             f.command_id, f.ordinal, f.caused_by, f.correlation, f.payload, f.hash
         FROM json_array_elements(CAST($2 AS json)) AS wanted(v) CROSS JOIN LATERAL
             (SELECT * FROM facts WHERE journal = $1 AND stream = v->>0 AND version > CAST(v->>1 AS BIGINT)
              ORDER BY version OFFSET 0) AS f
         ORDER BY f.position",
    );
    tx.all(FIND, vec![Arg::from(journal), json_list(streams)]).await
}

pub(crate) async fn put_snapshot(tx: &mut Tx, journal: &str, row: SnapshotRow) -> Result<()> {
    tx.exec(
        "INSERT INTO snapshots (journal, stream, version, shape, state) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (journal, stream)
         DO UPDATE SET version = excluded.version, shape = excluded.shape, state = excluded.state",
        crate::args![journal, row.stream, row.version, row.shape, row.state],
    )
    .await
    .map(drop)
}

/// Facts of a journal behind a position, at most `$3`.
pub(crate) const AFTER: &str =
    "SELECT journal, position, stream, version, kind, schema, recorded_at, occurred_at, actor, command_id,
         ordinal, caused_by, correlation, payload, hash
     FROM facts WHERE journal = $1 AND position > $2 ORDER BY position LIMIT $3";

impl FactRow {
    /// The envelope, payload as stored; and its stored hash.
    pub(crate) fn stored(self) -> Result<(Recorded<String>, Vec<u8>)> {
        let bad = |what: &str| Error::broken(format!("position {}: {what}", self.position));
        // Only the one form in which it was written, or a changed letter would go unnoticed.
        let uuid = |text: &str| {
            Uuid::parse_str(text)
                .ok()
                .filter(|id| id.hyphenated().encode_lower(&mut Uuid::encode_buffer()) == text)
                .ok_or_else(|| bad("an id is no UUID"))
        };
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
