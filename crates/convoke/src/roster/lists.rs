//! The lists a hackathon shows of its roster, a page at a time.

use async_graphql::connection::{Connection, EmptyFields};
use journal::args;

use super::graphql::{Idea, Participant, RosterKey, Team, own_part};
use super::query::{self, IdeaRow, ParticipantRow, RosterRow, TeamRow};
use crate::app::Reader;
use crate::app::relay::{Cursor, Keyset, List, PageArgs, Sort, Total};
use crate::hackathon::view::HackathonRow;

/// What a hackathon shows of its roster.
pub(crate) struct HackathonRoster<'a> {
    /// Reads for this request.
    pub(crate) read: &'a Reader,
    /// The hackathon.
    pub(crate) hackathon: &'a HackathonRow,
}

impl HackathonRoster<'_> {
    pub(crate) async fn figures(&self) -> async_graphql::Result<Option<RosterRow>> {
        self.read.load(RosterKey(self.hackathon.id.clone())).await
    }

    pub(crate) async fn own(&self) -> async_graphql::Result<Option<Participant>> {
        let row = own_part(self.read, &self.hackathon.id).await?;
        Ok(row.map(|row| Participant { read: self.read.clone(), row }))
    }

    fn list<'a>(&'a self, name: &str, keyset: &'a Keyset, count: &'static str) -> List<'a> {
        List {
            name: format!("{name} of {}", self.hackathon.id),
            keyset,
            by_text: false,
            count,
            journal: &self.hackathon.journal,
            filters: args![&self.hackathon.id],
        }
    }

    pub(crate) async fn teams(
        &self,
        page: PageArgs,
    ) -> async_graphql::Result<Connection<Cursor, Team, Total, EmptyFields>> {
        let list = self.list("teams", &query::TEAMS, query::TEAMS_COUNT);
        let key = |row: &TeamRow| (Sort::from(row.created_position), row.id.clone());
        page.of(self.read, list, key, |row| Team { read: self.read.clone(), row }).await
    }

    pub(crate) async fn participants(
        &self,
        unplaced: bool,
        page: PageArgs,
    ) -> async_graphql::Result<Connection<Cursor, Participant, Total, EmptyFields>> {
        let list = if unplaced {
            self.list("unplaced participants", &query::UNPLACED, query::UNPLACED_COUNT)
        } else {
            self.list("participants", &query::PARTICIPANTS, query::PARTICIPANTS_COUNT)
        };
        let key = |row: &ParticipantRow| (Sort::from(row.created_position), row.id.clone());
        page.of(self.read, list, key, |row| Participant { read: self.read.clone(), row }).await
    }

    pub(crate) async fn ideas(
        &self,
        page: PageArgs,
    ) -> async_graphql::Result<Connection<Cursor, Idea, Total, EmptyFields>> {
        let list = self.list("ideas", &query::IDEAS, query::IDEAS_COUNT);
        let key = |row: &IdeaRow| (Sort::from(row.created_position), row.id.clone());
        page.of(self.read, list, key, |row| Idea { read: self.read.clone(), row }).await
    }
}
