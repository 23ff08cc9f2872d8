//! `GET /history/{id}`: how a thing came to be, straight from the journal.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use kernel::{HubId, prefix_of};
use web::form::Form;
use web::frame::{Frame, Link, page};
use web::part::{Empty, Moment, Pagination, Timeline, Tone};
use web::problem::Problem;

use crate::app::entry::{self, JournalEntry};
use crate::site::{Place, Site, Visit, problem};
use crate::text::Text;

/// Entries on one page.
const ENTRIES_MAX: i64 = 50;

/// The one route.
pub(crate) fn routes() -> Router<Site> {
    Router::new().route("/history/{id}", get(history))
}

#[derive(Template)]
#[template(path = "pages/history.html")]
struct History {
    frame: Frame,
    t: Text,
    empty: bool,
    nothing: Empty,
    timeline: Timeline,
    pages: Pagination,
}

/// What everybody may follow; registrations and invitations are between a person and the hub.
fn is_public(id: &str) -> bool {
    matches!(
        prefix_of(id),
        Some("hub" | "issue" | "event" | "hackathon" | "team" | "idea" | "stakeholder")
    )
}

async fn history(visit: Visit, Path(id): Path<String>) -> Result<Response, Problem> {
    let hub = visit.app.hub_of(&id).await.map_err(problem)?.ok_or(Problem::NotFound)?;
    if !is_public(&id) && !visit.viewer.is_staff(hub) {
        return Err(Problem::NotFound);
    }
    let place = crate::site::place_of(&visit, hub).await?;
    let visit = visit.at(&place);
    let before = Form::from_query(visit.uri()).some("before").and_then(|text| text.parse().ok());
    let facts = entries(&visit, hub, &id, before).await?;
    let text = visit.text();
    let older = facts
        .last()
        .filter(|_| i64::try_from(facts.len()).is_ok_and(|count| count == ENTRIES_MAX))
        .map(|entry| {
            Link::new(
                text.s("history-older"),
                format!("/history/{id}?before={}", entry.fact().position),
            )
        });
    let newer = before.map(|_| Link::new(text.s("history-newest"), format!("/history/{id}")));
    let shown = History {
        frame: visit.frame(text.s("nav-history"), Some(&place)),
        t: text,
        empty: facts.is_empty(),
        nothing: Empty::new(text.s("history-empty"))
            .next(&place.name, format!("/h/{}", place.slug)),
        pages: Pagination::new(text.s("nav-history"), newer, "", older),
        timeline: Timeline::new(facts.iter().map(|entry| moment(entry, &place, text))),
    };
    Ok(page(&shown))
}

async fn entries(
    visit: &Visit,
    hub: HubId,
    id: &str,
    before: Option<i64>,
) -> Result<Vec<JournalEntry>, Problem> {
    let rows = (before, ENTRIES_MAX);
    let facts = entry::facts(&visit.app, &visit.viewer, hub, Some(id), rows).await;
    let facts = facts.map_err(problem)?;
    Ok(facts.into_iter().map(|fact| JournalEntry::new(visit.viewer.locale, fact)).collect())
}

fn moment(entry: &JournalEntry, place: &Place, text: Text) -> Moment {
    let fact = entry.fact();
    Moment {
        at: fact.recorded_at.to_rfc3339(),
        when: text.zoned(fact.recorded_at, place.zone),
        text: entry.sentence(),
        detail: text.one("history-position", "position", fact.position),
        by: String::new(),
        tone: Tone::Plain,
    }
}
