//! Proof that what we wrote is what others will read: used by tests and by debug builds.
//!
//! [`lint`] and its kin report every finding about any calendar bytes. [`octets`], [`object`] and
//! [`event`] are for our own: the first fault is reported, and nothing is excused.

mod entry;
mod lint;
mod octets;
mod parts;

use calcard::icalendar::{
    ICalendarComponent, ICalendarComponentType, ICalendarParameterName as Name,
    ICalendarProperty as Property,
};

pub(crate) use octets::{Line, split};

pub use lint::{Finding, Rule, lint, lint_feed, lint_message, lint_versions};

use crate::event::{Event, When};
use crate::guard::ParamText;
use crate::parse;
use crate::read::Time;

/// The first thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Fault(pub String);

impl From<Finding> for Fault {
    fn from(finding: Finding) -> Self {
        Self(format!("line {}: {}", finding.line, finding.what))
    }
}

/// Looks at the bytes: CRLF and nothing else ends a line, no line has more than 75 octets, no
/// control character but TAB, no byte order mark or bidi override, no fold inside an escape.
///
/// # Errors
/// The first fault, with its line.
///
/// ```
/// use calendar::check;
///
/// assert!(check::octets("BEGIN:VEVENT\r\nEND:VEVENT\r\n").is_ok());
/// assert!(check::octets("BEGIN:VEVENT\nEND:VEVENT\n").is_err());
/// ```
pub fn octets(text: &str) -> Result<(), Fault> {
    let mut findings = Vec::new();
    let _lines = octets::unfold(text.as_bytes(), &mut findings);
    first(findings)
}

fn first(findings: Vec<Finding>) -> Result<(), Fault> {
    findings.into_iter().next().map_or(Ok(()), |finding| Err(finding.into()))
}

/// Looks at the bytes and the structure of a whole calendar of ours: what the linter knows, what
/// it begins with, the properties each of our entries has, and the people its METHOD asks for.
///
/// # Errors
/// The first fault.
pub fn object(text: &str) -> Result<(), Fault> {
    first(lint(text.as_bytes()))?;
    if !text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
        || !text.ends_with("END:VCALENDAR\r\n")
    {
        return Err(Fault("it does not begin or end like a calendar".to_owned()));
    }
    let calendar = parse::calendar(text).ok_or_else(|| Fault("it cannot be read".to_owned()))?;
    let (head, parts) = calendar.components.split_first().ok_or_else(|| Fault("empty".into()))?;
    let method = parse::words(head, &Property::Method).unwrap_or_default();
    let people = people(method)?;
    let is_known = |part: &&ICalendarComponent| {
        !matches!(
            part.component_type,
            ICalendarComponentType::VEvent
                | ICalendarComponentType::VTimezone
                | ICalendarComponentType::Standard
                | ICalendarComponentType::Daylight
                | ICalendarComponentType::VAlarm
        )
    };
    if let Some(part) = parts.iter().find(is_known) {
        return Err(Fault(format!("a {} among the entries", part.component_type.as_str())));
    }
    for event in parse::events(&calendar) {
        let uid = one_event(event)?;
        let found = (
            parse::entries(event, Property::Organizer).count(),
            parse::entries(event, Property::Attendee).count(),
        );
        if found != people {
            return Err(Fault(format!("{uid}: organizers and attendees are {found:?}")));
        }
        if method == "CANCEL" && parse::words(event, &Property::Status) != Some("CANCELLED") {
            return Err(Fault(format!("{uid}: a CANCEL without the status CANCELLED")));
        }
    }
    Ok(())
}

/// Reads a VEVENT again and compares it with the values it was written from.
///
/// # Errors
/// The first field that came back different.
pub fn event(event: &Event, vevent: &str) -> Result<(), Fault> {
    octets(vevent)?;
    let calendar = parse::calendar(vevent).ok_or_else(|| Fault("it cannot be read".to_owned()))?;
    let read = parse::events(&calendar).next().ok_or_else(|| Fault("no event".to_owned()))?;
    one_event(read)?;
    let words = |name| parse::words(read, name).unwrap_or_default();
    same("UID", words(&Property::Uid), event.uid())?;
    same("SUMMARY", words(&Property::Summary), event.summary())?;
    same("DESCRIPTION", words(&Property::Description), event.description())?;
    same("LOCATION", words(&Property::Location), event.location())?;
    same("CONTACT", words(&Property::Contact), event.contact())?;
    same("URL", words(&Property::Url), event.url().unwrap_or_default())?;
    same("STATUS", words(&Property::Status), event.status().as_str())?;
    same("RELATED-TO", words(&Property::RelatedTo), event.related_to().unwrap_or_default())?;
    same("DTSTAMP", parse::instant(read, &Property::Dtstamp), Some(event.stamp()))?;
    same("SEQUENCE", parse::number(read, &Property::Sequence), Some(event.sequence().into()))?;
    same("DTSTART", parse::time(read, &Property::Dtstart), Some(event.start().into()))?;
    same("DTEND", parse::time(read, &Property::Dtend), Some(event.end().into()))?;
    let occurrence = event.occurrence().map(Time::from);
    same("RECURRENCE-ID", parse::time(read, &Property::RecurrenceId), occurrence)?;
    same("RRULE", parse::entries(read, Property::Rrule).count(), event.rule().iter().count())?;
    same("CATEGORIES", categories(read), event.categories().collect())?;
    let (link, label) = event.conference().unwrap_or_default();
    same("CONFERENCE", words(&Property::Conference), link)?;
    let conference = read.property(&Property::Conference);
    let read_label = conference.and_then(|entry| parse::parameter(entry, &Name::Label));
    same("LABEL", read_label.unwrap_or_default(), label)
}

/// Reads the only attendee of a message again and compares address and name.
///
/// # Errors
/// What came back different.
pub fn attendee(text: &str, address: &str, name: &str) -> Result<(), Fault> {
    let calendar = parse::calendar(text).ok_or_else(|| Fault("it cannot be read".to_owned()))?;
    let event = parse::events(&calendar).next().ok_or_else(|| Fault("no event".to_owned()))?;
    let entry = event.property(&Property::Attendee);
    let entry = entry.ok_or_else(|| Fault("no attendee".to_owned()))?;
    let uri = parse::first_words(entry).unwrap_or_default();
    same("ATTENDEE", uri.strip_prefix("mailto:").unwrap_or_default(), address)?;
    let written = ParamText::clean(name);
    same("CN", parse::parameter(entry, &Name::Cn).unwrap_or_default(), written.as_str())
}

/// The people a message has (RFC 5546 §3.2): organizers and attendees of each event.
fn people(method: &str) -> Result<(usize, usize), Fault> {
    match method {
        "" => Ok((0, 0)),
        "PUBLISH" => Ok((1, 0)),
        "REQUEST" | "CANCEL" | "DECLINECOUNTER" => Ok((1, 1)),
        _ => Err(Fault(format!("we do not send {method}"))),
    }
}

/// Checks one event by itself; its identity.
fn one_event(event: &ICalendarComponent) -> Result<&str, Fault> {
    let uid = parse::words(event, &Property::Uid).unwrap_or_default();
    for name in [
        Property::Uid,
        Property::Dtstamp,
        Property::LastModified,
        Property::Sequence,
        Property::Dtstart,
        Property::Dtend,
        Property::Summary,
        Property::Status,
        Property::Transp,
        Property::Class,
    ] {
        let found = parse::entries(event, name.clone()).count();
        if found != 1 {
            return Err(Fault(format!("{uid}: {} is there {found} times", name.as_str())));
        }
    }
    Ok(uid)
}

fn categories(event: &ICalendarComponent) -> Vec<&str> {
    let lines = parse::entries(event, Property::Categories);
    lines.flat_map(|entry| &entry.values).filter_map(|value| value.as_text()).collect()
}

#[expect(clippy::needless_pass_by_value, reason = "both sides are small and made for this")]
fn same<T: PartialEq + std::fmt::Debug>(name: &str, read: T, written: T) -> Result<(), Fault> {
    if read == written {
        return Ok(());
    }
    Err(Fault(format!("{name} was read as {read:?} and written as {written:?}")))
}

impl From<When> for Time {
    fn from(when: When) -> Self {
        match when {
            When::Utc(at) => Self::Utc(at),
            When::Local { wall, zone } => Self::Local { wall, zone: Some(zone.name().to_owned()) },
            When::Date(day) => Self::Date(day),
        }
    }
}

#[cfg(test)]
mod tests;
