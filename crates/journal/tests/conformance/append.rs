//! Facts go in once: order, batches, rules across streams, poison, a full queue, hostile text.

use std::sync::Arc;

use futures_util::future::join_all;
use journal::{Error, Options, Outcome};
use kernel::{Actor, StreamId};

use crate::common::place::{HUB, assert_dense, both, code, count, give, position, submit};
use crate::common::{Add, AddOften, Clear, Move, Toy, add, order};

#[tokio::test]
async fn positions_and_versions_are_dense_in_every_journal() {
    both(async |place| {
        let journal = place.serve().await;
        for n in 1..=5_i64 {
            let answer = submit(&journal, add(if n % 2 == 0 { "even" } else { "odd" }, 1)).await;
            let receipt = answer.receipt().unwrap();
            assert_eq!((receipt.position, receipt.version), (n, (n + 1) / 2));
        }
        let other = journal.submit("hub_b", order(&journal, add("odd", 1))).await.unwrap();
        assert_eq!(position(&other), 1, "each journal counts for itself");
        assert_eq!(assert_dense(&journal, HUB).await, 5);
        assert_eq!(journal.journals().await.unwrap(), [HUB, "hub_b"]);
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_comes_at_once_shares_batches_and_keeps_its_order() {
    both(async |place| {
        let journal = place.serve().await;
        let orders = (0..300).map(|n| order(&journal, add(&format!("t{}", n % 40), 1)));
        let answers = join_all(orders.map(|order| journal.submit(HUB, order))).await;
        let positions: Vec<i64> = answers.iter().map(|a| position(a.as_ref().unwrap())).collect();
        assert!(positions.is_sorted(), "given in order, recorded in order");
        assert_eq!(assert_dense(&journal, HUB).await, 300);
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn each_command_of_a_batch_is_decided_on_what_the_one_before_left() {
    both(async |place| {
        let journal = place.serve().await;
        let orders = (0..50).map(|_| order(&journal, Add { limit: 20, ..add("seats", 1) }));
        let answers = join_all(orders.map(|order| journal.submit(HUB, order))).await;
        let codes: Vec<&str> = answers.iter().map(|a| code(a.as_ref().unwrap())).collect();
        let (first, rest) = codes.split_at(20);
        assert!(first.iter().all(|code| *code == "ACCEPTED"), "{codes:?}");
        assert!(rest.iter().all(|code| *code == "LIMIT_REACHED"), "{codes:?}");
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_rule_over_two_streams_holds_in_the_middle_of_a_rush() {
    both(async |place| {
        let journal = place.serve().await;
        submit(&journal, add("a", 30)).await;
        let orders = (0..60).map(|n| {
            let (from, to) = if n % 3 == 2 { ("b", "a") } else { ("a", "b") };
            order(&journal, Move { from: from.into(), to: to.into(), by: 1 })
        });
        join_all(orders.map(|order| journal.submit(HUB, order))).await;
        let sum = count(&journal, "SELECT CAST(SUM(sum) AS BIGINT) AS n FROM tallies").await;
        let least = count(&journal, "SELECT MIN(sum) AS n FROM tallies").await;
        assert_eq!((sum, least >= 0), (30, true));
        assert_dense(&journal, HUB).await;
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_poison_command_harms_itself_alone() {
    both(async |place| {
        let journal = place.serve().await;
        let orders = (0..30).map(|n| match n {
            7 => order(&journal, Add { poison: true, ..add("t", 1) }),
            // Its projection panics, long after it was decided.
            11 => order(&journal, add("cursed", 1)),
            // PostgreSQL has no place for NUL in a text.
            13 => order(&journal, add("n\0l", 1)),
            17 => order(&journal, AddOften { tally: "t".into(), times: 5_001 }),
            _ => order(&journal, add("t", 1)),
        });
        let answers = join_all(orders.map(|order| journal.submit(HUB, order))).await;
        for (n, answer) in answers.iter().enumerate() {
            match (n, answer) {
                (7 | 11 | 13 | 17, Err(fault)) => {
                    assert!(matches!(**fault, Error::Broken { .. }), "{n}: {fault:?}");
                }
                (7 | 11 | 13 | 17, Ok(answer)) => panic!("{n} was answered: {answer:?}"),
                (_, answer) => assert_eq!(code(answer.as_ref().unwrap()), "ACCEPTED", "{n}"),
            }
        }
        assert_eq!(assert_dense(&journal, HUB).await, 26);
        assert_eq!(count(&journal, "SELECT sum AS n FROM tallies WHERE id = 't'").await, 26);
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn hostile_text_goes_in_and_comes_out_as_it_is() {
    both(async |place| {
        let journal = place.serve().await;
        for why in
            ["'; DROP TABLE facts; --", "\u{202e}{\"$personal\":1}", "naïve 東京 🎉\n\t\\u0000"]
        {
            submit(&journal, Clear { tally: "t".into(), why: why.into() }).await;
            journal::row! { struct Why { why: Option<String> } }
            let row: Why =
                crate::common::place::one(&journal, "SELECT why FROM tallies", vec![]).await;
            assert_eq!(row.why.as_deref(), Some(why));
        }
        // The payload keeps a NUL, escaped; a view shows that something was there.
        submit(&journal, Clear { tally: "t".into(), why: "a\0b".into() }).await;
        let fact = journal.at(HUB, 4).await.unwrap().unwrap();
        assert_eq!(fact.fact, r#"{"why":"a\u0000b"}"#);
        let shown = count(
            &journal,
            "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM tallies WHERE why = 'a\u{fffd}b'",
        );
        assert_eq!(shown.await, 1);
        let mut bad = order(&journal, add("t", 1));
        bad.actor = Actor::system("n\0l");
        assert!(journal.submit(HUB, bad).await.is_err());
        assert_eq!(journal.rebuild(HUB, &|_, _| ()).await.unwrap().changed, 0);
        assert_dense(&journal, HUB).await;
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_full_queue_says_busy_at_once_and_loses_nothing() {
    both(async |place| {
        let journal = place.serve().await;
        let orders = (0..9_000).map(|_| order(&journal, Add { limit: 100, ..add("t", 1) }));
        let answers = join_all(orders.map(|order| journal.submit(HUB, order))).await;
        let is_busy = |fault: &Arc<Error>| matches!(**fault, Error::Busy { .. });
        let busy = answers.iter().filter_map(|a| a.as_ref().err()).filter(|f| is_busy(f)).count();
        let answered = answers.iter().filter(|answer| answer.is_ok()).count();
        assert_eq!(busy + answered, 9_000, "every command is answered or told to come again");
        assert!(busy > 0 && answered >= 4_096, "{busy} busy, {answered} answered");
        let stored = count(&journal, "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM commands").await;
        assert_eq!(usize::try_from(stored).unwrap(), answered);
        assert_eq!(assert_dense(&journal, HUB).await, 100);
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_command_may_lead_to_thousands_of_facts_or_to_none() {
    both(async |place| {
        let journal = place.serve().await;
        let many =
            (0..4).map(|n| order(&journal, AddOften { tally: format!("t{n}"), times: 3_000 }));
        let answers = join_all(many.map(|order| journal.submit(HUB, order))).await;
        let positions: Vec<i64> = answers.iter().map(|a| position(a.as_ref().unwrap())).collect();
        assert_eq!(positions, [3_000, 6_000, 9_000, 12_000]);
        let none = submit(&journal, AddOften { tally: "t0".into(), times: 0 }).await;
        let receipt = none.receipt().unwrap();
        assert_eq!((receipt.position, receipt.version), (12_000, 0));
        assert_eq!(assert_dense(&journal, HUB).await, 12_000);
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn time_in_the_journal_never_runs_backwards() {
    both(async |place| {
        let world = Arc::new(crate::common::TestWorld::default());
        let journal =
            journal::Journal::open(Options::serve(&place.url), Arc::new(Toy(1)), world.clone())
                .await
                .unwrap();
        let mut before = None;
        for seconds in [0, 3_600, -7_200, 60] {
            world.ahead_seconds.store(seconds, std::sync::atomic::Ordering::Relaxed);
            let at = submit(&journal, add("t", 1)).await.receipt().unwrap().recorded_at;
            assert!(before <= Some(at), "{before:?} then {at}");
            before = Some(at);
        }
        assert_eq!(journal.position_at(HUB, before.unwrap()).await.unwrap(), 4);
        assert_dense(&journal, HUB).await;
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_closed_journal_takes_nothing_and_finishes_what_it_took() {
    both(async |place| {
        let journal = place.serve().await;
        let late = order(&journal, add("t", 1));
        let orders: Vec<_> = (0..200).map(|_| order(&journal, add("t", 1))).collect();
        let given = join_all(orders.into_iter().map(|order| journal.submit(HUB, order)));
        let (answers, ()) = tokio::join!(given, async {
            tokio::task::yield_now().await;
            journal.close().await;
        });
        let accepted = answers.iter().filter(|answer| answer.is_ok()).count();
        assert_eq!(accepted, 200);
        assert!(journal.submit(HUB, late).await.unwrap_err().is_passing());
        let journal = place.serve().await;
        assert_eq!(assert_dense(&journal, HUB).await, 200);
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn facts_carry_where_they_belong_and_what_caused_them() {
    both(async |place| {
        let journal = place.serve().await;
        let mut order = order(&journal, Move { from: "a".into(), to: "b".into(), by: 0 });
        let correlation = journal.world().uuid();
        (order.caused_by, order.correlation) = (Some(7), Some(correlation));
        let (id, received_at) = (order.command_id, order.received_at);
        let answer = give(&journal, order).await;
        assert!(matches!(answer.outcome, Outcome::Accepted(_)));
        let facts = journal.after(HUB, 0, 10).await.unwrap();
        let [first, second] = facts.as_slice() else { panic!("{facts:?}") };
        assert_eq!(first.stream, StreamId::new("tally", "a"));
        assert_eq!((first.ordinal, second.ordinal), (0, 1));
        assert_eq!((first.kind.as_str(), first.schema), ("Added", 2));
        assert_eq!((second.caused_by, second.correlation), (Some(7), Some(correlation)));
        assert_eq!((second.command_id, second.actor.as_str()), (id, "visitor"));
        assert!(second.recorded_at >= received_at - chrono::Duration::seconds(1));
        let tagged = journal.tagged(HUB, "b", None, 10).await.unwrap();
        assert_eq!(tagged, std::slice::from_ref(second));
        journal.close().await;
    })
    .await;
}
