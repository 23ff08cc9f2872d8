//! A series as calendars are told of it: one entry with a rule, and a version for each date that
//! differs (RFC 5545 §3.8.4.4, §3.8.5).
//!
//! Every date is an event with a row of its own. Those that are as the series says need no word;
//! one that was moved, renamed or called off is a version with RECURRENCE-ID, and one that nobody
//! may see is left out by EXDATE. The rule keeps the times it was planned with, so that a date is
//! known by the same RECURRENCE-ID for ever: a change of all that is to come is a version of each.
//!
//! Whoever has a place at one date alone gets that date as an event by itself, with its own UID and
//! RELATED-TO: a lone RECURRENCE-ID without its series is what several calendars lose.

use std::collections::{BTreeMap, HashMap};

use calendar::{EventValues, Repeats, When};
use chrono::{DateTime, Days, NaiveDateTime, Utc};
use journal::{Db, instant};
use kernel::Zone;

use super::draft::Piece;
use super::entry::{self, Around, Detail, uid};
use crate::app::App;
use crate::app::scalars::{parse_local, write_local};
use crate::event::Status;
use crate::event::view::EventRow;
use crate::series::view::{SeriesRow, events_of, series_by_id};
use crate::text::Text;

/// How long a date that was called off is still shown as such once it is over.
const CANCELLED_DAYS: u64 = 30;

/// A series with all its events, in the order of their dates.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// The series.
    pub(crate) row: SeriesRow,
    /// Its events, those that nobody may see included.
    pub(crate) events: Vec<EventRow>,
    /// When the nearest of the events that were folded into it begins.
    pub(crate) starts_at: i64,
}

/// Takes the dates of series out of a list of events, each series once. A series of which the
/// rows are gone, or cannot be told as one, stays as its events.
///
/// # Errors
/// When the database is out of reach.
pub(crate) async fn fold(
    db: &Db,
    rows: Vec<EventRow>,
) -> journal::Result<(Vec<EventRow>, Vec<Told>)> {
    let mut first: BTreeMap<String, i64> = BTreeMap::new();
    for row in &rows {
        if let Some(series) = &row.series {
            first.entry(series.clone()).or_insert(row.starts_at.unwrap_or_default());
        }
    }
    if first.is_empty() {
        return Ok((rows, vec![]));
    }
    let ids: Vec<String> = first.keys().cloned().collect();
    let mut events: HashMap<String, Vec<EventRow>> = HashMap::new();
    for event in events_of(db, &ids).await? {
        events.entry(event.series.clone().unwrap_or_default()).or_default().push(event);
    }
    let told: Vec<Told> = series_by_id(db, &ids)
        .await?
        .into_iter()
        .map(|row| {
            let starts_at = first.get(&row.id).copied().unwrap_or_default();
            let events = events.remove(&row.id).unwrap_or_default();
            Told { row, events, starts_at }
        })
        .collect();
    let is_told =
        |event: &EventRow| told.iter().any(|one| Some(&one.row.id) == event.series.as_ref());
    let rows = rows.into_iter().filter(|row| !is_told(row)).collect();
    Ok((rows, told))
}

impl Told {
    /// All that its bytes are made of, beside the words around it.
    pub(crate) fn version(&self, now: DateTime<Utc>) -> String {
        let events = self.events.iter().map(|event| event.changed_position).max();
        let day = now.date_naive();
        format!("{} {} {} {day}", self.row.id, self.row.changed_position, events.unwrap_or(0))
    }

    /// Whether this date's letter tells of what was done to the whole series: the first of the dates
    /// it was done to that the reader is asked to. `None` when what was done to the date was done
    /// to it alone.
    pub(crate) fn is_first_told(
        &self,
        event: &EventRow,
        is_cancelled: bool,
        is_asked_to: impl Fn(&str) -> bool,
    ) -> Option<bool> {
        let done = if is_cancelled { self.row.ended_at } else { self.row.told_at };
        let with_it = |event: &EventRow| {
            // A change that moves no SEQUENCE has no letter of its own.
            let at = if is_cancelled { event.cancelled_at } else { event.moved_at };
            done.is_some() && at == done
        };
        if !with_it(event) {
            return None;
        }
        let first = self.events.iter().find(|other| with_it(other) && is_asked_to(&other.id));
        first.map(|first| first.id == event.id)
    }

    /// When a date is meant to begin by the rule.
    pub(crate) fn date_of(&self, event: &EventRow) -> Option<When> {
        let zone = Zone::parse(&self.row.zone)?;
        Some(local(parse_local(event.series_date.as_deref()?)?, zone))
    }

    /// The event a RECURRENCE-ID from outside means.
    pub(crate) fn meant(&self, at: DateTime<Utc>) -> Option<&EventRow> {
        let date = write_local(Zone::parse(&self.row.zone)?.local(at));
        self.events.iter().find(|event| event.series_date.as_deref() == Some(date.as_str()))
    }

    /// The series as it is offered to a person, stamped with the time of the message: without the
    /// dates that do not take place, which nobody can be asked to.
    pub(crate) fn offered(
        &self,
        around: &Around<'_>,
        stamp: DateTime<Utc>,
        without_cancelled: bool,
    ) -> Option<calendar::Series> {
        let mut told = self.clone();
        if without_cancelled {
            told.events.retain(|event| event.status() != Status::Cancelled);
        }
        let series = told.series(Detail::Full, around, stamp)?;
        let master = series.master().stamped(stamp).ok()?;
        let versions: Result<Vec<_>, _> =
            series.versions().map(|version| version.stamped(stamp)).collect();
        calendar::Series::new(master, versions.ok()?).ok()
    }

    /// The series with its versions; `None` when nobody may see any of it, or no calendar can
    /// carry it.
    pub(crate) fn series(
        &self,
        detail: Detail,
        around: &Around<'_>,
        now: DateTime<Utc>,
    ) -> Option<calendar::Series> {
        let (row, first) = (&self.row, self.row.first()?);
        let zone = Zone::parse(&row.zone)?;
        let rule = row.rule.parse().ok()?;
        let whole = Repeats::new(rule);
        let dates = whole.clocks(local(first, zone)).ok()?;
        let shown: BTreeMap<NaiveDateTime, &EventRow> = self
            .events
            .iter()
            .filter(|event| event.is_public() && !is_forgotten(event, now))
            .filter_map(|event| Some((parse_local(event.series_date.as_deref()?)?, event)))
            .filter(|(date, _)| dates.contains(date))
            .collect();
        let sample = shown.values().next()?;
        let except = dates.iter().filter(|date| !shown.contains_key(*date)).copied().collect();
        let mut values = self.master(sample, &shown, detail, around)?;
        values.start = local(first, zone);
        values.end = local(parse_local(&row.ends)?, zone);
        values.repeats = Some(Repeats { except, ..whole });
        let master = event_of(&values)?;
        let versions = shown
            .iter()
            .filter(|(date, event)| !self.is_as_planned(**date, event))
            .filter_map(|(date, event)| self.version_of((*date, event), zone, detail, around))
            .collect();
        calendar::Series::new(master, versions)
            .inspect_err(|cause| tracing::warn!(series = row.id, %cause, "no calendar entry"))
            .ok()
    }

    /// What all dates have in common, in the words of an event that says just that.
    fn master(
        &self,
        sample: &EventRow,
        shown: &BTreeMap<NaiveDateTime, &EventRow>,
        detail: Detail,
        around: &Around<'_>,
    ) -> Option<EventValues> {
        let slot = self.row.slot()?;
        // A date that comes to be seen is one EXDATE less.
        let seen = shown.values().filter_map(|event| event.published_at).max();
        let row = EventRow {
            status: Status::Published.to_string(),
            title: self.row.title.clone(),
            purpose: Some(self.row.purpose.clone()),
            description: Some(self.row.description.clone()),
            access_info: Some(self.row.access_info.clone()),
            city: slot.venue.as_ref().and_then(|venue| venue.city.clone()),
            venue: slot.venue.as_ref().and_then(|venue| serde_json::to_string(venue).ok()),
            link: slot.link,
            sequence: Some(self.row.sequence),
            published_at: self.row.published_at.or(sample.published_at),
            changed_at: self.row.changed_at.max(seen.unwrap_or_default()),
            cancel_reason: None,
            ..sample.clone()
        };
        let mut values = entry::values(&row, detail, around)?;
        values.uid = uid(around.settings, &self.row.id);
        values.related_to = None;
        Some(values)
    }

    /// A date that differs from what the series says of it.
    fn version_of(
        &self,
        (date, event): (NaiveDateTime, &EventRow),
        zone: Zone,
        detail: Detail,
        around: &Around<'_>,
    ) -> Option<calendar::Event> {
        let mut values = entry::values(event, detail, around)?;
        let own = Zone::parse(event.zone.as_deref()?)?;
        values.uid = uid(around.settings, &self.row.id);
        values.related_to = None;
        values.start = local(parse_local(event.starts.as_deref()?)?, own);
        values.end = local(parse_local(event.ends.as_deref()?)?, own);
        values.occurrence = Some(local(date, zone));
        // Never below that of the series: a program takes the higher one for the newer.
        let sequence = self.row.sequence + event.sequence.unwrap_or(0);
        values.sequence = u32::try_from(sequence).unwrap_or_default();
        event_of(&values)
    }

    fn is_as_planned(&self, date: NaiveDateTime, event: &EventRow) -> bool {
        let row = &self.row;
        let (Some(first), Some(ends)) = (row.first(), parse_local(&row.ends)) else { return false };
        let slot = row.slot();
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let goes_on = matches!(
            event.status(),
            Status::Published | Status::Closed | Status::Ended | Status::Reported
        );
        goes_on
            && event.starts.as_deref() == Some(write_local(date).as_str())
            && event.ends.as_deref() == Some(write_local(date + (ends - first)).as_str())
            && event.zone.as_deref() == Some(row.zone.as_str())
            && event.title == row.title
            && text(&event.purpose) == row.purpose
            && text(&event.description) == row.description
            && text(&event.access_info) == row.access_info
            && event.venue() == slot.as_ref().and_then(|slot| slot.venue.clone())
            && event.link == slot.and_then(|slot| slot.link)
    }
}

/// Called off, over, and shown as such for long enough.
fn is_forgotten(event: &EventRow, now: DateTime<Utc>) -> bool {
    let ended = event.ends_at.map(instant).filter(|_| event.status() == Status::Cancelled);
    let since = now.checked_sub_days(Days::new(CANCELLED_DAYS)).unwrap_or(now);
    ended.is_some_and(|ended| ended < since)
}

fn local(wall: NaiveDateTime, zone: Zone) -> When {
    When::Local { wall, zone: zone.tz() }
}

fn event_of(values: &EventValues) -> Option<calendar::Event> {
    calendar::Event::new(values)
        .inspect_err(|cause| tracing::warn!(uid = values.uid, %cause, "no calendar entry"))
        .ok()
}

/// The entry of a series in a public feed, nearest where its nearest date is.
pub(super) fn piece(
    app: &App,
    (hub, slug, issue): (&str, &str, Option<String>),
    (detail, text, day): (Detail, Text, DateTime<Utc>),
    told: Told,
) -> Piece {
    let (starts, id) = (instant(told.starts_at), told.row.id.clone());
    let lang = text.locale().code();
    let shelved = format!("{} {lang} {detail:?} {slug} {hub} {issue:?}", told.version(day));
    let (app, hub, slug) = (app.clone(), hub.to_owned(), slug.to_owned());
    let make = move || {
        let around = Around {
            settings: app.settings(),
            hub: &hub,
            slug: &slug,
            issue: issue.as_deref(),
            text,
            // Who subscribes to a hub has not said that she comes.
            takes_time: false,
        };
        Some(told.series(detail, &around, day)?.fragment())
    };
    Piece { starts, ends: starts, id, shelved: Some(shelved), make: Box::new(make) }
}
