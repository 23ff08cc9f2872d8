//! The layers round the product's router, in the one order that works.
//!
//! From outside in: access log and trace id, compression, headers, pages for problems, panics
//! caught, time limit, body limit, cross-site guard, language cookie. Anything inside may fail;
//! what is outside still answers, logs and adds its headers.

use std::{any::Any, time::Duration};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
};
use http::{Extensions, HeaderMap, Method, StatusCode, Version, header};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    limit::RequestBodyLimitLayer,
    timeout::{RequestBodyTimeoutLayer, TimeoutLayer},
};

use crate::{
    headers, language, origin,
    problem::{self, Faces, Problem},
    site::Site,
    trace::{self, NewIds},
};

/// Largest body of any request: images of 5 MiB and what multipart puts round them.
pub const BODY_BYTES_MAX: usize = 6 * 1024 * 1024;
/// A handler answers within this, or the client is told to come back.
pub const ANSWER_WITHIN: Duration = Duration::from_secs(30);
/// A body that stops coming is given up after this.
pub const BODY_PAUSE_MAX: Duration = Duration::from_secs(10);

/// What the layers need to know.
#[derive(Clone)]
pub struct Dress {
    /// Where the site is reached.
    pub site: Site,
    /// The words of problem pages.
    pub faces: Faces,
    /// Where trace ids come from.
    pub new_ids: NewIds,
}

/// Puts every layer round a router. Call it last, after routes and fallback are set.
pub fn dress(app: Router, with: Dress) -> Router {
    let Dress { site, faces, new_ids } = with;
    app.layer(from_fn_with_state(site.clone(), language::remember))
        .layer(from_fn_with_state(site.clone(), origin::guard))
        // axum's own limit of 2 MB would act before ours.
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(BODY_BYTES_MAX))
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE_MAX))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER_WITHIN))
        .layer(CatchPanicLayer::custom(on_panic))
        .layer(from_fn(refuse_trace))
        .layer(from_fn_with_state(faces, problem::show))
        .layer(from_fn_with_state(site, headers::guard))
        .layer(CompressionLayer::new().compress_when(is_worth_compressing))
        .layer(from_fn_with_state(new_ids, trace::log))
}

/// The panic's text may hold anything, so it goes to the log with the backtrace hook and not out.
fn on_panic(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a handler panicked");
    Problem::Internal.into_response()
}

/// TRACE would echo cookies back to whoever can make a browser send it.
async fn refuse_trace(request: axum::extract::Request, next: axum::middleware::Next) -> Response {
    if request.method() == Method::TRACE || request.method() == Method::CONNECT {
        return Problem::Method.into_response();
    }
    next.run(request).await
}

/// Text that is the same for all. Not streams, which must leave at once, and not what belongs to
/// one person: there the length of a compressed page tells about its secrets (BREACH).
fn is_worth_compressing(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = text(header::CONTENT_TYPE);
    let personal =
        ["no-store", "private"].iter().any(|word| text(header::CACHE_CONTROL).contains(word));
    let textual = ["text/", "application/json", "image/svg+xml", "application/problem+json"];
    let long = text(header::CONTENT_LENGTH).parse::<u64>().map_or(true, |length| length >= 512);
    long && !personal
        && !kind.starts_with("text/event-stream")
        // Feeds compress themselves, and never for Outlook, which refuses gzip.
        && !kind.starts_with("text/calendar")
        && textual.iter().any(|prefix| kind.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::{
        body::Body,
        routing::{get, post},
    };
    use http::{HeaderValue, Request};
    use http_body_util::BodyExt as _;
    use tower::ServiceExt as _;

    use super::*;
    use crate::{form::Form, problem::Face};

    fn app() -> Router {
        let routes = Router::new()
            .route("/long", get(|| async { "x".repeat(10_000) }))
            .route("/panic", get(panics))
            .route("/slow", get(std::future::pending::<()>))
            .route("/page", get(|| async { axum::response::Html("<p>x") }))
            .route("/form", post(|form: Form| async move { form.get("a").to_owned() }));
        let faces: Faces = Arc::new(|problem, _| Face::english(problem));
        let site = Site::parse("https://a.example").unwrap();
        dress(routes, Dress { site, faces, new_ids: Arc::new(|| [1; 16]) })
    }

    async fn panics() -> &'static str {
        panic!("secret")
    }

    async fn ask(request: http::request::Builder, body: impl Into<Body>) -> (Response, String) {
        let request = request.body(body.into()).unwrap();
        let (parts, body) = app().oneshot(request).await.unwrap().into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        (Response::from_parts(parts, Body::empty()), String::from_utf8_lossy(&body).into_owned())
    }

    fn has_every_guard(response: &Response) {
        let headers = response.headers();
        for name in ["content-security-policy", "strict-transport-security", "x-request-id"] {
            assert!(headers.contains_key(name), "{name} is missing of {headers:?}");
        }
    }

    #[tokio::test]
    async fn a_panic_is_an_answer_with_every_header_and_no_detail() {
        let (response, body) = ask(Request::get("/panic").header("accept", "text/html"), "").await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        has_every_guard(&response);
        assert!(!body.contains("secret"));
        assert!(body.contains("01010101"), "{body}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_handler_that_never_answers_is_given_up() {
        let (response, _) = ask(Request::get("/slow"), "").await;
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        has_every_guard(&response);
    }

    #[tokio::test]
    async fn a_forged_form_is_refused_before_its_handler() {
        let form = |origin: &'static str| {
            Request::post("/form")
                .header("content-type", "application/x-www-form-urlencoded")
                .header("origin", origin)
        };
        let (own, body) = ask(form("https://a.example"), "a=1").await;
        assert_eq!((own.status(), body.as_str()), (StatusCode::OK, "1"));
        let (forged, _) = ask(form("https://evil.example"), "a=1").await;
        assert_eq!(forged.status(), StatusCode::FORBIDDEN);
        has_every_guard(&forged);
        let (large, _) = ask(form("https://a.example"), vec![b'a'; BODY_BYTES_MAX + 1]).await;
        assert_eq!(large.status(), StatusCode::PAYLOAD_TOO_LARGE);
        has_every_guard(&large);
    }

    #[tokio::test]
    async fn methods_and_paths_nobody_serves_are_refused() {
        let (trace, _) = ask(Request::builder().method("TRACE").uri("/long"), "").await;
        assert_eq!(trace.status(), StatusCode::METHOD_NOT_ALLOWED);
        let (none, body) =
            ask(Request::get("/none").header("accept", "application/json"), "").await;
        assert_eq!(none.status(), StatusCode::NOT_FOUND);
        assert!(body.contains("urn:convoke:problem:not-found"), "{body}");
        has_every_guard(&none);
    }

    #[tokio::test]
    async fn only_public_text_is_compressed() {
        let gzip = ("accept-encoding", "gzip");
        let (public, _) = ask(Request::get("/long").header(gzip.0, gzip.1), "").await;
        assert_eq!(
            public.headers().get("content-encoding"),
            Some(&HeaderValue::from_static("gzip"))
        );
        let signed_in =
            Request::get("/long").header(gzip.0, gzip.1).header("cookie", "__Host-session=a");
        let (own, _) = ask(signed_in, "").await;
        assert_eq!(own.headers().get("content-encoding"), None);
        assert_eq!(own.headers()["cache-control"], "no-store");
    }

    #[tokio::test]
    async fn a_choice_of_language_is_kept_by_pages_alone() {
        let (response, _) = ask(Request::get("/page?lang=ko"), "").await;
        let cookie = response.headers()["set-cookie"].to_str().unwrap();
        assert!(cookie.starts_with("lang=ko; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
        for path in ["/long?lang=ko", "/none?lang=ko", "/page?lang=xx", "/page"] {
            let (response, _) = ask(Request::get(path), "").await;
            assert_eq!(response.headers().get("set-cookie"), None, "{path}");
        }
    }
}
