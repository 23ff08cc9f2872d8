//! One event as a file, for who imports instead of subscribing.

use axum::response::Response;
use bytes::Bytes;
use calendar::Organizer;
use http::{HeaderMap, HeaderValue, header};
use journal::instant;
use web::problem::Problem;

use super::draft::locale;
use super::entry::{self, Around, Detail};
use super::serve::{Keep, Validators, digits};
use crate::app::App;
use crate::site::problem;
use crate::text::Text;

/// Who offers an event to somebody who was not invited to it: the hub.
///
/// # Errors
/// When the address letters come from is none.
pub(super) fn organizer(app: &App, hub: &str) -> Result<Organizer, Problem> {
    let address = crate::letter::sender(app.settings()).map_err(|cause| {
        tracing::error!(%cause, "the address letters come from is none");
        Problem::Internal
    })?;
    Ok(Organizer { name: hub.to_owned(), address: address.as_str().to_owned() })
}

/// One event as a file to import once.
///
/// # Errors
/// 404 when there is no such public event in that hub; 503 when the database is out of reach.
pub async fn download(
    app: &App,
    hub: &str,
    event: &str,
    query: &str,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let db = app.journal().db();
    let hub = crate::network::view::hub_by_slug(db, hub).await.map_err(problem)?;
    let row = crate::event::view::event(db, event).await.map_err(problem)?;
    let (Some(hub), Some(row)) = (hub, row) else { return Err(Problem::NotFound) };
    if row.journal != hub.id || !row.is_public() {
        return Err(Problem::NotFound);
    }
    let asked = url::form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "lang")
        .map(|(_, value)| value.into_owned());
    let text = Text::new(locale(asked.as_deref(), &hub.locales));
    let whole = format!(
        "{} {} {} {} {}",
        app.settings().public_url,
        app.settings().uid_domain,
        row.id,
        row.changed_position,
        text.locale().code()
    );
    let changed = instant(row.changed_at);
    let (now, keep) = (app.now(), Keep::Public);
    let validators = Validators { tag: digits(&whole), changed, now, is_gzip: false, keep };
    if let Some(unchanged) = validators.unchanged(headers) {
        return Ok(unchanged);
    }
    let issue = match &row.issue {
        Some(issue) => crate::issue::view::issue(db, issue).await.map_err(problem)?,
        None => None,
    };
    let around = Around {
        settings: app.settings(),
        hub: &hub.name,
        slug: &hub.slug,
        issue: issue.as_ref().map(|issue| issue.title.as_str()),
        text,
        takes_time: true,
    };
    let organizer = organizer(app, &hub.name)?;
    let file = entry::entry(&row, Detail::Full, &around)
        .and_then(|entry| calendar::download(&entry, &organizer).ok())
        .ok_or(Problem::NotFound)?;
    let mut answer = validators.answer(Bytes::from(file));
    let name = HeaderValue::from_static("attachment; filename=\"event.ics\"");
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    Ok(answer)
}
