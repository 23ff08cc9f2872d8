//! What must follow when a guest asks for something: letters to her alone.

use kernel::{Effect, FactError, Recorded};
use serde_json::{Value, json};

use super::attendance;
use super::fact::{Fact, Guest};

/// The effects of a stored fact; none when it is not of this folder.
///
/// # Errors
/// When the fact cannot be read.
pub fn react_recorded(fact: &Recorded<String>) -> Result<Vec<Effect>, FactError> {
    if let Some(fact) = fact.read::<Fact>()? {
        return Ok(react(&fact));
    }
    Ok(fact.read::<attendance::Fact>()?.map(|fact| react_to_request(&fact)).unwrap_or_default())
}

/// The effects of what a guest asked for.
pub fn react(fact: &Recorded<Fact>) -> Vec<Effect> {
    match &fact.fact {
        Fact::ProposedTimeDeclined { guest, proposal, sequence, .. } => {
            let more = [("proposal", json!(proposal)), ("sequence", json!(sequence))];
            vec![letter("proposed-time-declined", guest, with(named(guest), more))]
        }
        Fact::InvitationResent { guest, .. } => {
            vec![letter("invitation-again", guest, named(guest))]
        }
        Fact::AnswerHeld { guest, held, .. } => {
            let more = [("held", json!(held))];
            vec![letter("answer-unconfirmed", guest, with(named(guest), more))]
        }
        // First what the former address had is taken away, then the new one gets it.
        Fact::GuestMoved { guest, .. } => vec![
            letter("guest-moved-away", guest, named(guest)),
            letter("guest-moved", guest, named(guest)),
        ],
        // The event's own letter tells everybody of its new time.
        Fact::TimeProposed { .. }
        | Fact::ProposedTimeTaken { .. }
        | Fact::HeldAnswerConfirmed { .. } => vec![],
    }
}

/// The effects of what became of somebody who was not invited.
pub fn react_to_request(fact: &Recorded<attendance::Fact>) -> Vec<Effect> {
    match &fact.fact {
        attendance::Fact::AttendanceRequestDeclined { event, person, told: true } => {
            let lane = format!("attendance/{event}.{person}");
            let with = json!({ "event": event, "person": person });
            vec![Effect::letter("attendance-declined", lane, with)]
        }
        // Who is accepted is invited, and that is the letter she gets.
        attendance::Fact::AttendanceRequested { .. }
        | attendance::Fact::AttendanceRequestAccepted { .. }
        | attendance::Fact::AttendanceRequestDeclined { .. } => vec![],
    }
}

fn named(guest: &Guest) -> Value {
    json!({
        "event": guest.event,
        "person": guest.person,
        "stakeholder": guest.stakeholder,
        "invitation": guest.invitation,
        "registration": guest.registration,
    })
}

/// The same, with more to say.
fn with<const N: usize>(mut named: Value, more: [(&str, Value); N]) -> Value {
    if let Some(fields) = named.as_object_mut() {
        fields.extend(more.map(|(name, value)| (name.to_owned(), value)));
    }
    named
}

fn letter(template: &str, guest: &Guest, with: Value) -> Effect {
    let kind = if guest.invitation.is_some() { "invitation" } else { "registration" };
    Effect::letter(template, format!("{kind}/{}", guest.id()), with)
}
