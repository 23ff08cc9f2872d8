//! Wall time and zones: a local time becomes an instant, or a clear reason why it cannot.

use chrono::{DateTime, Duration, LocalResult, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// Which release of the IANA time zone database the rules of this program are from, such as
/// `2026a`.
pub const TZDATA: &str = chrono_tz::IANA_TZDB_VERSION;

/// An IANA time zone name that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Zone(Tz);

impl Default for Zone {
    /// UTC.
    fn default() -> Self {
        Self(Tz::UTC)
    }
}

impl Zone {
    /// Reads a name such as `Europe/Amsterdam`; `None` when there is no such zone.
    pub fn parse(name: &str) -> Option<Self> {
        name.trim().parse().ok().map(Self)
    }

    /// The name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The zone for chrono.
    pub fn tz(self) -> Tz {
        self.0
    }

    /// What clocks on the wall there show at an instant.
    pub fn local(self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.0).naive_local()
    }

    /// The distance from UTC there at an instant, in minutes.
    pub fn offset_minutes(self, at: DateTime<Utc>) -> i64 {
        (self.local(at) - at.naive_utc()).num_minutes()
    }
}

/// Why a local time names no single instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LocalTimeFault {
    /// The clocks jump over it.
    #[error("there is no such local time; the clocks jump from {before} to {after}")]
    Nonexistent {
        /// The last minute before the gap.
        before: NaiveDateTime,
        /// The first minute after it.
        after: NaiveDateTime,
    },
    /// The clocks show it twice.
    #[error("that local time happens twice")]
    Ambiguous {
        /// Both instants, the earlier first.
        choices: [DateTime<Utc>; 2],
    },
}

/// The one instant at which clocks in `zone` show `local`.
///
/// # Errors
/// [`LocalTimeFault`] in the hour a clock change skips or repeats.
pub fn resolve(local: NaiveDateTime, zone: Zone) -> Result<DateTime<Utc>, LocalTimeFault> {
    match zone.tz().from_local_datetime(&local) {
        LocalResult::Single(at) => Ok(at.with_timezone(&Utc)),
        LocalResult::Ambiguous(first, second) => Err(LocalTimeFault::Ambiguous {
            choices: [first.with_timezone(&Utc), second.with_timezone(&Utc)],
        }),
        LocalResult::None => Err(gap_around(local, zone)),
    }
}

fn gap_around(local: NaiveDateTime, zone: Zone) -> LocalTimeFault {
    let exists =
        |at: &NaiveDateTime| !matches!(zone.tz().from_local_datetime(at), LocalResult::None);
    // No clock change skips more than a day (Samoa skipped one in 2011).
    let minutes = || (1..=24 * 60).map(Duration::minutes);
    let before = minutes().map(|step| local - step).find(exists).unwrap_or(local);
    let after = minutes().map(|step| local + step).find(exists).unwrap_or(local);
    LocalTimeFault::Nonexistent { before, after }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn half_past_two_on_a_spring_sunday_does_not_exist_in_amsterdam() {
        let zone = Zone::parse("Europe/Amsterdam").unwrap();
        assert_eq!(
            resolve(local("2027-03-28T02:30:00"), zone),
            Err(LocalTimeFault::Nonexistent {
                before: local("2027-03-28T01:59:00"),
                after: local("2027-03-28T03:00:00"),
            })
        );
    }

    #[test]
    fn half_past_two_on_an_autumn_sunday_happens_twice_in_amsterdam() {
        let zone = Zone::parse("Europe/Amsterdam").unwrap();
        let Err(LocalTimeFault::Ambiguous { choices: [first, second] }) =
            resolve(local("2027-10-31T02:30:00"), zone)
        else {
            panic!("not ambiguous")
        };
        assert_eq!((second - first).num_hours(), 1);
    }

    #[test]
    fn an_ordinary_evening_is_one_instant() {
        let zone = Zone::parse("Asia/Seoul").unwrap();
        let at = resolve(local("2026-11-27T20:30:00"), zone).unwrap();
        assert_eq!(at.to_rfc3339(), "2026-11-27T11:30:00+00:00");
        assert_eq!(zone.local(at), local("2026-11-27T20:30:00"));
        assert!(Zone::parse("Mars/Olympus").is_none());
    }
}
