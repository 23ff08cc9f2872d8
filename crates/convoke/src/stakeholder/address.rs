//! Another address for a stakeholder: asked for, proved by a link in a letter to that very address,
//! and only then used.
//!
//! The new address leads to the same person as the old one from then on, and so does the old one:
//! an answer from either is hers. An address that leads to somebody else cannot be taken, unless
//! all there is of her is a mail from it.

use chrono::{DateTime, Duration, Utc};
use kernel::{
    Act, Actor, Decider, Decision, Ledger, Moment, PersonId, Personal, Recorded, Role, Stop,
};
use serde::{Deserialize, Serialize};

use super::StakeholderId;
use super::acts::may_speak;
use super::decider::Stakeholder;
use super::rejection::Rejection as Stakeholders;
use super::view::STAKEHOLDERS;
use crate::hub::decider::is_mail_address;
use journal::{Rows, cell, values};

/// How long the link to a new address holds.
pub const HOLDS: Duration = Duration::days(7);

/// Changes asked for within a day: each is a letter to an address nobody has proved.
const CHANGES_A_DAY: usize = 5;

/// What has happened to the address of a stakeholder; the stakeholder is the stream's id.
#[derive(
    Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
pub enum Fact {
    /// Another address was given; a letter asks there whether it is hers.
    EmailChangeRequested {
        /// Its number, from 1. One that was open is dropped.
        change: u32,
        /// Who speaks for the stakeholder.
        person: PersonId,
        /// The new address.
        email: Personal<String>,
        /// When it was asked for.
        at: DateTime<Utc>,
        /// Until when it can be proved.
        until: DateTime<Utc>,
    },
    /// The new address was proved to be hers; letters go there.
    EmailChanged {
        /// Its number.
        change: u32,
        /// Who speaks for the stakeholder.
        person: PersonId,
        /// The new address.
        email: Personal<String>,
        /// The former one, if there was one.
        from: Option<Personal<String>>,
    },
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = <Self as strum::VariantNames>::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn tags(&self) -> Vec<String> {
        let (Self::EmailChangeRequested { person, .. } | Self::EmailChanged { person, .. }) = self;
        vec![person.to_string()]
    }

    fn samples() -> Vec<Self> {
        let person = kernel::testing::id(9);
        let words = |text: &str| Personal::new(person, text.to_owned());
        let (at, until) = (kernel::testing::noon(), kernel::testing::noon());
        vec![
            Self::EmailChangeRequested {
                change: 1,
                person,
                email: words("soup@new.example"),
                at,
                until,
            },
            Self::EmailChanged {
                change: 1,
                person,
                email: words("soup@new.example"),
                from: Some(words("soup@example.org")),
            },
        ]
    }
}

/// What may be asked.
#[derive(Clone, Debug)]
pub enum Command {
    /// Another address.
    Request {
        /// Who speaks for the stakeholder.
        person: PersonId,
        /// The new address.
        email: Personal<String>,
    },
    /// It is hers.
    Prove {
        /// Which change.
        change: u32,
        /// Who speaks for the stakeholder.
        person: PersonId,
        /// The new address.
        email: Personal<String>,
        /// The former one.
        from: Option<Personal<String>>,
    },
}

/// Why it is not done.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error, strum::VariantNames)]
pub enum Rejection {
    /// The link is used, too old, or another address has been given since.
    #[error("this change of address is not open any more")]
    EmailChangeGone {},
    /// Each is a letter to somebody who may know nothing of it.
    #[error("{max} changes of address within a day")]
    TooManyEmailChanges {
        /// The most there can be.
        max: usize,
    },
}
impl kernel::Rejection for Rejection {}

/// The address of one stakeholder.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Address {
    changes: u32,
    open: Option<(u32, DateTime<Utc>)>,
    asked_at: Vec<DateTime<Utc>>,
}

impl Decider for Address {
    const STREAM: &'static str = "address";
    type Command = Command;
    type Fact = Fact;
    type Rejection = Rejection;

    fn decide(&self, command: Command, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        match command {
            Command::Request { person, email } => {
                let day = Duration::days(1);
                let today = self.asked_at.iter().filter(|at| moment.now - **at < day).count();
                if today >= CHANGES_A_DAY {
                    return Err(Rejection::TooManyEmailChanges { max: CHANGES_A_DAY });
                }
                let (change, at, until) = (self.changes + 1, moment.now, moment.now + HOLDS);
                Ok(vec![Fact::EmailChangeRequested { change, person, email, at, until }])
            }
            Command::Prove { change, person, email, from } => {
                let is_open =
                    self.open.is_some_and(|(open, until)| open == change && until > moment.now);
                if !is_open {
                    return Err(Rejection::EmailChangeGone {});
                }
                Ok(vec![Fact::EmailChanged { change, person, email, from }])
            }
        }
    }

    fn evolve(&mut self, fact: &Fact) {
        match fact {
            Fact::EmailChangeRequested { change, at, until, .. } => {
                self.changes = *change;
                self.open = Some((*change, *until));
                if self.asked_at.len() >= CHANGES_A_DAY {
                    self.asked_at.remove(0);
                }
                self.asked_at.push(*at);
            }
            Fact::EmailChanged { .. } => self.open = None,
        }
    }
}

/// Gives another address for a stakeholder: its own people, or a host.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestEmailChange {
    /// Which.
    pub stakeholder: StakeholderId,
    /// The new address.
    pub email: Personal<String>,
}

impl Act for RequestEmailChange {
    const KIND: &'static str = "RequestEmailChange";

    fn permits(&self, actor: &Actor) -> bool {
        may_speak(actor, Role::Host)
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let entry = ledger.state::<Stakeholder>(self.stakeholder)?;
        entry.heard(ledger.moment, Role::Host)?;
        let Some(person) = entry.owner() else {
            return Err(Stakeholders::UnknownStakeholder {}.into());
        };
        if !self.email.get().is_some_and(|text| is_mail_address(text)) {
            return Err(Stakeholders::EmailInvalid {}.into());
        }
        let email = Personal { of: person, ..self.email.clone() };
        let state = ledger.state::<Address>(self.stakeholder)?;
        let facts = state.decide(Command::Request { person, email }, ledger.moment)?;
        Decision::about(self.stakeholder).with::<Address>(self.stakeholder, facts)
    }
}

/// Uses the new address from now on. That the link to it was real, and that the address leads to
/// nobody else, is checked before.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangeEmail {
    /// Which.
    pub stakeholder: StakeholderId,
    /// Which change.
    pub change: u32,
    /// Who followed the link: whoever speaks for it.
    pub person: PersonId,
    /// The new address.
    pub email: Personal<String>,
    /// The former one.
    pub from: Option<Personal<String>>,
}

impl Act for ChangeEmail {
    const KIND: &'static str = "ChangeEmail";

    fn permits(&self, actor: &Actor) -> bool {
        actor.person == Some(self.person)
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let entry = ledger.state::<Stakeholder>(self.stakeholder)?;
        entry.known()?;
        if entry.owner() != Some(self.person) {
            return Err(Stakeholders::NotYours {}.into());
        }
        let Self { change, person, .. } = *self;
        let command =
            Command::Prove { change, person, email: self.email.clone(), from: self.from.clone() };
        let facts = ledger.state::<Address>(self.stakeholder)?.decide(command, ledger.moment)?;
        Decision::about(self.stakeholder).with::<Address>(self.stakeholder, facts)
    }
}

/// What a fact changes in the registry's view.
pub fn project(fact: &Recorded<Fact>, rows: &mut Rows) {
    let set = match &fact.fact {
        Fact::EmailChangeRequested { change, email, until, .. } => values! {
            "pending_email" => Some(email), "email_change" => *change,
            "email_change_until" => *until,
        },
        Fact::EmailChanged { email, from, .. } => values! {
            "email" => Some(email), "former_email" => from.as_ref(), "confirmed" => true,
            "pending_email" => None::<&str>, "email_change_until" => None::<i64>,
        },
    };
    rows.patch(&STAKEHOLDERS, [cell(fact.stream.id())], set);
}
