//! The lists of what guests ask for: of one event, and of all events of a hub.

#![expect(clippy::too_many_arguments, reason = "a list takes its filters and the four of a page")]

use std::sync::Arc;

use async_graphql::Object;
use async_graphql::connection::{Connection, EmptyFields};
use journal::args;
use kernel::HubId;

use super::graphql::{AskingState, AttendanceRequest, ProposedTime};
use super::view::{self, AttendanceRow, ProposalRow};
use crate::app::Reader;
use crate::app::relay::{Cursor, List, PageArgs, Sort, Total};
use crate::event::view::EventRow;

type Proposals = Connection<Cursor, ProposedTime, Total, EmptyFields>;
type Requests = Connection<Cursor, AttendanceRequest, Total, EmptyFields>;

async fn proposals(
    read: &Reader,
    (hub, event): (&str, Option<&str>),
    state: Option<AskingState>,
    page: PageArgs,
) -> async_graphql::Result<Option<Proposals>> {
    if !read.is_for_staff(hub) {
        return Ok(None);
    }
    let list = List {
        name: format!("proposed times {hub} {event:?} {state:?}"),
        keyset: &view::PROPOSED,
        by_text: false,
        count: view::PROPOSED_COUNT,
        journal: hub,
        filters: args![event, state.map(|state| state.to_string())],
    };
    let key = |row: &ProposalRow| (Sort::from(row.created_position), row.id.clone());
    page.of(read, list, key, |row| ProposedTime::new(read, row)).await.map(Some)
}

async fn requests(
    read: &Reader,
    (hub, event): (&str, Option<&str>),
    state: Option<AskingState>,
    page: PageArgs,
) -> async_graphql::Result<Option<Requests>> {
    if !read.is_for_staff(hub) {
        return Ok(None);
    }
    let list = List {
        name: format!("requests to attend {hub} {event:?} {state:?}"),
        keyset: &view::REQUESTED,
        by_text: false,
        count: view::REQUESTED_COUNT,
        journal: hub,
        filters: args![event, state.map(|state| state.to_string())],
    };
    let key = |row: &AttendanceRow| (Sort::from(row.created_position), row.id.clone());
    page.of(read, list, key, |row| AttendanceRequest::new(read, row)).await.map(Some)
}

/// What guests ask about one event, as a part of the event.
pub struct EventAsking {
    /// Reads for this request.
    pub read: Reader,
    /// The event.
    pub event: Arc<EventRow>,
}

/// What guests ask about one event.
#[Object]
impl EventAsking {
    /// The other times guests have proposed, newest first; null unless you work for the hub.
    async fn proposed_times(
        &self,
        #[graphql(desc = "Only those that stand here.")] state: Option<AskingState>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Option<Proposals>> {
        let of = (self.event.journal.as_str(), Some(self.event.id.as_str()));
        proposals(&self.read, of, state, PageArgs { first, after, last, before }).await
    }
    /// Who was not invited and would come, newest first; null unless you work for the hub.
    async fn requests_to_attend(
        &self,
        #[graphql(desc = "Only those that stand here.")] state: Option<AskingState>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Option<Requests>> {
        let of = (self.event.journal.as_str(), Some(self.event.id.as_str()));
        requests(&self.read, of, state, PageArgs { first, after, last, before }).await
    }
}

/// What guests ask about all events of a hub, as a part of the hub.
pub struct HubAsking {
    /// Reads for this request.
    pub read: Reader,
    /// The hub.
    pub hub: HubId,
}

/// What guests ask about all events of a hub.
#[Object]
impl HubAsking {
    /// The other times guests have proposed for events of this hub, newest first; null unless you
    /// work for it.
    async fn proposed_times(
        &self,
        #[graphql(desc = "Only those that stand here.")] state: Option<AskingState>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Option<Proposals>> {
        let hub = self.hub.to_string();
        proposals(&self.read, (&hub, None), state, PageArgs { first, after, last, before }).await
    }
    /// Who was not invited and would come to an event of this hub, newest first; null unless you
    /// work for it.
    async fn requests_to_attend(
        &self,
        #[graphql(desc = "Only those that stand here.")] state: Option<AskingState>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Option<Requests>> {
        let hub = self.hub.to_string();
        requests(&self.read, (&hub, None), state, PageArgs { first, after, last, before }).await
    }
}
