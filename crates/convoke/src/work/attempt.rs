//! One attempt to send one mail: the same bytes each time, and what became of it on record.
//!
//! What the relay said decides: sent, again later, or never. When nobody knows whether a mail
//! arrived (the line broke after its end, or our process died), kinds whose second copy does no
//! harm are sent again under the same Message-ID, and the others are left at "maybe sent".

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use journal::mails::{self, Attempt, DueMail, Said, State};
use journal::{inbox, micros};
use kernel::{HubId, PersonId, Personal};
use mail::pace::{Alarm, Answer, Pass, Why as Slow};
use mail::token::Purpose;
use mail::{
    Consequence, EmailAddress, Envelope, Fault, Kind, Outcome, Relay, Retry, full_too_often,
    retry_after, retry_in_crowd,
};

use super::pace::SWEEP;
use super::watch;
use crate::app::App;
use crate::inbound::Verdict;
use crate::letter::{self, Parcel, Template};
use crate::outbox;
use crate::reach::{self, Category, StopLetters, Why};

/// Longer than an attempt takes: ten minutes for the last reply (RFC 5321 §4.5.3.2.6), and what
/// comes before it.
pub(super) const LEASE_SECONDS: i64 = 20 * 60;
/// A lease of this age still outlasts an attempt.
const FRESH_SECONDS: i64 = 60;
/// An attempt that takes longer is broken off, so that its lease never runs out under it.
const ATTEMPT_MAX: Duration = Duration::from_mins(18);
/// How long a sender stands and waits for its turn at a domain that others are served by.
const TURN_MAX: Duration = Duration::from_secs(1);
/// How often it looks whether its turn has come.
const TURN_LOOK: Duration = Duration::from_millis(10);
/// How often an outcome is tried to be recorded; afterwards the lease runs out.
const RECORD_TRIES: u32 = 5;
/// What is kept of a reply, in characters.
const REPLY_CHARS_MAX: usize = 300;
/// Full mailboxes are counted for two weeks.
const FULL_WITHIN: TimeDelta = TimeDelta::days(14);

/// How one attempt went, as far as the next ones are concerned.
pub(super) enum Sent {
    /// It is on record, whatever the relay said.
    Well,
    /// The database is out of reach.
    Badly(String),
}

/// Gives a mail back untried: to be taken again at once, or not before a time.
pub(super) async fn give_back(app: &App, mail: &DueMail, due_at: Option<DateTime<Utc>>) {
    if let Err(fault) = mails::release(app.journal().db(), &[(mail, due_at)]).await {
        tracing::warn!(error = %fault, "a mail could not be given back; its lease runs out");
    }
}

/// Asks what operators hold back, and lets the pace know: the kinds, or `None` for all mail.
pub(super) async fn held(app: &App, relay: &Relay) -> journal::Result<Option<Vec<Kind>>> {
    let holds = outbox::view::holds(app.journal().db()).await?;
    let is_stopped = holds.iter().any(|hold| hold.kind == outbox::view::ALL);
    let kinds: Vec<Kind> = holds.iter().filter_map(|hold| Kind::parse(&hold.kind)).collect();
    relay.pace().stop(is_stopped);
    relay.pace().hold(kinds.iter().copied());
    Ok((!is_stopped).then_some(kinds))
}

/// Tries one mail that was claimed.
pub(super) async fn one(app: &App, relay: &Relay, mut mail: DueMail) -> Sent {
    let kind = mail.template.parse().map_or(Kind::Notice, Template::kind);
    let ready = match ready(app, relay, &mail, kind).await {
        Ok(Ok(ready)) => ready,
        Ok(Err((state, note))) => return untried(app, &mail, state, &note).await,
        Err(fault) => {
            give_back(app, &mail, None).await;
            return Sent::Badly(fault.to_string());
        }
    };
    let (envelope, mime) = ready;
    let pass = match turn(app, relay, kind, envelope.to.domain()).await {
        Ok(pass) => pass,
        Err(due_at) => {
            // Whoever waits beyond its end is looked at once more then, and ends.
            let end = mail.expires_at.map(journal::instant);
            let due_at = due_at.map(|at| end.map_or(at, |end| at.min(end)));
            give_back(app, &mail, due_at).await;
            return Sent::Well;
        }
    };
    match begin(app, &mut mail, kind).await {
        Ok(true) => {}
        Ok(false) => {
            give_back(app, &mail, None).await;
            return Sent::Well;
        }
        Err(fault) => {
            give_back(app, &mail, None).await;
            return Sent::Badly(fault.to_string());
        }
    }
    let began = tokio::time::Instant::now();
    let sending = relay.send(&envelope, &mime);
    let outcome = tokio::time::timeout(ATTEMPT_MAX, sending).await.unwrap_or_else(|_late| {
        Outcome::Ambiguous { why: "it was broken off after too long a time".to_owned() }
    });
    watch::attempt(kind, &outcome, began.elapsed());
    tell(&pass.ended(&outcome, app.now()));
    ended(app, &mail, kind, (&outcome, envelope.to.as_str())).await
}

/// Puts down that an attempt begins, where that matters: a kind that must not come twice is
/// uncertain from here on, and a lease that is not fresh may not be ours any more. All others are
/// simply sent again after a crash, which saves the disk a write for each of them.
async fn begin(app: &App, mail: &mut DueMail, kind: Kind) -> journal::Result<bool> {
    let now = app.now();
    let is_fresh = mail.lease_until - micros(now) >= (LEASE_SECONDS - FRESH_SECONDS) * 1_000_000;
    if is_fresh && kind.may_repeat() {
        return Ok(true);
    }
    mails::begin(app.journal().db(), mail, now, LEASE_SECONDS).await
}

type Ready = Result<(Envelope, Vec<u8>), (State, String)>;

/// What there is to send; or how the mail ends without being sent.
async fn ready(app: &App, relay: &Relay, mail: &DueMail, kind: Kind) -> journal::Result<Ready> {
    // Said since it was taken, it holds for this one, too.
    held(app, relay).await?;
    // Asked first: what may have arrived is not called unsent because its time is over.
    if mail.is_uncertain() && !kind.may_repeat() {
        let note = "an earlier attempt did not say how it ended";
        return Ok(Err((State::MaybeSent, note.to_owned())));
    }
    if mail.expires_at.is_some_and(|at| at <= micros(app.now())) {
        return Ok(Err((State::Expired, String::new())));
    }
    if let Some(why) = stopped(app, mail).await? {
        return Ok(Err((State::Skipped, why)));
    }
    let opened = opened(app, mail).await?;
    Ok(opened.map_err(|(state, note)| (state, note.to_owned())))
}

/// Waits for a turn at a domain, as long as that is worth it. Otherwise says when to ask again;
/// `None` when nobody knows.
async fn turn(
    app: &App,
    relay: &Relay,
    kind: Kind,
    domain: &str,
) -> Result<Pass, Option<DateTime<Utc>>> {
    let (pace, began) = (relay.pace(), tokio::time::Instant::now());
    loop {
        match pace.ask(kind, domain, app.now()) {
            Answer::Go(pass) => return Ok(pass),
            Answer::Held(_) => return Err(None),
            Answer::Wait { why: Slow::DomainCrowded, .. }
                if began.elapsed() < TURN_MAX && !pace.is_slow(domain, app.now()) =>
            {
                tokio::time::sleep(TURN_LOOK).await;
            }
            Answer::Wait { until, why } => return Err(Some(pace.place(kind, domain, until, why))),
        }
    }
}

/// Ends a mail that was not tried this time.
async fn untried(app: &App, mail: &DueMail, state: State, note: &str) -> Sent {
    let was_full = mail.fault.as_deref() == Some(Fault::MailboxFull.as_str());
    // Nothing is said over the last reply that explains why it expired.
    let said = Said { text: note, ..Said::default() };
    let recorded = record(app, mail, Attempt::Ended(state), said).await;
    if state == State::Expired && was_full {
        count_full(app, mail).await;
    }
    recorded
}

/// Learns from an attempt and puts it on record.
async fn ended(
    app: &App,
    mail: &DueMail,
    kind: Kind,
    (outcome, address): (&Outcome, &str),
) -> Sent {
    let (fault, text) = (outcome.fault(), discreet(outcome.text(), address));
    let attempt = after(app, mail, kind, outcome).await;
    complain(mail, outcome, &attempt);
    let is_over = matches!(attempt, Attempt::Ended(_));
    if fault.consequence() == Consequence::Suppress && was_hers(app, mail).await {
        stop(app, mail, Why::NoSuchMailbox, None).await;
    }
    let name = (fault != Fault::None).then(|| fault.as_str());
    let said = Said { code: outcome.code(), text: &text, fault: name };
    let recorded = record(app, mail, attempt, said).await;
    if is_over && fault.consequence() == Consequence::CountFull {
        count_full(app, mail).await;
    }
    recorded
}

/// What to do after an attempt.
async fn after(app: &App, mail: &DueMail, kind: Kind, outcome: &Outcome) -> Attempt {
    if outcome.is_submitted() {
        return Attempt::Ended(State::Sent);
    }
    let mut dice = [0; 8];
    app.world().fill(&mut dice);
    let dice = u64::from_le_bytes(dice);
    let attempts = u32::try_from(mail.attempts).unwrap_or(u32::MAX);
    let again = |at| match mail.expires_at {
        Some(end) if micros(at) >= end => Attempt::Ended(State::Expired),
        _ => Attempt::Again(at),
    };
    if outcome.fault() == Fault::Concurrency {
        let waiting = mails::backlog(app.journal().db()).await.unwrap_or_default();
        let waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
        return again(retry_in_crowd(waiting, app.now(), dice));
    }
    match retry_after(outcome, attempts, app.now(), dice) {
        Retry::At(at) => again(at),
        Retry::AtIfRepeatable(at) if kind.may_repeat() => again(at),
        Retry::AtIfRepeatable(_) => Attempt::Ended(State::MaybeSent),
        Retry::GiveUp => Attempt::Ended(State::Failed),
    }
}

/// One line for what an operator should know. Never an address.
fn complain(mail: &DueMail, outcome: &Outcome, attempt: &Attempt) {
    let DueMail { message_id, template, .. } = mail;
    let (code, fault) = (outcome.code(), outcome.fault());
    match (fault, attempt) {
        (Fault::Policy, _) => {
            tracing::error!(
                message_id,
                template,
                code,
                "a receiver distrusts our mail: look at SPF, DKIM, DMARC and block lists"
            );
        }
        (_, Attempt::Ended(State::Failed | State::MaybeSent)) => {
            tracing::warn!(message_id, template, code, ?fault, "a mail was given up");
        }
        _ => {}
    }
}

/// What the operator should hear of circuits.
fn tell(alarms: &[Alarm]) {
    for alarm in alarms {
        watch::alarm(alarm);
        match alarm {
            Alarm::Opened { domain, fault: Fault::Policy, until } => {
                tracing::error!(domain, %until, "our mail is distrusted there; nothing is sent there for a while");
            }
            Alarm::Opened { domain, until, .. } => {
                tracing::error!(domain, %until, "the relay cannot be reached; nothing is sent for a while");
            }
            Alarm::Closed { domain } => {
                tracing::info!(domain, "mail is taken there again");
            }
        }
    }
}

/// Why this person is not written to any more, asked as late as can be.
async fn stopped(app: &App, mail: &DueMail) -> journal::Result<Option<String>> {
    let template = mail.template.parse::<Template>().ok();
    let category = template.and_then(Template::category);
    let is_elsewhere = template.is_some_and(Template::is_elsewhere);
    let db = app.journal().db();
    let stop =
        reach::view::stopped(db, &mail.journal, &mail.recipient, category, app.now()).await?;
    // How else could she prove another address, when nothing arrives at hers any more?
    match stop.filter(|stop| !(is_elsewhere && stop.is_of_mailbox())) {
        Some(stop) => Ok(Some(stop.why)),
        None => Ok(letter::outdated(db, mail).await?.map(str::to_owned)),
    }
}

/// Whether a mail went to the mailbox its reader has now, so that its failure says something of it.
/// When nobody knows, the next letter hears the same.
async fn was_hers(app: &App, mail: &DueMail) -> bool {
    let DueMail { template, journal, recipient, position, .. } = mail;
    let whose = (journal.as_str(), recipient.as_str(), *position);
    match letter::went_elsewhere(app.journal().db(), template, whose).await {
        Ok(went_elsewhere) => !went_elsewhere,
        Err(fault) => {
            tracing::warn!(error = %fault, "whose mailbox failed could not be found out");
            false
        }
    }
}

/// A mailbox was full once more: after the third time it is left alone for a while.
async fn count_full(app: &App, mail: &DueMail) {
    if !was_hers(app, mail).await {
        return;
    }
    let (db, now) = (app.journal().db(), app.now());
    let counted = async {
        let full = Fault::MailboxFull.as_str();
        let mut times = mails::times(db, &mail.recipient, full, now - FULL_WITHIN).await?;
        times.extend(inbox::times(db, &mail.recipient, Verdict::MailboxFull.into()).await?);
        journal::Result::Ok(times)
    };
    match counted.await {
        Ok(times) => {
            if let Some(until) = full_too_often(&times, now) {
                stop(app, mail, Why::MailboxFull, Some(until)).await;
            }
        }
        Err(fault) => tracing::warn!(error = %fault, "full mailboxes could not be counted"),
    }
}

/// The address is written to no more: her server says that nothing arrives there.
async fn stop(app: &App, mail: &DueMail, why: Why, until: Option<DateTime<Utc>>) {
    let (hub, person) = (HubId::parse(&mail.journal), PersonId::parse(&mail.recipient));
    let (Ok(hub), Ok(person)) = (hub, person) else { return };
    let act = StopLetters { person, category: Category::All, why, until };
    let command = crate::app::Command { caused_by: Some(mail.position), ..Default::default() };
    let given = app.act_as_system("mail", Some(hub), Box::new(act), command).await;
    if let Err(fault) = given {
        // The next letter hears the same, and tries this again.
        tracing::warn!(error = %fault, "an address that cannot be reached could not be noted");
    }
}

/// Where notices about this mail come to: an address of its own (VERP), so that a bounce names the
/// mail whatever is left of it; without a door for mail, whoever the letter is from.
fn return_path(app: &App, mail: &DueMail) -> Option<EmailAddress> {
    let name = mail.message_id.split('.').next()?;
    app.answer_addresses()?.make(Purpose::Bounce, name).ok()
}

type Opened = Result<(Envelope, Vec<u8>), (State, &'static str)>;

/// The bytes of a mail; or how it ends without having any.
async fn opened(app: &App, mail: &DueMail) -> journal::Result<Opened> {
    use base64::Engine as _;
    let Some(sealed) = mail.sealed.clone() else {
        return Ok(Err((State::Failed, "its bytes are gone")));
    };
    let open = app.journal().keys().open_text(sealed).await?;
    let Ok(open) = serde_json::from_str::<Personal<Parcel>>(&open) else {
        return Ok(Err((State::Failed, "its bytes cannot be read")));
    };
    let Some(parcel) = open.value else { return Ok(Err((State::Skipped, "erased"))) };
    let mime = base64::engine::general_purpose::STANDARD.decode(&parcel.mime);
    let from = return_path(app, mail).map_or_else(|| crate::letter::sender(app.settings()), Ok);
    let (Ok(mime), Ok(from), Ok(to)) = (mime, from, EmailAddress::parse(&parcel.to)) else {
        return Ok(Err((State::Failed, "its envelope cannot be read")));
    };
    Ok(Ok((Envelope { from, to }, mime)))
}

/// Records the end of an attempt; a database that is away for a moment is waited for, because an
/// outcome that is not recorded means a second copy.
async fn record(app: &App, mail: &DueMail, attempt: Attempt, said: Said<'_>) -> Sent {
    let now: DateTime<Utc> = app.now();
    let mut pause = SWEEP;
    if let Attempt::Ended(state) = &attempt {
        watch::ended(&mail.template, *state);
    }
    for try_number in 1..=RECORD_TRIES {
        match mails::record(app.journal().db(), mail, now, attempt.clone(), said).await {
            Ok(()) => return Sent::Well,
            Err(fault) if try_number == RECORD_TRIES => return Sent::Badly(fault.to_string()),
            Err(_) => tokio::time::sleep(pause).await,
        }
        pause = pause.saturating_mul(2);
    }
    Sent::Well
}

/// A reply without the address it may repeat: the row outlives the person's erasure.
fn discreet(reply: &str, address: &str) -> String {
    let (lower, wanted) = (reply.to_lowercase(), address.to_lowercase());
    // Lower case may change lengths; then nothing of the reply is kept but that it was there.
    if lower.len() != reply.len() && lower.contains(&wanted) {
        return "…".to_owned();
    }
    let mut kept = String::new();
    let mut rest = reply;
    while let Some(place) = rest.to_lowercase().find(&wanted) {
        let Some((before, after)) = rest.split_at_checked(place) else { break };
        kept.push_str(before);
        kept.push('…');
        rest = after.get(wanted.len()..).unwrap_or_default();
    }
    kept.push_str(rest);
    kept.chars().take(REPLY_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::discreet;

    #[test]
    fn a_reply_is_kept_without_the_address_in_it() {
        let kept = discreet("5.1.1 <Ada@Example.org>: no ada@example.org here", "ada@example.org");
        assert_eq!(kept, "5.1.1 <…>: no … here");
        assert_eq!(discreet("250 ok", "ada@example.org"), "250 ok");
        assert_eq!(discreet("İ ada@example.org", "ada@example.org"), "…");
        assert_eq!(discreet(&"x".repeat(999), "a@b").len(), 300);
    }
}
