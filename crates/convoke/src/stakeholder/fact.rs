//! What can have happened to a stakeholder: the contract with every journal ever written.
//!
//! Names, addresses and what people say about themselves are personal values of whoever speaks
//! for it; what it offers, needs and works on is about the matter and stays readable.

use chrono::NaiveDate;
use kernel::{HubId, PersonId, Personal};
use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, EnumString, IntoStaticStr, VariantNames};

use super::StakeholderId;
use crate::issue::IssueId;

/// What sort of stakeholder it is.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    EnumIter,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
pub enum Kind {
    /// An association, foundation or charity.
    Ngo,
    /// A business that exists for a social end.
    SocialEnterprise,
    /// A person or a loose group that campaigns.
    Activist,
    /// A young company looking for its business.
    Startup,
    /// A university, school, library or research institute.
    KnowledgeInstitution,
    /// Any other business.
    Company,
    /// A municipality, ministry, agency.
    Government,
    /// The United Nations, the European Union and their kind.
    InternationalBody,
    /// Neighbours, volunteers, a club.
    CommunityGroup,
    /// Who gives money.
    Funder,
}

/// How a stakeholder is related to an issue.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    EnumIter,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
pub enum Relation {
    /// It does something about it.
    WorksOn,
    /// It suffers from it.
    AffectedBy,
    /// It finds out about it.
    Studies,
    /// It pays for work on it.
    Funds,
}

/// Who sees a stakeholder in the directory.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    EnumIter,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
pub enum Visibility {
    /// Everyone.
    #[default]
    Public,
    /// Members of the hub.
    Members,
    /// Hosts and curators only.
    Hosts,
}

/// Where a stakeholder stands.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, Display, EnumString,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Stage {
    /// Nobody has noted it.
    #[default]
    Unknown,
    /// Somebody noted it; it has not asked to be here.
    Prospect,
    /// It registered itself, and agreed to be here.
    Registered,
    /// A curator made sure that it is what it says.
    Verified,
    /// It lives on in another entry.
    Merged,
    /// Who it was is gone.
    Erased,
}

/// What a stakeholder says about itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// What sort it is.
    pub kind: Kind,
    /// What it is called.
    pub name: Personal<String>,
    /// A few sentences.
    pub about: Option<Personal<String>>,
    /// Its city.
    pub city: Option<String>,
    /// Its region or province.
    pub region: Option<String>,
    /// Its country.
    pub country: Option<String>,
    /// Its website: `http` or `https`.
    pub website: Option<String>,
    /// Words it is found by.
    pub tags: Vec<String>,
}

/// What has happened to a stakeholder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, VariantNames, IntoStaticStr)]
pub enum Fact {
    /// Somebody noted it, from a list or from hearsay.
    ProspectNoted {
        /// In which hub.
        hub: HubId,
        /// Its id.
        stakeholder: StakeholderId,
        /// Whose its personal values are.
        person: PersonId,
        /// What is known.
        profile: Profile,
        /// How to reach it.
        email: Option<Personal<String>>,
        /// The language to write in.
        locale: String,
    },
    /// It registered itself.
    StakeholderRegistered {
        /// In which hub.
        hub: HubId,
        /// Its id.
        stakeholder: StakeholderId,
        /// Who speaks for it.
        person: PersonId,
        /// What it says about itself.
        profile: Profile,
        /// How to reach it.
        email: Option<Personal<String>>,
        /// The language to write in.
        locale: String,
        /// That it agreed to be listed and written to.
        consent: bool,
    },
    /// Its address was proved to be its own.
    EmailConfirmed {},
    /// A curator made sure that it is what it says.
    StakeholderVerified {
        /// How.
        how: Personal<String>,
    },
    /// It says this about itself from now on.
    StakeholderProfileChanged {
        /// The whole profile.
        profile: Profile,
    },
    /// It can give something.
    OfferMade {
        /// The number within the stakeholder, from 1.
        offer: u32,
        /// What.
        what: String,
        /// The last day it holds.
        until: Option<NaiveDate>,
    },
    /// It gives that no longer.
    OfferWithdrawn {
        /// The number.
        offer: u32,
    },
    /// It looks for something.
    NeedDeclared {
        /// The number within the stakeholder, from 1.
        need: u32,
        /// What.
        what: String,
        /// The last day it holds.
        until: Option<NaiveDate>,
    },
    /// It looks for that no longer.
    NeedWithdrawn {
        /// The number.
        need: u32,
    },
    /// It is related to an issue.
    RelationDeclared {
        /// Which.
        issue: IssueId,
        /// How.
        relation: Relation,
    },
    /// It is so no longer.
    RelationEnded {
        /// Which.
        issue: IssueId,
        /// How.
        relation: Relation,
    },
    /// Who sees it from now on.
    VisibilitySet {
        /// Who.
        visibility: Visibility,
    },
    /// The language to write in from now on.
    LanguageSet {
        /// BCP 47.
        locale: String,
    },
    /// It does not want to be asked for a while.
    StakeholderPaused {
        /// The last day of the pause; open-ended if missing.
        until: Option<NaiveDate>,
    },
    /// It may be asked again.
    StakeholderResumed {},
    /// It lives on in another entry.
    StakeholderMerged {
        /// The other.
        into: StakeholderId,
    },
    /// Another entry lives on in this.
    StakeholderAbsorbed {
        /// The other.
        from: StakeholderId,
        /// Who spoke for the other and now speaks for this as well.
        contacts: Vec<PersonId>,
    },
    /// One of several who spoke for it was erased.
    ContactDropped {
        /// Who.
        person: PersonId,
    },
    /// Who spoke for it was erased, and its name with her.
    StakeholderErased {},
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = Self::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn tags(&self) -> Vec<String> {
        match self {
            Self::ProspectNoted { person, .. }
            | Self::StakeholderRegistered { person, .. }
            | Self::ContactDropped { person } => vec![person.to_string()],
            Self::RelationDeclared { issue, .. } | Self::RelationEnded { issue, .. } => {
                vec![issue.to_string()]
            }
            Self::StakeholderMerged { into } => vec![into.to_string()],
            Self::StakeholderAbsorbed { from, contacts } => {
                contacts.iter().map(ToString::to_string).chain([from.to_string()]).collect()
            }
            Self::EmailConfirmed {}
            | Self::StakeholderVerified { .. }
            | Self::StakeholderProfileChanged { .. }
            | Self::OfferMade { .. }
            | Self::OfferWithdrawn { .. }
            | Self::NeedDeclared { .. }
            | Self::NeedWithdrawn { .. }
            | Self::VisibilitySet { .. }
            | Self::LanguageSet { .. }
            | Self::StakeholderPaused { .. }
            | Self::StakeholderResumed {}
            | Self::StakeholderErased {} => Vec::new(),
        }
    }

    fn samples() -> Vec<Self> {
        use kernel::testing::id;
        let (hub, stakeholder, person) = (id(1), id(2), id(9));
        let words = |text: &str| Personal::new(person, text.to_owned());
        let profile = || Profile {
            kind: Kind::Ngo,
            name: words("Stichting Soep"),
            about: Some(words("Soup from what would be thrown away.")),
            city: Some("Den Haag".to_owned()),
            region: Some("Zuid-Holland".to_owned()),
            country: Some("Netherlands".to_owned()),
            website: Some("https://soep.example/".to_owned()),
            tags: vec!["food".to_owned()],
        };
        let email = Some(words("soep@example.org"));
        let locale = "nl".to_owned();
        vec![
            Self::ProspectNoted {
                hub,
                stakeholder,
                person,
                profile: profile(),
                email: None,
                locale: locale.clone(),
            },
            Self::StakeholderRegistered {
                hub,
                stakeholder,
                person,
                profile: profile(),
                email,
                locale: locale.clone(),
                consent: true,
            },
            Self::EmailConfirmed {},
            Self::StakeholderVerified { how: words("visited the kitchen") },
            Self::StakeholderProfileChanged { profile: profile() },
            Self::OfferMade { offer: 1, what: "a kitchen".to_owned(), until: None },
            Self::OfferWithdrawn { offer: 1 },
            Self::NeedDeclared {
                need: 1,
                what: "volunteers".to_owned(),
                until: Some(NaiveDate::default()),
            },
            Self::NeedWithdrawn { need: 1 },
            Self::RelationDeclared { issue: id(3), relation: Relation::WorksOn },
            Self::RelationEnded { issue: id(3), relation: Relation::WorksOn },
            Self::VisibilitySet { visibility: Visibility::Members },
            Self::LanguageSet { locale },
            Self::StakeholderPaused { until: Some(NaiveDate::default()) },
            Self::StakeholderResumed {},
            Self::StakeholderMerged { into: id(4) },
            Self::StakeholderAbsorbed { from: id(5), contacts: vec![id(8)] },
            Self::ContactDropped { person: id(8) },
            Self::StakeholderErased {},
        ]
    }
}
