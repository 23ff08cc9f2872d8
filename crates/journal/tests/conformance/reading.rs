//! Facts come out in order: pages, tags, instants, live; snapshots and old shapes of facts.

use std::pin::pin;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::future::join;
use journal::{Cell, Options, Product, Rows, Table, cell, int, text, values};
use kernel::{
    Act, Actor, Decider, Decision, Effect, FactError, Ledger, Moment, PersonId, Recorded, Stop,
};
use serde::{Deserialize, Serialize};

use crate::common::place::{HUB, assert_dense, both, code, count, position, submit};
use crate::common::{Add, AddOften, Fact, Rejection, Toy, add, add_named, order};

#[tokio::test]
async fn facts_come_in_pages_by_tag_and_by_instant() {
    both(async |place| {
        let journal = place.serve().await;
        let ada: PersonId = (*journal.world()).id();
        for n in 0..6 {
            submit(&journal, add(&format!("t{}", n % 2), n)).await;
        }
        let at = submit(&journal, add_named("t0", 9, ada, "Ada")).await;
        let positions = |facts: Vec<Recorded<String>>| -> Vec<i64> {
            facts.into_iter().map(|fact| fact.position).collect()
        };
        assert_eq!(positions(journal.after(HUB, 2, 3).await.unwrap()), [3, 4, 5]);
        assert_eq!(positions(journal.newest(HUB, Some(4), 2).await.unwrap()), [3, 2]);
        assert_eq!(positions(journal.tagged(HUB, "t0", Some(7), 2).await.unwrap()), [5, 3]);
        assert_eq!(positions(journal.tagged(HUB, &ada.to_string(), None, 9).await.unwrap()), [7]);
        let eve: PersonId = (*journal.world()).id();
        for (tag, reader, shown) in [
            (None, None, vec![7, 6]),
            (None, Some(eve), vec![7, 6]),
            (None, Some(ada), vec![7, 6]),
            (Some("t1"), None, vec![6, 4]),
        ] {
            let found = journal.shown(HUB, tag, reader, (None, 2)).await.unwrap();
            assert_eq!(positions(found), shown, "{tag:?} for {reader:?}");
        }
        assert!(journal.at(HUB, 8).await.unwrap().is_none());
        assert_eq!(journal.position(HUB).await.unwrap(), 7);
        assert_eq!(journal.position("nobody").await.unwrap(), 0);
        let now = at.receipt().unwrap().recorded_at;
        assert_eq!(journal.position_at(HUB, now).await.unwrap(), 7);
        let long_ago = now - chrono::Duration::days(1);
        assert_eq!(journal.position_at(HUB, long_ago).await.unwrap(), 0);
        // What lies in a person's own stream is hers to see.
        let own = ada.to_string();
        submit(&journal, add(&own, 1)).await;
        for (tag, reader, shown) in [
            (None, None, vec![7, 6]),
            (None, Some(eve), vec![7, 6]),
            (None, Some(ada), vec![8, 7]),
            (Some(own.as_str()), Some(eve), vec![7]),
            (Some(own.as_str()), Some(ada), vec![8, 7]),
        ] {
            let found = journal.shown(HUB, tag, reader, (None, 2)).await.unwrap();
            assert_eq!(positions(found), shown, "{tag:?} for {reader:?}");
        }
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn two_followers_in_two_instances_see_each_fact_once_and_in_order() {
    both(async |place| {
        let (journal, second) = (place.serve().await, place.second().await);
        submit(&journal, add("early", 1)).await;
        let follow = async |journal: &journal::Journal| -> Vec<i64> {
            let facts = journal.follow(HUB, 0).map(|fact| fact.unwrap().position);
            let mut facts = pin!(facts.take(61));
            let mut seen = vec![];
            while let Ok(Some(position)) =
                tokio::time::timeout(Duration::from_secs(20), facts.next()).await
            {
                seen.push(position);
            }
            seen
        };
        let write = async || {
            for n in 0..60 {
                submit(if n % 3 == 0 { &second } else { &journal }, add("t", 1)).await;
            }
        };
        let (seen, ()) = join(join(follow(&journal), follow(&second)), write()).await;
        let all: Vec<i64> = (1..=61).collect();
        assert_eq!(seen, (all.clone(), all));
        second.close().await;
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn following_ends_when_the_journal_closes() {
    both(async |place| {
        let journal = place.serve().await;
        let mut facts = pin!(journal.follow(HUB, 0));
        let (next, ()) = join(facts.next(), journal.close()).await;
        assert!(next.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_long_stream_is_read_from_its_snapshot_and_the_snapshot_is_right() {
    both(async |place| {
        let journal = place.serve().await;
        for _ in 0..3 {
            submit(&journal, AddOften { tally: "t".into(), times: 400 }).await;
        }
        let version = "SELECT version AS n FROM snapshots WHERE stream = 'tally/t'";
        assert_eq!(count(&journal, version).await, 1_200, "kept when 500 and 1,000 were passed");
        journal.close().await;
        // The snapshot is what is read: one that lies is believed.
        let journal = place.serve().await;
        let limit = |limit| Add { limit, ..add("t", 1) };
        assert_eq!(code(&submit(&journal, limit(1_200)).await), "LIMIT_REACHED");
        let lie = "UPDATE snapshots SET state = '{\"sum\":5,\"last\":null}'";
        journal.db().exec(lie, vec![]).await.unwrap();
        journal.close().await;
        let journal = place.serve().await;
        assert_eq!(code(&submit(&journal, limit(1_200)).await), "ACCEPTED");
        journal.close().await;
        // Without it, or with one of another shape, the facts say the same as the true one did.
        for sabotage in ["UPDATE snapshots SET shape = shape + 1", "DELETE FROM snapshots"] {
            let journal = place.serve().await;
            journal.db().exec(sabotage, vec![]).await.unwrap();
            assert_eq!(code(&submit(&journal, limit(1_201)).await), "LIMIT_REACHED", "{sabotage}");
            journal.close().await;
        }
    })
    .await;
}

/// What the product was before: `Added` had an amount and nothing else.
#[derive(
    Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
enum OldFact {
    Added { amount: i64 },
}
impl kernel::Fact for OldFact {
    const KINDS: &'static [&'static str] = <Self as strum::VariantNames>::VARIANTS;
    fn kind(&self) -> &'static str {
        self.into()
    }
    fn samples() -> Vec<Self> {
        vec![Self::Added { amount: 1 }]
    }
}
#[derive(Debug, Default, Serialize, Deserialize)]
struct OldTally;
impl Decider for OldTally {
    const STREAM: &'static str = "tally";
    type Command = i64;
    type Fact = OldFact;
    type Rejection = Rejection;
    fn decide(&self, amount: i64, _: &Moment) -> Result<Vec<OldFact>, Rejection> {
        Ok(vec![OldFact::Added { amount }])
    }
    fn evolve(&mut self, _: &OldFact) {}
}
#[derive(Serialize, Deserialize)]
struct OldAdd(i64);
impl Act for OldAdd {
    const KIND: &'static str = "Add";
    fn permits(&self, _: &Actor) -> bool {
        true
    }
    fn decide(&self, _: &Ledger<'_>) -> Result<Decision, Stop> {
        Decision::about("t").with::<OldTally>("t", [OldFact::Added { amount: self.0 }])
    }
}
static SUMS: Table =
    Table { name: "tallies", key: &["id"], columns: &[text("id"), int("sum")], indexes: &[] };
struct OldToy;
impl Product for OldToy {
    fn tables(&self) -> Vec<&'static Table> {
        vec![&SUMS]
    }
    fn views_version(&self) -> u32 {
        1
    }
    fn project(&self, fact: &Recorded<String>, rows: &mut Rows) -> Result<(), FactError> {
        if let Some(Recorded { fact: OldFact::Added { amount }, .. }) = fact.read::<OldFact>()? {
            rows.put(&SUMS, values! { "id" => "t", "sum" => Cell::from(amount) });
            rows.patch(&SUMS, [cell("t")], values! {});
        }
        Ok(())
    }
    fn react(&self, _: &Recorded<String>) -> Result<Vec<Effect>, FactError> {
        Ok(vec![])
    }
    fn erases(&self, _: &Recorded<String>) -> Option<PersonId> {
        None
    }
}

#[tokio::test]
async fn facts_of_an_old_shape_are_lifted_wherever_they_are_read() {
    both(async |place| {
        let journal = place.open(Options::serve(&place.url), OldToy).await;
        for amount in [40, 2] {
            submit(&journal, OldAdd(amount)).await;
        }
        journal.close().await;
        let journal = place.open(Options::serve(&place.url), Toy(1)).await;
        // By the views, rebuilt because their tables are others now; by the state; by readers.
        assert_eq!(count(&journal, "SELECT sum AS n FROM tallies").await, 42);
        let full = journal.submit(HUB, order(&journal, Add { limit: 42, ..add("t", 1) })).await;
        assert_eq!(code(&full.unwrap()), "LIMIT_REACHED");
        let fact = journal.at(HUB, 2).await.unwrap().unwrap();
        assert_eq!((fact.schema, fact.fact.as_str()), (1, r#"{"amount":2}"#), "stored as it was");
        let lifted = fact.read::<Fact>().unwrap().unwrap().fact;
        assert_eq!(lifted, Fact::Added { by: 2, name: None, person: None });
        assert_eq!(position(&submit(&journal, add("t", 1)).await), 3);
        assert_dense(&journal, HUB).await;
        journal.close().await;
    })
    .await;
}
