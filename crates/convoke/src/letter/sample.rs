//! Every letter there is, in every language, about one evening that never was.
//!
//! The preview of a demo shows them, tests read them, and whoever signs mails proves with them
//! that no kind breaks a signature. They are written by the very code that writes real ones.

use base64::Engine as _;
use kernel::{PersonKind, Zone, testing};
use mail::{EmailAddress, MessageId};
use strum::IntoEnumIterator as _;

use super::Template;
use super::compose::{Draft, Links, Reader, Unwritten};
use super::notice::Topic;
use super::words::{Action, Section};
use crate::app::Settings;
use crate::asking::view::{HeldRow, ProposalRow};
use crate::desk::RegistrationKind;
use crate::desk::view::RegistrationRow;
use crate::event::EventKind;
use crate::event::view::EventRow;
use crate::invitation::InvitationKind;
use crate::invitation::view::InvitationRow;
use crate::network::view::HubRow;
use crate::text::{Locale, Text};

/// The wall the evening is on.
const ZONE: &str = "Europe/London";
/// The evening: 4 December 2026, 18:30 to 21:00.
const STARTS_S: i64 = 1_796_409_000;
const ENDS_S: i64 = STARTS_S + 9_000;
/// 28 November 2026, 10:00.
const OFFERED_UNTIL_S: i64 = 1_795_860_000;

/// One letter, ready to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Which letter.
    pub template: Template,
    /// In which language.
    pub locale: Locale,
    /// Its bytes, as they would be handed to a relay.
    pub mime: Vec<u8>,
}

/// Every letter in every language; the same settings give the same bytes.
///
/// # Errors
/// When one cannot be written, which a test rules out for settings that hold an address.
pub fn all(settings: &Settings) -> Result<Vec<Sample>, Unwritten> {
    let kinds = Template::iter();
    let each = kinds.flat_map(|template| Locale::ALL.map(|locale| (template, locale)));
    each.map(|(template, locale)| one(settings, template, locale)).collect()
}

/// One letter in one language.
///
/// # Errors
/// When it cannot be written.
pub fn one(settings: &Settings, template: Template, locale: Locale) -> Result<Sample, Unwritten> {
    let fixture = Fixture::new(template, locale);
    Ok(Sample { template, locale, mime: fixture.draft(settings, template, locale)?.write()? })
}

/// What the letters are about.
struct Fixture {
    hub: HubRow,
    event: EventRow,
    invitation: InvitationRow,
    registration: RegistrationRow,
    topic: Topic,
    sections: Vec<Section>,
    proposal: ProposalRow,
    held: HeldRow,
}

fn micros(seconds: i64) -> i64 {
    seconds.saturating_mul(1_000_000)
}

impl Fixture {
    fn new(template: Template, locale: Locale) -> Self {
        let person = testing::id::<PersonKind>(9).to_string();
        Self {
            hub: hub(),
            event: event(template),
            invitation: InvitationRow {
                id: testing::id::<InvitationKind>(2).to_string(),
                person: person.clone(),
                reason: Some("You repair boilers for nothing.".to_owned()),
                state: "sent".to_owned(),
                ..InvitationRow::default()
            },
            registration: registration(template, person, locale),
            topic: Topic {
                about: "issue".to_owned(),
                title: "Cold homes".to_owned(),
                team: Some("The Stokers".to_owned()),
                who: Some("Cem".to_owned()),
                reason: Some("We take it up in spring.".to_owned()),
                page: "https://hub.example/h/westminster/issues/cold-homes".to_owned(),
            },
            sections: vec![section(locale, "Cold homes"), section(locale, "Damp walls")],
            proposal: ProposalRow {
                sequence: 1,
                why: Some("The room is ours until ten.".to_owned()),
                ..ProposalRow::default()
            },
            held: HeldRow { answer: "accepted".to_owned(), ..HeldRow::default() },
        }
    }

    fn draft<'a>(
        &'a self,
        settings: &'a Settings,
        template: Template,
        locale: Locale,
    ) -> Result<Draft<'a>, Unwritten> {
        let email = EmailAddress::parse("ada@example.org")?;
        let name = format!("sample{template}{}", locale.code()).replace('-', "");
        let is_about_event = !template.is_notice() && !template.is_of_registry();
        let is_invited = matches!(
            template,
            Template::Invitation
                | Template::InvitationAgain
                | Template::InvitationRevoked
                | Template::AnswerUnconfirmed
                | Template::ProposedTimeDeclined
                | Template::GuestMovedAway
                | Template::GuestMoved
                | Template::InvitationReminder
                | Template::EventUpdated
        );
        let is_registered =
            is_about_event && !is_invited && template != Template::AttendanceDeclined;
        Ok(Draft {
            template,
            asks_again: template == Template::EventUpdated,
            settings,
            hub: &self.hub,
            event: is_about_event.then_some(&self.event),
            issue: Some("Cold homes"),
            invitation: is_invited.then_some(&self.invitation),
            registration: is_registered.then_some(&self.registration),
            topic: template.is_notice().then_some(&self.topic),
            sections: if template == Template::IssueDigest { &self.sections } else { &[] },
            reader: Reader {
                person: testing::id::<PersonKind>(9).to_string(),
                name: Some("Ada Işık".to_owned()),
                email,
                locale,
                zone: Zone::parse("Europe/Istanbul"),
            },
            note: None,
            proposal: (template == Template::ProposedTimeDeclined).then_some(&self.proposal),
            held: (template == Template::AnswerUnconfirmed).then_some(&self.held),
            series: None,
            of_all: false,
            links: links(settings, template),
            date: testing::noon(),
            message_id: MessageId::new(&name, template.kind(), &settings.uid_domain)?,
        })
    }
}

fn hub() -> HubRow {
    HubRow {
        id: "hub".to_owned(),
        name: "Hub Westminster".to_owned(),
        slug: "westminster".to_owned(),
        zone: ZONE.to_owned(),
        locales: r#"["en","nl","tr","ko"]"#.to_owned(),
        ..HubRow::default()
    }
}

fn event(template: Template) -> EventRow {
    let is_cancelled = template == Template::EventCancelled;
    let venue =
        r#"{"name":"Exchange Place","address":"1 Market Square","city":"London","geo":null}"#;
    EventRow {
        id: testing::id::<EventKind>(1).to_string(),
        status: if is_cancelled { "cancelled" } else { "published" }.to_owned(),
        title: "Heat in our homes".to_owned(),
        purpose: Some("Warm homes for those who freeze.".to_owned()),
        description: Some("Bring your last bill.".to_owned()),
        format: "evening".to_owned(),
        mode: "in-person".to_owned(),
        starts: Some("2026-12-04T18:30:00".to_owned()),
        ends: Some("2026-12-04T21:00:00".to_owned()),
        zone: Some(ZONE.to_owned()),
        starts_at: Some(micros(STARTS_S)),
        ends_at: Some(micros(ENDS_S)),
        venue: Some(venue.to_owned()),
        link: Some("https://meet.example/heat".to_owned()),
        sequence: Some(1),
        cancel_reason: is_cancelled.then(|| "A storm.".to_owned()),
        published_at: Some(journal::micros(testing::noon())),
        changed_at: journal::micros(testing::noon()),
        ..EventRow::default()
    }
}

fn registration(template: Template, person: String, locale: Locale) -> RegistrationRow {
    let state = match template {
        Template::WaitlistJoined => "waiting",
        Template::PlaceOffered => "offered",
        Template::RegistrationCancelled => "cancelled",
        _ => "confirmed",
    };
    RegistrationRow {
        id: testing::id::<RegistrationKind>(3).to_string(),
        person,
        name: Some("Ada Işık".to_owned()),
        email: Some("ada@example.org".to_owned()),
        locale: locale.code().to_owned(),
        party_size: 2,
        state: state.to_owned(),
        offered_until: Some(micros(OFFERED_UNTIL_S)),
        ..RegistrationRow::default()
    }
}

/// A week of an issue.
fn section(locale: Locale, title: &str) -> Section {
    let text = Text::new(locale);
    let evidence = [("figure", "One home in eight".into()), ("source", "example.org".into())];
    Section {
        title: title.to_owned(),
        lines: vec![text.t("issue-digest-evidence", &evidence), text.n("issue-digest-endorsed", 3)],
        page: "https://hub.example/h/westminster/issues/cold-homes".to_owned(),
        stop: Action {
            label: text.s("issue-digest-stop"),
            url: "https://hub.example/follow/sample".to_owned(),
        },
    }
}

/// Links as long as real ones, which lead nowhere.
fn links(settings: &Settings, template: Template) -> Links {
    let code = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode([7; 18]);
    let link = |door: &str| format!("{}/{door}/sample.{code}", settings.public_url);
    Links {
        invitation: Some(link("i")),
        registration: Some(link("r")),
        confirm: Some(link("confirm")),
        unproved: Some(link("a")),
        address: Some(link("address")),
        answers: EmailAddress::parse("rsvp+sample@in.example").ok(),
        unsubscribe: template.category().map(|_| link("u")),
        why: Some(link("why")),
        mails: (template == Template::EventReminder).then(|| link("mails")),
    }
}
