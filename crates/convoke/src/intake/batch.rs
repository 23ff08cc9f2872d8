//! Gives the commands of a file, side by side and decided in order, and says what became of each
//! component.

use std::collections::HashSet;

use futures_util::{StreamExt as _, stream};
use journal::Outcome;
use kernel::Refusal;
use uuid::Uuid;

use super::acts::ImportProposal;
use super::fault::CalendarFault;
use super::file::{Component, File, Purpose, derived, read};
use crate::app::input::denied;
use crate::app::reply::{self, CommandReceipt};
use crate::app::{App, Command, Viewer};
use crate::event::view::events_by_id;

/// Commands under way at a time: enough to share commits, few enough to leave room for others.
const AT_ONCE: usize = 64;

/// What became of a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, async_graphql::Enum, strum::Display)]
#[strum(serialize_all = "kebab-case")]
#[graphql(name = "CalendarComponentOutcome")]
pub enum Came {
    /// It is proposed now.
    Proposed,
    /// It was proposed before, by this file or another.
    Known,
    /// It is not taken; the reasons say why.
    LeftOut,
}

/// A component, and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// The component with its reasons.
    pub component: Component,
    /// What became of it.
    pub came: Came,
    /// The event it is, unless it was left out.
    pub event: Option<String>,
}

/// What became of a file.
#[derive(Debug, Default)]
pub struct Done {
    /// What the calendar calls itself.
    pub name: String,
    /// What is to be said about the file as a whole.
    pub notes: Vec<Refusal>,
    /// Its components, in order.
    pub components: Vec<Settled>,
    /// Proof of the last command; `None` when none was given, or on a dry run.
    pub receipt: Option<CommandReceipt>,
}

impl Done {
    /// How many components came to this.
    pub fn count(&self, came: Came) -> usize {
        self.components.iter().filter(|one| one.came == came).count()
    }
}

/// Reads a file on a thread where it holds nobody up.
///
/// # Errors
/// A fault of ours; what is wrong with the file is the inner one.
pub async fn read_aside(
    bytes: Vec<u8>,
    zone: kernel::Zone,
) -> async_graphql::Result<Result<File, CalendarFault>> {
    let reading = tokio::task::spawn_blocking(move || read(&bytes, zone)).await;
    reading.map_err(|cause| graphql::Fault::internal(cause).into())
}

/// One upload.
pub struct Batch {
    /// The product.
    pub app: App,
    /// Who uploads.
    pub viewer: Viewer,
    /// What for.
    pub purpose: Purpose,
    /// Of which the commands' ids are made, so that the same upload again repeats itself.
    pub command_id: Uuid,
    /// Decide only.
    pub dry_run: bool,
}

impl Batch {
    /// Proposes what is not proposed yet.
    ///
    /// # Errors
    /// Not allowed; faults of the database. What was proposed before stays; the same file again
    /// goes on.
    pub async fn take(&self, file: File) -> async_graphql::Result<Done> {
        let file = file.fit(&self.purpose, self.app.now());
        let (name, notes) = (file.name.clone(), file.notes);
        let acts = file.components.into_iter().map(|component| {
            let act = component.act(&self.purpose, &name);
            (component, act)
        });
        let acts: Vec<(Component, Option<ImportProposal>)> = acts.collect();
        // A dry run records nothing, so only the views can tell it what is there already.
        let ids: Vec<String> =
            acts.iter().filter_map(|(_, act)| Some(act.as_ref()?.event.to_string())).collect();
        let known = events_by_id(self.app.journal().db(), &ids).await.map_err(reply::fault)?;
        let known: HashSet<String> = known.into_iter().map(|row| row.id).collect();
        let given = acts.into_iter().map(|(component, act)| self.give(component, act, &known));
        let settled: Vec<_> = stream::iter(given).buffered(AT_ONCE).collect().await;
        let mut done = Done { notes, ..Done::default() };
        for one in settled {
            let (settled, receipt) = one?;
            done.components.push(settled);
            done.receipt = receipt.or(done.receipt);
        }
        done.name = name;
        Ok(done)
    }

    async fn give(
        &self,
        mut component: Component,
        act: Option<ImportProposal>,
        known: &HashSet<String>,
    ) -> async_graphql::Result<(Settled, Option<CommandReceipt>)> {
        let Some(act) = act else {
            return Ok((Settled { component, came: Came::LeftOut, event: None }, None));
        };
        let is_known = known.contains(&act.event.to_string());
        // A form that is sent again, corrected or with another file, bears the id it had before.
        let what = format!("{} {} {:?}", self.command_id, act.key, self.purpose.issue);
        let command = Command {
            id: Some(derived(&what, "command")),
            dry_run: self.dry_run,
            fingerprint: what,
            caused_by: None,
        };
        let answer = self.app.execute(&self.viewer, Some(self.purpose.hub), act, command).await;
        let answer = answer.map_err(denied)?;
        Ok(match answer.outcome {
            Outcome::Accepted(receipt) => {
                let came = if is_known { Came::Known } else { Came::Proposed };
                let proof = CommandReceipt::new(&receipt, answer.replayed);
                let settled = Settled { component, came, event: Some(receipt.about.clone()) };
                (settled, (!self.dry_run).then_some(proof))
            }
            Outcome::Rejected(reason) => {
                component.reasons.push(reason);
                (Settled { component, came: Came::LeftOut, event: None }, None)
            }
        })
    }
}
