//! An event as calendars are told of it: the one place where a row becomes a VEVENT.
//!
//! Feeds, downloads and invitations share it, so that one event has one identity and the same
//! words everywhere. Times are UTC, texts are cleaned by the calendar crate, and nobody's name or
//! address is in it.

use calendar::{Class, Conference, EventValues, Geo, Status, Transparency, When};
use chrono::NaiveDate;
use journal::instant;

use crate::app::Settings;
use crate::event;
use crate::event::view::EventRow;
use crate::text::Text;

/// What an entry says beside the event's own row.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// The product's settings: its address and the domain of identities.
    pub settings: &'a Settings,
    /// The hub's name.
    pub hub: &'a str,
    /// The hub's place in addresses.
    pub slug: &'a str,
    /// The title of the issue the event serves.
    pub issue: Option<&'a str>,
    /// The voice of the entry.
    pub text: Text,
    /// Whether the reader is busy then.
    pub takes_time: bool,
}

/// How much of an event is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Detail {
    /// Everything.
    #[default]
    Full,
    /// Only when it is.
    Busy,
}

/// The identity of an event in calendars, for ever the same.
pub fn uid(settings: &Settings, event: &str) -> String {
    format!("{event}@{}", settings.uid_domain)
}

/// The address of an event's page.
pub fn page(settings: &Settings, slug: &str, event: &str) -> String {
    format!("{}/h/{slug}/events/{event}", settings.public_url)
}

/// The entry of an event; `None` while it has no time, or when a calendar cannot carry it.
pub fn entry(event: &EventRow, detail: Detail, around: &Around<'_>) -> Option<calendar::Event> {
    made(&values(event, detail, around)?)
}

/// An entry of these values; `None` when a calendar cannot carry them.
pub fn made(values: &EventValues) -> Option<calendar::Event> {
    calendar::Event::new(values)
        .inspect_err(|cause| tracing::warn!(uid = values.uid, %cause, "no calendar entry"))
        .ok()
}

/// What the entry of an event says; `None` while it has no time.
pub fn values(event: &EventRow, detail: Detail, around: &Around<'_>) -> Option<EventValues> {
    let (start, end) = span(event)?;
    let changed = instant(event.changed_at);
    let mut values = EventValues::new(uid(around.settings, &event.id), changed, start, end);
    values.created = event.published_at.map(instant);
    values.sequence = u32::try_from(event.sequence.unwrap_or(0)).unwrap_or_default();
    values.status = status(event);
    values.transparency =
        if around.takes_time { Transparency::Opaque } else { Transparency::Transparent };
    match detail {
        Detail::Full => tell(event, around, &mut values),
        Detail::Busy => {
            values.summary = around.text.s("calendar-busy");
            values.class = Class::Private;
        }
    }
    Some(values)
}

fn tell(event: &EventRow, around: &Around<'_>, values: &mut EventValues) {
    let title = event.title.as_str();
    values.summary = match event.status() {
        event::Status::Cancelled => around.text.one("calendar-cancelled", "title", title),
        event::Status::Postponed => around.text.one("calendar-postponed", "title", title),
        _ => title.to_owned(),
    };
    values.description = words(event, around.text);
    values.location = place(event).unwrap_or_default();
    // By itself it is an event with an identity of its own that belongs to its series.
    values.related_to = event.series.as_ref().map(|series| uid(around.settings, series));
    values.url = Some(page(around.settings, around.slug, &event.id));
    values.categories =
        [around.issue, event.topic.as_deref()].into_iter().flatten().map(str::to_owned).collect();
    let geo = event.venue().and_then(|venue| venue.geo);
    values.geo = geo.map(|geo| Geo { latitude: geo.latitude, longitude: geo.longitude });
    // A link that is none would cost the whole entry.
    values.conference = event
        .link
        .as_deref()
        .filter(|link| url::Url::parse(link).is_ok())
        .map(|link| Conference { link: link.to_owned(), label: around.text.s("calendar-join") });
    around.hub.clone_into(&mut values.contact);
}

/// What it is for, what else is said, how to get in; why it is cancelled, if it is.
fn words(event: &EventRow, text: Text) -> String {
    let reason = event.cancel_reason.as_deref().filter(|reason| !reason.is_empty());
    let reason = reason.map(|reason| text.one("letter-reason", "reason", reason));
    [reason.as_deref(), event.purpose.as_deref(), event.description.as_deref()]
        .into_iter()
        .chain([event.access_info.as_deref()])
        .flatten()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// The place in words: room, street, town.
pub fn place(event: &EventRow) -> Option<String> {
    let parts = match event.venue() {
        Some(venue) => [Some(venue.name), venue.address, venue.city],
        None => [event.city.clone(), event.country.clone(), None],
    };
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The days of an all-day event, the last not included.
pub fn days(event: &EventRow) -> Option<(NaiveDate, NaiveDate)> {
    let day = |wall: &Option<String>| wall.as_deref()?.get(..10)?.parse::<NaiveDate>().ok();
    if !event.all_day {
        return None;
    }
    Some((day(&event.starts)?, day(&event.ends)?))
}

fn span(event: &EventRow) -> Option<(When, When)> {
    if let Some((from, until)) = days(event) {
        return Some((When::Date(from), When::Date(until)));
    }
    Some((When::Utc(instant(event.starts_at?)), When::Utc(instant(event.ends_at?))))
}

fn status(event: &EventRow) -> Status {
    match event.status() {
        event::Status::Cancelled => Status::Cancelled,
        event::Status::Postponed => Status::Tentative,
        _ => Status::Confirmed,
    }
}
