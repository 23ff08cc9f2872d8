//! What must follow when something happens at a desk: a letter to the person, the end of an offer.
//!
//! Pure. Letters name ids; whoever writes them looks the addresses up. A place that was freed
//! while the event was put off is handed on when it is announced again.

use kernel::{Effect, FactError, PersonId, Recorded};
use serde_json::json;

use super::RegistrationId;
use super::acts::{ExpireOffer, PromoteNext};
use super::fact::Fact;
use crate::event::{self, EventId};

/// The effects of a stored fact of a desk, or of the event it belongs to.
///
/// # Errors
/// When the fact cannot be read.
pub fn react_recorded(fact: &Recorded<String>) -> Result<Vec<Effect>, FactError> {
    if let Some(fact) = fact.read::<Fact>()? {
        return Ok(react(&fact));
    }
    Ok(fact.read::<event::Fact>()?.map(|fact| react_to_event(&fact)).unwrap_or_default())
}

/// The effects of one fact of a desk.
pub fn react(fact: &Recorded<Fact>) -> Vec<Effect> {
    let Ok(event) = EventId::parse(fact.stream.id()) else { return vec![] };
    let letter = |template, registration: &RegistrationId, person: &PersonId| {
        let lane = format!("registration/{registration}");
        let with = json!({ "event": event, "registration": registration, "person": person });
        Effect::letter(template, lane, with)
    };
    match &fact.fact {
        Fact::RegistrationConfirmed { registration, person, .. } => {
            vec![letter("registration-confirmed", registration, person)]
        }
        Fact::WaitlistJoined { registration, person, .. } => {
            vec![letter("waitlist-joined", registration, person)]
        }
        Fact::PlaceOffered { registration, person, until, .. } => {
            let expiry = ExpireOffer { event, registration: *registration };
            vec![
                letter("place-offered", registration, person),
                Effect::timer(*until, format!("offer/{registration}"), &expiry),
            ]
        }
        Fact::RegistrationCancelled { registration, person, .. } => {
            vec![letter("registration-cancelled", registration, person)]
        }
        Fact::DeskOpened { .. }
        | Fact::CapacityChanged { .. }
        | Fact::WaitlistSwitched { .. }
        | Fact::RegistrationReceived { .. }
        | Fact::PromotionSkipped { .. }
        | Fact::OfferDeclined { .. }
        | Fact::OfferExpired { .. }
        | Fact::WaitlistLeft { .. }
        | Fact::PartyChanged { .. } => vec![],
    }
}

/// The effects of one fact of an event on its desk.
pub fn react_to_event(fact: &Recorded<event::Fact>) -> Vec<Effect> {
    let again = matches!(
        fact.fact,
        event::Fact::EventReinstated { .. } | event::Fact::EventRescheduled { .. }
    );
    match EventId::parse(fact.stream.id()) {
        Ok(event) if again => {
            let lane = format!("promotion/{event}");
            vec![Effect::timer(fact.recorded_at, lane, &PromoteNext { event })]
        }
        _ => vec![],
    }
}
