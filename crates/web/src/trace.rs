//! A trace id for each request, and one line in the access log.
//!
//! The id comes from a valid `traceparent` (W3C Trace Context §3.2) or from the caller's random
//! source, and goes out as `x-request-id`. The line names the route by its template: never the
//! path, which may hold a feed's secret, and never the query.

use std::sync::Arc;

use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use tokio::time::Instant;
use tracing::Instrument as _;

/// The header an answer carries its trace id in.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// 32 lower-case hexadecimal digits; empty where no request is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TraceId(Arc<str>);

impl TraceId {
    /// An id from random bytes.
    pub fn of_bytes(bytes: [u8; 16]) -> Self {
        Self(format!("{:032x}", u128::from_be_bytes(bytes)).into())
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The trace a caller began: `00-{32 hex}-{16 hex}-{2 hex}`, not all zero.
    fn of_parent(headers: &HeaderMap) -> Option<Self> {
        let parent = headers.get("traceparent")?.to_str().ok()?;
        let mut parts = parent.split('-');
        let (version, trace, span) = (parts.next()?, parts.next()?, parts.next()?);
        let hex = |text: &str, length: usize| {
            text.len() == length && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        };
        let fits = hex(version, 2) && version != "ff" && hex(trace, 32) && hex(span, 16);
        (fits && trace.bytes().any(|b| b != b'0')).then(|| Self(trace.into()))
    }
}

/// Where new ids come from: sixteen random bytes each time.
pub type NewIds = Arc<dyn Fn() -> [u8; 16] + Send + Sync>;

/// The layer: `axum::middleware::from_fn_with_state(new_ids, trace::log)`.
pub async fn log(State(new_ids): State<NewIds>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let trace =
        TraceId::of_parent(request.headers()).unwrap_or_else(|| TraceId::of_bytes(new_ids()));
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "unmatched".to_owned(), |path| path.as_str().to_owned());
    request.extensions_mut().insert(trace.clone());
    let span = tracing::info_span!("request", trace.id = trace.as_str());
    let mut response = next.run(request).instrument(span.clone()).await;
    if let Ok(value) = HeaderValue::from_str(trace.as_str()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let status = response.status().as_u16();
    let micros = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    span.in_scope(|| {
        tracing::info!(
            target: "access",
            method = %method,
            route,
            status,
            duration_us = micros,
            "{method} {route} {status} in {micros} us"
        );
    });
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parent(text: &'static str) -> Option<TraceId> {
        let headers = HeaderMap::from_iter([(
            HeaderName::from_static("traceparent"),
            HeaderValue::from_static(text),
        )]);
        TraceId::of_parent(&headers)
    }

    #[test]
    fn a_trace_goes_on_where_it_was_begun() {
        let trace = parent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01").unwrap();
        assert_eq!(trace.as_str(), "4bf92f3577b34da6a3ce929d0e0e4736");
    }

    #[test]
    fn nonsense_begins_a_new_trace() {
        for text in [
            "",
            "00-short-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736\u{20}-x-01",
        ] {
            assert_eq!(parent(text), None, "{text:?}");
        }
    }

    #[test]
    fn an_id_has_thirty_two_digits() {
        assert_eq!(TraceId::of_bytes([0; 16]).as_str().len(), 32);
    }
}
