//! One person of a hub: for which stakeholder she speaks, what she still owes, whether she is gone.
//!
//! An address always leads to the same person, so "one stakeholder per person" is "one
//! stakeholder per address". Refuses a second stakeholder, and erasure while something is owed.

use std::collections::BTreeSet;

use kernel::{Decider, Moment, PersonId};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantNames};

use super::StakeholderId;

/// What may be asked of a contact.
#[derive(Clone, Debug)]
pub enum Command {
    /// She speaks for a stakeholder.
    Take {
        /// For which.
        stakeholder: StakeholderId,
    },
    /// Her stakeholder lives on in another entry.
    Pass {
        /// In which.
        to: StakeholderId,
    },
    /// She owes something that outlasts a wish to be forgotten, such as a prize to deliver.
    Oblige {
        /// What, in a few words.
        what: String,
    },
    /// She owes it no longer.
    Release {
        /// What.
        what: String,
    },
    /// She wants to be forgotten.
    Erase {
        /// Herself: the stream's id.
        person: PersonId,
    },
    /// She has been forgotten in another hub, where her key was destroyed: nothing of hers can be
    /// read any more, whatever she owes here.
    Follow {
        /// Herself: the stream's id.
        person: PersonId,
    },
}

/// What has happened to a contact; the person is the stream's id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, VariantNames, IntoStaticStr)]
pub enum Fact {
    /// She speaks for this stakeholder from now on.
    ContactTaken {
        /// Which.
        stakeholder: StakeholderId,
    },
    /// She owes something.
    ObligationTaken {
        /// What.
        what: String,
    },
    /// She owes it no longer.
    ObligationMet {
        /// What.
        what: String,
    },
    /// She is forgotten: her key is destroyed, and with it every value of hers.
    PersonErased {
        /// Who.
        person: PersonId,
    },
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = Self::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn tags(&self) -> Vec<String> {
        match self {
            Self::ContactTaken { stakeholder } => vec![stakeholder.to_string()],
            Self::PersonErased { person } => vec![person.to_string()],
            Self::ObligationTaken { .. } | Self::ObligationMet { .. } => Vec::new(),
        }
    }

    fn samples() -> Vec<Self> {
        use kernel::testing::id;
        vec![
            Self::ContactTaken { stakeholder: id(2) },
            Self::ObligationTaken { what: "a prize".to_owned() },
            Self::ObligationMet { what: "a prize".to_owned() },
            Self::PersonErased { person: id(9) },
        ]
    }
}

/// Why a contact says no.
#[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames, thiserror::Error)]
pub enum Rejection {
    /// That address speaks for another stakeholder. Which one is nobody's business.
    #[error("that address belongs to another entry of the registry")]
    EmailTaken {},
    /// Something is owed that outlasts a wish to be forgotten.
    #[error("first this must be settled: {what}")]
    OpenObligation {
        /// What.
        what: String,
    },
    /// She is forgotten, and stays so.
    #[error("that person has been erased")]
    PersonGone {},
}
impl kernel::Rejection for Rejection {}

/// One person of a hub.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Contact {
    stakeholder: Option<StakeholderId>,
    obligations: BTreeSet<String>,
    erased: bool,
}

impl Contact {
    /// For whom she speaks.
    pub fn stakeholder(&self) -> Option<StakeholderId> {
        self.stakeholder
    }

    /// Whether she has been forgotten.
    pub fn is_erased(&self) -> bool {
        self.erased
    }

    fn alive(&self) -> Result<(), Rejection> {
        if self.erased { Err(Rejection::PersonGone {}) } else { Ok(()) }
    }
}

impl Decider for Contact {
    const STREAM: &'static str = "contact";
    type Command = Command;
    type Fact = Fact;
    type Rejection = Rejection;

    fn decide(&self, command: Command, _moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        match command {
            Command::Take { stakeholder } => {
                self.alive()?;
                match self.stakeholder {
                    Some(held) if held == stakeholder => Ok(Vec::new()),
                    Some(_) => Err(Rejection::EmailTaken {}),
                    None => Ok(vec![Fact::ContactTaken { stakeholder }]),
                }
            }
            Command::Pass { to } if self.erased || self.stakeholder == Some(to) => Ok(Vec::new()),
            Command::Pass { to } => Ok(vec![Fact::ContactTaken { stakeholder: to }]),
            Command::Oblige { what } => {
                self.alive()?;
                let owed = self.obligations.contains(&what);
                Ok(if owed { Vec::new() } else { vec![Fact::ObligationTaken { what }] })
            }
            Command::Release { what } => {
                let owed = self.obligations.contains(&what);
                Ok(if owed { vec![Fact::ObligationMet { what }] } else { Vec::new() })
            }
            Command::Erase { .. } | Command::Follow { .. } if self.erased => Ok(Vec::new()),
            Command::Follow { person } => Ok(vec![Fact::PersonErased { person }]),
            Command::Erase { person } => match self.obligations.first() {
                Some(what) => Err(Rejection::OpenObligation { what: what.clone() }),
                None => Ok(vec![Fact::PersonErased { person }]),
            },
        }
    }

    fn evolve(&mut self, fact: &Fact) {
        match fact {
            Fact::ContactTaken { stakeholder } => self.stakeholder = Some(*stakeholder),
            Fact::ObligationTaken { what } => {
                self.obligations.insert(what.clone());
            }
            Fact::ObligationMet { what } => {
                self.obligations.remove(what);
            }
            Fact::PersonErased { .. } => self.erased = true,
        }
    }
}
