//! Mails are sent: claimed under a lease, and what became of each attempt is recorded.
//!
//! PostgreSQL skips rows that another process is claiming at this moment; on SQLite there is one
//! process.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::State;
use crate::db::Db;
use crate::error::Result;
use crate::row;
use crate::sql::{Arg, Sql, json_list, micros};

row! {
    /// A mail that is due.
    #[derive(Clone, Debug)]
    pub struct DueMail {
        /// The journal of the fact it follows from.
        pub journal: String,
        /// That fact's position.
        pub position: i64,
        /// The effect's place among those of the fact.
        pub ordinal: i64,
        /// Whose mailbox: the person's id.
        pub recipient: String,
        /// Which letter it is.
        pub template: String,
        /// Its Message-ID.
        pub message_id: String,
        /// What to send, sealed.
        pub sealed: Option<String>,
        /// Which attempt this is, from 1.
        pub attempts: i64,
        /// When it is no longer worth sending, in microseconds.
        pub expires_at: Option<i64>,
        /// Set when an earlier attempt never said how it ended: its process died.
        pub lease_until: Option<i64>,
    }
}

impl DueMail {
    /// Whether an earlier attempt may have succeeded without anybody hearing of it.
    pub fn is_uncertain(&self) -> bool {
        self.lease_until.is_some()
    }
}

/// Takes due mails for `lease_seconds`: nobody else takes them, nor another of their lane,
/// meanwhile.
///
/// # Errors
/// When the database is out of reach.
pub async fn claim(
    db: &Db,
    now: DateTime<Utc>,
    lease_seconds: i64,
    limit: i64,
) -> Result<Vec<DueMail>> {
    let at = micros(now);
    // The look costs no write lock; nothing is due nearly always.
    let any = db.opt::<crate::sql::Count>(ANY_DUE, crate::args![at]).await?;
    if any.is_none_or(|count| count.n == 0) || limit < 1 {
        return Ok(Vec::new());
    }
    let mut tx = db.begin().await?;
    let due: Vec<DueMail> = tx.all(DUE, crate::args![at, limit]).await?;
    let names: Vec<&str> = due.iter().map(|mail| mail.message_id.as_str()).collect();
    let until = at + lease_seconds * 1_000_000;
    tx.exec(LEASE, vec![json_list(&names), Arg::from(until)]).await?;
    tx.commit().await?;
    Ok(due)
}

/// What is known after an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// It has come to this end.
    Ended(State),
    /// Once more, then.
    Again(DateTime<Utc>),
}

/// Records an attempt: its end, or when to try again; and what the relay said. A retry that would
/// come after the mail's expiry is its end.
///
/// # Errors
/// When the database is out of reach; the lease then runs out and the mail counts as uncertain.
pub async fn record(
    db: &Db,
    mail: &DueMail,
    now: DateTime<Utc>,
    attempt: Attempt,
    (code, text): (Option<u16>, &str),
) -> Result<()> {
    let code = code.map(i64::from);
    let is_too_late = |at: DateTime<Utc>| mail.expires_at.is_some_and(|end| micros(at) >= end);
    let attempt = match attempt {
        Attempt::Again(at) if is_too_late(at) => Attempt::Ended(State::Expired),
        other => other,
    };
    match attempt {
        Attempt::Ended(state) => {
            // A mail superseded on its way that arrived all the same has arrived.
            let also = if state == State::Sent { "superseded" } else { "waiting" };
            let args = crate::args![&mail.message_id, state.as_str(), code, text, now, also];
            db.exec(ENDED, args).await
        }
        Attempt::Again(at) => db.exec(AGAIN, crate::args![&mail.message_id, code, text, at]).await,
    }
    .map(drop)
}

/// Gives claimed mails back untried: whoever claimed them stops. An uncertain one stays uncertain.
///
/// # Errors
/// When the database is out of reach; the leases then run out by themselves, and the mails count
/// as uncertain.
pub async fn release(db: &Db, mails: &[DueMail]) -> Result<()> {
    if mails.is_empty() {
        return Ok(());
    }
    let lines: Vec<Value> = mails
        .iter()
        .map(|mail| json!({ "message_id": mail.message_id, "lease_until": mail.lease_until }))
        .collect();
    db.exec(RELEASE, vec![json_list(&lines)]).await.map(drop)
}

/// Drops the bytes of mails that came to their end before an instant. The rows stay.
///
/// # Errors
/// When the database is out of reach.
pub async fn forget_bytes(db: &Db, ended_before: DateTime<Utc>) -> Result<u64> {
    db.exec(
        "UPDATE mails SET sealed = NULL
         WHERE state <> 'waiting' AND sealed IS NOT NULL AND done_at < $1",
        crate::args![ended_before],
    )
    .await
}

const ANY_DUE: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM (SELECT 1 FROM mails
     WHERE state = 'waiting' AND due_at <= $1 AND COALESCE(lease_until, 0) <= $1 LIMIT 1) AS one";

/// The oldest mail of each lane in which nothing is on its way.
const DUE: Sql = Sql::pair(
    "SELECT journal, position, ordinal, recipient, template, message_id, sealed, attempts + 1 AS attempts,
         expires_at, lease_until
     FROM mails
     WHERE state = 'waiting' AND due_at <= $1 AND COALESCE(lease_until, 0) <= $1
         AND NOT EXISTS (SELECT 1 FROM mails AS other
             WHERE other.recipient = mails.recipient AND other.about = mails.about
                 AND other.journal = mails.journal
                 AND (other.lease_until > $1 OR (other.state = 'waiting'
                     AND (other.position, other.ordinal) < (mails.position, mails.ordinal))))
     ORDER BY due_at, journal, position, ordinal, recipient LIMIT $2",
    "SELECT journal, position, ordinal, recipient, template, message_id, sealed, attempts + 1 AS attempts,
         expires_at, lease_until
     FROM mails
     WHERE state = 'waiting' AND due_at <= $1 AND COALESCE(lease_until, 0) <= $1
         AND NOT EXISTS (SELECT 1 FROM mails AS other
             WHERE other.recipient = mails.recipient AND other.about = mails.about
                 AND other.journal = mails.journal
                 AND (other.lease_until > $1 OR (other.state = 'waiting'
                     AND (other.position, other.ordinal) < (mails.position, mails.ordinal))))
     ORDER BY due_at, journal, position, ordinal, recipient LIMIT $2
     FOR UPDATE SKIP LOCKED",
);

const LEASE: Sql = Sql::pair(
    "UPDATE mails SET lease_until = $2, attempts = attempts + 1
     WHERE message_id IN (SELECT value FROM json_each($1))",
    "UPDATE mails SET lease_until = $2, attempts = attempts + 1
     WHERE message_id IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))",
);

const RELEASE: Sql = Sql::pair(
    "UPDATE mails SET lease_until = fresh.lease_until, attempts = attempts - 1
     FROM (SELECT value->>'message_id' AS message_id, value->>'lease_until' AS lease_until
         FROM json_each($1)) AS fresh
     WHERE mails.message_id = fresh.message_id",
    "UPDATE mails SET lease_until = fresh.lease_until, attempts = attempts - 1
     FROM json_to_recordset(CAST($1 AS json)) AS fresh(message_id TEXT, lease_until BIGINT)
     WHERE mails.message_id = fresh.message_id",
);

/// Whatever its state, its lane is free again.
const ENDED: &str = "UPDATE mails SET lease_until = NULL,
         last_code = CASE WHEN state IN ('waiting', $6) THEN $3 ELSE last_code END,
         last_text = CASE WHEN state IN ('waiting', $6) THEN $4 ELSE last_text END,
         done_at = CASE WHEN state IN ('waiting', $6) THEN $5 ELSE done_at END,
         state = CASE WHEN state IN ('waiting', $6) THEN $2 ELSE state END
     WHERE message_id = $1";

const AGAIN: &str = "UPDATE mails
     SET last_code = $2, last_text = $3, due_at = $4, lease_until = NULL
     WHERE message_id = $1";
