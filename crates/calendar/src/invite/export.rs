//! A file of many events to import once, in pieces: whoever writes it has read a few events at a
//! time, and never holds all of them.

use super::people::write_organizer;
use super::{Event, Lines, Organizer};
use crate::error::Error;
use crate::feed::begin_calendar;

/// What such a file begins with.
pub fn export_begin() -> String {
    let mut lines = Lines::new();
    begin_calendar(&mut lines);
    lines.word("METHOD", "PUBLISH");
    lines.finish()
}

/// One of its events, of which the time is in UTC or a date, with who offers it (PUBLISH demands
/// an organizer: RFC 5546 §3.2.1).
///
/// # Errors
/// An organizer's address that a calendar cannot carry.
///
/// ```
/// # use calendar::{Event, EventValues, Organizer, When};
/// # use calendar::{export_begin, export_end, export_event};
/// # fn at(text: &str) -> chrono::DateTime<chrono::Utc> { text.parse().expect("an instant") }
/// # let mut values = EventValues::new("event_1@hub.example", at("2026-04-01T09:00:00Z"),
/// #     When::Utc(at("2026-05-01T17:00:00Z")), When::Utc(at("2026-05-01T19:00:00Z")));
/// # values.summary = "Solar".into();
/// # let solar = Event::new(&values).expect("clean values");
/// let hub = Organizer { name: "Hub".into(), address: "events@hub.example".into() };
/// let file = [export_begin(), export_event(&solar, &hub).expect("an address"), export_end()];
/// calendar::check::object(&file.concat()).expect("a correct calendar");
/// ```
pub fn export_event(event: &Event, organizer: &Organizer) -> Result<String, Error> {
    let mut lines = Lines::new();
    lines.begin("VEVENT");
    event.write(&mut lines, event.status());
    write_organizer(&mut lines, organizer)?;
    lines.end("VEVENT");
    Ok(lines.finish())
}

/// What it ends with.
pub fn export_end() -> String {
    let mut lines = Lines::new();
    lines.end("VCALENDAR");
    lines.finish()
}
