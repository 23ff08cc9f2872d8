//! What curators see of what guests ask for: a row for each proposal, and one for each person who
//! would come.

use journal::{
    Col, Db, Rows, Sql, Table, Values, args, boolean, cell, int, json_list, personal, row, text,
    values,
};
use kernel::{FactError, Recorded};

use super::attendance;
use super::fact::{Fact, Guest};
use crate::app::relay::Keyset;
use crate::keyset;

/// A row for each time that was proposed.
pub static PROPOSALS: Table = Table {
    name: "asking_proposal",
    key: &["id"],
    columns: PROPOSAL_COLUMNS,
    indexes: &[
        &["event", "created_position", "id"],
        &["guest", "created_position"],
        &["state", "created_position", "id"],
    ],
};
const PROPOSAL_COLUMNS: &[Col] = &[
    text("id"),
    text("guest"),
    int("proposal"),
    text("event"),
    text("person"),
    text("stakeholder"),
    int("starts_at"),
    int("ends_at"),
    personal("comment", "person"),
    text("answer"),
    int("sequence"),
    text("state"),
    personal("why", "why_by"),
    text("why_by"),
    int("created_at"),
    int("created_position"),
    int("settled_at"),
];

/// A row for each person who would come though nobody invited her.
pub static ATTENDANCES: Table = Table {
    name: "asking_attendance",
    key: &["id"],
    columns: &[
        text("id"),
        text("event"),
        text("person"),
        personal("email", "person"),
        personal("name", "person"),
        personal("comment", "person"),
        text("through"),
        boolean("delegated"),
        text("state"),
        text("stakeholder"),
        int("created_at"),
        int("created_position"),
        int("settled_at"),
    ],
    indexes: &[&["event", "created_position", "id"], &["state", "created_position", "id"]],
};

/// A row for each guest whose answer waits for her word.
pub static HELD: Table = Table {
    name: "asking_held",
    key: &["guest"],
    columns: &[
        text("guest"),
        int("held"),
        text("event"),
        text("person"),
        text("stakeholder"),
        text("answer"),
        int("until"),
    ],
    indexes: &[],
};

/// A row for each guest whose address changed: what her former one was.
pub static MOVED: Table = Table {
    name: "asking_moved",
    key: &["guest"],
    columns: &[text("guest"), text("person"), personal("former", "person")],
    indexes: &[],
};

row! {
    /// A guest whose address changed.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct MovedRow {
        /// Her invitation or registration.
        pub guest: String,
        /// Her former address; `None` once she is erased.
        pub former: Option<String>,
    }
}

row! {
    /// An answer that waits for the guest's word.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct HeldRow {
        /// The hub.
        pub journal: String,
        /// Her invitation or registration.
        pub guest: String,
        /// Its number.
        pub held: i64,
        /// To which event.
        pub event: String,
        /// Who.
        pub person: String,
        /// As which stakeholder she was invited.
        pub stakeholder: Option<String>,
        /// What it says, in kebab case.
        pub answer: String,
        /// Until when, in microseconds.
        pub until: i64,
    }
}

row! {
    /// A time that was proposed.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ProposalRow {
        /// The guest's id and the number.
        pub id: String,
        /// The hub.
        pub journal: String,
        /// Her invitation or registration.
        pub guest: String,
        /// Its number among hers.
        pub proposal: i64,
        /// Of which event.
        pub event: String,
        /// Who.
        pub person: String,
        /// As which stakeholder she was invited.
        pub stakeholder: Option<String>,
        /// When it should begin, in microseconds.
        pub starts_at: i64,
        /// When it should be over.
        pub ends_at: i64,
        /// Her words; `None` once she is erased.
        pub comment: Option<String>,
        /// What she says to the time it has, in kebab case.
        pub answer: Option<String>,
        /// The version of the event she saw.
        pub sequence: i64,
        /// `open`, `accepted`, `declined`, `replaced`.
        pub state: String,
        /// Why it was declined.
        pub why: Option<String>,
        /// When she proposed it.
        pub created_at: i64,
        /// The position of that.
        pub created_position: i64,
        /// When it was decided.
        pub settled_at: Option<i64>,
    }
}

row! {
    /// Somebody who would come.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AttendanceRow {
        /// The event's id and the person's.
        pub id: String,
        /// The hub.
        pub journal: String,
        /// To what.
        pub event: String,
        /// Who.
        pub person: String,
        /// Her address; `None` once she is erased.
        pub email: Option<String>,
        /// What her calendar calls her.
        pub name: Option<String>,
        /// Her words.
        pub comment: Option<String>,
        /// Whose invitation she answered, or who sends her.
        pub through: Option<String>,
        /// Whether that guest sends her instead.
        pub delegated: bool,
        /// `open`, `accepted`, `declined`.
        pub state: String,
        /// Her entry in the registry, once she is invited.
        pub stakeholder: Option<String>,
        /// When she asked.
        pub created_at: i64,
        /// The position of that.
        pub created_position: i64,
        /// When it was decided.
        pub settled_at: Option<i64>,
    }
}

/// The tables of this folder.
pub fn tables() -> Vec<&'static Table> {
    vec![&PROPOSALS, &ATTENDANCES, &HELD, &MOVED]
}

/// What a stored fact changes here; nothing when it is not of this folder.
///
/// # Errors
/// When the fact cannot be read.
pub fn project_recorded(fact: &Recorded<String>, rows: &mut Rows) -> Result<(), FactError> {
    if let Some(fact) = fact.read::<Fact>()? {
        project(&fact, rows);
    } else if let Some(fact) = fact.read::<attendance::Fact>()? {
        project_request(&fact, rows);
    }
    Ok(())
}

/// The id of a proposal's row.
pub fn row_of(guest: &str, proposal: u32) -> String {
    format!("{guest}.{proposal}")
}

/// What one fact about a guest changes.
pub fn project(fact: &Recorded<Fact>, rows: &mut Rows) {
    let settled = |guest: &Guest, proposal: u32| [cell(row_of(&guest.id(), proposal))];
    match &fact.fact {
        Fact::TimeProposed {
            guest,
            proposal,
            replaces,
            starts_at,
            ends_at,
            comment,
            answer,
            sequence,
            ..
        } => {
            if let Some(before) = replaces {
                rows.patch(
                    &PROPOSALS,
                    settled(guest, *before),
                    decided("replaced", fact.recorded_at),
                );
            }
            rows.put(
                &PROPOSALS,
                values! {
                    "id" => row_of(&guest.id(), *proposal), "guest" => guest.id(),
                    "proposal" => *proposal, "event" => guest.event, "person" => guest.person,
                    "stakeholder" => guest.stakeholder, "starts_at" => *starts_at,
                    "ends_at" => *ends_at, "comment" => comment.as_ref(),
                    "answer" => answer.map(|answer| answer.to_string()), "sequence" => *sequence,
                    "state" => "open", "created_at" => fact.recorded_at,
                    "created_position" => fact.position,
                },
            );
        }
        Fact::ProposedTimeTaken { guest, proposal } => {
            rows.patch(
                &PROPOSALS,
                settled(guest, *proposal),
                decided("accepted", fact.recorded_at),
            );
        }
        Fact::ProposedTimeDeclined { guest, proposal, why, .. } => {
            let mut set = decided("declined", fact.recorded_at);
            set.extend(values! {
                "why" => why.as_ref(), "why_by" => why.as_ref().map(|why| why.of),
            });
            rows.patch(&PROPOSALS, settled(guest, *proposal), set);
        }
        Fact::AnswerHeld { guest, held, answer, until, .. } => rows.put(
            &HELD,
            values! {
                "guest" => guest.id(), "held" => *held, "event" => guest.event,
                "person" => guest.person, "stakeholder" => guest.stakeholder,
                "answer" => answer.to_string(), "until" => *until,
            },
        ),
        Fact::HeldAnswerConfirmed { guest, .. } => rows.delete(&HELD, [cell(guest.id())]),
        Fact::GuestMoved { guest, from, .. } => rows.put(
            &MOVED,
            values! { "guest" => guest.id(), "person" => guest.person, "former" => Some(from) },
        ),
        Fact::InvitationResent { .. } => {}
    }
}

/// What one fact about somebody who was not invited changes.
pub fn project_request(fact: &Recorded<attendance::Fact>, rows: &mut Rows) {
    let (event, person) = fact.fact.who();
    let id = attendance::stream_of_request(event, person);
    match &fact.fact {
        attendance::Fact::AttendanceRequested {
            email, name, comment, through, delegated, ..
        } => {
            rows.put(
                &ATTENDANCES,
                values! {
                    "id" => id, "event" => event, "person" => person, "email" => Some(email),
                    "name" => name.as_ref(), "comment" => comment.as_ref(), "through" => *through,
                    "delegated" => *delegated, "state" => "open",
                    "created_at" => fact.recorded_at, "created_position" => fact.position,
                },
            );
        }
        attendance::Fact::AttendanceRequestAccepted { stakeholder, .. } => {
            let mut set = decided("accepted", fact.recorded_at);
            set.extend(values! { "stakeholder" => *stakeholder });
            rows.patch(&ATTENDANCES, [cell(id)], set);
        }
        attendance::Fact::AttendanceRequestDeclined { .. } => {
            rows.patch(&ATTENDANCES, [cell(id)], decided("declined", fact.recorded_at));
        }
    }
}

fn decided(state: &str, at: chrono::DateTime<chrono::Utc>) -> Values {
    values! { "state" => state, "settled_at" => at }
}

// The two databases unfold a JSON list in different words.
const BY_GUEST: Sql = Sql::pair(
    "SELECT * FROM asking_proposal WHERE guest IN (SELECT value FROM json_each($1))
     ORDER BY created_position",
    "SELECT * FROM asking_proposal
     WHERE guest IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))
     ORDER BY created_position",
);

/// What these guests (invitations, registrations) have proposed, oldest first.
///
/// # Errors
/// When the database is out of reach.
pub async fn proposals_of(db: &Db, guests: &[String]) -> journal::Result<Vec<ProposalRow>> {
    db.all(BY_GUEST, vec![json_list(guests)]).await
}

/// One proposal of a guest.
///
/// # Errors
/// When the database is out of reach.
pub async fn proposal(db: &Db, guest: &str, number: u32) -> journal::Result<Option<ProposalRow>> {
    let sql = "SELECT * FROM asking_proposal WHERE id = $1";
    db.opt(sql, args![row_of(guest, number)]).await
}

const HELD_BY_GUEST: Sql = Sql::pair(
    "SELECT * FROM asking_held WHERE guest IN (SELECT value FROM json_each($1))",
    "SELECT * FROM asking_held
     WHERE guest IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))",
);

/// The answers that wait for the word of these guests.
///
/// # Errors
/// When the database is out of reach.
pub async fn held_of(db: &Db, guests: &[String]) -> journal::Result<Vec<HeldRow>> {
    db.all(HELD_BY_GUEST, vec![json_list(guests)]).await
}

const MOVED_BY_GUEST: Sql = Sql::pair(
    "SELECT guest, former FROM asking_moved WHERE guest IN (SELECT value FROM json_each($1))",
    "SELECT guest, former FROM asking_moved
     WHERE guest IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))",
);

/// The former addresses of these guests.
///
/// # Errors
/// When the database is out of reach.
pub async fn moved_of(db: &Db, guests: &[String]) -> journal::Result<Vec<MovedRow>> {
    db.all(MOVED_BY_GUEST, vec![json_list(guests)]).await
}

row! {
    /// Somebody who is told of an event to come: by invitation or registration.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ComingRow {
        /// Her invitation or registration.
        pub guest: String,
        /// To what.
        pub event: String,
        /// As which stakeholder she was invited.
        pub stakeholder: Option<String>,
    }
}

const COMING: &str = "SELECT i.id AS guest, i.event, i.stakeholder
     FROM invitation_invitation AS i JOIN event_event AS e ON e.journal = i.journal AND e.id = i.event
     WHERE i.journal = $1 AND i.person = $2 AND i.state IN ('sent', 'accepted', 'tentative')
         AND e.ends_at > $3 AND e.status IN ('published', 'closed', 'postponed')
         AND (i.series IS NULL OR NOT EXISTS (SELECT 1 FROM invitation_invitation AS o
             JOIN event_event AS f ON f.journal = o.journal AND f.id = o.event
             WHERE o.journal = i.journal AND o.person = i.person AND o.series = i.series
                 AND o.state IN ('sent', 'accepted', 'tentative')
                 AND f.ends_at > $3 AND f.status IN ('published', 'closed', 'postponed')
                 AND (f.starts_at < e.starts_at OR (f.starts_at = e.starts_at AND o.id < i.id))))
     UNION ALL
     SELECT r.id AS guest, r.event, CAST(NULL AS TEXT) AS stakeholder
     FROM desk_registration AS r JOIN event_event AS e ON e.journal = r.journal AND e.id = r.event
     WHERE r.journal = $1 AND r.person = $2 AND r.state = 'confirmed'
         AND e.ends_at > $3 AND e.status IN ('published', 'closed', 'postponed')
         AND NOT EXISTS (SELECT 1 FROM invitation_invitation AS own
             WHERE own.journal = r.journal AND own.event = r.event AND own.person = r.person
                 AND own.state IN ('sent', 'accepted', 'tentative'))";

/// What a person of a hub has in her calendar from it, of events that are not over: of a series
/// she was invited to as a whole the nearest date, which speaks for all.
///
/// # Errors
/// When the database is out of reach.
pub async fn coming(
    db: &Db,
    hub: &str,
    person: &str,
    now: chrono::DateTime<chrono::Utc>,
) -> journal::Result<Vec<ComingRow>> {
    db.all(COMING, args![hub, person, now]).await
}

const ATTENDANCES_BY_ID: Sql = Sql::pair(
    "SELECT * FROM asking_attendance WHERE id IN (SELECT value FROM json_each($1))",
    "SELECT * FROM asking_attendance
     WHERE id IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))",
);

/// Several requests to attend, in no order.
///
/// # Errors
/// When the database is out of reach.
pub async fn attendances_by_id(db: &Db, ids: &[String]) -> journal::Result<Vec<AttendanceRow>> {
    db.all(ATTENDANCES_BY_ID, vec![json_list(ids)]).await
}

/// What was proposed for event `$7`, or for all when it is missing, newest first; in state `$8`,
/// if it is given.
pub const PROPOSED: Keyset = keyset!(
    desc "SELECT * FROM asking_proposal WHERE journal = $1 AND (CAST($7 AS TEXT) IS NULL OR event = $7) AND (CAST($8 AS TEXT) IS NULL OR state = $8)",
    "created_position"
);

/// How many [`PROPOSED`] holds; journal and filters from `$1` on.
pub const PROPOSED_COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM asking_proposal WHERE journal = $1 AND (CAST($2 AS TEXT) IS NULL OR event = $2) AND (CAST($3 AS TEXT) IS NULL OR state = $3)";

/// Who would come to event `$7`, or to any when it is missing, newest first; in state `$8`, if it
/// is given.
pub const REQUESTED: Keyset = keyset!(
    desc "SELECT * FROM asking_attendance WHERE journal = $1 AND (CAST($7 AS TEXT) IS NULL OR event = $7) AND (CAST($8 AS TEXT) IS NULL OR state = $8)",
    "created_position"
);

/// How many [`REQUESTED`] holds; journal and filters from `$1` on.
pub const REQUESTED_COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM asking_attendance WHERE journal = $1 AND (CAST($2 AS TEXT) IS NULL OR event = $2) AND (CAST($3 AS TEXT) IS NULL OR state = $3)";

/// Requests and proposals of one event that are open, the oldest first, at most 100 of each.
///
/// # Errors
/// When the database is out of reach.
pub async fn open_of(
    db: &Db,
    event: &str,
) -> journal::Result<(Vec<ProposalRow>, Vec<AttendanceRow>)> {
    let proposed = "SELECT * FROM asking_proposal WHERE event = $1 AND state = 'open' ORDER BY created_position LIMIT 100";
    let requested = "SELECT * FROM asking_attendance WHERE event = $1 AND state = 'open' ORDER BY created_position LIMIT 100";
    Ok((db.all(proposed, args![event]).await?, db.all(requested, args![event]).await?))
}
