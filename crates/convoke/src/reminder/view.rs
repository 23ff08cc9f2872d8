//! What a curator said last to those who have not answered.

use journal::{Db, Rows, Sql, Table, json_list, row, text, values};
use kernel::{FactError, Recorded};

use super::decider::Fact;

/// One row for each event whose invitees were reminded.
pub static NOTES: Table = Table {
    name: "reminder_note",
    key: &["event"],
    columns: &[text("event"), text("subject"), text("message")],
    indexes: &[],
};

/// The tables of this folder.
pub fn tables() -> Vec<&'static Table> {
    vec![&NOTES]
}

/// What a fact changes in them.
pub fn project(fact: &Recorded<Fact>, rows: &mut Rows) {
    if let Fact::InviteesReminded { subject, message, .. } = &fact.fact {
        rows.put(
            &NOTES,
            values! {
                "event" => fact.stream.id(), "subject" => subject.as_deref(),
                "message" => message.as_deref(),
            },
        );
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
    /// What was said.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct NoteRow {
        /// The event.
        pub event: String,
        /// The subject, if not ours.
        pub subject: Option<String>,
        /// The words, if not ours.
        pub message: Option<String>,
    }
}

const BY_EVENT: Sql = Sql::pair(
    "SELECT event, subject, message FROM reminder_note
     WHERE event IN (SELECT value FROM json_each($1))",
    "SELECT event, subject, message FROM reminder_note
     WHERE event IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))",
);

/// What was said last about these events.
///
/// # Errors
/// When the database is out of reach.
pub async fn notes(db: &Db, events: &[String]) -> journal::Result<Vec<NoteRow>> {
    db.all(BY_EVENT, vec![json_list(events)]).await
}
