//! The calendar object of a letter: offer it, change it, take it away (RFC 5546).
//!
//! One event, one recipient. The organizer is an address answers come to; DTSTAMP is when the fact was recorded that the letter follows from, so that a
//! letter written twice is the same.

use calendar::{Attendee, Method, Organizer, Partstat};

use super::Template;
use super::compose::Draft;
use crate::event::Status;
use crate::event::view::EventRow;
use crate::feed::entry::{self, Around, Detail};
use crate::feed::series::Told;
use crate::text::Text;

/// The calendar object that goes with a letter, if one does. An address that no calendar can
/// carry gets the letter with its links alone.
pub(crate) fn calendar_part(draft: &Draft<'_>) -> Option<mail::Calendar> {
    if draft.template == Template::ProposedTimeDeclined {
        return declined(draft);
    }
    let (method, partstat, is_asked) = message(draft)?;
    let event = draft.event?;
    let (organizer, attendee) = (host(draft)?, reader(draft, partstat, is_asked));
    let around = around(draft);
    let ics = match draft.series {
        Some(told) => of_series(draft, told, method, &around, &organizer, &attendee)?,
        None => calendar::invitation(method, &stamped(draft, event)?, &organizer, &attendee),
    };
    let ics = ics
        .inspect_err(|cause| tracing::info!(event = event.id, %cause, "a letter goes without its calendar object"))
        .ok()?;
    let method = match method {
        Method::Request => mail::Method::Request,
        Method::Cancel => mail::Method::Cancel,
    };
    Some(mail::Calendar { method, ics })
}

/// The answer to another time that is not taken: her calendar knows it by the version she saw.
fn declined(draft: &Draft<'_>) -> Option<mail::Calendar> {
    let proposal = draft.proposal?;
    let event = draft.event?;
    let (entry, since) = match draft.series {
        // She knows the date by its series, whose versions count on.
        Some(told) => (dated(draft, told, event)?, told.row.asked_sequence),
        None => (stamped(draft, event)?, 0),
    };
    let entry = entry.revised(u32::try_from(since + proposal.sequence).ok()?).ok()?;
    let (organizer, attendee) = (host(draft)?, reader(draft, said(draft), false));
    let why = proposal.why.as_deref().unwrap_or_default();
    let ics = calendar::decline_counter(&entry, &organizer, &attendee, why)
        .inspect_err(
            |cause| tracing::info!(%cause, "a proposal is declined without a calendar object"),
        )
        .ok()?;
    Some(mail::Calendar { method: mail::Method::DeclineCounter, ics })
}

/// One date of a series, as who was offered all of it knows it.
fn dated(draft: &Draft<'_>, told: &Told, event: &EventRow) -> Option<calendar::Event> {
    let series = told.series(Detail::Full, &around(draft), draft.date)?;
    series.one(told.date_of(event)?).and_then(|one| one.stamped(draft.date)).ok()
}

/// The event as this letter's calendar object, stamped with the letter's own time.
fn stamped(draft: &Draft<'_>, event: &EventRow) -> Option<calendar::Event> {
    entry::entry(event, Detail::Full, &around(draft))?.stamped(draft.date).ok()
}

fn around<'a>(draft: &Draft<'a>) -> Around<'a> {
    Around {
        settings: draft.settings,
        hub: &draft.hub.name,
        slug: &draft.hub.slug,
        issue: draft.issue,
        text: Text::new(draft.reader.locale),
        takes_time: true,
    }
}

fn host(draft: &Draft<'_>) -> Option<Organizer> {
    let address = organizer(draft)?.as_str().to_owned();
    Some(Organizer { name: draft.hub.name.clone(), address })
}

fn reader(draft: &Draft<'_>, partstat: Partstat, rsvp: bool) -> Attendee {
    Attendee {
        name: draft.reader.name.clone().unwrap_or_default(),
        address: draft.reader.email.as_str().to_owned(),
        partstat,
        rsvp,
    }
}

/// To whom a series was offered as a whole: all of it again when it was done to all of it, else the
/// one date (RFC 5546 §3.2.2).
#[expect(clippy::too_many_arguments, reason = "all that an object is made of")]
fn of_series(
    draft: &Draft<'_>,
    told: &Told,
    method: Method,
    around: &Around<'_>,
    organizer: &Organizer,
    attendee: &Attendee,
) -> Option<Result<String, calendar::Error>> {
    let event = draft.event?;
    let offered = matches!(
        draft.template,
        Template::Invitation
            | Template::InvitationAgain
            | Template::GuestMoved
            | Template::GuestMovedAway
    );
    if offered || draft.of_all {
        let series = told.offered(around, draft.date, method == Method::Request)?;
        return Some(calendar::series_invitation(method, &series, organizer, attendee));
    }
    let series = told.series(Detail::Full, around, draft.date)?;
    let one = series.one(told.date_of(event)?).and_then(|one| one.stamped(draft.date));
    Some(one.and_then(|one| calendar::invitation(method, &one, organizer, attendee)))
}

/// Whom calendars answer to: an address made for this one invitation, which nobody else can make;
/// without a door for mail, the address letters come from, where a person may read it.
fn organizer(draft: &Draft<'_>) -> Option<mail::EmailAddress> {
    let sender = || super::sender(draft.settings).ok();
    draft.links.answers.clone().or_else(sender)
}

/// What the reader's calendar is asked to do, what she said so far, and whether she is asked.
fn message(draft: &Draft<'_>) -> Option<(Method, Partstat, bool)> {
    // Somebody who waits has nothing in her calendar.
    let has_entry = draft.invitation.is_some()
        || draft.registration.is_some_and(|registration| registration.state == "confirmed");
    match draft.template {
        Template::Invitation => Some((Method::Request, Partstat::NeedsAction, true)),
        Template::RegistrationConfirmed => Some((Method::Request, Partstat::Accepted, false)),
        Template::GuestMovedAway => Some((Method::Cancel, said(draft), false)),
        Template::EventUpdated | Template::InvitationAgain | Template::GuestMoved if has_entry => {
            let said = said(draft);
            Some((Method::Request, said, said == Partstat::NeedsAction))
        }
        Template::EventCancelled if has_entry => Some((Method::Cancel, said(draft), false)),
        Template::InvitationRevoked => Some((Method::Cancel, Partstat::NeedsAction, false)),
        // Who declined an invitation has said so in her calendar already.
        Template::RegistrationCancelled
            if draft.registration?.cancelled_by.as_deref() != Some("invitation") =>
        {
            Some((Method::Cancel, Partstat::Declined, false))
        }
        _ => None,
    }
}

/// What the reader said to the event as it is now: an answer to a time or place that has changed
/// since does not count.
fn said(draft: &Draft<'_>) -> Partstat {
    let Some(event) = draft.event else { return Partstat::NeedsAction };
    if draft.asks_again && event.status() != Status::Cancelled {
        return Partstat::NeedsAction;
    }
    let Some(invitation) = draft.invitation else { return Partstat::Accepted };
    if invitation.answered_sequence.is_none_or(|sequence| sequence < event.asked_at_sequence) {
        return Partstat::NeedsAction;
    }
    match invitation.answer.as_deref() {
        Some("accepted") => Partstat::Accepted,
        Some("tentative") => Partstat::Tentative,
        Some("declined") => Partstat::Declined,
        _ => Partstat::NeedsAction,
    }
}
