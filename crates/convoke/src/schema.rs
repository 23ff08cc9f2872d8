//! The API: every capability's queries, mutations and subscriptions, merged into one schema.

use std::sync::Arc;

use async_graphql::{Data, Executor, MergedObject, Request, Response, Schema};
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;

use crate::account::graphql::AccountMutations;
use crate::app::App;
use crate::asking::mutations::AskingMutations;
use crate::calendar_link::graphql::CalendarLinkMutations;
use crate::desk::graphql::DeskQueries;
use crate::desk::mutations::DeskMutations;
use crate::event::mutations::EventMutations;
use crate::follow::mutations::FollowMutations;
use crate::hackathon::mutations::HackathonMutations;
use crate::hub::graphql::HubMutations;
use crate::intake::graphql::IntakeMutations;
use crate::invitation::graphql::InvitationQueries;
use crate::invitation::mutations::InvitationMutations;
use crate::invitation::suggest::SuggestionQueries;
use crate::issue::mutations::IssueMutations;
use crate::live::LiveSubscriptions;
use crate::network::graphql::{NetworkMutations, NetworkQueries};
use crate::outbox::graphql::OutboxQueries;
use crate::outbox::mutations::OutboxMutations;
use crate::reach::graphql::ReachMutations;
use crate::reminder::mutations::ReminderMutations;
use crate::roots::RootQueries;
use crate::roster::mutations::RosterMutations;
use crate::series::mutations::SeriesMutations;
use crate::stakeholder::mutations::StakeholderMutations;

/// What may be asked. Each capability brings its own.
#[derive(Default, MergedObject)]
pub struct Query(
    RootQueries,
    NetworkQueries,
    DeskQueries,
    InvitationQueries,
    SuggestionQueries,
    OutboxQueries,
);

/// What may be commanded. Each capability brings its own.
#[derive(Default, MergedObject)]
pub struct Mutation(
    NetworkMutations,
    HubMutations,
    AccountMutations,
    IssueMutations,
    StakeholderMutations,
    EventMutations,
    DeskMutations,
    InvitationMutations,
    AskingMutations,
    SeriesMutations,
    IntakeMutations,
    HackathonMutations,
    RosterMutations,
    ReachMutations,
    ReminderMutations,
    FollowMutations,
    CalendarLinkMutations,
    OutboxMutations,
);

/// The whole API over a running product. What runs a query is made here, once: a program that
/// serves it calls behind a pointer, and is not compiled with all resolvers again.
#[derive(Clone)]
pub struct Api(Schema<Query, Mutation, LiveSubscriptions>);

/// The API over a running product. Recursion and directives are bounded here as a second wall
/// behind the transport's guard.
pub fn schema(app: App) -> Api {
    let built = Schema::build(Query::default(), Mutation::default(), LiveSubscriptions)
        .data(app)
        .limit_recursive_depth(32)
        .limit_directives(8)
        .finish();
    Api(built)
}

/// The API in the schema definition language, as `schema.graphql` has it.
pub fn sdl() -> String {
    Schema::build(Query::default(), Mutation::default(), LiveSubscriptions).finish().sdl()
}

impl Api {
    /// Runs a query or a mutation.
    pub fn run(&self, request: Request) -> BoxFuture<'_, Response> {
        Box::pin(self.0.execute(request))
    }
}

impl Executor for Api {
    fn execute(&self, request: Request) -> impl Future<Output = Response> + Send {
        self.run(request)
    }

    fn execute_stream(
        &self,
        request: Request,
        session: Option<Arc<Data>>,
    ) -> BoxStream<'static, Response> {
        Executor::execute_stream(&self.0, request, session)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_that_is_served_is_the_one_that_is_written_down() {
        let (sdl, root) = (sdl(), concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
        let written = std::fs::read_to_string(format!("{root}/schema.graphql"));
        let written = written.expect("schema.graphql at the root of the repository");
        let differs = sdl.trim_end().lines().zip(written.lines()).find(|(one, other)| one != other);
        assert!(sdl.trim_end() == written.trim_end(), "run “cargo xtask schema”: {differs:?}");
    }
}
