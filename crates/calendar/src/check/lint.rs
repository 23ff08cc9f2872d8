//! A linter for any calendar bytes: every finding with its line and its rule.
//!
//! Own and small on purpose: it shares nothing with the writer, so that one mistake cannot hide in
//! both. It knows what clients break on (RFC 5545 §3.1, §3.6; RFC 5546 §3.2), not what our product
//! wants; that is [`super::object`].

use std::collections::{BTreeMap, BTreeSet};

use super::entry::{ONCE, is_ordered, needed};
use super::octets::unfold;
use super::parts::{Part, parts};

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// The file does not end with CRLF.
    LastLineOpen,
    /// A CR without its LF.
    BareCr,
    /// An LF without its CR.
    BareLf,
    /// More than 75 octets.
    TooLong,
    /// A line, or a continuation, with nothing in it.
    EmptyLine,
    /// A fold between the octets of one character.
    FoldInCharacter,
    /// A fold between a backslash and what it escapes.
    FoldInEscape,
    /// Not UTF-8, however it is unfolded.
    NotUtf8,
    /// A control character other than TAB.
    Control,
    /// A byte order mark or a bidi override.
    Deceptive,
    /// No `NAME:value`.
    NotALine,
    /// `BEGIN` and `END` do not match.
    Unbalanced,
    /// Not exactly one calendar, with VERSION first, and PRODID.
    NotACalendar,
    /// A TZID that no VTIMEZONE tells of.
    ZoneNotTold,
    /// Two VTIMEZONE for one TZID.
    ZoneToldTwice,
    /// DTEND at or before DTSTART, or of another kind.
    EndNotAfterStart,
    /// The same UID and RECURRENCE-ID twice.
    Twice,
    /// A METHOD in a subscription.
    MethodInFeed,
    /// Another METHOD than the MIME part says, or one that does not exist.
    WrongMethod,
    /// A property that has to be there is not.
    Missing,
    /// A property that may be there once is there again.
    Repeated,
    /// A message about two UIDs, or about none.
    SeveralEvents,
    /// SEQUENCE is smaller than in the version before.
    SequenceFell,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The line of the file, from 1; 0 when it is about all of it.
    pub line: usize,
    /// Which rule is broken.
    pub rule: Rule,
    /// What is there, in words.
    pub what: String,
}

/// Everything that is wrong with a calendar object; its METHOD is taken from itself.
///
/// ```
/// use calendar::check::{Rule, lint};
///
/// let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a@b\r\n\
///     DTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/London:20260501T180000\r\n\
///     DTEND;TZID=Europe/London:20260501T180000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
/// let rules: Vec<Rule> = lint(text.as_bytes()).iter().map(|finding| finding.rule).collect();
/// assert_eq!(rules, [Rule::EndNotAfterStart, Rule::ZoneNotTold, Rule::ZoneNotTold]);
/// ```
pub fn lint(octets: &[u8]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let lines = unfold(octets, &mut findings);
    let parts = parts(&lines, &mut findings);
    calendar(&parts, &mut findings);
    zones(&parts, &mut findings);
    entries(&parts, &mut findings);
    findings.sort_by_key(|finding| finding.line);
    findings
}

/// As [`lint`], for a subscription: it must have no METHOD.
pub fn lint_feed(octets: &[u8]) -> Vec<Finding> {
    let mut findings = lint(octets);
    if !method(octets).is_empty() {
        let what = "a subscription must not say METHOD".to_owned();
        findings.push(Finding { line: 0, rule: Rule::MethodInFeed, what });
    }
    findings
}

/// As [`lint`], for a message: its METHOD must be the one of its MIME part.
pub fn lint_message(octets: &[u8], of_part: &str) -> Vec<Finding> {
    let mut findings = lint(octets);
    let own = method(octets);
    if own != of_part {
        let what = format!("METHOD is {own:?} and the part says {of_part:?}");
        findings.push(Finding { line: 0, rule: Rule::WrongMethod, what });
    }
    findings
}

/// What is wrong between two versions of a calendar: a client that has seen the first ignores an
/// entry whose SEQUENCE is smaller in the second.
pub fn lint_versions(before: &[u8], after: &[u8]) -> Vec<Finding> {
    let known = sequences(before);
    let fell = sequences(after).into_iter().filter_map(|(id, (line, sequence))| {
        let (_, was) = known.get(&id)?;
        (sequence < *was).then(|| Finding {
            line,
            rule: Rule::SequenceFell,
            what: format!("{}: SEQUENCE fell from {was} to {sequence}", id.0),
        })
    });
    fell.collect()
}

fn calendar(parts: &[Part<'_>], findings: &mut Vec<Finding>) {
    let mut report =
        |line, rule, what: &str| findings.push(Finding { line, rule, what: what.to_owned() });
    let mut calendars = parts.iter().filter(|part| part.kind == "VCALENDAR");
    let (Some(calendar), None) = (calendars.next(), calendars.next()) else {
        return report(0, Rule::NotACalendar, "not exactly one calendar");
    };
    if calendar.lines.first().is_none_or(|line| line.name != "VERSION" || line.value != "2.0") {
        report(calendar.line, Rule::NotACalendar, "it does not begin with VERSION:2.0");
    }
    if calendar.all("PRODID").count() != 1 {
        report(calendar.line, Rule::NotACalendar, "not exactly one PRODID");
    }
}

fn zones(parts: &[Part<'_>], findings: &mut Vec<Finding>) {
    let mut told = BTreeSet::new();
    for part in parts.iter().filter(|part| part.kind == "VTIMEZONE") {
        if !told.insert(part.value("TZID")) {
            let what = format!("{} is told twice", part.value("TZID"));
            findings.push(Finding { line: part.line, rule: Rule::ZoneToldTwice, what });
        }
    }
    for line in parts.iter().flat_map(|part| &part.lines) {
        if let Some(zone) = line.param("TZID")
            && !told.contains(zone)
        {
            let what = format!("no VTIMEZONE tells of {zone}");
            findings.push(Finding { line: line.number, rule: Rule::ZoneNotTold, what });
        }
    }
}

fn entries(parts: &[Part<'_>], findings: &mut Vec<Finding>) {
    let method = parts
        .iter()
        .find(|part| part.kind == "VCALENDAR")
        .map_or("", |calendar| calendar.value("METHOD"));
    let Some(needed) = needed(method) else {
        let what = format!("there is no METHOD {method}");
        findings.push(Finding { line: 0, rule: Rule::WrongMethod, what });
        return;
    };
    let (mut seen, mut uids) = (BTreeSet::new(), BTreeSet::new());
    for part in parts.iter().filter(|part| part.kind == "VEVENT") {
        let uid = part.value("UID");
        let mut report = |rule, what: String| {
            findings.push(Finding { line: part.line, rule, what: format!("{uid}: {what}") });
        };
        if part.parent != Some("VCALENDAR") {
            report(Rule::Unbalanced, "it stands in another component".to_owned());
        }
        for name in needed {
            if part.first(name).is_none_or(|line| line.value.is_empty()) {
                report(Rule::Missing, format!("{name} is missing"));
            }
        }
        for name in ONCE {
            let count = part.all(name).count();
            if count > 1 {
                report(Rule::Repeated, format!("{name} is there {count} times"));
            }
        }
        if method == "REPLY" && part.all("ATTENDEE").count() > 1 {
            report(Rule::Repeated, "several people answer at once".to_owned());
        }
        if !is_ordered(part) {
            report(Rule::EndNotAfterStart, "DTEND is not after DTSTART".to_owned());
        }
        uids.insert(uid);
        if !seen.insert((uid, part.value("RECURRENCE-ID"))) {
            report(Rule::Twice, "it is there twice".to_owned());
        }
    }
    // What is published may be many events (RFC 5546 §3.2.1); any other message is about one.
    let is_right = match method {
        "" => true,
        "PUBLISH" => !uids.is_empty(),
        _ => uids.len() == 1,
    };
    if !is_right {
        let what = format!("a message is about one event, and this about {}", uids.len());
        findings.push(Finding { line: 0, rule: Rule::SeveralEvents, what });
    }
}

fn method(octets: &[u8]) -> String {
    let lines = unfold(octets, &mut Vec::new());
    let line = lines.into_iter().find(|line| line.name == "METHOD");
    line.map(|line| line.value).unwrap_or_default()
}

/// UID and RECURRENCE-ID, and where SEQUENCE stands and what it is.
fn sequences(octets: &[u8]) -> BTreeMap<(String, String), (usize, i64)> {
    let lines = unfold(octets, &mut Vec::new());
    let parts = parts(&lines, &mut Vec::new());
    let events = parts.iter().filter(|part| part.kind == "VEVENT");
    events
        .map(|part| {
            let id = (part.value("UID").to_owned(), part.value("RECURRENCE-ID").to_owned());
            (id, (part.line, part.value("SEQUENCE").parse().unwrap_or(0)))
        })
        .collect()
}

#[cfg(test)]
#[path = "lint_tests.rs"]
mod tests;
