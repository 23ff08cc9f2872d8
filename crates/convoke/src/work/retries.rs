//! Mails somebody wants tried once more: put back among those that wait.

use chrono::TimeDelta;
use journal::{instant, mails, outbox};

use crate::app::App;
use crate::outbox::react::RETRY;
use crate::outbox::view;

/// Mails put back at once.
const BATCH: i64 = 100;
/// How long a batch may take before another process may take it over.
const LEASE_SECONDS: i64 = 60;
/// Whoever asks for another try wants it today.
const WORTH: TimeDelta = TimeDelta::hours(24);

/// Puts back what was asked for. Says how many wishes there were.
///
/// # Errors
/// When the database is out of reach; the wishes wait.
pub(super) async fn due(app: &App) -> journal::Result<usize> {
    let (db, now) = (app.journal().db(), app.now());
    let wishes = outbox::claim(db, RETRY, now, LEASE_SECONDS, BATCH).await?;
    for wish in &wishes {
        let body: serde_json::Value = serde_json::from_str(&wish.body).unwrap_or_default();
        let name = body.get("mail").and_then(serde_json::Value::as_str).unwrap_or_default();
        // An invitation is worth nothing once its event is over.
        let worth = match view::invites_until(db, &wish.journal, name).await?.map(instant) {
            Some(end) => end.min(now + WORTH),
            None => now + WORTH,
        };
        let is_back = worth > now && mails::again(db, (&wish.journal, name), now, worth).await?;
        let note = (!is_back).then_some("there is nothing left to send");
        tracing::info!(mail = name, is_back, "somebody wants a mail tried once more");
        outbox::finish(db, &wish.key(), "done", note).await?;
    }
    Ok(wishes.len())
}
