//! `/mails/{token}`: what a hub writes to one person, and when, for whoever holds the link from
//! one of her letters.
//!
//! GET changes nothing. Reminders are chosen here; kinds of letters are stopped on their own page.

use std::collections::BTreeSet;
use std::str::FromStr as _;

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use kernel::{HubId, PersonId, Zone};
use strum::IntoEnumIterator as _;
use web::field::Choice;
use web::form::{Form, again, done};
use web::frame::{Frame, Link, page};
use web::problem::Problem;

use super::acts::SetMailPreferences;
use super::decider::Category;
use super::wishes::{Ahead, Wishes};
use super::{page as one_kind, view};
use crate::app::{App, Viewer};
use crate::event::page::did;
use crate::site::{Place, Site, Visit, fault_page, place_of, problem};
use crate::text::{self, Text};

/// Keeps this kind of link apart from all others.
const LINK: &str = "mails";

/// What a link holds behind `/mails/`.
pub(crate) fn token(app: &App, hub: &str, person: &str) -> String {
    app.link_token(LINK, &format!("{hub}~{person}"))
}

/// Whose letters from which hub a link is about, if it is genuine.
pub(crate) fn meant(app: &App, token: &str) -> Option<(HubId, PersonId)> {
    let (hub, person) = app.link_target(LINK, token)?.split_once('~')?;
    Some((HubId::parse(hub).ok()?, PersonId::parse(person).ok()?))
}

/// The routes of this page.
pub fn routes() -> Router<Site> {
    Router::new().route("/mails/{token}", get(show).post(choose))
}

/// One kind of letters, and the page that stops it.
struct Kind {
    name: String,
    says: String,
    link: Link,
}

#[derive(Template)]
#[template(path = "reach/mails.html")]
struct Page {
    frame: Frame,
    t: Text,
    form: Form,
    lead: String,
    times: Vec<Choice>,
    zones: Vec<Choice>,
    kinds: Vec<Kind>,
    command_id: String,
}

async fn find(visit: &Visit, token: &str) -> Result<(Place, PersonId), Problem> {
    let (hub, person) = meant(&visit.app, token).ok_or(Problem::NotFound)?;
    Ok((place_of(visit, hub).await?, person))
}

async fn show(visit: Visit, Path(token): Path<String>, query: Form) -> Result<Response, Problem> {
    let (place, person) = find(&visit, &token).await?;
    let visit = visit.at(&place);
    let db = visit.app.journal().db();
    let wishes = view::wishes_of(db, &place.id.to_string(), &person.to_string()).await;
    let form = filled(&wishes.map_err(problem)?);
    let mut shown = shown(&visit, &place, person, form).await?;
    if query.has("done") {
        shown.frame.notice = Some(did(visit.text(), "mails-done"));
    }
    Ok(page(&shown))
}

/// The form as it was filled in last.
fn filled(wishes: &Wishes) -> Form {
    let times = wishes.reminders.iter().map(|ahead| ("reminder".to_owned(), ahead.to_string()));
    let zone = wishes.zone.map(|zone| ("zone".to_owned(), zone.name().to_owned()));
    Form::with(times.chain(zone))
}

async fn shown(
    visit: &Visit,
    place: &Place,
    person: PersonId,
    form: Form,
) -> Result<Page, Problem> {
    let text = visit.text();
    let mut frame = visit.frame(text.s("mails-title"), Some(place)).of_form(&form);
    frame.unlisted = true;
    let chosen = Zone::parse(form.get("zone"));
    let mut known: Vec<Zone> = text::zones().chain([place.zone]).chain(chosen).collect();
    known.sort_by_key(|zone| zone.name());
    known.dedup();
    let now = visit.app.now();
    let zone = |zone: &Zone| Choice::new(zone.name(), text.zone(now, *zone));
    let zones = [Choice::new("", text.s("mails-zone-none"))].into_iter();
    let time = |ahead: Ahead| Choice::new(ahead, text.s(format!("mails-{ahead}")));
    Ok(Page {
        lead: text.one("mails-lead", "hub", &place.name),
        times: Ahead::iter().map(time).collect(),
        zones: zones.chain(known.iter().map(zone)).collect(),
        kinds: kinds(visit, place, person).await?,
        command_id: visit.command_id(),
        frame,
        t: text,
        form,
    })
}

async fn kinds(visit: &Visit, place: &Place, person: PersonId) -> Result<Vec<Kind>, Problem> {
    let (text, app) = (visit.text(), &visit.app);
    let (hub, person) = (place.id.to_string(), person.to_string());
    let stops = view::stops(app.journal().db(), &hub, std::slice::from_ref(&person)).await;
    let stops = stops.map_err(problem)?;
    let each = Category::iter().filter(|category| *category != Category::All).map(|category| {
        let name = category.to_string();
        let stopped = stops.iter().any(|stop| stop.category == name && stop.holds(app.now()));
        let (says, label) =
            if stopped { ("mails-stopped", "reach-again") } else { ("mails-sent", "reach-stop") };
        let token = one_kind::token(app, &hub, &person, category);
        Kind {
            name: text.s(format!("reach-{category}")),
            says: text.s(says),
            link: Link::new(text.s(label), format!("/u/{token}")),
        }
    });
    Ok(each.collect())
}

async fn choose(
    visit: Visit,
    Path(token): Path<String>,
    mut form: Form,
) -> Result<Response, Problem> {
    let (place, person) = find(&visit, &token).await?;
    let mut visit = visit.at(&place);
    // The link is the proof of who she is; it lets her say this and nothing else.
    visit.viewer = Viewer { person: Some(person), ..Viewer::visitor(visit.viewer.locale) };
    let reminders: BTreeSet<Ahead> =
        form.all("reminder").filter_map(|name| Ahead::from_str(name).ok()).collect();
    let zone = form.some("zone").and_then(Zone::parse);
    let act = SetMailPreferences { person, wishes: Wishes { reminders, zone }, via_link: true };
    let call = visit.call(&form, &(&act.wishes, &token));
    let settled = call.settle(Some(place.id), act).await.map_err(|fault| fault_page(&fault))?;
    if settled.refusals.is_empty() {
        return Ok(done(&format!("/mails/{token}?done=1")));
    }
    for refusal in &settled.refusals {
        visit.text().refuse(&mut form, refusal);
    }
    Ok(again(&shown(&visit, &place, person, form).await?))
}
