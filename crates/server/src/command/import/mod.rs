//! `convoke import`: rows of a file become commands, in order and many at once.
//!
//! Good rows go in; each bad row is named with its number and the reason. Every id follows from the
//! row, so the same file twice changes nothing: the second time each row is already there.

mod calendar;
mod events;
mod stakeholders;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use convoke::app::{App, Command};
use futures_util::{StreamExt as _, stream};
use journal::Outcome;
use kernel::{DynAct, HubId};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::hub::{self, Named};
use crate::cli::StoreFlags;
use crate::config::Config;
use crate::console::{Progress, counted, say, warn};
use crate::usage::{Told, Usage};
use crate::wire;

/// Commands under way at once: enough to fill a batch while the one before is committed.
const UNDER_WAY_MAX: usize = 1_024;

/// What to bring in.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  convoke import events public-events.jsonl --hub westminster
  convoke import stakeholders organisations.csv --hub westminster --dry-run
  convoke import calendar agenda.ics --hub the-hague --issue cold-homes
  convoke import events events.jsonl --hub seoul 2> refused.txt

The same file twice changes nothing. Refused rows are named on standard error with number and reason.
Exits 1 when a row was refused.")]
pub(crate) struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Public events, a JSON object a line: name, url, startDate, endDate, city, country, online, locales, topic.
    Events(Asked),
    /// Organisations, as CSV with a header: name, kind; website, city, region, country, tags, email, locale, about.
    Stakeholders(Asked),
    /// A calendar (.ics): its events become proposals, which a curator accepts one by one.
    Calendar(AskedCalendar),
}

/// A calendar, and what it is for.
#[derive(Debug, Args)]
struct AskedCalendar {
    #[command(flatten)]
    asked: Asked,
    /// The issue its events serve, by slug or id; else each answers the need the calendar's name tells.
    #[arg(long, value_name = "SLUG")]
    issue: Option<String>,
    /// Propose events that are over as well.
    #[arg(long)]
    past: bool,
}

impl What {
    fn asked(&self) -> &Asked {
        match self {
            Self::Events(asked) | Self::Stakeholders(asked) => asked,
            Self::Calendar(calendar) => &calendar.asked,
        }
    }
}

/// Where from, and where to.
#[derive(Debug, Args)]
struct Asked {
    #[command(flatten)]
    store: StoreFlags,
    /// The file.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The hub, by slug or id.
    #[arg(long, value_name = "SLUG")]
    hub: String,
    /// Decide every row, and record nothing.
    #[arg(long)]
    dry_run: bool,
}

impl Import {
    /// Where the data is.
    pub(crate) fn store(&self) -> &StoreFlags {
        &self.what.asked().store
    }

    /// Brings it in.
    pub(crate) async fn run(&self, config: &Config) -> Result<()> {
        let asked = self.what.asked();
        let bytes = read(&asked.file)?;
        let app = wire::visit(config).await?;
        let hub = hub::find(&app, &asked.hub).await?;
        let (what, rows) = match &self.what {
            What::Events(_) => ("event", events::rows(&bytes, &hub)?),
            What::Stakeholders(_) => ("stakeholder", stakeholders::rows(&app, &bytes, &hub).await?),
            What::Calendar(calendar) => {
                ("event", calendar::rows(&app, bytes, &hub, calendar).await?)
            }
        };
        let total = rows.len();
        let unit = if matches!(self.what, What::Calendar(_)) { "component" } else { "row" };
        let sum = submit(&app, &hub, rows, unit, asked.dry_run).await?;
        app.journal().close().await;
        say(sum.line(what, unit, total, asked.dry_run))?;
        if sum.refused > 0 { Err(Told.into()) } else { Ok(()) }
    }
}

fn read(file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file)
        .map_err(|fault| Usage::new(format!("could not read {}: {fault}", file.display())).into())
}

/// A row of the file, on its way.
struct Row {
    /// What people call its number.
    number: usize,
    /// What it is called, as far as it could be read.
    name: String,
    /// The command with its id, or why there is none.
    act: Result<(Uuid, Box<dyn DynAct>), String>,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Sum {
    fresh: usize,
    known: usize,
    refused: usize,
}

impl Sum {
    fn line(&self, what: &str, unit: &str, total: usize, dry_run: bool) -> String {
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let fresh = counted(number(self.fresh), what);
        let would = if dry_run { "would be imported" } else { "imported" };
        format!(
            "{fresh} {would}, {} there already, {} refused, of {}.",
            crate::console::grouped(number(self.known)),
            crate::console::grouped(number(self.refused)),
            counted(number(total), unit)
        )
    }
}

enum Came {
    Fresh,
    Known,
    Refused(String),
}

/// Gives every row's command, in order, without waiting for the one before.
async fn submit(app: &App, hub: &Named, rows: Vec<Row>, unit: &str, dry_run: bool) -> Result<Sum> {
    let progress = Progress::new("import");
    let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let mut sum = Sum::default();
    let mut answers = stream::iter(rows)
        .map(|Row { number, name, act }| async move {
            let came = match act {
                Err(reason) => Ok(Came::Refused(reason)),
                Ok((id, act)) => give(app, hub.id, id, act, dry_run).await,
            };
            (number, name, came)
        })
        .buffered(UNDER_WAY_MAX);
    let mut done = 0;
    while let Some((number, name, came)) = answers.next().await {
        match came.with_context(|| format!("{unit} {number} could not be given"))? {
            Came::Fresh => sum.fresh += 1,
            Came::Known => sum.known += 1,
            Came::Refused(reason) => {
                sum.refused += 1;
                warn(format!("{unit} {number} “{name}”: {reason}"));
            }
        }
        done += 1;
        progress.at(done, total);
    }
    progress.done();
    Ok(sum)
}

async fn give(
    app: &App,
    hub: HubId,
    id: Uuid,
    act: Box<dyn DynAct>,
    dry_run: bool,
) -> Result<Came> {
    let command = Command { id: Some(id), dry_run, ..Command::default() };
    let answer = app.act_as_system("import", Some(hub), act, command).await?;
    Ok(match answer.outcome {
        Outcome::Rejected(refusal) => Came::Refused(refusal.says),
        // A dry run writes nothing either way, so only a real one can tell.
        Outcome::Accepted(receipt) if answer.replayed || (!receipt.changed && !dry_run) => {
            Came::Known
        }
        Outcome::Accepted(_receipt) => Came::Fresh,
    })
}

/// What identifies a row for ever, in hexadecimal: the hub, the kind of row, and parts of it.
fn key(hub: &Named, kind: &str, parts: &[&str]) -> String {
    let text = json!([hub.row.id, kind, parts]).to_string();
    journal::hex(&Sha256::digest(text))
}

/// An id that follows from a key, and from what it is for (RFC 9562 §5.8, version 8).
fn derived(key: &str, purpose: &str) -> Uuid {
    let digest = Sha256::digest(format!("{purpose} {key}"));
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_follows_from_the_row_and_its_purpose() {
        assert_eq!(derived("a", "command"), derived("a", "command"));
        assert_ne!(derived("a", "command"), derived("a", "event"));
        assert_ne!(derived("a", "command"), derived("b", "command"));
        assert_eq!(derived("a", "command").get_version_num(), 8);
    }

    #[test]
    fn the_sum_counts_every_row() {
        let sum = Sum { fresh: 4_700, known: 1, refused: 2 };
        assert_eq!(
            sum.line("event", "row", 4_703, false),
            "4,700 events imported, 1 there already, 2 refused, of 4,703 rows."
        );
    }
}
