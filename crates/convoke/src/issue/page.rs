//! An issue's page: what is the matter, what proves it, who stands behind it, what happens next.

use std::collections::HashMap;

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use web::form::Form;
use web::frame::{Frame, page};
use web::part::{Badge, Empty, Facts};
use web::problem::Problem;

use super::view::{self, EvidenceRow, IssueRow};
use crate::app::Reader;
use crate::app::relay::PageArgs;
use crate::event::page::did;
use crate::event::view as events;
use crate::pages::card::{Card, cards, tone};
use crate::pages::subscribe::webcal;
use crate::site::{Place, Site, Visit, place, problem};
use crate::stakeholder::view::stakeholders_by_id;
use crate::text::Text;

/// Stakeholders named on the page.
const NAMED_MAX: i64 = 50;

/// The routes of this page.
pub fn routes() -> Router<Site> {
    Router::new().route("/h/{hub}/issues/{slug}", get(issue))
}

struct Supporter {
    name: String,
    kind: String,
}

#[derive(Template)]
#[template(path = "issue/issue.html")]
struct Page {
    frame: Frame,
    t: Text,
    title: String,
    statement: String,
    state: Badge,
    facts: Facts,
    evidence: Vec<EvidenceRow>,
    no_evidence: Empty,
    supporters: Vec<Supporter>,
    no_supporters: Empty,
    coming: Vec<Card>,
    nothing_coming: Empty,
    feed: String,
    feed_app: String,
    calendars: String,
    history: String,
    form: Form,
    /// Where the form goes; empty when there is nothing to follow.
    follow: String,
    command_id: String,
}

async fn issue(
    visit: Visit,
    Path((hub, slug)): Path<(String, String)>,
    query: Form,
) -> Result<Response, Problem> {
    let place = place(&visit, &hub).await?;
    let visit = visit.at(&place);
    let read = visit.reader_for(place.id).await?;
    let journal = place.id.to_string();
    let row = view::issue_by_slug(read.db(), &journal, &slug).await.map_err(problem)?;
    let Some(row) = row.filter(|row| is_shown(row, &visit, &place)) else {
        return Err(Problem::NotFound);
    };
    if let Some(into) = &row.merged_into {
        let other =
            view::issue(read.db(), into).await.map_err(problem)?.ok_or(Problem::NotFound)?;
        return Ok(Redirect::permanent(&format!("/h/{hub}/issues/{}", other.slug)).into_response());
    }
    let text = visit.text();
    let ids = [row.id.clone()];
    let evidence = view::evidence_of(read.db(), &ids).await.map_err(problem)?;
    let coming = on_this(&read, &journal, &row.id).await?;
    let mut frame = visit.frame(&row.title, Some(&place));
    frame.description = row.statement.chars().take(160).collect();
    frame.trail = vec![crate::hub::page::link(&place)];
    visit.mark_past(&mut frame, &read, place.zone);
    if query.has("asked") {
        frame.notice = Some(did(text, "follow-asked"));
    }
    let is_open = row.stage == "active" && read.past().is_none();
    let goals: Vec<String> = row.sdgs().iter().map(ToString::to_string).collect();
    let feed = format!("{}/feeds/hub/{hub}/issue/{slug}.ics", visit.app.settings().public_url);
    let shown = Page {
        frame,
        t: text,
        state: Badge::new(text.state(&row.stage), tone(&row.stage)),
        facts: Facts::new()
            .row(text.s("word-region"), row.region.clone().unwrap_or_default())
            .row(text.s("issue-sdgs"), goals.join(", "))
            .row(text.s("word-urgency"), text.s(format!("urgency-{}", row.urgency))),
        evidence: evidence.into_iter().filter(|piece| piece.retracted_at.is_none()).collect(),
        no_evidence: Empty::new(text.s("issue-no-evidence")).hint(text.s("issue-no-evidence-hint")),
        supporters: supporters(&read, &journal, &row.id, text).await?,
        no_supporters: Empty::new(text.s("issue-no-supporters"))
            .next(text.s("do-join-registry"), format!("/h/{hub}/join")),
        coming: cards(&read, &place, text, &coming).await?,
        nothing_coming: Empty::new(text.s("issue-nothing-coming"))
            .next(text.s("agenda-all-events"), format!("/h/{hub}/events")),
        feed_app: webcal(&feed),
        feed,
        calendars: format!("/h/{hub}/calendar"),
        history: format!("/history/{}", row.id),
        form: Form::default(),
        follow: if is_open { format!("/h/{hub}/issues/{slug}/follow") } else { String::new() },
        command_id: visit.command_id(),
        title: row.title,
        statement: row.statement,
    };
    Ok(page(&shown))
}

/// Issues on or off the agenda are public; proposals are for those who work on them.
fn is_shown(row: &IssueRow, visit: &Visit, place: &Place) -> bool {
    matches!(row.stage.as_str(), "active" | "dormant" | "closed" | "merged")
        || visit.viewer.is_any(place.id, &[kernel::Role::Member])
}

async fn on_this(read: &Reader, hub: &str, issue: &str) -> Result<Vec<events::EventRow>, Problem> {
    let args = PageArgs { first: Some(12), ..PageArgs::default() };
    let window =
        args.window("issue", &events::PUBLIC_LATEST, false).map_err(|_bad| Problem::Internal)?;
    let filters = journal::args![i64::MIN, i64::MAX, issue, None::<&str>];
    let rows = read
        .db()
        .all(window.sql(&events::PUBLIC_LATEST), window.args(hub, filters))
        .await
        .map_err(problem)?;
    Ok(window.page(rows).0)
}

async fn supporters(
    read: &Reader,
    hub: &str,
    issue: &str,
    text: Text,
) -> Result<Vec<Supporter>, Problem> {
    let rows = view::endorsements(read.db(), hub, issue, (i64::MIN, ""), NAMED_MAX)
        .await
        .map_err(problem)?;
    let ids: Vec<String> = rows.iter().map(|row| row.stakeholder.clone()).collect();
    let known: HashMap<String, _> = stakeholders_by_id(read.db(), &ids)
        .await
        .map_err(problem)?
        .into_iter()
        .map(|row| (row.id.clone(), row))
        .collect();
    Ok(ids
        .iter()
        .filter_map(|id| known.get(id))
        .map(|row| Supporter {
            name: row.name.clone().unwrap_or_else(|| text.s("state-erased")),
            kind: text.kind(&row.kind),
        })
        .collect())
}
