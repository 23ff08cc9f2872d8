//! What a hub tells about itself: where it is, how to reach it, what it is for.
//!
//! These are a place's particulars, not a person's, so they are public and stay readable.
//! Refuses addresses that lead nowhere.

use kernel::{Decider, Moment};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantNames};

/// What a hub tells about itself; anything may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Street, number, town: where to go.
    pub address: Option<String>,
    /// The desk's telephone.
    pub phone: Option<String>,
    /// The desk's mail address (not a person's).
    pub email: Option<String>,
    /// `http` or `https`.
    pub website: Option<String>,
    /// What the hub is for, in a few sentences.
    pub purpose: Option<String>,
}

/// What may be asked of a hub.
#[derive(Clone, Debug)]
pub enum Command {
    /// Says all of it anew.
    ChangeProfile {
        /// The whole profile.
        profile: Profile,
    },
}

/// What has happened to a hub.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, VariantNames, IntoStaticStr)]
pub enum Fact {
    /// It tells this about itself from now on.
    HubProfileChanged {
        /// Where to go.
        address: Option<String>,
        /// The desk's telephone.
        phone: Option<String>,
        /// The desk's mail address.
        email: Option<String>,
        /// Its website.
        website: Option<String>,
        /// What it is for.
        purpose: Option<String>,
    },
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = Self::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn samples() -> Vec<Self> {
        vec![Self::HubProfileChanged {
            address: Some("Hoofdweg 1, Den Haag".to_owned()),
            phone: Some("+31 70 123 45 67".to_owned()),
            email: Some("desk@hub.example".to_owned()),
            website: Some("https://hub.example/".to_owned()),
            purpose: Some("A square for the neighbourhood.".to_owned()),
        }]
    }
}

/// Why a hub says no.
#[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames, thiserror::Error)]
pub enum Rejection {
    /// The website is no web address.
    #[error("“{website}” is no web address")]
    WebsiteInvalid {
        /// As given.
        website: String,
    },
    /// The mail address has no `@` with something on both sides.
    #[error("that is no mail address")]
    EmailInvalid {},
}
impl kernel::Rejection for Rejection {}

/// A hub's own state: its profile, to see whether anything changes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Hub {
    profile: Profile,
}

/// Whether a text is a web address one can follow: `http(s)://` and a host with a dot.
pub fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let Some(rest) = rest else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.split_once(':').map_or(authority, |(host, _)| host);
    let port_is_right = authority
        .split_once(':')
        .is_none_or(|(_, port)| port.parse::<u16>().is_ok_and(|port| port > 0));
    let label_is_right = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
    };
    text.chars().count() <= 500
        && !text.chars().any(|letter| letter.is_whitespace() || letter.is_control())
        && port_is_right
        && host.contains('.')
        && host.split('.').all(label_is_right)
}

/// Whether a text looks like a mail address; whether it works only a mail can tell.
pub fn is_mail_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    (1..=64).contains(&local.len())
        && text.len() <= 254
        && !local.contains('@')
        && domain.contains('.')
        && domain.split('.').all(|label| !label.is_empty())
        && !text.chars().any(|letter| {
            letter.is_whitespace() || letter.is_control() || "<>()[]\\,;:\"".contains(letter)
        })
}

impl Decider for Hub {
    const STREAM: &'static str = "hub";
    type Command = Command;
    type Fact = Fact;
    type Rejection = Rejection;

    fn decide(&self, command: Command, _moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        let Command::ChangeProfile { profile } = command;
        if let Some(website) = profile.website.as_ref().filter(|text| !is_web_address(text)) {
            return Err(Rejection::WebsiteInvalid { website: website.clone() });
        }
        if profile.email.as_ref().is_some_and(|text| !is_mail_address(text)) {
            return Err(Rejection::EmailInvalid {});
        }
        if profile == self.profile {
            return Ok(Vec::new());
        }
        let Profile { address, phone, email, website, purpose } = profile;
        Ok(vec![Fact::HubProfileChanged { address, phone, email, website, purpose }])
    }

    fn evolve(&mut self, fact: &Fact) {
        match fact.clone() {
            Fact::HubProfileChanged { address, phone, email, website, purpose } => {
                self.profile = Profile { address, phone, email, website, purpose };
            }
        }
    }
}
