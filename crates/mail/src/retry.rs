//! When to try again: a table, as a pure function.
//!
//! The caller gives the time and the dice, and compares the result with the letter's own expiry
//! (see [`crate::Kind::lives_for`]); there is no count after which a passing refusal becomes final.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{Fault, Outcome};

/// After a 4xx: 1, 5, 15 minutes, 1, 2, 4, 8 hours, then each 12 hours. In seconds.
const PASSING: [u32; 8] = [60, 300, 900, 3_600, 7_200, 14_400, 28_800, 43_200];
/// When the relay could not be reached: it is ours, and it is usually back in a moment. In seconds.
const UNREACHED: [u32; 10] = [10, 30, 60, 300, 900, 3_600, 7_200, 14_400, 28_800, 43_200];
/// Too many lines at once: half a minute and twice as long each time, half an hour at most.
const CROWDED: [u32; 7] = [30, 60, 120, 240, 480, 960, 1_800];
/// With a queue that is known: half a minute, ten seconds for each letter in it, and the same most.
const CROWD_SECONDS: u32 = 30;
const CROWD_SECONDS_EACH: u32 = 10;
const CROWD_SECONDS_MAX: u32 = 1_800;
/// "Too large" is said of letters that are not, by Microsoft for one, and with a 4xx or a 5xx; two
/// slow tries find out.
const TOO_LARGE: [u32; 2] = [3_600, 14_400];

/// What to do after an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Send the same bytes again at this time.
    At(DateTime<Utc>),
    /// Nobody knows whether it arrived. If [`crate::Kind::may_repeat`], send the same bytes again
    /// at this time; else stop, and record it as perhaps sent.
    AtIfRepeatable(DateTime<Utc>),
    /// Nothing more to do: it was submitted, or it never will be.
    GiveUp,
}

/// When to try again after the `attempt`-th attempt (counted from 1) ended in `outcome` at `now`.
///
/// `jitter` is any random number; it moves the time by up to a fifth either way, so that letters
/// refused together do not come back together.
pub fn retry_after(outcome: &Outcome, attempt: u32, now: DateTime<Utc>, jitter: u64) -> Retry {
    let index = usize::try_from(attempt.saturating_sub(1)).unwrap_or(usize::MAX);
    let at = |table: &[u32]| {
        let seconds = table.get(index).or(table.last()).copied().unwrap_or(43_200);
        now.checked_add_signed(spread(seconds, jitter)).unwrap_or(DateTime::<Utc>::MAX_UTC)
    };
    match (outcome, outcome.fault()) {
        (_, Fault::TooLarge) if index >= TOO_LARGE.len() => Retry::GiveUp,
        (_, Fault::TooLarge) => Retry::At(at(&TOO_LARGE)),
        (Outcome::Submitted { .. } | Outcome::Permanent { .. }, _) => Retry::GiveUp,
        (Outcome::Ambiguous { .. }, _) => Retry::AtIfRepeatable(at(&PASSING)),
        (Outcome::NotReached { .. }, _) => Retry::At(at(&UNREACHED)),
        (Outcome::Transient { .. }, Fault::Concurrency) => Retry::At(at(&CROWDED)),
        (Outcome::Transient { .. }, _) => Retry::At(at(&PASSING)),
    }
}

/// When to try again after [`Fault::Concurrency`], by a caller that knows how many letters are
/// `waiting` for the same relay: they spread out instead of coming back together. (The relay opens
/// fewer lines by itself.)
pub fn retry_in_crowd(waiting: u32, now: DateTime<Utc>, jitter: u64) -> DateTime<Utc> {
    let seconds = CROWD_SECONDS_EACH.saturating_mul(waiting).saturating_add(CROWD_SECONDS);
    let wait = spread(seconds.min(CROWD_SECONDS_MAX), jitter);
    now.checked_add_signed(wait).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// `seconds` times 0.8 to 1.2, to the millisecond.
fn spread(seconds: u32, jitter: u64) -> TimeDelta {
    // One round of SplitMix64: seeds that lie side by side give far numbers.
    let mut z = jitter.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let per_mille = 800 + i64::try_from((z ^ (z >> 31)) % 401).unwrap_or(200);
    TimeDelta::milliseconds(i64::from(seconds) * per_mille)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use chrono::{DateTime, TimeDelta, Utc};
    use proptest::prelude::*;

    use super::{Retry, retry_after, retry_in_crowd};
    use crate::Outcome;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    fn said(code: u16, text: &str) -> Outcome {
        Outcome::from_reply(code, text.into())
    }

    /// The waits of the first attempts, in seconds and without their jitter.
    #[track_caller]
    fn assert_waits(outcome: &Outcome, seconds: &[i64]) {
        for (attempt, wait) in (1..).zip(seconds) {
            let at = match retry_after(outcome, attempt, now(), 7) {
                Retry::At(at) | Retry::AtIfRepeatable(at) => at,
                Retry::GiveUp => panic!("gave up at attempt {attempt}"),
            };
            let percent = (at - now()).num_milliseconds() / (wait * 10);
            assert!((80..=120).contains(&percent), "attempt {attempt}: {percent} % of {wait} s");
        }
    }

    #[test]
    fn the_table_is_the_one_we_promised() {
        let passing = [60, 300, 900, 3_600, 7_200, 14_400, 28_800, 43_200, 43_200, 43_200];
        assert_waits(&said(451, "4.7.1 greylisted"), &passing);
        assert_waits(&said(421, "busy"), &passing);
        assert_waits(&Outcome::Ambiguous { why: "no reply".into() }, &passing);
        let unreached = Outcome::NotReached { why: "refused".into() };
        assert_waits(&unreached, &[10, 30, 60, 300, 900, 3_600, 7_200, 14_400, 28_800, 43_200]);
        assert_waits(&said(432, "4.3.2 slow down"), &[30, 60, 120, 240, 480, 960, 1_800, 1_800]);
        assert_waits(&said(452, "4.3.4 too large"), &[3_600, 14_400]);
        assert_waits(&said(552, "5.3.4 too large"), &[3_600, 14_400]);
    }

    #[test]
    fn what_is_final_is_not_tried_again() {
        assert_eq!(retry_after(&said(250, "ok"), 1, now(), 0), Retry::GiveUp);
        assert_eq!(retry_after(&said(550, "5.1.1 no"), 1, now(), 0), Retry::GiveUp);
        assert_eq!(retry_after(&said(552, "5.2.2 full"), 1, now(), 0), Retry::GiveUp);
        assert_eq!(retry_after(&said(452, "4.3.4 too large"), 3, now(), 0), Retry::GiveUp);
        assert_eq!(retry_after(&said(552, "5.3.4 too large"), 3, now(), 0), Retry::GiveUp);
        assert_eq!(retry_after(&said(550, "5.7.1 policy"), 1, now(), 0), Retry::GiveUp);
        assert_eq!(retry_after(&said(554, "no"), 1, now(), 0), Retry::GiveUp);
    }

    #[test]
    fn a_crowd_waits_longer_the_larger_it_is() {
        for (waiting, seconds) in [(0, 30), (1, 40), (50, 530), (177, 1_800), (u32::MAX, 1_800)] {
            let percent =
                (retry_in_crowd(waiting, now(), 3) - now()).num_milliseconds() / (seconds * 10);
            assert!((80..=120).contains(&percent), "{waiting} waiting: {percent} %");
        }
    }

    #[test]
    fn only_an_unknown_end_depends_on_the_kind() {
        let unknown = Outcome::Ambiguous { why: "line broke".into() };
        assert!(matches!(retry_after(&unknown, 1, now(), 0), Retry::AtIfRepeatable(_)));
        assert!(matches!(retry_after(&said(451, ""), 1, now(), 0), Retry::At(_)));
    }

    proptest! {
        #[test]
        fn a_retry_is_later_than_now_and_within_fifteen_hours(
            code in 400_u16..500, text in ".{0,20}", attempt in any::<u32>(), jitter in any::<u64>()
        ) {
            if let Retry::At(at) = retry_after(&said(code, &text), attempt, now(), jitter) {
                prop_assert!(at > now() && at < now() + TimeDelta::hours(15));
            }
        }
    }

    #[test]
    fn jitter_spreads_neighbours_and_is_repeatable() {
        let outcome = said(451, "");
        let times: std::collections::BTreeSet<_> = (0..100)
            .map(|seed| match retry_after(&outcome, 4, now(), seed) {
                Retry::At(at) => at,
                other => panic!("{other:?}"),
            })
            .collect();
        assert!(times.len() > 80, "{} different times", times.len());
        assert_eq!(retry_after(&outcome, 4, now(), 5), retry_after(&outcome, 4, now(), 5));
    }
}
