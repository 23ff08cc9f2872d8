//! Calendar feeds: what calendar programs subscribe to, and single events to import.
//!
//! A feed is a pure function of views, of the filters asked for and of the UTC day: the same facts
//! give the same bytes, after a rebuild as before. Its version is one read; so the usual answer,
//! 304, costs one statement and renders nothing. Whoever asks is not looked at: no cookie, no
//! language header, no person changes the answer, and nobody's address is in it.

mod ask;
pub mod entry;
mod http;
mod shelf;
mod view;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use ::http::{HeaderMap, Uri};
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use web::problem::Problem;

use crate::app::App;
use crate::site::Site;
use ask::{Ask, Which};

pub use http::download;
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
        .layer(Extension(shelf))
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
    shelf: &Shelf,
    which: Which,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    match Ask::read(which, uri.query().unwrap_or_default()) {
        Ok(ask) => http::feed(app, app.journal().db(), shelf, &ask, headers).await,
        Err(says) => Ok(http::refused(&says)),
    }
}

/// The addresses of feeds end in `.ics`: some programs look at nothing else.
fn slug_of(file: &str) -> Result<&str, Problem> {
    file.strip_suffix(".ics").filter(|slug| !slug.is_empty()).ok_or(Problem::NotFound)
}
