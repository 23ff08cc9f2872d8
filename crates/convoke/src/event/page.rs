//! Events: the list at `/h/{hub}/events`, and one event with its registration form.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use http::HeaderMap;
use kernel::{Personal, Zone};
use mail::EmailAddress;
use serde::Serialize;
use web::form::{Form, again, done};
use web::frame::{Frame, Link, Notice, page};
use web::part::{Badge, Empty, Facts, Pagination, Progress, Tone};
use web::problem::Problem;

use super::Venue;
use super::view::{self, EventRow};
use crate::app::Reader;
use crate::app::relay::PageArgs;
use crate::desk::RegisterForEvent;
use crate::desk::view::{DeskRow, desk, registration_of};
use crate::pages::card::{Card, cards, places, tone};
use crate::site::{Place, Site, Visit, fault_page, place, problem};
use crate::text::Text;

/// Events on one page of the list.
const LISTED: i32 = 24;

/// Dates of a series that an event's page names.
const DATES: i64 = 6;

/// The routes of these pages.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/h/{hub}/events", get(list))
        .route("/h/{hub}/events/{event}", get(show).post(register))
}

#[derive(Template)]
#[template(path = "event/list.html")]
struct List {
    frame: Frame,
    t: Text,
    past: bool,
    slug: String,
    events: Vec<Card>,
    nothing: Empty,
    pages: Pagination,
    import: Option<Link>,
}

async fn list(visit: Visit, Path(slug): Path<String>, form: Form) -> Result<Response, Problem> {
    let place = place(&visit, &slug).await?;
    let visit = visit.at(&place);
    let read = visit.reader_for(place.id).await?;
    let (text, now) = (visit.text(), journal::micros(read.now()));
    let past = form.has("past");
    let keyset = if past { &view::PUBLIC_LATEST } else { &view::PUBLIC };
    let (from, until) = if past { (i64::MIN, now) } else { (now, i64::MAX) };
    let after = form.some("after").map(str::to_owned);
    let args = PageArgs { first: Some(LISTED), after, ..PageArgs::default() };
    let name = if past { "past events" } else { "coming events" };
    let window = args.window(name, keyset, false).map_err(|_bad| Problem::BadRequest)?;
    let filters = journal::args![from, until, None::<&str>, None::<&str>];
    let rows: Vec<EventRow> = read
        .db()
        .all(window.sql(keyset), window.args(&place.id.to_string(), filters))
        .await
        .map_err(problem)?;
    let (rows, more) = window.page(rows);
    let next = rows.last().filter(|_| more).map(|row| {
        let cursor = window.cursor(name, &row.starts_at.unwrap_or(0).into(), &row.id);
        let past = if past { "past=1&" } else { "" };
        Link::new(text.s("do-more"), format!("/h/{slug}/events?{past}after={cursor}"))
    });
    let mut frame = visit.frame(text.s("nav-events"), Some(&place));
    visit.mark_past(&mut frame, &read, place.zone);
    let nothing = Empty::new(text.s("agenda-nothing-coming"))
        .next(text.s("nav-agenda"), format!("/h/{slug}"));
    Ok(page(&List {
        frame,
        t: text,
        past,
        events: cards(&read, &place, text, &rows).await?,
        nothing,
        pages: Pagination::new(text.s("word-pages"), None, "", next),
        import: visit
            .viewer
            .is_any(place.id, &[kernel::Role::Curator])
            .then(|| Link::new(text.s("intake-title"), format!("/h/{slug}/import"))),
        slug,
    }))
}

#[derive(Template)]
#[template(path = "event/event.html")]
struct Page {
    frame: Frame,
    t: Text,
    form: Form,
    title: String,
    purpose: String,
    description: String,
    state: Badge,
    cancelled: String,
    facts: Facts,
    taken: Option<Progress>,
    is_open: bool,
    full: bool,
    own: Option<String>,
    command_id: String,
    download: String,
    calendars: String,
    history: String,
    /// What came back from guests; empty for those who do not work here.
    answers: String,
    live: String,
    here: String,
    issue: Option<Link>,
    dates: Vec<Link>,
}

async fn find(visit: &Visit, place: &Place, id: &str) -> Result<(Reader, EventRow), Problem> {
    let read = visit.reader_for(place.id).await?;
    let row = view::event(read.db(), id).await.map_err(problem)?;
    let row = row.filter(|row| row.journal == place.id.to_string());
    // Drafts are for those who work on them.
    let row = row.filter(|row| {
        row.published_at.is_some() || visit.viewer.is_any(place.id, &[kernel::Role::Member])
    });
    Ok((read, row.ok_or(Problem::NotFound)?))
}

async fn show(
    visit: Visit,
    Path((hub, id)): Path<(String, String)>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Problem> {
    // One route: the event's page, or with `.ics` behind the id the event for a calendar.
    if let Some(event) = id.strip_suffix(".ics") {
        let query = visit.uri().query().unwrap_or_default();
        return crate::feed::download(&visit.app, &hub, event, query, &headers).await;
    }
    let place = place(&visit, &hub).await?;
    let visit = visit.at(&place);
    let (read, row) = find(&visit, &place, &id).await?;
    Ok(page(&event_page(&visit, &place, &read, row, form).await?))
}

async fn event_page(
    visit: &Visit,
    place: &Place,
    read: &Reader,
    row: EventRow,
    form: Form,
) -> Result<Page, Problem> {
    let text = visit.text();
    let desk = desk(read.db(), &row.id).await.map_err(problem)?;
    let own = match visit.viewer.person {
        Some(person) => registration_of(read.db(), &row.journal, &row.id, &person.to_string())
            .await
            .map_err(problem)?,
        None => None,
    };
    let issue = match &row.issue {
        Some(issue) => crate::issue::view::issue(read.db(), issue).await.map_err(problem)?,
        None => None,
    };
    let mut frame = visit.frame(&row.title, Some(place)).of_form(&form);
    frame.description = row.purpose.clone().unwrap_or_default().chars().take(160).collect();
    frame.trail = vec![
        crate::hub::page::link(place),
        Link::new(text.s("nav-events"), format!("/h/{}/events", place.slug)),
    ];
    visit.mark_past(&mut frame, read, place.zone);
    let here = format!("/h/{}/events/{}", place.slug, row.id);
    let dates = dates(read, place, &row, text, &here).await?;
    let free = desk.as_ref().and_then(DeskRow::free);
    Ok(Page {
        frame,
        t: text,
        state: Badge::new(text.state(&row.status), tone(&row.status)),
        cancelled: row.cancel_reason.clone().unwrap_or_default(),
        facts: facts(&row, place, text),
        taken: desk.as_ref().and_then(|desk| taken(desk, text)),
        is_open: matches!(row.status.as_str(), "published" | "open") && read.past().is_none(),
        full: free == Some(0) || desk.as_ref().is_some_and(|desk| desk.waiting > 0),
        own: own.map(|row| format!("/r/{}", visit.app.link_token("registration", &row.id))),
        command_id: visit.command_id(),
        download: format!("{here}.ics"),
        calendars: format!("/h/{}/calendar", place.slug),
        history: format!("/history/{}", row.id),
        answers: if visit.viewer.is_staff(place.id) {
            format!("{here}/answers")
        } else {
            String::new()
        },
        live: format!("/live?hub={}&about={}", place.id, row.id),
        issue: issue.map(|issue| {
            Link::new(issue.title, format!("/h/{}/issues/{}", place.slug, issue.slug))
        }),
        dates,
        here,
        form,
        title: row.title,
        purpose: row.purpose.unwrap_or_default(),
        description: row.description.unwrap_or_default(),
    })
}

/// The next dates of its series, each with its own page: whoever wants only one registers there.
async fn dates(
    read: &Reader,
    place: &Place,
    row: &EventRow,
    text: Text,
    here: &str,
) -> Result<Vec<Link>, Problem> {
    let Some(series) = &row.series else { return Ok(vec![]) };
    let now = journal::micros(read.now());
    let next = crate::series::view::next_of(read.db(), series, now, DATES).await;
    let link = |date: EventRow| {
        let zone = date.zone.as_deref().and_then(Zone::parse).unwrap_or(place.zone);
        let starts = date.starts_at.map(journal::instant).unwrap_or_default();
        Link::new(text.zoned(starts, zone), format!("/h/{}/events/{}", place.slug, date.id))
            .at(here)
    };
    Ok(next.map_err(problem)?.into_iter().map(link).collect())
}

fn taken(desk: &DeskRow, text: Text) -> Option<Progress> {
    let held = u64::try_from(desk.confirmed + desk.offered).ok()?;
    let capacity = u64::try_from(desk.capacity?).ok()?;
    Some(Progress::new(text.s("word-places"), places(desk, text), held, capacity))
}

/// When, where and how, as every page about an event says it.
pub fn facts(row: &EventRow, place: &Place, text: Text) -> Facts {
    let zone = row.zone.as_deref().and_then(Zone::parse).unwrap_or(place.zone);
    let when = match (row.starts_at, row.ends_at) {
        (Some(starts), Some(ends)) => {
            text.span(journal::instant(starts), journal::instant(ends), zone)
        }
        _ => text.s("event-no-date"),
    };
    let venue: Option<Venue> =
        row.venue.as_deref().and_then(|venue| serde_json::from_str(venue).ok());
    let place = venue.map_or_else(
        || row.city.clone().unwrap_or_default(),
        |venue| {
            [Some(venue.name), venue.address, venue.city]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", ")
        },
    );
    Facts::new()
        .row(text.s("word-when"), when)
        .row(text.s("word-where"), place)
        .row(text.s("word-mode"), text.s(format!("mode-{}", row.mode)))
        .row(text.s("event-format"), text.s(format!("format-{}", row.format)))
        .row(text.s("event-access"), row.access_info.clone().unwrap_or_default())
        .row(text.s("word-website"), row.url.clone().unwrap_or_default())
}

/// What the form asks; the command's fingerprint.
#[derive(Serialize)]
struct Asked<'f> {
    name: &'f str,
    email: &'f str,
    party: &'f str,
    note: &'f str,
}

async fn register(
    visit: Visit,
    Path((hub, id)): Path<(String, String)>,
    mut form: Form,
) -> Result<Response, Problem> {
    let place = place(&visit, &hub).await?;
    let visit = visit.at(&place);
    let (read, row) = find(&visit, &place, &id).await?;
    let text = visit.text();
    let given = form.clone();
    let asked = Asked {
        name: given.get("name"),
        email: given.get("email"),
        party: given.get("party"),
        note: given.get("note"),
    };
    let mut call = visit.call(&form, &asked);
    let event = call.id("event", &id);
    let name = call.input().line("name", asked.name, 120);
    let note = call.input().prose("note", Some(asked.note), 1_000);
    let address = EmailAddress::parse(asked.email).map_err(|cause| cause.to_string());
    let address = call.input().parse("email", "INVALID_ADDRESS", address);
    let party = if asked.party.is_empty() { Ok(1) } else { asked.party.parse::<u32>() };
    let party =
        call.input().parse("party", "INVALID_VALUE", party.map_err(|cause| cause.to_string()));
    let person = match (&address, visit.viewer.person) {
        (_, Some(person)) => person,
        (Some(address), None) => {
            visit.app.journal().keys().person_of(address.as_str()).await.map_err(problem)?
        }
        (None, None) => visit.app.id(),
    };
    let act = RegisterForEvent {
        event,
        registration: visit.app.id(),
        person,
        name: Personal::new(person, name),
        email: Personal::new(
            person,
            address.map(|address| address.as_str().to_owned()).unwrap_or_default(),
        ),
        party_size: party.unwrap_or(1),
        locale: visit.viewer.locale.code().to_owned(),
        note: note.map(|note| Personal::new(person, note)),
    };
    let settled = call.settle(Some(place.id), act).await.map_err(|fault| fault_page(&fault))?;
    if let (true, Some(about)) = (settled.refusals.is_empty(), &settled.about) {
        return Ok(done(&format!("/r/{}?done=1", visit.app.link_token("registration", about))));
    }
    for refusal in &settled.refusals {
        text.refuse(&mut form, refusal);
    }
    Ok(again(&event_page(&visit, &place, &read, row, form).await?))
}

/// A notice that something was done.
pub fn did(text: Text, key: &str) -> Notice {
    Notice { tone: Tone::Good, text: text.s(key), link: None }
}
