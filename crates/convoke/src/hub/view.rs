//! What hubs tell about themselves, as pages and queries see it.

use journal::{Db, Rows, Table, args, int, row, text, values};
use kernel::{FactError, Recorded};

use super::Fact;
use crate::network::view::touched;

/// One row for each hub that has said anything.
pub static PROFILES: Table = Table {
    name: "hub_profile",
    key: &["id"],
    columns: &[
        text("id"),
        text("address"),
        text("phone"),
        text("email"),
        text("website"),
        text("purpose"),
        int("version"),
        int("changed_at"),
        int("changed_position"),
    ],
    indexes: &[],
};

/// The tables of this folder.
pub fn tables() -> Vec<&'static Table> {
    vec![&PROFILES]
}

/// What a fact changes in them.
pub fn project(fact: &Recorded<Fact>, rows: &mut Rows) {
    match &fact.fact {
        Fact::HubProfileChanged { address, phone, email, website, purpose } => rows.put(
            &PROFILES,
            touched(
                fact,
                values! {
                    "id" => fact.stream.id(), "address" => address.as_deref(),
                    "phone" => phone.as_deref(), "email" => email.as_deref(),
                    "website" => website.as_deref(), "purpose" => purpose.as_deref(),
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

row! {
    /// What a hub tells about itself.
    #[derive(Clone, Debug, PartialEq)]
    pub struct ProfileRow {
        /// The hub.
        pub id: String,
        /// Where to go.
        pub address: Option<String>,
        /// The desk's telephone.
        pub phone: Option<String>,
        /// The desk's mail address.
        pub email: Option<String>,
        /// Its website.
        pub website: Option<String>,
        /// What it is for.
        pub purpose: Option<String>,
        /// The version of the hub's stream: what an edit expects.
        pub version: i64,
        /// When it last changed, in microseconds.
        pub changed_at: i64,
        /// The position in the hub's journal that last changed it.
        pub changed_position: i64,
    }
}

const BY_ID: &str = "SELECT id, address, phone, email, website, purpose, version, changed_at,
        changed_position
    FROM hub_profile
    WHERE journal = $1 AND id = $1";

/// What a hub tells about itself; nothing until it has.
pub async fn profile(db: &Db, hub: &str) -> journal::Result<Option<ProfileRow>> {
    db.opt(BY_ID, args![hub]).await
}
