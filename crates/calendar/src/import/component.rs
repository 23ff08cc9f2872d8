//! One component of a file, read as an event somebody may propose.

use calcard::icalendar::{ICalendarComponent, ICalendarProperty as Property};
use chrono::{Days, NaiveDateTime, TimeDelta};
use chrono_tz::Tz;

use super::Proposal;
use super::problem::{Problem, Reason};
use super::rule;
use crate::check::Line;
use crate::event::{
    CATEGORIES_MAX, DESCRIPTION_CHARS_MAX, LOCATION_CHARS_MAX, Moment, SUMMARY_CHARS_MAX,
    WORD_CHARS_MAX, When,
};
use crate::guard::{Text, Uri, Wall, instant};
use crate::parse;
use crate::read::{self, Time};
use crate::series::{Pattern, Repeats};

/// Longest identity kept, in characters.
const UID_CHARS_MAX: usize = 400;

/// What an event without an end lasts.
const HOUR: TimeDelta = TimeDelta::hours(1);

/// The lines between a `BEGIN` and its `END`, without those of components inside it.
#[derive(Debug)]
pub(super) struct Component {
    pub(super) kind: String,
    pub(super) line: usize,
    /// From 1; 0 for the calendar itself.
    pub(super) index: usize,
    pub(super) lines: Vec<Line>,
    pub(super) is_too_large: bool,
}

impl Component {
    pub(super) fn new(kind: String, line: usize) -> Self {
        Self { kind, line, index: 0, lines: Vec::new(), is_too_large: false }
    }

    pub(super) fn first(&self, name: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.name == name)
    }

    fn uid(&self) -> Option<String> {
        let uid = Text::line(&unescaped(&self.first("UID")?.value), UID_CHARS_MAX);
        (!uid.is_empty()).then(|| uid.as_str().to_owned())
    }

    /// Something about this component, while it is not numbered yet: by its line.
    pub(super) fn problem_at(&self, line: usize, reason: Reason) -> Problem {
        Problem { line, index: Some(self.line), uid: self.uid(), reason }
    }

    /// Something about this component.
    pub(super) fn problem(&self, reason: Reason) -> Problem {
        Problem { line: self.line, index: Some(self.index), uid: self.uid(), reason }
    }

    /// Something about one of its properties.
    fn problem_with(&self, name: &str, reason: Reason) -> Problem {
        let line = self.first(name).map_or(self.line, |line| line.number);
        Problem { line, ..self.problem(reason) }
    }

    /// The properties that are read, as the parser of answers knows them.
    fn parsed(&self) -> Option<ICalendarComponent> {
        let mut text = String::from("BEGIN:VEVENT\r\n");
        for line in self.lines.iter().filter(|line| READ.contains(&line.name.as_str())) {
            text.push_str(&line.written());
        }
        text.push_str("END:VEVENT\r\n");
        // Somebody else's parser over a stranger's bytes: if it panics, this event is bad.
        let calendar = std::panic::catch_unwind(|| parse::calendar(&text)).ok().flatten()?;
        parse::events(&calendar).next().cloned()
    }
}

/// The properties whose values are more than text.
const READ: &[&str] =
    &["DTSTART", "DTEND", "DURATION", "EXDATE", "RDATE", "RECURRENCE-ID", "SEQUENCE"];

/// A proposal, and what is needed to compare it with others.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) proposal: Proposal,
    pub(super) sequence: i64,
    /// Which date of a series: as an instant, twice because days have none.
    pub(super) of_date: Option<(NaiveDateTime, NaiveDateTime)>,
}

impl Kept {
    pub(super) fn problem(&self, reason: Reason) -> Problem {
        let Proposal { line, index, uid, .. } = &self.proposal;
        Problem { line: *line, index: Some(*index), uid: uid.clone(), reason }
    }
}

/// Reads a component; what is lost, and why it is left out, goes to the problems.
pub(super) fn read(part: &Component, zone: Tz, problems: &mut Vec<Problem>) -> Option<Kept> {
    if part.kind == "VCALENDAR" {
        return None;
    }
    let found = event(part, zone, problems);
    found.map_err(|reason| problems.push(part.problem(reason))).ok()
}

fn event(part: &Component, own: Tz, problems: &mut Vec<Problem>) -> Result<Kept, Reason> {
    if part.kind != "VEVENT" {
        return Err(Reason::NotAnEvent(part.kind.clone()));
    }
    if part.is_too_large {
        return Err(Reason::TooLarge);
    }
    if part.first("STATUS").is_some_and(|line| line.value.eq_ignore_ascii_case("CANCELLED")) {
        return Err(Reason::Cancelled);
    }
    let parsed = part.parsed().ok_or(Reason::NoStart)?;
    let summary = text(part, "SUMMARY", SUMMARY_CHARS_MAX, problems);
    let start = parse::time(&parsed, &Property::Dtstart).ok_or(Reason::NoStart)?;
    let (clock, zone, is_all_day) = place(part, &start, own, problems);
    if Wall::new(clock, zone).is_err() {
        return Err(Reason::YearOutOfRange);
    }
    if summary.is_empty() {
        return Err(Reason::NoTitle);
    }
    let end = end(part, &parsed, (clock, zone, is_all_day), problems);
    let of_date = parse::time(&parsed, &Property::RecurrenceId).map(|id| {
        let at = wall_in(&id, Tz::UTC, zone);
        (at, at)
    });
    let mut proposal = Proposal {
        index: part.index,
        line: part.line,
        uid: part.uid(),
        summary,
        description: text(part, "DESCRIPTION", DESCRIPTION_CHARS_MAX, problems),
        location: text(part, "LOCATION", LOCATION_CHARS_MAX, problems),
        categories: categories(part),
        url: url(part, problems),
        start: clock,
        end,
        zone,
        is_all_day,
        repeats: None,
    };
    if of_date.is_some() {
        problems.push(part.problem_with("RECURRENCE-ID", Reason::ChangedDate));
    } else {
        proposal.repeats = repeats(part, &parsed, &proposal, problems);
    }
    for (name, reason) in [("ATTENDEE", Reason::PeopleLeft), ("ATTACH", Reason::AttachmentsLeft)] {
        if part.first(name).is_some() {
            problems.push(part.problem_with(name, reason));
        }
    }
    let sequence = parse::number(&parsed, &Property::Sequence).unwrap_or_default();
    Ok(Kept { proposal, sequence, of_date })
}

/// Where and when by the clock: an instant is told in the calendar's zone.
fn place(
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

fn end(
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
fn wall_in(time: &Time, zone: Tz, own: Tz) -> NaiveDateTime {
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

fn repeats(
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

fn text(
    part: &Component,
    name: &'static str,
    chars_max: usize,
    problems: &mut Vec<Problem>,
) -> String {
    let Some(line) = part.first(name) else { return String::new() };
    let raw = unescaped(&line.value);
    let is_one_line = name != "DESCRIPTION";
    let clean = |max| if is_one_line { Text::line(&raw, max) } else { Text::clean(&raw, max) };
    if clean(chars_max + 1).as_str().chars().count() > chars_max {
        problems.push(part.problem_with(name, Reason::Cut(name)));
    }
    clean(chars_max).as_str().to_owned()
}

fn categories(part: &Component) -> Vec<String> {
    let lines = part.lines.iter().filter(|line| line.name == "CATEGORIES");
    let mut words: Vec<String> = Vec::new();
    for raw in lines.flat_map(|line| listed(&line.value)) {
        let word = Text::word(&unescaped(raw), WORD_CHARS_MAX).as_str().to_owned();
        if words.len() < CATEGORIES_MAX && !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

fn url(part: &Component, problems: &mut Vec<Problem>) -> Option<String> {
    let line = part.first("URL").filter(|line| !line.value.trim().is_empty())?;
    match Uri::parse(&line.value) {
        Ok(link) if !link.as_str().starts_with("mailto:") => Some(link.as_str().to_owned()),
        Ok(_) | Err(_) => {
            problems.push(part.problem_with("URL", Reason::BadValue("URL")));
            None
        }
    }
}

/// The parts of a list: commas that no backslash stands before.
fn listed(value: &str) -> impl Iterator<Item = &str> {
    let mut is_escaped = false;
    value.split(move |c| {
        let is_end = c == ',' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    })
}

/// TEXT without its escapes (RFC 5545 §3.3.11); a backslash before anything else stays.
pub(super) fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match rest.next() {
            Some('n' | 'N') => text.push('\n'),
            Some(c @ ('\\' | ',' | ';' | ':' | '"')) => text.push(c),
            Some(other) => text.extend(['\\', other]),
            None => text.push('\\'),
        }
    }
    text
}
