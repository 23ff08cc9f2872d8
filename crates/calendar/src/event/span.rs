//! The two ends of an entry: days, instants, or times on a wall.

use chrono::{DateTime, NaiveDateTime};
use chrono_tz::Tz;

use super::When;
use crate::error::{Error, Named, Refusal};
use crate::guard::{Date, Lines, Utc, Wall};

/// One end, checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    Instant(Utc),
    Wall(Wall),
    Day(Date),
}

impl Moment {
    /// Checks the year and cuts fractions.
    pub(crate) fn new(when: When) -> Result<Self, Refusal> {
        Ok(match when {
            When::Utc(at) => Self::Instant(Utc::new(at)?),
            When::Local { wall, zone } => {
                let wall = Wall::new(wall, zone)?;
                if wall.is_utc() {
                    Self::Instant(Utc::new(wall.instant())?)
                } else {
                    Self::Wall(wall)
                }
            }
            When::Date(day) => Self::Day(Date::new(day)?),
        })
    }

    /// What is read back.
    pub(crate) fn when(self) -> When {
        match self {
            Self::Instant(at) => When::Utc(at.get()),
            Self::Wall(wall) => When::Local { wall: wall.clock(), zone: wall.zone() },
            Self::Day(day) => When::Date(day.get()),
        }
    }

    /// The instant; of a day, its beginning in UTC.
    pub(crate) fn instant(self) -> DateTime<chrono::Utc> {
        match self {
            Self::Instant(at) => at.get(),
            Self::Wall(wall) => wall.instant(),
            Self::Day(day) => NaiveDateTime::from(day.get()).and_utc(),
        }
    }

    /// What the clock shows in its own zone; of a day, midnight.
    pub(crate) fn clock(self) -> NaiveDateTime {
        match self {
            Self::Instant(at) => at.get().naive_utc(),
            Self::Wall(wall) => wall.clock(),
            Self::Day(day) => day.get().into(),
        }
    }

    /// Its own zone; UTC for instants and days.
    pub(crate) fn zone(self) -> Tz {
        match self {
            Self::Wall(wall) => wall.zone(),
            Self::Instant(_) | Self::Day(_) => Tz::UTC,
        }
    }

    pub(crate) fn write(self, name: &'static str, lines: &mut Lines) {
        match self {
            Self::Instant(at) => lines.utc(name, at),
            Self::Wall(wall) => lines.wall(name, wall),
            Self::Day(day) => lines.date(name, day),
        }
    }

    fn is_day(self) -> bool {
        matches!(self, Self::Day(_))
    }
}

/// Both ends, of one kind and zone, the second after the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: Moment,
    pub(crate) end: Moment,
}

impl Span {
    /// Checks both ends. Without a reason to keep the wall they become instants: UTC is the one
    /// form that every client reads alike.
    pub(crate) fn new(start: When, end: When, keeps_wall: bool) -> Result<Self, Error> {
        let read = |when| {
            let moment = Moment::new(when)?;
            if keeps_wall { Ok(moment) } else { crate::series::in_utc(moment) }
        };
        let (start, end) = (read(start).named("start")?, read(end).named("end")?);
        if start.is_day() != end.is_day() {
            return Err(Refusal::MixedKinds.of("end"));
        }
        if start.zone() != end.zone() {
            return Err(Refusal::MixedZones.of("end"));
        }
        // By the clock as well: a client that counts on the wall must see an end after the start.
        if end.instant() <= start.instant() || end.clock() <= start.clock() {
            return Err(Refusal::NotAfterStart.of("end"));
        }
        Ok(Self { start, end })
    }
}
