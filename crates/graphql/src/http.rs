//! GraphQL over HTTP: POST and GET, negotiated; a browser gets the explorer.
//!
//! A body is taken as `application/json` only, and an address never changes anything: a form, an image
//! or a link of another site can send neither JSON nor more than GET, so none of them can act with a
//! visitor's cookies.

use std::sync::Arc;

use async_graphql::{Executor, parser::types::OperationType};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts};
use http_body_util::LengthLimitError;
use tokio::time::timeout;

use crate::{
    answer::{Answer, Stamp},
    explorer,
    fault::{Code, Fault},
    host::{Arrival, Host},
    request::{Asked, members_of_address},
    run::{Examined, Service, examine},
    sse,
    status::{self, Denial, Media},
    ws,
};

/// Whoever comes to the main address: an operation, a person, or a socket.
pub(crate) async fn graphql<E: Executor, H: Host>(
    State(service): State<Arc<Service<E, H>>>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    if ws::is_handshake(&parts) {
        return ws::upgrade(service, parts).await;
    }
    let trace = service.host.trace_id(Arrival { parts: &parts, init: None });
    match asked(&service, &parts, body, Address::Any).await {
        Ok(Incoming::Person) => explorer::page(),
        Ok(Incoming::Operation(Media::EventStream, asked)) => {
            stream(service, parts, asked).unwrap_or_else(|stop| stop.response(trace))
        }
        Ok(Incoming::Operation(media, asked)) => {
            operation(&service, &parts, media, (asked, trace)).await
        }
        Err(stop) => stop.response(trace),
    }
}

/// Whoever comes to the address of streams, whatever they say they accept.
pub(crate) async fn events<E: Executor, H: Host>(
    State(service): State<Arc<Service<E, H>>>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let trace = service.host.trace_id(Arrival { parts: &parts, init: None });
    let streamed = match asked(&service, &parts, body, Address::Streams).await {
        Ok(Incoming::Operation(_, asked)) => stream(service, parts, asked),
        Ok(Incoming::Person) => Err(Stop::from(Denial::NotAcceptable)),
        Err(stop) => Err(stop),
    };
    streamed.unwrap_or_else(|stop| stop.response(trace))
}

/// Which of the two addresses was asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Address {
    Any,
    Streams,
}

/// What a request turned out to be.
enum Incoming {
    Operation(Media, Asked),
    Person,
}

/// Why it turned out to be nothing.
struct Stop {
    media: Media,
    why: Why,
}

enum Why {
    Denial(Denial),
    Fault(Box<Fault>),
}

impl From<Denial> for Stop {
    fn from(denial: Denial) -> Self {
        Self { media: Media::Json, why: Why::Denial(denial) }
    }
}

impl Stop {
    fn fault(media: Media, fault: Fault) -> Self {
        Self { media, why: Why::Fault(Box::new(fault)) }
    }

    fn response(self, trace: String) -> Response {
        match self.why {
            Why::Denial(denial) => deny(self.media, denial, trace),
            Why::Fault(fault) => {
                let answer = Answer::refusal(*fault, &Stamp { trace, spending: None });
                reply(self.media, status::status(self.media, answer.refused), &answer)
            }
        }
    }
}

async fn asked<E: Executor, H: Host>(
    service: &Service<E, H>,
    parts: &Parts,
    body: Body,
    address: Address,
) -> Result<Incoming, Stop> {
    let wanted = |offers| match address {
        Address::Streams => Ok(Media::EventStream),
        Address::Any => status::negotiated(&parts.headers, offers)
            .ok_or_else(|| Stop::from(Denial::NotAcceptable)),
    };
    // A fault found before the stream begins is told as plain JSON.
    let fault = |media: Media, fault| match media {
        Media::EventStream | Media::Html => Stop::fault(Media::Json, fault),
        Media::Json | Media::GraphqlResponse => Stop::fault(media, fault),
    };
    match parts.method {
        Method::GET | Method::HEAD => {
            if parts.uri.query().unwrap_or_default().len() > service.limits.body_bytes_max {
                return Err(Denial::AddressTooLong.into());
            }
            let members = members_of_address(parts.uri.query())
                .map_err(|error| Stop::fault(Media::Json, error))?;
            if address == Address::Any && !members.contains_key("query") {
                let media = wanted(status::FOR_PEOPLE)?;
                if media == Media::Html && service.host.has_explorer() {
                    return Ok(Incoming::Person);
                }
                return Err(fault(media, Fault::bad_request("\"query\" is missing.")));
            }
            let media = wanted(status::FOR_OPERATIONS)?;
            let asked = Asked::from_members(members).map_err(|error| fault(media, error))?;
            Ok(Incoming::Operation(media, asked))
        }
        Method::POST => {
            let media = wanted(status::FOR_OPERATIONS)?;
            if !is_json(&parts.headers) {
                return Err(Denial::MediaType.into());
            }
            let body = whole(service, &parts.headers, body).await?;
            let asked = Asked::from_body(&body).map_err(|error| fault(media, error))?;
            Ok(Incoming::Operation(media, asked))
        }
        _ => Err(Denial::Method.into()),
    }
}

/// Whether a body says it is JSON in UTF-8 (RFC 8259 §8.1), once and plainly.
fn is_json(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return false };
    let Ok(value) = value.to_str() else { return false };
    let mut parts = value.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"));
    is_json
        && parts.all(|parameter| match parameter.split_once('=') {
            Some((name, value)) if name.trim().eq_ignore_ascii_case("charset") => {
                let value = value.trim().trim_matches('"');
                value.eq_ignore_ascii_case("utf-8") || value.eq_ignore_ascii_case("utf8")
            }
            _ => true,
        })
}

/// The whole body, within its bounds of size and time. One that announces too much is not read.
async fn whole<E, H>(
    service: &Service<E, H>,
    headers: &HeaderMap,
    body: Body,
) -> Result<Bytes, Stop> {
    let max = service.limits.body_bytes_max;
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if announced.and_then(|length| length.parse::<usize>().ok()).is_some_and(|length| length > max)
    {
        return Err(Denial::BodyTooLarge.into());
    }
    match timeout(service.limits.body_time, to_bytes(body, max)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) => {
            let source = std::error::Error::source(&error);
            if source.is_some_and(<dyn std::error::Error + 'static>::is::<LengthLimitError>) {
                return Err(Denial::BodyTooLarge.into());
            }
            let broken = Fault::bad_request("The body broke off.");
            Err(Stop::fault(Media::Json, broken))
        }
        Err(_elapsed) => Err(Denial::BodyTooSlow.into()),
    }
}

/// One operation, one JSON answer.
async fn operation<E: Executor, H: Host>(
    service: &Service<E, H>,
    parts: &Parts,
    media: Media,
    (asked, trace): (Asked, String),
) -> Response {
    let examined = match examine(asked, &service.limits) {
        Ok(examined) => examined,
        Err(fault) => return Stop::fault(media, fault).response(trace),
    };
    let denial = match examined.kind {
        OperationType::Mutation if parts.method != Method::POST => Some(Denial::MutationByGet),
        OperationType::Subscription => Some(Denial::SubscriptionByJson),
        OperationType::Query | OperationType::Mutation => None,
    };
    if let Some(denial) = denial {
        return deny(media, denial, trace);
    }
    let admitted = match service.admit(examined, Arrival { parts, init: None }).await {
        Ok(admitted) => admitted,
        Err(fault) => return Stop::fault(media, fault).response(trace),
    };
    let answer = service.answer(admitted, trace).await;
    reply(media, status::status(media, answer.refused), &answer)
}

/// One operation, a stream of answers. What is wrong with the document is told inside the stream
/// (graphql-sse PROTOCOL.md): a browser's `EventSource` cannot read any other body.
fn stream<E: Executor, H: Host>(
    service: Arc<Service<E, H>>,
    parts: Parts,
    asked: Asked,
) -> Result<Response, Stop> {
    let examined: Result<Examined, Fault> = examine(asked, &service.limits);
    let is_mutation = matches!(&examined, Ok(one) if one.kind == OperationType::Mutation);
    if is_mutation && parts.method != Method::POST {
        return Err(Denial::MutationByGet.into());
    }
    Ok(sse::response(service, examined, parts))
}

/// The answer to what HTTP itself does not allow.
pub(crate) fn deny(media: Media, denial: Denial, trace: String) -> Response {
    let answer = Answer::refusal(denial.fault(), &Stamp { trace, spending: None });
    let mut response = reply(media, denial.status(), &answer);
    if let Some(allow) = denial.allow() {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allow));
    }
    response
}

/// An answer as an HTTP response. Answers belong to one caller and one moment: no cache keeps them.
fn reply(media: Media, status: StatusCode, answer: &Answer) -> Response {
    let Ok(body) = serde_json::to_vec(answer) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, media.content_type());
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.append(header::VARY, HeaderValue::from_static("Accept"));
    if let Some(language) = answer.language.as_deref().and_then(|tag| tag.parse().ok()) {
        headers.insert(header::CONTENT_LANGUAGE, language);
    }
    if let Some(wait) = answer.retry_after {
        let seconds = wait.as_secs().saturating_add(1);
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if answer.refused == Some(Code::Unauthenticated) {
        // RFC 9110 §15.5.2: a 401 says how to do better.
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_json_in_utf_8_is_json() {
        let says = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(value));
            is_json(&headers)
        };
        for value in
            ["application/json", "Application/JSON;charset=\"UTF-8\"", "application/json; x"]
        {
            assert!(says(value), "{value}");
        }
        for value in [
            "text/plain",
            "application/jsonp",
            "application/json; charset=utf-16",
            "",
            "multipart/form-data; boundary=application/json",
            "text/plain, application/json",
        ] {
            assert!(!says(value), "{value}");
        }
        assert!(!is_json(&HeaderMap::new()));
    }
}
