//! The shortest way through the whole journal, on SQLite.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

mod common;
use common::{add, open, order};

#[tokio::test]
async fn a_fact_goes_in_and_comes_out() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}/j.db", folder.path().display());
    let journal = open(&url).await;
    let answer = journal.submit("hub_a", order(&journal, add("solar", 3))).await.unwrap();
    assert_eq!(answer.receipt().unwrap().position, 1);
    let answer = journal.submit("hub_a", order(&journal, add("solar", 200))).await.unwrap();
    assert_eq!(answer.receipt().unwrap().version, 2);
    let facts = journal.after("hub_a", 0, 10).await.unwrap();
    assert_eq!(facts.len(), 2);
    let verified = journal.verify("hub_a", &|_, _| ()).await.unwrap();
    assert_eq!((verified.facts, verified.wrong), (2, None));
    let rebuilt = journal.rebuild("hub_a", &|_, _| ()).await.unwrap();
    assert_eq!((rebuilt.facts, rebuilt.rows, rebuilt.changed), (2, 3, 0));
    let past = journal.as_of(&[("hub_a", 1)]).await.unwrap();
    journal::row! { struct Sum { sum: i64 } }
    let row: Sum = past.opt("SELECT sum FROM tallies", vec![]).await.unwrap().unwrap();
    assert_eq!(row.sum, 3);
    journal.close().await;
}

#[tokio::test]
async fn a_personal_value_is_sealed_while_the_append_holds_the_writing_connection() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(&format!("sqlite:{}/j.db", folder.path().display())).await;
    let person = kernel::PersonId::new(journal.world().uuid());
    let mut act = add("solar", 1);
    act.name = Some(kernel::Personal::new(person, "Ada".to_owned()));
    let answer = journal.submit("hub_a", order(&journal, act)).await.unwrap();
    assert_eq!(answer.receipt().unwrap().position, 1);
    let facts = journal.after("hub_a", 0, 1).await.unwrap();
    assert!(facts[0].fact.contains("Ada"));
    journal.close().await;
}
