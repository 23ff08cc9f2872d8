//! How a series repeats: a closed set of rules, each with an end.
//!
//! RFC 5545 §3.3.10 allows rules that no two programs expand alike and rules without end. These
//! are the ones people say aloud ("every other Monday, ten times") and that every client reads the
//! same. Refuses: years, hours, minutes, positions, and a rule that never ends.

use std::fmt;
use std::str::FromStr;

use chrono::{NaiveDate, Weekday};

use crate::error::Refusal;

/// How often, without how many times.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Frequency {
    /// Every day.
    Daily,
    /// Every week on these days; on the weekday of the first date when empty.
    Weekly(Vec<Weekday>),
    /// Every month on the day of the month of the first date. Months without it are left out.
    MonthlyByDate,
    /// Every month on, say, the second Tuesday.
    MonthlyByDay {
        /// 1 to 5 from the beginning of the month, -1 to -5 from its end. Months without a fifth
        /// are left out.
        week: i8,
        /// The day of the week.
        day: Weekday,
    },
}

/// When a series is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ends {
    /// After so many dates, those that are taken out later included.
    After(u32),
    /// On this day at the latest, in the zone of the series.
    On(NaiveDate),
}

/// A repetition that every client expands alike.
///
/// Its text is a part of the RRULE grammar, in one order, with UNTIL as a day: fit to be stored.
///
/// ```
/// use calendar::{Ends, Frequency, Rule};
///
/// let rule: Rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=10".parse().expect("a rule");
/// assert_eq!(rule.interval(), 2);
/// assert_eq!(rule.ends(), Ends::After(10));
/// assert!(matches!(rule.frequency(), Frequency::Weekly(days) if days.len() == 2));
/// assert_eq!(rule.to_string(), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=10");
/// assert!("FREQ=WEEKLY".parse::<Rule>().is_err(), "it would never end");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rule {
    frequency: Frequency,
    interval: u32,
    ends: Ends,
}

impl Rule {
    /// Largest interval: nobody says "every hundredth week".
    pub const INTERVAL_MAX: u32 = 52;

    /// Puts a rule together. Weekdays are sorted from Monday and stand once.
    ///
    /// # Errors
    /// [`Refusal::NotARule`]: an interval of 0 or above [`Rule::INTERVAL_MAX`], a week of the
    /// month that is not 1 to 5 or -1 to -5, no date at all.
    pub fn new(frequency: Frequency, interval: u32, ends: Ends) -> Result<Self, Refusal> {
        let fits = match &frequency {
            Frequency::MonthlyByDay { week, .. } => *week != 0 && (-5..=5).contains(week),
            Frequency::Daily | Frequency::Weekly(_) | Frequency::MonthlyByDate => true,
        };
        let is_some_date = !matches!(ends, Ends::After(0));
        if !fits || !is_some_date || !(1..=Self::INTERVAL_MAX).contains(&interval) {
            return Err(Refusal::NotARule);
        }
        let frequency = match frequency {
            Frequency::Weekly(mut days) => {
                days.sort_by_key(Weekday::num_days_from_monday);
                days.dedup();
                Frequency::Weekly(days)
            }
            other => other,
        };
        Ok(Self { frequency, interval, ends })
    }

    /// How often.
    pub fn frequency(&self) -> &Frequency {
        &self.frequency
    }

    /// Every how many days, weeks or months.
    pub fn interval(&self) -> u32 {
        self.interval
    }

    /// When it is over.
    pub fn ends(&self) -> Ends {
        self.ends
    }

    /// The value of RRULE with UNTIL as it has to be written beside its DTSTART.
    pub(super) fn written(&self, until: impl FnOnce(NaiveDate) -> String) -> String {
        let frequency = match self.frequency {
            Frequency::Daily => "FREQ=DAILY",
            Frequency::Weekly(_) => "FREQ=WEEKLY",
            Frequency::MonthlyByDate | Frequency::MonthlyByDay { .. } => "FREQ=MONTHLY",
        };
        let interval = (self.interval > 1).then(|| format!("INTERVAL={}", self.interval));
        let days = match &self.frequency {
            Frequency::Weekly(days) if !days.is_empty() => {
                let days: Vec<&str> = days.iter().map(|day| short(*day)).collect();
                Some(format!("BYDAY={}", days.join(",")))
            }
            Frequency::MonthlyByDay { week, day } => Some(format!("BYDAY={week}{}", short(*day))),
            Frequency::Daily | Frequency::Weekly(_) | Frequency::MonthlyByDate => None,
        };
        let ends = match self.ends {
            Ends::After(count) => format!("COUNT={count}"),
            Ends::On(day) => format!("UNTIL={}", until(day)),
        };
        let parts = [Some(frequency.to_owned()), interval, days, Some(ends)];
        parts.into_iter().flatten().collect::<Vec<String>>().join(";")
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.written(|day| day.format("%Y%m%d").to_string()))
    }
}

impl FromStr for Rule {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let (mut freq, mut interval, mut days, mut ends) = (None, 1, None, None);
        for part in text.split(';') {
            let (name, value) = part.split_once('=').ok_or(Refusal::NotARule)?;
            let number = || value.parse::<u32>().map_err(|_error| Refusal::NotARule);
            let twice = match name {
                "FREQ" => freq.replace(value).is_some(),
                "INTERVAL" => {
                    interval = number()?;
                    false
                }
                "BYDAY" => days.replace(value).is_some(),
                "COUNT" => ends.replace(Ends::After(number()?)).is_some(),
                "UNTIL" => ends.replace(Ends::On(day(value)?)).is_some(),
                // What a week begins with: Monday here, and by default.
                "WKST" if value == "MO" => false,
                _ => return Err(Refusal::NotARule),
            };
            if twice {
                return Err(Refusal::NotARule);
            }
        }
        let frequency = match (freq, days) {
            (Some("DAILY"), None) => Frequency::Daily,
            (Some("WEEKLY"), None) => Frequency::Weekly(Vec::new()),
            (Some("WEEKLY"), Some(days)) => {
                Frequency::Weekly(days.split(',').map(weekday).collect::<Result<_, _>>()?)
            }
            (Some("MONTHLY"), None) => Frequency::MonthlyByDate,
            (Some("MONTHLY"), Some(word)) => {
                let at = word.len().checked_sub(2).ok_or(Refusal::NotARule)?;
                let (week, name) = word.split_at_checked(at).ok_or(Refusal::NotARule)?;
                let week = week.parse().map_err(|_error| Refusal::NotARule)?;
                Frequency::MonthlyByDay { week, day: weekday(name)? }
            }
            _ => return Err(Refusal::NotARule),
        };
        Self::new(frequency, interval, ends.ok_or(Refusal::NotARule)?)
    }
}

/// The day of an UNTIL; of an instant its day.
fn day(value: &str) -> Result<NaiveDate, Refusal> {
    let digits = value.get(..8).ok_or(Refusal::NotARule)?;
    NaiveDate::parse_from_str(digits, "%Y%m%d").map_err(|_error| Refusal::NotARule)
}

/// The two letters of RFC 5545 §3.3.10.
pub(crate) fn short(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}

fn weekday(word: &str) -> Result<Weekday, Refusal> {
    Ok(match word {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return Err(Refusal::NotARule),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_read_and_written_alike() {
        for text in [
            "FREQ=DAILY;COUNT=3",
            "FREQ=DAILY;INTERVAL=52;UNTIL=20261231",
            "FREQ=WEEKLY;COUNT=1",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR,SA,SU;COUNT=10",
            "FREQ=MONTHLY;UNTIL=20270101",
            "FREQ=MONTHLY;BYDAY=-1FR;COUNT=12",
            "FREQ=MONTHLY;BYDAY=2TU;COUNT=12",
        ] {
            assert_eq!(text.parse::<Rule>().map(|rule| rule.to_string()).as_deref(), Ok(text));
        }
        let sorted = "FREQ=WEEKLY;WKST=MO;BYDAY=SU,MO,SU;UNTIL=20261231T225959Z".parse::<Rule>();
        let sorted = sorted.map(|rule| rule.to_string());
        assert_eq!(sorted.as_deref(), Ok("FREQ=WEEKLY;BYDAY=MO,SU;UNTIL=20261231"));
    }

    #[test]
    fn what_is_outside_the_closed_set_is_refused() {
        for text in [
            "",
            "FREQ=WEEKLY",
            "COUNT=3",
            "FREQ=YEARLY;COUNT=3",
            "FREQ=DAILY;BYDAY=MO;COUNT=3",
            "FREQ=WEEKLY;BYDAY=1MO;COUNT=3",
            "FREQ=WEEKLY;BYDAY=;COUNT=3",
            "FREQ=MONTHLY;BYDAY=MO;COUNT=3",
            "FREQ=MONTHLY;BYDAY=0MO;COUNT=3",
            "FREQ=MONTHLY;BYDAY=6MO;COUNT=3",
            "FREQ=MONTHLY;BYDAY=é;COUNT=3",
            "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3",
            "FREQ=DAILY;COUNT=3;UNTIL=20261231",
            "FREQ=DAILY;COUNT=0",
            "FREQ=DAILY;INTERVAL=0;COUNT=3",
            "FREQ=DAILY;INTERVAL=53;COUNT=3",
            "FREQ=DAILY;COUNT=-1",
            "FREQ=DAILY;UNTIL=tomorrow",
            "FREQ=WEEKLY;WKST=SU;COUNT=3",
        ] {
            assert_eq!(text.parse::<Rule>(), Err(Refusal::NotARule), "{text}");
        }
    }
}
