//! What people see of a roster: participants, teams with their open places, ideas, requests.
//!
//! Rows of teams that were dissolved, requests that were answered and people who withdrew stay,
//! marked, so that their pages can say what became of them; lists leave them out.

use journal::{Col, Rows, Table, Values, cell, int, personal, text, values};
use kernel::{FactError, Personal, Recorded};
use serde::Serialize;

use super::{Fact, JoinRequestId, ParticipantId, TeamId};

/// A row for each hackathon that anybody enrolled in.
pub static ROSTERS: Table = Table {
    name: "roster_roster",
    key: &["hackathon"],
    columns: &[
        text("hackathon"),
        int("participants"),
        int("placed"),
        int("teams"),
        int("ideas"),
        int("locked_at"),
        int("version"),
        int("changed_at"),
        int("changed_position"),
    ],
    indexes: &[],
};

/// A row for each participant.
pub static PARTICIPANTS: Table = Table {
    name: "roster_participant",
    key: &["id"],
    columns: PARTICIPANT_COLUMNS,
    indexes: &[&["hackathon", "created_position", "id"], &["person"], &["team"]],
};
const PARTICIPANT_COLUMNS: &[Col] = &[
    text("id"),
    text("hackathon"),
    text("person"),
    text("registration"),
    personal("name", "person"),
    personal("skills", "person"),
    personal("wishes", "person"),
    text("team"),
    int("joined_position"),
    text("state"),
    int("version"),
    int("created_at"),
    int("created_position"),
    int("changed_at"),
    int("changed_position"),
];

/// A row for each team.
pub static TEAMS: Table = Table {
    name: "roster_team",
    key: &["id"],
    columns: &[
        text("id"),
        text("hackathon"),
        text("name"),
        text("founder"),
        text("lead"),
        text("idea"),
        text("code"),
        int("members"),
        int("requests"),
        int("dissolved_at"),
        int("version"),
        int("created_at"),
        int("created_position"),
        int("changed_at"),
        int("changed_position"),
    ],
    indexes: &[&["hackathon", "created_position", "id"], &["code"]],
};

/// A row for each idea.
pub static IDEAS: Table = Table {
    name: "roster_idea",
    key: &["id"],
    columns: &[
        text("id"),
        text("hackathon"),
        text("participant"),
        text("person"),
        personal("title", "person"),
        personal("text", "person"),
        text("roles"),
        text("team"),
        int("withdrawn_at"),
        int("version"),
        int("created_at"),
        int("created_position"),
        int("changed_at"),
        int("changed_position"),
    ],
    indexes: &[&["hackathon", "created_position", "id"]],
};

/// A row for each request to join.
pub static REQUESTS: Table = Table {
    name: "roster_request",
    key: &["id"],
    columns: &[
        text("id"),
        text("hackathon"),
        text("team"),
        text("participant"),
        personal("note", "note_of"),
        text("note_of"),
        text("state"),
        int("version"),
        int("created_at"),
        int("created_position"),
        int("changed_at"),
        int("changed_position"),
    ],
    indexes: &[&["team", "state"], &["participant", "state"]],
};

/// The tables of this view.
pub fn tables() -> Vec<&'static Table> {
    vec![&ROSTERS, &PARTICIPANTS, &TEAMS, &IDEAS, &REQUESTS]
}

/// What any fact of the product changes here.
///
/// # Errors
/// When it is ours and cannot be read.
pub fn project_recorded(
    fact: &Recorded<String>,
    rows: &mut Rows,
) -> std::result::Result<(), FactError> {
    if let Some(fact) = fact.read::<Fact>()? {
        project(&fact, rows);
    }
    Ok(())
}

/// What a fact changes.
pub fn project(fact: &Recorded<Fact>, rows: &mut Rows) {
    let mut pen = Pen { fact, rows };
    pen.roster();
    match &fact.fact {
        Fact::ParticipantEnrolled { .. } => pen.enrolled(),
        Fact::ParticipantWithdrawn { participant, .. } => {
            pen.count("participants", -1);
            pen.participant(*participant, values! { "state" => "withdrawn" });
        }
        Fact::IdeaPitched { .. } => pen.pitched(),
        Fact::IdeaWithdrawn { idea } => {
            pen.count("ideas", -1);
            pen.change(&IDEAS, *idea, values! { "withdrawn_at" => fact.recorded_at });
        }
        Fact::TeamFounded { .. } => pen.founded(),
        Fact::MemberJoined { team, participant, lead, request, .. } => {
            pen.enter(*participant, *team);
            if *lead {
                pen.change(&TEAMS, *team, values! { "lead" => *participant });
            }
            if let Some(request) = request {
                pen.answer(*request, *team, "accepted");
            }
        }
        Fact::JoinRequested { request, team, participant, note } => {
            let new = values! {
                "id" => *request, "team" => *team, "participant" => *participant,
                "note" => note.as_ref(), "note_of" => note.as_ref().map(|note| note.of),
                "state" => "open",
            };
            pen.put(&REQUESTS, new);
            pen.add(*team, "requests", 1);
        }
        Fact::JoinRequestWithdrawn { request, team, .. } => {
            pen.answer(*request, *team, "withdrawn");
        }
        Fact::JoinRequestDeclined { request, team, .. } => {
            pen.answer(*request, *team, "declined");
        }
        Fact::JoinRequestsClosed { requests } => {
            for closed in requests {
                pen.answer(closed.request, closed.team, "closed");
            }
        }
        Fact::CodeRotated { team, code } => {
            pen.change(&TEAMS, *team, values! { "code" => code.as_str() });
        }
        Fact::MemberLeft { team, participant } | Fact::MemberRemoved { team, participant, .. } => {
            pen.exit(*participant, *team);
        }
        Fact::LeadPassed { team, to } => pen.change(&TEAMS, *team, values! { "lead" => *to }),
        Fact::TeamDissolved { team, members, idea } => {
            for member in members {
                pen.exit(*member, *team);
            }
            pen.count("teams", -1);
            let set = values! { "dissolved_at" => fact.recorded_at, "lead" => None::<&str> };
            pen.change(&TEAMS, *team, set);
            if let Some(idea) = idea {
                pen.change(&IDEAS, *idea, values! { "team" => None::<&str> });
            }
        }
        Fact::MemberMoved { participant, from, to, .. } => pen.moved(*participant, *from, *to),
        Fact::RostersLocked { .. } => {
            let set = values! { "locked_at" => fact.recorded_at };
            pen.rows.patch(&ROSTERS, [cell(fact.stream.id())], set);
        }
    }
}

/// A list of plain values as a JSON column.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_broken| "[]".to_owned())
}

fn personal_json<T: Serialize>(value: &Personal<T>) -> Option<String> {
    value.get().map(json)
}

/// One fact on its way into the rows.
struct Pen<'a> {
    fact: &'a Recorded<Fact>,
    rows: &'a mut Rows,
}

impl Pen<'_> {
    fn touched(&self) -> Values {
        values! {
            "version" => self.fact.version, "changed_at" => self.fact.recorded_at,
            "changed_position" => self.fact.position,
        }
    }

    fn roster(&mut self) {
        let hackathon = self.fact.stream.id();
        if self.fact.version == 1 {
            let zero = values! {
                "hackathon" => hackathon, "participants" => 0_i64, "placed" => 0_i64,
                "teams" => 0_i64, "ideas" => 0_i64,
            };
            self.rows.put(&ROSTERS, zero);
        }
        self.rows.patch(&ROSTERS, [cell(hackathon)], self.touched());
    }

    fn count(&mut self, column: &'static str, by: i64) {
        self.rows.add(&ROSTERS, [cell(self.fact.stream.id())], column, by);
    }

    fn add(&mut self, team: TeamId, column: &'static str, by: i64) {
        self.rows.add(&TEAMS, [cell(team)], column, by);
        self.change(&TEAMS, team, Values::new());
    }

    fn put(&mut self, table: &'static Table, mut row: Values) {
        row.extend(values! {
            "hackathon" => self.fact.stream.id(), "created_at" => self.fact.recorded_at,
            "created_position" => self.fact.position,
        });
        row.extend(self.touched());
        self.rows.put(table, row);
    }

    fn change(&mut self, table: &'static Table, id: impl Into<journal::Cell>, mut set: Values) {
        set.extend(self.touched());
        self.rows.patch(table, [cell(id)], set);
    }

    fn participant(&mut self, id: ParticipantId, set: Values) {
        self.change(&PARTICIPANTS, id, set);
    }

    fn enter(&mut self, participant: ParticipantId, team: TeamId) {
        self.count("placed", 1);
        // Within one decision a position is a fact's own: it orders members as the roster does.
        let set = values! { "team" => team, "joined_position" => self.fact.position };
        self.participant(participant, set);
        self.add(team, "members", 1);
    }

    fn exit(&mut self, participant: ParticipantId, team: TeamId) {
        self.count("placed", -1);
        self.participant(
            participant,
            values! { "team" => None::<&str>, "joined_position" => None::<i64> },
        );
        self.add(team, "members", -1);
    }

    fn moved(&mut self, participant: ParticipantId, from: Option<TeamId>, to: Option<TeamId>) {
        if let Some(team) = from {
            self.exit(participant, team);
        }
        if let Some(team) = to {
            self.enter(participant, team);
        }
    }

    fn answer(&mut self, request: JoinRequestId, team: TeamId, state: &str) {
        self.change(&REQUESTS, request, values! { "state" => state });
        self.add(team, "requests", -1);
    }

    fn enrolled(&mut self) {
        let Fact::ParticipantEnrolled { participant, person, registration, name, skills, wishes } =
            &self.fact.fact
        else {
            return;
        };
        self.count("participants", 1);
        let new = values! {
            "id" => *participant, "person" => *person, "registration" => *registration,
            "name" => name, "skills" => personal_json(skills), "wishes" => personal_json(wishes),
            "state" => "enrolled",
        };
        self.put(&PARTICIPANTS, new);
    }

    fn pitched(&mut self) {
        let Fact::IdeaPitched { idea, participant, title, text, roles } = &self.fact.fact else {
            return;
        };
        self.count("ideas", 1);
        let new = values! {
            "id" => *idea, "participant" => *participant, "person" => title.of, "title" => title,
            "text" => text, "roles" => json(roles),
        };
        self.put(&IDEAS, new);
    }

    fn founded(&mut self) {
        let Fact::TeamFounded { team, name, founder, idea, code } = &self.fact.fact else {
            return;
        };
        self.count("teams", 1);
        let new = values! {
            "id" => *team, "name" => name, "founder" => *founder, "idea" => *idea,
            "code" => code.as_str(), "members" => 0_i64, "requests" => 0_i64,
        };
        self.put(&TEAMS, new);
        if let Some(idea) = idea {
            self.change(&IDEAS, *idea, values! { "team" => *team });
        }
    }
}
