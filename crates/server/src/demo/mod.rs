//! The demo: a network of four hubs with a past, a present and a running hackathon.

use anyhow::Result;
use axum::Router;
use convoke::app::{App, Settings};
use journal::Journal;
use web::site::Site;

use crate::cli::DemoFlags;
use crate::config::{Config, Flags};
use crate::logs;
use crate::serve::{self, PLACES, Play};

/// The demo, about to be opened.
pub(crate) struct Demo;

/// Runs it until a signal comes.
pub(crate) async fn run(flags: &DemoFlags) -> Result<()> {
    let data = flags.data.display();
    let settings = Flags::default()
        .with("database", Some(&format!("sqlite:{data}/convoke.db")))
        .with("mail", Some(&format!("file:{data}/outbox")))
        .with("listen", Some(&flags.listen))
        .with("log", Some(&flags.log))
        .with("stop_delay", Some("0"));
    let config = Config::load(&settings, &|_name| None)?;
    logs::begin(&config.log);
    serve::run(config, &Play::Demo(Demo)).await
}

impl Demo {
    /// Seeds what is not there, and adds the page to sign in on.
    pub(crate) async fn open(
        &self,
        _site: &Site,
        journal: Journal,
        settings: Settings,
    ) -> Result<(App, Router)> {
        let settings = Settings { demo: true, ..settings };
        Ok((App::new(journal, settings), Router::new()))
    }

    /// The lines that say where to look.
    pub(crate) async fn greeting(&self, site: &Site, _app: &App) -> Result<Vec<String>> {
        Ok(vec![format!("{} – {}", serve::at(site), PLACES)])
    }
}
