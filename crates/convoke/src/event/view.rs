//! What people see of events: one row for each, with everything a page, a feed or a letter needs.
//!
//! Wall times are kept as people said them, beside the zone and the instants; the place is kept as
//! JSON. Nothing here decides anything.

use journal::{
    Cell, Col, Db, Rows, Sql, Table, Values, boolean, cell, int, personal, text, values,
};
use journal::{args, json_list};
use kernel::{FactError, Recorded};

use super::Status;
use super::fact::Fact;
use super::when::{Venue, When};
use crate::app::relay::Keyset;
use crate::app::scalars::write_local;
use crate::keyset;

/// A row for each event.
pub static EVENTS: Table = Table {
    name: "event_event",
    key: &["id"],
    columns: COLUMNS,
    indexes: &[
        &["changed_position"],
        &["status", "starts_at", "id"],
        &["created_at", "id"],
        &["issue", "starts_at"],
        &["proposed_by"],
        &["series", "series_date"],
    ],
};
const COLUMNS: &[Col] = &[
    text("id"),
    text("status"),
    text("title"),
    text("purpose"),
    text("need"),
    text("issue"),
    text("description"),
    text("access_info"),
    text("format"),
    text("mode"),
    text("host"),
    text("proposed_by"),
    text("starts"),
    text("ends"),
    text("zone"),
    int("starts_at"),
    int("ends_at"),
    boolean("all_day"),
    text("venue"),
    text("link"),
    text("city"),
    text("country"),
    text("url"),
    text("topic"),
    boolean("imported"),
    text("series"),
    text("series_date"),
    int("sequence"),
    int("asked_at_sequence"),
    int("moved_at"),
    personal("decline_reason", "declined_by"),
    text("declined_by"),
    text("cancel_reason"),
    int("cancelled_at"),
    int("published_at"),
    int("published_position"),
    int("attendance"),
    int("organisations"),
    text("who_was_missing"),
    int("version"),
    int("created_at"),
    int("created_position"),
    int("changed_at"),
    int("changed_position"),
];

journal::row! {
    /// One event as it is shown.
    #[derive(Clone, Debug, PartialEq, Eq, Default)]
    pub struct EventRow {
        /// Its id.
        pub id: String,
        /// The hub.
        pub journal: String,
        /// Where it stands: a [`Status`] in kebab case.
        pub status: String,
        /// Its name.
        pub title: String,
        /// What it is for.
        pub purpose: Option<String>,
        /// The need it answers.
        pub need: Option<String>,
        /// The id of the issue it serves.
        pub issue: Option<String>,
        /// The rest of what is said about it.
        pub description: Option<String>,
        /// How to get in.
        pub access_info: Option<String>,
        /// What kind of meeting, in kebab case.
        pub format: String,
        /// In a room or by a link, in kebab case.
        pub mode: String,
        /// The id of the stakeholder who receives people.
        pub host: Option<String>,
        /// The id of the person who proposed it.
        pub proposed_by: Option<String>,
        /// From, on the wall.
        pub starts: Option<String>,
        /// Until, on the wall.
        pub ends: Option<String>,
        /// Where that wall is.
        pub zone: Option<String>,
        /// The instant of the start, in microseconds.
        pub starts_at: Option<i64>,
        /// The instant of the end, in microseconds.
        pub ends_at: Option<i64>,
        /// Whole days.
        pub all_day: bool,
        /// The room, as JSON of a [`Venue`].
        pub venue: Option<String>,
        /// The address of the meeting on line.
        pub link: Option<String>,
        /// The town.
        pub city: Option<String>,
        /// The country, of imported events.
        pub country: Option<String>,
        /// The page elsewhere, of imported events.
        pub url: Option<String>,
        /// What the source says it is about.
        pub topic: Option<String>,
        /// Whether it is kept elsewhere.
        pub imported: bool,
        /// The id of the series it is a date of.
        pub series: Option<String>,
        /// When it is meant to begin by the rule of the series, on the wall.
        pub series_date: Option<String>,
        /// The calendar SEQUENCE; `None` until it is published.
        pub sequence: Option<i64>,
        /// The SEQUENCE at which people were last asked.
        pub asked_at_sequence: i64,
        /// When the calendar SEQUENCE last moved.
        pub moved_at: Option<i64>,
        /// Why it was declined.
        pub decline_reason: Option<String>,
        /// Why it was cancelled.
        pub cancel_reason: Option<String>,
        /// When it was cancelled.
        pub cancelled_at: Option<i64>,
        /// When it was first published.
        pub published_at: Option<i64>,
        /// The position at which it was first published.
        pub published_position: Option<i64>,
        /// How many came.
        pub attendance: Option<i64>,
        /// From how many organisations.
        pub organisations: Option<i64>,
        /// Who should have been there.
        pub who_was_missing: Option<String>,
        /// The version of its stream.
        pub version: i64,
        /// When it was proposed or imported.
        pub created_at: i64,
        /// The position of that.
        pub created_position: i64,
        /// When anything about it last changed.
        pub changed_at: i64,
        /// The position of that.
        pub changed_position: i64,
    }
}

impl EventRow {
    /// Where it stands.
    pub fn status(&self) -> Status {
        self.status.parse().unwrap_or_default()
    }

    /// Whether everyone may see it: it was published or imported once.
    pub fn is_public(&self) -> bool {
        self.published_at.is_some()
    }

    /// The room.
    pub fn venue(&self) -> Option<Venue> {
        self.venue.as_deref().and_then(|json| serde_json::from_str(json).ok())
    }
}

/// The tables of this view.
pub fn tables() -> Vec<&'static Table> {
    vec![&EVENTS]
}

/// What a stored fact changes here; nothing when it is not an event's.
///
/// # Errors
/// When the fact cannot be read.
pub fn project_recorded(fact: &Recorded<String>, rows: &mut Rows) -> Result<(), FactError> {
    if let Some(fact) = fact.read::<Fact>()? {
        project(&fact, rows);
    }
    Ok(())
}

/// What one fact changes.
pub fn project(fact: &Recorded<Fact>, rows: &mut Rows) {
    if let Some(row) = created(fact) {
        return rows.put(&EVENTS, row);
    }
    let mut set = changed(fact);
    if set.contains_key("sequence") {
        set.insert("moved_at".to_owned(), cell(fact.recorded_at));
    }
    set.insert("version".to_owned(), cell(fact.version));
    set.insert("changed_at".to_owned(), cell(fact.recorded_at));
    set.insert("changed_position".to_owned(), cell(fact.position));
    rows.patch(&EVENTS, [cell(fact.stream.id())], set);
}

fn created(fact: &Recorded<Fact>) -> Option<Values> {
    let mut row = match &fact.fact {
        Fact::EventProposed { issue, need, title, purpose, format, mode, host, proposed_by } => {
            values! {
                "status" => Status::Proposed.to_string(), "title" => title, "purpose" => purpose,
                "need" => need.clone(), "issue" => *issue, "format" => format.to_string(),
                "mode" => mode.to_string(), "host" => *host, "proposed_by" => *proposed_by,
                "imported" => false, "all_day" => false,
            }
        }
        Fact::EventImported { title, url, topic, issue, when, mode, city, country } => {
            let mut row = values! {
                "status" => Status::Closed.to_string(), "title" => title, "url" => url.clone(),
                "topic" => topic.clone(), "issue" => *issue, "mode" => mode.to_string(),
                "format" => super::Format::Other.to_string(), "city" => city.clone(),
                "country" => country.clone(), "imported" => true, "sequence" => 0_i64,
                "published_at" => fact.recorded_at, "published_position" => fact.position,
            };
            row.extend(time(when));
            row
        }
        _ => return None,
    };
    row.extend(values! {
        "id" => fact.stream.id(), "asked_at_sequence" => 0_i64, "version" => fact.version,
        "created_at" => fact.recorded_at, "created_position" => fact.position,
        "changed_at" => fact.recorded_at, "changed_position" => fact.position,
    });
    Some(row)
}

fn changed(fact: &Recorded<Fact>) -> Values {
    match &fact.fact {
        Fact::EventProposed { .. } | Fact::EventImported { .. } => Values::new(),
        Fact::EventTimeSuggested { when, venue, link } => {
            and(time(when), place(venue.as_ref(), link.as_ref()))
        }
        Fact::EventJoinedSeries { series, date } => {
            values! { "series" => *series, "series_date" => write_local(*date) }
        }
        Fact::ProposalAccepted {} => status(Status::Accepted),
        Fact::ProposalDeclined { reason } => and(
            status(Status::Declined),
            values! { "decline_reason" => Cell::from(reason), "declined_by" => reason.of },
        ),
        Fact::ProposalWithdrawn {} => status(Status::Withdrawn),
        Fact::EventDescribed { title, purpose, description, access_info, sequence } => and(
            values! {
                "title" => title, "purpose" => purpose, "description" => description,
                "access_info" => access_info,
            },
            moved(*sequence, false),
        ),
        Fact::EventScheduled { when, venue, link } => {
            and(and(status(Status::Scheduled), time(when)), place(venue.as_ref(), link.as_ref()))
        }
        Fact::EventPublished { when, sequence } => and(
            and(status(Status::Published), time(when)),
            values! {
                "sequence" => *sequence, "asked_at_sequence" => *sequence,
                "published_at" => fact.recorded_at, "published_position" => fact.position,
            },
        ),
        Fact::EventRescheduled { when, venue, link, material, sequence, status: now, .. } => and(
            and(status(*now), time(when)),
            and(place(venue.as_ref(), link.as_ref()), moved(*sequence, *material)),
        ),
        Fact::EventTimeZoneChanged { when, material, sequence, .. } => {
            and(time(when), moved(*sequence, *material))
        }
        Fact::EventInstantShifted { when, sequence, .. } => {
            and(time(when), moved(*sequence, false))
        }
        Fact::EventPostponed { sequence } => {
            and(status(Status::Postponed), moved(*sequence, false))
        }
        Fact::EventCancelled { reason, sequence } => and(
            and(status(Status::Cancelled), moved(*sequence, false)),
            values! { "cancel_reason" => reason, "cancelled_at" => fact.recorded_at },
        ),
        Fact::EventReinstated { status: now, sequence, .. } => and(
            and(status(*now), moved(*sequence, false)),
            values! { "cancel_reason" => None::<String>, "cancelled_at" => None::<i64> },
        ),
        Fact::EventRegistrationOpened {} => status(Status::Published),
        Fact::EventRegistrationClosed {} => status(Status::Closed),
        Fact::EventEnded {} => status(Status::Ended),
        Fact::EventReported { attendance, organisations, who_was_missing } => and(
            status(Status::Reported),
            values! {
                "attendance" => *attendance, "organisations" => *organisations,
                "who_was_missing" => who_was_missing,
            },
        ),
    }
}

fn and(mut values: Values, more: Values) -> Values {
    values.extend(more);
    values
}

fn status(status: Status) -> Values {
    values! { "status" => status.to_string() }
}

fn time(when: &When) -> Values {
    values! {
        "starts" => write_local(when.starts), "ends" => write_local(when.ends),
        "zone" => when.zone.name(), "starts_at" => when.starts_at, "ends_at" => when.ends_at,
        "all_day" => when.all_day,
    }
}

fn place(venue: Option<&Venue>, link: Option<&String>) -> Values {
    // A venue is names and two numbers: writing it as JSON cannot fail.
    let json = venue.and_then(|venue| serde_json::to_string(venue).ok());
    let city = venue.and_then(|venue| venue.city.clone());
    values! { "venue" => json, "link" => link.cloned(), "city" => city }
}

fn moved(sequence: Option<i64>, asks_again: bool) -> Values {
    match sequence {
        None => Values::new(),
        Some(sequence) if asks_again => {
            values! { "sequence" => sequence, "asked_at_sequence" => sequence }
        }
        Some(sequence) => values! { "sequence" => sequence },
    }
}

/// One event.
///
/// # Errors
/// When the database is out of reach.
pub async fn event(db: &Db, id: &str) -> journal::Result<Option<EventRow>> {
    db.opt("SELECT * FROM event_event WHERE id = $1", args![id]).await
}

/// Several events, in no order.
///
/// # Errors
/// When the database is out of reach.
pub async fn events_by_id(db: &Db, ids: &[String]) -> journal::Result<Vec<EventRow>> {
    // The two databases unfold a JSON list in different words.
    let sql = Sql::pair(
        "SELECT * FROM event_event WHERE id IN (SELECT value FROM json_each($1))",
        "SELECT * FROM event_event WHERE id IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))",
    );
    db.all(sql, vec![json_list(ids)]).await
}

/// Events everyone may see that end after `$7` and not after `$8`, soonest first; of issue `$9`,
/// in status `$10`, if those are given.
pub const PUBLIC: Keyset = keyset!(
    "SELECT * FROM event_event WHERE journal = $1 AND published_at IS NOT NULL AND ends_at > $7 AND ends_at <= $8 AND (CAST($9 AS TEXT) IS NULL OR issue = $9) AND (CAST($10 AS TEXT) IS NULL OR status = $10)",
    "starts_at"
);

/// The same, latest first.
pub const PUBLIC_LATEST: Keyset = keyset!(
    desc "SELECT * FROM event_event WHERE journal = $1 AND published_at IS NOT NULL AND ends_at > $7 AND ends_at <= $8 AND (CAST($9 AS TEXT) IS NULL OR issue = $9) AND (CAST($10 AS TEXT) IS NULL OR status = $10)",
    "starts_at"
);

/// How many [`PUBLIC`] holds; journal and filters from `$1` on.
pub const PUBLIC_COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM event_event WHERE journal = $1 AND published_at IS NOT NULL AND ends_at > $2 AND ends_at <= $3 AND (CAST($4 AS TEXT) IS NULL OR issue = $4) AND (CAST($5 AS TEXT) IS NULL OR status = $5)";

/// All events of a hub, drafts included, newest first; of issue `$7`, in status `$8`, proposed by
/// `$9`, if those are given.
pub const ALL: Keyset = keyset!(
    desc "SELECT * FROM event_event WHERE journal = $1 AND (CAST($7 AS TEXT) IS NULL OR issue = $7) AND (CAST($8 AS TEXT) IS NULL OR status = $8) AND (CAST($9 AS TEXT) IS NULL OR proposed_by = $9)",
    "created_at"
);

/// How many [`ALL`] holds; journal and filters from `$1` on.
pub const ALL_COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM event_event WHERE journal = $1 AND (CAST($2 AS TEXT) IS NULL OR issue = $2) AND (CAST($3 AS TEXT) IS NULL OR status = $3) AND (CAST($4 AS TEXT) IS NULL OR proposed_by = $4)";

/// What a feed shows: public events of a hub that end after `$2` and start before `$3`, nearest
/// to `$4` first, at most `$5`; of issue `$6`, if it is given.
const FEED: &str = "SELECT * FROM event_event WHERE journal = $1 AND published_at IS NOT NULL AND ends_at > $2 AND starts_at < $3 AND (CAST($6 AS TEXT) IS NULL OR issue = $6) ORDER BY ABS(starts_at - $4), id LIMIT $5";

/// Which events a feed asks for; instants in microseconds.
#[derive(Clone, Debug)]
pub struct FeedWindow {
    /// Ending after this.
    pub from: i64,
    /// Starting before this.
    pub until: i64,
    /// Nearest to this first.
    pub near: i64,
    /// At most so many.
    pub limit: i64,
    /// Of this issue only.
    pub issue: Option<String>,
}

/// The public events of a feed.
///
/// # Errors
/// When the database is out of reach.
pub async fn feed(db: &Db, hub: &str, window: FeedWindow) -> journal::Result<Vec<EventRow>> {
    let FeedWindow { from, until, near, limit, issue } = window;
    db.all(FEED, args![hub, from, until, near, limit, issue]).await
}

/// The position at which any event of a hub last changed: what a feed's ETag is made of.
///
/// # Errors
/// When the database is out of reach.
pub async fn last_change(db: &Db, hub: &str) -> journal::Result<i64> {
    let sql = "SELECT CAST(COALESCE(MAX(changed_position), 0) AS BIGINT) AS n FROM event_event WHERE journal = $1";
    let row: Option<journal::Count> = db.opt(sql, args![hub]).await?;
    Ok(row.map_or(0, |row| row.n))
}
