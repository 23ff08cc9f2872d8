//! What must follow from facts: stored in the append's transaction under (journal, position,
//! ordinal), so that each happens once however often facts are replayed.

use chrono::{DateTime, Utc};
use kernel::{Effect, PersonId, Recorded};
use serde_json::{Value, json};

use crate::error::Result;
use crate::row;
use crate::sql::{Arg, Db, Sql, Tx, json_list, micros};

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
    const INSERT: Sql = Sql::pair(
        "INSERT INTO outbox (journal, position, ordinal, kind, lane, due_at, body, state)
         SELECT $1, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6 FROM json_each($2)",
        "INSERT INTO outbox (journal, position, ordinal, kind, lane, due_at, body, state)
         SELECT $1, CAST(v->>0 AS BIGINT), CAST(v->>1 AS BIGINT), v->>2, v->>3, CAST(v->>4 AS BIGINT), v->>5, v->>6
         FROM json_array_elements(CAST($2 AS json)) AS fresh(v)",
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
    let lines: Vec<Value> = effects
        .iter()
        .enumerate()
        .map(|(place, row)| {
            // Within one batch, too, only the newest of a lane stays.
            let replaced = effects.iter().skip(place + 1).any(|later| {
                later.effect.supersedes
                    && later.effect.kind == row.effect.kind
                    && later.effect.lane == row.effect.lane
            });
            let state = if replaced { "superseded" } else { "waiting" };
            let Effect { kind, lane, body, .. } = &row.effect;
            json!([row.position, row.ordinal, kind, lane, row.due_at, body.to_string(), state])
        })
        .collect();
    tx.exec(INSERT, vec![Arg::from(journal), json_list(&lines)]).await.map(drop)
}

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
    rows.sort_by_key(|row| (row.due_at, row.position, row.ordinal));
    Ok(rows)
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

/// When the next effect is due, in microseconds; `None` when none waits.
///
/// # Errors
/// When the database is out of reach.
pub async fn next_due(db: &Db) -> Result<Option<i64>> {
    row! { struct Next { at: Option<i64> } }
    let next: Option<Next> =
        db.opt("SELECT MIN(due_at) AS at FROM outbox WHERE state = 'waiting'", vec![]).await?;
    Ok(next.and_then(|next| next.at))
}
