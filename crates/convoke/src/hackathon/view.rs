//! What people see of a hackathon: its phase, its rules, and everything its clock is made of.
//!
//! The row keeps the parts and not the deadline: [`HackathonRow::clock`] rebuilds the very value
//! the decider reckons with, so a page cannot show another deadline than the rule applies.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use journal::{
    Col, Db, Result, Rows, Sql, Table, Values, args, cell, instant, int, json_list, personal, row,
    text, values,
};
use kernel::{FactError, Recorded};

use super::{Clock, Fact, Phase, TeamId};
use crate::app::relay::Keyset;
use crate::keyset;

/// A row for each hackathon.
pub static HACKATHONS: Table = Table {
    name: "hackathon_hackathon",
    key: &["id"],
    columns: HACKATHON_COLUMNS,
    indexes: &[&["event"], &["created_position", "id"]],
};
const HACKATHON_COLUMNS: &[Col] = &[
    text("id"),
    text("event"),
    int("team_min"),
    int("team_max"),
    int("duration_s"),
    text("phase"),
    int("started_at"),
    int("paused_at"),
    int("paused_ms"),
    int("extended_s"),
    int("freezes_at"),
    int("under_sized"),
    int("unplaced"),
    personal("cancelled_reason", "cancelled_for"),
    text("cancelled_for"),
    int("version"),
    int("created_at"),
    int("created_position"),
    int("changed_at"),
    int("changed_position"),
];

/// A row for each extension: all can see for whom and why.
pub static EXTENSIONS: Table = Table {
    name: "hackathon_extension",
    key: &["hackathon", "version"],
    columns: &[
        text("hackathon"),
        int("version"),
        int("by_s"),
        text("team"),
        personal("reason", "reason_for"),
        text("reason_for"),
        int("created_at"),
    ],
    indexes: &[],
};

/// The tables of this view.
pub fn tables() -> Vec<&'static Table> {
    vec![&HACKATHONS, &EXTENSIONS]
}

/// What any fact of the product changes here.
///
/// # Errors
/// When it is ours and cannot be read.
pub fn project_recorded(
    fact: &Recorded<String>,
    rows: &mut Rows,
) -> std::result::Result<(), FactError> {
    if let Some(fact) = fact.read::<Fact>()? {
        project(&fact, rows);
    }
    Ok(())
}

/// What a fact changes.
pub fn project(fact: &Recorded<Fact>, rows: &mut Rows) {
    let id = fact.stream.id();
    match &fact.fact {
        Fact::HackathonCreated { event, team_min, team_max, duration_s } => {
            let new = values! {
                "id" => id, "event" => *event, "team_min" => *team_min, "team_max" => *team_max,
                "duration_s" => *duration_s, "phase" => phase(Phase::Drafted),
                "paused_ms" => 0_i64, "extended_s" => 0_i64, "created_at" => fact.recorded_at,
                "created_position" => fact.position,
            };
            rows.put(&HACKATHONS, touched(fact, new));
        }
        Fact::RulesSet { team_min, team_max } => {
            change(fact, rows, values! { "team_min" => *team_min, "team_max" => *team_max });
        }
        Fact::TeamFormationOpened {} => {
            change(fact, rows, values! { "phase" => phase(Phase::TeamFormation) });
        }
        Fact::RosterLocked { under_sized, unplaced } => {
            let set = values! {
                "phase" => phase(Phase::Locked), "under_sized" => *under_sized,
                "unplaced" => *unplaced,
            };
            change(fact, rows, set);
        }
        Fact::ClockStarted { at, freezes_at, .. } => {
            let set = values! {
                "phase" => phase(Phase::Hacking), "started_at" => *at, "freezes_at" => *freezes_at,
            };
            change(fact, rows, set);
        }
        Fact::ClockPaused { at } => {
            change(fact, rows, values! { "phase" => phase(Phase::Paused), "paused_at" => *at });
        }
        Fact::ClockResumed { paused_ms, freezes_at, .. } => {
            let set = values! {
                "phase" => phase(Phase::Hacking), "paused_at" => None::<i64>,
                "freezes_at" => *freezes_at,
            };
            change(fact, rows, set);
            rows.add(&HACKATHONS, [cell(id)], "paused_ms", *paused_ms);
        }
        Fact::ClockExtended { by_s, scope, reason, freezes_at } => {
            let extension = values! {
                "hackathon" => id, "version" => fact.version, "by_s" => *by_s,
                "team" => scope.team(), "reason" => reason, "reason_for" => reason.of,
                "created_at" => fact.recorded_at,
            };
            rows.put(&EXTENSIONS, extension);
            change(fact, rows, values! { "freezes_at" => *freezes_at });
            if scope.team().is_none() {
                rows.add(&HACKATHONS, [cell(id)], "extended_s", i64::from(*by_s));
            }
        }
        Fact::SubmissionsFrozen { .. } => {
            change(fact, rows, values! { "phase" => phase(Phase::Frozen) });
        }
        Fact::HackathonCancelled { reason } => {
            let set = values! {
                "phase" => phase(Phase::Cancelled), "cancelled_reason" => reason,
                "cancelled_for" => reason.of,
            };
            change(fact, rows, set);
        }
    }
}

fn phase(phase: Phase) -> String {
    phase.to_string()
}

fn touched(fact: &Recorded<Fact>, mut set: Values) -> Values {
    set.extend(values! {
        "version" => fact.version, "changed_at" => fact.recorded_at,
        "changed_position" => fact.position,
    });
    set
}

fn change(fact: &Recorded<Fact>, rows: &mut Rows, set: Values) {
    rows.patch(&HACKATHONS, [cell(fact.stream.id())], touched(fact, set));
}

row! {
    /// A hackathon. Times in microseconds; see [`instant`].
    #[derive(Clone, Debug, PartialEq)]
    pub struct HackathonRow {
        /// Its hub.
        pub journal: String,
        /// Its id.
        pub id: String,
        /// The event it belongs to.
        pub event: String,
        /// The smallest team the rules want.
        pub team_min: i64,
        /// The largest team there may be.
        pub team_max: i64,
        /// How long the clock is to run.
        pub duration_s: i64,
        /// A [`Phase`].
        pub phase: String,
        /// When the clock started.
        pub started_at: Option<i64>,
        /// Since when it stands still.
        pub paused_at: Option<i64>,
        /// How long it has stood still before.
        pub paused_ms: i64,
        /// What everybody was given on top.
        pub extended_s: i64,
        /// When submissions freeze, as things stand.
        pub freezes_at: Option<i64>,
        /// Teams too small at the lock.
        pub under_sized: Option<i64>,
        /// People in no team at the lock.
        pub unplaced: Option<i64>,
        /// Why it was called off.
        pub cancelled_reason: Option<String>,
        /// The stream's version.
        pub version: i64,
        /// When it was planned.
        pub created_at: i64,
        /// The journal's position of that.
        pub created_position: i64,
        /// When it last changed.
        pub changed_at: i64,
        /// The journal's position of that change.
        pub changed_position: i64,
    }
}

row! {
    /// More time, for everybody or one team.
    #[derive(Clone, Debug, PartialEq)]
    pub struct ExtensionRow {
        /// The hackathon.
        pub hackathon: String,
        /// The stream's version: their order.
        pub version: i64,
        /// How much.
        pub by_s: i64,
        /// For which team; everybody when none.
        pub team: Option<String>,
        /// Why.
        pub reason: Option<String>,
        /// When it was given.
        pub created_at: i64,
    }
}

impl HackathonRow {
    /// Where it stands.
    pub fn phase(&self) -> Phase {
        self.phase.parse().unwrap_or_default()
    }

    /// The clock, once started, with the extensions of single teams among these.
    pub fn clock(&self, extensions: &[ExtensionRow]) -> Option<Clock> {
        let mut extended_for_s: BTreeMap<TeamId, i64> = BTreeMap::new();
        for extension in extensions.iter().filter(|one| one.hackathon == self.id) {
            let team = extension.team.as_deref().and_then(|team| TeamId::parse(team).ok());
            if let Some(team) = team {
                *extended_for_s.entry(team).or_default() += extension.by_s;
            }
        }
        Some(Clock {
            started_at: instant(self.started_at?),
            duration_s: u32::try_from(self.duration_s).unwrap_or(u32::MAX),
            paused_ms: self.paused_ms,
            paused_at: self.paused_at.map(instant),
            extended_s: self.extended_s,
            extended_for_s,
        })
    }

    /// When time is over for everybody; `None` before the start. See [`Clock::deadline`].
    pub fn deadline(&self) -> Option<DateTime<Utc>> {
        self.clock(&[]).map(|clock| clock.deadline())
    }
}

macro_rules! hackathons {
    ($tail:literal) => {
        concat!(
            "SELECT journal, id, event, team_min, team_max, duration_s, phase, started_at,
               paused_at, paused_ms, extended_s, freezes_at, under_sized, unplaced,
               cancelled_reason, version, created_at, created_position, changed_at,
               changed_position
             FROM hackathon_hackathon ",
            $tail
        )
    };
}

/// One hackathon.
///
/// # Errors
/// When the database is out of reach.
pub async fn hackathon(db: &Db, id: &str) -> Result<Option<HackathonRow>> {
    db.opt(hackathons!("WHERE id = $1"), args![id]).await
}

/// These hackathons, in no particular order.
///
/// # Errors
/// As [`hackathon`].
pub async fn hackathons_by_id(db: &Db, ids: &[String]) -> Result<Vec<HackathonRow>> {
    // Each database unfolds a JSON list in its own way.
    let sql = Sql::pair(
        hackathons!("WHERE id IN (SELECT value FROM json_each($1))"),
        hackathons!("WHERE id IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))"),
    );
    db.all(sql, vec![json_list(ids)]).await
}

/// The hackathons of these events, the oldest first.
///
/// # Errors
/// As [`hackathon`].
pub async fn hackathons_of_events(db: &Db, events: &[String]) -> Result<Vec<HackathonRow>> {
    let sql = Sql::pair(
        hackathons!(
            "WHERE event IN (SELECT value FROM json_each($1)) ORDER BY created_position, id"
        ),
        hackathons!(
            "WHERE event IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))
             ORDER BY created_position, id"
        ),
    );
    db.all(sql, vec![json_list(events)]).await
}

/// A hub's hackathons, the newest first.
pub const OF_HUB: Keyset = keyset!(desc hackathons!("WHERE journal = $1"), "created_position");
/// How many there are.
pub const OF_HUB_COUNT: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM hackathon_hackathon WHERE journal = $1";

/// The extensions of these hackathons, in the order in which they were given.
///
/// # Errors
/// As [`hackathon`].
pub async fn extensions_of(db: &Db, hackathons: &[String]) -> Result<Vec<ExtensionRow>> {
    let sql = Sql::pair(
        "SELECT hackathon, version, by_s, team, reason, created_at FROM hackathon_extension
         WHERE hackathon IN (SELECT value FROM json_each($1))
         ORDER BY hackathon, version",
        "SELECT hackathon, version, by_s, team, reason, created_at FROM hackathon_extension
         WHERE hackathon IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))
         ORDER BY hackathon, version",
    );
    db.all(sql, vec![json_list(hackathons)]).await
}
