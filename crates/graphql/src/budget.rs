//! What each caller has spent lately.
//!
//! A bucket for each caller holds what a minute allows and fills up evenly, so that a burst is
//! possible and a flood is not. The number of buckets is bounded: a full one says nothing and is
//! forgotten first, then the one seen longest ago. Each process counts for itself.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use async_graphql::Value;
use tokio::time::Instant;

use crate::fault::millis;

const MINUTE: Duration = Duration::from_mins(1);

/// What an operation was charged, and what is left. Resolvers find it in their context, and clients
/// in `extensions.cost` and `extensions.rateLimit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spending {
    /// What this operation was estimated to cost.
    pub cost: u64,
    /// What one operation of this caller may cost.
    pub cost_max: u64,
    /// What this caller may spend in a minute.
    pub minute_max: u64,
    /// What is left of it now.
    pub remaining: u64,
    /// How long until all of it is there again.
    pub resets_in: Duration,
}

impl Spending {
    /// The two members of a response's `extensions`.
    pub(crate) fn extensions(&self) -> [(&'static str, Value); 2] {
        let number = |value: u64| Value::from(value);
        let object = |members: Vec<(&str, Value)>| {
            Value::Object(
                members
                    .into_iter()
                    .map(|(name, value)| (async_graphql::Name::new(name), value))
                    .collect(),
            )
        };
        let cost = vec![("requested", number(self.cost)), ("limit", number(self.cost_max))];
        let rate = vec![
            ("limit", number(self.minute_max)),
            ("remaining", number(self.remaining)),
            ("resetMs", number(millis(self.resets_in))),
        ];
        [("cost", object(cost)), ("rateLimit", object(rate))]
    }
}

/// The buckets of all callers.
#[derive(Debug)]
pub(crate) struct Budget {
    callers_max: usize,
    buckets: Mutex<HashMap<String, Bucket>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    /// What is missing from a full bucket, in micro-units of cost, so that a slow refill is exact.
    missing: u128,
    seen_at: Instant,
}

const MICRO: u128 = 1_000_000;

impl Bucket {
    /// The bucket as it is now, refilled since it was last seen.
    fn refilled(self, minute_max: u64, now: Instant) -> Self {
        let passed = now.saturating_duration_since(self.seen_at).as_micros();
        let gained = passed.saturating_mul(minute_max.into()) * MICRO / MINUTE.as_micros();
        Self { missing: self.missing.saturating_sub(gained), seen_at: now }
    }
}

impl Budget {
    /// An empty book for so many callers.
    pub(crate) fn new(callers_max: usize) -> Self {
        Self { callers_max: callers_max.max(1), buckets: Mutex::new(HashMap::new()) }
    }

    /// Takes `cost` from the caller's bucket; answers what is left and when the bucket is full again.
    ///
    /// # Errors
    ///
    /// How long to wait until there is enough. Nothing is taken then.
    pub(crate) fn charge(
        &self,
        caller: &str,
        cost: u64,
        minute_max: u64,
        now: Instant,
    ) -> Result<(u64, Duration), Duration> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let known = buckets.get(caller).copied();
        if known.is_none() && buckets.len() >= self.callers_max {
            forget_one(&mut buckets, now);
        }
        let fresh = Bucket { missing: 0, seen_at: now };
        let mut bucket = known.unwrap_or(fresh).refilled(minute_max, now);
        let (full, price) = (u128::from(minute_max) * MICRO, u128::from(cost) * MICRO);
        let wanted = bucket.missing + price;
        let answer = if wanted > full {
            Err(time_to_gain(wanted - full, minute_max))
        } else {
            bucket.missing = wanted;
            let remaining = u64::try_from((full - wanted) / MICRO).unwrap_or(u64::MAX);
            Ok((remaining, time_to_gain(wanted, minute_max)))
        };
        buckets.insert(caller.to_owned(), bucket);
        answer
    }
}

/// How long it takes to gain so many micro-units.
fn time_to_gain(missing: u128, minute_max: u64) -> Duration {
    let micros = missing.saturating_mul(MINUTE.as_micros()) / MICRO / u128::from(minute_max.max(1));
    Duration::from_micros(u64::try_from(micros + 1).unwrap_or(u64::MAX))
}

/// Makes room: every bucket untouched for a minute is full and says nothing; when there is none, the
/// one seen longest ago goes.
fn forget_one(buckets: &mut HashMap<String, Bucket>, now: Instant) {
    let before = buckets.len();
    buckets.retain(|_, bucket| now.saturating_duration_since(bucket.seen_at) < MINUTE);
    if buckets.len() < before {
        return;
    }
    let oldest =
        buckets.iter().min_by_key(|(_, bucket)| bucket.seen_at).map(|(key, _)| key.clone());
    if let Some(oldest) = oldest {
        buckets.remove(&oldest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_allowed_and_then_the_bucket_fills_evenly() {
        let (budget, now) = (Budget::new(10), Instant::now());
        assert_eq!(budget.charge("ada", 600, 600, now).unwrap().0, 0);
        let wait = budget.charge("ada", 100, 600, now).unwrap_err();
        assert_eq!(wait.as_secs(), 10);
        let later = now + wait;
        assert_eq!(budget.charge("ada", 100, 600, later).unwrap().0, 0);
    }

    #[test]
    fn a_refused_operation_costs_nothing() {
        let (budget, now) = (Budget::new(10), Instant::now());
        budget.charge("ada", 50, 100, now).unwrap();
        budget.charge("ada", 51, 100, now).unwrap_err();
        assert_eq!(budget.charge("ada", 50, 100, now).unwrap().0, 0);
    }

    #[test]
    fn callers_do_not_pay_for_each_other() {
        let (budget, now) = (Budget::new(10), Instant::now());
        budget.charge("ada", 100, 100, now).unwrap();
        assert_eq!(budget.charge("bob", 10, 100, now).unwrap().0, 90);
    }

    #[test]
    fn the_book_stays_small_and_forgets_the_one_seen_longest_ago() {
        let (budget, now) = (Budget::new(2), Instant::now());
        let second = Duration::from_secs(1);
        budget.charge("ada", 100, 100, now).unwrap();
        budget.charge("bob", 100, 100, now + second).unwrap();
        budget.charge("cem", 100, 100, now + second).unwrap();
        assert_eq!(budget.buckets.lock().unwrap().len(), 2);
        budget.charge("bob", 100, 100, now + second).unwrap_err();
    }

    #[test]
    fn full_buckets_are_forgotten_first() {
        let (budget, now) = (Budget::new(3), Instant::now());
        for caller in ["ada", "bob", "cem"] {
            budget.charge(caller, 1, 100, now).unwrap();
        }
        budget.charge("dee", 1, 100, now + MINUTE).unwrap();
        assert_eq!(budget.buckets.lock().unwrap().len(), 1);
    }

    #[test]
    fn a_budget_of_nothing_refuses_and_does_not_divide_by_it() {
        let budget = Budget::new(1);
        budget.charge("ada", 1, 0, Instant::now()).unwrap_err();
    }
}
