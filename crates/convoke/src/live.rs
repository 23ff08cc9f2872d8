//! Subscriptions: what changes, as it changes, from any position on without a gap.
//!
//! A message says that something happened and carries the object as it is now; a client that was
//! away names the last position it saw in `after` and misses nothing.

use async_graphql::{Context, Enum, ID, Object, Subscription};
use futures_util::{Stream, StreamExt as _};
use graphql::Fault;
use kernel::{HubId, Recorded};

use crate::app::Reader;
use crate::app::entry::{JournalEntry, may_list};
use crate::app::input::reader;
use crate::app::reply;
use crate::roots::{Node, node};

/// One change of something you follow.
pub struct Change {
    read: Reader,
    about: String,
    fact: Recorded<String>,
}

/// One change of something you follow.
#[Object]
impl Change {
    /// Where it stands in the hub's journal: name it in `after` to go on from here.
    async fn position(&self) -> ID {
        ID(self.fact.position.to_string())
    }
    /// What kind of fact it is.
    async fn kind(&self) -> &str {
        &self.fact.kind
    }
    /// The journal's entry.
    async fn entry(&self) -> JournalEntry {
        JournalEntry::new(self.read.viewer().locale, self.fact.clone())
    }
    /// The thing you follow, as it is now; null if you may not see it any more.
    async fn node(&self) -> async_graphql::Result<Option<Node>> {
        node(&self.read, &self.about).await
    }
}

/// A board that many look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum Board {
    /// The hub's issues.
    Agenda,
    /// The hub's events and their places.
    Events,
    /// The teams of the hub's hackathons, and their clocks.
    Teams,
}

impl Board {
    fn shows(self, stream: &str) -> bool {
        let categories: &[&str] = match self {
            Self::Agenda => &["issue", "agenda"],
            Self::Events => &["event", "desk"],
            Self::Teams => &["hackathon", "roster", "idea"],
        };
        stream.split_once('/').is_some_and(|(category, _)| categories.contains(&category))
    }
}

/// What can be followed live.
#[derive(Default)]
pub struct LiveSubscriptions;

/// What can be followed live.
#[Subscription]
impl LiveSubscriptions {
    /// Whatever happens to one event: its plan, its places, its invitations.
    async fn event_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event.")] id: ID,
        #[graphql(desc = "The last position you saw; from now on when missing.")] after: Option<ID>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<Change>> + use<>> {
        follow_thing(ctx, id, after).await
    }

    /// Whatever happens to one thing, by its id: an issue, a hackathon, a team.
    async fn thing_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The thing.")] id: ID,
        #[graphql(desc = "The last position you saw; from now on when missing.")] after: Option<ID>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<Change>> + use<>> {
        follow_thing(ctx, id, after).await
    }

    /// Whatever changes on a board of a hub.
    async fn board_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The hub.")] hub_id: ID,
        #[graphql(desc = "Which board.")] board: Board,
        #[graphql(desc = "The last position you saw; from now on when missing.")] after: Option<ID>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<Change>> + use<>> {
        let read = reader(ctx)?;
        let hub = HubId::parse(&hub_id).map_err(|bad| Fault::bad_user_input(bad.to_string()))?;
        let after = start(&read, hub, after).await?;
        Ok(follow(read, hub, after, move |fact| {
            board.shows(fact.stream.as_str()).then(|| fact.stream.id().to_owned())
        }))
    }

    /// What concerns you in a hub: facts that name your person.
    async fn notifications(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The hub.")] hub_id: ID,
        #[graphql(desc = "The last position you saw; from now on when missing.")] after: Option<ID>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<Change>> + use<>> {
        let read = reader(ctx)?;
        let Some(person) = read.viewer().person else {
            return Err(Fault::unauthenticated().into());
        };
        let person = person.to_string();
        let hub = HubId::parse(&hub_id).map_err(|bad| Fault::bad_user_input(bad.to_string()))?;
        let after = start(&read, hub, after).await?;
        Ok(follow(read, hub, after, move |fact| {
            fact.fact.contains(&person).then(|| fact.stream.id().to_owned())
        }))
    }
}

async fn follow_thing(
    ctx: &Context<'_>,
    id: ID,
    after: Option<ID>,
) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<Change>> + use<>> {
    let read = reader(ctx)?;
    let id = id.to_string();
    // What one may not see one may not follow; both look like something that is not there.
    let hub = read.app().hub_of(&id).await.map_err(reply::fault)?;
    let (Some(hub), Some(_)) = (hub, node(&read, &id).await?) else {
        return Err(Fault::bad_user_input("there is nothing of this id to follow").into());
    };
    let after = start(&read, hub, after).await?;
    Ok(follow(read, hub, after, move |fact| {
        (fact.stream.id() == id || fact.fact.contains(&id)).then(|| id.clone())
    }))
}

async fn start(read: &Reader, hub: HubId, after: Option<ID>) -> async_graphql::Result<i64> {
    match after {
        None => read.app().journal().position(&hub.to_string()).await.map_err(reply::fault),
        Some(text) => {
            text.parse().map_err(|_cause| Fault::bad_user_input("after is a position").into())
        }
    }
}

/// The facts that `about` picks, with the thing each concerns; every change reads the views anew.
/// What lies in another person's stream is not among them, as in the journal.
#[expect(clippy::needless_pass_by_value, reason = "the stream outlives its request's reader")]
fn follow(
    read: Reader,
    hub: HubId,
    after: i64,
    about: impl Fn(&Recorded<String>) -> Option<String> + Send + 'static,
) -> impl Stream<Item = async_graphql::Result<Change>> + Send {
    let app = read.app().clone();
    let viewer = read.viewer().clone();
    let facts = app.journal().follow(&hub.to_string(), after).boxed();
    facts.filter_map(move |fact| {
        let change = match fact {
            Err(fault) => Some(Err(reply::fault(fault))),
            Ok(fact) if !may_list(&viewer, hub, fact.stream.as_str()) => None,
            Ok(fact) => about(&fact)
                .map(|about| Ok(Change { read: app.reader(viewer.clone()), about, fact })),
        };
        async move { change }
    })
}
