//! Views are disposable: rebuilt they are the same, in the past they are what they were.

use journal::{Db, Error, Journal, Options, Order, Rebuilt};
use kernel::{Act, PersonId};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::common::place::{HUB, assert_dense, both, count, on_postgres, on_sqlite, submit};
use crate::common::{AddOften, Clear, Erase, Move, Toy, add, add_named, order, world};

journal::row! {
    #[derive(Debug, PartialEq)]
    struct TallyRow { id: String, sum: Option<i64>, times: Option<i64>, why: Option<String> }
}
journal::row! {
    #[derive(Debug, PartialEq)]
    struct EntryRow { tally: String, version: i64, by: Option<i64>, name: Option<String>, person: Option<String> }
}

/// Everything the views say of one hub.
type Seen = (Vec<TallyRow>, Vec<EntryRow>);

async fn seen(db: &Db, hub: &str) -> Seen {
    let tallies = "SELECT id, sum, times, why FROM tallies WHERE journal = $1 ORDER BY id";
    let entries = "SELECT tally, version, by, name, person FROM entries WHERE journal = $1 ORDER BY tally, version";
    (
        db.all(tallies, journal::args![hub]).await.unwrap(),
        db.all(entries, journal::args![hub]).await.unwrap(),
    )
}

#[tokio::test]
async fn a_rebuild_changes_nothing_and_says_what_somebody_else_has_changed() {
    both(async |place| {
        let journal = place.serve().await;
        for n in 0..40_i64 {
            submit(&journal, add(&format!("t{}", n % 4), n)).await;
        }
        let rebuilt = Rebuilt { facts: 40, rows: 44, changed: 0 };
        for _ in 0..2 {
            assert_eq!(journal.rebuild(HUB, &|_, _| ()).await.unwrap(), rebuilt);
        }
        journal.db().exec("UPDATE tallies SET sum = 7 WHERE id = 't1'", vec![]).await.unwrap();
        journal.db().exec("DELETE FROM entries WHERE tally = 't2'", vec![]).await.unwrap();
        let mended = Rebuilt { changed: 1 + 10, ..rebuilt };
        assert_eq!(journal.rebuild(HUB, &|_, _| ()).await.unwrap(), mended);
        let steps = std::sync::Mutex::new(vec![]);
        let heard = |position, end| steps.lock().unwrap().push((position, end));
        assert_eq!(journal.rebuild(HUB, &heard).await.unwrap(), rebuilt);
        assert_eq!(steps.into_inner().unwrap(), [(40, 40)]);
        let empty = journal.rebuild("nobody", &|_, _| ()).await.unwrap();
        assert_eq!(empty, Rebuilt::default());
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_rebuild_sends_no_mail_again() {
    both(async |place| {
        let journal = place.serve().await;
        submit(&journal, add("t", 500)).await;
        submit(&journal, add("t", 700)).await;
        let letters = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM outbox";
        let waiting = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM outbox WHERE state = 'waiting'";
        assert_eq!((count(&journal, letters).await, count(&journal, waiting).await), (2, 1));
        journal.rebuild(HUB, &|_, _| ()).await.unwrap();
        journal.as_of(&[(HUB, 2)]).await.unwrap();
        assert_eq!((count(&journal, letters).await, count(&journal, waiting).await), (2, 1));
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn commands_given_during_a_rebuild_are_in_the_views_afterwards() {
    both(async |place| {
        let journal = place.serve().await;
        submit(&journal, AddOften { tally: "t".into(), times: 1_500 }).await;
        let adding = async {
            for _ in 0..20 {
                submit(&journal, add("t", 1)).await;
            }
        };
        let (rebuilt, ()) = tokio::join!(journal.rebuild(HUB, &|_, _| ()), adding);
        assert_eq!(rebuilt.unwrap().changed, 0);
        assert_eq!(count(&journal, "SELECT sum AS n FROM tallies").await, 1_520);
        assert_eq!(journal.rebuild(HUB, &|_, _| ()).await.unwrap().changed, 0);
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn views_of_another_version_are_rebuilt_at_start_and_refused_to_visitors() {
    both(async |place| {
        let journal = place.serve().await;
        submit(&journal, add("t", 5)).await;
        journal.db().exec("UPDATE tallies SET sum = 7", vec![]).await.unwrap();
        journal.close().await;
        let journal = place.open(Options::serve(&place.url), Toy(1)).await;
        assert_eq!(count(&journal, "SELECT sum AS n FROM tallies").await, 7, "the same version");
        journal.close().await;
        let visit = Journal::open(Options::visit(&place.url), std::sync::Arc::new(Toy(2)), world());
        let refused = visit.await.unwrap_err();
        assert!(refused.to_string().contains("another version of convoke"), "{refused}");
        let journal = place.open(Options::serve(&place.url), Toy(2)).await;
        assert_eq!(count(&journal, "SELECT sum AS n FROM tallies").await, 5);
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn only_one_server_has_an_sqlite_file_and_a_visitor_may_come_beside_it() {
    on_sqlite(async |place| {
        let journal = place.serve().await;
        let refused =
            Journal::open(Options::serve(&place.url), std::sync::Arc::new(Toy(1)), world())
                .await
                .unwrap_err();
        assert!(matches!(refused, Error::InUse { .. }));
        assert_eq!(
            refused.to_string(),
            format!(
                "{} is in use by another convoke process; stop it first, or use PostgreSQL for several processes",
                place.file().display()
            )
        );
        let visitor = place.second().await;
        submit(&visitor, add("t", 1)).await;
        visitor.close().await;
        journal.close().await;
        let next = place.serve().await;
        assert_eq!(assert_dense(&next, HUB).await, 1);
        next.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_past_of_two_journals_stands_side_by_side() {
    both(async |place| {
        let journal = place.serve().await;
        for n in 1..=3_i64 {
            submit(&journal, add("t", n)).await;
            journal.submit("hub_b", order(&journal, add("t", 10 * n))).await.unwrap();
        }
        let past = journal.as_of(&[(HUB, 2), ("hub_b", 1)]).await.unwrap();
        let sums = |seen: Seen| seen.0.into_iter().map(|row| row.sum.unwrap()).collect::<Vec<_>>();
        assert_eq!(sums(seen(&past, HUB).await), [3]);
        assert_eq!(sums(seen(&past, "hub_b").await), [10]);
        assert!(journal.as_of(&[(HUB, 4)]).await.is_err(), "the future is not known");
        journal.close().await;
    })
    .await;
}

/// A step of a random history; small numbers name tallies and persons.
#[derive(Clone, Debug)]
enum Step {
    Add { tally: u8, by: i64, person: Option<u8> },
    Often { tally: u8, times: usize },
    Move { from: u8, to: u8, by: i64 },
    Clear { tally: u8 },
    Erase { person: u8 },
}

fn steps() -> impl Strategy<Value = Vec<Vec<Step>>> {
    let step = prop_oneof![
        6 => (0..4_u8, -5..200_i64, prop::option::of(0..3_u8))
            .prop_map(|(tally, by, person)| Step::Add { tally, by, person }),
        1 => (0..4_u8, 0..6_usize).prop_map(|(tally, times)| Step::Often { tally, times }),
        2 => (0..4_u8, 4..7_u8, 0..20_i64).prop_map(|(from, to, by)| Step::Move { from, to, by }),
        2 => (0..4_u8).prop_map(|tally| Step::Clear { tally }),
        1 => (0..3_u8).prop_map(|person| Step::Erase { person }),
    ];
    // Batches: what is given at once is written at once.
    prop::collection::vec(prop::collection::vec(step, 1..6), 1..12)
}

fn order_of(journal: &Journal, persons: &[PersonId; 3], step: &Step) -> Order {
    fn made(journal: &Journal, act: impl Act) -> Order {
        order(journal, act)
    }
    let name = |n: &u8| format!("t{n}");
    let [ada, bob, eve] = persons;
    let person = |n: &u8| *match n {
        0 => ada,
        1 => bob,
        _ => eve,
    };
    match step {
        Step::Add { tally, by, person: None } => made(journal, add(&name(tally), *by)),
        Step::Add { tally, by, person: Some(n) } => {
            made(journal, add_named(&name(tally), *by, person(n), &format!("Name {n}")))
        }
        Step::Often { tally, times } => {
            made(journal, AddOften { tally: name(tally), times: *times })
        }
        Step::Move { from, to, by } => {
            made(journal, Move { from: name(from), to: name(to), by: *by })
        }
        Step::Clear { tally } => made(journal, Clear { tally: name(tally), why: "why".into() }),
        Step::Erase { person: n } => made(journal, Erase { person: person(n) }),
    }
}

/// What the views said incrementally is what a rebuild says, and what the past says at each
/// position seen on the way. (The past knows no erased names, so those are compared without.)
async fn check(journal: &Journal, hub: &str, batches: &[Vec<Step>]) {
    let persons = std::array::from_fn(|_| (*journal.world()).id());
    let mut on_the_way = vec![];
    for batch in batches {
        let orders = batch.iter().map(|step| order_of(journal, &persons, step));
        let given = orders.map(|order| journal.submit(hub, order)).collect::<Vec<_>>();
        for answer in futures_util::future::join_all(given).await {
            answer.unwrap();
        }
        on_the_way.push((journal.position(hub).await.unwrap(), seen(journal.db(), hub).await));
    }
    let nameless = |(tallies, mut entries): Seen| {
        for entry in &mut entries {
            entry.name = None;
        }
        (tallies, entries)
    };
    let now = seen(journal.db(), hub).await;
    let rebuilt = journal.rebuild(hub, &|_, _| ()).await.unwrap();
    assert_eq!(rebuilt.changed, 0, "incremental is not what a rebuild says");
    assert_eq!(seen(journal.db(), hub).await, now);
    assert_dense(journal, hub).await;
    let end = journal.position(hub).await.unwrap();
    assert_eq!(seen(&journal.as_of(&[(hub, end)]).await.unwrap(), hub).await, now);
    for (position, then) in on_the_way {
        let past = journal.as_of(&[(hub, position)]).await.unwrap();
        assert_eq!(nameless(seen(&past, hub).await), nameless(then), "as of {position}");
    }
}

fn random_histories(is_postgres: bool) {
    let seed = crate::common::seed();
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config =
        Config { cases: 24, failure_persistence: None, max_shrink_iters: 60, ..Config::default() };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let run = async |place: &crate::common::place::Place| {
        let journal = place.serve().await;
        let cases = std::sync::atomic::AtomicU64::new(0);
        tokio::task::block_in_place(|| {
            let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
            TestRunner::new_with_rng(config.clone(), rng)
                .run(&steps(), |batches| {
                    let case = cases.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    let hub = format!("hub_{case}");
                    tokio::runtime::Handle::current().block_on(check(&journal, &hub, &batches));
                    Ok(())
                })
                .unwrap();
        });
        journal.close().await;
    };
    // In a task: a thread of the runtime may block, the one that waits for it may not.
    if is_postgres { runtime.block_on(on_postgres(run)) } else { runtime.block_on(on_sqlite(run)) }
}

#[test]
fn random_histories_on_sqlite_are_the_same_incrementally_rebuilt_and_in_the_past() {
    random_histories(false);
}

#[test]
fn random_histories_on_postgres_are_the_same_incrementally_rebuilt_and_in_the_past() {
    random_histories(true);
}
