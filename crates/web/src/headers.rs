//! The security headers of every answer, errors included.
//!
//! A page that needs another policy (the embeddable widget, the camera on the door page) sets
//! that header itself, and it stays. Signed-in pages are never stored; public ones are asked for
//! again each time, which costs a 304 where there is an ETag.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::{session, site::Site};

/// Nothing from elsewhere, nothing inline, no framing.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";

const ALWAYS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ),
];

/// Two years, as preload lists ask (hstspreload.org).
const HSTS: &str = "max-age=63072000; includeSubDomains";

/// The layer: `axum::middleware::from_fn_with_state(site, headers::guard)`.
pub async fn guard(State(site): State<Site>, request: Request, next: Next) -> Response {
    let signed_in = session::has_session_cookie(&site, request.headers())
        || request.headers().contains_key(header::AUTHORIZATION);
    let mut response = next.run(request).await;
    add(&site, signed_in, response.headers_mut());
    response
}

fn add(site: &Site, signed_in: bool, headers: &mut HeaderMap) {
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if site.is_https() {
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(HeaderValue::from_static(HSTS));
    }
    // An answer that sets or ends a session belongs to one person too.
    let personal = signed_in || headers.contains_key(header::SET_COOKIE);
    let keep = if personal { "no-store" } else { "no-cache" };
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(keep));
    let is_page = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page {
        headers.append(header::VARY, HeaderValue::from_static("Accept-Language, Cookie"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(address: &str, signed_in: bool, mut headers: HeaderMap) -> HeaderMap {
        add(&Site::parse(address).unwrap(), signed_in, &mut headers);
        headers
    }

    #[test]
    fn every_answer_has_the_whole_set() {
        let kind = HeaderValue::from_static("text/html; charset=utf-8");
        let page = HeaderMap::from_iter([(header::CONTENT_TYPE, kind)]);
        let headers = added("https://a.example", false, page);
        let lines = headers.iter().map(|(name, value)| format!("{name}: {value:?}"));
        let mut lines: Vec<_> = lines.collect();
        lines.sort();
        insta::assert_snapshot!(lines.join("\n"), @r#"
        cache-control: "no-cache"
        content-security-policy: "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        content-type: "text/html; charset=utf-8"
        cross-origin-opener-policy: "same-origin"
        cross-origin-resource-policy: "same-origin"
        permissions-policy: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
        referrer-policy: "strict-origin-when-cross-origin"
        strict-transport-security: "max-age=63072000; includeSubDomains"
        vary: "Accept-Language, Cookie"
        x-content-type-options: "nosniff"
        "#);
    }

    #[test]
    fn plain_http_promises_no_tls() {
        let headers = added("http://localhost:8080", false, HeaderMap::new());
        assert!(!headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
    }

    #[test]
    fn what_belongs_to_one_person_is_not_stored() {
        let headers = added("https://a.example", true, HeaderMap::new());
        assert_eq!(headers[header::CACHE_CONTROL], "no-store");
        let cookie = HeaderValue::from_static("a=b");
        let set = HeaderMap::from_iter([(header::SET_COOKIE, cookie)]);
        assert_eq!(added("https://a.example", false, set)[header::CACHE_CONTROL], "no-store");
    }

    #[test]
    fn a_page_keeps_its_own_policy() {
        let own = HeaderValue::from_static("frame-ancestors *");
        let widget = HeaderMap::from_iter([(header::CONTENT_SECURITY_POLICY, own.clone())]);
        let headers = added("https://a.example", true, widget);
        assert_eq!(headers[header::CONTENT_SECURITY_POLICY], own);
    }
}
