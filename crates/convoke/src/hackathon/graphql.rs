//! Hackathons in the API: rules, phase, clock, and what their rosters hold.

#![expect(clippy::too_many_arguments, reason = "a list takes its filters and the four of a page")]

use async_graphql::connection::{Connection, EmptyFields};
use async_graphql::{Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use journal::instant;

use super::view::{self, ExtensionRow, HackathonRow};
use super::{Clock, Phase};
use crate::app::Reader;
use crate::app::relay::{Cursor, List, PageArgs, Sort, Total};
use crate::app::scalars::{Duration, LocalDateTime};
use crate::event::graphql::Event;
use crate::network::view::HubRow;
use crate::roster::HackathonRoster;
use crate::roster::graphql::{Idea, Participant, Team};
use crate::{list_loader, loader};

loader!(
    /// A hackathon by its id.
    HackathonKey => HackathonRow, view::hackathons_by_id, |row: &HackathonRow| row.id.clone()
);

list_loader!(
    /// The extensions of a hackathon.
    ExtensionsKey => ExtensionRow, view::extensions_of, |row: &ExtensionRow| Some(row.hackathon.clone())
);
list_loader!(
    /// The hackathons of an event.
    OfEventKey => HackathonRow, view::hackathons_of_events, |row: &HackathonRow| Some(row.event.clone())
);

/// Where a hackathon stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum HackathonPhase {
    /// It has rules and a length.
    Drafted,
    /// Teams form.
    TeamFormation,
    /// Who is in which team is settled.
    Locked,
    /// The clock runs.
    Hacking,
    /// The clock stands still.
    Paused,
    /// Time is over; what was handed in stays as it is.
    Frozen,
    /// It does not take place.
    Cancelled,
}

impl From<Phase> for HackathonPhase {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::Unknown | Phase::Drafted => Self::Drafted,
            Phase::TeamFormation => Self::TeamFormation,
            Phase::Locked => Self::Locked,
            Phase::Hacking => Self::Hacking,
            Phase::Paused => Self::Paused,
            Phase::Frozen => Self::Frozen,
            Phase::Cancelled => Self::Cancelled,
        }
    }
}

/// How large teams may be.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct HackathonRules {
    /// Smaller teams are flagged at the lock.
    pub team_min: i64,
    /// Nobody is let into a team of this size.
    pub team_max: i64,
}

/// A hackathon.
#[derive(Clone, Debug)]
pub struct Hackathon {
    /// Reads for this request.
    pub read: Reader,
    /// Its row.
    pub row: HackathonRow,
}

impl Hackathon {
    /// One by its id.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn load(read: &Reader, id: &str) -> async_graphql::Result<Option<Self>> {
        let key = HackathonKey(id.to_owned());
        let row = read.load(key).await?;
        Ok(row.map(|row| Self { read: read.clone(), row }))
    }

    async fn extensions(&self) -> async_graphql::Result<Vec<ExtensionRow>> {
        let key = ExtensionsKey(self.row.id.clone());
        Ok(self.read.load(key).await?.unwrap_or_default())
    }

    /// The clock with all extensions; `None` before the start.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn running(&self) -> async_graphql::Result<Option<Clock>> {
        if self.row.started_at.is_none() {
            return Ok(None);
        }
        Ok(self.row.clock(&self.extensions().await?))
    }

    fn roster(&self) -> HackathonRoster<'_> {
        HackathonRoster { read: &self.read, hackathon: &self.row }
    }
}

/// A hackathon: teams, and a clock that counts elapsed time.
#[Object]
impl Hackathon {
    /// Its id.
    pub async fn id(&self) -> ID {
        ID(self.row.id.clone())
    }
    /// Its version: give it as `expectedVersion` to change only what you have seen.
    async fn version(&self) -> i64 {
        self.row.version
    }
    /// When it was planned.
    async fn created_at(&self) -> DateTime<Utc> {
        instant(self.row.created_at)
    }
    /// When it last changed.
    async fn changed_at(&self) -> DateTime<Utc> {
        instant(self.row.changed_at)
    }
    /// The id of the event it belongs to.
    async fn event_id(&self) -> ID {
        ID(self.row.event.clone())
    }
    /// The event it belongs to; null if you may not see it.
    async fn event(&self) -> async_graphql::Result<Option<Event>> {
        Event::load(&self.read, &self.row.event).await
    }
    /// Where it stands.
    async fn phase(&self) -> HackathonPhase {
        self.row.phase().into()
    }
    /// How large teams may be.
    async fn rules(&self) -> HackathonRules {
        HackathonRules { team_min: self.row.team_min, team_max: self.row.team_max }
    }
    /// How long the clock is to run, before pauses and extensions.
    async fn duration(&self) -> Duration {
        Duration(chrono::Duration::seconds(self.row.duration_s))
    }
    /// The clock; null before it was started.
    async fn clock(&self) -> async_graphql::Result<Option<HackathonClock>> {
        let now = self.read.now();
        let phase = self.row.phase();
        Ok(self.running().await?.map(|clock| HackathonClock { clock, phase, now }))
    }
    /// When time is over for everybody; null before the clock was started.
    async fn deadline(&self) -> Option<DateTime<Utc>> {
        self.row.deadline()
    }
    /// Every extension with its reason: what one team was given, all can see.
    async fn extensions_given(&self) -> async_graphql::Result<Vec<ClockExtension>> {
        let rows = self.extensions().await?;
        Ok(rows.into_iter().map(|row| ClockExtension { read: self.read.clone(), row }).collect())
    }
    /// How many teams were too small when the rosters were locked.
    async fn under_sized_at_lock(&self) -> Option<i64> {
        self.row.under_sized
    }
    /// How many people were in no team when the rosters were locked.
    async fn unplaced_at_lock(&self) -> Option<i64> {
        self.row.unplaced
    }
    /// Why it was called off.
    async fn cancelled_reason(&self) -> Option<&str> {
        self.row.cancelled_reason.as_deref()
    }
    /// How many people take part.
    async fn participant_count(&self) -> async_graphql::Result<i64> {
        Ok(self.roster().figures().await?.map_or(0, |row| row.participants))
    }
    /// How many of them are in no team.
    async fn unplaced_count(&self) -> async_graphql::Result<i64> {
        Ok(self.roster().figures().await?.map_or(0, |row| row.participants - row.placed))
    }
    /// How many teams there are.
    async fn team_count(&self) -> async_graphql::Result<i64> {
        Ok(self.roster().figures().await?.map_or(0, |row| row.teams))
    }
    /// Its teams, in the order in which they were founded.
    async fn teams(
        &self,
        #[graphql(desc = "How many from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Cursor, Team, Total, EmptyFields>> {
        self.roster().teams(PageArgs { first, after, last, before }).await
    }
    /// Who takes part, in the order of enrolment; only those in no team, if asked so.
    async fn participants(
        &self,
        #[graphql(desc = "Only those in no team.", default = false)] unplaced: bool,
        #[graphql(desc = "How many from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Cursor, Participant, Total, EmptyFields>> {
        self.roster().participants(unplaced, PageArgs { first, after, last, before }).await
    }
    /// The ideas pitched, in the order in which they were.
    async fn ideas(
        &self,
        #[graphql(desc = "How many from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Cursor, Idea, Total, EmptyFields>> {
        self.roster().ideas(PageArgs { first, after, last, before }).await
    }
    /// Your own part in it; null when you do not take part.
    async fn my_participation(&self) -> async_graphql::Result<Option<Participant>> {
        self.roster().own().await
    }
}

/// A hackathon's clock, at the instant of the answer. Lengths are elapsed time: a change of the
/// clocks on the wall neither gives nor takes an hour.
pub struct HackathonClock {
    clock: Clock,
    phase: Phase,
    now: DateTime<Utc>,
}

/// A hackathon's clock, at the instant of the answer.
#[Object]
impl HackathonClock {
    /// When it was started.
    async fn started_at(&self) -> DateTime<Utc> {
        self.clock.started_at
    }
    /// When time is over for everybody. While the clock stands still: as if it went on at the
    /// instant it was stopped.
    async fn deadline(&self) -> DateTime<Utc> {
        self.clock.deadline()
    }
    /// The same on the clocks of a place.
    #[expect(clippy::unused_async, reason = "fields of the API are asynchronous")]
    async fn deadline_local(
        &self,
        #[graphql(desc = "An IANA time zone such as Europe/Amsterdam.")] time_zone: String,
    ) -> async_graphql::Result<LocalDateTime> {
        let zone = kernel::Zone::parse(&time_zone)
            .ok_or_else(|| graphql::Fault::bad_user_input("there is no such time zone"))?;
        Ok(LocalDateTime(zone.local(self.clock.deadline())))
    }
    /// When submissions freeze: the deadline of the team that has longest.
    async fn freezes_at(&self) -> DateTime<Utc> {
        self.clock.freezes_at()
    }
    /// Whether time runs now.
    async fn is_running(&self) -> bool {
        self.phase == Phase::Hacking && self.now <= self.clock.freezes_at()
    }
    /// Since when it stands still, if it does.
    async fn paused_at(&self) -> Option<DateTime<Utc>> {
        self.clock.paused_at
    }
    /// How long it has run.
    async fn elapsed(&self) -> Duration {
        Duration(self.clock.elapsed(self.now))
    }
    /// How much time is left for everybody; never below zero.
    async fn remaining(&self) -> Duration {
        Duration(self.clock.remaining(self.now))
    }
    /// How long it stood still in pauses that are over.
    async fn paused_for(&self) -> Duration {
        Duration(chrono::Duration::milliseconds(self.clock.paused_ms))
    }
    /// What everybody was given on top.
    async fn extended_by(&self) -> Duration {
        Duration(chrono::Duration::seconds(self.clock.extended_s))
    }
}

/// More time, for everybody or one team.
pub struct ClockExtension {
    read: Reader,
    row: ExtensionRow,
}

/// More time, for everybody or one team.
#[Object]
impl ClockExtension {
    /// How much.
    async fn by(&self) -> Duration {
        Duration(chrono::Duration::seconds(self.row.by_s))
    }
    /// For which team; everybody when null.
    async fn team(&self) -> async_graphql::Result<Option<Team>> {
        match &self.row.team {
            Some(team) => Team::load(&self.read, team).await,
            None => Ok(None),
        }
    }
    /// Why.
    async fn reason(&self) -> Option<&str> {
        self.row.reason.as_deref()
    }
    /// When it was given.
    async fn created_at(&self) -> DateTime<Utc> {
        instant(self.row.created_at)
    }
}

/// The hackathons of a hub, as a part of the hub.
pub struct HubHackathons {
    /// Reads for this request.
    pub read: Reader,
    /// The hub.
    pub hub: HubRow,
}

/// The hackathons of a hub.
#[Object]
impl HubHackathons {
    /// Its hackathons, the newest first.
    async fn hackathons(
        &self,
        #[graphql(desc = "How many from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Cursor, Hackathon, Total, EmptyFields>> {
        let (hub, read) = (self.hub.id.as_str(), &self.read);
        let list = List {
            name: format!("hackathons of {hub}"),
            keyset: &view::OF_HUB,
            by_text: false,
            count: view::OF_HUB_COUNT,
            journal: hub,
            filters: Vec::new(),
        };
        let key = |row: &HackathonRow| (Sort::from(row.created_position), row.id.clone());
        let node = |row| Hackathon { read: read.clone(), row };
        PageArgs { first, after, last, before }.of(read, list, key, node).await
    }
}

/// The hackathons of an event, as a part of the event.
pub struct EventHackathon {
    /// Reads for this request.
    pub read: Reader,
    /// The event's id.
    pub event: String,
}

/// The hackathons of an event.
#[Object]
impl EventHackathon {
    /// Its hackathons, the oldest first; most events have none or one.
    async fn hackathons(&self) -> async_graphql::Result<Vec<Hackathon>> {
        let key = OfEventKey(self.event.clone());
        let rows = self.read.load(key).await?;
        let hackathon = |row| Hackathon { read: self.read.clone(), row };
        Ok(rows.unwrap_or_default().into_iter().map(hackathon).collect())
    }
}
