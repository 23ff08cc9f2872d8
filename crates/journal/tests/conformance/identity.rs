//! The same command id gives the same answer, whoever asks, however often, whatever went wrong.

use futures_util::future::{join, join_all};
use journal::Order;
use kernel::{Actor, Refusal};

use crate::common::place::{HUB, assert_dense, both, code, count, give, position, submit};
use crate::common::{Add, AddOften, add, order, order_as};

#[tokio::test]
async fn a_command_given_again_is_answered_again_and_recorded_once() {
    both(async |place| {
        let journal = place.serve().await;
        let id = journal.world().uuid();
        let first = give(&journal, order_as(&journal, id, add("t", 3))).await;
        submit(&journal, add("t", 1)).await;
        let again = give(&journal, order_as(&journal, id, add("t", 3))).await;
        assert!(again.replayed && !first.replayed);
        assert_eq!(again.outcome, first.outcome);
        let second = place.second().await;
        let elsewhere = give(&second, order_as(&second, id, add("t", 3))).await;
        assert_eq!(elsewhere.outcome, first.outcome);
        assert_eq!(assert_dense(&journal, HUB).await, 2);
        second.close().await;
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_rejection_is_remembered_even_when_it_would_be_accepted_now() {
    both(async |place| {
        let journal = place.serve().await;
        submit(&journal, add("t", 10)).await;
        let id = journal.world().uuid();
        let full = Add { limit: 10, ..add("t", 1) };
        let first = give(&journal, order_as(&journal, id, full.clone())).await;
        assert_eq!(code(&first), "LIMIT_REACHED");
        let limit = first.refusal().and_then(|refusal| refusal.details.get("limit"));
        assert_eq!(limit.and_then(serde_json::Value::as_i64), Some(10));
        submit(&journal, add("t", -5)).await;
        let again = give(&journal, order_as(&journal, id, full)).await;
        assert!(again.replayed);
        assert_eq!(again.outcome, first.outcome);
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_id_used_for_another_command_is_refused() {
    both(async |place| {
        let journal = place.serve().await;
        let id = journal.world().uuid();
        give(&journal, order_as(&journal, id, add("t", 3))).await;
        let other_body = give(&journal, order_as(&journal, id, add("t", 4))).await;
        let often = AddOften { tally: "t".into(), times: 3 };
        let other_kind = give(&journal, order_as(&journal, id, often)).await;
        let somebody =
            Order { actor: Actor::system("timer"), ..order_as(&journal, id, add("t", 3)) };
        let other_actor = give(&journal, somebody).await;
        for answer in [&other_body, &other_kind, &other_actor] {
            assert_eq!(code(answer), "COMMAND_ID_REUSED");
        }
        let field = other_body.refusal().and_then(|refusal: &Refusal| refusal.field.clone());
        assert_eq!(field, Some(vec!["commandId".to_owned()]));
        // What was made on the way is no part of what was asked: the fingerprint decides.
        let id = journal.world().uuid();
        let with = |act| Order { fingerprint: "asked".into(), ..order_as(&journal, id, act) };
        give(&journal, with(add("t", 5))).await;
        assert!(give(&journal, with(add("t", 6))).await.replayed);
        // Another journal has ids of its own.
        let elsewhere = journal.submit("hub_b", order_as(&journal, id, add("t", 7))).await.unwrap();
        assert!(!elsewhere.replayed);
        assert_eq!(assert_dense(&journal, HUB).await, 2);
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn one_id_many_times_at_once_from_two_instances_is_one_fact() {
    both(async |place| {
        let (journal, second) = (place.serve().await, place.second().await);
        for _ in 0..10 {
            let id = journal.world().uuid();
            let give_all = async |journal: &journal::Journal| {
                let orders = (0..5).map(|_| order_as(journal, id, add("t", 1)));
                join_all(orders.map(|order| journal.submit(HUB, order))).await
            };
            let (here, there) = join(give_all(&journal), give_all(&second)).await;
            let answers: Vec<_> = here.into_iter().chain(there).map(Result::unwrap).collect();
            let outcomes: Vec<_> = answers.iter().map(|answer| &answer.outcome).collect();
            assert!(outcomes.windows(2).all(|pair| pair[0] == pair[1]), "{outcomes:?}");
            assert_eq!(answers.iter().filter(|answer| !answer.replayed).count(), 1);
        }
        assert_eq!(assert_dense(&journal, HUB).await, 10);
        second.close().await;
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_dry_run_says_what_would_happen_and_records_nothing() {
    both(async |place| {
        let journal = place.serve().await;
        submit(&journal, add("t", 10)).await;
        let dry = |act| Order { dry_run: true, ..order(&journal, act) };
        let fine = give(&journal, dry(add("t", 1))).await;
        let full = give(&journal, dry(Add { limit: 10, ..add("t", 1) })).await;
        assert_eq!((code(&fine), code(&full)), ("ACCEPTED", "LIMIT_REACHED"));
        for table in [
            "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM facts",
            "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM commands",
            "SELECT sum / 10 AS n FROM tallies",
        ] {
            assert_eq!(count(&journal, table).await, 1, "{table}");
        }
        // Among others in one batch it leaves no trace either, and is decided in its turn.
        let orders = (0..6).map(|n| {
            let act = Add { limit: 13, ..add("t", 1) };
            if n % 2 == 0 { order(&journal, act) } else { dry(act) }
        });
        let answers = join_all(orders.map(|order| journal.submit(HUB, order))).await;
        let codes: Vec<&str> = answers.iter().map(|a| code(a.as_ref().unwrap())).collect();
        assert_eq!(
            codes,
            ["ACCEPTED", "ACCEPTED", "ACCEPTED", "ACCEPTED", "ACCEPTED", "LIMIT_REACHED"]
        );
        let last = submit(&journal, add("t", 0)).await;
        assert_eq!(position(&last), 5);
        assert_eq!(count(&journal, "SELECT sum AS n FROM tallies").await, 13);
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_second_instance_decides_on_what_the_first_has_written() {
    both(async |place| {
        let (journal, second) = (place.serve().await, place.second().await);
        for n in 0..20 {
            let who = if n % 2 == 0 { &journal } else { &second };
            let answer = submit(who, Add { limit: 15, ..add("t", 1) }).await;
            assert_eq!(code(&answer), if n < 15 { "ACCEPTED" } else { "LIMIT_REACHED" }, "{n}");
        }
        assert_eq!(assert_dense(&second, HUB).await, 15);
        second.close().await;
        journal.close().await;
    })
    .await;
}
