//! What is asked of the rosters: rows by id, and the lists of a hackathon, a team, a person.
//!
//! Ids are unique everywhere, so a look-up by id names no hub. Whatever a list of things needs of
//! each is asked for all at once, never one by one.

use journal::{Db, Result, Sql, args, json_list, row};

use crate::app::relay::Keyset;
use crate::keyset;

row! {
    /// The figures of one hackathon's roster.
    #[derive(Clone, Debug, PartialEq)]
    pub struct RosterRow {
        /// The hackathon.
        pub hackathon: String,
        /// How many people take part.
        pub participants: i64,
        /// How many of them are in a team.
        pub placed: i64,
        /// How many teams there are.
        pub teams: i64,
        /// How many ideas stand.
        pub ideas: i64,
        /// When it was locked.
        pub locked_at: Option<i64>,
        /// The stream's version.
        pub version: i64,
        /// When it last changed.
        pub changed_at: i64,
        /// The journal's position of that change.
        pub changed_position: i64,
    }
}

row! {
    /// A participant.
    #[derive(Clone, Debug, PartialEq)]
    pub struct ParticipantRow {
        /// Her hub.
        pub journal: String,
        /// Her part.
        pub id: String,
        /// The hackathon.
        pub hackathon: String,
        /// Who she is.
        pub person: String,
        /// Her place at the event.
        pub registration: String,
        /// Her name, until she is erased.
        pub name: Option<String>,
        /// A JSON list of [`super::Skill`].
        pub skills: Option<String>,
        /// A JSON list of texts.
        pub wishes: Option<String>,
        /// Her team.
        pub team: Option<String>,
        /// `enrolled` or `withdrawn`.
        pub state: String,
        /// The stream's version at her last change.
        pub version: i64,
        /// When she enrolled.
        pub created_at: i64,
        /// The journal\'s position of that.
        pub created_position: i64,
        /// When something of hers last changed.
        pub changed_at: i64,
        /// The journal's position of that change.
        pub changed_position: i64,
    }
}

row! {
    /// A team.
    #[derive(Clone, Debug, PartialEq)]
    pub struct TeamRow {
        /// Its hub.
        pub journal: String,
        /// Its id.
        pub id: String,
        /// The hackathon.
        pub hackathon: String,
        /// Its name.
        pub name: String,
        /// Who founded it.
        pub founder: String,
        /// Who leads it; nobody once it is dissolved.
        pub lead: Option<String>,
        /// What it works on.
        pub idea: Option<String>,
        /// The code that lets people in: for members' eyes.
        pub code: String,
        /// How many are in it.
        pub members: i64,
        /// How many requests wait for an answer.
        pub requests: i64,
        /// How many more the rules let in.
        pub open_places: i64,
        /// When it was dissolved.
        pub dissolved_at: Option<i64>,
        /// The stream's version at its last change.
        pub version: i64,
        /// When it was founded.
        pub created_at: i64,
        /// The journal\'s position of that.
        pub created_position: i64,
        /// When it last changed.
        pub changed_at: i64,
        /// The journal's position of that change.
        pub changed_position: i64,
    }
}

row! {
    /// An idea.
    #[derive(Clone, Debug, PartialEq)]
    pub struct IdeaRow {
        /// Its hub.
        pub journal: String,
        /// Its id.
        pub id: String,
        /// The hackathon.
        pub hackathon: String,
        /// Whose it is.
        pub participant: String,
        /// In one line, until she is erased.
        pub title: Option<String>,
        /// In a few sentences, until she is erased.
        pub text: Option<String>,
        /// A JSON list of the roles it needs.
        pub roles: String,
        /// The team that works on it.
        pub team: Option<String>,
        /// When it was withdrawn.
        pub withdrawn_at: Option<i64>,
        /// The stream's version at its last change.
        pub version: i64,
        /// When it was pitched.
        pub created_at: i64,
        /// The journal\'s position of that.
        pub created_position: i64,
        /// When it last changed.
        pub changed_at: i64,
        /// The journal's position of that change.
        pub changed_position: i64,
    }
}

row! {
    /// A request to join a team.
    #[derive(Clone, Debug, PartialEq)]
    pub struct RequestRow {
        /// Its hub.
        pub journal: String,
        /// Its id.
        pub id: String,
        /// The hackathon.
        pub hackathon: String,
        /// The team.
        pub team: String,
        /// Who asks.
        pub participant: String,
        /// What she says.
        pub note: Option<String>,
        /// `open`, `accepted`, `declined`, `withdrawn` or `closed`.
        pub state: String,
        /// The stream's version at its last change.
        pub version: i64,
        /// When it was made.
        pub created_at: i64,
        /// The journal\'s position of that.
        pub created_position: i64,
        /// When it was answered, or made.
        pub changed_at: i64,
        /// The journal's position of that change.
        pub changed_position: i64,
    }
}

macro_rules! participants {
    ($tail:literal) => {
        concat!(
            "SELECT journal, id, hackathon, person, registration, name, skills, wishes, team,
               state, version, created_at, created_position, changed_at, changed_position
             FROM roster_participant ",
            $tail
        )
    };
}
macro_rules! teams {
    ($tail:literal) => {
        concat!(
            "SELECT journal, id, hackathon, name, founder, lead, idea, code, members, requests,
               (SELECT h.team_max FROM hackathon_hackathon h
                WHERE h.journal = roster_team.journal AND h.id = roster_team.hackathon)
               - members AS open_places,
               dissolved_at, version, created_at, created_position, changed_at, changed_position
             FROM roster_team ",
            $tail
        )
    };
}
macro_rules! ideas {
    ($tail:literal) => {
        concat!(
            "SELECT journal, id, hackathon, participant, title, text, roles, team, withdrawn_at,
               version, created_at, created_position, changed_at, changed_position
             FROM roster_idea ",
            $tail
        )
    };
}
macro_rules! requests {
    ($tail:literal) => {
        concat!(
            "SELECT journal, id, hackathon, team, participant, note, state, version, created_at,
               created_position, changed_at, changed_position
             FROM roster_request ",
            $tail
        )
    };
}

/// One statement about a list of ids: each database unfolds a JSON list in its own way.
macro_rules! listed {
    ($select:ident, $column:literal, $tail:literal) => {
        Sql::pair(
            listed!(@$select $column, " IN (SELECT value FROM json_each($1)) ", $tail),
            listed!(@$select $column,
                " IN (SELECT value FROM json_array_elements_text(CAST($1 AS json))) ", $tail),
        )
    };
    (@$select:ident $column:literal, $list:literal, $tail:literal) => {
        concat!($select!("WHERE "), $column, $list, $tail)
    };
}

/// The figures of these hackathons' rosters.
///
/// # Errors
/// When the database is out of reach.
pub async fn rosters(db: &Db, hackathons: &[String]) -> Result<Vec<RosterRow>> {
    let sql = Sql::pair(
        "SELECT hackathon, participants, placed, teams, ideas, locked_at, version, changed_at,
           changed_position
         FROM roster_roster WHERE hackathon IN (SELECT value FROM json_each($1))",
        "SELECT hackathon, participants, placed, teams, ideas, locked_at, version, changed_at,
           changed_position
         FROM roster_roster
         WHERE hackathon IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))",
    );
    db.all(sql, vec![json_list(hackathons)]).await
}

/// One participant, withdrawn ones included.
///
/// # Errors
/// As [`rosters`].
pub async fn participant(db: &Db, id: &str) -> Result<Option<ParticipantRow>> {
    db.opt(participants!("WHERE id = $1"), args![id]).await
}

/// These participants, withdrawn ones included.
///
/// # Errors
/// As [`rosters`].
pub async fn participants_by_id(db: &Db, ids: &[String]) -> Result<Vec<ParticipantRow>> {
    db.all(listed!(participants, "id", ""), vec![json_list(ids)]).await
}

/// The part a person has in a hackathon now.
///
/// # Errors
/// As [`rosters`].
pub async fn participant_of(
    db: &Db,
    hackathon: &str,
    person: &str,
) -> Result<Option<ParticipantRow>> {
    let sql = participants!("WHERE person = $1 AND hackathon = $2 AND state = 'enrolled'");
    db.opt(sql, args![person, hackathon]).await
}

/// All parts these people have anywhere, of each the newest first.
///
/// # Errors
/// As [`rosters`].
pub async fn parts_of(db: &Db, persons: &[String]) -> Result<Vec<ParticipantRow>> {
    let sql = listed!(
        participants,
        "state = 'enrolled' AND person",
        "ORDER BY person, created_position DESC, id"
    );
    db.all(sql, vec![json_list(persons)]).await
}

/// A hackathon's participants ($7), in the order in which they enrolled.
pub const PARTICIPANTS: Keyset = keyset!(
    participants!("WHERE journal = $1 AND hackathon = $7 AND state = 'enrolled'"),
    "created_position"
);
/// How many there are.
pub const PARTICIPANTS_COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n
    FROM roster_participant WHERE journal = $1 AND hackathon = $2 AND state = 'enrolled'";

/// Those of a hackathon's participants ($7) who are in no team.
pub const UNPLACED: Keyset = keyset!(
    participants!("WHERE journal = $1 AND hackathon = $7 AND state = 'enrolled' AND team IS NULL"),
    "created_position"
);
/// How many there are.
pub const UNPLACED_COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n
    FROM roster_participant
    WHERE journal = $1 AND hackathon = $2 AND state = 'enrolled' AND team IS NULL";

/// Everybody in these teams, of each team the longest-standing first.
///
/// # Errors
/// As [`rosters`].
pub async fn members_of(db: &Db, teams: &[String]) -> Result<Vec<ParticipantRow>> {
    let sql = listed!(participants, "team", "ORDER BY team, joined_position");
    db.all(sql, vec![json_list(teams)]).await
}

/// One team, dissolved ones included.
///
/// # Errors
/// As [`rosters`].
pub async fn team(db: &Db, id: &str) -> Result<Option<TeamRow>> {
    db.opt(teams!("WHERE id = $1"), args![id]).await
}

/// These teams, dissolved ones included.
///
/// # Errors
/// As [`rosters`].
pub async fn teams_by_id(db: &Db, ids: &[String]) -> Result<Vec<TeamRow>> {
    db.all(listed!(teams, "id", ""), vec![json_list(ids)]).await
}

/// The teams that have this code, one for each hackathon at most.
///
/// # Errors
/// As [`rosters`].
pub async fn teams_by_code(db: &Db, code: &str) -> Result<Vec<TeamRow>> {
    db.all(teams!("WHERE code = $1 AND dissolved_at IS NULL"), args![code]).await
}

/// All teams of these hackathons, in the order in which they were founded.
///
/// # Errors
/// As [`rosters`].
pub async fn teams_of(db: &Db, hackathons: &[String]) -> Result<Vec<TeamRow>> {
    let sql = listed!(
        teams,
        "dissolved_at IS NULL AND hackathon",
        "ORDER BY hackathon, created_position, id"
    );
    db.all(sql, vec![json_list(hackathons)]).await
}

/// A hackathon's teams ($7), in the order in which they were founded.
pub const TEAMS: Keyset = keyset!(
    teams!("WHERE journal = $1 AND hackathon = $7 AND dissolved_at IS NULL"),
    "created_position"
);
/// How many there are.
pub const TEAMS_COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n
    FROM roster_team WHERE journal = $1 AND hackathon = $2 AND dissolved_at IS NULL";

/// One idea, withdrawn ones included.
///
/// # Errors
/// As [`rosters`].
pub async fn idea(db: &Db, id: &str) -> Result<Option<IdeaRow>> {
    db.opt(ideas!("WHERE id = $1"), args![id]).await
}

/// These ideas, withdrawn ones included.
///
/// # Errors
/// As [`rosters`].
pub async fn ideas_by_id(db: &Db, ids: &[String]) -> Result<Vec<IdeaRow>> {
    db.all(listed!(ideas, "id", ""), vec![json_list(ids)]).await
}

/// A hackathon's ideas ($7), in the order in which they were pitched.
pub const IDEAS: Keyset = keyset!(
    ideas!("WHERE journal = $1 AND hackathon = $7 AND withdrawn_at IS NULL"),
    "created_position"
);
/// How many there are.
pub const IDEAS_COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n
    FROM roster_idea WHERE journal = $1 AND hackathon = $2 AND withdrawn_at IS NULL";

/// All ideas of a hackathon, in the order in which they were pitched: for its page.
///
/// # Errors
/// As [`rosters`].
pub async fn ideas_of(db: &Db, hackathon: &str) -> Result<Vec<IdeaRow>> {
    let sql = ideas!("WHERE hackathon = $1 AND withdrawn_at IS NULL ORDER BY created_position, id");
    db.all(sql, args![hackathon]).await
}

/// All participants of a hackathon who are in no team: for its page.
///
/// # Errors
/// As [`rosters`].
pub async fn unplaced_of(db: &Db, hackathon: &str) -> Result<Vec<ParticipantRow>> {
    let sql = participants!(
        "WHERE hackathon = $1 AND state = 'enrolled' AND team IS NULL
         ORDER BY created_position, id LIMIT 200"
    );
    db.all(sql, args![hackathon]).await
}

/// These requests, answered ones included.
///
/// # Errors
/// As [`rosters`].
pub async fn requests_by_id(db: &Db, ids: &[String]) -> Result<Vec<RequestRow>> {
    db.all(listed!(requests, "id", ""), vec![json_list(ids)]).await
}

/// The open requests to these teams, of each team the oldest first.
///
/// # Errors
/// As [`rosters`].
pub async fn open_requests_to(db: &Db, teams: &[String]) -> Result<Vec<RequestRow>> {
    let sql = listed!(requests, "state = 'open' AND team", "ORDER BY team, created_position, id");
    db.all(sql, vec![json_list(teams)]).await
}

/// The open requests of these participants, of each the oldest first.
///
/// # Errors
/// As [`rosters`].
pub async fn open_requests_of(db: &Db, participants: &[String]) -> Result<Vec<RequestRow>> {
    let sql = listed!(
        requests,
        "state = 'open' AND participant",
        "ORDER BY participant, created_position, id"
    );
    db.all(sql, vec![json_list(participants)]).await
}
