//! Organisations from a table: the product reads it, each good row is a command.

use anyhow::{Context as _, Result};
use convoke::app::App;
use convoke::stakeholder::{StakeholderKind, import};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use kernel::{Id, PersonKind, Refusal};

use super::{Row, derived, key};
use crate::command::hub::Named;
use crate::usage::Usage;

/// Addresses looked up at once.
const LOOKUPS_MAX: usize = 64;

/// A row for each of the table's, in its order.
///
/// # Errors
/// [`Usage`] when nothing of the file can be trusted; faults of the database.
pub(super) async fn rows(app: &App, bytes: &[u8], hub: &Named) -> Result<Vec<Row>> {
    let read = import::read(bytes).map_err(|fault| Usage::new(fault.to_string()))?;
    let mut rows: Vec<Row> = stream::iter(read.rows)
        .map(|row| good(app, hub, row))
        .buffered(LOOKUPS_MAX)
        .try_collect()
        .await?;
    rows.extend(read.refused.into_iter().map(|row| Row {
        number: row.row,
        name: row.name,
        act: Err(said(&row.reasons)),
    }));
    rows.sort_by_key(|row| row.number);
    Ok(rows)
}

async fn good(app: &App, hub: &Named, row: import::Row) -> Result<Row> {
    let (number, name) = (row.row, row.name.clone());
    let text = |text: &Option<String>| text.clone().unwrap_or_default().to_lowercase();
    let parts = [row.name.to_lowercase(), text(&row.website), text(&row.city)];
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let key = key(hub, "stakeholder", &parts);
    let person = match &row.email {
        Some(address) => {
            app.journal().keys().person_of(address).await.context("could not look an address up")?
        }
        None => Id::<PersonKind>::new(derived(&key, "person")),
    };
    // The whole row: one that was changed since is another command on the same stakeholder.
    let command =
        derived(&format!("{key} {row:?}", row = import::Row { row: 0, ..row.clone() }), "command");
    let stakeholder = Id::<StakeholderKind>::new(derived(&key, "stakeholder"));
    let locale = hub.row.locales().into_iter().next().unwrap_or_else(|| "en".to_owned());
    let act = row.into_act(hub.id, stakeholder, person, &locale);
    Ok(Row { number, name, act: Ok((command, Box::new(act))) })
}

fn said(reasons: &[Refusal]) -> String {
    let reasons: Vec<&str> = reasons.iter().map(|reason| reason.says.as_str()).collect();
    reasons.join("; ")
}
