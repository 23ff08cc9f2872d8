//! The same entry said otherwise: in a message, to readers who may know less, with a reminder, as
//! one date of a series.

use chrono::DateTime;

use super::span::Span;
use super::{Class, Event, Moment, SUMMARY_CHARS_MAX, alarm, number};
use crate::error::{Error, Named, Refusal};
use crate::guard::{Text, Utc};
use crate::series::in_utc;

impl Event {
    /// The same event in a message of its own time: an invitation's DTSTAMP is when the message
    /// was made, not when the event last changed.
    ///
    /// # Errors
    /// A stamp outside the years 1900 to 9999.
    pub fn stamped(&self, stamp: DateTime<chrono::Utc>) -> Result<Self, Error> {
        Ok(Self { stamp: Utc::new(stamp).named("stamp")?, ..self.clone() })
    }

    /// The same entry for readers who may only know that somebody is busy then: its times, its
    /// status and this word. No place, no link, no tag, no parent.
    ///
    /// # Errors
    /// A word that is empty once cleaned.
    pub fn busy(&self, word: &str) -> Result<Self, Error> {
        let summary = Text::line(word, SUMMARY_CHARS_MAX);
        if summary.is_empty() {
            return Err(Refusal::Empty.of("summary"));
        }
        Ok(Self {
            summary,
            description: Text::default(),
            location: Text::default(),
            url: None,
            categories: Vec::new(),
            place: None,
            conference: None,
            class: Class::Private,
            related_to: None,
            contact: Text::default(),
            ..self.clone()
        })
    }

    /// The same entry with a reminder so many minutes before it begins.
    ///
    /// # Errors
    /// More than [`ALARM_MINUTES_MAX`].
    pub fn reminding(&self, minutes: u32) -> Result<Self, Error> {
        Ok(Self { alarm: alarm(Some(minutes))?, ..self.clone() })
    }

    /// The same entry in a later version: a message about one date of a series counts by itself.
    ///
    /// # Errors
    /// A number that RFC 5545 does not allow.
    pub fn revised(&self, sequence: u32) -> Result<Self, Error> {
        Ok(Self { sequence: number(sequence)?, ..self.clone() })
    }

    /// One date of a series as an entry of its own, in UTC.
    pub(crate) fn alone(&self, start: Moment, end: Moment, id: Moment) -> Result<Self, Error> {
        let span = Span { start: in_utc(start).named("start")?, end: in_utc(end).named("end")? };
        let occurrence = Some(in_utc(id).named("occurrence")?);
        Ok(Self { span, occurrence, pattern: None, ..self.clone() })
    }
}
