//! What must follow from an invitation: the letter with the calendar request, and its end.
//!
//! Pure. Letters name ids; whoever writes them looks names and addresses up.

use kernel::{Effect, FactError, Recorded};
use serde_json::json;

use super::acts::ExpireInvitation;
use super::fact::{Addressee, Fact};

/// The effects of a stored fact; none when it is not an invitation's.
///
/// # Errors
/// When the fact cannot be read.
pub fn react_recorded(fact: &Recorded<String>) -> Result<Vec<Effect>, FactError> {
    Ok(fact.read::<Fact>()?.map(|fact| react(&fact)).unwrap_or_default())
}

/// The effects of one fact.
pub fn react(fact: &Recorded<Fact>) -> Vec<Effect> {
    match &fact.fact {
        Fact::InvitationSent { to, expires_at, series } => {
            let expiry = ExpireInvitation { event: to.event, stakeholder: to.stakeholder };
            let end = format!("invitation-end/{}", to.invitation);
            // Whoever is asked to a series gets one letter about all of it.
            let speaks = series.is_none_or(|series| series.speaks || series.first == to.invitation);
            let letter = speaks.then(|| letter("invitation", to));
            letter.into_iter().chain([Effect::timer(*expires_at, end, &expiry)]).collect()
        }
        // Her calendar must forget it (METHOD:CANCEL to her alone).
        Fact::InvitationRevoked { to } => vec![letter("invitation-revoked", to)],
        Fact::InvitationPrepared { .. }
        | Fact::InvitationReopened { .. }
        | Fact::RsvpGiven { .. }
        | Fact::RsvpChanged { .. }
        | Fact::InvitationExpired { .. } => vec![],
    }
}

fn letter(template: &str, to: &Addressee) -> Effect {
    let with = json!({
        "invitation": to.invitation,
        "generation": to.generation,
        "event": to.event,
        "stakeholder": to.stakeholder,
        "person": to.person,
    });
    Effect::letter(template, format!("invitation/{}", to.invitation), with)
}
