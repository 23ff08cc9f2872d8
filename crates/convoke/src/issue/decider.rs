//! One issue from its proposal to its end.
//!
//! Refuses what its stage does not allow, evidence without a source, acceptance without
//! evidence, a second endorsement by the same stakeholder, and everything once it has been
//! merged into another issue.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Duration, NaiveDate};
use kernel::{Decider, HubId, Moment, PersonId, Personal, Role};
use serde::{Deserialize, Serialize};

use super::fact::{Evidence, Fact, Stage, Urgency};
use super::{IssueId, StakeholderId};

/// The number of United Nations sustainable development goals.
pub const SDG_MAX: u8 = 17;

/// What may be asked of an issue.
#[derive(Clone, Debug)]
pub enum Command {
    /// It enters the world, with its slug from the agenda.
    Propose(Proposal),
    /// One more piece of evidence.
    AddEvidence(Evidence),
    /// Takes a piece back.
    RetractEvidence {
        /// Its number within the issue, from 1.
        evidence: u32,
    },
    /// A curator begins to look into it.
    StartReview,
    /// It goes on the agenda.
    Accept,
    /// It does not.
    Decline {
        /// Why not.
        reason: Personal<String>,
    },
    /// A stakeholder stands behind it.
    Endorse {
        /// Who.
        stakeholder: StakeholderId,
    },
    /// … and no longer does.
    WithdrawEndorsement {
        /// Who.
        stakeholder: StakeholderId,
    },
    /// How pressing it is.
    SetUrgency(Urgency),
    /// Goals it serves, beside those it has.
    LinkSdg(Vec<u8>),
    /// The region it concerns.
    SetRegion(Option<String>),
    /// It is done with.
    Close {
        /// Why.
        why: Personal<String>,
    },
    /// It is back.
    Reopen,
    /// It lives on in another one.
    MergeInto(IssueId),
    /// Another one lives on in this.
    Absorb {
        /// The other.
        from: IssueId,
        /// Who had endorsed that.
        endorsed_by: Vec<StakeholderId>,
    },
}

/// An issue as proposed.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// Its hub.
    pub hub: HubId,
    /// Its id.
    pub issue: IssueId,
    /// Its slug in that hub.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// What is the matter, and for whom.
    pub statement: String,
    /// The region it concerns.
    pub region: Option<String>,
    /// The goals it serves, 1 to 17.
    pub sdgs: Vec<u8>,
    /// What speaks for it.
    pub evidence: Vec<Evidence>,
}

/// Why an issue says no.
#[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames, thiserror::Error)]
pub enum Rejection {
    /// There is no such issue.
    #[error("there is no such issue")]
    UnknownIssue {},
    /// Its title is empty.
    #[error("an issue needs a title")]
    TitleMissing {},
    /// Its stage does not allow that.
    #[error("the issue is {state}")]
    WrongState {
        /// Where it stands.
        state: Stage,
    },
    /// It lives on in another issue, which is the one to ask.
    #[error("it lives on in {issue}")]
    MergedInto {
        /// The other.
        issue: IssueId,
    },
    /// Evidence says what was found.
    #[error("evidence needs a figure or finding")]
    FigureMissing {},
    /// Evidence says where it can be read.
    #[error("evidence needs a source")]
    SourceMissing {},
    /// Evidence cannot be published tomorrow.
    #[error("{date} is in the future")]
    DateInFuture {
        /// The date given.
        date: NaiveDate,
    },
    /// There is no evidence of that number.
    #[error("there is no evidence number {evidence}")]
    UnknownEvidence {
        /// The number given.
        evidence: u32,
    },
    /// It was taken back before.
    #[error("evidence number {evidence} was taken back before")]
    AlreadyRetracted {
        /// The number given.
        evidence: u32,
    },
    /// Only who brought it, or a curator, may take it back.
    #[error("only who brought it, or a curator, may take it back")]
    NotAuthor {},
    /// Nothing goes on the agenda without evidence.
    #[error("there is no evidence for it")]
    NoEvidence {},
    /// A reason is owed to the proposer.
    #[error("a reason is needed")]
    ReasonMissing {},
    /// Only what is on the agenda can be endorsed.
    #[error("the issue is {state}, not active")]
    NotActive {
        /// Where it stands.
        state: Stage,
    },
    /// That stakeholder stands behind it.
    #[error("that stakeholder has endorsed it")]
    AlreadyEndorsed {},
    /// There are seventeen goals.
    #[error("there is no goal {goal}")]
    UnknownSdg {
        /// The number given.
        goal: u8,
    },
    /// An issue cannot be merged into itself.
    #[error("an issue cannot be merged into itself")]
    SelfMerge {},
    /// The other lives on in this one.
    #[error("the other issue lives on in this one")]
    CycleDetected {},
    /// The other has ended.
    #[error("the other issue is {state}")]
    TargetClosed {
        /// Where it stands.
        state: Stage,
    },
}
impl kernel::Rejection for Rejection {}

/// One issue.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Issue {
    stage: Stage,
    hub: Option<HubId>,
    evidence: BTreeMap<u32, Brought>,
    endorsed_by: BTreeSet<StakeholderId>,
    urgency: Urgency,
    sdgs: BTreeSet<u8>,
    region: Option<String>,
    merged_into: Option<IssueId>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Brought {
    by: Option<PersonId>,
    retracted: bool,
}

impl Issue {
    /// Where it stands.
    pub fn stage(&self) -> Stage {
        self.stage
    }
    /// Whose it is; nobody's while it is unknown.
    pub fn hub(&self) -> Option<HubId> {
        self.hub
    }
    /// Where it lives on, if it was merged.
    pub fn merged_into(&self) -> Option<IssueId> {
        self.merged_into
    }
    /// Who stands behind it.
    pub fn endorsed_by(&self) -> &BTreeSet<StakeholderId> {
        &self.endorsed_by
    }
    /// Whether one may still work on it: an event, a relation, evidence.
    pub fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Proposed | Stage::UnderReview | Stage::Active)
    }

    /// Its stage, unless there is nothing to ask.
    fn known(&self) -> Result<Stage, Rejection> {
        match (self.stage, self.merged_into) {
            (Stage::Unknown, _) => Err(Rejection::UnknownIssue {}),
            (_, Some(issue)) => Err(Rejection::MergedInto { issue }),
            (stage, None) => Ok(stage),
        }
    }

    fn in_stage(&self, allowed: &[Stage]) -> Result<(), Rejection> {
        let state = self.known()?;
        if allowed.contains(&state) { Ok(()) } else { Err(Rejection::WrongState { state }) }
    }

    fn open(&self) -> Result<(), Rejection> {
        self.in_stage(&[Stage::Proposed, Stage::UnderReview, Stage::Active])
    }

    fn propose(&self, new: Proposal, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        if self.stage != Stage::Unknown {
            return Ok(Vec::new());
        }
        if new.title.trim().is_empty() {
            return Err(Rejection::TitleMissing {});
        }
        let sdgs = goals(&new.sdgs)?;
        let brought = (1..).zip(new.evidence).map(|(number, one)| added(number, one, moment));
        let brought = brought.collect::<Result<Vec<_>, _>>()?;
        let Proposal { hub, issue, slug, title, statement, region, .. } = new;
        let sdgs = sdgs.into_iter().collect();
        let proposed_by = moment.actor.person;
        let proposed =
            Fact::IssueProposed { hub, issue, slug, title, statement, region, sdgs, proposed_by };
        Ok([proposed].into_iter().chain(brought).collect())
    }

    fn retract(&self, evidence: u32, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        self.open()?;
        let Some(held) = self.evidence.get(&evidence) else {
            return Err(Rejection::UnknownEvidence { evidence });
        };
        let is_author = held.by.is_some() && held.by == moment.actor.person;
        if !is_author && !moment.actor.is_any(&[Role::Curator]) {
            return Err(Rejection::NotAuthor {});
        }
        if held.retracted {
            return Err(Rejection::AlreadyRetracted { evidence });
        }
        Ok(vec![Fact::EvidenceRetracted { evidence }])
    }

    fn endorse(&self, stakeholder: StakeholderId) -> Result<Vec<Fact>, Rejection> {
        match self.known()? {
            Stage::Active if self.endorsed_by.contains(&stakeholder) => {
                Err(Rejection::AlreadyEndorsed {})
            }
            Stage::Active => Ok(vec![Fact::IssueEndorsed { stakeholder }]),
            state => Err(Rejection::NotActive { state }),
        }
    }

    fn accept(&self) -> Result<Vec<Fact>, Rejection> {
        self.in_stage(&[Stage::Proposed, Stage::UnderReview])?;
        if self.evidence.values().all(|held| held.retracted) {
            return Err(Rejection::NoEvidence {});
        }
        Ok(vec![Fact::IssueAccepted {}])
    }

    fn absorb(
        &self,
        from: IssueId,
        endorsed_by: Vec<StakeholderId>,
    ) -> Result<Vec<Fact>, Rejection> {
        if let state @ (Stage::Closed | Stage::Declined) = self.known()? {
            return Err(Rejection::TargetClosed { state });
        }
        let is_new = |one: &StakeholderId| !self.endorsed_by.contains(one);
        let endorsed_by = endorsed_by.into_iter().filter(is_new).collect();
        Ok(vec![Fact::IssueAbsorbed { from, endorsed_by }])
    }

    fn refine(&self, command: Command) -> Result<Vec<Fact>, Rejection> {
        self.open()?;
        Ok(match command {
            Command::SetUrgency(urgency) if urgency != self.urgency => {
                vec![Fact::UrgencySet { urgency }]
            }
            Command::SetRegion(region) if region != self.region => vec![Fact::RegionSet { region }],
            Command::LinkSdg(wanted) => {
                let sdgs: BTreeSet<u8> = goals(&wanted)?.union(&self.sdgs).copied().collect();
                if sdgs == self.sdgs {
                    return Ok(Vec::new());
                }
                vec![Fact::SdgLinked { sdgs: sdgs.into_iter().collect() }]
            }
            _ => Vec::new(),
        })
    }
}

fn goals(wanted: &[u8]) -> Result<BTreeSet<u8>, Rejection> {
    match wanted.iter().find(|goal| !(1..=SDG_MAX).contains(*goal)) {
        Some(goal) => Err(Rejection::UnknownSdg { goal: *goal }),
        None => Ok(wanted.iter().copied().collect()),
    }
}

fn added(number: u32, evidence: Evidence, moment: &Moment) -> Result<Fact, Rejection> {
    let Evidence { figure, source, date } = evidence;
    if figure.trim().is_empty() {
        return Err(Rejection::FigureMissing {});
    }
    if source.trim().is_empty() {
        return Err(Rejection::SourceMissing {});
    }
    // East of Greenwich it is tomorrow before it is tomorrow in UTC.
    if date > (moment.now + Duration::hours(14)).date_naive() {
        return Err(Rejection::DateInFuture { date });
    }
    Ok(Fact::EvidenceAdded { evidence: number, figure, source, date, by: moment.actor.person })
}

fn reasoned(reason: &Personal<String>) -> Result<(), Rejection> {
    let is_said = reason.get().is_some_and(|text| !text.trim().is_empty());
    if is_said { Ok(()) } else { Err(Rejection::ReasonMissing {}) }
}

impl Decider for Issue {
    const STREAM: &'static str = "issue";
    type Command = Command;
    type Fact = Fact;
    type Rejection = Rejection;

    fn decide(&self, command: Command, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        match command {
            Command::Propose(new) => self.propose(new, moment),
            Command::AddEvidence(evidence) => {
                self.open()?;
                let last = self.evidence.keys().last().copied().unwrap_or_default();
                added(last.saturating_add(1), evidence, moment).map(|fact| vec![fact])
            }
            Command::RetractEvidence { evidence } => self.retract(evidence, moment),
            Command::StartReview => {
                self.in_stage(&[Stage::Proposed]).map(|()| vec![Fact::ReviewStarted {}])
            }
            Command::Accept => self.accept(),
            Command::Decline { reason } => {
                self.in_stage(&[Stage::Proposed, Stage::UnderReview])?;
                reasoned(&reason).map(|()| vec![Fact::IssueDeclined { reason }])
            }
            Command::Endorse { stakeholder } => self.endorse(stakeholder),
            Command::WithdrawEndorsement { stakeholder } => {
                self.known()?;
                let stands = self.endorsed_by.contains(&stakeholder);
                Ok(stands
                    .then_some(Fact::EndorsementWithdrawn { stakeholder })
                    .into_iter()
                    .collect())
            }
            Command::Close { why } => {
                self.in_stage(&[Stage::Active])?;
                reasoned(&why).map(|()| vec![Fact::IssueClosed { why }])
            }
            Command::Reopen => {
                self.in_stage(&[Stage::Closed]).map(|()| vec![Fact::IssueReopened {}])
            }
            Command::MergeInto(into) => self.open().map(|()| vec![Fact::IssueMerged { into }]),
            Command::Absorb { from, endorsed_by } => self.absorb(from, endorsed_by),
            Command::SetUrgency(_) | Command::LinkSdg(_) | Command::SetRegion(_) => {
                self.refine(command)
            }
        }
    }

    fn evolve(&mut self, fact: &Fact) {
        match fact {
            Fact::IssueProposed { hub, sdgs, region, .. } => {
                self.stage = Stage::Proposed;
                self.hub = Some(*hub);
                self.sdgs = sdgs.iter().copied().collect();
                self.region.clone_from(region);
            }
            Fact::EvidenceAdded { evidence, by, .. } => {
                self.evidence.insert(*evidence, Brought { by: *by, retracted: false });
            }
            Fact::EvidenceRetracted { evidence } => {
                if let Some(held) = self.evidence.get_mut(evidence) {
                    held.retracted = true;
                }
            }
            Fact::ReviewStarted {} => self.stage = Stage::UnderReview,
            Fact::IssueAccepted {} | Fact::IssueReopened {} => self.stage = Stage::Active,
            Fact::IssueDeclined { .. } => self.stage = Stage::Declined,
            Fact::IssueClosed { .. } => self.stage = Stage::Closed,
            Fact::IssueEndorsed { stakeholder } => {
                self.endorsed_by.insert(*stakeholder);
            }
            Fact::EndorsementWithdrawn { stakeholder } => {
                self.endorsed_by.remove(stakeholder);
            }
            Fact::UrgencySet { urgency } => self.urgency = *urgency,
            Fact::SdgLinked { sdgs } => self.sdgs = sdgs.iter().copied().collect(),
            Fact::RegionSet { region } => self.region.clone_from(region),
            Fact::IssueMerged { into } => {
                self.stage = Stage::Merged;
                self.merged_into = Some(*into);
            }
            Fact::IssueAbsorbed { endorsed_by, .. } => self.endorsed_by.extend(endorsed_by),
        }
    }
}
