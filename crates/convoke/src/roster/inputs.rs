//! What the mutations about rosters take, and what comes of them.

use async_graphql::{ID, InputObject};
use serde::Serialize;

use super::graphql::{Idea, JoinRequest, Participant, Team};
use crate::input_and_payload;

/// A skill somebody has, or wants to learn.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct SkillInput {
    /// What: `facilitation`, `research`, `code`.
    pub(crate) name: String,
    /// From 1, a little, to 3, well.
    pub(crate) level: i32,
    /// Whether you want to learn it rather than have it.
    #[graphql(default = false)]
    pub(crate) want: bool,
}

input_and_payload! {
    /// The part to take.
    EnrolParticipantInput => EnrolParticipantPayload {
        /// Her part in the hackathon.
        participant: Participant
    } {
        /// The hackathon.
        hackathon_id: ID,
        /// The confirmed registration for its event.
        registration_id: ID,
        /// The name the others see; the one of the registration when missing.
        name: Option<String>,
        /// What you can do and want to learn.
        skills: Option<Vec<SkillInput>>,
        /// What you would like to work on.
        wishes: Option<Vec<String>>,
    }
}

input_and_payload! {
    /// The part to give up.
    WithdrawParticipantInput => WithdrawParticipantPayload {
        /// Her part in the hackathon.
        participant: Participant
    } {
        /// Whose part.
        participant_id: ID,
    }
}

input_and_payload! {
    /// The idea to pitch.
    PitchIdeaInput => PitchIdeaPayload {
        /// The idea.
        idea: Idea
    } {
        /// The hackathon.
        hackathon_id: ID,
        /// In one line, at most 80 characters.
        title: String,
        /// In a few sentences, at most 1,000 characters.
        text: String,
        /// Whom it needs.
        roles: Option<Vec<String>>,
        /// Who does it; yourself when missing. Organisers may name anybody.
        participant_id: Option<ID>,
    }
}

input_and_payload! {
    /// The idea to take back.
    WithdrawIdeaInput => WithdrawIdeaPayload {
        /// The idea.
        idea: Idea
    } {
        /// The idea.
        idea_id: ID,
    }
}

input_and_payload! {
    /// The team to found.
    FoundTeamInput => FoundTeamPayload {
        /// The team.
        team: Team
    } {
        /// The hackathon.
        hackathon_id: ID,
        /// Its name, at most 60 characters, unique in the hackathon.
        name: String,
        /// What it works on.
        idea_id: Option<ID>,
        /// Who does it; yourself when missing. Organisers may name anybody.
        participant_id: Option<ID>,
    }
}

input_and_payload! {
    /// The team to ask.
    RequestToJoinInput => RequestToJoinPayload {
        /// The request.
        join_request: JoinRequest
    } {
        /// The team.
        team_id: ID,
        /// What to say to its members.
        note: Option<String>,
        /// Who does it; yourself when missing. Organisers may name anybody.
        participant_id: Option<ID>,
    }
}

input_and_payload! {
    /// The request to take back.
    WithdrawRequestInput => WithdrawRequestPayload {
        /// The team.
        team: Team
    } {
        /// The team.
        team_id: ID,
        /// Who does it; yourself when missing. Organisers may name anybody.
        participant_id: Option<ID>,
    }
}

input_and_payload! {
    /// The request to accept.
    AcceptJoinRequestInput => AcceptJoinRequestPayload {
        /// The team.
        team: Team
    } {
        /// The team.
        team_id: ID,
        /// Who.
        participant_id: ID,
    }
}

input_and_payload! {
    /// The request to decline.
    DeclineJoinRequestInput => DeclineJoinRequestPayload {
        /// The team.
        team: Team
    } {
        /// The team.
        team_id: ID,
        /// Who.
        participant_id: ID,
    }
}

input_and_payload! {
    /// The code to come in with.
    JoinTeamByCodeInput => JoinTeamByCodePayload {
        /// The team.
        team: Team
    } {
        /// The team's code.
        code: String,
        /// Who does it; yourself when missing. Organisers may name anybody.
        participant_id: Option<ID>,
    }
}

input_and_payload! {
    /// The team whose code to replace.
    RotateCodeInput => RotateCodePayload {
        /// The team.
        team: Team
    } {
        /// The team.
        team_id: ID,
    }
}

input_and_payload! {
    /// The team to leave.
    LeaveTeamInput => LeaveTeamPayload {
        /// The team.
        team: Team
    } {
        /// The team.
        team_id: ID,
        /// Who does it; yourself when missing. Organisers may name anybody.
        participant_id: Option<ID>,
    }
}

input_and_payload! {
    /// The member to put out.
    RemoveMemberInput => RemoveMemberPayload {
        /// The team.
        team: Team
    } {
        /// The team.
        team_id: ID,
        /// Who.
        participant_id: ID,
        /// Why.
        reason: Option<String>,
    }
}

input_and_payload! {
    /// The member to lead from now on.
    PassLeadInput => PassLeadPayload {
        /// The team.
        team: Team
    } {
        /// The team.
        team_id: ID,
        /// Who.
        participant_id: ID,
    }
}

input_and_payload! {
    /// The team to give up.
    DissolveTeamInput => DissolveTeamPayload {
        /// The team.
        team: Team
    } {
        /// The team.
        team_id: ID,
    }
}

input_and_payload! {
    /// The move to make.
    OverrideRosterInput => OverrideRosterPayload {
        /// Her part in the hackathon.
        participant: Participant
    } {
        /// Who.
        participant_id: ID,
        /// Into this team; out of hers when missing.
        team_id: Option<ID>,
        /// Why.
        reason: String,
    }
}
