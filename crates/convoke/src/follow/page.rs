//! `/follow/{token}`: yes, I want the weekly mail; or, I want it no more. And the form on an
//! issue's page that asks for it.
//!
//! GET changes nothing, because mail scanners open links.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use kernel::{HubId, PersonId};
use web::form::{Form, again, done};
use web::frame::{Frame, Link, page};
use web::problem::Problem;

use super::acts::{ConfirmFollow, UnfollowIssue};
use super::mutations::Wish;
use super::view;
use crate::app::{App, Viewer};
use crate::issue::IssueId;
use crate::issue::view::{IssueRow, issue, issue_by_slug};
use crate::site::{Place, Site, Visit, fault_page, place, place_of, problem};
use crate::text::Text;

/// Keeps this kind of link apart from all others.
const LINK: &str = "follow";

/// What a link holds behind `/follow/`.
pub(crate) fn token(app: &App, hub: &str, issue: &str, person: &str) -> String {
    app.link_token(LINK, &format!("{hub}~{issue}~{person}"))
}

/// What a link is about, if it is genuine.
pub(crate) fn meant(app: &App, token: &str) -> Option<(HubId, IssueId, PersonId)> {
    let mut words = app.link_target(LINK, token)?.split('~');
    let (hub, issue, person) = (words.next()?, words.next()?, words.next()?);
    Some((HubId::parse(hub).ok()?, IssueId::parse(issue).ok()?, PersonId::parse(person).ok()?))
}

/// The routes of this page.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/follow/{token}", get(show).post(change))
        .route("/h/{hub}/issues/{slug}/follow", post(ask).get(back))
}

#[derive(Template)]
#[template(path = "follow/follow.html")]
struct Page {
    frame: Frame,
    t: Text,
    form: Form,
    says: String,
    /// What the button does; none when there is nothing to do.
    button: String,
    stops: bool,
    command_id: String,
    next: Link,
}

struct Found {
    place: Place,
    issue: IssueRow,
    person: PersonId,
    /// Whether she follows it; `None` when she was never asked, or has left.
    follows: Option<bool>,
}

async fn find(visit: &Visit, token: &str) -> Result<Found, Problem> {
    let (hub, id, person) = meant(&visit.app, token).ok_or(Problem::NotFound)?;
    let place = place_of(visit, hub).await?;
    let db = visit.app.journal().db();
    let issue = issue(db, &id.to_string()).await.map_err(problem)?.ok_or(Problem::NotFound)?;
    let row = view::follower(db, &hub.to_string(), &person.to_string(), &issue.id).await;
    let follows = row.map_err(problem)?.map(|row| row.since.is_some());
    Ok(Found { place, issue, person, follows })
}

async fn show(visit: Visit, Path(token): Path<String>) -> Result<Response, Problem> {
    let found = find(&visit, &token).await?;
    let visit = visit.at(&found.place);
    Ok(page(&shown(&visit, &found, Form::default())))
}

fn shown(visit: &Visit, found: &Found, form: Form) -> Page {
    let text = visit.text();
    let mut frame = visit.frame(text.s("follow-title"), Some(&found.place)).of_form(&form);
    frame.unlisted = true;
    let (says, button) = match found.follows {
        Some(true) => ("follow-follows", text.s("follow-stop")),
        Some(false) => ("follow-asks", text.s("follow-confirm-do")),
        None => ("follow-gone", String::new()),
    };
    Page {
        says: text.one(says, "title", &found.issue.title),
        button,
        stops: found.follows == Some(true),
        command_id: visit.command_id(),
        next: Link::new(
            text.s("letter-page-do"),
            format!("/h/{}/issues/{}", found.place.slug, found.issue.slug),
        ),
        frame,
        t: text,
        form,
    }
}

async fn change(
    visit: Visit,
    Path(token): Path<String>,
    mut form: Form,
) -> Result<Response, Problem> {
    let found = find(&visit, &token).await?;
    let mut visit = visit.at(&found.place);
    let (person, hub) = (found.person, Some(found.place.id));
    let issue = IssueId::parse(&found.issue.id).map_err(|_bad| Problem::NotFound)?;
    // The link is the proof of who she is; it lets her say this and nothing else.
    visit.viewer = Viewer { person: Some(person), ..Viewer::visitor(visit.viewer.locale) };
    let call = visit.call(&form, &(form.has("stop"), &token));
    let settled = if form.has("stop") {
        call.settle(hub, UnfollowIssue { issue, person }).await
    } else {
        call.settle(hub, ConfirmFollow { issue, person }).await
    };
    let settled = settled.map_err(|fault| fault_page(&fault))?;
    if settled.refusals.is_empty() {
        return Ok(done(&format!("/follow/{token}")));
    }
    for refusal in &settled.refusals {
        visit.text().refuse(&mut form, refusal);
    }
    Ok(again(&shown(&visit, &found, form)))
}

/// Whoever reloads the page after a refused form comes back to the issue.
async fn back(Path((hub, slug)): Path<(String, String)>) -> Response {
    Redirect::to(&format!("/h/{hub}/issues/{slug}")).into_response()
}

#[derive(Template)]
#[template(path = "follow/ask.html")]
struct AskPage {
    frame: Frame,
    t: Text,
    form: Form,
    title: String,
    command_id: String,
}

async fn ask(
    visit: Visit,
    Path((hub, slug)): Path<(String, String)>,
    mut form: Form,
) -> Result<Response, Problem> {
    let place = place(&visit, &hub).await?;
    let visit = visit.at(&place);
    let db = visit.app.journal().db();
    let row = issue_by_slug(db, &place.id.to_string(), &slug).await.map_err(problem)?;
    let row = row.ok_or(Problem::NotFound)?;
    let issue = IssueId::parse(&row.id).map_err(|_bad| Problem::NotFound)?;
    let email = form.get("email").to_owned();
    let locale = visit.viewer.locale.code();
    let wish = Wish { issue, email: &email, locale: Some(locale), zone: None };
    let call = visit.call(&form, &(&email, &row.id));
    let (call, act) = wish.read(call, place.id).await.map_err(|_fault| Problem::Internal)?;
    let settled = call.settle(Some(place.id), act).await.map_err(|fault| fault_page(&fault))?;
    if settled.refusals.is_empty() {
        return Ok(done(&format!("/h/{hub}/issues/{slug}?asked=1")));
    }
    let text = visit.text();
    for refusal in &settled.refusals {
        text.refuse(&mut form, refusal);
    }
    let mut frame = visit.frame(text.s("follow-title"), Some(&place)).of_form(&form);
    frame.trail = vec![Link::new(&row.title, format!("/h/{hub}/issues/{slug}"))];
    let command_id = visit.command_id();
    Ok(again(&AskPage { frame, t: text, form, title: row.title, command_id }))
}
