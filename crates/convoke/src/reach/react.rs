//! What must follow for a person's reach: a new address is tried, whatever became of the old one.

use kernel::{Effect, FactError, Recorded};

use super::acts::ResumeLetters;
use super::decider::Category;
use crate::stakeholder::address;

/// The effects of a stored fact.
///
/// # Errors
/// When the fact cannot be read.
pub fn react_recorded(fact: &Recorded<String>) -> Result<Vec<Effect>, FactError> {
    Ok(fact.read::<address::Fact>()?.map(|fact| react(&fact)).unwrap_or_default())
}

/// What was stopped because the former address failed is not true of the new one. What she asked
/// for herself stays: the decision refuses to take that back.
pub fn react(fact: &Recorded<address::Fact>) -> Vec<Effect> {
    match &fact.fact {
        address::Fact::EmailChanged { person, .. } => {
            let act = ResumeLetters { person: *person, category: Category::All };
            vec![Effect::timer(fact.recorded_at, format!("reach/{person}"), &act)]
        }
        address::Fact::EmailChangeRequested { .. } => vec![],
    }
}
