//! Feeds as calendar programs get them: from facts to bytes over HTTP, on both databases.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it fails"
)]

mod bytes;
mod contents;
mod export;
mod limits;
mod own;
mod schedule;

use std::io::Read as _;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use chrono::NaiveDate;
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use tower::ServiceExt as _;
use web::dress::{Dress, dress};
use web::problem::Face;

use super::Shelf;
use crate::event::{ImportEvent, Mode};
use crate::testing::TestApp;
use crate::work::testing::{Town, london};

/// The feed most tests ask for.
const HUB: &str = "/feeds/hub/westminster.ics";

/// A town whose calendars can be subscribed to.
struct Stand {
    town: Town,
    shelf: Arc<Shelf>,
    routes: Router,
}

/// What a calendar program got.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// The calendar, proven correct, its lines unfolded.
    #[track_caller]
    fn calendar(&self) -> String {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text());
        let text = self.text();
        calendar::check::object(&text).expect("a correct calendar");
        text.replace("\r\n ", "")
    }

    /// The values of a property, in the order of the calendar.
    #[track_caller]
    fn values(&self, name: &str) -> Vec<String> {
        let calendar = self.calendar();
        let value = |line: &str| Some(line.strip_prefix(name)?.strip_prefix(':')?.to_owned());
        calendar.split("\r\n").filter_map(value).collect()
    }
}

impl Stand {
    async fn new(app: TestApp) -> Self {
        Self::of(Town::new(app).await)
    }

    /// The same town with nothing rendered yet, as after a start.
    fn of(town: Town) -> Self {
        let shelf = Arc::new(Shelf::default());
        let routes = super::routes_with(Arc::clone(&shelf))
            .merge(crate::event::page::routes())
            .with_state(town.app.site());
        Self { town, shelf, routes }
    }

    async fn sends(&self, method: Method, path: &str, lines: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in lines {
            request = request.header(*name, *value);
        }
        answer(self.routes.clone(), request).await
    }

    async fn asks(&self, path: &str, lines: &[(&str, &str)]) -> Answer {
        self.sends(Method::GET, path, lines).await
    }

    async fn gets(&self, path: &str) -> Answer {
        self.asks(path, &[]).await
    }

    /// Asks at the door behind which everything is, with cookies, headers and compression.
    async fn asks_outside(&self, path: &str, lines: &[(&str, &str)]) -> Answer {
        let faces = Arc::new(|problem, _| Face::english(problem));
        let own = web::site::Site::parse("http://127.0.0.1:8080").unwrap();
        let with = Dress { site: own, faces, new_ids: Arc::new(|| [1; 16]) };
        let mut request = Request::get(path);
        for (name, value) in lines {
            request = request.header(*name, *value);
        }
        answer(dress(crate::pages::router(self.town.app.site()), with), request).await
    }

    /// Public all-day events, four a day from 1 December 2026 on.
    async fn imports(&self, count: u32) {
        let import = |number: u32| ImportEvent {
            hub: self.town.hub,
            event: self.town.app.id(),
            key: format!("{number:064x}"),
            title: format!("Open day {number:04} – zonnepanelen, güneş, 태양"),
            url: None,
            starts_on: day(2026, 12, 1) + chrono::Days::new(u64::from(number) / 4),
            ends_on: day(2026, 12, 2) + chrono::Days::new(u64::from(number) / 4),
            zone: london(),
            city: Some("London".into()),
            country: None,
            mode: Mode::InPerson,
            topic: None,
            issue: None,
        };
        // A batch at a time: the queue of the journal is bounded.
        for first in (0..count).step_by(200) {
            let batch =
                (first..count.min(first + 200)).map(|number| self.town.does(import(number)));
            futures_util::future::join_all(batch).await;
        }
    }
}

async fn answer(routes: Router, request: http::request::Builder) -> Answer {
    let response = routes.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 16 << 20).await.unwrap().to_vec();
    Answer { status: parts.status, headers: parts.headers, body }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn unzipped(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
    plain
}

/// Request headers, as a handler gets them.
fn headers(lines: &[(header::HeaderName, &str)]) -> HeaderMap {
    lines
        .iter()
        .map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap()))
        .collect()
}
