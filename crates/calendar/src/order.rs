//! Which of several answers counts: mail overtakes mail, programs repeat themselves, clocks lie.
//!
//! RFC 5546 §2.1.5 orders answers by SEQUENCE and then by DTSTAMP. Both come from outside, so both
//! are bounded by what we know: nobody answers a version we have not sent, and nobody writes
//! tomorrow. Without that, one program with a wrong clock would lock its owner out for years.

use chrono::{DateTime, SubsecRound, TimeDelta};

/// How far ahead of us another clock may be.
const AHEAD_MAX: TimeDelta = TimeDelta::hours(24);

/// Where an answer stands among the answers of one person to one event, or to one date of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// The version of the event it answers.
    pub sequence: u32,
    /// When it was given, whole seconds.
    pub stamp: DateTime<chrono::Utc>,
}

/// What we know about our own event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ours {
    /// SEQUENCE now.
    pub current: u32,
    /// SEQUENCE of the last version that changed time or place.
    pub time_changed: u32,
}

/// What becomes of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// It is the newest: it counts, and this version is kept to compare the next one with.
    Applied(Version),
    /// It is the newest, but to a time the event does not have any more: kept and shown, not
    /// counted. The version is kept as well.
    AnsweredOldTime(Version),
    /// A newer one is known. Recorded, nothing changes.
    Stale,
    /// This one is known. Nothing new.
    Duplicate,
}

/// Where an answer by mail stands.
///
/// `last` is the version kept of the answer before, by mail or on the web. A missing SEQUENCE
/// counts as the current one, a missing DTSTAMP as the arrival; a SEQUENCE we have not sent is
/// taken for the current one, a DTSTAMP more than a day ahead for the arrival.
///
/// ```
/// use calendar::{Order, Ours, Version, order};
/// # fn at(text: &str) -> chrono::DateTime<chrono::Utc> { text.parse().expect("an instant") }
///
/// let ours = Ours { current: 2, time_changed: 1 };
/// let (nine, ten) = (at("2026-05-01T09:00:00Z"), at("2026-05-01T10:00:00Z"));
/// let first = Version { sequence: 1, stamp: nine };
/// assert_eq!(order(None, ours, (Some(1), Some(nine)), ten), Order::Applied(first));
/// assert_eq!(order(Some(first), ours, (Some(1), Some(nine)), ten), Order::Duplicate);
/// assert_eq!(order(Some(first), ours, (Some(0), Some(ten)), ten), Order::Stale);
/// ```
pub fn order(
    last: Option<Version>,
    ours: Ours,
    answer: (Option<u32>, Option<DateTime<chrono::Utc>>),
    arrival: DateTime<chrono::Utc>,
) -> Order {
    let (sequence, stamp) = answer;
    let sequence = sequence.map_or(ours.current, |sequence| sequence.min(ours.current));
    let stamp = stamp.filter(|stamp| *stamp <= arrival + AHEAD_MAX).unwrap_or(arrival);
    let version = Version { sequence, stamp: stamp.trunc_subsecs(0) };
    match last {
        Some(last) if version < last => Order::Stale,
        Some(last) if version == last => Order::Duplicate,
        _ if sequence < ours.time_changed => Order::AnsweredOldTime(version),
        _ => Order::Applied(version),
    }
}

/// The version of an answer given on the web now: always the newest, so that what a person clicks
/// counts whatever her program's clock said before.
pub fn order_on_web(last: Option<Version>, ours: Ours, now: DateTime<chrono::Utc>) -> Version {
    let version = Version { sequence: ours.current, stamp: now.trunc_subsecs(0) };
    last.map_or(version, |last| Version { stamp: version.stamp.max(last.stamp), ..version })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const OURS: Ours = Ours { current: 5, time_changed: 3 };

    fn at(seconds: i64) -> DateTime<chrono::Utc> {
        DateTime::from_timestamp(1_777_000_000 + seconds, 0).expect("an instant")
    }

    fn version(sequence: u32, seconds: i64) -> Version {
        Version { sequence, stamp: at(seconds) }
    }

    #[test]
    fn the_table_of_answers() {
        let last = Some(version(4, 100));
        let answered =
            |sequence, seconds: i64| order(last, OURS, (sequence, Some(at(seconds))), at(1_000));
        let cases = [
            ("newer by its time", answered(Some(4), 101), Order::Applied(version(4, 101))),
            ("newer by its version", answered(Some(5), 0), Order::Applied(version(5, 0))),
            ("the same", answered(Some(4), 100), Order::Duplicate),
            ("older by its time", answered(Some(4), 99), Order::Stale),
            ("older by its version, though later", answered(Some(3), 999), Order::Stale),
            ("without a version", answered(None, 50), Order::Applied(version(5, 50))),
            (
                "a version we never sent",
                answered(Some(4_000_000), 7),
                Order::Applied(version(5, 7)),
            ),
            ("a day ahead", answered(Some(4), 87_400), Order::Applied(version(4, 87_400))),
            ("more than a day ahead", answered(Some(4), 87_401), Order::Applied(version(4, 1_000))),
            ("in the year 2038", answered(Some(4), 400_000_000), Order::Applied(version(4, 1_000))),
        ];
        for (name, got, wanted) in cases {
            assert_eq!(got, wanted, "{name}");
        }
        let first = |sequence, stamp| order(None, OURS, (sequence, stamp), at(1_000));
        assert_eq!(first(Some(3), Some(at(1))), Order::Applied(version(3, 1)));
        assert_eq!(first(Some(2), Some(at(1))), Order::AnsweredOldTime(version(2, 1)));
        assert_eq!(first(None, None), Order::Applied(version(5, 1_000)));
        let old = Some(version(2, 1));
        let again = order(old, OURS, (Some(2), Some(at(1))), at(1_000));
        assert_eq!(again, Order::Duplicate, "an answer to the old time is known too");
        let newer = order(old, OURS, (Some(2), Some(at(2))), at(1_000));
        assert_eq!(newer, Order::AnsweredOldTime(version(2, 2)));
    }

    #[test]
    fn a_click_is_always_the_newest() {
        let bad_clock = Some(version(5, 80_000));
        let clicked = order_on_web(bad_clock, OURS, at(10));
        assert_eq!(clicked, version(5, 80_000));
        assert_eq!(order_on_web(None, OURS, at(10)), version(5, 10));
        let mail = order(Some(version(5, 10)), OURS, (Some(5), Some(at(9))), at(11));
        assert_eq!(mail, Order::Stale, "mail written before the click");
    }

    /// Takes answers in; the version that is kept in the end, and how many were applied.
    fn run(answers: &[(u32, i64)]) -> (Option<Version>, usize) {
        let (mut last, mut applied) = (None, 0);
        for (sequence, seconds) in answers {
            match order(last, OURS, (Some(*sequence), Some(at(*seconds))), at(1_000)) {
                Order::Applied(version) | Order::AnsweredOldTime(version) => {
                    last = Some(version);
                    applied += 1;
                }
                Order::Stale | Order::Duplicate => {}
            }
        }
        (last, applied)
    }

    proptest! {
        #[test]
        fn whatever_order_mail_comes_in_the_same_answer_counts(
            answers in proptest::collection::vec((0_u32..8, 0_i64..2_000), 1..12),
            turn in 0_usize..12,
        ) {
            let mut turned = answers.clone();
            turned.rotate_left(turn % answers.len());
            let mut backwards = answers.clone();
            backwards.reverse();
            let kept = run(&answers).0;
            prop_assert_eq!(run(&turned).0, kept);
            prop_assert_eq!(run(&backwards).0, kept);
            let newest = answers.iter().map(|(s, t)| version((*s).min(OURS.current), *t)).max();
            prop_assert_eq!(kept, newest);
        }

        #[test]
        fn mail_that_comes_twice_changes_nothing(
            answers in proptest::collection::vec((0_u32..8, 0_i64..2_000), 1..12),
        ) {
            let (kept, applied) = run(&answers);
            let twice: Vec<(u32, i64)> = answers.iter().chain(&answers).copied().collect();
            prop_assert_eq!(run(&twice), (kept, applied));
        }

        #[test]
        fn nobody_is_locked_out_for_longer_than_a_day(
            sequence in any::<Option<u32>>(),
            stamp in any::<Option<i32>>(),
        ) {
            let stamp = stamp.and_then(|seconds| DateTime::from_timestamp(i64::from(seconds) * 99, 0));
            let first = order(None, OURS, (sequence, stamp), at(0));
            let last = match first {
                Order::Applied(version) | Order::AnsweredOldTime(version) => Some(version),
                Order::Stale | Order::Duplicate => None,
            };
            prop_assert!(last.is_some(), "the first answer is always known");
            let next = at(24 * 60 * 60 + 1);
            let later = order(last, OURS, (Some(OURS.current), Some(next)), next);
            prop_assert_eq!(later, Order::Applied(Version { sequence: 5, stamp: next }));
        }
    }
}
