//! The few files browsers keep: stylesheet, two scripts, icon; and `robots.txt`.
//!
//! They are compiled in. Each name carries the hash of its content, so it may be kept for ever
//! (RFC 8246); a name with an older hash, from a page opened before an update, gets today's file
//! without the right to keep it.

use std::sync::LazyLock;

use axum::{
    Router,
    extract::Path,
    response::{IntoResponse, Response},
    routing::get,
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use sha2::{Digest, Sha256};

use crate::problem::Problem;

/// A file with its hashed address.
pub struct Asset {
    stem: &'static str,
    extension: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
    names: LazyLock<Names>,
}

struct Names {
    href: String,
    hash: String,
    tag: HeaderValue,
}

/// The stylesheet.
pub static STYLE: Asset = Asset {
    stem: "style",
    extension: "css",
    kind: "text/css; charset=utf-8",
    bytes: include_bytes!("../assets/style.css"),
    names: LazyLock::new(|| STYLE.name()),
};

/// Counts down `<time data-deadline>`.
pub static CLOCK: Asset = Asset {
    stem: "clock",
    extension: "js",
    kind: "text/javascript; charset=utf-8",
    bytes: include_bytes!("../assets/clock.js"),
    names: LazyLock::new(|| CLOCK.name()),
};

/// Keeps `data-live` blocks current.
pub static LIVE: Asset = Asset {
    stem: "live",
    extension: "js",
    kind: "text/javascript; charset=utf-8",
    bytes: include_bytes!("../assets/live.js"),
    names: LazyLock::new(|| LIVE.name()),
};

/// The icon of the site.
pub static ICON: Asset = Asset {
    stem: "icon",
    extension: "svg",
    kind: "image/svg+xml",
    bytes: include_bytes!("../assets/favicon.svg"),
    names: LazyLock::new(|| ICON.name()),
};

static ALL: [&Asset; 4] = [&STYLE, &CLOCK, &LIVE, &ICON];

impl Asset {
    /// `/assets/style-1f2e3d4c5b6a.css`.
    pub fn href(&'static self) -> &'static str {
        &self.names.href
    }

    /// The file itself.
    pub const fn bytes(&self) -> &'static [u8] {
        self.bytes
    }

    fn name(&self) -> Names {
        let digest = format!("{:x}", Sha256::digest(self.bytes));
        let hash: String = digest.chars().take(12).collect();
        let href = format!("/assets/{}-{hash}.{}", self.stem, self.extension);
        let tag = HeaderValue::from_str(&format!("\"{hash}\""))
            .unwrap_or_else(|_| HeaderValue::from_static("\"\""));
        Names { href, hash, tag }
    }

    fn answer(&'static self, asked: &HeaderMap, keep: &'static str) -> Response {
        let known = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        let names = &self.names;
        let fixed = [
            (header::CONTENT_TYPE, HeaderValue::from_static(self.kind)),
            (header::CACHE_CONTROL, HeaderValue::from_static(keep)),
            (header::ETAG, names.tag.clone()),
        ];
        // Compression makes our tag a weak one on its way out; both forms mean the same bytes.
        if known.is_some_and(|tags| tags.contains(names.hash.as_str())) {
            return (StatusCode::NOT_MODIFIED, fixed).into_response();
        }
        (fixed, self.bytes).into_response()
    }
}

/// The routes `/assets/{name}`, `/favicon.ico` and `/robots.txt`.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/assets/{name}", get(asset))
        .route("/favicon.ico", get(|headers: HeaderMap| async move { ICON.answer(&headers, DAY) }))
        .route("/robots.txt", get(robots))
}

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const DAY: &str = "public, max-age=86400";
const ASK_AGAIN: &str = "no-cache";

async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let stem = name.split_once('-').map(|(stem, _)| stem);
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    let found = ALL
        .into_iter()
        .find(|asset| stem == Some(asset.stem) && extension == Some(asset.extension));
    match found {
        Some(asset) if asset.href().strip_prefix("/assets/") == Some(&name) => {
            asset.answer(&headers, FOR_EVER)
        }
        Some(asset) => asset.answer(&headers, ASK_AGAIN),
        None => Problem::NotFound.into_response(),
    }
}

/// Calendar readers such as Google's obey this file, so `/feeds/` is named.
async fn robots() -> Response {
    let text = "User-agent: *\nAllow: /feeds/\nDisallow: /graphql\nDisallow: /live\nDisallow: /me\n\
                Disallow: /sign-in\n";
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static(DAY)),
    ];
    (headers, text).into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use http::Request;
    use http_body_util::BodyExt as _;
    use tower::ServiceExt as _;

    use super::*;

    async fn ask(path: &str, tag: Option<&HeaderValue>) -> Response {
        let mut request = Request::get(path);
        if let Some(tag) = tag {
            request = request.header(header::IF_NONE_MATCH, tag);
        }
        router::<()>().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn a_hashed_name_may_be_kept_for_ever() {
        for asset in ALL {
            let first = ask(asset.href(), None).await;
            assert_eq!(first.status(), StatusCode::OK);
            assert_eq!(first.headers()[header::CACHE_CONTROL], FOR_EVER);
            let tag = first.headers()[header::ETAG].clone();
            let body = first.into_body().collect().await.unwrap().to_bytes();
            assert_eq!(body, asset.bytes());
            let second = ask(asset.href(), Some(&tag)).await;
            assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
        }
    }

    #[tokio::test]
    async fn an_old_name_gets_the_present_file_but_may_not_keep_it() {
        let old = ask("/assets/style-000000000000.css", None).await;
        assert_eq!(old.status(), StatusCode::OK);
        assert_eq!(old.headers()[header::CACHE_CONTROL], ASK_AGAIN);
        assert_eq!(ask("/assets/other-0.css", None).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(ask("/assets/style-0.js", None).await.status(), StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn robots_may_read_feeds() {
        let body = ask("/robots.txt", None).await.into_body().collect().await.unwrap().to_bytes();
        assert!(body.starts_with(b"User-agent: *\nAllow: /feeds/\n"));
        assert_eq!(ask("/favicon.ico", None).await.status(), StatusCode::OK);
    }

    #[test]
    fn scripts_keep_to_their_size() {
        assert!(CLOCK.bytes().len() <= 1024, "clock.js has {} bytes", CLOCK.bytes().len());
        assert!(LIVE.bytes().len() <= 3 * 1024, "live.js has {} bytes", LIVE.bytes().len());
    }
}
