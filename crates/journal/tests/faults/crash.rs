//! Processes that die: by the abort of a crash point, and by a kill at any moment.

use std::time::Duration;

use super::processes::assert_stored;
use super::swarm::{Hammer, Line, run_all, with_code};
use crate::common::place::{HUB, assert_dense, both};
use crate::common::{Dice, seed};

#[tokio::test]
async fn after_a_crash_at_any_point_all_is_whole_and_commands_can_be_given_again() {
    both(async |place| {
        let mut facts = 0;
        for (round, crash) in
            ["BeforeInsert", "BeforeCommit", "BeforeAnswer"].into_iter().enumerate()
        {
            let hammer = Hammer { seed: u64::try_from(round).unwrap(), ..Hammer::default() };
            let dying = Hammer { crash, ..hammer.clone() };
            let answers = run_all(place, &[dying]).await.concat();
            assert_eq!(answers, [], "it dies before anybody is answered");
            let journal = place.serve().await;
            let stored = assert_dense(&journal, HUB).await - facts;
            assert_eq!(stored > 0, crash == "BeforeAnswer", "{crash}: {stored} facts");
            assert_eq!(journal.rebuild(HUB, &|_, _| ()).await.unwrap().changed, 0);
            journal.close().await;
            // The same commands again: those that were committed are known, the others are not.
            let answers = run_all(place, &[hammer]).await.concat();
            assert_eq!(with_code(&answers, "ACCEPTED").len(), 40);
            let replayed = answers.iter().filter(|line| line.replayed).count();
            assert_eq!(replayed, usize::try_from(stored).unwrap(), "{crash}");
            let journal = place.serve().await;
            assert_stored(&journal, &answers).await;
            facts = assert_dense(&journal, HUB).await;
            journal.close().await;
        }
        assert_eq!(facts, 120);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_killed_at_any_moment_has_lost_nothing_that_was_answered() {
    let seed = seed();
    both(async |place| {
        let mut dice = Dice(seed);
        let mut answers: Vec<Line> = vec![];
        for round in 0..5 {
            let hammer =
                Hammer { seed: 100 + round, writers: 12, count: 1_000, ..Hammer::default() };
            let mut hammering = hammer.start(place).await;
            // Killed after so many answers and a moment more, so somewhere in a batch.
            for _ in 0..=dice.below(60) {
                answers.extend(hammering.next().await);
            }
            tokio::time::sleep(Duration::from_micros(dice.below(4_000))).await;
            hammering.child.start_kill().unwrap();
            answers.extend(hammering.answers().await);
            let journal = place.serve().await;
            assert_stored(&journal, &answers).await;
            let facts = assert_dense(&journal, HUB).await;
            assert!(usize::try_from(facts).unwrap() >= answers.len());
            assert_eq!(journal.rebuild(HUB, &|_, _| ()).await.unwrap().changed, 0);
            journal.close().await;
        }
        assert_eq!(with_code(&answers, "ACCEPTED").len(), answers.len());
    })
    .await;
}
