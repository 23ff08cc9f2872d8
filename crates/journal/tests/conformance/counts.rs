//! What costs time is counted, not timed: commits and statements.

use futures_util::future::join_all;

use crate::common::place::{HUB, assert_dense, both, submit};
use crate::common::{add, order};

#[tokio::test]
async fn a_burst_of_a_thousand_commands_takes_few_commits_and_few_statements() {
    both(async |place| {
        let journal = place.serve().await;
        submit(&journal, add("t0", 1)).await;
        let (commits, statements) = (journal.db().commits(), journal.db().statements());
        // Two hundred streams, most of them new: what is not at hand is loaded for all at once.
        let orders = (0..1_000).map(|n| order(&journal, add(&format!("t{}", n % 200), 1)));
        for answer in join_all(orders.map(|order| journal.submit(HUB, order))).await {
            assert_eq!(crate::common::place::code(&answer.unwrap()), "ACCEPTED");
        }
        let commits = journal.db().commits() - commits;
        let statements = journal.db().statements() - statements;
        assert!(commits * 12 <= 1_000, "{commits} commits for 1,000 facts");
        // Head, known ids, snapshots, facts of streams, the batch, three statements of views; and
        // on SQLite one more for every 64 rows of each of six tables. The look at the heads every
        // half second counts, too.
        let pieces = if place.is_postgres() { 0 } else { 6 * (1_000 / 64 + commits) };
        assert!(statements <= 10 * commits + pieces + 20, "{statements} in {commits} commits");
        assert_eq!(assert_dense(&journal, HUB).await, 1_001);
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_command_alone_takes_one_commit_and_a_handful_of_statements() {
    both(async |place| {
        let journal = place.serve().await;
        submit(&journal, add("t", 1)).await;
        let (commits, statements) = (journal.db().commits(), journal.db().statements());
        for _ in 0..20 {
            submit(&journal, add("t", 1)).await;
        }
        assert_eq!(journal.db().commits() - commits, 20);
        let statements = journal.db().statements() - statements;
        assert!(statements <= 20 * 5 + 20, "{statements} statements for 20 commands");
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn hubs_share_a_commit_on_sqlite_and_have_their_own_on_postgres() {
    both(async |place| {
        let journal = place.serve().await;
        let commits = journal.db().commits();
        let orders = (0..400).map(|n| (format!("hub_{}", n % 8), order(&journal, add("t", 1))));
        let given: Vec<_> = orders
            .map(|(hub, order)| {
                let journal = journal.clone();
                async move { journal.submit(&hub, order).await.map(drop) }
            })
            .collect();
        assert!(join_all(given).await.iter().all(Result::is_ok));
        let commits = journal.db().commits() - commits;
        assert!(commits <= if place.is_postgres() { 100 } else { 20 }, "{commits} commits");
        for hub in 0..8 {
            assert_eq!(assert_dense(&journal, &format!("hub_{hub}")).await, 50);
        }
        assert_eq!(journal.position(HUB).await.unwrap(), 0);
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_crowd_of_strangers_is_entered_in_few_commits() {
    both(async |place| {
        let journal = place.serve().await;
        let before = journal.keys().statements();
        // Everyone comes twice at the same moment, and is one person all the same.
        let asked: Vec<String> = (0..400).map(|n| format!("ada{}@example.org", n % 200)).collect();
        let persons = join_all(asked.iter().map(|address| journal.keys().person_of(address))).await;
        let persons: Vec<_> = persons.into_iter().map(Result::unwrap).collect();
        for (first, second) in persons.iter().zip(persons.iter().skip(200)) {
            assert_eq!(first, second);
        }
        let different: std::collections::BTreeSet<String> =
            persons.iter().map(ToString::to_string).collect();
        assert_eq!(different.len(), 200);
        // Each looks once. Entering one takes two statements, and would be up to 800 one by one.
        let statements = journal.keys().statements() - before;
        assert!(statements <= 400 + 200, "{statements} statements for 400 visits");
        journal.close().await;
    })
    .await;
}
