//! Events of a calendar file: the product reads it, each good component is a proposal.
//!
//! What was lost of a component that comes in is said as well, behind the word “note”.

use anyhow::{Context as _, Result};
use convoke::app::App;
use convoke::intake::{self, Component, Purpose};
use convoke::issue::IssueId;
use convoke::issue::view as issues;
use kernel::{DynAct, Refusal, Zone};

use super::{AskedCalendar, Row};
use crate::command::hub::Named;
use crate::console::warn;
use crate::usage::Usage;

/// A row for each component, in the file's order.
///
/// # Errors
/// [`Usage`] when nothing of the file can be read, or there is no such issue; faults of the
/// database.
pub(super) async fn rows(
    app: &App,
    bytes: Vec<u8>,
    hub: &Named,
    asked: &AskedCalendar,
) -> Result<Vec<Row>> {
    let zone = Zone::parse(&hub.row.zone)
        .ok_or_else(|| Usage::new(format!("the hub’s zone {} is unknown here", hub.row.zone)))?;
    let issue = match &asked.issue {
        Some(name) => Some(issue(app, hub, name).await?),
        None => None,
    };
    let reading = tokio::task::spawn_blocking(move || intake::file::read(&bytes, zone));
    let file = reading.await.context("the file could not be read")?;
    let file = file.map_err(|fault| Usage::new(fault.to_string()))?;
    let purpose = Purpose { hub: hub.id, issue, past: asked.past };
    let file = file.fit(&purpose, app.now());
    for note in &file.notes {
        warn(format!("note: {}", note.says));
    }
    Ok(file.components.iter().map(|one| row(app, one, &purpose, &file.name)).collect())
}

fn row(app: &App, component: &Component, purpose: &Purpose, calendar: &str) -> Row {
    let number = component.index;
    let name = match (&component.uid, component.title.as_str()) {
        (Some(uid), "") => uid.clone(),
        (Some(uid), title) => format!("{title} ({uid})"),
        (None, title) => title.to_owned(),
    };
    let said = said(&component.reasons);
    match component.act(purpose, calendar) {
        Some(act) => {
            if !said.is_empty() {
                warn(format!("component {number} “{name}”: note: {said}"));
            }
            let act: Box<dyn DynAct> = Box::new(act);
            // What was refused today may be possible tomorrow, so every run asks anew.
            Row { number, name, act: Ok((app.world().uuid(), act)) }
        }
        None => Row { number, name, act: Err(said) },
    }
}

fn said(reasons: &[Refusal]) -> String {
    let reasons: Vec<&str> = reasons.iter().map(|reason| reason.says.as_str()).collect();
    reasons.join("; ")
}

async fn issue(app: &App, hub: &Named, name: &str) -> Result<IssueId> {
    let db = app.journal().db();
    let row = match IssueId::parse(name) {
        Ok(_id) => issues::issue(db, name).await,
        Err(_no_id) => issues::issue_by_slug(db, &hub.row.id, name).await,
    };
    let row = row.context("could not look for the issue")?;
    let row = row.filter(|issue| issue.journal == hub.row.id);
    let row = row.ok_or_else(|| Usage::new(format!("this hub has no issue “{name}”")))?;
    IssueId::parse(&row.id).context("an issue's id cannot be read")
}
