//! Timers issue commands, nothing else: `decide` judges again, so a late one is harmless.
//!
//! The command's id comes from the effect's key. A timer that runs twice, because its process
//! died in between, is the same command and gets the same answer.

use chrono::TimeDelta;
use futures_util::future::join_all;
use journal::outbox::{self, DueEffect};
use journal::{Db, NETWORK, Outcome};
use kernel::HubId;
use serde::Deserialize;
use serde_json::Value;

use super::acts;
use crate::app::{App, Command};

/// Timers run at once; the appender makes one batch of those of a hub.
const BATCH: i64 = 100;
/// How long a batch may take before another process may take it over.
const LEASE_SECONDS: i64 = 60;
/// The longest pause after a fault.
const PAUSE_MAX: TimeDelta = TimeDelta::hours(1);

#[derive(Deserialize)]
struct Body {
    act: String,
    body: Value,
}

/// Runs the timers that are due, at most a batch of them. Says how many.
///
/// # Errors
/// When the database is out of reach.
pub(crate) async fn due(app: &App) -> journal::Result<usize> {
    let db = app.journal().db();
    let effects = outbox::claim(db, "timer", app.now(), LEASE_SECONDS, BATCH).await?;
    for ended in join_all(effects.iter().map(|effect| run(app, db, effect))).await {
        ended?;
    }
    Ok(effects.len())
}

async fn run(app: &App, db: &Db, effect: &DueEffect) -> journal::Result<()> {
    let key = effect.key();
    let act = serde_json::from_str::<Body>(&effect.body)
        .map_err(|cause| format!("it cannot be read: {cause}"))
        .and_then(|body| acts::decode(&body.act, body.body));
    let act = match act {
        Ok(act) => act,
        Err(why) => {
            tracing::error!(
                journal = key.journal,
                position = key.position,
                why,
                "a timer is broken"
            );
            return outbox::finish(db, &key, "failed", Some(&why)).await;
        }
    };
    let hub = match key.journal.as_str() {
        NETWORK => None,
        hub => HubId::parse(hub).ok(),
    };
    let kind = act.kind();
    let name = format!("timer {} {} {}", key.journal, key.position, key.ordinal);
    let command = Command { caused_by: Some(key.position), ..Command::following(&name) };
    match app.act_as_system("timer", hub, act, command).await {
        Ok(answer) => {
            let note = match &answer.outcome {
                Outcome::Accepted(_) => None,
                Outcome::Rejected(refusal) => Some(refusal.code.as_str()),
            };
            tracing::debug!(journal = key.journal, kind, note, "a timer ran");
            outbox::finish(db, &key, "done", note).await
        }
        Err(fault) => {
            let says = fault.to_string();
            if !fault.is_passing() {
                tracing::error!(journal = key.journal, position = key.position, kind, error = %fault, "a timer could not act; it is tried again");
            }
            outbox::postpone(db, &key, app.now() + pause(effect.attempts), &says).await
        }
    }
}

/// 5, 10, 20 … seconds.
fn pause(attempts: i64) -> TimeDelta {
    let doublings = u32::try_from(attempts.clamp(1, 12) - 1).unwrap_or_default();
    TimeDelta::seconds(5 << doublings).min(PAUSE_MAX)
}
