//! What must follow from a fact about a stakeholder: who registers gets a letter with a link that
//! proves the address.

use kernel::{Effect, FactError, Recorded};
use serde_json::json;

use super::{Fact, address};

/// The letters a fact asks for. Who was merely noted has not asked for mail and gets none.
pub fn react(fact: &Recorded<Fact>) -> Vec<Effect> {
    let stakeholder = fact.stream.id();
    match &fact.fact {
        Fact::StakeholderRegistered { person, email: Some(_), .. } => {
            let with = json!({ "stakeholder": stakeholder, "person": person });
            let lane = format!("stakeholder/{stakeholder}");
            vec![Effect::letter("stakeholder-welcome", lane, with)]
        }
        Fact::StakeholderRegistered { email: None, .. }
        | Fact::ProspectNoted { .. }
        | Fact::EmailConfirmed {}
        | Fact::StakeholderVerified { .. }
        | Fact::StakeholderProfileChanged { .. }
        | Fact::OfferMade { .. }
        | Fact::OfferWithdrawn { .. }
        | Fact::NeedDeclared { .. }
        | Fact::NeedWithdrawn { .. }
        | Fact::RelationDeclared { .. }
        | Fact::RelationEnded { .. }
        | Fact::VisibilitySet { .. }
        | Fact::LanguageSet { .. }
        | Fact::StakeholderPaused { .. }
        | Fact::StakeholderResumed {}
        | Fact::StakeholderMerged { .. }
        | Fact::StakeholderAbsorbed { .. }
        | Fact::ContactDropped { .. }
        | Fact::StakeholderErased {} => Vec::new(),
    }
}

/// The letters about an address: to the new one first, and to the former once it is former.
pub fn react_to_address(fact: &Recorded<address::Fact>) -> Vec<Effect> {
    let stakeholder = fact.stream.id();
    let letter = |template, change: &u32| {
        let with = json!({ "stakeholder": stakeholder, "change": change });
        vec![Effect::letter(template, format!("stakeholder/{stakeholder}"), with)]
    };
    match &fact.fact {
        address::Fact::EmailChangeRequested { change, .. } => letter("address-confirm", change),
        address::Fact::EmailChanged { change, .. } => letter("address-changed", change),
    }
}

/// The same for a fact as it is stored; other folders' facts ask for nothing here.
///
/// # Errors
/// When a fact of ours cannot be read.
pub fn react_recorded(fact: &Recorded<String>) -> Result<Vec<Effect>, FactError> {
    if let Some(fact) = fact.read::<address::Fact>()? {
        return Ok(react_to_address(&fact));
    }
    Ok(fact.read()?.map(|fact| react(&fact)).unwrap_or_default())
}
