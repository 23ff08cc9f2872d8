//! A circuit that opens when something fails again and again, and tries with one mail whether it
//! works again.

use chrono::{DateTime, TimeDelta, Utc};

/// A probe that never told how it ended is forgotten after this: longer than any attempt.
const PROBE_MINUTES: i64 = 20;
/// How soon to ask again while a probe is on its way.
const PROBE_WAIT_SECONDS: i64 = 5;

/// When a circuit opens, and for how long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    /// Failures in a row.
    pub(super) failures_max: u32,
    /// Seconds for the first, second, … time in a row; the last one stays.
    pub(super) seconds: &'static [u32],
}

/// One circuit; closed at first.
#[derive(Debug, Clone, Default)]
pub(super) struct Circuit {
    failures: u32,
    /// How often in a row it opened.
    openings: usize,
    open_until: Option<DateTime<Utc>>,
    probe_until: Option<DateTime<Utc>>,
}

impl Circuit {
    /// When one may go: now, or later.
    pub(super) fn free_at(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        match (self.open_until, self.probe_until) {
            (Some(open_until), _) if open_until > now => open_until,
            (Some(_), Some(probe_until)) if probe_until > now => {
                after(now, TimeDelta::seconds(PROBE_WAIT_SECONDS)).min(probe_until)
            }
            _ => now,
        }
    }

    /// Until when it turns everything away, if it has opened.
    pub(super) fn open_until(&self) -> Option<DateTime<Utc>> {
        self.open_until
    }

    /// One goes. Says whether it is the probe of an open circuit.
    pub(super) fn take(&mut self, now: DateTime<Utc>) -> bool {
        let is_probe = self.open_until.is_some();
        if is_probe {
            self.probe_until = Some(after(now, TimeDelta::minutes(PROBE_MINUTES)));
        }
        is_probe
    }

    /// One did not fail. Says whether that closed the circuit.
    pub(super) fn went_well(&mut self) -> bool {
        let was_open = self.open_until.is_some();
        *self = Self::default();
        was_open
    }

    /// The probe told nothing.
    pub(super) fn forget_probe(&mut self) {
        self.probe_until = None;
    }

    /// One failed. Says until when the circuit is open, if that opened it.
    pub(super) fn failed(&mut self, rule: Rule, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.failures = self.failures.saturating_add(1);
        let was_probe = self.probe_until.take().is_some();
        // Those that were under way when it opened are no news.
        let is_waiting = self.open_until.is_some() && !was_probe;
        if is_waiting || (!was_probe && self.failures < rule.failures_max) {
            return None;
        }
        let seconds = rule.seconds.get(self.openings).or(rule.seconds.last()).copied();
        let until = after(now, TimeDelta::seconds(seconds.unwrap_or(60).into()));
        self.openings = self.openings.saturating_add(1);
        self.open_until = Some(until);
        Some(until)
    }

    /// Whether it remembers nothing.
    pub(super) fn is_new(&self) -> bool {
        self.failures == 0 && self.open_until.is_none()
    }
}

fn after(now: DateTime<Utc>, span: TimeDelta) -> DateTime<Utc> {
    now.checked_add_signed(span).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use chrono::{DateTime, Utc};

    use super::{Circuit, Rule};

    const RULE: Rule = Rule { failures_max: 3, seconds: &[10, 60] };

    fn second(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
    }

    fn open() -> Circuit {
        let mut circuit = Circuit::default();
        assert_eq!(circuit.failed(RULE, second(0)), None);
        assert_eq!(circuit.failed(RULE, second(0)), None);
        assert_eq!(circuit.failed(RULE, second(0)), Some(second(10)));
        circuit
    }

    #[test]
    fn it_opens_after_failures_in_a_row_and_not_by_scattered_ones() {
        assert_eq!(open().free_at(second(9)), second(10));
        let mut circuit = Circuit::default();
        for _ in 0..10 {
            assert_eq!(circuit.failed(RULE, second(0)), None);
            assert_eq!(circuit.failed(RULE, second(0)), None);
            assert!(!circuit.went_well());
        }
        assert!(circuit.is_new());
    }

    #[test]
    fn one_probe_decides_and_the_others_wait_for_it() {
        let mut circuit = open();
        assert_eq!(circuit.free_at(second(10)), second(10));
        assert!(circuit.take(second(10)));
        assert_eq!(circuit.free_at(second(10)), second(15));
        assert_eq!(circuit.failed(RULE, second(11)), Some(second(71)));
        assert_eq!(circuit.free_at(second(11)), second(71));
        assert!(circuit.take(second(71)));
        assert_eq!(circuit.failed(RULE, second(71)), Some(second(131)));
        assert!(circuit.take(second(131)));
        assert!(circuit.went_well());
        assert_eq!(circuit.free_at(second(131)), second(131));
        assert!(!circuit.take(second(131)));
    }

    #[test]
    fn a_late_failure_is_no_news_and_a_lost_probe_is_replaced() {
        let mut circuit = open();
        assert_eq!(circuit.failed(RULE, second(1)), None);
        assert!(circuit.take(second(10)));
        circuit.forget_probe();
        assert_eq!(circuit.free_at(second(10)), second(10));
        assert!(circuit.take(second(10)));
        assert_eq!(circuit.free_at(second(10 + 20 * 60)), second(10 + 20 * 60));
    }
}
