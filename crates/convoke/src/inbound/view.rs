//! What is read to understand a mail: whom its address names, and what she was asked.

use journal::{Db, args};

journal::row! {
    /// The person of an invitation or a registration, with what her answer must say.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Asked {
        /// The hub.
        pub journal: String,
        /// The event.
        pub event: String,
        /// The stakeholder of an invitation.
        pub stakeholder: Option<String>,
        /// The person.
        pub person: String,
        /// Her name.
        pub name: Option<String>,
        /// The address we wrote to; `None` once she is erased.
        pub email: Option<String>,
        /// What she reads.
        pub locale: Option<String>,
        /// The zone of the event.
        pub zone: Option<String>,
        /// When the event begins, in microseconds.
        pub starts_at: Option<i64>,
        /// When it is over.
        pub ends_at: Option<i64>,
        /// The series she was invited to as a whole.
        pub series: Option<String>,
    }
}

const INVITED: &str =
    "SELECT i.journal, i.event, i.stakeholder, i.person, s.name, s.email, s.locale,
         e.zone, e.starts_at, e.ends_at, i.series
     FROM invitation_invitation AS i LEFT JOIN stakeholder_stakeholder AS s ON s.id = i.stakeholder
         LEFT JOIN event_event AS e ON e.id = i.event
     WHERE i.id = $1";

const REGISTERED: &str =
    "SELECT r.journal, r.event, CAST(NULL AS TEXT) AS stakeholder, r.person, r.name,
         r.email, r.locale, e.zone, e.starts_at, e.ends_at, CAST(NULL AS TEXT) AS series
     FROM desk_registration AS r LEFT JOIN event_event AS e ON e.id = r.event WHERE r.id = $1";

/// An event that people know of: what somebody who was not invited would come to.
const ANNOUNCED: &str =
    "SELECT e.journal, e.id AS event, CAST(NULL AS TEXT) AS stakeholder, '' AS person,
         CAST(NULL AS TEXT) AS name, CAST(NULL AS TEXT) AS email, CAST(NULL AS TEXT) AS locale,
         e.zone, e.starts_at, e.ends_at, CAST(NULL AS TEXT) AS series
     FROM event_event AS e WHERE e.id = $1 AND e.published_at IS NOT NULL";

const GUEST: &str = "SELECT id AS text FROM (
         SELECT id, 0 AS rank, generation AS age FROM invitation_invitation
         WHERE journal = $1 AND event = $2 AND person = $3
         UNION ALL SELECT id, 1 AS rank, created_position AS age FROM desk_registration
         WHERE journal = $1 AND event = $2 AND person = $3) AS places
     ORDER BY rank, age DESC LIMIT 1";

/// Whom an id in one of our addresses names; `None` when it is gone.
///
/// # Errors
/// When the database is out of reach.
pub async fn asked(db: &Db, id: &str) -> journal::Result<Option<Asked>> {
    let sql = match kernel::prefix_of(id) {
        Some("registration") => REGISTERED,
        Some("event") => ANNOUNCED,
        _ => INVITED,
    };
    db.opt(sql, args![id]).await
}

/// The newest invitation of a person to an event, or her registration; `None` when she has neither.
///
/// # Errors
/// When the database is out of reach.
pub async fn guest(
    db: &Db,
    hub: &str,
    event: &str,
    person: &str,
) -> journal::Result<Option<String>> {
    let found: Option<journal::OneText> = db.opt(GUEST, args![hub, event, person]).await?;
    Ok(found.and_then(|row| row.text))
}

journal::row! {
    /// One of our mails, as its bounces are about it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Mailed {
        /// The hub that wrote it.
        pub journal: String,
        /// To whom.
        pub recipient: String,
        /// Which letter it is.
        pub template: String,
    }
}

/// The mail whose Message-ID begins with this name and a dot; `None` when there is none.
///
/// # Errors
/// When the database is out of reach.
pub async fn mailed(db: &Db, name: &str) -> journal::Result<Option<Mailed>> {
    // A range is found by the index on both databases; "/" follows ".".
    let (from, until) = (format!("{name}."), format!("{name}/"));
    let sql = "SELECT journal, recipient, template FROM mails
         WHERE message_id >= $1 AND message_id < $2 LIMIT 1";
    db.opt(sql, args![from, until]).await
}

journal::row! {
    /// A mail that was decided, about a guest of an event.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Decided {
        /// What the guest is called.
        pub name: Option<String>,
        /// Its name.
        pub id: String,
        /// When it came.
        pub received_at: i64,
        /// Which way.
        pub door: String,
        /// What its address is for.
        pub purpose: String,
        /// The guest's invitation or registration.
        pub about: String,
        /// What was decided.
        pub verdict: Option<String>,
        /// What to know of it.
        pub details: Option<String>,
        /// When it was decided.
        pub settled_at: Option<i64>,
    }
}

const DECIDED: &str =
    "SELECT COALESCE(s.name, r.name) AS name, b.id, b.received_at, b.door, b.purpose, b.about,
         b.verdict, b.details, b.settled_at
     FROM inbox AS b
         LEFT JOIN invitation_invitation AS i ON i.id = b.about
         LEFT JOIN stakeholder_stakeholder AS s ON s.id = i.stakeholder
         LEFT JOIN desk_registration AS r ON r.id = b.about
     WHERE b.verdict IS NOT NULL AND b.about IN (
         SELECT id FROM invitation_invitation WHERE journal = $1 AND event = $2
         UNION ALL SELECT id FROM desk_registration WHERE journal = $1 AND event = $2)
     ORDER BY b.received_at DESC, b.id LIMIT 100";

/// The mails about the guests of an event that were decided, newest first, at most 100.
///
/// # Errors
/// When the database is out of reach.
pub async fn decided(db: &Db, hub: &str, event: &str) -> journal::Result<Vec<Decided>> {
    db.all(DECIDED, args![hub, event]).await
}
