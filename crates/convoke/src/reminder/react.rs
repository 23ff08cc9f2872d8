//! What must follow when an event gets a time: timers; and from a reminder that is due: letters.
//!
//! Pure. A timer of the same name replaces the older one, and each names the time it was set for,
//! so a timer that is not replaced, because its moment is past, is answered with silence.

use kernel::{Effect, FactError, Recorded};
use serde_json::json;

use super::acts::RemindOfEvent;
use super::decider::{Fact, due_times};
use crate::event::{self, EventId, When};

/// The effects of a stored fact of reminders, or of an event.
///
/// # Errors
/// When the fact cannot be read.
pub fn react_recorded(fact: &Recorded<String>) -> Result<Vec<Effect>, FactError> {
    if let Some(fact) = fact.read::<Fact>()? {
        return Ok(react(&fact));
    }
    Ok(fact.read::<event::Fact>()?.map(|fact| react_to_event(&fact)).unwrap_or_default())
}

/// The letters of one fact of reminders.
pub fn react(fact: &Recorded<Fact>) -> Vec<Effect> {
    let event = fact.stream.id();
    match &fact.fact {
        // The newest one says it all.
        Fact::EventReminderDue { starts_at, reminders } => {
            let with = json!({ "event": event, "starts_at": starts_at, "reminders": reminders });
            vec![Effect::letter("event-reminder", format!("reminder/{event}"), with).superseding()]
        }
        Fact::InviteesReminded { .. } => {
            let lane = format!("invitees/{event}");
            vec![Effect::letter("invitation-reminder", lane, json!({ "event": event }))]
        }
    }
}

/// The timers of one fact of an event.
pub fn react_to_event(fact: &Recorded<event::Fact>) -> Vec<Effect> {
    let (event::Fact::EventPublished { when, .. }
    | event::Fact::EventRescheduled { when, .. }
    | event::Fact::EventTimeZoneChanged { when, .. }
    | event::Fact::EventInstantShifted { when, .. }
    | event::Fact::EventReinstated { when: Some(when), .. }) = &fact.fact
    else {
        return vec![];
    };
    match EventId::parse(fact.stream.id()) {
        Ok(event) => timers(event, when, fact),
        Err(_) => vec![],
    }
}

fn timers(event: EventId, when: &When, fact: &Recorded<event::Fact>) -> Vec<Effect> {
    let set_at = fact.recorded_at;
    let act = RemindOfEvent { event, starts_at: when.starts_at, set_at };
    let ahead = due_times(when).into_iter().filter(|(_, at)| *at > set_at);
    ahead.map(|(ahead, at)| Effect::timer(at, format!("remind/{event}/{ahead}"), &act)).collect()
}
