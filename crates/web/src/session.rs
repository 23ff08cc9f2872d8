//! The cookies of the site: the session, and small ones such as the chosen language.
//!
//! The value of a session cookie is an opaque token that the caller made and whose hash it keeps;
//! nothing is signed or stored here. `__Host-` binds the cookie to this very host over TLS
//! (RFC 6265bis §4.1.3.2); a browser would refuse that prefix on plain http, so on localhost the
//! name is bare. A request with two session cookies has none: one of them was planted.

use std::time::Duration;

use axum_extra::extract::cookie::{Cookie, SameSite};
use http::{HeaderMap, HeaderValue, header};

use crate::site::Site;

/// Longest cookie value read; a 256-bit token in base64url has 43 characters.
pub const VALUE_CHARS_MAX: usize = 256;

/// The name of the session cookie on this site.
pub const fn session_name(site: &Site) -> &'static str {
    if site.is_https() { "__Host-session" } else { "session" }
}

/// The session token a request carries, if exactly one and well formed.
pub fn session_token<'a>(site: &Site, headers: &'a HeaderMap) -> Option<&'a str> {
    read(headers, session_name(site))
}

/// Whether a request carries anything under the session's name, well formed or not.
pub fn has_session_cookie(site: &Site, headers: &HeaderMap) -> bool {
    pairs(headers).any(|(name, _)| name == session_name(site))
}

/// `Set-Cookie` that begins a session. `None` when the token is not a cookie-safe text.
pub fn set_session(site: &Site, token: &str, lasts: Duration) -> Option<HeaderValue> {
    set(site, session_name(site), token, lasts)
}

/// `Set-Cookie` that ends the session in this browser.
pub fn clear_session(site: &Site) -> HeaderValue {
    clear(site, session_name(site))
}

/// `Set-Cookie` for another cookie of the site, with the same attributes as the session's:
/// `Path=/`, `HttpOnly`, `SameSite=Lax`, `Secure` over TLS. `None` when name or value would not
/// survive a header (letters, digits and `-_.~=` do).
pub fn set(site: &Site, name: &str, value: &str, lasts: Duration) -> Option<HeaderValue> {
    if name.is_empty() || !is_token(name) || !is_token(value) || value.len() > VALUE_CHARS_MAX {
        return None;
    }
    let header = format!("{}; Max-Age={}", attributes(site, name, value), lasts.as_secs());
    HeaderValue::from_str(&header).ok()
}

/// `Set-Cookie` that removes a cookie of the site.
pub fn clear(site: &Site, name: &str) -> HeaderValue {
    let header = format!("{}; Max-Age=0", attributes(site, name, ""));
    HeaderValue::from_str(&header).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The value of one cookie of a request; `None` when it is absent, doubled or malformed.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut found = pairs(headers).filter(|(key, _)| *key == name).map(|(_, value)| value);
    let value = found.next()?;
    let alone = found.next().is_none();
    (alone && !value.is_empty() && value.len() <= VALUE_CHARS_MAX && is_token(value))
        .then_some(value)
}

fn pairs(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
}

fn attributes(site: &Site, name: &str, value: &str) -> String {
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .secure(site.is_https())
        .same_site(SameSite::Lax)
        .build()
        .to_string()
}

/// A narrow part of cookie-octet (RFC 6265 §4.1.1): what our tokens are made of.
fn is_token(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~' | b'='))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(https: bool) -> Site {
        Site::parse(if https { "https://a.example" } else { "http://localhost:8080" }).unwrap()
    }

    fn asked(cookie: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(cookie).unwrap())])
    }

    #[test]
    fn a_session_over_tls_has_every_guard() {
        let set = set_session(&site(true), "tok", Duration::from_hours(1)).unwrap();
        assert_eq!(
            set.to_str().unwrap(),
            "__Host-session=tok; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=3600"
        );
        let clear = clear_session(&site(true));
        assert_eq!(
            clear.to_str().unwrap(),
            "__Host-session=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0"
        );
    }

    #[test]
    fn a_session_on_localhost_is_not_secure_but_still_http_only() {
        let set = set_session(&site(false), "tok", Duration::from_secs(5)).unwrap();
        assert_eq!(set.to_str().unwrap(), "session=tok; HttpOnly; SameSite=Lax; Path=/; Max-Age=5");
    }

    #[test]
    fn a_token_is_read_back() {
        let headers = asked("lang=nl; __Host-session=abc-_123");
        assert_eq!(session_token(&site(true), &headers), Some("abc-_123"));
        assert_eq!(session_token(&site(false), &headers), None);
        assert_eq!(read(&headers, "lang"), Some("nl"));
    }

    #[test]
    fn a_doubled_malformed_or_long_token_counts_as_none() {
        assert_eq!(session_token(&site(false), &asked("session=a; session=b")), None);
        assert_eq!(session_token(&site(false), &asked("session=a<b")), None);
        assert_eq!(session_token(&site(false), &asked("session=")), None);
        let long = format!("session={}", "a".repeat(VALUE_CHARS_MAX + 1));
        assert_eq!(session_token(&site(false), &asked(&long)), None);
        assert!(has_session_cookie(&site(false), &asked("session=a; session=b")));
        assert!(!has_session_cookie(&site(false), &asked("lang=nl")));
    }

    #[test]
    fn a_value_that_would_break_the_header_is_refused() {
        for value in ["a;b", "a\r\nb", "a b", "é"] {
            assert_eq!(set(&site(true), "x", value, Duration::from_secs(1)), None, "{value:?}");
        }
    }
}
