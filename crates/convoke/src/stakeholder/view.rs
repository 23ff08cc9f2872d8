//! The registry as pages, queries and the choice of whom to invite see it.
//!
//! One row for each stakeholder, and beside it what it offers, needs and works on. Names,
//! addresses and free texts are personal columns: gone when their person is erased.

use journal::{
    Db, Rows, Sql, Table, Values, args, boolean, cell, int, json_list, personal, row, text, values,
};
use kernel::{FactError, Recorded};

use super::contact;
use super::fact::{Fact, Profile, Stage};
use crate::app::relay::Keyset;
use crate::keyset;
use crate::network::view::{created, json_read, json_text, touched};

/// One row for each stakeholder.
pub static STAKEHOLDERS: Table = Table {
    name: "stakeholder_stakeholder",
    key: &["id"],
    columns: &[
        text("id"),
        text("person"),
        text("kind"),
        personal("name", "person"),
        personal("email", "person"),
        personal("pending_email", "person"),
        int("email_change"),
        int("email_change_until"),
        personal("former_email", "person"),
        personal("about", "person"),
        text("locale"),
        text("city"),
        text("region"),
        text("country"),
        text("website"),
        text("tags"),
        text("stage"),
        text("visibility"),
        boolean("consent"),
        boolean("confirmed"),
        boolean("paused"),
        text("paused_until"),
        int("verified_at"),
        personal("verified_how", "verified_by"),
        text("verified_by"),
        text("merged_into"),
        int("version"),
        int("created_at"),
        int("changed_at"),
        int("changed_position"),
    ],
    indexes: &[&["name", "id"], &["stage", "kind"], &["person"]],
};

/// One row for each offer and each need that stands.
pub static PLEDGES: Table = Table {
    name: "stakeholder_pledge",
    key: &["stakeholder", "side", "number"],
    columns: &[
        text("stakeholder"),
        // `offer` or `need`.
        text("side"),
        int("number"),
        text("what"),
        text("until"),
        int("since"),
    ],
    indexes: &[],
};

/// One row for each relation to an issue that stands.
pub static RELATIONS: Table = Table {
    name: "stakeholder_relation",
    key: &["stakeholder", "issue", "relation"],
    columns: &[text("stakeholder"), text("issue"), text("relation"), int("since")],
    indexes: &[&["issue", "relation"]],
};

/// One row for each person who speaks for a stakeholder.
pub static CONTACTS: Table = Table {
    name: "stakeholder_contact",
    key: &["person"],
    columns: &[text("person"), text("stakeholder"), int("since")],
    indexes: &[&["stakeholder"]],
};

/// The tables of this folder.
pub fn tables() -> Vec<&'static Table> {
    vec![&STAKEHOLDERS, &PLEDGES, &RELATIONS, &CONTACTS]
}

/// What a fact about a person changes in them.
pub fn project_contact(fact: &Recorded<contact::Fact>, rows: &mut Rows) {
    match &fact.fact {
        contact::Fact::ContactTaken { stakeholder } => rows.put(
            &CONTACTS,
            values! {
                "person" => fact.stream.id(), "stakeholder" => *stakeholder,
                "since" => fact.recorded_at,
            },
        ),
        contact::Fact::PersonErased { person } => {
            rows.delete(&CONTACTS, [cell(*person)]);
            rows.erase(*person);
        }
        contact::Fact::ObligationTaken { .. } | contact::Fact::ObligationMet { .. } => {}
    }
}

/// What a fact about a stakeholder changes in them.
pub fn project(fact: &Recorded<Fact>, rows: &mut Rows) {
    let id = fact.stream.id();
    let set = match &fact.fact {
        Fact::ProspectNoted { .. } | Fact::StakeholderRegistered { .. } => {
            return enter(fact, rows);
        }
        Fact::EmailConfirmed {} => values! { "confirmed" => true },
        Fact::StakeholderVerified { how } => values! {
            "stage" => Stage::Verified.to_string(), "verified_at" => fact.recorded_at,
            "verified_how" => how, "verified_by" => how.of,
        },
        Fact::StakeholderProfileChanged { profile } => told(profile),
        Fact::OfferMade { offer, what, until } => {
            pledge(fact, rows, "offer", *offer, (what, *until));
            values! {}
        }
        Fact::NeedDeclared { need, what, until } => {
            pledge(fact, rows, "need", *need, (what, *until));
            values! {}
        }
        Fact::OfferWithdrawn { offer } => {
            rows.delete(&PLEDGES, [cell(id), cell("offer"), cell(*offer)]);
            values! {}
        }
        Fact::NeedWithdrawn { need } => {
            rows.delete(&PLEDGES, [cell(id), cell("need"), cell(*need)]);
            values! {}
        }
        Fact::RelationDeclared { issue, relation } => {
            rows.put(
                &RELATIONS,
                values! {
                    "stakeholder" => id, "issue" => *issue, "relation" => relation.to_string(),
                    "since" => fact.recorded_at,
                },
            );
            values! {}
        }
        Fact::RelationEnded { issue, relation } => {
            rows.delete(&RELATIONS, [cell(id), cell(*issue), cell(relation.to_string())]);
            values! {}
        }
        Fact::VisibilitySet { visibility } => values! { "visibility" => visibility.to_string() },
        Fact::LanguageSet { locale } => values! { "locale" => locale },
        Fact::StakeholderPaused { until } => {
            values! { "paused" => true, "paused_until" => *until }
        }
        Fact::StakeholderResumed {} => {
            values! { "paused" => false, "paused_until" => None::<&str> }
        }
        Fact::StakeholderMerged { into } => {
            values! { "stage" => Stage::Merged.to_string(), "merged_into" => *into }
        }
        Fact::StakeholderErased {} => values! { "stage" => Stage::Erased.to_string() },
        Fact::StakeholderAbsorbed { .. } | Fact::ContactDropped { .. } => values! {},
    };
    rows.patch(&STAKEHOLDERS, [cell(id)], touched(fact, set));
}

/// The same for a fact as it is stored; other folders' facts change nothing.
///
/// # Errors
/// When a fact of ours cannot be read.
pub fn project_recorded(fact: &Recorded<String>, rows: &mut Rows) -> Result<(), FactError> {
    if let Some(fact) = fact.read()? {
        project(&fact, rows);
    }
    if let Some(fact) = fact.read()? {
        project_contact(&fact, rows);
    }
    if let Some(fact) = fact.read()? {
        super::address::project(&fact, rows);
    }
    Ok(())
}

/// A prospect that registers keeps its row, its settings and the instant it was first noted.
fn enter(fact: &Recorded<Fact>, rows: &mut Rows) {
    let (Fact::ProspectNoted { person, profile, email, locale, .. }
    | Fact::StakeholderRegistered { person, profile, email, locale, .. }) = &fact.fact
    else {
        return;
    };
    let consent = matches!(&fact.fact, Fact::StakeholderRegistered { consent: true, .. });
    let stage = match &fact.fact {
        Fact::ProspectNoted { .. } => Stage::Prospect,
        _ => Stage::Registered,
    };
    let mut set = told(profile);
    set.extend(values! {
        "person" => *person, "email" => email.as_ref(), "locale" => locale,
        "stage" => stage.to_string(), "consent" => consent, "confirmed" => false,
    });
    if fact.version == 1 {
        set.extend(values! {
            "id" => fact.stream.id(), "visibility" => "public", "paused" => false,
        });
        rows.put(&STAKEHOLDERS, created(fact, set));
    } else {
        rows.patch(&STAKEHOLDERS, [cell(fact.stream.id())], touched(fact, set));
    }
}

fn told(profile: &Profile) -> Values {
    values! {
        "kind" => profile.kind.to_string(), "name" => &profile.name,
        "about" => profile.about.as_ref(), "city" => profile.city.as_deref(),
        "region" => profile.region.as_deref(), "country" => profile.country.as_deref(),
        "website" => profile.website.as_deref(), "tags" => json_text(&profile.tags),
    }
}

fn pledge(
    fact: &Recorded<Fact>,
    rows: &mut Rows,
    side: &str,
    number: u32,
    (what, until): (&String, Option<chrono::NaiveDate>),
) {
    rows.put(
        &PLEDGES,
        values! {
            "stakeholder" => fact.stream.id(), "side" => side, "number" => number,
            "what" => what, "until" => until, "since" => fact.recorded_at,
        },
    );
}

row! {
    /// A stakeholder.
    #[derive(Clone, Debug, PartialEq)]
    pub struct StakeholderRow {
        /// The hub.
        pub journal: String,
        /// Its id.
        pub id: String,
        /// Who owns its personal values.
        pub person: String,
        /// What sort it is, as [`super::Kind`] is written.
        pub kind: String,
        /// What it is called; gone after erasure.
        pub name: Option<String>,
        /// How to reach it: for hosts, curators and its own people only.
        pub email: Option<String>,
        /// The address that waits to be proved.
        pub pending_email: Option<String>,
        /// Which change of address was asked for last.
        pub email_change: Option<i64>,
        /// Until when it can be proved, in microseconds.
        pub email_change_until: Option<i64>,
        /// The address it had before.
        pub former_email: Option<String>,
        /// A few sentences.
        pub about: Option<String>,
        /// The language to write in.
        pub locale: String,
        /// Its city.
        pub city: Option<String>,
        /// Its region.
        pub region: Option<String>,
        /// Its country.
        pub country: Option<String>,
        /// Its website.
        pub website: Option<String>,
        /// Words it is found by, as JSON.
        pub tags: String,
        /// Where it stands, as [`Stage`] is written.
        pub stage: String,
        /// Who sees it, as [`super::Visibility`] is written.
        pub visibility: String,
        /// Whether it agreed to be listed and written to.
        pub consent: bool,
        /// Whether its address proved to be its own.
        pub confirmed: bool,
        /// Whether it asked not to be asked.
        pub paused: bool,
        /// The last day of the pause: `2026-12-24`.
        pub paused_until: Option<String>,
        /// When a curator made sure, in microseconds.
        pub verified_at: Option<i64>,
        /// How.
        pub verified_how: Option<String>,
        /// Where it lives on.
        pub merged_into: Option<String>,
        /// The version of its stream: what an edit expects.
        pub version: i64,
        /// When it was first noted, in microseconds.
        pub created_at: i64,
        /// When it last changed, in microseconds.
        pub changed_at: i64,
        /// The position in the hub's journal that last changed it.
        pub changed_position: i64,
    }
}

impl StakeholderRow {
    /// Words it is found by.
    pub fn tags(&self) -> Vec<String> {
        json_read(&self.tags)
    }
}

row! {
    /// An offer or a need that stands.
    #[derive(Clone, Debug, PartialEq)]
    pub struct PledgeRow {
        /// Whose.
        pub stakeholder: String,
        /// `offer` or `need`.
        pub side: String,
        /// Its number within the side, from 1.
        pub number: i64,
        /// What.
        pub what: String,
        /// The last day it holds: `2026-12-24`.
        pub until: Option<String>,
        /// Since when, in microseconds.
        pub since: i64,
    }
}

row! {
    /// A relation that stands.
    #[derive(Clone, Debug, PartialEq)]
    pub struct RelationRow {
        /// Who.
        pub stakeholder: String,
        /// To which issue.
        pub issue: String,
        /// How, as [`super::Relation`] is written.
        pub relation: String,
        /// Since when, in microseconds.
        pub since: i64,
    }
}

row! {
    /// Who speaks for whom.
    #[derive(Clone, Debug, PartialEq)]
    pub struct ContactRow {
        /// The person.
        pub person: String,
        /// For which stakeholder.
        pub stakeholder: String,
    }
}

row! {
    /// A name in the directory.
    #[derive(Clone, Debug, PartialEq)]
    pub struct NameRow {
        /// Whose.
        pub id: String,
        /// What it is called.
        pub name: String,
    }
}

/// The columns of [`StakeholderRow`].
macro_rules! stakeholder_columns {
    ($rest:literal) => {
        concat!(
            "SELECT journal, id, person, kind, name, email, pending_email,
                email_change, email_change_until, former_email, about, locale, city, region, country,
                website, tags, stage, visibility, consent, confirmed, paused, paused_until,
                verified_at, verified_how, merged_into, version, created_at, changed_at,
                changed_position
            FROM stakeholder_stakeholder
            ",
            $rest
        )
    };
}

const BY_ID: &str = stakeholder_columns!("WHERE id = $1");
/// What a list of the directory takes: kind as `$7` (empty for all), and as `$8` how much the
/// reader may see: 0 what is public and agreed to, 1 what members see, 2 everything.
/// Erased and merged entries are in no list; a nameless row sorts as if its name were empty.
pub const BY_NAME: Keyset = keyset!(
    stakeholder_columns!(
        "WHERE journal = $1 AND stage IN ('prospect', 'registered', 'verified')
        AND ($7 = '' OR kind = $7)
        AND ($8 >= 2 OR ($8 = 1 AND visibility <> 'hosts') OR (visibility = 'public' AND consent))"
    ),
    "COALESCE(name, '')"
);
/// How many such a list has: kind as `$2`, what may be seen as `$3`.
pub const COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n
    FROM stakeholder_stakeholder
    WHERE journal = $1 AND stage IN ('prospect', 'registered', 'verified')
        AND ($2 = '' OR kind = $2)
        AND ($3 >= 2 OR ($3 = 1 AND visibility <> 'hosts') OR (visibility = 'public' AND consent))";
const CANDIDATES: &str = stakeholder_columns!(
    "WHERE journal = $1 AND stage IN ('prospect', 'registered', 'verified') AND email IS NOT NULL
    ORDER BY id
    LIMIT $2"
);
// A list of ids arrives as one JSON text; the databases unfold it differently.
const BY_IDS: Sql = Sql::pair(
    stakeholder_columns!("WHERE id IN (SELECT value FROM json_each($1))"),
    stakeholder_columns!(
        "WHERE id IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))"
    ),
);
const PLEDGES_OF: Sql = Sql::pair(
    "SELECT stakeholder, side, number, what, until, since
    FROM stakeholder_pledge
    WHERE stakeholder IN (SELECT value FROM json_each($1))
    ORDER BY stakeholder, side, number",
    "SELECT stakeholder, side, number, what, until, since
    FROM stakeholder_pledge
    WHERE stakeholder IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))
    ORDER BY stakeholder, side, number",
);
const RELATIONS_OF: Sql = Sql::pair(
    "SELECT stakeholder, issue, relation, since
    FROM stakeholder_relation
    WHERE stakeholder IN (SELECT value FROM json_each($1))
    ORDER BY stakeholder, issue, relation",
    "SELECT stakeholder, issue, relation, since
    FROM stakeholder_relation
    WHERE stakeholder IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))
    ORDER BY stakeholder, issue, relation",
);
const RELATED_TO: &str = "SELECT stakeholder, issue, relation, since
    FROM stakeholder_relation
    WHERE journal = $1 AND issue = $2
    ORDER BY since, stakeholder, relation
    LIMIT $3";
const CONTACT: &str = "SELECT person, stakeholder
    FROM stakeholder_contact
    WHERE journal = $1 AND person = $2";
const NAMES: &str = "SELECT id, name
    FROM stakeholder_stakeholder
    WHERE journal = $1 AND stage IN ('prospect', 'registered', 'verified') AND name IS NOT NULL";

/// The stakeholder of an id, whatever its hub.
pub async fn stakeholder(db: &Db, id: &str) -> journal::Result<Option<StakeholderRow>> {
    db.opt(BY_ID, args![id]).await
}

/// Stakeholders of these ids, in no order.
pub async fn stakeholders_by_id(db: &Db, ids: &[String]) -> journal::Result<Vec<StakeholderRow>> {
    db.all(&BY_IDS, vec![json_list(ids)]).await
}

/// All who could be invited: there, not merged, with an address. Who pauses is the caller's
/// business, who knows the day.
pub async fn candidates(db: &Db, hub: &str, limit: i64) -> journal::Result<Vec<StakeholderRow>> {
    db.all(CANDIDATES, args![hub, limit]).await
}

/// How many are in a hub's directory, whoever may see them.
pub async fn count(db: &Db, hub: &str) -> journal::Result<i64> {
    let count = db.opt::<journal::Count>(COUNT, args![hub, "", 2_i64]).await?;
    Ok(count.map_or(0, |count| count.n))
}

/// The names in a hub's directory: an import looks whether it is about to note one twice.
pub async fn names(db: &Db, hub: &str) -> journal::Result<Vec<NameRow>> {
    db.all(NAMES, args![hub]).await
}

/// What these stakeholders offer and need, by side and number.
pub async fn pledges_of(db: &Db, stakeholders: &[String]) -> journal::Result<Vec<PledgeRow>> {
    db.all(&PLEDGES_OF, vec![json_list(stakeholders)]).await
}

/// What these stakeholders are related to.
pub async fn relations_of(db: &Db, stakeholders: &[String]) -> journal::Result<Vec<RelationRow>> {
    db.all(&RELATIONS_OF, vec![json_list(stakeholders)]).await
}

/// Who is related to an issue, the first first.
pub async fn related_to(
    db: &Db,
    hub: &str,
    issue: &str,
    limit: i64,
) -> journal::Result<Vec<RelationRow>> {
    db.all(RELATED_TO, args![hub, issue, limit]).await
}

/// For which stakeholder of a hub a person speaks.
pub async fn contact(db: &Db, hub: &str, person: &str) -> journal::Result<Option<ContactRow>> {
    db.opt(CONTACT, args![hub, person]).await
}
