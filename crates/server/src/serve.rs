//! Serving, from the first line on standard output to the last commit.
//!
//! The port is open before the database: a process whose PostgreSQL is away stays alive, says so
//! at `/readyz`, and serves when it comes. On SIGTERM it says “not ready” for a while, takes no new
//! connections, tells streams, finishes what it has begun, and closes the journal.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow};
use axum::Router;
use convoke::app::{App, Settings};
use journal::{Journal, Use};
use kernel::World;
use mail::Relay;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use web::dress::dress;
use web::serve::{Ended, Limits};
use web::site::Site;

use crate::config::Config;
use crate::console::say;
use crate::demo::Demo;
use crate::inbound;
use crate::signals::{Call, Signals};
use crate::status::Status;
use crate::usage::Usage;
use crate::wire;
use crate::world::Machine;

/// First pause before a database is tried again; it doubles.
const TRY_AGAIN_IN: Duration = Duration::from_millis(250);
/// How long workers may take to put down what they hold.
const WORKERS_WITHIN: Duration = Duration::from_secs(10);
/// Longest pause.
const TRY_AGAIN_MAX: Duration = Duration::from_secs(5);

/// What is served.
pub(crate) enum Play {
    /// The product, and nothing else.
    Plain,
    /// The demo: seeded, with more pages.
    Demo(Demo),
}

impl Play {
    /// The clock, and where ids come from.
    fn world(&self, config: &Config) -> Arc<dyn World> {
        match self {
            Self::Plain => Arc::new(Machine::ahead(config.ahead)),
            Self::Demo(demo) => demo.stage.clone(),
        }
    }

    /// Sets the product up on an open journal, and says what is served beside it.
    async fn open(
        &self,
        config: &Config,
        site: &Site,
        journal: Journal,
        stop: &CancellationToken,
    ) -> Result<(App, Router)> {
        let settings = wire::settings(config, site, journal.db()).await?;
        let dkim = wire::signer(config, &settings.uid_domain)?.map(Arc::new);
        let settings = Settings { dkim, ..settings };
        match self {
            Self::Plain => Ok((App::new(journal, settings), Router::new())),
            Self::Demo(demo) => demo.open(site, journal, settings, stop).await,
        }
    }

    /// The lines that say where to look; the first begins with the address.
    async fn greeting(&self, config: &Config, site: &Site, app: &App) -> Result<Vec<String>> {
        match self {
            Self::Plain => {
                let mut lines = vec![format!("{} – {}", at(site), PLACES)];
                if app.is_fresh().await? {
                    let command = token_command(config);
                    lines.push(format!("This database is new. To begin, make a token: {command}"));
                }
                Ok(lines)
            }
            Self::Demo(demo) => demo.greeting(site, app).await,
        }
    }
}

/// What is where.
pub(crate) const PLACES: &str =
    "pages at /, the API and its explorer at /graphql, readiness at /readyz";

/// The beginning of the first line; tests and scripts read the address from it.
pub(crate) fn at(site: &Site) -> String {
    format!("Convoke is at {}", site.origin())
}

fn token_command(config: &Config) -> String {
    let mut command = "convoke token --role network-admin".to_owned();
    let by_flag = config.given.iter().any(|(key, given)| {
        key.name == "database" && matches!(given.source, crate::config::Source::Flag(_))
    });
    if by_flag && let Some(path) = config.sqlite_path() {
        command.push_str(" --database sqlite:");
        command.push_str(&path.display().to_string());
    }
    command
}

/// Serves until a signal comes.
///
/// # Errors
/// When the port or the database cannot be had, with what to do.
pub(crate) async fn run(config: Config, play: &Play) -> Result<()> {
    let mut signals = Signals::listen()?;
    if !config.ahead.is_zero() {
        let seconds = config.ahead.num_seconds();
        tracing::warn!(seconds, "the clock is set ahead: this is a test");
    }
    let listener = bind(&config.listen).await?;
    let bound = listener.local_addr().context("could not read the listener's address")?;
    let site = config.site(bound)?;
    let status = Status::new(|early| dress(early, wire::layers(&site)));
    let stop = CancellationToken::new();
    let limits = Limits::default();
    let server = tokio::spawn(web::serve::serve(listener, status.router(), limits, stop.clone()));
    let opened = tokio::select! {
        opened = open(&config, play, &site, (&status, &stop)) => opened,
        _call = signals.next() => Ok(None),
    };
    let Some((app, more)) = opened.inspect_err(|_| stop.cancel())? else {
        stop.cancel();
        return ended(server).await;
    };
    status.serves(app.clone(), wire::router(&config, &app, &site, more, &stop));
    let rest = CancellationToken::new();
    let relay = Arc::new(relay(&config, &app)?);
    if let Some(address) = &config.metrics {
        crate::metrics::listen(address, (&app, &relay), &rest).await?;
    }
    let workers = tokio::spawn(convoke::work::run_all(app.clone(), relay, rest.clone()));
    let letterbox = inbound::listen(&config, &app, &stop).await?;
    for line in play.greeting(&config, &site, &app).await? {
        say(line)?;
    }
    for stray in crate::config::strays() {
        tracing::warn!(
            variable = stray,
            "an environment variable begins like ours and means nothing"
        );
    }
    let call = signals.next().await;
    status.drains();
    // Who stops by hand does not wait for a proxy to notice.
    if call == Call::Terminate {
        tokio::time::sleep(config.stop_delay).await;
    }
    stop.cancel();
    let ended = ended(server).await;
    if let Some(Err(fault)) = futures_util::future::OptionFuture::from(letterbox).await {
        tracing::error!(%fault, "the door for mail failed");
    }
    // Workers stop last: what the last requests caused is on its way when we leave.
    rest.cancel();
    match tokio::time::timeout(WORKERS_WITHIN, workers).await {
        Ok(Ok(())) => {}
        Ok(Err(fault)) => tracing::error!(%fault, "a worker failed"),
        // What they hold is leased, and will be taken up again.
        Err(_late) => tracing::warn!("workers outlasted the stop"),
    }
    app.journal().close().await;
    ended
}

/// The way letters leave: into the demo's mailbox, or as it is set.
fn relay(config: &Config, app: &App) -> Result<Relay> {
    let mailbox =
        app.settings().mailbox.as_ref().map(|folder| format!("file:{}", folder.display()));
    Relay::parse(&mailbox.unwrap_or_else(|| config.mail.clone()))
        .context("the mail relay cannot be used")
}

async fn ended(server: JoinHandle<Ended>) -> Result<()> {
    let ended = server.await.context("the accept loop failed")?;
    tracing::info!(connections_cut = ended.cut, "stopped");
    Ok(())
}

/// Opens the product; waits for a database that is away.
async fn open(
    config: &Config,
    play: &Play,
    site: &Site,
    (status, stop): (&Status, &CancellationToken),
) -> Result<Option<(App, Router)>> {
    let mut pause = TRY_AGAIN_IN;
    let journal = loop {
        match wire::journal(config, Use::Serve, play.world(config)).await {
            Ok(journal) => break journal,
            Err(fault) if fault.is_passing() && config.sqlite_path().is_none() => {
                let reason = chain(&fault);
                if pause == TRY_AGAIN_IN {
                    say(format!("{} – waiting for its database: {reason}", at(site)))?;
                }
                tracing::warn!(reason, "the database is away; trying again");
                status.waits(reason);
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(TRY_AGAIN_MAX);
            }
            Err(fault) => return Err(wire::explain(config, fault)),
        }
    };
    play.open(config, site, journal, stop).await.map(Some)
}

/// A fault with its causes in one line.
fn chain(fault: &dyn std::error::Error) -> String {
    let mut text = fault.to_string();
    let mut cause = fault.source();
    while let Some(fault) = cause {
        text.push_str(": ");
        text.push_str(&fault.to_string());
        cause = fault.source();
    }
    text
}

/// Opens the port, or says why not and what else to try.
async fn bind(listen: &str) -> Result<TcpListener> {
    TcpListener::bind(listen).await.map_err(|fault| {
        let port = listen.rsplit_once(':').and_then(|(_, port)| port.parse::<u16>().ok());
        match (fault.kind(), port) {
            (io::ErrorKind::AddrInUse, Some(port)) => {
                let other = SocketAddr::from(([127, 0, 0, 1], port.checked_add(1).unwrap_or(8080)));
                anyhow!(
                    "could not listen on {listen}: another program has that port; stop it, or take another with --listen {other}"
                )
            }
            (io::ErrorKind::PermissionDenied, _) => anyhow!(
                "could not listen on {listen}: ports below 1024 need a privilege; listen on 8080 and put a proxy in front"
            ),
            (io::ErrorKind::AddrNotAvailable, _) => anyhow!(
                "could not listen on {listen}: this machine has no such address; 0.0.0.0 means all it has"
            ),
            _ => Usage::new(format!("could not listen on {listen}: {fault}")).into(),
        }
    })
}
