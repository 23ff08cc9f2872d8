//! The commands participants give, as they are stored.
//!
//! Each asks the hackathon first whether its phase allows it, and how large a team may be. Who may
//! act for whom is the roster's to decide: an organiser may for everybody.

use kernel::{Act, Actor, Decider, Decision, Ledger, PersonId, Personal, Role, Stop};
use serde::{Deserialize, Serialize};

use super::RegistrationId;
use super::command::{Ask, Command, Enrol, Found, Pitch};
use super::{
    HackathonId, IdeaId, JoinCode, JoinRequestId, ParticipantId, Rejection, Roster, Skill, TeamId,
};
use crate::desk::Desk;
use crate::event::{Event, Status};
use crate::hackathon::{Hackathon, Phase, Rules};

/// Somebody we know, or an organiser.
fn anybody(actor: &Actor) -> bool {
    actor.person.is_some() || actor.is_any(&[Role::Organiser])
}

/// A hackathon that was planned, whatever became of it.
pub(super) fn known<'a>(ledger: &Ledger<'a>, id: HackathonId) -> Result<&'a Hackathon, Stop> {
    let hackathon = ledger.state::<Hackathon>(id)?;
    match hackathon.phase() {
        Phase::Unknown => Err(Rejection::UnknownHackathon {}.into()),
        _ => Ok(hackathon),
    }
}

/// A hackathon that is neither called off nor over.
pub(super) fn live<'a>(ledger: &Ledger<'a>, id: HackathonId) -> Result<&'a Hackathon, Stop> {
    let hackathon = known(ledger, id)?;
    match hackathon.phase() {
        Phase::Cancelled => return Err(Rejection::HackathonCancelled {}.into()),
        Phase::Frozen => return Err(Rejection::HackathonOver {}.into()),
        _ => {}
    }
    // What is called off as an event is called off as a hackathon.
    match hackathon.event() {
        Some(event) if ledger.state::<Event>(event)?.status() == Status::Cancelled => {
            Err(Rejection::EventCancelled {}.into())
        }
        _ => Ok(hackathon),
    }
}

/// The rules by which teams form, once they may. Whether they still may is the roster's lock.
fn forming(ledger: &Ledger<'_>, id: HackathonId) -> Result<Rules, Stop> {
    let hackathon = live(ledger, id)?;
    match hackathon.phase() {
        Phase::Drafted => Err(Rejection::FormationNotOpen {}.into()),
        _ => Ok(hackathon.rules()),
    }
}

pub(super) fn on_roster(
    ledger: &Ledger<'_>,
    hackathon: HackathonId,
    about: impl ToString,
    command: Command,
) -> Result<Decision, Stop> {
    let facts = ledger.state::<Roster>(hackathon)?.decide(command, ledger.moment)?;
    Decision::about(about).with::<Roster>(hackathon, facts)
}

/// Whether a person holds this confirmed place at the hackathon's event.
fn registered(
    ledger: &Ledger<'_>,
    hackathon: &Hackathon,
    registration: RegistrationId,
    person: PersonId,
) -> Result<bool, Stop> {
    let Some(event) = hackathon.event() else { return Ok(false) };
    let book = ledger.state::<Desk>(event)?.book();
    let hers = book.entry(registration).is_some_and(|entry| entry.person == person);
    Ok(hers && book.is_confirmed(registration))
}

/// Takes part in a hackathon; needs a confirmed place at its event.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EnrolParticipant {
    /// The hackathon.
    pub hackathon: HackathonId,
    /// Her part, new.
    pub participant: ParticipantId,
    /// Who she is.
    pub person: PersonId,
    /// Her place at the event.
    pub registration: RegistrationId,
    /// Her name, as the others see it.
    pub name: Personal<String>,
    /// What she can do and wants to learn.
    pub skills: Personal<Vec<Skill>>,
    /// What she would like to work on.
    pub wishes: Personal<Vec<String>>,
}
impl Act for EnrolParticipant {
    const KIND: &'static str = "EnrolParticipant";
    fn permits(&self, actor: &Actor) -> bool {
        anybody(actor)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let hackathon = live(ledger, self.hackathon)?;
        if !registered(ledger, hackathon, self.registration, self.person)? {
            return Err(Rejection::NotRegistered {}.into());
        }
        let command = Command::Enrol(Enrol {
            participant: self.participant,
            person: self.person,
            registration: self.registration,
            name: self.name.clone(),
            skills: self.skills.clone(),
            wishes: self.wishes.clone(),
        });
        on_roster(ledger, self.hackathon, self.participant, command)
    }
}

/// No longer takes part; whoever was in a team leaves it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WithdrawParticipant {
    /// The hackathon.
    pub hackathon: HackathonId,
    /// Who.
    pub participant: ParticipantId,
}
impl Act for WithdrawParticipant {
    const KIND: &'static str = "WithdrawParticipant";
    fn permits(&self, actor: &Actor) -> bool {
        anybody(actor)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        known(ledger, self.hackathon)?;
        let command = Command::Withdraw { participant: self.participant };
        on_roster(ledger, self.hackathon, self.participant, command)
    }
}

/// Pitches an idea.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PitchIdea {
    /// The hackathon.
    pub hackathon: HackathonId,
    /// The idea, new.
    pub idea: IdeaId,
    /// Whose it is.
    pub participant: ParticipantId,
    /// In one line.
    pub title: Personal<String>,
    /// In a few sentences.
    pub text: Personal<String>,
    /// Whom it needs.
    pub roles: Vec<String>,
}
impl Act for PitchIdea {
    const KIND: &'static str = "PitchIdea";
    fn permits(&self, actor: &Actor) -> bool {
        anybody(actor)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        live(ledger, self.hackathon)?;
        let command = Command::Pitch(Pitch {
            idea: self.idea,
            participant: self.participant,
            title: self.title.clone(),
            text: self.text.clone(),
            roles: self.roles.clone(),
        });
        on_roster(ledger, self.hackathon, self.idea, command)
    }
}

/// Takes an idea back, unless a team works on it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WithdrawIdea {
    /// The hackathon.
    pub hackathon: HackathonId,
    /// The idea.
    pub idea: IdeaId,
}
impl Act for WithdrawIdea {
    const KIND: &'static str = "WithdrawIdea";
    fn permits(&self, actor: &Actor) -> bool {
        anybody(actor)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        live(ledger, self.hackathon)?;
        let command = Command::WithdrawIdea { idea: self.idea };
        on_roster(ledger, self.hackathon, self.idea, command)
    }
}

/// Founds a team and leads it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FoundTeam {
    /// The hackathon.
    pub hackathon: HackathonId,
    /// The team, new.
    pub team: TeamId,
    /// Who leads it.
    pub founder: ParticipantId,
    /// Its name, unique in the hackathon.
    pub name: String,
    /// What it works on.
    #[serde(default)]
    pub idea: Option<IdeaId>,
    /// The code that lets people in, new.
    pub code: JoinCode,
}
impl Act for FoundTeam {
    const KIND: &'static str = "FoundTeam";
    fn permits(&self, actor: &Actor) -> bool {
        anybody(actor)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        forming(ledger, self.hackathon)?;
        let command = Command::Found(Found {
            team: self.team,
            founder: self.founder,
            name: self.name.clone(),
            idea: self.idea,
            code: self.code.clone(),
        });
        on_roster(ledger, self.hackathon, self.team, command)
    }
}

/// Asks a team to be let in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestToJoin {
    /// The hackathon.
    pub hackathon: HackathonId,
    /// The request, new.
    pub request: JoinRequestId,
    /// The team.
    pub team: TeamId,
    /// Who asks.
    pub participant: ParticipantId,
    /// What she says.
    #[serde(default)]
    pub note: Option<Personal<String>>,
}
impl Act for RequestToJoin {
    const KIND: &'static str = "RequestToJoin";
    fn permits(&self, actor: &Actor) -> bool {
        anybody(actor)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let rules = forming(ledger, self.hackathon)?;
        let command = Command::Request(Ask {
            request: self.request,
            team: self.team,
            participant: self.participant,
            note: self.note.clone(),
            team_max: rules.team_max,
        });
        on_roster(ledger, self.hackathon, self.request, command)
    }
}

/// Takes a request back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WithdrawRequest {
    /// The hackathon.
    pub hackathon: HackathonId,
    /// The team.
    pub team: TeamId,
    /// Who.
    pub participant: ParticipantId,
}
impl Act for WithdrawRequest {
    const KIND: &'static str = "WithdrawRequest";
    fn permits(&self, actor: &Actor) -> bool {
        anybody(actor)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        live(ledger, self.hackathon)?;
        let command = Command::WithdrawRequest { team: self.team, participant: self.participant };
        on_roster(ledger, self.hackathon, self.team, command)
    }
}

/// Lets somebody in who asked; any member of the team may.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AcceptJoinRequest {
    /// The hackathon.
    pub hackathon: HackathonId,
    /// The team.
    pub team: TeamId,
    /// Who.
    pub participant: ParticipantId,
}
impl Act for AcceptJoinRequest {
    const KIND: &'static str = "AcceptJoinRequest";
    fn permits(&self, actor: &Actor) -> bool {
        anybody(actor)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let rules = forming(ledger, self.hackathon)?;
        let command = Command::Accept {
            team: self.team,
            participant: self.participant,
            team_max: rules.team_max,
        };
        on_roster(ledger, self.hackathon, self.team, command)
    }
}

/// Does not let somebody in; any member of the team may.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeclineJoinRequest {
    /// The hackathon.
    pub hackathon: HackathonId,
    /// The team.
    pub team: TeamId,
    /// Who.
    pub participant: ParticipantId,
}
impl Act for DeclineJoinRequest {
    const KIND: &'static str = "DeclineJoinRequest";
    fn permits(&self, actor: &Actor) -> bool {
        anybody(actor)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        live(ledger, self.hackathon)?;
        let command = Command::Decline { team: self.team, participant: self.participant };
        on_roster(ledger, self.hackathon, self.team, command)
    }
}

/// Comes into a team with its code.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct JoinTeamByCode {
    /// The hackathon.
    pub hackathon: HackathonId,
    /// Who.
    pub participant: ParticipantId,
    /// The code.
    pub code: JoinCode,
}
impl Act for JoinTeamByCode {
    const KIND: &'static str = "JoinTeamByCode";
    fn permits(&self, actor: &Actor) -> bool {
        anybody(actor)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let rules = forming(ledger, self.hackathon)?;
        let command = Command::JoinByCode {
            participant: self.participant,
            code: self.code.clone(),
            team_max: rules.team_max,
        };
        on_roster(ledger, self.hackathon, self.participant, command)
    }
}

/// Gives a team another code; its lead may.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RotateCode {
    /// The hackathon.
    pub hackathon: HackathonId,
    /// The team.
    pub team: TeamId,
    /// The code, new.
    pub code: JoinCode,
}
impl Act for RotateCode {
    const KIND: &'static str = "RotateCode";
    fn permits(&self, actor: &Actor) -> bool {
        anybody(actor)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        live(ledger, self.hackathon)?;
        let command = Command::RotateCode { team: self.team, code: self.code.clone() };
        on_roster(ledger, self.hackathon, self.team, command)
    }
}

/// Leaves a team. The longest-standing member leads on; a team nobody is left in is no more.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LeaveTeam {
    /// The hackathon.
    pub hackathon: HackathonId,
    /// The team.
    pub team: TeamId,
    /// Who.
    pub participant: ParticipantId,
}
impl Act for LeaveTeam {
    const KIND: &'static str = "LeaveTeam";
    fn permits(&self, actor: &Actor) -> bool {
        anybody(actor)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        live(ledger, self.hackathon)?;
        let command = Command::Leave { team: self.team, participant: self.participant };
        on_roster(ledger, self.hackathon, self.team, command)
    }
}

/// Puts somebody out of a team; its lead may.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RemoveMember {
    /// The hackathon.
    pub hackathon: HackathonId,
    /// The team.
    pub team: TeamId,
    /// Who.
    pub participant: ParticipantId,
    /// Why.
    #[serde(default)]
    pub reason: Option<Personal<String>>,
}
impl Act for RemoveMember {
    const KIND: &'static str = "RemoveMember";
    fn permits(&self, actor: &Actor) -> bool {
        anybody(actor)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        live(ledger, self.hackathon)?;
        let command = Command::Remove {
            team: self.team,
            participant: self.participant,
            reason: self.reason.clone(),
        };
        on_roster(ledger, self.hackathon, self.team, command)
    }
}

/// Lets another member lead; the lead may.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PassLead {
    /// The hackathon.
    pub hackathon: HackathonId,
    /// The team.
    pub team: TeamId,
    /// Who leads from now on.
    pub to: ParticipantId,
}
impl Act for PassLead {
    const KIND: &'static str = "PassLead";
    fn permits(&self, actor: &Actor) -> bool {
        anybody(actor)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        live(ledger, self.hackathon)?;
        let command = Command::PassLead { team: self.team, to: self.to };
        on_roster(ledger, self.hackathon, self.team, command)
    }
}

/// Gives a team up; its lead may. Its idea is free again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DissolveTeam {
    /// The hackathon.
    pub hackathon: HackathonId,
    /// The team.
    pub team: TeamId,
}
impl Act for DissolveTeam {
    const KIND: &'static str = "DissolveTeam";
    fn permits(&self, actor: &Actor) -> bool {
        anybody(actor)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        live(ledger, self.hackathon)?;
        let command = Command::Dissolve { team: self.team };
        on_roster(ledger, self.hackathon, self.team, command)
    }
}
