//! A feed before it is bytes: what the views say, gathered, and then made into text on a thread
//! that nobody waits on.
//!
//! Rendering a thousand entries and compressing them takes tens of milliseconds, which the threads
//! of answers do not have.

use std::sync::Arc;

use bytes::Bytes;
use calendar::{EventValues, Feed, FeedValues, Status, When};
use chrono::{DateTime, NaiveTime, Utc};

use super::entry;
use super::shelf::{Body, Shelf};
use crate::text::{Locale, Text};

/// A colour programs may show a feed in (RFC 7986 §5.9): that of the product's pages.
pub(super) const COLOR: &str = "teal";

/// One entry before it is text.
pub(super) struct Piece {
    /// When it begins.
    pub(super) starts: DateTime<Utc>,
    /// When it is over.
    pub(super) ends: DateTime<Utc>,
    /// What orders it among those that begin with it.
    pub(super) id: String,
    /// All that the entry is made of, when others will ask for it, too: what is missing in this
    /// name would be told as it was.
    pub(super) shelved: Option<String>,
    /// Makes its text; nothing when no calendar can carry it.
    pub(super) make: Box<dyn FnOnce() -> Option<String> + Send>,
}

impl Piece {
    /// An entry that nobody else will ask for: of a schedule, or of one person.
    pub(super) fn own(values: EventValues, busy: Option<String>, alarm: Option<u32>) -> Self {
        let (starts, ends, id) = (at(values.start), at(values.end), values.uid.clone());
        let make = move || {
            let whole = entry::made(&values)?;
            let told = match busy {
                Some(word) => whole.busy(&word).ok()?,
                None => whole,
            };
            // Nobody is reminded of what does not take place.
            let told = match alarm.filter(|_| values.status != Status::Cancelled) {
                Some(minutes) => told.reminding(minutes).ok()?,
                None => told,
            };
            Some(calendar::fragment(&told))
        };
        Self { starts, ends, id, shelved: None, make: Box::new(make) }
    }
}

/// The instant by which an entry is ordered and counted; days as those of UTC.
pub(super) fn at(when: When) -> DateTime<Utc> {
    match when {
        When::Utc(at) => at,
        When::Local { wall, .. } => wall.and_utc(),
        When::Date(day) => day.and_time(NaiveTime::MIN).and_utc(),
    }
}

/// A feed before it is text.
pub(super) struct Draft {
    /// The calendar's own values; what is not shown is added to its description here.
    pub(super) values: FeedValues,
    /// Its entries, in any order.
    pub(super) pieces: Vec<Piece>,
    /// How many there are besides, that were not even read.
    pub(super) unread: u32,
    /// Where the window's middle is: the nearest to it are shown.
    pub(super) near: DateTime<Utc>,
    /// The voice.
    pub(super) text: Text,
}

impl Draft {
    /// The feed as bytes, plain and compressed.
    ///
    /// # Errors
    /// When the calendar's own values are no calendar's.
    pub(super) async fn body(self, shelf: Arc<Shelf>) -> journal::Result<Body> {
        let task = tokio::task::spawn_blocking(move || compressed(self.render(&shelf)?));
        task.await.map_err(|cause| broken(&cause))?
    }

    fn render(self, shelf: &Shelf) -> journal::Result<String> {
        let Self { mut values, pieces, unread, near, text } = self;
        let rendered = pieces
            .into_iter()
            .filter_map(|piece| {
                let Piece { starts, ends, id, shelved, make } = piece;
                let fragment: Arc<str> = match shelved {
                    Some(name) => shelf.entry(name, make)?,
                    None => make()?.into(),
                };
                Some((starts, ends, id, fragment))
            })
            .collect::<Vec<_>>();
        let (mut shown, cut) = calendar::nearest(rendered, near, |(starts, ends, _, text)| {
            (*starts, *ends, text.len())
        });
        // People who look into the file expect one order, whatever was left out.
        shown.sort_by(|a, b| (a.0, &a.2).cmp(&(b.0, &b.2)));
        let not_shown = cut.saturating_add(unread);
        if not_shown > 0 {
            let marker = text.n("calendar-not-shown", not_shown);
            values.description = format!("{} · {marker}", values.description);
        }
        let whole = Feed::new(&values).map_err(|cause| broken(&cause))?;
        let plain = whole.render(shown.iter().map(|(.., fragment)| &**fragment));
        debug_assert_eq!(calendar::check::object(&plain), Ok(()));
        Ok(plain)
    }
}

fn broken(cause: &impl std::fmt::Display) -> journal::Error {
    journal::Error::Broken { what: format!("a feed: {cause}") }
}

/// With its compressed form.
///
/// # Errors
/// Never in memory.
pub(super) fn compressed(plain: String) -> journal::Result<Body> {
    use std::io::Write as _;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    let gzip = gzip.write_all(plain.as_bytes()).and_then(|()| gzip.finish());
    let gzip = gzip.map_err(|cause| broken(&cause))?;
    Ok(Body { plain: Bytes::from(plain), gzip: Bytes::from(gzip) })
}

/// The language asked for, or else the hub's first one.
pub(super) fn locale(asked: Option<&str>, of_hub: &str) -> Locale {
    let own: Vec<String> = crate::network::view::json_read(of_hub);
    asked
        .and_then(Locale::parse)
        .or_else(|| own.iter().find_map(|tag| Locale::parse(tag)))
        .unwrap_or_default()
}
