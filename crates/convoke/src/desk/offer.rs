//! Until when a freed place is kept for somebody who waited.
//!
//! Twenty-four hours in which people are awake: the hours from 21:00 to 08:00 on the event's wall
//! do not count, so nobody loses a place at three in the morning. Two hours before the start every
//! offer ends, and from then on a freed place is given without asking.

use chrono::{DateTime, Duration, NaiveDateTime, NaiveTime, Utc};
use kernel::{LocalTimeFault, Zone, resolve};

use crate::event::When;

/// How long an offer stands, in waking hours.
const STANDS: Duration = Duration::hours(24);
/// Before the start: no offer stands longer.
const LATEST: Duration = Duration::hours(2);
/// When the waking day begins and ends.
const DAY: (u32, u32) = (8, 21);
/// Twenty-four waking hours never take more days than this.
const DAYS: usize = 5;

/// What the desk must know about its event to hand on a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timing {
    /// The start.
    pub starts_at: DateTime<Utc>,
    /// The zone of its wall.
    pub zone: Zone,
    /// Whether freed places are handed on: the event is announced and has not begun.
    pub promotes: bool,
}

impl Timing {
    /// The timing of an event at such a time.
    pub fn of(when: &When, promotes: bool) -> Self {
        Self { starts_at: when.starts_at, zone: when.zone, promotes }
    }

    /// The end of an offer made now; `None` when the start is so near that nobody is asked.
    pub fn offer_until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let latest = self.starts_at - LATEST;
        (now < latest).then(|| waking(now, self.zone).min(latest))
    }
}

/// The instant at which [`STANDS`] of waking time have passed.
fn waking(now: DateTime<Utc>, zone: Zone) -> DateTime<Utc> {
    let mut left = STANDS;
    for day in zone.local(now).date().iter_days().take(DAYS) {
        let at = |hour| instant(day.and_time(clock(hour)), zone);
        let (opens, closes) = (at(DAY.0).max(now), at(DAY.1));
        let awake = (closes - opens).max(Duration::zero());
        if left <= awake {
            return opens + left;
        }
        left -= awake;
    }
    now + STANDS
}

fn clock(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN)
}

/// The instant of a wall time; in a gap the first after it, in a repeated hour the first.
fn instant(local: NaiveDateTime, zone: Zone) -> DateTime<Utc> {
    match resolve(local, zone) {
        Ok(at) => at,
        Err(LocalTimeFault::Ambiguous { choices: [first, _] }) => first,
        Err(LocalTimeFault::Nonexistent { after, .. }) => {
            resolve(after, zone).unwrap_or_else(|_fault| local.and_utc())
        }
    }
}
