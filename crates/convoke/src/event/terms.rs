//! The words in which an event is decided: where it may stand, what may be asked, why not.

use chrono::{DateTime, NaiveDateTime, Utc};
use kernel::{Personal, Zone};
use serde::{Deserialize, Serialize};

use super::SeriesId;
use super::when::{Fold, Format, Keep, Mode, Venue, When};
use crate::issue::{IssueId, StakeholderId};

/// Where an event stands.
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
    strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
pub enum Status {
    /// Nobody has proposed it.
    #[default]
    Unknown,
    /// An idea with a purpose, waiting for a curator.
    Proposed,
    /// A curator wants it.
    Accepted,
    /// It has a time.
    Scheduled,
    /// Everyone sees it and may register.
    Published,
    /// Everyone sees it; registration is closed.
    Closed,
    /// It is over.
    Ended,
    /// It is over and the curator has told what came of it.
    Reported,
    /// A curator did not want it.
    Declined,
    /// Its proposer took it back.
    Withdrawn,
    /// Put off without a new time.
    Postponed,
    /// It does not happen.
    Cancelled,
}

/// What is said about an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// Its name.
    pub title: String,
    /// What it is for, in one sentence or two.
    pub purpose: String,
    /// The rest, in several paragraphs.
    pub description: String,
    /// How to get in: steps, lifts, loops, quiet rooms, languages.
    pub access_info: String,
}

/// A time and a place that were asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// From, on the wall.
    pub starts: NaiveDateTime,
    /// Until, on the wall.
    pub ends: NaiveDateTime,
    /// Where that wall is.
    pub zone: Zone,
    /// Which instant, should the clocks show that time twice.
    pub fold: Option<Fold>,
    /// The room.
    pub venue: Option<Venue>,
    /// The address of the meeting on line.
    pub link: Option<String>,
}

/// What a curator tells when it is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// How many people came.
    pub attendance: u32,
    /// From how many organisations.
    pub organisations: u32,
    /// Who should have been there and was not.
    pub who_was_missing: String,
}

/// What may be asked of an event.
#[derive(Clone, Debug)]
pub enum Command {
    /// An idea; its issue has been checked.
    Propose(Proposal),
    /// A time and a place with the idea.
    Suggest {
        /// From when to when.
        when: When,
        /// The room.
        venue: Option<Venue>,
        /// The address of the meeting on line.
        link: Option<String>,
    },
    /// It is a date of a series.
    Join {
        /// Which series.
        series: SeriesId,
        /// When it is meant to begin by the rule, on the wall.
        date: NaiveDateTime,
    },
    /// Yes to the idea.
    Accept,
    /// No to the idea.
    Decline {
        /// Why.
        reason: Personal<String>,
    },
    /// The proposer changed her mind.
    Withdraw,
    /// Other words.
    Describe(Description),
    /// A time and a place, before publication.
    Schedule(Schedule),
    /// Show it to everyone.
    Publish,
    /// Another time or place, after publication.
    Reschedule(Schedule),
    /// The zone was wrong.
    ChangeZone {
        /// The right one.
        zone: Zone,
        /// What stays.
        keep: Keep,
        /// Which instant, should the clocks show that time twice.
        fold: Option<Fold>,
    },
    /// The zone tables may have changed.
    Recheck,
    /// Not now; when is not known.
    Postpone,
    /// Not at all.
    Cancel {
        /// Why, for everyone to read.
        reason: String,
    },
    /// After all.
    Reinstate,
    /// Let people register.
    OpenRegistration,
    /// No more of them.
    CloseRegistration,
    /// The end has come.
    End,
    /// What came of it.
    Report(Report),
}

/// An idea for an event.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The issue it serves.
    pub issue: Option<IssueId>,
    /// Or the need it answers.
    pub need: Option<String>,
    /// Its name.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// What kind of meeting.
    pub format: Format,
    /// In a room or by a link.
    pub mode: Mode,
    /// Who receives people, if not the hub.
    pub host: Option<StakeholderId>,
}

/// Why something cannot be done with an event.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error, strum::VariantNames)]
#[expect(missing_docs, reason = "each says its rule; the fields are the figures that decided")]
pub enum Rejection {
    #[error("there is no such event")]
    UnknownEvent {},
    #[error("an event serves an issue or answers a need, and names it")]
    PurposeMissing {},
    #[error("the issue {issue} is not active")]
    IssueNotActive { issue: IssueId },
    #[error("not possible for an event that is {is}")]
    WrongState { is: Status },
    #[error("only who proposed it, or a curator, may take it back")]
    NotYourProposal {},
    #[error("it would end ({ends_at}) before it starts ({starts_at})")]
    EndBeforeStart { starts_at: NaiveDateTime, ends_at: NaiveDateTime },
    #[error("that local time does not exist: the clocks jump from {before} to {after}")]
    NonexistentLocalTime { input: String, before: NaiveDateTime, after: NaiveDateTime },
    #[error("{local} happens twice: say which is meant with fold")]
    AmbiguousLocalTime { input: String, local: NaiveDateTime, choices: [DateTime<Utc>; 2] },
    #[error("the year {year} is too far away; {latest} is the last")]
    TooFarAway { year: i32, latest: i32 },
    #[error("it needs a room to come to, or a link ({mode})")]
    NoRoomOrLink { mode: Mode },
    #[error("it is over")]
    AlreadyEnded {},
    #[error("it is cancelled")]
    AlreadyCancelled {},
    #[error("it is not over yet")]
    NotEnded { ends_at: Option<DateTime<Utc>> },
    #[error("the report lacks {missing:?}")]
    ReportIncomplete { missing: Vec<String> },
}
impl kernel::Rejection for Rejection {}
