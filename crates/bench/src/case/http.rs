//! What is read most, over HTTP: a list by GraphQL, an event's page, a feed; 8 kept connections.
//!
//! Ours is the router of the server with all its layers, an access line for each request included.
//! The twin is axum with one route that returns the very same bytes from memory: what HTTP itself
//! costs. Client and servers share the processors, so the client's cost is in both.

use anyhow::{Context as _, Result, ensure};
use axum::Router;
use axum::response::IntoResponse as _;
use axum::routing::{get, post};
use bytes::Bytes;
use http::{StatusCode, header};
use tokio_util::sync::CancellationToken;
use web::site::Site;

use super::Outcome;
use crate::load::{self, Load, always};
use crate::pair::{Setting, duel};
use crate::place::{Kind, Place};
use crate::town::{SLUG, Town};

const CONNECTIONS: usize = 8;
/// As many as a feed of performance.md's peers held.
const EVENTS: i64 = 61;
/// Registrations at each event.
const REGISTRATIONS: usize = 12;

const LIST: &str = "{ hub(slug: \"westminster\") { id name slug events(first: 50) { nodes { id title status \
    startsAt endsAt timeZone city hubId capacity placesTaken placesFree confirmedCount waitingCount } \
    pageInfo { hasNextPage endCursor } } } }";

/// What is asked, and what must come back.
struct Asked {
    request: Vec<u8>,
    status: u16,
    holds: &'static str,
    floor: Option<f64>,
    twin: &'static str,
}

/// The product's address, with all that lies behind it.
struct Served {
    town: Town,
    address: std::net::SocketAddr,
    stop: CancellationToken,
}

async fn serve(place: &mut Place, kind: Kind) -> Result<Served> {
    let town = Town::open(place.home(kind).await?, EVENTS, REGISTRATIONS).await?;
    let app = town.app.clone();
    let (address, stop) = load::serve_ours(|address, stop: CancellationToken| {
        Ok(Town::router(&app, &Site::parse(&format!("http://{address}"))?, &stop))
    })
    .await?;
    Ok(Served { town, address, stop })
}

/// A page of 50 events with their hub and counts.
pub(super) async fn graphql(place: &mut Place, setting: &Setting, kind: Kind) -> Result<Outcome> {
    let served = serve(place, kind).await?;
    let body = serde_json::json!({ "query": LIST }).to_string();
    let asked = Asked {
        request: load::post("/graphql", &body),
        status: 200,
        holds: "\"confirmedCount\":12",
        floor: None,
        twin: "axum, the same bytes from memory",
    };
    compare(place, setting, kind, served, asked).await
}

/// An event's page.
pub(super) async fn page(place: &mut Place, setting: &Setting, kind: Kind) -> Result<Outcome> {
    let served = serve(place, kind).await?;
    let event = served.town.events.first().context("there is no event")?;
    let asked = Asked {
        request: load::get(&format!("/h/{SLUG}/events/{event}"), "Accept: text/html\r\n"),
        status: 200,
        holds: "Soup on the estate",
        floor: None,
        twin: "axum, the same bytes from memory",
    };
    compare(place, setting, kind, served, asked).await
}

/// A feed, to whoever has it already or not.
pub(super) async fn feed(
    place: &mut Place,
    setting: &Setting,
    kind: Kind,
    has_it: bool,
) -> Result<Outcome> {
    let served = serve(place, kind).await?;
    let path = format!("/feeds/hub/{SLUG}.ics");
    let plain = load::get(&path, "Accept: text/calendar\r\n");
    let (status, body) = load::once(served.address, &plain).await?;
    let events = body.windows(12).filter(|part| part == b"BEGIN:VEVENT").count();
    ensure!(status == 200 && events == 61, "the feed has {events} events, not 61");
    let asked = if has_it {
        let tag = load::header(served.address, &plain, "etag").await?;
        Asked {
            request: load::get(&path, &format!("If-None-Match: {tag}\r\n")),
            status: 304,
            holds: "",
            floor: Some(0.5),
            twin: "axum, a 304 with an ETag",
        }
    } else {
        Asked {
            request: plain,
            status: 200,
            holds: "",
            floor: Some(0.4),
            twin: "axum, the same bytes from memory",
        }
    };
    compare(place, setting, kind, served, asked).await
}

/// An unchanged feed beside the same server's health check: what finding out that it is unchanged
/// costs.
pub(super) async fn feed_beside_health(
    place: &mut Place,
    setting: &Setting,
    kind: Kind,
) -> Result<Outcome> {
    let served = serve(place, kind).await?;
    let path = format!("/feeds/hub/{SLUG}.ics");
    let plain = load::get(&path, "Accept: text/calendar\r\n");
    let tag = load::header(served.address, &plain, "etag").await?;
    let side = |request: Vec<u8>, status, holds| Load {
        address: served.address,
        connections: CONNECTIONS,
        requests: always(request),
        status,
        holds,
    };
    let mut health = side(load::get("/healthz", "Accept: */*\r\n"), 200, "alive");
    let mut ours = side(load::get(&path, &format!("If-None-Match: {tag}\r\n")), 304, "");
    let pairs = duel(setting, &place.fsyncs(kind), &mut health, &mut ours).await?;
    served.stop.cancel();
    served.town.leave().await?;
    Ok(read_outcome(pairs, Some(0.7), 0, HEALTH))
}

/// What the feed is measured beside.
pub(super) const HEALTH: &str = "the same server's /healthz";

fn read_outcome(
    pairs: crate::pair::Pairs,
    floor: Option<f64>,
    payload: usize,
    twin: &'static str,
) -> Outcome {
    Outcome {
        name: String::new(),
        pairs,
        floor,
        fsync_floor: None,
        facts_each: 0.0,
        unit: "requests/s",
        durability: "reads",
        writers: CONNECTIONS,
        payload,
        twin,
    }
}

async fn compare(
    place: &mut Place,
    setting: &Setting,
    kind: Kind,
    served: Served,
    asked: Asked,
) -> Result<Outcome> {
    let (status, body) = load::once(served.address, &asked.request).await?;
    ensure!(status == asked.status, "status {status} where {} was due", asked.status);
    let bytes = body.freeze();
    let payload = bytes.len();
    let twin = load::serve_bare(bare(bytes, status)).await?;
    let side = |address| Load {
        address,
        connections: CONNECTIONS,
        requests: always(asked.request.clone()),
        status,
        holds: asked.holds,
    };
    let (mut raw, mut ours) = (side(twin), side(served.address));
    let pairs = duel(setting, &place.fsyncs(kind), &mut raw, &mut ours).await?;
    served.stop.cancel();
    served.town.leave().await?;
    Ok(read_outcome(pairs, asked.floor, payload, asked.twin))
}

/// One route, one answer.
fn bare(bytes: Bytes, status: u16) -> Router {
    let answer = move || {
        let bytes = bytes.clone();
        async move {
            if status == 304 {
                return (StatusCode::NOT_MODIFIED, [(header::ETAG, "\"a\"")]).into_response();
            }
            ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], bytes).into_response()
        }
    };
    let posted = answer.clone();
    let post_route = post(move |_asked: Bytes| posted());
    Router::new().route("/graphql", post_route).fallback(get(answer))
}
