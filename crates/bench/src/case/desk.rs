//! A rush: 32 people register at one event's desk, over and over, each somebody new.
//!
//! Ours is the whole product behind the act: the registration is decided on the desk's state, her
//! name and address are sealed under a key of her own (made and durable before), two facts, views
//! and a letter to plan are written, and only then she is answered. The twin's one writer commits
//! its queue at once, one row a registration, with as many bytes as the two facts have.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::extract::State;
use axum::routing::post;
use http::StatusCode;
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use web::site::Site;

use super::Outcome;
use crate::drive::{Sample, drive};
use crate::load::{self, Load};
use crate::pair::{Setting, Side, duel};
use crate::place::{Home, Kind, Place, bare};
use crate::raw::{self, Queue, Rows};
use crate::town::{Town, register};

const WRITERS: usize = 32;
/// Facts of one registration: received, confirmed.
const FACTS: f64 = 2.0;

/// What the twin is.
pub(super) fn twin(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => "raw SQLite, one thread that commits its queue at once",
        Kind::Postgres => "raw PostgreSQL, one connection that inserts its queue in one statement",
    }
}

/// What the twin is over HTTP.
pub(super) const TWIN_HTTP: &str =
    "axum: JSON parsed, one raw row committed with the queue, then 200";

struct Ours(Arc<Town>);

impl Side for Ours {
    async fn run(&mut self, time: Duration) -> Result<Sample> {
        let town = Arc::clone(&self.0);
        let event = *town.events.first().context("there is no event")?;
        drive(WRITERS, time, move |_, _| {
            let town = Arc::clone(&town);
            async move { register(&town.app, town.hub, event).await }
        })
        .await
    }
}

struct Raw(Queue, Arc<Rows>);

impl Side for Raw {
    async fn run(&mut self, time: Duration) -> Result<Sample> {
        let (queue, rows) = (self.0.clone(), Arc::clone(&self.1));
        drive(WRITERS, time, move |_, _| {
            let (queue, rows) = (queue.clone(), Arc::clone(&rows));
            async move { queue.give(rows.make("desk", 1)).await }
        })
        .await
    }
}

/// The product with one event, the queue of a raw writer, and the payload of a registration.
async fn prepare(place: &mut Place, kind: Kind) -> Result<(Town, Home, Queue, String)> {
    let (home, of_twin) = (place.home(kind).await?, place.home(kind).await?);
    let town = Town::open(home, 1, 1).await?;
    let journal = town.app.journal();
    let last = journal.position(&town.journal()).await?;
    let facts = journal.after(&town.journal(), last - 2, 2).await?;
    let payload: String = facts.into_iter().map(|fact| fact.fact).collect();
    let queue = match &of_twin {
        Home::Sqlite(path) => raw::sqlite::writer(path)?,
        Home::Postgres(database) => {
            let url = bare(database.url());
            raw::postgres::prepare(&url).await?;
            raw::postgres::writer(&url).await?
        }
    };
    Ok((town, of_twin, queue, payload))
}

/// Through the act.
pub(super) async fn run(place: &mut Place, setting: &Setting, kind: Kind) -> Result<Outcome> {
    let (town, of_twin, queue, payload) = prepare(place, kind).await?;
    let town = Arc::new(town);
    let mut raw = Raw(queue, Arc::new(Rows::of(&payload)));
    let mut ours = Ours(Arc::clone(&town));
    let pairs = duel(setting, &place.fsyncs(kind), &mut raw, &mut ours).await?;
    drop((raw, ours));
    Arc::into_inner(town).context("somebody still registers")?.leave().await?;
    of_twin.leave().await?;
    Ok(Outcome {
        name: String::new(),
        pairs,
        floor: Some(0.2),
        fsync_floor: Some(12.0),
        facts_each: FACTS,
        unit: "registrations/s",
        durability: kind.durability(),
        writers: WRITERS,
        payload: payload.len(),
        twin: twin(kind),
    })
}

const DOCUMENT: &str = "mutation R($event: ID!, $name: String!, $email: String!) { registerForEvent(input: \
    {eventId: $event, name: $name, email: $email}) { registration { id state token } userErrors { code } } }";

/// Through HTTP.
pub(super) async fn run_http(place: &mut Place, setting: &Setting, kind: Kind) -> Result<Outcome> {
    let (town, of_twin, queue, payload) = prepare(place, kind).await?;
    let event = town.events.first().context("there is no event")?.to_string();
    let app = town.app.clone();
    let (address, stop) = load::serve_ours(|address, stop: CancellationToken| {
        Ok(Town::router(&app, &Site::parse(&format!("http://{address}"))?, &stop))
    })
    .await?;
    let bare = Router::new()
        .route("/graphql", post(raw_register))
        .with_state((queue, Arc::new(Rows::of(&payload))));
    let twin = load::serve_bare(bare).await?;
    let number = AtomicU64::new(0);
    let requests: load::Requests = Arc::new(move || {
        let number = number.fetch_add(1, Ordering::Relaxed);
        let variables = serde_json::json!({
            "event": event, "name": format!("Ada {number}"), "email": format!("ada{number}@church-street.example"),
        });
        let body = serde_json::json!({ "query": DOCUMENT, "variables": variables });
        load::post("/graphql", &body.to_string())
    });
    let side = |address, holds| Load {
        address,
        connections: WRITERS,
        requests: Arc::clone(&requests),
        status: 200,
        holds,
    };
    let (mut raw, mut ours) = (side(twin, ""), side(address, "CONFIRMED"));
    let pairs = duel(setting, &place.fsyncs(kind), &mut raw, &mut ours).await?;
    stop.cancel();
    town.leave().await?;
    of_twin.leave().await?;
    Ok(Outcome {
        name: String::new(),
        pairs,
        floor: Some(0.15),
        fsync_floor: None,
        facts_each: FACTS,
        unit: "registrations/s",
        durability: kind.durability(),
        writers: WRITERS,
        payload: payload.len(),
        twin: TWIN_HTTP,
    })
}

async fn raw_register(
    State((queue, rows)): State<(Queue, Arc<Rows>)>,
    body: String,
) -> Result<&'static str, StatusCode> {
    let asked: Value = serde_json::from_str(&body).map_err(|_any| StatusCode::BAD_REQUEST)?;
    let event = asked.pointer("/variables/event").and_then(Value::as_str);
    let event = event.ok_or(StatusCode::BAD_REQUEST)?;
    queue.give(rows.make(event, 1)).await.map_err(|_any| StatusCode::SERVICE_UNAVAILABLE)?;
    Ok("{\"data\":{}}")
}
