//! Decides what kept mails mean: each is read on a thread of its own, becomes at most one command,
//! and its decision is kept.
//!
//! The command follows from the mail, so a mail that is decided twice, because a process died in
//! between, is one command. A mail that breaks its reader is refused and harms itself alone.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use journal::inbox::{self, WaitingMail};
use journal::{Fault, Outcome, instant};
use kernel::{HubId, PersonId, Personal, Zone};
use mail::token::Purpose;
use serde_json::{Value, json};

use super::understand::{Expected, Given, Meaning, Reason, Verdict, understand};
use super::view::{self, Asked};
use super::{Parcel, bounced};
use crate::app::{App, Command, Denied, Viewer};
use crate::desk::CancelRegistration;
use crate::feed::entry;
use crate::invitation::{Answer, AnswerInvitation, Via};
use crate::text::Locale;

/// Mails decided in one pass.
const BATCH: i64 = 20;
/// How long a pass may take before another process may take it over.
const LEASE_SECONDS: i64 = 60;
/// How long to wait when a mail could not be decided.
const AGAIN: TimeDelta = TimeDelta::seconds(10);
/// How long reading one mail may take; what takes longer was made to.
const READING_MAX: Duration = Duration::from_millis(1_500);
/// After so many attempts a mail that stops its reader is refused.
const ATTEMPTS_MAX: i64 = 5;

/// A decision and what to keep of it.
struct Decided {
    verdict: Verdict,
    details: Value,
}

impl Decided {
    fn because(verdict: Verdict, reason: Reason) -> Self {
        Self { verdict, details: json!({ "reason": reason.to_string() }) }
    }
}

/// Decides about what waits. Says how many mails that were.
///
/// # Errors
/// When the database is out of reach; the mails are tried again.
pub async fn due(app: &App) -> journal::Result<usize> {
    let db = app.journal().db();
    let waiting = inbox::claim(db, app.now(), LEASE_SECONDS, BATCH).await?;
    for mail in &waiting {
        let decided = match one(app, mail).await {
            Ok(decided) => decided,
            Err(fault) => {
                // The others do not wait for this one. What passes by itself is not its fault.
                let passing = fault.is_passing();
                tracing::warn!(mail = mail.id, passing, error = %fault, "a mail could not be decided; it is tried again");
                inbox::postpone(db, &mail.id, app.now() + AGAIN, passing).await?;
                continue;
            }
        };
        let verdict: &str = decided.verdict.into();
        let details = app.journal().keys().seal_text(&decided.details.to_string()).await?;
        inbox::settle(db, &mail.id, app.now(), verdict, &details).await?;
        tracing::info!(mail = mail.id, about = mail.about, verdict, "a mail was decided");
    }
    Ok(waiting.len())
}

async fn one(app: &App, mail: &WaitingMail) -> Result<Decided, Fault> {
    let refused = |reason| Ok(Decided::because(Verdict::Refused, reason));
    if mail.attempts > ATTEMPTS_MAX {
        return refused(Reason::MailUnreadable);
    }
    if mail.purpose == super::purpose_name(Purpose::Bounce) {
        return notice(app, mail).await;
    }
    let Some(asked) = view::asked(app.journal().db(), &mail.about).await? else {
        return refused(Reason::Erased);
    };
    let (Some(bytes), Some(address)) = (opened(app, mail).await?, asked.email.clone()) else {
        return refused(Reason::Erased);
    };
    let settings = app.settings();
    let expected = Expected {
        uid: entry::uid(settings, &asked.event),
        address,
        zone: asked.zone.as_deref().and_then(Zone::parse).unwrap_or_default(),
        authserv_id: settings.authserv_id.clone(),
        received_at: instant(mail.received_at),
    };
    // A hostile mail may cost time, and a panic; both end here.
    let reading = tokio::task::spawn_blocking(move || understand(&bytes, &expected));
    match tokio::time::timeout(READING_MAX, reading).await {
        Ok(Ok(Meaning::Nothing(verdict, reason))) => Ok(Decided::because(verdict, reason)),
        Ok(Ok(Meaning::Stranger(address))) => stranger(app, &address).await,
        Ok(Ok(Meaning::Given(given))) => believed(app, mail, &asked, *given).await,
        Ok(Err(_)) | Err(_) => refused(Reason::MailUnreadable),
    }
}

/// What a mail server, or a reader's button, says about one of our mails.
async fn notice(app: &App, mail: &WaitingMail) -> Result<Decided, Fault> {
    let mailed = view::mailed(app.journal().db(), &mail.about).await?;
    let (Some(mailed), Some(bytes)) = (mailed, opened(app, mail).await?) else {
        return Ok(Decided::because(Verdict::Refused, Reason::Erased));
    };
    let reading = tokio::task::spawn_blocking(move || bounced::read(&bytes));
    let notice = match tokio::time::timeout(READING_MAX, reading).await {
        Ok(Ok(notice)) => notice,
        Ok(Err(_)) | Err(_) => bounced::Notice::Nothing(Reason::MailUnreadable),
    };
    let command = Command::following(&format!("inbound {}", mail.id));
    let (verdict, details) = bounced::act(app, &mailed, notice, command).await?;
    Ok(Decided { verdict, details })
}

/// The bytes of a mail; `None` when the person they are sealed for has been erased.
async fn opened(app: &App, mail: &WaitingMail) -> journal::Result<Option<Vec<u8>>> {
    use base64::Engine as _;
    let Some(sealed) = mail.sealed.clone() else { return Ok(None) };
    let open = app.journal().keys().open_text(sealed).await?;
    let parcel = serde_json::from_str::<Personal<Parcel>>(&open).ok().and_then(|open| open.value);
    let bytes = parcel.map(|parcel| base64::engine::general_purpose::STANDARD.decode(parcel.mime));
    Ok(bytes.and_then(Result::ok))
}

/// Whoever answers an invitation that was handed on is not added: a curator asks her, or does not.
async fn stranger(app: &App, address: &str) -> Result<Decided, Fault> {
    let person = app.journal().keys().person_of(address).await?;
    let sealed = Personal::new(person, address.to_owned());
    Ok(Decided {
        verdict: Verdict::AsksToAttend,
        details: json!({ "person": person.to_string(), "address": sealed }),
    })
}

async fn believed(
    app: &App,
    mail: &WaitingMail,
    asked: &Asked,
    given: Given,
) -> Result<Decided, Fault> {
    let Ok(person) = PersonId::parse(&asked.person) else {
        return Ok(Decided::because(Verdict::Refused, Reason::Erased));
    };
    let mut details = json!({
        "answer": given.answer.map(|answer| answer.to_string()),
        "sequence": given.sequence,
        "stampedAt": given.stamped_at,
        "comment": given.comment.clone().map(|comment| Personal::new(person, comment)),
    });
    let outcome = match given.answer {
        Some(answer) => give(app, mail, asked, person, answer, &given).await?,
        None => None,
    };
    let verdict = match outcome {
        Some(Outcome::Rejected(refusal)) => {
            details["code"] = json!(refusal.code);
            if refusal.code == "STALE_REPLY" { Verdict::Stale } else { Verdict::Rejected }
        }
        Some(Outcome::Accepted(_)) | None if given.proposed.is_some() => {
            details["proposed"] = proposed(&given);
            Verdict::Proposes
        }
        Some(Outcome::Accepted(receipt)) if !receipt.changed => Verdict::Duplicate,
        Some(Outcome::Accepted(_)) => Verdict::Applied,
        None => Verdict::Ignored,
    };
    Ok(Decided { verdict, details })
}

fn proposed(given: &Given) -> Value {
    let Some(proposed) = given.proposed else { return Value::Null };
    json!({ "start": proposed.starts_at, "end": proposed.ends_at })
}

/// Gives the command that the answer is, as the person herself; `None` when there is none to give.
async fn give(
    app: &App,
    mail: &WaitingMail,
    asked: &Asked,
    person: PersonId,
    answer: Answer,
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
            app.execute(&viewer, hub, act, command).await
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
