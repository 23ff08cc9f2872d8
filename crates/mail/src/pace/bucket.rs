//! So many a minute, and a few at once: a token bucket that counts in time instead of tokens.
//!
//! It keeps one instant, the time at which all that was let through would have been through at the
//! even pace (the generic cell rate algorithm of ATM, ITU-T I.371). No fractions, nothing to refill.

use chrono::{DateTime, TimeDelta, Utc};

/// One bucket.
#[derive(Debug, Clone)]
pub(super) struct Bucket {
    interval: TimeDelta,
    /// How far `even_at` may be ahead of now.
    ahead_max: TimeDelta,
    even_at: DateTime<Utc>,
}

impl Bucket {
    /// `per_minute` on average and `burst` at once, each one at the least.
    pub(super) fn new(per_minute: u32, burst: u32) -> Self {
        let interval = TimeDelta::microseconds(60_000_000 / i64::from(per_minute.max(1)));
        let ahead = i32::try_from(burst.saturating_sub(1)).unwrap_or(i32::MAX);
        let ahead_max = interval.checked_mul(ahead).unwrap_or(TimeDelta::MAX);
        Self { interval, ahead_max, even_at: DateTime::<Utc>::MIN_UTC }
    }

    /// The time between two at the even pace.
    pub(super) fn interval(&self) -> TimeDelta {
        self.interval
    }

    /// How many may go at once now.
    pub(super) fn room(&self, now: DateTime<Utc>) -> usize {
        if self.free_at(now) > now {
            return 0;
        }
        let end = now.checked_add_signed(self.ahead_max);
        let Some(spare) = end.map(|end| end.signed_duration_since(self.even_at.max(now))) else {
            return usize::MAX;
        };
        match (spare.num_microseconds(), self.interval.num_microseconds()) {
            (Some(spare), Some(interval)) if interval > 0 => {
                usize::try_from(spare / interval).map_or(usize::MAX, |more| more.saturating_add(1))
            }
            _ => usize::MAX,
        }
    }

    /// When the next one may go: now, or later.
    pub(super) fn free_at(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.even_at.checked_sub_signed(self.ahead_max).map_or(now, |free| free.max(now))
    }

    /// Counts one that goes now.
    pub(super) fn take(&mut self, now: DateTime<Utc>) {
        let even = self.even_at.max(now).checked_add_signed(self.interval);
        self.even_at = even.unwrap_or(DateTime::<Utc>::MAX_UTC);
    }

    /// Whether it remembers nothing.
    pub(super) fn is_full(&self, now: DateTime<Utc>) -> bool {
        self.even_at <= now
    }
}

/// The times that were given to those who wait.
#[derive(Debug, Default)]
pub(super) struct Queue {
    last: Option<DateTime<Utc>>,
}

impl Queue {
    /// A place behind all that were given, none before `free_at`.
    pub(super) fn place(&mut self, free_at: DateTime<Utc>, interval: TimeDelta) -> DateTime<Utc> {
        let behind = self.last.and_then(|last| last.checked_add_signed(interval));
        let place = behind.map_or(free_at, |behind| behind.max(free_at));
        self.last = Some(place);
        place
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use chrono::{DateTime, TimeDelta, Utc};
    use proptest::prelude::*;

    use super::Bucket;

    fn second(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
    }

    #[test]
    fn a_burst_goes_at_once_and_then_one_each_interval() {
        let mut bucket = Bucket::new(60, 3);
        for _ in 0..3 {
            assert_eq!(bucket.free_at(second(0)), second(0));
            bucket.take(second(0));
        }
        assert_eq!(bucket.free_at(second(0)), second(1));
        bucket.take(second(1));
        assert_eq!(bucket.free_at(second(1)), second(2));
        assert!(!bucket.is_full(second(3)) && bucket.is_full(second(4)));
        assert_eq!(bucket.free_at(second(1_000)), second(1_000));
    }

    #[test]
    fn the_room_is_what_may_go_at_once() {
        let mut bucket = Bucket::new(60, 3);
        for room in [3, 2, 1] {
            assert_eq!(bucket.room(second(0)), room);
            bucket.take(second(0));
        }
        assert_eq!((bucket.room(second(0)), bucket.room(second(1))), (0, 1));
        assert_eq!(bucket.room(second(100)), 3);
        assert_eq!(Bucket::new(u32::MAX, u32::MAX).room(second(0)), usize::MAX);
    }

    proptest! {
        #[test]
        fn no_minute_sees_more_than_the_rate_and_a_burst(
            per_minute in 1_u32..200, burst in 1_u32..20, steps in prop::collection::vec(0_i64..5_000, 300)
        ) {
            let mut bucket = Bucket::new(per_minute, burst);
            let (mut now, mut gone) = (second(0), Vec::new());
            for step in steps {
                now += TimeDelta::milliseconds(step);
                if bucket.free_at(now) == now {
                    bucket.take(now);
                    gone.push(now);
                }
            }
            let allowed = usize::try_from(per_minute + burst).unwrap();
            for (index, first) in gone.iter().enumerate() {
                let rest = gone.iter().skip(index);
                let within = rest.take_while(|at| **at - *first < TimeDelta::minutes(1)).count();
                prop_assert!(within <= allowed, "{within} in a minute");
            }
        }

        #[test]
        fn odd_figures_do_not_break_it(per_minute in any::<u32>(), burst in any::<u32>()) {
            let mut bucket = Bucket::new(per_minute, burst);
            for now in [second(0), DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MIN_UTC] {
                prop_assert!(bucket.free_at(now) >= now);
                prop_assert_eq!(bucket.room(now) > 0, bucket.free_at(now) == now);
                bucket.take(now);
            }
        }
    }
}
