//! A town to test letters, feeds and workers on: a hub, an issue, an event, people.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::sync::Arc;
use std::time::Duration;

use chrono::{NaiveDateTime, TimeDelta};
use kernel::{Act, HubId, PersonId, Personal, Zone};
use mail::testing::{Peer, Received};
use mail::{Relay, Timeouts};

use crate::desk::{RegisterForEvent, RegistrationId, RescheduleEvent, ScheduleEvent};
use crate::event::{
    AcceptProposal, Capacity, DescribeEvent, EventId, Format, Mode, ProposeEvent, PublishEvent,
    Venue,
};
use crate::invitation::{Answer, AnswerInvitation, Guest, InvitationId, InviteStakeholders, Via};
use crate::issue::{AcceptIssue, Evidence, IssueId, ProposeIssue, StakeholderId};
use crate::network::OpenHub;
use crate::stakeholder::{Kind, RegisterStakeholder};
use crate::testing::TestApp;

/// A hub with one issue on its agenda.
pub(crate) struct Town {
    pub(crate) app: TestApp,
    pub(crate) hub: HubId,
    pub(crate) issue: IssueId,
    pub(crate) peer: Peer,
    pub(crate) relay: Arc<Relay>,
}

/// Somebody a letter can reach.
#[derive(Clone)]
pub(crate) struct Ngo {
    pub(crate) stakeholder: StakeholderId,
    pub(crate) person: PersonId,
    pub(crate) address: String,
}

/// A wall time: `2026-12-04T18:30`.
pub(crate) fn wall(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap()
}

pub(crate) fn london() -> Zone {
    Zone::parse("Europe/London").unwrap()
}

pub(crate) fn exchange() -> Venue {
    Venue {
        name: "Exchange Place".into(),
        address: Some("1 Market Square; rear door".into()),
        city: Some("London".into()),
        geo: None,
    }
}

impl Town {
    pub(crate) async fn new(app: TestApp) -> Self {
        Self::called(app, "westminster").await
    }

    /// With another place in addresses, beside the first.
    pub(crate) async fn called(app: TestApp, slug: &str) -> Self {
        let peer = Peer::start([]).await.unwrap();
        let quick = Timeouts { data_reply: Duration::from_millis(300), ..Timeouts::default() };
        let relay = Arc::new(Relay::parse(&peer.url()).unwrap().with_timeouts(quick));
        let (hub, issue) = (app.id(), app.id());
        let town = Self { app, hub, issue, peer, relay };
        let open = OpenHub {
            hub,
            name: "Hub Westminster".into(),
            slug: slug.into(),
            zone: london(),
            locales: vec!["en".into(), "nl".into(), "tr".into(), "ko".into()],
        };
        town.app.admin_does(None, open).await;
        town.proposes(issue, "Cold homes").await;
        town
    }

    pub(crate) async fn proposes(&self, issue: IssueId, title: &str) {
        let propose = ProposeIssue {
            hub: self.hub,
            issue,
            title: title.into(),
            statement: "People here cannot heat their homes.".into(),
            region: None,
            sdgs: vec![7],
            evidence: vec![Evidence {
                figure: "One home in eight".into(),
                source: "https://example.org/cold".into(),
                date: wall("2026-01-15T00:00").date(),
            }],
            force: false,
        };
        self.does(propose).await;
        self.does(AcceptIssue { issue }).await;
    }

    pub(crate) async fn does(&self, act: impl Act) -> String {
        self.app.admin_does(Some(self.hub), act).await
    }

    /// A published event in London, by its title and wall times.
    pub(crate) async fn event(&self, title: &str, from: &str, until: &str, places: u32) -> EventId {
        let event: EventId = self.app.id();
        let propose = ProposeEvent {
            hub: self.hub,
            event,
            issue: Some(self.issue),
            need: None,
            title: title.into(),
            purpose: "Warm homes for those who freeze.".into(),
            format: Format::Evening,
            mode: Mode::InPerson,
            host: None,
        };
        self.does(propose).await;
        self.does(AcceptProposal { event }).await;
        let schedule = ScheduleEvent {
            event,
            starts_at: wall(from),
            ends_at: wall(until),
            zone: london(),
            fold: None,
            venue: Some(exchange()),
            link: None,
            capacity: Capacity::Limited(places),
            waitlist: Some(true),
            expected_version: None,
        };
        self.does(schedule).await;
        self.does(PublishEvent { event }).await;
        event
    }

    /// The evening most tests are about.
    pub(crate) async fn evening(&self) -> EventId {
        self.event("Heat in our homes", "2026-12-04T18:30", "2026-12-04T21:00", 2).await
    }

    pub(crate) async fn moves(&self, event: EventId, from: &str, until: &str) {
        let reschedule = RescheduleEvent {
            event,
            starts_at: wall(from),
            ends_at: wall(until),
            zone: london(),
            fold: None,
            venue: Some(exchange()),
            link: None,
            capacity: None,
            expected_version: None,
        };
        self.does(reschedule).await;
    }

    /// An organisation in the directory, that has had its welcome.
    pub(crate) async fn ngo(&self, name: &str, address: &str, locale: &str) -> Ngo {
        let person = self.app.journal().keys().person_of(address).await.unwrap();
        let stakeholder = self.app.id();
        let register = RegisterStakeholder {
            hub: self.hub,
            stakeholder,
            person: Some(person),
            kind: Kind::Ngo,
            name: Personal::new(person, name.to_owned()),
            email: Some(Personal::new(person, address.to_owned())),
            locale: locale.into(),
            about: None,
            city: None,
            region: None,
            country: None,
            website: None,
            tags: vec![],
            offers: vec![],
            needs: vec![],
            issues: vec![],
            consent: true,
            prospect: true,
        };
        self.does(register).await;
        Ngo { stakeholder, person, address: address.to_owned() }
    }

    pub(crate) async fn invites(&self, event: EventId, ngo: &Ngo) -> InvitationId {
        let invitation = self.app.id();
        let guest = Guest {
            invitation,
            stakeholder: ngo.stakeholder,
            person: ngo.person,
            reason: Personal::new(ngo.person, "You repair boilers for nothing.".to_owned()),
        };
        self.does(InviteStakeholders { event, guests: vec![guest] }).await;
        invitation
    }

    pub(crate) async fn registers(
        &self,
        event: EventId,
        name: &str,
        address: &str,
        locale: &str,
    ) -> RegistrationId {
        let person = self.app.journal().keys().person_of(address).await.unwrap();
        let registration = self.app.id();
        let register = RegisterForEvent {
            event,
            registration,
            person,
            name: Personal::new(person, name.to_owned()),
            email: Personal::new(person, address.to_owned()),
            party_size: 1,
            locale: locale.into(),
            note: None,
        };
        self.does(register).await;
        registration
    }

    /// A guest answers by the link in her letter.
    pub(crate) async fn answers(&self, event: EventId, ngo: &Ngo, answer: Answer) {
        let by = AnswerInvitation {
            event,
            stakeholder: ngo.stakeholder,
            person: ngo.person,
            answer,
            registration: self.app.id(),
            via: Via::Link,
            sequence: None,
            stamped_at: None,
            stop: false,
            name: Personal::new(ngo.person, "A guest".to_owned()),
            email: Personal::new(ngo.person, ngo.address.clone()),
            locale: "en".into(),
            party_size: 1,
        };
        self.does(by).await;
    }

    /// An event gets this name, and keeps all else.
    pub(crate) async fn renames(&self, event: EventId, title: &str) {
        let describe = DescribeEvent {
            event,
            title: title.into(),
            purpose: "Warm homes for those who freeze.".into(),
            description: "Bring your last bill.".into(),
            access_info: "Step-free.".into(),
            expected_version: None,
        };
        self.does(describe).await;
    }

    /// Lets time pass, and whatever is due then happen.
    pub(crate) async fn later(&self, seconds: i64) {
        self.app.world.pass(TimeDelta::seconds(seconds));
        super::settle(&self.app, &self.relay).await.unwrap();
    }

    /// What arrived at one address, oldest first.
    pub(crate) async fn inbox(&self, address: &str) -> Vec<Received> {
        let mut received = self.peer.received().await;
        received.retain(|mail| mail.to == address);
        received
    }
}

/// The calendar object of a mail, unfolded, checked by reading it again.
pub(crate) fn ics(mail: &Received) -> String {
    let ics = mail.letter().calendar.expect("a calendar object");
    calendar::check::object(&ics).expect("a correct object");
    ics.replace("\r\n ", "")
}

/// The lines of a calendar object that begin with one of these names.
pub(crate) fn lines(ics: &str, names: &[&str]) -> Vec<String> {
    let is_wanted = |line: &&str| names.iter().any(|name| line.starts_with(name));
    ics.split("\r\n").filter(is_wanted).map(str::to_owned).collect()
}
