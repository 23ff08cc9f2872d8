//! Root fields that belong to no capability: any object by its id, who is asking, and whether a
//! command went through.

use async_graphql::{Context, ID, Interface, Object, SimpleObject};
use graphql::Fault;
use journal::Outcome;
use kernel::{HubId, prefix_of};
use uuid::Uuid;

use crate::app::input::reader;
use crate::app::reply::{self, CommandReceipt, UserError};
use crate::app::{Reader, Viewer};
use crate::calendar_link::graphql::{CalendarLink, own as own_links};
use crate::can::{Action, Decision, can};
use crate::desk::graphql::Registration;
use crate::event::graphql::Event;
use crate::hackathon::graphql::Hackathon;
use crate::hub::graphql::Hub;
use crate::invitation::graphql::Invitation;
use crate::issue::graphql::Issue;
use crate::network::graphql::{AsOf, reader_at};
use crate::roster::graphql::{Idea, Participant, Team};
use crate::series::graphql::Series;
use crate::stakeholder::graphql::Stakeholder;

/// Ids asked for at once at most.
const NODES_MAX: usize = 100;

/// Anything that has an id of its own.
#[derive(Interface)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "Its id: a type prefix and a UUID in base32, the same everywhere."
))]
pub enum Node {
    /// A hub.
    Hub(Hub),
    /// An issue.
    Issue(Issue),
    /// A stakeholder.
    Stakeholder(Stakeholder),
    /// An event.
    Event(Event),
    /// A series of events.
    Series(Series),
    /// A registration.
    Registration(Registration),
    /// An invitation.
    Invitation(Invitation),
    /// A hackathon.
    Hackathon(Hackathon),
    /// A participant of a hackathon.
    Participant(Participant),
    /// A team.
    Team(Team),
    /// An idea.
    Idea(Idea),
}

/// Any object by its id; `None` when there is none, or the viewer may not see it: both look alike.
///
/// # Errors
/// When the database is out of reach.
pub async fn node(read: &Reader, id: &str) -> async_graphql::Result<Option<Node>> {
    Ok(match prefix_of(id) {
        Some("hub") => Hub::load(read, id).await?.map(Node::from),
        Some("issue") => Issue::load(read, id).await?.map(Node::from),
        Some("stakeholder") => Stakeholder::load(read, id).await?.map(Node::from),
        Some("event") => Event::load(read, id).await?.map(Node::from),
        Some("series") => Series::load(read, id).await?.map(Node::from),
        Some("registration") => Registration::load(read, id).await?.map(Node::from),
        Some("invitation") => Invitation::load(read, id).await?.map(Node::from),
        Some("hackathon") => Hackathon::load(read, id).await?.map(Node::from),
        Some("participant") => Participant::load(read, id).await?.map(Node::from),
        Some("team") => Team::load(read, id).await?.map(Node::from),
        Some("idea") => Idea::load(read, id).await?.map(Node::from),
        _ => None,
    })
}

/// A role of whoever asks.
#[derive(Clone, Debug, SimpleObject)]
pub struct ViewerRole {
    /// The hub it holds in; null for the whole network.
    pub hub_id: Option<ID>,
    /// The role, as it is written in tokens: `hub-admin`.
    pub role: String,
}

/// Whoever asks.
pub struct ViewerObject(Viewer);

/// Whoever asks.
#[Object(name = "Viewer")]
impl ViewerObject {
    /// Whether a token was sent and holds.
    async fn is_signed_in(&self) -> bool {
        self.0.is_signed_in()
    }
    /// The person the token acts for: a pseudonym.
    async fn person_id(&self) -> Option<ID> {
        self.0.person.map(|person| ID(person.to_string()))
    }
    /// What she may, where.
    async fn roles(&self) -> Vec<ViewerRole> {
        self.0
            .grants
            .iter()
            .map(|grant| ViewerRole {
                hub_id: grant.hub.map(|hub| ID(hub.to_string())),
                role: grant.role.to_string(),
            })
            .collect()
    }
    /// Whether a command of yours about a thing would be accepted now, and why not: the same
    /// decision that would take it, and nothing is recorded.
    async fn can(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which command.")] action: Action,
        #[graphql(desc = "The id of what it is about.")] on: ID,
    ) -> async_graphql::Result<Decision> {
        can(&reader(ctx)?, action, &on).await
    }
    /// Your secret calendar addresses in all hubs, at most 200, the newest first; ended ones too.
    async fn calendar_links(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<CalendarLink>> {
        own_links(&reader(ctx)?).await
    }
    /// The language messages come in.
    async fn locale(&self) -> &'static str {
        self.0.locale.code()
    }
}

/// What became of a command that was given before.
#[derive(Clone, Debug, SimpleObject)]
pub struct CommandOutcome {
    /// Whether it was accepted.
    pub accepted: bool,
    /// The id of the thing it concerns, when it was accepted.
    pub about: Option<ID>,
    /// Why not, when it was refused.
    pub user_errors: Vec<UserError>,
    /// Proof, when it was accepted.
    pub receipt: Option<CommandReceipt>,
}

/// Root fields that belong to no capability.
#[derive(Default)]
pub struct RootQueries;

/// What may be asked.
#[Object]
impl RootQueries {
    /// The version of the product that answers.
    async fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    /// Any object by its id; null when there is none that you may see.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
        #[graphql(desc = "A moment of the past of its hub; the present when missing.")]
        as_of: Option<AsOf>,
    ) -> async_graphql::Result<Option<Node>> {
        let present = reader(ctx)?;
        if as_of.is_none() {
            return node(&present, &id).await;
        }
        let Some(hub) = present.app().hub_of(&id).await.map_err(reply::fault)? else {
            return Ok(None);
        };
        node(&reader_at(ctx, hub, as_of).await?, &id).await
    }

    /// Several objects by their ids, at most 100, in the order of the ids.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Their ids.")] ids: Vec<ID>,
    ) -> async_graphql::Result<Vec<Option<Node>>> {
        if ids.len() > NODES_MAX {
            return Err(Fault::bad_user_input(format!("at most {NODES_MAX} ids at once")).into());
        }
        let read = reader(ctx)?;
        // Asked for together, so that the loaders see them together.
        let found = ids.iter().map(|id| node(&read, id));
        futures_util::future::try_join_all(found).await
    }

    /// Who you are here.
    #[expect(clippy::unused_async, reason = "fields of the API are asynchronous")]
    async fn viewer(&self, ctx: &Context<'_>) -> async_graphql::Result<ViewerObject> {
        Ok(ViewerObject(reply::viewer(ctx)?))
    }

    /// Whether a command of yours went through, after a lost connection; null when no command of
    /// this id was ever decided in that hub.
    async fn command(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The command's id.")] id: ID,
        #[graphql(desc = "The hub it was given to; the network when missing.")] hub_id: Option<ID>,
    ) -> async_graphql::Result<Option<CommandOutcome>> {
        let viewer = reply::viewer(ctx)?;
        let id = Uuid::parse_str(&id)
            .map_err(|_cause| Fault::bad_user_input("a command's id is a UUID"))?;
        let hub = match hub_id {
            None => None,
            Some(hub) => {
                Some(HubId::parse(&hub).map_err(|bad| Fault::bad_user_input(bad.to_string()))?)
            }
        };
        let outcome = reply::app(ctx)?.outcome_of(&viewer, hub, id).await.map_err(reply::fault)?;
        Ok(outcome.map(|outcome| match outcome {
            Outcome::Accepted(receipt) => CommandOutcome {
                accepted: true,
                about: Some(ID(receipt.about.clone())),
                user_errors: Vec::new(),
                receipt: Some(CommandReceipt::new(&receipt, true)),
            },
            Outcome::Rejected(refusal) => CommandOutcome {
                accepted: false,
                about: None,
                user_errors: vec![UserError::of(&refusal, viewer.locale)],
                receipt: None,
            },
        }))
    }
}
