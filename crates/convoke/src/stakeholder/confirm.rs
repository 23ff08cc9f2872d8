//! `/confirm/{token}`: whoever got the welcome letter says that the address is hers.
//!
//! GET shows one button and changes nothing, because mail scanners follow links. A link that names
//! nobody, is too old, or belongs to somebody who is gone gets a page that says what to do; which
//! of these it is, only who has a genuine link learns.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use http::StatusCode;
use kernel::{HubId, PersonId};
use uuid::Uuid;
use web::form::{Form, again, done};
use web::frame::{Frame, Link, Notice, page};
use web::part::Tone;
use web::problem::Problem;

use super::view::{self, StakeholderRow};
use super::{ConfirmEmail, StakeholderId, link};
use crate::app::Viewer;
use crate::app::input::Call;
use crate::site::{Place, Site, Visit, fault_page, place_of, problem};
use crate::text::Text;

/// The routes of this page.
pub fn routes() -> Router<Site> {
    Router::new().route("/confirm/{token}", get(show).post(confirm))
}

#[derive(Template)]
#[template(path = "stakeholder/confirm.html")]
struct Page {
    frame: Frame,
    t: Text,
    form: Form,
    /// What there is to say, a paragraph each.
    says: Vec<String>,
    /// Whether there is anything to confirm.
    is_open: bool,
    command_id: String,
    next: Link,
}

/// What a link leads to.
enum Found {
    /// An entry of the registry, its place, and who followed the link.
    Entry { row: Box<StakeholderRow>, place: Place, who: (StakeholderId, PersonId) },
    /// The link was real; what it named has ended, or it has.
    Gone(Option<Place>),
    /// No link of ours.
    Unknown,
}

async fn find(visit: &Visit, token: &str) -> Result<Found, Problem> {
    let Some(who) = link::confirmed(&visit.app, token) else { return Ok(Found::Unknown) };
    let db = visit.app.journal().db();
    let row = view::stakeholder(db, &who.0.to_string()).await.map_err(problem)?;
    let Some(row) = row else { return Ok(Found::Unknown) };
    let Ok(hub) = HubId::parse(&row.journal) else { return Ok(Found::Unknown) };
    let place = place_of(visit, hub).await?;
    let is_hers = row.person == who.1.to_string() && row.email.is_some();
    let lives = !matches!(row.stage.as_str(), "merged" | "erased");
    Ok(if is_hers && lives && !link::is_old(&visit.app, &row) {
        Found::Entry { row: Box::new(row), place, who }
    } else {
        Found::Gone(Some(place))
    })
}

async fn show(visit: Visit, Path(token): Path<String>, form: Form) -> Result<Response, Problem> {
    let (row, place) = match find(&visit, &token).await? {
        Found::Entry { row, place, .. } => (row, place),
        Found::Gone(place) => return Ok(nothing(visit, place.as_ref(), StatusCode::GONE)),
        Found::Unknown => return Ok(nothing(visit, None, StatusCode::NOT_FOUND)),
    };
    let visit = visit.at(&place);
    let mut shown = own_page(&visit, &place, &row, Form::default());
    if form.has("done") && row.confirmed {
        let text = visit.text().s("confirm-done");
        shown.frame.notice = Some(Notice { tone: Tone::Good, text, link: None });
    }
    Ok(page(&shown))
}

fn own_page(visit: &Visit, place: &Place, row: &StakeholderRow, form: Form) -> Page {
    let text = visit.text();
    let hub = place.name.as_str();
    let name = row.name.as_deref().unwrap_or_default();
    let mut frame = visit.frame(text.s("confirm-title"), Some(place)).of_form(&form);
    frame.unlisted = true;
    let says = if row.confirmed {
        vec![text.t("confirm-already", &[("name", name.into()), ("hub", hub.into())])]
    } else {
        let lead = text.t("confirm-lead", &[("name", name.into()), ("hub", hub.into())]);
        vec![lead, text.s("confirm-not-you")]
    };
    Page {
        frame,
        t: text,
        form,
        says,
        is_open: !row.confirmed,
        command_id: visit.command_id(),
        next: Link::new(text.one("confirm-next", "hub", hub), format!("/h/{}", place.slug)),
    }
}

/// A page for a link that leads nowhere: what may have happened, and what to do.
fn nothing(visit: Visit, place: Option<&Place>, status: StatusCode) -> Response {
    let visit = match place {
        Some(place) => visit.at(place),
        None => visit,
    };
    let text = visit.text();
    let mut frame = visit.frame(text.s("confirm-gone-title"), place);
    frame.unlisted = true;
    let (why, next) = match place {
        Some(place) => (
            "confirm-gone-old",
            Link::new(text.s("confirm-gone-register"), format!("/h/{}/join", place.slug)),
        ),
        None => ("confirm-gone-broken", Link::new(text.s("confirm-gone-home"), "/")),
    };
    let shown = Page {
        frame,
        t: text,
        form: Form::default(),
        says: vec![text.s(why), text.s("confirm-gone-do")],
        is_open: false,
        command_id: String::new(),
        next,
    };
    let mut response = page(&shown);
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    response
}

async fn confirm(
    visit: Visit,
    Path(token): Path<String>,
    mut form: Form,
) -> Result<Response, Problem> {
    let (row, place, (stakeholder, person)) = match find(&visit, &token).await? {
        Found::Entry { row, place, who } => (row, place, who),
        Found::Gone(place) => return Ok(nothing(visit, place.as_ref(), StatusCode::GONE)),
        Found::Unknown => return Ok(nothing(visit, None, StatusCode::NOT_FOUND)),
    };
    let visit = visit.at(&place);
    // The link is the proof of who she is; it lets her confirm and nothing else.
    let viewer = Viewer { person: Some(person), grants: Vec::new(), ..visit.viewer.clone() };
    let id = form.some("commandId").and_then(|text| Uuid::parse_str(text).ok());
    let call = Call::from_parts(visit.app.clone(), viewer, id, false, &("confirm", &token));
    let act = ConfirmEmail { stakeholder, person };
    let settled = call.settle(Some(place.id), act).await.map_err(|fault| fault_page(&fault))?;
    if settled.refusals.is_empty() {
        return Ok(done(&format!("/confirm/{token}?done=1")));
    }
    for refusal in &settled.refusals {
        visit.text().refuse(&mut form, refusal);
    }
    Ok(again(&own_page(&visit, &place, &row, form)))
}
