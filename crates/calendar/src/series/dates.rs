//! The dates a rule gives, one after the other.
//!
//! Days only: the time of day is the same on each, and which instant that is belongs to the zone.
//! Written here instead of taken from a library because the set of rules is closed and small, and
//! because it must stop by itself: each step moves at least a day, and the steps are counted. The
//! tests compare it with the library that Radicale and Indico expand with.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::rule::{Ends, Frequency, Rule};

/// Most days, weeks or months looked at: five years of days, and some.
const STEPS_MAX: u32 = 2_000;

impl Rule {
    /// The dates of a series that begins on `first`, in order, `first` included if the rule gives
    /// it. Ends at `last` in any case.
    pub fn dates(&self, first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        let (last, count) = match self.ends() {
            Ends::On(day) => (day.min(last), usize::MAX),
            Ends::After(count) => (last, usize::try_from(count).unwrap_or(usize::MAX)),
        };
        (0..STEPS_MAX)
            .map_while(move |step| self.step(first, step))
            .take_while(move |days| days.iter().min().is_none_or(|day| *day <= last))
            .flatten()
            .filter(move |day| *day >= first)
            .take(count)
            .take_while(move |day| *day <= last)
    }

    /// The dates in one day, week or month that is looked at; `None` beyond the calendar.
    fn step(&self, first: NaiveDate, step: u32) -> Option<Vec<NaiveDate>> {
        let steps = self.interval().checked_mul(step)?;
        match self.frequency() {
            Frequency::Daily => Some(vec![first.checked_add_days(Days::new(steps.into()))?]),
            Frequency::Weekly(days) => {
                let monday = first.week(Weekday::Mon).checked_first_day()?;
                let monday = monday.checked_add_days(Days::new(u64::from(steps) * 7))?;
                let own = [first.weekday()];
                let days = if days.is_empty() { &own } else { days.as_slice() };
                let nth = |day: &Weekday| Days::new(day.num_days_from_monday().into());
                days.iter().map(|day| monday.checked_add_days(nth(day))).collect()
            }
            Frequency::MonthlyByDate => {
                let month = first.with_day(1)?.checked_add_months(Months::new(steps))?;
                Some(month.with_day(first.day()).into_iter().collect())
            }
            Frequency::MonthlyByDay { week, day } => {
                let month = first.with_day(1)?.checked_add_months(Months::new(steps))?;
                Some(in_month(month, *week, *day).into_iter().collect())
            }
        }
    }
}

/// The so-manieth such weekday of a month, if it has one.
pub(crate) fn in_month(month: NaiveDate, week: i8, day: Weekday) -> Option<NaiveDate> {
    let (year, number) = (month.year(), month.month());
    if let Ok(week) = u8::try_from(week) {
        return NaiveDate::from_weekday_of_month_opt(year, number, day, week);
    }
    let last = month.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()?;
    let back = last.weekday().days_since(day);
    let weeks = u32::from(week.unsigned_abs()).checked_sub(1)?;
    let date = last.checked_sub_days(Days::new(u64::from(back + weeks * 7)))?;
    (date.month() == number).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(rule: &str, first: &str) -> Vec<String> {
        let rule: Rule = rule.parse().expect("a rule");
        let first: NaiveDate = first.parse().expect("a day");
        let last = first.checked_add_months(Months::new(60)).expect("a day");
        rule.dates(first, last).map(|day| day.format("%m-%d").to_string()).collect()
    }

    #[test]
    fn days_weeks_and_months_are_counted() {
        assert_eq!(
            dates("FREQ=DAILY;INTERVAL=3;COUNT=3", "2026-02-27"),
            ["02-27", "03-02", "03-05"]
        );
        assert_eq!(
            dates("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;UNTIL=20260521", "2026-05-07"),
            ["05-07", "05-18", "05-21"],
            "every other week, counted from Monday"
        );
        assert_eq!(dates("FREQ=MONTHLY;COUNT=3", "2026-01-31"), ["01-31", "03-31", "05-31"]);
        assert_eq!(
            dates("FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", "2026-01-30"),
            ["01-30", "02-27", "03-27"]
        );
        assert_eq!(dates("FREQ=MONTHLY;BYDAY=5FR;COUNT=2", "2026-01-30"), ["01-30", "05-29"]);
        assert_eq!(dates("FREQ=MONTHLY;BYDAY=-5FR;COUNT=2", "2026-01-02"), ["01-02", "05-01"]);
    }

    #[test]
    fn a_rule_stops_by_itself() {
        assert_eq!(dates("FREQ=DAILY;COUNT=4000000000", "2026-01-01").len(), 1_827);
        assert_eq!(dates("FREQ=DAILY;UNTIL=20251231", "2026-01-01").len(), 0);
        assert_eq!(dates("FREQ=MONTHLY;INTERVAL=12;COUNT=9", "2024-02-29").len(), 2);
        let rule: Rule = "FREQ=DAILY;COUNT=9".parse().expect("a rule");
        assert_eq!(rule.dates(NaiveDate::MAX, NaiveDate::MAX).count(), 1);
    }
}
