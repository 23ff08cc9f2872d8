//! What a product tells the transport: who is asking, and whether they may still listen.
//!
//! The transport holds no session, reads no cookie and makes no id. It calls the [`Host`] once for
//! each operation, so that whatever a resolver finds in its context is as fresh as the request.

use std::future::Future;

use async_graphql::{Data, Value};
use http::request::Parts;
use serde_json::{Map, Value as Json};

use crate::fault::Refusal;

/// What came in with an operation: the HTTP request, and over a socket its `connection_init`.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// Method, address, headers and extensions (whatever the layers before have left there). Over a
    /// socket these are the handshake's.
    pub parts: &'a Parts,
    /// The payload of `connection_init`; `None` over HTTP, and when the message had none.
    pub init: Option<&'a Map<String, Json>>,
}

impl<'a> Arrival<'a> {
    /// The bearer token: of `connection_init` (`{"authorization": "Bearer …"}`, the name in any
    /// case) when it is there, otherwise of the `Authorization` header (RFC 6750 §2.1). A browser
    /// cannot set headers on a socket, hence the first.
    pub fn bearer(&self) -> Option<&'a str> {
        let from_init = self.init.and_then(|init| {
            init.iter()
                .find(|(name, _)| name.eq_ignore_ascii_case("authorization"))
                .and_then(|(_, value)| value.as_str())
        });
        let from_header = || {
            let value = self.parts.headers.get(http::header::AUTHORIZATION)?;
            value.to_str().ok()
        };
        let (scheme, token) = from_init.or_else(from_header)?.trim().split_once(' ')?;
        let token = token.trim();
        (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
    }
}

/// Who asks, as far as the transport needs to know.
#[derive(Debug)]
pub struct Session<V> {
    /// What the product keeps about the caller while an operation runs; the transport hands it back
    /// untouched.
    pub viewer: V,
    /// What resolvers find in their context. It moves into the request, so it is empty in every
    /// later call with this session.
    pub data: Data,
    /// Whether the caller is signed in, which decides between the two sets of limits.
    pub is_signed_in: bool,
    /// Whose budget an operation is charged to: an account, a token, or an address. Never shown.
    pub caller: String,
    /// The language the answer speaks (a BCP 47 tag), told in `Content-Language`.
    pub language: Option<String>,
}

/// The product behind the transport.
pub trait Host: Send + Sync + 'static {
    /// What the product keeps about a caller; see [`Session::viewer`].
    type Viewer: Send + Sync + 'static;

    /// Who is asking. Called for each operation, and over a socket also for `connection_init`.
    ///
    /// # Errors
    ///
    /// A [`Refusal`] when the caller's credentials are wrong or cannot be checked now. Having none is
    /// not an error: that is a session that is not signed in.
    fn context(
        &self,
        arrival: Arrival<'_>,
    ) -> impl Future<Output = Result<Session<Self::Viewer>, Refusal>> + Send;

    /// Whether the caller may still receive what this session asked for. Called before each message
    /// of a stream and each time the line has been quiet for a while; `false` ends the stream, and a
    /// socket with 4403.
    fn still_allowed(&self, session: &Session<Self::Viewer>) -> impl Future<Output = bool> + Send;

    /// Where an answer stands, put into `extensions.position` of each response that ran.
    fn position_extension(&self, session: &Session<Self::Viewer>) -> Option<Value>;

    /// The id under which this operation is found in the logs, put into `extensions.traceId`.
    fn trace_id(&self, arrival: Arrival<'_>) -> String;

    /// Whether pages of this origin (`https://example.org`) may open a socket, besides those of our
    /// own host. Cookies travel with a socket's handshake wherever it comes from.
    fn is_origin_allowed(&self, origin: &str) -> bool {
        let _ = origin;
        false
    }

    /// Whether a browser that opens the address gets the explorer page.
    fn has_explorer(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(authorization: Option<&str>) -> Parts {
        let mut request = http::Request::new(());
        if let Some(value) = authorization.and_then(|value| value.parse().ok()) {
            request.headers_mut().insert(http::header::AUTHORIZATION, value);
        }
        request.into_parts().0
    }

    #[test]
    fn the_token_of_connection_init_goes_before_the_header() {
        let parts = parts(Some("Bearer header"));
        let mut init = Map::new();
        assert_eq!(Arrival { parts: &parts, init: Some(&init) }.bearer(), Some("header"));
        init.insert("Authorization".to_owned(), Json::from("bearer  init "));
        assert_eq!(Arrival { parts: &parts, init: Some(&init) }.bearer(), Some("init"));
    }

    #[test]
    fn another_scheme_or_an_empty_token_is_no_token() {
        for value in ["Basic abc", "Bearer ", "Bearer", "abc"] {
            let parts = parts(Some(value));
            assert_eq!(Arrival { parts: &parts, init: None }.bearer(), None, "{value}");
        }
    }
}
