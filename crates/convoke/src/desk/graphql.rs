//! Places in the API: how many are taken, and registrations with their state.
//!
//! How many places are taken everyone may know; who took them, only the hub's staff and the person
//! herself, or who holds the link from her letter.

#![expect(clippy::too_many_arguments, reason = "a list takes its filters and the four of a page")]

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use async_graphql::connection::{Connection, EmptyFields};
use async_graphql::dataloader::Loader;
use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use journal::{args, instant};

use super::view::{self, DeskRow, RegistrationRow};
use crate::app::input::reader;
use crate::app::read::Batch;
use crate::app::relay::{Cursor, List, PageArgs, Sort, Total};
use crate::app::{Reader, reply};
use crate::event::graphql::Event;
use crate::event::view::EventRow;
use crate::loader;

/// What keeps the links of registrations apart from other links.
pub const LINK: &str = "registration";

loader!(
    /// The desk of an event, by the event's id.
    DeskKey => DeskRow, view::desks_by_event, |row: &DeskRow| row.id.clone()
);
loader!(
    /// A registration by its id.
    RegistrationKey => RegistrationRow, view::registrations_by_id, |row: &RegistrationRow| row.id.clone()
);
loader!(
    /// The place in the queue of a registration that waits.
    QueueKey => view::QueuePlace, view::queue_places, |row: &view::QueuePlace| row.id.clone()
);

/// Somebody's own registration at an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OwnKey {
    /// The hub.
    pub hub: String,
    /// The event.
    pub event: String,
    /// Who.
    pub person: String,
}

impl OwnKey {
    /// The viewer's own at this event; `None` for a visitor.
    pub fn of(read: &Reader, event: &EventRow) -> Option<Self> {
        let person = read.viewer().person?.to_string();
        Some(Self { hub: event.journal.clone(), event: event.id.clone(), person })
    }

    /// Keys by what a query can answer at once: one person in one hub, nearly always the only pair.
    pub fn grouped(keys: &[Self]) -> BTreeMap<(&str, &str), Vec<String>> {
        let mut groups: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
        for Self { hub, event, person } in keys {
            groups.entry((hub, person)).or_default().push(event.clone());
        }
        groups
    }
}

impl Loader<OwnKey> for Batch {
    type Value = RegistrationRow;
    type Error = Arc<journal::Error>;

    async fn load(&self, keys: &[OwnKey]) -> Result<HashMap<OwnKey, RegistrationRow>, Self::Error> {
        let mut found = HashMap::new();
        for ((hub, person), events) in OwnKey::grouped(keys) {
            let rows = view::registrations_of(&self.db, hub, person, &events).await;
            for row in rows.map_err(Arc::new)? {
                let (hub, person) = (hub.to_owned(), person.to_owned());
                found.insert(OwnKey { hub, event: row.event.clone(), person }, row);
            }
        }
        Ok(found)
    }
}

/// The viewer's own live registration at an event.
///
/// # Errors
/// Faults of the database.
pub async fn own_registration(
    read: &Reader,
    event: &EventRow,
) -> async_graphql::Result<Option<RegistrationRow>> {
    let Some(key) = OwnKey::of(read, event) else { return Ok(None) };
    read.loader().load_one(key).await.map_err(reply::fault)
}

/// Where a registration stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum RegistrationState {
    /// It has its places.
    Confirmed,
    /// It waits.
    Waiting,
    /// Places are kept for it until it is confirmed.
    Offered,
    /// It was cancelled.
    Cancelled,
    /// The offered place was declined.
    Declined,
    /// The offered place was not taken in time.
    Expired,
    /// It left the waitlist.
    Left,
}

impl RegistrationState {
    /// As views store it.
    pub fn parse(state: &str) -> Self {
        match state {
            "confirmed" => Self::Confirmed,
            "offered" => Self::Offered,
            "cancelled" => Self::Cancelled,
            "declined" => Self::Declined,
            "expired" => Self::Expired,
            "left" => Self::Left,
            _ => Self::Waiting,
        }
    }

    /// As views store it.
    pub fn text(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Waiting => "waiting",
            Self::Offered => "offered",
            Self::Cancelled => "cancelled",
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::Left => "left",
        }
    }
}

/// One person's claim on places at an event, for herself and whom she brings.
#[derive(Clone, Debug)]
pub struct Registration {
    read: Reader,
    row: RegistrationRow,
    /// Whether it is shown to the person herself, or to who holds her link.
    own: bool,
}

impl Registration {
    /// One that may be shown.
    pub fn new(read: &Reader, row: RegistrationRow) -> Self {
        let own = read.is_for(&row.person);
        Self { read: read.clone(), row, own }
    }

    /// The same, shown to who proved that it is hers.
    #[must_use]
    pub fn proven(self) -> Self {
        Self { own: true, ..self }
    }

    /// One by its id, for the person herself and the hub's staff.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn load(read: &Reader, id: &str) -> async_graphql::Result<Option<Self>> {
        let found = Self::unchecked(read, id).await?;
        Ok(found.filter(|it| it.own || read.is_for_staff(&it.row.journal)))
    }

    /// One by its id, for who has proved that it is hers.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn of_bearer(read: &Reader, id: &str) -> async_graphql::Result<Option<Self>> {
        Ok(Self::unchecked(read, id).await?.map(Self::proven))
    }

    async fn unchecked(read: &Reader, id: &str) -> async_graphql::Result<Option<Self>> {
        let key = RegistrationKey(id.to_owned());
        let row = read.load(key).await?;
        Ok(row.map(|row| Self::new(read, row)))
    }
}

/// One person's claim on places at an event.
#[Object]
impl Registration {
    /// Its id.
    pub async fn id(&self) -> ID {
        ID(self.row.id.clone())
    }
    /// The version of the event's desk behind its last change.
    async fn version(&self) -> i64 {
        self.row.version
    }
    /// When it came in.
    async fn created_at(&self) -> DateTime<Utc> {
        instant(self.row.created_at)
    }
    /// When it last changed.
    async fn changed_at(&self) -> DateTime<Utc> {
        instant(self.row.changed_at)
    }
    /// The event.
    async fn event(&self) -> async_graphql::Result<Option<Event>> {
        Event::load(&self.read, &self.row.event).await
    }
    /// The id of the event.
    async fn event_id(&self) -> ID {
        ID(self.row.event.clone())
    }
    /// The id of the person: a pseudonym.
    async fn person_id(&self) -> ID {
        ID(self.row.person.clone())
    }
    /// Her name; null once she is erased.
    async fn name(&self) -> Option<&str> {
        self.row.name.as_deref()
    }
    /// Her address; null once she is erased.
    async fn email(&self) -> Option<&str> {
        self.row.email.as_deref()
    }
    /// What she wants the host to know.
    async fn note(&self) -> Option<&str> {
        self.row.note.as_deref()
    }
    /// In which language she reads.
    async fn locale(&self) -> &str {
        &self.row.locale
    }
    /// How many people come, herself included.
    async fn party_size(&self) -> i64 {
        self.row.party_size
    }
    /// Where it stands.
    async fn state(&self) -> RegistrationState {
        RegistrationState::parse(&self.row.state)
    }
    /// Her place in the queue: 1 for the next; null when she does not wait.
    async fn waitlist_position(&self) -> async_graphql::Result<Option<i64>> {
        if self.row.state != "waiting" {
            return Ok(None);
        }
        let key = QueueKey(self.row.id.clone());
        let place = self.read.load(key).await?;
        Ok(place.map(|place| place.n))
    }
    /// Whether a smaller party was once preferred because this one did not fit.
    async fn was_passed_over(&self) -> bool {
        self.row.passed_over.is_some()
    }
    /// Until when the offered place is kept.
    async fn offered_until(&self) -> Option<DateTime<Utc>> {
        self.row.offered_until.map(instant)
    }
    /// On whose word it was cancelled: `person`, `link`, `host` or `invitation`.
    async fn cancelled_by(&self) -> Option<&str> {
        self.row.cancelled_by.as_deref()
    }
    /// What its link holds: with it, whoever has it may confirm, change and cancel. Shown to the
    /// person herself alone.
    async fn token(&self) -> Option<String> {
        self.own.then(|| self.read.app().link_token(LINK, &self.row.id))
    }
    /// The page of that link.
    async fn url(&self) -> Option<String> {
        let app = self.read.app();
        let public = &app.settings().public_url;
        self.own.then(|| format!("{public}/r/{}", app.link_token(LINK, &self.row.id)))
    }
}

/// The places of an event, as a part of the event.
pub struct EventPlaces {
    /// Reads for this request.
    pub read: Reader,
    /// The event.
    pub event: Arc<EventRow>,
}

impl EventPlaces {
    async fn desk(&self) -> async_graphql::Result<Option<DeskRow>> {
        let key = DeskKey(self.event.id.clone());
        self.read.load(key).await
    }
}

/// Who comes, and how many places are left.
#[Object]
impl EventPlaces {
    /// How many may come; null when there is no limit, or no registration here.
    async fn capacity(&self) -> async_graphql::Result<Option<i64>> {
        Ok(self.desk().await?.and_then(|desk| desk.capacity))
    }
    /// Places taken: confirmed, or kept for somebody who is being asked.
    async fn places_taken(&self) -> async_graphql::Result<i64> {
        Ok(self.desk().await?.map_or(0, |desk| desk.confirmed + desk.offered))
    }
    /// Places nobody holds; null when there is no limit. While people wait, they come first.
    async fn places_free(&self) -> async_graphql::Result<Option<i64>> {
        Ok(self.desk().await?.and_then(|desk| desk.free()))
    }
    /// People who are confirmed, with their parties.
    async fn confirmed_count(&self) -> async_graphql::Result<i64> {
        Ok(self.desk().await?.map_or(0, |desk| desk.confirmed))
    }
    /// People who wait, with their parties.
    async fn waiting_count(&self) -> async_graphql::Result<i64> {
        Ok(self.desk().await?.map_or(0, |desk| desk.waiting))
    }
    /// Whether people may wait when it is full.
    async fn has_waitlist(&self) -> async_graphql::Result<bool> {
        Ok(self.desk().await?.is_some_and(|desk| desk.waitlist))
    }
    /// Whether a curator let more come than there are places.
    async fn is_overbooked(&self) -> async_graphql::Result<bool> {
        let over =
            |desk: DeskRow| desk.capacity.is_some_and(|most| most < desk.confirmed + desk.offered);
        Ok(self.desk().await?.is_some_and(over))
    }
    /// The version of the desk: give it as `expectedVersion` to change its capacity.
    async fn desk_version(&self) -> async_graphql::Result<i64> {
        Ok(self.desk().await?.map_or(0, |desk| desk.version))
    }
    /// Who registered, first come first; null unless you work for the hub.
    async fn registrations(
        &self,
        #[graphql(desc = "Only those that stand here.")] state: Option<RegistrationState>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Option<Connection<Cursor, Registration, Total, EmptyFields>>> {
        let (read, hub, event) = (&self.read, &self.event.journal, &self.event.id);
        if !read.is_for_staff(hub) {
            return Ok(None);
        }
        let list = List {
            name: format!("registrations {event} {state:?}"),
            keyset: &view::BY_EVENT,
            by_text: false,
            count: view::BY_EVENT_COUNT,
            journal: hub,
            filters: args![event, state.map(RegistrationState::text)],
        };
        let key = |row: &RegistrationRow| (Sort::from(row.created_position), row.id.clone());
        let node = |row| Registration::new(read, row);
        PageArgs { first, after, last, before }.of(read, list, key, node).await.map(Some)
    }
    /// Your own registration that is alive; null when you have none.
    async fn my_registration(&self) -> async_graphql::Result<Option<Registration>> {
        let row = own_registration(&self.read, &self.event).await?;
        Ok(row.map(|row| Registration::new(&self.read, row)))
    }
}

/// What may be asked of desks.
#[derive(Default)]
pub struct DeskQueries;

/// What may be asked.
#[Object]
impl DeskQueries {
    /// The registration a link names; null when the token is not genuine.
    async fn registration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the link holds behind `/r/`.")] token: String,
    ) -> async_graphql::Result<Option<Registration>> {
        let read = reader(ctx)?;
        match read.app().link_target(LINK, &token) {
            Some(id) => Registration::of_bearer(&read, id).await,
            None => Ok(None),
        }
    }
}
