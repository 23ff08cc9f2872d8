//! `/address/{token}`: whoever got the letter to a new address says that it is hers.
//!
//! GET shows one button and changes nothing, because mail scanners follow links.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use http::StatusCode;
use kernel::{HubId, PersonId, Personal, Refusal};
use web::form::{Form, again};
use web::frame::{Frame, Link, page};
use web::problem::Problem;

use super::address::ChangeEmail;
use super::view::{StakeholderRow, stakeholder};
use super::{StakeholderId, contact};
use crate::app::{App, Viewer};
use crate::event::page::did;
use crate::inbound::view::is_only_a_writer;
use crate::site::{Place, Site, Visit, fault_page, place_of, problem};
use crate::text::Text;

/// Keeps this kind of link apart from all others.
const LINK: &str = "change-email";

/// What a link holds behind `/address/`.
pub(crate) fn token(app: &App, stakeholder: &str, change: i64) -> String {
    app.link_token(LINK, &format!("{stakeholder}~{change}"))
}

/// The routes of this page.
pub fn routes() -> Router<Site> {
    Router::new().route("/address/{token}", get(show).post(confirm))
}

#[derive(Template)]
#[template(path = "stakeholder/address.html")]
struct Page {
    frame: Frame,
    t: Text,
    form: Form,
    says: Vec<String>,
    /// What the button says; none when there is nothing to confirm.
    button: String,
    command_id: String,
    next: Link,
}

/// What a link leads to.
struct Found {
    row: StakeholderRow,
    stakeholder: StakeholderId,
    person: PersonId,
    change: u32,
    place: Place,
    /// The new address, while it waits to be proved.
    email: Option<String>,
}

async fn find(visit: &Visit, token: &str) -> Result<Found, Problem> {
    let meant = visit.app.link_target(LINK, token).and_then(|text| text.split_once('~'));
    let (id, change) = meant.ok_or(Problem::NotFound)?;
    let change: u32 = change.parse().map_err(|_not_a_number| Problem::NotFound)?;
    let row = stakeholder(visit.app.journal().db(), id).await.map_err(problem)?;
    let row = row.ok_or(Problem::NotFound)?;
    let hub = HubId::parse(&row.journal).map_err(|_cause| Problem::NotFound)?;
    let place = place_of(visit, hub).await?;
    let (Ok(stakeholder), Ok(person)) = (id.parse(), PersonId::parse(&row.person)) else {
        return Err(Problem::NotFound);
    };
    let now = journal::micros(visit.app.now());
    let is_open = row.email_change == Some(i64::from(change))
        && row.email_change_until.is_some_and(|until| until > now);
    let email = row.pending_email.clone().filter(|_| is_open);
    Ok(Found { row, stakeholder, person, change, place, email })
}

async fn show(visit: Visit, Path(token): Path<String>) -> Result<Response, Problem> {
    let found = find(&visit, &token).await?;
    let visit = visit.at(&found.place);
    let mut response = page(&own_page(&visit, &found, Form::default()));
    if found.email.is_none() && response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::GONE;
    }
    Ok(response)
}

fn own_page(visit: &Visit, found: &Found, form: Form) -> Page {
    let (text, place) = (visit.text(), &found.place);
    let mut frame = visit.frame(text.s("address-title"), Some(place)).of_form(&form);
    frame.unlisted = true;
    let name = found.row.name.clone().unwrap_or_default();
    let says = match &found.email {
        Some(email) => {
            let values = [
                ("email", email.as_str().into()),
                ("name", name.into()),
                ("hub", place.name.as_str().into()),
            ];
            vec![text.t("address-lead", &values), text.s("confirm-not-you")]
        }
        None => vec![text.s("address-gone")],
    };
    let button = found.email.as_ref().map(|_email| text.s("address-do"));
    Page {
        frame,
        t: text,
        form,
        says,
        button: button.unwrap_or_default(),
        command_id: visit.command_id(),
        next: Link::new(text.one("confirm-next", "hub", &place.name), format!("/h/{}", place.slug)),
    }
}

/// Whether an address may lead to this person: it leads to nobody else, or to somebody of whom
/// there is no more than a mail from it. The link proves whose it is.
async fn may_have(app: &App, email: &str, person: PersonId) -> journal::Result<bool> {
    match app.journal().keys().known(email).await? {
        Some(owner) if owner != person => {
            is_only_a_writer(app.journal().db(), &owner.to_string()).await
        }
        _ => Ok(true),
    }
}

/// From here on an address leads to this person, unless it has come to lead to somebody else.
async fn leads_to(app: &App, email: &str, person: PersonId) -> journal::Result<()> {
    let keys = app.journal().keys();
    let owner = keys.bind(email, person).await?;
    if owner != person && is_only_a_writer(app.journal().db(), &owner.to_string()).await? {
        keys.rebind(email, owner, person).await?;
    }
    Ok(())
}

async fn confirm(
    visit: Visit,
    Path(token): Path<String>,
    mut form: Form,
) -> Result<Response, Problem> {
    let found = find(&visit, &token).await?;
    let mut visit = visit.at(&found.place);
    let person = found.person;
    // The link is the proof of who she is; it lets her say this and nothing else.
    visit.viewer = Viewer { person: Some(person), ..Viewer::visitor(visit.viewer.locale) };
    let mut call = visit.call(&form, &("new address", &token));
    if let Some(email) = &found.email
        && !may_have(&visit.app, email, person).await.map_err(problem)?
    {
        call.input().fault(Refusal::of(&contact::Rejection::EmailTaken {}));
    }
    let act = ChangeEmail {
        stakeholder: found.stakeholder,
        change: found.change,
        person,
        email: Personal { of: person, value: found.email.clone() },
        from: found.row.email.clone().map(|email| Personal::new(person, email)),
    };
    let settled =
        call.settle(Some(found.place.id), act).await.map_err(|fault| fault_page(&fault))?;
    if settled.refusals.is_empty() {
        // Only now: an address that was refused leads to nobody new.
        if let Some(email) = &found.email {
            leads_to(&visit.app, email, person).await.map_err(problem)?;
        }
        let mut shown = own_page(&visit, &Found { email: None, ..found }, Form::default());
        shown.says.clear();
        shown.frame.notice = Some(did(visit.text(), "address-done"));
        return Ok(page(&shown));
    }
    for refusal in &settled.refusals {
        visit.text().refuse(&mut form, refusal);
    }
    Ok(again(&own_page(&visit, &found, form)))
}
