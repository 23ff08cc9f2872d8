//! What people see of invitations: one row for each generation, with its answer.
//!
//! An old generation keeps its row and its answer for ever; the newest of a guest is the one with
//! the highest number.

use journal::{
    Cell, Col, Db, Rows, Sql, Table, Values, boolean, cell, int, personal, text, values,
};
use journal::{args, json_list};
use kernel::{FactError, Personal, Recorded};

use super::Status;
use super::fact::{Addressee, Answer, Fact};
use crate::app::relay::Keyset;
use crate::keyset;

/// A row for each generation of each invitation.
pub static INVITATIONS: Table = Table {
    name: "invitation_invitation",
    key: &["id"],
    columns: COLUMNS,
    indexes: &[
        &["event", "created_position", "id"],
        &["event", "stakeholder", "generation"],
        &["person", "created_position"],
        &["stakeholder", "created_position"],
        &["registration"],
    ],
};
const COLUMNS: &[Col] = &[
    text("id"),
    text("event"),
    text("stakeholder"),
    text("person"),
    int("generation"),
    personal("reason", "person"),
    text("state"),
    text("answer"),
    int("answered_at"),
    text("via"),
    int("answered_sequence"),
    text("registration"),
    boolean("stop"),
    text("series"),
    text("first_of_series"),
    int("sent_at"),
    int("expires_at"),
    int("version"),
    int("created_at"),
    int("created_position"),
    int("changed_at"),
    int("changed_position"),
];

journal::row! {
    /// One generation of an invitation.
    #[derive(Clone, Debug, PartialEq, Eq, Default)]
    pub struct InvitationRow {
        /// Its id.
        pub id: String,
        /// The hub.
        pub journal: String,
        /// To what.
        pub event: String,
        /// As which stakeholder.
        pub stakeholder: String,
        /// Who answers for it.
        pub person: String,
        /// 1, 2, 3 …: how often she was asked.
        pub generation: i64,
        /// Why she; `None` once she is erased.
        pub reason: Option<String>,
        /// Where it stands: a [`Status`] in kebab case.
        pub state: String,
        /// The answer that counts, in kebab case.
        pub answer: Option<String>,
        /// When she answered.
        pub answered_at: Option<i64>,
        /// How the answer came.
        pub via: Option<String>,
        /// Which SEQUENCE of the event it answers.
        pub answered_sequence: Option<i64>,
        /// The registration her acceptance took.
        pub registration: Option<String>,
        /// Whether she asked not to be asked again.
        pub stop: bool,
        /// The series she was invited to as a whole; this is one date of it.
        pub series: Option<String>,
        /// The first of her invitations to that series: the one calendars answer to.
        pub first_of_series: Option<String>,
        /// When the letter was asked for.
        pub sent_at: Option<i64>,
        /// Until when an answer makes sense.
        pub expires_at: Option<i64>,
        /// The version of its stream.
        pub version: i64,
        /// When she was chosen.
        pub created_at: i64,
        /// The position of that.
        pub created_position: i64,
        /// When it last changed.
        pub changed_at: i64,
        /// The position of that.
        pub changed_position: i64,
    }
}

/// The tables of this view.
pub fn tables() -> Vec<&'static Table> {
    vec![&INVITATIONS]
}

/// What a stored fact changes here; nothing when it is not an invitation's.
///
/// # Errors
/// When the fact cannot be read.
pub fn project_recorded(fact: &Recorded<String>, rows: &mut Rows) -> Result<(), FactError> {
    if let Some(fact) = fact.read::<Fact>()? {
        project(&fact, rows);
    }
    Ok(())
}

/// What one fact changes.
pub fn project(fact: &Recorded<Fact>, rows: &mut Rows) {
    let set = match &fact.fact {
        Fact::InvitationPrepared { to, reason } | Fact::InvitationReopened { to, reason } => {
            return rows.put(&INVITATIONS, created(fact, to, reason));
        }
        Fact::InvitationSent { expires_at, series, .. } => values! {
            "state" => Status::Sent.to_string(), "sent_at" => fact.recorded_at,
            "expires_at" => *expires_at, "series" => series.map(|series| series.series),
            "first_of_series" => series.map(|series| series.first),
        },
        Fact::RsvpGiven { answer, via, sequence, at, registration, stop, .. }
        | Fact::RsvpChanged { answer, via, sequence, at, registration, stop, .. } => values! {
            "state" => state_of(*answer).to_string(), "answer" => answer.to_string(),
            "via" => via.to_string(), "answered_sequence" => *sequence, "answered_at" => *at,
            "registration" => *registration, "stop" => *stop,
        },
        Fact::InvitationRevoked { .. } => values! { "state" => Status::Revoked.to_string() },
        Fact::InvitationExpired { .. } => values! { "state" => Status::Expired.to_string() },
    };
    rows.patch(&INVITATIONS, [cell(fact.fact.to().invitation)], stamp(fact, set));
}

fn created(fact: &Recorded<Fact>, to: &Addressee, reason: &Personal<String>) -> Values {
    let row = values! {
        "id" => to.invitation, "event" => to.event, "stakeholder" => to.stakeholder,
        "person" => to.person, "generation" => to.generation, "reason" => Cell::from(reason),
        "state" => Status::Prepared.to_string(), "stop" => false,
        "created_at" => fact.recorded_at, "created_position" => fact.position,
    };
    stamp(fact, row)
}

fn stamp(fact: &Recorded<Fact>, mut set: Values) -> Values {
    set.extend(values! {
        "version" => fact.version, "changed_at" => fact.recorded_at,
        "changed_position" => fact.position,
    });
    set
}

fn state_of(answer: Answer) -> Status {
    match answer {
        Answer::Accepted => Status::Accepted,
        Answer::Tentative => Status::Tentative,
        Answer::Declined => Status::Declined,
    }
}

/// One invitation.
///
/// # Errors
/// When the database is out of reach.
pub async fn invitation(db: &Db, id: &str) -> journal::Result<Option<InvitationRow>> {
    db.opt("SELECT * FROM invitation_invitation WHERE id = $1", args![id]).await
}

/// The invitations that took these registrations and are to a series as a whole, in no order.
///
/// # Errors
/// When the database is out of reach.
pub async fn with_series(db: &Db, registrations: &[String]) -> journal::Result<Vec<InvitationRow>> {
    // The two databases unfold a JSON list in different words.
    let sql = Sql::pair(
        "SELECT * FROM invitation_invitation WHERE series IS NOT NULL AND registration IN (SELECT value FROM json_each($1))",
        "SELECT * FROM invitation_invitation WHERE series IS NOT NULL AND registration IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))",
    );
    db.all(sql, vec![json_list(registrations)]).await
}

journal::row! {
    /// A date of a series that somebody who was invited to all of it is asked to.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AskedTo {
        /// The series.
        pub series: String,
        /// Who.
        pub person: String,
        /// The date's event.
        pub event: String,
    }
}

/// Whom letters about these dates of series concern who was invited to all of them, in no order.
///
/// # Errors
/// When the database is out of reach.
pub async fn asked_to(db: &Db, dates: &[String]) -> journal::Result<Vec<AskedTo>> {
    // The two databases unfold a JSON list in different words.
    let sql = Sql::pair(
        "SELECT series, person, event FROM invitation_invitation WHERE series IS NOT NULL AND state IN ('sent', 'accepted', 'tentative') AND event IN (SELECT value FROM json_each($1))",
        "SELECT series, person, event FROM invitation_invitation WHERE series IS NOT NULL AND state IN ('sent', 'accepted', 'tentative') AND event IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))",
    );
    db.all(sql, vec![json_list(dates)]).await
}

/// Several invitations, in no order.
///
/// # Errors
/// When the database is out of reach.
pub async fn invitations_by_id(db: &Db, ids: &[String]) -> journal::Result<Vec<InvitationRow>> {
    // The two databases unfold a JSON list in different words.
    let sql = Sql::pair(
        "SELECT * FROM invitation_invitation WHERE id IN (SELECT value FROM json_each($1))",
        "SELECT * FROM invitation_invitation WHERE id IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))",
    );
    db.all(sql, vec![json_list(ids)]).await
}

/// The newest invitation of a guest to an event.
///
/// # Errors
/// When the database is out of reach.
pub async fn newest_of(
    db: &Db,
    hub: &str,
    event: &str,
    stakeholder: &str,
) -> journal::Result<Option<InvitationRow>> {
    let sql = "SELECT * FROM invitation_invitation WHERE journal = $1 AND event = $2 AND stakeholder = $3 ORDER BY generation DESC LIMIT 1";
    db.opt(sql, args![hub, event, stakeholder]).await
}

/// All invitations of a person to some events of a hub, oldest first.
///
/// # Errors
/// When the database is out of reach.
pub async fn invitations_of(
    db: &Db,
    hub: &str,
    person: &str,
    events: &[String],
) -> journal::Result<Vec<InvitationRow>> {
    // The two databases unfold a JSON list in different words.
    let sql = Sql::pair(
        "SELECT * FROM invitation_invitation WHERE journal = $1 AND person = $2 AND event IN (SELECT value FROM json_each($3)) ORDER BY created_position",
        "SELECT * FROM invitation_invitation WHERE journal = $1 AND person = $2 AND event IN (SELECT value FROM json_array_elements_text(CAST($3 AS json))) ORDER BY created_position",
    );
    let mut args = args![hub, person];
    args.push(json_list(events));
    db.all(sql, args).await
}

/// The stakeholders who were ever invited to an event.
///
/// # Errors
/// When the database is out of reach.
pub async fn guests(db: &Db, hub: &str, event: &str) -> journal::Result<Vec<String>> {
    let sql = "SELECT DISTINCT stakeholder AS text FROM invitation_invitation WHERE journal = $1 AND event = $2";
    let rows: Vec<journal::OneText> = db.all(sql, args![hub, event]).await?;
    Ok(rows.into_iter().filter_map(|row| row.text).collect())
}

/// Everyone a letter about an event concerns: whose invitation is alive or answered with perhaps
/// or yes.
///
/// # Errors
/// When the database is out of reach.
pub async fn live_invitations(
    db: &Db,
    hub: &str,
    event: &str,
) -> journal::Result<Vec<InvitationRow>> {
    let sql = "SELECT * FROM invitation_invitation WHERE journal = $1 AND event = $2 AND state IN ('sent', 'accepted', 'tentative') ORDER BY created_position, id";
    db.all(sql, args![hub, event]).await
}

journal::row! {
    /// How many invitations of an event stand where.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct StateCount {
        /// The event.
        pub event: String,
        /// The state, in kebab case.
        pub state: String,
        /// How many.
        pub n: i64,
    }
}

/// How the invitations of some events of a hub stand.
///
/// # Errors
/// When the database is out of reach.
pub async fn counts(db: &Db, hub: &str, events: &[String]) -> journal::Result<Vec<StateCount>> {
    // The two databases unfold a JSON list in different words.
    let sql = Sql::pair(
        "SELECT event, state, CAST(COUNT(*) AS BIGINT) AS n FROM invitation_invitation WHERE journal = $1 AND event IN (SELECT value FROM json_each($2)) GROUP BY event, state ORDER BY event, state",
        "SELECT event, state, CAST(COUNT(*) AS BIGINT) AS n FROM invitation_invitation WHERE journal = $1 AND event IN (SELECT value FROM json_array_elements_text(CAST($2 AS json))) GROUP BY event, state ORDER BY event, state",
    );
    let mut args = args![hub];
    args.push(json_list(events));
    db.all(sql, args).await
}

/// The invitations to event `$7`, first chosen first; in state `$8`, if it is given.
pub const BY_EVENT: Keyset = keyset!(
    "SELECT * FROM invitation_invitation WHERE journal = $1 AND event = $7 AND (CAST($8 AS TEXT) IS NULL OR state = $8)",
    "created_position"
);

/// How many [`BY_EVENT`] holds; journal and filters from `$1` on.
pub const BY_EVENT_COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM invitation_invitation WHERE journal = $1 AND event = $2 AND (CAST($3 AS TEXT) IS NULL OR state = $3)";

journal::row! {
    /// When a stakeholder last accepted an invitation.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AcceptedRow {
        /// Who.
        pub stakeholder: String,
        /// When, in microseconds.
        pub at: i64,
    }
}

/// When each of these stakeholders (a JSON list) last accepted an invitation.
///
/// # Errors
/// When the database is out of reach.
pub async fn last_accepted(
    db: &Db,
    stakeholders: journal::Arg,
) -> journal::Result<Vec<AcceptedRow>> {
    // The two databases unfold a JSON list in different words.
    let sql = Sql::pair(
        "SELECT stakeholder, MAX(answered_at) AS at FROM invitation_invitation WHERE answer = 'accepted' AND answered_at IS NOT NULL AND stakeholder IN (SELECT value FROM json_each($1)) GROUP BY stakeholder",
        "SELECT stakeholder, MAX(answered_at) AS at FROM invitation_invitation WHERE answer = 'accepted' AND answered_at IS NOT NULL AND stakeholder IN (SELECT value FROM json_array_elements_text(CAST($1 AS json))) GROUP BY stakeholder",
    );
    db.all(sql, vec![stakeholders]).await
}
