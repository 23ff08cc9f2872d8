//! Events in the API: what they are, when they are, and the commands that move them.
//!
//! Drafts are seen by the hub's staff and by who proposed them; once published, an event is
//! everybody's to see. Places and invitations are contributed by the folders they belong to.

use std::sync::Arc;

use async_graphql::connection::{Connection, EmptyFields};
use async_graphql::{Context, Enum, ID, MergedObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use journal::instant;
use kernel::HubId;

use super::view::{self, EventRow};
use super::{Format, Mode, Status};
use crate::app::Reader;
use crate::app::entry::{JournalEntry, entries};
use crate::app::relay::{Cursor, PageArgs};
use crate::app::scalars::{LocalDateTime, parse_local};
use crate::asking::lists::EventAsking;
use crate::desk::graphql::{EventPlaces, own_registration};
use crate::hackathon::graphql::EventHackathon;
use crate::hub::graphql::{Hub, HubKey};
use crate::invitation::graphql::EventInvitations;
use crate::issue::graphql::Issue;
use crate::loader;
use crate::series::graphql::EventSeries;
use crate::stakeholder::graphql::Stakeholder;

loader!(
    /// An event by its id.
    EventKey => EventRow, view::events_by_id, |row: &EventRow| row.id.clone()
);

/// Where an event stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum EventStatus {
    /// An idea, waiting for a curator.
    Proposed,
    /// A curator wants it.
    Accepted,
    /// It has a time.
    Scheduled,
    /// Everyone sees it and may register.
    Published,
    /// Everyone sees it; registration is closed.
    Closed,
    /// It is over.
    Ended,
    /// It is over, and what came of it has been told.
    Reported,
    /// A curator did not want it.
    Declined,
    /// Its proposer took it back.
    Withdrawn,
    /// Put off without a new time.
    Postponed,
    /// It does not happen.
    Cancelled,
}

impl From<Status> for EventStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Unknown | Status::Proposed => Self::Proposed,
            Status::Accepted => Self::Accepted,
            Status::Scheduled => Self::Scheduled,
            Status::Published => Self::Published,
            Status::Closed => Self::Closed,
            Status::Ended => Self::Ended,
            Status::Reported => Self::Reported,
            Status::Declined => Self::Declined,
            Status::Withdrawn => Self::Withdrawn,
            Status::Postponed => Self::Postponed,
            Status::Cancelled => Self::Cancelled,
        }
    }
}

impl From<EventStatus> for Status {
    fn from(status: EventStatus) -> Self {
        match status {
            EventStatus::Proposed => Self::Proposed,
            EventStatus::Accepted => Self::Accepted,
            EventStatus::Scheduled => Self::Scheduled,
            EventStatus::Published => Self::Published,
            EventStatus::Closed => Self::Closed,
            EventStatus::Ended => Self::Ended,
            EventStatus::Reported => Self::Reported,
            EventStatus::Declined => Self::Declined,
            EventStatus::Withdrawn => Self::Withdrawn,
            EventStatus::Postponed => Self::Postponed,
            EventStatus::Cancelled => Self::Cancelled,
        }
    }
}

/// What kind of meeting an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, serde::Serialize)]
#[graphql(remote = "Format")]
pub enum EventFormat {
    /// Talks and meeting in the evening.
    Evening,
    /// Working on one thing together.
    Workshop,
    /// One person who knows teaches many who want to.
    Masterclass,
    /// A skill, practised.
    Training,
    /// Meeting people, and nothing else.
    NetworkingHour,
    /// The members of a house talk about the house.
    HouseMeeting,
    /// Teams build, against a clock.
    Hackathon,
    /// Anything else.
    Other,
}

/// Where one can take part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, serde::Serialize)]
#[graphql(remote = "Mode")]
pub enum AttendanceMode {
    /// In a room.
    InPerson,
    /// By a link.
    Online,
    /// As one likes.
    Either,
}

/// A room people can find.
#[derive(Clone, Debug, SimpleObject)]
pub struct Venue {
    /// What is written over the door.
    pub name: String,
    /// Street and number.
    pub address: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// Degrees north (WGS 84).
    pub latitude: Option<f64>,
    /// Degrees east (WGS 84).
    pub longitude: Option<f64>,
}

impl From<super::Venue> for Venue {
    fn from(venue: super::Venue) -> Self {
        let super::Venue { name, address, city, geo } = venue;
        let (latitude, longitude) =
            geo.map(|geo| (Some(geo.latitude), Some(geo.longitude))).unwrap_or_default();
        Self { name, address, city, latitude, longitude }
    }
}

/// What the curator told when an event was over.
#[derive(Clone, Debug, SimpleObject)]
pub struct EventReport {
    /// How many people came.
    pub attendance: i64,
    /// From how many organisations.
    pub organisations: i64,
    /// Who should have been there and was not.
    pub who_was_missing: String,
}

/// Something people attend: curated, with a purpose, a time and a place.
#[derive(MergedObject)]
pub struct Event(
    EventCore,
    EventPlaces,
    EventInvitations,
    EventAsking,
    EventHackathon,
    EventSeries,
);

impl Event {
    /// An event that may be shown.
    pub fn new(read: &Reader, row: EventRow) -> Self {
        let row = Arc::new(row);
        let (read, event) = (read.clone(), row);
        Self(
            EventCore { read: read.clone(), row: Arc::clone(&event) },
            EventPlaces { read: read.clone(), event: Arc::clone(&event) },
            EventInvitations { read: read.clone(), event: Arc::clone(&event) },
            EventAsking { read: read.clone(), event: Arc::clone(&event) },
            EventHackathon { read: read.clone(), event: event.id.clone() },
            EventSeries { read, event },
        )
    }

    /// One by its id, if the viewer may see it.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn load(read: &Reader, id: &str) -> async_graphql::Result<Option<Self>> {
        let row = read.load(EventKey(id.to_owned())).await?;
        Ok(row.filter(|row| may_see(read, row)).map(|row| Self::new(read, row)))
    }

    /// Its id.
    ///
    /// # Errors
    /// None; the `Node` interface asks for a result.
    #[expect(clippy::unused_async, reason = "the interface asks for it")]
    pub async fn id(&self, _ctx: &Context<'_>) -> async_graphql::Result<ID> {
        Ok(ID(self.0.row.id.clone()))
    }
}

/// Whether the viewer may see an event: it is public, hers, or she works for the hub.
pub fn may_see(read: &Reader, row: &EventRow) -> bool {
    let own = row.proposed_by.as_ref().is_some_and(|person| read.is_for(person));
    row.is_public() || own || read.is_for_staff(&row.journal)
}

/// What an event is, without its places and invitations.
pub struct EventCore {
    read: Reader,
    row: Arc<EventRow>,
}

/// Something people attend.
#[Object]
impl EventCore {
    /// Its id; also the left part of its calendar UID.
    pub async fn id(&self) -> ID {
        ID(self.row.id.clone())
    }
    /// Its version: give it as `expectedVersion` to change only what you have seen.
    async fn version(&self) -> i64 {
        self.row.version
    }
    /// When it was proposed.
    async fn created_at(&self) -> DateTime<Utc> {
        instant(self.row.created_at)
    }
    /// When it last changed.
    async fn changed_at(&self) -> DateTime<Utc> {
        instant(self.row.changed_at)
    }
    /// When it was first published; null before.
    async fn published_at(&self) -> Option<DateTime<Utc>> {
        self.row.published_at.map(instant)
    }
    /// The hub whose event it is.
    async fn hub(&self) -> async_graphql::Result<Option<Hub>> {
        Hub::load(&self.read, &self.row.journal).await
    }
    /// The id of its hub.
    async fn hub_id(&self) -> ID {
        ID(self.row.journal.clone())
    }
    /// Where it stands.
    async fn status(&self) -> EventStatus {
        self.row.status().into()
    }
    /// Its name.
    async fn title(&self) -> &str {
        &self.row.title
    }
    /// What it is for.
    async fn purpose(&self) -> Option<&str> {
        self.row.purpose.as_deref()
    }
    /// The need it answers, where it names no issue.
    async fn need(&self) -> Option<&str> {
        self.row.need.as_deref()
    }
    /// The issue it serves.
    async fn issue(&self) -> async_graphql::Result<Option<Issue>> {
        match &self.row.issue {
            Some(issue) => Issue::load(&self.read, issue).await,
            None => Ok(None),
        }
    }
    /// The id of the issue it serves.
    async fn issue_id(&self) -> Option<ID> {
        self.row.issue.clone().map(ID)
    }
    /// The rest of what is said about it.
    async fn description(&self) -> Option<&str> {
        self.row.description.as_deref()
    }
    /// How to get in: steps, lifts, loops, quiet rooms, languages.
    async fn access_info(&self) -> Option<&str> {
        self.row.access_info.as_deref()
    }
    /// What kind of meeting.
    async fn format(&self) -> EventFormat {
        self.row.format.parse::<Format>().unwrap_or(Format::Other).into()
    }
    /// In a room or by a link.
    async fn mode(&self) -> AttendanceMode {
        self.row.mode.parse::<Mode>().unwrap_or_default().into()
    }
    /// The stakeholder who receives people, if it is not the hub itself; null when you may not see
    /// it.
    async fn host(&self) -> async_graphql::Result<Option<Stakeholder>> {
        match &self.row.host {
            Some(host) => Stakeholder::load(&self.read, host).await,
            None => Ok(None),
        }
    }
    /// The id of the stakeholder who receives people, if it is not the hub itself.
    async fn host_id(&self) -> Option<ID> {
        self.row.host.clone().map(ID)
    }
    /// The instant of the start; null until it is scheduled.
    async fn starts_at(&self) -> Option<DateTime<Utc>> {
        self.row.starts_at.map(instant)
    }
    /// The instant of the end.
    async fn ends_at(&self) -> Option<DateTime<Utc>> {
        self.row.ends_at.map(instant)
    }
    /// The start as the clocks on the event's wall show it.
    async fn starts_local(&self) -> Option<LocalDateTime> {
        self.row.starts.as_deref().and_then(parse_local).map(LocalDateTime)
    }
    /// The end as the clocks on the event's wall show it.
    async fn ends_local(&self) -> Option<LocalDateTime> {
        self.row.ends.as_deref().and_then(parse_local).map(LocalDateTime)
    }
    /// Where that wall is: an IANA zone.
    async fn time_zone(&self) -> Option<&str> {
        self.row.zone.as_deref()
    }
    /// Whether it lasts whole days; then the times of day mean nothing, and the last day is the one
    /// before `endsLocal`.
    async fn is_all_day(&self) -> bool {
        self.row.all_day
    }
    /// The room.
    async fn venue(&self) -> Option<Venue> {
        self.row.venue().map(Venue::from)
    }
    /// The town.
    async fn city(&self) -> Option<&str> {
        self.row.city.as_deref()
    }
    /// The address of the meeting on line: for the hub's staff and for those who have a place.
    async fn link(&self) -> async_graphql::Result<Option<&str>> {
        let Some(link) = self.row.link.as_deref() else { return Ok(None) };
        if self.read.is_for_staff(&self.row.journal) {
            return Ok(Some(link));
        }
        let own = own_registration(&self.read, &self.row).await?;
        let confirmed = own.is_some_and(|registration| registration.state == "confirmed");
        Ok(confirmed.then_some(link))
    }
    /// Its page: here, or where it was imported from.
    async fn url(&self) -> async_graphql::Result<Option<String>> {
        if self.row.imported {
            return Ok(self.row.url.clone());
        }
        let key = HubKey(self.row.journal.clone());
        let hub = self.read.load(key).await?;
        let public = &self.read.app().settings().public_url;
        Ok(hub.map(|hub| format!("{public}/h/{}/events/{}", hub.slug, self.row.id)))
    }
    /// Whether it is kept elsewhere and only shown here.
    async fn is_imported(&self) -> bool {
        self.row.imported
    }
    /// What its source says it is about, when it was imported.
    async fn topic(&self) -> Option<&str> {
        self.row.topic.as_deref()
    }
    /// What calendars call SEQUENCE: 0 at the first publication, one more with each change they
    /// must hear of; null before it is published.
    async fn sequence(&self) -> Option<i64> {
        self.row.sequence
    }
    /// Why it was cancelled.
    async fn cancel_reason(&self) -> Option<&str> {
        self.row.cancel_reason.as_deref()
    }
    /// When it was cancelled.
    async fn cancelled_at(&self) -> Option<DateTime<Utc>> {
        self.row.cancelled_at.map(instant)
    }
    /// Why the proposal was declined.
    async fn decline_reason(&self) -> Option<&str> {
        self.row.decline_reason.as_deref()
    }
    /// What came of it, once the curator has told.
    async fn report(&self) -> Option<EventReport> {
        let attendance = self.row.attendance?;
        let organisations = self.row.organisations.unwrap_or_default();
        let who_was_missing = self.row.who_was_missing.clone().unwrap_or_default();
        Some(EventReport { attendance, organisations, who_was_missing })
    }
    /// What happened to it, its places and its guests, newest first; without names.
    async fn timeline(
        &self,
        #[graphql(desc = "How many, 1 to 100; 20 when nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<Connection<Cursor, JournalEntry, EmptyFields, EmptyFields>> {
        let hub = HubId::parse(&self.row.journal).map_err(graphql::Fault::internal)?;
        let args = PageArgs { first, after, ..PageArgs::default() };
        entries(&self.read, hub, Some(&self.row.id), args).await
    }
}
