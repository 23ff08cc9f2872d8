//! Facts never change: the tables refuse it, and `verify` names the place where somebody did it.

use journal::Journal;

use crate::common::add;
use crate::common::place::{HUB, both, on_sqlite, submit};

#[tokio::test]
async fn the_tables_refuse_to_change_a_fact_or_to_lose_one() {
    both(async |place| {
        let journal = place.serve().await;
        submit(&journal, add("t", 1)).await;
        let mut statements =
            vec!["UPDATE facts SET actor = 'eve'", "DELETE FROM facts WHERE position = 1"];
        if place.is_postgres() {
            statements.push("TRUNCATE facts");
        }
        for statement in statements {
            let refused = journal.db().exec(statement, vec![]).await.unwrap_err();
            let why = std::error::Error::source(&refused).unwrap().to_string();
            assert!(why.contains("facts never change"), "{statement}: {why}");
        }
        journal.close().await;
    })
    .await;
}

async fn verdict(journal: &Journal) -> (i64, Option<i64>) {
    let verified = journal.verify(HUB, &|_, _| ()).await.unwrap();
    (verified.facts, verified.wrong.map(|(position, _)| position))
}

/// Ways to harm a journal of twelve facts, and the position that must be named.
const HARMS: &[(&[&str], i64)] = &[
    (
        &["UPDATE facts SET payload = REPLACE(payload, '\"by\":4', '\"by\":5') WHERE position = 4"],
        4,
    ),
    (&["UPDATE facts SET actor = 'visitos' WHERE position = 1"], 1),
    (&["UPDATE facts SET recorded_at = recorded_at + 1 WHERE position = 12"], 12),
    (&["UPDATE facts SET kind = 'added' WHERE position = 5"], 5),
    (&["UPDATE facts SET schema = 3 WHERE position = 5"], 5),
    (&["UPDATE facts SET occurred_at = 0 WHERE position = 6"], 6),
    (&["UPDATE facts SET caused_by = 1 WHERE position = 6"], 6),
    // One bit of a letter: an id that still reads as the same.
    (&["UPDATE facts SET command_id = UPPER(command_id) WHERE position = 7"], 7),
    (&["UPDATE facts SET ordinal = 1 WHERE position = 8"], 8),
    (
        &[
            "UPDATE facts SET hash = (SELECT f.hash FROM facts AS f WHERE f.position = 2) WHERE position = 9",
        ],
        9,
    ),
    (&["UPDATE facts SET version = 40 WHERE position = 10"], 10),
    (
        &[
            "UPDATE facts SET position = 99 WHERE position = 3",
            "UPDATE facts SET position = 3 WHERE position = 4",
            "UPDATE facts SET position = 4 WHERE position = 99",
        ],
        3,
    ),
    (&["DELETE FROM facts WHERE position = 6"], 6),
    (&["DELETE FROM facts WHERE position = 12"], 12),
    (&["DELETE FROM facts"], 1),
    (&["UPDATE heads SET position = 11"], 11),
    (&["UPDATE heads SET hash = (SELECT hash FROM facts WHERE position = 11)"], 12),
    (&["UPDATE heads SET recorded_at = recorded_at + 1"], 12),
];

#[tokio::test]
async fn verify_names_the_first_position_that_is_not_what_was_written() {
    both(async |place| {
        let journal = place.serve().await;
        for n in 0..12 {
            submit(&journal, add(&format!("t{}", n % 3), n + 1)).await;
        }
        assert_eq!(verdict(&journal).await, (12, None));
        place.drop_guards(&journal).await;
        for keep in [
            "CREATE TABLE whole AS SELECT * FROM facts",
            "CREATE TABLE ends AS SELECT * FROM heads",
        ] {
            journal.db().exec(keep, vec![]).await.unwrap();
        }
        for (harm, named) in HARMS {
            for statement in *harm {
                journal.db().exec(*statement, vec![]).await.unwrap();
            }
            let (_, wrong) = verdict(&journal).await;
            assert_eq!(wrong, Some(*named), "{harm:?}");
            for mend in [
                "DELETE FROM facts",
                "INSERT INTO facts SELECT * FROM whole",
                "DELETE FROM heads",
                "INSERT INTO heads SELECT * FROM ends",
            ] {
                journal.db().exec(mend, vec![]).await.unwrap();
            }
            assert_eq!(verdict(&journal).await, (12, None));
        }
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_text_that_is_no_text_any_more_is_named_and_not_an_error() {
    on_sqlite(async |place| {
        let journal = place.serve().await;
        for n in 0..5 {
            submit(&journal, add("t", n)).await;
        }
        place.drop_guards(&journal).await;
        let flip = "UPDATE facts SET payload = CAST(x'7bff7d' AS TEXT) WHERE position = 4";
        journal.db().exec(flip, vec![]).await.unwrap();
        assert_eq!(verdict(&journal).await, (3, Some(4)));
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_head_of_a_chain_noted_elsewhere_shows_a_past_written_anew() {
    both(async |place| {
        let journal = place.serve().await;
        submit(&journal, add("t", 1)).await;
        let noted = journal.verify(HUB, &|_, _| ()).await.unwrap().head;
        assert_eq!(noted.len(), 64);
        submit(&journal, add("t", 1)).await;
        assert_ne!(journal.verify(HUB, &|_, _| ()).await.unwrap().head, noted);
        journal.close().await;
    })
    .await;
}
