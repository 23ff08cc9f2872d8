//! Answers over HTTP: validators, compression, and what is said when something is not as it should.
//!
//! Compression is only for who asks, and never for Microsoft's programs, which refuse compressed
//! calendars. A secret feed belongs to one person: no shared cache keeps it, no search engine
//! lists it, and its address goes nowhere as a referrer.

use axum::body::Body as HttpBody;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use sha2::{Digest as _, Sha256};

use super::shelf::Body;

/// Raise it when the same rows give other bytes.
const RENDERER: u32 = 2;
pub(super) const CALENDAR: &str = "text/calendar; charset=utf-8";

/// Who may keep an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// Anybody.
    Public,
    /// The one who asked.
    Private,
}

impl Keep {
    /// Calendar programs ask each hour at most; five minutes keep a crowd from asking at once.
    fn words(self) -> &'static str {
        match self {
            Self::Public => "public, max-age=300",
            Self::Private => "private, max-age=300",
        }
    }
}

/// What an answer to a secret address says besides, whatever it is.
pub(super) fn secret(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (HeaderName::from_static("x-robots-tag"), "noindex"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// A name, of 32 digits, for what is made of all these parts and of the way of rendering.
pub(super) fn digits(parts: &str) -> String {
    let whole = format!("{RENDERER} {parts}");
    let mut name = journal::hex(&Sha256::digest(whole));
    name.truncate(32);
    name
}

/// The beginning of a UTC day.
pub(super) fn day_of(now: DateTime<Utc>) -> DateTime<Utc> {
    now.date_naive().and_time(NaiveTime::MIN).and_utc()
}

/// A request that makes no sense, in words: never silently the whole feed.
pub(super) fn refused(says: &str) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    let mut response = (StatusCode::BAD_REQUEST, kind, format!("{says}\n")).into_response();
    response.extensions_mut().insert(web::problem::Said);
    response
}

/// What an unchanged answer is recognised by.
pub(super) struct Validators {
    /// Of what the bytes are made: see [`digits`].
    pub(super) tag: String,
    /// When any of it last changed.
    pub(super) changed: DateTime<Utc>,
    /// The present.
    pub(super) now: DateTime<Utc>,
    /// Whether the answer is compressed.
    pub(super) is_gzip: bool,
    /// Who may keep it.
    pub(super) keep: Keep,
}

impl Validators {
    /// Each encoding is a representation of its own (RFC 9110 §8.8.3.3).
    fn etag(&self, is_gzip: bool) -> String {
        let Self { tag, .. } = self;
        if is_gzip { format!("\"{tag}-gzip\"") } else { format!("\"{tag}\"") }
    }

    /// A second is the finest such a date can tell. While that of the last change lasts, more may
    /// change in it, and who was told its date would never hear of that: so until it is over the
    /// date is that of the second before.
    fn last_modified(&self) -> String {
        let is_fresh = self.changed.timestamp() >= self.now.timestamp();
        let told = if is_fresh { self.changed - TimeDelta::seconds(1) } else { self.changed };
        told.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    /// 304, if the client has this already. A tag wins over a date (RFC 9110 §13.2.2).
    pub(super) fn unchanged(&self, headers: &HeaderMap) -> Option<Response> {
        let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let held = if let Some(tags) = text(header::IF_NONE_MATCH) {
            let own = [self.is_gzip, !self.is_gzip].map(|is_gzip| self.etag(is_gzip));
            own.into_iter().find(|own| {
                tags.split(',')
                    .map(str::trim)
                    .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == own.as_str())
            })?
        } else {
            let since = text(header::IF_MODIFIED_SINCE)?;
            let since = DateTime::parse_from_rfc2822(since).ok()?;
            if self.changed.timestamp() > since.timestamp() {
                return None;
            }
            self.etag(self.is_gzip)
        };
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        self.mark(response.headers_mut(), &held);
        Some(response)
    }

    /// The body in the encoding that fits.
    pub(super) fn whole(&self, body: Body) -> Response {
        self.answer(if self.is_gzip { body.gzip } else { body.plain })
    }

    /// These bytes.
    pub(super) fn answer(&self, bytes: Bytes) -> Response {
        let mut response = Response::new(HttpBody::from(bytes));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(CALENDAR));
        if self.is_gzip {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        self.mark(headers, &self.etag(self.is_gzip));
        response
    }

    fn mark(&self, headers: &mut HeaderMap, etag: &str) {
        for (name, value) in
            [(header::ETAG, etag), (header::LAST_MODIFIED, self.last_modified().as_str())]
        {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        }
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(self.keep.words()));
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    }
}

/// Whether the client asks for gzip and can be trusted with it.
pub(super) fn wants_gzip(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let agent = text(header::USER_AGENT).unwrap_or_default().to_ascii_lowercase();
    if ["microsoft", "outlook", "msoffice", "exchange"].iter().any(|word| agent.contains(word)) {
        return false;
    }
    text(header::ACCEPT_ENCODING).unwrap_or_default().split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let is_gzip = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        let refuses = |part: &str| {
            part.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()).is_some_and(|q| q <= 0.0)
        };
        is_gzip && !parts.any(refuses)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(encoding: &str, agent: &str) -> HeaderMap {
        let value = |text: &str| HeaderValue::from_str(text).expect("a header");
        HeaderMap::from_iter([
            (header::ACCEPT_ENCODING, value(encoding)),
            (header::USER_AGENT, value(agent)),
        ])
    }

    #[test]
    fn gzip_is_for_who_asks_and_never_for_microsoft() {
        assert!(wants_gzip(&asking("gzip, deflate", "Google-Calendar-Importer")));
        assert!(wants_gzip(&asking("br;q=1.0, GZIP;q=0.5", "")));
        assert!(!wants_gzip(&asking("gzip;q=0, identity", "curl")));
        assert!(!wants_gzip(&asking("identity", "curl")));
        assert!(!wants_gzip(&asking("gzip", "Microsoft Office/16.0 (Outlook)")));
        assert!(!wants_gzip(&HeaderMap::new()));
    }

    #[test]
    fn a_tag_wins_over_a_date_and_dates_are_read() {
        let changed = "2026-11-22T10:00:00.9Z".parse().expect("an instant");
        let now = changed + TimeDelta::seconds(1);
        let keep = Keep::Public;
        let own = Validators { tag: "ab".into(), changed, now, is_gzip: false, keep };
        let status = |lines: &[(header::HeaderName, &str)]| {
            let lines = lines.iter().map(|(name, value)| {
                (name.clone(), HeaderValue::from_str(value).expect("a header"))
            });
            own.unchanged(&lines.collect::<HeaderMap>()).map(|answer| answer.status().as_u16())
        };
        let (tag, date) = (header::IF_NONE_MATCH, header::IF_MODIFIED_SINCE);
        assert_eq!(status(&[]), None);
        assert_eq!(status(&[(tag.clone(), "\"ab\"")]), Some(304));
        assert_eq!(status(&[(tag.clone(), "\"x\", W/\"ab-gzip\"")]), Some(304));
        assert_eq!(status(&[(tag.clone(), "\"x\"")]), None);
        let same = "Sun, 22 Nov 2026 10:00:00 GMT";
        assert_eq!(own.last_modified(), same);
        let fresh = Validators { tag: "ab".into(), changed, now: changed, is_gzip: false, keep };
        assert_eq!(fresh.last_modified(), "Sun, 22 Nov 2026 09:59:59 GMT");
        assert_eq!(status(&[(date.clone(), same)]), Some(304));
        assert_eq!(status(&[(date.clone(), "Sun, 22 Nov 2026 09:59:59 GMT")]), None);
        assert_eq!(status(&[(date.clone(), "yesterday")]), None);
        assert_eq!(status(&[(tag, "\"x\""), (date, same)]), None);
    }
}
