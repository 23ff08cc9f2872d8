//! What may happen to a hackathon: rules, phases, and the clock.
//!
//! One stream for each hackathon. It refuses to start twice, to give time after the freeze, and to
//! freeze before the deadline. How many people or teams there are it is told by the command: acts
//! that need the roster live beside it.

use chrono::{DateTime, Duration, Utc};
use kernel::{Decider, Moment, Personal, Role};
use serde::{Deserialize, Serialize};

use super::EventId;
use super::clock::whole;
use super::{Clock, Fact, Phase, Rules, Scope, TeamId};

/// Forty-eight hours, when nothing else was said.
pub const DURATION_S: u32 = 48 * 3600;
/// A shorter hackathon is a meeting.
pub const DURATION_MIN_S: u32 = 600;
/// A longer one is a course.
pub const DURATION_MAX_S: u32 = 31 * 24 * 3600;
/// More people are not a team; it also bounds every decision that looks at a team.
pub const TEAM_SIZE_LIMIT: u16 = 50;
/// The longest single extension: a typing error must not move the deadline by a month.
pub const EXTENSION_MAX_S: u32 = 7 * 24 * 3600;
/// How far back a start may be dated: "we began at six" is noted minutes later, not days.
pub const START_BACK_MAX_S: i64 = 6 * 3600;
/// The longest reason, in characters.
pub const REASON_MAX: usize = 500;

/// What may be asked of a hackathon.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Plan it.
    Create {
        /// The event it belongs to.
        event: EventId,
        /// How large teams may be.
        rules: Rules,
        /// How long the clock is to run.
        duration_s: u32,
    },
    /// Change how large teams may be.
    SetRules {
        /// The new rules.
        rules: Rules,
        /// The size of the largest team there is.
        largest: u16,
    },
    /// Let teams form.
    OpenTeamFormation,
    /// Settle who is in which team.
    LockRosters {
        /// How many teams are smaller than the rules want.
        under_sized: u32,
        /// How many people are in no team.
        unplaced: u32,
    },
    /// Start the clock.
    StartHacking {
        /// When it started, if that was some minutes ago.
        at: Option<DateTime<Utc>>,
    },
    /// Let it stand still.
    PauseClock,
    /// Let it run again.
    ResumeClock,
    /// Give more time.
    ExtendClock {
        /// How much.
        by_s: u32,
        /// To whom.
        scope: Scope,
        /// Why.
        reason: Personal<String>,
    },
    /// Time is over.
    FreezeSubmissions,
    /// It does not take place.
    Cancel {
        /// Why.
        reason: Personal<String>,
    },
}

/// Why a hackathon turns a command down.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error, strum::VariantNames)]
pub enum Rejection {
    /// Nobody planned it.
    #[error("there is no such hackathon")]
    UnknownHackathon {},
    /// The event it is to belong to was called off.
    #[error("the event is cancelled")]
    EventCancelled {},
    /// It was planned before.
    #[error("there is a hackathon under this id already")]
    AlreadyCreated {},
    /// The smallest team would be larger than the largest.
    #[error("teams of at least {min} and at most {max} cannot be")]
    MinAboveMax {
        /// The smallest.
        min: u16,
        /// The largest.
        max: u16,
    },
    /// Nobody could be in a team.
    #[error("a team holds at least one person")]
    MaxZero {},
    /// Too large for a team.
    #[error("a team of {max} is above the limit of {limit}")]
    TeamSizeTooLarge {
        /// What was asked.
        max: u16,
        /// [`TEAM_SIZE_LIMIT`].
        limit: u16,
    },
    /// A team is larger than the new rules allow.
    #[error("a team has {largest} members, the rules would allow {max}")]
    TeamsAboveMax {
        /// What was asked.
        max: u16,
        /// The largest team there is.
        largest: u16,
    },
    /// Too short or too long.
    #[error("a hackathon lasts between {min_s} and {max_s} seconds")]
    DurationOutOfRange {
        /// [`DURATION_MIN_S`].
        min_s: u32,
        /// [`DURATION_MAX_S`].
        max_s: u32,
    },
    /// Not an organiser.
    #[error("only an organiser may")]
    NotOrganiser {},
    /// It was called off.
    #[error("the hackathon is cancelled")]
    HackathonCancelled {},
    /// It was called off before.
    #[error("the hackathon is cancelled already")]
    HackathonAlreadyCancelled {},
    /// The phase is another one.
    #[error("not while the hackathon is {phase}")]
    WrongPhase {
        /// The phase it is in.
        phase: Phase,
    },
    /// Rosters are locked, so their rules stay.
    #[error("the rosters are locked")]
    RostersLocked {},
    /// Rosters must be locked first.
    #[error("the rosters are not locked yet")]
    NotLocked {},
    /// The clock started before.
    #[error("the clock started already, at {at}")]
    AlreadyStarted {
        /// When.
        at: DateTime<Utc>,
    },
    /// A start to come, or one too long ago.
    #[error("a start is now, or at most {back_s} seconds ago")]
    StartOutOfRange {
        /// [`START_BACK_MAX_S`].
        back_s: i64,
    },
    /// The clock does not run.
    #[error("the clock is not running")]
    NotRunning {},
    /// The clock does not stand still.
    #[error("the clock is not paused")]
    NotPaused {},
    /// Nothing, or too much, to be given on top.
    #[error("an extension is between 1 and {max_s} seconds")]
    ExtensionOutOfRange {
        /// [`EXTENSION_MAX_S`].
        max_s: u32,
    },
    /// A reason is wanted.
    #[error("a reason is missing")]
    ReasonMissing {},
    /// Time is over.
    #[error("time was over at {deadline}")]
    AfterFreeze {
        /// When it was.
        deadline: DateTime<Utc>,
    },
    /// Time is not over.
    #[error("time is not over before {deadline}")]
    TooEarly {
        /// When it is.
        deadline: DateTime<Utc>,
    },
}
impl kernel::Rejection for Rejection {}

/// One hackathon, as far as decisions need it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Hackathon {
    event: Option<EventId>,
    rules: Rules,
    duration_s: u32,
    phase: Phase,
    clock: Option<Clock>,
}

impl Hackathon {
    /// The event it belongs to; `None` when there is no such hackathon.
    pub fn event(&self) -> Option<EventId> {
        self.event
    }
    /// How large teams may be.
    pub fn rules(&self) -> Rules {
        self.rules
    }
    /// Where it stands.
    pub fn phase(&self) -> Phase {
        self.phase
    }
    /// The clock, once started.
    pub fn clock(&self) -> Option<&Clock> {
        self.clock.as_ref()
    }
    /// When time is over for everybody; `None` before the start. See [`Clock::deadline`].
    pub fn deadline(&self) -> Option<DateTime<Utc>> {
        self.clock.as_ref().map(Clock::deadline)
    }
    /// Whether something received at this instant is in time for this team. The receipt decides,
    /// however late it is dealt with.
    pub fn is_in_time(&self, team: TeamId, received_at: DateTime<Utc>) -> bool {
        self.clock.as_ref().is_some_and(|clock| clock.is_in_time(team, received_at))
    }

    fn live(&self) -> Result<(), Rejection> {
        match self.phase {
            Phase::Unknown => Err(Rejection::UnknownHackathon {}),
            Phase::Cancelled => Err(Rejection::HackathonCancelled {}),
            Phase::Drafted
            | Phase::TeamFormation
            | Phase::Locked
            | Phase::Hacking
            | Phase::Paused
            | Phase::Frozen => Ok(()),
        }
    }

    fn create(
        &self,
        event: EventId,
        rules: Rules,
        duration_s: u32,
    ) -> Result<Vec<Fact>, Rejection> {
        if self.phase != Phase::Unknown {
            return Err(Rejection::AlreadyCreated {});
        }
        let Rules { team_min, team_max } = checked(rules)?;
        if !(DURATION_MIN_S..=DURATION_MAX_S).contains(&duration_s) {
            return Err(Rejection::DurationOutOfRange {
                min_s: DURATION_MIN_S,
                max_s: DURATION_MAX_S,
            });
        }
        Ok(vec![Fact::HackathonCreated { event, team_min, team_max, duration_s }])
    }

    fn set_rules(&self, rules: Rules, largest: u16) -> Result<Vec<Fact>, Rejection> {
        self.live()?;
        if !matches!(self.phase, Phase::Drafted | Phase::TeamFormation) {
            return Err(Rejection::RostersLocked {});
        }
        let Rules { team_min, team_max } = checked(rules)?;
        if largest > team_max {
            return Err(Rejection::TeamsAboveMax { max: team_max, largest });
        }
        if rules == self.rules {
            return Ok(Vec::new());
        }
        Ok(vec![Fact::RulesSet { team_min, team_max }])
    }

    fn open_team_formation(&self) -> Result<Vec<Fact>, Rejection> {
        self.live()?;
        match self.phase {
            Phase::Drafted => Ok(vec![Fact::TeamFormationOpened {}]),
            Phase::TeamFormation => Ok(Vec::new()),
            phase => Err(Rejection::WrongPhase { phase }),
        }
    }

    fn lock(&self, under_sized: u32, unplaced: u32) -> Result<Vec<Fact>, Rejection> {
        self.live()?;
        match self.phase {
            Phase::TeamFormation => Ok(vec![Fact::RosterLocked { under_sized, unplaced }]),
            Phase::Locked => Ok(Vec::new()),
            phase => Err(Rejection::WrongPhase { phase }),
        }
    }

    fn start(&self, at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<Vec<Fact>, Rejection> {
        self.live()?;
        if let Some(clock) = &self.clock {
            return Err(Rejection::AlreadyStarted { at: clock.started_at });
        }
        if self.phase != Phase::Locked {
            return Err(Rejection::NotLocked {});
        }
        let at = at.unwrap_or(now);
        if at > now || now - at > Duration::seconds(START_BACK_MAX_S) {
            return Err(Rejection::StartOutOfRange { back_s: START_BACK_MAX_S });
        }
        let clock = Clock::started(at, self.duration_s);
        Ok(vec![Fact::ClockStarted {
            at: clock.started_at,
            duration_s: self.duration_s,
            freezes_at: clock.freezes_at(),
        }])
    }

    /// The clock, as long as anybody has time left.
    fn running(&self, now: DateTime<Utc>) -> Result<&Clock, Rejection> {
        self.live()?;
        let clock = self.clock.as_ref().ok_or(Rejection::NotRunning {})?;
        let over = clock.paused_at.is_none() && now > clock.freezes_at();
        if over || self.phase == Phase::Frozen {
            return Err(Rejection::AfterFreeze { deadline: clock.freezes_at() });
        }
        Ok(clock)
    }

    fn pause(&self, now: DateTime<Utc>) -> Result<Vec<Fact>, Rejection> {
        let clock = self.running(now)?;
        if clock.paused_at.is_some() {
            return Ok(Vec::new());
        }
        // With one team still at work a pause would move a deadline the others have passed.
        if now > clock.deadline() {
            return Err(Rejection::AfterFreeze { deadline: clock.deadline() });
        }
        Ok(vec![Fact::ClockPaused { at: whole(now) }])
    }

    fn resume(&self, now: DateTime<Utc>) -> Result<Vec<Fact>, Rejection> {
        let clock = self.running(now)?;
        let since = clock.paused_at.ok_or(Rejection::NotPaused {})?;
        // Receipt instants of two servers may be a little out of order; a pause is never negative.
        let at = whole(now).max(since);
        let paused_ms = (at - since).num_milliseconds();
        let mut after = clock.clone();
        after.resume(paused_ms);
        Ok(vec![Fact::ClockResumed { at, paused_ms, freezes_at: after.freezes_at() }])
    }

    fn extend(
        &self,
        by_s: u32,
        scope: Scope,
        reason: Personal<String>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Fact>, Rejection> {
        let clock = self.running(now)?;
        if by_s == 0 || by_s > EXTENSION_MAX_S {
            return Err(Rejection::ExtensionOutOfRange { max_s: EXTENSION_MAX_S });
        }
        given(&reason)?;
        // Time that ran out is not given back: nobody could have known that she still had any.
        let deadline = scope.team().map_or(clock.deadline(), |team| clock.deadline_for(team));
        if clock.paused_at.unwrap_or(now) > deadline {
            return Err(Rejection::AfterFreeze { deadline });
        }
        let mut after = clock.clone();
        after.extend(by_s, scope.team());
        Ok(vec![Fact::ClockExtended { by_s, scope, reason, freezes_at: after.freezes_at() }])
    }

    fn freeze(&self, now: DateTime<Utc>) -> Result<Vec<Fact>, Rejection> {
        self.live()?;
        let clock = self.clock.as_ref().ok_or(Rejection::NotRunning {})?;
        let deadline = clock.freezes_at();
        match self.phase {
            Phase::Frozen => Ok(Vec::new()),
            Phase::Hacking if now >= deadline => Ok(vec![Fact::SubmissionsFrozen { deadline }]),
            Phase::Hacking => Err(Rejection::TooEarly { deadline }),
            _ => Err(Rejection::NotRunning {}),
        }
    }

    fn cancel(&self, reason: Personal<String>) -> Result<Vec<Fact>, Rejection> {
        match self.phase {
            Phase::Unknown => return Err(Rejection::UnknownHackathon {}),
            Phase::Cancelled => return Err(Rejection::HackathonAlreadyCancelled {}),
            Phase::Frozen => return Err(Rejection::WrongPhase { phase: self.phase }),
            Phase::Drafted
            | Phase::TeamFormation
            | Phase::Locked
            | Phase::Hacking
            | Phase::Paused => {}
        }
        given(&reason)?;
        Ok(vec![Fact::HackathonCancelled { reason }])
    }
}

fn checked(rules: Rules) -> Result<Rules, Rejection> {
    let Rules { team_min: min, team_max: max } = rules;
    if max == 0 {
        return Err(Rejection::MaxZero {});
    }
    if max > TEAM_SIZE_LIMIT {
        return Err(Rejection::TeamSizeTooLarge { max, limit: TEAM_SIZE_LIMIT });
    }
    if min > max {
        return Err(Rejection::MinAboveMax { min, max });
    }
    Ok(rules)
}

fn given(reason: &Personal<String>) -> Result<(), Rejection> {
    match reason.get() {
        Some(text) if !text.trim().is_empty() => Ok(()),
        _ => Err(Rejection::ReasonMissing {}),
    }
}

impl Decider for Hackathon {
    const STREAM: &'static str = "hackathon";
    type Command = Command;
    type Fact = Fact;
    type Rejection = Rejection;

    fn decide(&self, command: Command, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        if !moment.actor.is_any(&[Role::Organiser]) {
            return Err(Rejection::NotOrganiser {});
        }
        let now = moment.now;
        match command {
            Command::Create { event, rules, duration_s } => self.create(event, rules, duration_s),
            Command::SetRules { rules, largest } => self.set_rules(rules, largest),
            Command::OpenTeamFormation => self.open_team_formation(),
            Command::LockRosters { under_sized, unplaced } => self.lock(under_sized, unplaced),
            Command::StartHacking { at } => self.start(at, now),
            Command::PauseClock => self.pause(now),
            Command::ResumeClock => self.resume(now),
            Command::ExtendClock { by_s, scope, reason } => self.extend(by_s, scope, reason, now),
            Command::FreezeSubmissions => self.freeze(now),
            Command::Cancel { reason } => self.cancel(reason),
        }
    }

    fn evolve(&mut self, fact: &Fact) {
        match fact {
            Fact::HackathonCreated { event, team_min, team_max, duration_s } => {
                self.event = Some(*event);
                self.rules = Rules { team_min: *team_min, team_max: *team_max };
                self.duration_s = *duration_s;
                self.phase = Phase::Drafted;
            }
            Fact::RulesSet { team_min, team_max } => {
                self.rules = Rules { team_min: *team_min, team_max: *team_max };
            }
            Fact::TeamFormationOpened {} => self.phase = Phase::TeamFormation,
            Fact::RosterLocked { .. } => self.phase = Phase::Locked,
            Fact::ClockStarted { at, duration_s, .. } => {
                self.clock = Some(Clock::started(*at, *duration_s));
                self.phase = Phase::Hacking;
            }
            Fact::ClockPaused { at } => {
                self.phase = Phase::Paused;
                self.clock.iter_mut().for_each(|clock| clock.pause(*at));
            }
            Fact::ClockResumed { paused_ms, .. } => {
                self.phase = Phase::Hacking;
                self.clock.iter_mut().for_each(|clock| clock.resume(*paused_ms));
            }
            Fact::ClockExtended { by_s, scope, .. } => {
                self.clock.iter_mut().for_each(|clock| clock.extend(*by_s, scope.team()));
            }
            Fact::SubmissionsFrozen { .. } => self.phase = Phase::Frozen,
            Fact::HackathonCancelled { .. } => self.phase = Phase::Cancelled,
        }
    }
}
