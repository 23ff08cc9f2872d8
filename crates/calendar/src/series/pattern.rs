//! The dates of a series: those of its rule, without some, and with others.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate, NaiveDateTime};

use super::rule::{Ends, Rule};
use crate::error::{Error, Named, Refusal};
use crate::event::{Moment, When};
use crate::guard::{Lines, Plain, Wall, instant};

/// Most dates of a series: every day for a year and a half, every week for five years.
pub const DATES_MAX: usize = 550;

/// Most years from the first date to the last; also how far ahead a VTIMEZONE is told.
pub const YEARS_MAX: u32 = 5;

/// Plain values of a repetition. Dates are what the clock shows in the zone of the start; of a
/// series of days, midnight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeats {
    /// How it repeats. The start must be its first date.
    pub rule: Rule,
    /// Dates of the rule that do not take place and are not shown (EXDATE).
    pub except: Vec<NaiveDateTime>,
    /// Dates beside the rule (RDATE).
    pub extra: Vec<NaiveDateTime>,
}

impl Repeats {
    /// Just the rule.
    pub fn new(rule: Rule) -> Self {
        Self { rule, except: Vec::new(), extra: Vec::new() }
    }

    /// All dates from this first one on, as the clock of the start shows them, in order.
    ///
    /// # Errors
    /// What [`crate::Event::new`] would refuse: a start that is no date of the rule, more dates or
    /// years than a series may have, single dates that make no sense.
    ///
    /// ```
    /// use calendar::{Repeats, When};
    ///
    /// let repeats = Repeats::new("FREQ=MONTHLY;BYDAY=-1FR;COUNT=3".parse().expect("a rule"));
    /// let wall = "2027-01-29T17:00:00".parse().expect("a time");
    /// let dates = repeats.clocks(When::Local { wall, zone: chrono_tz::Europe::Amsterdam });
    /// let days: Vec<String> =
    ///     dates.expect("dates").iter().map(|date| date.date().to_string()).collect();
    /// assert_eq!(days, ["2027-01-29", "2027-02-26", "2027-03-26"]);
    /// ```
    pub fn clocks(&self, start: When) -> Result<Vec<NaiveDateTime>, Error> {
        Ok(Pattern::new(self, Moment::new(start).named("start")?)?.clocks())
    }
}

/// Checked dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    rule: Rule,
    first: Moment,
    except: BTreeSet<NaiveDateTime>,
    extra: BTreeSet<NaiveDateTime>,
}

impl Pattern {
    /// Checks that the rule gives the first date and ends within the limits, and that the other
    /// dates make sense.
    pub(crate) fn new(values: &Repeats, first: Moment) -> Result<Self, Error> {
        let mut pattern = Self {
            rule: values.rule.clone(),
            first,
            except: BTreeSet::new(),
            extra: BTreeSet::new(),
        };
        let clock = first.clock();
        let last = last(clock.date());
        let too_many = Refusal::TooManyDates { dates_max: DATES_MAX, years_max: YEARS_MAX };
        let mut dates = pattern.of_rule();
        if dates.first() != Some(&clock) {
            return Err(Refusal::NotItsFirstDate.of("start"));
        }
        let is_whole = match pattern.rule.ends() {
            Ends::On(day) => day <= last,
            Ends::After(count) => usize::try_from(count).is_ok_and(|count| count == dates.len()),
        };
        if !is_whole || dates.len() + values.extra.len() > DATES_MAX {
            return Err(too_many.of("repeats"));
        }
        for clock in whole(&values.except) {
            if dates.binary_search(&clock).is_err() {
                return Err(Refusal::NotOneOfItsDates.of("repeats.except"));
            }
            pattern.except.insert(clock);
        }
        for extra in whole(&values.extra) {
            if dates.binary_search(&extra).is_ok() {
                return Err(Refusal::Repeated.of("repeats.extra"));
            }
            if extra < clock {
                return Err(Refusal::NotAfterStart.of("repeats.extra"));
            }
            if matches!(first, Moment::Day(_)) && extra != extra.date().into() {
                return Err(Refusal::MixedKinds.of("repeats.extra"));
            }
            if extra.date() > last {
                return Err(too_many.of("repeats.extra"));
            }
            pattern.extra.insert(extra);
        }
        dates.retain(|clock| !pattern.except.contains(clock));
        if dates.is_empty() && pattern.extra.is_empty() {
            return Err(Refusal::NoDateLeft.of("repeats.except"));
        }
        Ok(pattern)
    }

    /// All dates that are left, in order.
    pub(crate) fn clocks(&self) -> Vec<NaiveDateTime> {
        let mut dates = self.of_rule();
        dates.retain(|clock| !self.except.contains(clock));
        dates.extend(&self.extra);
        dates.sort_unstable();
        dates
    }

    /// The rule as stored.
    pub(crate) fn rule(&self) -> &Rule {
        &self.rule
    }

    /// One more than the limit at most: that is enough to see that there are too many.
    fn of_rule(&self) -> Vec<NaiveDateTime> {
        let clock = self.first.clock();
        let dates = self.rule.dates(clock.date(), last(clock.date()));
        dates.map(|day| day.and_time(clock.time())).take(DATES_MAX + 1).collect()
    }

    /// RRULE, EXDATE and RDATE, a line for each date: lists are what some programs read wrong.
    pub(crate) fn write(&self, lines: &mut Lines) {
        lines.plain("RRULE", &Plain::new(&self.rule.written(|day| self.until(day))));
        for (name, clocks) in [("EXDATE", &self.except), ("RDATE", &self.extra)] {
            for clock in clocks {
                self.first.at(*clock).write(name, lines);
            }
        }
    }

    /// UNTIL is of the kind the start is, and in UTC (RFC 5545 §3.3.10).
    fn until(&self, day: NaiveDate) -> String {
        match self.first {
            Moment::Day(_) => day.format("%Y%m%d").to_string(),
            Moment::Instant(_) | Moment::Wall(_) => {
                let last = day.and_hms_opt(23, 59, 59).unwrap_or_default();
                instant(last, self.first.zone()).format("%Y%m%dT%H%M%SZ").to_string()
            }
        }
    }
}

/// The last day a series that begins on this one may have.
fn last(first: NaiveDate) -> NaiveDate {
    first.checked_add_months(Months::new(12 * YEARS_MAX)).unwrap_or(NaiveDate::MAX)
}

/// Without fractions of a second.
fn whole(clocks: &[NaiveDateTime]) -> impl Iterator<Item = NaiveDateTime> {
    clocks.iter().map(|clock| {
        let wall = Wall::new(*clock, chrono_tz::Tz::UTC);
        wall.map_or(*clock, Wall::clock)
    })
}

impl Moment {
    /// Another date of the same kind and zone.
    fn at(self, clock: NaiveDateTime) -> Self {
        let when = match self {
            Self::Day(_) => When::Date(clock.date()),
            Self::Instant(_) => When::Utc(clock.and_utc()),
            Self::Wall(wall) => When::Local { wall: clock, zone: wall.zone() },
        };
        // Within the limits the first date has; otherwise the first date says no wrong one.
        Self::new(when).unwrap_or(self)
    }
}
