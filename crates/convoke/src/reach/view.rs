//! To whom what is not written: one row for each person and category that is stopped.

use journal::{Count, Db, Rows, Table, args, cell, int, json_list, row, text, values};
use kernel::{FactError, Recorded, Zone};

use super::decider::{Category, Fact, Why};
use super::wishes::Wishes;
use crate::network::view::{json_read, json_text};

/// One row for each person and category that is stopped.
pub static STOPS: Table = Table {
    name: "reach_stop",
    key: &["person", "category"],
    columns: &[
        text("person"),
        text("category"),
        text("why"),
        int("until"),
        int("stopped_at"),
        int("stopped_position"),
    ],
    indexes: &[],
};

/// One row for each person who has chosen anything.
pub static WISHES: Table = Table {
    name: "reach_wish",
    key: &["person"],
    columns: &[text("person"), text("reminders"), text("zone")],
    indexes: &[],
};

/// The tables of this folder.
pub fn tables() -> Vec<&'static Table> {
    vec![&STOPS, &WISHES]
}

/// What a fact changes in them.
pub fn project(fact: &Recorded<Fact>, rows: &mut Rows) {
    let person = fact.stream.id();
    match &fact.fact {
        Fact::LettersStopped { category, why, until } => rows.put(
            &STOPS,
            values! {
                "person" => person, "category" => category.to_string(), "why" => why.to_string(),
                "until" => *until, "stopped_at" => fact.recorded_at,
                "stopped_position" => fact.position,
            },
        ),
        Fact::LettersResumed { category } => {
            rows.delete(&STOPS, [cell(person), cell(category.to_string())]);
        }
        Fact::MailPreferencesSet { reminders, zone } => rows.put(
            &WISHES,
            values! {
                "person" => person, "reminders" => json_text(reminders),
                "zone" => zone.map(Zone::name),
            },
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
    /// A category that is not written to somebody.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct StopRow {
        /// To whom.
        pub person: String,
        /// Of what, a [`Category`] in kebab case.
        pub category: String,
        /// Why, in kebab case.
        pub why: String,
        /// Until when, in microseconds; for ever when empty.
        pub until: Option<i64>,
        /// Since when, in microseconds.
        pub stopped_at: i64,
    }
}

impl StopRow {
    /// Whether it holds at an instant.
    pub fn holds(&self, now: chrono::DateTime<chrono::Utc>) -> bool {
        self.until.is_none_or(|until| until > journal::micros(now))
    }

    /// Whether her mailbox failed, rather than that she wished it: that says nothing of any other
    /// address.
    pub fn is_of_mailbox(&self) -> bool {
        matches!(self.why.parse::<Why>(), Ok(Why::NoSuchMailbox | Why::MailboxFull))
    }
}

const OF: journal::Sql = journal::Sql::pair(
    "SELECT person, category, why, until, stopped_at FROM reach_stop
     WHERE journal = $1 AND person IN (SELECT value FROM json_each($2)) ORDER BY person, category",
    "SELECT person, category, why, until, stopped_at FROM reach_stop
     WHERE journal = $1
         AND person IN (SELECT value FROM json_array_elements_text(CAST($2 AS json)))
     ORDER BY person, category",
);

/// What is not written to these persons of a hub.
///
/// # Errors
/// When the database is out of reach.
pub async fn stops(db: &Db, hub: &str, persons: &[String]) -> journal::Result<Vec<StopRow>> {
    let mut args = args![hub];
    args.push(json_list(persons));
    db.all(OF, args).await
}

/// Why a letter of this category is not sent to a person now; `None` when it is.
///
/// # Errors
/// When the database is out of reach.
pub async fn stopped(
    db: &Db,
    hub: &str,
    person: &str,
    category: Option<Category>,
    now: chrono::DateTime<chrono::Utc>,
) -> journal::Result<Option<StopRow>> {
    let stops = stops(db, hub, &[person.to_owned()]).await?;
    let category = category.map(|category| category.to_string());
    let all = Category::All.to_string();
    let concerns = |row: &StopRow| row.category == all || category.as_ref() == Some(&row.category);
    Ok(stops.into_iter().find(|row| row.holds(now) && concerns(row)))
}

const MOVED: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n
     FROM tags JOIN facts ON facts.journal = tags.journal AND facts.position = tags.position
     WHERE tags.journal = $1 AND tags.tag = $2 AND tags.position > $3
         AND facts.kind = 'EmailChanged'";

/// Whether a person has got another address in a hub after this position of its journal.
///
/// # Errors
/// When the database is out of reach.
pub async fn has_moved(db: &Db, hub: &str, person: &str, after: i64) -> journal::Result<bool> {
    let changes: Option<Count> = db.opt(MOVED, args![hub, person, after]).await?;
    Ok(changes.is_some_and(|changes| changes.n > 0))
}

row! {
    /// What somebody has chosen in a hub.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct WishRow {
        /// The hub.
        pub journal: String,
        /// Who.
        pub person: String,
        /// How long before events, as JSON.
        pub reminders: String,
        /// Her time zone.
        pub zone: Option<String>,
    }
}

impl WishRow {
    /// The same as the rules know it.
    pub fn wishes(&self) -> Wishes {
        Wishes {
            reminders: json_read(&self.reminders),
            zone: self.zone.as_deref().and_then(kernel::Zone::parse),
        }
    }
}

const WISHES_OF: journal::Sql = journal::Sql::pair(
    "SELECT journal, person, reminders, zone FROM reach_wish
     WHERE person IN (SELECT value FROM json_each($1))",
    "SELECT journal, person, reminders, zone FROM reach_wish
     WHERE person IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))",
);

/// What these persons have chosen, in whichever hub; nothing of who has never chosen.
///
/// # Errors
/// When the database is out of reach.
pub async fn wishes(db: &Db, persons: &[String]) -> journal::Result<Vec<WishRow>> {
    db.all(WISHES_OF, vec![json_list(persons)]).await
}

/// What one person wants from one hub.
///
/// # Errors
/// When the database is out of reach.
pub async fn wishes_of(db: &Db, hub: &str, person: &str) -> journal::Result<Wishes> {
    let rows = wishes(db, &[person.to_owned()]).await?;
    let own = rows.into_iter().find(|row| row.journal == hub);
    Ok(own.map(|row| row.wishes()).unwrap_or_default())
}
