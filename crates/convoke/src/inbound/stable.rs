//! Whose an answer is that comes to the address letters come from: its UID names the event, its
//! ATTENDEE the guest. Nothing of it is believed yet.

use std::time::Duration;

use calendar::read;
use kernel::PersonId;
use mail::EmailAddress;
use mail::inbound::{Limits, read_message};
use tokio::task::JoinHandle;

use super::view;
use crate::app::{App, Organizer};

/// How long a mail may be looked at while its sender waits.
const LOOKING_MAX: Duration = Duration::from_millis(1_500);

/// Whether calendars answer to this address: the one letters come from, in that mode.
pub(super) fn is_ours(app: &App, address: &EmailAddress) -> bool {
    let settings = app.settings();
    settings.organizer == Organizer::Stable
        && settings.inbound_domain.is_some()
        && crate::letter::sender(settings).is_ok_and(|own| own.folded() == address.folded())
}

/// The invitation or registration a mail is about, or the event or series when its author was not
/// invited; and the person it is sealed for. `None` when it names nothing of ours.
pub(super) async fn addressee(
    app: &App,
    bytes: &[u8],
) -> journal::Result<Option<(String, PersonId)>> {
    let bytes = bytes.to_vec();
    let looking = tokio::task::spawn_blocking(move || named(&bytes));
    let Some(Some((uid, attendee))) = looked(looking, LOOKING_MAX).await? else {
        return Ok(None);
    };
    let settings = app.settings();
    let Some(id) = uid.strip_suffix(&format!("@{}", settings.uid_domain)) else {
        return Ok(None);
    };
    let db = app.journal().db();
    let Some(about) = view::asked(db, id).await? else { return Ok(None) };
    let known = app.journal().keys().known(&attendee).await?;
    if let Some(person) = known {
        let (hub, who) = (&about.journal, person.to_string());
        let guest = match kernel::prefix_of(id) {
            Some("series") => view::guest_of_series(db, hub, id, &who).await?,
            _ => view::guest(db, hub, id, &who).await?,
        };
        if let Some(guest) = guest {
            return Ok(Some((guest, person)));
        }
    }
    // Whoever is believed enters the directory, and nobody before: until then any pseudonym does.
    Ok(Some((id.to_owned(), known.unwrap_or_else(|| app.id()))))
}

/// What a look at a mail brings; nothing when it panics.
///
/// # Errors
/// When it takes too long: the mail was made to, or the machine is busy, so it may come again.
pub(super) async fn looked<T>(
    looking: JoinHandle<T>,
    within: Duration,
) -> journal::Result<Option<T>> {
    match tokio::time::timeout(within, looking).await {
        Ok(found) => Ok(found.ok()),
        Err(_slow) => {
            let what = "a mail could not be looked at in time".to_owned();
            Err(journal::Error::Broken { what })
        }
    }
}

/// The UID and the attendee of a mail, if it has just one of each.
fn named(bytes: &[u8]) -> Option<(String, String)> {
    let message = read_message(bytes, &Limits::default()).ok()?;
    let object = read::object(message.calendar?.ics.as_bytes()).ok()?;
    let answers = read::answers(&object).ok()?;
    let [answer] = answers.as_slice() else { return None };
    let attendee = EmailAddress::parse(&answer.attendee).ok()?;
    Some((answer.uid.clone(), attendee.folded()))
}
