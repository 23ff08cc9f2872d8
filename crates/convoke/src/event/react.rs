//! What must follow when something happens to an event: letters to everyone concerned, its end.
//!
//! Pure. Letters name the event; whoever writes them asks the read models whom it concerns. An
//! update waits two minutes for the next edit, and only the newest is sent.

use chrono::Duration;
use kernel::{Effect, FactError, Recorded};
use serde_json::json;

use super::acts::EndEvent;
use super::fact::Fact;
use super::when::When;
use super::{EventId, Status};

/// How long an edit waits for the next one before people are told (calendar-mail contract 2.4).
pub const QUIET: Duration = Duration::seconds(120);

/// The effects of a stored fact; none when it is not an event's.
///
/// # Errors
/// When the fact cannot be read.
pub fn react_recorded(fact: &Recorded<String>) -> Result<Vec<Effect>, FactError> {
    Ok(fact.read::<Fact>()?.map(|fact| react(&fact)).unwrap_or_default())
}

/// The effects of one fact.
pub fn react(fact: &Recorded<Fact>) -> Vec<Effect> {
    let Ok(event) = EventId::parse(fact.stream.id()) else { return vec![] };
    let mut effects = Vec::new();
    let mut updated = |sequence: &Option<i64>| {
        effects.extend(sequence.map(|sequence| letter("event-updated", event, sequence, fact)));
    };
    match &fact.fact {
        Fact::EventDescribed { sequence, .. } | Fact::EventPostponed { sequence } => {
            updated(sequence);
        }
        Fact::EventPublished { when, .. } => effects.push(ending(event, when)),
        Fact::EventRescheduled { when, sequence, .. }
        | Fact::EventTimeZoneChanged { when, sequence, .. }
        | Fact::EventInstantShifted { when, sequence, .. } => {
            updated(sequence);
            effects.push(ending(event, when));
        }
        Fact::EventReinstated { status, when, sequence } => {
            updated(sequence);
            if matches!(status, Status::Published | Status::Closed) {
                effects.extend(when.map(|when| ending(event, &when)));
            }
        }
        Fact::EventCancelled { sequence, .. } => {
            // At once, and instead of an update that still waits.
            let letter = sequence.map(|sequence| Effect {
                due_at: None,
                ..letter("event-cancelled", event, sequence, fact)
            });
            effects.extend(letter);
        }
        Fact::EventImported { when, .. } if when.ends_at > fact.recorded_at => {
            effects.push(ending(event, when));
        }
        Fact::EventImported { .. }
        | Fact::EventProposed { .. }
        | Fact::EventTimeSuggested { .. }
        | Fact::EventJoinedSeries { .. }
        | Fact::ProposalAccepted {}
        | Fact::ProposalDeclined { .. }
        | Fact::ProposalWithdrawn {}
        | Fact::EventScheduled { .. }
        | Fact::EventRegistrationOpened {}
        | Fact::EventRegistrationClosed {}
        | Fact::EventEnded {}
        | Fact::EventReported { .. } => {}
    }
    effects
}

fn letter(template: &str, event: EventId, sequence: i64, fact: &Recorded<Fact>) -> Effect {
    let lane = format!("event/{event}");
    Effect::letter(template, lane, json!({ "event": event, "sequence": sequence }))
        .not_before(fact.recorded_at + QUIET)
        .superseding()
}

fn ending(event: EventId, when: &When) -> Effect {
    Effect::timer(when.ends_at, format!("event-end/{event}"), &EndEvent { event })
}
