//! What a mail means: pure, so that a mail can be understood again.
//!
//! Every value here is the word of a stranger until the checks are through: the identity of the
//! event, the one attendee, the author, and what our own mail server found out about her domain
//! (calendar-mail contract 2.6).

use calendar::Partstat;
use calendar::read::{self, Inbound, InboundEvent, Method};
use chrono::{DateTime, Utc};
use mail::EmailAddress;
use mail::authentication::{Authentication, Verdict as Proof};
use mail::inbound::{Limits, Message, read_message};

use crate::invitation::Answer;

/// What was decided about a mail. The names are stored.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
    strum::IntoStaticStr,
    async_graphql::Enum,
)]
#[strum(serialize_all = "kebab-case")]
#[graphql(name = "InboundVerdict")]
pub enum Verdict {
    /// The answer counts now.
    Applied,
    /// It said what we know already.
    Duplicate,
    /// A newer answer is known, or it answered a time that has changed since.
    Stale,
    /// A rule said no: the event is over, no place is left.
    Rejected,
    /// It is not believed, or cannot be read.
    Refused,
    /// There is nothing in it to do.
    Ignored,
    /// Somebody who was not invited answered: ask her, if she fits.
    AsksToAttend,
    /// Another time was proposed.
    Proposes,
}

/// Why, where the verdict does not say it all. The names are stored.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
    strum::IntoStaticStr,
    async_graphql::Enum,
)]
#[strum(serialize_all = "kebab-case")]
#[graphql(name = "InboundReason")]
pub enum Reason {
    /// The mail is broken, or beyond the limits.
    MailUnreadable,
    /// The calendar object is broken, or beyond the limits.
    CalendarUnreadable,
    /// There is no calendar object in it.
    NoCalendar,
    /// A machine wrote it, and it is no answer.
    Automatic,
    /// It is no answer: REQUEST, PUBLISH, CANCEL.
    NotAnAnswer,
    /// It is about more than one event.
    SeveralEvents,
    /// It is about another event than its address.
    WrongEvent,
    /// Not exactly one attendee answers.
    NotOneAttendee,
    /// Its author is not the attendee, nor named as answering for her.
    AuthorDiffers,
    /// Its author's domain says that it is not from there.
    NotAuthentic,
    /// It was handed on to somebody else.
    Delegated,
    /// It says neither yes, perhaps nor no.
    NoAnswer,
    /// It asks for the current version.
    AsksForRefresh,
    /// The person has been erased.
    Erased,
}

/// What an answer must match.
#[derive(Clone, Debug)]
pub(crate) struct Expected {
    /// The identity of the event in calendars.
    pub(crate) uid: String,
    /// The address that was invited.
    pub(crate) address: String,
    /// How our mail server signs what it found out; `None` when none in front of us does.
    pub(crate) authserv_id: Option<String>,
    /// When the mail came.
    pub(crate) received_at: DateTime<Utc>,
}

/// An answer that is believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    /// What was said.
    pub(crate) answer: Option<Answer>,
    /// The SEQUENCE it answers.
    pub(crate) sequence: Option<i64>,
    /// Its own time stamp.
    pub(crate) stamped_at: Option<DateTime<Utc>>,
    /// Words with it.
    pub(crate) comment: Option<String>,
    /// Another beginning and end.
    pub(crate) proposed: Option<(read::Time, Option<read::Time>)>,
}

/// What a mail means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// It is believed.
    Given(Box<Given>),
    /// Nothing is done.
    Nothing(Verdict, Reason),
    /// Somebody of this address, who was not invited.
    Stranger(String),
}

use Meaning::Nothing;

/// Reads a mail.
pub(crate) fn understand(bytes: &[u8], expected: &Expected) -> Meaning {
    let Ok(message) = read_message(bytes, &Limits::default()) else {
        return Nothing(Verdict::Refused, Reason::MailUnreadable);
    };
    let Some(part) = &message.calendar else {
        let reason =
            if message.is_automatic() { Reason::Automatic } else { Reason::NoCalendar };
        return Nothing(Verdict::Ignored, reason);
    };
    match read::object(part.ics.as_bytes()) {
        Ok(object) => answer(&message, &object, expected),
        Err(_) => Nothing(Verdict::Refused, Reason::CalendarUnreadable),
    }
}

fn answer(message: &Message, object: &Inbound, expected: &Expected) -> Meaning {
    let method = match object.method {
        Some(method @ (Method::Reply | Method::Counter)) => method,
        Some(Method::Refresh) => return Nothing(Verdict::Ignored, Reason::AsksForRefresh),
        _ => return Nothing(Verdict::Ignored, Reason::NotAnAnswer),
    };
    let [event] = object.events.as_slice() else {
        return Nothing(Verdict::Refused, Reason::SeveralEvents);
    };
    if event.uid != expected.uid {
        return Nothing(Verdict::Refused, Reason::WrongEvent);
    }
    let [attendee] = event.attendees.as_slice() else {
        return Nothing(Verdict::Refused, Reason::NotOneAttendee);
    };
    let author = message.from.folded();
    let speaks = author == attendee.address
        || attendee.sent_by.as_ref().is_some_and(|sent_by| folded(sent_by) == author);
    if !speaks {
        return Nothing(Verdict::Refused, Reason::AuthorDiffers);
    }
    if is_forged(message, expected) {
        return Nothing(Verdict::Refused, Reason::NotAuthentic);
    }
    // Only somebody who is who she says can ask to come.
    if attendee.address != folded(&expected.address) {
        return Meaning::Stranger(attendee.address.clone());
    }
    if attendee.delegated {
        return Nothing(Verdict::Ignored, Reason::Delegated);
    }
    given(method, event, attendee.partstat, expected)
}

fn given(method: Method, event: &InboundEvent, said: Partstat, expected: &Expected) -> Meaning {
    let answer = match said {
        Partstat::Accepted => Some(Answer::Accepted),
        Partstat::Tentative => Some(Answer::Tentative),
        Partstat::Declined => Some(Answer::Declined),
        _ => None,
    };
    let proposed = match (method, &event.start) {
        (Method::Counter, Some(start)) => Some((start.clone(), event.end.clone())),
        _ => None,
    };
    if answer.is_none() && proposed.is_none() {
        return Nothing(Verdict::Ignored, Reason::NoAnswer);
    }
    Meaning::Given(Box::new(Given {
        answer,
        sequence: event.sequence.map(i64::from),
        // A program that writes no stamp answered when its mail came.
        stamped_at: event.stamp.or(Some(expected.received_at)),
        comment: event.comment.clone(),
        proposed,
    }))
}

/// Whether our mail server found that the author's domain disowns the mail. Where it found
/// nothing, the secret address is what is believed.
fn is_forged(message: &Message, expected: &Expected) -> bool {
    let Some(ours) = &expected.authserv_id else { return false };
    let found = Authentication::of(message, ours);
    found.is_some_and(|found| found.dmarc(message.from.domain()) == Proof::Fail)
}

fn folded(address: &str) -> String {
    EmailAddress::parse(address).map_or_else(|_| address.to_lowercase(), |address| address.folded())
}
