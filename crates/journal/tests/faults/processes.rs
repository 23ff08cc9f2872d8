//! Several processes on one journal.

use journal::{Journal, OneText};

use super::swarm::{Hammer, Line, run_all, with_code};
use crate::common::place::{HUB, Place, assert_dense, both, count, on_postgres, one};
use crate::common::{Dice, seed};

/// Every accepted answer is stored as it was given.
pub(crate) async fn assert_stored(journal: &Journal, answers: &[Line]) {
    journal::row! { struct Stored { command_id: String, last_position: Option<i64> } }
    let stored: std::collections::HashMap<String, Option<i64>> = journal
        .db()
        .all::<Stored>("SELECT command_id, last_position FROM commands", vec![])
        .await
        .unwrap()
        .into_iter()
        .map(|row| (row.command_id, row.last_position))
        .collect();
    for answer in with_code(answers, "ACCEPTED") {
        assert_eq!(stored.get(&answer.id), Some(&Some(answer.position)), "{answer:?}");
    }
}

/// Who was answered before another asked stands before her in the journal.
fn assert_in_order(answers: &[Line]) {
    let mut by_end = with_code(answers, "ACCEPTED");
    let mut by_begin = by_end.clone();
    by_end.sort_by_key(|line| line.answered);
    by_begin.sort_by_key(|line| line.asked);
    let (mut ended, mut highest) = (by_end.into_iter().peekable(), 0);
    for line in by_begin {
        while let Some(before) = ended.next_if(|before| before.answered < line.asked) {
            highest = highest.max(before.position);
        }
        assert!(line.position > highest || line.replayed, "{line:?} stands before {highest}");
    }
}

/// One server and others: on SQLite they are visitors.
fn swarm(place: &Place, seed: u64, like: &Hammer, number: u64) -> Vec<Hammer> {
    (0..number)
        .map(|n| Hammer {
            is_visitor: n > 0 && !place.is_postgres(),
            seed: seed % 100_000 + n,
            ..like.clone()
        })
        .collect()
}

#[tokio::test]
async fn three_processes_leave_no_gap_and_lose_nothing_they_were_answered() {
    let seed = seed();
    both(async |place| {
        // Some are rolled back: positions must be dense all the same.
        let count = if place.is_postgres() { 40 } else { 25 };
        let like = Hammer { writers: 6, count, streams: 7, cursed: 12, ..Hammer::default() };
        let answers = run_all(place, &swarm(place, seed, &like, 3)).await.concat();
        assert_eq!(answers.len(), 3 * 6 * usize::try_from(count).unwrap());
        let journal = place.serve().await;
        assert_stored(&journal, &answers).await;
        assert_in_order(&answers);
        let accepted = with_code(&answers, "ACCEPTED").len();
        assert_eq!(accepted + with_code(&answers, "broken").len(), answers.len());
        let facts = assert_dense(&journal, HUB).await;
        assert_eq!(usize::try_from(facts).unwrap(), accepted);
        assert_eq!(journal.rebuild(HUB, &|_, _| ()).await.unwrap().changed, 0);
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_same_commands_from_two_processes_at_once_are_done_once() {
    let seed = seed();
    both(async |place| {
        let like = Hammer { writers: 5, count: 20, limit: 11, streams: 3, ..Hammer::default() };
        let twins: Vec<Hammer> = swarm(place, seed, &like, 2)
            .into_iter()
            .map(|hammer| Hammer { seed: 7, ..hammer })
            .collect();
        let outcomes = |lines: &[Line]| {
            let mut outcomes: Vec<_> = lines
                .iter()
                .map(|line| (line.id.clone(), line.code.clone(), line.position))
                .collect();
            outcomes.sort();
            outcomes
        };
        let [here, there] = <[_; 2]>::try_from(run_all(place, &twins).await).unwrap();
        assert_eq!(outcomes(&here), outcomes(&there), "both heard the same");
        let journal = place.serve().await;
        assert_eq!(assert_dense(&journal, HUB).await, 33, "three streams, eleven each");
        let commands = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM commands";
        assert_eq!(count(&journal, commands).await, 100);
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn of_two_thousand_who_want_a_hundred_places_the_first_hundred_get_one() {
    let seed = seed();
    on_postgres(async |place| {
        let like = Hammer { writers: 20, count: 34, streams: 1, limit: 100, ..Hammer::default() };
        let answers = run_all(place, &swarm(place, seed, &like, 3)).await.concat();
        assert_eq!(answers.len(), 2_040);
        let accepted = with_code(&answers, "ACCEPTED");
        let turned_away = with_code(&answers, "LIMIT_REACHED");
        assert_eq!(
            (accepted.len(), turned_away.len()),
            (100, 1_940),
            "nobody is told to try again"
        );
        let mut positions: Vec<i64> = accepted.iter().map(|line| line.position).collect();
        positions.sort_unstable();
        assert_eq!(positions, (1..=100).collect::<Vec<i64>>());
        // Nobody was turned away while there was a place: the last place was taken before.
        let journal = place.serve().await;
        let last = accepted.iter().find(|line| line.position == 100).unwrap().asked;
        assert!(turned_away.iter().all(|line| line.answered > last));
        assert_eq!(assert_dense(&journal, HUB).await, 100);
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_reader_sees_a_dense_prefix_while_writers_roll_back() {
    let seed = seed();
    both(async |place| {
        let like = Hammer { writers: 4, count: 40, cursed: 3, ..Hammer::default() };
        let hammers = swarm(place, seed, &like, 2);
        let mut started = vec![];
        for hammer in &hammers {
            started.push(hammer.start(place).await);
        }
        // The reader writes nothing: on SQLite it is one more visitor.
        let reader = if place.is_postgres() { place.serve().await } else { place.second().await };
        let writing = async {
            let answers = started.iter_mut().map(super::swarm::Hammering::answers);
            futures_util::future::join_all(answers).await.concat()
        };
        let is_over = std::sync::atomic::AtomicBool::new(false);
        let reading = async {
            let (mut seen, mut dice, mut pages) = (0, Dice(seed), 0);
            while !is_over.load(std::sync::atomic::Ordering::Relaxed) {
                let limit = 1 + i64::try_from(dice.below(20)).unwrap();
                for fact in reader.after(HUB, seen, limit).await.unwrap() {
                    seen += 1;
                    assert_eq!(fact.position, seen, "a gap or a fact that was taken back");
                    let text: OneText = one(
                        &reader,
                        "SELECT payload AS text FROM facts WHERE journal = $1 AND position = $2",
                        journal::args![HUB, seen],
                    )
                    .await;
                    assert_eq!(text.text, Some(fact.fact));
                }
                pages += 1;
                // Views and head are of one moment with the facts.
                tokio::task::yield_now().await;
            }
            (seen, pages)
        };
        let (answers, (seen, pages)) = tokio::join!(
            async {
                let answers = writing.await;
                is_over.store(true, std::sync::atomic::Ordering::Relaxed);
                answers
            },
            reading
        );
        let accepted = i64::try_from(with_code(&answers, "ACCEPTED").len()).unwrap();
        assert!(pages > 10 && seen <= accepted, "{pages} pages, {seen} of {accepted}");
        assert_eq!(assert_dense(&reader, HUB).await, accepted);
        reader.close().await;
    })
    .await;
}
