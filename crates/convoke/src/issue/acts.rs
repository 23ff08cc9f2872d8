//! What may be asked of issues, as it is stored.
//!
//! Members propose and bring evidence; curators decide. Endorsing is an act of the registry's,
//! since it must know the stakeholder.

use kernel::{Act, Actor, Decider, Decision, HubId, Ledger, Personal, Role, Stop};
use serde::{Deserialize, Serialize};

use super::IssueId;
use super::agenda::{self, Agenda};
use super::decider::{Command, Issue, Proposal, Rejection};
use super::fact::{Evidence, Stage, Urgency};

/// Proposes an issue.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProposeIssue {
    /// In which hub.
    pub hub: HubId,
    /// Its id.
    pub issue: IssueId,
    /// What it is called.
    pub title: String,
    /// What is the matter, and for whom.
    pub statement: String,
    /// The region it concerns.
    pub region: Option<String>,
    /// The sustainable development goals it serves, 1 to 17.
    pub sdgs: Vec<u8>,
    /// What speaks for it.
    pub evidence: Vec<Evidence>,
    /// Whether another issue of that title is all right.
    pub force: bool,
}

/// Brings a piece of evidence.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AddEvidence {
    /// For which issue.
    pub issue: IssueId,
    /// The piece.
    pub evidence: Evidence,
}

/// Takes a piece of evidence back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RetractEvidence {
    /// Of which issue.
    pub issue: IssueId,
    /// Its number within the issue, from 1.
    pub evidence: u32,
}

/// Begins to look into an issue.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StartReview {
    /// Which.
    pub issue: IssueId,
}

/// Puts an issue on the agenda. A curator may accept her own proposal.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AcceptIssue {
    /// Which.
    pub issue: IssueId,
}

/// Declines an issue; its title may be used again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeclineIssue {
    /// Which.
    pub issue: IssueId,
    /// Why.
    pub reason: Personal<String>,
}

/// Says how pressing an issue is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetUrgency {
    /// Which.
    pub issue: IssueId,
    /// How pressing.
    pub urgency: Urgency,
    /// The version the form was filled in on.
    pub expected_version: Option<i64>,
}

/// Names more goals an issue serves.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LinkSdg {
    /// Which.
    pub issue: IssueId,
    /// The goals, 1 to 17.
    pub goals: Vec<u8>,
}

/// Says which region an issue concerns.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetRegion {
    /// Which.
    pub issue: IssueId,
    /// The region; none for everywhere.
    pub region: Option<String>,
    /// The version the form was filled in on.
    pub expected_version: Option<i64>,
}

/// Takes an issue off the agenda.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CloseIssue {
    /// Which.
    pub issue: IssueId,
    /// Why.
    pub why: Personal<String>,
}

/// Puts a closed issue back on the agenda.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReopenIssue {
    /// Which.
    pub issue: IssueId,
}

/// Lets one issue live on in another: endorsements and the title go over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MergeIssue {
    /// The one that ends.
    pub issue: IssueId,
    /// The one that stays.
    pub into: IssueId,
}

fn decided(issue: IssueId, ledger: &Ledger<'_>, command: Command) -> Result<Decision, Stop> {
    let facts = ledger.state::<Issue>(issue)?.decide(command, ledger.moment)?;
    Decision::about(issue).with::<Issue>(issue, facts)
}

/// An act on one issue alone: its name, who may, and the command.
macro_rules! on_one_issue {
    ($act:ident, $role:expr, |$this:ident, $ledger:ident| $command:expr) => {
        impl Act for $act {
            const KIND: &'static str = stringify!($act);

            fn permits(&self, actor: &Actor) -> bool {
                actor.is_any(&[$role])
            }

            fn decide(&self, $ledger: &Ledger<'_>) -> Result<Decision, Stop> {
                let $this = self;
                decided(self.issue, $ledger, $command)
            }
        }
    };
}

on_one_issue!(AddEvidence, Role::Member, |act, ledger| Command::AddEvidence(act.evidence.clone()));
on_one_issue!(RetractEvidence, Role::Member, |act, ledger| Command::RetractEvidence {
    evidence: act.evidence
});
on_one_issue!(StartReview, Role::Curator, |_act, ledger| Command::StartReview);
on_one_issue!(AcceptIssue, Role::Curator, |_act, ledger| Command::Accept);
on_one_issue!(SetUrgency, Role::Curator, |act, ledger| {
    ledger.expect::<Issue>(act.issue, act.expected_version)?;
    Command::SetUrgency(act.urgency)
});
on_one_issue!(LinkSdg, Role::Curator, |act, ledger| Command::LinkSdg(act.goals.clone()));
on_one_issue!(SetRegion, Role::Curator, |act, ledger| {
    ledger.expect::<Issue>(act.issue, act.expected_version)?;
    Command::SetRegion(act.region.clone())
});
on_one_issue!(CloseIssue, Role::Curator, |act, ledger| Command::Close { why: act.why.clone() });
on_one_issue!(ReopenIssue, Role::Curator, |_act, ledger| Command::Reopen);

impl Act for ProposeIssue {
    const KIND: &'static str = "ProposeIssue";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Member])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let (hub, issue) = (self.hub, self.issue);
        let take = agenda::Command::Take { issue, title: self.title.clone(), force: self.force };
        let taken = ledger.state::<Agenda>(hub)?.decide(take, ledger.moment)?;
        let Some(agenda::Fact::IssueTitleTaken { slug, .. }) = taken.first() else {
            return Ok(Decision::about(issue));
        };
        let proposal = Proposal {
            hub,
            issue,
            slug: slug.clone(),
            title: self.title.clone(),
            statement: self.statement.clone(),
            region: self.region.clone(),
            sdgs: self.sdgs.clone(),
            evidence: self.evidence.clone(),
        };
        let command = Command::Propose(proposal);
        let facts = ledger.state::<Issue>(issue)?.decide(command, ledger.moment)?;
        Decision::about(issue).with::<Agenda>(hub, taken)?.with::<Issue>(issue, facts)
    }
}

impl Act for DeclineIssue {
    const KIND: &'static str = "DeclineIssue";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let command = Command::Decline { reason: self.reason.clone() };
        let decision = decided(self.issue, ledger, command)?;
        on_agenda(decision, self.issue, ledger, agenda::Command::Free { issue: self.issue })
    }
}

impl Act for MergeIssue {
    const KIND: &'static str = "MergeIssue";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let (from, into) = (self.issue, self.into);
        if from == into {
            return Err(Rejection::SelfMerge {}.into());
        }
        let source = ledger.state::<Issue>(from)?;
        let merged = source.decide(Command::MergeInto(into), ledger.moment)?;
        let target = ledger.state::<Issue>(into)?;
        if leads_to(into, from, ledger)? {
            return Err(Rejection::CycleDetected {}.into());
        }
        let endorsed_by = source.endorsed_by().iter().copied().collect();
        let absorbed = target.decide(Command::Absorb { from, endorsed_by }, ledger.moment)?;
        let decision =
            Decision::about(from).with::<Issue>(from, merged)?.with::<Issue>(into, absorbed)?;
        on_agenda(decision, from, ledger, agenda::Command::Pass { from, to: into })
    }
}

/// Whether following merges from one issue ends at another.
fn leads_to(mut at: IssueId, end: IssueId, ledger: &Ledger<'_>) -> Result<bool, Stop> {
    loop {
        let state = ledger.state::<Issue>(at)?;
        match (state.stage(), state.merged_into()) {
            (Stage::Merged, Some(next)) if next == end => return Ok(true),
            (Stage::Merged, Some(next)) => at = next,
            _ => return Ok(false),
        }
    }
}

/// The same decision, and what it means for the agenda of the issue's hub.
fn on_agenda(
    decision: Decision,
    issue: IssueId,
    ledger: &Ledger<'_>,
    command: agenda::Command,
) -> Result<Decision, Stop> {
    let Some(hub) = ledger.state::<Issue>(issue)?.hub() else {
        return Err(Rejection::UnknownIssue {}.into());
    };
    let facts = ledger.state::<Agenda>(hub)?.decide(command, ledger.moment)?;
    decision.with::<Agenda>(hub, facts)
}
