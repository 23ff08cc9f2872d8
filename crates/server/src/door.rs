//! Who comes in through the API: a bearer of a token, somebody signed in, or a visitor.

use std::net::IpAddr;

use async_graphql::{Data, Value};
use convoke::app::{App, Viewer};
use convoke::text::Locale;
use graphql::{Arrival, Code, Host, Refusal, Session};
use http::HeaderMap;
use http::header::AUTHORIZATION;
use http::request::Parts;
use journal::NETWORK;
use web::language::Asked;
use web::peer::{self, Peer};
use web::session;
use web::site::Site;
use web::trace::TraceId;

/// The product at the API's door.
pub(crate) struct Door {
    app: App,
    site: Site,
}

impl Door {
    pub(crate) fn new(app: App, site: Site) -> Self {
        Self { app, site }
    }

    async fn viewer(&self, arrival: Arrival<'_>, locale: Locale) -> Result<Viewer, Refusal> {
        let found = match credential(&self.site, arrival) {
            Credential::None => return Ok(Viewer::visitor(locale)),
            Credential::Unreadable => return Err(no_token()),
            Credential::Bearer(secret) => {
                self.authenticate(secret, locale).await?.ok_or_else(no_token)?
            }
            // A session that has ended is no fault of who still has its cookie.
            Credential::Cookie(secret) => {
                self.authenticate(secret, locale).await?.unwrap_or_else(|| Viewer::visitor(locale))
            }
        };
        Ok(found)
    }

    async fn authenticate(&self, secret: &str, locale: Locale) -> Result<Option<Viewer>, Refusal> {
        self.app.authenticate(secret, locale).await.map_err(|fault| {
            tracing::warn!(error = %fault, "a token could not be checked");
            Refusal::unavailable()
        })
    }
}

/// What somebody shows at the door.
#[derive(Debug, PartialEq, Eq)]
enum Credential<'a> {
    None,
    /// `Authorization` of another scheme, or empty: whoever sends it means to be somebody.
    Unreadable,
    Bearer(&'a str),
    Cookie(&'a str),
}

/// With a token no cookie counts.
fn credential<'a>(site: &Site, arrival: Arrival<'a>) -> Credential<'a> {
    if let Some(secret) = arrival.bearer() {
        return Credential::Bearer(secret);
    }
    if arrival.parts.headers.contains_key(AUTHORIZATION) {
        return Credential::Unreadable;
    }
    session::session_token(site, &arrival.parts.headers)
        .map_or(Credential::None, Credential::Cookie)
}

fn no_token() -> Refusal {
    Refusal::new(
        Code::Unauthenticated,
        "This token does not hold: it is wrong, has ended, or was revoked.",
    )
}

/// Whose budget is charged: the token's, or the address's.
fn caller(viewer: &Viewer, parts: &Parts, headers: &HeaderMap, proxies: &[IpAddr]) -> String {
    if let Some(token) = viewer.token {
        return token.to_string();
    }
    let peer = parts.extensions.get::<Peer>().copied().unwrap_or_default();
    peer::client(peer, headers, proxies)
        .map_or_else(|| "unknown".to_owned(), |address| peer::limit_key(address).to_string())
}

impl Host for Door {
    type Viewer = Viewer;

    async fn context(&self, arrival: Arrival<'_>) -> Result<Session<Viewer>, Refusal> {
        let parts = arrival.parts;
        let asked = Asked::read(&parts.uri, &parts.headers);
        let locale = Locale::settle(asked, None, Locale::En);
        let viewer = self.viewer(arrival, locale).await?;
        let mut data = Data::default();
        data.insert(viewer.clone());
        // One for the whole operation: what its root fields ask for goes in the same batches.
        data.insert(self.app.reader(viewer.clone()));
        Ok(Session {
            is_signed_in: viewer.is_signed_in(),
            caller: caller(&viewer, parts, &parts.headers, &self.app.settings().trusted_proxies),
            language: Some(locale.code().to_owned()),
            viewer,
            data,
        })
    }

    async fn still_allowed(&self, session: &Session<Viewer>) -> bool {
        match session.viewer.token {
            None => true,
            Some(token) => self.app.token_holds(token).await.unwrap_or_else(|fault| {
                // A database that is away takes nobody's right; the stream will fail by itself.
                tracing::warn!(error = %fault, "a token could not be checked again");
                true
            }),
        }
    }

    /// The position of the caller's hub, or of the network's journal for whoever has none.
    fn position_extension(&self, session: &Session<Viewer>) -> Option<Value> {
        let hub = session.viewer.grants.iter().find_map(|grant| grant.hub);
        let journal = hub.map_or_else(|| NETWORK.to_owned(), |hub| hub.to_string());
        let position = *self.app.journal().head_watch(&journal).borrow();
        Some(Value::from(position.to_string()))
    }

    fn trace_id(&self, arrival: Arrival<'_>) -> String {
        arrival
            .parts
            .extensions
            .get::<TraceId>()
            .map(TraceId::as_str)
            .unwrap_or_default()
            .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(headers: &[(&'static str, &'static str)]) -> String {
        let mut request = http::Request::new(());
        for (name, value) in headers {
            request.headers_mut().append(*name, value.parse().unwrap());
        }
        let parts = request.into_parts().0;
        let site = Site::parse("https://hub.example").unwrap();
        format!("{:?}", credential(&site, Arrival { parts: &parts, init: None }))
    }

    #[test]
    fn with_a_token_no_cookie_counts() {
        let cookie = ("cookie", "__Host-session=c");
        assert_eq!(shown(&[]), "None");
        assert_eq!(shown(&[cookie]), "Cookie(\"c\")");
        assert_eq!(shown(&[cookie, ("authorization", "Bearer t")]), "Bearer(\"t\")");
        assert_eq!(shown(&[cookie, ("authorization", "Basic t")]), "Unreadable");
    }
}
