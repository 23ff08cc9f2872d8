//! What timers and curators may ask, as it is stored.

use chrono::{DateTime, Utc};
use kernel::{Act, Actor, Decider as _, Decision, Ledger, Role, Stop};
use serde::{Deserialize, Serialize};

use super::decider::{Command, Rejection, Reminders};
use crate::event::acts::existing;
use crate::event::{EventId, Status};

/// The timer's: a reminder of an event may be due. One for a time that has changed since, or for
/// an event that does not take place, is none.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RemindOfEvent {
    /// Of which.
    pub event: EventId,
    /// The start it had when the timer was set.
    pub starts_at: DateTime<Utc>,
    /// When it got that time.
    pub set_at: DateTime<Utc>,
}

impl Act for RemindOfEvent {
    const KIND: &'static str = "RemindOfEvent";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_system()
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let Self { event, starts_at, set_at } = *self;
        let state = existing(ledger, event)?;
        let decision = Decision::about(event);
        let when = state.when().filter(|when| state.is_announced() && when.starts_at == starts_at);
        let Some(when) = when.copied() else { return Ok(decision) };
        let reminders = ledger.state::<Reminders>(event)?;
        let facts = reminders.decide(Command::Remind { when, set_at }, ledger.moment)?;
        decision.with::<Reminders>(event, facts)
    }
}

/// Reminds everybody who was invited and has not answered; once a day at most.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RemindInvitees {
    /// Of which event.
    pub event: EventId,
    /// The subject, if not ours.
    pub subject: Option<String>,
    /// What to say, if not ours.
    pub message: Option<String>,
}

impl Act for RemindInvitees {
    const KIND: &'static str = "RemindInvitees";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator, Role::Host, Role::Organiser])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let event = self.event;
        let state = existing(ledger, event)?;
        match state.status() {
            Status::Cancelled => return Err(Rejection::EventCancelled {}.into()),
            Status::Ended | Status::Reported => return Err(Rejection::AlreadyEnded {}.into()),
            _ if !state.is_announced() => return Err(Rejection::EventNotPublished {}.into()),
            _ if state.has_begun(ledger.moment.now) => {
                return Err(Rejection::AlreadyEnded {}.into());
            }
            _ => {}
        }
        let (subject, message) = (self.subject.clone(), self.message.clone());
        let reminders = ledger.state::<Reminders>(event)?;
        let facts =
            reminders.decide(Command::RemindInvitees { subject, message }, ledger.moment)?;
        Decision::about(event).with::<Reminders>(event, facts)
    }
}
