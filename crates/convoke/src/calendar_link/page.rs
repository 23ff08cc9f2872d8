//! `/h/{hub}/calendar`: how to have the hub's events, and one's own, in a calendar program; and
//! `/c/{proof}`, the same for who comes by the link of a letter.
//!
//! A secret address is shown once, in the answer to the form that makes it: it is not redirected
//! to, and the answer is not kept anywhere.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use http::{HeaderValue, header};
use journal::instant;
use kernel::{HubId, PersonId, Zone};
use web::field::Choice;
use web::form::{Form, again, done};
use web::frame::{Frame, page};
use web::part::Facts;
use web::problem::Problem;

use super::decider::{Detail, Feed};
use super::graphql::{Wanted, herself, make, proved, rotate};
use super::view::{self, LinkRow};
use super::{CalendarLinkKind, LABEL_MAX, PROOF, RevokeCalendarLink};
use crate::app::reply::Settled;
use crate::app::{App, Viewer};
use crate::event::page::did;
use crate::event::view::events_by_id;
use crate::feed::export;
use crate::hackathon::view::hackathons_by_id;
use crate::pages::subscribe::Subscribe;
use crate::roster::query::{parts_of, teams_by_id};
use crate::site::{Place, Site, Visit, fault_page, place, place_of, problem};
use crate::text::Text;

/// The routes of this page.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/h/{hub}/calendar", get(show).post(change))
        .route("/c/{proof}", get(show_proved).post(change_proved))
        .route("/me/calendar", get(mine))
}

/// The address of a person's calendars in a hub, for links in letters and on her own pages.
pub(crate) fn proof_path(app: &App, hub: &str, person: &str) -> String {
    format!("/c/{}", app.link_token(PROOF, &format!("{hub}~{person}")))
}

struct Shown {
    id: String,
    label: String,
    facts: Facts,
    is_alive: bool,
    command_id: String,
}

#[derive(Template)]
#[template(path = "calendar_link/calendar.html")]
struct Page {
    frame: Frame,
    t: Text,
    form: Form,
    fresh: Option<Subscribe>,
    is_hers: bool,
    links: Vec<Shown>,
    feeds: Vec<Choice>,
    details: Vec<Choice>,
    hub: Subscribe,
    /// Files of whole years, with their addresses.
    years: Vec<(i32, String)>,
    command_id: String,
}

/// A calendar she may make a link for, and its name.
struct Offered {
    value: String,
    feed: Feed,
    name: String,
}

/// Whose calendars, where: a visit of her own, or one by the link of a letter.
struct Desk {
    visit: Visit,
    place: Place,
    person: Option<PersonId>,
    via_link: bool,
    path: String,
}

impl Desk {
    async fn open(visit: Visit, slug: &str) -> Result<Self, Problem> {
        let place = place(&visit, slug).await?;
        let visit = visit.at(&place);
        // Who has no role here comes by the link of a letter.
        let is_known = !visit.viewer.actor(Some(place.id)).roles.is_empty();
        let person = visit.viewer.person.filter(|_| is_known);
        Ok(Self { visit, place, person, via_link: false, path: format!("/h/{slug}/calendar") })
    }

    async fn proved(visit: Visit, proof: &str) -> Result<Self, Problem> {
        let (hub, person) = proved(&visit.app, proof).ok_or(Problem::NotFound)?;
        let place = place_of(&visit, hub).await?;
        let mut visit = visit.at(&place);
        // The link is the proof of who she is; it lets her do this and nothing else.
        visit.viewer = Viewer { person: Some(person), ..Viewer::visitor(visit.viewer.locale) };
        let path = format!("/c/{proof}");
        Ok(Self { visit, place, person: Some(person), via_link: true, path })
    }

    /// What she may make a link for: her own calendar, her hackathons, her teams.
    async fn offered(&self) -> Result<Vec<Offered>, Problem> {
        let Some(person) = self.person else { return Ok(Vec::new()) };
        let (db, text) = (self.visit.app.journal().db(), self.visit.text());
        let name = text.s("calendars-feed-personal");
        let mut offered = vec![Offered { value: "personal".into(), feed: Feed::Personal, name }];
        let hub = self.place.id.to_string();
        let mut parts = parts_of(db, &[person.to_string()]).await.map_err(problem)?;
        parts.retain(|part| part.journal == hub);
        let ids: Vec<String> = parts.iter().map(|part| part.hackathon.clone()).collect();
        let hackathons = hackathons_by_id(db, &ids).await.map_err(problem)?;
        let ids: Vec<String> = hackathons.iter().map(|row| row.event.clone()).collect();
        let events = events_by_id(db, &ids).await.map_err(problem)?;
        let ids: Vec<String> = parts.iter().filter_map(|part| part.team.clone()).collect();
        let teams = teams_by_id(db, &ids).await.map_err(problem)?;
        for part in &parts {
            let event =
                hackathons.iter().find(|row| row.id == part.hackathon).map(|row| &row.event);
            let title = events.iter().find(|row| Some(&row.id) == event).map(|row| &row.title);
            let (Some(title), Ok(hackathon)) = (title, part.hackathon.parse()) else { continue };
            offered.push(Offered {
                value: part.hackathon.clone(),
                feed: Feed::Hackathon { hackathon },
                name: text.one("calendars-feed-hackathon", "title", title),
            });
            let team = teams.iter().find(|row| Some(&row.id) == part.team.as_ref());
            let Some((row, team)) = team.and_then(|row| Some((row, row.id.parse().ok()?))) else {
                continue;
            };
            let name = text.one("calendars-feed-team", "name", &row.name);
            offered.push(Offered {
                value: row.id.clone(),
                feed: Feed::Team { hackathon, team },
                name,
            });
        }
        Ok(offered)
    }

    async fn page(&self, form: Form, fresh: Option<String>) -> Result<Page, Problem> {
        let Self { visit, place, .. } = self;
        let text = visit.text();
        let offered = self.offered().await?;
        let links = match self.person {
            Some(person) => {
                let hub = place.id.to_string();
                let db = visit.app.journal().db();
                view::links_of(db, &person.to_string(), Some(&hub)).await.map_err(problem)?
            }
            None => Vec::new(),
        };
        let mut frame = visit.frame(text.s("calendars-title"), Some(place)).of_form(&form);
        frame.unlisted = self.person.is_some();
        let public = format!("{}/feeds/hub/{}.ics", visit.app.settings().public_url, place.slug);
        Ok(Page {
            frame,
            t: text,
            fresh: fresh.map(|address| Subscribe::new(text, "new-address", address)),
            is_hers: self.person.is_some(),
            links: links.into_iter().map(|row| self.link(row, &offered)).collect(),
            feeds: offered.iter().map(|one| Choice::new(&one.value, &one.name)).collect(),
            details: vec![
                Choice::new(Detail::Full, text.s("calendars-detail-full")),
                Choice::new(Detail::Busy, text.s("calendars-detail-busy")),
            ],
            hub: Subscribe::new(text, "hub-address", public),
            years: export::years(&visit.app, place).await.map_err(problem)?,
            command_id: visit.command_id(),
            form,
        })
    }

    fn link(&self, row: LinkRow, offered: &[Offered]) -> Shown {
        let text = self.visit.text();
        let ended = row.ended_at();
        let zone = self.place.zone;
        let when = |at: i64| text.zoned(instant(at), zone);
        let feed = row.feed();
        let known = offered.iter().find(|one| Some(&one.feed) == feed.as_ref());
        let what = known.map_or_else(|| text.s("calendars-feed-gone"), |one| one.name.clone());
        let detail = match row.detail.parse() {
            Ok(Detail::Busy) => text.s("calendars-detail-busy"),
            _ => text.s("calendars-detail-full"),
        };
        let facts = Facts::new()
            .row(text.s("calendars-feed"), what)
            .row(text.s("calendars-detail"), detail)
            .row(text.s("calendars-made"), when(row.created_at));
        let facts = match (ended, row.used_at) {
            (Some(at), _) => facts.row(text.s("calendars-ended"), when(at)),
            (None, Some(at)) => facts.row(text.s("calendars-used"), used(text, at, zone)),
            (None, None) => facts.row(text.s("calendars-used"), text.s("calendars-never-used")),
        };
        Shown {
            id: row.id,
            label: row.label.unwrap_or_default(),
            facts,
            is_alive: ended.is_none(),
            command_id: self.visit.command_id(),
        }
    }

    async fn change(self, mut form: Form) -> Result<Response, Problem> {
        if self.person.is_none() {
            return Err(Problem::SignIn);
        }
        let call = self.visit.call(
            &form,
            &(
                form.get("do"),
                form.get("link"),
                form.get("feed"),
                form.get("label"),
                form.get("detail"),
            ),
        );
        let (settled, address) = match form.get("do") {
            "create" => self.create(call, &form).await?,
            "rotate" => {
                let mut call = call;
                let link = call.id::<CalendarLinkKind>("link", form.get("link"));
                rotate(call, self.hub(), link).await.map_err(|fault| fault_page(&fault))?
            }
            "revoke" => {
                let mut call = call;
                let link = call.id::<CalendarLinkKind>("link", form.get("link"));
                let act = RevokeCalendarLink { person: herself(&call), link };
                let settled = call.settle(Some(self.hub()), act).await;
                (settled.map_err(|fault| fault_page(&fault))?, None)
            }
            _ => return Err(Problem::BadRequest),
        };
        if !settled.refusals.is_empty() {
            for refusal in &settled.refusals {
                self.visit.text().refuse(&mut form, refusal);
            }
            return Ok(unkept(again(&self.page(form, None).await?)));
        }
        match address {
            Some(address) => Ok(unkept(page(&self.page(Form::default(), Some(address)).await?))),
            None if form.get("do") == "revoke" => Ok(done(&format!("{}?done=1", self.path))),
            // The same form again: the address was shown then.
            None => Ok(done(&self.path)),
        }
    }

    async fn create(
        &self,
        mut call: crate::app::input::Call,
        form: &Form,
    ) -> Result<(Settled, Option<String>), Problem> {
        let label = call.input().line("label", form.get("label"), LABEL_MAX);
        let wanted = form.get("feed");
        let offered = self.offered().await?;
        let feed = offered.iter().find(|one| one.value == wanted).map(|one| one.feed);
        let (Some(feed), Ok(detail)) = (feed, form.get("detail").parse()) else {
            return Err(Problem::BadRequest);
        };
        let wanted = Wanted { feed, detail, label, via_link: self.via_link };
        let made = make(call, self.hub(), wanted).await;
        made.map_err(|fault| fault_page(&fault))
    }

    fn hub(&self) -> HubId {
        self.place.id
    }
}

/// The hour a link was last asked for; minutes are not known.
fn used(text: Text, at: i64, zone: Zone) -> String {
    text.one("calendars-used-around", "when", text.zoned(instant(at), zone))
}

/// An answer that holds a secret, or a person's links, stays nowhere.
fn unkept(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

async fn show(visit: Visit, Path(slug): Path<String>, form: Form) -> Result<Response, Problem> {
    shown(Desk::open(visit, &slug).await?, &form).await
}

async fn show_proved(
    visit: Visit,
    Path(proof): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    shown(Desk::proved(visit, &proof).await?, &form).await
}

async fn shown(desk: Desk, form: &Form) -> Result<Response, Problem> {
    let mut shown = desk.page(Form::default(), None).await?;
    if form.has("done") {
        shown.frame.notice = Some(did(desk.visit.text(), "calendars-done"));
    }
    let is_hers = shown.is_hers;
    let response = page(&shown);
    Ok(if is_hers { unkept(response) } else { response })
}

async fn change(visit: Visit, Path(slug): Path<String>, form: Form) -> Result<Response, Problem> {
    Desk::open(visit, &slug).await?.change(form).await
}

async fn change_proved(
    visit: Visit,
    Path(proof): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    Desk::proved(visit, &proof).await?.change(form).await
}

/// Leads whoever is signed in to her calendars, in the hub she belongs to.
async fn mine(visit: Visit) -> Result<Response, Problem> {
    if visit.viewer.person.is_none() {
        return Err(Problem::SignIn);
    }
    let hub = visit.viewer.grants.iter().find_map(|grant| grant.hub);
    match hub {
        Some(hub) => {
            let place = place_of(&visit, hub).await?;
            Ok(done(&format!("/h/{}/calendar", place.slug)))
        }
        None => Ok(done("/")),
    }
}
