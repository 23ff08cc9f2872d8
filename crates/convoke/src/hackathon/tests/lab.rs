//! Facts put into a product under test as they are, whatever the rules say.

#![allow(clippy::unwrap_used, reason = "tests")]

use kernel::{Act, Actor, Decider, Decision, HubId, Ledger, Stop};
use serde::{Deserialize, Serialize};

use crate::testing::TestApp;

/// The hub everything happens in.
pub(crate) fn hub() -> HubId {
    kernel::testing::id(7_000)
}

/// Writes facts as they are.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
struct Seed<D: Decider> {
    id: String,
    facts: Vec<D::Fact>,
}
impl<D: Decider> Act for Seed<D> {
    const KIND: &'static str = "Seed";
    fn permits(&self, _actor: &Actor) -> bool {
        true
    }
    fn decide(&self, _ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        Decision::about(&self.id).with::<D>(&self.id, self.facts.clone())
    }
}

/// These facts happened to one thing.
pub(crate) async fn happened<D: Decider>(
    app: &TestApp,
    id: impl ToString,
    facts: impl IntoIterator<Item = D::Fact>,
) {
    let seed = Seed::<D> { id: id.to_string(), facts: facts.into_iter().collect() };
    app.admin_does(Some(hub()), seed).await;
}

/// A replay from zero changes no row.
pub(crate) async fn is_rebuilt_alike(app: &TestApp) {
    let rebuilt = app.journal().rebuild(&hub().to_string(), &|_, _| ()).await.unwrap();
    assert_eq!(rebuilt.changed, 0);
    assert!(rebuilt.rows > 0);
}
