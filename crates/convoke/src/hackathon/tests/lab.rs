//! A real journal on SQLite with the views of these two folders, for projection tests.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use chrono::{DateTime, Utc};
use journal::{Db, Journal, Options, Order, Outcome, Product, Rows, Table};
use kernel::testing::{StillWorld, noon};
use kernel::{
    Act, Actor, Decider, Decision, Effect, FactError, Ledger, PersonId, Recorded, Refusal, Role,
    Stop, World,
};
use serde::{Deserialize, Serialize};

use crate::{hackathon, roster};

/// The hub everything happens in.
pub(crate) const HUB: &str = "hub_lab";

struct TwoFolders;

impl Product for TwoFolders {
    fn tables(&self) -> Vec<&'static Table> {
        [hackathon::view::tables(), roster::view::tables()].concat()
    }
    fn views_version(&self) -> u32 {
        1
    }
    fn project(&self, fact: &Recorded<String>, rows: &mut Rows) -> Result<(), FactError> {
        if let Some(fact) = fact.read::<hackathon::Fact>()? {
            hackathon::view::project(&fact, rows);
        }
        if let Some(fact) = fact.read::<roster::Fact>()? {
            roster::view::project(&fact, rows);
        }
        Ok(())
    }
    fn react(&self, fact: &Recorded<String>) -> Result<Vec<Effect>, FactError> {
        let timers = fact.read::<hackathon::Fact>()?.map(|fact| hackathon::react(&fact));
        let letters = fact.read::<roster::Fact>()?.map(|fact| roster::react(&fact));
        Ok(timers.into_iter().chain(letters).flatten().collect())
    }
    fn erases(&self, _fact: &Recorded<String>) -> Option<PersonId> {
        None
    }
}

/// Writes facts as they are, whatever the rules say.
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

/// A journal in a folder of its own.
pub(crate) struct Lab {
    journal: Journal,
    _folder: tempfile::TempDir,
}

impl Lab {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}/lab.db", folder.path().display());
        let world: Arc<dyn World> = Arc::new(StillWorld::default());
        let journal =
            Journal::open(Options::serve(url), Arc::new(TwoFolders), world).await.unwrap();
        Self { journal, _folder: folder }
    }

    pub(crate) fn db(&self) -> &Db {
        self.journal.db()
    }

    /// These facts happened.
    pub(crate) async fn happened<D: Decider>(
        &self,
        id: impl ToString,
        facts: impl IntoIterator<Item = D::Fact>,
    ) {
        let seed = Seed::<D> { id: id.to_string(), facts: facts.into_iter().collect() };
        self.does(seed, noon()).await.unwrap();
    }

    /// An organiser gives a command at an instant.
    pub(crate) async fn does(&self, act: impl Act, at: DateTime<Utc>) -> Result<(), Refusal> {
        let organiser = Actor::person(kernel::testing::id(900), [Role::Organiser]);
        let order = Order::new(Box::new(act), organiser, self.journal.world().uuid(), at);
        match self.journal.submit(HUB, order).await.unwrap().outcome {
            Outcome::Accepted(_) => Ok(()),
            Outcome::Rejected(refusal) => Err(refusal),
        }
    }

    /// A replay from zero changes no row.
    #[track_caller]
    pub(crate) async fn is_rebuilt_alike(self) {
        let rebuilt = self.journal.rebuild(HUB, &|_, _| ()).await.unwrap();
        assert_eq!(rebuilt.changed, 0);
        assert!(rebuilt.rows > 0);
        self.journal.close().await;
    }
}
