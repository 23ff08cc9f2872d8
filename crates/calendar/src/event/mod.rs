//! An event as calendars know it, and its VEVENT.
//!
//! [`EventValues`] are plain values from a view; [`Event::new`] cleans or refuses them; an
//! [`Event`] can only be written correctly. The order of the properties is fixed, so the same
//! values give the same bytes. ORGANIZER and ATTENDEE are not properties of an event here: feeds
//! never have them, invitations add them ([`crate::invitation`]).

mod span;
mod values;
mod versions;
mod words;
mod write;

use chrono::DateTime;
use chrono_tz::Tz;

pub use values::{ALARM_MINUTES_MAX, Class, Conference, DEADLINE_MINUTES, EventValues, Geo};
pub use values::{Status, Transparency, When};
pub use write::fragment;

pub(crate) use span::Moment;

use crate::error::{Error, Named, Refusal};
use crate::guard::{Duration, ParamText, Place, Text, Uid, Uri, Utc};
use crate::series::Pattern;
use span::Span;

/// Longest summary, in characters: what a month view and a subject line can hold.
pub const SUMMARY_CHARS_MAX: usize = 200;
/// Longest location, in characters.
pub const LOCATION_CHARS_MAX: usize = 300;
/// Longest description, in characters, the links at its end included.
pub const DESCRIPTION_CHARS_MAX: usize = 4_000;
/// Longest category or contact, in characters.
pub const WORD_CHARS_MAX: usize = 200;
/// Most categories of one event; more are left out.
pub const CATEGORIES_MAX: usize = 20;

/// An event whose values are clean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    uid: Uid,
    stamp: Utc,
    created: Option<Utc>,
    last_modified: Utc,
    sequence: u32,
    span: Span,
    pattern: Option<Pattern>,
    occurrence: Option<Moment>,
    summary: Text,
    description: Text,
    location: Text,
    url: Option<Uri>,
    status: Status,
    transparency: Transparency,
    categories: Vec<Text>,
    place: Option<Place>,
    conference: Option<(Uri, ParamText)>,
    class: Class,
    related_to: Option<Uid>,
    contact: Text,
    alarm: Option<Duration>,
}

impl Event {
    /// Cleans the texts, checks the rest.
    ///
    /// # Errors
    /// Names the field that cannot be cleaned: a link, an identity, a place, a year, an empty
    /// summary, an end that is not after the start.
    ///
    /// ```
    /// use calendar::{Event, EventValues, When};
    /// # fn at(text: &str) -> chrono::DateTime<chrono::Utc> { text.parse().expect("an instant") }
    ///
    /// let start = When::Utc(at("2026-05-01T17:00:00Z"));
    /// let mut values = EventValues::new("event_1@hub.example", at("2026-04-01T09:00:00Z"), start, start);
    /// values.summary = "Solar co-op, first meeting".into();
    /// assert_eq!(Event::new(&values).expect_err("no length").to_string(), "end is not after the start");
    ///
    /// values.end = When::Utc(at("2026-05-01T19:00:00Z"));
    /// assert!(Event::new(&values).is_ok());
    /// ```
    pub fn new(values: &EventValues) -> Result<Self, Error> {
        let stamp = Utc::new(values.stamp).named("stamp")?;
        let summary = Text::line(&values.summary, SUMMARY_CHARS_MAX);
        if summary.is_empty() {
            return Err(Refusal::Empty.of("summary"));
        }
        let url = values.url.as_deref().map(Uri::parse).transpose().named("url")?;
        let conference =
            values.conference.as_ref().map(words::join).transpose().named("conference")?;
        let geo = values.geo.map(|geo| Place::new(geo.latitude, geo.longitude));
        let instant = |at: Option<DateTime<chrono::Utc>>| at.map(Utc::new).transpose();
        let (span, occurrence) = times(values)?;
        let repeats = values.repeats.as_ref();
        Ok(Self {
            uid: Uid::parse(&values.uid).named("uid")?,
            stamp,
            created: instant(values.created).named("created")?,
            last_modified: instant(values.last_modified).named("last_modified")?.unwrap_or(stamp),
            sequence: number(values.sequence)?,
            pattern: repeats.map(|repeats| Pattern::new(repeats, span.start)).transpose()?,
            span,
            occurrence,
            description: words::description(&values.description, url.as_ref(), conference.as_ref()),
            location: Text::line(&values.location, LOCATION_CHARS_MAX),
            status: values.status,
            transparency: values.transparency,
            categories: words::categories(&values.categories),
            place: geo.transpose().named("geo")?,
            class: values.class,
            related_to: values
                .related_to
                .as_deref()
                .map(Uid::parse)
                .transpose()
                .named("related_to")?,
            contact: Text::line(&values.contact, WORD_CHARS_MAX),
            alarm: alarm(values.alarm)?,
            summary,
            url,
            conference,
        })
    }

    /// The identity.
    pub fn uid(&self) -> &str {
        self.uid.as_str()
    }

    /// DTSTAMP, whole seconds.
    pub fn stamp(&self) -> DateTime<chrono::Utc> {
        self.stamp.get()
    }

    /// SEQUENCE.
    pub fn sequence(&self) -> u32 {
        self.sequence
    }

    /// When it begins; of a series, its first date.
    pub fn start(&self) -> When {
        self.span.start.when()
    }

    /// When it is over; for days, the first day after.
    pub fn end(&self) -> When {
        self.span.end.when()
    }

    /// The zone its times are told in: that of the wall for a series, otherwise UTC.
    pub fn zone(&self) -> Tz {
        self.span.start.zone()
    }

    /// How many minutes before the start the reader is reminded.
    pub fn alarm_minutes(&self) -> Option<u32> {
        self.alarm.map(|before| before.length_seconds() / 60)
    }

    /// How it repeats, if it does: the rule as it is stored.
    pub fn rule(&self) -> Option<&crate::Rule> {
        self.pattern.as_ref().map(Pattern::rule)
    }

    /// Which date of a series this is a version of.
    pub fn occurrence(&self) -> Option<When> {
        self.occurrence.map(Moment::when)
    }

    /// The cleaned title.
    pub fn summary(&self) -> &str {
        self.summary.as_str()
    }

    /// The cleaned description with the links at its end; may be empty.
    pub fn description(&self) -> &str {
        self.description.as_str()
    }

    /// The cleaned place; may be empty.
    pub fn location(&self) -> &str {
        self.location.as_str()
    }

    /// The page as it is written.
    pub fn url(&self) -> Option<&str> {
        self.url.as_ref().map(Uri::as_str)
    }

    /// Whether it takes place.
    pub fn status(&self) -> Status {
        self.status
    }

    /// The cleaned tags, in their given order, without empty ones and repetitions.
    pub fn categories(&self) -> impl Iterator<Item = &str> {
        self.categories.iter().map(Text::as_str)
    }

    /// Whom to ask; may be empty.
    pub fn contact(&self) -> &str {
        self.contact.as_str()
    }

    /// `latitude;longitude` as it is written.
    pub fn geo(&self) -> Option<&str> {
        self.place.as_ref().map(Place::as_str)
    }

    /// The link to join by and its label, which may be empty.
    pub fn conference(&self) -> Option<(&str, &str)> {
        self.conference.as_ref().map(|(link, label)| (link.as_str(), label.as_str()))
    }

    /// Identity of the event this one is a part of.
    pub fn related_to(&self) -> Option<&str> {
        self.related_to.as_ref().map(Uid::as_str)
    }

    pub(crate) fn pattern(&self) -> Option<&Pattern> {
        self.pattern.as_ref()
    }

    pub(crate) fn occurrence_moment(&self) -> Option<Moment> {
        self.occurrence
    }

    pub(crate) fn start_moment(&self) -> Moment {
        self.span.start
    }

    pub(crate) fn end_moment(&self) -> Moment {
        self.span.end
    }
}

/// Both ends, and which date of a series they are a version of. Times stay on the wall where a
/// series needs that.
fn times(values: &EventValues) -> Result<(Span, Option<Moment>), Error> {
    let keeps_wall =
        values.repeats.is_some() || matches!(values.occurrence, Some(When::Local { .. }));
    let span = Span::new(values.start, values.end, keeps_wall)?;
    let occurrence = values.occurrence.map(Moment::new).transpose().named("occurrence")?;
    if let Some(id) = occurrence {
        if values.repeats.is_some() {
            return Err(Refusal::NotOfThisSeries.of("occurrence"));
        }
        // RFC 5545 §3.8.4.4: of the kind the series has.
        if matches!(id, Moment::Day(_)) != matches!(span.start, Moment::Day(_)) {
            return Err(Refusal::MixedKinds.of("occurrence"));
        }
    }
    Ok((span, occurrence))
}

/// RFC 5545 §3.3.8: a signed 32-bit number.
pub(super) fn number(sequence: u32) -> Result<u32, Error> {
    if i32::try_from(sequence).is_err() {
        return Err(Refusal::NumberOutOfRange.of("sequence"));
    }
    Ok(sequence)
}

pub(super) fn alarm(minutes: Option<u32>) -> Result<Option<Duration>, Error> {
    match minutes {
        Some(minutes) if minutes > ALARM_MINUTES_MAX => Err(Refusal::NumberOutOfRange.of("alarm")),
        minutes => Ok(minutes.map(|minutes| Duration::seconds(minutes * 60))),
    }
}

#[cfg(test)]
mod tests;
