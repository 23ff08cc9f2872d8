//! What an object asks of us: an answer, a proposal, or to be told again (RFC 5546 §3.2).
//!
//! Everything else that may arrive is refused with a reason that is shown to the curator, because
//! an answer that disappears without a word is what people complain about. Nothing but PARTSTAT,
//! COMMENT and a proposal's times is taken from the object; its other properties cannot change
//! anything of ours.

use chrono::DateTime;

use super::{Inbound, InboundEvent, Method, Time};
use crate::invite::Partstat;

/// One answer to one invitation, or to one date of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Which event it says it is about. Compare it with the invitation's.
    pub uid: String,
    /// Which date of a series; `None` for all of it. See [`crate::Series::find`].
    pub occurrence: Option<Time>,
    /// Who answers, in the form addresses are compared in.
    pub attendee: String,
    /// What that person is called, if the object says; words of a stranger on one line.
    pub name: Option<String>,
    /// Who wrote it on that person's behalf.
    pub sent_by: Option<String>,
    /// Words of a stranger, plain text.
    pub comment: Option<String>,
    /// Which version it answers; see [`crate::order()`].
    pub sequence: Option<u32>,
    /// When it was written, by a clock that may be wrong.
    pub stamp: Option<DateTime<chrono::Utc>>,
    /// What it asks.
    pub asked: Asked,
}

/// What an answer asks of us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// REPLY: count this person as coming, perhaps, or not.
    Count(Partstat),
    /// REPLY with DELEGATED: somebody else would come instead. Never mail that person by itself.
    Delegate {
        /// Who would come, in the form addresses are compared in; `None` when it does not say.
        to: Option<String>,
    },
    /// COUNTER: have it at another time. Either end may be missing; see [`Time::instant`].
    Move {
        /// When it should begin.
        start: Option<Time>,
        /// When it should be over.
        end: Option<Time>,
        /// What the person says to the time it has.
        partstat: Partstat,
    },
    /// REFRESH: send the invitation again.
    Resend,
}

/// Why an object is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Unanswerable {
    /// No METHOD, or a word that is none.
    #[error("the object says no METHOD that exists")]
    NoMethod,
    /// PUBLISH, REQUEST, ADD, CANCEL and DECLINECOUNTER are what organizers send.
    #[error("the object is not an answer but what an organizer sends")]
    OrganizersWord,
    /// Two UIDs; RFC 5546 §3.2.3 has one.
    #[error("the object is about several events")]
    SeveralEvents,
    /// Two entries for one date.
    #[error("the object answers for one date twice")]
    Repeated,
    /// Nobody answers.
    #[error("the object names no attendee")]
    NoAttendee,
    /// It cannot be known who of them answers.
    #[error("the object names several attendees")]
    SeveralAttendees,
    /// A REPLY without PARTSTAT, or with one that is no answer.
    #[error("the reply does not say whether the person comes")]
    NoAnswer,
    /// A COUNTER without a time.
    #[error("the proposal has no time in it")]
    NoProposal,
}

/// What an object asks: one answer, or one for each date of a series it is about. All or none.
///
/// # Errors
/// The first reason why it is no answer.
///
/// ```
/// use calendar::{Partstat, read};
///
/// let reply = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:event_1@hub.example\r\n\
///     ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:Ada@Example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
/// let object = read::object(reply.as_bytes()).expect("an object");
/// let answers = read::answers(&object).expect("an answer");
/// assert_eq!(answers[0].attendee, "ada@example.org");
/// assert_eq!(answers[0].asked, read::Asked::Count(Partstat::Accepted));
/// ```
pub fn answers(object: &Inbound) -> Result<Vec<Answer>, Unanswerable> {
    let method = object.method.ok_or(Unanswerable::NoMethod)?;
    let mut answers: Vec<Answer> = Vec::with_capacity(object.events.len());
    for event in &object.events {
        let answer = answer(method, event)?;
        if answers.iter().any(|other| other.uid != answer.uid) {
            return Err(Unanswerable::SeveralEvents);
        }
        if answers.iter().any(|other| other.occurrence == answer.occurrence) {
            return Err(Unanswerable::Repeated);
        }
        answers.push(answer);
    }
    Ok(answers)
}

fn answer(method: Method, event: &InboundEvent) -> Result<Answer, Unanswerable> {
    if !matches!(method, Method::Reply | Method::Counter | Method::Refresh) {
        return Err(Unanswerable::OrganizersWord);
    }
    let person = match event.attendees.as_slice() {
        [] => return Err(Unanswerable::NoAttendee),
        [person] => person,
        _ => return Err(Unanswerable::SeveralAttendees),
    };
    let asked = match method {
        Method::Refresh => Asked::Resend,
        Method::Counter if event.start.is_none() && event.end.is_none() => {
            return Err(Unanswerable::NoProposal);
        }
        Method::Counter => Asked::Move {
            start: event.start.clone(),
            end: event.end.clone(),
            partstat: person.partstat,
        },
        _ if person.delegated => Asked::Delegate { to: person.delegated_to.clone() },
        _ if person.partstat == Partstat::NeedsAction => return Err(Unanswerable::NoAnswer),
        _ => Asked::Count(person.partstat),
    };
    Ok(Answer {
        uid: event.uid.clone(),
        occurrence: event.recurrence.clone(),
        attendee: person.address.clone(),
        name: person.name.clone(),
        sent_by: person.sent_by.clone(),
        comment: event.comment.clone(),
        sequence: event.sequence,
        stamp: event.stamp,
        asked,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: &str = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ada@example.org\r\n";

    fn event(lines: &str) -> String {
        format!("BEGIN:VEVENT\r\nUID:event_1@hub.example\r\n{lines}END:VEVENT\r\n")
    }

    fn asked(method: &str, events: &str) -> Result<Vec<Answer>, Unanswerable> {
        let text = format!("BEGIN:VCALENDAR\r\nMETHOD:{method}\r\n{events}END:VCALENDAR\r\n");
        answers(&super::super::object(text.as_bytes()).expect("an object"))
    }

    fn one(method: &str, lines: &str) -> Asked {
        let mut answers = asked(method, &event(lines)).expect("an answer");
        answers.remove(0).asked
    }

    #[test]
    fn each_method_asks_for_something() {
        assert_eq!(one("reply", ADA), Asked::Count(Partstat::Accepted));
        assert_eq!(one("REFRESH", "ATTENDEE:mailto:ada@example.org\r\n"), Asked::Resend);
        let elsewhere = "ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:b@example.org\":\
                         mailto:ada@example.org\r\n";
        let to = Some("b@example.org".to_owned());
        assert_eq!(one("REPLY", elsewhere), Asked::Delegate { to });
        let nobody = "ATTENDEE;PARTSTAT=DELEGATED:mailto:ada@example.org\r\n";
        assert_eq!(one("REPLY", nobody), Asked::Delegate { to: None });
        let moved = one("COUNTER", &format!("{ADA}DTSTART:20260501T180000Z\r\n"));
        let start = "2026-05-01T18:00:00Z".parse().ok().map(Time::Utc);
        assert_eq!(moved, Asked::Move { start, end: None, partstat: Partstat::Accepted });
    }

    #[test]
    fn outlooks_proposal_is_read_in_its_zone() {
        let moved = one(
            "COUNTER",
            "ATTENDEE;PARTSTAT=TENTATIVE;CN=Ada:mailto:ada@example.org\r\n\
             DTSTART;TZID=W. Europe Standard Time:20260501T200000\r\n\
             DTEND;TZID=W. Europe Standard Time:20260501T210000\r\n\
             X-MS-OLK-ORIGINALSTART;TZID=W. Europe Standard Time:20260501T190000\r\n",
        );
        let Asked::Move { start: Some(start), end: Some(end), partstat } = moved else {
            panic!("{moved:?}");
        };
        assert_eq!(partstat, Partstat::Tentative);
        let zone = chrono_tz::Tz::Europe__London;
        assert_eq!(start.instant(zone), "2026-05-01T18:00:00Z".parse().ok());
        assert_eq!(end.instant(zone), "2026-05-01T19:00:00Z".parse().ok());
        let floating = one("COUNTER", &format!("{ADA}DTSTART:20260501T200000\r\n"));
        let Asked::Move { start: Some(start), .. } = floating else { panic!("{floating:?}") };
        assert_eq!(start.instant(zone), "2026-05-01T19:00:00Z".parse().ok(), "in our zone");
        let lost = one("COUNTER", &format!("{ADA}DTSTART;TZID=Atlantis:20260501T200000\r\n"));
        let Asked::Move { start: Some(start), .. } = lost else { panic!("{lost:?}") };
        assert_eq!(start.instant(zone), None);
    }

    #[test]
    fn answers_to_dates_of_a_series_come_together() {
        let date = |day: u32, partstat: &str| {
            event(&format!(
                "RECURRENCE-ID:202605{day:02}T170000Z\r\n\
                 ATTENDEE;PARTSTAT={partstat}:mailto:ada@example.org\r\n"
            ))
        };
        let both = asked("REPLY", &(date(1, "ACCEPTED") + &date(8, "DECLINED")));
        let said: Vec<Asked> =
            both.expect("two answers").into_iter().map(|answer| answer.asked).collect();
        assert_eq!(said, [Asked::Count(Partstat::Accepted), Asked::Count(Partstat::Declined)]);
        let twice = asked("REPLY", &(date(1, "ACCEPTED") + &date(1, "DECLINED")));
        assert_eq!(twice, Err(Unanswerable::Repeated));
        let other = event(ADA).replace("event_1", "event_2");
        assert_eq!(asked("REPLY", &(event(ADA) + &other)), Err(Unanswerable::SeveralEvents));
    }

    #[test]
    fn what_is_no_answer_is_refused_with_its_reason() {
        let reason = |method: &str, lines: &str| asked(method, &event(lines)).expect_err(method);
        for method in ["PUBLISH", "REQUEST", "ADD", "CANCEL", "DECLINECOUNTER"] {
            assert_eq!(reason(method, ADA), Unanswerable::OrganizersWord, "{method}");
        }
        assert_eq!(reason("SHOUT", ADA), Unanswerable::NoMethod);
        assert_eq!(reason("", ADA), Unanswerable::NoMethod);
        assert_eq!(reason("REPLY", ""), Unanswerable::NoAttendee);
        assert_eq!(reason("REPLY", &ADA.repeat(2)), Unanswerable::SeveralAttendees);
        let silent = "ATTENDEE:mailto:ada@example.org\r\n";
        assert_eq!(reason("REPLY", silent), Unanswerable::NoAnswer);
        assert_eq!(reason("COUNTER", ADA), Unanswerable::NoProposal);
    }
}
