//! One event for one reader: a download, an invitation, a cancellation (RFC 5546, RFC 6047).
//!
//! The MIME part around an invitation must repeat its METHOD ([`Method::as_str`]). An invitation
//! has exactly one ATTENDEE, its recipient: that keeps the guest list private, and clients offer
//! Yes and No only to an address they find in it. It refuses to request a cancelled event.

use crate::error::{Error, Named, Refusal};
use crate::event::{Event, Status};
use crate::feed::begin_calendar;
use crate::guard::{Lines, MailAddr, Param, ParamText};

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

/// What a person said (RFC 5545 §3.2.12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Partstat {
    /// Nothing yet.
    #[default]
    NeedsAction,
    /// Comes.
    Accepted,
    /// Perhaps.
    Tentative,
    /// Does not come.
    Declined,
}

impl Partstat {
    /// The word of the specification.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NeedsAction => "NEEDS-ACTION",
            Self::Accepted => "ACCEPTED",
            Self::Tentative => "TENTATIVE",
            Self::Declined => "DECLINED",
        }
    }
}

/// Who answers are sent to: an address that is read, never a no-reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organizer {
    /// Shown as the host, for example the hub's name; may be empty.
    pub name: String,
    /// Receives the replies.
    pub address: String,
}

/// The one person an invitation is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// Shown in the reader's own calendar; may be empty.
    pub name: String,
    /// To the letter the address the message is sent to.
    pub address: String,
    /// What the person said so far.
    pub partstat: Partstat,
    /// Whether an answer is asked for.
    pub rsvp: bool,
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
    let mut lines = Lines::new();
    begin_calendar(&mut lines);
    lines.word("METHOD", "PUBLISH");
    lines.begin("VEVENT");
    event.write(&mut lines, event.status());
    write_organizer(&mut lines, organizer)?;
    Ok(end(lines))
}

/// An invitation or a cancellation for one person.
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
    let (status, rsvp) = match (method, event.status()) {
        (Method::Request, Status::Cancelled) => return Err(Refusal::Cancelled.of("status")),
        (Method::Request, status) => (status, attendee.rsvp),
        // Nobody is asked to answer a cancellation.
        (Method::Cancel, _) => (Status::Cancelled, false),
    };
    let mut lines = Lines::new();
    begin_calendar(&mut lines);
    lines.word("METHOD", method.as_str());
    lines.begin("VEVENT");
    event.write(&mut lines, status);
    write_organizer(&mut lines, organizer)?;
    write_attendee(&mut lines, attendee, rsvp)?;
    // Outlook would let people propose another time for a public event.
    lines.word("X-MICROSOFT-DISALLOW-COUNTER", "TRUE");
    Ok(end(lines))
}

fn write_organizer(lines: &mut Lines, organizer: &Organizer) -> Result<(), Error> {
    let address = MailAddr::parse(&organizer.address).named("organizer.address")?;
    let name = ParamText::clean(&organizer.name);
    let cn = [("CN", Param::Quoted(&name))];
    lines.address("ORGANIZER", if name.is_empty() { &[] } else { &cn }, &address);
    Ok(())
}

fn write_attendee(lines: &mut Lines, attendee: &Attendee, rsvp: bool) -> Result<(), Error> {
    let address = MailAddr::parse(&attendee.address).named("attendee.address")?;
    let name = ParamText::clean(&attendee.name);
    let mut params = vec![
        ("CUTYPE", Param::Word("INDIVIDUAL")),
        ("ROLE", Param::Word("REQ-PARTICIPANT")),
        ("PARTSTAT", Param::Word(attendee.partstat.as_str())),
        ("RSVP", Param::Word(if rsvp { "TRUE" } else { "FALSE" })),
    ];
    if !name.is_empty() {
        params.push(("CN", Param::Quoted(&name)));
    }
    lines.address("ATTENDEE", &params, &address);
    Ok(())
}

fn end(mut lines: Lines) -> String {
    lines.end("VEVENT");
    lines.end("VCALENDAR");
    let text = lines.finish();
    debug_assert_eq!(crate::check::object(&text), Ok(()));
    text
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
