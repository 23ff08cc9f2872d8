//! Reminders, to everybody concerned: by day, as she has chosen, and only while they are true.

use chrono::{DateTime, Utc};
use journal::instant;
use kernel::Zone;

use super::Template;
use super::aside::outdated;
use super::expand::{About, Desk, Drawn, Expanded, Guest};
use crate::event::view::EventRow;
use crate::reach::{Wishes, hours};

impl<'a> Desk<'a> {
    /// Reminds who has a place, or who was invited and has not answered.
    pub(super) fn remind(&self, about: &About<'a>) -> Expanded {
        let Some(event) = about.event else {
            return Expanded::Failed("it names no event".to_owned());
        };
        let Some(starts_at) = event.starts_at.map(instant).filter(|_| is_on(event)) else {
            return Expanded::Dropped("the event does not take place");
        };
        let template = self.wanted.template;
        let meant = self.wanted.with.starts_at;
        if template == Template::EventReminder && meant != Some(starts_at) {
            return Expanded::Dropped("the event has another time now");
        }
        if self.app.now() >= starts_at {
            return Expanded::Dropped("the event has begun");
        }
        let Some(everyone) = self.material.everyone.get(&self.wanted.effect) else {
            return Expanded::Failed("nobody was looked for".to_owned());
        };
        let guests = self.guests(everyone).into_iter();
        let asked = guests.filter(|(person, guest)| self.is_asked(about, person, *guest));
        let mails = asked.map(|(person, guest)| {
            let wishes = self.wishes(&about.hub.id, person);
            let zone = wishes.zone.or_else(|| zone_of(event));
            let at = self.app.now().max(self.wanted.due_at);
            let not_before = zone.map_or(at, |zone| hours::awake(at, zone));
            self.reminder(about, (person, guest), (starts_at, not_before))
        });
        Expanded::Mails(mails.collect())
    }

    /// Whether a reminder of this kind is for her.
    fn is_asked(&self, about: &About<'a>, person: &str, guest: Guest<'a>) -> bool {
        if self.wanted.template == Template::InvitationReminder {
            return guest.registration.is_none()
                && guest.invitation.is_some_and(|row| row.state == "sent" && !row.stop);
        }
        let wishes = self.wishes(&about.hub.id, person);
        let has_place = guest.registration.is_some_and(|row| row.state == "confirmed");
        has_place && self.wanted.with.reminders.iter().any(|one| wishes.reminders.contains(one))
    }

    fn reminder(
        &self,
        about: &About<'a>,
        (person, guest): (&str, Guest<'a>),
        (starts_at, not_before): (DateTime<Utc>, DateTime<Utc>),
    ) -> Drawn {
        let template = self.wanted.template;
        let why = match outdated(template, guest, about.event) {
            None if not_before >= starts_at => Some("the event begins before her morning"),
            other => other,
        };
        let drawn = match why {
            Some(why) => self.skipped(about, person, template, why),
            None => self.drawn(about, person, guest, (template, false)),
        };
        Drawn { not_before: Some(not_before), expires_at: starts_at, ..drawn }
    }

    /// What somebody has chosen in this hub.
    pub(super) fn wishes(&self, hub: &str, person: &str) -> Wishes {
        let key = (hub.to_owned(), person.to_owned());
        self.material.wishes.get(&key).cloned().unwrap_or_default()
    }
}

fn is_on(event: &EventRow) -> bool {
    matches!(event.status.as_str(), "published" | "closed")
}

fn zone_of(event: &EventRow) -> Option<Zone> {
    event.zone.as_deref().and_then(Zone::parse)
}
