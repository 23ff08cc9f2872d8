//! Two pages: the network's hubs at `/`, and a hub's agenda at `/h/{hub}`.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use web::frame::{Frame, Link, page};
use web::part::{Empty, Facts};
use web::problem::Problem;

use crate::app::relay::PageArgs;
use crate::event::view as events;
use crate::issue::view as issues;
use crate::network::NETWORK;
use crate::network::view::{BY_NAME, HubRow};
use crate::pages::card::{Card, cards};
use crate::pages::subscribe::webcal;
use crate::site::{Place, Site, Visit, place, problem};
use crate::text::Text;

/// Hubs on the first page.
const HUBS_MAX: i32 = 100;
/// Events looked at to find those of the agenda's page.
const LOOKED_AT: i32 = 60;
/// Issues on the agenda's page.
const ISSUES_MAX: i64 = 12;

/// The routes of these pages.
pub fn routes() -> Router<Site> {
    Router::new().route("/", get(home)).route("/h/{hub}", get(agenda))
}

#[derive(Template)]
#[template(path = "hub/home.html")]
struct Home {
    frame: Frame,
    t: Text,
    hubs: Vec<HubRow>,
    nothing: Empty,
}

async fn home(visit: Visit) -> Result<Response, Problem> {
    let text = visit.text();
    let args = PageArgs { first: Some(HUBS_MAX), ..PageArgs::default() };
    let window = args.window("home", &BY_NAME, true).map_err(|_bad| Problem::Internal)?;
    let reader = visit.reader();
    let hubs =
        reader.db().all(window.sql(&BY_NAME), window.args(NETWORK, [])).await.map_err(problem)?;
    let (hubs, _) = window.page(hubs);
    let nothing = Empty::new(text.s("home-empty")).hint(text.s("home-empty-hint"));
    Ok(page(&Home { frame: visit.frame(text.s("home-hubs"), None), t: text, hubs, nothing }))
}

struct IssueCard {
    href: String,
    title: String,
    statement: String,
    endorsements: i64,
    evidence: i64,
}

#[derive(Template)]
#[template(path = "hub/agenda.html")]
struct Agenda {
    frame: Frame,
    t: Text,
    name: String,
    slug: String,
    purpose: String,
    facts: Facts,
    issues: Vec<IssueCard>,
    no_issues: Empty,
    coming: Vec<Card>,
    nothing_coming: Empty,
    past: Vec<Card>,
    feed: String,
    feed_app: String,
    history: String,
}

async fn agenda(visit: Visit, Path(slug): Path<String>) -> Result<Response, Problem> {
    let place = place(&visit, &slug).await?;
    let visit = visit.at(&place);
    let read = visit.reader_for(place.id).await?;
    let (text, hub) = (visit.text(), place.id.to_string());
    let profile = super::view::profile(read.db(), &hub).await.map_err(problem)?;
    let issues = issues::agenda(read.db(), &hub, ISSUES_MAX).await.map_err(problem)?;
    let now = journal::micros(read.now());
    let coming = listed(&read, &hub, 6, false, (now, i64::MAX)).await?;
    let past = listed(&read, &hub, 3, true, (i64::MIN, now)).await?;
    let mut frame = visit.frame(&place.name, Some(&place));
    visit.mark_past(&mut frame, &read, place.zone);
    let public = &visit.app.settings().public_url;
    let feed = format!("{public}/feeds/hub/{slug}.ics");
    let profile = profile.as_ref();
    let shown = Agenda {
        frame,
        t: text,
        purpose: profile.and_then(|hub| hub.purpose.clone()).unwrap_or_default(),
        facts: Facts::new()
            .row(
                text.s("word-address"),
                profile.and_then(|hub| hub.address.clone()).unwrap_or_default(),
            )
            .row(
                text.s("word-website"),
                profile.and_then(|hub| hub.website.clone()).unwrap_or_default(),
            )
            .row(text.s("word-zone"), text.zone(read.now(), place.zone)),
        issues: issues.into_iter().map(|issue| issue_card(issue, &place)).collect(),
        no_issues: Empty::new(text.s("agenda-no-issues")).hint(text.s("agenda-no-issues-hint")),
        coming: cards(&read, &place, text, &coming).await?,
        nothing_coming: Empty::new(text.s("agenda-nothing-coming"))
            .next(text.s("do-join-registry"), format!("/h/{slug}/join")),
        past: cards(&read, &place, text, &past).await?,
        feed_app: webcal(&feed),
        feed,
        history: format!("/history/{hub}"),
        name: place.name.clone(),
        slug,
    };
    Ok(page(&shown))
}

/// Public events that end within a span of instants (microseconds), soonest or latest first.
async fn listed(
    read: &crate::app::Reader,
    hub: &str,
    count: usize,
    latest: bool,
    (after, until): (i64, i64),
) -> Result<Vec<events::EventRow>, Problem> {
    let keyset = if latest { &events::PUBLIC_LATEST } else { &events::PUBLIC };
    // Of a series only the nearest date: the others would fill the page.
    let args = PageArgs { first: Some(LOOKED_AT), ..PageArgs::default() };
    let window = args.window("agenda", keyset, false).map_err(|_bad| Problem::Internal)?;
    let filters = journal::args![after, until, None::<&str>, None::<&str>];
    let rows =
        read.db().all(window.sql(keyset), window.args(hub, filters)).await.map_err(problem)?;
    let mut seen = std::collections::BTreeSet::new();
    let is_first = |row: &events::EventRow| {
        row.series.as_ref().is_none_or(|series| seen.insert(series.clone()))
    };
    Ok(window.page(rows).0.into_iter().filter(is_first).take(count).collect())
}

fn issue_card(issue: issues::IssueRow, place: &Place) -> IssueCard {
    IssueCard {
        href: format!("/h/{}/issues/{}", place.slug, issue.slug),
        title: issue.title,
        statement: opening(&issue.statement),
        endorsements: issue.endorsements,
        evidence: issue.evidence,
    }
}

/// The beginning of a longer text, cut between words.
fn opening(text: &str) -> String {
    const CHARS: usize = 220;
    if text.chars().count() <= CHARS {
        return text.to_owned();
    }
    let cut: String = text.chars().take(CHARS).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole} …")
}

/// A link to the hub, for pages of its things.
pub fn link(place: &Place) -> Link {
    Link::new(&place.name, format!("/h/{}", place.slug))
}
