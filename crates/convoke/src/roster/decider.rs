//! What may happen on a roster.
//!
//! Everybody acts for herself, a team's lead for her team, an organiser for all. It refuses a
//! second team, a member too many and a leaderless team, and closes in the same decision whatever
//! a fact makes pointless: the other requests of somebody who joined, a team its last member left.

use kernel::{Actor, Decider, Moment, Personal, Role};

use super::command::{Ask, Command, Enrol, Found, Move, Pitch};
use super::state::{Idea, Participant, Team, name_key};
use super::{ClosedRequest, Fact, How, IdeaId, JoinCode, ParticipantId, Rejection, Roster, TeamId};

/// More people need more than one hackathon; it bounds the stream.
pub const PARTICIPANTS_MAX: u32 = 5_000;
/// More teams nobody can judge in a weekend.
pub const TEAMS_MAX: u32 = 500;
/// So many ideas one person may have standing.
pub const PITCHES_MAX: u16 = 3;
/// So many teams one person may have asked at a time.
pub const REQUESTS_MAX: usize = 10;
/// The longest name of a team, in characters.
pub const NAME_MAX: usize = 60;
/// The longest title of an idea, in characters.
pub const TITLE_MAX: usize = 80;
/// The longest text of an idea, in characters.
pub const TEXT_MAX: usize = 1_000;
/// So many skills, wishes, or roles wanted.
pub const LIST_MAX: usize = 20;

type Decided = Result<Vec<Fact>, Rejection>;

fn is_organiser(actor: &Actor) -> bool {
    actor.is_any(&[Role::Organiser])
}

fn short(field: &'static str, text: Option<&String>, max: usize) -> Result<(), Rejection> {
    // A text that is gone with its person was checked while it was there.
    let Some(text) = text else { return Ok(()) };
    let length = text.chars().count();
    match length {
        _ if text.trim().is_empty() => Err(Rejection::TextMissing { field }),
        _ if length > max => Err(Rejection::TextTooLong { field, max, length }),
        _ => Ok(()),
    }
}

fn few<T>(field: &'static str, list: &[T]) -> Result<(), Rejection> {
    match list.len() {
        length if length > LIST_MAX => Err(Rejection::TooMany { field, max: LIST_MAX, length }),
        _ => Ok(()),
    }
}

/// Who is who: what most decisions ask first.
impl Roster {
    fn participant(&self, id: ParticipantId) -> Result<&Participant, Rejection> {
        let known = self.participants.get(&id).ok_or(Rejection::UnknownParticipant {})?;
        if known.withdrawn { Err(Rejection::ParticipantWithdrawn {}) } else { Ok(known) }
    }

    /// The participant, if the actor may act for her.
    fn herself(&self, id: ParticipantId, actor: &Actor) -> Result<&Participant, Rejection> {
        let known = self.participant(id)?;
        let may = actor.person == Some(known.person) || is_organiser(actor);
        if may { Ok(known) } else { Err(Rejection::NotYourself {}) }
    }

    fn team(&self, id: TeamId) -> Result<&Team, Rejection> {
        self.teams.get(&id).ok_or(Rejection::UnknownTeam {})
    }

    /// The team, if the actor is one of its members.
    fn as_member(&self, id: TeamId, actor: &Actor) -> Result<&Team, Rejection> {
        let team = self.team(id)?;
        let may = actor.person.is_some_and(|person| self.is_member(id, person));
        if may || is_organiser(actor) { Ok(team) } else { Err(Rejection::NotMember {}) }
    }

    /// The team, if the actor leads it.
    fn as_lead(&self, id: TeamId, actor: &Actor) -> Result<&Team, Rejection> {
        let team = self.team(id)?;
        let own = actor.person.and_then(|person| self.participant_of(person));
        let may = own.is_some() && own == team.lead;
        if may || is_organiser(actor) { Ok(team) } else { Err(Rejection::NotLead {}) }
    }

    fn idea(&self, id: IdeaId) -> Result<&Idea, Rejection> {
        self.ideas.get(&id).ok_or(Rejection::UnknownIdea {})
    }

    fn unlocked(&self) -> Result<(), Rejection> {
        if self.locked { Err(Rejection::RostersLocked {}) } else { Ok(()) }
    }
}

fn teamless(known: &Participant) -> Result<(), Rejection> {
    known.team.map_or(Ok(()), |team| Err(Rejection::AlreadyInTeam { team }))
}

fn not_full(team: &Team, max: u16) -> Result<(), Rejection> {
    let size = team.size();
    if size >= max { Err(Rejection::TeamFull { size, max }) } else { Ok(()) }
}

/// What several decisions end in.
impl Roster {
    /// Somebody is in a team from now on: her other requests are pointless.
    fn close_others(&self, participant: ParticipantId, joined: TeamId) -> Option<Fact> {
        let known = self.participants.get(&participant)?;
        let others = known.requests.iter().filter(|(team, _)| **team != joined);
        closing(others.map(|(&team, &request)| ClosedRequest { request, team, participant }))
    }

    fn join(&self, participant: ParticipantId, team: TeamId, how: How) -> Vec<Fact> {
        let known = self.participants.get(&participant);
        let request = known.and_then(|known| known.requests.get(&team).copied());
        let lead = how == How::Founded;
        let joined = Fact::MemberJoined { team, participant, lead, how, request };
        std::iter::once(joined).chain(self.close_others(participant, team)).collect()
    }

    /// What follows when somebody goes: the longest-standing member leads, or nobody is left and
    /// the team is no more.
    fn after_departure(&self, id: TeamId, gone: ParticipantId) -> Vec<Fact> {
        let Some(team) = self.teams.get(&id) else { return Vec::new() };
        let heir = team.members.iter().copied().find(|member| *member != gone);
        match heir {
            Some(to) if team.lead == Some(gone) => vec![Fact::LeadPassed { team: id, to }],
            Some(_) => Vec::new(),
            None => self.end(id, team, Vec::new()),
        }
    }

    fn end(&self, id: TeamId, team: &Team, members: Vec<ParticipantId>) -> Vec<Fact> {
        let asked = team.requests.iter().filter_map(|participant| {
            let request = *self.participants.get(participant)?.requests.get(&id)?;
            Some(ClosedRequest { request, team: id, participant: *participant })
        });
        let dissolved = Fact::TeamDissolved { team: id, members, idea: team.idea };
        closing(asked).into_iter().chain([dissolved]).collect()
    }
}

fn closing(requests: impl Iterator<Item = ClosedRequest>) -> Option<Fact> {
    let requests: Vec<_> = requests.collect();
    (!requests.is_empty()).then_some(Fact::JoinRequestsClosed { requests })
}

/// Taking part, and ideas.
impl Roster {
    fn enrol(&self, enrol: Enrol, actor: &Actor) -> Decided {
        let Enrol { participant, person, registration, name, skills, wishes } = enrol;
        if actor.person != Some(person) && !is_organiser(actor) {
            return Err(Rejection::NotYourself {});
        }
        // She may come back after a withdrawal, as a new participant.
        let before = self.participants.contains_key(&participant).then_some(participant);
        if let Some(participant) = self.participant_of(person).or(before) {
            return Err(Rejection::AlreadyEnrolled { participant });
        }
        if self.taking_part() >= PARTICIPANTS_MAX {
            return Err(Rejection::RosterFull { max: PARTICIPANTS_MAX });
        }
        short("name", name.get(), NAME_MAX * 2)?;
        few("wishes", wishes.get().map_or(&[], Vec::as_slice))?;
        let skilled = skills.get().map_or(&[][..], Vec::as_slice);
        few("skills", skilled)?;
        if let Some(odd) = skilled.iter().find(|skill| !(1..=3).contains(&skill.level)) {
            return Err(Rejection::LevelOutOfRange { level: odd.level });
        }
        Ok(vec![Fact::ParticipantEnrolled {
            participant,
            person,
            registration,
            name,
            skills,
            wishes,
        }])
    }

    fn withdraw(&self, participant: ParticipantId, actor: &Actor) -> Decided {
        let known = match self.herself(participant, actor) {
            Err(Rejection::ParticipantWithdrawn {}) => return Ok(Vec::new()),
            other => other?,
        };
        let mut facts = Vec::new();
        if let Some(team) = known.team {
            // After the lock her team must not find out by chance: an organiser does it.
            if !is_organiser(actor) {
                self.unlocked()?;
            }
            facts.push(Fact::MemberLeft { team, participant });
            facts.extend(self.after_departure(team, participant));
        }
        let asked = known.requests.iter();
        facts.extend(closing(asked.map(|(&team, &request)| ClosedRequest {
            request,
            team,
            participant,
        })));
        facts.push(Fact::ParticipantWithdrawn { participant, person: known.person });
        Ok(facts)
    }

    fn pitch(&self, pitch: Pitch, actor: &Actor) -> Decided {
        let Pitch { idea, participant, title, text, roles } = pitch;
        let known = self.herself(participant, actor)?;
        if self.locked {
            return Err(Rejection::PitchingClosed {});
        }
        if self.ideas.contains_key(&idea) {
            return Err(Rejection::AlreadyPitched {});
        }
        if known.pitched >= PITCHES_MAX {
            return Err(Rejection::PitchLimit { max: PITCHES_MAX });
        }
        short("title", title.get(), TITLE_MAX)?;
        short("text", text.get(), TEXT_MAX)?;
        few("roles", &roles)?;
        Ok(vec![Fact::IdeaPitched { idea, participant, title, text, roles }])
    }

    fn withdraw_idea(&self, id: IdeaId, actor: &Actor) -> Decided {
        let idea = self.idea(id)?;
        let author = self.participants.get(&idea.author).map(|author| author.person);
        if (actor.person.is_none() || actor.person != author) && !is_organiser(actor) {
            return Err(Rejection::NotAuthor {});
        }
        match idea.team {
            Some(team) => Err(Rejection::IdeaTaken { team }),
            None => Ok(vec![Fact::IdeaWithdrawn { idea: id }]),
        }
    }
}

/// Coming together.
impl Roster {
    fn found(&self, found: Found, actor: &Actor) -> Decided {
        let Found { team, founder, name, idea, code } = found;
        let known = self.herself(founder, actor)?;
        self.unlocked()?;
        teamless(known)?;
        if self.teams.contains_key(&team) {
            return Err(Rejection::AlreadyFounded {});
        }
        short("name", Some(&name), NAME_MAX)?;
        if let Some(&team) = self.names.get(&name_key(&name)) {
            return Err(Rejection::NameTaken { team });
        }
        if self.codes.contains_key(code.as_str()) {
            return Err(Rejection::CodeInUse {});
        }
        if u32::try_from(self.teams.len()).is_ok_and(|teams| teams >= TEAMS_MAX) {
            return Err(Rejection::TeamLimit { max: TEAMS_MAX });
        }
        if let Some(idea) = idea
            && let Some(team) = self.idea(idea)?.team
        {
            return Err(Rejection::IdeaTaken { team });
        }
        let mut facts = vec![Fact::TeamFounded { team, name, founder, idea, code }];
        facts.extend(self.join(founder, team, How::Founded));
        Ok(facts)
    }

    fn request(&self, ask: Ask, actor: &Actor) -> Decided {
        let Ask { request, team, participant, note, team_max } = ask;
        let known = self.herself(participant, actor)?;
        let wanted = self.team(team)?;
        self.unlocked()?;
        teamless(known)?;
        if let Some(&request) = known.requests.get(&team) {
            return Err(Rejection::DuplicateRequest { request });
        }
        if known.requests.len() >= REQUESTS_MAX {
            return Err(Rejection::RequestLimit { max: REQUESTS_MAX });
        }
        not_full(wanted, team_max)?;
        Ok(vec![Fact::JoinRequested { request, team, participant, note }])
    }

    fn withdraw_request(&self, team: TeamId, participant: ParticipantId, actor: &Actor) -> Decided {
        let known = self.herself(participant, actor)?;
        let request = *known.requests.get(&team).ok_or(Rejection::RequestGone {})?;
        Ok(vec![Fact::JoinRequestWithdrawn { request, team, participant }])
    }

    fn accept(&self, id: TeamId, participant: ParticipantId, max: u16, actor: &Actor) -> Decided {
        let team = self.as_member(id, actor)?;
        self.unlocked()?;
        let known = self.participant(participant)?;
        if !known.requests.contains_key(&id) {
            return Err(Rejection::RequestGone {});
        }
        // The request stays open: somebody may leave.
        not_full(team, max)?;
        Ok(self.join(participant, id, How::Accepted))
    }

    fn decline(&self, team: TeamId, participant: ParticipantId, actor: &Actor) -> Decided {
        self.as_member(team, actor)?;
        let known = self.participant(participant)?;
        let request = *known.requests.get(&team).ok_or(Rejection::RequestGone {})?;
        Ok(vec![Fact::JoinRequestDeclined { request, team, participant }])
    }

    fn join_by_code(
        &self,
        participant: ParticipantId,
        code: &JoinCode,
        max: u16,
        actor: &Actor,
    ) -> Decided {
        let known = self.herself(participant, actor)?;
        let &id = self.codes.get(code.as_str()).ok_or(Rejection::CodeUnknown {})?;
        let team = self.team(id)?;
        if known.team == Some(id) {
            return Ok(Vec::new());
        }
        self.unlocked()?;
        teamless(known)?;
        not_full(team, max)?;
        Ok(self.join(participant, id, How::Code))
    }

    fn rotate(&self, id: TeamId, code: JoinCode, actor: &Actor) -> Decided {
        self.as_lead(id, actor)?;
        if self.codes.contains_key(code.as_str()) {
            return Err(Rejection::CodeInUse {});
        }
        Ok(vec![Fact::CodeRotated { team: id, code }])
    }
}

/// Parting, and what organisers do.
impl Roster {
    fn leave(&self, team: TeamId, participant: ParticipantId, actor: &Actor) -> Decided {
        let known = self.herself(participant, actor)?;
        if known.team != Some(team) {
            return Err(Rejection::NotInTeam {});
        }
        self.unlocked()?;
        let mut facts = vec![Fact::MemberLeft { team, participant }];
        facts.extend(self.after_departure(team, participant));
        Ok(facts)
    }

    fn remove(
        &self,
        team: TeamId,
        participant: ParticipantId,
        reason: Option<Personal<String>>,
        actor: &Actor,
    ) -> Decided {
        self.as_lead(team, actor)?;
        self.unlocked()?;
        let known = self.participant(participant)?;
        if known.team != Some(team) {
            return Err(Rejection::NotInTeam {});
        }
        if actor.person == Some(known.person) {
            return Err(Rejection::CannotRemoveSelf {});
        }
        let mut facts = vec![Fact::MemberRemoved { team, participant, reason }];
        facts.extend(self.after_departure(team, participant));
        Ok(facts)
    }

    fn pass_lead(&self, id: TeamId, to: ParticipantId, actor: &Actor) -> Decided {
        let team = self.as_lead(id, actor)?;
        if self.participant(to)?.team != Some(id) {
            return Err(Rejection::NotInTeam {});
        }
        if team.lead == Some(to) {
            return Ok(Vec::new());
        }
        Ok(vec![Fact::LeadPassed { team: id, to }])
    }

    fn dissolve(&self, id: TeamId, actor: &Actor) -> Decided {
        let team = self.as_lead(id, actor)?;
        self.unlocked()?;
        Ok(self.end(id, team, team.members.clone()))
    }

    fn override_roster(&self, moved: Move, actor: &Actor) -> Decided {
        let Move { participant, to, reason, team_max } = moved;
        if !is_organiser(actor) {
            return Err(Rejection::NotOrganiser {});
        }
        if !self.locked {
            return Err(Rejection::RostersNotLocked {});
        }
        if reason.get().is_none_or(|text| text.trim().is_empty()) {
            return Err(Rejection::ReasonMissing {});
        }
        let from = self.participant(participant)?.team;
        let target = to.map(|to| self.team(to)).transpose()?;
        if from == to {
            return Ok(Vec::new());
        }
        if let Some(team) = target {
            not_full(team, team_max)?;
        }
        let mut facts = vec![Fact::MemberMoved { participant, from, to, reason }];
        if let Some(from) = from {
            facts.extend(self.after_departure(from, participant));
        }
        if target.is_some() {
            let known = self.participant(participant)?;
            let asked = known.requests.iter();
            facts.extend(closing(asked.map(|(&team, &request)| ClosedRequest {
                request,
                team,
                participant,
            })));
        }
        Ok(facts)
    }

    fn lock(&self, team_min: u16, actor: &Actor) -> Decided {
        if !is_organiser(actor) {
            return Err(Rejection::NotOrganiser {});
        }
        if self.locked {
            return Ok(Vec::new());
        }
        let under_sized = self.under_sized(team_min);
        Ok(vec![Fact::RostersLocked { under_sized, unplaced: self.unplaced() }])
    }
}

impl Decider for Roster {
    const STREAM: &'static str = "roster";
    type Command = Command;
    type Fact = Fact;
    type Rejection = Rejection;

    fn decide(&self, command: Command, moment: &Moment) -> Decided {
        let actor = &moment.actor;
        match command {
            Command::Enrol(enrol) => self.enrol(enrol, actor),
            Command::Withdraw { participant } => self.withdraw(participant, actor),
            Command::Pitch(pitch) => self.pitch(pitch, actor),
            Command::WithdrawIdea { idea } => self.withdraw_idea(idea, actor),
            Command::Found(found) => self.found(found, actor),
            Command::Request(ask) => self.request(ask, actor),
            Command::WithdrawRequest { team, participant } => {
                self.withdraw_request(team, participant, actor)
            }
            Command::Accept { team, participant, team_max } => {
                self.accept(team, participant, team_max, actor)
            }
            Command::Decline { team, participant } => self.decline(team, participant, actor),
            Command::JoinByCode { participant, code, team_max } => {
                self.join_by_code(participant, &code, team_max, actor)
            }
            Command::RotateCode { team, code } => self.rotate(team, code, actor),
            Command::Leave { team, participant } => self.leave(team, participant, actor),
            Command::Remove { team, participant, reason } => {
                self.remove(team, participant, reason, actor)
            }
            Command::PassLead { team, to } => self.pass_lead(team, to, actor),
            Command::Dissolve { team } => self.dissolve(team, actor),
            Command::Override(moved) => self.override_roster(moved, actor),
            Command::Lock { team_min } => self.lock(team_min, actor),
        }
    }

    fn evolve(&mut self, fact: &Fact) {
        self.learn(fact);
    }
}
