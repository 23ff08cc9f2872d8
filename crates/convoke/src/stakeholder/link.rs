//! The link in the mail to a new stakeholder: it proves that its reader has the address.

use kernel::PersonId;

use super::StakeholderId;
use crate::app::App;

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
