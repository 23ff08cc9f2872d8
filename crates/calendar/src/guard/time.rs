//! Instants, days and durations as calendars write them.
//!
//! Single events are written in UTC, the one form that every client reads alike. Fractions of a
//! second are cut, because the format has none and equal facts must give equal bytes.

use chrono::{DateTime, Datelike, NaiveDate, SubsecRound};

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

    /// `PT1H`, `PT90M` as `PT1H30M`, nothing at all as `PT0S`.
    pub fn written(self) -> String {
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
    fn durations_are_short() {
        let written = |seconds| Duration::seconds(seconds).written();
        assert_eq!(written(3600), "PT1H");
        assert_eq!(written(5400), "PT1H30M");
        assert_eq!(written(61), "PT1M1S");
        assert_eq!(written(0), "PT0S");
        assert_eq!(written(172_800), "PT48H");
    }
}
