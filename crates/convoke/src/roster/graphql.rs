//! Teams, participants, ideas and requests in the API.
//!
//! Everybody may see who is in which team; names, skills and wishes are for those who take part
//! in the same hackathon and for staff; a team's code and the requests to it are for its members.

use async_graphql::{Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use journal::instant;
use kernel::HubId;

use super::query::{self, IdeaRow, ParticipantRow, RequestRow, RosterRow, TeamRow};
use super::{Skill, TeamId};
use crate::app::Reader;
use crate::hackathon::graphql::Hackathon;
use crate::{list_loader, loader};

loader!(
    /// A participant by her id.
    ParticipantKey => ParticipantRow, query::participants_by_id, |row: &ParticipantRow| row.id.clone()
);
loader!(
    /// A team by its id.
    TeamKey => TeamRow, query::teams_by_id, |row: &TeamRow| row.id.clone()
);
loader!(
    /// An idea by its id.
    IdeaKey => IdeaRow, query::ideas_by_id, |row: &IdeaRow| row.id.clone()
);
loader!(
    /// A request by its id.
    RequestKey => RequestRow, query::requests_by_id, |row: &RequestRow| row.id.clone()
);
loader!(
    /// The figures of a hackathon's roster.
    RosterKey => RosterRow, query::rosters, |row: &RosterRow| row.hackathon.clone()
);
list_loader!(
    /// The members of a team.
    MembersKey => ParticipantRow, query::members_of, |row: &ParticipantRow| row.team.clone()
);
list_loader!(
    /// The open requests to a team.
    RequestsToKey => RequestRow, query::open_requests_to, |row: &RequestRow| Some(row.team.clone())
);
list_loader!(
    /// The open requests of a participant.
    RequestsOfKey => RequestRow, query::open_requests_of, |row: &RequestRow| Some(row.participant.clone())
);
list_loader!(
    /// The parts a person has anywhere.
    PartsKey => ParticipantRow, query::parts_of, |row: &ParticipantRow| Some(row.person.clone())
);

/// The part the viewer has in a hackathon.
pub(super) async fn own_part(
    read: &Reader,
    hackathon: &str,
) -> async_graphql::Result<Option<ParticipantRow>> {
    let Some(person) = read.viewer().person else { return Ok(None) };
    let key = PartsKey(person.to_string());
    let parts = read.load(key).await?.unwrap_or_default();
    Ok(parts.into_iter().find(|part| part.hackathon == hackathon))
}

/// Whether the viewer may see what is for the members of a team.
async fn is_inside(read: &Reader, team: &TeamRow) -> async_graphql::Result<bool> {
    if read.is_for_staff(&team.journal) {
        return Ok(true);
    }
    let part = own_part(read, &team.hackathon).await?;
    Ok(part.and_then(|part| part.team).is_some_and(|own| own == team.id))
}

/// A person's part in one hackathon.
#[derive(Clone, Debug)]
pub struct Participant {
    /// Reads for this request.
    pub read: Reader,
    /// Its row.
    pub row: ParticipantRow,
}

impl Participant {
    /// One by its id.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn load(read: &Reader, id: &str) -> async_graphql::Result<Option<Self>> {
        let key = ParticipantKey(id.to_owned());
        let row = read.load(key).await?;
        Ok(row.map(|row| Self { read: read.clone(), row }))
    }

    /// Whether the viewer may read her name: herself, whoever takes part too, and staff.
    async fn is_known(&self) -> async_graphql::Result<bool> {
        if self.read.is_for(&self.row.person) || self.read.is_for_staff(&self.row.journal) {
            return Ok(true);
        }
        Ok(own_part(&self.read, &self.row.hackathon).await?.is_some())
    }
}

/// A skill somebody has, or wants to learn.
#[derive(Clone, Debug, SimpleObject)]
pub struct ParticipantSkill {
    /// What: `facilitation`, `research`, `code`.
    pub name: String,
    /// From 1, a little, to 3, well.
    pub level: u8,
    /// Whether she wants to learn it rather than has it.
    pub want: bool,
}

impl From<Skill> for ParticipantSkill {
    fn from(Skill { name, level, want }: Skill) -> Self {
        Self { name, level, want }
    }
}

fn list<T: serde::de::DeserializeOwned>(json: Option<&String>) -> Vec<T> {
    json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
}

/// A person's part in one hackathon.
#[Object]
impl Participant {
    /// Its id.
    pub async fn id(&self) -> ID {
        ID(self.row.id.clone())
    }
    /// The roster's version at its last change.
    async fn version(&self) -> i64 {
        self.row.version
    }
    /// When she enrolled.
    async fn created_at(&self) -> DateTime<Utc> {
        instant(self.row.created_at)
    }
    /// When something of hers last changed.
    async fn changed_at(&self) -> DateTime<Utc> {
        instant(self.row.changed_at)
    }
    /// The hackathon.
    async fn hackathon(&self) -> async_graphql::Result<Option<Hackathon>> {
        Hackathon::load(&self.read, &self.row.hackathon).await
    }
    /// Her name, for those who take part too; null for others, and once she is erased.
    async fn name(&self) -> async_graphql::Result<Option<&str>> {
        Ok(if self.is_known().await? { self.row.name.as_deref() } else { None })
    }
    /// What she can do and wants to learn, for those who take part too.
    async fn skills(&self) -> async_graphql::Result<Vec<ParticipantSkill>> {
        let known = if self.is_known().await? { self.row.skills.as_ref() } else { None };
        Ok(list::<Skill>(known).into_iter().map(Into::into).collect())
    }
    /// What she would like to work on, for those who take part too.
    async fn wishes(&self) -> async_graphql::Result<Vec<String>> {
        let known = if self.is_known().await? { self.row.wishes.as_ref() } else { None };
        Ok(list(known))
    }
    /// The place she holds at the event, for herself and staff.
    async fn registration_id(&self) -> Option<ID> {
        let hub = HubId::parse(&self.row.journal).ok()?;
        let may = self.read.viewer().may_see_person(hub, &self.row.person);
        may.then(|| ID(self.row.registration.clone()))
    }
    /// Her team.
    async fn team(&self) -> async_graphql::Result<Option<Team>> {
        match &self.row.team {
            Some(team) => Team::load(&self.read, team).await,
            None => Ok(None),
        }
    }
    /// Whether she no longer takes part.
    async fn withdrawn(&self) -> bool {
        self.row.state == "withdrawn"
    }
    /// Her open requests to teams, for herself and staff.
    async fn open_requests(&self) -> async_graphql::Result<Vec<JoinRequest>> {
        let hub = HubId::parse(&self.row.journal).ok();
        if !hub.is_some_and(|hub| self.read.viewer().may_see_person(hub, &self.row.person)) {
            return Ok(Vec::new());
        }
        let key = RequestsOfKey(self.row.id.clone());
        let rows = self.read.load(key).await?;
        Ok(JoinRequest::all(&self.read, rows))
    }
}

/// A group that works on one idea.
#[derive(Clone, Debug)]
pub struct Team {
    /// Reads for this request.
    pub read: Reader,
    /// Its row.
    pub row: TeamRow,
}

impl Team {
    /// One by its id; dissolved ones too.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn load(read: &Reader, id: &str) -> async_graphql::Result<Option<Self>> {
        let key = TeamKey(id.to_owned());
        let row = read.load(key).await?;
        Ok(row.map(|row| Self { read: read.clone(), row }))
    }
}

/// A group that works on one idea.
#[Object]
impl Team {
    /// Its id.
    pub async fn id(&self) -> ID {
        ID(self.row.id.clone())
    }
    /// The roster's version at its last change.
    async fn version(&self) -> i64 {
        self.row.version
    }
    /// When it was founded.
    async fn created_at(&self) -> DateTime<Utc> {
        instant(self.row.created_at)
    }
    /// When it last changed.
    async fn changed_at(&self) -> DateTime<Utc> {
        instant(self.row.changed_at)
    }
    /// The hackathon.
    async fn hackathon(&self) -> async_graphql::Result<Option<Hackathon>> {
        Hackathon::load(&self.read, &self.row.hackathon).await
    }
    /// Its name, unique in the hackathon.
    async fn name(&self) -> &str {
        &self.row.name
    }
    /// Who leads it; null once it is dissolved.
    async fn lead(&self) -> async_graphql::Result<Option<Participant>> {
        match &self.row.lead {
            Some(lead) => Participant::load(&self.read, lead).await,
            None => Ok(None),
        }
    }
    /// Who is in it, the longest-standing first.
    async fn members(&self) -> async_graphql::Result<Vec<Participant>> {
        let key = MembersKey(self.row.id.clone());
        let rows = self.read.load(key).await?;
        let member = |row| Participant { read: self.read.clone(), row };
        Ok(rows.unwrap_or_default().into_iter().map(member).collect())
    }
    /// How many are in it.
    async fn member_count(&self) -> i64 {
        self.row.members
    }
    /// How many more the rules let in.
    async fn open_places(&self) -> i64 {
        self.row.open_places.max(0)
    }
    /// What it works on.
    async fn idea(&self) -> async_graphql::Result<Option<Idea>> {
        match &self.row.idea {
            Some(idea) => Idea::load(&self.read, idea).await,
            None => Ok(None),
        }
    }
    /// The code that lets people in without asking; for members and staff only.
    async fn join_code(&self) -> async_graphql::Result<Option<&str>> {
        Ok(if is_inside(&self.read, &self.row).await? {
            Some(self.row.code.as_str())
        } else {
            None
        })
    }
    /// The requests that wait for an answer; for members and staff only.
    async fn join_requests(&self) -> async_graphql::Result<Vec<JoinRequest>> {
        if !is_inside(&self.read, &self.row).await? {
            return Ok(Vec::new());
        }
        let key = RequestsToKey(self.row.id.clone());
        let rows = self.read.load(key).await?;
        Ok(JoinRequest::all(&self.read, rows))
    }
    /// When it was dissolved, if it was.
    async fn dissolved_at(&self) -> Option<DateTime<Utc>> {
        self.row.dissolved_at.map(instant)
    }
    /// When time is over for this team, with what it alone was given; null before the start.
    async fn deadline(&self) -> async_graphql::Result<Option<DateTime<Utc>>> {
        let Some(hackathon) = Hackathon::load(&self.read, &self.row.hackathon).await? else {
            return Ok(None);
        };
        let clock = hackathon.running().await?;
        let team = TeamId::parse(&self.row.id).ok();
        Ok(clock.zip(team).map(|(clock, team)| clock.deadline_for(team)))
    }
}

/// A short idea somebody pitched.
#[derive(Clone, Debug)]
pub struct Idea {
    /// Reads for this request.
    pub read: Reader,
    /// Its row.
    pub row: IdeaRow,
}

impl Idea {
    /// One by its id; withdrawn ones too.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn load(read: &Reader, id: &str) -> async_graphql::Result<Option<Self>> {
        let key = IdeaKey(id.to_owned());
        let row = read.load(key).await?;
        Ok(row.map(|row| Self { read: read.clone(), row }))
    }
}

/// A short idea somebody pitched.
#[Object]
impl Idea {
    /// Its id.
    pub async fn id(&self) -> ID {
        ID(self.row.id.clone())
    }
    /// The roster's version at its last change.
    async fn version(&self) -> i64 {
        self.row.version
    }
    /// When it was pitched.
    async fn created_at(&self) -> DateTime<Utc> {
        instant(self.row.created_at)
    }
    /// When it last changed.
    async fn changed_at(&self) -> DateTime<Utc> {
        instant(self.row.changed_at)
    }
    /// The hackathon.
    async fn hackathon(&self) -> async_graphql::Result<Option<Hackathon>> {
        Hackathon::load(&self.read, &self.row.hackathon).await
    }
    /// The idea in one line; null once its author is erased.
    async fn title(&self) -> Option<&str> {
        self.row.title.as_deref()
    }
    /// The idea in a few sentences; null once its author is erased.
    async fn text(&self) -> Option<&str> {
        self.row.text.as_deref()
    }
    /// Whom it needs.
    async fn roles(&self) -> Vec<String> {
        list(Some(&self.row.roles))
    }
    /// Whose it is; credited for ever.
    async fn author(&self) -> async_graphql::Result<Option<Participant>> {
        Participant::load(&self.read, &self.row.participant).await
    }
    /// The team that works on it.
    async fn team(&self) -> async_graphql::Result<Option<Team>> {
        match &self.row.team {
            Some(team) => Team::load(&self.read, team).await,
            None => Ok(None),
        }
    }
    /// When its author took it back, if she did.
    async fn withdrawn_at(&self) -> Option<DateTime<Utc>> {
        self.row.withdrawn_at.map(instant)
    }
}

/// What became of a request to join.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum JoinRequestState {
    /// It waits for an answer.
    Open,
    /// She is in the team.
    Accepted,
    /// The team said no.
    Declined,
    /// She took it back.
    Withdrawn,
    /// Something else made it pointless.
    Closed,
}

/// A participant's request to join a team.
#[derive(Clone, Debug)]
pub struct JoinRequest {
    read: Reader,
    row: RequestRow,
}

impl JoinRequest {
    fn all(read: &Reader, rows: Option<Vec<RequestRow>>) -> Vec<Self> {
        let request = |row| Self { read: read.clone(), row };
        rows.unwrap_or_default().into_iter().map(request).collect()
    }

    /// One by its id: for who asked, the team, and staff; others see nothing.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn load(read: &Reader, id: &str) -> async_graphql::Result<Option<Self>> {
        let key = RequestKey(id.to_owned());
        let Some(row) = read.load(key).await? else {
            return Ok(None);
        };
        let own = own_part(read, &row.hackathon).await?;
        let own = own.is_some_and(|part| part.id == row.participant);
        let team = Team::load(read, &row.team).await?;
        let inside = match &team {
            Some(team) => is_inside(read, &team.row).await?,
            None => false,
        };
        Ok((own || inside).then(|| Self { read: read.clone(), row }))
    }
}

/// A participant's request to join a team.
#[Object]
impl JoinRequest {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.row.id.clone())
    }
    /// The roster's version at its last change.
    async fn version(&self) -> i64 {
        self.row.version
    }
    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        instant(self.row.created_at)
    }
    /// The team.
    async fn team(&self) -> async_graphql::Result<Option<Team>> {
        Team::load(&self.read, &self.row.team).await
    }
    /// Who asks.
    async fn participant(&self) -> async_graphql::Result<Option<Participant>> {
        Participant::load(&self.read, &self.row.participant).await
    }
    /// What she says.
    async fn note(&self) -> Option<&str> {
        self.row.note.as_deref()
    }
    /// What became of it.
    async fn state(&self) -> JoinRequestState {
        match self.row.state.as_str() {
            "accepted" => JoinRequestState::Accepted,
            "declined" => JoinRequestState::Declined,
            "withdrawn" => JoinRequestState::Withdrawn,
            "closed" => JoinRequestState::Closed,
            _ => JoinRequestState::Open,
        }
    }
}
