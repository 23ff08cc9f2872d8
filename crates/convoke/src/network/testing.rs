//! A journal with the views of the first five folders, for their tests: acts go in, rows come out.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use journal::{Journal, Options, Order, Product, Rows, Table};
use kernel::testing::StillWorld;
use kernel::{Act, Actor, Effect, FactError, PersonId, Recorded};

use crate::{account, hub, issue, network, stakeholder};

/// The views and reactions of network, hub, account, issue and stakeholder.
struct Rooms;

impl Product for Rooms {
    fn tables(&self) -> Vec<&'static Table> {
        [
            network::view::tables(),
            hub::view::tables(),
            account::view::tables(),
            issue::view::tables(),
            stakeholder::view::tables(),
        ]
        .concat()
    }

    fn views_version(&self) -> u32 {
        1
    }

    fn project(&self, fact: &Recorded<String>, rows: &mut Rows) -> Result<(), FactError> {
        if let Some(fact) = fact.read()? {
            network::view::project(&fact, rows);
        }
        if let Some(fact) = fact.read()? {
            hub::view::project(&fact, rows);
        }
        if let Some(fact) = fact.read()? {
            account::view::project(&fact, rows);
        }
        if let Some(fact) = fact.read()? {
            issue::view::project(&fact, rows);
        }
        if let Some(fact) = fact.read()? {
            stakeholder::view::project_contact(&fact, rows);
        }
        if let Some(fact) = fact.read()? {
            stakeholder::view::project(&fact, rows);
        }
        Ok(())
    }

    fn react(&self, fact: &Recorded<String>) -> Result<Vec<Effect>, FactError> {
        let mut effects = Vec::new();
        if let Some(fact) = fact.read()? {
            effects.extend(issue::react::react(&fact));
        }
        if let Some(fact) = fact.read()? {
            effects.extend(stakeholder::react::react(&fact));
        }
        Ok(effects)
    }

    fn erases(&self, fact: &Recorded<String>) -> Option<PersonId> {
        match fact.read::<stakeholder::ContactFact>().ok()??.fact {
            stakeholder::ContactFact::PersonErased { person } => Some(person),
            _ => None,
        }
    }
}

/// A journal in a folder that goes away with it.
pub(crate) struct House {
    pub(crate) journal: Journal,
    _folder: tempfile::TempDir,
}

impl House {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}/house.db", folder.path().display());
        let world = Arc::new(StillWorld::default());
        let journal = Journal::open(Options::serve(url), Arc::new(Rooms), world).await.unwrap();
        Self { journal, _folder: folder }
    }

    /// Gives an act in our own rules' name; it must be accepted.
    pub(crate) async fn does(&self, journal: &str, act: impl Act) {
        self.gives(journal, Actor::system("test"), act).await;
    }

    /// Gives an act in somebody's name; it must be accepted.
    pub(crate) async fn gives(&self, journal: &str, actor: Actor, act: impl Act) {
        let world = self.journal.world();
        let order = Order::new(Box::new(act), actor, world.uuid(), world.now());
        let answer = self.journal.submit(journal, order).await.unwrap();
        assert_eq!(answer.refusal(), None);
    }

    /// A replay of the journal changes no row.
    pub(crate) async fn is_the_same_when_rebuilt(&self, journal: &str) {
        let rebuilt = self.journal.rebuild(journal, &|_, _| ()).await.unwrap();
        assert_eq!(rebuilt.changed, 0, "{rebuilt:?}");
    }
}
