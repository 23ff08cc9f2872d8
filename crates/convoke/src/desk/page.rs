//! `/r/{token}`: a registration's own page, for whoever holds the link from the letter.
//!
//! GET shows and never changes; every change is a button that posts.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use kernel::HubId;
use web::form::{Form, again, done};
use web::frame::{Frame, page};
use web::part::{Badge, Facts};
use web::problem::Problem;

use super::view::{self, RegistrationRow};
use super::{CancelRegistration, ConfirmOffer, DeclineOffer, LeaveWaitlist};
use crate::calendar_link::page::proof_path;
use crate::event::page::{did, facts};
use crate::event::view::event;
use crate::pages::card::tone;
use crate::site::{Place, Site, Visit, fault_page, place_of, problem};
use crate::text::Text;

/// The routes of this page.
pub fn routes() -> Router<Site> {
    Router::new().route("/r/{token}", get(show).post(change))
}

#[derive(Template)]
#[template(path = "desk/registration.html")]
struct Page {
    frame: Frame,
    t: Text,
    form: Form,
    title: String,
    href: String,
    state: Badge,
    facts: Facts,
    says: String,
    code: String,
    calendars: String,
    command_id: String,
}

async fn find(visit: &Visit, token: &str) -> Result<RegistrationRow, Problem> {
    let id = visit.app.link_target("registration", token).ok_or(Problem::NotFound)?;
    view::registration(visit.app.journal().db(), id)
        .await
        .map_err(problem)?
        .ok_or(Problem::NotFound)
}

async fn show(visit: Visit, Path(token): Path<String>, form: Form) -> Result<Response, Problem> {
    let row = find(&visit, &token).await?;
    let place = home(&visit, &row).await?;
    let visit = visit.at(&place);
    let fresh = form.has("done");
    let mut shown = own_page(&visit, &place, row, Form::default()).await?;
    if fresh {
        shown.frame.notice = Some(did(visit.text(), "registration-done"));
    }
    Ok(page(&shown))
}

async fn home(visit: &Visit, row: &RegistrationRow) -> Result<Place, Problem> {
    let hub = HubId::parse(&row.journal).map_err(|_cause| Problem::NotFound)?;
    place_of(visit, hub).await
}

async fn own_page(
    visit: &Visit,
    place: &Place,
    row: RegistrationRow,
    form: Form,
) -> Result<Page, Problem> {
    let (text, read) = (visit.text(), visit.reader());
    let event = event(read.db(), &row.event).await.map_err(problem)?.ok_or(Problem::NotFound)?;
    let says = match (row.state.as_str(), row.waitlist_order, row.offered_until) {
        ("waiting", Some(order), _) => {
            let before = view::waiting_before(read.db(), &row.journal, &row.event, order)
                .await
                .map_err(problem)?;
            text.n("registration-before-you", before)
        }
        ("offered", _, Some(until)) => text.one(
            "registration-offered",
            "until",
            text.zoned(journal::instant(until), place.zone),
        ),
        (state, _, _) => text.s(format!("registration-{state}")),
    };
    let mut frame = visit.frame(text.s("registration-title"), Some(place)).of_form(&form);
    frame.unlisted = true;
    Ok(Page {
        frame,
        t: text,
        form,
        facts: facts(&event, place, text)
            .row(text.s("word-name"), row.name.clone().unwrap_or_default())
            .row(text.s("event-party"), row.party_size),
        href: format!("/h/{}/events/{}", place.slug, event.id),
        title: event.title,
        state: Badge::new(text.state(&row.state), tone(&row.state)),
        says,
        calendars: proof_path(&visit.app, &row.journal, &row.person),
        code: row.state,
        command_id: visit.command_id(),
    })
}

async fn change(
    visit: Visit,
    Path(token): Path<String>,
    mut form: Form,
) -> Result<Response, Problem> {
    let row = find(&visit, &token).await?;
    let place = home(&visit, &row).await?;
    let visit = visit.at(&place);
    let given = form.clone();
    let mut call = visit.call(&form, &(given.get("do"), &token));
    let (event, registration) = (call.id("event", &row.event), call.id("registration", &row.id));
    let (via_link, hub) = (true, Some(place.id));
    let settled = match given.get("do") {
        "cancel" => call.settle(hub, CancelRegistration { event, registration, via_link }).await,
        "confirm" => call.settle(hub, ConfirmOffer { event, registration, via_link }).await,
        "decline" => call.settle(hub, DeclineOffer { event, registration, via_link }).await,
        "leave" => call.settle(hub, LeaveWaitlist { event, registration, via_link }).await,
        _ => return Err(Problem::BadRequest),
    }
    .map_err(|fault| fault_page(&fault))?;
    if settled.refusals.is_empty() {
        return Ok(done(&format!("/r/{token}?done=1")));
    }
    for refusal in &settled.refusals {
        visit.text().refuse(&mut form, refusal);
    }
    Ok(again(&own_page(&visit, &place, row, form).await?))
}
