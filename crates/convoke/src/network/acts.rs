//! What may be asked of the network, as it is stored.

use kernel::{Act, Actor, Decider, Decision, HubId, Ledger, Role, Stop, Zone};
use serde::{Deserialize, Serialize};

use super::decider::{Command, NETWORK, Network};

/// Opens a hub. Network admins only.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OpenHub {
    /// Its id.
    pub hub: HubId,
    /// What it is called.
    pub name: String,
    /// Its place in addresses: 2 to 40 of a-z, 0-9 and inner hyphens.
    pub slug: String,
    /// Where its clocks stand.
    pub zone: Zone,
    /// The languages it offers, its own first.
    pub locales: Vec<String>,
}

impl Act for OpenHub {
    const KIND: &'static str = "OpenHub";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::NetworkAdmin])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let Self { hub, name, slug, zone, locales } = self.clone();
        let command = Command::OpenHub { hub, name, slug, zone, locales };
        let facts = ledger.state::<Network>(NETWORK)?.decide(command, ledger.moment)?;
        Decision::about(hub).with::<Network>(NETWORK, facts)
    }
}
