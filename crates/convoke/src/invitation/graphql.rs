//! Invitations in the API: who was asked and what she answered, and whom to ask.
//!
//! Guest lists are for the hub's staff; a guest sees her own invitation, signed in or by the link
//! from her letter.

#![expect(clippy::too_many_arguments, reason = "a list takes its filters and the four of a page")]

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use async_graphql::connection::{Connection, EmptyFields};
use async_graphql::dataloader::Loader;
use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use journal::{args, instant};

use super::view::{self, InvitationRow};
use super::{Answer, Status, Via};
use crate::app::input::reader;
use crate::app::read::Batch;
use crate::app::relay::{Cursor, List, PageArgs, Sort, Total};
use crate::app::{Reader, reply};
use crate::asking::graphql::ProposedTime;
use crate::desk::graphql::{OwnKey, Registration};
use crate::event::graphql::Event;
use crate::event::view::EventRow;
use crate::inbound;
use crate::loader;

/// What keeps the links of invitations apart from other links.
pub const LINK: &str = "invitation";

loader!(
    /// An invitation by its id.
    InvitationKey => InvitationRow, view::invitations_by_id, |row: &InvitationRow| row.id.clone()
);

/// Somebody's own newest invitation to an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OwnInvitationKey(pub OwnKey);

/// How the invitations to an event stand: the hub and the event.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CountsKey(pub String, pub String);

impl Loader<OwnInvitationKey> for Batch {
    type Value = InvitationRow;
    type Error = Arc<journal::Error>;

    async fn load(
        &self,
        keys: &[OwnInvitationKey],
    ) -> Result<HashMap<OwnInvitationKey, InvitationRow>, Self::Error> {
        let keys: Vec<OwnKey> = keys.iter().map(|key| key.0.clone()).collect();
        let mut found = HashMap::new();
        for ((hub, person), events) in OwnKey::grouped(&keys) {
            let rows = view::invitations_of(&self.db, hub, person, &events).await;
            // The oldest come first, so the newest stays.
            for row in rows.map_err(Arc::new)? {
                let (hub, person) = (hub.to_owned(), person.to_owned());
                let key = OwnKey { hub, event: row.event.clone(), person };
                found.insert(OwnInvitationKey(key), row);
            }
        }
        Ok(found)
    }
}

impl Loader<CountsKey> for Batch {
    type Value = Vec<view::StateCount>;
    type Error = Arc<journal::Error>;

    async fn load(
        &self,
        keys: &[CountsKey],
    ) -> Result<HashMap<CountsKey, Self::Value>, Self::Error> {
        let mut groups: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for CountsKey(hub, event) in keys {
            groups.entry(hub).or_default().push(event.clone());
        }
        let mut found: HashMap<CountsKey, Self::Value> = HashMap::new();
        for (hub, events) in groups {
            for row in view::counts(&self.db, hub, &events).await.map_err(Arc::new)? {
                let key = CountsKey(hub.to_owned(), row.event.clone());
                found.entry(key).or_default().push(row);
            }
        }
        Ok(found)
    }
}

/// Where an invitation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum InvitationState {
    /// Chosen, and not told yet.
    Prepared,
    /// Told; no answer so far.
    Sent,
    /// Comes.
    Accepted,
    /// Perhaps.
    Tentative,
    /// Does not come.
    Declined,
    /// Did not answer in time.
    Expired,
    /// Taken back.
    Revoked,
}

impl From<Status> for InvitationState {
    fn from(status: Status) -> Self {
        match status {
            Status::None | Status::Prepared => Self::Prepared,
            Status::Sent => Self::Sent,
            Status::Accepted => Self::Accepted,
            Status::Tentative => Self::Tentative,
            Status::Declined => Self::Declined,
            Status::Expired => Self::Expired,
            Status::Revoked => Self::Revoked,
        }
    }
}

impl From<InvitationState> for Status {
    fn from(state: InvitationState) -> Self {
        match state {
            InvitationState::Prepared => Self::Prepared,
            InvitationState::Sent => Self::Sent,
            InvitationState::Accepted => Self::Accepted,
            InvitationState::Tentative => Self::Tentative,
            InvitationState::Declined => Self::Declined,
            InvitationState::Expired => Self::Expired,
            InvitationState::Revoked => Self::Revoked,
        }
    }
}

/// An answer to an invitation, as calendars call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, serde::Serialize)]
#[graphql(remote = "Answer")]
pub enum Rsvp {
    /// Comes.
    Accepted,
    /// Perhaps; no place is taken.
    Tentative,
    /// Does not come.
    Declined,
}

/// How an answer came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Via")]
pub enum RsvpVia {
    /// From the page behind the link in the letter.
    Link,
    /// From a calendar program.
    Calendar,
    /// A host noted it.
    Host,
    /// Signed in.
    Api,
}

/// A personal invitation to an event.
#[derive(Clone, Debug)]
pub struct Invitation {
    read: Reader,
    row: InvitationRow,
    own: bool,
}

impl Invitation {
    /// One that may be shown.
    pub fn new(read: &Reader, row: InvitationRow) -> Self {
        let own = read.is_for(&row.person);
        Self { read: read.clone(), row, own }
    }

    /// One by its id, for the guest herself and the hub's staff.
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
        Ok(Self::unchecked(read, id).await?.map(|it| Self { own: true, ..it }))
    }

    async fn unchecked(read: &Reader, id: &str) -> async_graphql::Result<Option<Self>> {
        let key = InvitationKey(id.to_owned());
        let row = read.load(key).await?;
        Ok(row.map(|row| Self::new(read, row)))
    }
}

/// A personal invitation to an event.
#[Object]
impl Invitation {
    /// Its id.
    pub async fn id(&self) -> ID {
        ID(self.row.id.clone())
    }
    /// The version of its stream.
    async fn version(&self) -> i64 {
        self.row.version
    }
    /// When the guest was chosen.
    async fn created_at(&self) -> DateTime<Utc> {
        instant(self.row.created_at)
    }
    /// When it last changed.
    async fn changed_at(&self) -> DateTime<Utc> {
        instant(self.row.changed_at)
    }
    /// To what.
    async fn event(&self) -> async_graphql::Result<Option<Event>> {
        Event::load(&self.read, &self.row.event).await
    }
    /// The id of the event.
    async fn event_id(&self) -> ID {
        ID(self.row.event.clone())
    }
    /// The id of the stakeholder who is asked.
    async fn stakeholder_id(&self) -> ID {
        ID(self.row.stakeholder.clone())
    }
    /// The id of the person who answers for it: a pseudonym.
    async fn person_id(&self) -> ID {
        ID(self.row.person.clone())
    }
    /// 1, 2, 3 …: how often she was asked. Earlier generations keep their answers.
    async fn generation(&self) -> i64 {
        self.row.generation
    }
    /// Why she, in a sentence she may read.
    async fn reason(&self) -> Option<&str> {
        self.row.reason.as_deref()
    }
    /// Where it stands.
    async fn state(&self) -> InvitationState {
        self.row.state.parse::<Status>().unwrap_or_default().into()
    }
    /// The answer that counts; null before there is one.
    async fn answer(&self) -> Option<Rsvp> {
        self.row.answer.as_deref()?.parse::<Answer>().ok().map(Rsvp::from)
    }
    /// When it was given.
    async fn answered_at(&self) -> Option<DateTime<Utc>> {
        self.row.answered_at.map(instant)
    }
    /// How it came in.
    async fn answered_via(&self) -> Option<RsvpVia> {
        self.row.via.as_deref()?.parse::<Via>().ok().map(RsvpVia::from)
    }
    /// Until when an answer makes sense: the event begins then.
    async fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.row.expires_at.map(instant)
    }
    /// What came in from the guest's calendar, the newest first, with what was decided and why;
    /// null unless you work for the hub.
    #[graphql(complexity = "10 + child_complexity")]
    async fn replies(&self) -> async_graphql::Result<Option<Vec<inbound::graphql::InboundMail>>> {
        if !self.read.is_for_staff(&self.row.journal) {
            return Ok(None);
        }
        Ok(Some(inbound::graphql::about(&self.read, &self.row.id).await?))
    }
    /// The other times the guest has proposed by her calendar, newest last; null unless you work
    /// for the hub or are the guest.
    #[graphql(complexity = "10 + child_complexity")]
    async fn proposed_times(&self) -> async_graphql::Result<Option<Vec<ProposedTime>>> {
        if !self.own && !self.read.is_for_staff(&self.row.journal) {
            return Ok(None);
        }
        Ok(Some(ProposedTime::of(&self.read, &self.row.id).await?))
    }
    /// The registration the acceptance took.
    async fn registration(&self) -> async_graphql::Result<Option<Registration>> {
        let Some(id) = &self.row.registration else { return Ok(None) };
        if self.own {
            Registration::of_bearer(&self.read, id).await
        } else {
            Registration::load(&self.read, id).await
        }
    }
}

/// How many invitations of an event stand somewhere.
#[derive(Clone, Debug, SimpleObject)]
pub struct InvitationCount {
    /// Where.
    pub state: InvitationState,
    /// How many.
    pub count: i64,
}

/// The invitations of an event, as a part of the event.
pub struct EventInvitations {
    /// Reads for this request.
    pub read: Reader,
    /// The event.
    pub event: Arc<EventRow>,
}

/// Who is asked to come.
#[Object]
impl EventInvitations {
    /// Who was invited, first chosen first; null unless you work for the hub.
    async fn invitations(
        &self,
        #[graphql(desc = "Only those that stand here.")] state: Option<InvitationState>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Option<Connection<Cursor, Invitation, Total, EmptyFields>>> {
        let (read, hub, event) = (&self.read, &self.event.journal, &self.event.id);
        if !read.is_for_staff(hub) {
            return Ok(None);
        }
        let list = List {
            name: format!("invitations {event} {state:?}"),
            keyset: &view::BY_EVENT,
            by_text: false,
            count: view::BY_EVENT_COUNT,
            journal: hub,
            filters: args![event, state.map(|state| Status::from(state).to_string())],
        };
        let key = |row: &InvitationRow| (Sort::from(row.created_position), row.id.clone());
        let node = |row| Invitation::new(read, row);
        PageArgs { first, after, last, before }.of(read, list, key, node).await.map(Some)
    }
    /// How the invitations stand; null unless you work for the hub.
    async fn invitation_counts(&self) -> async_graphql::Result<Option<Vec<InvitationCount>>> {
        let (read, hub, event) = (&self.read, &self.event.journal, &self.event.id);
        if !read.is_for_staff(hub) {
            return Ok(None);
        }
        let key = CountsKey(hub.clone(), event.clone());
        let counts = read.loader().load_one(key).await.map_err(reply::fault)?.unwrap_or_default();
        let count = |row: view::StateCount| InvitationCount {
            state: row.state.parse::<Status>().unwrap_or_default().into(),
            count: row.n,
        };
        Ok(Some(counts.into_iter().map(count).collect()))
    }
    /// Your own newest invitation; null when you were not asked.
    async fn my_invitation(&self) -> async_graphql::Result<Option<Invitation>> {
        let Some(key) = OwnKey::of(&self.read, &self.event) else { return Ok(None) };
        let key = OwnInvitationKey(key);
        let row = self.read.loader().load_one(key).await.map_err(reply::fault)?;
        Ok(row.map(|row| Invitation::new(&self.read, row)))
    }
}

/// What may be asked of invitations.
#[derive(Default)]
pub struct InvitationQueries;

/// What may be asked.
#[Object]
impl InvitationQueries {
    /// The invitation a link names; null when the token is not genuine.
    async fn invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the link holds behind `/i/`.")] token: String,
    ) -> async_graphql::Result<Option<Invitation>> {
        let read = reader(ctx)?;
        match read.app().link_target(LINK, &token) {
            Some(id) => Invitation::of_bearer(&read, id).await,
            None => Ok(None),
        }
    }
}
