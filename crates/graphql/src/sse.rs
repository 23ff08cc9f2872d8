//! Subscriptions as server-sent events (graphql-sse PROTOCOL.md, distinct connections mode).
//!
//! One request, one operation, one stream: `next` for each answer, then `complete`. There are no
//! reservations; HTTP/2 makes them needless. A stream that ends without `complete` was cut off, by the
//! server's stop for instance, and the client may come again.

use std::{convert::Infallible, sync::Arc};

use async_graphql::Executor;
use axum::response::{
    IntoResponse, Response,
    sse::{Event, KeepAlive, Sse},
};
use futures_util::{StreamExt, stream};
use http::{HeaderName, HeaderValue, header, request::Parts};

use crate::{
    answer::Answer,
    fault::Fault,
    host::Host,
    run::{Examined, Service, Step},
};

/// Tells nginx and its kind not to hold the stream back.
const NO_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// A stream of what comes out of an operation.
pub(crate) fn response<E: Executor, H: Host>(
    service: Arc<Service<E, H>>,
    examined: Result<Examined, Fault>,
    parts: Parts,
) -> Response {
    let keep_alive = KeepAlive::new().interval(service.limits.keep_alive).text("");
    let shutdown = service.shutdown.clone();
    let events = service
        .steps(examined, Arc::new(parts), None)
        .map(|step| match step {
            Step::Next(answer) | Step::Refused(answer) | Step::Revoked(answer) => next(&answer),
        })
        .chain(stream::iter([complete()]))
        .take_until(shutdown.cancelled_owned())
        .map(Ok::<_, Infallible>);
    let mut response = Sse::new(events).keep_alive(keep_alive).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(NO_BUFFERING, HeaderValue::from_static("no"));
    response
}

fn next(answer: &Answer) -> Event {
    let event = Event::default().event("next");
    match serde_json::to_string(answer) {
        Ok(json) => event.data(json),
        Err(_) => event.data("{}"),
    }
}

/// A browser drops an event whose data is empty, so this one has an empty object.
fn complete() -> Event {
    Event::default().event("complete").data("{}")
}
