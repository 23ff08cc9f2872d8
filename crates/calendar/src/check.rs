//! Proof that what we wrote is what others will read: used by tests and by debug builds.
//!
//! [`octets`] looks at bytes (RFC 5545 §3.1), [`object`] at structure (RFC 5546 §3.2), [`event`]
//! reads a VEVENT again and compares each field. It refuses to be lenient: these are our own
//! bytes, and the first fault is reported.

use calcard::icalendar::{
    ICalendarComponent, ICalendarComponentType, ICalendarParameterName as Name,
    ICalendarProperty as Property,
};

use crate::event::{Event, When};
use crate::guard::ParamText;
use crate::parse;
use crate::read::Time;

/// RFC 5545 §3.1: octets of a line without its break.
const LINE_OCTETS_MAX: usize = 75;

/// The first thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Fault(pub String);

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
    let Some(body) = text.strip_suffix("\r\n") else {
        return Err(Fault("the last line has no CRLF".to_owned()));
    };
    let mut inside_escape = false;
    for (index, line) in body.split("\r\n").enumerate() {
        let fault = |what: &str| Err(Fault(format!("line {}: {what}: {line:?}", index + 1)));
        let continued = line.starts_with([' ', '\t']);
        if line.is_empty() || (continued && (index == 0 || line.len() == 1)) {
            return fault("nothing in it");
        }
        if line.len() > LINE_OCTETS_MAX {
            return fault("more than 75 octets");
        }
        if line.chars().any(|c| c != '\t' && c.is_control()) {
            return fault("a control character");
        }
        if line.contains(|c| c == '\u{FEFF}' || crate::guard::is_bidi_override(c)) {
            return fault("a character that changes what stands around it");
        }
        if continued && inside_escape {
            return fault("the fold before it cuts an escape");
        }
        inside_escape = line.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
    }
    Ok(())
}

/// Looks at the bytes and the structure of a whole calendar: what it begins with, the properties
/// each event needs exactly once, the end after the start, identities that differ, and the people
/// its METHOD asks for.
///
/// # Errors
/// The first fault.
pub fn object(text: &str) -> Result<(), Fault> {
    octets(text)?;
    if !text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
        || !text.ends_with("END:VCALENDAR\r\n")
    {
        return Err(Fault("it does not begin or end like a calendar".to_owned()));
    }
    if count(text, "BEGIN:VEVENT") != count(text, "END:VEVENT") {
        return Err(Fault("an event does not end".to_owned()));
    }
    let calendar = parse::calendar(text).ok_or_else(|| Fault("it cannot be read".to_owned()))?;
    let (head, events) = calendar.components.split_first().ok_or_else(|| Fault("empty".into()))?;
    if head.component_ids.len() != events.len() {
        return Err(Fault("a component stands in another".to_owned()));
    }
    let method = parse::words(head, &Property::Method).unwrap_or_default();
    let people = people(method)?;
    let mut uids = std::collections::BTreeSet::new();
    for event in events {
        let uid = one_event(event)?;
        if !uids.insert(uid) {
            return Err(Fault(format!("{uid} is there twice")));
        }
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
    if !method.is_empty() && uids.len() != 1 {
        return Err(Fault("a message is about one event".to_owned()));
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
        "REQUEST" | "CANCEL" => Ok((1, 1)),
        _ => Err(Fault(format!("we do not send {method}"))),
    }
}

/// Checks one event by itself; its identity.
fn one_event(event: &ICalendarComponent) -> Result<&str, Fault> {
    if event.component_type != ICalendarComponentType::VEvent {
        return Err(Fault(format!("a {} among the events", event.component_type.as_str())));
    }
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
    let start = parse::time(event, &Property::Dtstart);
    let ordered = match (&start, parse::time(event, &Property::Dtend)) {
        (Some(Time::Utc(start)), Some(Time::Utc(end))) => end > *start,
        (Some(Time::Date(start)), Some(Time::Date(end))) => end > *start,
        _ => false,
    };
    if ordered { Ok(uid) } else { Err(Fault(format!("{uid}: DTEND is not after DTSTART"))) }
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

fn count(text: &str, whole_line: &str) -> usize {
    text.lines().filter(|line| *line == whole_line).count()
}

impl From<When> for Time {
    fn from(when: When) -> Self {
        match when {
            When::Utc(at) => Self::Utc(at),
            When::Date(day) => Self::Date(day),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_linter_sees_each_fault() {
        let fault = |text: &str| octets(text).expect_err("a fault").0;
        assert!(fault("A:1").contains("no CRLF"));
        assert!(fault("A:1\nB:2\r\n").contains("control"));
        assert!(fault("A:1\rB:2\r\n").contains("control"));
        assert!(fault("A:\u{0}\r\n").contains("control"));
        assert!(fault("A:\u{85}\r\n").contains("control"));
        assert!(fault("A:\u{202E}\r\n").contains("changes"));
        assert!(fault("\u{FEFF}A:1\r\n").contains("changes"));
        assert!(fault("A:1\r\n\r\nB:2\r\n").contains("nothing"));
        assert!(fault(" A:1\r\n").contains("nothing"));
        assert!(fault("A:1\r\n \r\n").contains("nothing"));
        assert!(fault(&format!("{}\r\n", "x".repeat(76))).contains("75"));
        assert!(fault(&format!("{}\r\n", "é".repeat(38))).contains("75"));
        assert!(fault("A:1\\\r\n n\r\n").contains("escape"));
        assert_eq!(octets("A:1\\\\\r\n n\ttab\r\n"), Ok(()));
        assert_eq!(octets(&format!("{}\r\n", "x".repeat(75))), Ok(()));
    }

    #[test]
    fn the_structure_is_checked() {
        let vevent = |end: &str, more: &str| {
            format!(
                "BEGIN:VEVENT\r\nUID:a@b\r\nDTSTAMP:20260101T000000Z\r\n\
                 LAST-MODIFIED:20260101T000000Z\r\nSEQUENCE:0\r\nDTSTART:20260501T170000Z\r\n\
                 DTEND:{end}\r\nSUMMARY:x\r\nSTATUS:CONFIRMED\r\nTRANSP:OPAQUE\r\nCLASS:PUBLIC\r\n\
                 {more}END:VEVENT\r\n"
            )
        };
        let calendar = |head: &str, body: &str| {
            let begin = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n";
            object(&format!("{begin}{head}{body}END:VCALENDAR\r\n"))
                .map_err(|fault| fault.0)
                .err()
                .unwrap_or_default()
        };
        let good = vevent("20260501T190000Z", "");
        assert_eq!(calendar("", &good), "");
        assert_eq!(calendar("", ""), "");
        assert!(calendar("", &good.repeat(2)).contains("twice"));
        assert!(calendar("", &vevent("20260501T170000Z", "")).contains("not after"));
        assert!(calendar("", &vevent("20260502", "")).contains("not after"));
        assert!(calendar("", &good.replace("END:VEVENT\r\n", "")).contains("does not end"));
        assert!(calendar("", &good.replace("SEQUENCE:0\r\n", "")).contains("SEQUENCE"));
        assert!(calendar("", &vevent("20260501T190000Z", "SUMMARY:y\r\n")).contains("2 times"));
        let person = "ORGANIZER:mailto:a@b\r\n";
        assert!(calendar("", &vevent("20260501T190000Z", person)).contains("attendees"));
        assert!(calendar("METHOD:REQUEST\r\n", &good).contains("attendees"));
        assert!(calendar("METHOD:REPLY\r\n", &good).contains("do not send"));
        assert!(calendar("METHOD:PUBLISH\r\n", "").contains("one event"));
        let both = format!("{person}ATTENDEE:mailto:c@d\r\n");
        let asked = vevent("20260501T190000Z", &both);
        assert_eq!(calendar("METHOD:REQUEST\r\n", &asked), "");
        assert!(calendar("METHOD:CANCEL\r\n", &asked).contains("CANCELLED"));
        assert!(object("BEGIN:VEVENT\r\nEND:VEVENT\r\n").is_err());
    }
}
