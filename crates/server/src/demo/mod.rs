//! The demo: a network of four hubs with a past, a present and a running hackathon.
//!
//! It has a database of its own, seeded at its first start by real commands. The story is data
//! (`westminster`, `istanbul`, `the_hague`, `seoul`); `script` makes commands of it, `tell` gives
//! them on a clock that stands where the story stands (`stage`), `page` is where one signs in.

mod istanbul;
mod page;
mod script;
mod script_event;
mod script_hackathon;
mod seoul;
mod stage;
mod story;
mod tell;
mod the_hague;
mod the_hague_hackathon;
mod westminster;

use std::fs::{self, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow};
use axum::Router;
use convoke::app::{App, Settings};
use journal::{Journal, NETWORK};
use tokio_util::sync::CancellationToken;
use web::site::Site;

use crate::cli::DemoFlags;
use crate::config::{Config, Flags};
use crate::logs;
use crate::serve::{self, Play};
use stage::Stage;

/// Its database, within its folder.
const DATABASE: &str = "convoke.db";
/// Its letters, within its folder.
const OUTBOX: &str = "outbox";

/// The demo, about to be opened.
pub(crate) struct Demo {
    pub(crate) stage: Arc<Stage>,
    data: PathBuf,
}

/// Runs it until a signal comes.
///
/// # Errors
/// As [`serve::run`].
pub(crate) async fn run(flags: &DemoFlags) -> Result<()> {
    if flags.fresh {
        sweep(&flags.data)?;
    }
    let data = flags.data.display();
    let settings = Flags::default()
        .with("database", Some(&format!("sqlite:{data}/{DATABASE}")))
        .with("mail", Some(&format!("file:{data}/{OUTBOX}")))
        .with("mail_from", Some("Convoke demo <convoke@example.org>"))
        .with("listen", Some(&flags.listen))
        .with("log", Some(&flags.log))
        .with("stop_delay", Some("0"));
    // Nothing of the machine's own configuration: a demo is the same everywhere.
    let config = Config::load(&settings, &|_name| None)?;
    logs::begin(&config.log);
    let demo = Demo { stage: Arc::new(Stage::default()), data: flags.data.clone() };
    serve::run(config, &Play::Demo(demo)).await
}

/// Takes away what an earlier demo has left in its folder, and nothing else.
fn sweep(data: &Path) -> Result<()> {
    let lock = data.join(format!("{DATABASE}.lock"));
    if let Ok(file) = OpenOptions::new().write(true).open(&lock)
        && matches!(file.try_lock(), Err(TryLockError::WouldBlock))
    {
        return Err(anyhow!("a demo is running from {}; stop it first", data.display()));
    }
    let Ok(entries) = fs::read_dir(data) else { return Ok(()) };
    let outbox = fs::read_dir(data.join(OUTBOX)).into_iter().flatten().flatten();
    let letters = outbox.filter(|entry| entry.path().extension().is_some_and(|end| end == "eml"));
    let files = entries.flatten().filter(|entry| {
        entry.file_name().to_string_lossy().starts_with(DATABASE) && entry.path().is_file()
    });
    for entry in files.chain(letters) {
        let path = entry.path();
        fs::remove_file(&path)
            .with_context(|| format!("could not take {} away", path.display()))?;
    }
    Ok(())
}

impl Demo {
    /// Seeds what is not there, and adds the page to sign in on.
    pub(crate) async fn open(
        &self,
        site: &Site,
        journal: Journal,
        settings: Settings,
        stop: &CancellationToken,
    ) -> Result<(App, Router)> {
        let mailbox = Some(self.data.join(OUTBOX));
        // Answers can be tried by hand: save a letter's answer, and `convoke ingest-mail` it.
        let inbound_domain = Some(settings.uid_domain.clone());
        let settings = Settings { demo: true, mailbox, inbound_domain, ..settings };
        let app = App::new(journal, settings);
        if app.is_fresh().await? {
            for refused in tell::tell(&app, &self.stage).await? {
                tracing::warn!(refused, "a step of the demo's story was refused");
            }
        }
        let address = site.clone();
        let pages = convoke::site::Site { app: app.clone(), address, stop: stop.clone() };
        Ok((app, page::routes(pages)))
    }

    /// The lines that say where to look.
    pub(crate) async fn greeting(&self, site: &Site, app: &App) -> Result<Vec<String>> {
        let url = site.origin();
        let calendar = format!("webcal://{}/feeds/hub/westminster.ics", site.host());
        let token = page::admin_token(app).await?;
        let query =
            r#"{"query":"{ hubs { nodes { slug issues(first: 2) { nodes { title } } } } }"}"#;
        let mut lines = vec![
            format!("{} – four hubs full of life; stop it with Ctrl-C", serve::at(site)),
            format!("  Sign in as anybody    {url}/demo"),
            format!("  A hub                 {url}/h/westminster"),
            format!("  A running hackathon   {url}/h/the-hague/hackathons"),
            format!("  The mailbox           {url}/dev/mail"),
            format!("  A calendar            {calendar}"),
            format!("  The API, explored     {url}/graphql"),
            format!("  An admin's token      {token}"),
            format!(
                "  Try                   curl -H 'Content-Type: application/json' -H 'Authorization: Bearer {token}' -d '{query}' {url}/graphql"
            ),
        ];
        if let Some(days) = self.age(app).await? {
            lines.push(format!(
                "  This demo was seeded {days} days ago; convoke demo --fresh begins again with dates around today."
            ));
        }
        Ok(lines)
    }

    /// How many days ago it was seeded, if its clock must have run out since.
    async fn age(&self, app: &App) -> Result<Option<i64>> {
        let admin = app.journal().after(NETWORK, 0, 10_000).await?;
        let tokens = admin.iter().filter(|fact| fact.kind == "TokenIssued");
        let days = tokens.map(|fact| (app.now() - fact.recorded_at).num_days()).max();
        Ok(days.filter(|days| *days >= 2))
    }
}
