//! What somebody who was invited to a whole series hears of one of its dates.

use super::Template;
use super::aside::outdated;
use super::expand::Guest;
use super::view::Material;
use crate::event::view::EventRow;
use crate::feed::series::Told;
use crate::invitation::view::InvitationRow;

/// The series of an event, if this invitation is to all of it.
pub(super) fn of<'a>(
    material: &'a Material,
    invitation: Option<&InvitationRow>,
    event: Option<&EventRow>,
) -> Option<&'a Told> {
    invitation?.series.as_ref()?;
    material.series.get(event?.series.as_ref()?)
}

/// Whether a letter to everyone tells this reader of what was done to all of a series; `None` when
/// what was done to the date was done to it alone. She may have declined the next date, or have
/// been asked to it by itself, so whose letter speaks for all is found for each guest.
pub(super) fn is_first_told(
    material: &Material,
    template: Template,
    invitation: Option<&InvitationRow>,
    event: Option<&EventRow>,
) -> Option<bool> {
    let is_cancelled = match template {
        Template::EventUpdated => false,
        Template::EventCancelled => true,
        _ => return None,
    };
    let told = of(material, invitation, event)?;
    let key = (told.row.id.clone(), invitation?.person.clone());
    let asked = material.asked.get(&key);
    let is_asked_to = |event: &str| asked.is_some_and(|events| events.contains(event));
    told.is_first_told(event?, is_cancelled, is_asked_to)
}

/// Why she is not written to: there is nothing to say any more, or another letter says it.
pub(super) fn silent(
    material: &Material,
    template: Template,
    guest: Guest<'_>,
    event: Option<&EventRow>,
) -> Option<&'static str> {
    outdated(template, guest, event).or_else(|| told_elsewhere(material, template, guest, event))
}

/// Why she hears of this date with another one: what is done to a series is told once.
fn told_elsewhere(
    material: &Material,
    template: Template,
    guest: Guest<'_>,
    event: Option<&EventRow>,
) -> Option<&'static str> {
    match template {
        Template::RegistrationConfirmed => {
            let made = guest.registration.is_some_and(|row| material.in_series.contains(&row.id));
            made.then_some("her calendar has it with the series")
        }
        Template::EventUpdated | Template::EventCancelled => {
            let is_first = is_first_told(material, template, guest.invitation, event)?;
            (!is_first).then_some("the letter about the series says so")
        }
        _ => None,
    }
}
