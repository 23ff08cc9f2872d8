//! `/export/hub/{hub}/{year}.ics`: all public events that begin in a year, as a file to keep.
//!
//! It may hold ten thousand events, so it is sent while it is read: a page of events at a time,
//! and the next page when the last one is on its way.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::Response;
use bytes::Bytes;
use calendar::Organizer;
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use http::{HeaderValue, Uri, header};
use journal::{instant, micros};
use kernel::Zone;
use web::problem::Problem;

use super::download::organizer;
use super::draft::locale;
use super::entry::{self, Around, Detail};
use super::public::titles;
use super::view::{self, After};
use super::{serve, slug_of};
use crate::app::App;
use crate::event::view::EventRow;
use crate::network::view::HubRow;
use crate::site::{Place, Site, problem};
use crate::text::Text;

/// Events of one page: rendering them takes about a millisecond.
const PAGE: i64 = 200;

/// The year a hub's file is of.
struct Year {
    app: App,
    hub: HubRow,
    organizer: Organizer,
    text: Text,
    /// From its first instant, to the first one after it; in microseconds.
    span: (i64, i64),
}

pub(super) async fn of_year(
    State(site): State<Site>,
    Path((hub, file)): Path<(String, String)>,
    uri: Uri,
) -> Result<Response, Problem> {
    let app = site.app;
    let row = crate::network::view::hub_by_slug(app.journal().db(), &hub).await.map_err(problem)?;
    let hub = row.ok_or(Problem::NotFound)?;
    let year: i32 = slug_of(&file)?.parse().map_err(|_bad| Problem::NotFound)?;
    let lang = match language(&uri) {
        Ok(lang) => lang,
        Err(says) => return Ok(serve::refused(says)),
    };
    let span = span(year, Zone::parse(&hub.zone).unwrap_or_default()).ok_or(Problem::NotFound)?;
    let name = format!("attachment; filename=\"{}-{year}.ics\"", ascii(&hub.slug));
    let text = Text::new(locale(lang.as_deref(), &hub.locales));
    let organizer = organizer(&app, &hub.name)?;
    let year = Year { app, hub, organizer, text, span };
    // Read before there is an answer: a calendar without any event would be none.
    let first = year.page(&(i64::MIN, String::new())).await.map_err(problem)?;
    if first.is_empty() {
        return Err(Problem::NotFound);
    }
    let mut response = Response::new(year.stream(first));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(serve::CALENDAR));
    let name = HeaderValue::from_str(&name).map_err(|_bad| Problem::Internal)?;
    headers.insert(header::CONTENT_DISPOSITION, name);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    Ok(response)
}

/// The years of which there are files, with their addresses; the newest first.
///
/// # Errors
/// When the database is out of reach.
pub(crate) async fn years(app: &App, hub: &Place) -> journal::Result<Vec<(i32, String)>> {
    let reach = view::reach(app.journal().db(), &hub.id.to_string()).await?;
    let year = |at: i64| hub.zone.local(instant(at)).year();
    let (Some(first), Some(last)) = (reach.first.map(year), reach.last.map(year)) else {
        return Ok(Vec::new());
    };
    let address = |year| (year, format!("/export/hub/{}/{year}.ics", hub.slug));
    Ok((first..=last).rev().map(address).collect())
}

/// Nothing asked, or one of our languages; else what to say to it.
fn language(uri: &Uri) -> Result<Option<String>, &'static str> {
    let asked: Vec<_> =
        url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).collect();
    match asked.as_slice() {
        [] => Ok(None),
        [(name, tag)] if name == "lang" && crate::text::Locale::parse(tag).is_some() => {
            Ok(Some(tag.to_string()))
        }
        _ => Err("the one filter of this file is lang: en, nl, tr or ko"),
    }
}

fn span(year: i32, zone: Zone) -> Option<(i64, i64)> {
    let begins = |year: i32| -> Option<DateTime<Utc>> {
        let midnight = NaiveDate::from_ymd_opt(year, 1, 1)?.and_hms_opt(0, 0, 0)?;
        // Where the clocks skip or repeat that midnight, UTC's is as good.
        Some(kernel::resolve(midnight, zone).unwrap_or_else(|_| midnight.and_utc()))
    };
    // What is asked comes from outside: years of four digits.
    (1900..=9998).contains(&year).then_some(())?;
    Some((micros(begins(year)?), micros(begins(year + 1)?)))
}

/// A slug as a file's name: header values are ASCII.
fn ascii(slug: &str) -> String {
    let name: String = slug.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    if name.is_empty() { "events".to_owned() } else { name }
}

impl Year {
    async fn page(&self, after: &After) -> journal::Result<Vec<EventRow>> {
        view::between(self.app.journal().db(), &self.hub.id, self.span, after, PAGE).await
    }

    /// The whole file, of which the first page is read.
    fn stream(self, first: Vec<EventRow>) -> Body {
        let rest = stream::try_unfold((self, Some(first)), async |(year, page)| {
            let Some(page) = page else { return Ok::<_, journal::Error>(None) };
            let next = match page.last() {
                Some(last) if i64::try_from(page.len()) == Ok(PAGE) => {
                    let after = (last.starts_at.unwrap_or_default(), last.id.clone());
                    Some(year.page(&after).await?)
                }
                _ => None,
            };
            let bytes = Bytes::from(year.render(page).await?);
            Ok(Some((bytes, (year, next))))
        })
        .inspect_err(|fault| tracing::error!(error = %fault, "a file of events broke off"));
        let ends =
            |text: String| stream::once(async { Ok::<_, journal::Error>(Bytes::from(text)) });
        let whole = ends(calendar::export_begin()).chain(rest).chain(ends(calendar::export_end()));
        Body::from_stream(whole)
    }

    async fn render(&self, rows: Vec<EventRow>) -> journal::Result<String> {
        let mut issues: Vec<String> = rows.iter().filter_map(|row| row.issue.clone()).collect();
        issues.sort_unstable();
        issues.dedup();
        let titles = titles(self.app.journal().db(), &issues).await?;
        let entry = |row: &EventRow| {
            let around = Around {
                settings: self.app.settings(),
                hub: &self.hub.name,
                slug: &self.hub.slug,
                issue: row.issue.as_ref().and_then(|issue| titles.get(issue)).map(String::as_str),
                text: self.text,
                takes_time: false,
            };
            let entry = entry::entry(row, Detail::Full, &around)?;
            calendar::export_event(&entry, &self.organizer).ok()
        };
        Ok(rows.iter().filter_map(entry).collect())
    }
}
