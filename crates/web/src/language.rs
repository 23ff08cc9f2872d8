//! Which language a page is shown in: `?lang`, account, cookie, `Accept-Language`, hub default.
//!
//! The account and the hub are known only further in, so a request is read once into [`Asked`]
//! and settled by the page. `?lang` is also remembered in a cookie by the [`remember`] layer.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{FromRequestParts, Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderMap, Uri, header, request::Parts};

use crate::{session, site::Site};

/// The languages the product is written in, with the name each gives itself.
pub const LANGUAGES: [(&str, &str); 4] =
    [("en", "English"), ("nl", "Nederlands"), ("tr", "Türkçe"), ("ko", "한국어")];

const COOKIE: &str = "lang";
const COOKIE_LASTS: Duration = Duration::from_hours(24 * 365);

/// What a request says about language, each part already one of ours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// `?lang=`, the choice of this very moment.
    pub chosen: Option<&'static str>,
    /// The cookie that remembers an earlier choice.
    pub remembered: Option<&'static str>,
    /// The best match of `Accept-Language`.
    pub accepted: Option<&'static str>,
}

impl Asked {
    /// Reads a request.
    pub fn read(uri: &Uri, headers: &HeaderMap) -> Self {
        let query = uri.query().unwrap_or_default().as_bytes();
        let chosen = form_urlencoded::parse(query)
            .find(|(name, _)| name == "lang")
            .and_then(|(_, value)| known(&value));
        let remembered = session::read(headers, COOKIE).and_then(known);
        let accept = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Self { chosen, remembered, accepted: accept.and_then(best) }
    }

    /// The language to use. `account` is what the signed-in person set, `default` the hub's.
    pub fn settle(self, account: Option<&str>, default: &'static str) -> &'static str {
        self.chosen
            .or_else(|| account.and_then(known))
            .or(self.remembered)
            .or(self.accepted)
            .unwrap_or(default)
    }
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::read(&parts.uri, &parts.headers))
    }
}

/// The layer that keeps `?lang` in a cookie for a year: where somebody reads a page. A calendar, a
/// file or an answer of the API has no reader to remember, and a cookie would keep it from caches.
pub async fn remember(State(site): State<Site>, request: Request, next: Next) -> Response {
    let asked = Asked::read(request.uri(), request.headers());
    let mut response = next.run(request).await;
    if let Some(chosen) = asked.chosen
        && is_page(&response)
        && asked.remembered != Some(chosen)
        && let Some(cookie) = session::set(&site, COOKIE, chosen, COOKIE_LASTS)
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}

/// A link of the language switch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageLink {
    /// `nl`.
    pub code: &'static str,
    /// `Nederlands`.
    pub name: &'static str,
    /// The same page with `?lang=nl`.
    pub href: String,
    /// Whether the page is in this language now.
    pub current: bool,
}

/// Links to the same page in each language; the rest of the query stays.
pub fn links(uri: &Uri, current: &str) -> Vec<LanguageLink> {
    let query = uri.query().unwrap_or_default();
    // `//elsewhere` as a link would leave the site.
    let path = uri.path().trim_start_matches('/');
    LANGUAGES
        .iter()
        .map(|&(code, name)| {
            let kept = form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key != "lang");
            let query = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(kept)
                .append_pair("lang", code)
                .finish();
            LanguageLink { code, name, href: format!("/{path}?{query}"), current: code == current }
        })
        .collect()
}

/// One of ours by a tag such as `nl`, `nl-BE` or `KO_kr`.
pub fn known(tag: &str) -> Option<&'static str> {
    let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
    LANGUAGES.iter().map(|(code, _)| *code).find(|code| primary.eq_ignore_ascii_case(code))
}

/// The best of an `Accept-Language` field (RFC 9110 §12.5.4): the highest weight, then the first.
fn best(field: &str) -> Option<&'static str> {
    let mut found: Option<(u16, &'static str)> = None;
    for range in field.split(',').take(32) {
        let mut parts = range.split(';');
        let code = parts.next().and_then(known);
        let weight = parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(1000, weight);
        if let Some(code) = code
            && weight > found.map_or(0, |(best, _)| best)
        {
            found = Some((weight, code));
        }
    }
    found.map(|(_, code)| code)
}

/// A qvalue in thousandths; nonsense counts as not wanted.
fn weight(text: &str) -> u16 {
    let (whole, rest) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let thousandths = format!("{rest:0<3}").parse::<u16>().unwrap_or(0);
    match whole {
        "1" => 1000,
        "0" if rest.len() <= 3 => thousandths,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn asked(uri: &str, cookie: &str, accept: &str) -> Asked {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(cookie).unwrap());
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_str(accept).unwrap());
        Asked::read(&uri.parse().unwrap(), &headers)
    }

    #[test]
    fn the_nearest_wish_wins() {
        let all = asked("/x?lang=ko", "lang=nl", "tr");
        assert_eq!(all.settle(Some("en"), "en"), "ko");
        let no_query = asked("/x?lang=xx", "lang=nl", "tr");
        assert_eq!(no_query.settle(Some("en"), "tr"), "en");
        assert_eq!(no_query.settle(None, "en"), "nl");
        assert_eq!(asked("/x", "a=b", "tr").settle(None, "en"), "tr");
        assert_eq!(asked("/x", "a=b", "fr").settle(None, "nl"), "nl");
    }

    #[test]
    fn weights_are_obeyed() {
        assert_eq!(best("en;q=0.5, nl-BE;q=0.8, ko;q=0.8"), Some("nl"));
        assert_eq!(best("fr, tr-TR;q=0.1"), Some("tr"));
        assert_eq!(best("en;q=0, *;q=0.5"), None);
        assert_eq!(best("en;q=0.05, tr;q=0.5"), Some("tr"));
        assert_eq!(best("en;q=9, tr;q=abc, ko;q=1.0"), Some("ko"));
        assert_eq!(best(""), None);
    }

    #[test]
    fn the_switch_keeps_the_query() {
        let links = links(&"/events?q=a%26b&lang=nl".parse().unwrap(), "nl");
        let hrefs: Vec<_> = links.iter().map(|link| (link.href.as_str(), link.current)).collect();
        assert_eq!(
            hrefs,
            [
                ("/events?q=a%26b&lang=en", false),
                ("/events?q=a%26b&lang=nl", true),
                ("/events?q=a%26b&lang=tr", false),
                ("/events?q=a%26b&lang=ko", false),
            ]
        );
    }
}
