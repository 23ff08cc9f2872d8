//! What is held back, and the mails of a hub as those see them who work for it.
//!
//! The table is a view of the network's journal; the mails are read where the journal keeps them.

use journal::{Db, NETWORK, Rows, Sql, Table, args, cell, int, json_list, row, text, values};
use kernel::{FactError, Recorded};

use super::decider::Fact;
use crate::app::relay::Keyset;
use crate::keyset;

/// What stands for all kinds.
pub const ALL: &str = "all";

/// One row for each kind that is held back, and one for all of them.
pub static HOLDS: Table = Table {
    name: "outbox_hold",
    key: &["kind"],
    columns: &[text("kind"), int("held_at"), int("held_position")],
    indexes: &[],
};

/// The tables of this folder.
pub fn tables() -> Vec<&'static Table> {
    vec![&HOLDS]
}

/// What a fact changes in them.
pub fn project(fact: &Recorded<Fact>, rows: &mut Rows) {
    let name = |kind: &Option<super::MailKind>| {
        kind.map_or_else(|| ALL.to_owned(), |kind| kind.to_string())
    };
    match &fact.fact {
        Fact::MailsHeld { kind } => rows.put(
            &HOLDS,
            values! {
                "kind" => name(kind), "held_at" => fact.recorded_at, "held_position" => fact.position,
            },
        ),
        Fact::MailsResumed { kind } => rows.delete(&HOLDS, [cell(name(kind))]),
        Fact::MailRetried { .. } => {}
    }
}

/// The same for a fact as it is stored; other folders' facts change nothing.
///
/// # Errors
/// When a fact of ours cannot be read.
pub fn project_recorded(fact: &Recorded<String>, rows: &mut Rows) -> Result<(), FactError> {
    if let Some(fact) = fact.read()? {
        project(&fact, rows);
    }
    Ok(())
}

row! {
    /// Something that is held back.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct HoldRow {
        /// A kind in kebab case, or [`ALL`].
        pub kind: String,
        /// Since when, in microseconds.
        pub held_at: i64,
    }
}

/// What is held back now.
///
/// # Errors
/// When the database is out of reach.
pub async fn holds(db: &Db) -> journal::Result<Vec<HoldRow>> {
    let sql = "SELECT kind, held_at FROM outbox_hold WHERE journal = $1 ORDER BY kind";
    db.all(sql, args![NETWORK]).await
}

row! {
    /// A mail of a hub, without its words.
    #[derive(Clone, Debug, PartialEq)]
    pub struct MailLine {
        /// Its Message-ID.
        pub id: String,
        /// The hub.
        pub journal: String,
        /// Whose mailbox: the person's id.
        pub recipient: String,
        /// Which letter it is.
        pub template: String,
        /// What it is about, as far as sending depends on it.
        pub kind: String,
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
        /// Where it stands, in kebab case.
        pub state: String,
        /// How often it was tried.
        pub attempts: i64,
        /// The last reply's code.
        pub last_code: Option<i64>,
        /// The last reply's text, or the note why it was not sent.
        pub last_text: Option<String>,
        /// Whose fault the last attempt's end was, in kebab case.
        pub fault: Option<String>,
        /// The Message-ID of the newer one that says what it would have said.
        pub superseded_by: Option<String>,
        /// When it came to an end, in microseconds.
        pub done_at: Option<i64>,
    }
}

/// The mails of a hub, the newest first; `$7` a state, `$8` a kind, `$9` a recipient, each empty
/// for all.
pub const MAILS: Keyset = keyset!(
    desc
    "SELECT * FROM (SELECT message_id AS id, journal, recipient, template, kind, about, locale,
         planned_at, due_at, expires_at, state, attempts, last_code, last_text, fault,
         superseded_by, done_at FROM mails) AS mail
     WHERE journal = $1 AND ($7 = '' OR state = $7) AND ($8 = '' OR kind = $8)
         AND ($9 = '' OR recipient = $9)",
    "planned_at"
);

/// How many they are: the hub and the three filters.
pub const COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM mails
     WHERE journal = $1 AND ($2 = '' OR state = $2) AND ($3 = '' OR kind = $3)
         AND ($4 = '' OR recipient = $4)";

/// Which mails somebody asks for; what is empty is not asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// One hub's.
    pub hub: &'a str,
    /// In one state.
    pub state: &'a str,
    /// Of one kind.
    pub kind: &'a str,
    /// To one person.
    pub recipient: &'a str,
}

/// The newest mails of one hub or of all, for operators.
///
/// # Errors
/// When the database is out of reach.
pub async fn mails(db: &Db, wanted: Wanted<'_>, limit: i64) -> journal::Result<Vec<MailLine>> {
    let sql = "SELECT message_id AS id, journal, recipient, template, kind, about, locale,
             planned_at, due_at, expires_at, state, attempts, last_code, last_text, fault,
             superseded_by, done_at
         FROM mails
         WHERE ($1 = '' OR journal = $1) AND ($2 = '' OR state = $2) AND ($3 = '' OR kind = $3)
             AND ($4 = '' OR recipient = $4)
         ORDER BY planned_at DESC, message_id DESC LIMIT $5";
    let Wanted { hub, state, kind, recipient } = wanted;
    db.all(sql, args![hub, state, kind, recipient, limit]).await
}

/// The mail whose Message-ID begins with this name and a dot; `None` when there is none.
///
/// # Errors
/// When the database is out of reach.
pub async fn mail(db: &Db, name: &str) -> journal::Result<Option<MailLine>> {
    // A range is found by the index on both databases; "/" follows ".".
    let (from, until) = (format!("{name}."), format!("{name}/"));
    let sql = "SELECT message_id AS id, journal, recipient, template, kind, about, locale,
             planned_at, due_at, expires_at, state, attempts, last_code, last_text, fault,
             superseded_by, done_at
         FROM mails WHERE message_id >= $1 AND message_id < $2 LIMIT 1";
    db.opt(sql, args![from, until]).await
}

/// The name a Message-ID begins with.
pub fn name_of(message_id: &str) -> &str {
    message_id.split_once('.').map_or(message_id, |(name, _rest)| name)
}

/// When the event is over that a mail of a hub invites to, in microseconds; `None` when it is no
/// invitation, or its event has no time.
///
/// # Errors
/// When the database is out of reach.
pub async fn invites_until(db: &Db, hub: &str, name: &str) -> journal::Result<Option<i64>> {
    row! { struct End { at: Option<i64> } }
    let (from, until) = (format!("{name}."), format!("{name}/"));
    let sql = "SELECT event_event.ends_at AS at FROM mails
         JOIN event_event ON event_event.journal = mails.journal AND event_event.id = mails.about
         WHERE mails.journal = $1 AND mails.message_id >= $2 AND mails.message_id < $3
             AND mails.kind = 'invitation' LIMIT 1";
    let end: Option<End> = db.opt(sql, args![hub, from, until]).await?;
    Ok(end.and_then(|end| end.at))
}

row! {
    /// Where somebody of a hub is written to.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AddressRow {
        /// The hub.
        pub journal: String,
        /// The person.
        pub person: String,
        /// Her address, if she has one and was not erased.
        pub email: Option<String>,
    }
}

/// One a person: the registry's, where it has one. The two databases unfold a JSON list in
/// different words.
const ADDRESSES: Sql = Sql::pair(
    "SELECT journal, person, email FROM (
         SELECT journal, person, email,
             ROW_NUMBER() OVER (PARTITION BY journal, person ORDER BY source, email) AS place
         FROM (SELECT journal, person, email, 0 AS source FROM stakeholder_stakeholder
             UNION ALL SELECT journal, person, email, 1 AS source FROM desk_registration) AS known
         WHERE email IS NOT NULL AND person IN (SELECT value FROM json_each($1))) AS placed
     WHERE place = 1",
    "SELECT journal, person, email FROM (
         SELECT journal, person, email,
             ROW_NUMBER() OVER (PARTITION BY journal, person ORDER BY source, email) AS place
         FROM (SELECT journal, person, email, 0 AS source FROM stakeholder_stakeholder
             UNION ALL SELECT journal, person, email, 1 AS source FROM desk_registration) AS known
         WHERE email IS NOT NULL
             AND person IN (SELECT json_array_elements_text(CAST($1 AS json)))) AS placed
     WHERE place = 1",
);

/// Where these persons are written to, as the registry and the desks know it now: one address for
/// each in a hub.
///
/// # Errors
/// When the database is out of reach.
pub async fn addresses(db: &Db, persons: &[String]) -> journal::Result<Vec<AddressRow>> {
    db.all(ADDRESSES, vec![json_list(persons)]).await
}
