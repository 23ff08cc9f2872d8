//! Whom a letter concerns, and what each of them is written: pure, over what was read.
//!
//! Nobody is written to who was erased, asked for peace, or already knows; each of them gets a
//! note instead of a mail, so that a curator can see why.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use journal::instant;
use mail::{EmailAddress, EventTimes, MessageId};
use sha2::{Digest as _, Sha256};

use super::Template;
use super::aside::after;
use super::compose::{Draft, Links, Reader};
use super::notice::Topic;
use super::series;
use super::view::{Everyone, Material, Wanted};
use crate::app::App;
use crate::asking::unproved;
use crate::asking::view::{AttendanceRow, HeldRow};
use crate::desk::view::RegistrationRow;
use crate::event::Status;
use crate::event::view::EventRow;
use crate::invitation::view::InvitationRow;
use crate::network::view::HubRow;
use crate::pages::why::{self, Cause};
use crate::reach;
use crate::roster::query::ParticipantRow;
use crate::stakeholder::address_page;
use crate::stakeholder::link::confirming;
use crate::stakeholder::view::StakeholderRow;
use crate::text::Locale;

/// What becomes of a letter that was asked for.
pub(crate) enum Expanded {
    /// These mails, perhaps none.
    Mails(Vec<Drawn>),
    /// Nothing: it is no longer so, and another letter says what is.
    Dropped(&'static str),
    /// It cannot be planned.
    Failed(String),
}

/// One recipient's mail, before it is sealed.
pub(crate) struct Drawn {
    /// The person.
    pub(crate) recipient: String,
    /// Which letter; the first one, if that has not left yet.
    pub(crate) template: Template,
    /// Its Message-ID.
    pub(crate) message_id: String,
    /// The thing it is about.
    pub(crate) about: String,
    /// In which language.
    pub(crate) locale: &'static str,
    /// Not to be sent before, if that is later than the letter is due.
    pub(crate) not_before: Option<DateTime<Utc>>,
    /// Not worth sending after.
    pub(crate) expires_at: DateTime<Utc>,
    /// The bytes with their address, or why there are none.
    pub(crate) content: Result<Parcel, String>,
}

/// What is sealed: the bytes and where they go.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Parcel {
    /// The envelope's recipient.
    pub(crate) to: String,
    /// The letter in base64.
    pub(crate) mime: String,
}

/// One person as a letter may reach her.
#[derive(Clone, Copy, Default)]
pub(super) struct Guest<'a> {
    pub(super) invitation: Option<&'a InvitationRow>,
    pub(super) registration: Option<&'a RegistrationRow>,
    pub(super) stakeholder: Option<&'a StakeholderRow>,
    pub(super) attendance: Option<&'a AttendanceRow>,
    /// The answer that waits for her word.
    pub(super) held: Option<&'a HeldRow>,
    /// Where this one letter goes, when not where all others do.
    pub(super) elsewhere: Option<&'a str>,
}

/// Writes what one effect asks for.
pub(crate) fn expand(app: &App, material: &Material, wanted: &Wanted) -> Expanded {
    let desk = Desk { app, material, wanted };
    match desk.about() {
        Ok(about) => desk.expand(&about),
        Err(why) => Expanded::Failed(why.to_owned()),
    }
}

/// Where one effect's mails are written.
pub(super) struct Desk<'a> {
    pub(super) app: &'a App,
    pub(super) material: &'a Material,
    pub(super) wanted: &'a Wanted,
}

/// The things all mails of one effect are about.
pub(super) struct About<'a> {
    pub(super) hub: &'a HubRow,
    pub(super) event: Option<&'a EventRow>,
    topic: Option<Topic>,
    recorded: DateTime<Utc>,
}

impl<'a> Desk<'a> {
    fn about(&self) -> Result<About<'a>, &'static str> {
        let key = &self.wanted.effect;
        let hub = self.material.hubs.get(&key.journal).ok_or("there is no such hub")?;
        let event = match &self.wanted.with.event {
            Some(id) => Some(self.material.events.get(id).ok_or("there is no such event")?),
            None => None,
        };
        let template = self.wanted.template;
        let settings = self.app.settings();
        let topic = if template.is_notice() {
            let topic = Topic::of(self.material, self.wanted, settings, hub);
            Some(topic.ok_or("what it tells of is not there")?)
        } else if event.is_none() && !template.is_of_registry() {
            return Err("it names no event");
        } else {
            None
        };
        let recorded = self.material.recorded.get(&(key.journal.clone(), key.position));
        let recorded = recorded.copied().ok_or("there is no such fact")?;
        Ok(About { hub, event, topic, recorded })
    }

    /// Those a notice is for: a proposer, the participants of a hackathon, one of them, or the
    /// lead of a team.
    fn noticed(&self) -> Vec<(&'a str, Guest<'a>)> {
        let with = &self.wanted.with;
        let part = |row: &'a ParticipantRow| {
            let registration = self.material.registrations.get(&row.registration);
            (row.person.as_str(), Guest { registration, ..Guest::default() })
        };
        let participant = |id: &String| self.material.participants.get(id).map(part);
        if let Some(issue) = with.issue.as_ref().and_then(|id| self.material.issues.get(id)) {
            let Some(person) = &issue.proposed_by else { return vec![] };
            let contact = (issue.journal.clone(), person.clone());
            let stakeholder = self.material.contacts.get(&contact);
            let stakeholder = stakeholder.and_then(|id| self.material.stakeholders.get(id));
            // What is sealed must be hers: another contact's address is not.
            let stakeholder = stakeholder.filter(|row| row.person == *person);
            return vec![(person, Guest { stakeholder, ..Guest::default() })];
        }
        let one = match self.wanted.template {
            Template::HackathonCancelled => {
                let all = self.material.participants.values();
                let here = all.filter(|row| with.hackathon.as_ref() == Some(&row.hackathon));
                return here.filter(|row| row.state == "enrolled").map(part).collect();
            }
            Template::JoinRequested => {
                let team = with.team.as_ref().and_then(|team| self.material.teams.get(team));
                team.and_then(|team| team.lead.as_ref()).and_then(participant)
            }
            _ => with.participant.as_ref().and_then(participant),
        };
        one.into_iter().collect()
    }

    fn expand(&self, about: &About<'a>) -> Expanded {
        if self.wanted.is_for_all() {
            return self.to_everyone(about);
        }
        if self.wanted.is_reminder() {
            return self.remind(about);
        }
        match self.wanted.template {
            Template::IssueDigest => return self.digests(about),
            Template::FollowConfirm => return self.ask_follower(about),
            _ => {}
        }
        if about.topic.is_some() {
            let template = self.wanted.template;
            let mails = self.noticed().into_iter();
            let drawn =
                mails.map(|(person, guest)| self.drawn(about, person, guest, (template, false)));
            return Expanded::Mails(drawn.collect());
        }
        let with = &self.wanted.with;
        let invitation = with.invitation.as_ref().and_then(|id| self.material.invitations.get(id));
        let registration =
            with.registration.as_ref().and_then(|id| self.material.registrations.get(id));
        let stakeholder =
            with.stakeholder.as_ref().and_then(|id| self.material.stakeholders.get(id));
        let attendance = with.attendance().and_then(|id| self.material.attendances.get(&id));
        let held = with.guest().and_then(|id| self.material.held.get(id));
        let held = held.filter(|row| Some(row.held) == with.held);
        let elsewhere = self.elsewhere(stakeholder);
        let guest = Guest { invitation, registration, stakeholder, attendance, held, elsewhere };
        let person = invitation
            .map(|row| &row.person)
            .or_else(|| registration.map(|row| &row.person))
            .or_else(|| stakeholder.map(|row| &row.person))
            .or_else(|| attendance.map(|row| &row.person));
        let Some(person) = person else {
            return Expanded::Failed("it names nobody we know".to_owned());
        };
        let template = self.wanted.template;
        let drawn = match series::silent(self.material, template, guest, about.event) {
            Some(why) => self.skipped(about, person, template, why),
            None => self.drawn(about, person, guest, (template, false)),
        };
        Expanded::Mails(vec![drawn])
    }

    fn to_everyone(&self, about: &About<'a>) -> Expanded {
        let Some(event) = about.event else {
            return Expanded::Failed("it names no event".to_owned());
        };
        let template = self.wanted.template;
        let is_cancelled = event.status() == Status::Cancelled;
        if self.wanted.with.sequence < event.sequence
            || is_cancelled != (template == Template::EventCancelled)
        {
            return Expanded::Dropped("a newer letter tells how it is now");
        }
        let Some(everyone) = self.material.everyone.get(&self.wanted.effect) else {
            return Expanded::Failed("nobody was looked for".to_owned());
        };
        let asks_again = event.asked_at_sequence > everyone.told;
        let mails = self
            .guests(everyone)
            .into_iter()
            .filter(|(_, guest)| !self.knows_already(*guest))
            .map(|(person, guest)| {
                let template = first_letter(template, person, guest, everyone);
                match series::silent(self.material, template, guest, about.event) {
                    Some(why) => self.skipped(about, person, template, why),
                    None => self.drawn(about, person, guest, (template, asks_again)),
                }
            })
            .collect();
        Expanded::Mails(mails)
    }

    /// One entry for each person, whether she was invited, registered, or both.
    pub(super) fn guests(&self, everyone: &'a Everyone) -> BTreeMap<&'a str, Guest<'a>> {
        let mut guests: BTreeMap<&str, Guest<'_>> = BTreeMap::new();
        for row in &everyone.invitations {
            let guest = guests.entry(&row.person).or_default();
            guest.invitation = Some(row);
            guest.stakeholder = self.material.stakeholders.get(&row.stakeholder);
        }
        for row in &everyone.registrations {
            guests.entry(&row.person).or_default().registration = Some(row);
        }
        guests
    }

    /// Whether all she has from us was written after the change.
    fn knows_already(&self, guest: Guest<'_>) -> bool {
        let position = self.wanted.effect.position;
        guest.invitation.is_none_or(|row| row.created_position > position)
            && guest.registration.is_none_or(|row| row.created_position > position)
    }

    pub(super) fn drawn(
        &self,
        about: &About<'a>,
        person: &str,
        guest: Guest<'a>,
        (template, asks_again): (Template, bool),
    ) -> Drawn {
        let locale = locale_of(guest, about.hub);
        let zone = self.wishes(&about.hub.id, person).zone;
        let content = reader(guest, person, locale)
            .map(|reader| Reader { zone, ..reader })
            .and_then(|reader| self.parcel(about, guest, reader, (template, asks_again)));
        Drawn { content, locale: locale.code(), ..self.skipped(about, person, template, "") }
    }

    pub(super) fn skipped(
        &self,
        about: &About<'a>,
        person: &str,
        template: Template,
        why: &str,
    ) -> Drawn {
        let times = about.event.and_then(|event| {
            let (starts_at, ends_at) = (instant(event.starts_at?), instant(event.ends_at?));
            Some(EventTimes { starts_at, ends_at })
        });
        let expires_at = template.kind().expires_at(self.wanted.due_at, times);
        Drawn {
            recipient: person.to_owned(),
            template,
            message_id: self.message_id(person, template).unwrap_or_default(),
            about: self.thing(about),
            locale: Locale::En.code(),
            not_before: None,
            expires_at,
            content: Err(why.to_owned()),
        }
    }

    /// The id of what a letter is about.
    fn thing(&self, about: &About<'a>) -> String {
        let topic = about.topic.as_ref().map(|topic| topic.about.clone());
        let event = || about.event.map(|event| event.id.clone());
        let other = || self.wanted.with.stakeholder.clone();
        topic.or_else(event).or_else(other).unwrap_or_else(|| about.hub.id.clone())
    }

    fn parcel(
        &self,
        about: &About<'a>,
        guest: Guest<'a>,
        reader: Reader,
        how: (Template, bool),
    ) -> Result<Parcel, String> {
        let to = reader.email.as_str().to_owned();
        self.written(&self.draft(about, guest, reader, how)?, to)
    }

    /// Everything one letter is written from.
    pub(super) fn draft<'d>(
        &'d self,
        about: &'d About<'a>,
        guest: Guest<'a>,
        reader: Reader,
        (template, asks_again): (Template, bool),
    ) -> Result<Draft<'d>, String> {
        let message_id = self.message_id(&reader.person, template)?;
        let issue = about.event.and_then(|event| event.issue.as_ref());
        Ok(Draft {
            template,
            asks_again,
            settings: self.app.settings(),
            hub: about.hub,
            event: about.event,
            issue: issue
                .and_then(|issue| self.material.issues.get(issue))
                .map(|issue| issue.title.as_str()),
            topic: about.topic.as_ref(),
            sections: &[],
            invitation: guest.invitation,
            registration: guest.registration,
            note: about.event.and_then(|event| self.material.notes.get(&event.id)),
            proposal: self.proposal(),
            held: guest.held,
            series: series::of(self.material, guest.invitation, about.event),
            of_all: series::is_first_told(self.material, template, guest.invitation, about.event)
                == Some(true),
            links: self.links(guest, about, (template, &reader)),
            reader,
            date: about.recorded + after(template),
            message_id: MessageId::parse(&message_id).map_err(|cause| cause.to_string())?,
        })
    }

    /// A letter as it is sealed, or why it cannot be written.
    pub(super) fn written(&self, draft: &Draft<'_>, to: String) -> Result<Parcel, String> {
        use base64::Engine as _;
        let mime = draft.write().map_err(|cause| {
            let template: &str = draft.template.into();
            tracing::error!(template, position = self.wanted.effect.position, %cause, "a letter could not be written");
            format!("it could not be written: {cause}")
        })?;
        // Signed here and not when it leaves: what is stored is what is sent on each attempt.
        let mime = match &self.app.settings().dkim {
            Some(signer) => {
                signer.sign(&mime).map_err(|cause| format!("it could not be signed: {cause}"))?
            }
            None => mime,
        };
        let mime = base64::engine::general_purpose::STANDARD.encode(mime);
        Ok(Parcel { to, mime })
    }

    /// Derived from the effect and the recipient, so that a letter planned twice is one letter.
    fn message_id(&self, person: &str, template: Template) -> Result<String, String> {
        let key = &self.wanted.effect;
        let name = format!("{} {} {} {person}", key.journal, key.position, key.ordinal);
        let mut digits = journal::hex(&Sha256::digest(name));
        digits.truncate(32);
        MessageId::new(&digits, template.kind(), &self.app.settings().uid_domain)
            .map(|id| id.as_str().to_owned())
            .map_err(|cause| cause.to_string())
    }

    fn links(
        &self,
        guest: Guest<'_>,
        about: &About<'a>,
        (template, reader): (Template, &Reader),
    ) -> Links {
        let site = &self.app.settings().public_url;
        let (hub, person) = (about.hub.id.as_str(), reader.person.as_str());
        let thing = self.thing(about);
        let position = self.wanted.effect.position;
        let locale = reader.locale;
        let cause = Cause { hub, position, template, person, about: &thing, locale };
        let stops = |category| reach::page::token(self.app, hub, person, category);
        let link = |door: &str, purpose: &str, id: &str| {
            format!("{site}/{door}/{}", self.app.link_token(purpose, id))
        };
        Links {
            invitation: guest.invitation.map(|row| link("i", "invitation", &row.id)),
            registration: guest.registration.map(|row| link("r", "registration", &row.id)),
            unproved: guest
                .held
                .map(|row| format!("{site}/a/{}", unproved::token(self.app, &row.guest, row.held))),
            address: guest.stakeholder.and_then(|row| {
                let token = address_page::token(self.app, &row.id, row.email_change?);
                Some(format!("{site}/address/{token}"))
            }),
            confirm: guest.stakeholder.and_then(|row| {
                let (stakeholder, person) = (row.id.parse().ok()?, row.person.parse().ok()?);
                Some(format!("{site}/confirm/{}", confirming(self.app, stakeholder, person)))
            }),
            unsubscribe: template
                .category()
                .map(|category| format!("{site}/u/{}", stops(category))),
            why: Some(format!("{site}/why/{}", why::token(self.app, &cause))),
            mails: (template == Template::EventReminder)
                .then(|| format!("{site}/mails/{}", reach::mails::token(self.app, hub, person))),
            answers: guest
                .invitation
                .map(|row| row.first_of_series.as_ref().unwrap_or(&row.id))
                .or_else(|| guest.registration.map(|row| &row.id))
                .and_then(|id| self.app.answer_address(id)),
        }
    }
}

/// News of an event for somebody whom the first letter has not reached: that letter, with the
/// news in it.
fn first_letter(
    template: Template,
    person: &str,
    guest: Guest<'_>,
    everyone: &Everyone,
) -> Template {
    if template != Template::EventUpdated {
        return template;
    }
    let waits = |name: Template| {
        let name: &str = name.into();
        everyone.waiting.iter().any(|mail| mail.recipient == person && mail.template == name)
    };
    let is_confirmed = guest.registration.is_some_and(|row| row.state == "confirmed");
    let is_invited = guest.invitation.is_some_and(|row| row.state == "sent");
    if is_confirmed && waits(Template::RegistrationConfirmed) {
        Template::RegistrationConfirmed
    } else if is_invited && waits(Template::Invitation) {
        Template::Invitation
    } else {
        template
    }
}

fn locale_of(guest: Guest<'_>, hub: &HubRow) -> Locale {
    let own = guest.registration.map(|row| row.locale.as_str());
    own.or_else(|| guest.stakeholder.map(|row| row.locale.as_str()))
        .and_then(Locale::parse)
        .or_else(|| hub.locales().iter().find_map(|locale| Locale::parse(locale)))
        .unwrap_or_default()
}

fn reader(guest: Guest<'_>, person: &str, locale: Locale) -> Result<Reader, String> {
    let registered = guest.registration.map(|row| (&row.name, &row.email));
    let listed = guest.stakeholder.map(|row| (&row.name, &row.email));
    let asked = guest.attendance.map(|row| (&row.name, &row.email));
    let (name, email) = registered.or(listed).or(asked).ok_or("there is no address")?;
    // Views forget an erased person's name and address at once.
    let email = guest.elsewhere.or(email.as_deref()).ok_or("erased, or without an address")?;
    let email = EmailAddress::parse(email).map_err(|cause| cause.to_string())?;
    Ok(Reader { person: person.to_owned(), name: name.clone(), email, locale, zone: None })
}
