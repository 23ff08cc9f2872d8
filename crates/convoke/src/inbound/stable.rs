//! Whose an answer is that comes to the address letters come from: its UID names the event, its
//! ATTENDEE the guest. Nothing of it is believed yet.

use std::time::Duration;

use calendar::read;
use kernel::PersonId;
use mail::EmailAddress;
use mail::inbound::{Limits, read_message};

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

/// The invitation or registration a mail is about, or the event when its author was not invited;
/// and the person it is sealed for. `None` when it names no event of ours.
pub(super) async fn addressee(
    app: &App,
    bytes: &[u8],
) -> journal::Result<Option<(String, PersonId)>> {
    let bytes = bytes.to_vec();
    // A hostile mail may cost time, and a panic; both end here.
    let looking = tokio::task::spawn_blocking(move || named(&bytes));
    let Ok(Ok(Some((uid, attendee)))) = tokio::time::timeout(LOOKING_MAX, looking).await else {
        return Ok(None);
    };
    let settings = app.settings();
    let Some(event) = uid.strip_suffix(&format!("@{}", settings.uid_domain)) else {
        return Ok(None);
    };
    let db = app.journal().db();
    let Some(about) = view::asked(db, event).await? else { return Ok(None) };
    let keys = app.journal().keys();
    if let Some(person) = keys.known(&attendee).await?
        && let Some(guest) = view::guest(db, &about.journal, event, &person.to_string()).await?
    {
        return Ok(Some((guest, person)));
    }
    Ok(Some((event.to_owned(), keys.person_of(&attendee).await?)))
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
