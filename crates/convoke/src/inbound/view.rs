//! What is read to understand a mail: whom its address names, and what she was asked.

use journal::{Db, args};

journal::row! {
    /// The person of an invitation or a registration, with what her answer must say.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Asked {
        /// The hub.
        pub journal: String,
        /// The event.
        pub event: String,
        /// The stakeholder of an invitation.
        pub stakeholder: Option<String>,
        /// The person.
        pub person: String,
        /// Her name.
        pub name: Option<String>,
        /// The address we wrote to; `None` once she is erased.
        pub email: Option<String>,
        /// What she reads.
        pub locale: Option<String>,
        /// The zone of the event.
        pub zone: Option<String>,
    }
}

const INVITED: &str =
    "SELECT i.journal, i.event, i.stakeholder, i.person, s.name, s.email, s.locale,
         e.zone
     FROM invitation_invitation AS i LEFT JOIN stakeholder_stakeholder AS s ON s.id = i.stakeholder
         LEFT JOIN event_event AS e ON e.id = i.event
     WHERE i.id = $1";

const REGISTERED: &str =
    "SELECT r.journal, r.event, CAST(NULL AS TEXT) AS stakeholder, r.person, r.name,
         r.email, r.locale, e.zone
     FROM desk_registration AS r LEFT JOIN event_event AS e ON e.id = r.event WHERE r.id = $1";

/// Whom an id in one of our addresses names; `None` when it is gone.
///
/// # Errors
/// When the database is out of reach.
pub async fn asked(db: &Db, id: &str) -> journal::Result<Option<Asked>> {
    let sql = if id.starts_with("registration_") { REGISTERED } else { INVITED };
    db.opt(sql, args![id]).await
}

journal::row! {
    /// One of our mails, as its bounces are about it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Mailed {
        /// The hub that wrote it.
        pub journal: String,
        /// To whom.
        pub recipient: String,
        /// Which letter it is.
        pub template: String,
    }
}

/// The mail whose Message-ID begins with this name and a dot; `None` when there is none.
///
/// # Errors
/// When the database is out of reach.
pub async fn mailed(db: &Db, name: &str) -> journal::Result<Option<Mailed>> {
    // A range is found by the index on both databases; "/" follows ".".
    let (from, until) = (format!("{name}."), format!("{name}/"));
    let sql = "SELECT journal, recipient, template FROM mails
         WHERE message_id >= $1 AND message_id < $2 LIMIT 1";
    db.opt(sql, args![from, until]).await
}
