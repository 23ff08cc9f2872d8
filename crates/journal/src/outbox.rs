//! What must follow from facts: stored in the append's transaction under (journal, position,
//! ordinal), so that each happens once however often facts are replayed.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use kernel::{Effect, PersonId, Recorded};
use serde_json::{Value, json};

use crate::db::{Db, Tx};
use crate::error::Result;
use crate::frame::{Frame, Kind, Pour};
use crate::row;
use crate::sql::{Arg, Sql, json_list, micros};

/// The name of an effect.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EffectKey {
    /// The journal of the fact it follows from.
    pub journal: String,
    /// That fact's position.
    pub position: i64,
    /// Its place among the effects of that fact.
    pub ordinal: i64,
}

row! {
    /// An effect that is due.
    #[derive(Clone, Debug)]
    pub struct DueEffect {
        /// The journal of the fact it follows from.
        pub journal: String,
        /// That fact's position.
        pub position: i64,
        /// Its place among the effects of that fact.
        pub ordinal: i64,
        /// `letter`, `timer`, `erase`.
        pub kind: String,
        /// Its lane.
        pub lane: String,
        /// When it was due, in microseconds.
        pub due_at: i64,
        /// What to do, as JSON.
        pub body: String,
        /// How often it was tried before.
        pub attempts: i64,
    }
}

impl DueEffect {
    /// Its name.
    pub fn key(&self) -> EffectKey {
        EffectKey { journal: self.journal.clone(), position: self.position, ordinal: self.ordinal }
    }
}

pub(crate) struct EffectRow {
    position: i64,
    ordinal: usize,
    due_at: i64,
    effect: Effect,
}

impl EffectRow {
    pub(crate) fn new(fact: &Recorded<String>, ordinal: usize, effect: Effect) -> Self {
        let due_at = micros(effect.due_at.unwrap_or(fact.recorded_at));
        Self { position: fact.position, ordinal, due_at, effect }
    }

    /// Destroying a key is done at once after the commit; this makes sure of it after a crash.
    pub(crate) fn erasure(fact: &Recorded<String>, ordinal: usize, person: PersonId) -> Self {
        let effect = Effect {
            kind: "erase",
            due_at: None,
            lane: format!("erase/{person}"),
            supersedes: false,
            body: json!({ "person": person }),
        };
        Self::new(fact, 1_000 + ordinal, effect)
    }
}

pub(crate) async fn insert(tx: &mut Tx, journal: &str, effects: Vec<EffectRow>) -> Result<()> {
    const SUPERSEDE: Sql = Sql::pair(
        "UPDATE outbox SET state = 'superseded'
         WHERE journal = $1 AND state = 'waiting'
           AND (kind, lane) IN (SELECT value->>0, value->>1 FROM json_each($2))",
        "UPDATE outbox SET state = 'superseded'
         WHERE journal = $1 AND state = 'waiting'
           AND (kind, lane) IN (SELECT v->>0, v->>1 FROM json_array_elements(CAST($2 AS json)) AS fresh(v))",
    );
    if effects.is_empty() {
        return Ok(());
    }
    let newer: Vec<Value> = effects
        .iter()
        .filter(|row| row.effect.supersedes)
        .map(|row| json!([row.effect.kind, row.effect.lane]))
        .collect();
    if !newer.is_empty() {
        tx.exec(SUPERSEDE, vec![Arg::from(journal), json_list(&newer)]).await?;
    }
    // Within one batch, too, only the newest of a lane stays.
    let mut newest: HashMap<(&str, &str), usize> = HashMap::new();
    for (place, row) in effects.iter().enumerate().filter(|(_, row)| row.effect.supersedes) {
        newest.insert((row.effect.kind, &row.effect.lane), place);
    }
    let mut frame = Frame::new(EFFECT.iter().map(|(_, kind)| *kind));
    for (place, row) in effects.iter().enumerate() {
        let Effect { kind, lane, body, .. } = &row.effect;
        let newer = newest.get(&(*kind, lane.as_str()));
        let state =
            if newer.is_some_and(|newer| *newer > place) { "superseded" } else { "waiting" };
        frame.push([
            Arg::from(row.position),
            Arg::from(i64::try_from(row.ordinal).unwrap_or(i64::MAX)),
            Arg::from(*kind),
            Arg::from(lane.replace('\0', "\u{fffd}")),
            Arg::from(row.due_at),
            Arg::from(body.to_string()),
            Arg::from(state),
        ])?;
    }
    tx.pour_all(&INSERT, journal, frame).await
}

const EFFECT: &[(&str, Kind)] = &[
    ("position", Kind::Int),
    ("ordinal", Kind::Int),
    ("kind", Kind::Text),
    ("lane", Kind::Text),
    ("due_at", Kind::Int),
    ("body", Kind::Text),
    ("state", Kind::Text),
];
static INSERT: LazyLock<Pour> = LazyLock::new(|| {
    Pour::new(|target| {
        let names: Vec<&str> = EFFECT.iter().map(|(name, _)| *name).collect();
        format!("INSERT INTO outbox (journal, {}) {}", names.join(", "), target.select(EFFECT, 2))
    })
});

/// Takes due effects of one kind for `lease` seconds: nobody else takes them meanwhile.
///
/// # Errors
/// When the database is out of reach.
pub async fn claim(
    db: &Db,
    kind: &str,
    now: DateTime<Utc>,
    lease_seconds: i64,
    limit: i64,
) -> Result<Vec<DueEffect>> {
    // PostgreSQL has several processes at work: rows another one is taking are skipped.
    const CLAIM: Sql = Sql::pair(
        "UPDATE outbox SET lease_until = $3, attempts = attempts + 1
         WHERE rowid IN (SELECT rowid FROM outbox
             WHERE state = 'waiting' AND kind = $1 AND due_at <= $2 AND COALESCE(lease_until, 0) <= $2
             ORDER BY due_at, journal, position, ordinal LIMIT $4)
         RETURNING journal, position, ordinal, kind, lane, due_at, body, attempts",
        "WITH due AS (SELECT journal, position, ordinal FROM outbox
             WHERE state = 'waiting' AND kind = $1 AND due_at <= $2 AND COALESCE(lease_until, 0) <= $2
             ORDER BY due_at, journal, position, ordinal LIMIT $4 FOR UPDATE SKIP LOCKED)
         UPDATE outbox SET lease_until = $3, attempts = attempts + 1 FROM due
         WHERE outbox.journal = due.journal AND outbox.position = due.position AND outbox.ordinal = due.ordinal
         RETURNING outbox.journal, outbox.position, outbox.ordinal, kind, lane, due_at, body, attempts",
    );
    const ANY_DUE: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM (SELECT 1 FROM outbox
         WHERE state = 'waiting' AND kind = $1 AND due_at <= $2 AND COALESCE(lease_until, 0) <= $2 LIMIT 1) AS one";
    let at = micros(now);
    // The look costs no write lock; nothing is due nearly always.
    let any = db.opt::<crate::sql::Count>(ANY_DUE, crate::args![kind, at]).await?;
    if any.is_none_or(|count| count.n == 0) {
        return Ok(Vec::new());
    }
    let until = at + lease_seconds * 1_000_000;
    let mut tx = db.begin().await?;
    let mut rows: Vec<DueEffect> = tx.all(CLAIM, crate::args![kind, at, until, limit]).await?;
    tx.commit().await?;
    rows.sort_by(|a, b| {
        (a.due_at, &a.journal, a.position, a.ordinal)
            .cmp(&(b.due_at, &b.journal, b.position, b.ordinal))
    });
    Ok(rows)
}

/// Frees what a process that is no more had taken. Only for a process that knows itself to be the
/// only one; another one takes them when their lease runs out.
///
/// # Errors
/// When the database is out of reach.
pub async fn take_over(db: &Db) -> Result<u64> {
    let sql =
        "UPDATE outbox SET lease_until = NULL WHERE state = 'waiting' AND lease_until IS NOT NULL";
    db.exec(sql, vec![]).await
}

/// Records that an effect is done, or given up (`state`: `done`, `failed`, `dropped`).
///
/// # Errors
/// When the database is out of reach.
pub async fn finish(db: &Db, key: &EffectKey, state: &str, note: Option<&str>) -> Result<()> {
    db.exec(
        "UPDATE outbox SET state = $4, note = $5, lease_until = NULL
         WHERE journal = $1 AND position = $2 AND ordinal = $3 AND state = 'waiting'",
        crate::args![&key.journal, key.position, key.ordinal, state, note],
    )
    .await
    .map(drop)
}

/// Puts an effect back for later.
///
/// # Errors
/// When the database is out of reach.
pub async fn postpone(db: &Db, key: &EffectKey, due_at: DateTime<Utc>, note: &str) -> Result<()> {
    db.exec(
        "UPDATE outbox SET due_at = $4, note = $5, lease_until = NULL
         WHERE journal = $1 AND position = $2 AND ordinal = $3 AND state = 'waiting'",
        crate::args![&key.journal, key.position, key.ordinal, due_at, note],
    )
    .await
    .map(drop)
}

/// When the next effect can be claimed, in microseconds; `None` when none waits.
///
/// # Errors
/// When the database is out of reach.
pub async fn next_due(db: &Db) -> Result<Option<i64>> {
    row! { struct Next { at: Option<i64> } }
    let next: Option<Next> =
        db.opt(
            "SELECT MIN(CASE WHEN COALESCE(lease_until, 0) > due_at THEN lease_until ELSE due_at END) AS at
             FROM outbox WHERE state = 'waiting'",
            vec![],
        )
        .await?;
    Ok(next.and_then(|next| next.at))
}
