//! What must follow: a letter that asks, the timers of Mondays, and Monday's letters.

use kernel::{Effect, FactError, HubId, Recorded, Zone};
use serde_json::json;

use super::acts::SendDigests;
use super::decider::Fact;
use super::digest::DigestFact;

/// The effects of a stored fact of this folder.
///
/// # Errors
/// When the fact cannot be read.
pub fn react_recorded(fact: &Recorded<String>) -> Result<Vec<Effect>, FactError> {
    if let Some(fact) = fact.read::<Fact>()? {
        return Ok(react(&fact));
    }
    Ok(fact.read::<DigestFact>()?.map(|fact| react_to_monday(&fact)).unwrap_or_default())
}

/// Who is not known to have given her own address is asked.
pub fn react(fact: &Recorded<Fact>) -> Vec<Effect> {
    let person = fact.stream.id();
    match &fact.fact {
        Fact::FollowAsked { issue, proven: false, .. } => {
            let lane = format!("follow/{person}/{issue}");
            let with = json!({ "issue": issue, "person": person });
            vec![Effect::letter("follow-confirm", lane, with)]
        }
        Fact::FollowAsked { .. } | Fact::IssueFollowed { .. } | Fact::IssueUnfollowed { .. } => {
            vec![]
        }
    }
}

/// The week's letters, and the next week's timer.
pub fn react_to_monday(fact: &Recorded<DigestFact>) -> Vec<Effect> {
    let Ok(hub) = HubId::parse(fact.stream.id()) else { return vec![] };
    let lane = |zone: &Zone| format!("digest/{}", zone.name());
    match &fact.fact {
        DigestFact::DigestsBegun { zone, next } | DigestFact::DigestsPutOff { zone, next, .. } => {
            let act = SendDigests { hub, zone: *zone, monday: *next };
            vec![Effect::timer(*next, lane(zone), &act)]
        }
        DigestFact::DigestsDue { zone, next, .. } => {
            let act = SendDigests { hub, zone: *zone, monday: *next };
            vec![
                Effect::letter("issue-digest", lane(zone), json!({ "zone": zone })),
                Effect::timer(*next, lane(zone), &act),
            ]
        }
    }
}
