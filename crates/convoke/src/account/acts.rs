//! What may be asked of accounts, as it is stored.
//!
//! Each act names the hub it speaks for; whoever runs it gives the actor her roles *in that hub*.
//! Without a hub only a network admin may ask, whatever else the actor holds.

use kernel::{Act, Actor, Decider, Decision, HubId, Ledger, PersonId, Role, Stop};
use serde::{Deserialize, Serialize};

use super::TokenId;
use super::decider::{Account, Command, NewToken, Rejection};
use crate::network::{NETWORK, Network};

/// Gives a person a role.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GrantRole {
    /// Who gets it.
    pub person: PersonId,
    /// Where; missing for a network role.
    pub hub: Option<HubId>,
    /// The role.
    pub role: Role,
}

/// Takes a role from a person.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RevokeRole {
    /// Who loses it.
    pub person: PersonId,
    /// Where; missing for a network role.
    pub hub: Option<HubId>,
    /// The role.
    pub role: Role,
}

/// Issues an API token that acts for a person.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct IssueToken {
    /// For whom it acts.
    pub person: PersonId,
    /// The token.
    pub token: NewToken,
}

/// Ends an API token. Its person may always do so herself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RevokeToken {
    /// For whom it acts.
    pub person: PersonId,
    /// Where it may act; missing for a token of the network.
    pub hub: Option<HubId>,
    /// The token.
    pub token: TokenId,
}

impl GrantRole {
    /// The hub this act speaks for.
    pub fn hub(&self) -> Option<HubId> {
        self.hub
    }
}
impl RevokeRole {
    /// The hub this act speaks for.
    pub fn hub(&self) -> Option<HubId> {
        self.hub
    }
}
impl IssueToken {
    /// The hub this act speaks for.
    pub fn hub(&self) -> Option<HubId> {
        self.token.hub
    }
}
impl RevokeToken {
    /// The hub this act speaks for.
    pub fn hub(&self) -> Option<HubId> {
        self.hub
    }
}

fn leads(actor: &Actor, hub: Option<HubId>) -> bool {
    actor.is_any(&[if hub.is_some() { Role::HubAdmin } else { Role::NetworkAdmin }])
}

fn decided(
    ledger: &Ledger<'_>,
    person: PersonId,
    hub: Option<HubId>,
    command: Command,
) -> Result<Decision, Stop> {
    if let Some(hub) = hub
        && !ledger.state::<Network>(NETWORK)?.has(hub)
    {
        return Err(Rejection::UnknownHub {}.into());
    }
    let facts = ledger.state::<Account>(person)?.decide(command, ledger.moment)?;
    Decision::about(person).with::<Account>(person, facts)
}

impl Act for GrantRole {
    const KIND: &'static str = "GrantRole";

    fn permits(&self, actor: &Actor) -> bool {
        leads(actor, self.hub)
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let command = Command::GrantRole { hub: self.hub, role: self.role };
        decided(ledger, self.person, self.hub, command)
    }
}

impl Act for RevokeRole {
    const KIND: &'static str = "RevokeRole";

    fn permits(&self, actor: &Actor) -> bool {
        leads(actor, self.hub)
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let command = Command::RevokeRole { hub: self.hub, role: self.role };
        decided(ledger, self.person, self.hub, command)
    }
}

impl Act for IssueToken {
    const KIND: &'static str = "IssueToken";

    fn permits(&self, actor: &Actor) -> bool {
        leads(actor, self.hub())
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let command = Command::IssueToken(self.token.clone());
        let decision = decided(ledger, self.person, self.hub(), command)?;
        Ok(Decision { about: self.token.token.to_string(), ..decision })
    }
}

impl Act for RevokeToken {
    const KIND: &'static str = "RevokeToken";

    fn permits(&self, actor: &Actor) -> bool {
        actor.person == Some(self.person) || leads(actor, self.hub)
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let command = Command::RevokeToken { hub: self.hub, token: self.token };
        let decision = decided(ledger, self.person, self.hub, command)?;
        Ok(Decision { about: self.token.to_string(), ..decision })
    }
}
