//! VTIMEZONE: what a zone's clocks do, told beside the series that need it.
//!
//! A TZID without its VTIMEZONE is shown hours off by Outlook and in the reader's own zone by
//! others; a wrong one empties the calendar. So the block is made from the zone database, once
//! for each zone, and its text depends on the zone and on decades, not on the events: a calendar
//! whose events change keeps it to the letter. Zones whose clocks follow one rule over those
//! decades get the short block everybody knows, with rules that begin in 1970; zones that do not
//! (Morocco, or a year in which a law changed) get each change by itself.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone};
use chrono_tz::{OffsetComponents, Tz};

use crate::guard::{Lines, Plain};
use crate::series::{YEARS_MAX, in_month, short};

/// No zone changes its clocks twice within so many days.
const STEP: Days = Days::new(7);

/// The zones a calendar has to tell, each with the years it is needed for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Zones(BTreeMap<&'static str, (Tz, i32, i32)>);

impl Zones {
    /// Finds the zones of finished events by their own lines. Words of people cannot be mistaken
    /// for one: no text has a line break in it.
    pub(crate) fn scan(&mut self, fragment: &str) {
        for line in fragment.split("\r\n") {
            let name = ["DTSTART;TZID=", "RECURRENCE-ID;TZID="];
            if let Some(rest) = name.into_iter().find_map(|name| line.strip_prefix(name))
                && let Some((zone, clock)) = rest.split_once(':')
                && let Ok(zone) = zone.parse::<Tz>()
                && let Some(Ok(year)) = clock.get(..4).map(str::parse::<i32>)
            {
                let known = self.0.entry(zone.name()).or_insert((zone, year, year));
                (known.1, known.2) = (known.1.min(year), known.2.max(year));
            }
        }
    }

    /// Writes one block for each zone, in the order of their names.
    pub(crate) fn write(&self, lines: &mut Lines) {
        for (zone, first, last) in self.0.values() {
            // A series that begins in the last year may go on for some.
            let last = last.saturating_add(i32::try_from(YEARS_MAX).unwrap_or_default());
            write(lines, *zone, decades(*first, last));
        }
    }
}

/// Whole decades, so that the block stays the same from one year to the next.
fn decades(first: i32, last: i32) -> RangeInclusive<i32> {
    first - first.rem_euclid(10)..=last - last.rem_euclid(10) + 9
}

/// What the clocks show from a change on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Clocks {
    /// Seconds east of UTC.
    offset: i32,
    is_summer: bool,
}

/// A change of the clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Change {
    /// What the clocks show when it happens: the time before the change.
    at: NaiveDateTime,
    /// The same in UTC, in the year it was found.
    utc: NaiveDateTime,
    from: i32,
    to: Clocks,
}

/// A change that comes every year on such a weekday of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Yearly {
    first: Change,
    week: i8,
}

fn write(lines: &mut Lines, zone: Tz, years: RangeInclusive<i32>) {
    let Some((before, changes)) = changes(zone, &years) else { return };
    lines.begin("VTIMEZONE");
    lines.zone("TZID", zone);
    if let Some(yearly) = yearly(&changes, &years) {
        for change in yearly {
            write_change(lines, zone, change.first, Some(change.week));
        }
    } else {
        let at = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap_or_default().into();
        let utc = NaiveDate::from_ymd_opt(*years.start(), 1, 1).unwrap_or_default().into();
        write_change(lines, zone, Change { at, utc, from: before.offset, to: before }, None);
        for change in changes {
            write_change(lines, zone, change, None);
        }
    }
    lines.end("VTIMEZONE");
}

fn write_change(lines: &mut Lines, zone: Tz, change: Change, week: Option<i8>) {
    let kind = if change.to.is_summer { "DAYLIGHT" } else { "STANDARD" };
    lines.begin(kind);
    lines.clock("DTSTART", change.at);
    lines.plain("TZOFFSETFROM", &offset(change.from));
    lines.plain("TZOFFSETTO", &offset(change.to.offset));
    // `BST`, or `+03` where the database knows no short name.
    let name = zone.offset_from_utc_datetime(&change.utc).to_string();
    lines.plain("TZNAME", &Plain::new(&name));
    if let Some(week) = week {
        let (month, day) = (change.at.month(), short(change.at.weekday()));
        let rule = format!("FREQ=YEARLY;BYMONTH={month};BYDAY={week}{day}");
        lines.plain("RRULE", &Plain::new(&rule));
    }
    lines.end(kind);
}

/// `+0100`; with seconds only where history has them (RFC 5545 §3.3.14).
fn offset(seconds: i32) -> Plain {
    let (sign, rest) = if seconds < 0 { ('-', -seconds) } else { ('+', seconds) };
    let minutes = format!("{sign}{:02}{:02}", rest / 3600, rest / 60 % 60);
    match rest % 60 {
        0 => Plain::new(&minutes),
        seconds => Plain::new(&format!("{minutes}{seconds:02}")),
    }
}

fn clocks(zone: Tz, at: NaiveDateTime) -> Clocks {
    let found = zone.offset_from_utc_datetime(&at);
    let is_summer = found.dst_offset() > TimeDelta::zero();
    Clocks { offset: found.fix().local_minus_utc(), is_summer }
}

/// What the clocks show when these years begin, and every change in them.
fn changes(zone: Tz, years: &RangeInclusive<i32>) -> Option<(Clocks, Vec<Change>)> {
    let begin = NaiveDate::from_ymd_opt(*years.start(), 1, 1)?;
    let end = NaiveDate::from_ymd_opt(years.end().checked_add(1)?, 1, 1)?;
    let before = clocks(zone, begin.into());
    let (mut known, mut changes) = (before, Vec::new());
    let mut day = begin;
    while day < end {
        let next = day.checked_add_days(STEP)?;
        let then = clocks(zone, next.into());
        if then != known {
            let at = bisect(zone, day.into(), next.into())?;
            if then.offset != known.offset && at.date() < end {
                let local = at + TimeDelta::seconds(known.offset.into());
                changes.push(Change { at: local, utc: at, from: known.offset, to: then });
            }
            known = then;
        }
        day = next;
    }
    Some((before, changes))
}

/// The first second, in UTC, at which the clocks are as they are at `after`.
fn bisect(zone: Tz, before: NaiveDateTime, after: NaiveDateTime) -> Option<NaiveDateTime> {
    let then = clocks(zone, after);
    let (mut low, mut high) = (before.and_utc().timestamp(), after.and_utc().timestamp());
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        let at = DateTime::from_timestamp(middle, 0)?.naive_utc();
        if clocks(zone, at) == then { high = middle } else { low = middle }
    }
    Some(DateTime::from_timestamp(high, 0)?.naive_utc())
}

/// The two rules these changes follow, if they follow any: the same two, each year, on the same
/// weekday of the month at the same time. Moved to 1970, where everybody's blocks begin.
fn yearly(changes: &[Change], years: &RangeInclusive<i32>) -> Option<[Yearly; 2]> {
    let count = usize::try_from(years.end() - years.start() + 1).ok()?;
    if changes.len() != count * 2 {
        return None;
    }
    let every = |skip: usize| changes.iter().skip(skip).step_by(2).copied();
    Some([one_rule(&every(0))?, one_rule(&every(1))?])
}

fn one_rule(changes: &(impl Iterator<Item = Change> + Clone)) -> Option<Yearly> {
    let first = changes.clone().next()?;
    let alike = |other: &Change| {
        (other.at.month(), other.at.weekday(), other.at.time(), other.from, other.to)
            == (first.at.month(), first.at.weekday(), first.at.time(), first.from, first.to)
    };
    let of_week = |week: i8| {
        changes.clone().all(|change| {
            let date = in_month(change.at.date(), week, change.at.weekday());
            alike(&change) && date == Some(change.at.date())
        })
    };
    let week = [-1, 1, 2, 3, 4].into_iter().find(|week| of_week(*week))?;
    let month = NaiveDate::from_ymd_opt(1970, first.at.month(), 1)?;
    let at = in_month(month, week, first.at.weekday())?.and_time(first.at.time());
    // Irish law calls the winter the exception; programs want the later clock to be the summer.
    let to = Clocks { is_summer: first.to.offset > first.from, ..first.to };
    Some(Yearly { first: Change { at, to, ..first }, week })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(zone: Tz, first: i32, last: i32) -> String {
        let mut lines = Lines::new();
        write(&mut lines, zone, decades(first, last));
        lines.finish()
    }

    #[test]
    fn a_zone_with_one_rule_has_the_block_everybody_knows() {
        assert_eq!(
            block(Tz::Europe__London, 2026, 2031).replace("\r\n", "\n"),
            "BEGIN:VTIMEZONE\nTZID:Europe/London\nBEGIN:DAYLIGHT\n\
             DTSTART:19700329T010000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nTZNAME:BST\n\
             RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nEND:DAYLIGHT\nBEGIN:STANDARD\n\
             DTSTART:19701025T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0000\nTZNAME:GMT\n\
             RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:STANDARD\nEND:VTIMEZONE\n"
        );
        let new_york = block(Tz::America__New_York, 2026, 2031);
        assert!(new_york.contains("DTSTART:19700308T020000\r\n"), "{new_york}");
        assert!(new_york.contains("RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\n"), "{new_york}");
    }

    #[test]
    fn a_zone_without_changes_has_one_part() {
        let istanbul = block(Tz::Europe__Istanbul, 2026, 2031);
        assert_eq!(istanbul.matches("BEGIN:STANDARD").count(), 1, "{istanbul}");
        assert!(istanbul.contains("TZOFFSETTO:+0300\r\nTZNAME:+03\r\n"), "{istanbul}");
        assert!(!istanbul.contains("RRULE"), "{istanbul}");
    }

    #[test]
    fn a_year_in_which_a_law_changed_is_told_change_by_change() {
        let istanbul = block(Tz::Europe__Istanbul, 2015, 2017);
        assert!(!istanbul.contains("RRULE"), "{istanbul}");
        assert!(istanbul.contains("DTSTART:20160327T030000\r\n"), "{istanbul}");
        assert!(!istanbul.contains("DTSTART:2017"), "{istanbul}");
        let casablanca = block(Tz::Africa__Casablanca, 2026, 2026);
        assert!(casablanca.matches("BEGIN:").count() >= 20, "{casablanca}");
    }

    #[test]
    fn the_block_of_a_zone_does_not_depend_on_the_events() {
        for zone in [Tz::Europe__London, Tz::Asia__Kolkata, Tz::Africa__Casablanca] {
            assert_eq!(block(zone, 2026, 2031), block(zone, 2023, 2034), "{zone}");
        }
    }

    #[test]
    fn zones_are_found_in_events_and_not_in_words() {
        let mut zones = Zones::default();
        zones.scan(
            "BEGIN:VEVENT\r\nDTSTART;TZID=Europe/London:20260501T180000\r\n\
             SUMMARY:DTSTART\\;TZID=Asia/Tokyo:20260501T180000\r\nDESCRIPTION:x\r\n \
             DTSTART;TZID=Asia/Seoul:20260501T180000\r\nDTSTART;TZID=Atlantis:2026\r\n\
             RECURRENCE-ID;TZID=Europe/London:20280501T180000\r\n",
        );
        let found: Vec<_> = zones.0.into_values().collect();
        assert_eq!(found, [(Tz::Europe__London, 2026, 2028)]);
    }
}
