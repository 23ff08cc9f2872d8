//! `convoke verify` and `convoke rebuild`: the journal is whole, and the views say what it says.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::Args;
use convoke::app::App;
use journal::Use;

use super::hub;
use crate::cli::StoreFlags;
use crate::config::Config;
use crate::console::{Progress, counted, say, warn};
use crate::usage::Told;
use crate::wire;
use crate::world::Machine;

/// Which journals to walk.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  convoke verify
  convoke verify --hub westminster

Every fact carries a hash over itself and the fact before. Note the head somewhere else, and nobody
can change the past unseen. Exits 1 when a journal is not as it was written.")]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) store: StoreFlags,
    /// One hub, by slug or id, or `network`; all when none is named.
    #[arg(long, value_name = "SLUG")]
    hub: Option<String>,
}

/// Which views to build.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  convoke rebuild
  convoke rebuild --hub westminster

Readers see the old rows until the new ones are complete; no letter is sent. With an unchanged program
no row differs; if one does, a projection was changed, and now all rows are as it says.")]
pub(crate) struct Rebuild {
    #[command(flatten)]
    pub(crate) store: StoreFlags,
    /// One hub, by slug or id, or `network`; all when none is named.
    #[arg(long, value_name = "SLUG")]
    hub: Option<String>,
}

impl Verify {
    /// Walks the journals.
    pub(crate) async fn run(&self, config: &Config) -> Result<()> {
        let app = wire::visit(config).await?;
        let (mut facts, mut wrong) = (0, 0);
        let journals = hub::journals(&app, self.hub.as_deref()).await?;
        for (journal, name) in &journals {
            let progress = Progress::new(format!("verify {name}"));
            let found = app
                .journal()
                .verify(journal, &|done, total| progress.at(done, total))
                .await
                .with_context(|| format!("could not walk the journal of {name}"))?;
            progress.done();
            facts += found.facts;
            match found.wrong {
                None => say(format!(
                    "{name}: {}, unbroken, head {}",
                    counted(found.facts, "fact"),
                    found.head
                ))?,
                Some((position, how)) => {
                    wrong += 1;
                    warn(format!("{name}: broken at position {position}: {how}"));
                }
            }
        }
        app.journal().close().await;
        let walked = counted(i64::try_from(journals.len()).unwrap_or(i64::MAX), "journal");
        if wrong > 0 {
            warn(format!(
                "{wrong} of {walked} broken. Do not write to this database; restore a backup, and compare."
            ));
            return Err(Told.into());
        }
        say(format!("{walked}, {}: all as written.", counted(facts, "fact")))?;
        Ok(())
    }
}

impl Rebuild {
    /// Builds the views anew.
    pub(crate) async fn run(&self, config: &Config) -> Result<()> {
        let app = open(config).await?;
        let mut sums = journal::Rebuilt::default();
        for (journal, name) in hub::journals(&app, self.hub.as_deref()).await? {
            let progress = Progress::new(format!("rebuild {name}"));
            let built = app
                .journal()
                .rebuild(&journal, &|done, total| progress.at(done, total))
                .await
                .with_context(|| format!("could not rebuild the views of {name}"))?;
            progress.done();
            say(line(&name, &built))?;
            sums.facts += built.facts;
            sums.rows += built.rows;
            sums.changed += built.changed;
        }
        app.journal().close().await;
        say(line("all", &sums))?;
        Ok(())
    }
}

fn line(name: &str, built: &journal::Rebuilt) -> String {
    format!(
        "{name}: {} replayed, {}, {} changed",
        counted(built.facts, "fact"),
        counted(built.rows, "row"),
        counted(built.changed, "row")
    )
}

/// As the one process when nobody serves, because views of another version are then brought up to
/// date on the way; beside a server otherwise.
async fn open(config: &Config) -> Result<App> {
    match wire::journal(config, Use::Serve, Arc::new(Machine::default())).await {
        Ok(journal) => {
            let app_settings = wire::visit_settings(config, &journal).await?;
            Ok(App::new(journal, app_settings))
        }
        Err(journal::Error::InUse { .. }) => wire::visit(config).await,
        Err(fault) => Err(wire::explain(config, fault)),
    }
}
