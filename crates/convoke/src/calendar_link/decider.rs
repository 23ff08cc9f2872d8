//! The calendar links of one person.
//!
//! Refuses more links than anybody uses, a new address for a link that has ended, and tokens whose
//! hash is none. Whether she belongs to a hackathon or a team its act finds out.

use std::collections::BTreeMap;

use kernel::{Decider, Moment, Personal};
use serde::{Deserialize, Serialize};

use super::CalendarLinkId;
use crate::hackathon::{HackathonId, TeamId};

/// Most links of one person in one hub that hold at a time: one for each of her programs and
/// hackathons, and then some.
pub const LINKS_MAX: usize = 20;

/// What a link shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Feed {
    /// What a person goes to in this hub, and what is due.
    Personal,
    /// A hackathon as its participants see it.
    Hackathon {
        /// Which.
        hackathon: HackathonId,
    },
    /// What a team must know.
    Team {
        /// Of which hackathon.
        hackathon: HackathonId,
        /// Which.
        team: TeamId,
    },
}

impl Feed {
    /// Its name in views.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Personal => "personal",
            Self::Hackathon { .. } => "hackathon",
            Self::Team { .. } => "team",
        }
    }

    /// Its place in addresses.
    pub fn door(&self) -> &'static str {
        match self {
            Self::Personal => "p",
            Self::Hackathon { .. } => "h",
            Self::Team { .. } => "t",
        }
    }
}

/// How much a link tells. The names are stored.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
    async_graphql::Enum,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[graphql(name = "CalendarDetail")]
pub enum Detail {
    /// Everything.
    #[default]
    Full,
    /// Only when its owner is busy.
    Busy,
}

/// What may be asked.
#[derive(Clone, Debug)]
pub enum Command {
    /// A new link.
    Create(NewLink),
    /// Another address for a link; the old one ends.
    Rotate {
        /// Which.
        link: CalendarLinkId,
        /// SHA-256 of the new token.
        token_hash: String,
    },
    /// The link ends.
    Revoke {
        /// Which.
        link: CalendarLinkId,
    },
}

/// A link about to be made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewLink {
    /// Its id.
    pub link: CalendarLinkId,
    /// What it shows.
    pub feed: Feed,
    /// How much of it.
    pub detail: Detail,
    /// SHA-256 of its token, 64 hexadecimal digits in lower case.
    pub token_hash: String,
    /// What its owner calls it.
    pub label: Personal<String>,
}

/// What has happened to her links; the person is the stream's id.
#[derive(
    Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
pub enum Fact {
    /// There is a link.
    CalendarLinkCreated {
        /// Its id.
        link: CalendarLinkId,
        /// What it shows.
        feed: Feed,
        /// How much of it.
        detail: Detail,
        /// SHA-256 of its token, in hexadecimal digits.
        token_hash: String,
        /// What its owner calls it.
        label: Personal<String>,
    },
    /// It has another address, and the old one ends.
    CalendarLinkRotated {
        /// Which.
        link: CalendarLinkId,
        /// SHA-256 of the new token.
        token_hash: String,
        /// SHA-256 of the one that ends.
        replaces: String,
    },
    /// It ends.
    CalendarLinkRevoked {
        /// Which.
        link: CalendarLinkId,
        /// SHA-256 of the token that ends.
        token_hash: String,
    },
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = <Self as strum::VariantNames>::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn tags(&self) -> Vec<String> {
        match self {
            Self::CalendarLinkCreated { link, .. }
            | Self::CalendarLinkRotated { link, .. }
            | Self::CalendarLinkRevoked { link, .. } => vec![link.to_string()],
        }
    }

    fn samples() -> Vec<Self> {
        use kernel::testing::id;
        vec![
            Self::CalendarLinkCreated {
                link: id(1),
                feed: Feed::Team { hackathon: id(2), team: id(3) },
                detail: Detail::Busy,
                token_hash: "0f".repeat(32),
                label: Personal::new(id(4), "My phone".to_owned()),
            },
            Self::CalendarLinkRotated {
                link: id(1),
                token_hash: "1e".repeat(32),
                replaces: "0f".repeat(32),
            },
            Self::CalendarLinkRevoked { link: id(1), token_hash: "1e".repeat(32) },
        ]
    }
}

/// Why it is not done.
#[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames, thiserror::Error)]
pub enum Rejection {
    /// There is no such link of hers.
    #[error("there is no such calendar link")]
    UnknownCalendarLink {},
    /// It was revoked; a new one is needed.
    #[error("this calendar link has ended")]
    CalendarLinkEnded {},
    /// She has enough of them.
    #[error("nobody has more than {max} calendar links in a hub")]
    TooManyCalendarLinks {
        /// How many are allowed.
        max: usize,
    },
    /// The hash is not 64 hexadecimal digits.
    #[error("the hash of a secret has 64 hexadecimal digits")]
    SecretHashInvalid {},
    /// It is the calendar of those who take part.
    #[error("only participants of the hackathon have this calendar")]
    NotTakingPart {},
    /// It is the calendar of the members.
    #[error("only members of the team may")]
    NotMember {},
    /// She has been forgotten.
    #[error("that person has been erased")]
    PersonGone {},
}
impl kernel::Rejection for Rejection {}

/// The calendar links of one person.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct CalendarLinks {
    links: BTreeMap<CalendarLinkId, Link>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Link {
    token_hash: String,
    revoked: bool,
}

impl CalendarLinks {
    fn create(&self, new: NewLink) -> Result<Vec<Fact>, Rejection> {
        check_hash(&new.token_hash)?;
        if self.links.contains_key(&new.link) {
            return Ok(Vec::new());
        }
        if self.links.values().filter(|link| !link.revoked).count() >= LINKS_MAX {
            return Err(Rejection::TooManyCalendarLinks { max: LINKS_MAX });
        }
        let NewLink { link, feed, detail, token_hash, label } = new;
        Ok(vec![Fact::CalendarLinkCreated { link, feed, detail, token_hash, label }])
    }

    fn find(&self, link: CalendarLinkId) -> Result<&Link, Rejection> {
        self.links.get(&link).ok_or(Rejection::UnknownCalendarLink {})
    }
}

fn check_hash(hash: &str) -> Result<(), Rejection> {
    let is_hash =
        hash.len() == 64 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if is_hash { Ok(()) } else { Err(Rejection::SecretHashInvalid {}) }
}

impl Decider for CalendarLinks {
    const STREAM: &'static str = "calendar";
    type Command = Command;
    type Fact = Fact;
    type Rejection = Rejection;

    fn decide(&self, command: Command, _moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        match command {
            Command::Create(new) => self.create(new),
            Command::Rotate { link, token_hash } => {
                check_hash(&token_hash)?;
                let held = self.find(link)?;
                if held.revoked {
                    return Err(Rejection::CalendarLinkEnded {});
                }
                if held.token_hash == token_hash {
                    return Ok(Vec::new());
                }
                let replaces = held.token_hash.clone();
                Ok(vec![Fact::CalendarLinkRotated { link, token_hash, replaces }])
            }
            Command::Revoke { link } => {
                let held = self.find(link)?;
                if held.revoked {
                    return Ok(Vec::new());
                }
                let token_hash = held.token_hash.clone();
                Ok(vec![Fact::CalendarLinkRevoked { link, token_hash }])
            }
        }
    }

    fn evolve(&mut self, fact: &Fact) {
        match fact {
            Fact::CalendarLinkCreated { link, token_hash, .. } => {
                let held = Link { token_hash: token_hash.clone(), revoked: false };
                self.links.insert(*link, held);
            }
            Fact::CalendarLinkRotated { link, token_hash, .. } => {
                if let Some(held) = self.links.get_mut(link) {
                    held.token_hash.clone_from(token_hash);
                }
            }
            Fact::CalendarLinkRevoked { link, .. } => {
                if let Some(held) = self.links.get_mut(link) {
                    held.revoked = true;
                }
            }
        }
    }
}
