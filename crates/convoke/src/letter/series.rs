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
            let told = of(material, guest.invitation, event)?;
            let is_first = told.is_first_told(event?, template == Template::EventCancelled)?;
            (!is_first).then_some("the letter about the series says so")
        }
        _ => None,
    }
}
