//! What has happened to a series, as it is kept for ever.
//!
//! The names and shapes are a contract; a change of shape needs an upcaster.

use chrono::{NaiveDateTime, NaiveTime};
use kernel::Zone;
use serde::{Deserialize, Serialize};
use strum::VariantNames as _;

use crate::event::decider::Description;
use crate::event::{Capacity, EventId, Format, Mode, Venue};
use crate::issue::{IssueId, StakeholderId};

/// What all events of a series have in common from the beginning.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Idea {
    /// The issue they serve.
    pub issue: Option<IssueId>,
    /// Or the need they answer.
    pub need: Option<String>,
    /// What kind of meeting.
    pub format: Format,
    /// In a room or by a link.
    pub mode: Mode,
    /// Who receives people, if not the hub.
    pub host: Option<StakeholderId>,
    /// How many may come each time.
    pub capacity: Capacity,
    /// Whether people may wait when it is full.
    pub waitlist: bool,
}

/// When by the clock, and where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slot {
    /// From, as the clock shows.
    pub starts: NaiveTime,
    /// How long, in minutes on the wall.
    pub minutes: i64,
    /// The room.
    pub venue: Option<Venue>,
    /// The address of the meeting on line.
    pub link: Option<String>,
}

/// One date of a series, and the event it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// When it is meant to begin by the rule, on the wall. It stays the same when the event is moved:
    /// calendars know the date by it (RECURRENCE-ID, RFC 5545 §3.8.4.4).
    pub date: NaiveDateTime,
    /// The event.
    pub event: EventId,
}

/// What has happened to a series.
#[derive(
    Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
pub enum Fact {
    /// A rule was decided, with all its dates.
    SeriesPlanned {
        /// What its events have in common.
        idea: Idea,
        /// What is said about them.
        words: Description,
        /// How they come again, as `calendar::Rule` writes it.
        rule: String,
        /// The first date of the rule, on the wall.
        first: NaiveDateTime,
        /// Where that wall is.
        zone: Zone,
        /// When and where.
        slot: Slot,
        /// Dates of the rule that are left out.
        except: Vec<NaiveDateTime>,
        /// The others.
        dates: Vec<Planned>,
    },
    /// Everyone sees it.
    SeriesPublished {},
    /// It goes on for longer.
    SeriesExtended {
        /// How its events come again from now on.
        rule: String,
        /// The dates that were added.
        dates: Vec<Planned>,
        /// Its version in calendars.
        sequence: i64,
    },
    /// What is still to come has other words, another time of day, or another place.
    SeriesChanged {
        /// What is said about them now.
        words: Description,
        /// When and where now.
        slot: Slot,
        /// Its version in calendars.
        sequence: i64,
    },
    /// What was still to come does not take place.
    SeriesEnded {
        /// Why, for everyone to read.
        reason: String,
        /// Its version in calendars.
        sequence: i64,
    },
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = Self::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn tags(&self) -> Vec<String> {
        match self {
            Self::SeriesPlanned { idea, .. } => {
                idea.issue.iter().map(ToString::to_string).collect()
            }
            _ => Vec::new(),
        }
    }

    fn samples() -> Vec<Self> {
        let zone = Zone::parse("Europe/Amsterdam").unwrap_or_default();
        let day = chrono::NaiveDate::from_ymd_opt(2027, 1, 20).unwrap_or_default();
        let date = |hour| day.and_hms_opt(hour, 0, 0).unwrap_or_default();
        let starts = NaiveTime::from_hms_opt(17, 0, 0).unwrap_or_default();
        let venue = Venue { name: "The Commons".to_owned(), address: None, city: None, geo: None };
        let slot = Slot { starts, minutes: 60, venue: Some(venue), link: None };
        let words = Description {
            title: "Open hour".to_owned(),
            purpose: "Meet who works here".to_owned(),
            ..Description::default()
        };
        let issue = Some(kernel::testing::id(1));
        let idea = Idea { issue, format: Format::NetworkingHour, ..Idea::default() };
        let planned = Planned { date: date(17), event: kernel::testing::id(2) };
        let rule = "FREQ=WEEKLY;COUNT=2".to_owned();
        vec![
            Self::SeriesPlanned {
                idea,
                words: words.clone(),
                rule: rule.clone(),
                first: date(17),
                zone,
                slot: slot.clone(),
                except: vec![date(18)],
                dates: vec![planned],
            },
            Self::SeriesPublished {},
            Self::SeriesExtended { rule, dates: vec![planned], sequence: 1 },
            Self::SeriesChanged { words, slot, sequence: 2 },
            Self::SeriesEnded { reason: "the house closes".to_owned(), sequence: 3 },
        ]
    }
}
