//! One letter to one person, from rows: pure, so that the same rows give the same bytes.

use chrono::{DateTime, Days, Utc};
use journal::instant;
use kernel::Zone;
use mail::{EmailAddress, Letter, Mailbox, MessageId};

use super::Template;
use super::calendar_part::calendar_part;
use super::notice::Topic;
use super::words::{Action, Card, Line, Section, Words};
use crate::app::Settings;
use crate::asking::view::{HeldRow, ProposalRow};
use crate::desk::view::RegistrationRow;
use crate::event::Status;
use crate::event::view::EventRow;
use crate::feed::entry;
use crate::feed::series::Told;
use crate::invitation::view::InvitationRow;
use crate::network::view::HubRow;
use crate::reminder::view::NoteRow;
use crate::text::{Locale, Text};

/// Whom a letter is for.
#[derive(Clone, Debug)]
pub(crate) struct Reader {
    /// The person's id.
    pub(crate) person: String,
    /// Her name, or the organisation's.
    pub(crate) name: Option<String>,
    /// Where it goes.
    pub(crate) email: EmailAddress,
    /// What she reads.
    pub(crate) locale: Locale,
    /// Where she lives, if she said.
    pub(crate) zone: Option<Zone>,
}

/// The links only this reader gets.
#[derive(Clone, Debug, Default)]
pub(crate) struct Links {
    /// The page where she answers her invitation.
    pub(crate) invitation: Option<String>,
    /// The page of her registration.
    pub(crate) registration: Option<String>,
    /// The page where she confirms her address.
    pub(crate) confirm: Option<String>,
    /// The page where she says that an answer is hers.
    pub(crate) unproved: Option<String>,
    /// The page where she says that a new address is hers.
    pub(crate) address: Option<String>,
    /// Where her calendar's answer comes to; `None` while no mail can come in.
    pub(crate) answers: Option<EmailAddress>,
    /// The page that stops letters like this one.
    pub(crate) unsubscribe: Option<String>,
    /// The page that says why she got it.
    pub(crate) why: Option<String>,
    /// The page where she chooses when she is reminded.
    pub(crate) mails: Option<String>,
}

/// Everything one letter is written from.
#[derive(Clone, Debug)]
pub(crate) struct Draft<'a> {
    pub(crate) template: Template,
    /// Whether time or place changed since everyone was last told.
    pub(crate) asks_again: bool,
    pub(crate) settings: &'a Settings,
    pub(crate) hub: &'a HubRow,
    pub(crate) event: Option<&'a EventRow>,
    /// The title of the event's issue.
    pub(crate) issue: Option<&'a str>,
    pub(crate) invitation: Option<&'a InvitationRow>,
    pub(crate) registration: Option<&'a RegistrationRow>,
    /// What a curator says to those who have not answered.
    pub(crate) note: Option<&'a NoteRow>,
    /// The other time that this letter answers.
    pub(crate) proposal: Option<&'a ProposalRow>,
    /// The answer that waits for the reader's word.
    pub(crate) held: Option<&'a HeldRow>,
    /// The series the event is a date of, for a reader who was invited to all of it.
    pub(crate) series: Option<&'a Told>,
    /// Whether it tells of what was done to all of that series.
    pub(crate) of_all: bool,
    /// What a notice tells of.
    pub(crate) topic: Option<&'a Topic>,
    /// What happened in a week.
    pub(crate) sections: &'a [Section],
    pub(crate) reader: Reader,
    pub(crate) links: Links,
    /// When the fact was recorded that it follows from.
    pub(crate) date: DateTime<Utc>,
    pub(crate) message_id: MessageId,
}

/// Why a letter cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum Unwritten {
    /// Its parts do not make a letter.
    #[error(transparent)]
    Letter(#[from] mail::LetterError),
    /// Its template fails.
    #[error(transparent)]
    Page(#[from] askama::Error),
    /// The address letters come from is none.
    #[error("the address our letters come from: {0}")]
    From(#[from] mail::AddressError),
    /// An id that no header can carry.
    #[error(transparent)]
    Id(#[from] mail::MessageIdError),
}

impl Draft<'_> {
    /// The letter as bytes.
    ///
    /// # Errors
    /// See [`Unwritten`].
    pub(crate) fn write(&self) -> Result<Vec<u8>, Unwritten> {
        let words = self.words();
        let from = super::sender(self.settings)?;
        let domain = &self.settings.uid_domain;
        // All letters about one thing stand together in a mailbox.
        let thing = self.event.map(|event| event.id.as_str());
        let thing = thing.or_else(|| self.topic.map(|topic| topic.about.as_str()));
        let thread = thing.map(|thing| MessageId::thread(thing, domain)).transpose()?;
        let calendar = calendar_part(self);
        // Some programs answer there instead of to the organizer.
        let answers = self.links.answers.clone().filter(|_| calendar.is_some());
        let letter = Letter {
            from: Mailbox::named(&self.hub.name, from),
            to: Mailbox::named(
                self.reader.name.as_deref().unwrap_or_default(),
                self.reader.email.clone(),
            ),
            reply_to: answers.map(|address| Mailbox::named(&self.hub.name, address)),
            text: words.text(),
            html: Some(words.html()?),
            subject: words.subject,
            calendar,
            message_id: self.message_id.clone(),
            references: thread.into_iter().collect(),
            date: self.date,
            kind: self.template.kind(),
            list_unsubscribe: self.unsubscribe(),
            bulk: matches!(self.template.kind(), mail::Kind::Digest | mail::Kind::Announcement),
        };
        Ok(letter.to_mime()?)
    }

    /// RFC 2369 and 8058: a link, and one click.
    fn unsubscribe(&self) -> Option<mail::Unsubscribe> {
        let page = url::Url::parse(self.links.unsubscribe.as_ref()?).ok()?;
        Some(mail::Unsubscribe { page, mailto: None })
    }

    /// The words of the letter.
    pub(crate) fn words(&self) -> Words {
        let text = Text::new(self.reader.locale);
        let hub = self.hub.name.as_str();
        let mut words = Words {
            lang: self.reader.locale.code(),
            hub: hub.to_owned(),
            greeting: match &self.reader.name {
                Some(name) => text.one("letter-greeting", "name", name),
                None => text.s("letter-hello"),
            },
            farewell: text.one("letter-farewell", "hub", hub),
            why: text.one(self.because(), "hub", hub),
            because: action(text.s("letter-because"), self.links.why.as_ref()),
            unsubscribe: self.template.category().and_then(|category| {
                action(text.s(format!("letter-stop-{category}")), self.links.unsubscribe.as_ref())
            }),
            ..Words::default()
        };
        match (self.topic, self.event) {
            _ if self.template == Template::IssueDigest => self.week(text, &mut words),
            (Some(topic), _) => {
                topic.tell(self.template, text, hub, &mut words);
                if self.template == Template::FollowConfirm {
                    let confirm = self.links.confirm.as_ref();
                    words.page = words.action.take();
                    words.action = action(text.s("follow-confirm-do"), confirm);
                    words.after = vec![text.s("stakeholder-welcome-more")];
                }
            }
            (None, Some(event)) => self.about(event, text, &mut words),
            (None, None) => self.of_registry(text, &mut words),
        }
        words
    }

    /// The sentence that says in what way the reader has to do with the hub.
    fn because(&self) -> &'static str {
        match self.template {
            Template::IssueDigest => "letter-why-follows",
            Template::FollowConfirm => "letter-why-asked",
            _ => "letter-why",
        }
    }

    fn week(&self, text: Text, words: &mut Words) {
        let hub = self.hub.name.as_str();
        words.subject = match self.sections {
            [one] => text.one("issue-digest-one-subject", "title", &one.title),
            _ => text.one("issue-digest-subject", "hub", hub),
        };
        words.paragraphs = vec![text.s("issue-digest-lead")];
        words.sections = self.sections.to_vec();
    }

    /// What concerns an entry of the registry and no event.
    fn of_registry(&self, text: Text, words: &mut Words) {
        let hub = self.hub.name.as_str();
        match self.template {
            Template::AddressConfirm => {
                words.subject = text.one("address-confirm-subject", "hub", hub);
                words.paragraphs = vec![text.one("address-confirm-lead", "hub", hub)];
                words.action =
                    action(text.s("stakeholder-welcome-do"), self.links.address.as_ref());
                words.after = vec![text.s("address-confirm-more")];
            }
            Template::AddressChanged => {
                words.subject = text.one("address-changed-subject", "hub", hub);
                words.paragraphs = vec![text.one("address-changed-lead", "hub", hub)];
                words.after = vec![text.s("address-changed-more")];
            }
            _ => self.welcome(text, words),
        }
    }

    fn welcome(&self, text: Text, words: &mut Words) {
        let hub = self.hub.name.as_str();
        words.subject = text.one("stakeholder-welcome-subject", "hub", hub);
        words.paragraphs = vec![text.one("stakeholder-welcome-lead", "hub", hub)];
        words.action = action(text.s("stakeholder-welcome-do"), self.links.confirm.as_ref());
        words.after = vec![text.s("stakeholder-welcome-more")];
    }

    fn about(&self, event: &EventRow, text: Text, words: &mut Words) {
        let title = event.title.as_str();
        let said = |key: &str| text.one(key, "title", title);
        let is_put_off = event.status() == Status::Postponed;
        words.card = Some(card(event, self.reader.zone, text));
        words.page = Some(Action {
            label: text.s("letter-page-do"),
            url: entry::page(self.settings, &self.hub.slug, &event.id),
        });
        match self.template {
            Template::Invitation => self.invite(event, text, words),
            Template::EventUpdated if is_put_off => {
                words.subject = said("event-postponed-subject");
                words.paragraphs = vec![said("event-postponed-lead")];
                // The time it had is the one it will not have.
                words.card = None;
            }
            Template::EventUpdated => self.update(event, text, words),
            Template::RegistrationConfirmed => {
                let count = self.registration.map_or(1, |registration| registration.party_size);
                let values = [("title", title.into()), ("count", count.into())];
                words.subject = said("registration-confirmed-subject");
                words.paragraphs = vec![text.t("registration-confirmed-lead", &values)];
                words.action = action(text.s("registration-do"), self.links.registration.as_ref());
                words.after = vec![text.s("registration-confirmed-more")];
            }
            Template::PlaceOffered => self.offer(event, text, words),
            Template::WaitlistJoined => {
                words.subject = said("waitlist-joined-subject");
                words.paragraphs = vec![said("waitlist-joined-lead")];
                words.action = action(text.s("registration-do"), self.links.registration.as_ref());
            }
            Template::EventReminder => {
                words.subject = said("event-reminder-subject");
                words.paragraphs = vec![said("event-reminder-lead")];
                words.action = action(text.s("registration-do"), self.links.registration.as_ref());
                words.after = vec![text.s("registration-confirmed-more")];
                words.choices = action(text.s("letter-choose"), self.links.mails.as_ref());
            }
            Template::InvitationReminder => self.ask_again(title, text, words),
            Template::EventCancelled => {
                let reason = event.cancel_reason.as_deref().filter(|reason| !reason.is_empty());
                words.subject = said("event-cancelled-subject");
                words.paragraphs = vec![said("event-cancelled-lead")];
                words.paragraphs.extend(reason.map(|why| text.one("letter-reason", "reason", why)));
                words.after = vec![text.s("event-cancelled-more")];
            }
            Template::RegistrationCancelled => {
                words.subject = said("registration-cancelled-subject");
                words.paragraphs = vec![said("registration-cancelled-lead")];
                words.after = vec![text.s("registration-cancelled-more")];
            }
            _ => self.asked_for(event, text, words),
        }
        if self.of_all {
            words.paragraphs.push(text.s("letter-series-all"));
        }
    }

    /// What follows when a guest, or somebody for her, asked for something; and what ended.
    fn asked_for(&self, event: &EventRow, text: Text, words: &mut Words) {
        let title = event.title.as_str();
        let said = |key: &str| text.one(key, "title", title);
        match self.template {
            Template::InvitationAgain => self.again(text, words, said("invitation-again-subject")),
            Template::ProposedTimeDeclined => {
                let why = self.proposal.and_then(|proposal| proposal.why.as_ref());
                words.subject = said("proposed-time-declined-subject");
                words.paragraphs = vec![said("proposed-time-declined-lead")];
                words.paragraphs.extend(why.map(|why| text.one("letter-reason", "reason", why)));
            }
            Template::AnswerUnconfirmed => {
                let answer = self.held.map(|held| text.state(&held.answer)).unwrap_or_default();
                let values = [("title", title.into()), ("answer", answer.into())];
                words.subject = said("answer-unconfirmed-subject");
                words.paragraphs = vec![text.t("answer-unconfirmed-lead", &values)];
                words.action =
                    action(text.s("answer-unconfirmed-do"), self.links.unproved.as_ref());
                words.after = vec![text.s("answer-unconfirmed-more")];
            }
            Template::GuestMovedAway => {
                words.subject = said("guest-moved-away-subject");
                words.paragraphs = vec![said("guest-moved-away-lead")];
                words.page = None;
            }
            Template::GuestMoved => {
                self.again(text, words, said("guest-moved-subject"));
                words.paragraphs = vec![said("guest-moved-lead")];
            }
            Template::AttendanceDeclined => {
                words.subject = said("attendance-declined-subject");
                words.paragraphs = vec![said("attendance-declined-lead")];
                words.after = vec![text.s("attendance-declined-more")];
                words.card = None;
            }
            Template::InvitationRevoked => {
                words.subject = said("invitation-revoked-subject");
                words.paragraphs = vec![said("invitation-revoked-lead")];
                words.page = None;
            }
            _ => self.welcome(text, words),
        }
    }

    fn invite(&self, event: &EventRow, text: Text, words: &mut Words) {
        let title = event.title.as_str();
        let values = [("hub", self.hub.name.as_str().into()), ("title", title.into())];
        words.subject = text.one("invitation-subject", "title", title);
        words.paragraphs = vec![text.t("invitation-lead", &values)];
        words.paragraphs.extend(event.purpose.clone().filter(|purpose| !purpose.is_empty()));
        let reason = self.invitation.and_then(|invitation| invitation.reason.as_ref());
        let reason = reason.filter(|reason| !reason.is_empty());
        words.paragraphs.extend(reason.map(|why| text.one("invitation-why", "reason", why)));
        words.paragraphs.extend(self.series.and_then(|told| dates_of(told, event, text)));
        words.action = action(text.s("invitation-do"), self.links.invitation.as_ref());
        words.after = vec![text.s("invitation-more")];
    }

    fn ask_again(&self, title: &str, text: Text, words: &mut Words) {
        let own = |said: fn(&NoteRow) -> Option<&String>| self.note.and_then(said).cloned();
        let ours = |key: &str| text.one(key, "title", title);
        words.subject = own(|note| note.subject.as_ref())
            .unwrap_or_else(|| ours("invitation-reminder-subject"));
        let message = own(|note| note.message.as_ref());
        words.paragraphs = match message {
            // A blank line divides paragraphs, as people write them.
            Some(message) => message.split("\n\n").map(|part| part.trim().to_owned()).collect(),
            None => vec![ours("invitation-reminder-lead")],
        };
        words.action = action(text.s("invitation-do"), self.links.invitation.as_ref());
        words.after = vec![text.s("invitation-more")];
    }

    /// The invitation or the place as it is now.
    fn again(&self, text: Text, words: &mut Words, subject: String) {
        words.subject = subject;
        words.paragraphs = vec![text.s("invitation-again-lead")];
        words.action = match self.invitation {
            Some(_) => action(text.s("invitation-do"), self.links.invitation.as_ref()),
            None => action(text.s("registration-do"), self.links.registration.as_ref()),
        };
    }

    fn update(&self, event: &EventRow, text: Text, words: &mut Words) {
        let title = event.title.as_str();
        let lead = if self.asks_again { "event-updated-moved" } else { "event-updated-lead" };
        words.subject = text.one("event-updated-subject", "title", title);
        words.paragraphs = vec![text.one(lead, "title", title)];
        match (self.invitation, self.registration) {
            (Some(invitation), _) if self.asks_again || invitation.answer.is_none() => {
                words.after = vec![text.s("event-updated-ask")];
                words.action = action(text.s("invitation-do"), self.links.invitation.as_ref());
            }
            (_, Some(registration)) if registration.state == "confirmed" => {
                words.after = vec![text.s("event-updated-kept")];
                words.action = action(text.s("registration-do"), self.links.registration.as_ref());
            }
            (_, Some(_)) => {
                words.after = vec![text.s("event-updated-waiting")];
                words.action = action(text.s("registration-do"), self.links.registration.as_ref());
            }
            (_, None) => {
                words.action = action(text.s("invitation-do"), self.links.invitation.as_ref());
            }
        }
    }

    fn offer(&self, event: &EventRow, text: Text, words: &mut Words) {
        let title = event.title.as_str();
        let until = self.registration.and_then(|registration| registration.offered_until);
        let until = until.and_then(|until| Some(text.zoned(instant(until), self.zone(event)?)));
        let values = [("title", title.into()), ("until", until.unwrap_or_default().into())];
        words.subject = text.one("place-offered-subject", "title", title);
        words.paragraphs = vec![text.t("place-offered-lead", &values)];
        words.action = action(text.s("place-offered-do"), self.links.registration.as_ref());
        words.after = vec![text.s("place-offered-more")];
    }

    fn zone(&self, event: &EventRow) -> Option<Zone> {
        event.zone.as_deref().and_then(Zone::parse).or_else(|| Zone::parse(&self.hub.zone))
    }
}

fn action(label: String, url: Option<&String>) -> Option<Action> {
    url.map(|url| Action { label, url: url.clone() })
}

/// How often it comes again, and how to answer that.
fn dates_of(told: &Told, event: &EventRow, text: Text) -> Option<String> {
    let coming = |other: &&EventRow| {
        other.starts_at >= event.starts_at && other.status() != Status::Cancelled
    };
    let coming: Vec<&EventRow> = told.events.iter().filter(coming).collect();
    let last = coming.iter().filter_map(|event| event.starts_at).max()?;
    let zone = Zone::parse(event.zone.as_deref()?)?;
    let count = i64::try_from(coming.len()).unwrap_or(i64::MAX);
    let values = [("count", count.into()), ("last", text.zoned(instant(last), zone).into())];
    Some(text.t("letter-series-dates", &values))
}

/// What, when, where.
fn card(event: &EventRow, reader: Option<Zone>, text: Text) -> Card {
    let line = |label: String, value: String| Line { label, value, is_link: false };
    let mut rows = Vec::new();
    rows.extend(when(event, text).map(|when| line(text.s("word-when"), when)));
    rows.extend(own_time(event, reader, text).map(|when| line(text.s("letter-your-time"), when)));
    rows.extend(entry::place(event).map(|place| line(text.s("word-where"), place)));
    rows.extend(event.link.as_ref().map(|link| Line {
        label: text.s("letter-online"),
        value: link.clone(),
        is_link: link.starts_with("http://") || link.starts_with("https://"),
    }));
    Card { title: event.title.clone(), rows }
}

/// The time as it is on the event's walls.
pub(super) fn when(event: &EventRow, text: Text) -> Option<String> {
    if let Some((from, until)) = entry::days(event) {
        let last = until.checked_sub_days(Days::new(1))?;
        let from_words = text.long_date(from);
        let is_one_day = last <= from;
        return Some(if is_one_day {
            from_words
        } else {
            format!("{from_words} – {}", text.long_date(last))
        });
    }
    let zone = Zone::parse(event.zone.as_deref()?)?;
    Some(text.span(instant(event.starts_at?), instant(event.ends_at?), zone))
}

/// The time on the reader's own wall, where that shows another one.
fn own_time(event: &EventRow, reader: Option<Zone>, text: Text) -> Option<String> {
    let (zone, own) = (Zone::parse(event.zone.as_deref()?)?, reader?);
    let (from, until) = (instant(event.starts_at?), instant(event.ends_at?));
    let is_same = [from, until].iter().all(|at| zone.local(*at) == own.local(*at));
    (!is_same && !event.all_day).then(|| text.span(from, until, own))
}
