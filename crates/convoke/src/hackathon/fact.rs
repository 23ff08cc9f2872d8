//! What happens to a hackathon, as it is kept for ever.
//!
//! Every fact that moves the end of the hacking says when submissions freeze from then on, so that
//! the timer and the pages need no other fact to know it.

use chrono::{DateTime, Duration, Utc};
use kernel::{Personal, testing};
use serde::{Deserialize, Serialize};

use super::EventId;
use super::TeamId;
use super::decider::DURATION_S;

/// How large a team may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// Fewer are flagged at the lock.
    pub team_min: u16,
    /// More are never let in.
    pub team_max: u16,
}

/// Where a hackathon stands.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Phase {
    /// Nothing happened yet: there is no such hackathon.
    #[default]
    Unknown,
    /// It has rules and a length.
    Drafted,
    /// Teams form.
    TeamFormation,
    /// Who is in which team is settled.
    Locked,
    /// The clock runs.
    Hacking,
    /// The clock stands still.
    Paused,
    /// Time is over; what was handed in stays as it is.
    Frozen,
    /// It does not take place.
    Cancelled,
}

/// Whom an extension is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Everybody.
    All,
    /// One team; all can see it, with the reason.
    Team(TeamId),
}

impl Scope {
    /// The team, if it is for one.
    pub fn team(self) -> Option<TeamId> {
        match self {
            Self::All => None,
            Self::Team(team) => Some(team),
        }
    }
}

/// What happened to a hackathon.
#[derive(
    Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
pub enum Fact {
    /// It was planned.
    HackathonCreated {
        /// The event it belongs to.
        event: EventId,
        /// The smallest team the rules want.
        team_min: u16,
        /// The largest team there may be.
        team_max: u16,
        /// How long the clock is to run.
        duration_s: u32,
    },
    /// Teams may have another size.
    RulesSet {
        /// The smallest team the rules want.
        team_min: u16,
        /// The largest team there may be.
        team_max: u16,
    },
    /// Teams may form.
    TeamFormationOpened {},
    /// Who is in which team is settled.
    RosterLocked {
        /// Teams smaller than the rules want, at that moment.
        under_sized: u32,
        /// People in no team, at that moment.
        unplaced: u32,
    },
    /// The clock started.
    ClockStarted {
        /// When.
        at: DateTime<Utc>,
        /// How long it is to run.
        duration_s: u32,
        /// When submissions freeze, as things stand.
        freezes_at: DateTime<Utc>,
    },
    /// The clock stands still.
    ClockPaused {
        /// Since when.
        at: DateTime<Utc>,
    },
    /// The clock runs again.
    ClockResumed {
        /// Since when.
        at: DateTime<Utc>,
        /// How long it stood still this time.
        paused_ms: i64,
        /// When submissions freeze, as things stand.
        freezes_at: DateTime<Utc>,
    },
    /// There is more time.
    ClockExtended {
        /// How much.
        by_s: u32,
        /// For whom.
        scope: Scope,
        /// Why.
        reason: Personal<String>,
        /// When submissions freeze, as things stand.
        freezes_at: DateTime<Utc>,
    },
    /// Time is over: what was received up to the deadline is what counts.
    SubmissionsFrozen {
        /// The instant that decides, not the one at which a timer got round to it.
        deadline: DateTime<Utc>,
    },
    /// It does not take place.
    HackathonCancelled {
        /// Why.
        reason: Personal<String>,
    },
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = <Self as strum::VariantNames>::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn tags(&self) -> Vec<String> {
        match self {
            Self::HackathonCreated { event, .. } => vec![event.to_string()],
            Self::ClockExtended { scope: Scope::Team(team), .. } => vec![team.to_string()],
            _ => Vec::new(),
        }
    }

    fn samples() -> Vec<Self> {
        let at = testing::noon();
        let reason = Personal::new(testing::id(1), "The Wi-Fi was down".to_owned());
        let freezes_at = at + Duration::seconds(i64::from(DURATION_S));
        vec![
            Self::HackathonCreated {
                event: testing::id(2),
                team_min: 2,
                team_max: 5,
                duration_s: DURATION_S,
            },
            Self::RulesSet { team_min: 1, team_max: 4 },
            Self::TeamFormationOpened {},
            Self::RosterLocked { under_sized: 1, unplaced: 3 },
            Self::ClockStarted { at, duration_s: DURATION_S, freezes_at },
            Self::ClockPaused { at },
            Self::ClockResumed { at, paused_ms: 90_000, freezes_at },
            Self::ClockExtended {
                by_s: 1800,
                scope: Scope::Team(testing::id(3)),
                reason: reason.clone(),
                freezes_at,
            },
            Self::SubmissionsFrozen { deadline: freezes_at },
            Self::HackathonCancelled { reason },
        ]
    }
}
