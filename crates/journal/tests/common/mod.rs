//! A product small enough to see at once: tallies that people add to, with a limit.

#![allow(dead_code, reason = "each test file uses a part of this")]
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    reason = "test helpers"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use journal::{
    Cell, Journal, Options, Order, Product, Rows, Table, cell, int, personal, text, values,
};
use kernel::{
    Act, Actor, Decider, Decision, Effect, FactError, Ledger, Moment, PersonId, Personal, Recorded,
    Stop, World,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(
    Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
pub enum Fact {
    Added { by: i64, name: Option<Personal<String>>, person: Option<PersonId> },
    PersonErased { person: PersonId },
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = <Self as strum::VariantNames>::VARIANTS;
    fn kind(&self) -> &'static str {
        self.into()
    }
    fn samples() -> Vec<Self> {
        vec![Self::Added { by: 1, name: None, person: None }]
    }
}

#[derive(Debug, PartialEq, Serialize, thiserror::Error)]
pub enum Rejection {
    #[error("the limit is {limit}")]
    LimitReached { limit: i64 },
}
impl kernel::Rejection for Rejection {}

#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Tally {
    pub sum: i64,
}

pub enum Command {
    Add { by: i64, limit: i64, name: Option<Personal<String>> },
}

impl Decider for Tally {
    const STREAM: &'static str = "tally";
    type Command = Command;
    type Fact = Fact;
    type Rejection = Rejection;
    fn decide(
        &self,
        Command::Add { by, limit, name }: Command,
        _: &Moment,
    ) -> Result<Vec<Fact>, Rejection> {
        if self.sum + by > limit {
            return Err(Rejection::LimitReached { limit });
        }
        let person = name.as_ref().map(|name| name.of);
        Ok(vec![Fact::Added { by, name, person }])
    }
    fn evolve(&mut self, fact: &Fact) {
        match fact {
            Fact::Added { by, .. } => self.sum += by,
            Fact::PersonErased { .. } => {}
        }
    }
}

/// Adds to a tally. `poison` panics, to see that it harms itself alone.
#[derive(Clone, Serialize, Deserialize)]
pub struct Add {
    pub tally: String,
    pub by: i64,
    pub limit: i64,
    pub name: Option<Personal<String>>,
    pub poison: bool,
}

impl Act for Add {
    const KIND: &'static str = "Add";
    fn permits(&self, _: &Actor) -> bool {
        true
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        assert!(!self.poison, "poison");
        let command = Command::Add { by: self.by, limit: self.limit, name: self.name.clone() };
        let facts = ledger.state::<Tally>(&self.tally)?.decide(command, ledger.moment)?;
        Decision::about(&self.tally).with::<Tally>(&self.tally, facts)
    }
}

#[derive(Clone, Serialize, Deserialize)]
pub struct Erase {
    pub person: PersonId,
}
impl Act for Erase {
    const KIND: &'static str = "Erase";
    fn permits(&self, _: &Actor) -> bool {
        true
    }
    fn decide(&self, _: &Ledger<'_>) -> Result<Decision, Stop> {
        Decision::about(self.person)
            .with::<Tally>(self.person, [Fact::PersonErased { person: self.person }])
    }
}

pub static TALLIES: Table = Table {
    name: "tallies",
    key: &["id"],
    columns: &[text("id"), int("sum"), int("times")],
    indexes: &[],
};
pub static ENTRIES: Table = Table {
    name: "entries",
    key: &["tally", "version"],
    columns: &[
        text("tally"),
        int("version"),
        int("by"),
        personal("name", "person"),
        text("person"),
    ],
    indexes: &[&["person"]],
};

#[derive(Debug, Default)]
pub struct Toy;

impl Product for Toy {
    fn tables(&self) -> Vec<&'static Table> {
        vec![&TALLIES, &ENTRIES]
    }
    fn views_version(&self) -> u32 {
        1
    }
    fn project(&self, fact: &Recorded<String>, rows: &mut Rows) -> Result<(), FactError> {
        let Some(fact) = fact.read::<Fact>()? else { return Ok(()) };
        let id = fact.stream.id();
        match &fact.fact {
            Fact::Added { by, name, person } => {
                if fact.version == 1 {
                    rows.put(&TALLIES, values! { "id" => id, "sum" => 0_i64, "times" => 0_i64 });
                }
                rows.add(&TALLIES, [cell(id)], "sum", *by);
                rows.add(&TALLIES, [cell(id)], "times", 1);
                rows.put(
                    &ENTRIES,
                    values! { "tally" => id, "version" => fact.version, "by" => *by,
                    "name" => Cell::from(name.as_ref()), "person" => *person },
                );
            }
            Fact::PersonErased { person } => rows.erase(*person),
        }
        Ok(())
    }
    fn react(&self, fact: &Recorded<String>) -> Result<Vec<Effect>, FactError> {
        Ok(match fact.read::<Fact>()?.map(|fact| fact.fact) {
            Some(Fact::Added { by, .. }) if by > 100 => {
                vec![Effect::letter(
                    "large",
                    format!("tally/{}", fact.stream.id()),
                    serde_json::json!({ "by": by }),
                )]
            }
            _ => vec![],
        })
    }
    fn erases(&self, fact: &Recorded<String>) -> Option<PersonId> {
        (fact.kind == "PersonErased")
            .then(|| fact.read::<Fact>().ok().flatten())
            .flatten()
            .and_then(|fact| match fact.fact {
                Fact::PersonErased { person } => Some(person),
                Fact::Added { .. } => None,
            })
    }
}

/// The machine's own time and randomness, as the server's wiring has it.
#[derive(Debug, Default)]
pub struct RealWorld(AtomicU64);

impl World for RealWorld {
    #[expect(clippy::disallowed_methods, reason = "tests are wiring, too")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
    #[expect(clippy::disallowed_methods, reason = "tests are wiring, too")]
    fn uuid(&self) -> Uuid {
        Uuid::now_v7()
    }
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(16) {
            let _ = self.0.fetch_add(1, Ordering::Relaxed);
            #[expect(clippy::disallowed_methods, reason = "tests are wiring, too")]
            let random = Uuid::new_v4();
            chunk.iter_mut().zip(random.as_bytes()).for_each(|(to, from)| *to = *from);
        }
    }
}

pub fn world() -> Arc<dyn World> {
    Arc::new(RealWorld::default())
}

pub async fn open(url: &str) -> Journal {
    Journal::open(Options::serve(url), Arc::new(Toy), world()).await.unwrap()
}

pub fn add(tally: &str, by: i64) -> Add {
    Add { tally: tally.to_owned(), by, limit: i64::MAX, name: None, poison: false }
}

pub fn order(journal: &Journal, act: impl Act) -> Order {
    Order::new(Box::new(act), Actor::visitor(), journal.world().uuid(), journal.world().now())
}
