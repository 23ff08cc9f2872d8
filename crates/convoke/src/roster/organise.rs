//! What organisers do that needs both the hackathon and its roster.
//!
//! They live here and not in `hackathon` because a folder reads only folders before it. Each
//! writes both streams in one decision, so the two can never disagree.

use kernel::{Act, Actor, Decider, Decision, Ledger, Personal, Role, Stop};
use serde::{Deserialize, Serialize};

use super::acts::{known, live, on_roster};
use super::command::{Command, Move};
use super::{HackathonId, ParticipantId, Rejection, Roster, TeamId};
use crate::hackathon::{self, Hackathon, Rules, Scope};

const RUNS: &[Role] = &[Role::Organiser];

/// Changes how large teams may be; never below a team there is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetRules {
    /// The hackathon.
    pub hackathon: HackathonId,
    /// The new rules.
    pub rules: Rules,
    /// The version the form was filled in on.
    #[serde(default)]
    pub expected_version: Option<i64>,
}
impl Act for SetRules {
    const KIND: &'static str = "SetRules";
    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(RUNS)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        ledger.expect::<Hackathon>(self.hackathon, self.expected_version)?;
        let largest = ledger.state::<Roster>(self.hackathon)?.largest();
        let command = hackathon::Command::SetRules { rules: self.rules, largest };
        let facts = ledger.state::<Hackathon>(self.hackathon)?.decide(command, ledger.moment)?;
        Decision::about(self.hackathon).with::<Hackathon>(self.hackathon, facts)
    }
}

/// Settles who is in which team, and says how many teams are too small and people in none.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LockRosters {
    /// The hackathon.
    pub hackathon: HackathonId,
}
impl Act for LockRosters {
    const KIND: &'static str = "LockRosters";
    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(RUNS)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let hackathon = ledger.state::<Hackathon>(self.hackathon)?;
        let roster = ledger.state::<Roster>(self.hackathon)?;
        let team_min = hackathon.rules().team_min;
        let under_sized = u32::try_from(roster.under_sized(team_min).len()).unwrap_or(u32::MAX);
        let unplaced = roster.unplaced();
        let command = hackathon::Command::LockRosters { under_sized, unplaced };
        let announced = hackathon.decide(command, ledger.moment)?;
        let locked = roster.decide(Command::Lock { team_min }, ledger.moment)?;
        Decision::about(self.hackathon)
            .with::<Hackathon>(self.hackathon, announced)?
            .with::<Roster>(self.hackathon, locked)
    }
}

/// Gives everybody, or one team, more time; all can see it, with the reason.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExtendClock {
    /// The hackathon.
    pub hackathon: HackathonId,
    /// How much, in seconds.
    pub by_s: u32,
    /// To whom.
    pub scope: Scope,
    /// Why.
    pub reason: Personal<String>,
}
impl Act for ExtendClock {
    const KIND: &'static str = "ExtendClock";
    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(RUNS)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let hackathon = known(ledger, self.hackathon)?;
        if let Some(team) = self.scope.team()
            && !ledger.state::<Roster>(self.hackathon)?.has_team(team)
        {
            return Err(Rejection::UnknownTeam {}.into());
        }
        let command = hackathon::Command::ExtendClock {
            by_s: self.by_s,
            scope: self.scope,
            reason: self.reason.clone(),
        };
        let facts = hackathon.decide(command, ledger.moment)?;
        Decision::about(self.hackathon).with::<Hackathon>(self.hackathon, facts)
    }
}

/// Moves somebody after the lock, into a team or out of hers, for a reason.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OverrideRoster {
    /// The hackathon.
    pub hackathon: HackathonId,
    /// Who.
    pub participant: ParticipantId,
    /// Into this team; out of hers when none is named.
    #[serde(default)]
    pub to: Option<TeamId>,
    /// Why.
    pub reason: Personal<String>,
}
impl Act for OverrideRoster {
    const KIND: &'static str = "OverrideRoster";
    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(RUNS)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let team_max = live(ledger, self.hackathon)?.rules().team_max;
        let command = Command::Override(Move {
            participant: self.participant,
            to: self.to,
            reason: self.reason.clone(),
            team_max,
        });
        on_roster(ledger, self.hackathon, self.participant, command)
    }
}
