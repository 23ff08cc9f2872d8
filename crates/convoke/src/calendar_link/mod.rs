//! Secret calendar addresses: what a person may subscribe to that not everybody may see.
//!
//! One stream for each person of a hub, `calendar/{person}`. A link stands for one feed in one
//! degree of detail; whoever has its address reads it, so only a hash of its token is kept, it can
//! be changed and taken back, and its owner sees when it was last asked for. What she may read is
//! looked up when the feed is, not when the link was made: who leaves a team sees its calendar end.

pub mod acts;
pub mod decider;
pub mod graphql;
pub mod page;
pub mod react;
#[cfg(test)]
mod tests;
pub mod view;

use base64::Engine as _;
use kernel::{Id, Kind};

pub use acts::{CreateCalendarLink, RevokeCalendarLink, RotateCalendarLink};
pub use decider::{CalendarLinks, Detail, Fact, Feed, LINKS_MAX, NewLink, Rejection};

/// Marks the id of a calendar link.
pub enum CalendarLinkKind {}
impl Kind for CalendarLinkKind {
    const PREFIX: &'static str = "calendarlink";
}
/// The id of a calendar link; public, unlike its token.
pub type CalendarLinkId = Id<CalendarLinkKind>;

/// The most letters a label has.
pub const LABEL_MAX: usize = 80;

/// Keeps this kind of link apart from all others.
pub(crate) const PROOF: &str = "calendar";

/// A token as it stands in an address: 43 characters for 256 bits. Only its hash is stored.
pub fn token_of(random: [u8; 32]) -> String {
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(random)
}

/// What is stored of a token: SHA-256 in hexadecimal digits. Nobody guesses 256 random bits, so a
/// slow hash would protect nothing.
pub fn token_hash(token: &str) -> String {
    crate::app::access::hash(token)
}

/// The path of a feed's address.
pub fn path(feed: &Feed, token: &str) -> String {
    format!("/feeds/{}/{token}.ics", feed.door())
}

/// The names of everything this folder can say no with.
pub fn rejections() -> Vec<&'static str> {
    <Rejection as strum::VariantNames>::VARIANTS.to_vec()
}

/// Every kind of fact of this folder with its schema version and an example.
pub fn samples() -> Vec<(&'static str, u16, String)> {
    crate::app::facts::samples_of::<Fact>()
}
