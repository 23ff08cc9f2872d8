//! The one door between plain values and calendar bytes.
//!
//! The writing library escapes nothing by itself and lets a line break in a value become a new
//! property, so no `&str` from outside reaches it: each value goes through a type of this module
//! whose constructor cleans or refuses, and each property name is a word of the source code.
//! `ics` may be imported in `lines.rs` and nowhere else.
//!
//! What it refuses: links and mail addresses that cannot be written without changing them,
//! instants a client cannot read. What it changes: see [`Text`] and [`ParamText`].

mod address;
mod lines;
mod text;
mod time;
mod uri;

pub use address::MailAddr;
pub use text::{ParamText, Text};
pub use time::{Date, Duration, Utc, Wall, instant};
pub use uri::{Color, Place, Uid, Uri};

pub(crate) use lines::{Lines, Param, Plain};
pub(crate) use text::is_bidi_override;
