//! Instants, days and durations as calendars write them.
//!
//! Single events are written in UTC, the one form that every client reads alike. Fractions of a
//! second are cut, because the format has none and equal facts must give equal bytes. A series is
//! written as the clock on the wall shows it, because that is what stays the same over the year.

use chrono::{
    DateTime, Datelike, LocalResult, NaiveDate, NaiveDateTime, Offset, SubsecRound, TimeDelta,
    TimeZone, Timelike,
};
use chrono_tz::Tz;

use crate::error::Refusal;

/// Before 1900 clients fail to format; after 9999 the format has no digits.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=9999;

/// An instant in UTC, whole seconds (RFC 5545 §3.3.5, form 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Utc(DateTime<chrono::Utc>);

impl Utc {
    /// Cuts fractions, and a leap second to the second before it.
    ///
    /// # Errors
    /// [`Refusal::YearOutOfRange`].
    pub fn new(at: DateTime<chrono::Utc>) -> Result<Self, Refusal> {
        if !YEARS.contains(&at.year()) {
            return Err(Refusal::YearOutOfRange);
        }
        let whole = DateTime::from_timestamp(at.timestamp(), 0).unwrap_or(at.trunc_subsecs(0));
        Ok(Self(whole))
    }

    /// The instant.
    pub fn get(self) -> DateTime<chrono::Utc> {
        self.0
    }

    /// `20260329T013000Z`.
    pub fn written(self) -> String {
        self.0.format("%Y%m%dT%H%M%SZ").to_string()
    }
}

/// A day (RFC 5545 §3.3.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// Checks the year.
    ///
    /// # Errors
    /// [`Refusal::YearOutOfRange`].
    pub fn new(day: NaiveDate) -> Result<Self, Refusal> {
        if YEARS.contains(&day.year()) { Ok(Self(day)) } else { Err(Refusal::YearOutOfRange) }
    }

    /// The day.
    pub fn get(self) -> NaiveDate {
        self.0
    }

    /// `20260329`.
    pub fn written(self) -> String {
        self.0.format("%Y%m%d").to_string()
    }
}

/// A time on the wall of a place (RFC 5545 §3.3.5, form 3), whole seconds. In UTC it is form 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Wall {
    clock: NaiveDateTime,
    zone: Tz,
}

impl Wall {
    /// Cuts fractions, and a leap second to the second before it.
    ///
    /// # Errors
    /// [`Refusal::YearOutOfRange`].
    pub fn new(clock: NaiveDateTime, zone: Tz) -> Result<Self, Refusal> {
        if !YEARS.contains(&clock.year()) {
            return Err(Refusal::YearOutOfRange);
        }
        Ok(Self { clock: clock.with_nanosecond(0).unwrap_or(clock), zone })
    }

    /// What the clock shows.
    pub fn clock(self) -> NaiveDateTime {
        self.clock
    }

    /// Where the wall is.
    pub fn zone(self) -> Tz {
        self.zone
    }

    /// Whether the zone is UTC under one of its names, which needs no description.
    pub fn is_utc(self) -> bool {
        matches!(self.zone, Tz::UTC | Tz::Etc__UTC | Tz::Zulu | Tz::Etc__Zulu)
    }

    /// The instant; see [`instant`].
    pub fn instant(self) -> DateTime<chrono::Utc> {
        instant(self.clock, self.zone)
    }

    /// `20260329T013000`, with a `Z` in UTC.
    pub fn written(self) -> String {
        let end = if self.is_utc() { "Z" } else { "" };
        format!("{}{end}", self.clock.format("%Y%m%dT%H%M%S"))
    }
}

/// The instant at which a clock on the wall shows this. RFC 5545 §3.3.5: of two such instants the
/// first; in the hour that spring leaves out, as if the clocks had not been changed yet.
///
/// ```
/// use calendar::guard::instant;
/// use chrono_tz::Europe::London;
///
/// let wall = |text: &str| text.parse::<chrono::NaiveDateTime>().expect("a time");
/// let utc = |text| instant(wall(text), London).to_string();
/// assert_eq!(utc("2026-07-01T18:00:00"), "2026-07-01 17:00:00 UTC");
/// assert_eq!(utc("2026-03-29T01:30:00"), "2026-03-29 01:30:00 UTC", "there is no such time");
/// assert_eq!(utc("2026-10-25T01:30:00"), "2026-10-25 00:30:00 UTC", "it comes twice");
/// ```
pub fn instant(clock: NaiveDateTime, zone: Tz) -> DateTime<chrono::Utc> {
    let before = |hours| match zone.offset_from_local_datetime(&(clock - TimeDelta::hours(hours))) {
        LocalResult::Single(offset) => Some(offset.fix()),
        LocalResult::Ambiguous(first, later) => {
            Some(if hours == 0 { first.fix() } else { later.fix() })
        }
        LocalResult::None => None,
    };
    // The longest gap of any zone is the day Samoa left out.
    let offset = [0, 1, 2, 3, 25].into_iter().find_map(before);
    let seconds = offset.map_or(0, |offset| offset.local_minus_utc());
    (clock - TimeDelta::seconds(i64::from(seconds))).and_utc()
}

/// A length of time in whole seconds, never negative (RFC 5545 §3.3.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration {
    seconds: u32,
}

impl Duration {
    /// A number of seconds.
    pub const fn seconds(seconds: u32) -> Self {
        Self { seconds }
    }

    /// How many seconds.
    pub const fn length_seconds(self) -> u32 {
        self.seconds
    }

    /// `PT1H`, `PT90M` as `PT1H30M`, whole days as `P7D`, nothing at all as `PT0S`.
    pub fn written(self) -> String {
        if self.seconds > 0 && self.seconds.is_multiple_of(24 * 60 * 60) {
            return format!("P{}D", self.seconds / (24 * 60 * 60));
        }
        let parts = [(self.seconds / 3600, 'H'), (self.seconds / 60 % 60, 'M')];
        let mut text = "PT".to_owned();
        for (count, unit) in parts.into_iter().filter(|(count, _)| *count > 0) {
            text.push_str(&count.to_string());
            text.push(unit);
        }
        let rest = self.seconds % 60;
        if rest > 0 || self.seconds == 0 {
            text.push_str(&rest.to_string());
            text.push('S');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_has_whole_seconds() {
        let at = DateTime::from_timestamp(1_774_747_800, 999_999_999).expect("an instant");
        assert_eq!(Utc::new(at).map(Utc::written).as_deref(), Ok("20260329T013000Z"));
        let leap = DateTime::from_timestamp(1_483_228_799, 1_500_000_000).expect("a leap second");
        assert_eq!(Utc::new(leap).map(Utc::written).as_deref(), Ok("20161231T235959Z"));
    }

    #[test]
    fn years_have_four_digits() {
        let far = DateTime::from_timestamp(253_402_300_800, 0).expect("the year 10000");
        assert_eq!(Utc::new(far), Err(Refusal::YearOutOfRange));
        let old = NaiveDate::from_ymd_opt(1899, 12, 31).expect("a day");
        assert_eq!(Date::new(old), Err(Refusal::YearOutOfRange));
    }

    #[test]
    fn a_wall_is_read_as_rfc_5545_says() {
        let utc = |clock: &str, zone| {
            let clock = clock.parse::<NaiveDateTime>().expect("a time");
            instant(clock, zone).format("%m-%dT%H:%M").to_string()
        };
        assert_eq!(utc("2026-03-08T02:30:00", Tz::America__New_York), "03-08T07:30");
        assert_eq!(utc("2026-11-01T01:30:00", Tz::America__New_York), "11-01T05:30");
        assert_eq!(utc("2026-10-04T02:15:00", Tz::Australia__Lord_Howe), "10-03T15:45");
        assert_eq!(utc("2011-12-30T12:00:00", Tz::Pacific__Apia), "12-30T22:00", "a day left out");
        assert_eq!(utc("1900-01-01T00:00:00", Tz::Europe__Amsterdam).len(), 11);
    }

    #[test]
    fn durations_are_short() {
        let written = |seconds| Duration::seconds(seconds).written();
        assert_eq!(written(3600), "PT1H");
        assert_eq!(written(5400), "PT1H30M");
        assert_eq!(written(61), "PT1M1S");
        assert_eq!(written(0), "PT0S");
        assert_eq!(written(172_800), "P2D");
        assert_eq!(written(90_000), "PT25H");
    }
}
