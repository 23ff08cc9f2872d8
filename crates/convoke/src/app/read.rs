//! Asking questions: one reader for each request, on the present or on a past.

use std::hash::Hash;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_graphql::dataloader::{DataLoader, Loader};
use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use journal::Db;
use kernel::HubId;

use super::{App, Viewer, reply};

/// A batch is loaded when nobody has asked for anything for so long.
const QUIET: Duration = Duration::from_millis(1);
/// … or after so many times that: whoever still asks gets a second batch.
const QUIET_ROUNDS_MAX: usize = 50;

/// Which past a reader looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    /// The hub's position.
    pub position: i64,
    /// When that was.
    pub at: DateTime<Utc>,
}

/// What loaders work on; capabilities implement `Loader<TheirKey>` for it.
#[derive(Clone)]
pub struct Batch {
    /// The database of the request: the present's or a past's.
    pub db: Db,
}

/// One request's way to the views. Cheap to clone: every object of an answer holds one.
#[derive(Clone)]
pub struct Reader {
    inner: Arc<Inner>,
}

struct Inner {
    app: App,
    db: Db,
    viewer: Viewer,
    past: Option<Past>,
    loader: DataLoader<Batch>,
    /// How often something was asked of the loader.
    asked: Arc<AtomicU64>,
}

/// Waits until nobody asks any more.
///
/// The executor polls a list of more than thirty objects two at a time and lets others run in
/// between, so a batch that were loaded after a fixed time would miss the end of the list.
async fn quiet(asked: &AtomicU64) {
    for _ in 0..QUIET_ROUNDS_MAX {
        let before = asked.load(Ordering::Relaxed);
        tokio::time::sleep(QUIET).await;
        if asked.load(Ordering::Relaxed) == before {
            return;
        }
    }
}

impl Reader {
    pub(super) fn new(app: App, db: Db, viewer: Viewer, past: Option<Past>) -> Self {
        let asked = Arc::new(AtomicU64::new(0));
        let heard = Arc::clone(&asked);
        // A loader's batch lives no longer than its request.
        let when_quiet = move |load: BoxFuture<'static, ()>| {
            let heard = Arc::clone(&heard);
            tokio::spawn(async move {
                quiet(&heard).await;
                load.await;
            })
        };
        let loader = DataLoader::new(Batch { db: db.clone() }, when_quiet).delay(Duration::ZERO);
        Self { inner: Arc::new(Inner { app, db, viewer, past, loader, asked }) }
    }

    /// The product.
    pub fn app(&self) -> &App {
        &self.inner.app
    }

    /// The database to ask: the present's or a past's.
    pub fn db(&self) -> &Db {
        &self.inner.db
    }

    /// Who asks.
    pub fn viewer(&self) -> &Viewer {
        &self.inner.viewer
    }

    /// Which past this is; `None` for the present.
    pub fn past(&self) -> Option<Past> {
        self.inner.past
    }

    /// Loads by key, together with whatever else the request asks for at the same time:
    /// `reader.load(IssueKey(id)).await?`.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn load<K>(
        &self,
        key: K,
    ) -> async_graphql::Result<Option<<Batch as Loader<K>>::Value>>
    where
        K: Clone + Eq + Hash + Send + Sync + 'static,
        Batch: Loader<K, Error = Arc<journal::Error>>,
    {
        self.loader().load_one(key).await.map_err(reply::fault)
    }

    /// What loads by key, for who waits for it in another way.
    pub fn loader(&self) -> &DataLoader<Batch> {
        self.inner.asked.fetch_add(1, Ordering::Relaxed);
        &self.inner.loader
    }

    /// Whether whoever asks is this person.
    pub fn is_for(&self, person: &str) -> bool {
        self.viewer().person.is_some_and(|own| own.to_string() == person)
    }

    /// Whether whoever asks works for the hub of this id.
    pub fn is_for_staff(&self, hub: &str) -> bool {
        HubId::parse(hub).is_ok_and(|hub| self.viewer().is_staff(hub))
    }

    /// The present instant, or that of the past looked at.
    pub fn now(&self) -> DateTime<Utc> {
        self.inner.past.map_or_else(|| self.inner.app.now(), |past| past.at)
    }
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Reader({:?})", self.inner.past)
    }
}

/// Implements a set-based loader: `loader!(IssueKey => IssueRow, view::issues_by_id, |row| row.id.clone());`
/// declares the key type, a newtype of the id's text.
#[macro_export]
macro_rules! loader {
    ($(#[$meta:meta])* $key:ident => $row:ty, $query:path, $id:expr) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $key(pub String);

        impl async_graphql::dataloader::Loader<$key> for $crate::app::read::Batch {
            type Value = $row;
            type Error = std::sync::Arc<journal::Error>;

            async fn load(
                &self,
                keys: &[$key],
            ) -> Result<std::collections::HashMap<$key, Self::Value>, Self::Error> {
                let ids: Vec<String> = keys.iter().map(|key| key.0.clone()).collect();
                let rows: Vec<$row> = $query(&self.db, &ids).await.map_err(std::sync::Arc::new)?;
                let id = $id;
                Ok(rows.into_iter().map(|row| ($key(id(&row)), row)).collect())
            }
        }
    };
}

/// Implements a set-based loader of lists, what belongs to each of several things:
/// `list_loader!(MembersKey => ParticipantRow, query::members_of, |row| row.team.clone());`
/// where the last says to which of them a row belongs, if to any.
#[macro_export]
macro_rules! list_loader {
    ($(#[$meta:meta])* $key:ident => $row:ty, $query:path, $of:expr) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $key(pub String);

        impl async_graphql::dataloader::Loader<$key> for $crate::app::read::Batch {
            type Value = Vec<$row>;
            type Error = std::sync::Arc<journal::Error>;

            async fn load(
                &self,
                keys: &[$key],
            ) -> Result<std::collections::HashMap<$key, Self::Value>, Self::Error> {
                let ids: Vec<String> = keys.iter().map(|key| key.0.clone()).collect();
                let rows: Vec<$row> = $query(&self.db, &ids).await.map_err(std::sync::Arc::new)?;
                let of = $of;
                let mut lists: std::collections::HashMap<$key, Self::Value> =
                    keys.iter().map(|key| (key.clone(), Vec::new())).collect();
                for row in rows {
                    let key: Option<String> = of(&row);
                    if let Some(list) = key.and_then(|key| lists.get_mut(&$key(key))) {
                        list.push(row);
                    }
                }
                Ok(lists)
            }
        }
    };
}
