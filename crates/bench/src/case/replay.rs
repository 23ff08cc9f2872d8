//! Reading all facts in order, and making all views anew, beside a raw scan of the same table.
//!
//! Ours opens what is sealed (each registration holds a name and an address under a key of its
//! own), and a rebuild fills every table of every view and compares each row with what was there.
//! The twin reads the same rows, parses each payload, and in a rebuild keeps one row a command.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use rusqlite::Connection;
use sqlx::PgConnection;

use super::Outcome;
use crate::drive::Sample;
use crate::pair::{Setting, Side, duel};
use crate::place::{Home, Kind, Place, bare};
use crate::raw;
use crate::town::Town;

/// The twin of a replay.
pub(super) const SCAN: &str = "raw ordered scan of the same table, each payload parsed as JSON";
/// The twin of a rebuild.
pub(super) const REBUILD: &str =
    "raw ordered scan, each payload parsed, a row a command upserted, one transaction";

/// Events, and registrations at each.
const EVENTS: i64 = 400;
const REGISTRATIONS: usize = 25;
/// Facts read at once by ours.
const PAGE: i64 = 2_000;

struct Ours {
    town: Town,
    rebuilds: bool,
}

impl Side for Ours {
    /// One pass, however long it takes.
    async fn run(&mut self, _: Duration) -> Result<Sample> {
        let (journal, hub) = (self.town.app.journal(), self.town.journal());
        let begun = Instant::now();
        let mut done = 0;
        if self.rebuilds {
            let rebuilt = journal.rebuild(&hub, &|_, _| ()).await?;
            anyhow::ensure!(rebuilt.changed == 0, "a rebuild changed {} rows", rebuilt.changed);
            done = rebuilt.facts;
        } else {
            loop {
                let facts = journal.after(&hub, done, PAGE).await?;
                let Some(last) = facts.last() else { break };
                done = last.position;
                std::hint::black_box(&facts);
            }
        }
        Ok(sample(u64::try_from(done)?, begun))
    }
}

fn sample(done: u64, begun: Instant) -> Sample {
    Sample { done, took: begun.elapsed(), ..Sample::default() }
}

/// The twin's connections: one reads, one writes.
enum Lines {
    Lite(Option<(Connection, Connection)>),
    Postgres(Box<(PgConnection, PgConnection)>),
}

struct Raw {
    lines: Lines,
    hub: String,
    rebuilds: bool,
}

impl Side for Raw {
    async fn run(&mut self, _: Duration) -> Result<Sample> {
        let (hub, rebuilds) = (self.hub.clone(), self.rebuilds);
        let begun = Instant::now();
        let done = match &mut self.lines {
            Lines::Lite(lines) => {
                let (from, into) = lines.take().context("a scan has failed before")?;
                let task = tokio::task::spawn_blocking(move || {
                    let done = if rebuilds {
                        raw::sqlite::rebuild(&from, &into, &hub)
                    } else {
                        raw::sqlite::scan(&from, &hub)
                    };
                    ((from, into), done)
                });
                let (back, done) = task.await?;
                *lines = Some(back);
                done?
            }
            Lines::Postgres(lines) => {
                let (from, into) = &mut **lines;
                if rebuilds {
                    raw::postgres::rebuild(from, into, &hub).await?
                } else {
                    raw::postgres::scan(from, &hub).await?
                }
            }
        };
        Ok(sample(done, begun))
    }
}

async fn lines(town: &Town, of_twin: &Home) -> Result<Lines> {
    Ok(match (town.home(), of_twin) {
        (Home::Sqlite(from), Home::Sqlite(into)) => {
            let open = |path: &Path| raw::sqlite::open(path);
            Lines::Lite(Some((open(from)?, open(into)?)))
        }
        (Home::Postgres(from), Home::Postgres(into)) => {
            let (from, into) = (bare(from.url()), bare(into.url()));
            let pair = (raw::postgres::open(&from).await?, raw::postgres::open(&into).await?);
            Lines::Postgres(Box::new(pair))
        }
        _ => anyhow::bail!("the twin is on another kind of database"),
    })
}

/// Runs the case.
pub(super) async fn run(
    place: &mut Place,
    setting: &Setting,
    kind: Kind,
    rebuilds: bool,
) -> Result<Outcome> {
    let (home, of_twin) = (place.home(kind).await?, place.home(kind).await?);
    let town = Town::open(home, EVENTS, REGISTRATIONS).await?;
    let hub = town.journal();
    let payload = town.app.journal().after(&hub, 0, i64::MAX).await?;
    let bytes: usize = payload.iter().map(|fact| fact.fact.len()).sum();
    let payload = bytes / payload.len().max(1);
    let mut raw = Raw { lines: lines(&town, &of_twin).await?, hub, rebuilds };
    let mut ours = Ours { town, rebuilds };
    let pairs = duel(setting, &place.fsyncs(kind), &mut raw, &mut ours).await?;
    drop(raw);
    ours.town.leave().await?;
    of_twin.leave().await?;
    let floor = match (rebuilds, kind) {
        (false, _) => None,
        (true, Kind::Sqlite) => Some(0.3),
        (true, Kind::Postgres) => Some(0.4),
    };
    Ok(Outcome {
        name: String::new(),
        pairs,
        floor,
        fsync_floor: None,
        facts_each: 0.0,
        unit: "facts/s",
        durability: kind.durability(),
        writers: 1,
        payload,
        twin: if rebuilds { REBUILD } else { SCAN },
    })
}
