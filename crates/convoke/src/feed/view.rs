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

// Merging changes which events an issue's feed has, though no event changes.
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
                    SELECT MAX(changed_at) AS t FROM event_event WHERE journal = h.id
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
        let only = self.only.map(|only| <&str>::from(only));
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

/// The title under which an issue lives on.
///
/// # Errors
/// When the database is out of reach.
pub(crate) async fn root_title(db: &Db, issue: &str) -> journal::Result<Option<String>> {
    let root: Option<OneText> = db.opt(ROOT, args![issue]).await?;
    Ok(root.and_then(|root| root.text))
}
