//! One component of a file, read as an event somebody may propose.

use calcard::icalendar::{ICalendarComponent, ICalendarProperty as Property};
use chrono::NaiveDateTime;
use chrono_tz::Tz;

use super::Proposal;
use super::problem::{Problem, Reason};
use super::texts::{categories, text, unescaped, url};
use super::times::{end, place, repeats, wall_in};
use crate::check::Line;
use crate::event::{DESCRIPTION_CHARS_MAX, LOCATION_CHARS_MAX, SUMMARY_CHARS_MAX};
use crate::guard::{Text, Wall};
use crate::parse;

/// Longest identity kept, in characters.
const UID_CHARS_MAX: usize = 400;

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
    pub(super) fn problem_with(&self, name: &str, reason: Reason) -> Problem {
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
        date: of_date.map(|(date, _)| date),
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
