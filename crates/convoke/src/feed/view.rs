//! The reads of a feed: its version in one statement, and its events.

use journal::{Arg, Count, Db, OneText, args};

use super::ask::{Only, Which};
use crate::event::view::EventRow;

journal::row! {
    /// Which feed it is, and how new.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Head {
        /// The hub's id.
        pub(crate) hub: String,
        /// Its name.
        pub(crate) name: String,
        /// Its slug.
        pub(crate) slug: String,
        /// Its time zone.
        pub(crate) zone: String,
        /// Its languages, as JSON.
        pub(crate) locales: String,
        /// The issue's id.
        pub(crate) issue: Option<String>,
        /// Its title.
        pub(crate) title: Option<String>,
        /// The position of the last fact about any event of the hub, or about which issues are
        /// one.
        pub(crate) position: i64,
        /// When that was recorded, in microseconds.
        pub(crate) changed_at: i64,
    }
}

// Merging changes which events an issue's feed has, though no event changes. What is recorded
// later is never dated earlier, so the newest fact has the newest time.
macro_rules! head {
    ($issue:literal, $from:literal) => {
        concat!(
            "SELECT h.id AS hub, h.name AS name, h.slug AS slug, h.zone AS zone,
                h.locales AS locales, ",
            $issue,
            ", CAST(COALESCE((SELECT MAX(p) FROM (
                    SELECT MAX(changed_position) AS p FROM event_event WHERE journal = h.id
                    UNION ALL SELECT MAX(changed_position) AS p FROM issue_issue
                        WHERE journal = h.id AND stage = 'merged') AS newest), 0) AS BIGINT)
                    AS position,
                CAST(COALESCE((SELECT MAX(t) FROM (
                    SELECT t FROM (SELECT changed_at AS t FROM event_event
                        WHERE journal = h.id ORDER BY changed_position DESC LIMIT 1) AS last
                    UNION ALL SELECT MAX(changed_at) AS t FROM issue_issue
                        WHERE journal = h.id AND stage = 'merged') AS newest), h.created_at)
                    AS BIGINT) AS changed_at
            FROM network_hub AS h",
            $from
        )
    };
}

const HUB: &str = head!(
    "CAST(NULL AS TEXT) AS issue, CAST(NULL AS TEXT) AS title",
    " WHERE h.journal = 'network' AND h.slug = $1"
);
const ISSUE: &str = head!(
    "i.id AS issue, i.title AS title",
    " JOIN issue_issue AS i ON i.journal = h.id AND i.slug = $1
     WHERE h.journal = 'network' AND (CAST($2 AS TEXT) IS NULL OR h.slug = $2) LIMIT 2"
);

/// What there is of a feed; two of them when an issue's slug says too little.
///
/// # Errors
/// When the database is out of reach.
pub(crate) async fn heads(db: &Db, which: &Which) -> journal::Result<Vec<Head>> {
    match which {
        Which::Hub(slug) => db.all(HUB, args![slug]).await,
        Which::Issue { hub, slug } => db.all(ISSUE, args![slug, hub.as_deref()]).await,
        Which::Hackathon(_) | Which::Personal | Which::Participant | Which::Team => Ok(Vec::new()),
    }
}

/// Which events a feed holds; instants in microseconds.
#[derive(Clone, Debug)]
pub(crate) struct Window {
    /// Ending after this.
    pub(crate) from: i64,
    /// Starting before this.
    pub(crate) until: i64,
    /// The ones nearest to this.
    pub(crate) near: i64,
    /// Those that serve this issue, or one merged with it.
    pub(crate) issue: Option<String>,
    /// Those in this state.
    pub(crate) only: Option<Only>,
    /// Those cancelled before this are gone, once they would be over.
    pub(crate) cancelled_since: i64,
}

impl Window {
    fn args(&self, hub: &str) -> Vec<Arg> {
        let only = self.only.map(<&str>::from);
        let Self { from, until, near, issue, cancelled_since, .. } = self;
        args![hub, *from, *until, *near, issue.as_deref(), *cancelled_since, only]
    }
}

// All issues that became one with $5, whichever of them it is.
macro_rules! kin {
    ($select:literal) => {
        concat!(
            "WITH RECURSIVE up(id, into_id) AS (
                SELECT id, merged_into FROM issue_issue WHERE journal = $1 AND id = $5
                UNION SELECT i.id, i.merged_into FROM issue_issue AS i JOIN up ON i.id = up.into_id),
            kin(id) AS (
                SELECT id FROM up
                UNION SELECT i.id FROM issue_issue AS i
                    JOIN kin ON i.journal = $1 AND i.merged_into = kin.id)
            ",
            $select,
            " FROM event_event
            WHERE journal = $1 AND published_at IS NOT NULL AND ends_at > $2 AND starts_at < $3
                AND (CAST($5 AS TEXT) IS NULL OR issue IN (SELECT id FROM kin))
                AND NOT (status = 'cancelled' AND ends_at < $4 AND cancelled_at < $6)
                AND (CAST($7 AS TEXT) IS NULL OR $7 = CASE status
                    WHEN 'cancelled' THEN 'cancelled' WHEN 'postponed' THEN 'tentative'
                    ELSE 'confirmed' END)"
        )
    };
}

const EVENTS: &str =
    concat!(kin!("SELECT *"), " ORDER BY ABS(starts_at - $4), starts_at, id LIMIT $8");
const HOW_MANY: &str = kin!("SELECT CAST(COUNT(*) AS BIGINT) AS n");
const ROOT: &str = "WITH RECURSIVE up(id, into_id, title) AS (
        SELECT id, merged_into, title FROM issue_issue WHERE id = $1
        UNION SELECT i.id, i.merged_into, i.title FROM issue_issue AS i JOIN up ON i.id = up.into_id)
    SELECT title AS text FROM up WHERE into_id IS NULL";

/// The events of a feed, nearest first.
///
/// # Errors
/// When the database is out of reach.
pub(crate) async fn events(
    db: &Db,
    hub: &str,
    window: &Window,
    limit: i64,
) -> journal::Result<Vec<EventRow>> {
    let mut args = window.args(hub);
    args.push(Arg::from(limit));
    db.all(EVENTS, args).await
}

/// How many there are, whatever the limit.
///
/// # Errors
/// When the database is out of reach.
pub(crate) async fn how_many(db: &Db, hub: &str, window: &Window) -> journal::Result<i64> {
    // The one parameter it has no use for must still have a type.
    let count: Option<Count> = db.opt(HOW_MANY, window.args(hub)).await?;
    Ok(count.map_or(0, |count| count.n))
}

/// Where a page of events begins: after the one that begins then and has this id.
pub(crate) type After = (i64, String);

/// The public events of a hub that begin from one instant (in microseconds) and before another,
/// in the order of their beginnings: at most so many, and only those after the last one seen.
///
/// # Errors
/// When the database is out of reach.
pub(crate) async fn between(
    db: &Db,
    hub: &str,
    (from, until): (i64, i64),
    after: &After,
    limit: i64,
) -> journal::Result<Vec<EventRow>> {
    let sql = "SELECT * FROM event_event
         WHERE journal = $1 AND published_at IS NOT NULL AND starts_at >= $2 AND starts_at < $3
             AND (starts_at > $4 OR (starts_at = $4 AND id > $5))
         ORDER BY starts_at, id LIMIT $6";
    db.all(sql, args![hub, from, until, after.0, after.1.as_str(), limit]).await
}

journal::row! {
    /// When the public events of a hub begin, in microseconds.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) struct Reach {
        /// The first of them.
        pub(crate) first: Option<i64>,
        /// The last of them.
        pub(crate) last: Option<i64>,
    }
}

/// From when to when a hub has public events.
///
/// # Errors
/// When the database is out of reach.
pub(crate) async fn reach(db: &Db, hub: &str) -> journal::Result<Reach> {
    let sql = "SELECT MIN(starts_at) AS first, MAX(starts_at) AS last FROM event_event
         WHERE journal = $1 AND published_at IS NOT NULL AND starts_at IS NOT NULL";
    Ok(db.opt(sql, args![hub]).await?.unwrap_or(Reach { first: None, last: None }))
}

/// The title under which an issue lives on.
///
/// # Errors
/// When the database is out of reach.
pub(crate) async fn root_title(db: &Db, issue: &str) -> journal::Result<Option<String>> {
    let root: Option<OneText> = db.opt(ROOT, args![issue]).await?;
    Ok(root.and_then(|root| root.text))
}

journal::row! {
    /// Which schedule it is, and how new.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct ScheduleHead {
        /// The hub's id.
        pub(crate) hub: String,
        /// Its name.
        pub(crate) name: String,
        /// Its slug.
        pub(crate) slug: String,
        /// Its time zone.
        pub(crate) zone: String,
        /// Its languages, as JSON.
        pub(crate) locales: String,
        /// The hackathon's id.
        pub(crate) hackathon: String,
        /// Its event's id.
        pub(crate) event: String,
        /// The position of the last fact about either.
        pub(crate) position: i64,
        /// When that was recorded, in microseconds.
        pub(crate) changed_at: i64,
    }
}

// An id says of what kind it is, so only one of the two finds anything.
const SCHEDULE: &str = "SELECT h.id AS hub, h.name AS name, h.slug AS slug, h.zone AS zone,
        h.locales AS locales, k.id AS hackathon, e.id AS event,
        CAST(CASE WHEN k.changed_position > e.changed_position THEN k.changed_position
            ELSE e.changed_position END AS BIGINT) AS position,
        CAST(CASE WHEN k.changed_at > e.changed_at THEN k.changed_at ELSE e.changed_at END
            AS BIGINT) AS changed_at
    FROM hackathon_hackathon AS k
    JOIN event_event AS e ON e.id = k.event AND e.published_at IS NOT NULL
    JOIN network_hub AS h ON h.journal = 'network' AND h.id = k.journal
    WHERE k.id = $1";
const SCHEDULE_OF_EVENT: &str = "SELECT h.id AS hub, h.name AS name, h.slug AS slug,
        h.zone AS zone, h.locales AS locales, k.id AS hackathon, e.id AS event,
        CAST(CASE WHEN k.changed_position > e.changed_position THEN k.changed_position
            ELSE e.changed_position END AS BIGINT) AS position,
        CAST(CASE WHEN k.changed_at > e.changed_at THEN k.changed_at ELSE e.changed_at END
            AS BIGINT) AS changed_at
    FROM event_event AS e
    JOIN hackathon_hackathon AS k ON k.journal = e.journal AND k.event = e.id
    JOIN network_hub AS h ON h.journal = 'network' AND h.id = k.journal
    WHERE e.id = $1 AND e.published_at IS NOT NULL
    ORDER BY k.created_position DESC LIMIT 1";

/// The schedule of a public hackathon, by its id or that of its event.
///
/// # Errors
/// When the database is out of reach.
pub(crate) async fn schedule(db: &Db, id: &str) -> journal::Result<Option<ScheduleHead>> {
    let sql = if kernel::prefix_of(id) == Some("event") { SCHEDULE_OF_EVENT } else { SCHEDULE };
    db.opt(sql, args![id]).await
}

journal::row! {
    /// How new what concerns a person is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) struct Newest {
        /// The position of the last fact.
        pub(crate) position: i64,
        /// When that was recorded, in microseconds.
        pub(crate) changed_at: i64,
    }
}

// Rows of hers stay when she leaves, cancels or is turned down, so this never goes back.
const NEWEST: &str = "WITH part(hackathon) AS (
        SELECT hackathon FROM roster_participant WHERE journal = $1 AND person = $2),
    mine(event) AS (
        SELECT event FROM desk_registration WHERE journal = $1 AND person = $2
        UNION SELECT event FROM invitation_invitation WHERE journal = $1 AND person = $2
        UNION SELECT id FROM event_event WHERE journal = $1 AND proposed_by = $2
        UNION SELECT k.event FROM hackathon_hackathon AS k JOIN part ON part.hackathon = k.id)
    SELECT CAST(COALESCE(MAX(p), 0) AS BIGINT) AS position,
        CAST(COALESCE(MAX(t), 0) AS BIGINT) AS changed_at
    FROM (
        SELECT MAX(changed_position) AS p, MAX(changed_at) AS t FROM desk_registration
            WHERE journal = $1 AND person = $2
        UNION ALL SELECT MAX(changed_position) AS p, MAX(changed_at) AS t
            FROM invitation_invitation WHERE journal = $1 AND person = $2
        UNION ALL SELECT MAX(changed_position) AS p, MAX(changed_at) AS t
            FROM roster_participant WHERE journal = $1 AND person = $2
        UNION ALL SELECT MAX(e.changed_position) AS p, MAX(e.changed_at) AS t
            FROM event_event AS e JOIN mine ON mine.event = e.id
        UNION ALL SELECT MAX(k.changed_position) AS p, MAX(k.changed_at) AS t
            FROM hackathon_hackathon AS k JOIN part ON part.hackathon = k.id
    ) AS newest";

/// How new what concerns a person of a hub is: her places, invitations and parts, and the events
/// and hackathons they are about.
///
/// # Errors
/// When the database is out of reach.
pub(crate) async fn newest(db: &Db, hub: &str, person: &str) -> journal::Result<Newest> {
    let row = db.opt(NEWEST, args![hub, person]).await?;
    Ok(row.unwrap_or(Newest { position: 0, changed_at: 0 }))
}

journal::row! {
    /// What ties a person to an event.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct TieRow {
        /// The event.
        pub(crate) event: String,
        /// The registration, or the one an invitation led to.
        pub(crate) registration: Option<String>,
        /// Where it stands.
        pub(crate) state: String,
        /// When that last changed, in microseconds.
        pub(crate) changed_at: i64,
    }
}

/// A person's registrations in a hub, whatever became of them, oldest first.
///
/// # Errors
/// When the database is out of reach.
pub(crate) async fn registrations(
    db: &Db,
    hub: &str,
    person: &str,
) -> journal::Result<Vec<TieRow>> {
    let sql = "SELECT event, id AS registration, state, changed_at FROM desk_registration
         WHERE journal = $1 AND person = $2 ORDER BY created_position, id";
    db.all(sql, args![hub, person]).await
}

/// A person's invitations in a hub, whatever became of them, oldest first.
///
/// # Errors
/// When the database is out of reach.
pub(crate) async fn invitations(db: &Db, hub: &str, person: &str) -> journal::Result<Vec<TieRow>> {
    let sql = "SELECT event, registration, state, changed_at FROM invitation_invitation
         WHERE journal = $1 AND person = $2 ORDER BY created_position, id";
    db.all(sql, args![hub, person]).await
}

/// The events of a hub that a person proposed, whatever became of them, oldest first.
///
/// # Errors
/// When the database is out of reach.
pub(crate) async fn proposals(db: &Db, hub: &str, person: &str) -> journal::Result<Vec<TieRow>> {
    let sql = "SELECT id AS event, CAST(NULL AS TEXT) AS registration, status AS state, changed_at
         FROM event_event WHERE journal = $1 AND proposed_by = $2 ORDER BY created_at, id";
    db.all(sql, args![hub, person]).await
}

journal::row! {
    /// Somebody's newest part in a hackathon.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct PartRow {
        /// `enrolled` or `withdrawn`.
        pub(crate) state: String,
        /// Her team.
        pub(crate) team: Option<String>,
        /// When that last changed, in microseconds.
        pub(crate) changed_at: i64,
    }
}

/// A person's newest part in a hackathon.
///
/// # Errors
/// When the database is out of reach.
pub(crate) async fn part(
    db: &Db,
    hackathon: &str,
    person: &str,
) -> journal::Result<Option<PartRow>> {
    let sql = "SELECT state, team, changed_at FROM roster_participant
         WHERE hackathon = $1 AND person = $2 ORDER BY created_position DESC, id LIMIT 1";
    db.opt(sql, args![hackathon, person]).await
}
