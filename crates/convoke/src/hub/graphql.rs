//! A hub in the API: what it is, what it tells about itself, and what other folders add to it.

use async_graphql::{Context, ID, MergedObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::{HubId, HubKind, Role};
use uuid::Uuid;

use super::acts::ChangeHubProfile;
use super::decider::Profile;
use super::view;
use crate::account::graphql::HubAccounts;
use crate::app::entry::HubJournal;
use crate::app::input::Call;
use crate::app::{Reader, reply};
use crate::asking::lists::HubAsking;
use crate::event::lists::HubEvents;
use crate::hackathon::graphql::HubHackathons;
use crate::issue::graphql::HubIssues;
use crate::network::view::HubRow;
use crate::outbox::graphql::HubOutbox;
use crate::stakeholder::graphql::HubStakeholders;
use crate::{input, payloads};

/// A hub: a place that convenes people.
#[derive(MergedObject)]
pub struct Hub(
    HubCore,
    HubIssues,
    HubStakeholders,
    HubEvents,
    HubAsking,
    HubHackathons,
    HubAccounts,
    HubOutbox,
    HubJournal,
);

impl Hub {
    /// From its row.
    pub fn new(read: &Reader, row: HubRow) -> Self {
        let hub = HubId::parse(&row.id).unwrap_or_else(|_damaged| HubId::new(Uuid::nil()));
        Self(
            HubCore { read: read.clone(), row: row.clone() },
            HubIssues { read: read.clone(), hub },
            HubStakeholders { read: read.clone(), hub },
            HubEvents { read: read.clone(), hub: row.clone() },
            HubAsking { read: read.clone(), hub },
            HubHackathons { read: read.clone(), hub: row },
            HubAccounts { read: read.clone(), hub },
            HubOutbox { read: read.clone(), hub },
            HubJournal { read: read.clone(), hub },
        )
    }

    /// By its id; `None` when there is none.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn load(read: &Reader, id: &str) -> async_graphql::Result<Option<Self>> {
        let row = read.load(HubKey(id.to_owned())).await?;
        Ok(row.map(|row| Self::new(read, row)))
    }

    /// Its id, for the `Node` interface.
    ///
    /// # Errors
    /// None; the signature is the interface's.
    #[expect(clippy::unused_async, reason = "the interface asks for it")]
    pub async fn id(&self, _ctx: &Context<'_>) -> async_graphql::Result<ID> {
        Ok(ID(self.0.row.id.clone()))
    }
}

crate::loader!(
    /// A hub by its id.
    HubKey => HubRow, crate::network::view::hubs_by_id, |row: &HubRow| row.id.clone()
);

/// What a hub is by itself.
pub struct HubCore {
    read: Reader,
    row: HubRow,
}

/// What a hub tells about itself.
#[derive(Clone, Debug, Default, SimpleObject)]
pub struct HubProfile {
    /// Where to go.
    address: Option<String>,
    /// The desk's telephone.
    phone: Option<String>,
    /// The desk's mail address.
    email: Option<String>,
    /// Its website.
    website: Option<String>,
    /// What it is for.
    purpose: Option<String>,
}

/// What a hub is by itself.
#[Object]
impl HubCore {
    /// Its id: also the name of its journal.
    async fn id(&self) -> ID {
        ID(self.row.id.clone())
    }
    /// What it is called.
    async fn name(&self) -> &str {
        &self.row.name
    }
    /// Its place in addresses.
    async fn slug(&self) -> &str {
        &self.row.slug
    }
    /// Its IANA time zone.
    async fn time_zone(&self) -> &str {
        &self.row.zone
    }
    /// The languages it offers, its own first.
    async fn locales(&self) -> Vec<String> {
        self.row.locales()
    }
    /// When it was opened.
    async fn opened_at(&self) -> DateTime<Utc> {
        journal::instant(self.row.created_at)
    }
    /// The version of what it tells about itself: what `changeHubProfile` expects.
    async fn version(&self) -> async_graphql::Result<i64> {
        let row = view::profile(self.read.db(), &self.row.id).await.map_err(reply::fault)?;
        Ok(row.map_or(0, |row| row.version))
    }
    /// What it tells about itself.
    async fn profile(&self) -> async_graphql::Result<HubProfile> {
        let row = view::profile(self.read.db(), &self.row.id).await.map_err(reply::fault)?;
        Ok(row.map_or_else(HubProfile::default, |row| HubProfile {
            address: row.address,
            phone: row.phone,
            email: row.email,
            website: row.website,
            purpose: row.purpose,
        }))
    }
    /// The position of its journal that this answer shows.
    async fn position(&self) -> async_graphql::Result<ID> {
        let position = if let Some(past) = self.read.past() {
            past.position
        } else {
            let journal = self.read.app().journal();
            journal.position(&self.row.id).await.map_err(reply::fault)?
        };
        Ok(ID(position.to_string()))
    }
    /// Whether you work for it: see drafts, registrations and names.
    async fn viewer_is_staff(&self) -> bool {
        HubId::parse(&self.row.id).is_ok_and(|hub| {
            self.read.viewer().is_any(hub, &[Role::Curator, Role::Host, Role::Organiser])
        })
    }
}

/// What may be commanded of a hub.
#[derive(Default)]
pub struct HubMutations;

input! {
    /// What the hub tells about itself from now on; what is left out is gone.
    ChangeHubProfileInput {
        /// The hub.
        hub_id: ID,
        /// Where to go.
        address: Option<String>,
        /// The desk's telephone.
        phone: Option<String>,
        /// The desk's mail address.
        email: Option<String>,
        /// Its website.
        website: Option<String>,
        /// What it is for.
        purpose: Option<String>,
        /// The version you saw.
        expected_version: Option<i64>,
    }
}

payloads! {
    /// The hub.
    hub: Hub;
    /// What came of changing a hub's profile.
    ChangeHubProfilePayload
}

/// What may be commanded.
#[Object]
impl HubMutations {
    /// Says anew what a hub tells about itself. Hub admins only.
    async fn change_hub_profile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to say.")] input: ChangeHubProfileInput,
    ) -> async_graphql::Result<ChangeHubProfilePayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let hub = call.id::<HubKind>("hubId", &input.hub_id);
        let hub = call.hub_of("hubId", hub).await?;
        let texts = call.input();
        let profile = Profile {
            address: texts.prose("address", input.address.as_deref(), 400),
            phone: texts.optional_line("phone", input.phone.as_deref(), 40),
            email: texts.optional_line("email", input.email.as_deref(), 254),
            website: texts.optional_line("website", input.website.as_deref(), 500),
            purpose: texts.prose("purpose", input.purpose.as_deref(), 2_000),
        };
        let act = ChangeHubProfile { hub, profile, expected_version: input.expected_version };
        ChangeHubProfilePayload::shown(call.give(Some(hub), act).await?).await
    }
}
