//! Calendar bytes as five programs that are not ours read them: they must agree.
//!
//! `icalendar` (Indico) and `vobject` (Radicale) of Python, `ical.js` (Thunderbird, Nextcloud), and
//! the crates `calcard` (Stalwart) and `icalendar`. A parser that refuses, or reads another value
//! than the others, fails the story.

use std::collections::BTreeMap;
use std::process::Command;

use calcard::icalendar::{ICalendarComponentType, ICalendarProperty};
use calcard::{Entry, Parser};
use icalendar::{CalendarComponent, Component as _};
use serde_json::{Map, Value, json};

use crate::tools;

/// Each parser's own page says how it is called; the versions are those of the calendar's tests.
const PYTHON: &[&str] = &["icalendar==7.3.0", "vobject==0.9.9"];
const EXPANDING: &[&str] = &["icalendar==7.3.0", "recurring-ical-events==3.8.2"];
const NODE: &[&str] = &["ical.js@2.2.1"];

/// One calendar as all five read it.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// `REQUEST`, `CANCEL`, …; empty in a feed.
    pub method: String,
    /// Its events, in order.
    pub events: Vec<Event>,
}

/// One event as all five read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What it is known by.
    pub uid: String,
    /// Its revision.
    pub sequence: i64,
    /// `CONFIRMED`, `CANCELLED`, `TENTATIVE`.
    pub status: String,
    /// Its title.
    pub summary: String,
    /// Beginning in UTC: `20261127T193000Z`.
    pub start: String,
    /// End in UTC.
    pub end: String,
    /// Who is asked: `mailto:…`; empty in a feed.
    pub attendee: String,
}

impl Calendar {
    /// The event whose UID begins so.
    #[track_caller]
    pub fn event(&self, id: &str) -> &Event {
        let found = self.events.iter().find(|event| event.uid.starts_with(id));
        found.unwrap_or_else(|| panic!("{id} is not among {:?}", self.events))
    }
}

/// Reads calendars with all five parsers at once; one start of each program for all of them.
#[track_caller]
pub fn read(texts: &[String]) -> Vec<Calendar> {
    let folder = tempfile::tempdir_in(tools::folder()).expect("a folder");
    let mut files = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        lint(text);
        let file = folder.path().join(format!("{number}.ics"));
        std::fs::write(&file, text).expect("write a calendar");
        files.push(file.display().to_string());
    }
    let mut readings: BTreeMap<String, Value> = BTreeMap::new();
    let python = tools::python("calendar-python", PYTHON);
    let mut command = Command::new(python);
    command.arg(tools::script("calendars.py")).args(&files).env("PYTHONUTF8", "1");
    readings.extend(spoken(&mut command));
    let ical_js = tools::node_modules("calendar-node", NODE).join("ical.js/dist/ical.js");
    let mut command = Command::new("node");
    command.arg(tools::script("calendars.mjs")).arg(ical_js).args(&files);
    readings.extend(spoken(&mut command));
    let by = |read: fn(&str) -> Value| {
        let found = files.iter().zip(texts).map(|(file, text)| (file.clone(), read(text)));
        Value::Object(found.collect::<Map<_, _>>())
    };
    readings.insert("calcard".to_owned(), by(with_calcard));
    readings.insert("icalendar.rs".to_owned(), by(with_icalendar));
    assert_eq!(readings.len(), 5, "{:?}", readings.keys());
    let agreed = |file: &String, text: &String| {
        let first = &readings["calcard"][file];
        for (parser, found) in &readings {
            assert_eq!(&found[file], first, "{parser} against calcard, of\n{text}");
        }
        calendar(first)
    };
    files.iter().zip(texts).map(|(file, text)| agreed(file, text)).collect()
}

fn spoken(command: &mut Command) -> BTreeMap<String, Value> {
    let output = tools::output(command);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complained}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|fault| panic!("{fault}: {complained}"))
}

/// What no parser complains about (RFC 5545 §3.1): line ends and line lengths.
fn lint(text: &str) {
    assert!(text.ends_with("END:VCALENDAR\r\n"), "no end: {text}");
    for line in text.split("\r\n") {
        assert!(!line.contains(['\r', '\n']), "a bare line end in {line:?}");
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
}

fn calendar(read: &Value) -> Calendar {
    assert!(read.get("fault").is_none(), "{read}");
    let text = |event: &Value, name: &str| event[name].as_str().unwrap_or_default().to_owned();
    let event = |event: &Value| Event {
        uid: text(event, "uid"),
        sequence: event["sequence"].as_i64().expect("a sequence"),
        status: text(event, "status"),
        summary: text(event, "summary"),
        start: text(event, "start"),
        end: text(event, "end"),
        attendee: text(event, "attendee"),
    };
    let events = read["events"].as_array().expect("events");
    Calendar { method: text(read, "method"), events: events.iter().map(event).collect() }
}

fn with_calcard(text: &str) -> Value {
    let mut parser = Parser::new(text);
    let Entry::ICalendar(calendar) = parser.entry() else {
        return json!({ "fault": "calcard reads no calendar" });
    };
    let words = |component: &calcard::icalendar::ICalendarComponent, name: ICalendarProperty| {
        let value = component.property(&name).and_then(|entry| entry.values.first());
        value.and_then(|value| value.as_text()).unwrap_or_default().to_owned()
    };
    let moment = |component: &calcard::icalendar::ICalendarComponent, name: ICalendarProperty| {
        let value = component.property(&name).and_then(|entry| entry.values.first());
        let at = value.and_then(|value| value.as_partial_date_time()?.to_date_time());
        at.map(|at| at.date_time.format("%Y%m%dT%H%M%SZ").to_string()).unwrap_or_default()
    };
    let mut events = Vec::new();
    let mut method = String::new();
    for component in &calendar.components {
        if component.component_type == ICalendarComponentType::VCalendar {
            method = words(component, ICalendarProperty::Method);
        }
        if component.component_type != ICalendarComponentType::VEvent {
            continue;
        }
        let sequence = component.property(&ICalendarProperty::Sequence);
        let sequence = sequence.and_then(|entry| entry.values.first()?.as_integer());
        events.push(json!({
            "uid": words(component, ICalendarProperty::Uid),
            "sequence": sequence,
            "status": words(component, ICalendarProperty::Status),
            "summary": words(component, ICalendarProperty::Summary),
            "start": moment(component, ICalendarProperty::Dtstart),
            "end": moment(component, ICalendarProperty::Dtend),
            "attendee": words(component, ICalendarProperty::Attendee),
        }));
    }
    json!({ "method": method, "events": events })
}

fn with_icalendar(text: &str) -> Value {
    let calendar: icalendar::Calendar = match text.parse() {
        Ok(calendar) => calendar,
        Err(fault) => return json!({ "fault": fault }),
    };
    let mut events = Vec::new();
    for component in &calendar.components {
        let CalendarComponent::Event(event) = component else { continue };
        let raw = |name: &str| event.property_value(name).unwrap_or_default().to_owned();
        // An ATTENDEE may come more than once, so the crate keeps it apart.
        let attendee = event.multi_properties().get("ATTENDEE").and_then(|all| all.first());
        events.push(json!({
            "uid": event.get_uid(),
            "sequence": event.get_sequence(),
            "status": raw("STATUS"),
            "summary": event.get_summary(),
            "start": raw("DTSTART"),
            "end": raw("DTEND"),
            "attendee": attendee.map(icalendar::Property::value).unwrap_or_default(),
        }));
    }
    json!({ "method": calendar.property_value("METHOD").unwrap_or_default(), "events": events })
}

/// The dates of a calendar as a program that shows it finds them, each with its beginning and end in
/// UTC and its status, in order: Python's `recurring-ical-events` and Thunderbird's `ical.js` expand rules,
/// exceptions and changed dates by themselves, and must agree.
#[track_caller]
pub fn occurrences(text: &str) -> Vec<[String; 3]> {
    lint(text);
    let folder = tempfile::tempdir_in(tools::folder()).expect("a folder");
    let file = folder.path().join("feed.ics");
    std::fs::write(&file, text).expect("write a calendar");
    let python = tools::python("occurrences-python", EXPANDING);
    let mut command = Command::new(python);
    command.arg(tools::script("occurrences.py")).arg(&file).args(["2020-01-01", "2090-01-01"]);
    let by_python = expanded(command.env("PYTHONUTF8", "1"));
    let ical_js = tools::node_modules("calendar-node", NODE).join("ical.js/dist/ical.js");
    let mut command = Command::new("node");
    let by_node = expanded(command.arg(tools::script("occurrences.mjs")).arg(ical_js).arg(&file));
    assert_eq!(by_python, by_node, "two programs read another thing of\n{text}");
    by_python
}

fn expanded(command: &mut Command) -> Vec<[String; 3]> {
    let output = tools::output(command);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complained}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|fault| panic!("{fault}: {complained}"))
}
