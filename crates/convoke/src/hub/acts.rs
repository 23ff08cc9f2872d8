//! What may be asked of a hub, as it is stored.

use kernel::{Act, Actor, Decider, Decision, HubId, Ledger, Role, Stop};
use serde::{Deserialize, Serialize};

use super::decider::{Command, Hub, Profile};

/// Says anew what a hub tells about itself. Hub admins only.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangeHubProfile {
    /// The hub.
    pub hub: HubId,
    /// The whole profile.
    pub profile: Profile,
    /// The version the form was filled in on.
    pub expected_version: Option<i64>,
}

impl Act for ChangeHubProfile {
    const KIND: &'static str = "ChangeHubProfile";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::HubAdmin])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        ledger.expect::<Hub>(self.hub, self.expected_version)?;
        let command = Command::ChangeProfile { profile: self.profile.clone() };
        let facts = ledger.state::<Hub>(self.hub)?.decide(command, ledger.moment)?;
        Decision::about(self.hub).with::<Hub>(self.hub, facts)
    }
}
