//! `/demo`: sign in as anybody of the story, without mail. Served by the demo alone.

use std::time::Duration;

use anyhow::Result;
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use convoke::account::RevokeToken;
use convoke::app::{App, Command};
use convoke::network::view::hub_by_slug;
use convoke::site::{Site, Visit, problem};
use convoke::text::Text;
use http::header;
use kernel::{HubId, Role};
use web::form::Form;
use web::frame::{Frame, page};
use web::problem::Problem;
use web::session;

use super::script::person;
use super::story::{HubStory, Name};
use super::tell::HUBS;
use crate::command::token::{Asked, issue};

/// A day's visit.
const LASTS: Duration = Duration::from_hours(12);
/// Who may everything.
const NETWORK_ADMIN: Name = ("Iris Lindqvist", "iris.lindqvist");

/// The page and what it posts to.
pub(crate) fn routes(site: Site) -> Router {
    Router::new()
        .route("/demo", get(show).post(sign_in))
        .route("/demo/sign-out", post(sign_out))
        .with_state(site)
}

#[derive(Template)]
#[template(path = "demo/page.html")]
struct Page {
    frame: Frame,
    t: Text,
    signed_in: bool,
    hubs: Vec<Hub>,
    public_url: String,
    calendar_url: String,
}

struct Hub {
    slug: &'static str,
    name: &'static str,
    lang: &'static str,
    purpose: &'static str,
    roles: Vec<(Role, &'static str)>,
}

/// Who of a hub's story holds a role.
fn who(story: &HubStory, role: Role) -> Option<Name> {
    let team = &story.team;
    Some(match role {
        Role::NetworkAdmin => NETWORK_ADMIN,
        Role::HubAdmin => team.admin,
        Role::Curator => team.curator,
        Role::Host => team.host,
        Role::Organiser => team.organiser,
        Role::Member => team.member,
        Role::Participant => {
            let hacker = story.hackathon.as_ref().and_then(|it| it.hackers.first());
            hacker.map(|hacker| hacker.name).or_else(|| story.people.first().copied())?
        }
    })
}

async fn show(visit: Visit) -> Response {
    let t = visit.text();
    let roles = [
        Role::Curator,
        Role::Host,
        Role::Organiser,
        Role::Member,
        Role::Participant,
        Role::HubAdmin,
    ];
    let hubs = HUBS.iter().map(|story| Hub {
        slug: story.slug,
        name: story.name,
        lang: story.locales.first().copied().unwrap_or("en"),
        purpose: story.purpose,
        roles: roles
            .into_iter()
            .filter_map(|role| who(story, role).map(|name| (role, name.0)))
            .collect(),
    });
    let public_url = visit.app.settings().public_url.clone();
    let calendar_url = public_url.replacen("https:", "webcal:", 1).replacen("http:", "webcal:", 1);
    page(&Page {
        frame: visit.frame(t.s("demo-title"), None),
        t,
        signed_in: visit.viewer.is_signed_in(),
        hubs: hubs.collect(),
        public_url,
        calendar_url,
    })
}

async fn sign_in(State(site): State<Site>, form: Form) -> Result<Response, Problem> {
    let role: Role = form.get("role").parse().map_err(|_unknown| Problem::BadRequest)?;
    let slug = form.get("hub");
    let story = HUBS.into_iter().find(|story| story.slug == slug).or_else(|| {
        // The network's admin belongs to no hub.
        (role == Role::NetworkAdmin).then(|| HUBS.into_iter().next()).flatten()
    });
    let story = story.ok_or(Problem::BadRequest)?;
    let hub = match role {
        Role::NetworkAdmin => None,
        _ => Some(hub_of(&site.app, story.slug).await?),
    };
    let secret = token(&site.app, story, role, hub).await.map_err(|fault| {
        tracing::error!(error = %fault, "somebody could not sign in to the demo");
        Problem::Internal
    })?;
    let cookie = session::set_session(&site.address, &secret, LASTS).ok_or(Problem::Internal)?;
    let next = if hub.is_some() { format!("/h/{}", story.slug) } else { "/".to_owned() };
    let mut response = Redirect::to(&next).into_response();
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

async fn hub_of(app: &App, slug: &str) -> Result<HubId, Problem> {
    let row = hub_by_slug(app.journal().db(), slug).await.map_err(problem)?;
    row.and_then(|row| HubId::parse(&row.id).ok()).ok_or(Problem::NotFound)
}

/// A token for somebody of the story.
async fn token(app: &App, story: &HubStory, role: Role, hub: Option<HubId>) -> Result<String> {
    let name = who(story, role).unwrap_or(NETWORK_ADMIN);
    let person = person(app, name).await?.id;
    let expires_at = Some(app.now() + chrono::Duration::from_std(LASTS)?);
    issue(app, Asked { person, hub, role, label: "demo".to_owned(), expires_at }).await
}

/// A token that may everything, for whoever tries the API.
///
/// # Errors
/// When it cannot be issued.
pub(crate) async fn admin_token(app: &App) -> Result<String> {
    let person = person(app, NETWORK_ADMIN).await?.id;
    let (hub, role) = (None, Role::NetworkAdmin);
    let expires_at = Some(app.now() + chrono::Duration::days(30));
    issue(app, Asked { person, hub, role, label: "demo start".to_owned(), expires_at }).await
}

async fn sign_out(State(site): State<Site>, visit: Visit) -> Result<Response, Problem> {
    let viewer = &visit.viewer;
    if let (Some(token), Some(person)) = (viewer.token, viewer.person) {
        let hub = viewer.grants.first().and_then(|grant| grant.hub);
        let revoke = RevokeToken { person, hub, token };
        let given =
            site.app.act_as_system("demo", None, Box::new(revoke), Command::default()).await;
        if let Err(fault) = given {
            tracing::warn!(error = %fault, "a token of the demo could not be revoked");
        }
    }
    let mut response = Redirect::to("/demo").into_response();
    response.headers_mut().append(header::SET_COOKIE, session::clear_session(&site.address));
    Ok(response)
}
