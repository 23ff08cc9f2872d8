//! The journal of every hub on one database: opened once, shared by all.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use kernel::World;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::appender::{self, CrashPoint, QUEUE_MAX, Ticket};
use crate::batch::Appended;
use crate::connect::{self, Opened, Use};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::heads::{self, Heads};
use crate::keys::Keyring;
use crate::order::{Answer, Fault, Order};
use crate::product::Product;
use crate::statistics::{self, Growth};
use crate::tables::Tables;
use crate::turn::FileLock;

/// The journal that holds what is not a hub's: hubs, accounts, roles.
pub const NETWORK: &str = "network";

/// How a journal is opened.
pub struct Options {
    /// `sqlite:PATH` or `postgres://…`.
    pub url: String,
    /// Whether this process serves, or only helps out.
    pub purpose: Use,
    /// Where to die, in crash tests.
    pub crash: Option<CrashPoint>,
}

impl Options {
    /// Opens for serving.
    pub fn serve(url: impl Into<String>) -> Self {
        Self { url: url.into(), purpose: Use::Serve, crash: None }
    }

    /// Opens for a short visit beside a server.
    pub fn visit(url: impl Into<String>) -> Self {
        Self { url: url.into(), purpose: Use::Visit, crash: None }
    }
}

/// Facts go in once and come out in order. Cheap to clone.
#[derive(Clone)]
pub struct Journal {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) db: Db,
    pub(crate) keys: Keyring,
    pub(crate) product: Arc<dyn Product>,
    pub(crate) tables: Arc<Tables>,
    pub(crate) world: Arc<dyn World>,
    crash: Option<CrashPoint>,
    appenders: Mutex<HashMap<String, mpsc::Sender<Ticket>>>,
    pub(crate) heads: Heads,
    pub(crate) growth: Growth,
    pub(crate) stop: CancellationToken,
    tasks: TaskTracker,
    lock: Mutex<Option<FileLock>>,
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Journal(…)")
    }
}

impl Journal {
    /// Opens the database, brings schema and views up to date, and starts listening.
    ///
    /// # Errors
    /// When the database cannot be opened, is in use (SQLite), or a view cannot be built.
    pub async fn open(
        options: Options,
        product: Arc<dyn Product>,
        world: Arc<dyn World>,
    ) -> Result<Self> {
        let Opened { db, keys, lock } = connect::open(&options.url, options.purpose).await?;
        let keys = Keyring::open(keys, Arc::clone(&world)).await?;
        let tables = Arc::new(Tables::new(product.tables()));
        let inner = Arc::new(Inner {
            db,
            keys,
            product,
            tables,
            world,
            crash: options.crash,
            appenders: Mutex::default(),
            heads: Heads::default(),
            growth: Growth::default(),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
            lock: Mutex::new(lock),
        });
        let journal = Self { inner };
        journal.prepare_views(options.purpose).await?;
        journal.inner.spawn(heads::watch(Arc::clone(&journal.inner)));
        if journal.inner.db.is_postgres() {
            journal.inner.spawn(heads::tell(Arc::clone(&journal.inner)));
            journal.inner.spawn(statistics::keep(Arc::clone(&journal.inner)));
        }
        Ok(journal)
    }

    /// Gives a command to the journal it belongs to, and waits until it is durable and answered.
    ///
    /// # Errors
    /// A [`Fault`] when it could not be decided or stored: busy, database out of reach, or a
    /// broken promise. After a fault, the same command id may be given again without harm.
    pub async fn submit(&self, journal: &str, order: Order) -> std::result::Result<Answer, Fault> {
        let (reply, answer) = oneshot::channel();
        let mut ticket = Ticket { journal: journal.to_owned(), order, reply };
        // An appender that goes because nothing came takes no more tickets; the next one does.
        while let Err(refused) = self.appender(journal)?.try_send(ticket) {
            match refused {
                TrySendError::Full(_) => return Err(Arc::new(Error::Busy { waiting: QUEUE_MAX })),
                TrySendError::Closed(back) => ticket = back,
            }
        }
        answer
            .await
            .unwrap_or_else(|_gone| Err(Arc::new(Error::broken("the appender has stopped"))))
    }

    fn appender(&self, journal: &str) -> Result<mpsc::Sender<Ticket>> {
        // SQLite has one writer anyway, so hubs share its commits.
        let name = if self.inner.db.is_postgres() { journal } else { "" };
        let mut appenders = self.inner.appenders.lock().unwrap_or_else(PoisonError::into_inner);
        // Asked under the lock: what is let in is also waited for.
        if self.inner.stop.is_cancelled() {
            return Err(Error::db("append: the journal is closed", sqlx::Error::PoolClosed));
        }
        if let Some(sender) = appenders.get(name).filter(|sender| !sender.is_closed()) {
            return Ok(sender.clone());
        }
        let (sender, receiver) = mpsc::channel(QUEUE_MAX);
        appenders.insert(name.to_owned(), sender.clone());
        self.inner.spawn(appender::run(Arc::clone(&self.inner), receiver));
        Ok(sender)
    }

    /// Stops taking commands, finishes those under way, and lets go of the database.
    pub async fn close(&self) {
        {
            let mut appenders = self.inner.appenders.lock().unwrap_or_else(PoisonError::into_inner);
            self.inner.stop.cancel();
            appenders.clear();
        }
        self.inner.tasks.close();
        self.inner.tasks.wait().await;
        self.inner.keys.close().await;
        self.inner.db.close().await;
        // Whoever holds a clone of this journal no longer keeps the file from the next server.
        drop(self.inner.lock.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    /// The database, for the queries of views.
    pub fn db(&self) -> &Db {
        &self.inner.db
    }

    /// The keys of persons.
    pub fn keys(&self) -> &Keyring {
        &self.inner.keys
    }

    /// The source of time and ids.
    pub fn world(&self) -> &Arc<dyn World> {
        &self.inner.world
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }

    /// Wakes whenever a batch has been appended here that may have brought effects.
    pub fn effects_wake(&self) -> watch::Receiver<u64> {
        self.inner.heads.effects()
    }

    /// The position of a journal as last heard; changes wake.
    pub fn head_watch(&self, journal: &str) -> watch::Receiver<i64> {
        self.inner.heads.subscribe(journal)
    }
}

impl Inner {
    /// Resolves when the journal closes.
    pub(crate) async fn stopped(&self) {
        self.stop.cancelled().await;
    }

    /// Dies here if a crash test asked for it.
    pub(crate) fn crash_at(&self, point: CrashPoint) {
        if self.crash == Some(point) {
            std::process::abort();
        }
    }

    /// Destroys keys of the erased, wakes subscribers and workers, tells other processes.
    pub(crate) async fn after_commit(&self, appended: Vec<Appended>) {
        for batch in appended {
            for person in &batch.erased {
                if let Err(fault) = self.erase(*person).await {
                    tracing::error!(error = %fault, "a key could not be destroyed yet; the outbox will try again");
                }
            }
            if batch.facts > 0 {
                self.growth.count(batch.facts);
                self.heads.appended(&batch.journal, batch.position);
            }
        }
    }

    /// A task that is waited for when the journal closes.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(task);
    }
}
