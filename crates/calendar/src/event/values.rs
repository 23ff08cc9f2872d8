//! Plain values of an event, as a view has them.
//!
//! Nothing here is checked: [`super::Event::new`] does that. The words of the specification are
//! enums, so that a misspelt one does not compile.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta};
use chrono_tz::Tz;

use crate::series::Repeats;

/// Longest time before an entry at which a reader may be reminded: four weeks, in minutes.
pub const ALARM_MINUTES_MAX: u32 = 4 * 7 * 24 * 60;

/// How long the entry of a deadline lasts, in minutes: long enough to be seen in a day's view. It
/// ends when time is up.
pub const DEADLINE_MINUTES: u32 = 15;

/// One end of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// An instant. Fractions of a second are cut.
    Utc(DateTime<chrono::Utc>),
    /// A time on the wall of a place. Kept as such in a series and its versions, so that the hour
    /// stays when the clocks change; anywhere else it becomes the instant it is
    /// ([`crate::guard::instant`]).
    Local {
        /// What the clock shows.
        wall: NaiveDateTime,
        /// Where the wall is.
        zone: Tz,
    },
    /// A day of an all-day event; as an end it is the first day after the event
    /// (RFC 5545 §3.6.1).
    Date(NaiveDate),
}

/// STATUS of an event (RFC 5545 §3.8.1.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// Proposed, or the reader is on the waiting list.
    Tentative,
    /// Takes place.
    #[default]
    Confirmed,
    /// Does not take place. Prefix the summary as well: several clients show it as normal.
    Cancelled,
}

impl Status {
    /// The word of the specification.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tentative => "TENTATIVE",
            Self::Confirmed => "CONFIRMED",
            Self::Cancelled => "CANCELLED",
        }
    }
}

/// Whether the event takes the reader's time (RFC 5545 §3.8.2.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Transparency {
    /// Busy: the reader is registered.
    #[default]
    Opaque,
    /// Free: a suggestion or a deadline.
    Transparent,
}

impl Transparency {
    /// The word of the specification.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Opaque => "OPAQUE",
            Self::Transparent => "TRANSPARENT",
        }
    }
}

/// Who may see the event (RFC 5545 §3.8.1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Class {
    /// Anybody.
    #[default]
    Public,
    /// Those the calendar's owner lets.
    Private,
}

impl Class {
    /// The word of the specification.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "PUBLIC",
            Self::Private => "PRIVATE",
        }
    }
}

/// Where to join from afar (RFC 7986 §5.11). Written into the description too, because hardly any
/// client shows the property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conference {
    /// An http or https link.
    pub link: String,
    /// What to call it, in the reader's language, for example `Join online`. May be empty.
    pub label: String,
}

/// A point on the globe, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Geo {
    /// North is positive.
    pub latitude: f64,
    /// East is positive.
    pub longitude: f64,
}

/// Plain values of an event, as a view has them. Empty text means the property is left out.
///
/// Start from [`EventValues::new`] and set the rest, so that a property added later does not
/// break the caller.
#[derive(Debug, Clone, PartialEq)]
pub struct EventValues {
    /// `{event-id}@{uid-domain}`, for ever the same, in feeds, downloads and invitations.
    pub uid: String,
    /// In feeds the time of the last fact about the event; in an invitation the time of the
    /// message (RFC 5545 §3.8.7.2).
    pub stamp: DateTime<chrono::Utc>,
    /// First publication.
    pub created: Option<DateTime<chrono::Utc>>,
    /// Time of the last fact about the event; the stamp when `None`.
    pub last_modified: Option<DateTime<chrono::Utc>>,
    /// Counts changes of time, place, title and status; 0 at first publication.
    pub sequence: u32,
    /// When it begins.
    pub start: When,
    /// When it is over: after the start, and of the same kind.
    pub end: When,
    /// Title; must not be empty.
    pub summary: String,
    /// Plain text. The join link and the page link are added at its end.
    pub description: String,
    /// Place in words.
    pub location: String,
    /// The event's page.
    pub url: Option<String>,
    /// Whether it takes place.
    pub status: Status,
    /// Whether it takes the reader's time.
    pub transparency: Transparency,
    /// Tags.
    pub categories: Vec<String>,
    /// Place on the map.
    pub geo: Option<Geo>,
    /// Where to join from afar.
    pub conference: Option<Conference>,
    /// Who may see it.
    pub class: Class,
    /// Identity of the event this one is a part of.
    pub related_to: Option<String>,
    /// Whom to ask, in words. Stands where others put an ORGANIZER.
    pub contact: String,
    /// How it comes again; the start is then its first date.
    pub repeats: Option<Repeats>,
    /// Which date of a series these values are a version of: when it would begin by the rule.
    pub occurrence: Option<When>,
    /// Minutes before the start at which the reader wants to be reminded. Only in personal feeds.
    pub alarm: Option<u32>,
}

impl EventValues {
    /// A confirmed, public event that takes its readers' time. It still needs a summary.
    pub fn new(
        uid: impl Into<String>,
        stamp: DateTime<chrono::Utc>,
        start: When,
        end: When,
    ) -> Self {
        Self {
            uid: uid.into(),
            stamp,
            created: None,
            last_modified: None,
            sequence: 0,
            start,
            end,
            summary: String::new(),
            description: String::new(),
            location: String::new(),
            url: None,
            status: Status::default(),
            transparency: Transparency::default(),
            categories: Vec::new(),
            geo: None,
            conference: None,
            class: Class::default(),
            related_to: None,
            contact: String::new(),
            repeats: None,
            occurrence: None,
            alarm: None,
        }
    }

    /// An entry for a time by which something must be done: the last minutes before it, which do
    /// not make its readers busy.
    ///
    /// ```
    /// use calendar::{EventValues, Transparency, When};
    /// # fn at(text: &str) -> chrono::DateTime<chrono::Utc> { text.parse().expect("an instant") }
    ///
    /// let due = at("2026-05-03T12:00:00Z");
    /// let values = EventValues::deadline("submit_1@hub.example", at("2026-04-01T09:00:00Z"), due);
    /// assert_eq!(values.start, When::Utc(at("2026-05-03T11:45:00Z")));
    /// assert_eq!(values.end, When::Utc(due));
    /// assert_eq!(values.transparency, Transparency::Transparent);
    /// ```
    pub fn deadline(
        uid: impl Into<String>,
        stamp: DateTime<chrono::Utc>,
        due: DateTime<chrono::Utc>,
    ) -> Self {
        let length = TimeDelta::minutes(i64::from(DEADLINE_MINUTES));
        let mut values = Self::new(uid, stamp, When::Utc(due - length), When::Utc(due));
        values.transparency = Transparency::Transparent;
        values
    }
}
