//! The links of a person, and to which of them a token leads.
//!
//! Tokens that have ended stay, so that the programs which still ask are told so. When a link was
//! last asked for is no decision of anybody and no part of a view: an ordinary table, which a
//! rebuild leaves alone.

use chrono::{DateTime, Utc};
use journal::{Db, Rows, Sql, Table, args, cell, int, json_list, personal, row, text, values};
use kernel::{FactError, Recorded};

use super::decider::{Fact, Feed};
use crate::stakeholder::ContactFact;

/// A row for each link, revoked ones too.
pub static LINKS: Table = Table {
    name: "calendar_link_link",
    key: &["id"],
    columns: &[
        text("id"),
        text("person"),
        text("feed"),
        text("hackathon"),
        text("team"),
        text("detail"),
        personal("label", "person"),
        int("rotated_at"),
        int("revoked_at"),
        int("erased_at"),
        int("version"),
        int("created_at"),
        int("created_position"),
        int("changed_at"),
        int("changed_position"),
    ],
    indexes: &[&["person", "created_position"]],
};

/// A row for each token ever made.
pub static TOKENS: Table = Table {
    name: "calendar_link_token",
    key: &["hash"],
    columns: &[text("hash"), text("link"), text("person"), int("ended_at"), int("erased_at")],
    indexes: &[&["person"]],
};

/// The tables of this folder.
pub fn tables() -> Vec<&'static Table> {
    vec![&LINKS, &TOKENS]
}

/// What a fact changes in them.
pub fn project(fact: &Recorded<Fact>, rows: &mut Rows) {
    let person = fact.stream.id();
    let token = |hash: &str, link| values! { "hash" => hash, "link" => link, "person" => person };
    let ended = || values! { "ended_at" => fact.recorded_at };
    match &fact.fact {
        Fact::CalendarLinkCreated { link, feed, detail, token_hash, label } => {
            let (hackathon, team) = match *feed {
                Feed::Personal => (None, None),
                Feed::Hackathon { hackathon } => (Some(hackathon), None),
                Feed::Team { hackathon, team } => (Some(hackathon), Some(team)),
            };
            let mut row = values! {
                "id" => *link, "person" => person, "feed" => feed.name(),
                "hackathon" => hackathon, "team" => team, "detail" => detail.to_string(),
                "label" => label, "created_at" => fact.recorded_at,
                "created_position" => fact.position,
            };
            row.extend(touched(fact));
            rows.put(&LINKS, row);
            rows.put(&TOKENS, token(token_hash, *link));
        }
        Fact::CalendarLinkRotated { link, token_hash, replaces } => {
            rows.patch(&TOKENS, [cell(replaces)], ended());
            rows.put(&TOKENS, token(token_hash, *link));
            let mut set = values! { "rotated_at" => fact.recorded_at };
            set.extend(touched(fact));
            rows.patch(&LINKS, [cell(*link)], set);
        }
        Fact::CalendarLinkRevoked { link, token_hash } => {
            rows.patch(&TOKENS, [cell(token_hash)], ended());
            let mut set = values! { "revoked_at" => fact.recorded_at };
            set.extend(touched(fact));
            rows.patch(&LINKS, [cell(*link)], set);
        }
    }
}

fn touched(fact: &Recorded<Fact>) -> journal::Values {
    values! {
        "version" => fact.version, "changed_at" => fact.recorded_at,
        "changed_position" => fact.position,
    }
}

/// The same for a fact as it is stored; of other folders' facts only the erasure of a person
/// matters here: her links end with her.
///
/// # Errors
/// When a fact that concerns us cannot be read.
pub fn project_recorded(fact: &Recorded<String>, rows: &mut Rows) -> Result<(), FactError> {
    if let Some(fact) = fact.read()? {
        project(&fact, rows);
    }
    if let Some(fact) = fact.read::<ContactFact>()?
        && let ContactFact::PersonErased { person } = &fact.fact
    {
        let set = || values! { "erased_at" => fact.recorded_at };
        rows.update_where(&LINKS, "person", *person, set());
        rows.update_where(&TOKENS, "person", *person, set());
    }
    Ok(())
}

row! {
    /// A link.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct LinkRow {
        /// The hub.
        pub journal: String,
        /// Its id.
        pub id: String,
        /// Whose it is.
        pub person: String,
        /// What it shows: `personal`, `hackathon` or `team`.
        pub feed: String,
        /// Which hackathon.
        pub hackathon: Option<String>,
        /// Which team.
        pub team: Option<String>,
        /// How much of it, a [`super::Detail`] in kebab case.
        pub detail: String,
        /// What its owner calls it; gone when she was erased.
        pub label: Option<String>,
        /// When it last got another address, in microseconds.
        pub rotated_at: Option<i64>,
        /// When it was revoked, in microseconds.
        pub revoked_at: Option<i64>,
        /// When its owner was erased, in microseconds.
        pub erased_at: Option<i64>,
        /// When it was made, in microseconds.
        pub created_at: i64,
        /// The hour in which it was last asked for, in microseconds.
        pub used_at: Option<i64>,
    }
}

impl LinkRow {
    /// What it shows; `None` for a row that cannot be.
    pub fn feed(&self) -> Option<Feed> {
        let hackathon = || self.hackathon.as_deref()?.parse().ok();
        Some(match self.feed.as_str() {
            "personal" => Feed::Personal,
            "hackathon" => Feed::Hackathon { hackathon: hackathon()? },
            "team" => {
                Feed::Team { hackathon: hackathon()?, team: self.team.as_deref()?.parse().ok()? }
            }
            _ => return None,
        })
    }

    /// When it ended, in microseconds.
    pub fn ended_at(&self) -> Option<i64> {
        [self.revoked_at, self.erased_at].into_iter().flatten().min()
    }
}

row! {
    /// What a token leads to, with what its feed is called by.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct TokenRow {
        /// The link.
        pub link: String,
        /// Whose it is.
        pub person: String,
        /// What it shows: `personal`, `hackathon` or `team`.
        pub feed: String,
        /// Which hackathon.
        pub hackathon: Option<String>,
        /// Which team.
        pub team: Option<String>,
        /// How much of it, a [`super::Detail`] in kebab case.
        pub detail: String,
        /// When the token ended, in microseconds.
        pub ended_at: Option<i64>,
        /// When its owner was erased, in microseconds.
        pub erased_at: Option<i64>,
        /// When the link was made, in microseconds.
        pub created_at: i64,
        /// The hub's id.
        pub hub: String,
        /// Its name.
        pub hub_name: String,
        /// Its place in addresses.
        pub slug: String,
        /// Its time zone.
        pub zone: String,
        /// Its languages, as JSON.
        pub locales: String,
    }
}

impl TokenRow {
    /// When it ended, in microseconds.
    pub fn ended_at(&self) -> Option<i64> {
        [self.ended_at, self.erased_at].into_iter().flatten().min()
    }
}

macro_rules! links {
    ($tail:literal) => {
        concat!(
            "SELECT l.journal AS journal, l.id AS id, l.person AS person, l.feed AS feed,
                l.hackathon AS hackathon, l.team AS team, l.detail AS detail, l.label AS label,
                l.rotated_at AS rotated_at, l.revoked_at AS revoked_at, l.erased_at AS erased_at,
                l.created_at AS created_at, u.used_at AS used_at ",
            $tail
        )
    };
}

const OF_PERSON: &str = links!(
    "FROM network_hub AS h
     JOIN calendar_link_link AS l ON l.journal = h.id AND l.person = $1
     LEFT JOIN calendar_link_use AS u ON u.link = l.id
     WHERE h.journal = 'network' AND (CAST($2 AS TEXT) IS NULL OR h.id = $2)
     ORDER BY l.created_at DESC, l.id DESC LIMIT 200"
);
const ONE: &str = links!(
    "FROM calendar_link_link AS l LEFT JOIN calendar_link_use AS u ON u.link = l.id WHERE l.id = $1"
);
const BY_TOKEN: &str = "SELECT t.link AS link, l.person AS person, l.feed AS feed,
        l.hackathon AS hackathon, l.team AS team, l.detail AS detail, t.ended_at AS ended_at,
        t.erased_at AS erased_at, l.created_at AS created_at, h.id AS hub, h.name AS hub_name,
        h.slug AS slug, h.zone AS zone, h.locales AS locales
    FROM calendar_link_token AS t
    JOIN calendar_link_link AS l ON l.id = t.link
    JOIN network_hub AS h ON h.journal = 'network' AND h.id = l.journal
    WHERE t.hash = $1";

/// A person's newest two hundred links, in one hub or in all; the newest first.
///
/// # Errors
/// When the database is out of reach.
pub async fn links_of(db: &Db, person: &str, hub: Option<&str>) -> journal::Result<Vec<LinkRow>> {
    db.all(OF_PERSON, args![person, hub]).await
}

/// One link.
///
/// # Errors
/// When the database is out of reach.
pub async fn link(db: &Db, id: &str) -> journal::Result<Option<LinkRow>> {
    db.opt(ONE, args![id]).await
}

/// What the token of this hash leads to.
///
/// # Errors
/// When the database is out of reach.
pub async fn by_token(db: &Db, hash: &str) -> journal::Result<Option<TokenRow>> {
    db.opt(BY_TOKEN, args![hash]).await
}

/// Notes that these links were asked for at an instant.
///
/// # Errors
/// When the database is out of reach.
pub async fn note_use(db: &Db, links: &[String], at: DateTime<Utc>) -> journal::Result<u64> {
    // The two databases unfold a JSON list in different words.
    let sql = Sql::pair(
        "INSERT INTO calendar_link_use (link, used_at)
         SELECT value, $2 FROM json_each($1) WHERE true
         ON CONFLICT (link) DO UPDATE SET used_at = excluded.used_at
         WHERE excluded.used_at > calendar_link_use.used_at",
        "INSERT INTO calendar_link_use (link, used_at)
         SELECT value, CAST($2 AS BIGINT) FROM json_array_elements_text(CAST($1 AS json))
         ON CONFLICT (link) DO UPDATE SET used_at = excluded.used_at
         WHERE excluded.used_at > calendar_link_use.used_at",
    );
    let mut args = vec![json_list(links)];
    args.extend(args![at]);
    db.exec(sql, args).await
}
