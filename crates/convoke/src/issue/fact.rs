//! What can have happened to an issue: the contract with every journal ever written.
//!
//! Titles and statements are about a matter, not about a person, and stay readable for ever; the
//! reasons somebody gave are hers.

use chrono::NaiveDate;
use kernel::{HubId, PersonId, Personal};
use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, EnumString, IntoStaticStr, VariantNames};

use super::{IssueId, StakeholderId};

/// Where an issue stands.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Display, EnumString,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Stage {
    /// Nobody has proposed it.
    #[default]
    Unknown,
    /// Somebody has.
    Proposed,
    /// A curator looks into it.
    UnderReview,
    /// It is on the agenda.
    Active,
    /// It is done with, and may come back.
    Closed,
    /// A curator said no.
    Declined,
    /// It lives on in another issue.
    Merged,
}

/// How pressing an issue is, in its curator's eyes.
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
pub enum Urgency {
    /// It can wait a year.
    Low,
    /// It is a matter of this year.
    #[default]
    Normal,
    /// It is a matter of this month.
    High,
    /// People are harmed today.
    Acute,
}

impl Urgency {
    /// A number that rises with it, from 0.
    pub fn rank(self) -> i64 {
        match self {
            Self::Low => 0,
            Self::Normal => 1,
            Self::High => 2,
            Self::Acute => 3,
        }
    }
}

/// A figure or finding somebody brings forward.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// What was found: “a third of all food is thrown away”.
    pub figure: String,
    /// Where it can be read.
    pub source: String,
    /// When it was published.
    pub date: NaiveDate,
}

/// What has happened to an issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, VariantNames, IntoStaticStr)]
pub enum Fact {
    /// Somebody proposed it.
    IssueProposed {
        /// Its hub.
        hub: HubId,
        /// Its id.
        issue: IssueId,
        /// Its slug in that hub.
        slug: String,
        /// What it is called.
        title: String,
        /// What is the matter, and for whom.
        statement: String,
        /// The region it concerns.
        region: Option<String>,
        /// The goals it serves, in order, without repetition.
        sdgs: Vec<u8>,
        /// Who proposed it, if a person did.
        proposed_by: Option<PersonId>,
    },
    /// A piece of evidence was brought forward.
    EvidenceAdded {
        /// Its number within the issue, from 1.
        evidence: u32,
        /// What was found.
        figure: String,
        /// Where it can be read.
        source: String,
        /// When it was published.
        date: NaiveDate,
        /// Who brought it, if a person did.
        by: Option<PersonId>,
    },
    /// A piece of evidence was taken back.
    EvidenceRetracted {
        /// Its number.
        evidence: u32,
    },
    /// A curator looks into it.
    ReviewStarted {},
    /// It is on the agenda.
    IssueAccepted {},
    /// It is not.
    IssueDeclined {
        /// Why not.
        reason: Personal<String>,
    },
    /// A stakeholder stands behind it.
    IssueEndorsed {
        /// Who.
        stakeholder: StakeholderId,
    },
    /// … and no longer does.
    EndorsementWithdrawn {
        /// Who.
        stakeholder: StakeholderId,
    },
    /// How pressing it is from now on.
    UrgencySet {
        /// So pressing.
        urgency: Urgency,
    },
    /// It serves more goals.
    SdgLinked {
        /// All it serves now, in order.
        sdgs: Vec<u8>,
    },
    /// The region it concerns from now on.
    RegionSet {
        /// The region.
        region: Option<String>,
    },
    /// It is done with.
    IssueClosed {
        /// Why.
        why: Personal<String>,
    },
    /// It is back on the agenda.
    IssueReopened {},
    /// It lives on in another one.
    IssueMerged {
        /// The other.
        into: IssueId,
    },
    /// Another one lives on in this.
    IssueAbsorbed {
        /// The other.
        from: IssueId,
        /// Who stands behind this one now because they stood behind that.
        endorsed_by: Vec<StakeholderId>,
    },
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = Self::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn tags(&self) -> Vec<String> {
        match self {
            Self::IssueEndorsed { stakeholder } | Self::EndorsementWithdrawn { stakeholder } => {
                vec![stakeholder.to_string()]
            }
            Self::IssueMerged { into } => vec![into.to_string()],
            Self::IssueAbsorbed { from, endorsed_by } => {
                let endorsers = endorsed_by.iter().map(ToString::to_string);
                endorsers.chain([from.to_string()]).collect()
            }
            Self::IssueProposed { .. }
            | Self::EvidenceAdded { .. }
            | Self::EvidenceRetracted { .. }
            | Self::ReviewStarted {}
            | Self::IssueAccepted {}
            | Self::IssueDeclined { .. }
            | Self::UrgencySet { .. }
            | Self::SdgLinked { .. }
            | Self::RegionSet { .. }
            | Self::IssueClosed { .. }
            | Self::IssueReopened {} => Vec::new(),
        }
    }

    fn samples() -> Vec<Self> {
        use kernel::testing::id;
        let words = |text: &str| Personal::new(id(9), text.to_owned());
        vec![
            Self::IssueProposed {
                hub: id(1),
                issue: id(2),
                slug: "food-waste".to_owned(),
                title: "Food waste".to_owned(),
                statement: "A third of all food is thrown away.".to_owned(),
                region: Some("Den Haag".to_owned()),
                sdgs: vec![2, 12],
                proposed_by: Some(id(9)),
            },
            Self::EvidenceAdded {
                evidence: 1,
                figure: "931 million tonnes a year".to_owned(),
                source: "UNEP Food Waste Index 2021".to_owned(),
                date: NaiveDate::default(),
                by: Some(id(9)),
            },
            Self::EvidenceRetracted { evidence: 1 },
            Self::ReviewStarted {},
            Self::IssueAccepted {},
            Self::IssueDeclined { reason: words("out of our reach") },
            Self::IssueEndorsed { stakeholder: id(3) },
            Self::EndorsementWithdrawn { stakeholder: id(3) },
            Self::UrgencySet { urgency: Urgency::Acute },
            Self::SdgLinked { sdgs: vec![2, 11, 12] },
            Self::RegionSet { region: None },
            Self::IssueClosed { why: words("the law has changed") },
            Self::IssueReopened {},
            Self::IssueMerged { into: id(4) },
            Self::IssueAbsorbed { from: id(5), endorsed_by: vec![id(3)] },
        ]
    }
}
