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

/// A series that people know of, by its nearest date that takes place.
const ANNOUNCED_SERIES: &str =
    "SELECT e.journal, e.id AS event, CAST(NULL AS TEXT) AS stakeholder, '' AS person,
         CAST(NULL AS TEXT) AS name, CAST(NULL AS TEXT) AS email, CAST(NULL AS TEXT) AS locale,
         e.zone, e.starts_at, e.ends_at, e.series
     FROM event_event AS e WHERE e.series = $1 AND e.published_at IS NOT NULL
     ORDER BY CASE WHEN e.status IN ('published', 'closed', 'postponed') THEN 0 ELSE 1 END,
         e.starts_at, e.id LIMIT 1";

const GUEST_OF_SERIES: &str =
    "SELECT COALESCE(first_of_series, id) AS text FROM invitation_invitation
     WHERE journal = $1 AND series = $2 AND person = $3 ORDER BY created_position, id LIMIT 1";

const NEXT_OF_SERIES: &str =
    "SELECT i.id AS text FROM invitation_invitation AS i JOIN event_event AS e ON e.id = i.event
     WHERE i.journal = $1 AND i.series = $2 AND i.person = $3 AND e.starts_at > $4
         AND i.state IN ('sent', 'accepted', 'tentative', 'declined')
         AND e.status IN ('published', 'closed') ORDER BY e.starts_at, i.id LIMIT 1";

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
        Some("series") => ANNOUNCED_SERIES,
        _ => INVITED,
    };
    db.opt(sql, args![id]).await
}

/// The invitation of a person to a series that calendars answer to; `None` when she has none.
///
/// # Errors
/// When the database is out of reach.
pub async fn guest_of_series(
    db: &Db,
    hub: &str,
    series: &str,
    person: &str,
) -> journal::Result<Option<String>> {
    let found: Option<journal::OneText> =
        db.opt(GUEST_OF_SERIES, args![hub, series, person]).await?;
    Ok(found.and_then(|row| row.text))
}

/// The invitation of a person to the next date of a series; `None` when none is to come.
///
/// # Errors
/// When the database is out of reach.
pub async fn next_of_series(
    db: &Db,
    hub: &str,
    (series, person): (&str, &str),
    now: chrono::DateTime<chrono::Utc>,
) -> journal::Result<Option<String>> {
    let found: Option<journal::OneText> =
        db.opt(NEXT_OF_SERIES, args![hub, series, person, now]).await?;
    Ok(found.and_then(|row| row.text))
}

/// Every address by which a hub knows a person; the one before her last change, too.
///
/// # Errors
/// When the database is out of reach.
pub async fn addresses(db: &Db, hub: &str, person: &str) -> journal::Result<Vec<String>> {
    let sql = "SELECT email AS text FROM stakeholder_stakeholder WHERE journal = $1 AND person = $2
         UNION ALL
         SELECT former_email AS text FROM stakeholder_stakeholder
         WHERE journal = $1 AND person = $2
         UNION ALL
         SELECT email AS text FROM desk_registration WHERE journal = $1 AND person = $2";
    let rows: Vec<journal::OneText> = db.all(sql, args![hub, person]).await?;
    Ok(rows.into_iter().filter_map(|row| row.text).collect())
}

/// Whether all that any hub knows of a person is a mail that came from her address.
///
/// # Errors
/// When the database is out of reach.
pub async fn is_only_a_writer(db: &Db, person: &str) -> journal::Result<bool> {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM (
             SELECT person FROM stakeholder_stakeholder WHERE person = $1
             UNION ALL SELECT person FROM stakeholder_contact WHERE person = $1
             UNION ALL SELECT person FROM invitation_invitation WHERE person = $1
             UNION ALL SELECT person FROM desk_registration WHERE person = $1
             UNION ALL SELECT person FROM follow_follower WHERE person = $1
             UNION ALL SELECT person FROM account_role WHERE person = $1) AS known";
    let count: Option<journal::Count> = db.opt(sql, args![person]).await?;
    Ok(count.is_none_or(|count| count.n == 0))
}

/// How many others than this person a guest sends to an event in her place.
///
/// # Errors
/// When the database is out of reach.
pub async fn delegates(db: &Db, event: &str, through: &str, person: &str) -> journal::Result<i64> {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM asking_attendance
         WHERE event = $1 AND through = $2 AND person <> $3 AND delegated";
    let count: Option<journal::Count> = db.opt(sql, args![event, through, person]).await?;
    Ok(count.map_or(0, |count| count.n))
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
        /// The position of the fact it follows from.
        pub position: i64,
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
    let sql = "SELECT journal, position, recipient, template FROM mails
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
        /// The guest's invitation or registration; of a stranger the event or series.
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
         UNION ALL SELECT first_of_series FROM invitation_invitation
         WHERE journal = $1 AND event = $2 AND first_of_series IS NOT NULL
         UNION ALL SELECT id FROM desk_registration WHERE journal = $1 AND event = $2
         UNION ALL SELECT id FROM event_event WHERE journal = $1 AND id = $2
         UNION ALL SELECT series FROM event_event
         WHERE journal = $1 AND id = $2 AND series IS NOT NULL)
     ORDER BY b.received_at DESC, b.id LIMIT 100";

/// The mails about an event that were decided, newest first, at most 100: of its guests, of guests
/// of the whole series, and in the stable mode of those who were not invited.
///
/// # Errors
/// When the database is out of reach.
pub async fn decided(db: &Db, hub: &str, event: &str) -> journal::Result<Vec<Decided>> {
    db.all(DECIDED, args![hub, event]).await
}
