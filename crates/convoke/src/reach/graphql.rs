//! Who cannot be written to, for those who work for the hub; and how to write again.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use journal::instant;
use kernel::{PersonId, Refusal};
use serde::Serialize;

use super::acts::{ResumeLetters, SetMailPreferences, StopLetters};
use super::decider::{Category, Why};
use super::mails;
use super::page::{Meant, meant};
use super::view::{self, StopRow};
use super::wishes::{Ahead, Wishes};
use crate::app::input::{Call, Meta};
use crate::app::read::Batch;
use crate::app::{Reader, Viewer, reply};
use crate::event::mutations::zone;
use crate::payload;
use crate::stakeholder::StakeholderKind;
use crate::stakeholder::graphql::Stakeholder;
use crate::stakeholder::view::stakeholder;

/// Letters that are not written to somebody.
#[derive(Clone, Debug, SimpleObject)]
pub struct StoppedLetters {
    /// Of what.
    pub category: Category,
    /// Why.
    pub why: Why,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Until when; null for ever.
    pub until: Option<DateTime<Utc>>,
}

/// A person in a hub.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StopsKey {
    /// The hub.
    pub hub: String,
    /// The person.
    pub person: String,
}

impl Loader<StopsKey> for Batch {
    type Value = Vec<StopRow>;
    type Error = Arc<journal::Error>;

    async fn load(&self, keys: &[StopsKey]) -> Result<HashMap<StopsKey, Self::Value>, Self::Error> {
        let mut hubs: HashMap<&str, Vec<String>> = HashMap::new();
        for key in keys {
            hubs.entry(&key.hub).or_default().push(key.person.clone());
        }
        let mut found: HashMap<StopsKey, Self::Value> = HashMap::new();
        for (hub, persons) in hubs {
            for row in view::stops(&self.db, hub, &persons).await? {
                let key = StopsKey { hub: hub.to_owned(), person: row.person.clone() };
                found.entry(key).or_default().push(row);
            }
        }
        Ok(found)
    }
}

/// What is not written to a person of a hub now.
///
/// # Errors
/// When the database is out of reach.
pub async fn of(
    read: &Reader,
    hub: &str,
    person: &str,
) -> async_graphql::Result<Vec<StoppedLetters>> {
    let key = StopsKey { hub: hub.to_owned(), person: person.to_owned() };
    let rows = read.loader().load_one(key).await.map_err(reply::fault)?.unwrap_or_default();
    let now = read.app().now();
    let shown = |row: StopRow| {
        Some(StoppedLetters {
            category: row.category.parse().ok()?,
            why: row.why.parse().ok()?,
            since: instant(row.stopped_at),
            until: row.until.map(instant),
        })
    };
    Ok(rows.into_iter().filter(|row| row.holds(now)).filter_map(shown).collect())
}

/// The link of a letter that says “no more of these”.
#[derive(Debug, Serialize, InputObject)]
pub struct StopLettersInput {
    #[graphql(flatten)]
    #[serde(skip)]
    meta: Meta,
    /// What the link holds behind `/u/`.
    token: String,
}

/// To whom to write again.
#[derive(Debug, Serialize, InputObject)]
pub struct ResumeLettersInput {
    #[graphql(flatten)]
    #[serde(skip)]
    meta: Meta,
    /// To whom.
    stakeholder_id: ID,
    /// Of what.
    category: Category,
}

/// What somebody has chosen for her letters.
#[derive(Clone, Debug, SimpleObject)]
pub struct MailPreferences {
    /// How long before an event she has a place at she is reminded of it.
    pub reminders: Vec<Ahead>,
    /// Where she lives, an IANA zone; the event's counts while this is null.
    pub time_zone: Option<String>,
}

impl MailPreferences {
    /// What a person has chosen in a hub.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn of(read: &Reader, hub: &str, person: &str) -> async_graphql::Result<Self> {
        let wishes = view::wishes_of(read.db(), hub, person).await.map_err(reply::fault)?;
        let time_zone = wishes.zone.map(|zone| zone.name().to_owned());
        Ok(Self { reminders: wishes.reminders.into_iter().collect(), time_zone })
    }
}

/// When to be reminded.
#[derive(Debug, Serialize, InputObject)]
pub struct SetMailPreferencesInput {
    #[graphql(flatten)]
    #[serde(skip)]
    meta: Meta,
    /// What the link in a letter holds behind `/mails/`.
    token: Option<String>,
    /// Instead of the token, signed in: whose letters.
    hub_id: Option<ID>,
    /// How long before an event; none at all when the list is empty.
    reminders: Vec<Ahead>,
    /// Where you live: an IANA zone, such as `Europe/Istanbul`. No reminder is sent between 21:00
    /// and 8:00 there.
    time_zone: Option<String>,
}

payload! {
    /// What came of it.
    SetMailPreferencesPayload {
        /// What is chosen now.
        preferences: MailPreferences
    }
}

payload! {
    /// What came of it.
    StopLettersPayload {
        /// What is not written any more.
        category: Category,
    }
}

payload! {
    /// What came of it.
    ResumeLettersPayload {
        /// To whom letters go again.
        stakeholder: Stakeholder,
    }
}

/// What may be commanded.
#[derive(Default)]
pub struct ReachMutations;

/// What may be commanded.
#[Object]
impl ReachMutations {
    /// Writes no more letters of the kind whose link this is. Whoever holds the link may.
    async fn stop_letters(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The link.")] input: StopLettersInput,
    ) -> async_graphql::Result<StopLettersPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let Some(Meant { hub, person, category }) = meant(call.app(), &input.token) else {
            let refusal = Refusal::new("INVALID_TOKEN", "this link is not genuine");
            call.input().fault(refusal.at(&["token"]));
            let nobody = PersonId::new(uuid::Uuid::nil());
            let act = stop(nobody, Category::All);
            return Ok(StopLettersPayload::new(call.give(None, act).await?, None));
        };
        // The link is the proof of who she is; it lets her say this and nothing else.
        let call = call.acting_as(Viewer {
            person: Some(person),
            ..Viewer::visitor(reply::viewer(ctx)?.locale)
        });
        let settled = call.give(Some(hub), stop(person, category)).await?;
        let said = settled.errors.is_empty().then_some(category);
        Ok(StopLettersPayload::new(settled, said))
    }

    /// Chooses when you are reminded of events: by the link of a letter, or signed in.
    async fn set_mail_preferences(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "When, and where you live.")] input: SetMailPreferencesInput,
    ) -> async_graphql::Result<SetMailPreferencesPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let zone = match &input.time_zone {
            Some(name) => Some(zone(&mut call, name)?),
            None => None,
        };
        let reminders = input.reminders.iter().copied().collect();
        let wishes = Wishes { reminders, zone };
        let via_link = input.token.is_some();
        let known = input.token.as_deref().and_then(|token| mails::meant(call.app(), token));
        if via_link && known.is_none() {
            let refusal = Refusal::new("INVALID_TOKEN", "this link is not genuine");
            call.input().fault(refusal.at(&["token"]));
        }
        let (hub, person) = if let Some((hub, person)) = known {
            let locale = reply::viewer(ctx)?.locale;
            call = call.acting_as(Viewer { person: Some(person), ..Viewer::visitor(locale) });
            (hub, Some(person))
        } else {
            let id = input.hub_id.as_ref().map(|id| id.0.clone()).unwrap_or_default();
            (call.id("hubId", &id), call.viewer().person)
        };
        let person = person.unwrap_or_else(|| PersonId::new(uuid::Uuid::nil()));
        let act = SetMailPreferences { person, wishes, via_link };
        let settled = call.give(Some(hub), act).await?;
        let chosen = if settled.errors.is_empty() {
            let (hub, person) = (hub.to_string(), person.to_string());
            Some(MailPreferences::of(&settled.reader, &hub, &person).await?)
        } else {
            None
        };
        Ok(SetMailPreferencesPayload::new(settled, chosen))
    }

    /// Writes to a stakeholder again: when an address works again, or the person wants it.
    async fn resume_letters(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "To whom, and what.")] input: ResumeLettersInput,
    ) -> async_graphql::Result<ResumeLettersPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let id = call.id::<StakeholderKind>("stakeholderId", &input.stakeholder_id);
        let hub = call.hub_of("stakeholderId", id).await?;
        let db = call.app().journal().db().clone();
        let row = stakeholder(&db, &id.to_string()).await.map_err(reply::fault)?;
        let person = row.and_then(|row| PersonId::parse(&row.person).ok());
        let person = person.unwrap_or_else(|| PersonId::new(uuid::Uuid::nil()));
        let act = ResumeLetters { person, category: input.category };
        let settled = call.give(Some(hub), act).await?;
        let about = id.to_string();
        let object = if settled.errors.is_empty() {
            Stakeholder::load(&settled.reader, &about).await?
        } else {
            None
        };
        Ok(ResumeLettersPayload::new(settled, object))
    }
}

fn stop(person: PersonId, category: Category) -> StopLetters {
    StopLetters { person, category, why: Why::Asked, until: None }
}
