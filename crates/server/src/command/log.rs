//! `convoke log`: what happened, as people read it or as JSON, up to now or as it happens.

use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::Args;
use convoke::app::App;
use convoke::app::entry::JournalEntry;
use convoke::text::Locale;
use kernel::Recorded;
use serde_json::json;

use super::hub;
use crate::cli::StoreFlags;
use crate::config::Config;
use crate::console::say;
use crate::wire;

/// Facts read at once.
const PAGE: i64 = 500;
/// How often a journal is asked for more.
const LOOK_EVERY: Duration = Duration::from_millis(300);

/// What to show.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  convoke log                                      the newest entries of every journal
  convoke log --hub westminster --follow
  convoke log --hub seoul --tag event_01kb2…       all about one event
  convoke log --json --last 1000 | jq .kind

Entries never hold names or addresses; `convoke export` writes the facts themselves.")]
pub(crate) struct Log {
    #[command(flatten)]
    pub(crate) store: StoreFlags,
    /// One hub, by slug or id, or `network`; all when none is named.
    #[arg(long, value_name = "SLUG")]
    hub: Option<String>,
    /// Only what is about this thing: its id.
    #[arg(long, value_name = "ID")]
    tag: Option<String>,
    /// How many of the newest entries.
    #[arg(long, value_name = "N", default_value_t = 50)]
    last: u16,
    /// Go on showing entries as they come.
    #[arg(long, short)]
    follow: bool,
    /// A JSON object a line.
    #[arg(long)]
    json: bool,
}

impl Log {
    /// Shows it.
    pub(crate) async fn run(&self, config: &Config) -> Result<()> {
        let app = wire::visit(config).await?;
        let journals = hub::journals(&app, self.hub.as_deref()).await?;
        let mut seen = Vec::new();
        let mut facts = Vec::new();
        for (journal, name) in &journals {
            let newest = self.newest(&app, journal).await.context("could not read the journal")?;
            let end = app.journal().position(journal).await.context("could not read the head")?;
            seen.push(end);
            facts.extend(newest.into_iter().map(|fact| (name.clone(), fact)));
        }
        facts.sort_by_key(|(_, fact)| (fact.recorded_at, fact.position));
        let surplus = facts.len().saturating_sub(usize::from(self.last));
        for (name, fact) in facts.split_off(surplus) {
            self.show(&name, fact)?;
        }
        if self.follow {
            self.go_on(&app, &journals, seen).await?;
        }
        app.journal().close().await;
        Ok(())
    }

    async fn newest(&self, app: &App, journal: &str) -> journal::Result<Vec<Recorded<String>>> {
        let limit = i64::from(self.last);
        match &self.tag {
            Some(tag) => app.journal().tagged(journal, tag, None, limit).await,
            None => app.journal().newest(journal, None, limit).await,
        }
    }

    /// Asks again and again: another process appends, and tells only those who serve.
    async fn go_on(
        &self,
        app: &App,
        journals: &[(String, String)],
        mut seen: Vec<i64>,
    ) -> Result<()> {
        loop {
            for ((journal, name), seen) in journals.iter().zip(&mut seen) {
                let facts = app.journal().after(journal, *seen, PAGE).await;
                for fact in facts.context("could not read the journal")? {
                    *seen = fact.position;
                    if self.tag.as_deref().is_none_or(|tag| is_about(&fact, tag)) {
                        self.show(name, fact)?;
                    }
                }
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK_EVERY) => {}
                _ = tokio::signal::ctrl_c() => return Ok(()),
            }
        }
    }

    fn show(&self, name: &str, fact: Recorded<String>) -> Result<()> {
        let entry = JournalEntry::new(Locale::En, fact);
        let fact = entry.fact();
        if self.json {
            let line = json!({
                "journal": fact.journal,
                "hub": name,
                "position": fact.position,
                "kind": fact.kind,
                "recordedAt": fact.recorded_at,
                "occurredAt": fact.happened_at(),
                "actor": fact.actor,
                "about": fact.stream.id(),
                "version": fact.version,
                "commandId": fact.command_id,
                "causedBy": fact.caused_by,
                "summary": entry.sentence(),
            });
            say(line)?;
        } else {
            let at = fact.recorded_at.format("%Y-%m-%d %H:%M:%S");
            let (position, about, says) = (fact.position, fact.stream.id(), entry.sentence());
            say(format!("{at}  {name:<14} {position:>6}  {says}  ({about}, by {})", fact.actor))?;
        }
        Ok(())
    }
}

/// A fact read live is not read by its tags; its ids stand in its stream and in its payload.
fn is_about(fact: &Recorded<String>, tag: &str) -> bool {
    fact.stream.id() == tag || fact.fact.contains(tag)
}
