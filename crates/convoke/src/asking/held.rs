//! An answer in a guest's name that nothing vouches for, and her word that it is hers; and what
//! becomes of her invitations when her address changes.

use kernel::{Act, Actor, Decider as _, Decision, Ledger, Personal, Stop};
use serde::{Deserialize, Serialize};

use super::acts::{decided, known};
use super::decider::{Asking, Command};
use super::fact::Guest;
use crate::desk::CancelRegistration;
use crate::invitation::acts::announced;
use crate::invitation::{Answer, AnswerInvitation};

/// Holds an answer until the guest says by a link that it is hers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HoldAnswer {
    /// Who, as the mail says.
    pub guest: Guest,
    /// What it says.
    pub answer: Answer,
}

impl Act for HoldAnswer {
    const KIND: &'static str = "HoldAnswer";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_system()
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        announced(ledger, self.guest.event)?;
        known(ledger, &self.guest)?;
        decided(ledger, self.guest, Command::Hold { answer: self.answer })
    }
}

/// The guest says that an answer is hers: it is given in the same decision. That the link was real
/// is checked before; it works once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConfirmHeldAnswer {
    /// Her invitation or registration.
    pub guest: String,
    /// Which answer.
    pub held: u32,
    /// What it means, for who was invited.
    pub answering: Option<AnswerInvitation>,
}

impl Act for ConfirmHeldAnswer {
    const KIND: &'static str = "ConfirmHeldAnswer";

    fn permits(&self, _actor: &Actor) -> bool {
        true
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let state = ledger.state::<Asking>(&self.guest)?;
        let (guest, held) = state.held(self.held, ledger.moment.now)?;
        let confirmed =
            state.decide((guest, Command::Confirm { held: self.held }), ledger.moment)?;
        let mut decision = Decision::about(&self.guest);
        match (&self.answering, guest.registration) {
            // What was held is given, whatever the form said.
            (Some(answering), _) => {
                let answering = AnswerInvitation { answer: held.answer, ..answering.clone() };
                decision.drafts.extend(answering.decide(ledger)?.drafts);
            }
            // Whoever registered by herself has said yes; only a no changes something.
            (None, Some(registration)) if held.answer == Answer::Declined => {
                let event = guest.event;
                let act = CancelRegistration { event, registration, via_link: true };
                decision.drafts.extend(act.decide(ledger)?.drafts);
            }
            (None, _) => {}
        }
        decision.with::<Asking>(&self.guest, confirmed)
    }
}

/// Letters to a guest go to another address: the calendar there gets the event, the one at the
/// former address loses it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MoveGuest {
    /// Who.
    pub guest: Guest,
    /// Which of her changes of address this follows from.
    pub change: u32,
    /// The former address.
    pub from: Personal<String>,
}

impl Act for MoveGuest {
    const KIND: &'static str = "MoveGuest";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_system()
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        known(ledger, &self.guest)?;
        let (change, from) = (self.change, self.from.clone());
        decided(ledger, self.guest, Command::Move { change, from })
    }
}
