//! The lists a hackathon shows of its roster, a page at a time.

use async_graphql::connection::{Connection, EmptyFields};
use journal::{Arg, args};

use super::graphql::{Idea, Participant, RosterKey, Team, own_part};
use super::query::{self, IdeaRow, ParticipantRow, RosterRow, TeamRow};
use crate::app::Reader;
use crate::app::relay::{Cursor, Keyset, PageArgs, Sort, Total};
use crate::app::reply;
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
        let key = RosterKey(self.hackathon.id.clone());
        self.read.loader().load_one(key).await.map_err(reply::fault)
    }

    pub(crate) async fn own(&self) -> async_graphql::Result<Option<Participant>> {
        let row = own_part(self.read, &self.hackathon.id).await?;
        Ok(row.map(|row| Participant { read: self.read.clone(), row }))
    }

    fn filter(&self) -> [Arg; 1] {
        [Arg::from(&self.hackathon.id)]
    }

    fn total(&self, sql: &'static str) -> Total {
        Total::new(self.read, sql, args![&self.hackathon.journal, &self.hackathon.id])
    }

    pub(crate) async fn teams(
        &self,
        page: PageArgs,
    ) -> async_graphql::Result<Connection<Cursor, Team, Total, EmptyFields>> {
        let list = format!("teams of {}", self.hackathon.id);
        let window = page.window(&list, &query::TEAMS, false)?;
        let arguments = window.args(&self.hackathon.journal, self.filter());
        let rows: Vec<TeamRow> =
            self.read.db().all(window.sql(&query::TEAMS), arguments).await.map_err(reply::fault)?;
        Ok(window.connection(
            &list,
            rows,
            |row| (Sort::from(row.created_position), row.id.clone()),
            |row| Team { read: self.read.clone(), row },
            self.total(query::TEAMS_COUNT),
        ))
    }

    pub(crate) async fn participants(
        &self,
        unplaced: bool,
        page: PageArgs,
    ) -> async_graphql::Result<Connection<Cursor, Participant, Total, EmptyFields>> {
        let (keyset, count): (&Keyset, _) = if unplaced {
            (&query::UNPLACED, query::UNPLACED_COUNT)
        } else {
            (&query::PARTICIPANTS, query::PARTICIPANTS_COUNT)
        };
        let list = format!("participants of {}, unplaced: {unplaced}", self.hackathon.id);
        let window = page.window(&list, keyset, false)?;
        let arguments = window.args(&self.hackathon.journal, self.filter());
        let rows: Vec<ParticipantRow> =
            self.read.db().all(window.sql(keyset), arguments).await.map_err(reply::fault)?;
        Ok(window.connection(
            &list,
            rows,
            |row| (Sort::from(row.created_position), row.id.clone()),
            |row| Participant { read: self.read.clone(), row },
            self.total(count),
        ))
    }

    pub(crate) async fn ideas(
        &self,
        page: PageArgs,
    ) -> async_graphql::Result<Connection<Cursor, Idea, Total, EmptyFields>> {
        let list = format!("ideas of {}", self.hackathon.id);
        let window = page.window(&list, &query::IDEAS, false)?;
        let arguments = window.args(&self.hackathon.journal, self.filter());
        let rows: Vec<IdeaRow> =
            self.read.db().all(window.sql(&query::IDEAS), arguments).await.map_err(reply::fault)?;
        Ok(window.connection(
            &list,
            rows,
            |row| (Sort::from(row.created_position), row.id.clone()),
            |row| Idea { read: self.read.clone(), row },
            self.total(query::IDEAS_COUNT),
        ))
    }
}
