//! What people see of a series: one row, with what its events have in common. Its dates are rows of
//! `event_event`, which know their series.

use journal::{Col, Db, Rows, Sql, Table, Values, args, cell, int, json_list, text, values};
use kernel::{FactError, Recorded};

use super::decider::Stage;
use super::fact::{Fact, Slot};
use crate::app::relay::Keyset;
use crate::app::scalars::{parse_local, write_local};
use crate::event::Venue;
use crate::event::decider::Description;
use crate::event::view::EventRow;
use crate::keyset;

/// A row for each series.
pub static SERIES: Table = Table {
    name: "series_series",
    key: &["id"],
    columns: COLUMNS,
    indexes: &[&["changed_position"]],
};
const COLUMNS: &[Col] = &[
    text("id"),
    text("stage"),
    text("title"),
    text("purpose"),
    text("description"),
    text("access_info"),
    text("need"),
    text("issue"),
    text("format"),
    text("mode"),
    text("rule"),
    text("first"),
    text("ends"),
    text("zone"),
    text("left_out"),
    text("slot"),
    int("sequence"),
    int("asked_sequence"),
    int("told_at"),
    text("end_reason"),
    int("ended_at"),
    int("published_at"),
    int("version"),
    int("created_at"),
    int("created_position"),
    int("changed_at"),
    int("changed_position"),
];

journal::row! {
    /// One series as it is shown.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SeriesRow {
        /// Its id.
        pub id: String,
        /// The hub.
        pub journal: String,
        /// Where it stands: a [`Stage`] in kebab case.
        pub stage: String,
        /// Its name.
        pub title: String,
        /// What it is for.
        pub purpose: String,
        /// The rest of what is said about it.
        pub description: String,
        /// How to get in.
        pub access_info: String,
        /// The need it answers.
        pub need: Option<String>,
        /// The id of the issue it serves.
        pub issue: Option<String>,
        /// What kind of meeting, in kebab case.
        pub format: String,
        /// In a room or by a link, in kebab case.
        pub mode: String,
        /// How it comes again, as `calendar::Rule` writes it.
        pub rule: String,
        /// The first date of the rule, on the wall.
        pub first: String,
        /// When that one ends, on the wall.
        pub ends: String,
        /// Where that wall is.
        pub zone: String,
        /// The dates of the rule that were left out from the beginning, as JSON.
        pub left_out: String,
        /// When and where, as JSON of a [`Slot`]: now, which need not be as in the beginning.
        pub slot: String,
        /// The calendar SEQUENCE of the series as a whole.
        pub sequence: i64,
        /// The SEQUENCE at which people were last told of a change of all that is to come: an answer
        /// to an older one is to another question. Going on for longer asks nobody anew.
        pub asked_sequence: i64,
        /// When that was.
        pub told_at: Option<i64>,
        /// Why it was ended.
        pub end_reason: Option<String>,
        /// When it was ended.
        pub ended_at: Option<i64>,
        /// When it was published.
        pub published_at: Option<i64>,
        /// The version of its stream.
        pub version: i64,
        /// When it was planned.
        pub created_at: i64,
        /// When anything about it last changed.
        pub changed_at: i64,
        /// The position of that.
        pub changed_position: i64,
    }
}

impl SeriesRow {
    /// Where it stands.
    pub fn stage(&self) -> Stage {
        self.stage.parse().unwrap_or_default()
    }

    /// When and where it is now.
    pub fn slot(&self) -> Option<Slot> {
        serde_json::from_str(&self.slot).ok()
    }

    /// The first date of the rule.
    pub fn first(&self) -> Option<chrono::NaiveDateTime> {
        parse_local(&self.first)
    }

    /// The room.
    pub fn venue(&self) -> Option<Venue> {
        self.slot().and_then(|slot| slot.venue)
    }
}

/// The tables of this folder.
pub fn tables() -> Vec<&'static Table> {
    vec![&SERIES]
}

/// The same as [`project`] for a fact as it is stored; other folders' facts change nothing.
///
/// # Errors
/// When a fact of ours cannot be read.
pub fn project_recorded(fact: &Recorded<String>, rows: &mut Rows) -> Result<(), FactError> {
    if let Some(fact) = fact.read()? {
        project(&fact, rows);
    }
    Ok(())
}

/// What a fact changes.
pub fn project(fact: &Recorded<Fact>, rows: &mut Rows) {
    let changed = values! {
        "version" => fact.version, "changed_at" => fact.recorded_at,
        "changed_position" => fact.position,
    };
    let mut set = match &fact.fact {
        Fact::SeriesPlanned { idea, words, rule, first, zone, slot, except, .. } => {
            let mut row = values! {
                "id" => fact.stream.id(), "stage" => Stage::Scheduled.to_string(),
                "need" => idea.need.clone(), "issue" => idea.issue,
                "format" => idea.format.to_string(), "mode" => idea.mode.to_string(),
                "rule" => rule, "first" => write_local(*first), "ends" => write_local(slot.on(*first).1),
                "zone" => zone.name(),
                "left_out" => json(except), "sequence" => 0_i64, "asked_sequence" => 0_i64,
                "created_at" => fact.recorded_at, "created_position" => fact.position,
            };
            row.extend(said(words, slot));
            row.extend(changed);
            return rows.put(&SERIES, row);
        }
        Fact::SeriesPublished {} => values! {
            "stage" => Stage::Published.to_string(), "published_at" => fact.recorded_at,
        },
        Fact::SeriesExtended { rule, sequence, .. } => {
            values! { "rule" => rule, "sequence" => *sequence }
        }
        Fact::SeriesChanged { words, slot, sequence } => {
            let mut set = said(words, slot);
            set.extend(values! {
                "sequence" => *sequence, "asked_sequence" => *sequence,
                "told_at" => fact.recorded_at,
            });
            set
        }
        Fact::SeriesEnded { reason, sequence } => values! {
            "stage" => Stage::Ended.to_string(), "end_reason" => reason,
            "ended_at" => fact.recorded_at, "sequence" => *sequence,
        },
    };
    set.extend(changed);
    rows.patch(&SERIES, [cell(fact.stream.id())], set);
}

fn said(words: &Description, slot: &Slot) -> Values {
    values! {
        "title" => &words.title, "purpose" => &words.purpose,
        "description" => &words.description, "access_info" => &words.access_info,
        "slot" => json(slot),
    }
}

/// Times, names and numbers: writing them as JSON cannot fail.
fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Several series, in no order.
///
/// # Errors
/// When the database is out of reach.
pub async fn series_by_id(db: &Db, ids: &[String]) -> journal::Result<Vec<SeriesRow>> {
    // The two databases unfold a JSON list in different words.
    let sql = Sql::pair(
        "SELECT * FROM series_series WHERE id IN (SELECT value FROM json_each($1))",
        "SELECT * FROM series_series WHERE id IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))",
    );
    db.all(sql, vec![json_list(ids)]).await
}

/// One series.
///
/// # Errors
/// When the database is out of reach.
pub async fn series(db: &Db, id: &str) -> journal::Result<Option<SeriesRow>> {
    db.opt("SELECT * FROM series_series WHERE id = $1", args![id]).await
}

/// All events of several series, in the order of their dates.
///
/// # Errors
/// When the database is out of reach.
pub async fn events_of(db: &Db, ids: &[String]) -> journal::Result<Vec<EventRow>> {
    let sql = Sql::pair(
        "SELECT * FROM event_event WHERE series IN (SELECT value FROM json_each($1)) ORDER BY series, series_date, id",
        "SELECT * FROM event_event WHERE series IN (SELECT value FROM json_array_elements_text(CAST($1 AS json))) ORDER BY series, series_date, id",
    );
    db.all(sql, vec![json_list(ids)]).await
}

/// The next public events of a series that are not over at `now`.
///
/// # Errors
/// When the database is out of reach.
pub async fn next_of(
    db: &Db,
    series: &str,
    now: i64,
    limit: i64,
) -> journal::Result<Vec<EventRow>> {
    let sql = "SELECT * FROM event_event WHERE series = $1 AND published_at IS NOT NULL AND ends_at > $2 AND status <> 'cancelled' ORDER BY starts_at, id LIMIT $3";
    db.all(sql, args![series, now, limit]).await
}

/// The next public event of each of several series that is not over at `now`, in no order.
///
/// # Errors
/// When the database is out of reach.
pub async fn next_of_each(db: &Db, ids: &[String], now: i64) -> journal::Result<Vec<EventRow>> {
    let sql = Sql::pair(
        "SELECT e.* FROM event_event AS e WHERE e.series IN (SELECT value FROM json_each($1)) AND e.published_at IS NOT NULL AND e.ends_at > $2 AND e.status <> 'cancelled'
         AND NOT EXISTS (SELECT 1 FROM event_event AS o WHERE o.series = e.series AND o.published_at IS NOT NULL AND o.ends_at > $2 AND o.status <> 'cancelled'
             AND (o.starts_at < e.starts_at OR (o.starts_at = e.starts_at AND o.id < e.id)))",
        "SELECT e.* FROM event_event AS e WHERE e.series IN (SELECT value FROM json_array_elements_text(CAST($1 AS json))) AND e.published_at IS NOT NULL AND e.ends_at > $2 AND e.status <> 'cancelled'
         AND NOT EXISTS (SELECT 1 FROM event_event AS o WHERE o.series = e.series AND o.published_at IS NOT NULL AND o.ends_at > $2 AND o.status <> 'cancelled'
             AND (o.starts_at < e.starts_at OR (o.starts_at = e.starts_at AND o.id < e.id)))",
    );
    let mut args = vec![json_list(ids)];
    args.extend(args![now]);
    db.all(sql, args).await
}

/// The events of series `$7`, by their beginning; only public ones unless `$8` is 1.
pub const OCCURRENCES: Keyset = keyset!(
    "SELECT * FROM event_event WHERE journal = $1 AND series = $7 AND (published_at IS NOT NULL OR CAST($8 AS BIGINT) = 1)",
    "starts_at"
);

/// How many [`OCCURRENCES`] holds; journal and filters from `$1` on.
pub const OCCURRENCES_COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM event_event WHERE journal = $1 AND series = $2 AND (published_at IS NOT NULL OR CAST($3 AS BIGINT) = 1)";
