//! What must follow from a fact about a hackathon: the freeze at the end of the clock.
//!
//! One timer for each hackathon. Whatever moves the end sets it anew; one that comes too early
//! anyway, or in a pause, is turned down by the decider and does no harm.

use kernel::{Effect, Recorded};

use super::acts::FreezeSubmissions;
use super::{Fact, HackathonId};

/// The timer a fact sets, if one.
pub fn react(fact: &Recorded<Fact>) -> Vec<Effect> {
    match &fact.fact {
        Fact::ClockStarted { freezes_at, .. }
        | Fact::ClockResumed { freezes_at, .. }
        | Fact::ClockExtended { freezes_at, .. } => {
            let Ok(hackathon) = HackathonId::parse(fact.stream.id()) else { return Vec::new() };
            let freeze = FreezeSubmissions { hackathon };
            vec![Effect::timer(*freezes_at, format!("freeze/{hackathon}"), &freeze)]
        }
        Fact::HackathonCreated { .. }
        | Fact::RulesSet { .. }
        | Fact::TeamFormationOpened {}
        | Fact::RosterLocked { .. }
        | Fact::ClockPaused { .. }
        | Fact::SubmissionsFrozen { .. }
        | Fact::HackathonCancelled { .. } => Vec::new(),
    }
}
