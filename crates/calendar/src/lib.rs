//! Correct iCalendar from plain values, and back.
//!
//! Out: [`Event`] and [`fragment`] make one VEVENT, [`Feed`] puts a calendar around many,
//! [`download`] and [`invitation`] make objects for one reader. In: [`read`] takes an answer that
//! came by mail apart, [`order()`] tells which of several counts, [`import::file`] makes proposals of
//! a foreign calendar. [`check`] proves what we wrote by reading it again.
//!
//! Everything is pure: the same values give the same bytes, and the bytes are what every common
//! client reads alike (RFC 5545, 5546, 6047, 7986). It refuses to know the time, the network and
//! the rest of the system, and to let a value through that would become another property.

pub mod check;
mod error;
mod event;
mod feed;
pub mod guard;
pub mod import;
mod invite;
mod order;
mod parse;
pub mod read;
mod series;
mod zone;

pub use error::{Error, Refusal};
pub use event::{
    ALARM_MINUTES_MAX, CATEGORIES_MAX, Class, Conference, DEADLINE_MINUTES, DESCRIPTION_CHARS_MAX,
    Event, EventValues, Geo, LOCATION_CHARS_MAX, SUMMARY_CHARS_MAX, Status, Transparency,
    WORD_CHARS_MAX, When, fragment,
};
pub use feed::{FEED_EVENTS_MAX, FEED_OCTETS_MAX, Feed, FeedValues, how_many_fit, nearest};
pub use invite::{
    Attendee, Method, Organizer, Partstat, decline_counter, download, export_begin, export_end,
    export_event, invitation, series_download, series_invitation,
};
pub use order::{Order, Ours, Version, order, order_on_web};
pub use series::{DATES_MAX, Ends, Frequency, Occurrence, Repeats, Rule, Series, YEARS_MAX};
