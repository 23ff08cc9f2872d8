//! Mails are looked at: what an operator watches, and what a planner must know of earlier letters.

use chrono::{DateTime, Utc};

use crate::db::Db;
use crate::error::Result;
use crate::row;
use crate::sql::{Arg, Sql, json_list};

/// Mails shown by one list at most.
const LIST_MAX: i64 = 200;

row! {
    /// A mail as it is listed: everything but its words.
    #[derive(Clone, Debug, PartialEq)]
    pub struct MailRow {
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
        /// What it is about, as far as sending depends on it.
        pub kind: String,
        /// Its Message-ID.
        pub message_id: String,
        /// The id of the thing it is about.
        pub about: String,
        /// In which language it is written.
        pub locale: String,
        /// When it was written, in microseconds.
        pub planned_at: i64,
        /// When it is sent next, in microseconds.
        pub due_at: i64,
        /// When it is no longer worth sending, in microseconds.
        pub expires_at: Option<i64>,
        /// As [`super::State::as_str`] writes it.
        pub state: String,
        /// How often it was tried.
        pub attempts: i64,
        /// The last reply's code.
        pub last_code: Option<i64>,
        /// The last reply's text, or the note why it was not sent. It may hold an address.
        pub last_text: Option<String>,
        /// Whose fault the last attempt's end was.
        pub fault: Option<String>,
        /// The Message-ID of the newer mail that says what this one would have said.
        pub superseded_by: Option<String>,
        /// When it came to an end, in microseconds.
        pub done_at: Option<i64>,
    }
}

/// The newest mails, of one journal or of all, older than a moment of planning (microseconds).
///
/// # Errors
/// When the database is out of reach.
pub async fn latest(
    db: &Db,
    journal: Option<&str>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<MailRow>> {
    let limit = limit.clamp(1, LIST_MAX);
    db.all(LATEST, crate::args![journal.unwrap_or(""), before.unwrap_or(i64::MAX), limit]).await
}

row! {
    /// A mail that waits in a lane.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Waiting {
        /// Whose mailbox: the person's id.
        pub recipient: String,
        /// The id of the thing it is about.
        pub about: String,
        /// Which letter it is.
        pub template: String,
    }
}

/// The mails about these things that wait, oldest first: whoever plans an update sees whom the
/// first letter has not reached yet.
///
/// # Errors
/// When the database is out of reach.
pub async fn waiting(db: &Db, journal: &str, about: &[String]) -> Result<Vec<Waiting>> {
    db.all(WAITING, vec![Arg::from(journal), json_list(about)]).await
}

/// What the last letter of a lane said, of those whose mails were planned before a position: the
/// body of its effect.
///
/// # Errors
/// When the database is out of reach.
pub async fn last_planned(
    db: &Db,
    journal: &str,
    lane: &str,
    before: i64,
) -> Result<Option<String>> {
    let found: Option<crate::sql::OneText> = db
        .opt(
            "SELECT body AS text FROM outbox
             WHERE journal = $1 AND position < $3 AND kind = 'letter' AND lane = $2 AND state = 'done'
             ORDER BY position DESC, ordinal DESC LIMIT 1",
            crate::args![journal, lane, before],
        )
        .await?;
    Ok(found.and_then(|row| row.text))
}

/// How many mails wait: what an operator watches.
///
/// # Errors
/// When the database is out of reach.
pub async fn backlog(db: &Db) -> Result<i64> {
    let count: Option<crate::sql::Count> = db
        .opt("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM mails WHERE state = 'waiting'", vec![])
        .await?;
    Ok(count.map_or(0, |count| count.n))
}

row! {
    /// How many mails of a kind stand where.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Tally {
        /// As [`super::State::as_str`] writes it.
        pub state: String,
        /// What they are about.
        pub kind: String,
        /// How many.
        pub count: i64,
    }
}

/// How many mails there are, by state and kind.
///
/// # Errors
/// When the database is out of reach.
pub async fn tally(db: &Db) -> Result<Vec<Tally>> {
    let sql = "SELECT state, kind, CAST(COUNT(*) AS BIGINT) AS count FROM mails
         GROUP BY state, kind ORDER BY state, kind";
    db.all(sql, vec![]).await
}

/// Since when the oldest mail is due that could leave now, in microseconds: none of a kind that is
/// `held`.
///
/// # Errors
/// When the database is out of reach.
pub async fn oldest_due(db: &Db, now: DateTime<Utc>, held: &[&str]) -> Result<Option<i64>> {
    row! { struct Oldest { at: Option<i64> } }
    let args = vec![Arg::from(now), json_list(held)];
    let oldest: Option<Oldest> = db.opt(OLDEST_DUE, args).await?;
    Ok(oldest.and_then(|row| row.at))
}

/// How many mails were sent since an instant: a new sender's share of the day.
///
/// # Errors
/// When the database is out of reach.
pub async fn sent_since(db: &Db, at: DateTime<Utc>) -> Result<i64> {
    let sql =
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM mails WHERE state = 'sent' AND done_at >= $1";
    let count: Option<crate::sql::Count> = db.opt(sql, crate::args![at]).await?;
    Ok(count.map_or(0, |count| count.n))
}

const OLDEST_DUE: Sql = Sql::pair(
    "SELECT MIN(due_at) AS at FROM mails WHERE state = 'waiting' AND due_at <= $1
         AND kind NOT IN (SELECT value FROM json_each($2))",
    "SELECT MIN(due_at) AS at FROM mails WHERE state = 'waiting' AND due_at <= $1
         AND kind NOT IN (SELECT json_array_elements_text(CAST($2 AS json)))",
);

const LATEST: &str =
    "SELECT journal, position, ordinal, recipient, template, kind, message_id, about, locale,
         planned_at, due_at, expires_at, state, attempts, last_code, last_text, fault,
         superseded_by, done_at
     FROM mails WHERE ($1 = '' OR journal = $1) AND planned_at < $2
     ORDER BY planned_at DESC, journal, position DESC, ordinal, recipient LIMIT $3";

const WAITING: Sql = Sql::pair(
    "SELECT recipient, about, template FROM mails
     WHERE journal = $1 AND state = 'waiting' AND about IN (SELECT value FROM json_each($2))
     ORDER BY position, ordinal",
    "SELECT recipient, about, template FROM mails
     WHERE journal = $1 AND state = 'waiting'
         AND about IN (SELECT value FROM json_array_elements_text(CAST($2 AS json)))
     ORDER BY position, ordinal",
);
