//! What is said when there is no page: not found, not allowed, too large, broken.
//!
//! A handler answers with a [`Problem`]; the [`show`] layer, which knows the request, makes it an
//! HTML page, problem details (RFC 9457) or a line of text, as `Accept` asks. Bare errors of the
//! router and other layers are shown alike. The text never says what went wrong inside: the
//! trace id leads to the log.

use std::{fmt::Display, sync::Arc, time::Duration};

use askama::Template;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

use crate::{
    frame::{Frame, Link, Words},
    language::Asked,
    trace::TraceId,
};

/// A request that cannot be answered with what it asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// 400: the request makes no sense.
    BadRequest,
    /// 401: sign in first.
    SignIn,
    /// 403: signed in, but not for this.
    Forbidden,
    /// 403: the form was on another site.
    CrossSite,
    /// 404.
    NotFound,
    /// 405.
    Method,
    /// 408: the request took too long to arrive.
    Slow,
    /// 410: it was here.
    Gone,
    /// 413.
    TooLarge,
    /// 415: not a form, not JSON.
    Unsupported,
    /// 429, with the wait.
    TooMany(Duration),
    /// 500.
    Internal,
    /// 503: busy, draining or without its database, with the wait.
    Unavailable(Duration),
}

impl Problem {
    /// The status of the answer.
    pub const fn status(self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Slow => StatusCode::REQUEST_TIMEOUT,
            Self::Gone => StatusCode::GONE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unsupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// A stable word for catalogues and problem types: `not-found`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::BadRequest => "bad-request",
            Self::SignIn => "sign-in",
            Self::Forbidden => "forbidden",
            Self::CrossSite => "cross-site",
            Self::NotFound => "not-found",
            Self::Method => "method",
            Self::Slow => "slow",
            Self::Gone => "gone",
            Self::TooLarge => "too-large",
            Self::Unsupported => "unsupported",
            Self::TooMany(_) => "too-many",
            Self::Internal => "internal",
            Self::Unavailable(_) => "unavailable",
        }
    }

    /// Every code, for the catalogues' test.
    pub const CODES: [&'static str; 13] = [
        "bad-request",
        "sign-in",
        "forbidden",
        "cross-site",
        "not-found",
        "method",
        "slow",
        "gone",
        "too-large",
        "unsupported",
        "too-many",
        "internal",
        "unavailable",
    ];

    const fn wait(self) -> Option<Duration> {
        match self {
            Self::TooMany(wait) | Self::Unavailable(wait) => Some(wait),
            _ => None,
        }
    }

    /// The problem that a bare status from the router or a layer stands for.
    fn of_status(status: StatusCode) -> Option<Self> {
        match status {
            StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => Some(Self::BadRequest),
            StatusCode::UNAUTHORIZED => Some(Self::SignIn),
            StatusCode::FORBIDDEN => Some(Self::Forbidden),
            StatusCode::NOT_FOUND => Some(Self::NotFound),
            StatusCode::METHOD_NOT_ALLOWED => Some(Self::Method),
            StatusCode::REQUEST_TIMEOUT => Some(Self::Slow),
            StatusCode::GONE => Some(Self::Gone),
            StatusCode::PAYLOAD_TOO_LARGE => Some(Self::TooLarge),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Some(Self::Unsupported),
            StatusCode::INTERNAL_SERVER_ERROR => Some(Self::Internal),
            StatusCode::SERVICE_UNAVAILABLE => Some(Self::Unavailable(Duration::from_secs(5))),
            _ => None,
        }
    }
}

/// Marks an error answer whose text says what is wrong with the request: it goes out as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said;

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Some(wait) = self.wait() {
            // Whole seconds, rounded up: a client that waits this long is let in.
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// The page of a problem, in the language of the one who sees it.
#[derive(Clone, Debug, Template)]
#[template(path = "problem.html")]
pub struct Face {
    /// The frame; its title is the heading.
    pub frame: Frame,
    /// One or two sentences: what it means and what to do.
    pub text: String,
    /// Where to go from here.
    pub next: Vec<Link>,
    /// "If you write to us, name this number", before the trace id.
    pub reference: String,
    /// The trace id; set by the layer.
    pub trace: String,
}

impl Face {
    /// A face with a link home.
    pub fn new(
        frame: Frame,
        text: impl Display,
        home: impl Display,
        reference: impl Display,
    ) -> Self {
        let next = vec![Link::new(home, &frame.home.href)];
        let (text, reference) = (text.to_string(), reference.to_string());
        Self { frame, text, next, reference, trace: String::new() }
    }

    /// English, without a catalogue.
    pub fn english(problem: Problem) -> Self {
        let reason = problem.status().canonical_reason().unwrap_or("Problem");
        let frame = Frame::new(Words::english(), "en", reason, Link::new("Convoke", "/"));
        Self::new(frame, "This did not work.", "Start page", "Reference")
    }
}

/// Finds the words for a problem. The language is what the request asked for.
pub type Faces = Arc<dyn Fn(Problem, Asked) -> Face + Send + Sync>;

/// The layer: `axum::middleware::from_fn_with_state(faces, problem::show)`.
pub async fn show(State(faces): State<Faces>, request: Request, next: Next) -> Response {
    let asked = Asked::read(request.uri(), request.headers());
    let form = Shape::of(request.headers());
    let head = request.method() == Method::HEAD;
    let trace = request.extensions().get::<TraceId>().cloned().unwrap_or_default();
    let response = next.run(request).await;
    let Some(problem) = find(&response) else { return response };
    let mut face = faces(problem, asked);
    trace.as_str().clone_into(&mut face.trace);
    let (kind, body) = form.write(problem, &face);
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    parts.headers.append(header::VARY, HeaderValue::from_static("Accept"));
    let body = if head { String::new() } else { body };
    Response::from_parts(parts, body.into())
}

/// A problem a handler gave, or a bare error: one whose body is empty or the router's own text.
fn find(response: &Response) -> Option<Problem> {
    if let Some(problem) = response.extensions().get::<Problem>() {
        return Some(*problem);
    }
    if response.extensions().get::<Said>().is_some() {
        return None;
    }
    let bare = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    bare.then(|| Problem::of_status(response.status())).flatten()
}

/// In which shape the client can read a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Html,
    Json,
    /// Neither asked for: the same few bytes for every request, which a calendar app never shows.
    Line,
}

impl Shape {
    fn of(headers: &HeaderMap) -> Self {
        let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
        let accept = accept.unwrap_or_default().to_ascii_lowercase();
        let html = accept.find("text/html");
        let json = accept.find("json");
        match (html, json) {
            (Some(html), Some(json)) if json < html => Self::Json,
            (Some(_), _) => Self::Html,
            (None, Some(_)) => Self::Json,
            (None, None) => Self::Line,
        }
    }

    fn write(self, problem: Problem, face: &Face) -> (&'static str, String) {
        let title = &face.frame.title;
        match self {
            Self::Html => {
                let html = face.render().unwrap_or_else(|error| {
                    tracing::error!(%error, "the page of a problem could not be rendered");
                    String::new()
                });
                ("text/html; charset=utf-8", html)
            }
            Self::Json => {
                let json = serde_json::json!({
                    "type": format!("urn:convoke:problem:{}", problem.code()),
                    "title": title,
                    "status": problem.status().as_u16(),
                    "detail": face.text,
                    "traceId": face.trace,
                });
                ("application/problem+json; charset=utf-8", json.to_string())
            }
            Self::Line => ("text/plain; charset=utf-8", format!("{title}\n")),
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, middleware, routing::get};
    use http_body_util::BodyExt as _;
    use tower::ServiceExt as _;

    use super::*;

    async fn ask(path: &str, accept: &str) -> (StatusCode, HeaderMap, String) {
        let faces: Faces = Arc::new(|problem, _| Face::english(problem));
        let app = Router::new()
            .route("/busy", get(|| async { Problem::Unavailable(Duration::from_millis(1500)) }))
            .route("/own", get(|| async { (StatusCode::NOT_FOUND, axum::response::Html("own")) }))
            .layer(middleware::from_fn_with_state(faces, show));
        let mut request = Request::get(path).header(header::ACCEPT, accept).body(Body::empty());
        request.as_mut().unwrap().extensions_mut().insert(TraceId::of_bytes([7; 16]));
        let response = app.oneshot(request.unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        (parts.status, parts.headers, String::from_utf8(body).unwrap())
    }

    #[tokio::test]
    async fn a_browser_gets_a_page_with_the_trace() {
        let (status, headers, body) = ask("/none", "text/html,*/*").await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert_eq!(headers[header::CONTENT_TYPE], "text/html; charset=utf-8");
        assert!(body.contains("<h1>Not Found</h1>"), "{body}");
        assert!(body.contains("07070707070707070707070707070707"), "{body}");
    }

    #[tokio::test]
    async fn a_program_gets_problem_details() {
        let (status, headers, body) = ask("/busy", "application/json").await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(headers[header::RETRY_AFTER], "2");
        insta::assert_snapshot!(body, @r#"{"type":"urn:convoke:problem:unavailable","title":"Service Unavailable","status":503,"detail":"This did not work.","traceId":"07070707070707070707070707070707"}"#);
    }

    #[tokio::test]
    async fn a_calendar_app_gets_the_same_line_each_time() {
        let (_, headers, body) = ask("/none", "*/*").await;
        assert_eq!(headers[header::CONTENT_TYPE], "text/plain; charset=utf-8");
        assert_eq!(body, "Not Found\n");
    }

    #[tokio::test]
    async fn a_page_that_a_handler_made_stays() {
        assert_eq!(ask("/own", "text/html").await.2, "own");
    }

    #[test]
    fn the_codes_are_all_listed() {
        let wait = Duration::ZERO;
        let all = [
            Problem::BadRequest,
            Problem::SignIn,
            Problem::Forbidden,
            Problem::CrossSite,
            Problem::NotFound,
            Problem::Method,
            Problem::Slow,
            Problem::Gone,
            Problem::TooLarge,
            Problem::Unsupported,
            Problem::TooMany(wait),
            Problem::Internal,
            Problem::Unavailable(wait),
        ];
        assert_eq!(all.map(Problem::code), Problem::CODES);
    }
}
