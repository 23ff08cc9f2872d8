//! What came in about an invitation, and what was decided: for curators.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::SimpleObject;
use async_graphql::dataloader::Loader;
use chrono::{DateTime, Utc};
use journal::inbox::{self, SettledMail};
use journal::instant;
use kernel::Personal;
use serde_json::Value;

use super::understand::{Reason, Verdict};
use crate::app::Reader;
use crate::app::read::Batch;
use crate::app::reply::fault;
use crate::invitation::Answer;
use crate::invitation::graphql::Rsvp;

/// How a sealed value is marked in JSON.
const SEALED: &str = "$sealed";

/// A mail that came in about an invitation or a registration, and what was decided about it.
#[derive(Clone, Debug, SimpleObject)]
pub struct InboundMail {
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// Which way: `command`, `http` or `lmtp`.
    pub door: String,
    /// What was decided; null for a moment.
    pub verdict: Option<Verdict>,
    /// Why, where the verdict does not say it all.
    pub reason: Option<Reason>,
    /// The code of the rule that said no.
    pub code: Option<String>,
    /// The answer in it.
    pub answer: Option<Rsvp>,
    /// The version of the event it answers (SEQUENCE).
    pub sequence: Option<i32>,
    /// When the sender's calendar says it was written.
    pub stamped_at: Option<DateTime<Utc>>,
    /// Words with it: plain text of whoever wrote it.
    pub comment: Option<String>,
    /// Who asks to attend, when it was answered by somebody who was not invited.
    pub asks: Option<String>,
    /// When it should begin instead, if another time was proposed.
    pub proposed_start: Option<DateTime<Utc>>,
    /// When it should be over instead.
    pub proposed_end: Option<DateTime<Utc>>,
}

/// What came in about one id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RepliesKey(pub String);

impl Loader<RepliesKey> for Batch {
    type Value = Vec<SettledMail>;
    type Error = Arc<journal::Error>;

    async fn load(
        &self,
        keys: &[RepliesKey],
    ) -> Result<HashMap<RepliesKey, Self::Value>, Self::Error> {
        let ids: Vec<String> = keys.iter().map(|key| key.0.clone()).collect();
        let mut found: HashMap<RepliesKey, Self::Value> = HashMap::new();
        for row in inbox::about(&self.db, &ids).await? {
            found.entry(RepliesKey(row.about.clone())).or_default().push(row);
        }
        Ok(found)
    }
}

/// What came in about an invitation or a registration, the newest first.
///
/// # Errors
/// When the database is out of reach.
pub async fn about(read: &Reader, id: &str) -> async_graphql::Result<Vec<InboundMail>> {
    let rows = read.loader().load_one(RepliesKey(id.to_owned())).await.map_err(fault)?;
    opened(read, rows.unwrap_or_default()).await.map_err(fault)
}

/// The mails about an event, newest first, each with what its guest is called.
///
/// # Errors
/// When the database is out of reach.
pub async fn recent(
    read: &Reader,
    hub: &str,
    event: &str,
) -> journal::Result<Vec<(String, InboundMail)>> {
    let rows = super::view::decided(read.db(), hub, event).await?.into_iter();
    let (names, rows): (Vec<Option<String>>, Vec<SettledMail>) = rows
        .map(|row| {
            let settled = SettledMail {
                id: row.id,
                received_at: row.received_at,
                door: row.door,
                purpose: row.purpose,
                about: row.about,
                verdict: row.verdict,
                details: row.details,
                settled_at: row.settled_at,
            };
            (row.name, settled)
        })
        .unzip();
    // Of whoever was not invited her address is all we know.
    let called = |(name, mail): (Option<String>, InboundMail)| {
        (name.or_else(|| mail.asks.clone()).unwrap_or_default(), mail)
    };
    Ok(names.into_iter().zip(opened(read, rows).await?).map(called).collect())
}

/// Mails with the words in them: the keys are asked for all at once.
async fn opened(read: &Reader, rows: Vec<SettledMail>) -> journal::Result<Vec<InboundMail>> {
    let texts: Vec<&str> =
        rows.iter().map(|row| row.details.as_deref().unwrap_or("null")).collect();
    let mut all = format!("[{}]", texts.join(","));
    // Few answers come with words; only those cost a look at the keys.
    if all.contains(SEALED) {
        all = read.app().journal().keys().open_text(all).await?;
    }
    let mut details = serde_json::from_str::<Vec<Value>>(&all).unwrap_or_default().into_iter();
    Ok(rows.into_iter().map(|row| mail(row, &details.next().unwrap_or_default())).collect())
}

fn mail(row: SettledMail, details: &Value) -> InboundMail {
    let answer = word(details, "/answer").and_then(|answer| answer.parse::<Answer>().ok());
    let sequence = details.pointer("/sequence").and_then(Value::as_i64);
    InboundMail {
        received_at: instant(row.received_at),
        door: row.door,
        verdict: row.verdict.and_then(|verdict| verdict.parse().ok()),
        reason: word(details, "/reason").and_then(|reason| reason.parse().ok()),
        code: word(details, "/code"),
        answer: answer.map(Rsvp::from),
        sequence: sequence.and_then(|sequence| i32::try_from(sequence).ok()),
        stamped_at: word(details, "/stampedAt").and_then(|at| at.parse().ok()),
        comment: personal(details, "/comment"),
        asks: personal(details, "/address"),
        proposed_start: word(details, "/proposed/start").and_then(|at| at.parse().ok()),
        proposed_end: word(details, "/proposed/end").and_then(|at| at.parse().ok()),
    }
}

fn word(details: &Value, place: &str) -> Option<String> {
    details.pointer(place).and_then(Value::as_str).map(str::to_owned)
}

/// What somebody wrote; `None` when she has been erased.
fn personal(details: &Value, place: &str) -> Option<String> {
    let value = details.pointer(place)?.clone();
    serde_json::from_value::<Personal<String>>(value).ok()?.value
}
