//! `/dev/mail/preview`: every letter there is, in every language, written from one fixture.
//!
//! Only where the product is a demo, like the mailbox it belongs to.

use std::str::FromStr as _;

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use mail::read::{self, StoredLetter};
use strum::IntoEnumIterator as _;
use web::frame::{Frame, Link, page};
use web::problem::Problem;

use super::mailbox;
use crate::letter::{self, sample};
use crate::site::{Site, Visit};
use crate::text::{Locale, Text};

/// Where the list is.
pub(crate) const HOME: &str = "/dev/mail/preview";

/// The routes of the preview.
pub(crate) fn routes() -> Router<Site> {
    Router::new()
        .route("/dev/mail/preview", get(list))
        .route("/dev/mail/preview/{kind}/{locale}", get(show))
        .route("/dev/mail/preview/{kind}/{locale}/html", get(html))
}

/// A kind of letter, in each language.
struct Line {
    name: String,
    links: Vec<Link>,
}

#[derive(Template)]
#[template(path = "pages/preview.html")]
struct Preview {
    frame: Frame,
    t: Text,
    lines: Vec<Line>,
}

async fn list(visit: Visit) -> Result<Response, Problem> {
    only_here(&visit)?;
    let text = visit.text();
    let mut frame = visit.frame(text.s("preview-title"), None);
    frame.trail = vec![Link::new(text.s("mailbox-title"), mailbox::HOME)];
    let line = |template: letter::Template| Line {
        name: template.to_string(),
        links: Locale::ALL
            .map(|locale| Link::new(locale.code(), format!("{HOME}/{template}/{}", locale.code())))
            .into(),
    };
    let lines = letter::Template::iter().map(line).collect();
    Ok(page(&Preview { frame, t: text, lines }))
}

fn only_here(visit: &Visit) -> Result<(), Problem> {
    if visit.app.settings().demo { Ok(()) } else { Err(Problem::NotFound) }
}

/// The letter of a path.
fn one(visit: &Visit, kind: &str, locale: &str) -> Result<StoredLetter, Problem> {
    only_here(visit)?;
    let template = letter::Template::from_str(kind).map_err(|_unknown| Problem::NotFound)?;
    let locale = Locale::ALL.into_iter().find(|one| one.code() == locale);
    let locale = locale.ok_or(Problem::NotFound)?;
    let sample = sample::one(visit.app.settings(), template, locale).map_err(|error| {
        tracing::error!(%error, kind, "a sample could not be written");
        Problem::Internal
    })?;
    read::letter(&sample.mime).ok_or(Problem::Internal)
}

async fn show(
    visit: Visit,
    Path((kind, locale)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let letter = one(&visit, &kind, &locale)?;
    let text = visit.text();
    let trail = vec![
        Link::new(text.s("mailbox-title"), mailbox::HOME),
        Link::new(text.s("preview-title"), HOME),
    ];
    Ok(mailbox::shown(&visit, letter, trail, &format!("{HOME}/{kind}/{locale}/html")))
}

async fn html(
    visit: Visit,
    Path((kind, locale)): Path<(String, String)>,
) -> Result<Response, Problem> {
    mailbox::sandboxed(one(&visit, &kind, &locale)?)
}
