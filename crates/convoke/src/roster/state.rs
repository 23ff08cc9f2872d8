//! A roster as far as decisions need it: who is where, by every key a decision looks up.
//!
//! Every look-up is by id, person, name or code; the only lists walked are one team's members and
//! one person's requests, both bounded. So deciding takes microseconds however many take part.

use std::collections::{BTreeMap, BTreeSet};

use kernel::PersonId;
use serde::{Deserialize, Serialize};

use super::{Fact, IdeaId, JoinCode, JoinRequestId, ParticipantId, TeamId};

/// Everybody and every team of one hackathon.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Roster {
    pub(super) participants: BTreeMap<ParticipantId, Participant>,
    pub(super) by_person: BTreeMap<PersonId, ParticipantId>,
    pub(super) teams: BTreeMap<TeamId, Team>,
    pub(super) names: BTreeMap<String, TeamId>,
    pub(super) codes: BTreeMap<String, TeamId>,
    pub(super) ideas: BTreeMap<IdeaId, Idea>,
    pub(super) placed: u32,
    pub(super) locked: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Participant {
    pub(super) person: PersonId,
    pub(super) team: Option<TeamId>,
    pub(super) withdrawn: bool,
    pub(super) pitched: u16,
    pub(super) requests: BTreeMap<TeamId, JoinRequestId>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Team {
    pub(super) name: String,
    pub(super) code: JoinCode,
    /// Always somebody between two decisions; nobody for a moment inside one.
    pub(super) lead: Option<ParticipantId>,
    pub(super) idea: Option<IdeaId>,
    /// The longest-standing first.
    pub(super) members: Vec<ParticipantId>,
    pub(super) requests: BTreeSet<ParticipantId>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Idea {
    pub(super) author: ParticipantId,
    pub(super) team: Option<TeamId>,
}

/// What makes two names the same: neither case nor space tells them apart.
pub fn name_key(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

impl Roster {
    /// The part a person has in the hackathon, unless she withdrew.
    pub fn participant_of(&self, person: PersonId) -> Option<ParticipantId> {
        self.by_person.get(&person).copied()
    }
    /// The team somebody is in.
    pub fn team_of(&self, participant: ParticipantId) -> Option<TeamId> {
        self.participants.get(&participant).and_then(|known| known.team)
    }
    /// Whether a person is in this team.
    pub fn is_member(&self, team: TeamId, person: PersonId) -> bool {
        self.participant_of(person).and_then(|known| self.team_of(known)) == Some(team)
    }
    /// Whether there is such a team.
    pub fn has_team(&self, team: TeamId) -> bool {
        self.teams.contains_key(&team)
    }
    /// A team's members, the longest-standing first; nobody when there is no such team.
    pub fn members(&self, team: TeamId) -> &[ParticipantId] {
        self.teams.get(&team).map_or(&[], |team| team.members.as_slice())
    }
    /// A team's lead.
    pub fn lead(&self, team: TeamId) -> Option<ParticipantId> {
        self.teams.get(&team).and_then(|team| team.lead)
    }
    /// The size of the largest team. Walks all teams: for rare commands.
    pub fn largest(&self) -> u16 {
        self.teams.values().map(Team::size).max().unwrap_or_default()
    }
    /// Teams smaller than this. Walks all teams: for rare commands.
    pub fn under_sized(&self, team_min: u16) -> Vec<TeamId> {
        let small = |team: &Team| team.size() < team_min;
        self.teams.iter().filter(|(_, team)| small(team)).map(|(id, _)| *id).collect()
    }
    /// How many people are in no team.
    pub fn unplaced(&self) -> u32 {
        self.taking_part().saturating_sub(self.placed)
    }
    /// How many people take part.
    pub fn taking_part(&self) -> u32 {
        u32::try_from(self.by_person.len()).unwrap_or(u32::MAX)
    }
    /// Whether only organisers still change who is where.
    pub fn is_locked(&self) -> bool {
        self.locked
    }

    /// Learns one fact.
    pub(super) fn learn(&mut self, fact: &Fact) {
        match fact {
            Fact::ParticipantEnrolled { participant, person, .. } => {
                self.by_person.insert(*person, *participant);
                self.participants.insert(*participant, Participant::new(*person));
            }
            Fact::ParticipantWithdrawn { participant, person } => {
                self.by_person.remove(person);
                self.with_participant(*participant, |known| known.withdrawn = true);
            }
            Fact::IdeaPitched { idea, participant, .. } => {
                self.with_participant(*participant, |known| known.pitched += 1);
                self.ideas.insert(*idea, Idea { author: *participant, team: None });
            }
            Fact::IdeaWithdrawn { idea } => self.drop_idea(*idea),
            Fact::TeamFounded { team, name, idea, code, .. } => {
                self.add_team(*team, name, *idea, code.clone());
            }
            Fact::MemberJoined { team, participant, lead, .. } => {
                self.enter(*participant, *team);
                self.with_team(*team, |team| {
                    team.lead = if *lead { Some(*participant) } else { team.lead };
                });
                self.close(*team, *participant);
            }
            Fact::JoinRequested { request, team, participant, .. } => {
                self.with_participant(*participant, |known| {
                    known.requests.insert(*team, *request);
                });
                self.with_team(*team, |team| {
                    team.requests.insert(*participant);
                });
            }
            Fact::JoinRequestWithdrawn { team, participant, .. }
            | Fact::JoinRequestDeclined { team, participant, .. } => {
                self.close(*team, *participant);
            }
            Fact::JoinRequestsClosed { requests } => {
                for closed in requests {
                    self.close(closed.team, closed.participant);
                }
            }
            Fact::CodeRotated { team, code } => self.change_code(*team, code),
            Fact::MemberLeft { team, participant }
            | Fact::MemberRemoved { team, participant, .. } => self.exit(*participant, *team),
            Fact::LeadPassed { team, to } => self.with_team(*team, |team| team.lead = Some(*to)),
            Fact::TeamDissolved { team, .. } => self.drop_team(*team),
            Fact::MemberMoved { participant, from, to, .. } => {
                if let Some(team) = from {
                    self.exit(*participant, *team);
                }
                if let Some(team) = to {
                    self.enter(*participant, *team);
                }
            }
            Fact::RostersLocked { .. } => self.locked = true,
        }
    }

    fn with_participant(&mut self, id: ParticipantId, change: impl FnOnce(&mut Participant)) {
        if let Some(known) = self.participants.get_mut(&id) {
            change(known);
        }
    }

    fn with_team(&mut self, id: TeamId, change: impl FnOnce(&mut Team)) {
        if let Some(team) = self.teams.get_mut(&id) {
            change(team);
        }
    }

    fn drop_idea(&mut self, idea: IdeaId) {
        if let Some(gone) = self.ideas.remove(&idea) {
            self.with_participant(gone.author, |known| {
                known.pitched = known.pitched.saturating_sub(1);
            });
        }
    }

    fn add_team(&mut self, id: TeamId, name: &str, idea: Option<IdeaId>, code: JoinCode) {
        let key = name_key(name);
        self.names.insert(key.clone(), id);
        self.codes.insert(code.as_str().to_owned(), id);
        if let Some(idea) = idea.and_then(|idea| self.ideas.get_mut(&idea)) {
            idea.team = Some(id);
        }
        let team = Team {
            name: key,
            code,
            lead: None,
            idea,
            members: Vec::new(),
            requests: BTreeSet::new(),
        };
        self.teams.insert(id, team);
    }

    fn enter(&mut self, participant: ParticipantId, id: TeamId) {
        self.with_participant(participant, |known| known.team = Some(id));
        self.with_team(id, |team| team.members.push(participant));
        self.placed += 1;
    }

    fn exit(&mut self, participant: ParticipantId, id: TeamId) {
        self.with_participant(participant, |known| known.team = None);
        self.with_team(id, |team| {
            team.members.retain(|member| *member != participant);
            team.lead = team.lead.filter(|lead| *lead != participant);
        });
        self.placed = self.placed.saturating_sub(1);
    }

    fn close(&mut self, id: TeamId, participant: ParticipantId) {
        self.with_participant(participant, |known| {
            known.requests.remove(&id);
        });
        self.with_team(id, |team| {
            team.requests.remove(&participant);
        });
    }

    fn change_code(&mut self, id: TeamId, code: &JoinCode) {
        if let Some(team) = self.teams.get_mut(&id) {
            self.codes.remove(team.code.as_str());
            self.codes.insert(code.as_str().to_owned(), id);
            team.code = code.clone();
        }
    }

    fn drop_team(&mut self, id: TeamId) {
        let Some(team) = self.teams.remove(&id) else { return };
        self.names.remove(&team.name);
        self.codes.remove(team.code.as_str());
        if let Some(idea) = team.idea.and_then(|idea| self.ideas.get_mut(&idea)) {
            idea.team = None;
        }
        for member in &team.members {
            self.exit(*member, id);
        }
    }
}

impl Participant {
    fn new(person: PersonId) -> Self {
        Self { person, team: None, withdrawn: false, pitched: 0, requests: BTreeMap::new() }
    }
}

impl Team {
    pub(super) fn size(&self) -> u16 {
        u16::try_from(self.members.len()).unwrap_or(u16::MAX)
    }
}
