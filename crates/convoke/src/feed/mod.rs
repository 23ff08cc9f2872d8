//! Calendar feeds: what calendar programs subscribe to, and single events to import.
//!
//! A feed is a pure function of views, of the filters asked for and of the UTC day: the same facts
//! give the same bytes, after a rebuild as before. Its version is one read; so the usual answer,
//! 304, costs one statement at most (two at a secret address) and renders nothing. Whoever asks is not
//! looked at: no cookie, no language header, no person changes the answer, and nobody's address is
//! in it.
//!
//! Three feeds are public: a hub's, an issue's, a hackathon's. Three are secret, for whoever has
//! the address that their owner was given (see [`crate::calendar_link`]): what a person goes to,
//! a hackathon as its participants see it, a team's.
//!
//! A feed has an end, since calendar programs give up on long ones; a hub's whole past and future
//! is had as files, one a year ([`export`]).

mod ask;
mod download;
mod draft;
pub mod entry;
pub(crate) mod export;
mod gate;
mod mine;
mod own;
mod public;
mod schedule;
pub(crate) mod series;
mod serve;
mod shelf;
mod together;
mod view;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use ::http::{HeaderMap, Uri};
use axum::extract::{FromRequestParts, Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use web::peer::Peer;
use web::problem::Problem;

use crate::app::App;
use crate::site::Site;
use ask::{Ask, Which};
use gate::Gate;

pub use download::download;
pub use shelf::Shelf;

/// The routes of feeds, with a shelf of their own for what is rendered.
pub fn routes() -> Router<Site> {
    routes_with(Arc::new(Shelf::default()))
}

/// The same with a given shelf.
pub fn routes_with(shelf: Arc<Shelf>) -> Router<Site> {
    Router::new()
        .route("/feeds/hub/{hub}", get(hub_feed))
        .route("/feeds/hub/{hub}/issue/{issue}", get(issue_feed_of_hub))
        .route("/feeds/issue/{issue}", get(issue_feed))
        .route("/feeds/hackathon/{hackathon}", get(hackathon_feed))
        .route("/feeds/p/{token}", get(personal_feed))
        .route("/feeds/h/{token}", get(participant_feed))
        .route("/feeds/t/{token}", get(team_feed))
        .route("/export/hub/{hub}/{year}", get(export::of_year))
        .layer(Extension(shelf))
        .layer(Extension(Arc::new(Gate::default())))
}

async fn hub_feed(
    State(site): State<Site>,
    Extension(shelf): Extension<Arc<Shelf>>,
    Path(file): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let which = Which::Hub(slug_of(&file)?.to_owned());
    answer(&site.app, &shelf, which, &uri, &headers).await
}

async fn issue_feed_of_hub(
    State(site): State<Site>,
    Extension(shelf): Extension<Arc<Shelf>>,
    Path((hub, file)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let which = Which::Issue { hub: Some(hub), slug: slug_of(&file)?.to_owned() };
    answer(&site.app, &shelf, which, &uri, &headers).await
}

async fn issue_feed(
    State(site): State<Site>,
    Extension(shelf): Extension<Arc<Shelf>>,
    Path(file): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let which = Which::Issue { hub: None, slug: slug_of(&file)?.to_owned() };
    answer(&site.app, &shelf, which, &uri, &headers).await
}

async fn answer(
    app: &App,
    shelf: &Arc<Shelf>,
    which: Which,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    match Ask::read(which, uri.query().unwrap_or_default()) {
        Ok(ask) => public::feed(app, app.journal().db(), shelf, &ask, headers).await,
        Err(says) => Ok(serve::refused(&says)),
    }
}

async fn hackathon_feed(
    State(site): State<Site>,
    Extension(shelf): Extension<Arc<Shelf>>,
    Path(file): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let id = slug_of(&file)?;
    match Ask::read(Which::Hackathon(id.to_owned()), uri.query().unwrap_or_default()) {
        Ok(ask) => {
            let db = site.app.journal().db();
            schedule::feed(&site.app, db, &shelf, (id, &ask), &headers).await
        }
        Err(says) => Ok(serve::refused(&says)),
    }
}

/// What a request for a secret feed comes with.
#[derive(FromRequestParts)]
#[from_request(state(Site))]
struct AtDoor {
    site: State<Site>,
    shelf: Extension<Arc<Shelf>>,
    gate: Extension<Arc<Gate>>,
    file: Path<String>,
    uri: Uri,
    headers: HeaderMap,
    peer: Peer,
}

async fn personal_feed(door: AtDoor) -> Response {
    door.answer(Which::Personal).await
}

async fn participant_feed(door: AtDoor) -> Response {
    door.answer(Which::Participant).await
}

async fn team_feed(door: AtDoor) -> Response {
    door.answer(Which::Team).await
}

impl AtDoor {
    async fn answer(self, which: Which) -> Response {
        serve::secret(self.asked(which).await.unwrap_or_else(IntoResponse::into_response))
    }

    async fn asked(&self, which: Which) -> Result<Response, Problem> {
        let Self { site, shelf, gate, file, uri, headers, peer } = self;
        let token = slug_of(file)?;
        // Before the token is looked up: what is wrong with a question tells nothing about it.
        let ask = match Ask::read(which, uri.query().unwrap_or_default()) {
            Ok(ask) => ask,
            Err(says) => return Ok(serve::refused(&says)),
        };
        let caller = gate::caller(*peer, headers, &site.app.settings().trusted_proxies);
        let knock = own::Knock { token, ask, headers, caller };
        own::feed(&site.app, site.app.journal().db(), (shelf, gate), knock).await
    }
}

/// The addresses of feeds end in `.ics`: some programs look at nothing else.
fn slug_of(file: &str) -> Result<&str, Problem> {
    file.strip_suffix(".ics").filter(|slug| !slug.is_empty()).ok_or(Problem::NotFound)
}
