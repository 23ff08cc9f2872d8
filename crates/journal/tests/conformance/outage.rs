//! A database that goes away: a clear fault in time, nothing half-written, and work resumes.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use journal::{Error, Journal, Options};

use crate::common::place::{HUB, assert_dense, code, count, give, on_postgres, on_sqlite, submit};
use crate::common::proxy::Proxy;
use crate::common::{Toy, add, order, order_as, world};

async fn refused(url: &str) -> Error {
    let begun = Instant::now();
    let fault = Journal::open(Options::serve(url), Arc::new(Toy(1)), world()).await.unwrap_err();
    assert!(begun.elapsed() < Duration::from_secs(15), "an answer in time");
    fault
}

#[tokio::test]
async fn a_database_out_of_reach_at_start_is_said_to_be_so() {
    let postgres = refused("postgres://ada:secret@127.0.0.1:9/convoke").await;
    assert!(matches!(postgres, Error::Unavailable { .. }), "{postgres:?}");
    assert!(!format!("{postgres}").contains("secret"), "{postgres}");
    let sqlite = refused("sqlite:/dev/null/below/j.db").await;
    assert!(matches!(sqlite, Error::Unavailable { .. }), "{sqlite:?}");
    let unknown = refused("mysql://ada:secret@h/d").await;
    assert!(matches!(unknown, Error::BadUrl { .. }), "{unknown:?}");
    assert!(!format!("{unknown}").contains("secret"), "{unknown}");
}

#[tokio::test]
async fn a_server_that_stops_and_starts_is_a_fault_and_then_work_resumes() {
    on_postgres(async |place| {
        let (proxy, url) = Proxy::before(&place.url).await;
        let journal = place.open(Options::serve(&url), Toy(1)).await;
        submit(&journal, add("t", 1)).await;
        proxy.close();
        let id = journal.world().uuid();
        let orders = [order_as(&journal, id, add("t", 2)), order(&journal, add("t", 3))];
        for answer in join_all(orders.map(|order| journal.submit(HUB, order))).await {
            let fault = answer.unwrap_err();
            assert!(matches!(*fault, Error::Unavailable { .. }) && fault.is_passing(), "{fault:?}");
        }
        assert!(journal.position(HUB).await.unwrap_err().is_passing());
        proxy.open();
        let again = give(&journal, order_as(&journal, id, add("t", 2))).await;
        assert_eq!((code(&again), again.replayed), ("ACCEPTED", false));
        assert_eq!(assert_dense(&journal, HUB).await, 2);
        assert_eq!(count(&journal, "SELECT sum AS n FROM tallies").await, 3);
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn connections_that_the_server_ends_are_replaced_without_a_fault() {
    on_postgres(async |place| {
        let (journal, second) = (place.serve().await, place.second().await);
        for n in 0..10 {
            submit(&journal, add("t", 1)).await;
            let killing = second.db().all::<journal::Count>(
                "SELECT CAST(COUNT(pg_terminate_backend(pid)) AS BIGINT) AS n FROM pg_stat_activity
                 WHERE datname = current_database() AND pid <> pg_backend_pid()",
                vec![],
            );
            let orders = (0..20).map(|_| order(&journal, add("t", 1)));
            let giving = join_all(orders.map(|order| journal.submit(HUB, order)));
            let (killed, answers) = tokio::join!(killing, giving);
            assert!(killed.unwrap()[0].n > 0, "nothing was ended in round {n}");
            for answer in answers {
                // At worst a batch was ended as often as it was tried; then it says so.
                assert!(
                    answer.as_ref().is_ok_and(|a| code(a) == "ACCEPTED")
                        || answer.as_ref().is_err_and(|fault| fault.is_passing()),
                    "{answer:?}"
                );
            }
        }
        let facts = assert_dense(&journal, HUB).await;
        assert!(facts > 100, "most commands were taken: {facts}");
        assert_eq!(count(&journal, "SELECT times AS n FROM tallies").await, facts);
        assert_eq!(journal.rebuild(HUB, &|_, _| ()).await.unwrap().changed, 0);
        second.close().await;
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_commit_whose_answer_is_lost_is_found_out_about_and_not_done_twice() {
    on_postgres(async |place| {
        let (proxy, url) = Proxy::before(&place.url).await;
        let journal = place.open(Options::serve(&url), Toy(1)).await;
        submit(&journal, add("t", 1)).await;
        for _ in 0..5 {
            proxy.cut_after_commit();
            let answer = submit(&journal, add("t", 1)).await;
            assert_eq!(code(&answer), "ACCEPTED");
        }
        assert_eq!(proxy.swallowed.load(Ordering::SeqCst), 5, "each commit's answer was lost");
        assert_eq!(assert_dense(&journal, HUB).await, 6);
        assert_eq!(count(&journal, "SELECT sum AS n FROM tallies").await, 6);
        // Nobody who follows misses what was committed unheard.
        let heard = journal.head_watch(HUB);
        let told = async {
            let mut heard = heard;
            heard.wait_for(|position| *position == 6).await.unwrap();
        };
        tokio::time::timeout(Duration::from_secs(10), told).await.unwrap();
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_full_disk_is_a_fault_nothing_is_half_written_and_work_resumes() {
    on_sqlite(async |place| {
        let journal = place.serve().await;
        submit(&journal, add("t", 1)).await;
        // The writing connection may make the file no longer than it is.
        journal.db().exec("PRAGMA max_page_count = 1", vec![]).await.unwrap();
        let mut taken = 1;
        let fault = loop {
            let orders = (0..50).map(|_| order(&journal, add("t", 1)));
            let answers = join_all(orders.map(|order| journal.submit(HUB, order))).await;
            taken += i64::try_from(answers.iter().filter(|a| a.is_ok()).count()).unwrap();
            if let Some(Err(fault)) = answers.into_iter().find(Result::is_err) {
                break fault;
            }
        };
        assert!(matches!(*fault, Error::Unavailable { .. }), "{fault:?}");
        assert_eq!(assert_dense(&journal, HUB).await, taken);
        let waiting = "PRAGMA max_page_count = 1000000";
        journal.db().exec(waiting, vec![]).await.unwrap();
        submit(&journal, add("t", 1)).await;
        assert_eq!(assert_dense(&journal, HUB).await, taken + 1);
        assert_eq!(count(&journal, "SELECT sum AS n FROM tallies").await, taken + 1);
        assert_eq!(journal.rebuild(HUB, &|_, _| ()).await.unwrap().changed, 0);
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_a_fault_and_then_work_resumes() {
    on_sqlite(async |place| {
        let journal = place.serve().await;
        submit(&journal, add("t", 1)).await;
        journal.db().exec("PRAGMA query_only = ON", vec![]).await.unwrap();
        let id = journal.world().uuid();
        let fault = journal.submit(HUB, order_as(&journal, id, add("t", 1))).await.unwrap_err();
        assert!(matches!(*fault, Error::Unavailable { .. }), "{fault:?}");
        journal.db().exec("PRAGMA query_only = OFF", vec![]).await.unwrap();
        assert!(!give(&journal, order_as(&journal, id, add("t", 1))).await.replayed);
        assert_eq!(assert_dense(&journal, HUB).await, 2);
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_file_somebody_else_has_locked_is_a_fault_in_time() {
    use sqlx::Connection as _;
    on_sqlite(async |place| {
        let journal = place.serve().await;
        submit(&journal, add("t", 1)).await;
        let address = format!("sqlite:{}", place.file().display());
        let mut other = sqlx::SqliteConnection::connect(&address).await.unwrap();
        sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
        let fault = journal.submit(HUB, order(&journal, add("t", 1))).await.unwrap_err();
        assert!(matches!(*fault, Error::Unavailable { .. }), "{fault:?}");
        sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
        submit(&journal, add("t", 1)).await;
        assert_eq!(assert_dense(&journal, HUB).await, 2);
        journal.close().await;
    })
    .await;
}
