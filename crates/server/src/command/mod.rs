//! The commands that come and go. Each opens the product for a visit, beside a running server where
//! there is one, does one thing, and says what came of it.

pub(crate) mod as_of;
pub(crate) mod check;
pub(crate) mod dkim;
pub(crate) mod doctor;
pub(crate) mod export;
pub(crate) mod healthcheck;
pub(crate) mod hub;
pub(crate) mod import;
pub(crate) mod ingest_mail;
pub(crate) mod log;
pub(crate) mod outbox;
pub(crate) mod proof;
pub(crate) mod schema;
pub(crate) mod token;

use std::sync::Arc;

use anyhow::Result;
use convoke::app::{Grant, Viewer};
use convoke::text::Locale;
use journal::Use;
use kernel::Role;

use crate::config::Config;
use crate::console::say;
use crate::wire;
use crate::world::Machine;

/// Whoever has a shell on the machine of the database sees everything in it anyway.
fn operator() -> Viewer {
    let grants = vec![Grant { hub: None, role: Role::NetworkAdmin }];
    Viewer { grants, ..Viewer::visitor(Locale::En) }
}

/// Brings the schema up to date.
///
/// # Errors
/// When the database cannot be had.
pub(crate) async fn migrate(config: &Config) -> Result<()> {
    let journal = wire::journal(config, Use::Serve, Arc::new(Machine::default()))
        .await
        .map_err(|fault| wire::explain(config, fault))?;
    journal.close().await;
    say(format!("{} is up to date.", journal::masked(&config.database)))?;
    Ok(())
}
