//! Mails are planned: stored with the bytes to send, in the transaction that marks their effect done.

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
    /// Mails of these templates that wait in the lanes of the new ones are not sent any more:
    /// they would tell what is no longer so.
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
    for plan in plans {
        supersede(&mut tx, now, plan).await?;
    }
    insert(&mut tx, now, plans).await?;
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
    let lines: Vec<Value> = plans
        .iter()
        .flat_map(|plan| plan.mails.iter().map(|mail| line(&plan.effect, mail)))
        .collect();
    if lines.is_empty() {
        return Ok(());
    }
    tx.exec(INSERT, vec![json_list(&lines), Arg::from(now)]).await.map(drop)
}

fn line(key: &EffectKey, mail: &Planned) -> Value {
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

/// A mail that is on its way right now is marked as well: should it fail, it is not tried again;
/// should it arrive, [`super::record`] says so.
async fn supersede(tx: &mut Tx, now: DateTime<Utc>, plan: &Plan) -> Result<()> {
    let lanes: Vec<Value> = plan
        .mails
        .iter()
        .filter(|mail| matches!(mail.content, Content::Sealed(_)))
        .map(|mail| json!([mail.recipient, mail.about]))
        .collect();
    if lanes.is_empty() || plan.supersedes.is_empty() {
        return Ok(());
    }
    let EffectKey { journal, position, .. } = &plan.effect;
    let args = vec![
        Arg::from(journal),
        Arg::from(*position),
        json_list(&lanes),
        json_list(plan.supersedes),
        Arg::from(now),
    ];
    tx.exec(SUPERSEDE, args).await.map(drop)
}

const INSERT: Sql = Sql::pair(
    "INSERT INTO mails (journal, position, ordinal, recipient, template, message_id, about, locale,
         planned_at, due_at, expires_at, state, sealed, last_text, done_at)
     SELECT value->>'journal', value->>'position', value->>'ordinal', value->>'recipient',
         value->>'template', value->>'message_id', value->>'about', value->>'locale', $2,
         value->>'due_at', value->>'expires_at', value->>'state', value->>'sealed',
         value->>'note', CASE WHEN value->>'state' = 'waiting' THEN NULL ELSE $2 END
     FROM json_each($1) WHERE true
     ON CONFLICT (journal, position, ordinal, recipient) DO NOTHING",
    "INSERT INTO mails (journal, position, ordinal, recipient, template, message_id, about, locale,
         planned_at, due_at, expires_at, state, sealed, last_text, done_at)
     SELECT journal, position, ordinal, recipient, template, message_id, about, locale, $2,
         due_at, expires_at, state, sealed, note, CASE WHEN state = 'waiting' THEN NULL ELSE $2 END
     FROM json_to_recordset(CAST($1 AS json)) AS fresh(journal TEXT, position BIGINT,
         ordinal BIGINT, recipient TEXT, template TEXT, message_id TEXT, about TEXT, locale TEXT,
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
    "UPDATE mails SET state = 'superseded', done_at = $5
     WHERE journal = $1 AND state = 'waiting' AND position < $2
         AND (recipient, about) IN (SELECT value->>0, value->>1 FROM json_each($3))
         AND template IN (SELECT value FROM json_each($4))",
    "UPDATE mails SET state = 'superseded', done_at = $5
     WHERE journal = $1 AND state = 'waiting' AND position < $2
         AND (recipient, about) IN
             (SELECT v->>0, v->>1 FROM json_array_elements(CAST($3 AS json)) AS fresh(v))
         AND template IN (SELECT value FROM json_array_elements_text(CAST($4 AS json)))",
);
