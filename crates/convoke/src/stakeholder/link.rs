//! The link in the mail to a new stakeholder: it proves that its reader has the address.

use chrono::TimeDelta;
use kernel::PersonId;

use super::StakeholderId;
use super::view::{self, StakeholderRow};
use crate::app::App;

/// How long a link holds after its stakeholder registered: as long as a letter may lie unread in
/// a holiday.
pub const HOLDS: TimeDelta = TimeDelta::days(60);

/// Keeps this kind of link apart from all others.
const PURPOSE: &str = "confirm-email";

/// The text of the link: `/confirm/{text}`.
pub fn confirming(app: &App, stakeholder: StakeholderId, person: PersonId) -> String {
    app.link_token(PURPOSE, &format!("{stakeholder}~{person}"))
}

/// Whom a link's text names, if it is genuine.
pub fn confirmed(app: &App, token: &str) -> Option<(StakeholderId, PersonId)> {
    let (stakeholder, person) = app.link_target(PURPOSE, token)?.split_once('~')?;
    Some((stakeholder.parse().ok()?, person.parse().ok()?))
}

/// Whether a link for this entry is too old; what is confirmed stays confirmed.
pub fn is_old(app: &App, row: &StakeholderRow) -> bool {
    !row.confirmed && journal::instant(row.created_at) + HOLDS < app.now()
}

/// Whom a link's text names, if it is genuine and not too old.
///
/// # Errors
/// When the database is out of reach.
pub async fn valid(app: &App, token: &str) -> journal::Result<Option<(StakeholderId, PersonId)>> {
    let Some(who) = confirmed(app, token) else { return Ok(None) };
    let row = view::stakeholder(app.journal().db(), &who.0.to_string()).await?;
    Ok(row.filter(|row| !is_old(app, row)).map(|_row| who))
}
