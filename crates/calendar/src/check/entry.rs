//! What one entry has to have, and that its end is after its start.

use chrono::{NaiveDate, NaiveDateTime};

use super::parts::Part;

/// RFC 5545 §3.6.1: what an entry has at most once.
pub(super) const ONCE: &[&str] = &[
    "CLASS",
    "CREATED",
    "DESCRIPTION",
    "DTEND",
    "DTSTAMP",
    "DTSTART",
    "DURATION",
    "GEO",
    "LAST-MODIFIED",
    "LOCATION",
    "ORGANIZER",
    "RECURRENCE-ID",
    "RRULE",
    "SEQUENCE",
    "STATUS",
    "SUMMARY",
    "TRANSP",
    "UID",
    "URL",
];

/// RFC 5546 §3.2: what an entry has at least once, by METHOD. `None` for a METHOD that is none.
pub(super) fn needed(method: &str) -> Option<&'static [&'static str]> {
    Some(match method {
        "" => &["UID", "DTSTAMP", "DTSTART"],
        "PUBLISH" => &["UID", "DTSTAMP", "DTSTART", "ORGANIZER", "SUMMARY"],
        "REQUEST" => &["UID", "DTSTAMP", "DTSTART", "ORGANIZER", "SUMMARY", "ATTENDEE"],
        "CANCEL" | "DECLINECOUNTER" => &["UID", "DTSTAMP", "ORGANIZER", "SEQUENCE"],
        "ADD" | "COUNTER" => &["UID", "DTSTAMP", "DTSTART", "ORGANIZER", "SUMMARY", "SEQUENCE"],
        "REPLY" | "REFRESH" => &["UID", "DTSTAMP", "ORGANIZER", "ATTENDEE"],
        _ => return None,
    })
}

/// Whether the end is after the start. Ends in two zones we know are compared as instants; with
/// one we do not know there is nothing to compare.
pub(super) fn is_ordered(part: &Part<'_>) -> bool {
    let (Some(start), Some(end)) = (part.first("DTSTART"), part.first("DTEND")) else {
        return true;
    };
    let (Some(from), Some(until)) = (clock(&start.value), clock(&end.value)) else { return false };
    if from.1 != until.1 {
        return false;
    }
    let zones = [start, end].map(|line| match (line.value.ends_with('Z'), line.param("TZID")) {
        (true, _) => Some("UTC"),
        (false, zone) => zone,
    });
    match zones {
        [a, b] if a == b => until.0 > from.0,
        [Some(a), Some(b)] => match (crate::read::zone(a), crate::read::zone(b)) {
            (Some(a), Some(b)) => {
                crate::guard::instant(until.0, b) > crate::guard::instant(from.0, a)
            }
            _ => true,
        },
        _ => false,
    }
}

/// A DATE or DATE-TIME, and whether it is a day.
fn clock(value: &str) -> Option<(NaiveDateTime, bool)> {
    let value = value.strip_suffix('Z').unwrap_or(value);
    if value.len() == 8 {
        return Some((NaiveDate::parse_from_str(value, "%Y%m%d").ok()?.into(), true));
    }
    Some((NaiveDateTime::parse_from_str(value, "%Y%m%dT%H%M%S").ok()?, false))
}
