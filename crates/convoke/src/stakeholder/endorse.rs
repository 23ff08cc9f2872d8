//! A stakeholder stands behind an issue: acts that read the registry and write the issue.

use kernel::{Act, Actor, Decider, Decision, Ledger, Role, Stop};
use serde::{Deserialize, Serialize};

use super::StakeholderId;
use super::acts::may_speak;
use super::decider::Stakeholder;
use super::fact::Stage;
use super::rejection::Rejection;
use crate::issue::decider::Command;
use crate::issue::{Issue, IssueId};

/// Endorses an issue in a stakeholder's name: by its own people, or a member who says so.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EndorseIssue {
    /// Which.
    pub issue: IssueId,
    /// In whose name.
    pub stakeholder: StakeholderId,
}

/// Takes an endorsement back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WithdrawEndorsement {
    /// Of which.
    pub issue: IssueId,
    /// In whose name.
    pub stakeholder: StakeholderId,
}

impl Act for EndorseIssue {
    const KIND: &'static str = "EndorseIssue";

    fn permits(&self, actor: &Actor) -> bool {
        may_speak(actor, Role::Member)
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let speaker = ledger.state::<Stakeholder>(self.stakeholder)?;
        // Nobody speaks in the name of one who has not asked to be here.
        if speaker.heard(ledger.moment, Role::Member)? == Stage::Prospect {
            return Err(Rejection::WrongState { state: Stage::Prospect }.into());
        }
        let command = Command::Endorse { stakeholder: self.stakeholder };
        let facts = ledger.state::<Issue>(self.issue)?.decide(command, ledger.moment)?;
        Decision::about(self.issue).with::<Issue>(self.issue, facts)
    }
}

impl Act for WithdrawEndorsement {
    const KIND: &'static str = "WithdrawEndorsement";

    fn permits(&self, actor: &Actor) -> bool {
        may_speak(actor, Role::Member)
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        ledger.state::<Stakeholder>(self.stakeholder)?.heard(ledger.moment, Role::Member)?;
        let command = Command::WithdrawEndorsement { stakeholder: self.stakeholder };
        let facts = ledger.state::<Issue>(self.issue)?.decide(command, ledger.moment)?;
        Decision::about(self.issue).with::<Issue>(self.issue, facts)
    }
}
