//! A calendar file from anywhere, as events somebody may propose.
//!
//! Files come from programs of thirty years: with byte order marks, bare line feeds, lines cut off,
//! names of zones only Windows knows, rules without end. Whatever can be kept is kept; whatever is
//! lost or left out is said, with the component, its UID and its line, so that the curator who
//! imports can look. Nothing is executed, fetched or believed: people, attachments and reminders
//! of the file are left behind. Time and memory are bounded by the limits below.

mod component;
mod lines;
mod problem;
mod rule;
mod texts;
mod times;

use std::collections::HashMap;

use chrono::NaiveDateTime;
use chrono_tz::Tz;

pub use problem::{Problem, Reason};

use crate::series::Repeats;
use component::Kept;

/// Largest file. A calendar of ten thousand events has about seven megabytes.
pub const OCTETS_MAX: usize = 8 * 1024 * 1024;

/// Most events taken from one file; nobody looks through more proposals.
pub const EVENTS_MAX: usize = 2_000;

/// Most problems told.
pub const PROBLEMS_MAX: usize = 5_000;

/// Why a file was not read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Error {
    /// More than [`OCTETS_MAX`].
    #[error("the file is larger than {OCTETS_MAX} octets")]
    TooLarge,
    /// No `BEGIN:VCALENDAR` and no `BEGIN:VEVENT`: a web page, a table, a picture.
    #[error("the file is no calendar")]
    NotACalendar,
}

/// What a file has in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// What the calendar calls itself; may be empty.
    pub name: String,
    /// In the order of the file.
    pub proposals: Vec<Proposal>,
    /// What was lost or left out, in the order of the file.
    pub problems: Vec<Problem>,
}

/// An event of a file, with values our own events may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Which component of the file, from 1.
    pub index: usize,
    /// The line its component begins on, from 1.
    pub line: usize,
    /// Its identity in the other program, to recognise it when the file is imported again.
    pub uid: Option<String>,
    /// Of a changed date of a series: when that date was meant to be, as an instant (days as their
    /// midnight). With the identity it tells the dates of one series apart.
    pub date: Option<NaiveDateTime>,
    /// Cleaned title; never empty.
    pub summary: String,
    /// Cleaned text; may be empty.
    pub description: String,
    /// Cleaned place; may be empty.
    pub location: String,
    /// Cleaned tags.
    pub categories: Vec<String>,
    /// An http or https link.
    pub url: Option<String>,
    /// What the clock shows when it begins; of whole days, midnight.
    pub start: NaiveDateTime,
    /// What the clock shows when it is over; of whole days, midnight after the last.
    pub end: NaiveDateTime,
    /// Where the clock is.
    pub zone: Tz,
    /// Whether it lasts whole days.
    pub is_all_day: bool,
    /// How it comes again, if it does so by a rule of ours.
    pub repeats: Option<Repeats>,
}

/// Reads a file. Times that say no zone are taken for times in `own`.
///
/// # Errors
/// When it is too large, or no calendar.
///
/// ```
/// let file = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1@old.example\nSUMMARY:Solar evening\n\
///     DTSTART;TZID=W. Europe Standard Time:20260501T190000\nDURATION:PT2H\nEND:VEVENT\n";
/// let import = calendar::import::file(file.as_bytes(), chrono_tz::Europe::London).expect("a file");
/// let [evening] = import.proposals.as_slice() else { panic!("one event") };
/// assert_eq!(evening.summary, "Solar evening");
/// assert_eq!((evening.zone, evening.start.to_string()),
///     (chrono_tz::Europe::Berlin, "2026-05-01 19:00:00".to_owned()));
/// // The calendar does not end; what was there is kept, and the file is said to be cut off.
/// assert_eq!(import.problems[0].reason, calendar::import::Reason::CutOff);
/// ```
pub fn file(octets: &[u8], own: Tz) -> Result<Import, Error> {
    if octets.len() > OCTETS_MAX {
        return Err(Error::TooLarge);
    }
    let mut problems = Vec::new();
    let text = lines::decoded(octets, &mut problems);
    let components = lines::components(&text, &mut problems);
    if components.is_empty() {
        return Err(Error::NotACalendar);
    }
    let head = components.iter().find(|component| component.kind == "VCALENDAR");
    let value = |name: &str| head.and_then(|head| head.first(name)).map(|line| line.value.as_str());
    let zone = value("X-WR-TIMEZONE").and_then(crate::read::zone).unwrap_or(own);
    let name = value("NAME").or(value("X-WR-CALNAME")).unwrap_or_default();
    let name = crate::guard::Text::line(&texts::unescaped(name), 120).as_str().to_owned();
    let mut kept = Vec::new();
    for component in &components {
        if let Some(found) = component::read(component, zone, &mut problems) {
            if kept.len() == EVENTS_MAX {
                problems.push(component.problem(Reason::TooMany));
                break;
            }
            kept.push(found);
        }
    }
    let kept = without_repetitions(kept, &mut problems);
    let proposals = take_out_changed_dates(kept);
    problems.sort_by_key(|problem| problem.line);
    problems.truncate(PROBLEMS_MAX);
    Ok(Import { name, proposals, problems })
}

/// Of two versions of one event the one with the larger SEQUENCE; of equal ones the later.
fn without_repetitions(kept: Vec<Kept>, problems: &mut Vec<Problem>) -> Vec<Kept> {
    let mut known: HashMap<(String, Option<NaiveDateTime>), usize> = HashMap::new();
    let mut all: Vec<Option<Kept>> = Vec::with_capacity(kept.len());
    for found in kept {
        let place = all.len();
        if let Some(uid) = &found.proposal.uid {
            let id = (uid.clone(), found.of_date.map(|(utc, _)| utc));
            let other = known.get(&id).copied().unwrap_or(place);
            let earlier = all.get_mut(other).and_then(Option::take);
            if let Some(earlier) = earlier {
                let is_newer = found.sequence >= earlier.sequence;
                let (stays, goes) = if is_newer { (found, earlier) } else { (earlier, found) };
                problems.push(goes.problem(Reason::Repeated));
                known.insert(id, place);
                all.push(Some(stays));
                continue;
            }
            known.insert(id, place);
        }
        all.push(Some(found));
    }
    all.into_iter().flatten().collect()
}

/// A date of a series that was changed is a proposal of its own, so the series leaves it out.
fn take_out_changed_dates(kept: Vec<Kept>) -> Vec<Proposal> {
    let mut changed: HashMap<String, Vec<NaiveDateTime>> = HashMap::new();
    for found in &kept {
        if let (Some(uid), Some((_, instant))) = (&found.proposal.uid, found.of_date) {
            changed.entry(uid.clone()).or_default().push(instant);
        }
    }
    let mut proposals: Vec<Proposal> = kept.into_iter().map(|found| found.proposal).collect();
    for proposal in &mut proposals {
        let dates = proposal.uid.as_ref().and_then(|uid| changed.get(uid));
        let Some(dates) = dates else { continue };
        let walls = dates.iter().map(|date| {
            if proposal.is_all_day {
                *date
            } else {
                date.and_utc().with_timezone(&proposal.zone).naive_local()
            }
        });
        if let Some(repeats) = &proposal.repeats
            && let Some(whole) = times::pattern(repeats, proposal)
        {
            let mut with = repeats.clone();
            times::leave_out(&mut with, &whole, walls.collect());
            // A series of which nothing is left stays as it was.
            if times::pattern(&with, proposal).is_some() {
                proposal.repeats = Some(with);
            }
        }
    }
    proposals
}

#[cfg(test)]
mod tests;
