//! `/dev/mail`: the letters a demo would have sent, as their readers would see them.
//!
//! Only where the product is a demo; anywhere else there is no such page. It reads the folder the
//! mails are written to, off the async threads.

use std::path::PathBuf;

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;
use http::{HeaderValue, header};
use mail::read::{self, StoredLetter};
use web::frame::{Frame, Link, page};
use web::part::{Empty, Facts};
use web::problem::Problem;

use crate::site::{Site, Visit};
use crate::text::Text;

/// Letters on the list.
const LISTED_MAX: usize = 200;

/// Where the list is.
pub(crate) const HOME: &str = "/dev/mail";

/// The routes of the mailbox.
pub(crate) fn routes() -> Router<Site> {
    Router::new()
        .route("/dev/mail", get(list))
        .route("/dev/mail/{file}", get(show))
        .route("/dev/mail/{file}/html", get(html))
}

struct Line {
    href: String,
    subject: String,
    to: String,
    when: String,
}

#[derive(Template)]
#[template(path = "pages/mailbox.html")]
struct Mailbox {
    frame: Frame,
    t: Text,
    letters: Vec<Line>,
    nothing: Empty,
}

fn folder(visit: &Visit) -> Result<PathBuf, Problem> {
    let settings = visit.app.settings();
    settings.mailbox.clone().filter(|_| settings.demo).ok_or(Problem::NotFound)
}

/// Reads files where nobody waits for a thread.
async fn reading<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(work).await.map_err(|_cancelled| Problem::Internal)?;
    done.map_err(|error| {
        tracing::error!(%error, "the mailbox could not be read");
        Problem::Internal
    })
}

async fn list(visit: Visit) -> Result<Response, Problem> {
    let folder = folder(&visit)?;
    let text = visit.text();
    let letters = reading(move || read::folder(&folder, LISTED_MAX)).await?;
    let lines = letters.into_iter().map(|(file, letter)| Line {
        href: format!("/dev/mail/{file}"),
        subject: letter.subject,
        to: letter.to,
        when: letter.date.map(|at| at.format("%Y-%m-%d %H:%M UTC").to_string()).unwrap_or_default(),
    });
    Ok(page(&Mailbox {
        frame: visit.frame(text.s("mailbox-title"), None),
        t: text,
        letters: lines.collect(),
        nothing: Empty::new(text.s("mailbox-empty")).next(text.s("home-hubs"), "/"),
    }))
}

#[derive(Template)]
#[template(path = "pages/letter.html")]
struct LetterPage {
    frame: Frame,
    t: Text,
    letter: StoredLetter,
    facts: Facts,
    html: String,
}

async fn one(visit: &Visit, file: String) -> Result<StoredLetter, Problem> {
    let folder = folder(visit)?;
    reading(move || read::file(&folder, &file)).await?.ok_or(Problem::NotFound)
}

async fn show(visit: Visit, Path(file): Path<String>) -> Result<Response, Problem> {
    let letter = one(&visit, file.clone()).await?;
    let trail = vec![Link::new(visit.text().s("mailbox-title"), HOME)];
    Ok(shown(&visit, letter, trail, &format!("{HOME}/{file}/html")))
}

/// The page of a letter; its HTML part is shown in a frame, from `html`.
pub(crate) fn shown(visit: &Visit, letter: StoredLetter, trail: Vec<Link>, html: &str) -> Response {
    let text = visit.text();
    let mut frame = visit.frame(&letter.subject, None);
    frame.trail = trail;
    let facts = Facts::new()
        .row(text.s("mailbox-from"), &letter.from)
        .row(text.s("mailbox-to"), &letter.to)
        .row(text.s("word-date"), letter.date.map(|at| at.to_rfc3339()).unwrap_or_default())
        .row(text.s("mailbox-signed"), signed(&letter, text));
    let html = if letter.html.is_some() { html.to_owned() } else { String::new() };
    let mut response = page(&LetterPage { frame, t: text, facts, html, letter });
    // The page may show the letter in a frame, and nothing else.
    let policy = format!("{}; frame-src 'self'", web::headers::POLICY);
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// Who has signed it (RFC 6376 §3.5): domain and selector.
fn signed(letter: &StoredLetter, text: Text) -> String {
    let Some(signature) = letter.header("DKIM-Signature") else {
        return text.s("mailbox-unsigned");
    };
    let value = |name: &str| {
        let mut tags = signature.split(';').filter_map(|tag| tag.trim().split_once('='));
        tags.find(|(tag, _)| *tag == name).map(|(_, value)| value.trim()).unwrap_or_default()
    };
    format!("{} ({})", value("d"), value("s"))
}

async fn html(visit: Visit, Path(file): Path<String>) -> Result<Response, Problem> {
    sandboxed(one(&visit, file).await?)
}

/// The HTML part alone, in a sandbox: no script, no form, no way out.
pub(crate) fn sandboxed(letter: StoredLetter) -> Result<Response, Problem> {
    let mut response = Html(letter.html.ok_or(Problem::NotFound)?).into_response();
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
             frame-ancestors 'self'",
        ),
    );
    Ok(response)
}
