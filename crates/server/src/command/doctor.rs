//! `convoke doctor`: looks whether everything is in order, and says what to do where it is not.

use anyhow::Result;
use mail::Relay;
use tokio::net::TcpListener;

use super::check;
use crate::config::{self, Config, Flags};
use crate::console::{counted, say};
use crate::usage::Told;
use crate::wire;

/// Looks at settings, database, views, port and mail.
///
/// # Errors
/// [`Told`] when something is not in order.
pub(crate) async fn run(flags: &Flags) -> Result<()> {
    let config = match Config::load(flags, &config::environment) {
        Ok(config) => config,
        Err(fault) => {
            say(format!("wrong  settings: {fault}"))?;
            return Err(Told.into());
        }
    };
    for line in check::lines(&config) {
        say(format!("       {line}"))?;
    }
    let mut wrong = false;
    let found = [
        ("database", database(&config).await),
        ("port", port(&config).await),
        ("mail", mail(&config)),
        ("dkim", dkim(&config)),
        ("public_url", Ok(public_url(&config))),
    ];
    for (what, finding) in found {
        match finding {
            Ok(fine) => say(format!("fine   {what}: {fine}"))?,
            Err(fault) => {
                wrong = true;
                say(format!("wrong  {what}: {fault:#}"))?;
            }
        }
    }
    for stray in config::strays() {
        wrong = true;
        say(format!("wrong  {stray} begins like one of our variables and means nothing"))?;
    }
    if wrong { Err(Told.into()) } else { Ok(()) }
}

async fn database(config: &Config) -> Result<String> {
    if let Some(path) = config.sqlite_path().filter(|path| !path.exists()) {
        return Ok(format!("{} will be made at the first start", path.display()));
    }
    let app = wire::visit(config).await?;
    let journals = app.journal().journals().await?;
    let mut facts = 0;
    for journal in &journals {
        facts += app.journal().position(journal).await?;
    }
    let domain = app.settings().uid_domain.clone();
    app.journal().close().await;
    let journals = counted(i64::try_from(journals.len()).unwrap_or(i64::MAX), "journal");
    Ok(format!("{journals}, {}; calendar UIDs end in {domain}", counted(facts, "fact")))
}

async fn port(config: &Config) -> Result<String> {
    match TcpListener::bind(&config.listen).await {
        Ok(_listener) => Ok(format!("{} is free", config.listen)),
        Err(fault) if fault.kind() == std::io::ErrorKind::AddrInUse => {
            Ok(format!("{} is taken, perhaps by the server itself", config.listen))
        }
        Err(fault) => Err(anyhow::anyhow!("cannot listen on {}: {fault}", config.listen)),
    }
}

fn mail(config: &Config) -> Result<String> {
    let relay = Relay::parse(&config.mail)?;
    Ok(match relay.folder() {
        Some(folder) => format!("letters stay in {}; nobody gets them", folder.display()),
        None => format!("letters leave by {relay}"),
    })
}

/// Whether letters are signed here, and with what.
fn dkim(config: &Config) -> Result<String> {
    Ok(match wire::signer(config, wire::likely_domain(config))? {
        Some(signer) => format!("letters are signed; publish {}", signer.dns_record().0),
        None => "letters are not signed here; perhaps the relay does".to_owned(),
    })
}

fn public_url(config: &Config) -> String {
    match &config.public_url {
        Some(site) if site.is_https() => format!("{} over TLS", site.origin()),
        Some(site) => format!("{}: for this machine only", site.origin()),
        None => "not set: links in letters and feeds lead to this machine only".to_owned(),
    }
}
