//! What a registered stakeholder may ask about itself, and a curator about it, as it is stored.
//!
//! Whoever is signed in may ask; whether she speaks for this stakeholder is the decision's
//! business, which alone knows its people.

use chrono::NaiveDate;
use kernel::{Act, Actor, Decider, Decision, Ledger, Personal, Role, Stop};
use serde::{Deserialize, Serialize};

use super::StakeholderId;
use super::decider::{Command, Stakeholder};
use super::fact::{Profile, Relation, Visibility};
use super::pledge::Pledge;
use super::rejection::Rejection;
use crate::issue::{Issue, IssueId, Stage as IssueStage};

/// Records that a curator made sure the stakeholder is what it says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct VerifyStakeholder {
    /// Which.
    pub stakeholder: StakeholderId,
    /// How she made sure.
    pub how: Personal<String>,
}

/// Says anew what a stakeholder tells about itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangeStakeholderProfile {
    /// Which.
    pub stakeholder: StakeholderId,
    /// The whole profile.
    pub profile: Profile,
    /// The version the form was filled in on.
    pub expected_version: Option<i64>,
}

/// Offers something.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MakeOffer {
    /// Who.
    pub stakeholder: StakeholderId,
    /// What.
    pub what: String,
    /// The last day it holds.
    pub until: Option<NaiveDate>,
}

/// Takes an offer back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WithdrawOffer {
    /// Who.
    pub stakeholder: StakeholderId,
    /// Its number within the stakeholder, from 1.
    pub offer: u32,
}

/// Says what is looked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeclareNeed {
    /// Who.
    pub stakeholder: StakeholderId,
    /// What.
    pub what: String,
    /// The last day it holds.
    pub until: Option<NaiveDate>,
}

/// Says that it is found, or wanted no longer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WithdrawNeed {
    /// Who.
    pub stakeholder: StakeholderId,
    /// Its number within the stakeholder, from 1.
    pub need: u32,
}

/// Relates a stakeholder to an issue.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeclareRelation {
    /// Who.
    pub stakeholder: StakeholderId,
    /// To which.
    pub issue: IssueId,
    /// How.
    pub relation: Relation,
}

/// Ends a relation to an issue.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EndRelation {
    /// Who.
    pub stakeholder: StakeholderId,
    /// To which.
    pub issue: IssueId,
    /// How.
    pub relation: Relation,
}

/// Says who sees the stakeholder in the directory.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetVisibility {
    /// Which.
    pub stakeholder: StakeholderId,
    /// Who.
    pub visibility: Visibility,
}

/// Says in which language to write.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetLanguage {
    /// To whom.
    pub stakeholder: StakeholderId,
    /// BCP 47, one of the product's.
    pub locale: String,
}

/// Asks not to be asked for a while.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PauseStakeholder {
    /// Who.
    pub stakeholder: StakeholderId,
    /// The last day of the pause; open-ended if missing.
    pub until: Option<NaiveDate>,
}

/// Ends a pause.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ResumeStakeholder {
    /// Who.
    pub stakeholder: StakeholderId,
}

fn decided(
    stakeholder: StakeholderId,
    ledger: &Ledger<'_>,
    command: Command,
) -> Result<Decision, Stop> {
    let facts = ledger.state::<Stakeholder>(stakeholder)?.decide(command, ledger.moment)?;
    Decision::about(stakeholder).with::<Stakeholder>(stakeholder, facts)
}

/// Refuses an issue the hub does not have.
pub(super) fn issue_known(issue: IssueId, ledger: &Ledger<'_>) -> Result<(), Stop> {
    match ledger.state::<Issue>(issue)?.stage() {
        IssueStage::Unknown => Err(Rejection::UnknownIssue {}.into()),
        _ => Ok(()),
    }
}

/// Whether the actor could be one of a stakeholder's people, or may speak for all of them.
pub(super) fn may_speak(actor: &Actor, role: Role) -> bool {
    actor.person.is_some() || actor.is_any(&[role])
}

/// An act on one stakeholder alone, by its people or a host: its name, and the command.
macro_rules! on_one_stakeholder {
    ($act:ident, |$this:ident, $ledger:ident| $command:expr) => {
        impl Act for $act {
            const KIND: &'static str = stringify!($act);

            fn permits(&self, actor: &Actor) -> bool {
                may_speak(actor, Role::Host)
            }

            fn decide(&self, $ledger: &Ledger<'_>) -> Result<Decision, Stop> {
                let $this = self;
                decided(self.stakeholder, $ledger, $command)
            }
        }
    };
}

on_one_stakeholder!(ChangeStakeholderProfile, |act, ledger| {
    ledger.expect::<Stakeholder>(act.stakeholder, act.expected_version)?;
    Command::ChangeProfile(Box::new(act.profile.clone()))
});
on_one_stakeholder!(MakeOffer, |act, ledger| Command::MakeOffer(Pledge {
    what: act.what.clone(),
    until: act.until
}));
on_one_stakeholder!(WithdrawOffer, |act, ledger| Command::WithdrawOffer { offer: act.offer });
on_one_stakeholder!(DeclareNeed, |act, ledger| Command::DeclareNeed(Pledge {
    what: act.what.clone(),
    until: act.until
}));
on_one_stakeholder!(WithdrawNeed, |act, ledger| Command::WithdrawNeed { need: act.need });
on_one_stakeholder!(DeclareRelation, |act, ledger| {
    issue_known(act.issue, ledger)?;
    Command::DeclareRelation { issue: act.issue, relation: act.relation }
});
on_one_stakeholder!(EndRelation, |act, ledger| Command::EndRelation {
    issue: act.issue,
    relation: act.relation
});
on_one_stakeholder!(SetVisibility, |act, ledger| Command::SetVisibility(act.visibility));
on_one_stakeholder!(SetLanguage, |act, ledger| Command::SetLanguage { locale: act.locale.clone() });
on_one_stakeholder!(PauseStakeholder, |act, ledger| Command::Pause { until: act.until });
on_one_stakeholder!(ResumeStakeholder, |_act, ledger| Command::Resume);

impl Act for VerifyStakeholder {
    const KIND: &'static str = "VerifyStakeholder";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        decided(self.stakeholder, ledger, Command::Verify { how: self.how.clone() })
    }
}
