//! The product, open and inhabited: a hub, events people may come to, and people who do.

use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use async_graphql::{Data, Value};
use axum::routing::get;
use axum::{Json, Router};
use chrono::Duration;
use convoke::app::{App, Command, Settings, Viewer};
use convoke::desk::{RegisterForEvent, ScheduleEvent};
use convoke::event::{
    AcceptProposal, Capacity, EventId, Format, Mode, ProposeEvent, PublishEvent, Venue,
};
use convoke::network::OpenHub;
use convoke::product::Convoke;
use convoke::text::Locale;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use graphql::{Arrival, Host, Refusal, Session};
use journal::{Journal, NETWORK, Options, Outcome};
use kernel::{Act, HubId, Personal, World as _, Zone};
use tokio_util::sync::CancellationToken;
use web::dress::{Dress, dress};
use web::frame::Link;
use web::site::Site;

use crate::place::Home;
use crate::world::Machine;

/// The hub's place in addresses.
pub(crate) const SLUG: &str = "westminster";
/// Commands given at once while a town is made.
const AT_ONCE: usize = 256;

/// A hub with its events.
pub(crate) struct Town {
    pub(crate) app: App,
    pub(crate) hub: HubId,
    pub(crate) events: Vec<EventId>,
    home: Home,
}

impl Town {
    /// Opens the product and lets people in: so many public events, so many registrations each.
    pub(crate) async fn open(home: Home, events: i64, registrations: usize) -> Result<Self> {
        let options = Options::serve(home.url());
        let journal = Journal::open(options, Arc::new(Convoke), Arc::new(Machine)).await?;
        let settings = Settings {
            public_url: "http://127.0.0.1".to_owned(),
            uid_domain: "convoke.example".to_owned(),
            mail_from: "events@convoke.example".to_owned(),
            inbound_domain: None,
            organizer: convoke::app::Organizer::Token,
            authserv_id: None,
            demo: false,
            mailbox: None,
            dkim: None,
            trusted_proxies: vec![],
        };
        let app = App::new(journal, settings);
        let hub = app.id();
        let zone = Zone::parse("Europe/London").context("there is no London")?;
        let opening = OpenHub {
            hub,
            name: "Impact Hub Westminster".to_owned(),
            slug: SLUG.to_owned(),
            zone,
            locales: vec!["en".to_owned()],
        };
        let mut town = Self { app, hub, events: Vec::new(), home };
        town.gives(None, opening).await?;
        town.events = stream::iter(0..events)
            .map(|number| town.convene(number, zone))
            .buffered(AT_ONCE)
            .try_collect()
            .await?;
        let wishes: Vec<_> =
            town.events.iter().flat_map(|event| (0..registrations).map(|_| *event)).collect();
        stream::iter(wishes)
            .map(|event| town.register(event))
            .buffer_unordered(AT_ONCE)
            .try_collect::<Vec<()>>()
            .await?;
        Ok(town)
    }

    async fn gives<A: Act>(&self, hub: Option<HubId>, act: A) -> Result<()> {
        let answer =
            self.app.act_as_system("bench", hub, Box::new(act), Command::default()).await?;
        match answer.outcome {
            Outcome::Accepted(_) => Ok(()),
            Outcome::Rejected(refusal) => bail!("{} was refused: {}", A::KIND, refusal.says),
        }
    }

    /// A public event one of the next evenings.
    async fn convene(&self, number: i64, zone: Zone) -> Result<EventId> {
        let event = self.app.id();
        let hub = Some(self.hub);
        let proposal = ProposeEvent {
            hub: self.hub,
            event,
            issue: None,
            need: Some("Nobody should eat alone".to_owned()),
            title: format!("Soup on the estate, evening {}", number + 1),
            purpose: "Neighbours and the food co-operative cook with what the market leaves."
                .to_owned(),
            format: Format::Evening,
            mode: Mode::InPerson,
            host: None,
        };
        self.gives(hub, proposal).await?;
        self.gives(hub, AcceptProposal { event }).await?;
        let day = zone.local(self.app.now()).date() + Duration::days(1 + number % 100);
        let starts_at = day.and_hms_opt(19, 0, 0).context("no evening")?;
        let schedule = ScheduleEvent {
            event,
            starts_at,
            ends_at: starts_at + Duration::hours(3),
            zone,
            fold: None,
            venue: Some(Venue {
                name: "Church Street Library".to_owned(),
                address: Some("67 Church Street".to_owned()),
                city: Some("London".to_owned()),
                geo: None,
            }),
            link: None,
            capacity: Capacity::Unlimited,
            waitlist: None,
            expected_version: None,
        };
        self.gives(hub, schedule).await?;
        self.gives(hub, PublishEvent { event }).await?;
        Ok(event)
    }

    /// Somebody nobody has seen before takes a place.
    pub(crate) async fn register(&self, event: EventId) -> Result<()> {
        register(&self.app, self.hub, event).await
    }

    /// The journal's name.
    pub(crate) fn journal(&self) -> String {
        self.hub.to_string()
    }

    /// Where its database is.
    pub(crate) fn home(&self) -> &Home {
        &self.home
    }

    /// Everything a visitor can reach, with the layers the server puts round it.
    pub(crate) fn router(app: &App, site: &Site, stop: &CancellationToken) -> Router {
        // A crowd behind one address would be told to slow down; that is not what is measured.
        let limits =
            graphql::Limits { minute_anonymous_max: u64::MAX / 1_000_000, ..Default::default() };
        let schema = convoke::schema::schema(app.clone());
        let pages =
            convoke::site::Site { app: app.clone(), address: site.clone(), stop: stop.clone() };
        let routes = Router::new()
            .merge(graphql::router(schema, Visitors(app.clone()), limits, stop.clone()))
            .merge(convoke::pages::router(pages))
            // As the server has it: a few bytes that ask nobody.
            .route("/healthz", get(async || Json(serde_json::json!({ "status": "alive" }))));
        let faces = convoke::text::faces(Locale::En, Link::new("Convoke", "/"));
        let new_ids: web::trace::NewIds = Arc::new(|| {
            let mut bytes = [0; 16];
            Machine.fill(&mut bytes);
            bytes
        });
        dress(routes, Dress { site: site.clone(), faces, new_ids })
    }

    /// Closes the journal and lets go of the database.
    pub(crate) async fn leave(self) -> Result<()> {
        self.app.journal().close().await;
        self.home.leave().await
    }
}

/// A registration, from the act to the durable answer.
pub(crate) async fn register(app: &App, hub: HubId, event: EventId) -> Result<()> {
    let person = app.id();
    let act = RegisterForEvent {
        event,
        registration: app.id(),
        person,
        name: Personal::new(person, "Ada of Church Street".to_owned()),
        email: Personal::new(person, "ada@church-street.example".to_owned()),
        party_size: 1,
        locale: "en".to_owned(),
        note: None,
    };
    let visitor = Viewer::visitor(Locale::En);
    let answer = app.execute(&visitor, Some(hub), act, Command::default()).await?;
    match answer.outcome {
        Outcome::Accepted(_) => Ok(()),
        Outcome::Rejected(refusal) => bail!("a registration was refused: {}", refusal.says),
    }
}

/// The API's door, for people who have not signed in: what the server does without a token.
struct Visitors(App);

impl Host for Visitors {
    type Viewer = Viewer;

    async fn context(&self, _: Arrival<'_>) -> Result<Session<Viewer>, Refusal> {
        let viewer = Viewer::visitor(Locale::En);
        let mut data = Data::default();
        data.insert(viewer.clone());
        Ok(Session {
            is_signed_in: false,
            caller: "crowd".to_owned(),
            language: Some("en".to_owned()),
            viewer,
            data,
        })
    }

    async fn still_allowed(&self, _: &Session<Viewer>) -> bool {
        true
    }

    fn position_extension(&self, _: &Session<Viewer>) -> Option<Value> {
        let position = *self.0.journal().head_watch(NETWORK).borrow();
        Some(Value::from(position.to_string()))
    }

    fn trace_id(&self, arrival: Arrival<'_>) -> String {
        let trace = arrival.parts.extensions.get::<web::trace::TraceId>();
        trace.map(|trace| trace.as_str().to_owned()).unwrap_or_default()
    }
}
