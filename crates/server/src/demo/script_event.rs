//! The part of a script that tells of events: plans, invitations, registrations, ends.

use anyhow::{Context as _, Result};
use chrono::{DateTime, Duration, DurationRound as _, NaiveDateTime, Utc};
use convoke::desk::{CancelRegistration, RegisterForEvent, RegistrationId, ScheduleEvent};
use convoke::event::{
    AcceptProposal, CancelEvent, Capacity, DeclineProposal, DescribeEvent, EndEvent, EventId, Fold,
    Geo, Mode, PostponeEvent, ProposeEvent, PublishEvent, ReportEvent, Venue,
};
use convoke::invitation::{AnswerInvitation, Guest, InviteStakeholders, Via};
use kernel::{Actor, Role, resolve};

use super::script::{Person, Script, person};
use super::story::{Asked, EventFate, EventStory, Name, Starts, VenueStory};

/// When the things about one event happen.
#[derive(Clone, Copy)]
pub(super) struct Times {
    pub(super) published: DateTime<Utc>,
    /// The last moment at which somebody registers: now, or shortly before it begins.
    pub(super) until: DateTime<Utc>,
    pub(super) starts: DateTime<Utc>,
    pub(super) ends: DateTime<Utc>,
}

impl Times {
    /// The moment after so many of so many parts of the time there is.
    pub(super) fn part(&self, part: usize, of: usize) -> DateTime<Utc> {
        let whole = (self.until - self.published).num_minutes();
        let (part, of) = (i64::try_from(part).unwrap_or(0), i64::try_from(of).unwrap_or(1));
        self.published + Duration::minutes(whole * part / of.max(1))
    }
}

impl Script<'_> {
    pub(super) async fn event(&mut self, place: usize, story: &'static EventStory) -> Result<()> {
        let proposed = self.past(self.on(story.day, 11, 40));
        let event: EventId = Self::id(proposed);
        self.events.insert(story.key, event);
        let (issue, _) = self.issue_of(story.issue)?;
        let (member, curator) = (self.staff.member.acts_as(Role::Member), self.curator());
        let propose = ProposeEvent {
            hub: self.hub,
            event,
            issue: Some(issue),
            need: None,
            title: story.title.to_owned(),
            purpose: story.purpose.to_owned(),
            format: story.format,
            mode: story.mode,
            host: None,
        };
        self.step(proposed, &member, story.key, propose);
        if let EventFate::Declined(reason) = story.fate {
            let reason = self.staff.curator.own(reason);
            let at = proposed + Duration::hours(30);
            self.step(at, &curator, story.key, DeclineProposal { event, reason });
            return Ok(());
        }
        let describe = DescribeEvent {
            event,
            title: story.title.to_owned(),
            purpose: story.purpose.to_owned(),
            description: story.description.to_owned(),
            access_info: story.access.to_owned(),
            expected_version: None,
        };
        self.step(proposed + Duration::hours(1), &curator, story.key, describe);
        if matches!(story.fate, EventFate::Proposed) {
            return Ok(());
        }
        let accepted = self.past(proposed + Duration::hours(20));
        self.step(accepted, &curator, story.key, AcceptProposal { event });
        if matches!(story.fate, EventFate::Accepted) {
            return Ok(());
        }
        let times = self.schedule(event, story, accepted)?;
        if matches!(story.fate, EventFate::Scheduled) {
            return Ok(());
        }
        self.step(times.published, &curator, story.key, PublishEvent { event });
        self.invitations(event, story, &times)?;
        if let Some(hackathon) = self.story.hackathon.as_ref().filter(|it| it.event == story.key) {
            self.hackathon(event, hackathon, &times).await?;
        }
        self.registrations(place, event, story, &times).await?;
        self.end(event, story, &times);
        Ok(())
    }

    fn schedule(
        &mut self,
        event: EventId,
        story: &EventStory,
        accepted: DateTime<Utc>,
    ) -> Result<Times> {
        let starts = match story.starts {
            Starts::On(day, hour, minute) => self.on(day, hour, minute),
            Starts::HoursAgo(hours) => (self.now - Duration::hours(hours))
                .duration_trunc(Duration::minutes(5))
                .context("the clock cannot be rounded")?,
        };
        let ends = starts + Duration::minutes(story.minutes);
        let curator = self.curator();
        let at = self.past(accepted + Duration::hours(3));
        let schedule = ScheduleEvent {
            event,
            starts_at: self.zone.local(starts),
            ends_at: self.zone.local(ends),
            zone: self.zone,
            fold: self.fold(starts).or_else(|| self.fold(ends)),
            venue: story.venue.map(|venue| self.venue(venue)),
            link: (story.mode != Mode::InPerson)
                .then(|| format!("https://meet.example.org/{}-{}", self.story.slug, story.key)),
            capacity: story.capacity.map_or(Capacity::Unlimited, Capacity::Limited),
            waitlist: None,
            expected_version: None,
        };
        self.step(at, &curator, story.key, schedule);
        let published = self.past(accepted + Duration::hours(4));
        let until = self.past(starts - Duration::minutes(50)).max(published);
        Ok(Times { published, until, starts, ends })
    }

    /// Which of two instants is meant, where the clocks show one wall time twice.
    fn fold(&self, at: DateTime<Utc>) -> Option<Fold> {
        let wall: NaiveDateTime = self.zone.local(at);
        match resolve(wall, self.zone) {
            Err(kernel::LocalTimeFault::Ambiguous { choices: [first, _] }) => {
                Some(if at == first { Fold::Earlier } else { Fold::Later })
            }
            _ => None,
        }
    }

    fn venue(&self, venue: VenueStory) -> Venue {
        Venue {
            name: venue.name.to_owned(),
            address: Some(venue.address.to_owned()),
            city: Some(self.story.city.to_owned()),
            geo: Some(Geo { latitude: venue.latitude, longitude: venue.longitude }),
        }
    }

    fn invitations(&mut self, event: EventId, story: &EventStory, times: &Times) -> Result<()> {
        if story.invited.is_empty() {
            return Ok(());
        }
        let sent = self.past(times.published + Duration::hours(1)).min(times.until);
        // Who has not answered was asked just now, if it can still be answered: the mailbox has
        // letters to open and to say yes to.
        let is_coming = matches!(story.fate, EventFate::Published) && times.starts > self.now;
        let late =
            if is_coming { self.past(self.now - Duration::hours(2)).max(sent) } else { sent };
        let (asked, waiting): (Vec<&Asked>, Vec<&Asked>) =
            story.invited.iter().partition(|(_, answer)| answer.is_some());
        self.invites(event, story.key, sent, &asked)?;
        self.invites(event, story.key, late, &waiting)?;
        for (place, (key, answer)) in (1..).zip(story.invited) {
            let (Some(answer), known) = (*answer, self.known(key)?) else { continue };
            let at = (sent + Duration::hours(7 * place)).min(times.until);
            let reply = AnswerInvitation {
                event,
                stakeholder: known.id,
                person: known.person.id,
                answer,
                registration: Self::id(at),
                via: Via::Link,
                sequence: None,
                stamped_at: None,
                stop: false,
                name: known.person.named(),
                email: known.person.addressed(),
                locale: known.locale.to_owned(),
                party_size: 1,
            };
            self.step(at, &Actor::visitor(), key, reply);
        }
        Ok(())
    }

    fn invites(
        &mut self,
        event: EventId,
        key: &'static str,
        at: DateTime<Utc>,
        invited: &[&Asked],
    ) -> Result<()> {
        let mut guests = Vec::new();
        for (stakeholder, _) in invited {
            let known = self.known(stakeholder)?;
            let reason = known.person.own("Works on this, and has something to give.");
            guests.push(Guest {
                invitation: Self::id(at),
                stakeholder: known.id,
                person: known.person.id,
                reason,
            });
        }
        if !guests.is_empty() {
            let host = self.staff.host.acts_as(Role::Host);
            self.step(at, &host, key, InviteStakeholders { event, guests });
        }
        Ok(())
    }

    async fn registrations(
        &mut self,
        place: usize,
        event: EventId,
        story: &EventStory,
        times: &Times,
    ) -> Result<()> {
        let people: Vec<Name> = self
            .story
            .people
            .iter()
            .cycle()
            // Not always the same ones first.
            .skip(place * 7)
            .take(story.registrations.min(self.story.people.len()))
            .copied()
            .collect();
        let mut entered = Vec::new();
        for (turn, name) in people.iter().enumerate() {
            let who = person(self.app, *name).await?;
            let at = times.part(turn + 1, people.len() + 2);
            let party_size = match turn % 9 {
                4 => 2,
                7 => 3,
                _ => 1,
            };
            entered.push(self.register(event, &who, at, party_size));
        }
        for turn in story.cancellations {
            let Some(registration) = entered.get(*turn).copied() else { continue };
            let cancel = CancelRegistration { event, registration, via_link: true };
            self.step(times.part(29, 30), &Actor::visitor(), story.key, cancel);
        }
        Ok(())
    }

    /// Somebody asks for places.
    pub(super) fn register(
        &mut self,
        event: EventId,
        who: &Person,
        at: DateTime<Utc>,
        party_size: u32,
    ) -> RegistrationId {
        let registration = Self::id(at);
        let locale = self.story.locales.first().copied().unwrap_or("en").to_owned();
        let register = RegisterForEvent {
            event,
            registration,
            person: who.id,
            name: who.named(),
            email: who.addressed(),
            party_size,
            locale,
            note: None,
        };
        self.step(at, &Actor::visitor(), &who.name, register);
        registration
    }

    fn end(&mut self, event: EventId, story: &EventStory, times: &Times) {
        let curator = self.curator();
        match story.fate {
            EventFate::Cancelled(reason) => {
                let cancel = CancelEvent { event, reason: reason.to_owned() };
                self.step(times.until, &curator, story.key, cancel);
            }
            EventFate::Postponed => {
                self.step(times.until, &curator, story.key, PostponeEvent { event });
            }
            EventFate::Ended | EventFate::Reported(..) => {
                let timer = Actor::system("timer");
                self.step(times.ends + Duration::minutes(1), &timer, story.key, EndEvent { event });
            }
            _ => {}
        }
        if let EventFate::Reported(attendance, organisations, missing) = story.fate {
            let report = ReportEvent {
                event,
                attendance,
                organisations,
                who_was_missing: missing.to_owned(),
            };
            self.step(times.ends + Duration::hours(20), &curator, story.key, report);
        }
    }
}
