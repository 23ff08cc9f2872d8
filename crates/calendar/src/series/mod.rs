//! An entry that comes again: its dates, and what is different about some of them.
//!
//! A series is told as one master with a rule and, for dates that were changed, versions with a
//! RECURRENCE-ID (RFC 5545 §3.8.4.4). Its times are what the clock on the wall shows, so a meeting
//! at six stays at six when the clocks change. It refuses a series without end, one whose first
//! date is not among its own, and a version of a date it does not have.

mod dates;
mod pattern;
mod rule;

use std::ops::Range;

use chrono::{DateTime, NaiveDateTime, TimeDelta};

use crate::error::{Error, Named, Refusal};
use crate::event::{Event, Moment, Status, When};
use crate::guard::{Utc, Wall};
use crate::read::Time;

pub(crate) use dates::in_month;
pub(crate) use pattern::Pattern;
pub use pattern::{DATES_MAX, Repeats, YEARS_MAX};
pub(crate) use rule::short;
pub use rule::{Ends, Frequency, Rule};

/// A series whose dates and versions fit together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    master: Event,
    pattern: Pattern,
    versions: Vec<(NaiveDateTime, Event)>,
}

/// One date of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// Which one: when it would begin by the rule. Stays the same when the date is moved.
    pub id: When,
    /// When it begins; of a day, its beginning in UTC.
    pub starts_at: DateTime<chrono::Utc>,
    /// When it is over.
    pub ends_at: DateTime<chrono::Utc>,
    /// Whether it takes place.
    pub status: Status,
    /// Whether something about it differs from the others.
    pub is_changed: bool,
}

impl Series {
    /// Puts a master and the versions of single dates together; versions are sorted by date.
    ///
    /// # Errors
    /// A master that does not repeat, a version with another identity or without a date, a date
    /// the master does not have, two versions of one date.
    pub fn new(master: Event, versions: Vec<Event>) -> Result<Self, Error> {
        let pattern = master.pattern().ok_or(Refusal::NotARule.of("repeats"))?.clone();
        let dates = pattern.clocks();
        let mut known: Vec<(NaiveDateTime, Event)> = Vec::with_capacity(versions.len());
        for version in versions {
            let id = version.occurrence_moment().filter(|_| version.uid() == master.uid());
            let id = id.ok_or(Refusal::NotOfThisSeries.of("occurrence"))?;
            let clock = clock_of(id, &master).filter(|clock| dates.binary_search(clock).is_ok());
            let clock = clock.ok_or(Refusal::NotOneOfItsDates.of("occurrence"))?;
            if known.iter().any(|(other, _)| *other == clock) {
                return Err(Refusal::Repeated.of("occurrence"));
            }
            known.push((clock, version));
        }
        known.sort_by_key(|(clock, _)| *clock);
        Ok(Self { master, pattern, versions: known })
    }

    /// What all dates have in common.
    pub fn master(&self) -> &Event {
        &self.master
    }

    /// The dates that differ, in order.
    pub fn versions(&self) -> impl Iterator<Item = &Event> {
        self.versions.iter().map(|(_, event)| event)
    }

    /// The rendered VEVENTs, the master first, to be kept and put into feeds.
    pub fn fragment(&self) -> String {
        let mut text = crate::event::fragment(&self.master);
        for version in self.versions() {
            text.push_str(&crate::event::fragment(version));
        }
        text
    }

    /// The dates that overlap a window, in the order they begin; at most `count_max`.
    ///
    /// ```
    /// use calendar::{Event, EventValues, Repeats, Series, When};
    /// # fn wall(text: &str) -> chrono::NaiveDateTime { text.parse().expect("a time") }
    /// # fn at(text: &str) -> chrono::DateTime<chrono::Utc> { text.parse().expect("an instant") }
    ///
    /// let zone = chrono_tz::Europe::London;
    /// let local = |text| When::Local { wall: wall(text), zone };
    /// let mut values = EventValues::new(
    ///     "event_1@hub.example",
    ///     at("2026-02-01T09:00:00Z"),
    ///     local("2026-03-23T18:00:00"),
    ///     local("2026-03-23T19:00:00"),
    /// );
    /// values.summary = "Networking hour".into();
    /// values.repeats = Some(Repeats::new("FREQ=WEEKLY;COUNT=8".parse().expect("a rule")));
    /// let series = Series::new(Event::new(&values).expect("clean values"), vec![]);
    /// let series = series.expect("a series");
    ///
    /// let window = at("2026-03-01T00:00:00Z")..at("2026-04-01T00:00:00Z");
    /// let starts: Vec<String> =
    ///     series.occurrences(&window, 10).iter().map(|o| o.starts_at.to_string()).collect();
    /// // The clocks change on 29 March; the hour stays at six.
    /// assert_eq!(starts, ["2026-03-23 18:00:00 UTC", "2026-03-30 17:00:00 UTC"]);
    /// ```
    pub fn occurrences(
        &self,
        window: &Range<DateTime<chrono::Utc>>,
        count_max: usize,
    ) -> Vec<Occurrence> {
        let all = self.pattern.clocks();
        let mut found: Vec<Occurrence> = all
            .into_iter()
            .map(|clock| self.at(clock))
            .filter(|date| date.starts_at < window.end && date.ends_at > window.start)
            .collect();
        found.sort_by_key(|date| date.starts_at);
        found.truncate(count_max);
        found
    }

    /// Which of our dates a RECURRENCE-ID from outside means; `None` when it is none of ours. A
    /// time without a zone we know is taken for one in the series' own.
    pub fn find(&self, id: &Time) -> Option<When> {
        let zone = self.master.zone();
        let clock = match (id, self.master.start()) {
            (Time::Date(day), When::Date(_)) => (*day).into(),
            (Time::Utc(at), When::Utc(_) | When::Local { .. }) => local(*at, zone),
            (Time::Local { wall, zone: name }, When::Utc(_) | When::Local { .. }) => {
                match name.as_deref().and_then(crate::read::zone) {
                    Some(known) if known != zone => {
                        local(crate::guard::instant(*wall, known), zone)
                    }
                    _ => *wall,
                }
            }
            _ => return None,
        };
        self.pattern.clocks().binary_search(&clock).ok().map(|_at| self.when(clock))
    }

    /// One date as an entry of its own, to be requested or cancelled by itself: with a
    /// RECURRENCE-ID, its times in UTC, so that the message needs no VTIMEZONE.
    ///
    /// # Errors
    /// When the series has no such date.
    pub fn one(&self, id: When) -> Result<Event, Error> {
        let none = || Refusal::NotOneOfItsDates.of("occurrence");
        let id = Moment::new(id).named("occurrence")?;
        let clock = clock_of(id, &self.master).ok_or_else(none)?;
        if let Some((_, version)) = self.versions.iter().find(|(other, _)| *other == clock) {
            return version.alone(version.start_moment(), version.end_moment(), id);
        }
        if self.pattern.clocks().binary_search(&clock).is_err() {
            return Err(none());
        }
        let (start, end) = self.span(clock)?;
        self.master.alone(start, end, id)
    }

    /// Both ends of a date by the rule.
    fn span(&self, clock: NaiveDateTime) -> Result<(Moment, Moment), Error> {
        let start = Moment::new(self.when(clock)).named("start")?;
        let end = match start {
            Moment::Day(day) => {
                let length = self.master.end_moment().clock() - self.master.start_moment().clock();
                Moment::new(When::Date((day.get() + length).max(day.get())))
            }
            Moment::Instant(_) | Moment::Wall(_) => {
                Moment::new(When::Utc(start.instant() + self.length()))
            }
        };
        Ok((start, end.named("end")?))
    }

    /// How long each date lasts, by the watch.
    fn length(&self) -> TimeDelta {
        self.master.end_moment().instant() - self.master.start_moment().instant()
    }

    fn at(&self, clock: NaiveDateTime) -> Occurrence {
        let version = self.versions.iter().find(|(other, _)| *other == clock);
        let id = self.when(clock);
        if let Some((_, event)) = version {
            return Occurrence {
                id,
                starts_at: event.start_moment().instant(),
                ends_at: event.end_moment().instant(),
                status: event.status(),
                is_changed: true,
            };
        }
        let starts_at = match self.master.start() {
            When::Date(_) => clock.and_utc(),
            When::Utc(_) | When::Local { .. } => crate::guard::instant(clock, self.master.zone()),
        };
        let ends_at = starts_at + self.length();
        Occurrence { id, starts_at, ends_at, status: self.master.status(), is_changed: false }
    }

    /// A date of the series in the form its start has.
    fn when(&self, clock: NaiveDateTime) -> When {
        match self.master.start() {
            When::Date(_) => When::Date(clock.date()),
            When::Utc(_) => When::Utc(clock.and_utc()),
            When::Local { zone, .. } => When::Local { wall: clock, zone },
        }
    }
}

/// What the clock of the series shows at this moment; `None` for a day of a timed series and the
/// other way round.
fn clock_of(id: Moment, master: &Event) -> Option<NaiveDateTime> {
    match (id, master.start_moment()) {
        (Moment::Day(day), Moment::Day(_)) => Some(day.get().into()),
        (Moment::Day(_), _) | (_, Moment::Day(_)) => None,
        (Moment::Wall(wall), Moment::Wall(own)) if wall.zone() == own.zone() => Some(wall.clock()),
        (moment, _) => Some(local(moment.instant(), master.zone())),
    }
}

fn local(at: DateTime<chrono::Utc>, zone: chrono_tz::Tz) -> NaiveDateTime {
    at.with_timezone(&zone).naive_local()
}

/// A moment in UTC; days stay days.
pub(crate) fn in_utc(moment: Moment) -> Result<Moment, Refusal> {
    match moment {
        Moment::Wall(wall) => Ok(Moment::Instant(Utc::new(Wall::instant(wall))?)),
        Moment::Instant(_) | Moment::Day(_) => Ok(moment),
    }
}

#[cfg(test)]
mod tests;
