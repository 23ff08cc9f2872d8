//! What may be asked of a roster.
//!
//! Commands that make a team larger say how large the rules let it be: the rules are the
//! hackathon's, and the act reads them there.

use kernel::{PersonId, Personal};

use super::RegistrationId;
use super::{IdeaId, JoinCode, JoinRequestId, ParticipantId, Skill, TeamId};

/// Taking part.
#[derive(Clone, Debug, PartialEq)]
pub struct Enrol {
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

/// Having an idea.
#[derive(Clone, Debug, PartialEq)]
pub struct Pitch {
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

/// Founding a team.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The team, new.
    pub team: TeamId,
    /// Who leads it.
    pub founder: ParticipantId,
    /// Its name.
    pub name: String,
    /// What it works on.
    pub idea: Option<IdeaId>,
    /// The code that lets people in.
    pub code: JoinCode,
}

/// Asking to be let in.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// The request, new.
    pub request: JoinRequestId,
    /// The team.
    pub team: TeamId,
    /// Who asks.
    pub participant: ParticipantId,
    /// What she says.
    pub note: Option<Personal<String>>,
    /// How large the team may be.
    pub team_max: u16,
}

/// Moving somebody after the lock.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// Who.
    pub participant: ParticipantId,
    /// Into this team, or out of hers.
    pub to: Option<TeamId>,
    /// Why.
    pub reason: Personal<String>,
    /// How large the team may be.
    pub team_max: u16,
}

/// One command.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "team, participant and code are what they are everywhere here")]
pub enum Command {
    /// Take part.
    Enrol(Enrol),
    /// No longer take part.
    Withdraw { participant: ParticipantId },
    /// Have an idea.
    Pitch(Pitch),
    /// Take it back.
    WithdrawIdea { idea: IdeaId },
    /// Found a team and lead it.
    Found(Found),
    /// Ask to be let in.
    Request(Ask),
    /// No longer ask.
    WithdrawRequest { team: TeamId, participant: ParticipantId },
    /// Let her in.
    Accept { team: TeamId, participant: ParticipantId, team_max: u16 },
    /// Do not.
    Decline { team: TeamId, participant: ParticipantId },
    /// Come in with the team's code.
    JoinByCode { participant: ParticipantId, code: JoinCode, team_max: u16 },
    /// Let the old code let nobody in any more.
    RotateCode { team: TeamId, code: JoinCode },
    /// Leave the team.
    Leave { team: TeamId, participant: ParticipantId },
    /// Put somebody out of the team.
    Remove { team: TeamId, participant: ParticipantId, reason: Option<Personal<String>> },
    /// Let somebody else lead.
    PassLead { team: TeamId, to: ParticipantId },
    /// Give the team up.
    Dissolve { team: TeamId },
    /// Move somebody after the lock, into a team or out of one.
    Override(Move),
    /// From here on only an organiser changes who is where.
    Lock { team_min: u16 },
}
