//! Mails are planned: stored with the bytes to send, in the transaction that marks their effect done.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::State;
use crate::db::{Db, Tx};
use crate::error::Result;
use crate::outbox::EffectKey;
use crate::sql::{Arg, Sql, json_list, micros};

/// One mail to one person, ready to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Whose mailbox: the person's id.
    pub recipient: String,
    /// Which letter it is.
    pub template: String,
    /// What it is about, as far as sending depends on it: operators hold kinds.
    pub kind: &'static str,
    /// Of two that are due, the smaller one leaves first.
    pub priority: i64,
    /// The same on each attempt; unique.
    pub message_id: String,
    /// The id of the thing it is about; with the recipient, its lane.
    pub about: String,
    /// In which language it is written.
    pub locale: String,
    /// Not to be sent before.
    pub due_at: DateTime<Utc>,
    /// Not worth sending after.
    pub expires_at: Option<DateTime<Utc>>,
    /// What to send, sealed; or why nothing is sent.
    pub content: Content,
}

/// What a mail holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Its bytes, sealed under the recipient's key.
    Sealed(String),
    /// Nothing: a note why this person is not written to.
    Skip(String),
}

/// The mails of one effect.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The effect.
    pub effect: EffectKey,
    /// One for each recipient; perhaps none.
    pub mails: Vec<Planned>,
    /// Older mails of these templates that wait in the lanes of the new ones are not sent any more,
    /// whichever were planned first: they would tell what is no longer so.
    pub supersedes: &'static [&'static str],
    /// What to remember of the effect.
    pub note: Option<String>,
}

/// Stores the mails of some effects and marks these as done, in one transaction. Mails that are
/// there already stay as they are.
///
/// # Errors
/// When the database is out of reach; then nothing is stored.
pub async fn plan(db: &Db, now: DateTime<Utc>, plans: &[Plan]) -> Result<()> {
    if plans.is_empty() {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    insert(&mut tx, now, plans).await?;
    supersede(&mut tx, now, plans).await?;
    let done: Vec<Value> = plans
        .iter()
        .map(|plan| {
            let EffectKey { journal, position, ordinal } = &plan.effect;
            json!({ "journal": journal, "position": position, "ordinal": ordinal, "note": plan.note })
        })
        .collect();
    tx.exec(DONE, vec![json_list(&done)]).await?;
    tx.commit().await
}

async fn insert(tx: &mut Tx, now: DateTime<Utc>, plans: &[Plan]) -> Result<()> {
    let lines: Vec<Value> =
        plans.iter().flat_map(|plan| plan.mails.iter().map(|mail| line(plan, mail))).collect();
    if lines.is_empty() {
        return Ok(());
    }
    tx.exec(INSERT, vec![json_list(&lines), Arg::from(now)]).await.map(drop)
}

fn line(plan: &Plan, mail: &Planned) -> Value {
    let key = &plan.effect;
    let (state, sealed, note) = match &mail.content {
        Content::Sealed(sealed) => (State::Waiting, Some(sealed), None),
        Content::Skip(note) => (State::Skipped, None, Some(note)),
    };
    json!({
        "journal": key.journal,
        "position": key.position,
        "ordinal": key.ordinal,
        "recipient": mail.recipient,
        "template": mail.template,
        "kind": mail.kind,
        "priority": mail.priority,
        "supersedes": json!(plan.supersedes).to_string(),
        "message_id": mail.message_id,
        "about": mail.about,
        "locale": mail.locale,
        "due_at": micros(mail.due_at),
        "expires_at": mail.expires_at.map(micros),
        "state": state.as_str(),
        "sealed": sealed,
        "note": note,
    })
}

/// Looks at the lanes of the new mails from both sides: an old one that waits is superseded by a
/// new one, and a new one that comes late by a newer one that was planned before it.
///
/// A mail that is on its way right now is marked as well: should it fail, it is not tried again;
/// should it arrive, [`super::record`] says so.
async fn supersede(tx: &mut Tx, now: DateTime<Utc>, plans: &[Plan]) -> Result<()> {
    let mut lanes: BTreeMap<&str, BTreeSet<(&str, &str)>> = BTreeMap::new();
    for plan in plans {
        let sealed = plan.mails.iter().filter(|mail| matches!(mail.content, Content::Sealed(_)));
        let here = lanes.entry(&plan.effect.journal).or_default();
        here.extend(sealed.map(|mail| (mail.recipient.as_str(), mail.about.as_str())));
    }
    for (journal, lanes) in lanes.into_iter().filter(|(_, lanes)| !lanes.is_empty()) {
        let lanes: Vec<Value> = lanes.into_iter().map(|lane| json!(lane)).collect();
        tx.exec(SUPERSEDE, vec![Arg::from(journal), json_list(&lanes), Arg::from(now)]).await?;
    }
    Ok(())
}

const INSERT: Sql = Sql::pair(
    "INSERT INTO mails (journal, position, ordinal, recipient, template, kind, priority, supersedes,
         message_id, about, locale, planned_at, due_at, expires_at, state, sealed, last_text, done_at)
     SELECT value->>'journal', value->>'position', value->>'ordinal', value->>'recipient',
         value->>'template', value->>'kind', value->>'priority', value->>'supersedes',
         value->>'message_id', value->>'about', value->>'locale', $2,
         value->>'due_at', value->>'expires_at', value->>'state', value->>'sealed',
         value->>'note', CASE WHEN value->>'state' = 'waiting' THEN NULL ELSE $2 END
     FROM json_each($1) WHERE true
     ON CONFLICT (journal, position, ordinal, recipient) DO NOTHING",
    "INSERT INTO mails (journal, position, ordinal, recipient, template, kind, priority, supersedes,
         message_id, about, locale, planned_at, due_at, expires_at, state, sealed, last_text, done_at)
     SELECT journal, position, ordinal, recipient, template, kind, priority, supersedes,
         message_id, about, locale, $2,
         due_at, expires_at, state, sealed, note, CASE WHEN state = 'waiting' THEN NULL ELSE $2 END
     FROM json_to_recordset(CAST($1 AS json)) AS fresh(journal TEXT, position BIGINT,
         ordinal BIGINT, recipient TEXT, template TEXT, kind TEXT, priority BIGINT,
         supersedes TEXT, message_id TEXT, about TEXT, locale TEXT,
         due_at BIGINT, expires_at BIGINT, state TEXT, sealed TEXT, note TEXT)
     ON CONFLICT (journal, position, ordinal, recipient) DO NOTHING",
);

const DONE: Sql = Sql::pair(
    "UPDATE outbox SET state = 'done', lease_until = NULL, note = fresh.note
     FROM (SELECT value->>'journal' AS journal, value->>'position' AS position,
             value->>'ordinal' AS ordinal, value->>'note' AS note
         FROM json_each($1)) AS fresh
     WHERE outbox.journal = fresh.journal AND outbox.position = fresh.position
         AND outbox.ordinal = fresh.ordinal AND outbox.state = 'waiting'",
    "UPDATE outbox SET state = 'done', lease_until = NULL, note = fresh.note
     FROM json_to_recordset(CAST($1 AS json))
         AS fresh(journal TEXT, position BIGINT, ordinal BIGINT, note TEXT)
     WHERE outbox.journal = fresh.journal AND outbox.position = fresh.position
         AND outbox.ordinal = fresh.ordinal AND outbox.state = 'waiting'",
);

const SUPERSEDE: Sql = Sql::pair(
    "WITH newest AS (SELECT old.message_id AS old, newer.message_id AS newer,
             ROW_NUMBER() OVER (PARTITION BY old.message_id
                 ORDER BY newer.position DESC, newer.ordinal DESC) AS place
         FROM mails AS old JOIN mails AS newer ON newer.journal = old.journal
             AND newer.recipient = old.recipient AND newer.about = old.about
             AND (newer.position, newer.ordinal) > (old.position, old.ordinal)
             AND newer.state <> 'skipped'
             AND old.template IN (SELECT value FROM json_each(newer.supersedes))
         WHERE old.journal = $1 AND old.state = 'waiting'
             AND (old.recipient, old.about) IN (SELECT value->>0, value->>1 FROM json_each($2)))
     UPDATE mails SET state = 'superseded', done_at = $3, superseded_by = newest.newer
     FROM newest WHERE mails.message_id = newest.old AND newest.place = 1",
    "WITH newest AS (SELECT old.message_id AS old, newer.message_id AS newer,
             ROW_NUMBER() OVER (PARTITION BY old.message_id
                 ORDER BY newer.position DESC, newer.ordinal DESC) AS place
         FROM mails AS old JOIN mails AS newer ON newer.journal = old.journal
             AND newer.recipient = old.recipient AND newer.about = old.about
             AND (newer.position, newer.ordinal) > (old.position, old.ordinal)
             AND newer.state <> 'skipped'
             AND old.template IN
                 (SELECT json_array_elements_text(CAST(newer.supersedes AS json)))
         WHERE old.journal = $1 AND old.state = 'waiting'
             AND (old.recipient, old.about) IN
                 (SELECT v->>0, v->>1 FROM json_array_elements(CAST($2 AS json)) AS fresh(v)))
     UPDATE mails SET state = 'superseded', done_at = $3, superseded_by = newest.newer
     FROM newest WHERE mails.message_id = newest.old AND newest.place = 1",
);
