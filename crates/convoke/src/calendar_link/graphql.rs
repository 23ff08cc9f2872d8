//! Calendar links in the API. A link's address is shown once, in the answer that makes it.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use graphql::Fault;
use journal::instant;
use kernel::{HubId, HubKind, PersonId, Personal, Refusal};
use serde::Serialize;

use super::acts::{CreateCalendarLink, RevokeCalendarLink, RotateCalendarLink};
use super::decider::{Detail, Feed, NewLink};
use super::view::{self, LinkRow};
use super::{CalendarLinkId, CalendarLinkKind, LABEL_MAX, PROOF, path, token_hash, token_of};
use crate::app::input::Call;
use crate::app::reply::{CommandReceipt, Settled, UserError};
use crate::app::{App, Reader, Viewer, reply};
use crate::hackathon::{HackathonId, HackathonKind, TeamKind};
use crate::{input, payload};

/// What a calendar link shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize)]
pub enum CalendarFeed {
    /// What a person goes to in a hub, and what is due.
    Personal,
    /// A hackathon as its participants see it.
    Hackathon,
    /// What a team must know.
    Team,
}

/// A secret address that calendar programs subscribe to. The address itself is not kept and never
/// shown again.
#[derive(Clone, Debug, SimpleObject)]
pub struct CalendarLink {
    /// Its id.
    id: ID,
    /// The hub it belongs to.
    hub_id: ID,
    /// What it shows.
    feed: CalendarFeed,
    /// The hub, hackathon or team it is about.
    on_id: ID,
    /// How much it tells.
    detail: Detail,
    /// What its owner calls it.
    label: Option<String>,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it last got another address.
    rotated_at: Option<DateTime<Utc>>,
    /// When it ended.
    ended_at: Option<DateTime<Utc>>,
    /// When a calendar program last asked for it, to the hour.
    last_used_at: Option<DateTime<Utc>>,
}

impl CalendarLink {
    fn of(row: LinkRow) -> Option<Self> {
        let ended_at = row.ended_at().map(instant);
        let (feed, on) = match row.feed()? {
            Feed::Personal => (CalendarFeed::Personal, row.journal.clone()),
            Feed::Hackathon { .. } => (CalendarFeed::Hackathon, row.hackathon?),
            Feed::Team { .. } => (CalendarFeed::Team, row.team?),
        };
        Some(Self {
            id: ID(row.id),
            hub_id: ID(row.journal),
            feed,
            on_id: ID(on),
            detail: row.detail.parse().ok()?,
            label: row.label,
            created_at: instant(row.created_at),
            rotated_at: row.rotated_at.map(instant),
            ended_at,
            last_used_at: row.used_at.map(instant),
        })
    }

    /// The link of an id, as it is now.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn load(read: &Reader, id: &str) -> async_graphql::Result<Option<Self>> {
        let row = view::link(read.app().journal().db(), id).await.map_err(reply::fault)?;
        Ok(row.and_then(Self::of))
    }
}

/// The calendar links of whoever asks, in all hubs; of a visitor none.
///
/// # Errors
/// When the database is out of reach.
pub async fn own(read: &Reader) -> async_graphql::Result<Vec<CalendarLink>> {
    let Some(person) = read.viewer().person else { return Ok(Vec::new()) };
    let db = read.app().journal().db();
    let rows = view::links_of(db, &person.to_string(), None).await.map_err(reply::fault)?;
    Ok(rows.into_iter().filter_map(CalendarLink::of).collect())
}

input! {
    /// Which calendar link to make.
    CreateCalendarLinkInput {
        /// What it shows.
        feed: CalendarFeed,
        /// The hub, hackathon or team it is about, as `feed` says.
        on_id: ID,
        /// What you call it, for example after the program that will use it.
        label: String,
        /// How much it tells.
        #[graphql(default)]
        detail: Detail,
        /// What the link of a letter holds behind `/c/`, for who has no other way in.
        token: Option<String>,
    }
}

input! {
    /// Which calendar link gets another address.
    RotateCalendarLinkInput {
        /// The link.
        calendar_link_id: ID,
        /// What the link of a letter holds behind `/c/`, for who has no other way in.
        token: Option<String>,
    }
}

input! {
    /// Which calendar link ends.
    RevokeCalendarLinkInput {
        /// The link.
        calendar_link_id: ID,
        /// What the link of a letter holds behind `/c/`, for who has no other way in.
        token: Option<String>,
    }
}

/// What came of making a calendar link.
#[derive(SimpleObject)]
pub struct CreateCalendarLinkPayload {
    /// The link.
    calendar_link: Option<CalendarLink>,
    /// The address to subscribe to. Shown this once: a repeated command answers without it.
    url: Option<String>,
    /// Why not; empty when the command was accepted.
    user_errors: Vec<UserError>,
    /// Proof of the accepted command; null when it was refused or a dry run.
    receipt: Option<CommandReceipt>,
}

/// What came of giving a calendar link another address.
#[derive(SimpleObject)]
pub struct RotateCalendarLinkPayload {
    /// The link.
    calendar_link: Option<CalendarLink>,
    /// The new address. Shown this once: a repeated command answers without it.
    url: Option<String>,
    /// Why not; empty when the command was accepted.
    user_errors: Vec<UserError>,
    /// Proof of the accepted command; null when it was refused or a dry run.
    receipt: Option<CommandReceipt>,
}

payload! {
    /// What came of ending a calendar link.
    RevokeCalendarLinkPayload {
        /// The link.
        calendar_link: CalendarLink
    }
}

/// What may be commanded of calendar links.
#[derive(Default)]
pub struct CalendarLinkMutations;

/// What may be commanded.
#[Object]
impl CalendarLinkMutations {
    /// Makes a secret address that a calendar program can subscribe to: what you go to, or the
    /// calendar of a hackathon or a team you are in.
    async fn create_calendar_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which link.")] input: CreateCalendarLinkInput,
    ) -> async_graphql::Result<CreateCalendarLinkPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let (mut call, proved_in) = acting(call, input.token.as_deref());
        let (hub, feed) = feed_of(&mut call, &input).await?;
        let via_link = via(&mut call, proved_in, hub);
        let label = call.input().line("label", &input.label, LABEL_MAX);
        let new = Wanted { feed, detail: input.detail, label, via_link };
        let (settled, url) = make(call, hub, new).await?;
        let calendar_link = settled.load(load).await?;
        let CalendarAnswer { user_errors, receipt } = CalendarAnswer::of(settled);
        Ok(CreateCalendarLinkPayload { calendar_link, url, user_errors, receipt })
    }

    /// Gives a calendar link of yours another address. Programs that have the old one are told
    /// that it has ended.
    async fn rotate_calendar_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which link.")] input: RotateCalendarLinkInput,
    ) -> async_graphql::Result<RotateCalendarLinkPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let (mut call, proved_in) = acting(call, input.token.as_deref());
        let link = call.id::<CalendarLinkKind>("calendarLinkId", &input.calendar_link_id);
        let hub = call.hub_of("calendarLinkId", link).await?;
        via(&mut call, proved_in, hub);
        let (settled, url) = rotate(call, hub, link).await?;
        let calendar_link = settled.load(load).await?;
        let CalendarAnswer { user_errors, receipt } = CalendarAnswer::of(settled);
        Ok(RotateCalendarLinkPayload { calendar_link, url, user_errors, receipt })
    }

    /// Ends a calendar link of yours. Programs that have its address forget what they hold.
    async fn revoke_calendar_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which link.")] input: RevokeCalendarLinkInput,
    ) -> async_graphql::Result<RevokeCalendarLinkPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let (mut call, proved_in) = acting(call, input.token.as_deref());
        let link = call.id::<CalendarLinkKind>("calendarLinkId", &input.calendar_link_id);
        let hub = call.hub_of("calendarLinkId", link).await?;
        via(&mut call, proved_in, hub);
        let act = RevokeCalendarLink { person: herself(&call), link };
        let settled = call.give(Some(hub), act).await?;
        let calendar_link = settled.load(load).await?;
        Ok(RevokeCalendarLinkPayload::new(settled, calendar_link))
    }
}

async fn load(read: Reader, id: String) -> async_graphql::Result<Option<CalendarLink>> {
    CalendarLink::load(&read, &id).await
}

struct CalendarAnswer {
    user_errors: Vec<UserError>,
    receipt: Option<CommandReceipt>,
}

impl CalendarAnswer {
    fn of(settled: Settled) -> Self {
        Self { user_errors: settled.errors, receipt: settled.receipt }
    }
}

/// Whom a proof behind `/c/` names, and in which hub.
pub(crate) fn proved(app: &App, proof: &str) -> Option<(HubId, PersonId)> {
    let (hub, person) = app.link_target(PROOF, proof)?.split_once('~')?;
    Some((HubId::parse(hub).ok()?, PersonId::parse(person).ok()?))
}

/// The same command, given by whom a link of a letter proves, and the hub it proves her in.
fn acting(mut call: Call, proof: Option<&str>) -> (Call, Option<HubId>) {
    let Some(proof) = proof else { return (call, None) };
    let Some((hub, person)) = proved(call.app(), proof) else {
        forged(&mut call);
        return (call, None);
    };
    let locale = call.viewer().locale;
    let herself = Viewer { person: Some(person), ..Viewer::visitor(locale) };
    (call.acting_as(herself), Some(hub))
}

/// Whether she comes by a link; one of another hub proves nothing here.
fn via(call: &mut Call, proved_in: Option<HubId>, hub: HubId) -> bool {
    if proved_in.is_some_and(|known| known != hub) {
        forged(call);
    }
    proved_in == Some(hub)
}

fn forged(call: &mut Call) {
    let refusal = Refusal::new("INVALID_TOKEN", "this link is not genuine");
    call.input().fault(refusal.at(&["token"]));
}

/// The person who acts; nobody's id when she is not known, which no act permits.
pub(crate) fn herself(call: &Call) -> PersonId {
    call.viewer().person.unwrap_or_else(|| PersonId::new(uuid::Uuid::nil()))
}

async fn feed_of(
    call: &mut Call,
    input: &CreateCalendarLinkInput,
) -> async_graphql::Result<(HubId, Feed)> {
    let field = "onId";
    match input.feed {
        CalendarFeed::Personal => {
            let hub = call.id::<HubKind>(field, &input.on_id);
            Ok((call.hub_of(field, hub).await?, Feed::Personal))
        }
        CalendarFeed::Hackathon => {
            let hackathon = call.id::<HackathonKind>(field, &input.on_id);
            Ok((call.hub_of(field, hackathon).await?, Feed::Hackathon { hackathon }))
        }
        CalendarFeed::Team => {
            let team = call.id::<TeamKind>(field, &input.on_id);
            let hub = call.hub_of(field, team).await?;
            let db = call.app().journal().db().clone();
            let row = crate::roster::query::team(&db, &team.to_string()).await;
            let row = row.map_err(reply::fault)?;
            // A team nobody knows was a fault already.
            let hackathon = row.and_then(|row| HackathonId::parse(&row.hackathon).ok());
            let hackathon = hackathon.unwrap_or_else(|| HackathonId::new(uuid::Uuid::nil()));
            Ok((hub, Feed::Team { hackathon, team }))
        }
    }
}

/// A link somebody wants.
pub(crate) struct Wanted {
    pub(crate) feed: Feed,
    pub(crate) detail: Detail,
    pub(crate) label: String,
    /// Whether the link of a letter proves who she is.
    pub(crate) via_link: bool,
}

/// Makes a link for whoever acts; says its address, unless the command was given before.
///
/// # Errors
/// As [`Call::give`].
pub(crate) async fn make(
    call: Call,
    hub: HubId,
    wanted: Wanted,
) -> Result<(Settled, Option<String>), Fault> {
    let Wanted { feed, detail, label, via_link } = wanted;
    let (app, person) = (call.app().clone(), herself(&call));
    let token = token_of(app.world().secret());
    let link = NewLink {
        link: app.id(),
        feed,
        detail,
        token_hash: token_hash(&token),
        label: Personal::new(person, label),
    };
    let act = CreateCalendarLink { person, link, via_link };
    let settled = call.settle(Some(hub), act).await?;
    let url = shown(&app, &settled, &feed, &token);
    Ok((settled, url))
}

/// Gives a link of whoever acts another address, and says it.
///
/// # Errors
/// As [`Call::give`].
pub(crate) async fn rotate(
    call: Call,
    hub: HubId,
    link: CalendarLinkId,
) -> Result<(Settled, Option<String>), Fault> {
    let (app, person) = (call.app().clone(), herself(&call));
    let token = token_of(app.world().secret());
    let act = RotateCalendarLink { person, link, token_hash: token_hash(&token) };
    let settled = call.settle(Some(hub), act).await?;
    let row = view::link(app.journal().db(), &link.to_string()).await;
    let feed = row.map_err(Fault::internal)?.and_then(|row| row.feed());
    let url = feed.and_then(|feed| shown(&app, &settled, &feed, &token));
    Ok((settled, url))
}

/// The address, in the one answer that may tell it.
fn shown(app: &App, settled: &Settled, feed: &Feed, token: &str) -> Option<String> {
    let is_new = settled.receipt.as_ref().is_some_and(|receipt| !receipt.replayed);
    is_new.then(|| format!("{}{}", app.settings().public_url, path(feed, token)))
}
