//! How an entry is written: the order of its properties is fixed, for the bytes are compared.

use super::{Event, Status};
use crate::guard::{Lines, Param, ParamText, Uri};

impl Event {
    /// Writes the properties. The status is given, because a CANCEL says CANCELLED whatever the
    /// event's own status is: one person may be uninvited from an event that takes place.
    pub(crate) fn write(&self, lines: &mut Lines, status: Status) {
        lines.uid("UID", &[], &self.uid);
        lines.utc("DTSTAMP", self.stamp);
        if let Some(created) = self.created {
            lines.utc("CREATED", created);
        }
        lines.utc("LAST-MODIFIED", self.last_modified);
        lines.number("SEQUENCE", self.sequence);
        if let Some(occurrence) = self.occurrence {
            occurrence.write("RECURRENCE-ID", lines);
        }
        self.span.start.write("DTSTART", lines);
        self.span.end.write("DTEND", lines);
        if let Some(pattern) = &self.pattern {
            pattern.write(lines);
        }
        lines.text("SUMMARY", &self.summary);
        self.write_words(lines);
        lines.word("STATUS", status.as_str());
        lines.word("TRANSP", self.transparency.as_str());
        lines.word("CLASS", self.class.as_str());
        if !self.categories.is_empty() {
            lines.texts("CATEGORIES", &self.categories);
        }
        if let Some(parent) = &self.related_to {
            lines.uid("RELATED-TO", &[("RELTYPE", Param::Word("PARENT"))], parent);
        }
        if let Some((link, label)) = &self.conference {
            write_conference(lines, link, label);
        }
    }

    /// The reminder on the reader's own screen, if she asked for one. After the properties:
    /// RFC 5545 §3.6.1 has no other place for it.
    pub(crate) fn write_alarm(&self, lines: &mut Lines) {
        let Some(before) = self.alarm else { return };
        lines.begin("VALARM");
        lines.word("ACTION", "DISPLAY");
        lines.text("DESCRIPTION", &self.summary);
        lines.before("TRIGGER", before);
        lines.end("VALARM");
    }

    fn write_words(&self, lines: &mut Lines) {
        for (name, text) in [
            ("DESCRIPTION", &self.description),
            ("LOCATION", &self.location),
            ("CONTACT", &self.contact),
        ] {
            if !text.is_empty() {
                lines.text(name, text);
            }
        }
        if let Some(place) = &self.place {
            lines.place("GEO", place);
        }
        if let Some(url) = &self.url {
            lines.uri("URL", &[], url);
        }
    }
}

/// One rendered VEVENT, to be kept and put into feeds.
///
/// ```
/// use calendar::{Event, EventValues, When, fragment};
/// # fn at(text: &str) -> chrono::DateTime<chrono::Utc> { text.parse().expect("an instant") }
///
/// let mut values = EventValues::new(
///     "event_1@hub.example",
///     at("2026-04-01T09:00:00Z"),
///     When::Utc(at("2026-05-01T17:00:00Z")),
///     When::Utc(at("2026-05-01T19:00:00Z")),
/// );
/// values.summary = "Solar co-op; first meeting".into();
/// let vevent = fragment(&Event::new(&values).expect("clean values"));
/// assert!(vevent.starts_with("BEGIN:VEVENT\r\nUID:event_1@hub.example\r\n"));
/// assert!(vevent.contains("\r\nSUMMARY:Solar co-op\\; first meeting\r\n"));
/// ```
pub fn fragment(event: &Event) -> String {
    let mut lines = Lines::new();
    lines.begin("VEVENT");
    event.write(&mut lines, event.status);
    event.write_alarm(&mut lines);
    lines.end("VEVENT");
    let text = lines.finish();
    debug_assert_eq!(crate::check::event(event, &text), Ok(()));
    text
}

fn write_conference(lines: &mut Lines, link: &Uri, label: &ParamText) {
    // The library adds nothing here: VALUE is required by RFC 7986 §5.11.
    let kind = ("VALUE", Param::Word("URI"));
    let feature = ("FEATURE", Param::Word("VIDEO"));
    if label.is_empty() {
        lines.uri("CONFERENCE", &[kind, feature], link);
    } else {
        lines.uri("CONFERENCE", &[kind, feature, ("LABEL", Param::Quoted(label))], link);
    }
}
