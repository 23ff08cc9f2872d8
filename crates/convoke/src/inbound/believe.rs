//! What follows from a mail that is believed: the guest's answer, another time, the invitation once
//! more, or that somebody would come who was not invited.
//!
//! Each becomes a command whose id comes from the mail, so that deciding a mail twice is deciding
//! it once.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use journal::inbox::WaitingMail;
use journal::{Fault, Outcome, instant};
use kernel::{Act, HubId, PersonId, Personal, Refusal};
use mail::EmailAddress;
use serde_json::{Value, json};

use super::series::{self, Meant, One};
use super::settle::Decided;
use super::understand::{Given, Proposed, Reason, Stranger, Verdict};
use super::view::{self, Asked};
use crate::app::{App, Command, Denied, Viewer};
use crate::asking::{Guest, HoldAnswer, ProposeTime, RequestAttendance, ResendInvitation};
use crate::desk::CancelRegistration;
use crate::invitation::{Answer, AnswerInvitation, Via};
use crate::text::Locale;

/// People a guest may send to one event in her place: each is a question to its curator.
const DELEGATES_MAX: i64 = 5;

/// Whose answers and wishes come to the address of a mail; `None` when an id is none of ours.
fn guest(asked: &Asked, about: &str) -> Option<Guest> {
    Some(Guest {
        event: asked.event.parse().ok()?,
        person: PersonId::parse(&asked.person).ok()?,
        stakeholder: asked.stakeholder.as_ref().and_then(|id| id.parse().ok()),
        invitation: about.parse().ok(),
        registration: about.parse().ok(),
    })
}

/// Gives a command that follows from a mail, as the one who reads it.
async fn follow(app: &App, asked: &Asked, act: impl Act, name: &str) -> Result<Outcome, Fault> {
    let hub = HubId::parse(&asked.journal).ok();
    let command = Command::following(name);
    Ok(app.act_as_system("calendar", hub, Box::new(act), command).await?.outcome)
}

/// What a rule's no means, with its code among the details.
fn rejected(refusal: &Refusal, details: &mut Value) -> Verdict {
    note(details, "code", json!(refusal.code));
    if refusal.code == "STALE_REPLY" { Verdict::Stale } else { Verdict::Rejected }
}

/// Adds one thing to the details.
fn note(details: &mut Value, name: &str, value: Value) {
    if let Some(fields) = details.as_object_mut() {
        fields.insert(name.to_owned(), value);
    }
}

/// Whoever answers an invitation that was handed on is not added: a curator asks her, or does not.
pub(super) async fn stranger(
    app: &App,
    mail: &WaitingMail,
    asked: &Asked,
    who: Stranger,
) -> Result<Decided, Fault> {
    let Stranger { address, name, comment, delegated } = who;
    // Of a series nobody can come to a date that is over.
    let (asked, _) = &series::next(app, asked, &mail.about).await?;
    let event = asked.event.parse();
    let (Ok(address), Ok(event)) = (EmailAddress::parse(&address), event) else {
        let reason = if delegated { Reason::Delegated } else { Reason::NotInvited };
        return Ok(Decided::because(Verdict::Ignored, reason));
    };
    if delegated && sends_many(app, asked, &address).await? {
        return Ok(Decided::because(Verdict::Ignored, Reason::Delegated));
    }
    let person = app.journal().keys().person_of(&address.folded()).await?;
    let email = Personal::new(person, address.as_str().to_owned());
    let comment = comment.map(|comment| Personal::new(person, comment));
    let mut details = json!({
        "person": person.to_string(), "address": &email, "comment": &comment,
        "delegated": delegated,
    });
    let act = RequestAttendance {
        event,
        person,
        email,
        name: name.map(|name| Personal::new(person, name)),
        comment,
        through: PersonId::parse(&asked.person).ok(),
        delegated,
    };
    let name = format!("inbound {} attends", mail.id);
    let verdict = match follow(app, asked, act, &name).await? {
        Outcome::Accepted(receipt) if receipt.changed => Verdict::AsksToAttend,
        Outcome::Accepted(_) => Verdict::Duplicate,
        Outcome::Rejected(refusal) => rejected(&refusal, &mut details),
    };
    Ok(Decided { verdict, details })
}

/// Whether a guest has sent as many others to this event as she may.
async fn sends_many(app: &App, asked: &Asked, whom: &EmailAddress) -> journal::Result<bool> {
    let known = app.journal().keys().known(&whom.folded()).await?;
    let whom = known.map(|person| person.to_string()).unwrap_or_default();
    let sent = view::delegates(app.journal().db(), &asked.event, &asked.person, &whom).await?;
    Ok(sent >= DELEGATES_MAX)
}

/// A guest's calendar asks for the invitation as it is now.
pub(super) async fn again(app: &App, mail: &WaitingMail, asked: &Asked) -> Result<Decided, Fault> {
    let (asked, about) = &series::next(app, asked, &mail.about).await?;
    let Some(guest) = guest(asked, about) else {
        return Ok(Decided::because(Verdict::Refused, Reason::Erased));
    };
    let mut details = json!({});
    let name = format!("inbound {} again", mail.id);
    let verdict = match follow(app, asked, ResendInvitation { guest }, &name).await? {
        Outcome::Accepted(_) => Verdict::SentAgain,
        Outcome::Rejected(refusal) => rejected(&refusal, &mut details),
    };
    Ok(Decided { verdict, details })
}

/// An answer in a guest's name that nothing vouches for: she is asked whether it is hers. What
/// would answer all dates of a series at once is refused, since the letter asks about one event.
pub(super) async fn unproved(
    app: &App,
    mail: &WaitingMail,
    asked: &Asked,
    (answer, date): (Answer, Option<DateTime<Utc>>),
) -> Result<Decided, Fault> {
    let one = series::named(app, asked, &mail.about, date).await?;
    let Some(guest) = one.and_then(|one| guest(&one.asked, &one.about)) else {
        return Ok(Decided::because(Verdict::Refused, Reason::Unconfirmed));
    };
    let reason = Reason::Unconfirmed.to_string();
    let mut details = json!({ "answer": answer.to_string(), "reason": reason });
    let name = format!("inbound {} unproved", mail.id);
    let verdict = match follow(app, asked, HoldAnswer { guest, answer }, &name).await? {
        Outcome::Accepted(receipt) if receipt.changed => Verdict::Held,
        Outcome::Accepted(_) => Verdict::Duplicate,
        Outcome::Rejected(refusal) => rejected(&refusal, &mut details),
    };
    Ok(Decided { verdict, details })
}

/// A guest answers, and perhaps proposes another time.
pub(super) async fn given(
    app: &App,
    mail: &WaitingMail,
    asked: &Asked,
    given: Given,
) -> Result<Decided, Fault> {
    let Ok(person) = PersonId::parse(&asked.person) else {
        return Ok(Decided::because(Verdict::Refused, Reason::Erased));
    };
    let comment = given.comment.clone().map(|comment| Personal::new(person, comment));
    let mut details = json!({
        "answer": given.answer.map(|answer| answer.to_string()),
        "sequence": given.sequence,
        "stampedAt": given.stamped_at,
        "comment": comment,
    });
    let outcome = match given.answer {
        Some(answer) => give(app, mail, asked, (person, answer), &given).await?,
        None => None,
    };
    let verdict = match outcome {
        Some(Outcome::Rejected(refusal)) => rejected(&refusal, &mut details),
        Some(Outcome::Accepted(receipt)) if !receipt.changed => Verdict::Duplicate,
        Some(Outcome::Accepted(_)) => Verdict::Applied,
        None => Verdict::Ignored,
    };
    match given.proposed {
        Some(proposed) => {
            proposes(app, mail, asked, (given, proposed), Decided { verdict, details }).await
        }
        None => Ok(Decided { verdict, details }),
    }
}

/// A guest proposes another time, of a series for the date she names. `so_far` is what became of
/// what she says to the time it has: without a proposal we can read, that counts all the same.
async fn proposes(
    app: &App,
    mail: &WaitingMail,
    asked: &Asked,
    (given, proposed): (Given, Proposed),
    mut so_far: Decided,
) -> Result<Decided, Fault> {
    let one = series::named(app, asked, &mail.about, given.date).await?;
    let times = one.as_ref().and_then(|one| times(&one.asked, proposed));
    let (Some(One { asked, about, since }), Some((starts_at, ends_at))) = (one, times) else {
        note(&mut so_far.details, "reason", json!(Reason::ProposalUnreadable.to_string()));
        return Ok(so_far);
    };
    let Decided { mut details, .. } = so_far;
    note(&mut details, "proposed", json!({ "start": starts_at, "end": ends_at }));
    let Some(guest) = guest(&asked, &about) else {
        return Ok(Decided { verdict: so_far.verdict, details });
    };
    let sequence = given.sequence.map(|sequence| (sequence - since).max(0));
    let act = ProposeTime {
        guest,
        starts_at,
        ends_at,
        comment: given.comment.map(|comment| Personal::new(guest.person, comment)),
        answer: given.answer,
        sequence: sequence.and_then(|sequence| u32::try_from(sequence).ok()),
        stamped_at: given.stamped_at,
    };
    let name = format!("inbound {} proposes", mail.id);
    let verdict = match follow(app, &asked, act, &name).await? {
        Outcome::Accepted(receipt) if receipt.changed => Verdict::Proposes,
        Outcome::Accepted(_) => Verdict::Duplicate,
        Outcome::Rejected(refusal) => rejected(&refusal, &mut details),
    };
    Ok(Decided { verdict, details })
}

/// Both ends of a proposal: one that is missing follows from how long the event is.
fn times(asked: &Asked, proposed: Proposed) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let (from, until) = (asked.starts_at.map(instant)?, asked.ends_at.map(instant)?);
    match (proposed.starts_at, proposed.ends_at) {
        (Some(start), Some(end)) => Some((start, end)),
        (Some(start), None) => Some((start, start.checked_add_signed(until - from)?)),
        (None, Some(end)) => Some((from, end)),
        (None, None) => None,
    }
}

/// Gives the command that the answer is, as the person herself; `None` when there is none to give.
async fn give(
    app: &App,
    mail: &WaitingMail,
    asked: &Asked,
    (person, answer): (PersonId, Answer),
    given: &Given,
) -> Result<Option<Outcome>, Fault> {
    let hub = HubId::parse(&asked.journal).ok();
    let viewer = Viewer { person: Some(person), ..Viewer::visitor(Locale::default()) };
    let command = Command::following(&format!("inbound {}", mail.id));
    let Ok(event) = asked.event.parse() else { return Ok(None) };
    let answered = match asked.stakeholder.as_ref().map(|id| id.parse()) {
        Some(Ok(stakeholder)) => {
            let act = AnswerInvitation {
                event,
                stakeholder,
                person,
                answer,
                registration: app.id(),
                via: Via::Calendar,
                sequence: given.sequence,
                stamped_at: given.stamped_at,
                stop: false,
                name: Personal { of: person, value: asked.name.clone() },
                email: Personal { of: person, value: asked.email.clone() },
                locale: asked.locale.clone().unwrap_or_default(),
                party_size: 1,
            };
            match series::meant(app, asked, act, given).await? {
                Meant::One(act) => app.execute(&viewer, hub, act, command).await,
                Meant::All(act) => app.execute(&viewer, hub, act, command).await,
                Meant::Nothing => return Ok(None),
            }
        }
        // Whoever registered by herself has said yes; only a no changes something.
        None if answer == Answer::Declined => {
            let Ok(registration) = mail.about.parse() else { return Ok(None) };
            let act = CancelRegistration { event, registration, via_link: true };
            app.execute(&viewer, hub, act, command).await
        }
        _ => return Ok(None),
    };
    match answered {
        Ok(answer) => Ok(Some(answer.outcome)),
        Err(Denied::Fault(fault)) => Err(fault),
        // Everybody may answer for herself.
        Err(denied) => {
            let what = format!("an answer was not allowed: {denied}");
            Err(Arc::new(journal::Error::Broken { what }))
        }
    }
}
