//! `/u/{token}`: “no more of these letters”, for whoever holds the link from one.
//!
//! Mail scanners open links, so GET and HEAD only show one button. A mail program's one click
//! (RFC 8058) is a bare POST without a cookie, answered with 200 whatever was known before.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use kernel::{HubId, PersonId};
use web::form::{Form, again};
use web::frame::{Frame, page};
use web::problem::Problem;

use super::LINK;
use super::acts::{ResumeLetters, StopLetters};
use super::decider::{Category, Why};
use super::view;
use crate::app::{App, Viewer};
use crate::site::{Place, Site, Visit, fault_page, place_of, problem};
use crate::text::Text;

/// What a link means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Meant {
    /// The hub that wrote.
    pub(crate) hub: HubId,
    /// To whom.
    pub(crate) person: PersonId,
    /// Which letters.
    pub(crate) category: Category,
}

/// What a link holds behind `/u/`.
pub(crate) fn token(app: &App, hub: &str, person: &str, category: Category) -> String {
    app.link_token(LINK, &format!("{hub}~{person}~{category}"))
}

/// What a link's text means, if it is genuine.
pub(crate) fn meant(app: &App, token: &str) -> Option<Meant> {
    let mut words = app.link_target(LINK, token)?.split('~');
    let (hub, person, category) = (words.next()?, words.next()?, words.next()?);
    Some(Meant {
        hub: HubId::parse(hub).ok()?,
        person: PersonId::parse(person).ok()?,
        category: category.parse().ok()?,
    })
}

/// The routes of this page.
pub fn routes() -> Router<Site> {
    Router::new().route("/u/{token}", get(show).post(change))
}

#[derive(Template)]
#[template(path = "reach/letters.html")]
struct Page {
    frame: Frame,
    t: Text,
    form: Form,
    lead: String,
    is_stopped: bool,
    command_id: String,
}

async fn show(visit: Visit, Path(token): Path<String>) -> Result<Response, Problem> {
    let (meant, place) = find(&visit, &token).await?;
    let visit = visit.at(&place);
    Ok(page(&shown(&visit, &place, meant, Form::default()).await?))
}

async fn find(visit: &Visit, token: &str) -> Result<(Meant, Place), Problem> {
    let meant = meant(&visit.app, token).ok_or(Problem::NotFound)?;
    let place = place_of(visit, meant.hub).await?;
    Ok((meant, place))
}

async fn shown(visit: &Visit, place: &Place, meant: Meant, form: Form) -> Result<Page, Problem> {
    let text = visit.text();
    let (hub, person) = (meant.hub.to_string(), meant.person.to_string());
    let db = visit.app.journal().db();
    let category = Some(meant.category);
    let stopped = view::stopped(db, &hub, &person, category, visit.app.now()).await;
    let is_stopped = stopped.map_err(problem)?.is_some();
    let what = text.s(format!("reach-{}", meant.category));
    let values = [("hub", place.name.as_str().into()), ("what", what.into())];
    let lead = text.t(if is_stopped { "reach-stopped" } else { "reach-lead" }, &values);
    let mut frame = visit.frame(text.s("reach-title"), Some(place)).of_form(&form);
    frame.unlisted = true;
    Ok(Page { frame, t: text, form, lead, is_stopped, command_id: visit.command_id() })
}

async fn change(
    visit: Visit,
    Path(token): Path<String>,
    mut form: Form,
) -> Result<Response, Problem> {
    let (meant, place) = find(&visit, &token).await?;
    let mut visit = visit.at(&place);
    let Meant { hub, person, category } = meant;
    // The link is the proof of who she is; it lets her say this and nothing else.
    visit.viewer = Viewer { person: Some(person), ..Viewer::visitor(visit.viewer.locale) };
    let is_one_click = form.get("List-Unsubscribe") == "One-Click";
    let call = visit.call(&form, &(form.has("again"), &token));
    let settled = if form.has("again") && !is_one_click {
        call.settle(Some(hub), ResumeLetters { person, category }).await
    } else {
        let act = StopLetters { person, category, why: Why::Asked, until: None };
        call.settle(Some(hub), act).await
    };
    let settled = settled.map_err(|fault| fault_page(&fault))?;
    if is_one_click {
        return Ok(().into_response());
    }
    if settled.refusals.is_empty() {
        return Ok(page(&shown(&visit, &place, meant, Form::default()).await?));
    }
    for refusal in &settled.refusals {
        visit.text().refuse(&mut form, refusal);
    }
    Ok(again(&shown(&visit, &place, meant, form).await?))
}
