//! The hubs of the network, as pages and queries see them; and how views of all folders stamp
//! their rows.

use journal::{Db, Rows, Sql, Table, Values, args, int, json_list, row, text, values};
use kernel::{FactError, Recorded};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Fact;
use crate::app::relay::Keyset;
use crate::keyset;

/// One row for each hub.
pub static HUBS: Table = Table {
    name: "network_hub",
    key: &["id"],
    columns: &[
        text("id"),
        text("name"),
        text("slug"),
        text("zone"),
        text("locales"),
        int("version"),
        int("created_at"),
        int("changed_at"),
        int("changed_position"),
    ],
    indexes: &[&["slug"], &["name", "id"]],
};

/// The tables of this folder.
pub fn tables() -> Vec<&'static Table> {
    vec![&HUBS]
}

/// What a fact changes in them.
pub fn project(fact: &Recorded<Fact>, rows: &mut Rows) {
    match &fact.fact {
        Fact::HubOpened { hub, name, slug, zone, locales } => rows.put(
            &HUBS,
            created(
                fact,
                values! {
                    "id" => *hub, "name" => name, "slug" => slug, "zone" => zone.name(),
                    "locales" => json_text(locales),
                },
            ),
        ),
    }
}

/// The same for a fact as it is stored; other folders' facts change nothing.
///
/// # Errors
/// When a fact of ours cannot be read.
pub fn project_recorded(fact: &Recorded<String>, rows: &mut Rows) -> Result<(), FactError> {
    if let Some(fact) = fact.read()? {
        project(&fact, rows);
    }
    Ok(())
}

/// The values of a new row, stamped with who changed it last: version, times, position.
pub(crate) fn created<F>(fact: &Recorded<F>, mut set: Values) -> Values {
    set.extend(values! { "created_at" => fact.recorded_at });
    touched(fact, set)
}

/// The values of a changed row, stamped likewise.
pub(crate) fn touched<F>(fact: &Recorded<F>, mut set: Values) -> Values {
    set.extend(values! {
        "version" => fact.version,
        "changed_at" => fact.recorded_at,
        "changed_position" => fact.position,
    });
    set
}

/// A list or a small structure as the text of a column.
pub(crate) fn json_text<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|_unwritable| "null".to_owned())
}

/// A list or a small structure read back; empty when the column is.
pub(crate) fn json_read<T: DeserializeOwned + Default>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_default()
}

row! {
    /// A hub.
    #[derive(Clone, Debug, PartialEq, Default)]
    pub struct HubRow {
        /// Its id.
        pub id: String,
        /// What it is called.
        pub name: String,
        /// Its place in addresses.
        pub slug: String,
        /// Its IANA time zone.
        pub zone: String,
        /// Its languages as JSON, its own first.
        pub locales: String,
        /// The version of the network's stream when it was opened.
        pub version: i64,
        /// When it was opened, in microseconds.
        pub created_at: i64,
        /// When its row last changed, in microseconds.
        pub changed_at: i64,
        /// The position in the network's journal that last changed it.
        pub changed_position: i64,
    }
}

impl HubRow {
    /// Its languages, its own first.
    pub fn locales(&self) -> Vec<String> {
        json_read(&self.locales)
    }
}

const BY_ID: &str = "SELECT id, name, slug, zone, locales, version, created_at, changed_at,
        changed_position
    FROM network_hub
    WHERE journal = 'network' AND id = $1";

const BY_SLUG: &str = "SELECT id, name, slug, zone, locales, version, created_at, changed_at,
        changed_position
    FROM network_hub
    WHERE journal = 'network' AND slug = $1";

/// All hubs by name.
pub const BY_NAME: Keyset = keyset!(
    "SELECT id, name, slug, zone, locales, version, created_at, changed_at, changed_position
    FROM network_hub
    WHERE journal = $1",
    "name"
);
/// How many there are.
pub const COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM network_hub WHERE journal = $1";

// A list of ids arrives as one JSON text; the databases unfold it differently.
const BY_IDS: Sql = Sql::pair(
    "SELECT id, name, slug, zone, locales, version, created_at, changed_at, changed_position
    FROM network_hub
    WHERE journal = 'network' AND id IN (SELECT value FROM json_each($1))",
    "SELECT id, name, slug, zone, locales, version, created_at, changed_at, changed_position
    FROM network_hub
    WHERE journal = 'network'
        AND id IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))",
);

/// The hub of an id.
pub async fn hub(db: &Db, id: &str) -> journal::Result<Option<HubRow>> {
    db.opt(BY_ID, args![id]).await
}

/// The hub of a slug.
pub async fn hub_by_slug(db: &Db, slug: &str) -> journal::Result<Option<HubRow>> {
    db.opt(BY_SLUG, args![slug]).await
}

/// Hubs of these ids, in no order.
pub async fn hubs_by_id(db: &Db, ids: &[String]) -> journal::Result<Vec<HubRow>> {
    db.all(&BY_IDS, vec![json_list(ids)]).await
}

/// Hubs by name, behind the one with this name and id; empty texts begin at the first.
pub async fn hubs(db: &Db, after: (&str, &str), limit: i64) -> journal::Result<Vec<HubRow>> {
    let end = "\u{10FFFF}";
    db.all(BY_NAME.forward, args!["network", after.0, after.1, end, end, limit]).await
}
