//! What one guest may ask for by her calendar: another time, and the invitation once more.
//!
//! One proposal is open at most; a newer one replaces it, and the order is that of answers
//! ([`calendar::order()`]). Whoever holds her address can send mails without end, so proposals are
//! counted and a letter is sent again once an hour. An answer whose author nothing vouches for is
//! held until she says by a link that it is hers: once, for a week, and few of them a day.

use calendar::{Order, Ours, Version, order};
use chrono::{DateTime, Duration, Utc};
use kernel::{Decider, Moment, Personal};
use serde::{Deserialize, Serialize};

use super::fact::{Fact, Guest};
use crate::invitation::Answer;

/// Proposals of one guest in all.
pub const PROPOSALS_MAX: u32 = 20;

/// How long the invitation is not sent again after it was.
pub const RESEND_AFTER: Duration = Duration::hours(1);

/// How long an answer is held for her word.
pub const HOLDS: Duration = Duration::days(7);

/// Answers held for one guest within a day: each is a letter to her that somebody else may cause.
pub const HELD_A_DAY: usize = 3;

/// Another time, as it was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// When it should begin.
    pub starts_at: DateTime<Utc>,
    /// When it should be over.
    pub ends_at: DateTime<Utc>,
    /// Her words.
    pub comment: Option<Personal<String>>,
    /// What she says to the time it has.
    pub answer: Option<Answer>,
    /// The SEQUENCE her calendar names.
    pub sequence: Option<u32>,
    /// The DTSTAMP it bears.
    pub stamped_at: Option<DateTime<Utc>>,
    /// The event as it is.
    pub ours: Ours,
}

/// What may be asked.
#[derive(Clone, Debug)]
pub enum Command {
    /// Another time.
    Propose(Box<Proposal>),
    /// The event moves to it.
    Take {
        /// Which.
        proposal: u32,
    },
    /// It does not.
    Decline {
        /// Which.
        proposal: u32,
        /// Why.
        why: Option<Personal<String>>,
    },
    /// The invitation once more.
    Resend,
    /// An answer in her name that nothing vouches for.
    Hold {
        /// What it says.
        answer: Answer,
    },
    /// It is hers.
    Confirm {
        /// Which.
        held: u32,
    },
    /// Letters to her go elsewhere.
    Move {
        /// Which of her changes of address.
        change: u32,
        /// The former address.
        from: Personal<String>,
    },
}

/// Why it is not done.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error, strum::VariantNames)]
#[expect(missing_docs, reason = "each says its rule; the fields are the figures that decided")]
pub enum Rejection {
    #[error("a proposal for version {sequence}; the event has another time since, at {current}")]
    StaleReply { sequence: i64, current: i64, answered_at: Option<DateTime<Utc>> },
    #[error("a proposal that has passed, or ends before it begins")]
    ProposedTimePassed {},
    #[error("she has proposed {max} times already")]
    TooManyProposals { max: u32 },
    #[error("proposal {proposal} is not open")]
    ProposalNotOpen { proposal: u32 },
    #[error("sent again at {at} already; once an hour is enough")]
    ResentRecently { at: DateTime<Utc> },
    #[error("{max} unproved answers within a day")]
    TooManyUnproved { max: usize },
    #[error("the answer is not held any more")]
    HeldAnswerGone {},
}
impl kernel::Rejection for Rejection {}

/// The proposal that waits for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Open {
    /// Its number.
    pub proposal: u32,
    /// When it should begin.
    pub starts_at: DateTime<Utc>,
    /// When it should be over.
    pub ends_at: DateTime<Utc>,
    /// The version of the event she saw.
    pub sequence: i64,
}

/// What one guest has asked for.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Asking {
    guest: Option<Guest>,
    /// How many she has made.
    proposals: u32,
    open: Option<Open>,
    /// Where her newest stands among her proposals.
    last: Option<(u32, DateTime<Utc>)>,
    resent_at: Option<DateTime<Utc>>,
    held: Option<Held>,
    /// How many were held.
    helds: u32,
    /// When the last of them came in.
    held_at: Vec<DateTime<Utc>>,
    /// The last change of address that was followed.
    moved: u32,
}

/// An answer that waits for her word.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Held {
    /// Its number.
    pub held: u32,
    /// What it says.
    pub answer: Answer,
    /// Until when.
    pub until: DateTime<Utc>,
}

impl Asking {
    /// Who asked, once somebody has.
    pub fn guest(&self) -> Option<&Guest> {
        self.guest.as_ref()
    }

    /// The proposal of this number, while it is open.
    ///
    /// # Errors
    /// `ProposalNotOpen`.
    pub fn open(&self, proposal: u32) -> Result<(Guest, Open), Rejection> {
        let open = self.open.filter(|open| open.proposal == proposal);
        self.guest.zip(open).ok_or(Rejection::ProposalNotOpen { proposal })
    }

    /// The answer of this number, while it waits for her word.
    ///
    /// # Errors
    /// `HeldAnswerGone`.
    pub fn held(&self, held: u32, now: DateTime<Utc>) -> Result<(Guest, Held), Rejection> {
        let waiting = self.held.filter(|one| one.held == held && one.until > now);
        self.guest.zip(waiting).ok_or(Rejection::HeldAnswerGone {})
    }

    fn hold(
        &self,
        guest: Guest,
        answer: Answer,
        now: DateTime<Utc>,
    ) -> Result<Vec<Fact>, Rejection> {
        if self.held.is_some_and(|held| held.answer == answer && held.until > now) {
            return Ok(vec![]);
        }
        let today = self.held_at.iter().filter(|at| now - **at < Duration::days(1)).count();
        if today >= HELD_A_DAY {
            return Err(Rejection::TooManyUnproved { max: HELD_A_DAY });
        }
        let (held, until) = (self.helds + 1, now + HOLDS);
        Ok(vec![Fact::AnswerHeld { guest, held, answer, at: now, until }])
    }

    fn propose(
        &self,
        guest: Guest,
        asked: Proposal,
        moment: &Moment,
    ) -> Result<Vec<Fact>, Rejection> {
        let Proposal { starts_at, ends_at, comment, answer, ours, .. } = asked;
        let last = self.last.map(|(sequence, stamp)| Version { sequence, stamp });
        let told = (asked.sequence, asked.stamped_at);
        let version = match order(last, ours, told, moment.now) {
            Order::Applied(version) => version,
            Order::Duplicate => return Ok(vec![]),
            Order::Stale | Order::AnsweredOldTime(_) => {
                return Err(Rejection::StaleReply {
                    sequence: asked.sequence.unwrap_or(ours.current).into(),
                    current: ours.current.into(),
                    answered_at: last.map(|last| last.stamp),
                });
            }
        };
        if self.open.is_some_and(|open| (open.starts_at, open.ends_at) == (starts_at, ends_at)) {
            return Ok(vec![]);
        }
        if ends_at <= starts_at || starts_at <= moment.now {
            return Err(Rejection::ProposedTimePassed {});
        }
        if self.proposals >= PROPOSALS_MAX {
            return Err(Rejection::TooManyProposals { max: PROPOSALS_MAX });
        }
        Ok(vec![Fact::TimeProposed {
            guest,
            proposal: self.proposals + 1,
            replaces: self.open.map(|open| open.proposal),
            starts_at,
            ends_at,
            comment,
            answer,
            sequence: version.sequence.into(),
            at: version.stamp,
        }])
    }
}

impl Decider for Asking {
    const STREAM: &'static str = "asking";
    type Command = (Guest, Command);
    type Fact = Fact;
    type Rejection = Rejection;

    fn decide(
        &self,
        (guest, command): (Guest, Command),
        moment: &Moment,
    ) -> Result<Vec<Fact>, Rejection> {
        match command {
            Command::Propose(proposal) => self.propose(guest, *proposal, moment),
            Command::Take { proposal } => {
                let (guest, open) = self.open(proposal)?;
                if open.starts_at <= moment.now {
                    return Err(Rejection::ProposedTimePassed {});
                }
                Ok(vec![Fact::ProposedTimeTaken { guest, proposal }])
            }
            Command::Decline { proposal, why } => {
                let (guest, Open { sequence, .. }) = self.open(proposal)?;
                Ok(vec![Fact::ProposedTimeDeclined { guest, proposal, sequence, why }])
            }
            Command::Resend => match self.resent_at {
                Some(at) if moment.now - at < RESEND_AFTER => Err(Rejection::ResentRecently { at }),
                _ => Ok(vec![Fact::InvitationResent { guest, at: moment.now }]),
            },
            Command::Hold { answer } => self.hold(guest, answer, moment.now),
            Command::Confirm { held } => {
                let (guest, _) = self.held(held, moment.now)?;
                Ok(vec![Fact::HeldAnswerConfirmed { guest, held }])
            }
            Command::Move { change, .. } if change <= self.moved => Ok(vec![]),
            Command::Move { change, from } => Ok(vec![Fact::GuestMoved { guest, change, from }]),
        }
    }

    fn evolve(&mut self, fact: &Fact) {
        self.guest = Some(*fact.guest());
        match fact {
            Fact::TimeProposed { proposal, starts_at, ends_at, sequence, at, .. } => {
                let (proposal, starts_at, ends_at, sequence) =
                    (*proposal, *starts_at, *ends_at, *sequence);
                self.proposals = proposal;
                self.open = Some(Open { proposal, starts_at, ends_at, sequence });
                self.last = u32::try_from(sequence).ok().map(|sequence| (sequence, *at));
            }
            Fact::ProposedTimeTaken { .. } | Fact::ProposedTimeDeclined { .. } => self.open = None,
            Fact::InvitationResent { at, .. } => self.resent_at = Some(*at),
            Fact::AnswerHeld { held, answer, at, until, .. } => {
                self.helds = *held;
                self.held = Some(Held { held: *held, answer: *answer, until: *until });
                if self.held_at.len() >= HELD_A_DAY {
                    self.held_at.remove(0);
                }
                self.held_at.push(*at);
            }
            Fact::HeldAnswerConfirmed { .. } => self.held = None,
            Fact::GuestMoved { change, .. } => self.moved = *change,
        }
    }
}
