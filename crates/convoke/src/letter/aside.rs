//! What a letter needs beside its reader: another address, the proposal it answers, and whether it
//! still has anything to say.

use chrono::TimeDelta;

use super::Template;
use super::expand::{Desk, Guest};
use crate::asking::view::ProposalRow;
use crate::event::Status;
use crate::event::view::EventRow;
use crate::stakeholder::view::StakeholderRow;

impl<'a> Desk<'a> {
    /// Where a letter about an address goes: to the one that is new, or to the one that was.
    pub(super) fn elsewhere(&self, stakeholder: Option<&'a StakeholderRow>) -> Option<&'a str> {
        let address = match self.wanted.template {
            // An address that was asked for since has a letter of its own.
            Template::AddressConfirm => {
                let row = stakeholder.filter(|row| row.email_change == self.wanted.with.change)?;
                row.pending_email.as_ref()
            }
            Template::AddressChanged => stakeholder?.former_email.as_ref(),
            Template::GuestMovedAway => {
                let guest = self.wanted.with.guest()?;
                self.material.former.get(guest).and_then(Option::as_ref)
            }
            _ => None,
        };
        address.map(String::as_str)
    }

    /// The other time that this letter answers.
    pub(super) fn proposal(&self) -> Option<&'a ProposalRow> {
        let with = &self.wanted.with;
        let key = (with.guest()?.clone(), with.proposal?);
        self.material.proposals.get(&key)
    }
}

/// What a calendar gets at a new address is newer than what the former one lost: where both lead
/// into one calendar, it stays.
pub(super) fn after(template: Template) -> TimeDelta {
    TimeDelta::seconds(i64::from(template == Template::GuestMoved))
}

/// Why a letter to one person has nothing to say any more.
pub(super) fn outdated(
    template: Template,
    guest: Guest<'_>,
    event: Option<&EventRow>,
) -> Option<&'static str> {
    let state = guest.registration.map(|row| row.state.as_str());
    let is_cancelled = event.is_some_and(|event| event.status() == Status::Cancelled);
    let is_paused = guest.stakeholder.is_some_and(|row| row.paused);
    match template {
        Template::Invitation | Template::InvitationReminder => {
            match guest.invitation.map(|row| row.state.as_str()) {
                _ if is_cancelled => Some("the event is cancelled"),
                _ if is_paused => Some("asked not to be asked for a while"),
                Some("sent") => None,
                Some("revoked") => Some("taken back before it was written"),
                _ => Some("answered already"),
            }
        }
        Template::EventUpdated
            if is_paused
                && guest.registration.is_none()
                && guest.invitation.is_some_and(|row| row.answer.is_none()) =>
        {
            Some("asked not to be asked for a while")
        }
        Template::RegistrationConfirmed if is_cancelled => Some("the event is cancelled"),
        Template::RegistrationConfirmed if state != Some("confirmed") => {
            Some("the place is given back already")
        }
        Template::WaitlistJoined if state != Some("waiting") => Some("does not wait any more"),
        Template::PlaceOffered if state != Some("offered") => Some("the offer has ended"),
        Template::RegistrationCancelled if is_cancelled => {
            Some("the letter about the event says so")
        }
        Template::RegistrationCancelled if state != Some("cancelled") => {
            Some("registered after all")
        }
        Template::AnswerUnconfirmed if guest.held.is_none() => Some("it is not held any more"),
        Template::AddressConfirm if guest.elsewhere.is_none() => {
            Some("it is confirmed already, or another address was given since")
        }
        Template::AddressChanged if guest.elsewhere.is_none() => Some("there was none before"),
        Template::GuestMovedAway if guest.elsewhere.is_none() => Some("erased"),
        Template::InvitationAgain
        | Template::AnswerUnconfirmed
        | Template::GuestMovedAway
        | Template::GuestMoved
        | Template::ProposedTimeDeclined
            if is_cancelled =>
        {
            Some("the event is cancelled")
        }
        Template::StakeholderWelcome if guest.stakeholder.is_some_and(|row| row.confirmed) => {
            Some("confirmed already")
        }
        _ => None,
    }
}
