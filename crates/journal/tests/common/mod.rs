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

pub mod place;
pub mod proxy;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use chrono::{DateTime, Duration, Utc};
use journal::{
    Cell, Journal, Options, Order, Product, Rows, Table, cell, int, personal, text, values,
};
use kernel::{
    Act, Actor, Decider, Decision, Effect, FactError, Ledger, Moment, PersonId, Personal, Recorded,
    Refusal, Stop, Upcaster, World,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

#[derive(
    Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
pub enum Fact {
    Added { by: i64, name: Option<Personal<String>>, person: Option<PersonId> },
    Cleared { why: String },
    PersonErased { person: PersonId },
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = <Self as strum::VariantNames>::VARIANTS;
    const UPCASTERS: &'static [Upcaster] = &[Upcaster {
        kind: "Added",
        from: 1,
        lift: |old| json!({ "by": old.get("amount").and_then(Value::as_i64), "name": null, "person": null }),
    }];
    fn kind(&self) -> &'static str {
        self.into()
    }
    fn tags(&self) -> Vec<String> {
        match self {
            Self::Added { person, .. } => person.iter().map(ToString::to_string).collect(),
            Self::Cleared { .. } => vec![],
            Self::PersonErased { person } => vec![person.to_string()],
        }
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
    pub last: Option<Personal<String>>,
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
        if self.sum.saturating_add(by) > limit {
            return Err(Rejection::LimitReached { limit });
        }
        let person = name.as_ref().map(|name| name.of);
        Ok(vec![Fact::Added { by, name, person }])
    }
    fn evolve(&mut self, fact: &Fact) {
        match fact {
            Fact::Added { by, name, .. } => {
                self.sum = self.sum.saturating_add(*by);
                if name.is_some() {
                    self.last.clone_from(name);
                }
            }
            Fact::Cleared { .. } => *self = Self::default(),
            Fact::PersonErased { .. } => {}
        }
    }
}

/// Adds to a tally. `poison` panics, to see that it harms itself alone.
#[derive(Clone, Debug, Serialize, Deserialize)]
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

/// Adds one so many times in one command.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AddOften {
    pub tally: String,
    pub times: usize,
}

impl Act for AddOften {
    const KIND: &'static str = "AddOften";
    fn permits(&self, _: &Actor) -> bool {
        true
    }
    fn decide(&self, _: &Ledger<'_>) -> Result<Decision, Stop> {
        let fact = Fact::Added { by: 1, name: None, person: None };
        Decision::about(&self.tally).with::<Tally>(&self.tally, vec![fact; self.times])
    }
}

/// Moves from one tally to another: a rule over two streams, and facts in both.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Move {
    pub from: String,
    pub to: String,
    pub by: i64,
}

impl Act for Move {
    const KIND: &'static str = "Move";
    fn permits(&self, _: &Actor) -> bool {
        true
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let from = ledger.state::<Tally>(&self.from)?;
        let to = ledger.state::<Tally>(&self.to)?;
        if from.sum < self.by {
            return Err(Refusal::new("NOT_ENOUGH", "there is less").with("sum", from.sum).into());
        }
        if to.sum > 1_000_000 {
            return Err(Refusal::new("ENOUGH", "there is plenty").into());
        }
        let fact = |by| Fact::Added { by, name: None, person: None };
        Decision::about(&self.to)
            .with::<Tally>(&self.from, [fact(-self.by)])?
            .with::<Tally>(&self.to, [fact(self.by)])
    }
}

/// Sets a tally to nothing.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Clear {
    pub tally: String,
    pub why: String,
}

impl Act for Clear {
    const KIND: &'static str = "Clear";
    fn permits(&self, _: &Actor) -> bool {
        true
    }
    fn decide(&self, _: &Ledger<'_>) -> Result<Decision, Stop> {
        Decision::about(&self.tally)
            .with::<Tally>(&self.tally, [Fact::Cleared { why: self.why.clone() }])
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
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
    columns: &[text("id"), int("sum"), int("times"), text("why")],
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

/// The product; its number is the version of its views.
#[derive(Debug, Default)]
pub struct Toy(pub u32);

impl Product for Toy {
    fn tables(&self) -> Vec<&'static Table> {
        vec![&TALLIES, &ENTRIES]
    }
    fn views_version(&self) -> u32 {
        self.0
    }
    fn project(&self, fact: &Recorded<String>, rows: &mut Rows) -> Result<(), FactError> {
        let Some(fact) = fact.read::<Fact>()? else { return Ok(()) };
        let id = fact.stream.id();
        assert!(id != "cursed", "a projection that panics");
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
            Fact::Cleared { why } => {
                if fact.version == 1 {
                    rows.put(&TALLIES, values! { "id" => id, "times" => 0_i64 });
                }
                rows.patch(&TALLIES, [cell(id)], values! { "sum" => 0_i64, "why" => why.as_str() });
                rows.delete(&ENTRIES, [cell(id), cell(fact.version - 1)]);
                rows.update_where(&ENTRIES, "tally", id, values! { "by" => 0_i64 });
            }
            Fact::PersonErased { person } => rows.erase(*person),
        }
        Ok(())
    }
    fn react(&self, fact: &Recorded<String>) -> Result<Vec<Effect>, FactError> {
        let id = fact.stream.id();
        Ok(match fact.read::<Fact>()?.map(|fact| fact.fact) {
            Some(Fact::Added { by, .. }) if by > 100 => {
                let letter = Effect::letter("large", format!("tally/{id}"), json!({ "by": by }));
                vec![letter.superseding()]
            }
            _ => vec![],
        })
    }
    fn erases(&self, fact: &Recorded<String>) -> Option<PersonId> {
        match fact.read::<Fact>().ok()??.fact {
            Fact::PersonErased { person } => Some(person),
            Fact::Added { .. } | Fact::Cleared { .. } => None,
        }
    }
}

/// The machine's own time and randomness, as the server's wiring has it; the clock can be turned.
#[derive(Debug, Default)]
pub struct TestWorld {
    steps: AtomicU64,
    pub ahead_seconds: AtomicI64,
}

impl World for TestWorld {
    #[expect(clippy::disallowed_methods, reason = "tests are wiring, too")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now() + Duration::seconds(self.ahead_seconds.load(Ordering::Relaxed))
    }
    #[expect(clippy::disallowed_methods, reason = "tests are wiring, too")]
    fn uuid(&self) -> Uuid {
        Uuid::now_v7()
    }
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(16) {
            let _ = self.steps.fetch_add(1, Ordering::Relaxed);
            #[expect(clippy::disallowed_methods, reason = "tests are wiring, too")]
            let random = Uuid::now_v7();
            chunk.iter_mut().zip(random.as_bytes().iter().rev()).for_each(|(to, from)| *to = *from);
        }
    }
}

pub fn world() -> Arc<dyn World> {
    Arc::new(TestWorld::default())
}

pub async fn open(url: &str) -> Journal {
    Journal::open(Options::serve(url), Arc::new(Toy(1)), world()).await.unwrap()
}

pub fn add(tally: &str, by: i64) -> Add {
    Add { tally: tally.to_owned(), by, limit: i64::MAX, name: None, poison: false }
}

pub fn add_named(tally: &str, by: i64, person: PersonId, name: &str) -> Add {
    Add { name: Some(Personal::new(person, name.to_owned())), ..add(tally, by) }
}

pub fn order(journal: &Journal, act: impl Act) -> Order {
    Order::new(Box::new(act), Actor::visitor(), journal.world().uuid(), journal.world().now())
}

/// The same command once more: the same id.
pub fn order_as(journal: &Journal, id: Uuid, act: impl Act) -> Order {
    Order { command_id: id, ..order(journal, act) }
}

/// The seed of a random test: given in `CONVOKE_TEST_SEED`, or drawn; printed, so that a failure
/// can be had again.
pub fn seed() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "a failure is had again by naming its seed")]
    let given = std::env::var("CONVOKE_TEST_SEED").ok();
    #[expect(clippy::disallowed_methods, reason = "chance is what this test wants")]
    let drawn = || u64::from_be_bytes(Uuid::now_v7().as_bytes()[8..].try_into().unwrap());
    let seed = given.and_then(|text| text.parse().ok()).unwrap_or_else(drawn);
    println!("CONVOKE_TEST_SEED={seed}");
    seed
}

/// Small random numbers for choosing faults; SplitMix64.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}
