//! Which pages may open a socket.
//!
//! A browser sends its cookies with a handshake whatever page started it, and asks nobody first. So
//! the page's origin has to be our own host or one the product names (ASVS 4.4.2). A client without
//! `Origin` is no browser and brings no cookies it was not given.

use http::{HeaderMap, Uri, header, request::Parts};

/// Whether the handshake comes from a page of the host it goes to, or from no page at all, or from
/// an origin that `is_allowed` knows.
pub(crate) fn may_open(parts: &Parts, is_allowed: impl Fn(&str) -> bool) -> bool {
    let mut origins = parts.headers.get_all(header::ORIGIN).iter();
    let Some(origin) = origins.next() else { return true };
    let (Ok(origin), None) = (origin.to_str(), origins.next()) else { return false };
    is_same_host(origin, &parts.headers, &parts.uri) || is_allowed(origin)
}

/// The scheme is not compared: behind a proxy we do not know our own.
fn is_same_host(origin: &str, headers: &HeaderMap, uri: &Uri) -> bool {
    let Some((_, authority)) = origin.split_once("://") else { return false };
    let host = match headers.get(header::HOST) {
        Some(host) => host.to_str().ok(),
        None => uri.authority().map(http::uri::Authority::as_str),
    };
    host.is_some_and(|host| !host.is_empty() && host.eq_ignore_ascii_case(authority))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may(origin: Option<&str>, host: &str) -> bool {
        let mut request = http::Request::new(());
        request.headers_mut().insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            request.headers_mut().insert(header::ORIGIN, origin.parse().unwrap());
        }
        may_open(&request.into_parts().0, |origin| origin == "https://friend.example")
    }

    #[test]
    fn our_own_pages_and_named_friends_may_and_strangers_may_not() {
        assert!(may(Some("https://hub.example"), "hub.example"));
        assert!(may(Some("http://Hub.example:8080"), "hub.example:8080"));
        assert!(may(Some("https://friend.example"), "hub.example"));
        assert!(may(None, "hub.example"));
        for stranger in ["https://evil.example", "null", "", "https://hub.example.evil.example"] {
            assert!(!may(Some(stranger), "hub.example"), "{stranger}");
        }
        assert!(!may(Some("https://hub.example:81"), "hub.example"));
        assert!(!may(Some("https://"), ""));
    }

    #[test]
    fn two_origins_are_none() {
        let mut request = http::Request::new(());
        for _ in 0..2 {
            request.headers_mut().append(header::ORIGIN, "https://a.example".parse().unwrap());
        }
        assert!(!may_open(&request.into_parts().0, |_| true));
    }
}
