//! The mails that came of letters: planned once, sent in order, kept as rows.
//!
//! A row is named by the effect it follows from and its recipient, so planning twice is harmless.
//! Its bytes are sealed under the recipient's key and dropped some days after it has come to an
//! end. Mails of one *lane* (one recipient, one thing they are about) leave one after the other,
//! the oldest first; nothing here knows SMTP, and the caller says what became of an attempt.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::db::{Db, Tx};
use crate::error::Result;
use crate::outbox::EffectKey;
use crate::row;
use crate::sql::{Arg, Sql, json_list, micros};

/// Mails shown by one list at most.
const LIST_MAX: i64 = 200;

/// Where a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// It waits for its time, or for the answer of an attempt.
    Waiting,
    /// The relay has taken it.
    Sent,
    /// Nobody knows whether it arrived, and a second copy would do harm.
    MaybeSent,
    /// It was refused for good, or could not be written.
    Failed,
    /// It was not sent while it was worth reading.
    Expired,
    /// A newer one says what it would have said.
    Superseded,
    /// It was never to be sent; the note says why.
    Skipped,
}

impl State {
    /// As it is stored: `maybe-sent`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::MaybeSent => "maybe-sent",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Superseded => "superseded",
            Self::Skipped => "skipped",
        }
    }
}

/// One mail to one person, ready to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Whose mailbox: the person's id.
    pub recipient: String,
    /// Which letter it is.
    pub template: String,
    /// The same on each attempt; unique.
    pub message_id: String,
    /// The id of the thing it is about; with the recipient, its lane.
    pub about: String,
    /// In which language it is written.
    pub locale: String,
    /// Not to be sent before.
    pub due_at: DateTime<Utc>,
    /// Not worth sending after.
    pub expires_at: Option<DateTime<Utc>>,
    /// What to send, sealed; or why nothing is sent.
    pub content: Content,
}

/// What a mail holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Its bytes, sealed under the recipient's key.
    Sealed(String),
    /// Nothing: a note why this person is not written to.
    Skip(String),
}

/// The mails of one effect.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The effect.
    pub effect: EffectKey,
    /// One for each recipient; perhaps none.
    pub mails: Vec<Planned>,
    /// Mails of these templates that wait in the lanes of the new ones are not sent any more:
    /// they would tell what is no longer so.
    pub supersedes: &'static [&'static str],
    /// What to remember of the effect.
    pub note: Option<String>,
}

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
        /// As [`State::as_str`] writes it.
        pub state: String,
        /// How often it was tried.
        pub attempts: i64,
        /// The last reply's code.
        pub last_code: Option<i64>,
        /// The last reply's text, or the note why it was not sent. It may hold an address.
        pub last_text: Option<String>,
        /// When it came to an end, in microseconds.
        pub done_at: Option<i64>,
    }
}

/// Stores the mails of some effects and marks these as done, in one transaction. Mails that are
/// there already stay as they are.
///
/// # Errors
/// When the database is out of reach; then nothing is stored.
pub async fn plan(db: &Db, now: DateTime<Utc>, plans: &[Plan]) -> Result<()> {
    if plans.is_empty() {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    for plan in plans {
        supersede(&mut tx, now, plan).await?;
    }
    insert(&mut tx, now, plans).await?;
    let done: Vec<Value> = plans
        .iter()
        .map(|plan| {
            let EffectKey { journal, position, ordinal } = &plan.effect;
            json!({ "journal": journal, "position": position, "ordinal": ordinal, "note": plan.note })
        })
        .collect();
    tx.exec(DONE, vec![json_list(&done)]).await?;
    tx.commit().await
}

async fn insert(tx: &mut Tx, now: DateTime<Utc>, plans: &[Plan]) -> Result<()> {
    let lines: Vec<Value> = plans
        .iter()
        .flat_map(|plan| plan.mails.iter().map(|mail| line(&plan.effect, mail)))
        .collect();
    if lines.is_empty() {
        return Ok(());
    }
    tx.exec(INSERT, vec![json_list(&lines), Arg::from(now)]).await.map(drop)
}

fn line(key: &EffectKey, mail: &Planned) -> Value {
    let (state, sealed, note) = match &mail.content {
        Content::Sealed(sealed) => (State::Waiting, Some(sealed), None),
        Content::Skip(note) => (State::Skipped, None, Some(note)),
    };
    json!({
        "journal": key.journal,
        "position": key.position,
        "ordinal": key.ordinal,
        "recipient": mail.recipient,
        "template": mail.template,
        "message_id": mail.message_id,
        "about": mail.about,
        "locale": mail.locale,
        "due_at": micros(mail.due_at),
        "expires_at": mail.expires_at.map(micros),
        "state": state.as_str(),
        "sealed": sealed,
        "note": note,
    })
}

/// A mail that is on its way right now is marked as well: should it fail, it is not tried again;
/// should it arrive, [`record`] says so.
async fn supersede(tx: &mut Tx, now: DateTime<Utc>, plan: &Plan) -> Result<()> {
    let lanes: Vec<Value> = plan
        .mails
        .iter()
        .filter(|mail| matches!(mail.content, Content::Sealed(_)))
        .map(|mail| json!([mail.recipient, mail.about]))
        .collect();
    if lanes.is_empty() || plan.supersedes.is_empty() {
        return Ok(());
    }
    let EffectKey { journal, position, .. } = &plan.effect;
    let args = vec![
        Arg::from(journal),
        Arg::from(*position),
        json_list(&lanes),
        json_list(plan.supersedes),
        Arg::from(now),
    ];
    tx.exec(SUPERSEDE, args).await.map(drop)
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

// The pairs below differ in how a JSON list is unfolded; PostgreSQL also skips rows that another
// process is taking at this moment.

const INSERT: Sql = Sql::pair(
    "INSERT INTO mails (journal, position, ordinal, recipient, template, message_id, about, locale,
         planned_at, due_at, expires_at, state, sealed, last_text, done_at)
     SELECT value->>'journal', value->>'position', value->>'ordinal', value->>'recipient',
         value->>'template', value->>'message_id', value->>'about', value->>'locale', $2,
         value->>'due_at', value->>'expires_at', value->>'state', value->>'sealed',
         value->>'note', CASE WHEN value->>'state' = 'waiting' THEN NULL ELSE $2 END
     FROM json_each($1) WHERE true
     ON CONFLICT (journal, position, ordinal, recipient) DO NOTHING",
    "INSERT INTO mails (journal, position, ordinal, recipient, template, message_id, about, locale,
         planned_at, due_at, expires_at, state, sealed, last_text, done_at)
     SELECT journal, position, ordinal, recipient, template, message_id, about, locale, $2,
         due_at, expires_at, state, sealed, note, CASE WHEN state = 'waiting' THEN NULL ELSE $2 END
     FROM json_to_recordset(CAST($1 AS json)) AS fresh(journal TEXT, position BIGINT,
         ordinal BIGINT, recipient TEXT, template TEXT, message_id TEXT, about TEXT, locale TEXT,
         due_at BIGINT, expires_at BIGINT, state TEXT, sealed TEXT, note TEXT)
     ON CONFLICT (journal, position, ordinal, recipient) DO NOTHING",
);

const DONE: Sql = Sql::pair(
    "UPDATE outbox SET state = 'done', lease_until = NULL, note = fresh.note
     FROM (SELECT value->>'journal' AS journal, value->>'position' AS position,
             value->>'ordinal' AS ordinal, value->>'note' AS note
         FROM json_each($1)) AS fresh
     WHERE outbox.journal = fresh.journal AND outbox.position = fresh.position
         AND outbox.ordinal = fresh.ordinal AND outbox.state = 'waiting'",
    "UPDATE outbox SET state = 'done', lease_until = NULL, note = fresh.note
     FROM json_to_recordset(CAST($1 AS json))
         AS fresh(journal TEXT, position BIGINT, ordinal BIGINT, note TEXT)
     WHERE outbox.journal = fresh.journal AND outbox.position = fresh.position
         AND outbox.ordinal = fresh.ordinal AND outbox.state = 'waiting'",
);

const SUPERSEDE: Sql = Sql::pair(
    "UPDATE mails SET state = 'superseded', done_at = $5
     WHERE journal = $1 AND state = 'waiting' AND position < $2
         AND (recipient, about) IN (SELECT value->>0, value->>1 FROM json_each($3))
         AND template IN (SELECT value FROM json_each($4))",
    "UPDATE mails SET state = 'superseded', done_at = $5
     WHERE journal = $1 AND state = 'waiting' AND position < $2
         AND (recipient, about) IN
             (SELECT v->>0, v->>1 FROM json_array_elements(CAST($3 AS json)) AS fresh(v))
         AND template IN (SELECT value FROM json_array_elements_text(CAST($4 AS json)))",
);

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

const LATEST: &str =
    "SELECT journal, position, ordinal, recipient, template, message_id, about, locale,
         planned_at, due_at, expires_at, state, attempts, last_code, last_text, done_at
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
