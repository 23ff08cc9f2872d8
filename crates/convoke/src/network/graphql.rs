//! The network in the API: finding hubs, and opening them.

#![expect(clippy::too_many_arguments, reason = "a list takes its filters and the four of a page")]

use async_graphql::connection::{Connection, EmptyFields};
use async_graphql::{Context, ID, Object, OneofObject};
use chrono::{DateTime, Utc};
use graphql::Fault;
use kernel::{HubId, HubKind, Zone};

use super::acts::OpenHub;
use super::decider::NETWORK;
use super::view;
use crate::app::input::{Call, reader};
use crate::app::relay::{Cursor, List, PageArgs, Sort, Total};
use crate::app::{Reader, reply};
use crate::hub::graphql::Hub;
use crate::{input, payloads};

/// A moment of the past: one of the two.
#[derive(Clone, Debug, OneofObject)]
pub enum AsOf {
    /// Everything recorded up to this instant.
    At(DateTime<Utc>),
    /// Everything up to this position of the hub's journal.
    Position(ID),
}

/// Reads a hub as it is, or as it was.
///
/// # Errors
/// `BAD_USER_INPUT` for a position that is no number; faults of the database.
pub async fn reader_at(
    ctx: &Context<'_>,
    hub: HubId,
    as_of: Option<AsOf>,
) -> async_graphql::Result<Reader> {
    let present = reader(ctx)?;
    let position = match as_of {
        None => return Ok(present),
        Some(AsOf::Position(position)) => position
            .parse::<i64>()
            .map_err(|_cause| Fault::bad_user_input("a position is a whole number"))?,
        Some(AsOf::At(at)) => {
            let journal = present.app().journal();
            journal.position_at(&hub.to_string(), at).await.map_err(reply::fault)?
        }
    };
    let past = present.app().reader_as_of(present.viewer().clone(), hub, position).await;
    past.map_err(reply::fault)
}

/// What may be asked of the network.
#[derive(Default)]
pub struct NetworkQueries;

/// What may be asked.
#[Object]
impl NetworkQueries {
    /// A hub by its slug or its id, as it is or as it was; null when there is none.
    async fn hub(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its place in addresses.")] slug: Option<String>,
        #[graphql(desc = "Its id, instead of the slug.")] id: Option<ID>,
        #[graphql(desc = "A moment of the past; the present when missing.")] as_of: Option<AsOf>,
    ) -> async_graphql::Result<Option<Hub>> {
        let present = reader(ctx)?;
        let row = match (slug, id) {
            (Some(slug), None) => view::hub_by_slug(present.db(), &slug).await,
            (None, Some(id)) => view::hub(present.db(), &id).await,
            _ => return Err(Fault::bad_user_input("give a slug or an id, one of them").into()),
        }
        .map_err(reply::fault)?;
        let Some(row) = row else { return Ok(None) };
        if as_of.is_none() {
            return Ok(Some(Hub::new(&present, row)));
        }
        let Ok(hub) = HubId::parse(&row.id) else { return Ok(None) };
        Hub::load(&reader_at(ctx, hub, as_of).await?, &row.id).await
    }

    /// All hubs by name.
    async fn hubs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Cursor, Hub, Total, EmptyFields>> {
        let read = reader(ctx)?;
        let list = List {
            name: "hubs".to_owned(),
            keyset: &view::BY_NAME,
            by_text: true,
            count: view::COUNT,
            journal: NETWORK,
            filters: Vec::new(),
        };
        let key = |row: &view::HubRow| (Sort::from(row.name.clone()), row.id.clone());
        let node = |row| Hub::new(&read, row);
        PageArgs { first, after, last, before }.of(&read, list, key, node).await
    }
}

/// What may be commanded of the network.
#[derive(Default)]
pub struct NetworkMutations;

input! {
    /// What to open.
    OpenHubInput {
        /// What it is called.
        name: String,
        /// Its place in addresses: 2 to 40 of a-z, 0-9 and inner hyphens.
        slug: String,
        /// Where its clocks stand: an IANA name such as `Europe/Amsterdam`.
        time_zone: String,
        /// The languages it offers (`en`, `nl`, `tr`, `ko`), its own first.
        locales: Vec<String>,
    }
}

payloads! {
    /// The hub.
    hub: Hub;
    /// What came of opening a hub.
    OpenHubPayload
}

/// What may be commanded.
#[Object]
impl NetworkMutations {
    /// Opens a hub. Network admins only.
    async fn open_hub(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to open.")] input: OpenHubInput,
    ) -> async_graphql::Result<OpenHubPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let name = call.input().line("name", &input.name, 120);
        let slug = input.slug.trim().to_owned();
        let zone = Zone::parse(&input.time_zone)
            .ok_or_else(|| format!("“{}” is no time zone", input.time_zone));
        let zone = call.input().parse("timeZone", "UNKNOWN_TIME_ZONE", zone);
        // A zone that is none is a fault by now; the command is not given then.
        let Some(zone) = zone.or_else(|| Zone::parse("UTC")) else {
            return Err(Fault::internal("no time zones are compiled in").into());
        };
        let hub = call.app().id::<HubKind>();
        let act = OpenHub { hub, name, slug, zone, locales: input.locales.clone() };
        OpenHubPayload::shown(call.give(None, act).await?).await
    }
}
