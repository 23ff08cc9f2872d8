//! What people and timers may ask of an event, one struct for each mutation.
//!
//! Members propose; curators decide everything else. Acts that set a capacity as well are in
//! `desk::acts`, because the places of an event are the desk's.

use kernel::{Act, Actor, Decision, HubId, Ledger, Personal, Role, Stop, Zone};
use serde::{Deserialize, Serialize};

use super::EventId;
use super::decider::{Command, Description, Event, Proposal, Rejection, Report};
use super::when::{Fold, Format, Keep, Mode};
use crate::issue::StakeholderId;
use crate::issue::{Issue, IssueId, Stage};

/// The state of an event that must exist.
///
/// # Errors
/// `UnknownEvent`, or the state must be loaded first.
pub(crate) fn existing<'a>(ledger: &Ledger<'a>, event: EventId) -> Result<&'a Event, Stop> {
    let state = ledger.state::<Event>(event)?;
    if state.exists() { Ok(state) } else { Err(Rejection::UnknownEvent {}.into()) }
}

fn decided(ledger: &Ledger<'_>, event: EventId, command: Command) -> Result<Decision, Stop> {
    use kernel::Decider as _;
    let facts = ledger.state::<Event>(event)?.decide(command, ledger.moment)?;
    Decision::about(event).with::<Event>(event, facts)
}

/// Proposes an event for an issue, or to answer a need.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProposeEvent {
    /// The hub.
    pub hub: HubId,
    /// The id of the new event.
    pub event: EventId,
    /// The issue it serves.
    pub issue: Option<IssueId>,
    /// Or the need it answers.
    pub need: Option<String>,
    /// Its name.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// What kind of meeting.
    pub format: Format,
    /// In a room or by a link.
    pub mode: Mode,
    /// Who receives people, if not the hub.
    pub host: Option<StakeholderId>,
}

impl Act for ProposeEvent {
    const KIND: &'static str = "ProposeEvent";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Member])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        if let Some(issue) = self.issue
            && ledger.state::<Issue>(issue)?.stage() != Stage::Active
        {
            return Err(Rejection::IssueNotActive { issue }.into());
        }
        let idea = Proposal {
            issue: self.issue,
            need: self.need.clone(),
            title: self.title.clone(),
            purpose: self.purpose.clone(),
            format: self.format,
            mode: self.mode,
            host: self.host,
        };
        decided(ledger, self.event, Command::Propose(idea))
    }
}

/// Declines a proposal.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeclineProposal {
    /// Which.
    pub event: EventId,
    /// Why, for the proposer and the record; the words are their writer's.
    pub reason: Personal<String>,
}

impl Act for DeclineProposal {
    const KIND: &'static str = "DeclineProposal";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        decided(ledger, self.event, Command::Decline { reason: self.reason.clone() })
    }
}

/// Changes the words about an event. A new title reaches calendars, the rest only the page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DescribeEvent {
    /// Which.
    pub event: EventId,
    /// Its name.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// The rest.
    pub description: String,
    /// How to get in.
    pub access_info: String,
    /// The version the form was filled in on.
    pub expected_version: Option<i64>,
}

impl Act for DescribeEvent {
    const KIND: &'static str = "DescribeEvent";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator, Role::Organiser])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        ledger.expect::<Event>(self.event, self.expected_version)?;
        let words = Description {
            title: self.title.clone(),
            purpose: self.purpose.clone(),
            description: self.description.clone(),
            access_info: self.access_info.clone(),
        };
        decided(ledger, self.event, Command::Describe(words))
    }
}

/// Corrects the zone of an event: either the wall time stays, or the instant.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangeTimeZone {
    /// Which.
    pub event: EventId,
    /// The right zone.
    pub zone: Zone,
    /// What stays.
    pub keep: Keep,
    /// Which instant, should the clocks show the wall time twice.
    pub fold: Option<Fold>,
    /// The version the form was filled in on.
    pub expected_version: Option<i64>,
}

impl Act for ChangeTimeZone {
    const KIND: &'static str = "ChangeTimeZone";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        ledger.expect::<Event>(self.event, self.expected_version)?;
        let Self { zone, keep, fold, .. } = *self;
        decided(ledger, self.event, Command::ChangeZone { zone, keep, fold })
    }
}

/// Calls an event off.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CancelEvent {
    /// Which.
    pub event: EventId,
    /// Why, for everyone to read.
    pub reason: String,
}

impl Act for CancelEvent {
    const KIND: &'static str = "CancelEvent";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        decided(ledger, self.event, Command::Cancel { reason: self.reason.clone() })
    }
}

/// Tells what came of an event.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReportEvent {
    /// Which.
    pub event: EventId,
    /// How many people came.
    pub attendance: u32,
    /// From how many organisations.
    pub organisations: u32,
    /// Who should have been there and was not.
    pub who_was_missing: String,
}

impl Act for ReportEvent {
    const KIND: &'static str = "ReportEvent";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let report = Report {
            attendance: self.attendance,
            organisations: self.organisations,
            who_was_missing: self.who_was_missing.clone(),
        };
        decided(ledger, self.event, Command::Report(report))
    }
}

/// Acts that say nothing but which event.
macro_rules! plain_acts {
    ($($(#[$doc:meta])* $name:ident($($role:ident),*) => $command:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Serialize, Deserialize)]
        pub struct $name {
            /// Which.
            pub event: EventId,
        }

        impl Act for $name {
            const KIND: &'static str = stringify!($name);

            fn permits(&self, actor: &Actor) -> bool {
                actor.is_any(&[$(Role::$role),*])
            }

            fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
                decided(ledger, self.event, $command)
            }
        }
    )*};
}

plain_acts! {
    /// Takes up a proposal.
    AcceptProposal(Curator) => Command::Accept;
    /// Takes one's own proposal back; a curator may take back any.
    WithdrawProposal(Member) => Command::Withdraw;
    /// Shows an event to everyone and opens its registration.
    PublishEvent(Curator) => Command::Publish;
    /// Puts an event off without a new time. Registrations are kept.
    PostponeEvent(Curator) => Command::Postpone;
    /// Takes a cancellation or a postponement back.
    ReinstateEvent(Curator) => Command::Reinstate;
    /// Lets people register again.
    OpenRegistration(Curator, Organiser) => Command::OpenRegistration;
    /// Takes no more registrations; the event stays public.
    CloseRegistration(Curator, Organiser) => Command::CloseRegistration;
    /// Concludes an event whose end has passed: the timer's act.
    EndEvent(Curator) => Command::End;
    /// Computes the instants again after new zone tables were installed.
    RecheckEventTime(Curator) => Command::Recheck;
}
