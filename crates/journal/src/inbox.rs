//! Mail that came in: committed before its sender hears "taken", understood afterwards.
//!
//! A row is named by what was delivered to whom, so the same mail delivered twice is one. Its
//! bytes are sealed under the key of the person it is about, and dropped when it has been decided
//! what they mean; the decision stays, for people who ask what became of an answer.

use chrono::{DateTime, Utc};

use crate::db::Db;
use crate::error::Result;
use crate::row;
use crate::sql::{Sql, json_list, micros};

/// Decisions shown about one thing: whoever floods her own address hides nobody else's answer.
const ABOUT_EACH_MAX: i64 = 50;

/// A delivery as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// A hash of recipient and bytes: the same delivery again has the same.
    pub id: String,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// How it came in: `lmtp`, `http`, `command`.
    pub door: String,
    /// What its address is for.
    pub purpose: String,
    /// The id its address names.
    pub about: String,
    /// Whose key seals it.
    pub person: String,
    /// Recipient, envelope sender and bytes, sealed.
    pub sealed: String,
}

row! {
    /// A delivery nobody has decided about yet.
    #[derive(Clone, Debug)]
    pub struct WaitingMail {
        /// Its id.
        pub id: String,
        /// When it came, in microseconds.
        pub received_at: i64,
        /// What its address is for.
        pub purpose: String,
        /// The id its address names.
        pub about: String,
        /// Whose key seals it.
        pub person: String,
        /// Recipient, envelope sender and bytes, sealed.
        pub sealed: Option<String>,
        /// Which attempt this is, from 1.
        pub attempts: i64,
    }
}

row! {
    /// What became of a delivery.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SettledMail {
        /// Its id.
        pub id: String,
        /// When it came, in microseconds.
        pub received_at: i64,
        /// How it came in.
        pub door: String,
        /// What its address is for.
        pub purpose: String,
        /// The id its address names.
        pub about: String,
        /// The decision, as the caller wrote it; `None` while it waits.
        pub verdict: Option<String>,
        /// What decided it, as JSON whose personal values are sealed.
        pub details: Option<String>,
        /// When it was decided, in microseconds.
        pub settled_at: Option<i64>,
    }
}

/// Keeps a delivery. Says whether it is new; once this has returned, it is safe.
///
/// # Errors
/// When the database is out of reach; then nothing is kept.
pub async fn receive(db: &Db, incoming: &Incoming) -> Result<bool> {
    let rows = db
        .exec(
            "INSERT INTO inbox (id, received_at, door, purpose, about, person, sealed)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING",
            crate::args![
                &incoming.id,
                incoming.received_at,
                &incoming.door,
                &incoming.purpose,
                &incoming.about,
                &incoming.person,
                &incoming.sealed,
            ],
        )
        .await?;
    Ok(rows > 0)
}

/// Takes what waits, the oldest first, for some seconds: nobody else gets it meanwhile.
///
/// # Errors
/// When the database is out of reach.
pub async fn claim(
    db: &Db,
    now: DateTime<Utc>,
    lease_seconds: i64,
    limit: i64,
) -> Result<Vec<WaitingMail>> {
    let at = micros(now);
    // The look costs no write lock; nothing waits nearly always.
    let any = db.opt::<crate::sql::Count>(ANY_WAITING, crate::args![at]).await?;
    if any.is_none_or(|count| count.n == 0) || limit < 1 {
        return Ok(Vec::new());
    }
    let mut tx = db.begin().await?;
    let waiting: Vec<WaitingMail> = tx.all(WAITING, crate::args![at, limit]).await?;
    let ids: Vec<&str> = waiting.iter().map(|mail| mail.id.as_str()).collect();
    let until = crate::sql::Arg::from(at + lease_seconds * 1_000_000);
    tx.exec(LEASE, vec![json_list(&ids), until]).await?;
    tx.commit().await?;
    Ok(waiting)
}

/// Records what was decided about a delivery and drops its bytes. `details` is JSON; personal
/// values in it are sealed by the caller.
///
/// # Errors
/// When the database is out of reach.
pub async fn settle(
    db: &Db,
    id: &str,
    now: DateTime<Utc>,
    verdict: &str,
    details: &str,
) -> Result<()> {
    db.exec(
        "UPDATE inbox SET verdict = $2, details = $3, settled_at = $4, sealed = NULL, lease_until = NULL
         WHERE id = $1 AND verdict IS NULL",
        crate::args![id, verdict, details, now],
    )
    .await?;
    Ok(())
}

/// Drops what is left of deliveries decided before an instant: their bytes, and of those with one
/// of these `verdicts`, which changed nothing, what was in them. The rows stay, so that the same
/// mail again is still the same. Says of how many there was something to drop.
///
/// # Errors
/// When the database is out of reach.
pub async fn forget(db: &Db, settled_before: DateTime<Utc>, verdicts: &[&str]) -> Result<u64> {
    let args = vec![crate::sql::Arg::from(settled_before), json_list(verdicts)];
    db.exec(FORGET, args).await
}

/// Gives a delivery that could not be decided back until then. What passes by itself does not
/// count as an attempt.
///
/// # Errors
/// When the database is out of reach; the lease then runs out.
pub async fn postpone(db: &Db, id: &str, until: DateTime<Utc>, passing: bool) -> Result<()> {
    db.exec(
        "UPDATE inbox SET lease_until = $2, attempts = attempts - $3 WHERE id = $1 AND verdict IS NULL",
        crate::args![id, until, i64::from(passing)],
    )
    .await?;
    Ok(())
}

/// When mails about this person were decided so.
///
/// # Errors
/// When the database is out of reach.
pub async fn times(db: &Db, person: &str, verdict: &str) -> Result<Vec<DateTime<Utc>>> {
    row! {
        struct At {
            received_at: i64,
        }
    }
    let sql = "SELECT received_at FROM inbox WHERE person = $1 AND verdict = $2
         ORDER BY received_at DESC LIMIT 200";
    let rows: Vec<At> = db.all(sql, crate::args![person, verdict]).await?;
    Ok(rows.into_iter().map(|row| crate::sql::instant(row.received_at)).collect())
}

/// How many mails about this id have come in since then.
///
/// # Errors
/// When the database is out of reach.
pub async fn since(db: &Db, about: &str, from: DateTime<Utc>) -> Result<i64> {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM inbox
         WHERE about = $1 AND received_at > $2";
    let count: Option<crate::sql::Count> = db.opt(sql, crate::args![about, from]).await?;
    Ok(count.map_or(0, |count| count.n))
}

/// What came in about these ids, the newest first.
///
/// # Errors
/// When the database is out of reach.
pub async fn about(db: &Db, ids: &[String]) -> Result<Vec<SettledMail>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    db.all(ABOUT, vec![json_list(ids), crate::sql::Arg::from(ABOUT_EACH_MAX)]).await
}

const ANY_WAITING: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM (SELECT 1 FROM inbox
     WHERE verdict IS NULL AND COALESCE(lease_until, 0) <= $1 LIMIT 1) AS one";

const WAITING: Sql = Sql::pair(
    "SELECT id, received_at, purpose, about, person, sealed, attempts + 1 AS attempts FROM inbox
     WHERE verdict IS NULL AND COALESCE(lease_until, 0) <= $1 ORDER BY received_at, id LIMIT $2",
    "SELECT id, received_at, purpose, about, person, sealed, attempts + 1 AS attempts FROM inbox
     WHERE verdict IS NULL AND COALESCE(lease_until, 0) <= $1 ORDER BY received_at, id LIMIT $2
     FOR UPDATE SKIP LOCKED",
);

const FORGET: Sql = Sql::pair(
    "UPDATE inbox SET sealed = NULL, details = CASE
             WHEN verdict IN (SELECT value FROM json_each($2)) THEN NULL ELSE details END
     WHERE verdict IS NOT NULL AND settled_at < $1 AND (sealed IS NOT NULL OR (details IS NOT NULL
         AND verdict IN (SELECT value FROM json_each($2))))",
    "UPDATE inbox SET sealed = NULL, details = CASE
             WHEN verdict IN (SELECT json_array_elements_text(CAST($2 AS json))) THEN NULL
             ELSE details END
     WHERE verdict IS NOT NULL AND settled_at < $1 AND (sealed IS NOT NULL OR (details IS NOT NULL
         AND verdict IN (SELECT json_array_elements_text(CAST($2 AS json)))))",
);

const LEASE: Sql = Sql::pair(
    "UPDATE inbox SET lease_until = $2, attempts = attempts + 1
     WHERE id IN (SELECT value FROM json_each($1))",
    "UPDATE inbox SET lease_until = $2, attempts = attempts + 1
     WHERE id IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))",
);

const ABOUT: Sql = Sql::pair(
    "SELECT id, received_at, door, purpose, about, verdict, details, settled_at FROM (
         SELECT inbox.*, ROW_NUMBER() OVER (PARTITION BY about ORDER BY received_at DESC, id) AS place
         FROM inbox WHERE about IN (SELECT value FROM json_each($1))) AS newest
     WHERE place <= $2 ORDER BY received_at DESC, id",
    "SELECT id, received_at, door, purpose, about, verdict, details, settled_at FROM (
         SELECT inbox.*, ROW_NUMBER() OVER (PARTITION BY about ORDER BY received_at DESC, id) AS place
         FROM inbox
         WHERE about IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))) AS newest
     WHERE place <= $2 ORDER BY received_at DESC, id",
);
