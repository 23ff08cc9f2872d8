//! What an object from outside says about one event: its values, cleaned, and nothing believed.

use calcard::icalendar::{
    ICalendarComponent, ICalendarEntry, ICalendarParameterName as Name,
    ICalendarProperty as Property,
};
use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, TimeDelta};
use chrono_tz::Tz;

use crate::guard::{MailAddr, Text, instant};
use crate::invite::Partstat;
use crate::parse;

/// Longest comment kept, in characters.
pub const COMMENT_CHARS_MAX: usize = 1_000;

/// Longest identity, address or name kept, in characters.
const WORD_CHARS_MAX: usize = 320;

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
    /// What the person is called (CN); words of a stranger on one line.
    pub name: Option<String>,
    /// Whether somebody else is sent instead.
    pub delegated: bool,
    /// Who is sent instead, in the form addresses are compared in; the first, if there are several.
    pub delegated_to: Option<String>,
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

impl Time {
    /// The instant, if it is one: a time without a zone is taken for one in our own, a time in a
    /// zone nobody knows and a whole day are none.
    pub fn instant(&self, own: Tz) -> Option<DateTime<chrono::Utc>> {
        match self {
            Self::Utc(at) => Some(*at),
            Self::Date(_) => None,
            Self::Local { wall, zone: None } => Some(instant(*wall, own)),
            Self::Local { wall, zone: Some(name) } => zone(name).map(|zone| instant(*wall, zone)),
        }
    }

    /// So much later, of the same kind.
    fn later(&self, by: TimeDelta) -> Option<Self> {
        Some(match self {
            Self::Utc(at) => Self::Utc(at.checked_add_signed(by)?),
            Self::Date(day) => {
                let days = u64::try_from(by.num_days()).ok()?;
                Self::Date(day.checked_add_days(Days::new(days))?)
            }
            Self::Local { wall, zone } => {
                Self::Local { wall: wall.checked_add_signed(by)?, zone: zone.clone() }
            }
        })
    }
}

/// The zone somebody else's TZID means: an IANA name, a Windows name, a name with a registry
/// before it, or a name of Exchange's. VTIMEZONE is not looked at, as CalConnect recommends
/// (CC/R 0602): the name is right more often than the block.
pub fn zone(tzid: &str) -> Option<Tz> {
    use calcard::common::timezone::Tz as Named;
    let known = |name: &str| match name.parse::<Named>() {
        Ok(Named::Tz(zone)) => Some(zone),
        Ok(Named::Floating | Named::Fixed(_)) | Err(()) => None,
    };
    let tzid = tzid.trim().trim_matches('"');
    // `/registry.example/some/version/Europe/London`: the last parts that make a name.
    let mut parts = tzid.rmatch_indices('/').skip(1).filter_map(|(at, _)| tzid.get(at + 1..));
    known(tzid).or_else(|| parts.find_map(|name| name.parse().ok()))
}

/// Reads one event; without an identity it is none.
pub(super) fn event(component: &ICalendarComponent) -> Option<InboundEvent> {
    let uid = Text::line(parse::words(component, &Property::Uid)?, WORD_CHARS_MAX);
    if uid.is_empty() {
        return None;
    }
    let number = parse::number(component, &Property::Sequence);
    let start = parse::time(component, &Property::Dtstart);
    let length = parse::length(component).filter(|length| *length > TimeDelta::zero());
    let by_length = || start.as_ref()?.later(length?);
    let end = parse::time(component, &Property::Dtend).or_else(by_length);
    let organizer = component.property(&Property::Organizer);
    Some(InboundEvent {
        uid: uid.as_str().to_owned(),
        sequence: number.and_then(|number| u32::try_from(number).ok()),
        stamp: parse::instant(component, &Property::Dtstamp),
        recurrence: parse::time(component, &Property::RecurrenceId),
        start,
        end,
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
        name: parse::parameter(entry, &Name::Cn).and_then(name),
        delegated: word.eq_ignore_ascii_case("DELEGATED")
            || entry.has_parameter(&Name::DelegatedTo),
        delegated_to: parse::parameter(entry, &Name::DelegatedTo).and_then(comparable),
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

/// A name that says something: some programs write the address there.
fn name(raw: &str) -> Option<String> {
    let text = Text::line(raw, WORD_CHARS_MAX);
    (!text.is_empty() && !text.as_str().contains('@')).then(|| text.as_str().to_owned())
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
