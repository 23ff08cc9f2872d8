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
        /// When an attempt began that never said how it ended: its process died.
        pub begun_at: Option<i64>,
        /// Whose fault the last attempt's end was.
        pub fault: Option<String>,
        /// Until when it is ours, in microseconds.
        pub lease_until: i64,
    }
}

impl DueMail {
    /// Whether an earlier attempt may have succeeded without anybody hearing of it.
    pub fn is_uncertain(&self) -> bool {
        self.begun_at.is_some()
    }
}

/// Takes due mails for `lease_seconds`, the urgent ones first: nobody else takes them, nor another
/// of their lane, meanwhile. Kinds that are `held` stay, and hold up nothing that came after them;
/// those of them that waited too long end here, because nobody else comes by.
///
/// # Errors
/// When the database is out of reach.
pub async fn claim(
    db: &Db,
    now: DateTime<Utc>,
    lease_seconds: i64,
    limit: i64,
    held: &[&str],
) -> Result<Vec<DueMail>> {
    let (at, is_held) = (micros(now), !held.is_empty());
    let held = json_list(held);
    if is_held {
        db.exec(EXPIRE_HELD, vec![Arg::from(at), held.clone()]).await?;
    }
    // The look costs no write lock; nothing is due nearly always.
    let any = db.opt::<crate::sql::Count>(ANY_DUE, vec![Arg::from(at), held.clone()]).await?;
    if any.is_none_or(|count| count.n == 0) || limit < 1 {
        return Ok(Vec::new());
    }
    let until = at + lease_seconds * 1_000_000;
    let mut tx = db.begin().await?;
    let args = vec![Arg::from(at), Arg::from(limit), Arg::from(until), held];
    let due: Vec<DueMail> = tx.all(DUE, args).await?;
    let names: Vec<&str> = due.iter().map(|mail| mail.message_id.as_str()).collect();
    tx.exec(LEASE, vec![json_list(&names), Arg::from(until)]).await?;
    tx.commit().await?;
    Ok(due)
}

/// An attempt begins: the mail is ours for `lease_seconds` from now, and whoever finds it when that
/// is over knows that it may have arrived. False when it is ours no longer, because the lease ran
/// out while it lay here, or because it is not to be sent any more; then it must not be sent.
///
/// # Errors
/// When the database is out of reach; then it must not be sent either.
pub async fn begin(
    db: &Db,
    mail: &mut DueMail,
    now: DateTime<Utc>,
    lease_seconds: i64,
) -> Result<bool> {
    let until = micros(now) + lease_seconds * 1_000_000;
    let args = crate::args![&mail.message_id, mail.lease_until, until, now];
    let is_ours = db.exec(BEGIN, args).await? > 0;
    if is_ours {
        mail.lease_until = until;
    }
    Ok(is_ours)
}

/// Frees what a process that is no more had taken. Only for a process that knows itself to be the
/// only one: what was begun counts as uncertain at once, instead of when its lease runs out.
///
/// # Errors
/// When the database is out of reach.
pub async fn take_over(db: &Db) -> Result<u64> {
    let sql = "UPDATE mails SET lease_until = NULL WHERE lease_until IS NOT NULL";
    db.exec(sql, vec![]).await
}

/// What the relay said of an attempt, as it is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said<'a> {
    /// The reply's code.
    pub code: Option<u16>,
    /// Its text, or a note; without the recipient's address.
    pub text: &'a str,
    /// Whose fault it was.
    pub fault: Option<&'a str>,
}

/// What is known after an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// It has come to this end.
    Ended(State),
    /// Once more, then.
    Again(DateTime<Utc>),
}

/// Records an attempt: its end, or when to try again; and what the relay said.
///
/// # Errors
/// When the database is out of reach; the lease then runs out and the mail counts as uncertain.
pub async fn record(
    db: &Db,
    mail: &DueMail,
    now: DateTime<Utc>,
    attempt: Attempt,
    Said { code, text, fault }: Said<'_>,
) -> Result<()> {
    let code = code.map(i64::from);
    match attempt {
        Attempt::Ended(state) => {
            // A mail superseded on its way that arrived all the same has arrived.
            let also = if state == State::Sent { "superseded" } else { "waiting" };
            let args = crate::args![&mail.message_id, state.as_str(), code, text, now, also, fault];
            db.exec(ENDED, args).await
        }
        Attempt::Again(at) => {
            db.exec(AGAIN, crate::args![&mail.message_id, code, text, at, fault]).await
        }
    }
    .map(drop)
}

/// Gives claimed mails back untried, to be taken again at once or not before a time. An uncertain
/// one stays uncertain.
///
/// # Errors
/// When the database is out of reach; the leases then run out by themselves.
pub async fn release(db: &Db, mails: &[(&DueMail, Option<DateTime<Utc>>)]) -> Result<()> {
    if mails.is_empty() {
        return Ok(());
    }
    let lines: Vec<Value> = mails
        .iter()
        .map(|(mail, due_at)| {
            json!({
                "message_id": mail.message_id,
                "lease_until": mail.lease_until,
                "due_at": due_at.map(micros),
            })
        })
        .collect();
    db.exec(RELEASE, vec![json_list(&lines)]).await.map(drop)
}

/// When mails to somebody came to their end by this fault, since an instant: the newest first.
///
/// # Errors
/// When the database is out of reach.
pub async fn times(
    db: &Db,
    recipient: &str,
    fault: &str,
    since: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>> {
    row! {
        struct At {
            done_at: Option<i64>,
        }
    }
    let sql = "SELECT done_at FROM mails
         WHERE recipient = $1 AND fault = $2 AND state IN ('failed', 'expired') AND done_at >= $3
         ORDER BY done_at DESC LIMIT 200";
    let rows: Vec<At> = db.all(sql, crate::args![recipient, fault, since]).await?;
    Ok(rows.into_iter().filter_map(|row| row.done_at).map(crate::sql::instant).collect())
}

/// Tries a mail once more that failed, expired, or may have been sent: it waits again, until its
/// own end, or until `expires_at` when that has passed. False when it cannot be: its bytes are
/// gone, it has another end, it reminds of what has begun, or a newer mail of its lane has said, or
/// would say, what is so now.
///
/// # Errors
/// When the database is out of reach.
pub async fn again(
    db: &Db,
    (journal, name): (&str, &str),
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<bool> {
    // A range is found by the index on both databases; "/" follows ".".
    let (from, until) = (format!("{name}."), format!("{name}/"));
    let args = crate::args![journal, from, until, now, expires_at];
    Ok(db.exec(ONCE_MORE, args).await? > 0)
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

/// What was begun stays: it may have arrived.
const EXPIRE_HELD: Sql = Sql::pair(
    "UPDATE mails SET state = 'expired', done_at = $1
     WHERE state = 'waiting' AND expires_at <= $1 AND COALESCE(lease_until, 0) <= $1
         AND begun_at IS NULL AND kind IN (SELECT value FROM json_each($2))",
    "UPDATE mails SET state = 'expired', done_at = $1
     WHERE state = 'waiting' AND expires_at <= $1 AND COALESCE(lease_until, 0) <= $1
         AND begun_at IS NULL AND kind IN (SELECT json_array_elements_text(CAST($2 AS json)))",
);

const ANY_DUE: Sql = Sql::pair(
    "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM (SELECT 1 FROM mails
         WHERE state = 'waiting' AND due_at <= $1 AND COALESCE(lease_until, 0) <= $1
             AND kind NOT IN (SELECT value FROM json_each($2)) LIMIT 1) AS one",
    "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM (SELECT 1 FROM mails
         WHERE state = 'waiting' AND due_at <= $1 AND COALESCE(lease_until, 0) <= $1
             AND kind NOT IN (SELECT json_array_elements_text(CAST($2 AS json))) LIMIT 1) AS one",
);

/// The oldest mail of each lane in which nothing is on its way; what is held does not count.
const DUE: Sql = Sql::pair(
    "SELECT journal, position, ordinal, recipient, template, message_id, sealed, attempts + 1 AS attempts,
         expires_at, begun_at, fault, $3 AS lease_until
     FROM mails
     WHERE state = 'waiting' AND due_at <= $1 AND COALESCE(lease_until, 0) <= $1
         AND kind NOT IN (SELECT value FROM json_each($4))
         AND NOT EXISTS (SELECT 1 FROM mails AS other
             WHERE other.recipient = mails.recipient AND other.about = mails.about
                 AND other.journal = mails.journal
                 AND (other.lease_until > $1 OR (other.state = 'waiting'
                     AND other.kind NOT IN (SELECT value FROM json_each($4))
                     AND (other.position, other.ordinal) < (mails.position, mails.ordinal))))
     ORDER BY priority, due_at, journal, position, ordinal, recipient LIMIT $2",
    "SELECT journal, position, ordinal, recipient, template, message_id, sealed, attempts + 1 AS attempts,
         expires_at, begun_at, fault, CAST($3 AS BIGINT) AS lease_until
     FROM mails
     WHERE state = 'waiting' AND due_at <= $1 AND COALESCE(lease_until, 0) <= $1
         AND kind NOT IN (SELECT json_array_elements_text(CAST($4 AS json)))
         AND NOT EXISTS (SELECT 1 FROM mails AS other
             WHERE other.recipient = mails.recipient AND other.about = mails.about
                 AND other.journal = mails.journal
                 AND (other.lease_until > $1 OR (other.state = 'waiting'
                     AND other.kind NOT IN (SELECT json_array_elements_text(CAST($4 AS json)))
                     AND (other.position, other.ordinal) < (mails.position, mails.ordinal))))
     ORDER BY priority, due_at, journal, position, ordinal, recipient LIMIT $2
     FOR UPDATE SKIP LOCKED",
);

const LEASE: Sql = Sql::pair(
    "UPDATE mails SET lease_until = $2, attempts = attempts + 1
     WHERE message_id IN (SELECT value FROM json_each($1))",
    "UPDATE mails SET lease_until = $2, attempts = attempts + 1
     WHERE message_id IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))",
);

const BEGIN: &str = "UPDATE mails SET begun_at = $4, lease_until = $3
     WHERE message_id = $1 AND lease_until = $2 AND state = 'waiting'";

const RELEASE: Sql = Sql::pair(
    "UPDATE mails SET lease_until = NULL, attempts = attempts - 1,
         due_at = COALESCE(fresh.due_at, mails.due_at)
     FROM (SELECT value->>'message_id' AS message_id, value->>'lease_until' AS lease_until,
             value->>'due_at' AS due_at
         FROM json_each($1)) AS fresh
     WHERE mails.message_id = fresh.message_id AND mails.lease_until = fresh.lease_until",
    "UPDATE mails SET lease_until = NULL, attempts = attempts - 1,
         due_at = COALESCE(fresh.due_at, mails.due_at)
     FROM json_to_recordset(CAST($1 AS json))
         AS fresh(message_id TEXT, lease_until BIGINT, due_at BIGINT)
     WHERE mails.message_id = fresh.message_id AND mails.lease_until = fresh.lease_until",
);

/// Whatever its state, its lane is free again.
const ENDED: &str = "UPDATE mails SET lease_until = NULL, begun_at = NULL,
         last_code = CASE WHEN state IN ('waiting', $6) THEN COALESCE($3, last_code) ELSE last_code END,
         last_text = CASE WHEN state IN ('waiting', $6) THEN COALESCE(NULLIF($4, ''), last_text) ELSE last_text END,
         done_at = CASE WHEN state IN ('waiting', $6) THEN $5 ELSE done_at END,
         fault = CASE WHEN state IN ('waiting', $6) THEN COALESCE($7, fault) ELSE fault END,
         state = CASE WHEN state IN ('waiting', $6) THEN $2 ELSE state END
     WHERE message_id = $1";

const AGAIN: &str = "UPDATE mails
     SET last_code = $2, last_text = $3, due_at = $4, fault = COALESCE($5, fault),
         lease_until = NULL, begun_at = NULL
     WHERE message_id = $1";

/// A reminder is worth nothing once its event has begun, and that is its end. A newer mail that
/// came to nothing is in the way only of those it stands for.
const ONCE_MORE: Sql = Sql::pair(
    "UPDATE mails SET state = 'waiting', done_at = NULL, begun_at = NULL, fault = NULL,
         attempts = 0, due_at = $4,
         expires_at = CASE WHEN expires_at > $4 THEN expires_at ELSE $5 END
     WHERE journal = $1 AND message_id >= $2 AND message_id < $3
         AND state IN ('failed', 'expired', 'maybe-sent') AND sealed IS NOT NULL
         AND NOT (kind = 'reminder' AND COALESCE(expires_at, $5) <= $4)
         AND NOT EXISTS (SELECT 1 FROM mails AS newer
             WHERE newer.recipient = mails.recipient AND newer.about = mails.about
                 AND newer.journal = mails.journal AND newer.state <> 'skipped'
                 AND (newer.position, newer.ordinal) > (mails.position, mails.ordinal)
                 AND (newer.state IN ('waiting', 'sent', 'maybe-sent')
                     OR mails.template IN (SELECT value FROM json_each(newer.supersedes))))",
    "UPDATE mails SET state = 'waiting', done_at = NULL, begun_at = NULL, fault = NULL,
         attempts = 0, due_at = $4,
         expires_at = CASE WHEN expires_at > $4 THEN expires_at ELSE $5 END
     WHERE journal = $1 AND message_id >= $2 AND message_id < $3
         AND state IN ('failed', 'expired', 'maybe-sent') AND sealed IS NOT NULL
         AND NOT (kind = 'reminder' AND COALESCE(expires_at, $5) <= $4)
         AND NOT EXISTS (SELECT 1 FROM mails AS newer
             WHERE newer.recipient = mails.recipient AND newer.about = mails.about
                 AND newer.journal = mails.journal AND newer.state <> 'skipped'
                 AND (newer.position, newer.ordinal) > (mails.position, mails.ordinal)
                 AND (newer.state IN ('waiting', 'sent', 'maybe-sent')
                     OR mails.template IN
                         (SELECT json_array_elements_text(CAST(newer.supersedes AS json)))))",
);
