//! What was rendered is kept while there is room: each event's entry once, each feed's body once.
//!
//! Names are made of what a rendering depends on, so nothing here is ever stale; it only falls off
//! the shelf when newer things need the room. Both bounds are in bytes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;

/// Room for entries of events: some 40,000 of them.
const ENTRIES_OCTETS_MAX: u64 = 32 * 1024 * 1024;
/// Room for whole feeds with their compressed form.
const BODIES_OCTETS_MAX: u64 = 64 * 1024 * 1024;

/// A feed, rendered.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    /// As it is.
    pub(crate) plain: Bytes,
    /// Compressed: a twentieth.
    pub(crate) gzip: Bytes,
}

/// What was rendered. One for each process; nothing is shared between processes but the database.
#[derive(Debug)]
pub struct Shelf {
    entries: moka::sync::Cache<String, Arc<str>>,
    bodies: moka::future::Cache<String, Body>,
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
        Self { entries, bodies, rendered: AtomicU64::new(0), assembled: AtomicU64::new(0) }
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
    pub(crate) async fn body(
        &self,
        name: &str,
        assemble: impl Future<Output = journal::Result<Body>>,
    ) -> Result<Body, Arc<journal::Error>> {
        self.bodies
            .try_get_with(name.to_owned(), async {
                self.assembled.fetch_add(1, Ordering::Relaxed);
                assemble.await
            })
            .await
    }
}
