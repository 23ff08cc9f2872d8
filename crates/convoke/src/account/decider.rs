//! One person's roles and tokens.
//!
//! Refuses a role above the granter's own, a role without its hub (or a network role with one),
//! and tokens that have ended before they begin.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use kernel::{Actor, Decider, HubId, Moment, Personal, Role};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantNames};

use super::TokenId;

/// What may be asked of an account.
#[derive(Clone, Debug)]
pub enum Command {
    /// She may do this from now on.
    GrantRole {
        /// Where; nowhere in particular for a network role.
        hub: Option<HubId>,
        /// The role.
        role: Role,
    },
    /// She may no longer.
    RevokeRole {
        /// Where.
        hub: Option<HubId>,
        /// The role.
        role: Role,
    },
    /// A token that acts for her.
    IssueToken(NewToken),
    /// The token acts no longer.
    RevokeToken {
        /// The hub the revoker spoke for: a token of another one is unknown to her.
        hub: Option<HubId>,
        /// The token.
        token: TokenId,
    },
}

/// A token about to be issued.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewToken {
    /// Its id.
    pub token: TokenId,
    /// SHA-256 of its secret, 64 hexadecimal digits in lower case.
    pub secret_hash: String,
    /// Where it may act; nowhere in particular for a network role.
    pub hub: Option<HubId>,
    /// As what.
    pub role: Role,
    /// What it is for, in the issuer's words.
    pub label: Personal<String>,
    /// When it ends by itself; never, if missing.
    pub expires_at: Option<DateTime<Utc>>,
}

/// What has happened to an account; the person is the stream's id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, VariantNames, IntoStaticStr)]
pub enum Fact {
    /// She may do this from now on.
    RoleGranted {
        /// Where.
        hub: Option<HubId>,
        /// The role.
        role: Role,
    },
    /// She may no longer.
    RoleRevoked {
        /// Where.
        hub: Option<HubId>,
        /// The role.
        role: Role,
    },
    /// A token acts for her.
    TokenIssued {
        /// Its id.
        token: TokenId,
        /// SHA-256 of its secret, in hexadecimal digits.
        secret_hash: String,
        /// Where it may act.
        hub: Option<HubId>,
        /// As what.
        role: Role,
        /// What it is for.
        label: Personal<String>,
        /// When it ends by itself.
        expires_at: Option<DateTime<Utc>>,
    },
    /// The token acts no longer.
    TokenRevoked {
        /// The token.
        token: TokenId,
    },
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = Self::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn tags(&self) -> Vec<String> {
        match self {
            Self::RoleGranted { hub, .. } | Self::RoleRevoked { hub, .. } => {
                hub.iter().map(ToString::to_string).collect()
            }
            Self::TokenIssued { token, hub, .. } => {
                hub.iter().map(ToString::to_string).chain([token.to_string()]).collect()
            }
            Self::TokenRevoked { token } => vec![token.to_string()],
        }
    }

    fn samples() -> Vec<Self> {
        use kernel::testing::{id, noon};
        vec![
            Self::RoleGranted { hub: Some(id(1)), role: Role::Curator },
            Self::RoleRevoked { hub: Some(id(1)), role: Role::Curator },
            Self::TokenIssued {
                token: id(2),
                secret_hash: "0f".repeat(32),
                hub: Some(id(1)),
                role: Role::HubAdmin,
                label: Personal::new(id(3), "nightly export".to_owned()),
                expires_at: Some(noon()),
            },
            Self::TokenRevoked { token: id(2) },
        ]
    }
}

/// Why an account says no.
#[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames, thiserror::Error)]
pub enum Rejection {
    /// There is no such hub.
    #[error("there is no such hub")]
    UnknownHub {},
    /// Nobody gives or takes what she does not hold herself.
    #[error("{role} is above your own role")]
    RoleAboveOwn {
        /// The role.
        role: Role,
    },
    /// This role is held in a hub, and none was named.
    #[error("{role} is a role of a hub: name the hub")]
    RoleNeedsHub {
        /// The role.
        role: Role,
    },
    /// This role is held in the whole network, and a hub was named.
    #[error("{role} is a role of the network, not of one hub")]
    RoleIsNetworkWide {
        /// The role.
        role: Role,
    },
    /// The hash is not 64 hexadecimal digits.
    #[error("the hash of a secret has 64 hexadecimal digits")]
    SecretHashInvalid {},
    /// The token would have ended before it begins.
    #[error("the token would have ended at {expires_at}")]
    TokenEndsInPast {
        /// When it would end.
        expires_at: DateTime<Utc>,
    },
    /// There is no such token of hers in that hub.
    #[error("there is no such token")]
    UnknownToken {},
}
impl kernel::Rejection for Rejection {}

/// One person's roles and tokens.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Account {
    roles: BTreeSet<(Option<HubId>, Role)>,
    tokens: BTreeMap<TokenId, Token>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Token {
    hub: Option<HubId>,
    revoked: bool,
}

impl Account {
    /// Her roles in a hub, those in the whole network included.
    pub fn roles_in(&self, hub: Option<HubId>) -> Vec<Role> {
        self.roles
            .iter()
            .filter(|(at, _)| at.is_none() || *at == hub)
            .map(|(_, role)| *role)
            .collect()
    }

    fn issue(&self, new: NewToken, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        may_hand_out(new.hub, new.role, &moment.actor)?;
        let is_hash = new.secret_hash.len() == 64
            && new.secret_hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !is_hash {
            return Err(Rejection::SecretHashInvalid {});
        }
        if let Some(expires_at) = new.expires_at.filter(|at| *at <= moment.now) {
            return Err(Rejection::TokenEndsInPast { expires_at });
        }
        if self.tokens.contains_key(&new.token) {
            return Ok(Vec::new());
        }
        let NewToken { token, secret_hash, hub, role, label, expires_at } = new;
        Ok(vec![Fact::TokenIssued { token, secret_hash, hub, role, label, expires_at }])
    }

    fn revoke(&self, hub: Option<HubId>, token: TokenId) -> Result<Vec<Fact>, Rejection> {
        match self.tokens.get(&token) {
            Some(held) if held.hub != hub => Err(Rejection::UnknownToken {}),
            Some(held) if held.revoked => Ok(Vec::new()),
            Some(_) => Ok(vec![Fact::TokenRevoked { token }]),
            None => Err(Rejection::UnknownToken {}),
        }
    }
}

/// Whether a role fits the place it is held in, and is not above the actor's own.
fn may_hand_out(hub: Option<HubId>, role: Role, actor: &Actor) -> Result<(), Rejection> {
    match (role == Role::NetworkAdmin, hub) {
        (true, Some(_)) => Err(Rejection::RoleIsNetworkWide { role }),
        (false, None) => Err(Rejection::RoleNeedsHub { role }),
        _ if !actor.is_any(&[role]) => Err(Rejection::RoleAboveOwn { role }),
        _ => Ok(()),
    }
}

impl Decider for Account {
    const STREAM: &'static str = "account";
    type Command = Command;
    type Fact = Fact;
    type Rejection = Rejection;

    fn decide(&self, command: Command, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        match command {
            Command::GrantRole { hub, role } => {
                may_hand_out(hub, role, &moment.actor)?;
                let held = self.roles.contains(&(hub, role));
                Ok(if held { Vec::new() } else { vec![Fact::RoleGranted { hub, role }] })
            }
            Command::RevokeRole { hub, role } => {
                may_hand_out(hub, role, &moment.actor)?;
                let held = self.roles.contains(&(hub, role));
                Ok(if held { vec![Fact::RoleRevoked { hub, role }] } else { Vec::new() })
            }
            Command::IssueToken(new) => self.issue(new, moment),
            Command::RevokeToken { hub, token } => self.revoke(hub, token),
        }
    }

    fn evolve(&mut self, fact: &Fact) {
        match fact {
            Fact::RoleGranted { hub, role } => {
                self.roles.insert((*hub, *role));
            }
            Fact::RoleRevoked { hub, role } => {
                self.roles.remove(&(*hub, *role));
            }
            Fact::TokenIssued { token, hub, .. } => {
                self.tokens.insert(*token, Token { hub: *hub, revoked: false });
            }
            Fact::TokenRevoked { token } => {
                if let Some(held) = self.tokens.get_mut(token) {
                    held.revoked = true;
                }
            }
        }
    }
}
