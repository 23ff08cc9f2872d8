//! `GET /live?hub=…&about=…`: tells a page that something it shows has changed.
//!
//! A message carries only the position; the page then fetches its own block again, so that who may
//! see what, in which words, is decided in one place. `Last-Event-ID` is the position: no gap.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use futures_util::StreamExt as _;
use http::{HeaderMap, Uri};
use kernel::HubId;
use web::form::Form;
use web::problem::Problem;

use crate::app::Viewer;
use crate::app::entry::may_list;
use crate::site::{Site, problem};
use crate::text::Locale;

/// The one route.
pub(crate) fn routes() -> Router<Site> {
    Router::new().route("/live", get(live))
}

async fn live(State(site): State<Site>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let query = Form::from_query(&uri);
    let place = HubId::parse(query.get("hub")).map_err(|_cause| Problem::BadRequest)?;
    let hub = place.to_string();
    let about = query.some("about").map(str::to_owned);
    // Nobody asks who listens here, so when a person does something is not told.
    let anybody = Viewer::visitor(Locale::default());
    if about.as_ref().is_some_and(|about| !may_list(&anybody, place, about)) {
        return Err(Problem::BadRequest);
    }
    let resumed = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.parse::<i64>().ok());
    let journal = site.app.journal();
    let after = match resumed {
        Some(after) => after,
        None => journal.position(&hub).await.map_err(problem)?,
    };
    let stop = site.stop.clone();
    let events = journal
        .follow(&hub, after)
        .take_until(async move { stop.cancelled().await })
        .filter_map(move |fact| {
            let fact = fact.ok();
            let fact = fact.filter(|fact| may_list(&anybody, place, fact.stream.as_str()));
            let event = fact.filter(|fact| match &about {
                Some(about) => fact.stream.id() == about || fact.fact.contains(about.as_str()),
                None => true,
            });
            async move {
                // EventSource drops events without data.
                event.map(|fact| {
                    Ok::<_, Infallible>(Event::default().id(fact.position.to_string()).data("{}"))
                })
            }
        });
    let ping = KeepAlive::new().interval(Duration::from_secs(15)).text("ping");
    let mut response = Sse::new(events).keep_alive(ping).into_response();
    response
        .headers_mut()
        .insert(http::header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
    Ok(response)
}
