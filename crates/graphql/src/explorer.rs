//! The page for people who open the API's address in a browser.
//!
//! Three files of our own and nothing from elsewhere, so that it works under a policy without inline
//! scripts and without a network. It asks the same address as any other client.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::status::Media;

/// Where the page finds its script.
pub(crate) const SCRIPT_PATH: &str = "/graphql/explorer.js";
/// Where the page finds its style.
pub(crate) const STYLE_PATH: &str = "/graphql/explorer.css";

const PAGE: &str = include_str!("explorer/explorer.html");
const SCRIPT: &str = include_str!("explorer/explorer.js");
const STYLE: &str = include_str!("explorer/explorer.css");

/// Only our own files, only our own server, in nobody's frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page itself.
pub(crate) fn page() -> Response {
    let mut response = file(&Media::Html.content_type(), PAGE);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.append(header::VARY, HeaderValue::from_static("Accept"));
    response
}

/// The page's script.
pub(crate) fn script() -> Response {
    file(&HeaderValue::from_static("text/javascript; charset=utf-8"), SCRIPT)
}

/// The page's style.
pub(crate) fn style() -> Response {
    file(&HeaderValue::from_static("text/css; charset=utf-8"), STYLE)
}

/// The names stay the same when the content changes, so caches ask each time.
fn file(content_type: &HeaderValue, text: &'static str) -> Response {
    let headers: [(HeaderName, HeaderValue); 3] = [
        (header::CONTENT_TYPE, content_type.clone()),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (HeaderMap::from_iter(headers), text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_needs_no_inline_script_and_nothing_from_elsewhere() {
        assert!(PAGE.contains(SCRIPT_PATH) && PAGE.contains(STYLE_PATH));
        for text in [PAGE, SCRIPT, STYLE] {
            for word in ["https://", "//cdn", "style=", "onclick=", "innerHTML", "eval("] {
                assert!(!text.contains(word), "{word}");
            }
        }
        assert!(!PAGE.contains("<script>") && !PAGE.contains("<style>"));
    }

    #[test]
    fn every_control_of_the_page_has_a_label() {
        for (tag, _) in PAGE.match_indices("<textarea").chain(PAGE.match_indices("<input")) {
            let control = PAGE.get(tag..).and_then(|rest| rest.split('>').next()).unwrap_or("");
            let id = control.split("id=\"").nth(1).and_then(|rest| rest.split('"').next());
            let label = format!("for=\"{}\"", id.unwrap_or("missing"));
            assert!(PAGE.contains(&label), "{control}");
        }
    }
}
