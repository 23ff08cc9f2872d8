//! `/h/{hub}/import`: a curator brings in a calendar that is kept elsewhere, and reads what became
//! of each component.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use kernel::{Refusal, Role};
use uuid::Uuid;
use web::field::Choice;
use web::form::{Form, again};
use web::frame::{Frame, Link, page};
use web::part::{Badge, Tone};
use web::problem::Problem;
use web::upload::Upload;

use super::batch::{Batch, Came, Done, Settled, read_aside};
use super::fault::CalendarFault;
use super::file::Purpose;
use crate::issue::{IssueId, view as issues};
use crate::site::{Place, Site, Visit, place, problem};
use crate::text::Text;

/// Issues that can be chosen.
const ISSUES_MAX: i64 = 100;

/// The routes of this page.
pub fn routes() -> Router<Site> {
    Router::new().route("/h/{hub}/import", get(show).post(take))
}

#[derive(Template)]
#[template(path = "intake/import.html")]
struct Page {
    frame: Frame,
    t: Text,
    form: Form,
    issues: Vec<Choice>,
    command_id: String,
    done: Option<Shown>,
    events: String,
}

/// What became of a file, as it is read.
struct Shown {
    sum: String,
    notes: Vec<String>,
    components: Vec<Row>,
}

struct Row {
    number: String,
    title: String,
    href: Option<String>,
    uid: String,
    state: Badge,
    reasons: Vec<String>,
}

/// Only curators see it: what a calendar says is not for everybody before it is accepted.
async fn enter(visit: Visit, slug: &str) -> Result<(Visit, Place), Problem> {
    let place = place(&visit, slug).await?;
    if !visit.viewer.is_any(place.id, &[Role::Curator]) {
        let known = visit.viewer.is_signed_in();
        return Err(if known { Problem::Forbidden } else { Problem::SignIn });
    }
    Ok((visit.at(&place), place))
}

async fn show(visit: Visit, Path(slug): Path<String>) -> Result<Response, Problem> {
    let (visit, place) = enter(visit, &slug).await?;
    Ok(page(&shown(&visit, &place, Form::default(), None).await?))
}

async fn shown(
    visit: &Visit,
    place: &Place,
    form: Form,
    done: Option<Shown>,
) -> Result<Page, Problem> {
    let (text, db) = (visit.text(), visit.app.journal().db());
    let agenda = issues::agenda(db, &place.id.to_string(), ISSUES_MAX).await.map_err(problem)?;
    let none = Choice::new("", text.s("intake-no-issue"));
    let of = agenda.into_iter().map(|issue| Choice::new(issue.id, issue.title));
    let events = format!("/h/{}/events", place.slug);
    let mut frame = visit.frame(text.s("intake-title"), Some(place)).of_form(&form);
    frame.unlisted = true;
    frame.trail =
        vec![crate::hub::page::link(place), Link::new(text.s("nav-events"), events.clone())];
    Ok(Page {
        frame,
        t: text,
        form,
        issues: std::iter::once(none).chain(of).collect(),
        command_id: visit.command_id(),
        done,
        events,
    })
}

async fn take(
    visit: Visit,
    Path(slug): Path<String>,
    Upload { mut form, file }: Upload,
) -> Result<Response, Problem> {
    let (visit, place) = enter(visit, &slug).await?;
    let text = visit.text();
    let issue = form.some("issue").and_then(|id| IssueId::parse(id).ok());
    let purpose = Purpose { hub: place.id, issue, past: form.has("past") };
    let bytes = file.map(|file| file.bytes.to_vec()).unwrap_or_default();
    let read = read_aside(bytes, place.zone).await.map_err(|_fault| Problem::Internal)?;
    let file = match read {
        Ok(file) => file,
        Err(fault) => {
            form.wrong("file", text.refusal(&told(&fault)));
            return Ok(again(&shown(&visit, &place, form, None).await?));
        }
    };
    let given = form.some("commandId").and_then(|id| Uuid::parse_str(id).ok());
    let batch = Batch {
        app: visit.app.clone(),
        viewer: visit.viewer.clone(),
        purpose,
        command_id: given.unwrap_or_else(|| visit.app.world().uuid()),
        dry_run: false,
    };
    let done = batch.take(file).await.map_err(|fault| {
        tracing::error!(fault = fault.message, "a calendar could not be brought in");
        Problem::Internal
    })?;
    let sum = read_out(&done, &place, text);
    Ok(page(&shown(&visit, &place, Form::default(), Some(sum)).await?))
}

fn told(fault: &CalendarFault) -> Refusal {
    Refusal::of(fault)
}

fn read_out(done: &Done, place: &Place, text: Text) -> Shown {
    let count = |came| i64::try_from(done.count(came)).unwrap_or(i64::MAX);
    let values = [
        ("count", count(Came::Proposed).into()),
        ("known", count(Came::Known).into()),
        ("out", count(Came::LeftOut).into()),
    ];
    let row = |Settled { component, came, event }: &Settled| Row {
        number: text.one("intake-component", "number", component.index),
        title: match component.title.as_str() {
            "" => text.one("intake-component", "number", component.index),
            title => title.to_owned(),
        },
        href: event.as_ref().map(|event| format!("/h/{}/events/{event}", place.slug)),
        uid: component.uid.clone().unwrap_or_default(),
        state: Badge::new(text.s(format!("intake-came-{came}")), tone(*came)),
        reasons: component.reasons.iter().map(|reason| text.refusal(reason)).collect(),
    };
    Shown {
        sum: text.t("intake-sum", &values),
        notes: done.notes.iter().map(|note| text.refusal(note)).collect(),
        components: done.components.iter().map(row).collect(),
    }
}

fn tone(came: Came) -> Tone {
    match came {
        Came::Proposed => Tone::Good,
        Came::Known => Tone::Plain,
        Came::LeftOut => Tone::Bad,
    }
}
