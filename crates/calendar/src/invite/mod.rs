//! One event for one reader: a download, an invitation, a cancellation (RFC 5546, RFC 6047).
//!
//! The MIME part around an invitation must repeat its METHOD ([`Method::as_str`]). An invitation
//! has exactly one ATTENDEE, its recipient: that keeps the guest list private, and clients offer
//! Yes and No only to an address they find in it. It refuses to request a cancelled event. There
//! is no ADD: many clients do not know it, and a REQUEST with one more RDATE says the same.

mod export;
mod people;

pub use export::{export_begin, export_end, export_event};
pub use people::{Attendee, Organizer, Partstat};
use people::{write_attendee, write_organizer};

use crate::error::{Error, Refusal};
use crate::event::{Event, Status};
use crate::feed::begin_calendar;
use crate::guard::{Lines, Text};
use crate::series::Series;
use crate::zone::Zones;

/// Longest word about why a proposal was declined, in characters.
const COMMENT_CHARS_MAX: usize = 400;

/// What a message asks its reader's calendar to do (RFC 5546 §1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Offer the event, new or changed.
    Request,
    /// Take it out: the event is cancelled, or this person is not invited any more.
    Cancel,
}

impl Method {
    /// The word for METHOD and for the `method` parameter of the MIME part.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// A single event to import once, without anybody's name but the organizer's.
///
/// # Errors
/// An organizer's address that a calendar cannot carry.
///
/// ```
/// # use calendar::{Event, EventValues, Organizer, When, download};
/// # fn at(text: &str) -> chrono::DateTime<chrono::Utc> { text.parse().expect("an instant") }
/// # let mut values = EventValues::new("event_1@hub.example", at("2026-04-01T09:00:00Z"),
/// #     When::Utc(at("2026-05-01T17:00:00Z")), When::Utc(at("2026-05-01T19:00:00Z")));
/// # values.summary = "Solar".into();
/// # let event = Event::new(&values).expect("clean values");
/// let hub = Organizer { name: "Hub".into(), address: "events@hub.example".into() };
/// let text = download(&event, &hub).expect("an address");
/// assert!(text.contains("\r\nMETHOD:PUBLISH\r\n"));
/// assert!(text.contains("\r\nORGANIZER;CN=\"Hub\":mailto:events@hub.example\r\n"));
/// ```
pub fn download(event: &Event, organizer: &Organizer) -> Result<String, Error> {
    message("PUBLISH", &[event], |lines, event| {
        event.write(lines, event.status());
        write_organizer(lines, organizer)
    })
}

/// A series to import once; see [`download`].
///
/// # Errors
/// An organizer's address that a calendar cannot carry.
pub fn series_download(series: &Series, organizer: &Organizer) -> Result<String, Error> {
    let events: Vec<&Event> = std::iter::once(series.master()).chain(series.versions()).collect();
    message("PUBLISH", &events, |lines, event| {
        event.write(lines, event.status());
        write_organizer(lines, organizer)
    })
}

/// An invitation or a cancellation for one person: to an event, to all of a series
/// ([`Series::master`], when no date of it differs), or to one date of it ([`Series::one`]).
///
/// The event's stamp must be the time of the message ([`Event::stamped`]), taken from where the
/// message is kept, so that sending it twice sends the same bytes.
///
/// # Errors
/// An address that a calendar cannot carry (the person then gets a letter with a link), or a
/// request for a cancelled event.
///
/// ```
/// # use calendar::{Attendee, Event, EventValues, Method, Organizer, Partstat, When, invitation};
/// # fn at(text: &str) -> chrono::DateTime<chrono::Utc> { text.parse().expect("an instant") }
/// # let mut values = EventValues::new("event_1@hub.example", at("2026-04-01T09:00:00Z"),
/// #     When::Utc(at("2026-05-01T17:00:00Z")), When::Utc(at("2026-05-01T19:00:00Z")));
/// # values.summary = "Solar".into();
/// # let event = Event::new(&values).expect("clean values");
/// let hub = Organizer { name: "Hub".into(), address: "rsvp+9f2c@hub.example".into() };
/// let ada = Attendee {
///     name: "Ada Lovelace".into(),
///     address: "ada@example.org".into(),
///     partstat: Partstat::NeedsAction,
///     rsvp: true,
/// };
/// let text = invitation(Method::Request, &event, &hub, &ada).expect("two addresses");
/// assert!(text.contains("\r\nMETHOD:REQUEST\r\n"));
/// assert_eq!(text.matches("ATTENDEE;").count(), 1);
/// ```
pub fn invitation(
    method: Method,
    event: &Event,
    organizer: &Organizer,
    attendee: &Attendee,
) -> Result<String, Error> {
    ask(method, &[event], organizer, attendee)
}

/// An invitation to a series with the dates that differ, or its cancellation as a whole.
///
/// # Errors
/// As [`invitation`]; a single date that is cancelled is refused too: take it out of the rule
/// ([`crate::Repeats::except`]), or cancel it by itself ([`Series::one`]).
pub fn series_invitation(
    method: Method,
    series: &Series,
    organizer: &Organizer,
    attendee: &Attendee,
) -> Result<String, Error> {
    match method {
        Method::Request => {
            let events: Vec<&Event> =
                std::iter::once(series.master()).chain(series.versions()).collect();
            ask(method, &events, organizer, attendee)
        }
        Method::Cancel => ask(method, &[series.master()], organizer, attendee),
    }
}

/// The answer to a proposal that is not taken up (DECLINECOUNTER, RFC 5546 §3.2.8): the event as
/// it stays, and why.
///
/// Its SEQUENCE must be the proposal's ([`Event::revised`]), so that the reader's program knows
/// which one is meant. The MIME part's `method` is `DECLINECOUNTER`.
///
/// # Errors
/// An address that a calendar cannot carry.
pub fn decline_counter(
    event: &Event,
    organizer: &Organizer,
    attendee: &Attendee,
    why: &str,
) -> Result<String, Error> {
    message("DECLINECOUNTER", &[event], |lines, event| {
        event.write(lines, event.status());
        let why = Text::clean(why, COMMENT_CHARS_MAX);
        if !why.is_empty() {
            lines.text("COMMENT", &why);
        }
        write_organizer(lines, organizer)?;
        write_attendee(lines, attendee, false)
    })
}

fn ask(
    method: Method,
    events: &[&Event],
    organizer: &Organizer,
    attendee: &Attendee,
) -> Result<String, Error> {
    message(method.as_str(), events, |lines, event| {
        let (status, rsvp) = match (method, event.status()) {
            (Method::Request, Status::Cancelled) => return Err(Refusal::Cancelled.of("status")),
            (Method::Request, status) => (status, attendee.rsvp),
            // Nobody is asked to answer a cancellation.
            (Method::Cancel, _) => (Status::Cancelled, false),
        };
        event.write(lines, status);
        write_organizer(lines, organizer)?;
        write_attendee(lines, attendee, rsvp)?;
        // Outlook would let people propose another time for a public event.
        lines.word("X-MICROSOFT-DISALLOW-COUNTER", "TRUE");
        Ok(())
    })
}

/// An object with a METHOD: the zones its entries need, then the entries.
fn message(
    method: &'static str,
    events: &[&Event],
    write: impl Fn(&mut Lines, &Event) -> Result<(), Error>,
) -> Result<String, Error> {
    let mut body = Lines::new();
    for event in events {
        body.begin("VEVENT");
        write(&mut body, event)?;
        body.end("VEVENT");
    }
    let body = body.finish();
    let mut zones = Zones::default();
    zones.scan(&body);
    let mut lines = Lines::new();
    begin_calendar(&mut lines);
    lines.word("METHOD", method);
    zones.write(&mut lines);
    lines.append(&body);
    lines.end("VCALENDAR");
    let text = lines.finish();
    debug_assert_eq!(crate::check::object(&text), Ok(()));
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{EventValues, When};

    fn event(status: Status) -> Event {
        let at = |text: &str| text.parse().expect("an instant");
        let mut values = EventValues::new(
            "event_1@hub.example",
            at("2026-04-01T09:00:00Z"),
            When::Utc(at("2026-05-01T17:00:00Z")),
            When::Utc(at("2026-05-01T19:00:00Z")),
        );
        values.summary = "Solar".into();
        values.status = status;
        Event::new(&values).expect("clean values")
    }

    fn hub() -> Organizer {
        Organizer { name: "Hub".into(), address: "events@hub.example".into() }
    }

    fn ada() -> Attendee {
        Attendee {
            name: "Ada".into(),
            address: "ada@example.org".into(),
            partstat: Partstat::NeedsAction,
            rsvp: true,
        }
    }

    #[test]
    fn a_cancelled_event_cannot_be_requested() {
        let refused = invitation(Method::Request, &event(Status::Cancelled), &hub(), &ada());
        assert_eq!(refused, Err(Refusal::Cancelled.of("status")));
    }

    #[test]
    fn a_cancellation_says_so_whatever_the_status_and_asks_for_no_answer() {
        let text = invitation(Method::Cancel, &event(Status::Confirmed), &hub(), &ada())
            .expect("clean values");
        assert!(text.contains("\r\nMETHOD:CANCEL\r\n"), "{text}");
        assert!(text.contains("\r\nSTATUS:CANCELLED\r\n"), "{text}");
        assert!(text.replace("\r\n ", "").contains(";RSVP=FALSE:mailto:ada@"), "{text}");
    }

    #[test]
    fn an_address_that_cannot_be_written_is_refused_by_name() {
        let zoe = Attendee { address: "zoë@example.org".into(), ..ada() };
        let event = event(Status::Confirmed);
        let refused = invitation(Method::Request, &event, &hub(), &zoe);
        assert_eq!(refused, Err(Refusal::LocalPartNotAscii.of("attendee.address")));
        let hub = Organizer { address: "a@b\r\nX:1".into(), ..hub() };
        assert_eq!(download(&event, &hub), Err(Refusal::NotAnAddress.of("organizer.address")));
    }

    #[test]
    fn a_person_without_a_name_has_no_empty_one() {
        let anonymous = Attendee { name: "\r\n".into(), ..ada() };
        let text = invitation(Method::Request, &event(Status::Tentative), &hub(), &anonymous)
            .expect("clean values");
        assert!(text.replace("\r\n ", "").contains("\r\nATTENDEE;CUTYPE=INDIVIDUAL;"), "{text}");
    }
}
