//! The product, put together: journal, app, API, pages, and the layers round them.

use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow};
use axum::Router;
use convoke::app::{App, Settings};
use convoke::product::Convoke;
use convoke::text::{self, Locale};
use journal::{Db, Journal, OneText, Options, Use};
use kernel::World;
use mail::dkim::Signer;
use tokio_util::sync::CancellationToken;
use web::dress::{Dress, dress};
use web::frame::Link;
use web::site::Site;

use crate::config::Config;
use crate::door::Door;
use crate::inbound;
use crate::usage::Usage;
use crate::world::Machine;

/// Opens the journal for serving or for a visit. The plain error is handed on, because a server
/// waits where a command gives up.
///
/// # Errors
/// Whatever the journal says.
pub(crate) async fn journal(
    config: &Config,
    purpose: Use,
    world: Arc<dyn World>,
) -> journal::Result<Journal> {
    let options = Options { url: config.database.clone(), purpose, crash: config.crash };
    let journal = Journal::open(options, Arc::new(Convoke), world).await?;
    if purpose == Use::Serve {
        sign(config);
    }
    Ok(journal)
}

/// Opens the product for a command that comes and goes.
///
/// # Errors
/// With what to do about it.
pub(crate) async fn visit(config: &Config) -> Result<App> {
    let journal = journal(config, Use::Visit, Arc::new(Machine::default()))
        .await
        .map_err(|fault| explain(config, fault))?;
    let settings = visit_settings(config, &journal).await?;
    Ok(App::new(journal, settings))
}

/// What a command that comes and goes takes the product to be set to.
///
/// # Errors
/// As [`settings`].
pub(crate) async fn visit_settings(config: &Config, journal: &Journal) -> Result<Settings> {
    let address = config.listen.parse().unwrap_or_else(|_name| ([127, 0, 0, 1], 8080).into());
    settings(config, &config.site(address)?, journal.db()).await
}

/// What the product is set to, on this database. Letters are not signed: whoever plans them adds
/// the [`signer`].
///
/// # Errors
/// When the database is out of reach, or was begun with another `uid_domain`.
pub(crate) async fn settings(config: &Config, site: &Site, db: &Db) -> Result<Settings> {
    let uid_domain = uid_domain(config, site, db).await?;
    Ok(Settings {
        public_url: site.origin().to_owned(),
        mail_from: bare(&config.sender(&uid_domain)),
        inbound_domain: config.inbound_domain.clone(),
        organizer: config.organizer,
        authserv_id: config.authserv_id.clone(),
        trusted_proxies: config.trusted_proxies.clone(),
        dkim: None,
        uid_domain,
        demo: false,
        mailbox: None,
    })
}

/// What letters are signed with here, if they are.
///
/// # Errors
/// When the key cannot be read or used.
pub(crate) fn signer(config: &Config, uid_domain: &str) -> Result<Option<Signer>> {
    let Some(file) = &config.dkim_key else { return Ok(None) };
    let pem = std::fs::read_to_string(file)
        .with_context(|| format!("dkim_key: could not read {}", file.display()))?;
    let from = bare(&config.sender(uid_domain));
    let own = from.rsplit_once('@').map_or(uid_domain, |(_, domain)| domain);
    let domain = config.dkim_domain.as_deref().unwrap_or(own);
    let selector = config.dkim_selector.as_deref().unwrap_or("convoke");
    let signer = Signer::new(domain, selector, &pem)
        .map_err(|fault| Usage::new(format!("dkim_key ({}): {fault}", file.display())))?;
    // DMARC (RFC 7489 §3.1.1) asks that the two belong together; another domain signs in vain.
    let belongs = own == domain || own.ends_with(&format!(".{domain}"));
    if !belongs {
        tracing::warn!(domain, from = own, "letters are signed for a domain they do not come from");
    }
    Ok(Some(signer))
}

/// The address in `Name <address>`. Letters bear the hub's name, so ours is not needed.
fn bare(sender: &str) -> String {
    let address = sender.rsplit_once('<').map_or(sender, |(_, rest)| rest.trim_end_matches('>'));
    address.trim().to_owned()
}

/// The domain of calendar UIDs: whatever it was at the first start, for ever. Calendar apps would
/// take every event for a new one if it changed.
async fn uid_domain(config: &Config, site: &Site, db: &Db) -> Result<String> {
    let first = config.uid_domain.as_deref().unwrap_or(usual_domain(site));
    let kept = keep_first(db, "uid_domain", first)
        .await
        .context("could not fix the domain of calendar UIDs")?;
    match &config.uid_domain {
        Some(wanted) if *wanted != kept => Err(Usage::new(format!(
            "uid_domain is “{wanted}”, but this database began with “{kept}” and calendars know its events by that; set it to “{kept}” or leave it out"
        ))
        .into()),
        _ => Ok(kept),
    }
}

/// The name of a site's host, where it has one.
fn usual_domain(site: &Site) -> &str {
    let host = site.host().rsplit_once(':').map_or(site.host(), |(name, _port)| name);
    let is_name = host.parse::<std::net::IpAddr>().is_err() && crate::config::is_domain(host);
    if is_name { host } else { "localhost" }
}

/// The domain of calendar UIDs as it most likely is, for who asks no database.
pub(crate) fn likely_domain(config: &Config) -> &str {
    let usual = config.public_url.as_ref().map_or("localhost", usual_domain);
    config.uid_domain.as_deref().unwrap_or(usual)
}

/// Keeps a value beside the journal the first time, and says what was kept then.
async fn keep_first(db: &Db, name: &str, value: &str) -> journal::Result<String> {
    const TABLE: &str = "CREATE TABLE IF NOT EXISTS installation (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
    )";
    const KEEP: &str = "INSERT INTO installation (name, value)
        VALUES ($1, $2)
        ON CONFLICT (name) DO NOTHING";
    const KEPT: &str = "SELECT value AS text FROM installation WHERE name = $1";
    if let Err(fault) = db.exec(TABLE, vec![]).await {
        // Two processes that begin on one PostgreSQL make it at once; one of them is told so.
        tracing::debug!(error = %fault, "the table was there already");
    }
    db.exec(KEEP, journal::args![name, value]).await?;
    let kept: Option<OneText> = db.opt(KEPT, journal::args![name]).await?;
    Ok(kept.and_then(|row| row.text).unwrap_or_else(|| value.to_owned()))
}

/// Everything under one roof. `more` is what the demo adds.
pub(crate) fn router(
    config: &Config,
    app: &App,
    site: &Site,
    more: Router,
    stop: &CancellationToken,
) -> Router {
    let door = Door::new(app.clone(), site.clone());
    let schema = convoke::schema::schema(app.clone());
    let pages = convoke::site::Site { app: app.clone(), address: site.clone(), stop: stop.clone() };
    let routes = Router::new()
        .merge(graphql::router(schema, door, graphql::Limits::default(), stop.clone()))
        .merge(convoke::pages::router(pages))
        .merge(inbound::routes(config, app))
        .merge(more);
    dress(routes, layers(site))
}

/// The layers of every answer.
pub(crate) fn layers(site: &Site) -> Dress {
    Dress {
        site: site.clone(),
        faces: text::faces(Locale::En, Link::new("Convoke", "/")),
        new_ids: Arc::new(|| {
            let mut bytes = [0; 16];
            Machine::default().fill(&mut bytes);
            bytes
        }),
    }
}

/// Leaves our process id in the lock beside an SQLite file, for whoever finds it taken.
fn sign(config: &Config) {
    if let Some(lock) = lock_path(config)
        && let Err(fault) = std::fs::write(&lock, format!("{}\n", std::process::id()))
    {
        tracing::debug!(%fault, "the lock could not be signed");
    }
}

fn lock_path(config: &Config) -> Option<std::path::PathBuf> {
    let mut name = config.sqlite_path()?.into_os_string();
    name.push(".lock");
    Some(name.into())
}

/// A fault of opening, with what to do about it.
pub(crate) fn explain(config: &Config, fault: journal::Error) -> anyhow::Error {
    match fault {
        journal::Error::InUse { path } => {
            let holder = lock_path(config)
                .and_then(|lock| std::fs::read_to_string(lock).ok())
                .and_then(|text| text.trim().parse::<u32>().ok());
            let who = holder.map_or_else(
                || "another convoke process".to_owned(),
                |id| format!("the convoke process {id}"),
            );
            let stop = holder.map_or_else(String::new, |id| format!(" (kill {id})"));
            anyhow!(
                "{path} is in use by {who}; stop that one first{stop}, name another file with --database sqlite:PATH, or use PostgreSQL, which serves several processes"
            )
        }
        journal::Error::BadUrl { url } => Usage::new(format!(
            "“{url}” is no database; use sqlite:PATH or postgres://user:password@host/name"
        ))
        .into(),
        journal::Error::Unavailable { .. } => anyhow::Error::from(fault).context(format!(
            "the database {} cannot be reached; is it running, and may we read and write it?",
            journal::masked(&config.database)
        )),
        other => anyhow::Error::from(other)
            .context(format!("could not open {}", journal::masked(&config.database))),
    }
}
