//! When and where an event is: wall time and zone as people said it, and the instants they mean.
//!
//! Both are kept in the facts: the wall time because a change of law moves the instant, the
//! instants because deadlines, feeds and timers compare nothing else. A local time that does not
//! exist, or happens twice, is refused here unless the caller chose.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use kernel::{LocalTimeFault, Zone, resolve};
use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, EnumString};

use super::decider::Rejection;

/// The last year an event may be in. Exported calendars are full of the year 2999, which means
/// “never”; no event is planned for longer than this.
pub const LAST_YEAR: i32 = 2200;

/// What kind of meeting it is.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    EnumIter,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
pub enum Format {
    /// Talks and meeting in the evening.
    Evening,
    /// Working on one thing together.
    Workshop,
    /// One person who knows teaches many who want to.
    Masterclass,
    /// A skill, practised.
    Training,
    /// Meeting people, and nothing else.
    NetworkingHour,
    /// The members of a house talk about the house.
    HouseMeeting,
    /// Teams build, against a clock.
    Hackathon,
    /// Anything else.
    #[default]
    Other,
}

/// Where one can take part.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    EnumIter,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
pub enum Mode {
    /// In a room.
    #[default]
    InPerson,
    /// By a link.
    Online,
    /// As one likes.
    Either,
}

/// A place on the map, WGS 84.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Geo {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// A room people can find.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Venue {
    /// What is written over the door.
    pub name: String,
    /// Street and number.
    pub address: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// Where that is.
    pub geo: Option<Geo>,
}

impl Venue {
    /// Whether both name the same place, letter case and spacing aside: correcting those asks
    /// nobody to decide again.
    pub fn same_place(&self, other: &Self) -> bool {
        let key = |venue: &Self| {
            let parts = [Some(&venue.name), venue.address.as_ref(), venue.city.as_ref()];
            parts.map(|part| part.map(|text| plain(text)).unwrap_or_default())
        };
        key(self) == key(other)
    }
}

/// Letters as they are compared: lower case, single spaces.
fn plain(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many may come. No limit and no places are different things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Capacity {
    /// As many as like.
    #[default]
    Unlimited,
    /// So many, perhaps none.
    Limited(u32),
}

impl Capacity {
    /// The places left when so many are held; all there can be when there is no limit.
    pub fn left(self, held: u32) -> u32 {
        match self {
            Self::Unlimited => u32::MAX,
            Self::Limited(places) => places.saturating_sub(held),
        }
    }

    /// The limit, if there is one.
    pub fn limit(self) -> Option<u32> {
        match self {
            Self::Unlimited => None,
            Self::Limited(places) => Some(places),
        }
    }
}

/// Which of the two instants is meant, in the hour the clocks repeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Display, EnumString)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
pub enum Fold {
    /// Before the clocks go back.
    Earlier,
    /// After it.
    Later,
}

/// What stays when the zone of an event is corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Display, EnumString)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
pub enum Keep {
    /// The time on the wall: the event moves.
    Wall,
    /// The moment: only its description changes.
    Instant,
}

/// From when to when. The end is not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// What the clock on the wall shows at the start.
    pub starts: NaiveDateTime,
    /// What it shows at the end.
    pub ends: NaiveDateTime,
    /// Where that wall is.
    pub zone: Zone,
    /// The instant of the start.
    pub starts_at: DateTime<Utc>,
    /// The instant of the end.
    pub ends_at: DateTime<Utc>,
    /// Whole days: the times of day are midnight and mean nothing (RFC 5545 §3.6.1, VALUE=DATE).
    #[serde(default)]
    pub all_day: bool,
    /// The choice that was made where the clocks repeat an hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fold: Option<Fold>,
}

impl When {
    /// The period between two wall times of a zone.
    ///
    /// # Errors
    /// `NonexistentLocalTime`, `AmbiguousLocalTime` when `fold` does not choose, `TooFarAway`,
    /// `EndBeforeStart`.
    pub fn between(
        starts: NaiveDateTime,
        ends: NaiveDateTime,
        zone: Zone,
        fold: Option<Fold>,
    ) -> Result<Self, Rejection> {
        near(starts.date())?;
        near(ends.date())?;
        let starts_at = instant("startsAt", starts, zone, fold)?;
        let ends_at = instant("endsAt", ends, zone, fold)?;
        if ends_at <= starts_at {
            return Err(Rejection::EndBeforeStart { starts_at: starts, ends_at: ends });
        }
        Ok(Self { starts, ends, zone, starts_at, ends_at, all_day: false, fold })
    }

    /// Whole days, the last not included.
    ///
    /// # Errors
    /// `TooFarAway`, `EndBeforeStart`.
    pub fn days(from: NaiveDate, until: NaiveDate, zone: Zone) -> Result<Self, Rejection> {
        near(from)?;
        near(until)?;
        let (starts, ends) = (from.and_time(NaiveTime::MIN), until.and_time(NaiveTime::MIN));
        if ends <= starts {
            return Err(Rejection::EndBeforeStart { starts_at: starts, ends_at: ends });
        }
        let (starts_at, ends_at) = (day_break(starts, zone), day_break(ends, zone));
        Ok(Self { starts, ends, zone, starts_at, ends_at, all_day: true, fold: None })
    }

    /// The same in another zone.
    ///
    /// # Errors
    /// As [`When::between`], for [`Keep::Wall`].
    pub fn moved_to(&self, zone: Zone, keep: Keep, fold: Option<Fold>) -> Result<Self, Rejection> {
        match keep {
            Keep::Wall if self.all_day => Self::days(self.starts.date(), self.ends.date(), zone),
            Keep::Wall => Self::between(self.starts, self.ends, zone, fold),
            Keep::Instant => Ok(Self {
                starts: zone.local(self.starts_at),
                ends: zone.local(self.ends_at),
                zone,
                fold: None,
                ..*self
            }),
        }
    }

    /// The same wall times under the zone rules of today's tables: an earlier choice is kept, and
    /// a time that has ceased to exist becomes the first one after the gap.
    #[must_use]
    pub fn rechecked(&self) -> Self {
        let again = |local: NaiveDateTime| match resolve(local, self.zone) {
            Ok(at) => at,
            Err(LocalTimeFault::Ambiguous { choices }) => pick(choices, self.fold),
            Err(LocalTimeFault::Nonexistent { .. }) => day_break(local, self.zone),
        };
        Self { starts_at: again(self.starts), ends_at: again(self.ends), ..*self }
    }

    /// Whether both begin and end at the same instants.
    pub fn same_instants(&self, other: &Self) -> bool {
        (self.starts_at, self.ends_at) == (other.starts_at, other.ends_at)
    }
}

fn near(date: NaiveDate) -> Result<(), Rejection> {
    if date.year() > LAST_YEAR || date.year() < 1 {
        return Err(Rejection::TooFarAway { year: date.year(), latest: LAST_YEAR });
    }
    Ok(())
}

fn pick([earlier, later]: [DateTime<Utc>; 2], fold: Option<Fold>) -> DateTime<Utc> {
    match fold {
        Some(Fold::Later) => later,
        Some(Fold::Earlier) | None => earlier,
    }
}

fn instant(
    field: &'static str,
    local: NaiveDateTime,
    zone: Zone,
    fold: Option<Fold>,
) -> Result<DateTime<Utc>, Rejection> {
    match resolve(local, zone) {
        Ok(at) => Ok(at),
        Err(LocalTimeFault::Nonexistent { before, after }) => {
            Err(Rejection::NonexistentLocalTime { input: field.to_owned(), before, after })
        }
        Err(LocalTimeFault::Ambiguous { choices }) if fold.is_some() => Ok(pick(choices, fold)),
        Err(LocalTimeFault::Ambiguous { choices }) => {
            Err(Rejection::AmbiguousLocalTime { input: field.to_owned(), local, choices })
        }
    }
}

/// A wall time that need not exist: some zones change their clocks at midnight.
fn day_break(local: NaiveDateTime, zone: Zone) -> DateTime<Utc> {
    match resolve(local, zone) {
        Ok(at) => at,
        Err(LocalTimeFault::Ambiguous { choices: [earlier, _] }) => earlier,
        // The first moment after the gap exists; were it not so, the wall time is taken as UTC.
        Err(LocalTimeFault::Nonexistent { after, .. }) => {
            resolve(after, zone).unwrap_or_else(|_fault| local.and_utc())
        }
    }
}
