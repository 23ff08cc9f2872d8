//! Why a roster turns a command down.

use serde::Serialize;

use super::{JoinRequestId, ParticipantId, TeamId};

/// The rule that says no, with the figures that decided.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error, strum::VariantNames)]
pub enum Rejection {
    /// Nobody planned it.
    #[error("there is no such hackathon")]
    UnknownHackathon {},
    /// It was called off.
    #[error("the hackathon is cancelled")]
    HackathonCancelled {},
    /// The event it belongs to was called off.
    #[error("the event is cancelled")]
    EventCancelled {},
    /// Time is over.
    #[error("the hackathon is over")]
    HackathonOver {},
    /// Teams do not form yet.
    #[error("teams cannot form yet")]
    FormationNotOpen {},
    /// No confirmed place of hers at the event.
    #[error("she has no confirmed registration for the event")]
    NotRegistered {},
    /// She takes part already.
    #[error("she takes part already, as {participant}")]
    AlreadyEnrolled {
        /// Her part.
        participant: ParticipantId,
    },
    /// More people than one roster is made for.
    #[error("a hackathon takes {max} participants")]
    RosterFull {
        /// The limit.
        max: u32,
    },
    /// Nobody of that id.
    #[error("there is no such participant")]
    UnknownParticipant {},
    /// She no longer takes part.
    #[error("she no longer takes part")]
    ParticipantWithdrawn {},
    /// Somebody else's business.
    #[error("everybody acts for herself, an organiser for all")]
    NotYourself {},
    /// The actor is not in this team.
    #[error("only members of the team may")]
    NotMember {},
    /// The actor does not lead this team.
    #[error("only the lead of the team may")]
    NotLead {},
    /// The actor is no organiser.
    #[error("only an organiser may")]
    NotOrganiser {},
    /// No such team, or it was dissolved.
    #[error("there is no such team")]
    UnknownTeam {},
    /// No such idea, or it was withdrawn.
    #[error("there is no such idea")]
    UnknownIdea {},
    /// Another team works on it.
    #[error("another team works on this idea")]
    IdeaTaken {
        /// Which.
        team: TeamId,
    },
    /// There is a team under this id.
    #[error("there is a team under this id already")]
    AlreadyFounded {},
    /// There is an idea under this id.
    #[error("there is an idea under this id already")]
    AlreadyPitched {},
    /// Somebody else pitched it.
    #[error("only its author may")]
    NotAuthor {},
    /// Enough ideas of one person.
    #[error("everybody pitches at most {max} ideas")]
    PitchLimit {
        /// The limit.
        max: u16,
    },
    /// Ideas are no longer taken.
    #[error("pitching is closed")]
    PitchingClosed {},
    /// A text is missing.
    #[error("{field} is missing")]
    TextMissing {
        /// Which.
        field: &'static str,
    },
    /// A text is too long.
    #[error("{field} has {length} characters; {max} are allowed")]
    TextTooLong {
        /// Which.
        field: &'static str,
        /// The limit in characters.
        max: usize,
        /// What it has.
        length: usize,
    },
    /// A list is too long.
    #[error("{field} has {length} entries; {max} are allowed")]
    TooMany {
        /// Which.
        field: &'static str,
        /// The limit.
        max: usize,
        /// What it has.
        length: usize,
    },
    /// Levels go from 1 to 3.
    #[error("a level is 1, 2 or 3, not {level}")]
    LevelOutOfRange {
        /// What was given.
        level: u8,
    },
    /// One person, one team.
    #[error("she is in a team already")]
    AlreadyInTeam {
        /// Which.
        team: TeamId,
    },
    /// Another team of this hackathon has that name.
    #[error("another team has that name")]
    NameTaken {
        /// Which.
        team: TeamId,
    },
    /// Another team of this hackathon has that code: draw again.
    #[error("another team has that code")]
    CodeInUse {},
    /// More teams than one roster is made for.
    #[error("a hackathon takes {max} teams")]
    TeamLimit {
        /// The limit.
        max: u32,
    },
    /// The team is as large as the rules allow.
    #[error("the team is full: {size} of {max}")]
    TeamFull {
        /// Its size.
        size: u16,
        /// The rules' maximum.
        max: u16,
    },
    /// Who is where is settled; an organiser may still move people.
    #[error("the rosters are locked")]
    RostersLocked {},
    /// Not before the lock: until then everybody moves herself.
    #[error("the rosters are not locked yet")]
    RostersNotLocked {},
    /// She asked this team before and waits for its answer.
    #[error("she has asked this team already")]
    DuplicateRequest {
        /// Her open request.
        request: JoinRequestId,
    },
    /// Enough open requests of one person.
    #[error("everybody has at most {max} open requests")]
    RequestLimit {
        /// The limit.
        max: usize,
    },
    /// It was answered, withdrawn, or closed because she is in a team.
    #[error("the request is no longer open")]
    RequestGone {},
    /// No team has this code.
    #[error("no team has this code")]
    CodeUnknown {},
    /// She is not in this team.
    #[error("she is not in this team")]
    NotInTeam {},
    /// To go is to leave.
    #[error("nobody removes herself; leave instead")]
    CannotRemoveSelf {},
    /// A reason is wanted.
    #[error("a reason is missing")]
    ReasonMissing {},
}
impl kernel::Rejection for Rejection {}
