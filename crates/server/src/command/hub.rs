//! Finding hubs by what people type: a slug, or an id.

use anyhow::{Context as _, Result};
use convoke::app::App;
use convoke::network::view::{self, HubRow};
use journal::OneText;
use kernel::HubId;

use crate::config::nearest;
use crate::usage::Usage;

/// A hub somebody named.
pub(crate) struct Named {
    /// Its id.
    pub(crate) id: HubId,
    /// Its row.
    pub(crate) row: HubRow,
}

/// The hub of this slug or id.
///
/// # Errors
/// [`Usage`] naming the hubs there are.
pub(crate) async fn find(app: &App, name: &str) -> Result<Named> {
    let db = app.journal().db();
    let row = match HubId::parse(name) {
        Ok(_id) => view::hub(db, name).await,
        Err(_no_id) => view::hub_by_slug(db, name).await,
    }
    .context("could not look for the hub")?;
    let Some(row) = row else { return Err(unknown(app, name).await.into()) };
    let id = HubId::parse(&row.id).context("a hub's id cannot be read")?;
    Ok(Named { id, row })
}

async fn unknown(app: &App, name: &str) -> Usage {
    const SLUGS: &str = "SELECT slug AS text FROM network_hub ORDER BY slug LIMIT 100";
    let hubs: Vec<OneText> = app.journal().db().all(SLUGS, vec![]).await.unwrap_or_default();
    let slugs: Vec<&str> = hubs.iter().filter_map(|hub| hub.text.as_deref()).collect();
    Usage::new(match nearest(name, &slugs) {
        Some(meant) => format!("there is no hub “{name}”; did you mean {meant}?"),
        None if slugs.is_empty() => format!(
            "there is no hub “{name}”: this database has none yet; open one with the mutation openHub"
        ),
        None => format!("there is no hub “{name}”; there are {}", slugs.join(", ")),
    })
}

/// The journals to walk: one hub's, or all.
///
/// # Errors
/// As [`find`].
pub(crate) async fn journals(app: &App, hub: Option<&str>) -> Result<Vec<(String, String)>> {
    if let Some(name) = hub {
        if name == journal::NETWORK {
            return Ok(vec![(name.to_owned(), name.to_owned())]);
        }
        let hub = find(app, name).await?;
        return Ok(vec![(hub.row.id, hub.row.slug)]);
    }
    let ids = app.journal().journals().await.context("could not list the journals")?;
    let mut journals = Vec::with_capacity(ids.len());
    for id in ids {
        let row = view::hub(app.journal().db(), &id).await.context("could not name a journal")?;
        let name = row.map_or_else(|| id.clone(), |row| row.slug);
        journals.push((id, name));
    }
    Ok(journals)
}
