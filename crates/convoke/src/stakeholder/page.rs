//! `/h/{hub}/join`: an organisation or a person enters the registry, and who is in it already.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use kernel::Personal;
use mail::EmailAddress;
use serde::Serialize;
use strum::IntoEnumIterator as _;
use web::field::Choice;
use web::form::{Form, again, done};
use web::frame::{Frame, Notice, page};
use web::part::Tone;
use web::problem::Problem;

use super::{Kind, RegisterStakeholder, view};
use crate::site::{Place, Site, Visit, fault_page, place, problem};
use crate::text::Text;

/// The routes of this page.
pub fn routes() -> Router<Site> {
    Router::new().route("/h/{hub}/join", get(show).post(register))
}

#[derive(Template)]
#[template(path = "stakeholder/join.html")]
struct Join {
    frame: Frame,
    t: Text,
    form: Form,
    command_id: String,
    kinds: Vec<Choice>,
    count: i64,
}

/// What the form asks; the command's fingerprint.
#[derive(Serialize)]
struct Asked<'f> {
    kind: &'f str,
    name: &'f str,
    email: &'f str,
    about: &'f str,
    city: &'f str,
    offers: &'f str,
    needs: &'f str,
    consent: bool,
}

async fn show(visit: Visit, Path(slug): Path<String>, form: Form) -> Result<Response, Problem> {
    let place = place(&visit, &slug).await?;
    let visit = visit.at(&place);
    let mut shown = join(&visit, &place, Form::default()).await?;
    if form.has("done") {
        let text = visit.text();
        shown.frame.notice =
            Some(Notice { tone: Tone::Good, text: text.s("join-done"), link: None });
    }
    Ok(page(&shown))
}

async fn join(visit: &Visit, place: &Place, form: Form) -> Result<Join, Problem> {
    let text = visit.text();
    let count = view::count(visit.reader().db(), &place.id.to_string()).await.map_err(problem)?;
    let command_id = match form.some("commandId") {
        Some(id) if !form.is_wrong() => id.to_owned(),
        // A refused command is remembered: a new try takes a new id.
        _ => visit.command_id(),
    };
    Ok(Join {
        frame: visit.frame(text.s("join-title"), Some(place)).of_form(&form),
        t: text,
        form,
        command_id,
        kinds: Kind::iter().map(|kind| Choice::new(kind, text.kind(kind))).collect(),
        count,
    })
}

async fn register(
    visit: Visit,
    Path(slug): Path<String>,
    mut form: Form,
) -> Result<Response, Problem> {
    let place = place(&visit, &slug).await?;
    let visit = visit.at(&place);
    let text = visit.text();
    let given = form.clone();
    let asked = Asked {
        kind: given.get("kind"),
        name: given.get("name"),
        email: given.get("email"),
        about: given.get("about"),
        city: given.get("city"),
        offers: given.get("offers"),
        needs: given.get("needs"),
        consent: given.has("consent"),
    };
    let mut call = visit.call(&form, &asked);
    let kind = asked.kind.parse().map_err(|_cause| "no kind was chosen".to_owned());
    let kind: Option<Kind> = call.input().parse("kind", "KIND_MISSING", kind);
    let address = EmailAddress::parse(asked.email).map_err(|cause| cause.to_string());
    let address = call.input().parse("email", "INVALID_ADDRESS", address);
    let name = call.input().line("name", asked.name, 200);
    let about = call.input().prose("about", Some(asked.about), 2_000);
    let city = call.input().optional_line("city", Some(asked.city), 120);
    let (offers, needs) = (lines(asked.offers), lines(asked.needs));
    let keys = visit.app.journal().keys();
    let person = match &address {
        Some(address) => keys.person_of(address.as_str()).await.map_err(problem)?,
        None => visit.app.id(),
    };
    let act = RegisterStakeholder {
        hub: place.id,
        stakeholder: visit.app.id(),
        person: Some(person),
        kind: kind.unwrap_or(Kind::Ngo),
        name: Personal::new(person, name),
        email: address.map(|address| Personal::new(person, address.as_str().to_owned())),
        locale: visit.viewer.locale.code().to_owned(),
        about: about.map(|about| Personal::new(person, about)),
        city,
        region: None,
        country: None,
        website: None,
        tags: Vec::new(),
        offers,
        needs,
        issues: Vec::new(),
        consent: asked.consent,
        prospect: false,
    };
    let settled = call.settle(Some(place.id), act).await.map_err(|fault| fault_page(&fault))?;
    if settled.refusals.is_empty() {
        return Ok(done(&format!("/h/{slug}/join?done=1")));
    }
    for refusal in &settled.refusals {
        text.refuse(&mut form, refusal);
    }
    Ok(again(&join(&visit, &place, form).await?))
}

/// One thing a line; empty lines are nothing.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
