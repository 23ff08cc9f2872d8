//! What a mail means: pure, so that a mail can be understood again.
//!
//! Every value here is the word of a stranger until the checks are through: the identity of the
//! event, the one attendee, the author, and what our own mail server found out about her domain
//! (calendar-mail contract 2.6).

use calendar::Partstat;
use calendar::read::{self, Asked, Unanswerable};
use chrono::{DateTime, Utc};
use kernel::Zone;
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
    /// The invitation was asked for, and is sent again.
    SentAgain,
    /// Nothing vouches for its author: the guest is asked by letter whether it is hers.
    Held,
    /// A letter did not arrive, or was unwanted: no more are written.
    Bounced,
    /// A letter did not fit into a full mailbox.
    MailboxFull,
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
    /// Nothing is known about whether it is from its author's domain.
    Unconfirmed,
    /// It was handed on to somebody else.
    Delegated,
    /// It says neither yes, perhaps nor no.
    NoAnswer,
    /// It asks for the current version.
    AsksForRefresh,
    /// Somebody who was not invited says no, or asks for an invitation she never had.
    NotInvited,
    /// The other time it proposes is none that we can read.
    ProposalUnreadable,
    /// The person has been erased.
    Erased,
    /// A server still tries, or it was nobody's fault.
    Passing,
    /// A receiver distrusts our mail: ours to mend, not the reader's.
    Distrusted,
}

/// What an answer must match.
#[derive(Clone, Debug)]
pub(crate) struct Expected {
    /// The identity of the event in calendars.
    pub(crate) uid: String,
    /// The address that was invited.
    pub(crate) address: String,
    /// The zone of the event: where a proposed time without one is meant.
    pub(crate) zone: Zone,
    /// Whether it came to an address made for this one invitation, which only its letter tells.
    pub(crate) has_token: bool,
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
    /// Which date of a series it answers; all of them when it names none.
    pub(crate) date: Option<DateTime<Utc>>,
    /// Its own time stamp.
    pub(crate) stamped_at: Option<DateTime<Utc>>,
    /// Words with it.
    pub(crate) comment: Option<String>,
    /// Another time, from a COUNTER.
    pub(crate) proposed: Option<Proposed>,
}

/// Another beginning and end; what has no meaning in our zones is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Proposed {
    /// When it should begin.
    pub(crate) starts_at: Option<DateTime<Utc>>,
    /// When it should be over.
    pub(crate) ends_at: Option<DateTime<Utc>>,
}

/// What a mail means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// It is believed.
    Given(Box<Given>),
    /// Nothing is done.
    Nothing(Verdict, Reason),
    /// Somebody who was not invited would come.
    Stranger(Box<Stranger>),
    /// Somebody of this address, who was not invited, says no or asks for an invitation.
    Uninvited(String),
    /// An answer in the name of this address, and nothing vouches for its author.
    Unproved {
        /// Whose it would be.
        address: String,
        /// What it says.
        answer: Answer,
        /// Which date of a series it answers; all of them when it names none.
        date: Option<DateTime<Utc>>,
    },
    /// The guest's calendar asks for the invitation as it is now.
    Again,
}

/// Somebody who was not invited, as a mail that is believed names her.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stranger {
    /// Her address, in the form addresses are compared in.
    pub(crate) address: String,
    /// What the mail calls her.
    pub(crate) name: Option<String>,
    /// Words with it.
    pub(crate) comment: Option<String>,
    /// Whether the guest sends her instead of coming herself.
    pub(crate) delegated: bool,
}

use Meaning::Nothing;

/// Reads a mail.
pub(crate) fn understand(bytes: &[u8], expected: &Expected) -> Meaning {
    let Ok(message) = read_message(bytes, &Limits::default()) else {
        return Nothing(Verdict::Refused, Reason::MailUnreadable);
    };
    let Some(part) = &message.calendar else {
        let reason = if message.is_automatic() { Reason::Automatic } else { Reason::NoCalendar };
        return Nothing(Verdict::Ignored, reason);
    };
    let Ok(object) = read::object(part.ics.as_bytes()) else {
        return Nothing(Verdict::Refused, Reason::CalendarUnreadable);
    };
    match read::answers(&object) {
        Ok(answers) => match answers.as_slice() {
            [one] => answer(&message, one, expected),
            _ => Nothing(Verdict::Refused, Reason::SeveralEvents),
        },
        Err(Unanswerable::NoMethod | Unanswerable::OrganizersWord) => {
            Nothing(Verdict::Ignored, Reason::NotAnAnswer)
        }
        Err(Unanswerable::SeveralEvents | Unanswerable::Repeated) => {
            Nothing(Verdict::Refused, Reason::SeveralEvents)
        }
        Err(Unanswerable::NoAttendee | Unanswerable::SeveralAttendees) => {
            Nothing(Verdict::Refused, Reason::NotOneAttendee)
        }
        Err(Unanswerable::NoAnswer | Unanswerable::NoProposal) => {
            Nothing(Verdict::Ignored, Reason::NoAnswer)
        }
    }
}

fn answer(message: &Message, said: &read::Answer, expected: &Expected) -> Meaning {
    if said.uid != expected.uid {
        return Nothing(Verdict::Refused, Reason::WrongEvent);
    }
    let author = message.from.folded();
    let speaks = author == said.attendee
        || said.sent_by.as_ref().is_some_and(|sent_by| folded(sent_by) == author);
    if !speaks {
        return Nothing(Verdict::Refused, Reason::AuthorDiffers);
    }
    let date = said.occurrence.as_ref().and_then(|date| date.instant(expected.zone.tz()));
    match (distrust(message, expected), &said.asked) {
        (None, _) => {}
        (Some(Reason::Unconfirmed), Asked::Count(partstat)) => {
            let address = said.attendee.clone();
            return match answered(*partstat) {
                Some(answer) => Meaning::Unproved { address, answer, date },
                None => Nothing(Verdict::Ignored, Reason::NoAnswer),
            };
        }
        (Some(reason), _) => return Nothing(Verdict::Refused, reason),
    }
    // Only somebody who is who she says can ask to come.
    if said.attendee != folded(&expected.address) {
        return stranger(said);
    }
    let (partstat, proposed) = match &said.asked {
        Asked::Count(partstat) => (*partstat, None),
        Asked::Move { start, end, partstat } => {
            let at = |time: &Option<read::Time>| time.as_ref()?.instant(expected.zone.tz());
            (*partstat, Some(Proposed { starts_at: at(start), ends_at: at(end) }))
        }
        Asked::Delegate { to: None } => return Nothing(Verdict::Ignored, Reason::Delegated),
        Asked::Delegate { to: Some(address) } => {
            let comment = said.comment.clone();
            let address = address.clone();
            let delegate = Stranger { address, name: None, comment, delegated: true };
            return Meaning::Stranger(Box::new(delegate));
        }
        Asked::Resend => return Meaning::Again,
    };
    Meaning::Given(Box::new(Given {
        answer: answered(partstat),
        sequence: said.sequence.map(i64::from),
        date,
        // A program that writes no stamp answered when its mail came.
        stamped_at: said.stamp.or(Some(expected.received_at)),
        comment: said.comment.clone(),
        proposed,
    }))
}

fn answered(partstat: Partstat) -> Option<Answer> {
    match partstat {
        Partstat::Accepted => Some(Answer::Accepted),
        Partstat::Tentative => Some(Answer::Tentative),
        Partstat::Declined => Some(Answer::Declined),
        Partstat::NeedsAction => None,
    }
}

/// Somebody who was not asked: whether she would come.
fn stranger(said: &read::Answer) -> Meaning {
    match &said.asked {
        Asked::Count(Partstat::Accepted | Partstat::Tentative) | Asked::Move { .. } => {
            Meaning::Stranger(Box::new(Stranger {
                address: said.attendee.clone(),
                name: said.name.clone(),
                comment: said.comment.clone(),
                delegated: false,
            }))
        }
        Asked::Count(_) | Asked::Delegate { .. } | Asked::Resend => {
            Meaning::Uninvited(said.attendee.clone())
        }
    }
}

/// Why the author is not believed to be who she says. A domain that publishes no policy cannot
/// vouch for anybody; there the secret address is what is believed, and so it is where no server
/// of ours looks. Where one does, silence is no proof.
fn distrust(message: &Message, expected: &Expected) -> Option<Reason> {
    let Some(ours) = expected.authserv_id.as_ref() else {
        return (!expected.has_token).then_some(Reason::Unconfirmed);
    };
    let found = Authentication::of(message, ours);
    match found.map_or(Proof::Absent, |found| found.dmarc(message.from.domain())) {
        Proof::Pass => None,
        Proof::None if expected.has_token => None,
        Proof::Fail => Some(Reason::NotAuthentic),
        Proof::None | Proof::Error | Proof::Absent => Some(Reason::Unconfirmed),
    }
}

fn folded(address: &str) -> String {
    EmailAddress::parse(address).map_or_else(|_| address.to_lowercase(), |address| address.folded())
}
