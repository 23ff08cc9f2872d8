//! Roles and tokens, as whoever lets people in sees them.
//!
//! Every request asks for the token of a secret's hash and for a person's roles, so both are one
//! look-up by index.

use journal::{Db, Rows, Table, args, cell, int, personal, row, text, values};
use kernel::{FactError, Recorded};

use super::Fact;
use crate::network::view::{created, touched};

/// One row for each role somebody holds; the hub of a network role is empty.
pub static ROLES: Table = Table {
    name: "account_role",
    key: &["person", "hub", "role"],
    columns: &[text("person"), text("hub"), text("role"), int("granted_at")],
    indexes: &[&["hub", "role"]],
};

/// One row for each token ever issued.
pub static TOKENS: Table = Table {
    name: "account_token",
    key: &["id"],
    columns: &[
        text("id"),
        text("person"),
        text("secret_hash"),
        text("hub"),
        text("role"),
        personal("label", "label_of"),
        text("label_of"),
        int("expires_at"),
        int("revoked_at"),
        int("version"),
        int("created_at"),
        int("changed_at"),
        int("changed_position"),
    ],
    indexes: &[&["secret_hash"], &["person"], &["hub"]],
};

/// The tables of this folder.
pub fn tables() -> Vec<&'static Table> {
    vec![&ROLES, &TOKENS]
}

/// What a fact changes in them.
pub fn project(fact: &Recorded<Fact>, rows: &mut Rows) {
    let person = fact.stream.id();
    match &fact.fact {
        Fact::RoleGranted { hub, role } => rows.put(
            &ROLES,
            values! {
                "person" => person, "hub" => place(*hub), "role" => role.to_string(),
                "granted_at" => fact.recorded_at,
            },
        ),
        Fact::RoleRevoked { hub, role } => {
            rows.delete(&ROLES, [cell(person), cell(place(*hub)), cell(role.to_string())]);
        }
        Fact::TokenIssued { token, secret_hash, hub, role, label, expires_at } => rows.put(
            &TOKENS,
            created(
                fact,
                values! {
                    "id" => *token, "person" => person, "secret_hash" => secret_hash,
                    "hub" => *hub, "role" => role.to_string(), "label" => label,
                    "label_of" => label.of, "expires_at" => *expires_at,
                },
            ),
        ),
        Fact::TokenRevoked { token } => rows.patch(
            &TOKENS,
            [cell(*token)],
            touched(fact, values! { "revoked_at" => fact.recorded_at }),
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

/// A hub in a key, which cannot be NULL.
fn place(hub: Option<kernel::HubId>) -> String {
    hub.map(|hub| hub.to_string()).unwrap_or_default()
}

row! {
    /// A role somebody holds.
    #[derive(Clone, Debug, PartialEq)]
    pub struct RoleRow {
        /// Who.
        pub person: String,
        /// Where; empty for the whole network.
        pub hub: String,
        /// The role, as `kernel::Role` is written.
        pub role: String,
        /// Since when, in microseconds.
        pub granted_at: i64,
    }
}

row! {
    /// A token.
    #[derive(Clone, Debug, PartialEq)]
    pub struct TokenRow {
        /// Its id.
        pub id: String,
        /// For whom it acts.
        pub person: String,
        /// SHA-256 of its secret, in hexadecimal digits.
        pub secret_hash: String,
        /// Where it may act; missing for the whole network.
        pub hub: Option<String>,
        /// As what.
        pub role: String,
        /// What it is for; gone when its person was erased.
        pub label: Option<String>,
        /// When it ends by itself, in microseconds.
        pub expires_at: Option<i64>,
        /// When it was revoked, in microseconds.
        pub revoked_at: Option<i64>,
        /// The version of the account's stream when it last changed.
        pub version: i64,
        /// When it was issued, in microseconds.
        pub created_at: i64,
        /// When it last changed, in microseconds.
        pub changed_at: i64,
        /// The position in the network's journal that last changed it.
        pub changed_position: i64,
    }
}

impl TokenRow {
    /// Whether it still acts at an instant.
    pub fn is_alive(&self, now: chrono::DateTime<chrono::Utc>) -> bool {
        let ended = self.expires_at.is_some_and(|at| at <= journal::micros(now));
        self.revoked_at.is_none() && !ended
    }
}

const ROLES_OF: &str = "SELECT person, hub, role, granted_at
    FROM account_role
    WHERE journal = 'network' AND person = $1
    ORDER BY hub, role";

const ROLES_IN: &str = "SELECT person, hub, role, granted_at
    FROM account_role
    WHERE journal = 'network' AND hub = $1
    ORDER BY role, person";

const TOKEN: &str = "SELECT id, person, secret_hash, hub, role, label, expires_at, revoked_at,
        version, created_at, changed_at, changed_position
    FROM account_token
    WHERE journal = 'network' AND id = $1";

const TOKEN_BY_HASH: &str = "SELECT id, person, secret_hash, hub, role, label, expires_at,
        revoked_at, version, created_at, changed_at, changed_position
    FROM account_token
    WHERE journal = 'network' AND secret_hash = $1";

const TOKENS_OF: &str = "SELECT id, person, secret_hash, hub, role, label, expires_at, revoked_at,
        version, created_at, changed_at, changed_position
    FROM account_token
    WHERE journal = 'network' AND person = $1
    ORDER BY created_at DESC, id
    LIMIT 100";

const TOKENS_IN: &str = "SELECT id, person, secret_hash, hub, role, label, expires_at, revoked_at,
        version, created_at, changed_at, changed_position
    FROM account_token
    WHERE journal = 'network' AND hub = $1
    ORDER BY created_at DESC, id
    LIMIT 100";

/// Every role a person holds, those of the whole network first.
pub async fn roles_of(db: &Db, person: &str) -> journal::Result<Vec<RoleRow>> {
    db.all(ROLES_OF, args![person]).await
}

/// Who holds which role in a hub; an empty hub asks for those of the network.
pub async fn roles_in(db: &Db, hub: &str) -> journal::Result<Vec<RoleRow>> {
    db.all(ROLES_IN, args![hub]).await
}

/// The token of an id.
pub async fn token(db: &Db, id: &str) -> journal::Result<Option<TokenRow>> {
    db.opt(TOKEN, args![id]).await
}

/// The token of a secret's hash.
pub async fn token_by_hash(db: &Db, secret_hash: &str) -> journal::Result<Option<TokenRow>> {
    db.opt(TOKEN_BY_HASH, args![secret_hash]).await
}

/// A person's newest hundred tokens.
pub async fn tokens_of(db: &Db, person: &str) -> journal::Result<Vec<TokenRow>> {
    db.all(TOKENS_OF, args![person]).await
}

/// A hub's newest hundred tokens.
pub async fn tokens_in(db: &Db, hub: &str) -> journal::Result<Vec<TokenRow>> {
    db.all(TOKENS_IN, args![hub]).await
}
