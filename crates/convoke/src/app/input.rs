//! What all mutations have in common, from their input to the command that is given.

use std::collections::BTreeSet;

use async_graphql::{Context, ID, InputObject};
use graphql::Fault;
use journal::Outcome;
use kernel::{Act, HubId, Id, Input, Kind, Refusal};
use serde::Serialize;
use uuid::Uuid;

use super::reply::{self, CommandReceipt, Settled, UserError};
use super::{App, Command, Denied, Reader, Viewer};

/// What every input has; flatten it: `#[graphql(flatten)] #[serde(flatten)] meta: Meta`.
#[derive(Clone, Debug, Default, InputObject, Serialize)]
pub struct Meta {
    /// Your id for this command, a UUID: the same one again gives the same answer and changes
    /// nothing more. The server makes one when it is missing.
    pub command_id: Option<ID>,
    /// Decide only: the answer says what would happen, and nothing is recorded.
    #[graphql(default = false)]
    pub dry_run: bool,
}

/// One mutation under way: collects what is wrong with its input, then gives the command.
pub struct Call {
    app: App,
    viewer: Viewer,
    command: Command,
    faults: Input,
    unknown: BTreeSet<String>,
}

impl Call {
    /// Begins. `input` is the whole input object: it becomes the command's fingerprint.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when `commandId` is no UUID.
    pub fn new(ctx: &Context<'_>, meta: &Meta, input: &impl Serialize) -> Result<Self, Fault> {
        let id = match &meta.command_id {
            None => None,
            Some(text) => Some(
                Uuid::parse_str(text)
                    .map_err(|_cause| Fault::bad_user_input("commandId is a UUID"))?,
            ),
        };
        let (app, viewer) = (reply::app(ctx)?, reply::viewer(ctx)?);
        Ok(Self::from_parts(app, viewer, id, meta.dry_run, input))
    }

    /// Begins outside GraphQL: a page's form.
    pub fn from_parts(
        app: App,
        viewer: Viewer,
        id: Option<Uuid>,
        dry_run: bool,
        input: &impl Serialize,
    ) -> Self {
        // An input is a plain struct of texts and numbers: writing it as JSON cannot fail.
        let fingerprint = serde_json::to_string(input).unwrap_or_default();
        let command = Command { id, dry_run, fingerprint, caused_by: None };
        Self { app, viewer, command, faults: Input::new(), unknown: BTreeSet::new() }
    }

    /// The same command, given by somebody whom a link has proved.
    #[must_use]
    pub fn acting_as(self, viewer: Viewer) -> Self {
        Self { viewer, ..self }
    }

    /// The product.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Who gives the command.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// Where texts are read and their faults gathered: `call.input().line("title", &title, 200)`.
    pub fn input(&mut self) -> &mut Input {
        &mut self.faults
    }

    /// The command's own id; made now if the caller gave none.
    pub fn command_id(&mut self) -> Uuid {
        let world = self.app.world().clone();
        *self.command.id.get_or_insert_with(|| world.uuid())
    }

    /// An id in the input. One that is damaged or of another kind is a fault `UNKNOWN_ID`; the
    /// command will not be given then, whatever is returned.
    pub fn id<K: Kind>(&mut self, field: &str, id: &str) -> Id<K> {
        Id::parse(id).unwrap_or_else(|_bad| {
            self.unknown(field);
            Id::new(Uuid::nil())
        })
    }

    /// A list of ids in the input.
    pub fn ids<K: Kind>(&mut self, field: &str, ids: &[ID]) -> Vec<Id<K>> {
        ids.iter().map(|id| self.id(field, id)).collect()
    }

    /// The hub a thing belongs to; a thing nobody knows is a fault `UNKNOWN_ID`.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn hub_of<K: Kind>(
        &mut self,
        field: &str,
        id: Id<K>,
    ) -> async_graphql::Result<HubId> {
        if let Some(hub) = self.app.hub_of(&id.to_string()).await.map_err(reply::fault)? {
            return Ok(hub);
        }
        self.unknown(field);
        Ok(HubId::new(Uuid::nil()))
    }

    /// Says it once: an id that cannot be read is nobody's, either.
    fn unknown(&mut self, field: &str) {
        if !self.unknown.insert(field.to_owned()) {
            return;
        }
        let refusal =
            Refusal::new("UNKNOWN_ID", format!("{field} names nothing we know")).at(&[field]);
        self.faults.fault(refusal.with("name", field));
    }

    /// Gives the command, unless the input has faults already.
    ///
    /// # Errors
    /// `UNAUTHENTICATED`, `FORBIDDEN`, `UNAVAILABLE`, `INTERNAL`; a rejection is no error.
    pub async fn give<A: Act>(self, hub: Option<HubId>, act: A) -> async_graphql::Result<Settled> {
        Ok(self.settle(hub, act).await?)
    }

    /// Gives one command in parts, in order, where all of it would be too much for one decision; at
    /// the first that is refused it ends. The first has the command's own id and the others ids
    /// made of it, so the same again changes nothing more.
    ///
    /// # Errors
    /// As [`Call::give`]; the parts before stay.
    pub async fn give_in_parts<A: Act>(
        mut self,
        hub: Option<HubId>,
        first: A,
        rest: Vec<A>,
    ) -> async_graphql::Result<Settled> {
        let id = self.command_id();
        let Self { app, viewer, command, .. } = &self;
        let (app, viewer, command) = (app.clone(), viewer.clone(), command.clone());
        let mut settled = self.settle(hub, first).await?;
        for (place, act) in rest.into_iter().enumerate() {
            if !settled.refusals.is_empty() {
                break;
            }
            let name = format!("part {} of {id}", place + 2);
            let fingerprint = format!("{name} {}", command.fingerprint);
            let dry_run = command.dry_run;
            let part = Command { dry_run, fingerprint, ..Command::following(&name) };
            let call = Self {
                app: app.clone(),
                viewer: viewer.clone(),
                command: part,
                faults: Input::new(),
                unknown: BTreeSet::new(),
            };
            settled = call.settle(hub, act).await?;
        }
        if let Some(receipt) = &mut settled.receipt {
            receipt.command_id = ID(id.to_string());
        }
        Ok(settled)
    }

    /// The same for pages: the refusals as they are.
    ///
    /// # Errors
    /// As [`Call::give`].
    pub async fn settle<A: Act>(self, hub: Option<HubId>, act: A) -> Result<Settled, Fault> {
        let Self { app, viewer, command, faults, .. } = self;
        let dry_run = command.dry_run;
        let refused = |app: &App, viewer: &Viewer, refusals: Vec<Refusal>| Settled {
            about: None,
            reader: app.reader(viewer.clone()),
            errors: refusals.iter().map(|refusal| UserError::of(refusal, viewer.locale)).collect(),
            refusals,
            receipt: None,
        };
        if let Err(refusals) = faults.finish() {
            return Ok(refused(&app, &viewer, refusals));
        }
        let answer = app.execute(&viewer, hub, act, command).await.map_err(denied)?;
        match answer.outcome {
            Outcome::Rejected(refusal) => Ok(refused(&app, &viewer, vec![refusal])),
            Outcome::Accepted(receipt) => Ok(Settled {
                about: Some(receipt.about.clone()),
                reader: app.reader(viewer),
                errors: Vec::new(),
                refusals: Vec::new(),
                receipt: (!dry_run).then(|| CommandReceipt::new(&receipt, answer.replayed)),
            }),
        }
    }
}

/// Why a command was not decided, as the API says it.
pub fn denied(denied: Denied) -> Fault {
    match denied {
        Denied::Unauthenticated => Fault::unauthenticated(),
        Denied::Forbidden => Fault::forbidden(),
        Denied::Fault(fault) if fault.is_passing() => Fault::unavailable(),
        Denied::Fault(fault) => Fault::internal(fault),
    }
}

/// The present reader of a request, for root fields. Where the transport has put one into the
/// request, all its root fields share it, and with it their batches.
///
/// # Errors
/// When the request came without one: a broken wiring.
pub fn reader(ctx: &Context<'_>) -> Result<Reader, Fault> {
    if let Ok(shared) = ctx.data::<Reader>() {
        return Ok(shared.clone());
    }
    Ok(reply::app(ctx)?.reader(reply::viewer(ctx)?))
}
