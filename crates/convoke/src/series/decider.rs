//! What may happen to a series: planned, published, extended, changed, ended.
//!
//! A series holds the rule and its dates; each date is an event of its own, with its own page,
//! desk and answers. The rules are a closed set, each with an end, and at most a year of weeks is planned
//! ahead; who wants more extends. Calendars know the series as one thing, so it has a `sequence`
//! of its own (RFC 5546 §2.1.4).

use std::collections::{BTreeMap, BTreeSet};

use calendar::{Repeats, Rule};
use chrono::{Duration, NaiveDateTime};
use kernel::{Decider, Moment, Zone};
use serde::{Deserialize, Serialize};

use super::fact::{Fact, Idea, Planned, Slot};
use crate::event::EventId;
use crate::event::decider::Description;

/// Most dates planned ahead: a year of weeks.
pub const AHEAD_MAX: usize = 53;

/// Where a series stands.
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
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Stage {
    /// Nobody planned it.
    #[default]
    Unknown,
    /// It has its dates; nobody outside sees it.
    Scheduled,
    /// Everyone sees it.
    Published,
    /// Nothing more is to come.
    Ended,
}

/// A new series.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What its events have in common.
    pub idea: Idea,
    /// What is said about them.
    pub words: Description,
    /// How they come again.
    pub rule: String,
    /// The first date, on the wall.
    pub first: NaiveDateTime,
    /// Where that wall is.
    pub zone: Zone,
    /// When and where.
    pub slot: Slot,
    /// Dates of the rule that are left out.
    pub except: Vec<NaiveDateTime>,
    /// The ids its events get, in order; those that are too many are not used.
    pub events: Vec<EventId>,
}

/// What may be asked of a series.
#[derive(Clone, Debug)]
pub enum Command {
    /// A rule and its dates.
    Plan(Box<Plan>),
    /// Show it to everyone.
    Publish,
    /// Let it go on for longer.
    Extend {
        /// The same rule with a later end.
        rule: String,
        /// The ids the new events get, in order.
        events: Vec<EventId>,
    },
    /// Other words, another time of day, another place for what is to come.
    Change {
        /// What is said.
        words: Description,
        /// When and where.
        slot: Slot,
    },
    /// Nothing more takes place.
    End {
        /// Why.
        reason: String,
    },
}

/// Why something cannot be done with a series.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error, strum::VariantNames)]
#[expect(missing_docs, reason = "each says its rule; the fields are the figures that decided")]
pub enum Rejection {
    #[error("there is no such series")]
    UnknownSeries {},
    #[error("the rule {rule} is none of ours")]
    RuleInvalid { rule: String },
    #[error("the rule {rule} has no date on {date}, on which it begins")]
    NotItsFirstDate { rule: String, date: NaiveDateTime },
    #[error("{date} is no date of the series")]
    NotOneOfItsDates { date: NaiveDateTime },
    #[error("{dates} dates; {max} may be planned ahead")]
    TooManyDates { dates: usize, max: usize },
    #[error("no date is left")]
    NoDateLeft {},
    #[error("the rule {rule} adds no date")]
    NoDateAdded { rule: String },
    #[error("the series is over")]
    SeriesOver {},
    #[error("the series is not published")]
    SeriesNotPublished {},
    #[error("nothing of the series is still to come")]
    NothingToCome {},
}
impl kernel::Rejection for Rejection {}

/// One series, as its own rules see it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Series {
    stage: Stage,
    idea: Idea,
    words: Description,
    rule: String,
    first: Option<NaiveDateTime>,
    zone: Zone,
    slot: Option<Slot>,
    except: BTreeSet<NaiveDateTime>,
    dates: BTreeMap<NaiveDateTime, EventId>,
    sequence: i64,
}

impl Series {
    /// Where it stands.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// What its events have in common.
    pub fn idea(&self) -> &Idea {
        &self.idea
    }

    /// What is said about them.
    pub fn words(&self) -> &Description {
        &self.words
    }

    /// Where its wall is.
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// When and where.
    pub fn slot(&self) -> Option<&Slot> {
        self.slot.as_ref()
    }

    /// Its dates, in order, each with its event.
    pub fn dates(&self) -> impl Iterator<Item = Planned> + '_ {
        self.dates.iter().map(|(date, event)| Planned { date: *date, event: *event })
    }

    fn living(&self) -> Result<&Slot, Rejection> {
        match (self.stage, &self.slot) {
            (Stage::Ended, _) => Err(Rejection::SeriesOver {}),
            (Stage::Unknown, _) | (_, None) => Err(Rejection::UnknownSeries {}),
            (Stage::Scheduled | Stage::Published, Some(slot)) => Ok(slot),
        }
    }

    /// The version after a change: moved only once calendars know it.
    fn moved(&self) -> i64 {
        self.sequence + i64::from(self.stage == Stage::Published)
    }

    fn plan(&self, plan: Plan) -> Result<Vec<Fact>, Rejection> {
        if self.stage != Stage::Unknown {
            return Err(Rejection::SeriesOver {});
        }
        let Plan { idea, words, rule, first, zone, slot, except, events } = plan;
        let all = dates_of(&rule, first, zone)?;
        if let Some(date) = except.iter().find(|date| !all.contains(date)) {
            return Err(Rejection::NotOneOfItsDates { date: *date });
        }
        let left: Vec<_> = all.into_iter().filter(|date| !except.contains(date)).collect();
        if left.is_empty() {
            return Err(Rejection::NoDateLeft {});
        }
        let dates = planned(left, events)?;
        Ok(vec![Fact::SeriesPlanned { idea, words, rule, first, zone, slot, except, dates }])
    }

    fn extend(
        &self,
        rule: String,
        events: Vec<EventId>,
        moment: &Moment,
    ) -> Result<Vec<Fact>, Rejection> {
        self.living()?;
        let first = self.first.ok_or(Rejection::UnknownSeries {})?;
        let all = dates_of(&rule, first, self.zone)?;
        // A rule that has lost a date is another rule.
        let is_longer = self.dates.keys().chain(&self.except).all(|date| all.contains(date));
        let known =
            |date: &NaiveDateTime| self.dates.contains_key(date) || self.except.contains(date);
        let now = self.zone.local(moment.now);
        let fresh: Vec<_> =
            all.iter().copied().filter(|date| !known(date) && *date > now).collect();
        if !is_longer || fresh.is_empty() {
            return Err(Rejection::NoDateAdded { rule });
        }
        let ahead = self.dates.keys().filter(|date| **date > now).count() + fresh.len();
        if ahead > AHEAD_MAX {
            return Err(Rejection::TooManyDates { dates: ahead, max: AHEAD_MAX });
        }
        let dates = planned(fresh, events)?;
        Ok(vec![Fact::SeriesExtended { rule, dates, sequence: self.moved() }])
    }

    fn change(&self, words: Description, slot: Slot) -> Result<Vec<Fact>, Rejection> {
        let now = self.living()?;
        if *now == slot && self.words == words {
            return Ok(vec![]);
        }
        Ok(vec![Fact::SeriesChanged { words, slot, sequence: self.moved() }])
    }
}

/// All dates of a rule, on the wall.
fn dates_of(rule: &str, first: NaiveDateTime, zone: Zone) -> Result<Vec<NaiveDateTime>, Rejection> {
    let known: Rule =
        rule.parse().map_err(|_refusal| Rejection::RuleInvalid { rule: rule.to_owned() })?;
    let start = calendar::When::Local { wall: first, zone: zone.tz() };
    Repeats::new(known).clocks(start).map_err(|cause| match cause.refusal {
        calendar::Refusal::TooManyDates { dates_max, .. } => {
            Rejection::TooManyDates { dates: dates_max + 1, max: AHEAD_MAX }
        }
        calendar::Refusal::NotItsFirstDate => {
            Rejection::NotItsFirstDate { rule: rule.to_owned(), date: first }
        }
        _ => Rejection::RuleInvalid { rule: rule.to_owned() },
    })
}

fn planned(dates: Vec<NaiveDateTime>, events: Vec<EventId>) -> Result<Vec<Planned>, Rejection> {
    let count = dates.len();
    if count > AHEAD_MAX || count > events.len() {
        return Err(Rejection::TooManyDates { dates: count, max: AHEAD_MAX });
    }
    Ok(dates.into_iter().zip(events).map(|(date, event)| Planned { date, event }).collect())
}

impl Slot {
    /// From when to when it is on the day of this date.
    pub fn on(&self, date: NaiveDateTime) -> (NaiveDateTime, NaiveDateTime) {
        let starts = date.date().and_time(self.starts);
        (starts, starts + Duration::minutes(self.minutes))
    }
}

impl Decider for Series {
    const STREAM: &'static str = "series";
    type Command = Command;
    type Fact = Fact;
    type Rejection = Rejection;

    fn decide(&self, command: Command, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        match command {
            Command::Plan(plan) => self.plan(*plan),
            Command::Publish => match self.stage {
                Stage::Published => Ok(vec![]),
                _ => self.living().map(|_slot| vec![Fact::SeriesPublished {}]),
            },
            Command::Extend { rule, events } => self.extend(rule, events, moment),
            Command::Change { words, slot } => self.change(words, slot),
            Command::End { reason } => {
                self.living()?;
                Ok(vec![Fact::SeriesEnded { reason, sequence: self.moved() }])
            }
        }
    }

    fn evolve(&mut self, fact: &Fact) {
        match fact {
            Fact::SeriesPlanned { idea, words, rule, first, zone, slot, except, dates } => {
                self.stage = Stage::Scheduled;
                self.idea = idea.clone();
                self.words = words.clone();
                self.rule.clone_from(rule);
                self.first = Some(*first);
                self.zone = *zone;
                self.slot = Some(slot.clone());
                self.except = except.iter().copied().collect();
                self.learn(dates);
            }
            Fact::SeriesPublished {} => self.stage = Stage::Published,
            Fact::SeriesExtended { rule, dates, sequence } => {
                self.rule.clone_from(rule);
                self.sequence = *sequence;
                self.learn(dates);
            }
            Fact::SeriesChanged { words, slot, sequence } => {
                self.words = words.clone();
                self.slot = Some(slot.clone());
                self.sequence = *sequence;
            }
            Fact::SeriesEnded { sequence, .. } => {
                self.stage = Stage::Ended;
                self.sequence = *sequence;
            }
        }
    }
}

impl Series {
    fn learn(&mut self, dates: &[Planned]) {
        self.dates.extend(dates.iter().map(|planned| (planned.date, planned.event)));
    }
}
