//! `/h/{hub}/events/{event}/answers`: what came back from guests' calendars, for the hub's staff:
//! other times, people who would come uninvited, and each mail with what was decided and why.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use journal::instant;
use kernel::{Role, Zone};
use web::form::{Form, again, done};
use web::frame::{Frame, Link, page};
use web::problem::Problem;

use super::attendance::DeclineAttendance;
use super::mutations::{Wanted, leave, take, whom};
use super::view::{self, AttendanceRow, ProposalRow};
use crate::app::Reader;
use crate::app::reply::Settled;
use crate::desk::view::registrations_by_id;
use crate::event::page::did;
use crate::event::view::{EventRow, event};
use crate::inbound;
use crate::site::{Place, Site, Visit, fault_page, place, problem};
use crate::stakeholder::{self, view::stakeholders_by_id};
use crate::text::Text;

/// The routes of this page.
pub fn routes() -> Router<Site> {
    Router::new().route("/h/{hub}/events/{event}/answers", get(show).post(decide))
}

/// Another time, as the page shows it.
struct Proposed {
    guest: String,
    number: i64,
    who: String,
    when: String,
    answer: String,
    comment: String,
    command_id: String,
    other_id: String,
}

/// Somebody who would come.
struct Requested {
    person: String,
    email: String,
    name: String,
    how: String,
    comment: String,
    command_id: String,
    other_id: String,
}

/// A mail that came in.
struct Came {
    who: String,
    verdict: String,
    why: String,
    answer: String,
    comment: String,
    when: String,
    door: String,
}

#[derive(Template)]
#[template(path = "asking/answers.html")]
struct Page {
    frame: Frame,
    t: Text,
    form: Form,
    event: Link,
    when: String,
    /// Whether she who looks may move the event.
    may_decide: bool,
    proposals: Vec<Proposed>,
    requests: Vec<Requested>,
    decisions: Vec<Came>,
}

async fn find(visit: &Visit, place: &Place, id: &str) -> Result<(Reader, EventRow), Problem> {
    if !visit.viewer.is_staff(place.id) {
        let signed_in = visit.viewer.is_signed_in();
        return Err(if signed_in { Problem::Forbidden } else { Problem::SignIn });
    }
    let read = visit.reader();
    let row = event(read.db(), id).await.map_err(problem)?;
    let row = row.filter(|row| row.journal == place.id.to_string());
    Ok((read, row.ok_or(Problem::NotFound)?))
}

async fn show(
    visit: Visit,
    Path((hub, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let place = place(&visit, &hub).await?;
    let visit = visit.at(&place);
    let (read, row) = find(&visit, &place, &id).await?;
    let is_done = form.has("done");
    let mut shown = answers(&visit, &place, &read, &row, Form::default()).await?;
    if is_done {
        shown.frame.notice = Some(did(visit.text(), "answers-done"));
    }
    Ok(page(&shown))
}

async fn answers(
    visit: &Visit,
    place: &Place,
    read: &Reader,
    row: &EventRow,
    form: Form,
) -> Result<Page, Problem> {
    let text = visit.text();
    let zone = row.zone.as_deref().and_then(Zone::parse).unwrap_or(place.zone);
    let (proposals, requests) = view::open_of(read.db(), &row.id).await.map_err(problem)?;
    let names = names(read, &proposals).await?;
    let href = format!("/h/{}/events/{}", place.slug, row.id);
    let mut frame = visit.frame(text.s("answers-title"), Some(place)).of_form(&form);
    frame.unlisted = true;
    frame.trail = vec![crate::hub::page::link(place), Link::new(&row.title, &href)];
    let span = |from, until| text.span(instant(from), instant(until), zone);
    let came = inbound::graphql::recent(read, &row.journal, &row.id).await;
    let came = came.map_err(problem)?;
    let proposed = |asks: ProposalRow| Proposed {
        who: names
            .iter()
            .find(|(id, _)| *id == asks.guest)
            .map(|(_, name)| name.clone())
            .unwrap_or_default(),
        when: span(asks.starts_at, asks.ends_at),
        answer: asks.answer.map(|answer| text.state(answer)).unwrap_or_default(),
        comment: asks.comment.unwrap_or_default(),
        number: asks.proposal,
        guest: asks.guest,
        command_id: visit.command_id(),
        other_id: visit.command_id(),
    };
    let requested = |asks: AttendanceRow| Requested {
        how: text.s(if asks.delegated { "answers-delegated" } else { "answers-handed-on" }),
        person: asks.person,
        email: asks.email.unwrap_or_default(),
        name: asks.name.unwrap_or_default(),
        comment: asks.comment.unwrap_or_default(),
        command_id: visit.command_id(),
        other_id: visit.command_id(),
    };
    Ok(Page {
        frame,
        t: text,
        form,
        when: match (row.starts_at, row.ends_at) {
            (Some(from), Some(until)) => span(from, until),
            _ => text.s("event-no-date"),
        },
        event: Link::new(&row.title, href),
        may_decide: visit.viewer.is_any(place.id, &[Role::Curator]),
        proposals: proposals.into_iter().map(proposed).collect(),
        requests: requests.into_iter().map(requested).collect(),
        decisions: came.into_iter().map(|(who, mail)| decision(text, zone, who, mail)).collect(),
    })
}

fn decision(text: Text, zone: Zone, who: String, mail: inbound::graphql::InboundMail) -> Came {
    let reason = mail.reason.map(|reason| text.s(format!("reason-{reason}")));
    Came {
        verdict: mail
            .verdict
            .map(|verdict| text.s(format!("verdict-{verdict}")))
            .unwrap_or_default(),
        why: reason.or(mail.code).unwrap_or_default(),
        answer: mail
            .answer
            .map(|answer| text.state(crate::invitation::Answer::from(answer)))
            .unwrap_or_default(),
        comment: mail.comment.unwrap_or_default(),
        when: text.zoned(mail.received_at, zone),
        door: mail.door,
        who,
    }
}

/// What the guests of these proposals are called, by invitation or registration.
async fn names(read: &Reader, proposals: &[ProposalRow]) -> Result<Vec<(String, String)>, Problem> {
    let stakeholders: Vec<String> =
        proposals.iter().filter_map(|row| row.stakeholder.clone()).collect();
    let known = stakeholders_by_id(read.db(), &stakeholders).await.map_err(problem)?;
    let guests: Vec<String> = proposals.iter().map(|row| row.guest.clone()).collect();
    let registered = registrations_by_id(read.db(), &guests).await.map_err(problem)?;
    let invited = proposals.iter().filter_map(|row| {
        let entry = known.iter().find(|entry| Some(&entry.id) == row.stakeholder.as_ref())?;
        Some((row.guest.clone(), entry.name.clone()?))
    });
    let registered = registered.into_iter().filter_map(|row| Some((row.id, row.name?)));
    Ok(invited.chain(registered).collect())
}

async fn decide(
    visit: Visit,
    Path((hub, id)): Path<(String, String)>,
    mut form: Form,
) -> Result<Response, Problem> {
    let place = place(&visit, &hub).await?;
    let visit = visit.at(&place);
    let (read, row) = find(&visit, &place, &id).await?;
    let settled = given(&visit, &id, &form).await?;
    if settled.refusals.is_empty() {
        return Ok(done(&format!("/h/{hub}/events/{id}/answers?done=1")));
    }
    for refusal in &settled.refusals {
        visit.text().refuse(&mut form, refusal);
    }
    Ok(again(&answers(&visit, &place, &read, &row, form).await?))
}

/// Gives the command whose button was pressed.
async fn given(visit: &Visit, event: &str, form: &Form) -> Result<Settled, Problem> {
    let broken = |fault: async_graphql::Error| {
        tracing::error!(fault = fault.message, "a page could not be answered");
        Problem::Internal
    };
    let asked = [form.get("do"), form.get("guest"), form.get("number"), form.get("person")];
    let mut call = visit.call(form, &(event, asked, form.get("why"), form.get("name")));
    let number = form.get("number").parse().unwrap_or_default();
    let settled = match form.get("do") {
        "take" => {
            let (hub, act) = take(&mut call, form.get("guest"), number).await.map_err(broken)?;
            call.settle(Some(hub), act).await
        }
        "leave" => {
            let found = leave(&mut call, form.get("guest"), number, form.some("why")).await;
            let (hub, act) = found.map_err(broken)?;
            call.settle(Some(hub), act).await
        }
        "invite" => {
            let wanted = Wanted {
                event,
                person: form.get("person"),
                name: form.some("name"),
                kind: stakeholder::Kind::CommunityGroup,
                reason: None,
            };
            let (hub, act) = wanted.read(&mut call).await.map_err(broken)?;
            call.settle(Some(hub), act).await
        }
        "decline" => {
            let found = whom(&mut call, event, form.get("person")).await;
            let (hub, event, person) = found.map_err(broken)?;
            let act = DeclineAttendance { event, person, tell: form.has("tell") };
            call.settle(Some(hub), act).await
        }
        _ => return Err(Problem::BadRequest),
    };
    settled.map_err(|fault| fault_page(&fault))
}
