//! The feeds of a hub and of an issue.
//!
//! An answer that did not change costs one statement, which everybody shares who asks for the same
//! feed at that moment; and none while this process has heard of nothing new. The validator covers what the body depends
//! on: the facts, the filters, the day (events leave the window without a fact), and the way of
//! rendering.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use axum::response::Response;
use calendar::FeedValues;
use chrono::{DateTime, Utc};
use http::HeaderMap;
use journal::{Db, instant, micros};
use kernel::Zone;
use web::problem::Problem;

use super::ask::{Ask, Which, Window};
use super::draft::{COLOR, Draft, Piece, locale};
use super::entry::{self, Around};
use super::series;
use super::serve::{Keep, Validators, day_of, digits, refused, wants_gzip};
use super::shelf::Shelf;
use super::view::{self, Head};
use crate::app::App;
use crate::event::view::EventRow;
use crate::site::problem;
use crate::text::Text;

/// Answers a request for a feed.
///
/// # Errors
/// 404 when there is no such feed; 503 when the database is out of reach.
pub(crate) async fn feed(
    app: &App,
    db: &Db,
    shelf: &Arc<Shelf>,
    ask: &Ask,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let heads = heads(app, db, shelf, &ask.which).await?;
    let [head] = &*heads else {
        return if heads.is_empty() {
            Err(Problem::NotFound)
        } else {
            Ok(refused("several hubs have an issue of that name: add ?hub="))
        };
    };
    let day = day_of(app.now());
    let reading = Reading { app, ask, head, day };
    let name = reading.name();
    let validators = Validators {
        tag: name.clone(),
        changed: instant(head.changed_at).max(day),
        now: app.now(),
        is_gzip: wants_gzip(headers),
        keep: Keep::Public,
    };
    if let Some(unchanged) = validators.unchanged(headers) {
        return Ok(unchanged);
    }
    let issue = match tagged(db, ask, head).await.map_err(problem)? {
        Ok(issue) => issue,
        Err(says) => return Ok(refused(&says)),
    };
    let feed = format!("{} {:?}", head.hub, head.issue);
    let drawn = async { reading.draft(db, issue).await?.body(Arc::clone(shelf)).await };
    let body = shelf.body(&feed, &ask.canonical(), &name, drawn).await?;
    Ok(validators.whole(body))
}

/// How new a feed is: as it was found out less than a second ago, if nothing was recorded since as
/// far as this process has heard; or else as the database says.
async fn heads(
    app: &App,
    db: &Db,
    shelf: &Arc<Shelf>,
    which: &Which,
) -> Result<Arc<[Head]>, Problem> {
    if let Some(known) = shelf.known(which) {
        return Ok(known);
    }
    let (db, asked, shelf_of) = (db.clone(), which.clone(), Arc::clone(shelf));
    let mut news = app.journal().effects_wake();
    let read = async move {
        // What is recorded from here on may be missing in what is read.
        news.mark_unchanged();
        let heads: Arc<[Head]> = view::heads(&db, &asked).await.map_err(problem)?.into();
        shelf_of.note(asked, &heads, news);
        Ok(heads)
    };
    shelf.heads.ask(which.clone(), read).await
}

/// The issue that a feed or its filter names.
async fn tagged(
    db: &Db,
    ask: &Ask,
    head: &Head,
) -> journal::Result<Result<Option<String>, String>> {
    let Some(tag) = &ask.tag else { return Ok(Ok(head.issue.clone())) };
    let issue = crate::issue::view::issue_by_slug(db, &head.hub, tag).await?;
    Ok(match issue {
        Some(issue) => Ok(Some(issue.id)),
        None => Err(format!("there is no issue “{tag}” here")),
    })
}

/// The titles of issues by their ids.
pub(super) async fn titles(db: &Db, issues: &[String]) -> journal::Result<HashMap<String, String>> {
    let rows = crate::issue::view::issues_by_id(db, issues).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.title)).collect())
}

/// What is asked, of which feed, on which day.
struct Reading<'a> {
    app: &'a App,
    ask: &'a Ask,
    head: &'a Head,
    day: DateTime<Utc>,
}

impl Reading<'_> {
    /// A feed with everything its bytes depend on, as 32 digits.
    fn name(&self) -> String {
        let settings = self.app.settings();
        let Head { hub, name, slug, zone, locales, issue, position, .. } = self.head;
        let (asked, day) = (self.ask.canonical(), self.day.timestamp());
        digits(&format!(
            "{} {} {hub} {name} {slug} {zone} {locales} {issue:?} {position} {asked} {day}",
            settings.public_url, settings.uid_domain
        ))
    }

    /// Reads what the feed shows.
    async fn draft(&self, db: &Db, issue: Option<String>) -> journal::Result<Draft> {
        let Self { ask, head, day, .. } = *self;
        let Window { from, until, cancelled_since } = ask.window(day);
        let window = view::Window {
            from: micros(from),
            until: micros(until),
            near: micros(day),
            issue: issue.clone(),
            only: ask.only,
            cancelled_since: micros(cancelled_since),
        };
        let limit = i64::try_from(calendar::FEED_EVENTS_MAX).unwrap_or(1_000);
        let mut rows = view::events(db, &head.hub, &window, limit + 1).await?;
        let is_cut = rows.len() > calendar::FEED_EVENTS_MAX;
        let unread = if is_cut { view::how_many(db, &head.hub, &window).await? - limit } else { 0 };
        rows.truncate(calendar::FEED_EVENTS_MAX);
        let issues: BTreeSet<String> = rows.iter().filter_map(|row| row.issue.clone()).collect();
        let titles = titles(db, &issues.into_iter().collect::<Vec<_>>()).await?;
        let title = match &issue {
            Some(issue) => view::root_title(db, issue).await?,
            None => None,
        };
        let text = Text::new(locale(ask.lang, &head.locales));
        // A filter by state asks for single events; otherwise a series is one entry.
        let (rows, told) = match ask.only {
            Some(_) => (rows, vec![]),
            None => series::fold(db, rows).await?,
        };
        let mut pieces = self.pieces(text, rows, &titles);
        pieces.extend(told.into_iter().map(|one| {
            let issue = one.row.issue.as_ref().and_then(|issue| titles.get(issue)).cloned();
            let around = (head.name.as_str(), head.slug.as_str(), issue);
            series::piece(self.app, around, (ask.detail, text, day), one)
        }));
        Ok(Draft {
            values: self.values(text, title.as_deref()),
            pieces,
            unread: u32::try_from(unread).unwrap_or(0),
            near: day,
            text,
        })
    }

    fn pieces(
        &self,
        text: Text,
        rows: Vec<EventRow>,
        titles: &HashMap<String, String>,
    ) -> Vec<Piece> {
        let (detail, lang) = (self.ask.detail, text.locale().code());
        let Head { name, slug, .. } = self.head;
        let shared = Arc::new((self.app.clone(), name.clone(), slug.clone()));
        let piece = |row: EventRow| {
            let issue = row.issue.as_ref().and_then(|issue| titles.get(issue)).cloned();
            let shelved = format!(
                "{} {} {lang} {detail:?} {slug} {name} {issue:?}",
                row.id, row.changed_position
            );
            let at = |micros: Option<i64>| instant(micros.unwrap_or_default());
            let (starts, ends, id) = (at(row.starts_at), at(row.ends_at), row.id.clone());
            let shared = Arc::clone(&shared);
            let make = move || {
                let (app, hub, slug) = &*shared;
                let around = Around {
                    settings: app.settings(),
                    hub,
                    slug,
                    issue: issue.as_deref(),
                    text,
                    // Who subscribes to a hub has not said that she comes.
                    takes_time: false,
                };
                Some(calendar::fragment(&entry::entry(&row, detail, &around)?))
            };
            Piece { starts, ends, id, shelved: Some(shelved), make: Box::new(make) }
        };
        rows.into_iter().map(piece).collect()
    }

    /// The calendar around the entries.
    fn values(&self, text: Text, title: Option<&str>) -> FeedValues {
        let Self { app, ask, head, .. } = *self;
        let site = &app.settings().public_url;
        let hub = head.name.as_str();
        let (name, description) = match title {
            Some(title) => {
                let values = [("issue", title.into()), ("hub", hub.into())];
                (text.t("calendar-issue-name", &values), text.t("calendar-issue-about", &values))
            }
            None => (hub.to_owned(), text.one("calendar-hub-about", "hub", hub)),
        };
        let (page, path) = match &ask.which {
            Which::Issue { slug, .. } => (
                format!("{site}/h/{}/issues/{slug}", head.slug),
                format!("hub/{}/issue/{slug}", head.slug),
            ),
            _ => (format!("{site}/h/{}", head.slug), format!("hub/{}", head.slug)),
        };
        FeedValues {
            name,
            description,
            zone: Zone::parse(&head.zone).map_or(chrono_tz::Tz::UTC, Zone::tz),
            color: Some(COLOR.to_owned()),
            url: Some(page),
            source: Some(format!("{site}/feeds/{path}.ics")),
            image: None,
            last_modified: instant(head.changed_at),
            not_shown: 0,
        }
    }
}
