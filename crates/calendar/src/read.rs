//! Answers that came by mail, as plain values.
//!
//! Calendar programs write strange things, and strangers write worse, so reading is lenient in
//! form and strict in size: it never fails because of one bad line, and never works on more than
//! the limits. It decides nothing: whether an answer is believed, stale or a stranger's is for
//! the caller, who must treat every value here as words of an unknown person.

use chrono::{DateTime, NaiveDate, NaiveDateTime};

use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry,
    ICalendarParameterName as Name, ICalendarProperty as Property,
};

use crate::guard::{MailAddr, Text};
use crate::invite::Partstat;
use crate::parse;

/// Largest object that is read. A reply has one or two kilobytes.
pub const OCTETS_MAX: usize = 256 * 1024;

/// Most content lines that are read, `BEGIN` and `END` included.
pub const LINES_MAX: usize = 2_000;

/// Longest comment kept, in characters.
pub const COMMENT_CHARS_MAX: usize = 1_000;

/// Longest identity, address or name kept, in characters.
const WORD_CHARS_MAX: usize = 320;

/// Why an object was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// More than [`OCTETS_MAX`].
    #[error("the calendar object is larger than {OCTETS_MAX} octets")]
    TooLarge,
    /// More than [`LINES_MAX`].
    #[error("the calendar object has more than {LINES_MAX} lines")]
    TooManyLines,
    /// No event with an identity in it.
    #[error("there is no event in the calendar object")]
    NoEvent,
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
}

/// What an object says about one event, or about one date of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboundEvent {
    /// As sent, cleaned.
    pub uid: String,
    /// `None` when absent: treat as the current one.
    pub sequence: Option<u32>,
    /// When the sender's program wrote this; its clock may be wrong.
    pub stamp: Option<DateTime<chrono::Utc>>,
    /// Which date of a series; `None` for all of it.
    pub recurrence: Option<Time>,
    /// Beginning, which a counter proposes anew.
    pub start: Option<Time>,
    /// End, which a counter proposes anew.
    pub end: Option<Time>,
    /// Whom the answer is for, in the form addresses are compared in.
    pub organizer: Option<String>,
    /// Who answers: exactly one in a correct reply.
    pub attendees: Vec<InboundAttendee>,
    /// Plain text of a stranger.
    pub comment: Option<String>,
}

/// One person of an inbound object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboundAttendee {
    /// In the form addresses are compared in ([`MailAddr::key`]); if it is no address we can
    /// write, as sent in lower case, which equals no invitation's.
    pub address: String,
    /// The answer. Absent and unknown words count as none (RFC 5545 §3.2.12).
    pub partstat: Partstat,
    /// Whether somebody else is sent instead.
    pub delegated: bool,
    /// Who answered on this person's behalf.
    pub sent_by: Option<String>,
}

/// A day or time as others write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Time {
    /// An instant.
    Utc(DateTime<chrono::Utc>),
    /// A whole day.
    Date(NaiveDate),
    /// A time on somebody's wall.
    Local {
        /// What the clock shows.
        wall: NaiveDateTime,
        /// TZID as sent: an IANA name, a Windows name or anything else.
        zone: Option<String>,
    },
}

/// The zone somebody else's TZID means: an IANA name, a Windows name, a name with a registry
/// before it, or a name of Exchange's. VTIMEZONE is not looked at, as CalConnect recommends
/// (CC/R 0602): the name is right more often than the block.
pub fn zone(tzid: &str) -> Option<chrono_tz::Tz> {
    match tzid.parse::<calcard::common::timezone::Tz>() {
        Ok(calcard::common::timezone::Tz::Tz(zone)) => Some(zone),
        Ok(_) | Err(()) => None,
    }
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
    if lines(octets) > LINES_MAX {
        return Err(Error::TooManyLines);
    }
    let text = String::from_utf8_lossy(octets);
    // Somebody else's parser over a stranger's bytes: if it ever panics, this one object is bad.
    let parsed = std::panic::catch_unwind(|| parse::calendar(&text));
    let calendar = parsed.ok().flatten().ok_or(Error::NoEvent)?;
    let events: Vec<InboundEvent> = parse::events(&calendar).filter_map(event).collect();
    if events.is_empty() {
        return Err(Error::NoEvent);
    }
    Ok(Inbound { method: method(&calendar), events })
}

/// Content lines: breaks that no blank follows. Counted before parsing, which costs more.
fn lines(octets: &[u8]) -> usize {
    let mut after = octets.iter().skip(1);
    octets
        .iter()
        .filter(|octet| {
            let next = after.next();
            **octet == b'\n' && !matches!(next, Some(b' ' | b'\t'))
        })
        .count()
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

fn event(component: &ICalendarComponent) -> Option<InboundEvent> {
    let uid = Text::line(parse::words(component, &Property::Uid)?, WORD_CHARS_MAX);
    if uid.is_empty() {
        return None;
    }
    let number = parse::number(component, &Property::Sequence);
    let organizer = component.property(&Property::Organizer);
    Some(InboundEvent {
        uid: uid.as_str().to_owned(),
        sequence: number.and_then(|number| u32::try_from(number).ok()),
        stamp: parse::instant(component, &Property::Dtstamp),
        recurrence: parse::time(component, &Property::RecurrenceId),
        start: parse::time(component, &Property::Dtstart),
        end: parse::time(component, &Property::Dtend),
        organizer: organizer.and_then(address),
        attendees: parse::entries(component, Property::Attendee).filter_map(attendee).collect(),
        comment: comment(component),
    })
}

fn attendee(entry: &ICalendarEntry) -> Option<InboundAttendee> {
    let word = parse::parameter(entry, &Name::Partstat).unwrap_or_default();
    Some(InboundAttendee {
        address: address(entry)?,
        partstat: match word.to_ascii_uppercase().as_str() {
            "ACCEPTED" => Partstat::Accepted,
            "TENTATIVE" => Partstat::Tentative,
            "DECLINED" => Partstat::Declined,
            _ => Partstat::NeedsAction,
        },
        delegated: word.eq_ignore_ascii_case("DELEGATED")
            || entry.has_parameter(&Name::DelegatedTo),
        sent_by: parse::parameter(entry, &Name::SentBy).and_then(comparable),
    })
}

/// The address of an ATTENDEE or ORGANIZER. When the value is not a mail address (Apple writes
/// `urn:uuid:`) the EMAIL parameter may be one (RFC 7986 §6.2).
fn address(entry: &ICalendarEntry) -> Option<String> {
    let value = parse::first_words(entry).unwrap_or_default();
    let email = parse::parameter(entry, &Name::Email).unwrap_or_default();
    let parsed = MailAddr::parse_uri(value).or_else(|_refusal| MailAddr::parse_uri(email));
    parsed.ok().map(|address| address.key()).or_else(|| comparable(value))
}

fn comparable(raw: &str) -> Option<String> {
    if let Ok(address) = MailAddr::parse_uri(raw) {
        return Some(address.key());
    }
    let text = Text::line(raw, WORD_CHARS_MAX);
    (!text.is_empty()).then(|| text.as_str().to_lowercase())
}

fn comment(component: &ICalendarComponent) -> Option<String> {
    let all: Vec<&str> =
        parse::entries(component, Property::Comment).filter_map(parse::first_words).collect();
    let text = Text::clean(&all.join("\n"), COMMENT_CHARS_MAX);
    (!text.is_empty()).then(|| text.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn reply(lines: &str) -> String {
        format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n\
             UID:event_1@hub.example\r\n{lines}END:VEVENT\r\nEND:VCALENDAR\r\n"
        )
    }

    fn one(text: &str) -> InboundEvent {
        let mut events = object(text.as_bytes()).expect("an object").events;
        assert_eq!(events.len(), 1);
        events.remove(0)
    }

    #[test]
    fn googles_reply_is_read() {
        let text = reply(
            "DTSTART:20260501T170000Z\r\nDTEND:20260501T190000Z\r\nDTSTAMP:20260402T080000Z\r\n\
             ORGANIZER;CN=Hub:mailto:rsvp+9f2c@hub.example\r\nATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-\
             PARTICIPANT;PARTSTAT=DECLINED;CN=Ada;X-NUM-\r\n GUESTS=0:mailto:ada@example.org\r\n\
             COMMENT:Sorry\\, I am\\naway\r\nSEQUENCE:3\r\nSTATUS:CONFIRMED\r\n",
        );
        let event = one(&text);
        assert_eq!(event.sequence, Some(3));
        assert_eq!(event.stamp, "2026-04-02T08:00:00Z".parse().ok());
        assert_eq!(event.organizer.as_deref(), Some("rsvp+9f2c@hub.example"));
        assert_eq!(event.comment.as_deref(), Some("Sorry, I am\naway"));
        assert_eq!(event.recurrence, None);
        let ada = InboundAttendee {
            address: "ada@example.org".into(),
            partstat: Partstat::Declined,
            delegated: false,
            sent_by: None,
        };
        assert_eq!(event.attendees, [ada]);
    }

    #[test]
    fn exchanges_zones_and_shouting_are_read() {
        let text = reply(
            "RECURRENCE-ID;TZID=W. Europe Standard Time:20260501T190000\r\n\
             DTSTART;VALUE=DATE:20260501\r\nDTEND:20260501T19\r\n\
             ATTENDEE;PARTSTAT=TENTATIVE;SENT-BY=\"MAILTO:Bob@Example.org\":MAILTO:ADA@EXAMPLE.ORG\
             \r\n",
        );
        let event = one(&text);
        let wall = NaiveDate::from_ymd_opt(2026, 5, 1).and_then(|day| day.and_hms_opt(19, 0, 0));
        let zone = Some("W. Europe Standard Time".to_owned());
        assert_eq!(event.recurrence, wall.map(|wall| Time::Local { wall, zone }));
        assert_eq!(event.start, NaiveDate::from_ymd_opt(2026, 5, 1).map(Time::Date));
        assert_eq!((event.sequence, event.stamp), (None, None));
        let ada = event.attendees.first().expect("an attendee");
        assert_eq!(ada.address, "ada@example.org");
        assert_eq!(ada.sent_by.as_deref(), Some("bob@example.org"));
        assert_eq!(ada.partstat, Partstat::Tentative);
    }

    #[test]
    fn apples_urns_and_delegations_are_read() {
        let text = reply(
            "ATTENDEE;EMAIL=ada@example.org;PARTSTAT=ACCEPTED:urn:uuid:12\r\n\
             ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:b@example.org\":invalid:nomail\r\n\
             ATTENDEE;PARTSTAT=X-PERHAPS:mailto:c%2Bx@example.org\r\nATTENDEE:\r\n",
        );
        let read: Vec<(String, Partstat, bool)> = one(&text)
            .attendees
            .into_iter()
            .map(|person| (person.address, person.partstat, person.delegated))
            .collect();
        assert_eq!(
            read,
            [
                ("ada@example.org".to_owned(), Partstat::Accepted, false),
                ("invalid:nomail".to_owned(), Partstat::NeedsAction, true),
                ("c+x@example.org".to_owned(), Partstat::NeedsAction, false),
            ]
        );
    }

    #[test]
    fn a_broken_object_gives_what_can_be_read() {
        let text = "\u{FEFF}BEGIN:VCALENDAR\nMETHOD:Reply\nnonsense\n;;;:\nBEGIN:VEVENT\n\
                    UID:a@b\nSEQUENCE:many\nDTSTAMP:yesterday\nATTENDEE;=;PARTSTAT:mailto:x";
        let event = one(text);
        assert_eq!((event.uid.as_str(), event.sequence, event.stamp), ("a@b", None, None));
        assert_eq!(object(text.as_bytes()).map(|object| object.method), Ok(Some(Method::Reply)));
        assert_eq!(object(b"\xFF\xFE\0"), Err(Error::NoEvent));
        assert_eq!(object(b"BEGIN:VCARD\r\nEND:VCARD\r\n"), Err(Error::NoEvent));
        assert_eq!(object(b"BEGIN:VEVENT\r\nEND:VEVENT\r\n"), Err(Error::NoEvent), "no identity");
    }

    #[test]
    fn a_comment_is_cleaned_and_cut() {
        let text = reply(&format!("COMMENT:\u{202E}{}\u{0}\r\n", "x".repeat(5_000)));
        let comment = one(&text).comment.expect("a comment");
        assert_eq!(comment, "x".repeat(COMMENT_CHARS_MAX));
    }

    #[test]
    fn more_than_the_limits_is_not_parsed() {
        let large = vec![b'x'; OCTETS_MAX + 1];
        assert_eq!(object(&large), Err(Error::TooLarge));
        let nested = "BEGIN:VEVENT\r\n".repeat(LINES_MAX + 1);
        assert_eq!(object(nested.as_bytes()), Err(Error::TooManyLines));
        let folded = reply(&format!("COMMENT:{}\r\n", "\r\n x".repeat(LINES_MAX * 2)));
        assert!(object(folded.as_bytes()).is_ok(), "a fold is no line");
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reader(octets in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _any = object(&octets);
        }

        #[test]
        fn no_broken_calendar_breaks_the_reader(
            lines in proptest::collection::vec(
                "(ATTENDEE|COMMENT|UID|DTSTART|RRULE|GEO|CATEGORIES|ATTACH|X-A|BEGIN|END)\
                 (;(PARTSTAT|VALUE|ENCODING|CN|TZID|RSVP)(=(BASE64|DATE|RECUR|\"?[a-z,:^]{0,4}\"?)?)?){0,2}\
                 [:;]?(VEVENT|[-0-9A-Z:;,=\"\\\\ \t\u{e9}]{0,12})(\r\n|\n|\r|\r\n |\\\\\r\n )",
                0..20,
            ),
        ) {
            let text = reply(&lines.concat());
            let _any = object(text.as_bytes());
            prop_assert!(std::panic::catch_unwind(|| parse::calendar(&text)).is_ok());
        }
    }
}
