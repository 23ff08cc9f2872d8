//! The commands an organiser gives about a hackathon as a whole, as they are stored.
//!
//! Those that must look at the teams first (rules, lock, extensions) live in `roster`, which comes
//! after this folder.

use chrono::{DateTime, Utc};
use kernel::{Act, Actor, Decider, Decision, Ledger, Personal, Role, Stop};
use serde::{Deserialize, Serialize};

use super::{Command, EventId, Hackathon, HackathonId, Rejection, Rules};
use crate::event::acts::existing;
use crate::event::{Event, Status};

/// Organisers run hackathons; every role that contains theirs may too.
const RUNS: &[Role] = &[Role::Organiser];

fn on_hackathon(
    ledger: &Ledger<'_>,
    hackathon: HackathonId,
    expected: Option<i64>,
    command: Command,
) -> Result<Decision, Stop> {
    ledger.expect::<Hackathon>(hackathon, expected)?;
    let facts = ledger.state::<Hackathon>(hackathon)?.decide(command, ledger.moment)?;
    Decision::about(hackathon).with::<Hackathon>(hackathon, facts)
}

/// What is called off as an event is called off as a hackathon.
fn takes_place(ledger: &Ledger<'_>, hackathon: HackathonId) -> Result<(), Stop> {
    match ledger.state::<Hackathon>(hackathon)?.event() {
        Some(event) if ledger.state::<Event>(event)?.status() == Status::Cancelled => {
            Err(Rejection::EventCancelled {}.into())
        }
        _ => Ok(()),
    }
}

/// Plans a hackathon within an event.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CreateHackathon {
    /// The event.
    pub event: EventId,
    /// The id of the new hackathon.
    pub hackathon: HackathonId,
    /// How large teams may be.
    pub rules: Rules,
    /// How long the clock is to run, in seconds; see [`super::decider::DURATION_S`].
    pub duration_s: u32,
}
impl Act for CreateHackathon {
    const KIND: &'static str = "CreateHackathon";
    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(RUNS)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        if existing(ledger, self.event)?.status() == Status::Cancelled {
            return Err(Rejection::EventCancelled {}.into());
        }
        let command =
            Command::Create { event: self.event, rules: self.rules, duration_s: self.duration_s };
        on_hackathon(ledger, self.hackathon, None, command)
    }
}

/// Lets teams form.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OpenTeamFormation {
    /// The hackathon.
    pub hackathon: HackathonId,
    /// The version the form was filled in on.
    #[serde(default)]
    pub expected_version: Option<i64>,
}
impl Act for OpenTeamFormation {
    const KIND: &'static str = "OpenTeamFormation";
    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(RUNS)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        takes_place(ledger, self.hackathon)?;
        let command = Command::OpenTeamFormation;
        on_hackathon(ledger, self.hackathon, self.expected_version, command)
    }
}

/// Starts the clock.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StartHacking {
    /// The hackathon.
    pub hackathon: HackathonId,
    /// When it began, if that was some minutes ago; otherwise now.
    #[serde(default)]
    pub at: Option<DateTime<Utc>>,
}
impl Act for StartHacking {
    const KIND: &'static str = "StartHacking";
    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(RUNS)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        takes_place(ledger, self.hackathon)?;
        on_hackathon(ledger, self.hackathon, None, Command::StartHacking { at: self.at })
    }
}

/// Lets the clock stand still.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PauseClock {
    /// The hackathon.
    pub hackathon: HackathonId,
}
impl Act for PauseClock {
    const KIND: &'static str = "PauseClock";
    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(RUNS)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        on_hackathon(ledger, self.hackathon, None, Command::PauseClock)
    }
}

/// Lets the clock run again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ResumeClock {
    /// The hackathon.
    pub hackathon: HackathonId,
}
impl Act for ResumeClock {
    const KIND: &'static str = "ResumeClock";
    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(RUNS)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        on_hackathon(ledger, self.hackathon, None, Command::ResumeClock)
    }
}

/// Time is over: issued by a timer at the deadline, or by an organiser when the timer was lost.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FreezeSubmissions {
    /// The hackathon.
    pub hackathon: HackathonId,
}
impl Act for FreezeSubmissions {
    const KIND: &'static str = "FreezeSubmissions";
    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(RUNS)
    }
    /// The freeze happens at the deadline, however late the timer gets round to it.
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let decision = on_hackathon(ledger, self.hackathon, None, Command::FreezeSubmissions)?;
        let clock = ledger.state::<Hackathon>(self.hackathon)?.clock();
        Ok(match clock {
            Some(clock) => decision.occurred_at(clock.freezes_at()),
            None => decision,
        })
    }
}

/// Calls a hackathon off.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CancelHackathon {
    /// The hackathon.
    pub hackathon: HackathonId,
    /// Why.
    pub reason: Personal<String>,
    /// The version the form was filled in on.
    #[serde(default)]
    pub expected_version: Option<i64>,
}
impl Act for CancelHackathon {
    const KIND: &'static str = "CancelHackathon";
    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(RUNS)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let command = Command::Cancel { reason: self.reason.clone() };
        on_hackathon(ledger, self.hackathon, self.expected_version, command)
    }
}
