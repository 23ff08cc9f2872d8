//! What visitors, readers and timers may ask, as it is stored.

use chrono::{DateTime, Utc};
use kernel::{Act, Actor, Decider as _, Decision, HubId, Ledger, PersonId, Personal, Stop, Zone};
use serde::{Deserialize, Serialize};

use super::decider::{Command, Fact, Following};
use super::digest::{self, Digests};
use crate::issue::{Issue, IssueId, Rejection as IssueRejection, Stage};
use crate::reach::{self, Category, Reach};

/// An issue that is on the agenda, and its hub.
fn active(ledger: &Ledger<'_>, issue: IssueId) -> Result<HubId, Stop> {
    let state = ledger.state::<Issue>(issue)?;
    match (state.stage(), state.hub(), state.merged_into()) {
        (_, _, Some(into)) => Err(IssueRejection::MergedInto { issue: into }.into()),
        (Stage::Active, Some(hub), None) => Ok(hub),
        (Stage::Unknown, ..) | (_, None, _) => Err(IssueRejection::UnknownIssue {}.into()),
        (state, ..) => Err(IssueRejection::NotActive { state }.into()),
    }
}

/// What follows when somebody begins to follow: her Mondays begin, and a "no more summaries" of
/// hers is over.
fn followed(
    ledger: &Ledger<'_>,
    (hub, person): (HubId, PersonId),
    facts: Vec<Fact>,
) -> Result<Decision, Stop> {
    let begun = facts.iter().find_map(|fact| match fact {
        Fact::IssueFollowed { zone, .. } => Some(*zone),
        _ => None,
    });
    let decision = Decision::about(person).with::<Following>(person, facts)?;
    let Some(zone) = begun else { return Ok(decision) };
    let digests = ledger.state::<Digests>(hub)?;
    let digests = digests.decide(digest::Command::Begin { zone }, ledger.moment)?;
    let resume = reach::decider::Command::Resume { category: Category::Digests, herself: true };
    let letters = ledger.state::<Reach>(person)?.decide(resume, ledger.moment)?;
    decision.with::<Digests>(hub, digests)?.with::<Reach>(person, letters)
}

/// Follows an issue. Anyone may; unless the address is proven, it is asked first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FollowIssue {
    /// Which.
    pub issue: IssueId,
    /// Who.
    pub person: PersonId,
    /// Where letters go.
    pub email: Personal<String>,
    /// In which language (BCP 47).
    pub locale: String,
    /// On whose Monday.
    pub zone: Zone,
    /// Whether the address is a confirmed one of hers and she is signed in: the application knows.
    #[serde(default)]
    pub proven: bool,
}

impl Act for FollowIssue {
    const KIND: &'static str = "FollowIssue";

    fn permits(&self, _actor: &Actor) -> bool {
        true
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let hub = active(ledger, self.issue)?;
        let command = Command::Follow {
            issue: self.issue,
            email: self.email.clone(),
            locale: self.locale.clone(),
            zone: self.zone,
            proven: self.proven,
        };
        let facts = ledger.state::<Following>(self.person)?.decide(command, ledger.moment)?;
        let decision = followed(ledger, (hub, self.person), facts)?;
        Ok(Decision { about: self.issue.to_string(), ..decision })
    }
}

/// Says yes to following, at one's own address: the link is the proof.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConfirmFollow {
    /// Which.
    pub issue: IssueId,
    /// Who.
    pub person: PersonId,
}

impl Act for ConfirmFollow {
    const KIND: &'static str = "ConfirmFollow";

    fn permits(&self, actor: &Actor) -> bool {
        actor.person == Some(self.person)
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let hub = active(ledger, self.issue)?;
        let state = ledger.state::<Following>(self.person)?;
        let facts = state.decide(Command::Confirm { issue: self.issue }, ledger.moment)?;
        let decision = followed(ledger, (hub, self.person), facts)?;
        Ok(Decision { about: self.issue.to_string(), ..decision })
    }
}

/// Follows an issue no more.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UnfollowIssue {
    /// Which.
    pub issue: IssueId,
    /// Who.
    pub person: PersonId,
}

impl Act for UnfollowIssue {
    const KIND: &'static str = "UnfollowIssue";

    fn permits(&self, actor: &Actor) -> bool {
        actor.person == Some(self.person)
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let state = ledger.state::<Following>(self.person)?;
        let facts = state.decide(Command::Unfollow { issue: self.issue }, ledger.moment)?;
        Decision::about(self.issue).with::<Following>(self.person, facts)
    }
}

/// The timer's: it is Monday in a zone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendDigests {
    /// Whose.
    pub hub: HubId,
    /// Where.
    pub zone: Zone,
    /// Which Monday.
    pub monday: DateTime<Utc>,
}

impl Act for SendDigests {
    const KIND: &'static str = "SendDigests";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_system()
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let Self { hub, zone, monday } = *self;
        let state = ledger.state::<Digests>(hub)?;
        let facts = state.decide(digest::Command::Send { zone, monday }, ledger.moment)?;
        Decision::about(hub).with::<Digests>(hub, facts)
    }
}
