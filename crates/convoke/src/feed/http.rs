//! Feeds over HTTP: validators, compression, and what is said when something is not as it should.
//!
//! An answer that did not change costs one statement. The validator covers what the body depends
//! on: the facts, the filters, the day (events leave the window without a fact), and the way of
//! rendering. Compression is only for who asks, and never for Microsoft's programs, which refuse
//! compressed calendars.

use std::sync::Arc;

use axum::body::Body as HttpBody;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use calendar::{Feed, FeedValues, Organizer};
use chrono::{DateTime, Days, NaiveTime, Utc};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use journal::{Db, instant, micros};
use kernel::Zone;
use sha2::{Digest as _, Sha256};
use web::problem::Problem;

use super::ask::{Ask, Which};
use super::entry::{self, Around, Detail};
use super::shelf::{Body, Shelf};
use super::view::{self, Head, Window};
use crate::app::App;
use crate::event::view::EventRow;
use crate::site::problem;
use crate::text::{Locale, Text};

/// Raise it when the same rows give other bytes.
const RENDERER: u32 = 1;
/// How long a cancelled event is still shown as such.
const CANCELLED_DAYS: u64 = 30;
const CALENDAR: &str = "text/calendar; charset=utf-8";
/// Calendar programs ask each hour at most; five minutes keep a crowd from asking at once.
const KEEP: &str = "public, max-age=300";

/// Answers a request for a feed.
///
/// # Errors
/// 404 when there is no such feed; 503 when the database is out of reach.
pub(crate) async fn feed(
    app: &App,
    db: &Db,
    shelf: &Shelf,
    ask: &Ask,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let heads = view::heads(db, &ask.which).await.map_err(problem)?;
    let [head] = heads.as_slice() else {
        return match heads.is_empty() {
            true => Err(Problem::NotFound),
            false => Ok(refused("several hubs have an issue of that name: add ?hub=")),
        };
    };
    let day = day_of(app.now());
    let name = name_of(app, ask, head, day);
    let validators = Validators {
        tag: name.clone(),
        changed: instant(head.changed_at).max(day),
        is_gzip: wants_gzip(headers),
    };
    if let Some(unchanged) = validators.unchanged(headers) {
        return Ok(unchanged);
    }
    let issue = match tagged(db, ask, head).await.map_err(problem)? {
        Ok(issue) => issue,
        Err(says) => return Ok(refused(&says)),
    };
    let body = shelf.body(&name, assemble(app, db, shelf, ask, head, issue));
    let body = body.await.map_err(problem)?;
    let bytes = if validators.is_gzip { body.gzip } else { body.plain };
    Ok(validators.answer(bytes))
}

/// The issue that a feed or its filter names.
async fn tagged(
    db: &Db,
    ask: &Ask,
    head: &Head,
) -> journal::Result<Result<Option<String>, String>> {
    let Some(tag) = &ask.tag else { return Ok(Ok(head.issue.clone())) };
    if head.issue.is_some() {
        return Ok(Err("the feed of an issue takes no “tag”".to_owned()));
    }
    let issue = crate::issue::view::issue_by_slug(db, &head.hub, tag).await?;
    Ok(match issue {
        Some(issue) => Ok(Some(issue.id)),
        None => Err(format!("there is no issue “{tag}” here")),
    })
}

/// A feed with everything its bytes depend on, as 32 digits.
fn name_of(app: &App, ask: &Ask, head: &Head, day: DateTime<Utc>) -> String {
    let settings = app.settings();
    let Head { hub, name, slug, issue, position, .. } = head;
    let asked = ask.canonical();
    let day = day.timestamp();
    let whole = format!(
        "{RENDERER} {} {} {hub} {name} {slug} {issue:?} {position} {asked} {day}",
        settings.public_url, settings.uid_domain
    );
    Sha256::digest(whole).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// The beginning of a UTC day.
fn day_of(now: DateTime<Utc>) -> DateTime<Utc> {
    now.date_naive().and_time(NaiveTime::MIN).and_utc()
}

/// Reads, renders what is not on the shelf, and compresses.
async fn assemble(
    app: &App,
    db: &Db,
    shelf: &Shelf,
    ask: &Ask,
    head: &Head,
    issue: Option<String>,
) -> journal::Result<Body> {
    let window = window(ask, day_of(app.now()), issue.clone());
    let limit = i64::try_from(calendar::FEED_EVENTS_MAX).unwrap_or(1_000) + 1;
    let mut rows = view::events(db, &head.hub, &window, limit).await?;
    let is_cut = i64::try_from(rows.len()).unwrap_or(limit) >= limit;
    let total = match is_cut {
        true => view::how_many(db, &head.hub, &window).await?,
        false => i64::try_from(rows.len()).unwrap_or(limit),
    };
    rows.truncate(calendar::FEED_EVENTS_MAX);
    let issues: std::collections::BTreeSet<String> =
        rows.iter().filter_map(|row| row.issue.clone()).collect();
    let issues: Vec<String> = issues.into_iter().collect();
    let titles: std::collections::HashMap<String, String> =
        crate::issue::view::issues_by_id(db, &issues)
            .await?
            .into_iter()
            .map(|row| (row.id, row.title))
            .collect();
    let title = match &issue {
        Some(issue) => view::root_title(db, issue).await?,
        None => None,
    };
    let text = Text::new(locale(ask.lang, &head.locales));
    let entries = entries(app, shelf, ask, head, text, rows, &titles);
    let shown = calendar::how_many_fit(entries.iter().map(|(_, text)| &**text));
    let mut entries: Vec<_> = entries.into_iter().take(shown).collect();
    // Nearest first was for the cut; people who look into the file expect the order of time.
    entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    let not_shown = total - i64::try_from(shown).unwrap_or(total);
    let whole = whole(app, ask, head, text, title.as_deref(), not_shown)?;
    let plain = whole.render(entries.iter().map(|(_, text)| &**text));
    debug_assert_eq!(calendar::check::object(&plain), Ok(()));
    compressed(plain).await
}

fn window(ask: &Ask, day: DateTime<Utc>, issue: Option<String>) -> Window {
    let back = |days: u64| micros(day.checked_sub_days(Days::new(days)).unwrap_or(day));
    let ahead = u64::from(ask.ahead) + 1;
    Window {
        from: back(u64::from(ask.past)),
        until: micros(day.checked_add_days(Days::new(ahead)).unwrap_or(day)),
        near: micros(day),
        issue,
        only: ask.only,
        cancelled_since: back(CANCELLED_DAYS),
    }
}

fn locale(asked: Option<&str>, of_hub: &str) -> Locale {
    let own: Vec<String> = crate::network::view::json_read(of_hub);
    asked
        .and_then(Locale::parse)
        .or_else(|| own.iter().find_map(|tag| Locale::parse(tag)))
        .unwrap_or_default()
}

/// Each event's entry with what it is sorted by; those that no calendar can carry are left out.
fn entries(
    app: &App,
    shelf: &Shelf,
    ask: &Ask,
    head: &Head,
    text: Text,
    rows: Vec<EventRow>,
    titles: &std::collections::HashMap<String, String>,
) -> Vec<((i64, String), Arc<str>)> {
    let entry = |row: EventRow| {
        let around = Around {
            settings: app.settings(),
            hub: &head.name,
            slug: &head.slug,
            issue: row.issue.as_ref().and_then(|issue| titles.get(issue)).map(String::as_str),
            text,
            // Who subscribes to a hub has not said that she comes.
            takes_time: false,
        };
        let lang = text.locale().code();
        // All that the entry is made of: what is missing here would be told as it was.
        let name = format!(
            "{} {} {lang} {:?} {} {} {:?}",
            row.id, row.changed_position, ask.detail, around.slug, around.hub, around.issue
        );
        let render = || Some(calendar::fragment(&entry::entry(&row, ask.detail, &around)?));
        let rendered = shelf.entry(name, render)?;
        Some(((row.starts_at.unwrap_or_default(), row.id), rendered))
    };
    rows.into_iter().filter_map(entry).collect()
}

/// The calendar around the entries.
fn whole(
    app: &App,
    ask: &Ask,
    head: &Head,
    text: Text,
    title: Option<&str>,
    not_shown: i64,
) -> journal::Result<Feed> {
    let site = &app.settings().public_url;
    let hub = head.name.as_str();
    let (name, about) = match title {
        Some(title) => {
            let values = [("issue", title.into()), ("hub", hub.into())];
            (text.t("calendar-issue-name", &values), text.t("calendar-issue-about", &values))
        }
        None => (hub.to_owned(), text.one("calendar-hub-about", "hub", hub)),
    };
    let marker = (not_shown > 0).then(|| text.n("calendar-not-shown", not_shown));
    let path = match &ask.which {
        Which::Hub(slug) => format!("hub/{slug}"),
        Which::Issue { slug, .. } => format!("hub/{}/issue/{slug}", head.slug),
    };
    let page = match &ask.which {
        Which::Hub(_) => format!("{site}/h/{}", head.slug),
        Which::Issue { slug, .. } => format!("{site}/h/{}/issues/{slug}", head.slug),
    };
    let values = FeedValues {
        name,
        description: [Some(about), marker].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        zone: Zone::parse(&head.zone).map_or(chrono_tz::Tz::UTC, Zone::tz),
        color: None,
        url: Some(page),
        source: Some(format!("{site}/feeds/{path}.ics")),
        image: None,
        last_modified: instant(head.changed_at),
        not_shown: 0,
    };
    Feed::new(&values).map_err(|cause| journal::Error::Broken {
        what: format!("the feed of hub {}: {cause}", head.hub),
    })
}

/// Compressing takes milliseconds, which the thread of answers does not have.
async fn compressed(plain: String) -> journal::Result<Body> {
    let task = tokio::task::spawn_blocking(move || {
        use std::io::Write as _;
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        let gzip = gzip.write_all(plain.as_bytes()).and_then(|()| gzip.finish());
        (plain, gzip)
    });
    let broken = |what: String| journal::Error::Broken { what };
    let (plain, gzip) = task.await.map_err(|cause| broken(cause.to_string()))?;
    let gzip = gzip.map_err(|cause| broken(cause.to_string()))?;
    Ok(Body { plain: Bytes::from(plain), gzip: Bytes::from(gzip) })
}

/// One event as a file to import once.
///
/// # Errors
/// 404 when there is no such public event in that hub; 503 when the database is out of reach.
pub async fn download(
    app: &App,
    hub: &str,
    event: &str,
    query: &str,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let db = app.journal().db();
    let hub = crate::network::view::hub_by_slug(db, hub).await.map_err(problem)?;
    let row = crate::event::view::event(db, event).await.map_err(problem)?;
    let (Some(hub), Some(row)) = (hub, row) else { return Err(Problem::NotFound) };
    if row.journal != hub.id || !row.is_public() {
        return Err(Problem::NotFound);
    }
    let asked = url::form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "lang")
        .map(|(_, value)| value.into_owned());
    let text = Text::new(locale(asked.as_deref(), &hub.locales));
    let whole = format!(
        "{RENDERER} {} {} {} {} {}",
        app.settings().public_url,
        app.settings().uid_domain,
        row.id,
        row.changed_position,
        text.locale().code()
    );
    let digits = Sha256::digest(whole).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let changed = instant(row.changed_at);
    let validators = Validators { tag: digits, changed, is_gzip: false };
    if let Some(unchanged) = validators.unchanged(headers) {
        return Ok(unchanged);
    }
    let issue = match &row.issue {
        Some(issue) => crate::issue::view::issue(db, issue).await.map_err(problem)?,
        None => None,
    };
    let around = Around {
        settings: app.settings(),
        hub: &hub.name,
        slug: &hub.slug,
        issue: issue.as_ref().map(|issue| issue.title.as_str()),
        text,
        takes_time: true,
    };
    let address = crate::letter::sender(app.settings()).map_err(|cause| {
        tracing::error!(%cause, "the address letters come from is none");
        Problem::Internal
    })?;
    let organizer = Organizer { name: hub.name.clone(), address: address.as_str().to_owned() };
    let file = entry::entry(&row, Detail::Full, &around)
        .and_then(|entry| calendar::download(&entry, &organizer).ok())
        .ok_or(Problem::NotFound)?;
    let mut answer = validators.answer(Bytes::from(file));
    let name = HeaderValue::from_static("attachment; filename=\"event.ics\"");
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    Ok(answer)
}

/// A request that makes no sense, in words: never silently the whole feed.
pub(crate) fn refused(says: &str) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    (StatusCode::BAD_REQUEST, kind, format!("{says}\n")).into_response()
}

/// What an unchanged answer is recognised by.
struct Validators {
    tag: String,
    changed: DateTime<Utc>,
    is_gzip: bool,
}

impl Validators {
    /// Each encoding is a representation of its own (RFC 9110 §8.8.3.3).
    fn etag(&self, is_gzip: bool) -> String {
        let Self { tag, .. } = self;
        if is_gzip { format!("\"{tag}-gzip\"") } else { format!("\"{tag}\"") }
    }

    fn last_modified(&self) -> String {
        self.changed.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    /// 304, if the client has this already. A tag wins over a date (RFC 9110 §13.2.2).
    fn unchanged(&self, headers: &HeaderMap) -> Option<Response> {
        let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let held = match text(header::IF_NONE_MATCH) {
            Some(tags) => [self.is_gzip, !self.is_gzip]
                .map(|is_gzip| self.etag(is_gzip))
                .into_iter()
                .find(|own| {
                    tags.split(',').map(str::trim).any(|tag| {
                        tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == own.as_str()
                    })
                })?,
            None => {
                let since = text(header::IF_MODIFIED_SINCE)?;
                let since = DateTime::parse_from_rfc2822(since).ok()?;
                if self.changed.timestamp() > since.timestamp() {
                    return None;
                }
                self.etag(self.is_gzip)
            }
        };
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        self.mark(response.headers_mut(), &held);
        Some(response)
    }

    fn answer(&self, bytes: Bytes) -> Response {
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
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(KEEP));
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    }
}

/// Whether the client asks for gzip and can be trusted with it.
fn wants_gzip(headers: &HeaderMap) -> bool {
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
        let own = Validators { tag: "ab".into(), changed, is_gzip: false };
        let status = |lines: &[(header::HeaderName, &str)]| {
            let lines = lines.iter().map(|(name, value)| {
                (name.clone(), HeaderValue::from_str(value).expect("a header"))
            });
            own.unchanged(&HeaderMap::from_iter(lines)).map(|answer| answer.status().as_u16())
        };
        let (tag, date) = (header::IF_NONE_MATCH, header::IF_MODIFIED_SINCE);
        assert_eq!(status(&[]), None);
        assert_eq!(status(&[(tag.clone(), "\"ab\"")]), Some(304));
        assert_eq!(status(&[(tag.clone(), "\"x\", W/\"ab-gzip\"")]), Some(304));
        assert_eq!(status(&[(tag.clone(), "\"x\"")]), None);
        let same = "Sun, 22 Nov 2026 10:00:00 GMT";
        assert_eq!(own.last_modified(), same);
        assert_eq!(status(&[(date.clone(), same)]), Some(304));
        assert_eq!(status(&[(date.clone(), "Sun, 22 Nov 2026 09:59:59 GMT")]), None);
        assert_eq!(status(&[(date.clone(), "yesterday")]), None);
        assert_eq!(status(&[(tag, "\"x\""), (date, same)]), None);
    }
}
