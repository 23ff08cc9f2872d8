//! Giving a command: who may is checked here, before anything is decided.

use std::sync::Arc;

use journal::{Answer, Fault, NETWORK, Order, Outcome};
use kernel::{Act, Actor, DynAct, HubId, Refusal};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{App, Viewer};

/// How a command is given, beside what it asks.
#[derive(Clone, Debug, Default)]
pub struct Command {
    /// The caller's id for it; the same one again gives the same answer.
    pub id: Option<Uuid>,
    /// Decide, and record nothing.
    pub dry_run: bool,
    /// What was asked, as text; see [`Order::fingerprint`].
    pub fingerprint: String,
    /// The position of the fact that made a rule of ours act.
    pub caused_by: Option<i64>,
}

impl Command {
    /// A command of our own that follows from the thing of this name. Whoever gives it again, after
    /// a crash or in another process, gives the same command, whatever ids and times it bears.
    pub fn following(name: &str) -> Self {
        let mut bytes = [0; 16];
        for (to, from) in bytes.iter_mut().zip(Sha256::digest(name)) {
            *to = from;
        }
        let id = uuid::Builder::from_custom_bytes(bytes).into_uuid();
        Self { id: Some(id), fingerprint: name.to_owned(), ..Self::default() }
    }
}

/// Why a command was not even decided.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Denied {
    /// Sign in first.
    #[error("sign in first")]
    Unauthenticated,
    /// Not with these roles.
    #[error("your roles do not allow this")]
    Forbidden,
    /// It could not be decided or stored; trying again with the same id is safe.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl App {
    /// Gives a command to a hub's journal, or (`None`) to the network's.
    ///
    /// # Errors
    /// [`Denied`]; a rejection is no error but an answer.
    pub async fn execute<A: Act>(
        &self,
        viewer: &Viewer,
        hub: Option<HubId>,
        act: A,
        command: Command,
    ) -> Result<Answer, Denied> {
        let actor = viewer.actor(hub);
        if !act.permits(&actor) {
            return Err(if viewer.is_signed_in() {
                Denied::Forbidden
            } else {
                Denied::Unauthenticated
            });
        }
        Ok(self.submit(actor, hub, Box::new(act), command).await?)
    }

    /// Whether a command would be accepted now: the same decision, and nothing recorded.
    ///
    /// # Errors
    /// As [`App::execute`].
    pub async fn would(
        &self,
        viewer: &Viewer,
        hub: Option<HubId>,
        act: Box<dyn DynAct>,
    ) -> Result<Result<(), Refusal>, Denied> {
        let actor = viewer.actor(hub);
        if !act.permits(&actor) {
            return Err(if viewer.is_signed_in() {
                Denied::Forbidden
            } else {
                Denied::Unauthenticated
            });
        }
        let command = Command { dry_run: true, ..Command::default() };
        Ok(match self.submit(actor, hub, act, command).await?.outcome {
            Outcome::Accepted(_) => Ok(()),
            Outcome::Rejected(refusal) => Err(refusal),
        })
    }

    /// Lets one of our own rules act: a timer, an import, the command line.
    ///
    /// # Errors
    /// A fault of the journal.
    pub async fn act_as_system(
        &self,
        policy: &str,
        hub: Option<HubId>,
        act: Box<dyn DynAct>,
        command: Command,
    ) -> Result<Answer, Fault> {
        self.submit(Actor::system(policy), hub, act, command).await
    }

    /// What became of a command this viewer gave before; `None` when she gave none of this id.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn outcome_of(
        &self,
        viewer: &Viewer,
        hub: Option<HubId>,
        id: Uuid,
    ) -> journal::Result<Option<Outcome>> {
        let journal = hub.map_or_else(|| NETWORK.to_owned(), |hub| hub.to_string());
        let known = self.journal().outcome(&journal, id).await?;
        Ok(known.filter(|known| known.0 == viewer.actor(hub).name).map(|known| known.1))
    }

    async fn submit(
        &self,
        actor: Actor,
        hub: Option<HubId>,
        act: Box<dyn DynAct>,
        command: Command,
    ) -> Result<Answer, Arc<journal::Error>> {
        let id = command.id.unwrap_or_else(|| self.world().uuid());
        let mut order = Order::new(act, actor, id, self.now());
        order.dry_run = command.dry_run;
        order.fingerprint = command.fingerprint;
        order.caused_by = command.caused_by;
        let journal = hub.map_or_else(|| NETWORK.to_owned(), |hub| hub.to_string());
        let (kind, is_real) = (order.act.kind(), !order.dry_run);
        let answer = self.journal().submit(&journal, order).await;
        if is_real {
            let said = match &answer {
                Ok(Answer { outcome: Outcome::Accepted(_), .. }) => "accepted",
                Ok(Answer { outcome: Outcome::Rejected(_), .. }) => "rejected",
                Err(_) => "fault",
            };
            metrics::counter!("convoke_commands_total", "act" => kind, "outcome" => said)
                .increment(1);
        }
        answer
    }
}
