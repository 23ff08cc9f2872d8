//! When letters may arrive: by day, on the reader's own wall.
//!
//! Wall times that do not exist, or happen twice, never stop anything here: in the hour a clock
//! change skips it is the first instant after it, in the hour it repeats the first of the two.

use chrono::{DateTime, Datelike as _, Duration, NaiveDateTime, NaiveTime, Utc};
use kernel::{LocalTimeFault, Zone, resolve};

/// Nobody is woken: from this hour of the evening …
const EVENING: u32 = 21;
/// … until this one of the morning.
const MORNING: u32 = 8;

/// The instant at which clocks of a zone show a time.
pub fn instant(local: NaiveDateTime, zone: Zone) -> DateTime<Utc> {
    match resolve(local, zone) {
        Ok(at) => at,
        Err(LocalTimeFault::Ambiguous { choices: [first, _] }) => first,
        Err(LocalTimeFault::Nonexistent { after, .. }) => {
            resolve(after, zone).unwrap_or_else(|_fault| local.and_utc())
        }
    }
}

/// The same instant by day; the next morning at eight for one between 21:00 and 8:00.
pub fn awake(at: DateTime<Utc>, zone: Zone) -> DateTime<Utc> {
    let local = zone.local(at);
    let (evening, morning) = (clock(EVENING), clock(MORNING));
    let day = if local.time() >= evening {
        local.date().succ_opt().unwrap_or(local.date())
    } else if local.time() < morning {
        local.date()
    } else {
        return at;
    };
    instant(day.and_time(morning), zone)
}

/// The first Monday, eight in the morning, after an instant.
pub fn next_monday(after: DateTime<Utc>, zone: Zone) -> DateTime<Utc> {
    let today = zone.local(after).date();
    let monday = today - Duration::days(i64::from(today.weekday().num_days_from_monday()));
    let this_week = instant(monday.and_time(clock(MORNING)), zone);
    if this_week > after {
        return this_week;
    }
    instant((monday + Duration::days(7)).and_time(clock(MORNING)), zone)
}

fn clock(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn zone(name: &str) -> Zone {
        Zone::parse(name).unwrap()
    }

    #[test]
    fn nobody_is_woken() {
        for (asked, given, place) in [
            ("2026-12-03T18:30:00Z", "2026-12-03T18:30:00Z", "Europe/London"),
            ("2026-12-03T20:59:59Z", "2026-12-03T20:59:59Z", "Europe/London"),
            ("2026-12-03T21:00:00Z", "2026-12-04T08:00:00Z", "Europe/London"),
            ("2026-12-03T07:59:59Z", "2026-12-03T08:00:00Z", "Europe/London"),
            ("2026-12-03T08:00:00Z", "2026-12-03T08:00:00Z", "Europe/London"),
            // Half past six in London is half past three in the morning in Seoul.
            ("2026-12-03T18:30:00Z", "2026-12-03T23:00:00Z", "Asia/Seoul"),
            // The night in which clocks go forward is an hour shorter.
            ("2027-03-27T22:00:00Z", "2027-03-28T07:00:00Z", "Europe/London"),
        ] {
            assert_eq!(awake(at(asked), zone(place)), at(given), "{asked} in {place}");
        }
    }

    #[test]
    fn monday_is_the_readers_own() {
        for (now, monday, place) in [
            // A Sunday.
            ("2026-11-22T10:00:00Z", "2026-11-23T08:00:00Z", "Europe/London"),
            ("2026-11-22T10:00:00Z", "2026-11-22T23:00:00Z", "Asia/Seoul"),
            ("2026-11-23T07:59:59Z", "2026-11-23T08:00:00Z", "Europe/London"),
            ("2026-11-23T08:00:00Z", "2026-11-30T08:00:00Z", "Europe/London"),
            // Summer time begins in between.
            ("2027-03-24T10:00:00Z", "2027-03-29T07:00:00Z", "Europe/London"),
        ] {
            assert_eq!(next_monday(at(now), zone(place)), at(monday), "{now} in {place}");
        }
    }
}
