//! `Viewer.can`: whether a command would be accepted now, by the very decision that would take it.
//!
//! Buttons are drawn from it. It asks the journal for a decision and records nothing; it does not
//! foretell the future, for somebody may be faster. Commands that depend on what is typed (a title,
//! a time) are asked with `dryRun` instead. What a viewer may not see, she cannot ask about.

use async_graphql::{Enum, SimpleObject};
use kernel::{DynAct, PersonId, Personal, Refusal};
use uuid::Uuid;

use crate::app::command::Denied;
use crate::app::input::denied;
use crate::app::{Reader, reply};
use crate::desk::{self, view::registration};
use crate::event::{self, EventId};
use crate::hackathon::{HackathonId, acts as hackathon};
use crate::issue::{self, IssueId};
use crate::roots::node;
use crate::stakeholder::{self, StakeholderId};
use crate::text::Text;

/// A command that needs no more than the thing it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, strum::EnumIter)]
pub enum Action {
    /// Begin to look into an issue.
    StartReview,
    /// Put an issue on the agenda.
    AcceptIssue,
    /// Decline an issue.
    DeclineIssue,
    /// Take an issue off the agenda.
    CloseIssue,
    /// Put a closed issue back on the agenda.
    ReopenIssue,
    /// Take up the proposal of an event.
    AcceptProposal,
    /// Decline the proposal of an event.
    DeclineProposal,
    /// Take a proposal back.
    WithdrawProposal,
    /// Show an event to everyone.
    PublishEvent,
    /// Let people register again.
    OpenRegistration,
    /// Take no more registrations.
    CloseRegistration,
    /// Put an event off.
    PostponeEvent,
    /// Call an event off.
    CancelEvent,
    /// Take a cancellation or a postponement back.
    ReinstateEvent,
    /// Register for an event, alone.
    RegisterForEvent,
    /// Give a registration back.
    CancelRegistration,
    /// Take the place that is offered to a registration.
    ConfirmOffer,
    /// Wait no longer.
    LeaveWaitlist,
    /// Let the teams of a hackathon form.
    OpenTeamFormation,
    /// Start the clock of a hackathon.
    StartHacking,
    /// Stop the clock of a hackathon for a while.
    PauseClock,
    /// Let the clock of a hackathon go on.
    ResumeClock,
    /// Call a hackathon off.
    CancelHackathon,
    /// Let a stakeholder be left in peace.
    PauseStakeholder,
    /// End that.
    ResumeStakeholder,
}

/// Whether a command would be accepted.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct Decision {
    /// Whether it would.
    pub allowed: bool,
    /// Why not: an `ErrorCode` of a refusal, or `UNAUTHENTICATED` or `FORBIDDEN`.
    pub code: Option<String>,
    /// The same in your language.
    pub message: Option<String>,
}

impl Decision {
    fn no(code: &str, message: String) -> Self {
        Self { allowed: false, code: Some(code.to_owned()), message: Some(message) }
    }

    fn refused(refusal: &Refusal, text: Text) -> Self {
        Self::no(&refusal.code, text.refusal(refusal))
    }
}

/// What would become of this command.
///
/// # Errors
/// Faults of the journal.
pub async fn can(read: &Reader, action: Action, id: &str) -> async_graphql::Result<Decision> {
    let text = Text::new(read.viewer().locale);
    let seen = node(read, id).await?.is_some();
    let hub = read.app().hub_of(id).await.map_err(reply::fault)?;
    let act = action.about(read, id).await?;
    let (Some(hub), Some(act), true) = (hub, act, seen) else {
        let unknown = Refusal::new("UNKNOWN_ID", "on names nothing we know");
        return Ok(Decision::refused(&unknown.with("name", "on"), text));
    };
    match read.app().would(read.viewer(), Some(hub), act).await {
        Ok(Ok(())) => Ok(Decision { allowed: true, code: None, message: None }),
        Ok(Err(refusal)) => Ok(Decision::refused(&refusal, text)),
        Err(Denied::Unauthenticated) => {
            Ok(Decision::no("UNAUTHENTICATED", text.s("problem-sign-in-title")))
        }
        Err(Denied::Forbidden) => Ok(Decision::no("FORBIDDEN", text.s("problem-forbidden-title"))),
        Err(fault) => Err(denied(fault).into()),
    }
}

impl Action {
    /// The command; `None` when the id is not of a thing it could be about.
    async fn about(
        self,
        read: &Reader,
        id: &str,
    ) -> async_graphql::Result<Option<Box<dyn DynAct>>> {
        if matches!(self, Self::CancelRegistration | Self::ConfirmOffer | Self::LeaveWaitlist) {
            let row = registration(read.db(), id).await.map_err(reply::fault)?;
            return Ok(row.and_then(|row| self.of_registration(&row)));
        }
        // Words are asked for, and which ones does not matter for whether they may be said.
        let person = read.viewer().person.unwrap_or_else(|| PersonId::new(Uuid::nil()));
        Ok(self.of_issue(id, person).or_else(|| self.of_event(id, read, person)).or_else(|| {
            match self {
                Self::PauseStakeholder | Self::ResumeStakeholder => self.of_stakeholder(id),
                _ => self.of_hackathon(id, person),
            }
        }))
    }

    fn of_issue(self, id: &str, person: PersonId) -> Option<Box<dyn DynAct>> {
        let issue: IssueId = id.parse().ok()?;
        Some(match self {
            Self::StartReview => Box::new(issue::StartReview { issue }),
            Self::AcceptIssue => Box::new(issue::AcceptIssue { issue }),
            Self::DeclineIssue => Box::new(issue::DeclineIssue { issue, reason: words(person) }),
            Self::CloseIssue => Box::new(issue::CloseIssue { issue, why: words(person) }),
            Self::ReopenIssue => Box::new(issue::ReopenIssue { issue }),
            _ => return None,
        })
    }

    fn of_event(self, id: &str, read: &Reader, person: PersonId) -> Option<Box<dyn DynAct>> {
        let event: EventId = id.parse().ok()?;
        Some(match self {
            Self::AcceptProposal => Box::new(event::AcceptProposal { event }),
            Self::DeclineProposal => {
                Box::new(event::DeclineProposal { event, reason: words(person) })
            }
            Self::WithdrawProposal => Box::new(event::WithdrawProposal { event }),
            Self::PublishEvent => Box::new(event::PublishEvent { event }),
            Self::OpenRegistration => Box::new(event::OpenRegistration { event }),
            Self::CloseRegistration => Box::new(event::CloseRegistration { event }),
            Self::PostponeEvent => Box::new(event::PostponeEvent { event }),
            Self::CancelEvent => Box::new(event::CancelEvent { event, reason: "–".to_owned() }),
            Self::ReinstateEvent => Box::new(event::ReinstateEvent { event }),
            Self::RegisterForEvent => Box::new(desk::RegisterForEvent {
                event,
                registration: read.app().id(),
                person,
                name: words(person),
                email: Personal::new(person, "somebody@example.org".to_owned()),
                party_size: 1,
                locale: read.viewer().locale.code().to_owned(),
                note: None,
            }),
            _ => return None,
        })
    }

    fn of_registration(self, row: &desk::view::RegistrationRow) -> Option<Box<dyn DynAct>> {
        let (event, registration) = (row.event.parse().ok()?, row.id.parse().ok()?);
        let via_link = false;
        Some(match self {
            Self::CancelRegistration => {
                Box::new(desk::CancelRegistration { event, registration, via_link })
            }
            Self::ConfirmOffer => Box::new(desk::ConfirmOffer { event, registration, via_link }),
            Self::LeaveWaitlist => Box::new(desk::LeaveWaitlist { event, registration, via_link }),
            _ => return None,
        })
    }

    fn of_hackathon(self, id: &str, person: PersonId) -> Option<Box<dyn DynAct>> {
        let (hackathon, expected_version): (HackathonId, _) = (id.parse().ok()?, None);
        Some(match self {
            Self::OpenTeamFormation => {
                Box::new(hackathon::OpenTeamFormation { hackathon, expected_version })
            }
            Self::StartHacking => Box::new(hackathon::StartHacking { hackathon, at: None }),
            Self::PauseClock => Box::new(hackathon::PauseClock { hackathon }),
            Self::ResumeClock => Box::new(hackathon::ResumeClock { hackathon }),
            Self::CancelHackathon => {
                let reason = words(person);
                Box::new(hackathon::CancelHackathon { hackathon, reason, expected_version })
            }
            _ => return None,
        })
    }

    fn of_stakeholder(self, id: &str) -> Option<Box<dyn DynAct>> {
        let stakeholder: StakeholderId = id.parse().ok()?;
        Some(match self {
            Self::PauseStakeholder => {
                Box::new(stakeholder::PauseStakeholder { stakeholder, until: None })
            }
            Self::ResumeStakeholder => Box::new(stakeholder::ResumeStakeholder { stakeholder }),
            _ => return None,
        })
    }
}

fn words(person: PersonId) -> Personal<String> {
    Personal::new(person, "–".to_owned())
}

#[cfg(test)]
mod tests;
