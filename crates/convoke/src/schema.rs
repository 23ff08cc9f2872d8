//! The API: every capability's queries, mutations and subscriptions, merged into one schema.

use async_graphql::{EmptySubscription, MergedObject, Schema};

use crate::app::App;

/// What may be asked. Each capability brings its own.
#[derive(Default, MergedObject)]
pub struct Query(About);

/// What may be commanded. Each capability brings its own.
#[derive(Default, MergedObject)]
pub struct Mutation(
    Nothing,
    crate::hackathon::mutations::HackathonMutations,
    crate::roster::mutations::RosterMutations,
);

/// The whole API.
pub type Api = Schema<Query, Mutation, EmptySubscription>;

/// The API over a running product. Recursion and directives are bounded here as a second wall
/// behind the transport's guard.
pub fn schema(app: App) -> Api {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .data(app)
        .limit_recursive_depth(32)
        .limit_directives(8)
        .finish()
}

/// About this API.
#[derive(Default)]
struct About;

/// What may be asked.
#[async_graphql::Object]
impl About {
    /// The version of the product that answers.
    async fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}

/// A place holder until the first capability's mutations are merged.
#[derive(Default)]
struct Nothing;

/// What may be commanded.
#[async_graphql::Object]
impl Nothing {
    /// Does nothing and says so.
    async fn nothing(&self) -> bool {
        true
    }
}
