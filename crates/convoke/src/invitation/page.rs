//! `/i/{token}`: an invitation, for whoever holds the link from the letter.
//!
//! Mail scanners open links, so GET only shows; the answer is a button that posts.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use kernel::{HubId, PersonId, Personal};
use web::form::{Form, again, done};
use web::frame::{Frame, page};
use web::part::{Badge, Facts};
use web::problem::Problem;

use super::view::{self, InvitationRow};
use super::{Answer, AnswerInvitation, Via};
use crate::calendar_link::page::proof_path;
use crate::event::page::{did, facts};
use crate::event::view::event;
use crate::pages::card::tone;
use crate::site::{Place, Site, Visit, fault_page, place_of, problem};
use crate::stakeholder::view::{StakeholderRow, stakeholder};
use crate::text::Text;

/// The routes of this page.
pub fn routes() -> Router<Site> {
    Router::new().route("/i/{token}", get(show).post(answer))
}

#[derive(Template)]
#[template(path = "invitation/invitation.html")]
struct Page {
    frame: Frame,
    t: Text,
    form: Form,
    title: String,
    purpose: String,
    href: String,
    name: String,
    reason: String,
    state: Badge,
    is_open: bool,
    facts: Facts,
    calendars: String,
    command_id: String,
}

async fn find(
    visit: &Visit,
    token: &str,
) -> Result<(InvitationRow, Place, StakeholderRow), Problem> {
    let id = visit.app.link_target("invitation", token).ok_or(Problem::NotFound)?;
    let db = visit.app.journal().db();
    let row = view::invitation(db, id).await.map_err(problem)?.ok_or(Problem::NotFound)?;
    let hub = HubId::parse(&row.journal).map_err(|_cause| Problem::NotFound)?;
    let place = place_of(visit, hub).await?;
    let who = stakeholder(db, &row.stakeholder).await.map_err(problem)?.ok_or(Problem::NotFound)?;
    Ok((row, place, who))
}

async fn show(visit: Visit, Path(token): Path<String>, form: Form) -> Result<Response, Problem> {
    let (row, place, who) = find(&visit, &token).await?;
    let visit = visit.at(&place);
    let answered = form.has("done");
    let mut shown = own_page(&visit, &place, row, who, Form::default()).await?;
    if answered {
        shown.frame.notice = Some(did(visit.text(), "invitation-done"));
    }
    Ok(page(&shown))
}

async fn own_page(
    visit: &Visit,
    place: &Place,
    row: InvitationRow,
    who: StakeholderRow,
    form: Form,
) -> Result<Page, Problem> {
    let text = visit.text();
    let event = event(visit.app.journal().db(), &row.event)
        .await
        .map_err(problem)?
        .ok_or(Problem::NotFound)?;
    let mut frame = visit.frame(text.s("invitation-title"), Some(place)).of_form(&form);
    frame.unlisted = true;
    let open = !matches!(row.state.as_str(), "revoked" | "expired") && event.status != "cancelled";
    Ok(Page {
        frame,
        t: text,
        form,
        facts: facts(&event, place, text),
        href: format!("/h/{}/events/{}", place.slug, event.id),
        title: event.title,
        purpose: event.purpose.unwrap_or_default(),
        name: who.name.unwrap_or_default(),
        reason: row.reason.unwrap_or_default(),
        state: Badge::new(text.state(&row.state), tone(&row.state)),
        is_open: open,
        calendars: proof_path(&visit.app, &row.journal, &row.person),
        command_id: visit.command_id(),
    })
}

async fn answer(
    visit: Visit,
    Path(token): Path<String>,
    mut form: Form,
) -> Result<Response, Problem> {
    let (row, place, who) = find(&visit, &token).await?;
    let visit = visit.at(&place);
    let given = match form.get("answer") {
        "accepted" => Answer::Accepted,
        "tentative" => Answer::Tentative,
        "declined" => Answer::Declined,
        _ => return Err(Problem::BadRequest),
    };
    let stop = form.has("stop");
    let mut call = visit.call(&form, &(form.get("answer"), stop, &token));
    let person = PersonId::parse(&row.person).map_err(|_cause| Problem::NotFound)?;
    let act = AnswerInvitation {
        event: call.id("event", &row.event),
        stakeholder: call.id("stakeholder", &row.stakeholder),
        person,
        answer: given,
        registration: visit.app.id(),
        via: Via::Link,
        sequence: None,
        stamped_at: None,
        stop,
        name: Personal::new(person, who.name.clone().unwrap_or_default()),
        email: Personal::new(person, who.email.clone().unwrap_or_default()),
        locale: who.locale.clone(),
        party_size: 1,
    };
    let settled = call.settle(Some(place.id), act).await.map_err(|fault| fault_page(&fault))?;
    if settled.refusals.is_empty() {
        return Ok(done(&format!("/i/{token}?done=1")));
    }
    for refusal in &settled.refusals {
        visit.text().refuse(&mut form, refusal);
    }
    Ok(again(&own_page(&visit, &place, row, who, form).await?))
}
