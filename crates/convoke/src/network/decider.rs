//! Which hubs there are, under which slugs.
//!
//! Refuses a slug that is taken or cannot stand in an address, and a language the product does
//! not speak.

use std::collections::BTreeMap;

use kernel::{Decider, HubId, Moment, Zone};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantNames};

use super::slug::is_slug;

/// The one stream id of the network, and the name of its journal.
pub const NETWORK: &str = "network";

/// The languages the product speaks (BCP 47), the first being the last resort.
pub const LOCALES: [&str; 4] = ["en", "nl", "tr", "ko"];

/// Whether the product speaks this language.
pub fn is_locale(text: &str) -> bool {
    LOCALES.contains(&text)
}

/// What may be asked of the network.
#[derive(Clone, Debug)]
pub enum Command {
    /// A new hub.
    OpenHub {
        /// Its id.
        hub: HubId,
        /// What it is called.
        name: String,
        /// Its place in addresses.
        slug: String,
        /// Where its clocks stand.
        zone: Zone,
        /// The languages it offers, its own first.
        locales: Vec<String>,
    },
}

/// What has happened to the network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, VariantNames, IntoStaticStr)]
pub enum Fact {
    /// A hub joined.
    HubOpened {
        /// Its id, which is its journal's name.
        hub: HubId,
        /// What it is called.
        name: String,
        /// Its place in addresses.
        slug: String,
        /// Where its clocks stand.
        zone: Zone,
        /// The languages it offers, its own first.
        locales: Vec<String>,
    },
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = Self::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn tags(&self) -> Vec<String> {
        match self {
            Self::HubOpened { hub, .. } => vec![hub.to_string()],
        }
    }

    fn samples() -> Vec<Self> {
        let zone = Zone::parse("Europe/Amsterdam");
        zone.map(|zone| Self::HubOpened {
            hub: kernel::testing::id(1),
            name: "Wijkhub Zuid".to_owned(),
            slug: "wijkhub-zuid".to_owned(),
            zone,
            locales: vec!["nl".to_owned(), "en".to_owned()],
        })
        .into_iter()
        .collect()
    }
}

/// Why the network says no.
#[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames, thiserror::Error)]
pub enum Rejection {
    /// Another hub bears this slug.
    #[error("the slug “{slug}” is taken")]
    SlugTaken {
        /// The slug.
        slug: String,
    },
    /// The slug cannot stand in an address.
    #[error("“{slug}” is no slug: 2 to 40 of a-z, 0-9 and inner hyphens")]
    SlugInvalid {
        /// The slug.
        slug: String,
    },
    /// The product does not speak this language, or none was named.
    #[error("“{locale}” is not one of en, nl, tr, ko")]
    LocaleUnknown {
        /// The language as given; empty when none was.
        locale: String,
    },
}
impl kernel::Rejection for Rejection {}

/// The hubs and their slugs.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Network {
    hubs: BTreeMap<HubId, String>,
    slugs: BTreeMap<String, HubId>,
}

impl Network {
    /// Whether there is such a hub.
    pub fn has(&self, hub: HubId) -> bool {
        self.hubs.contains_key(&hub)
    }

    #[expect(clippy::too_many_arguments, reason = "what a hub begins with")]
    fn open(
        &self,
        hub: HubId,
        name: String,
        slug: String,
        zone: Zone,
        locales: Vec<String>,
    ) -> Result<Vec<Fact>, Rejection> {
        if !is_slug(&slug) {
            return Err(Rejection::SlugInvalid { slug });
        }
        if let Some(locale) = locales.iter().find(|locale| !is_locale(locale)) {
            return Err(Rejection::LocaleUnknown { locale: locale.clone() });
        }
        if locales.is_empty() {
            return Err(Rejection::LocaleUnknown { locale: String::new() });
        }
        match self.slugs.get(&slug) {
            Some(holder) if *holder == hub => Ok(Vec::new()),
            Some(_) => Err(Rejection::SlugTaken { slug }),
            None if self.has(hub) => Ok(Vec::new()),
            None => Ok(vec![Fact::HubOpened { hub, name, slug, zone, locales }]),
        }
    }
}

impl Decider for Network {
    const STREAM: &'static str = "network";
    type Command = Command;
    type Fact = Fact;
    type Rejection = Rejection;

    fn decide(&self, command: Command, _moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        match command {
            Command::OpenHub { hub, name, slug, zone, locales } => {
                self.open(hub, name, slug, zone, locales)
            }
        }
    }

    fn evolve(&mut self, fact: &Fact) {
        match fact {
            Fact::HubOpened { hub, slug, .. } => {
                self.hubs.insert(*hub, slug.clone());
                self.slugs.insert(slug.clone(), *hub);
            }
        }
    }
}
