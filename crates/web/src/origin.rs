//! The guard against requests forged by another site (CSRF), without tokens in forms.
//!
//! The rule of Go 1.25's `CrossOriginProtection`: a method that changes something needs
//! `Sec-Fetch-Site: same-origin` or `none`; a browser too old for that header sends `Origin`,
//! which must be ours. Neither header means no browser: such a client may act without a session
//! (a mail provider's one-click unsubscribe, RFC 8058) or with `Authorization`, but never by a
//! session cookie. `GET` and `HEAD` pass and must therefore change nothing.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, Method, header};

use crate::{problem::Problem, session, site::Site};

/// The layer: `axum::middleware::from_fn_with_state(site, origin::guard)`.
pub async fn guard(State(site): State<Site>, request: Request, next: Next) -> Response {
    if may_pass(&site, request.method(), request.headers()) {
        return next.run(request).await;
    }
    tracing::warn!(
        method = %request.method(),
        "a request from another site was refused"
    );
    Problem::CrossSite.into_response()
}

/// Whether a request may act here by its method and headers.
pub fn may_pass(site: &Site, method: &Method, headers: &HeaderMap) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    match text(headers, "sec-fetch-site") {
        Some("same-origin" | "none") => return true,
        Some(_) => return false,
        None => {}
    }
    match text(headers, "origin") {
        Some(origin) => is_ours(site, origin, headers),
        None => {
            headers.contains_key(header::AUTHORIZATION)
                || !session::has_session_cookie(site, headers)
        }
    }
}

/// Whether a WebSocket handshake may use the session cookie (OWASP ASVS 4.4.2): a browser always
/// sends `Origin` there, so a handshake without one is not a browser and has no cookie to abuse.
pub fn socket_may_open(site: &Site, headers: &HeaderMap) -> bool {
    match text(headers, "origin") {
        Some(origin) => is_ours(site, origin, headers),
        None => !session::has_session_cookie(site, headers),
    }
}

/// The same origin as configured, or the same host as the request was sent to. The second is for
/// the first run on a machine where nothing is configured; a forging page cannot choose `Host`.
fn is_ours(site: &Site, origin: &str, headers: &HeaderMap) -> bool {
    if origin.eq_ignore_ascii_case(site.origin()) {
        return true;
    }
    let host = text(headers, "host");
    let Some((scheme, sent)) = origin.split_once("://") else { return false };
    let same_scheme = !site.is_https() || scheme.eq_ignore_ascii_case("https");
    same_scheme && host.is_some_and(|host| host.eq_ignore_ascii_case(sent))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    // A header we cannot read as text is there all the same, and matches nothing.
    headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn ask(method: &Method, headers: &[(&'static str, &'static str)]) -> bool {
        let site = Site::parse("https://hub.example").unwrap();
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_static(value));
        }
        may_pass(&site, method, &map)
    }

    #[test]
    fn reading_passes_from_anywhere() {
        assert!(ask(&Method::GET, &[("sec-fetch-site", "cross-site")]));
        assert!(ask(&Method::HEAD, &[("origin", "https://evil.example")]));
    }

    #[test]
    fn a_browser_says_where_the_form_was() {
        assert!(ask(&Method::POST, &[("sec-fetch-site", "same-origin")]));
        assert!(ask(&Method::POST, &[("sec-fetch-site", "none")]));
        for site in ["cross-site", "same-site", "", "SAME-ORIGIN"] {
            assert!(!ask(&Method::POST, &[("sec-fetch-site", site)]), "{site}");
        }
        // What it says stands above what Origin says.
        let both = [("sec-fetch-site", "cross-site"), ("origin", "https://hub.example")];
        assert!(!ask(&Method::DELETE, &both));
    }

    #[test]
    fn an_old_browser_is_judged_by_origin() {
        assert!(ask(&Method::POST, &[("origin", "https://hub.example")]));
        assert!(ask(&Method::POST, &[("origin", "https://in.example"), ("host", "in.example")]));
        assert!(!ask(&Method::POST, &[("origin", "http://in.example"), ("host", "in.example")]));
        for origin in ["null", "https://evil.example", "https://hub.example.evil", ""] {
            assert!(
                !ask(&Method::POST, &[("origin", origin), ("host", "hub.example")]),
                "{origin}"
            );
        }
    }

    #[test]
    fn a_client_without_browser_headers_acts_by_token_and_never_by_cookie() {
        let cookie = ("cookie", "__Host-session=abc");
        assert!(ask(&Method::POST, &[]));
        assert!(ask(&Method::POST, &[("authorization", "Bearer tok_x")]));
        assert!(ask(&Method::POST, &[("authorization", "Bearer tok_x"), cookie]));
        assert!(!ask(&Method::POST, &[cookie]));
    }

    #[test]
    fn a_socket_opens_for_our_pages_only() {
        let site = Site::parse("https://hub.example").unwrap();
        let from =
            |value| HeaderMap::from_iter([(header::ORIGIN, HeaderValue::from_static(value))]);
        assert!(socket_may_open(&site, &from("https://hub.example")));
        assert!(!socket_may_open(&site, &from("https://evil.example")));
        let mut cookie = HeaderMap::new();
        assert!(socket_may_open(&site, &cookie));
        cookie.insert(header::COOKIE, HeaderValue::from_static("__Host-session=abc"));
        assert!(!socket_may_open(&site, &cookie));
    }
}
