//! The events of a hub in the API, a page at a time.
//!
//! Everybody sees what is public; the board with its proposals and drafts is for the hub's staff,
//! and shows others only what they proposed themselves.

#![expect(clippy::too_many_arguments, reason = "a list takes its filters and the four of a page")]

use async_graphql::connection::{Connection, EmptyFields};
use async_graphql::{Enum, ID, Object};
use journal::args;

use super::Status;
use super::graphql::{Event, EventStatus};
use super::view::{self, EventRow};
use crate::app::Reader;
use crate::app::relay::{Cursor, List, PageArgs, Sort, Total};
use crate::network::view::HubRow;

/// Which events of a hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum EventTime {
    /// Those that are not over, soonest first.
    Upcoming,
    /// Those that are over, latest first.
    Past,
    /// All of them, by their start.
    All,
}

/// The events of a hub, as a part of the hub.
pub struct HubEvents {
    /// Reads for this request.
    pub read: Reader,
    /// The hub.
    pub hub: HubRow,
}

/// A list of events.
pub type EventList = Connection<Cursor, Event, Total, EmptyFields>;

/// What is planned in this hub, and what was.
#[Object]
impl HubEvents {
    /// The public events of the hub.
    async fn events(
        &self,
        #[graphql(desc = "Which: upcoming, past or all.", default_with = "EventTime::All")]
        when: EventTime,
        #[graphql(desc = "Only those of this issue.")] issue_id: Option<ID>,
        #[graphql(desc = "Only those that stand here.")] status: Option<EventStatus>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<EventList> {
        let asked = Asked { hub: &self.hub.id, when, issue: issue_id, status };
        public_events(&self.read, asked, PageArgs { first, after, last, before }).await
    }

    /// Every event of the hub, proposals and drafts included, newest first: for staff; others see
    /// those they proposed.
    async fn event_board(
        &self,
        #[graphql(desc = "Only those of this issue.")] issue_id: Option<ID>,
        #[graphql(desc = "Only those that stand here.")] status: Option<EventStatus>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<EventList> {
        let (read, hub) = (&self.read, &self.hub.id);
        // A visitor proposed nothing: her own events are those of nobody.
        let own = (!read.is_for_staff(hub))
            .then(|| read.viewer().person.map(|own| own.to_string()).unwrap_or_default());
        let status = status.map(|status| Status::from(status).to_string());
        let issue = issue_id.map(|id| id.0);
        let list = List {
            name: format!("event board {hub} {issue:?} {status:?} {own:?}"),
            keyset: &view::ALL,
            by_text: false,
            count: view::ALL_COUNT,
            journal: hub,
            filters: args![issue, status, own],
        };
        let key = |row: &EventRow| (Sort::from(row.created_at), row.id.clone());
        let page = PageArgs { first, after, last, before };
        page.of(read, list, key, |row| Event::new(read, row)).await
    }
}

/// Which public events are asked for.
pub struct Asked<'a> {
    /// The hub's id.
    pub hub: &'a str,
    /// Upcoming, past or all.
    pub when: EventTime,
    /// Of this issue only.
    pub issue: Option<ID>,
    /// That stand here only.
    pub status: Option<EventStatus>,
}

/// A page of public events.
///
/// # Errors
/// `BAD_USER_INPUT` for a bad page; faults of the database.
pub async fn public_events(
    read: &Reader,
    asked: Asked<'_>,
    page: PageArgs,
) -> async_graphql::Result<EventList> {
    let Asked { hub, when, issue, status } = asked;
    let (issue, now) = (issue.map(|id| id.0), journal::micros(read.now()));
    let status = status.map(|status| Status::from(status).to_string());
    let (keyset, from, until) = match when {
        EventTime::Upcoming => (&view::PUBLIC, now, i64::MAX),
        EventTime::Past => (&view::PUBLIC_LATEST, i64::MIN, now),
        EventTime::All => (&view::PUBLIC, i64::MIN, i64::MAX),
    };
    let list = List {
        name: format!("events {hub} {when:?} {issue:?} {status:?}"),
        keyset,
        by_text: false,
        count: view::PUBLIC_COUNT,
        journal: hub,
        filters: args![from, until, issue, status],
    };
    let key = |row: &EventRow| (Sort::from(row.starts_at.unwrap_or_default()), row.id.clone());
    page.of(read, list, key, |row| Event::new(read, row)).await
}
