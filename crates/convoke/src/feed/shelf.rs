//! What was rendered is kept while there is room: each event's entry once, each feed's body once.
//!
//! Names are made of what a rendering depends on, so nothing here is ever stale; it only falls off
//! the shelf when newer things need the room. Both bounds are in bytes.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{Semaphore, watch};
use web::problem::Problem;

use super::ask::Which;
use super::together::Together;
use super::view::Head;
use crate::site::problem;

/// Room for entries of events: some 40,000 of them.
const ENTRIES_OCTETS_MAX: u64 = 32 * 1024 * 1024;
/// Room for whole feeds with their compressed form.
const BODIES_OCTETS_MAX: u64 = 64 * 1024 * 1024;

/// Ways of filtering one feed whose renderings are kept: nobody fills the shelf with the two
/// hundred thousand there are.
const VARIANTS_MAX: usize = 64;
/// How long a way of filtering counts after it was last asked for.
const VARIANT_IDLE: Duration = Duration::from_hours(1);
/// How long it is believed that nothing was recorded when nothing was heard: another process tells
/// what it records within milliseconds, but need not be heard.
const KNOWN_FOR: Duration = Duration::from_secs(1);
/// Feeds whose ways of filtering are counted.
const FEEDS_COUNTED_MAX: u64 = 10_000;
/// How soon to come back when the odd renderings are under way.
const ODD_AGAIN: Duration = Duration::from_secs(2);

/// A feed, rendered.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    /// As it is.
    pub(crate) plain: Bytes,
    /// Compressed: a twentieth.
    pub(crate) gzip: Bytes,
}

/// How new a feed was, with an ear for what has been recorded since.
#[derive(Clone, Debug)]
struct Known {
    heads: Arc<[Head]>,
    news: watch::Receiver<u64>,
}

/// What was rendered. One for each process; nothing is shared between processes but the database.
#[derive(Debug)]
pub struct Shelf {
    /// How new feeds are, being read.
    pub(super) heads: Together<Which, Result<Arc<[Head]>, Problem>>,
    known: moka::sync::Cache<Which, Known>,
    entries: moka::sync::Cache<String, Arc<str>>,
    bodies: moka::future::Cache<String, Body>,
    variants: moka::sync::Cache<String, Arc<Mutex<BTreeSet<String>>>>,
    /// The lane of renderings that are not kept: one at a time.
    odd: Semaphore,
    rendered: AtomicU64,
    assembled: AtomicU64,
}

impl Default for Shelf {
    fn default() -> Self {
        let octets = |size: usize| u32::try_from(size).unwrap_or(u32::MAX);
        let entries = moka::sync::Cache::builder()
            .max_capacity(ENTRIES_OCTETS_MAX)
            .weigher(move |key: &String, text: &Arc<str>| octets(key.len() + text.len()))
            .build();
        let bodies = moka::future::Cache::builder()
            .max_capacity(BODIES_OCTETS_MAX)
            .weigher(move |key: &String, body: &Body| {
                octets(key.len() + body.plain.len() + body.gzip.len())
            })
            .build();
        let variants = moka::sync::Cache::builder()
            .max_capacity(FEEDS_COUNTED_MAX)
            .time_to_idle(VARIANT_IDLE)
            .build();
        let (rendered, assembled) = (AtomicU64::new(0), AtomicU64::new(0));
        let heads = Together::default();
        let known = moka::sync::Cache::builder()
            .max_capacity(FEEDS_COUNTED_MAX)
            .time_to_live(KNOWN_FOR)
            .build();
        Self {
            heads,
            known,
            entries,
            bodies,
            variants,
            odd: Semaphore::new(1),
            rendered,
            assembled,
        }
    }
}

impl Shelf {
    /// How many entries were rendered so far: a 304 renders none.
    pub fn rendered(&self) -> u64 {
        self.rendered.load(Ordering::Relaxed)
    }

    /// How many feeds were put together so far.
    pub fn assembled(&self) -> u64 {
        self.assembled.load(Ordering::Relaxed)
    }

    /// How new a feed is, if nothing whatever was recorded since it was found out.
    pub(super) fn known(&self, which: &Which) -> Option<Arc<[Head]>> {
        let known = self.known.get(which)?;
        let has_news = known.news.has_changed().unwrap_or(true);
        (!has_news).then_some(known.heads)
    }

    /// Keeps how new a feed is. `news` has been listened to since before that was read. What is
    /// not there is not kept, nor a name that several hubs may come to share.
    pub(super) fn note(&self, which: Which, heads: &Arc<[Head]>, news: watch::Receiver<u64>) {
        let is_one = !matches!(which, Which::Issue { hub: None, .. }) && heads.len() == 1;
        if is_one {
            self.known.insert(which, Known { heads: Arc::clone(heads), news });
        }
    }

    /// An entry by its name, rendered if it is not there.
    pub(crate) fn entry(
        &self,
        name: String,
        render: impl FnOnce() -> Option<String>,
    ) -> Option<Arc<str>> {
        if let Some(text) = self.entries.get(&name) {
            return Some(text);
        }
        let text: Arc<str> = render()?.into();
        self.rendered.fetch_add(1, Ordering::Relaxed);
        self.entries.insert(name, Arc::clone(&text));
        Some(text)
    }

    /// A feed by its name, put together if it is not there; once, however many ask at that moment.
    /// Too many ways of filtering the same feed are still answered, one after the other, and not
    /// kept.
    ///
    /// # Errors
    /// Whatever putting it together says; 503 when too many odd ones are asked for.
    pub(crate) async fn body(
        &self,
        feed: &str,
        variant: &str,
        name: &str,
        assemble: impl Future<Output = journal::Result<Body>>,
    ) -> Result<Body, Problem> {
        let counted = async {
            self.assembled.fetch_add(1, Ordering::Relaxed);
            assemble.await
        };
        if self.admits(feed, variant) {
            return self.bodies.try_get_with(name.to_owned(), counted).await.map_err(problem);
        }
        let Ok(_lane) = self.odd.try_acquire() else { return Err(Problem::Unavailable(ODD_AGAIN)) };
        counted.await.map_err(problem)
    }

    fn admits(&self, feed: &str, variant: &str) -> bool {
        let known = self.variants.get_with_by_ref(feed, Arc::default);
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.contains(variant) {
            return true;
        }
        let is_room = known.len() < VARIANTS_MAX;
        if is_room {
            known.insert(variant.to_owned());
        }
        is_room
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn sixty_four_ways_of_filtering_are_kept_and_all_are_answered() {
        let shelf = Shelf::default();
        let body = || async { Ok(Body { plain: "a".into(), gzip: "b".into() }) };
        let ask = async |variant: usize| {
            let name = format!("name {variant}");
            shelf.body("hub", &variant.to_string(), &name, body()).await.map(|body| body.plain)
        };
        for variant in (0..80).chain(0..64) {
            assert_eq!(ask(variant).await, Ok("a".into()));
        }
        assert_eq!(shelf.assembled(), 80, "the first ones were kept");
        assert_eq!(ask(79).await, Ok("a".into()));
        assert_eq!(shelf.assembled(), 81, "the last ones were not");
        let _busy = shelf.odd.acquire().await;
        assert_eq!(ask(79).await, Err(Problem::Unavailable(ODD_AGAIN)));
        assert_eq!(ask(3).await, Ok("a".into()));
    }
}
