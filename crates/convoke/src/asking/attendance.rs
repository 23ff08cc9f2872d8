//! Somebody who was not invited would come: she answered an invitation that was handed on to her,
//! or a guest sends her instead.
//!
//! Guests are chosen. So this is a question to the curator, who invites her or does not, and until
//! then nothing is written to her. Who was declined is not asked about again; a curator can still
//! invite her.

use kernel::{
    Act, Actor, Decider, Decision, HubId, Ledger, Moment, PersonId, Personal, Role, Stop,
};
use serde::{Deserialize, Serialize};

use crate::event::EventId;
use crate::invitation::acts::announced;
use crate::invitation::{
    Guest, Invitation, InvitationId, InviteStakeholders, Reinvite, Status, stream_of,
};
use crate::issue::StakeholderId;
use crate::stakeholder::{Contact, Kind, RegisterStakeholder};

/// Who may decide about it: those who may invite.
const HOSTS: [Role; 3] = [Role::Curator, Role::Host, Role::Organiser];

/// The name of the stream of one who would come.
pub fn stream_of_request(event: EventId, person: PersonId) -> String {
    format!("{event}.{person}")
}

/// What has happened to the wish of somebody who was not invited.
#[derive(
    Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
pub enum Fact {
    /// She would come.
    AttendanceRequested {
        /// To what.
        event: EventId,
        /// She.
        person: PersonId,
        /// Her address, which is all we know of her for sure.
        email: Personal<String>,
        /// What her calendar calls her.
        name: Option<Personal<String>>,
        /// Her words with it.
        comment: Option<Personal<String>>,
        /// Whose invitation she answered, or who sends her.
        through: Option<PersonId>,
        /// Whether that guest sends her instead of coming herself.
        delegated: bool,
    },
    /// She is invited.
    AttendanceRequestAccepted {
        /// To what.
        event: EventId,
        /// She.
        person: PersonId,
        /// Her entry in the registry.
        stakeholder: StakeholderId,
    },
    /// She is not.
    AttendanceRequestDeclined {
        /// To what.
        event: EventId,
        /// She.
        person: PersonId,
        /// Whether she is told.
        told: bool,
    },
}

impl Fact {
    /// To what, and who.
    pub fn who(&self) -> (EventId, PersonId) {
        match self {
            Self::AttendanceRequested { event, person, .. }
            | Self::AttendanceRequestAccepted { event, person, .. }
            | Self::AttendanceRequestDeclined { event, person, .. } => (*event, *person),
        }
    }
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = <Self as strum::VariantNames>::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn tags(&self) -> Vec<String> {
        let (event, person) = self.who();
        let mut tags = vec![event.to_string(), person.to_string()];
        match self {
            Self::AttendanceRequestAccepted { stakeholder, .. } => {
                tags.push(stakeholder.to_string());
            }
            Self::AttendanceRequested { through, .. } => {
                tags.extend(through.map(|person| person.to_string()));
            }
            Self::AttendanceRequestDeclined { .. } => {}
        }
        tags
    }

    fn samples() -> Vec<Self> {
        let (event, person) = (kernel::testing::id(2), kernel::testing::id(6));
        let words = |text: &str| Personal::new(person, text.to_owned());
        vec![
            Self::AttendanceRequested {
                event,
                person,
                email: words("bea@example.org"),
                name: Some(words("Bea")),
                comment: Some(words("Ada told me.")),
                through: Some(kernel::testing::id(4)),
                delegated: true,
            },
            Self::AttendanceRequestAccepted { event, person, stakeholder: kernel::testing::id(3) },
            Self::AttendanceRequestDeclined { event, person, told: true },
        ]
    }
}

/// What may be asked.
#[derive(Clone, Debug)]
pub enum Command {
    /// She would come.
    Request(Box<Request>),
    /// She is invited.
    Accept {
        /// Her entry in the registry.
        stakeholder: StakeholderId,
    },
    /// She is not.
    Decline {
        /// Whether she is told.
        tell: bool,
    },
}

/// Who would come, as her calendar says it.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// To what.
    pub event: EventId,
    /// She.
    pub person: PersonId,
    /// Her address.
    pub email: Personal<String>,
    /// What her calendar calls her.
    pub name: Option<Personal<String>>,
    /// Her words.
    pub comment: Option<Personal<String>>,
    /// Whose invitation she answered, or who sends her.
    pub through: Option<PersonId>,
    /// Whether that guest sends her instead.
    pub delegated: bool,
}

/// Why it is not done.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error, strum::VariantNames)]
#[expect(missing_docs, reason = "each says its rule")]
pub enum Rejection {
    #[error("nobody's request to attend is open here")]
    NoRequestToAttend {},
    #[error("the request was declined")]
    RequestDeclined {},
    #[error("she is invited already")]
    RequestAccepted {},
}
impl kernel::Rejection for Rejection {}

/// Where somebody's wish to come stands.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Attendance {
    /// Nobody asked.
    #[default]
    None,
    /// To be decided.
    Open {
        /// To what.
        event: EventId,
        /// She.
        person: PersonId,
    },
    /// Invited.
    Accepted,
    /// Not invited.
    Declined,
}

impl Decider for Attendance {
    const STREAM: &'static str = "attendance";
    type Command = Command;
    type Fact = Fact;
    type Rejection = Rejection;

    fn decide(&self, command: Command, _moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        match (self, command) {
            (Self::None, Command::Request(asked)) => {
                let Request { event, person, email, name, comment, through, delegated } = *asked;
                Ok(vec![Fact::AttendanceRequested {
                    event,
                    person,
                    email,
                    name,
                    comment,
                    through,
                    delegated,
                }])
            }
            (Self::Open { event, person }, Command::Accept { stakeholder }) => {
                let (event, person) = (*event, *person);
                Ok(vec![Fact::AttendanceRequestAccepted { event, person, stakeholder }])
            }
            (Self::Open { event, person }, Command::Decline { tell: told }) => {
                let (event, person) = (*event, *person);
                Ok(vec![Fact::AttendanceRequestDeclined { event, person, told }])
            }
            (Self::Open { .. } | Self::Accepted, Command::Request(_))
            | (Self::Accepted, Command::Accept { .. })
            | (Self::Declined, Command::Decline { .. }) => Ok(vec![]),
            (Self::Accepted, Command::Decline { .. }) => Err(Rejection::RequestAccepted {}),
            (Self::Declined, Command::Request(_) | Command::Accept { .. }) => {
                Err(Rejection::RequestDeclined {})
            }
            (Self::None, Command::Accept { .. } | Command::Decline { .. }) => {
                Err(Rejection::NoRequestToAttend {})
            }
        }
    }

    fn evolve(&mut self, fact: &Fact) {
        *self = match fact {
            Fact::AttendanceRequested { event, person, .. } => {
                Self::Open { event: *event, person: *person }
            }
            Fact::AttendanceRequestAccepted { .. } => Self::Accepted,
            Fact::AttendanceRequestDeclined { .. } => Self::Declined,
        };
    }
}

/// Somebody who was not invited would come; her mail has been verified, or a guest's who sends her.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestAttendance {
    /// To what.
    pub event: EventId,
    /// She.
    pub person: PersonId,
    /// Her address.
    pub email: Personal<String>,
    /// What her calendar calls her.
    pub name: Option<Personal<String>>,
    /// Her words.
    pub comment: Option<Personal<String>>,
    /// Whose invitation she answered, or who sends her.
    pub through: Option<PersonId>,
    /// Whether that guest sends her instead.
    pub delegated: bool,
}

impl Act for RequestAttendance {
    const KIND: &'static str = "RequestAttendance";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_system()
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        announced(ledger, self.event)?;
        let Self { event, person, .. } = *self;
        let all = self.clone();
        let request = Request {
            event,
            person,
            email: all.email,
            name: all.name,
            comment: all.comment,
            through: all.through,
            delegated: all.delegated,
        };
        let stream = stream_of_request(event, person);
        let state = ledger.state::<Attendance>(&stream)?;
        let facts = state.decide(Command::Request(Box::new(request)), ledger.moment)?;
        Decision::about(&stream).with::<Attendance>(&stream, facts)
    }
}

/// Invites somebody who asked to come. Who is not in the registry yet is noted there first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AcceptAttendance {
    /// In which hub.
    pub hub: HubId,
    /// To what.
    pub event: EventId,
    /// Whom.
    pub person: PersonId,
    /// The id of her entry, should she need one.
    pub stakeholder: StakeholderId,
    /// What sort she is, should she need an entry.
    pub kind: Kind,
    /// What she is called.
    pub name: Personal<String>,
    /// How to reach her.
    pub email: Personal<String>,
    /// The language to write in.
    pub locale: String,
    /// The id of her invitation.
    pub invitation: InvitationId,
    /// Why she, in a sentence she may read.
    pub reason: Personal<String>,
}

impl AcceptAttendance {
    fn noted(&self) -> RegisterStakeholder {
        RegisterStakeholder {
            hub: self.hub,
            stakeholder: self.stakeholder,
            person: Some(self.person),
            kind: self.kind,
            name: self.name.clone(),
            email: Some(self.email.clone()),
            locale: self.locale.clone(),
            about: None,
            city: None,
            region: None,
            country: None,
            website: None,
            tags: vec![],
            offers: vec![],
            needs: vec![],
            issues: vec![],
            consent: false,
            prospect: true,
        }
    }

    fn invited(&self, ledger: &Ledger<'_>, stakeholder: StakeholderId) -> Result<Decision, Stop> {
        let Self { event, person, invitation, .. } = *self;
        let guest = Guest { invitation, stakeholder, person, reason: self.reason.clone() };
        match ledger.state::<Invitation>(stream_of(event, stakeholder))?.status() {
            Status::None => InviteStakeholders { event, guests: vec![guest] }.decide(ledger),
            Status::Declined | Status::Expired | Status::Revoked => {
                Reinvite { event, guest }.decide(ledger)
            }
            Status::Prepared | Status::Sent | Status::Accepted | Status::Tentative => {
                Ok(Decision::about(event))
            }
        }
    }
}

impl Act for AcceptAttendance {
    const KIND: &'static str = "AcceptAttendance";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&HOSTS)
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let stream = stream_of_request(self.event, self.person);
        let state = ledger.state::<Attendance>(&stream)?;
        let known = ledger.state::<Contact>(self.person)?.stakeholder();
        let stakeholder = known.unwrap_or(self.stakeholder);
        let facts = state.decide(Command::Accept { stakeholder }, ledger.moment)?;
        let mut decision = Decision::about(&stream);
        if facts.is_empty() {
            return Ok(decision);
        }
        if known.is_none() {
            decision.drafts.extend(self.noted().decide(ledger)?.drafts);
        }
        decision.drafts.extend(self.invited(ledger, stakeholder)?.drafts);
        decision.with::<Attendance>(&stream, facts)
    }
}

/// Does not invite somebody who asked to come.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeclineAttendance {
    /// To what.
    pub event: EventId,
    /// Whom.
    pub person: PersonId,
    /// Whether a letter tells her.
    pub tell: bool,
}

impl Act for DeclineAttendance {
    const KIND: &'static str = "DeclineAttendance";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&HOSTS)
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let stream = stream_of_request(self.event, self.person);
        let state = ledger.state::<Attendance>(&stream)?;
        let facts = state.decide(Command::Decline { tell: self.tell }, ledger.moment)?;
        Decision::about(&stream).with::<Attendance>(&stream, facts)
    }
}
