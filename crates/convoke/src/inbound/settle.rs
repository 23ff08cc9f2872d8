//! Decides what kept mails mean: each is read on a thread of its own, becomes at most one command,
//! and its decision is kept.
//!
//! The command follows from the mail, so a mail that is decided twice, because a process died in
//! between, is one command. A mail that breaks its reader is refused and harms itself alone.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use journal::inbox::{self, WaitingMail};
use journal::{Fault, instant};
use kernel::{Personal, Zone};
use mail::EmailAddress;
use mail::token::Purpose;
use serde_json::{Value, json};

use super::understand::{Expected, Meaning, Reason, Verdict, understand};
use super::view::{self, Asked};
use super::{Parcel, believe, bounced};
use crate::app::{App, Command};
use crate::feed::entry;

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
pub(super) struct Decided {
    pub(super) verdict: Verdict,
    pub(super) details: Value,
}

impl Decided {
    pub(super) fn because(verdict: Verdict, reason: Reason) -> Self {
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
    let Some((recipient, bytes)) = opened(app, mail).await? else {
        return refused(Reason::Erased);
    };
    // Where an event is all we know, its author was not invited, and no address is the right one.
    let is_guest = asked.email.is_some();
    if !is_guest && !asked.person.is_empty() {
        return refused(Reason::Erased);
    }
    let settings = app.settings();
    let to = EmailAddress::parse(&recipient).ok();
    let named = to.and_then(|to| app.answer_addresses()?.read(&to));
    let expected = Expected {
        uid: entry::uid(settings, asked.series.as_ref().unwrap_or(&asked.event)),
        address: asked.email.clone().unwrap_or_default(),
        zone: asked.zone.as_deref().and_then(Zone::parse).unwrap_or_default(),
        has_token: named.is_some(),
        authserv_id: settings.authserv_id.clone(),
        received_at: instant(mail.received_at),
    };
    let bytes: Arc<[u8]> = Arc::from(bytes);
    let mut meaning = understood(&bytes, &expected).await;
    // Every address that was proved to be hers counts.
    let other = match &meaning {
        Meaning::Stranger(who) if !who.delegated => Some(who.address.clone()),
        Meaning::Uninvited(address) => Some(address.clone()),
        _ => None,
    };
    if let Some(address) = other
        && is_hers(app, &asked, &address).await?
    {
        meaning = understood(&bytes, &Expected { address, ..expected }).await;
    }
    match meaning {
        Meaning::Nothing(verdict, reason) => Ok(Decided::because(verdict, reason)),
        Meaning::Stranger(who) => believe::stranger(app, mail, &asked, *who).await,
        Meaning::Uninvited(_) => Ok(Decided::because(Verdict::Ignored, Reason::NotInvited)),
        Meaning::Unproved { address, answer, date } if is_hers(app, &asked, &address).await? => {
            believe::unproved(app, mail, &asked, (answer, date)).await
        }
        Meaning::Unproved { .. } => refused(Reason::Unconfirmed),
        Meaning::Again => believe::again(app, mail, &asked).await,
        Meaning::Given(given) => believe::given(app, mail, &asked, *given).await,
    }
}

/// What a mail means. A hostile one may cost time, and a panic; both end here.
async fn understood(bytes: &Arc<[u8]>, expected: &Expected) -> Meaning {
    let (bytes, expected) = (Arc::clone(bytes), expected.clone());
    let reading = tokio::task::spawn_blocking(move || understand(&bytes, &expected));
    match tokio::time::timeout(READING_MAX, reading).await {
        Ok(Ok(meaning)) => meaning,
        Ok(Err(_)) | Err(_) => Meaning::Nothing(Verdict::Refused, Reason::MailUnreadable),
    }
}

/// Whether an address leads to the guest: the one we write to, or another she has proved in this
/// hub. What another hub lets lead to her is that hub's word, and counts there alone.
async fn is_hers(app: &App, asked: &Asked, address: &str) -> journal::Result<bool> {
    let folded = |text: &str| EmailAddress::parse(text).map(|address| address.folded()).ok();
    let own = asked.email.as_deref().and_then(folded);
    if own.is_some() && own == folded(address) {
        return Ok(true);
    }
    let known = app.journal().keys().known(address).await?;
    if known.is_none_or(|person| person.to_string() != asked.person) {
        return Ok(false);
    }
    let here = view::addresses(app.journal().db(), &asked.journal, &asked.person).await?;
    let wanted = folded(address);
    Ok(wanted.is_some() && here.iter().any(|one| folded(one) == wanted))
}

/// What a mail server, or a reader's button, says about one of our mails.
async fn notice(app: &App, mail: &WaitingMail) -> Result<Decided, Fault> {
    let mailed = view::mailed(app.journal().db(), &mail.about).await?;
    let (Some(mailed), Some((_, bytes))) = (mailed, opened(app, mail).await?) else {
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

/// The recipient and the bytes of a mail; `None` when the person they are sealed for has been erased.
async fn opened(app: &App, mail: &WaitingMail) -> journal::Result<Option<(String, Vec<u8>)>> {
    use base64::Engine as _;
    let Some(sealed) = mail.sealed.clone() else { return Ok(None) };
    let open = app.journal().keys().open_text(sealed).await?;
    let parcel = serde_json::from_str::<Personal<Parcel>>(&open).ok().and_then(|open| open.value);
    Ok(parcel.and_then(|parcel| {
        let bytes = base64::engine::general_purpose::STANDARD.decode(parcel.mime).ok()?;
        Some((parcel.recipient, bytes))
    }))
}
