//! What every page needs: who is visiting, in which language, looking at which time.

use std::time::Duration;

use axum::extract::FromRequestParts;
use chrono::{DateTime, Utc};
use graphql::{Code, Fault};
use http::request::Parts;
use http::{Uri, header};
use kernel::HubId;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use web::form::Form;
use web::frame::{Frame, Link, Notice, Who};
use web::language::{Asked, links};
use web::part::Tone;
use web::problem::Problem;

use crate::app::input::Call;
use crate::app::{App, Reader, Viewer};
use crate::text::{Locale, Text};

/// What the router of pages holds.
#[derive(Clone)]
pub struct Site {
    /// The product.
    pub app: App,
    /// Where it is reached.
    pub address: web::site::Site,
    /// Ends the live streams when the server stops.
    pub stop: CancellationToken,
}

/// One visit: extracted from the request by every page.
pub struct Visit {
    /// The product.
    pub app: App,
    /// Who visits.
    pub viewer: Viewer,
    /// What the request says about language.
    asked: Asked,
    uri: Uri,
    as_of: Option<String>,
}

/// How a page names the hub it belongs to.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its id.
    pub id: HubId,
    /// Its place in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its own language.
    pub locale: Locale,
    /// Its time zone.
    pub zone: kernel::Zone,
}

impl FromRequestParts<Site> for Visit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let asked = Asked::read(&parts.uri, &parts.headers);
        let locale = Locale::settle(asked, None, Locale::En);
        let bearer = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "));
        // With a token no cookie counts.
        let secret = bearer.or_else(|| web::session::session_token(&site.address, &parts.headers));
        let viewer = match secret {
            None => None,
            Some(secret) => site.app.authenticate(secret, locale).await.map_err(problem)?,
        };
        let query = Form::from_query(&parts.uri);
        Ok(Self {
            app: site.app.clone(),
            viewer: viewer.unwrap_or_else(|| Viewer::visitor(locale)),
            asked,
            uri: parts.uri.clone(),
            as_of: query.some("asOf").map(str::to_owned),
        })
    }
}

impl Visit {
    /// The voice of the page.
    pub fn text(&self) -> Text {
        Text::html(self.viewer.locale)
    }

    /// Speaks the hub's own language unless the visitor asked for another.
    #[must_use]
    pub fn at(mut self, place: &Place) -> Self {
        self.viewer.locale = Locale::settle(self.asked, None, place.locale);
        self
    }

    /// Reads the present.
    pub fn reader(&self) -> Reader {
        self.app.reader(self.viewer.clone())
    }

    /// Reads the present, or the past that `?asOf=` names (a position or an RFC 3339 instant).
    ///
    /// # Errors
    /// 400 for an `asOf` that is neither; 503 when the database is out of reach.
    pub async fn reader_for(&self, hub: HubId) -> Result<Reader, Problem> {
        let Some(as_of) = &self.as_of else { return Ok(self.reader()) };
        let position = match as_of.parse::<i64>() {
            Ok(position) => position,
            Err(_not_a_position) => {
                let at = DateTime::parse_from_rfc3339(&as_of.replace(' ', "+"))
                    .map_err(|_cause| Problem::BadRequest)?;
                let at: DateTime<Utc> = at.with_timezone(&Utc);
                self.app.journal().position_at(&hub.to_string(), at).await.map_err(problem)?
            }
        };
        self.app.reader_as_of(self.viewer.clone(), hub, position).await.map_err(problem)
    }

    /// The path and query asked for.
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The frame of a page, inside a hub or outside.
    pub fn frame(&self, title: impl std::fmt::Display, place: Option<&Place>) -> Frame {
        let text = self.text();
        let home = match place {
            Some(place) => Link::new(&place.name, format!("/h/{}", place.slug)),
            None => Link::new("Convoke", "/"),
        };
        let mut frame = text.frame(title, home);
        let here = self.uri.path();
        if let Some(Place { slug, .. }) = place {
            frame.nav = vec![
                nav(text, "nav-agenda", format!("/h/{slug}"), here, true),
                nav(text, "nav-events", format!("/h/{slug}/events"), here, false),
                nav(text, "nav-hackathons", format!("/h/{slug}/hackathons"), here, false),
                nav(text, "nav-stakeholders", format!("/h/{slug}/join"), here, false),
            ];
        }
        frame.languages = links(&self.uri, self.viewer.locale.code());
        frame.who = match self.viewer.grants.first() {
            Some(grant) => Who::Person {
                own: Link::new(text.role(grant.role), "/demo"),
                sign_out: "/demo/sign-out".to_owned(),
            },
            None => Who::Visitor { sign_in: self.app.settings().demo.then(|| "/demo".to_owned()) },
        };
        frame
    }

    /// Marks a page that shows the past, with the way back.
    pub fn mark_past(&self, frame: &mut Frame, reader: &Reader, zone: kernel::Zone) {
        let Some(past) = reader.past() else { return };
        let text = self.text();
        let when = text.zoned(past.at, zone);
        frame.past = Some(Notice {
            tone: Tone::Plain,
            text: text.one("past-banner", "when", when),
            link: Some(Link::new(text.s("past-now"), self.uri.path())),
        });
    }

    /// Begins the command of a form: its hidden `commandId`, and what was filled in as its
    /// fingerprint.
    pub fn call(&self, form: &Form, input: &impl serde::Serialize) -> Call {
        let id = form.some("commandId").and_then(|text| Uuid::parse_str(text).ok());
        Call::from_parts(self.app.clone(), self.viewer.clone(), id, false, input)
    }

    /// A fresh id for a form's hidden field.
    pub fn command_id(&self) -> String {
        self.app.world().uuid().to_string()
    }
}

/// The hub of a slug, for a page.
///
/// # Errors
/// 404 when there is none.
pub async fn place(visit: &Visit, slug: &str) -> Result<Place, Problem> {
    let row =
        crate::network::view::hub_by_slug(visit.app.journal().db(), slug).await.map_err(problem)?;
    row.and_then(Place::of).ok_or(Problem::NotFound)
}

/// The hub of an id, for a page.
///
/// # Errors
/// 404 when there is none.
pub async fn place_of(visit: &Visit, hub: HubId) -> Result<Place, Problem> {
    let row = crate::network::view::hub(visit.app.journal().db(), &hub.to_string())
        .await
        .map_err(problem)?;
    row.and_then(Place::of).ok_or(Problem::NotFound)
}

impl Place {
    /// From the view; `None` for a row that cannot be.
    pub fn of(row: crate::network::view::HubRow) -> Option<Self> {
        let locale = row.locales().first().and_then(|tag| Locale::parse(tag)).unwrap_or_default();
        Some(Self {
            id: HubId::parse(&row.id).ok()?,
            zone: kernel::Zone::parse(&row.zone)?,
            slug: row.slug,
            name: row.name,
            locale,
        })
    }
}

fn nav(text: Text, key: &str, href: String, here: &str, exactly: bool) -> Link {
    let link = Link::new(text.s(key), href);
    if exactly && link.href != here { link } else { link.at(here) }
}

/// A fault of the journal as a page.
pub fn problem(fault: impl std::borrow::Borrow<journal::Error>) -> Problem {
    let fault = fault.borrow();
    tracing::error!(error = %fault, cause = ?std::error::Error::source(fault), "a page could not be answered");
    if fault.is_passing() {
        Problem::Unavailable(Duration::from_secs(3))
    } else {
        Problem::Internal
    }
}

/// A fault of a command as a page.
pub fn fault_page(fault: &Fault) -> Problem {
    match fault.code() {
        Code::Unauthenticated => Problem::SignIn,
        Code::Forbidden => Problem::Forbidden,
        Code::Unavailable => Problem::Unavailable(Duration::from_secs(3)),
        Code::BadUserInput | Code::BadRequest => Problem::BadRequest,
        _ => Problem::Internal,
    }
}
