//! What [`crate::read`] and [`crate::check`] share: the parsing library, turned into plain values.
//!
//! The library is lenient (byte order marks, missing ends, broken lines) and does not recurse. It
//! is the only other place that sees calendar syntax; nothing of it shows in our own types.

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarParameterName,
    ICalendarProperty, ICalendarValue,
};
use calcard::{Entry, Parser};
use chrono::{DateTime, NaiveDate, TimeDelta};

use crate::read::Time;

/// The first calendar in a text; a component that stands alone counts as one.
pub(crate) fn calendar(text: &str) -> Option<ICalendar> {
    let mut parser = Parser::new(text);
    loop {
        match parser.entry() {
            Entry::ICalendar(calendar) => return Some(calendar),
            Entry::Eof => return None,
            // Another kind of card, or a line that is none: look further.
            _ => {}
        }
    }
}

/// The events of a calendar, those with RECURRENCE-ID included.
pub(crate) fn events(calendar: &ICalendar) -> impl Iterator<Item = &ICalendarComponent> {
    let components = calendar.components.iter();
    components.filter(|component| component.component_type == ICalendarComponentType::VEvent)
}

/// All lines of one property.
pub(crate) fn entries(
    component: &ICalendarComponent,
    name: ICalendarProperty,
) -> impl Iterator<Item = &ICalendarEntry> {
    component.entries.iter().filter(move |entry| entry.name == name)
}

/// The words of a property: a TEXT, a URI, an address or a word of the specification.
pub(crate) fn words<'a>(
    component: &'a ICalendarComponent,
    name: &ICalendarProperty,
) -> Option<&'a str> {
    component.property(name).and_then(first_words)
}

/// The words of one line.
pub(crate) fn first_words(entry: &ICalendarEntry) -> Option<&str> {
    entry.values.first().and_then(|value| value.as_text())
}

/// A whole number.
pub(crate) fn number(component: &ICalendarComponent, name: &ICalendarProperty) -> Option<i64> {
    component.property(name)?.values.first()?.as_integer()
}

/// DURATION, positive or not.
pub(crate) fn length(component: &ICalendarComponent) -> Option<TimeDelta> {
    match component.property(&ICalendarProperty::Duration)?.values.first()? {
        ICalendarValue::Duration(length) => TimeDelta::try_seconds(length.as_seconds()),
        _ => None,
    }
}

/// A parameter of a line, unquoted.
pub(crate) fn parameter<'a>(
    entry: &'a ICalendarEntry,
    name: &ICalendarParameterName,
) -> Option<&'a str> {
    entry.parameter(name).and_then(|value| value.as_text())
}

/// A day or a time.
pub(crate) fn time(component: &ICalendarComponent, name: &ICalendarProperty) -> Option<Time> {
    let entry = component.property(name)?;
    times(entry).next()?
}

/// The days or times of one line; `None` for one that cannot be read.
pub(crate) fn times(entry: &ICalendarEntry) -> impl Iterator<Item = Option<Time>> {
    let zone = parameter(entry, &ICalendarParameterName::Tzid);
    entry.values.iter().map(move |value| {
        let parts = value.as_partial_date_time()?;
        if !parts.has_time() {
            return day(parts).map(Time::Date);
        }
        let read = parts.to_date_time()?;
        if let Some(offset) = read.offset {
            let utc = read.date_time.checked_sub_offset(offset)?;
            return Some(Time::Utc(utc.and_utc()));
        }
        Some(Time::Local { wall: read.date_time, zone: zone.map(str::to_owned) })
    })
}

/// An instant; anything else is none.
pub(crate) fn instant(
    component: &ICalendarComponent,
    name: &ICalendarProperty,
) -> Option<DateTime<chrono::Utc>> {
    match time(component, name)? {
        Time::Utc(at) => Some(at),
        Time::Date(_) | Time::Local { .. } => None,
    }
}

fn day(parts: &PartialDateTime) -> Option<NaiveDate> {
    let (month, day) = (u32::from(parts.month?), u32::from(parts.day?));
    NaiveDate::from_ymd_opt(i32::from(parts.year?), month, day)
}
