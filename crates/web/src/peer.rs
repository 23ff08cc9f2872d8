//! Who is at the other end: the address that rate limits and the audit line may rely on.
//!
//! `X-Forwarded-For` is believed only from proxies that were configured (OWASP ASVS 4.1.3), read
//! from the right: the last entry that is not one of ours. An IPv6 address counts by its /64,
//! because one customer holds that many.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv6Addr, SocketAddr},
};

use axum::extract::FromRequestParts;
use http::{HeaderMap, request::Parts};

/// The other end of the connection; `None` over a unix socket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Peer(pub Option<SocketAddr>);

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get().copied().unwrap_or_default())
    }
}

/// The client's address. `proxies` are believed, a unix socket counts as a proxy of ours.
pub fn client(peer: Peer, headers: &HeaderMap, proxies: &[IpAddr]) -> Option<IpAddr> {
    let direct = peer.0.map(|address| address.ip().to_canonical());
    if direct.is_some_and(|address| !proxies.contains(&address)) {
        return direct;
    }
    let lines: Vec<_> = headers.get_all("x-forwarded-for").iter().collect();
    lines
        .iter()
        .rev()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.rsplit(','))
        .map(|entry| entry.trim().parse::<IpAddr>().ok().map(|address| address.to_canonical()))
        .find(|entry| entry.is_none_or(|address| !proxies.contains(&address)))
        // An entry that is no address was not written by a proxy of ours: stop believing there.
        .map_or(direct, |entry| entry.or(direct))
}

/// The key by which an address is limited: IPv4 whole, IPv6 by its /64.
pub fn limit_key(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn ask(peer: &str, forwarded: &'static str) -> Option<IpAddr> {
        let peer = Peer((!peer.is_empty()).then(|| SocketAddr::new(ip(peer), 1)));
        let mut headers = HeaderMap::new();
        if !forwarded.is_empty() {
            headers.insert("x-forwarded-for", HeaderValue::from_static(forwarded));
        }
        client(peer, &headers, &[ip("10.0.0.1"), ip("10.0.0.2")])
    }

    #[test]
    fn a_header_from_a_stranger_changes_nothing() {
        assert_eq!(ask("203.0.113.9", "198.51.100.1"), Some(ip("203.0.113.9")));
    }

    #[test]
    fn a_proxy_of_ours_is_believed_from_the_right() {
        assert_eq!(ask("10.0.0.1", "198.51.100.1"), Some(ip("198.51.100.1")));
        assert_eq!(ask("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2"), Some(ip("198.51.100.1")));
        assert_eq!(ask("10.0.0.1", "198.51.100.1, nonsense"), Some(ip("10.0.0.1")));
        assert_eq!(ask("10.0.0.1", ""), Some(ip("10.0.0.1")));
        assert_eq!(ask("", "198.51.100.1"), Some(ip("198.51.100.1")));
        assert_eq!(ask("", ""), None);
    }

    #[test]
    fn an_ipv6_customer_is_one_key() {
        assert_eq!(limit_key(ip("2001:db8:1:2:3::4")), ip("2001:db8:1:2::"));
        assert_eq!(limit_key(ip("203.0.113.9")), ip("203.0.113.9"));
    }
}
