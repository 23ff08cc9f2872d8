//! What must follow from a fact about a hackathon: the freeze at the end of the clock, and word to
//! everybody when it is called off.
//!
//! One timer for each hackathon. Whatever moves the end sets it anew; one that comes too early
//! anyway, or in a pause, is turned down by the decider and does no harm.

use kernel::{Effect, FactError, Recorded};
use serde_json::json;

use super::acts::FreezeSubmissions;
use super::{Fact, HackathonId};

/// What must follow from any fact of the product.
///
/// # Errors
/// When it is ours and cannot be read.
pub fn react_recorded(fact: &Recorded<String>) -> Result<Vec<Effect>, FactError> {
    Ok(fact.read::<Fact>()?.map(|fact| react(&fact)).unwrap_or_default())
}

/// The effects of one fact.
pub fn react(fact: &Recorded<Fact>) -> Vec<Effect> {
    let Ok(hackathon) = HackathonId::parse(fact.stream.id()) else { return Vec::new() };
    match &fact.fact {
        Fact::ClockStarted { freezes_at, .. }
        | Fact::ClockResumed { freezes_at, .. }
        | Fact::ClockExtended { freezes_at, .. } => {
            let freeze = FreezeSubmissions { hackathon };
            vec![Effect::timer(*freezes_at, format!("freeze/{hackathon}"), &freeze)]
        }
        Fact::HackathonCreated { .. }
        | Fact::RulesSet { .. }
        | Fact::TeamFormationOpened {}
        | Fact::RosterLocked { .. }
        | Fact::ClockPaused { .. }
        | Fact::SubmissionsFrozen { .. } => Vec::new(),
        Fact::HackathonCancelled { .. } => {
            let lane = format!("hackathon/{hackathon}");
            vec![Effect::letter("hackathon-cancelled", lane, json!({ "hackathon": hackathon }))]
        }
    }
}
