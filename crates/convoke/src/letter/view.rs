//! What a batch of letters needs to know, read in a few statements however many recipients.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use chrono::{DateTime, Utc};
use journal::outbox::{DueEffect, EffectKey};
use journal::{Db, Sql, instant, json_list, mails};
use serde::Deserialize;

use super::Template;
use crate::desk::view::{self as desk, RegistrationRow};
use crate::event::view::{self as event, EventRow};
use crate::invitation::view::{self as invitation, InvitationRow};
use crate::issue::view as issue;
use crate::network::view::{self as network, HubRow};
use crate::stakeholder::view::{self as stakeholder, StakeholderRow};

/// What an effect of kind `letter` says.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Asked {
    /// The template's name.
    pub(crate) template: String,
    /// What it is about.
    #[serde(default)]
    pub(crate) with: With,
}

/// The ids of a letter.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct With {
    pub(crate) event: Option<String>,
    pub(crate) registration: Option<String>,
    pub(crate) invitation: Option<String>,
    pub(crate) stakeholder: Option<String>,
    /// The SEQUENCE that a letter to everyone tells of.
    pub(crate) sequence: Option<i64>,
}

/// A letter that was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) effect: EffectKey,
    pub(crate) lane: String,
    pub(crate) due_at: DateTime<Utc>,
    pub(crate) template: Template,
    pub(crate) with: With,
}

impl Wanted {
    /// Reads an effect.
    ///
    /// # Errors
    /// Why it cannot be read, for its note.
    pub(crate) fn read(effect: &DueEffect) -> Result<Self, String> {
        let asked: Asked = serde_json::from_str(&effect.body)
            .map_err(|cause| format!("it cannot be read: {cause}"))?;
        let template = asked
            .template
            .parse()
            .map_err(|_unknown| format!("there is no letter “{}”", asked.template))?;
        Ok(Self {
            effect: effect.key(),
            lane: effect.lane.clone(),
            due_at: instant(effect.due_at),
            template,
            with: asked.with,
        })
    }

    /// Whether it goes to everyone an event concerns.
    pub(crate) fn is_for_all(&self) -> bool {
        matches!(self.template, Template::EventUpdated | Template::EventCancelled)
    }
}

/// Whom a letter to everyone may concern.
#[derive(Debug, Default)]
pub(crate) struct Everyone {
    pub(crate) registrations: Vec<RegistrationRow>,
    pub(crate) invitations: Vec<InvitationRow>,
    /// What still waits to be sent to them about the event.
    pub(crate) waiting: Vec<mails::Waiting>,
    /// The SEQUENCE that everyone was told of before.
    pub(crate) told: i64,
}

/// Everything a batch of letters is written from.
#[derive(Debug, Default)]
pub(crate) struct Material {
    pub(crate) hubs: HashMap<String, HubRow>,
    pub(crate) events: HashMap<String, EventRow>,
    /// Titles of issues.
    pub(crate) issues: HashMap<String, String>,
    pub(crate) registrations: HashMap<String, RegistrationRow>,
    pub(crate) invitations: HashMap<String, InvitationRow>,
    pub(crate) stakeholders: HashMap<String, StakeholderRow>,
    pub(crate) everyone: HashMap<EffectKey, Everyone>,
    /// When the facts were recorded that the letters follow from.
    pub(crate) recorded: HashMap<(String, i64), DateTime<Utc>>,
}

fn ids<'a>(wanted: &'a [Wanted], which: impl Fn(&'a Wanted) -> Option<&'a String>) -> Vec<String> {
    let ids: BTreeSet<&String> = wanted.iter().filter_map(which).collect();
    ids.into_iter().cloned().collect()
}

fn by<K: Eq + Hash, R>(rows: Vec<R>, key: impl Fn(&R) -> K) -> HashMap<K, R> {
    rows.into_iter().map(|row| (key(&row), row)).collect()
}

impl Material {
    /// Reads what these letters need.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub(crate) async fn read(db: &Db, wanted: &[Wanted]) -> journal::Result<Self> {
        let hubs = ids(wanted, |wanted| Some(&wanted.effect.journal));
        let events = ids(wanted, |wanted| wanted.with.event.as_ref());
        let registrations = ids(wanted, |wanted| wanted.with.registration.as_ref());
        let invitations = ids(wanted, |wanted| wanted.with.invitation.as_ref());
        let mut guests: BTreeSet<String> =
            ids(wanted, |wanted| wanted.with.stakeholder.as_ref()).into_iter().collect();
        let events = event::events_by_id(db, &events).await?;
        let issues: BTreeSet<String> = events.iter().filter_map(|row| row.issue.clone()).collect();
        let issues: Vec<String> = issues.into_iter().collect();
        let issues = issue::issues_by_id(db, &issues).await?;
        let mut everyone = HashMap::new();
        for letter in wanted.iter().filter(|letter| letter.is_for_all()) {
            let all = concerned(db, letter).await?;
            guests.extend(all.invitations.iter().map(|row| row.stakeholder.clone()));
            everyone.insert(letter.effect.clone(), all);
        }
        let guests: Vec<String> = guests.into_iter().collect();
        let registrations = desk::registrations_by_id(db, &registrations).await?;
        let invitations = invitation::invitations_by_id(db, &invitations).await?;
        let guests = stakeholder::stakeholders_by_id(db, &guests).await?;
        Ok(Self {
            hubs: by(network::hubs_by_id(db, &hubs).await?, |row| row.id.clone()),
            events: by(events, |row| row.id.clone()),
            issues: issues.into_iter().map(|row| (row.id, row.title)).collect(),
            registrations: by(registrations, |row| row.id.clone()),
            invitations: by(invitations, |row| row.id.clone()),
            stakeholders: by(guests, |row| row.id.clone()),
            everyone,
            recorded: recorded(db, wanted).await?,
        })
    }
}

async fn concerned(db: &Db, letter: &Wanted) -> journal::Result<Everyone> {
    let EffectKey { journal: hub, position, .. } = &letter.effect;
    let Some(event) = &letter.with.event else { return Ok(Everyone::default()) };
    let before = mails::last_planned(db, hub, &letter.lane, *position).await?;
    let before: Option<Asked> = before.and_then(|body| serde_json::from_str(&body).ok());
    Ok(Everyone {
        registrations: desk::live_registrations(db, hub, event).await?,
        invitations: invitation::live_invitations(db, hub, event).await?,
        waiting: mails::waiting(db, hub, std::slice::from_ref(event)).await?,
        told: before.and_then(|asked| asked.with.sequence).unwrap_or(0),
    })
}

journal::row! {
    struct RecordedAt { journal: String, position: i64, recorded_at: i64 }
}

async fn recorded(
    db: &Db,
    wanted: &[Wanted],
) -> journal::Result<HashMap<(String, i64), DateTime<Utc>>> {
    let keys: Vec<(&str, i64)> = wanted
        .iter()
        .map(|letter| (letter.effect.journal.as_str(), letter.effect.position))
        .collect();
    let rows: Vec<RecordedAt> = db.all(RECORDED, vec![json_list(&keys)]).await?;
    Ok(rows
        .into_iter()
        .map(|row| ((row.journal, row.position), instant(row.recorded_at)))
        .collect())
}

// The two databases unfold a JSON list in different words.
const RECORDED: Sql = Sql::pair(
    "SELECT journal, position, recorded_at FROM facts
     WHERE (journal, position) IN (SELECT value->>0, value->>1 FROM json_each($1))",
    "SELECT journal, position, recorded_at FROM facts
     WHERE (journal, position) IN (SELECT v->>0, CAST(v->>1 AS BIGINT)
         FROM json_array_elements(CAST($1 AS json)) AS fresh(v))",
);
