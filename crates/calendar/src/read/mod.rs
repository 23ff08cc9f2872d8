//! Answers that came by mail, as plain values.
//!
//! Calendar programs write strange things, and strangers write worse, so reading is lenient in
//! form and strict in size: it never fails because of one bad line, and never works on more than
//! the limits. [`object`] reads, [`answers`] says what is asked of us. Neither decides: whether an
//! answer is believed or a stranger's is for the caller ([`crate::order()`] tells whether it is
//! stale), who must treat every value here as words of an unknown person.

mod answer;
mod entry;

use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty as Property};

pub use answer::{Answer, Asked, Unanswerable, answers};
pub use entry::{COMMENT_CHARS_MAX, InboundAttendee, InboundEvent, Time, zone};

use crate::parse;

/// Largest object that is read. A reply has one or two kilobytes.
pub const OCTETS_MAX: usize = 256 * 1024;

/// Most content lines that are read, `BEGIN` and `END` included.
pub const LINES_MAX: usize = 2_000;

/// Most components one inside the other: a calendar, an event, its reminder, and some.
pub const DEPTH_MAX: usize = 8;

/// Most events of one object: an answer to each date of a series.
pub const EVENTS_MAX: usize = 600;

/// Why an object was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Error {
    /// More than [`OCTETS_MAX`].
    #[error("the calendar object is larger than {OCTETS_MAX} octets")]
    TooLarge,
    /// More than [`LINES_MAX`].
    #[error("the calendar object has more than {LINES_MAX} lines")]
    TooManyLines,
    /// More than [`DEPTH_MAX`].
    #[error("the calendar object has more than {DEPTH_MAX} components inside each other")]
    TooDeep,
    /// More than [`EVENTS_MAX`].
    #[error("the calendar object has more than {EVENTS_MAX} events")]
    TooManyEvents,
    /// Another kind of text, or none at all.
    #[error("there is no calendar object")]
    NoCalendar,
    /// No event with an identity in it.
    #[error("there is no event in the calendar object")]
    NoEvent,
}

/// What is strange about an object that was read all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Oddity {
    /// Octets that are no UTF-8; each is U+FFFD now.
    NotUtf8,
    /// NUL characters; they are gone.
    Nul,
    /// A CR that ends no line.
    BareCr,
    /// Not a calendar with VERSION, METHOD and `END`: written by hand, or cut off.
    Ragged,
}

/// What the sender wants to happen (RFC 5546 §1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// An event to look at.
    Publish,
    /// An invitation.
    Request,
    /// An answer.
    Reply,
    /// More dates of a series.
    Add,
    /// A cancellation.
    Cancel,
    /// Asks for the current version.
    Refresh,
    /// Proposes another time.
    Counter,
    /// Declines such a proposal.
    DeclineCounter,
}

/// A calendar object that came from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbound {
    /// `None` when absent or unknown.
    pub method: Option<Method>,
    /// At least one; more than one for answers about single dates of a series.
    pub events: Vec<InboundEvent>,
    /// What was strange, for the log that a curator sees.
    pub oddities: Vec<Oddity>,
}

/// Reads one calendar object.
///
/// # Errors
/// When it exceeds the limits or has no event in it.
///
/// ```
/// use calendar::{Partstat, read};
///
/// let reply = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:event_1@hub.example\r\n\
///     SEQUENCE:2\r\nDTSTAMP:20260402T080000Z\r\n\
///     ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:Ada@Example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
/// let object = read::object(reply.as_bytes()).expect("a reply");
/// assert_eq!(object.method, Some(read::Method::Reply));
/// let [event] = object.events.as_slice() else { panic!("one event") };
/// assert_eq!((event.uid.as_str(), event.sequence), ("event_1@hub.example", Some(2)));
/// let [ada] = event.attendees.as_slice() else { panic!("one attendee") };
/// assert_eq!((ada.address.as_str(), ada.partstat), ("ada@example.org", Partstat::Accepted));
/// ```
pub fn object(octets: &[u8]) -> Result<Inbound, Error> {
    if octets.len() > OCTETS_MAX {
        return Err(Error::TooLarge);
    }
    measure(octets)?;
    let mut oddities = oddities(octets);
    let text = String::from_utf8_lossy(octets);
    let text = text.replace('\0', "");
    // Somebody else's parser over a stranger's bytes: if it ever panics, this one object is bad.
    let parsed = std::panic::catch_unwind(|| parse::calendar(&text));
    let calendar = parsed.ok().flatten().ok_or(Error::NoCalendar)?;
    let events: Vec<InboundEvent> =
        parse::events(&calendar).filter_map(entry::event).take(EVENTS_MAX + 1).collect();
    match events.len() {
        0 => return Err(Error::NoEvent),
        1..=EVENTS_MAX => {}
        _ => return Err(Error::TooManyEvents),
    }
    let method = method(&calendar);
    if method.is_none() || !text.trim_end().ends_with("END:VCALENDAR") {
        oddities.push(Oddity::Ragged);
    }
    Ok(Inbound { method, events, oddities })
}

/// Counts before parsing, which costs more: content lines, and how deep components are.
fn measure(octets: &[u8]) -> Result<(), Error> {
    let (mut lines, mut depth) = (0_usize, 0_usize);
    for line in octets.split(|octet| matches!(octet, b'\n' | b'\r')) {
        // A fold is no line, and nothing between CR and LF is none either.
        if line.is_empty() || matches!(line.first(), Some(b' ' | b'\t')) {
            continue;
        }
        lines += 1;
        let begins = |word: &[u8]| {
            line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        if begins(b"BEGIN:") {
            depth += 1;
        } else if begins(b"END:") {
            depth = depth.saturating_sub(1);
        }
        if depth > DEPTH_MAX {
            return Err(Error::TooDeep);
        }
        if lines > LINES_MAX {
            return Err(Error::TooManyLines);
        }
    }
    Ok(())
}

fn oddities(octets: &[u8]) -> Vec<Oddity> {
    let bare_cr = |pair: &[u8]| matches!(pair, [b'\r', next] if *next != b'\n');
    [
        (std::str::from_utf8(octets).is_err(), Oddity::NotUtf8),
        (octets.contains(&0), Oddity::Nul),
        (octets.windows(2).any(bare_cr), Oddity::BareCr),
    ]
    .into_iter()
    .filter_map(|(is_there, oddity)| is_there.then_some(oddity))
    .collect()
}

fn method(calendar: &ICalendar) -> Option<Method> {
    let first = calendar.components.first()?;
    if first.component_type != ICalendarComponentType::VCalendar {
        return None;
    }
    let word = parse::words(first, &Property::Method)?;
    Some(match word.to_ascii_uppercase().as_str() {
        "PUBLISH" => Method::Publish,
        "REQUEST" => Method::Request,
        "REPLY" => Method::Reply,
        "ADD" => Method::Add,
        "CANCEL" => Method::Cancel,
        "REFRESH" => Method::Refresh,
        "COUNTER" => Method::Counter,
        "DECLINECOUNTER" => Method::DeclineCounter,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
