//! Series in the API: the rule, and its dates a page at a time.

#![expect(clippy::too_many_arguments, reason = "a list takes the four of a page")]

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::connection::{Connection, EmptyFields};
use async_graphql::dataloader::Loader;
use async_graphql::{Enum, ID, Object};
use chrono::{DateTime, Utc};
use journal::{args, instant};

use super::decider::Stage;
use super::view::{self, SeriesRow};
use crate::app::Reader;
use crate::app::read::Batch;
use crate::app::relay::{Cursor, List, PageArgs, Sort, Total};
use crate::app::scalars::{LocalDateTime, parse_local};
use crate::event::graphql::{Event, Venue};
use crate::event::view::EventRow;
use crate::hub::graphql::Hub;
use crate::issue::graphql::Issue;
use crate::loader;

loader!(
    /// A series by its id.
    SeriesKey => SeriesRow, view::series_by_id, |row: &SeriesRow| row.id.clone()
);

/// The next event of a series at an instant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NextKey {
    series: String,
    now: i64,
}

impl Loader<NextKey> for Batch {
    type Value = EventRow;
    type Error = Arc<journal::Error>;

    async fn load(&self, keys: &[NextKey]) -> Result<HashMap<NextKey, EventRow>, Self::Error> {
        // All series of an answer are asked for within a moment; its beginning is taken for all.
        let now = keys.iter().map(|key| key.now).min().unwrap_or_default();
        let ids: Vec<String> = keys.iter().map(|key| key.series.clone()).collect();
        let rows = view::next_of_each(&self.db, &ids, now).await.map_err(Arc::new)?;
        let next: HashMap<&str, &EventRow> =
            rows.iter().filter_map(|row| Some((row.series.as_deref()?, row))).collect();
        let found = |key: &NextKey| {
            let row = next.get(key.series.as_str())?;
            Some((key.clone(), EventRow::clone(row)))
        };
        Ok(keys.iter().filter_map(found).collect())
    }
}

/// Where a series stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SeriesStage {
    /// It has its dates; only the hub's staff sees it.
    Scheduled,
    /// Everyone sees it.
    Published,
    /// Nothing more is to come.
    Ended,
}

impl From<Stage> for SeriesStage {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Unknown | Stage::Scheduled => Self::Scheduled,
            Stage::Published => Self::Published,
            Stage::Ended => Self::Ended,
        }
    }
}

/// Events that come again by a rule; each date is an event of its own.
pub struct Series {
    read: Reader,
    row: Arc<SeriesRow>,
}

impl Series {
    /// One by its id, if the viewer may see it.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn load(read: &Reader, id: &str) -> async_graphql::Result<Option<Self>> {
        let row = read.load(SeriesKey(id.to_owned())).await?;
        let may_see =
            |row: &SeriesRow| row.published_at.is_some() || read.is_for_staff(&row.journal);
        Ok(row.filter(may_see).map(|row| Self { read: read.clone(), row: Arc::new(row) }))
    }
}

/// Events that come again by a rule; each date is an event of its own, with its own places and
/// answers.
#[Object]
impl Series {
    /// Its id; also the left part of its calendar UID.
    pub async fn id(&self) -> ID {
        ID(self.row.id.clone())
    }
    /// Its version.
    async fn version(&self) -> i64 {
        self.row.version
    }
    /// When it last changed.
    async fn changed_at(&self) -> DateTime<Utc> {
        instant(self.row.changed_at)
    }
    /// The hub whose series it is.
    async fn hub(&self) -> async_graphql::Result<Option<Hub>> {
        Hub::load(&self.read, &self.row.journal).await
    }
    /// The issue it serves.
    async fn issue(&self) -> async_graphql::Result<Option<Issue>> {
        match &self.row.issue {
            Some(issue) => Issue::load(&self.read, issue).await,
            None => Ok(None),
        }
    }
    /// Where it stands.
    async fn stage(&self) -> SeriesStage {
        self.row.stage().into()
    }
    /// Its name.
    async fn title(&self) -> &str {
        &self.row.title
    }
    /// What it is for.
    async fn purpose(&self) -> &str {
        &self.row.purpose
    }
    /// How it comes again, as calendars write it (RRULE, RFC 5545 §3.8.5.3), with its end as a day.
    async fn rule(&self) -> &str {
        &self.row.rule
    }
    /// The first date of the rule, as the clocks on its wall show it.
    async fn first_local(&self) -> Option<LocalDateTime> {
        parse_local(&self.row.first).map(LocalDateTime)
    }
    /// Where that wall is: an IANA zone.
    async fn time_zone(&self) -> &str {
        &self.row.zone
    }
    /// The room, where nothing else is said of a date.
    async fn venue(&self) -> Option<Venue> {
        self.row.venue().map(Venue::from)
    }
    /// What calendars call SEQUENCE, of the series as a whole.
    async fn sequence(&self) -> i64 {
        self.row.sequence
    }
    /// Why it was ended.
    async fn end_reason(&self) -> Option<&str> {
        self.row.end_reason.as_deref()
    }
    /// The next of its events that is not over and takes place.
    async fn next(&self) -> async_graphql::Result<Option<Event>> {
        let key = NextKey { series: self.row.id.clone(), now: journal::micros(self.read.now()) };
        let next = self.read.load(key).await?;
        Ok(next.map(|row| Event::new(&self.read, row)))
    }
    /// Its events, by their beginning. Only the hub's staff sees those that are not published.
    async fn occurrences(
        &self,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Cursor, Event, Total, EmptyFields>> {
        let (read, row) = (&self.read, &self.row);
        let all = i64::from(read.is_for_staff(&row.journal));
        let list = List {
            name: format!("series {} {all}", row.id),
            keyset: &view::OCCURRENCES,
            by_text: false,
            count: view::OCCURRENCES_COUNT,
            journal: &row.journal,
            filters: args![row.id.as_str(), all],
        };
        let key = |row: &EventRow| (Sort::from(row.starts_at.unwrap_or_default()), row.id.clone());
        let page = PageArgs { first, after, last, before };
        page.of(read, list, key, |row| Event::new(read, row)).await
    }
}

/// The series of an event, as a part of it.
pub struct EventSeries {
    /// Reads for this request.
    pub read: Reader,
    /// The event.
    pub event: Arc<EventRow>,
}

/// The series of an event.
#[Object]
impl EventSeries {
    /// The series it is a date of; null for an event that does not come again.
    async fn series(&self) -> async_graphql::Result<Option<Series>> {
        match &self.event.series {
            Some(series) => Series::load(&self.read, series).await,
            None => Ok(None),
        }
    }
    /// When it was meant to begin by the rule of its series: calendars know the date by it, and it
    /// stays the same when the event is moved.
    async fn series_date(&self) -> Option<LocalDateTime> {
        self.event.series_date.as_deref().and_then(parse_local).map(LocalDateTime)
    }
}
