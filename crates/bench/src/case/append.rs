//! Appends by 1, 8 and 32 writers over 4,000 streams, beside rows written as they come.
//!
//! Ours decides, numbers, hashes, and stores the command with its outcome, the fact and a tag; the
//! twin writes a row of the same payload. On SQLite the twin's one writer takes whatever waits into
//! one transaction, which is the most the database can do (with one writer that is a row a
//! transaction); on PostgreSQL each writer has a connection of its own and a transaction a row.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, bail};
use journal::{Journal, Options, Order};
use kernel::{Actor, World as _};

use super::Outcome;
use crate::drive::{Sample, drive};
use crate::note::{Notes, PutDown, payload, text};
use crate::pair::{Setting, Side, duel};
use crate::place::{Home, Kind, Place, bare};
use crate::raw::postgres::Lines;
use crate::raw::{self, Queue, Rows};
use crate::world::Machine;

/// Streams that are written to in turn.
const STREAMS: u64 = 4_000;
const JOURNAL: &str = "bench";

/// What the twin is.
pub(super) fn twin(kind: Kind, writers: usize) -> &'static str {
    match (kind, writers) {
        (Kind::Sqlite, 1) => "raw SQLite, a transaction a command",
        (Kind::Sqlite, _) => "raw SQLite, one thread that commits its queue at once",
        (Kind::Postgres, _) => "raw PostgreSQL, prepared inserts, a connection a writer",
    }
}

fn stream(writers: usize, writer: usize, turn: u64) -> String {
    format!("{:04}", (turn * writers as u64 + writer as u64) % STREAMS)
}

struct Ours {
    journal: Journal,
    writers: usize,
    facts: u64,
}

impl Side for Ours {
    async fn run(&mut self, time: Duration) -> Result<Sample> {
        let (journal, writers, facts) = (self.journal.clone(), self.writers, self.facts);
        drive(writers, time, move |writer, turn| {
            let journal = journal.clone();
            async move {
                let notebook = stream(writers, writer, turn);
                let act = PutDown { notebook, times: facts, text: text() };
                let order =
                    Order::new(Box::new(act), Actor::visitor(), Machine.uuid(), Machine.now());
                match journal.submit(JOURNAL, order).await?.receipt() {
                    Some(_) => Ok(()),
                    None => bail!("a note was refused"),
                }
            }
        })
        .await
    }
}

/// The twin of either database.
enum Twin {
    Lite(Queue),
    Lines(Lines),
}

struct Raw {
    twin: Arc<Twin>,
    rows: Arc<Rows>,
    writers: usize,
    facts: u64,
}

impl Side for Raw {
    async fn run(&mut self, time: Duration) -> Result<Sample> {
        let (twin, rows) = (Arc::clone(&self.twin), Arc::clone(&self.rows));
        let (writers, facts) = (self.writers, self.facts);
        drive(writers, time, move |writer, turn| {
            let (twin, rows) = (Arc::clone(&twin), Arc::clone(&rows));
            async move {
                let rows = rows.make(&stream(writers, writer, turn), facts);
                match &*twin {
                    Twin::Lite(queue) => queue.give(rows).await,
                    Twin::Lines(lines) => lines.give(writer, rows).await,
                }
            }
        })
        .await
    }
}

/// Runs the case.
pub(super) async fn run(
    place: &mut Place,
    setting: &Setting,
    kind: Kind,
    writers: usize,
    facts: u64,
) -> Result<Outcome> {
    let (home, of_twin) = (place.home(kind).await?, place.home(kind).await?);
    let journal =
        Journal::open(Options::serve(home.url()), Arc::new(Notes), Arc::new(Machine)).await?;
    let twin_side = match &of_twin {
        Home::Sqlite(path) => Twin::Lite(raw::sqlite::writer(path)?),
        Home::Postgres(database) => {
            let url = bare(database.url());
            raw::postgres::prepare(&url).await?;
            Twin::Lines(Lines::open(&url, writers).await?)
        }
    };
    let payload = payload(1);
    let mut raw =
        Raw { twin: Arc::new(twin_side), rows: Arc::new(Rows::of(&payload)), writers, facts };
    let mut ours = Ours { journal: journal.clone(), writers, facts };
    let pairs = duel(setting, &place.fsyncs(kind), &mut raw, &mut ours).await?;
    drop(raw);
    journal.close().await;
    home.leave().await?;
    of_twin.leave().await?;
    let floor = match (kind, writers, facts) {
        (Kind::Sqlite, 1, 1) => Some(0.75),
        (Kind::Sqlite, 32, 1) => Some(0.35),
        (Kind::Postgres, 32, 1) => Some(0.6),
        (Kind::Sqlite, 8, 10) => Some(0.4),
        _ => None,
    };
    Ok(Outcome {
        name: String::new(),
        pairs,
        floor,
        fsync_floor: (writers == 32).then_some(12.0),
        facts_each: facts as f64,
        unit: "commands/s",
        durability: kind.durability(),
        writers,
        payload: payload.len(),
        twin: twin(kind, writers),
    })
}
