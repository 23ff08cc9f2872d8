//! What guests' calendars may ask, and what a curator may do with it, as it is stored.

use calendar::Ours;
use chrono::{DateTime, Utc};
use kernel::{Act, Actor, Decider as _, Decision, Ledger, Personal, Role, Stop};
use serde::{Deserialize, Serialize};

use super::decider::{Asking, Command, Open, Proposal, Rejection};
use super::fact::Guest;
use crate::desk::Desk;
use crate::desk::decider::Rejection as DeskRejection;
use crate::event::acts::existing;
use crate::event::decider::{Command as EventCommand, Schedule};
use crate::event::{Event, Fold, When};
use crate::invitation::acts::announced;
use crate::invitation::decider::Rejection as Uninvited;
use crate::invitation::{Answer, Invitation, Status, stream_of};

/// Whether the guest may still ask: her invitation or registration is alive, and hers.
pub(super) fn known(ledger: &Ledger<'_>, guest: &Guest) -> Result<(), Stop> {
    match (guest.invitation, guest.stakeholder, guest.registration) {
        (Some(invitation), Some(stakeholder), _) => {
            let state = ledger.state::<Invitation>(stream_of(guest.event, stakeholder))?;
            let to = state.to().filter(|to| to.invitation == invitation);
            let Some(to) = to else { return Err(Uninvited::UnknownInvitation {}.into()) };
            match state.status() {
                _ if to.person != guest.person => Err(Uninvited::NotYourInvitation {}.into()),
                Status::Revoked => Err(Uninvited::InvitationRevoked {}.into()),
                Status::Expired => Err(Uninvited::InvitationExpired {}.into()),
                _ => Ok(()),
            }
        }
        (_, _, Some(registration)) => {
            let desk = ledger.state::<Desk>(guest.event)?;
            match desk.book().entry(registration) {
                Some(entry) if entry.person == guest.person && entry.is_live() => Ok(()),
                _ => Err(DeskRejection::UnknownRegistration {}.into()),
            }
        }
        _ => Err(Uninvited::UnknownInvitation {}.into()),
    }
}

/// The event as orders of answers need it.
fn ours(event: &Event) -> Ours {
    let count = |sequence: i64| u32::try_from(sequence).unwrap_or_default();
    Ours { current: count(event.sequence()), time_changed: count(event.asked_at_sequence()) }
}

/// A guest's calendar proposes another time (COUNTER). The mail has been verified.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProposeTime {
    /// Who.
    pub guest: Guest,
    /// When it should begin.
    pub starts_at: DateTime<Utc>,
    /// When it should be over.
    pub ends_at: DateTime<Utc>,
    /// Her words.
    pub comment: Option<Personal<String>>,
    /// What she says to the time it has.
    pub answer: Option<Answer>,
    /// The SEQUENCE it names.
    pub sequence: Option<u32>,
    /// The DTSTAMP it bears.
    pub stamped_at: Option<DateTime<Utc>>,
}

impl Act for ProposeTime {
    const KIND: &'static str = "ProposeTime";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_system()
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let (event, _) = announced(ledger, self.guest.event)?;
        known(ledger, &self.guest)?;
        let asked = self.clone();
        let proposal = Proposal {
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            comment: asked.comment,
            answer: self.answer,
            sequence: self.sequence,
            stamped_at: self.stamped_at,
            ours: ours(event),
        };
        decided(ledger, self.guest, Command::Propose(Box::new(proposal)))
    }
}

/// What her stream says to a command.
pub(super) fn decided(
    ledger: &Ledger<'_>,
    guest: Guest,
    command: Command,
) -> Result<Decision, Stop> {
    let id = guest.id();
    let facts = ledger.state::<Asking>(&id)?.decide((guest, command), ledger.moment)?;
    Decision::about(&id).with::<Asking>(&id, facts)
}

/// Moves the event to the time a guest proposed; everybody hears, as after any move.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TakeProposedTime {
    /// The guest's invitation or registration.
    pub guest: String,
    /// Which of her proposals.
    pub proposal: u32,
}

impl Act for TakeProposedTime {
    const KIND: &'static str = "TakeProposedTime";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let state = ledger.state::<Asking>(&self.guest)?;
        let (guest, open) = state.open(self.proposal)?;
        let event = existing(ledger, guest.event)?;
        let proposal = self.proposal;
        let Some(when) = event.when() else {
            return Err(Rejection::ProposalNotOpen { proposal }.into());
        };
        let (starts, ends) = (when.zone.local(open.starts_at), when.zone.local(open.ends_at));
        let asked = Schedule {
            starts,
            ends,
            zone: when.zone,
            fold: fold(when, open),
            venue: event.venue().cloned(),
            link: event.link().cloned(),
        };
        let moved = event.decide(EventCommand::Reschedule(asked), ledger.moment)?;
        let command = Command::Take { proposal: self.proposal };
        let taken = state.decide((guest, command), ledger.moment)?;
        Decision::about(&self.guest)
            .with::<Event>(guest.event, moved)?
            .with::<Asking>(&self.guest, taken)
    }
}

/// Where the clocks show a time twice: the choice that means the very instants she proposed.
fn fold(when: &When, open: Open) -> Option<Fold> {
    let (starts, ends) = (when.zone.local(open.starts_at), when.zone.local(open.ends_at));
    let means = |fold: &Option<Fold>| {
        When::between(starts, ends, when.zone, *fold)
            .is_ok_and(|at| (at.starts_at, at.ends_at) == (open.starts_at, open.ends_at))
    };
    [None, Some(Fold::Earlier), Some(Fold::Later)].into_iter().find(means).flatten()
}

/// Leaves the event when it is, and tells the guest so.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeclineProposedTime {
    /// The guest's invitation or registration.
    pub guest: String,
    /// Which of her proposals.
    pub proposal: u32,
    /// Why, for her to read.
    pub why: Option<Personal<String>>,
}

impl Act for DeclineProposedTime {
    const KIND: &'static str = "DeclineProposedTime";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let state = ledger.state::<Asking>(&self.guest)?;
        let (guest, _) = state.open(self.proposal)?;
        let command = Command::Decline { proposal: self.proposal, why: self.why.clone() };
        decided(ledger, guest, command)
    }
}

/// A guest's calendar asks for the invitation as it is now (REFRESH). The mail has been verified.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ResendInvitation {
    /// Who.
    pub guest: Guest,
}

impl Act for ResendInvitation {
    const KIND: &'static str = "ResendInvitation";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_system()
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        announced(ledger, self.guest.event)?;
        known(ledger, &self.guest)?;
        decided(ledger, self.guest, Command::Resend)
    }
}
