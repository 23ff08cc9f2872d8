//! Which media type and which status an answer gets: all of it, in one place.
//!
//! The draft of GraphQL over HTTP of April 2026 wants 422 where the audit suite (graphql-http 1.23.1)
//! wants 400, and 294 for partial success, which the suite does not know. Both are SHOULD and clients
//! read the body, so the suite decides until it changes.

use http::{HeaderMap, HeaderValue, StatusCode, header};

use crate::fault::{Code, Fault};

/// What a body can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Media {
    /// `application/json`: what is well-formed gets 200, for old clients know no other.
    Json,
    /// `application/graphql-response+json`: the status tells whether the operation ran.
    GraphqlResponse,
    /// `text/event-stream`: a stream of responses.
    EventStream,
    /// `text/html`: the explorer.
    Html,
}

/// What may answer an operation.
pub(crate) const FOR_OPERATIONS: &[Media] =
    &[Media::Json, Media::GraphqlResponse, Media::EventStream];

/// What may answer an address without an operation.
pub(crate) const FOR_PEOPLE: &[Media] = &[Media::Html, Media::Json, Media::GraphqlResponse];

impl Media {
    const fn name(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::GraphqlResponse => "application/graphql-response+json",
            Self::EventStream => "text/event-stream",
            Self::Html => "text/html",
        }
    }

    /// The value of `Content-Type`.
    pub(crate) const fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::EventStream => "text/event-stream",
            Self::Html => "text/html; charset=utf-8",
        })
    }

    /// A wildcard means JSON: it is what clients that name nothing can read (the drafts' rule for
    /// `*/*` and for no `Accept` at all).
    fn is_meant_by(self, range: &str) -> bool {
        match range {
            "*/*" | "application/*" => self == Self::Json,
            "text/*" => self == Self::Html,
            _ => range.eq_ignore_ascii_case(self.name()),
        }
    }
}

/// What of the offers the client wants most (RFC 9110 §12.5.1): the highest weight, among equals the
/// one it names first. `None` when it takes none of them.
pub(crate) fn negotiated(headers: &HeaderMap, offers: &[Media]) -> Option<Media> {
    if !headers.contains_key(header::ACCEPT) {
        return Some(Media::Json);
    }
    let mut best: Option<(u16, Media)> = None;
    let ranges = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    for range in ranges.flat_map(|value| value.split(',')) {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let weight = weight(parts);
        let Some(media) = offers.iter().copied().find(|offer| offer.is_meant_by(name)) else {
            continue;
        };
        if weight > 0 && best.is_none_or(|(other, _)| weight > other) {
            best = Some((weight, media));
        }
    }
    best.map(|(_, media)| media)
}

/// The weight in thousandths; a weight that cannot be read is one.
fn weight<'a>(mut parameters: impl Iterator<Item = &'a str>) -> u16 {
    let written = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("q").then_some(value.trim())
    });
    let Some((whole, fraction)) = written.map(|text| text.split_once('.').unwrap_or((text, "")))
    else {
        return 1_000;
    };
    match whole {
        "0" => format!("{fraction:0<3}").get(..3).and_then(|text| text.parse().ok()).unwrap_or(0),
        _ => 1_000,
    }
}

/// The status of an answer: `refused` holds the code when no field ran.
///
/// | no field ran because of | JSON | graphql-response+json |
/// |---|---|---|
/// | (it ran, whatever its fields say) | 200 | 200 |
/// | PARSE_FAILED, VALIDATION_FAILED, BAD_USER_INPUT, TOO_COSTLY | 200 | 400 |
/// | BAD_REQUEST | 400 | 400 |
/// | UNAUTHENTICATED / FORBIDDEN | 401 / 403 | 401 / 403 |
/// | RATE_LIMITED | 429 | 429 |
/// | INTERNAL / UNAVAILABLE / TIMEOUT | 500 / 503 / 504 | 500 / 503 / 504 |
pub(crate) fn status(media: Media, refused: Option<Code>) -> StatusCode {
    let Some(code) = refused else { return StatusCode::OK };
    match code {
        Code::ParseFailed | Code::ValidationFailed | Code::BadUserInput | Code::TooCostly => {
            match media {
                Media::GraphqlResponse => StatusCode::BAD_REQUEST,
                Media::Json | Media::EventStream | Media::Html => StatusCode::OK,
            }
        }
        Code::BadRequest => StatusCode::BAD_REQUEST,
        Code::Unauthenticated => StatusCode::UNAUTHORIZED,
        Code::Forbidden => StatusCode::FORBIDDEN,
        Code::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        Code::Timeout => StatusCode::GATEWAY_TIMEOUT,
        Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Why HTTP itself stands in the way. The code is `BAD_REQUEST`, or `FORBIDDEN` for an origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Denial {
    NotAcceptable,
    Method,
    MutationByGet,
    MediaType,
    BodyTooLarge,
    BodyTooSlow,
    AddressTooLong,
    SubscriptionByJson,
    Origin,
    Subprotocol,
}

impl Denial {
    /// Status, sentence, and for 405 what to do instead (`Allow`, RFC 9110 §10.2.1).
    const fn row(self) -> (StatusCode, &'static str, Option<&'static str>) {
        match self {
            Self::NotAcceptable => (
                StatusCode::NOT_ACCEPTABLE,
                "Accept application/json or application/graphql-response+json.",
                None,
            ),
            Self::Method => (StatusCode::METHOD_NOT_ALLOWED, "Use GET or POST.", Some("GET, POST")),
            Self::MutationByGet => {
                (StatusCode::METHOD_NOT_ALLOWED, "A mutation needs POST.", Some("POST"))
            }
            Self::MediaType => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send application/json in UTF-8.", None)
            }
            Self::BodyTooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "The body is too large.", None),
            Self::BodyTooSlow => {
                (StatusCode::REQUEST_TIMEOUT, "The body took too long to arrive.", None)
            }
            Self::AddressTooLong => (StatusCode::URI_TOO_LONG, "The address is too long.", None),
            Self::SubscriptionByJson => (
                StatusCode::BAD_REQUEST,
                "Subscribe over a WebSocket or with Accept: text/event-stream.",
                None,
            ),
            Self::Origin => {
                (StatusCode::FORBIDDEN, "Pages of this origin may not open a socket.", None)
            }
            Self::Subprotocol => {
                (StatusCode::BAD_REQUEST, "Speak the subprotocol graphql-transport-ws.", None)
            }
        }
    }

    pub(crate) const fn status(self) -> StatusCode {
        self.row().0
    }

    pub(crate) const fn allow(self) -> Option<&'static str> {
        self.row().2
    }

    pub(crate) fn fault(self) -> Fault {
        match self {
            Self::Origin => Fault::new(Code::Forbidden, self.row().1),
            _ => Fault::bad_request(self.row().1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(accept: &'static str, offers: &[Media]) -> Option<Media> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
        negotiated(&headers, offers)
    }

    #[test]
    fn json_is_for_those_who_do_not_mind() {
        assert_eq!(negotiated(&HeaderMap::new(), FOR_OPERATIONS), Some(Media::Json));
        for accept in
            ["*/*", "application/*", "application/json", "Application/JSON; charset=utf-8"]
        {
            assert_eq!(wanted(accept, FOR_OPERATIONS), Some(Media::Json), "{accept}");
        }
    }

    #[test]
    fn the_highest_weight_wins_and_among_equals_the_first() {
        let both = "application/graphql-response+json, application/json;q=0.9";
        assert_eq!(wanted(both, FOR_OPERATIONS), Some(Media::GraphqlResponse));
        let turned = "application/graphql-response+json;q=0.8,application/json;q=0.85";
        assert_eq!(wanted(turned, FOR_OPERATIONS), Some(Media::Json));
        let equal = "application/json, application/graphql-response+json, text/event-stream";
        assert_eq!(wanted(equal, FOR_OPERATIONS), Some(Media::Json));
        let none = "application/json;q=0, application/graphql-response+json;q=0.001";
        assert_eq!(wanted(none, FOR_OPERATIONS), Some(Media::GraphqlResponse));
    }

    #[test]
    fn what_is_not_offered_is_not_given() {
        assert_eq!(wanted("text/html", FOR_OPERATIONS), None);
        assert_eq!(wanted("application/json;q=0", FOR_OPERATIONS), None);
        assert_eq!(wanted("text/html;q=0.9, */*;q=0.1", FOR_OPERATIONS), Some(Media::Json));
    }

    #[test]
    fn a_browser_gets_the_page_and_a_program_does_not() {
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        assert_eq!(wanted(browser, FOR_PEOPLE), Some(Media::Html));
        assert_eq!(wanted("*/*", FOR_PEOPLE), Some(Media::Json));
        assert_eq!(wanted("application/json, text/html;q=0.5", FOR_PEOPLE), Some(Media::Json));
    }

    #[test]
    fn only_the_new_media_type_tells_document_faults_by_status() {
        for code in [Code::ParseFailed, Code::ValidationFailed, Code::BadUserInput, Code::TooCostly]
        {
            assert_eq!(status(Media::Json, Some(code)), StatusCode::OK);
            assert_eq!(status(Media::GraphqlResponse, Some(code)), StatusCode::BAD_REQUEST);
        }
        assert_eq!(status(Media::GraphqlResponse, None), StatusCode::OK);
        assert_eq!(status(Media::Json, Some(Code::RateLimited)), StatusCode::TOO_MANY_REQUESTS);
    }
}
