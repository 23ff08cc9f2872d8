//! Mails leave: a few at a time, one of each lane, the same bytes on each attempt.
//!
//! What the relay said decides: sent, again later, or never. When nobody knows whether a mail
//! arrived (the line broke after its end, or our process died), kinds whose second copy does no
//! harm are sent again under the same Message-ID, and the others are left at "maybe sent".

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::StreamExt as _;
use futures_util::future::join_all;
use journal::mails::{self, Attempt, DueMail, State};
use kernel::{HubId, PersonId, Personal};
use mail::token::Purpose;
use mail::{Consequence, EmailAddress, Envelope, Fault, Kind, Outcome, Relay, Retry, retry_after};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::pace::{Bell, SWEEP, Trouble};
use crate::app::App;
use crate::letter::{self, Parcel, Template};
use crate::reach::{self, Category, StopLetters, Why};

/// Mails on their way at one time: what receivers accept (Exchange Online: three).
const AT_ONCE: usize = 3;
/// Mails taken at one time.
const BATCH: usize = 12;
/// Longer than the relay waits for anything (RFC 5321 §4.5.3.2.6: ten minutes for the last reply).
const LEASE_SECONDS: i64 = 15 * 60;
/// How long the last mails may take when the process stops.
const FAREWELL: Duration = Duration::from_secs(10);
/// How often an outcome is tried to be recorded; afterwards the lease runs out.
const RECORD_TRIES: u32 = 5;
/// What is kept of a reply, in characters.
const REPLY_CHARS_MAX: usize = 300;

/// Sends what is due until `stop`: one hand takes mails, a few others send them. Each is polled
/// for itself, so that none waits for a connection that another one holds.
pub(crate) async fn run(app: &App, relay: &Relay, bell: &Bell, stop: &CancellationToken) {
    let (queue, mails) = mpsc::channel(BATCH);
    let post = Post {
        app,
        relay,
        stop,
        mails: tokio::sync::Mutex::new(mails),
        trouble: Mutex::new(Trouble::with("send mails")),
    };
    let senders = join_all((0..AT_ONCE).map(|_| post.send()));
    let work = async { tokio::join!(post.take(queue, bell), senders) };
    let farewell = async {
        stop.cancelled().await;
        tokio::time::sleep(FAREWELL).await;
    };
    tokio::select! {
        _ = work => {}
        () = farewell => {
            tracing::warn!("some mails were on their way when we stopped; they are tried again");
        }
    }
    relay.close().await;
}

/// The room in which mails are taken and sent.
struct Post<'a> {
    app: &'a App,
    relay: &'a Relay,
    stop: &'a CancellationToken,
    mails: tokio::sync::Mutex<mpsc::Receiver<DueMail>>,
    trouble: Mutex<Trouble>,
}

impl Post<'_> {
    fn trouble(&self) -> MutexGuard<'_, Trouble> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes due mails as far as there is room for them. The end of the queue ends the senders.
    async fn take(&self, queue: mpsc::Sender<DueMail>, bell: &Bell) {
        let db = self.app.journal().db();
        let mut wake = self.app.journal().effects_wake();
        while !self.stop.is_cancelled() {
            wake.borrow_and_update();
            let room = i64::try_from(queue.capacity()).unwrap_or_default();
            let pause = match mails::claim(db, self.app.now(), LEASE_SECONDS, room).await {
                Ok(due) if due.is_empty() && room > 0 => SWEEP,
                Ok(due) => {
                    for mail in due {
                        // There is room for all of them; a closed queue loses none, for their
                        // lease runs out.
                        let _sent = queue.send(mail).await;
                    }
                    tokio::select! {
                        () = self.stop.cancelled() => return,
                        _room = queue.reserve() => Duration::ZERO,
                    }
                }
                Err(fault) => self.trouble().began(&fault),
            };
            let pause = self.trouble().waits().unwrap_or(pause);
            let is_calm = self.trouble().is_over();
            tokio::select! {
                () = self.stop.cancelled() => return,
                () = tokio::time::sleep(pause) => self.trouble().try_again(),
                () = bell.heard(), if is_calm => {}
                Ok(()) = wake.changed(), if is_calm => {}
            }
            self.relay.close_old().await;
        }
    }

    /// Sends one mail after the other. While the relay is away, or the process stops, the rest is
    /// given back and need not find out one by one.
    async fn send(&self) {
        loop {
            let next = self.mails.lock().await.recv().await;
            let Some(mail) = next else { return };
            if self.stop.is_cancelled() || !self.trouble().is_over() {
                give_back(self.app, std::slice::from_ref(&mail)).await;
                continue;
            }
            match one(self.app, self.relay, mail).await {
                Sent::Well => {
                    self.trouble().ended(SWEEP);
                }
                Sent::Badly(says) => {
                    self.trouble().tell(&says);
                }
            }
        }
    }
}

/// Sends what is due now until nothing is. Says how many attempts that took.
pub(crate) async fn due(app: &App, relay: &Relay) -> journal::Result<usize> {
    let mut attempts = 0;
    loop {
        let room = i64::try_from(BATCH).unwrap_or(1);
        let due = mails::claim(app.journal().db(), app.now(), LEASE_SECONDS, room).await?;
        if due.is_empty() {
            return Ok(attempts);
        }
        attempts += due.len();
        let sends = due.into_iter().map(|mail| one(app, relay, mail));
        let sends = futures_util::stream::iter(sends).buffer_unordered(AT_ONCE);
        sends.for_each(|_sent| std::future::ready(())).await;
    }
}

/// How one attempt went, as far as the next ones are concerned.
enum Sent {
    /// The relay works, whatever it said of this mail.
    Well,
    /// The relay or the database is out of reach.
    Badly(String),
}

async fn give_back(app: &App, mails: &[DueMail]) {
    if let Err(fault) = mails::release(app.journal().db(), mails).await {
        tracing::warn!(error = %fault, count = mails.len(), "mails could not be given back; their lease runs out");
    }
}

async fn one(app: &App, relay: &Relay, mail: DueMail) -> Sent {
    let kind = mail.template.parse().map_or(Kind::Notice, Template::kind);
    let now = app.now();
    if mail.expires_at.is_some_and(|at| journal::instant(at) <= now) {
        return record(app, &mail, Attempt::Ended(State::Expired), (None, "")).await;
    }
    if mail.is_uncertain() && !kind.may_repeat() {
        let note = "an earlier attempt did not say how it ended";
        return record(app, &mail, Attempt::Ended(State::MaybeSent), (None, note)).await;
    }
    match stopped(app, &mail).await {
        Ok(None) => {}
        Ok(Some(why)) => {
            return record(app, &mail, Attempt::Ended(State::Skipped), (None, &why)).await;
        }
        Err(fault) => {
            give_back(app, std::slice::from_ref(&mail)).await;
            return Sent::Badly(fault.to_string());
        }
    }
    let (envelope, mime) = match opened(app, &mail).await {
        Ok(Ok(opened)) => opened,
        Ok(Err((state, why))) => {
            return record(app, &mail, Attempt::Ended(state), (None, why)).await;
        }
        Err(fault) => {
            give_back(app, std::slice::from_ref(&mail)).await;
            return Sent::Badly(fault.to_string());
        }
    };
    let outcome = relay.send(&envelope, &mime).await;
    let text = discreet(outcome.text(), envelope.to.as_str());
    let attempt = after(app, &mail, kind, &outcome);
    complain(&mail, &outcome, &attempt);
    if outcome.fault().consequence() == Consequence::Suppress {
        write_no_more(app, &mail).await;
    }
    let recorded = record(app, &mail, attempt, (outcome.code(), &text)).await;
    match outcome.fault() {
        Fault::Relay => Sent::Badly(text),
        _ => recorded,
    }
}

/// What to do after an attempt.
fn after(app: &App, mail: &DueMail, kind: Kind, outcome: &Outcome) -> Attempt {
    if outcome.is_submitted() {
        return Attempt::Ended(State::Sent);
    }
    let mut dice = [0; 8];
    app.world().fill(&mut dice);
    let attempts = u32::try_from(mail.attempts).unwrap_or(u32::MAX);
    match retry_after(outcome, attempts, app.now(), u64::from_le_bytes(dice)) {
        Retry::At(at) => Attempt::Again(at),
        Retry::AtIfRepeatable(at) if kind.may_repeat() => Attempt::Again(at),
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

/// Why this person is not written to any more, asked as late as can be.
async fn stopped(app: &App, mail: &DueMail) -> journal::Result<Option<String>> {
    let category = mail.template.parse().ok().and_then(Template::category);
    let db = app.journal().db();
    let stop =
        reach::view::stopped(db, &mail.journal, &mail.recipient, category, app.now()).await?;
    match stop {
        Some(stop) => Ok(Some(stop.why)),
        None => Ok(letter::outdated(db, mail).await?.map(str::to_owned)),
    }
}

/// A server said at the door that there is no such mailbox.
async fn write_no_more(app: &App, mail: &DueMail) {
    let (hub, person) = (HubId::parse(&mail.journal), PersonId::parse(&mail.recipient));
    let (Ok(hub), Ok(person)) = (hub, person) else { return };
    let why = Why::NoSuchMailbox;
    let act = StopLetters { person, category: Category::All, why, until: None };
    let command = crate::app::Command { caused_by: Some(mail.position), ..Default::default() };
    let given = app.act_as_system("mail", Some(hub), Box::new(act), command).await;
    if let Err(fault) = given {
        // The next letter hears the same, and tries this again.
        tracing::warn!(error = %fault, "an address that does not exist could not be noted");
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
async fn record(app: &App, mail: &DueMail, attempt: Attempt, said: (Option<u16>, &str)) -> Sent {
    let now: DateTime<Utc> = app.now();
    let mut pause = SWEEP;
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
