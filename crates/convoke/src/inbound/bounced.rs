//! What did not arrive, and what readers complain about: to whom we write no more.
//!
//! Only what comes to an address made for that very mail is believed; a notice without it could
//! silence anybody.

use journal::{Fault, inbox};
use kernel::{HubId, PersonId};
use mail::bounce::{self, Report};
use mail::inbound::{Limits, read_message};
use mail::{Consequence, full_too_often};
use serde_json::{Value, json};

use super::understand::{Reason, Verdict};
use super::view::Mailed;
use crate::app::{App, Command};
use crate::letter::{self, Template};
use crate::reach::{Category, StopLetters, Why};

/// What a notice says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notice {
    /// Write there no more.
    Gone,
    /// The mailbox is full.
    Full,
    /// Our mail is distrusted: ours to mend.
    Distrusted,
    /// The reader calls it unwanted.
    Unwanted,
    /// Nothing to do.
    Nothing(Reason),
}

/// Reads a notice.
pub(crate) fn read(bytes: &[u8]) -> Notice {
    let Ok(message) = read_message(bytes, &Limits::default()) else {
        return Notice::Nothing(Reason::MailUnreadable);
    };
    match bounce::read(&message) {
        Some(Report::Complaint(complaint)) if complaint.is_complaint() => Notice::Unwanted,
        Some(Report::Complaint(_)) => Notice::Nothing(Reason::NotAnAnswer),
        Some(Report::Delivery(notification)) => {
            let said: Vec<Consequence> =
                notification.deliveries.iter().map(bounce::Delivery::consequence).collect();
            let says = |consequence| said.contains(&consequence);
            match () {
                () if says(Consequence::Suppress) => Notice::Gone,
                () if says(Consequence::CountFull) => Notice::Full,
                () if says(Consequence::TellOperator) => Notice::Distrusted,
                () => Notice::Nothing(Reason::Passing),
            }
        }
        None => Notice::Nothing(Reason::Automatic),
    }
}

/// Acts on a notice. What was decided, and what to keep of it.
///
/// # Errors
/// When the database is out of reach.
pub(crate) async fn act(
    app: &App,
    mailed: &Mailed,
    notice: Notice,
    command: Command,
) -> Result<(Verdict, Value), Fault> {
    if is_about_another(app, mailed, notice).await? {
        return Ok((Verdict::Ignored, json!({ "reason": Reason::Passing.to_string() })));
    }
    let stop = match notice {
        Notice::Gone => (Category::All, Why::NoSuchMailbox, None),
        Notice::Unwanted => {
            let template = mailed.template.parse::<Template>().ok();
            let category = template.and_then(Template::category).unwrap_or(Category::Invitations);
            (category, Why::Complained, None)
        }
        Notice::Full => {
            let verdict = <&str>::from(Verdict::MailboxFull);
            let db = app.journal().db();
            let mut times = inbox::times(db, &mailed.recipient, verdict).await?;
            times.push(app.now());
            match full_too_often(&times, app.now()) {
                Some(until) => (Category::All, Why::MailboxFull, Some(until)),
                None => return Ok((Verdict::MailboxFull, json!({}))),
            }
        }
        Notice::Distrusted => {
            tracing::error!(
                template = mailed.template,
                "a receiver distrusts our mail: look at SPF, DKIM, DMARC and block lists"
            );
            return Ok((Verdict::Ignored, json!({ "reason": Reason::Distrusted.to_string() })));
        }
        Notice::Nothing(reason) => {
            return Ok((Verdict::Ignored, json!({ "reason": reason.to_string() })));
        }
    };
    let (category, why, until) = stop;
    let (hub, person) = (HubId::parse(&mailed.journal), PersonId::parse(&mailed.recipient));
    let (Ok(hub), Ok(person)) = (hub, person) else {
        return Ok((Verdict::Refused, json!({ "reason": Reason::Erased.to_string() })));
    };
    let act = StopLetters { person, category, why, until };
    app.act_as_system("mail", Some(hub), Box::new(act), command).await?;
    let verdict = if notice == Notice::Full { Verdict::MailboxFull } else { Verdict::Bounced };
    Ok((verdict, json!({ "why": why.to_string(), "category": category.to_string() })))
}

/// Whether a notice is about another mailbox than the one its person is written to now: what became
/// of a letter there is nothing to hold against hers. Whoever calls a letter unwanted that was not
/// sent to her proved address need not be she.
async fn is_about_another(app: &App, mailed: &Mailed, notice: Notice) -> journal::Result<bool> {
    let Mailed { journal, position, recipient, template } = mailed;
    match notice {
        Notice::Gone | Notice::Full => {
            let whose = (journal.as_str(), recipient.as_str(), *position);
            letter::went_elsewhere(app.journal().db(), template, whose).await
        }
        Notice::Unwanted => Ok(template.parse().is_ok_and(Template::is_elsewhere)),
        Notice::Distrusted | Notice::Nothing(_) => Ok(false),
    }
}
