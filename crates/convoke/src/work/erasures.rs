//! An erasure reaches everything: the key first, then the views of every other hub.
//!
//! A person is known by the same pseudonym in all hubs of an installation and her key is one, so
//! destroying it makes all journals, commands and waiting mails unreadable at once. What views show
//! is plain, and each journal's views are its own: hubs that still show something of her record the
//! erasure, too, and a rebuild of theirs gives the same. Repeating harms nothing; a hub that shows
//! nothing records nothing.

use std::sync::Arc;

use chrono::TimeDelta;
use journal::outbox::{self, DueEffect, EffectKey};
use journal::{NETWORK, Outcome};
use kernel::{HubId, PersonId};
use serde::Deserialize;

use crate::app::{App, Command};
use crate::stakeholder::FollowErasure;

/// How long an erasure may take before another process takes it over.
const LEASE_SECONDS: i64 = 60;
/// Erasures taken at one time.
const BATCH: i64 = 50;
/// How long to wait when a hub could not follow.
const AGAIN: TimeDelta = TimeDelta::seconds(10);

/// What an effect of kind `erase` says.
#[derive(Deserialize)]
struct Body {
    person: PersonId,
}

/// Finishes the erasures that are due; says how many.
///
/// # Errors
/// When the database is out of reach; they wait for the next time.
pub(crate) async fn due(app: &App) -> journal::Result<usize> {
    let db = app.journal().db();
    let effects = outbox::claim(db, "erase", app.now(), LEASE_SECONDS, BATCH).await?;
    for effect in &effects {
        let key = effect.key();
        match serde_json::from_str::<Body>(&effect.body) {
            Ok(Body { person }) => erase(app, effect, person).await?,
            Err(cause) => {
                tracing::error!(journal = key.journal, position = key.position, %cause, "an erasure cannot be read");
                outbox::finish(db, &key, "failed", Some(&cause.to_string())).await?;
            }
        }
    }
    Ok(effects.len())
}

async fn erase(app: &App, effect: &DueEffect, person: PersonId) -> journal::Result<()> {
    let (db, key) = (app.journal().db(), effect.key());
    app.journal().erase(person).await?;
    for journal in app.journal().showing(person).await? {
        if let Err(fault) = follow(app, &key, &journal, person).await {
            tracing::error!(journal, error = %fault, "a hub could not follow an erasure; it is tried again");
            return outbox::postpone(db, &key, app.now() + AGAIN, &fault.to_string()).await;
        }
    }
    outbox::finish(db, &key, "done", None).await
}

/// Lets one journal record that a person is gone.
async fn follow(
    app: &App,
    key: &EffectKey,
    journal: &str,
    person: PersonId,
) -> Result<(), Arc<journal::Error>> {
    let hub = match journal {
        NETWORK => None,
        hub => HubId::parse(hub).ok(),
    };
    let name = format!("erase {} {} {} {journal}", key.journal, key.position, key.ordinal);
    let command = Command::following(&name);
    let act = Box::new(FollowErasure { person });
    let answer = app.act_as_system("erasure", hub, act, command).await?;
    if let Outcome::Rejected(refusal) = answer.outcome {
        tracing::error!(journal, code = refusal.code, "a hub does not follow an erasure");
    }
    Ok(())
}
