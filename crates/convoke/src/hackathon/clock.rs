//! The hacking clock: how much time has run, and when it is over.
//!
//! A pure value of instants and lengths, kept by the decider and rebuilt by the read model, so that
//! a rule and a page can never disagree. It knows no zone: 48 hours are 48 hours, whatever the
//! clocks on the wall do meanwhile. To show a deadline is to convert it, never to add to it.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, SubsecRound, Utc};
use serde::{Deserialize, Serialize};

use super::TeamId;

/// A clock that was started. Lengths in whole seconds, pauses in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// The instant of the start, in whole milliseconds.
    pub started_at: DateTime<Utc>,
    /// How long it was to run.
    pub duration_s: u32,
    /// How long it has stood still so far, without a pause that is going on.
    pub paused_ms: i64,
    /// Since when it stands still, if it does.
    pub paused_at: Option<DateTime<Utc>>,
    /// What everybody was given on top.
    pub extended_s: i64,
    /// What single teams were given beyond that.
    pub extended_for_s: BTreeMap<TeamId, i64>,
}

impl Clock {
    /// A clock that starts now and is to run so long.
    pub fn started(at: DateTime<Utc>, duration_s: u32) -> Self {
        Self {
            started_at: whole(at),
            duration_s,
            paused_ms: 0,
            paused_at: None,
            extended_s: 0,
            extended_for_s: BTreeMap::new(),
        }
    }

    /// The instant at which time is over for everybody without an extension of her own. While the
    /// clock stands still it is what it would be if it went on at the instant it was stopped.
    pub fn deadline(&self) -> DateTime<Utc> {
        self.started_at
            + Duration::seconds(i64::from(self.duration_s))
            + Duration::milliseconds(self.paused_ms)
            + Duration::seconds(self.extended_s)
    }

    /// The same for one team.
    pub fn deadline_for(&self, team: TeamId) -> DateTime<Utc> {
        let own = self.extended_for_s.get(&team).copied().unwrap_or_default();
        self.deadline() + Duration::seconds(own)
    }

    /// The instant at which submissions freeze: the deadline of the team that has longest.
    pub fn freezes_at(&self) -> DateTime<Utc> {
        let longest = self.extended_for_s.values().copied().max().unwrap_or_default();
        self.deadline() + Duration::seconds(longest)
    }

    /// Whether an instant is not after a team's deadline. Nobody is late while the clock stands.
    pub fn is_in_time(&self, team: TeamId, at: DateTime<Utc>) -> bool {
        self.paused_at.map_or(at, |paused| at.min(paused)) <= self.deadline_for(team)
    }

    /// How much of the time is left for everybody, never below zero.
    pub fn remaining(&self, now: DateTime<Utc>) -> Duration {
        (self.deadline() - self.paused_at.unwrap_or(now)).max(Duration::zero())
    }

    /// How long the clock has run, pauses not counted.
    pub fn elapsed(&self, now: DateTime<Utc>) -> Duration {
        let ran = self.paused_at.unwrap_or(now) - self.started_at;
        (ran - Duration::milliseconds(self.paused_ms)).max(Duration::zero())
    }

    /// Stands still from this instant on.
    pub fn pause(&mut self, at: DateTime<Utc>) {
        self.paused_at = Some(whole(at));
    }

    /// Runs again; the pause counts from where it began.
    pub fn resume(&mut self, paused_ms: i64) {
        self.paused_ms += paused_ms;
        self.paused_at = None;
    }

    /// Gives more time, to everybody or to one team.
    pub fn extend(&mut self, by_s: u32, team: Option<TeamId>) {
        match team {
            None => self.extended_s += i64::from(by_s),
            Some(team) => *self.extended_for_s.entry(team).or_default() += i64::from(by_s),
        }
    }
}

/// Whole milliseconds: what every store and every reader keeps exactly.
pub fn whole(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(3)
}
