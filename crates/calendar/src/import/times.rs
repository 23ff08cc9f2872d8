//! When an event of a file begins and ends, and how it comes again.

use calcard::icalendar::{ICalendarComponent, ICalendarProperty as Property};
use chrono::{Days, NaiveDateTime, TimeDelta};
use chrono_tz::Tz;

use super::component::Component;
use super::problem::{Problem, Reason};
use super::{Proposal, rule};
use crate::event::{Moment, WORD_CHARS_MAX, When};
use crate::guard::{Text, Wall, instant};
use crate::parse;
use crate::read::{self, Time};
use crate::series::{Pattern, Repeats};

/// What an event without an end lasts.
const HOUR: TimeDelta = TimeDelta::hours(1);

/// Where and when by the clock: an instant is told in the calendar's zone.
pub(super) fn place(
    part: &Component,
    start: &Time,
    own: Tz,
    problems: &mut Vec<Problem>,
) -> (NaiveDateTime, Tz, bool) {
    match start {
        Time::Date(day) => ((*day).into(), own, true),
        Time::Utc(at) => (at.with_timezone(&own).naive_local(), own, false),
        Time::Local { wall, zone: None } => {
            problems.push(part.problem_with("DTSTART", Reason::Floating));
            (*wall, own, false)
        }
        Time::Local { wall, zone: Some(name) } => {
            if let Some(zone) = read::zone(name) {
                return (*wall, zone, false);
            }
            let name = Text::line(name, WORD_CHARS_MAX).as_str().to_owned();
            problems.push(part.problem_with("DTSTART", Reason::UnknownZone(name)));
            (*wall, own, false)
        }
    }
}

/// When it is over; without a word about it after an hour, or a day.
pub(super) fn end(
    part: &Component,
    parsed: &ICalendarComponent,
    (start, zone, is_all_day): (NaiveDateTime, Tz, bool),
    problems: &mut Vec<Problem>,
) -> NaiveDateTime {
    let least = || {
        let day = start.checked_add_days(Days::new(1));
        let end = if is_all_day { day } else { start.checked_add_signed(HOUR) };
        end.unwrap_or(start)
    };
    let said = parse::time(parsed, &Property::Dtend).map(|end| match end {
        Time::Date(day) => day.into(),
        _ if is_all_day => wall_in(&end, zone, zone).date().into(),
        _ => wall_in(&end, zone, zone),
    });
    let length = parse::length(parsed).and_then(|length| start.checked_add_signed(length));
    match said.or(length) {
        // RFC 5545 §3.6.1: a day without an end is one day.
        None if is_all_day => least(),
        None => {
            problems.push(part.problem(Reason::NoEnd));
            least()
        }
        Some(end) if end <= start || Wall::new(end, zone).is_err() => {
            problems.push(part.problem_with("DTEND", Reason::EndNotAfterStart));
            least()
        }
        Some(end) => end,
    }
}

/// What the clock of `zone` shows then; a time whose zone nobody knows is taken for one in `own`.
pub(super) fn wall_in(time: &Time, zone: Tz, own: Tz) -> NaiveDateTime {
    let local = |wall: NaiveDateTime, of: Tz| {
        if of == zone { wall } else { instant(wall, of).with_timezone(&zone).naive_local() }
    };
    match time {
        Time::Utc(at) => at.with_timezone(&zone).naive_local(),
        Time::Date(day) => (*day).into(),
        Time::Local { wall, zone: name } => {
            local(*wall, name.as_deref().and_then(read::zone).unwrap_or(own))
        }
    }
}

/// The rule with its single dates, if it is one of ours.
pub(super) fn repeats(
    part: &Component,
    parsed: &ICalendarComponent,
    proposal: &Proposal,
    problems: &mut Vec<Problem>,
) -> Option<Repeats> {
    let line = part.first("RRULE");
    let extra = dates(parsed, &Property::Rdate, proposal);
    let Some(line) = line else {
        if part.first("RDATE").is_some() {
            problems.push(part.problem_with("RDATE", Reason::DatesNotKept));
        }
        return None;
    };
    let rule = rule::ours(&line.value, proposal.start, proposal.zone);
    let whole = rule.map(Repeats::new).and_then(|repeats| {
        let pattern = pattern(&repeats, proposal).ok_or_else(|| rule::not_kept(&line.value))?;
        Ok((repeats, pattern))
    });
    let (mut repeats, first) = match whole {
        Ok(whole) => whole,
        Err(reason) => {
            problems.push(part.problem_with("RRULE", reason));
            return None;
        }
    };
    let except = dates(parsed, &Property::Exdate, proposal);
    let mut is_whole = except.is_some() && extra.is_some();
    let (except, extra) = (except.unwrap_or_default(), extra.unwrap_or_default());
    if !except.is_empty() || !extra.is_empty() {
        leave_out(&mut repeats, &first, except);
        let known = first.clocks();
        // A date the series has anyway is no loss.
        let is_new = |clock: &NaiveDateTime| known.binary_search(clock).is_err();
        repeats.extra = extra.into_iter().filter(is_new).collect();
        if pattern(&repeats, proposal).is_none() {
            is_whole = false;
            repeats = Repeats::new(repeats.rule);
        }
    }
    if !is_whole {
        problems.push(part.problem_with("RRULE", Reason::DatesNotKept));
    }
    Some(repeats)
}

/// Takes dates out of a series; those it does not have are no loss.
pub(super) fn leave_out(repeats: &mut Repeats, whole: &Pattern, clocks: Vec<NaiveDateTime>) {
    let known = whole.clocks();
    repeats.except.extend(clocks.into_iter().filter(|clock| known.binary_search(clock).is_ok()));
    repeats.except.sort_unstable();
    repeats.except.dedup();
}

/// The dates, if they make a series of ours.
pub(super) fn pattern(repeats: &Repeats, proposal: &Proposal) -> Option<Pattern> {
    let Proposal { start, zone, .. } = *proposal;
    let days = When::Date(start.date());
    let when = if proposal.is_all_day { days } else { When::Local { wall: start, zone } };
    Pattern::new(repeats, Moment::new(when).ok()?).ok()
}

/// Single dates by the clock of the series; `None` when one of them cannot be read.
fn dates(
    parsed: &ICalendarComponent,
    name: &Property,
    proposal: &Proposal,
) -> Option<Vec<NaiveDateTime>> {
    let entries = parse::entries(parsed, name.clone());
    let times = entries.flat_map(parse::times);
    times
        .map(|time| {
            let time = time?;
            let clock = wall_in(&time, proposal.zone, proposal.zone);
            Some(if proposal.is_all_day { clock.date().into() } else { clock })
        })
        .take(crate::series::DATES_MAX)
        .collect()
}
