//! `/a/{token}`: “this answer is mine”, for whoever got the letter about an answer whose author
//! nothing vouches for.
//!
//! GET shows one button and changes nothing, because mail scanners follow links; the link proves
//! who she is in whatever browser it is opened, works once, and for a week.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use http::StatusCode;
use kernel::{HubId, PersonId, Personal};
use web::form::{Form, again};
use web::frame::{Frame, Link, page};
use web::part::Facts;
use web::problem::Problem;

use super::held::ConfirmHeldAnswer;
use super::view::{self, HeldRow};
use crate::app::{App, Viewer};
use crate::event::page::{did, facts};
use crate::event::view::{EventRow, event};
use crate::invitation::{Answer, AnswerInvitation, Via};
use crate::site::{Place, Site, Visit, fault_page, place_of, problem};
use crate::stakeholder::view::stakeholder;
use crate::text::Text;

/// Keeps this kind of link apart from all others.
const LINK: &str = "held-answer";

/// What a link holds behind `/a/`.
pub(crate) fn token(app: &App, guest: &str, held: i64) -> String {
    app.link_token(LINK, &format!("{guest}~{held}"))
}

/// The routes of this page.
pub fn routes() -> Router<Site> {
    Router::new().route("/a/{token}", get(show).post(confirm))
}

#[derive(Template)]
#[template(path = "asking/unproved.html")]
struct Page {
    frame: Frame,
    t: Text,
    form: Form,
    title: String,
    /// What there is to say.
    says: Vec<String>,
    facts: Facts,
    /// What the button says; none when there is nothing to confirm.
    button: String,
    command_id: String,
    event: Link,
}

/// What a link leads to: the answer while it waits, and its event.
struct Found {
    row: Option<HeldRow>,
    guest: String,
    held: u32,
    event: EventRow,
    place: Place,
}

async fn find(visit: &Visit, token: &str) -> Result<Found, Problem> {
    let meant = visit.app.link_target(LINK, token).and_then(|text| text.split_once('~'));
    let (guest, held) = meant.ok_or(Problem::NotFound)?;
    let held: u32 = held.parse().map_err(|_not_a_number| Problem::NotFound)?;
    let db = visit.app.journal().db();
    let asked = crate::inbound::view::asked(db, guest).await.map_err(problem)?;
    let asked = asked.ok_or(Problem::NotFound)?;
    let hub = HubId::parse(&asked.journal).map_err(|_cause| Problem::NotFound)?;
    let place = place_of(visit, hub).await?;
    let event = event(db, &asked.event).await.map_err(problem)?.ok_or(Problem::NotFound)?;
    let rows = view::held_of(db, &[guest.to_owned()]).await.map_err(problem)?;
    let now = journal::micros(visit.app.now());
    let row = rows.into_iter().find(|row| row.held == i64::from(held) && row.until > now);
    Ok(Found { row, guest: guest.to_owned(), held, event, place })
}

async fn show(visit: Visit, Path(token): Path<String>) -> Result<Response, Problem> {
    let found = find(&visit, &token).await?;
    let visit = visit.at(&found.place);
    let is_gone = found.row.is_none();
    let mut response = page(&own_page(&visit, &found, Form::default()));
    if is_gone && response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::GONE;
    }
    Ok(response)
}

fn own_page(visit: &Visit, found: &Found, form: Form) -> Page {
    let text = visit.text();
    let mut frame = visit.frame(text.s("unproved-title"), Some(&found.place)).of_form(&form);
    frame.unlisted = true;
    let says = match &found.row {
        Some(row) => vec![
            text.one("unproved-lead", "answer", text.state(&row.answer)),
            text.s("unproved-not-you"),
        ],
        None => vec![text.s("unproved-gone")],
    };
    let button = found.row.as_ref().map(|_row| text.s("unproved-do"));
    Page {
        frame,
        t: text,
        form,
        says,
        facts: facts(&found.event, &found.place, text),
        button: button.unwrap_or_default(),
        command_id: visit.command_id(),
        event: Link::new(
            text.s("invitation-event"),
            format!("/h/{}/events/{}", found.place.slug, found.event.id),
        ),
        title: found.event.title.clone(),
    }
}

async fn confirm(
    visit: Visit,
    Path(token): Path<String>,
    mut form: Form,
) -> Result<Response, Problem> {
    let found = find(&visit, &token).await?;
    let mut visit = visit.at(&found.place);
    let person = match &found.row {
        Some(row) => PersonId::parse(&row.person).ok(),
        None => None,
    };
    // The link is the proof of who she is; it lets her say this and nothing else.
    visit.viewer = Viewer { person, ..Viewer::visitor(visit.viewer.locale) };
    let answering = match (&found.row, person) {
        (Some(row), Some(person)) => answering(&visit, row, person).await?,
        _ => None,
    };
    let act = ConfirmHeldAnswer { guest: found.guest.clone(), held: found.held, answering };
    let call = visit.call(&form, &("held answer", &token));
    let settled =
        call.settle(Some(found.place.id), act).await.map_err(|fault| fault_page(&fault))?;
    if settled.refusals.is_empty() {
        let mut shown = own_page(&visit, &Found { row: None, ..found }, Form::default());
        shown.says.clear();
        shown.frame.notice = Some(did(visit.text(), "unproved-done"));
        return Ok(page(&shown));
    }
    for refusal in &settled.refusals {
        visit.text().refuse(&mut form, refusal);
    }
    Ok(again(&own_page(&visit, &found, form)))
}

/// What the answer means for somebody who was invited; `None` for who registered by herself.
async fn answering(
    visit: &Visit,
    row: &HeldRow,
    person: PersonId,
) -> Result<Option<AnswerInvitation>, Problem> {
    let Some(id) = &row.stakeholder else { return Ok(None) };
    let who = stakeholder(visit.app.journal().db(), id).await.map_err(problem)?;
    let who = who.ok_or(Problem::NotFound)?;
    let (Ok(event), Ok(stakeholder)) = (row.event.parse(), id.parse()) else {
        return Err(Problem::NotFound);
    };
    Ok(Some(AnswerInvitation {
        event,
        stakeholder,
        person,
        answer: row.answer.parse().unwrap_or(Answer::Tentative),
        registration: visit.app.id(),
        // She has just said it, to the event as she sees it.
        via: Via::Link,
        sequence: None,
        stamped_at: None,
        stop: false,
        name: Personal { of: person, value: who.name },
        email: Personal { of: person, value: who.email },
        locale: who.locale,
        party_size: 1,
    }))
}
