//! What happens on a roster, as it is kept for ever.
//!
//! Names, skills, wishes, notes and reasons belong to persons and go when they are erased; ids,
//! team names and counts stay.

use kernel::{PersonId, Personal, testing};
use serde::{Deserialize, Serialize};

use super::RegistrationId;
use super::{IdeaId, JoinCode, JoinRequestId, ParticipantId, TeamId};

/// Something a participant can do, or wants to learn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skill {
    /// What: `facilitation`, `research`, `code`.
    pub name: String,
    /// From 1, a little, to 3, well.
    pub level: u8,
    /// Whether she wants to learn it rather than has it.
    pub want: bool,
}

/// How somebody came into a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::Display)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum How {
    /// She founded it.
    Founded,
    /// A member let her in.
    Accepted,
    /// She had the code.
    Code,
}

/// A request that was closed by something else than its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedRequest {
    /// The request.
    pub request: JoinRequestId,
    /// The team it was for.
    pub team: TeamId,
    /// Who had asked.
    pub participant: ParticipantId,
}

/// What happened on a roster.
#[derive(
    Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
pub enum Fact {
    /// Somebody takes part.
    ParticipantEnrolled {
        /// Her part.
        participant: ParticipantId,
        /// Who she is.
        person: PersonId,
        /// The place she holds at the event.
        registration: RegistrationId,
        /// Her name, as the others see it.
        name: Personal<String>,
        /// What she can do and wants to learn.
        skills: Personal<Vec<Skill>>,
        /// What she would like to work on.
        wishes: Personal<Vec<String>>,
    },
    /// Somebody no longer takes part.
    ParticipantWithdrawn {
        /// Her part.
        participant: ParticipantId,
        /// Who she is.
        person: PersonId,
    },
    /// Somebody has an idea.
    IdeaPitched {
        /// The idea.
        idea: IdeaId,
        /// Whose it is; she stays credited.
        participant: ParticipantId,
        /// In one line.
        title: Personal<String>,
        /// In a few sentences.
        text: Personal<String>,
        /// Whom it needs.
        roles: Vec<String>,
    },
    /// Its author took it back.
    IdeaWithdrawn {
        /// The idea.
        idea: IdeaId,
    },
    /// There is a new team; its founder joins in the next fact.
    TeamFounded {
        /// The team.
        team: TeamId,
        /// Its name.
        name: String,
        /// Who founded it.
        founder: ParticipantId,
        /// What it works on.
        idea: Option<IdeaId>,
        /// The code that lets people in.
        code: JoinCode,
    },
    /// Somebody is in a team now.
    MemberJoined {
        /// The team.
        team: TeamId,
        /// Who.
        participant: ParticipantId,
        /// Whether she leads it.
        lead: bool,
        /// How she came in.
        how: How,
        /// Her request to this team, which this answers.
        request: Option<JoinRequestId>,
    },
    /// Somebody would like to join.
    JoinRequested {
        /// The request.
        request: JoinRequestId,
        /// The team.
        team: TeamId,
        /// Who.
        participant: ParticipantId,
        /// What she says.
        note: Option<Personal<String>>,
    },
    /// She no longer would.
    JoinRequestWithdrawn {
        /// The request.
        request: JoinRequestId,
        /// The team.
        team: TeamId,
        /// Who.
        participant: ParticipantId,
    },
    /// The team said no.
    JoinRequestDeclined {
        /// The request.
        request: JoinRequestId,
        /// The team.
        team: TeamId,
        /// Who had asked.
        participant: ParticipantId,
    },
    /// Requests went away because something else happened.
    JoinRequestsClosed {
        /// Which.
        requests: Vec<ClosedRequest>,
    },
    /// The old code lets nobody in any more.
    CodeRotated {
        /// The team.
        team: TeamId,
        /// The new code.
        code: JoinCode,
    },
    /// Somebody left her team.
    MemberLeft {
        /// The team.
        team: TeamId,
        /// Who.
        participant: ParticipantId,
    },
    /// Somebody was put out of her team.
    MemberRemoved {
        /// The team.
        team: TeamId,
        /// Who.
        participant: ParticipantId,
        /// Why.
        reason: Option<Personal<String>>,
    },
    /// Somebody else leads the team.
    LeadPassed {
        /// The team.
        team: TeamId,
        /// Who leads it now.
        to: ParticipantId,
    },
    /// The team is no more; its idea is free again.
    TeamDissolved {
        /// The team.
        team: TeamId,
        /// Who was still in it.
        members: Vec<ParticipantId>,
        /// What it worked on.
        idea: Option<IdeaId>,
    },
    /// An organiser moved somebody after the lock.
    MemberMoved {
        /// Who.
        participant: ParticipantId,
        /// Out of this team.
        from: Option<TeamId>,
        /// Into this one.
        to: Option<TeamId>,
        /// Why.
        reason: Personal<String>,
    },
    /// From here on only an organiser changes who is where.
    RostersLocked {
        /// Teams smaller than the rules want.
        under_sized: Vec<TeamId>,
        /// How many people are in no team.
        unplaced: u32,
    },
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = <Self as strum::VariantNames>::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn tags(&self) -> Vec<String> {
        match self {
            Self::ParticipantEnrolled { participant, person, registration, .. } => {
                vec![participant.to_string(), person.to_string(), registration.to_string()]
            }
            Self::ParticipantWithdrawn { participant, person } => {
                vec![participant.to_string(), person.to_string()]
            }
            Self::IdeaPitched { idea, participant, .. } => {
                vec![idea.to_string(), participant.to_string()]
            }
            Self::IdeaWithdrawn { idea } => vec![idea.to_string()],
            Self::TeamFounded { team, founder, idea, .. } => {
                let idea = idea.map(|idea| idea.to_string());
                [team.to_string(), founder.to_string()].into_iter().chain(idea).collect()
            }
            Self::MemberJoined { team, participant, .. }
            | Self::JoinRequested { team, participant, .. }
            | Self::JoinRequestWithdrawn { team, participant, .. }
            | Self::JoinRequestDeclined { team, participant, .. }
            | Self::MemberLeft { team, participant }
            | Self::MemberRemoved { team, participant, .. }
            | Self::LeadPassed { team, to: participant } => {
                vec![team.to_string(), participant.to_string()]
            }
            Self::JoinRequestsClosed { requests } => requests
                .iter()
                .flat_map(|closed| [closed.team.to_string(), closed.participant.to_string()])
                .collect(),
            Self::CodeRotated { team, .. } => vec![team.to_string()],
            Self::TeamDissolved { team, members, .. } => {
                let members = members.iter().map(ToString::to_string);
                std::iter::once(team.to_string()).chain(members).collect()
            }
            Self::MemberMoved { participant, from, to, .. } => {
                let teams = from.iter().chain(to).map(ToString::to_string);
                std::iter::once(participant.to_string()).chain(teams).collect()
            }
            Self::RostersLocked { under_sized, .. } => {
                under_sized.iter().map(ToString::to_string).collect()
            }
        }
    }

    fn samples() -> Vec<Self> {
        let (participant, other) = (testing::id(1), testing::id(2));
        let (person, team, idea, request) =
            (testing::id(3), testing::id(4), testing::id(5), testing::id(6));
        let words = |text: &str| Personal::new(person, text.to_owned());
        let skill = Skill { name: "research".to_owned(), level: 2, want: false };
        vec![
            Self::ParticipantEnrolled {
                participant,
                person,
                registration: testing::id(7),
                name: words("Ada Lovelace"),
                skills: Personal::new(person, vec![skill]),
                wishes: Personal::new(person, vec!["solar".to_owned()]),
            },
            Self::ParticipantWithdrawn { participant, person },
            Self::IdeaPitched {
                idea,
                participant,
                title: words("A roof for everybody"),
                text: words("Share the panels of the school with its street."),
                roles: vec!["research".to_owned()],
            },
            Self::IdeaWithdrawn { idea },
            Self::TeamFounded {
                team,
                name: "Solar Street".to_owned(),
                founder: participant,
                idea: Some(idea),
                code: JoinCode::of([1, 2, 3, 4, 5, 6, 7, 8]),
            },
            Self::MemberJoined {
                team,
                participant,
                lead: false,
                how: How::Accepted,
                request: Some(request),
            },
            Self::JoinRequested { request, team, participant, note: Some(words("I can paint")) },
            Self::JoinRequestWithdrawn { request, team, participant },
            Self::JoinRequestDeclined { request, team, participant },
            Self::JoinRequestsClosed {
                requests: vec![ClosedRequest { request, team, participant }],
            },
            Self::CodeRotated { team, code: JoinCode::of([8, 7, 6, 5, 4, 3, 2, 1]) },
            Self::MemberLeft { team, participant },
            Self::MemberRemoved { team, participant, reason: Some(words("Never came")) },
            Self::LeadPassed { team, to: other },
            Self::TeamDissolved { team, members: vec![other], idea: Some(idea) },
            Self::MemberMoved {
                participant,
                from: Some(team),
                to: None,
                reason: words("Fell ill"),
            },
            Self::RostersLocked { under_sized: vec![team], unplaced: 3 },
        ]
    }
}
