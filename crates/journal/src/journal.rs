//! The journal of every hub on one database: opened once, shared by all.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use kernel::World;
use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::appender::{self, CrashPoint, QUEUE_MAX, Ticket};
use crate::batch::Appended;
use crate::connect::{self, FileLock, Use};
use crate::error::{Error, Result};
use crate::keys::Keyring;
use crate::order::{Answer, Fault, Order};
use crate::product::Product;
use crate::row;
use crate::sql::{Db, Pools};
use crate::tables::Tables;

/// The journal that holds what is not a hub's: hubs, accounts, roles.
pub const NETWORK: &str = "network";

/// How often the heads are looked at, for what other processes have appended. A notice from
/// PostgreSQL usually comes first; this is the truth.
const POLL: Duration = Duration::from_millis(500);

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
    heads: Mutex<HashMap<String, watch::Sender<i64>>>,
    effects: watch::Sender<u64>,
    stop: CancellationToken,
    tasks: TaskTracker,
    _lock: Option<FileLock>,
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
        let (db, lock) = connect::open(&options.url, options.purpose).await?;
        let keys_db = connect::keys(&db, &options.url).await?;
        let keys = Keyring::open(keys_db, Arc::clone(&world)).await?;
        let tables = Arc::new(Tables::new(product.tables()));
        let inner = Arc::new(Inner {
            db,
            keys,
            product,
            tables,
            world,
            crash: options.crash,
            appenders: Mutex::default(),
            heads: Mutex::default(),
            effects: watch::Sender::new(0),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
            _lock: lock,
        });
        let journal = Self { inner };
        journal.prepare_views(options.purpose).await?;
        if options.purpose == Use::Serve {
            journal.spawn(watch_heads(Arc::clone(&journal.inner)));
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
        let ticket = Ticket { journal: journal.to_owned(), order, reply };
        let busy = || Arc::new(Error::Busy { waiting: QUEUE_MAX });
        self.appender(journal).try_send(ticket).map_err(|_full| busy())?;
        answer
            .await
            .unwrap_or_else(|_gone| Err(Arc::new(Error::broken("the appender has stopped"))))
    }

    fn appender(&self, journal: &str) -> mpsc::Sender<Ticket> {
        // SQLite has one writer anyway, so hubs share its commits.
        let name = if self.inner.db.is_postgres() { journal } else { "" };
        let mut appenders = self.inner.appenders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = appenders.get(name).filter(|sender| !sender.is_closed()) {
            return sender.clone();
        }
        let (sender, receiver) = mpsc::channel(QUEUE_MAX);
        appenders.insert(name.to_owned(), sender.clone());
        self.spawn(appender::run(Arc::clone(&self.inner), receiver));
        sender
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "appenders live as long as the journal and are tracked"
    )]
    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.inner.tasks.spawn(task);
    }

    /// Stops taking commands, finishes those under way, and lets go of the database.
    pub async fn close(&self) {
        self.inner.stop.cancel();
        self.inner.appenders.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.inner.tasks.close();
        self.inner.tasks.wait().await;
        match self.inner.db.pools() {
            Pools::Sqlite { write, read } => {
                self.inner.keys.close().await;
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
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
        self.inner.effects.subscribe()
    }

    /// The position of a journal as last heard; changes wake.
    pub fn head_watch(&self, journal: &str) -> watch::Receiver<i64> {
        self.inner.head_sender(journal, 0).subscribe()
    }
}

impl Inner {
    fn head_sender(&self, journal: &str, position: i64) -> watch::Sender<i64> {
        let mut heads = self.heads.lock().unwrap_or_else(PoisonError::into_inner);
        heads.entry(journal.to_owned()).or_insert_with(|| watch::Sender::new(position)).clone()
    }

    fn heard(&self, journal: &str, position: i64) -> bool {
        self.head_sender(journal, 0).send_if_modified(|known| {
            let newer = position > *known;
            if newer {
                *known = position;
            }
            newer
        })
    }

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
            if batch.facts.is_empty() {
                continue;
            }
            self.heard(&batch.journal, batch.position);
            self.effects.send_modify(|count| *count += 1);
            if let Pools::Postgres(pool) = self.db.pools() {
                // On another connection, after the commit: inside the transaction a NOTIFY would
                // serialise all commits of the server. It is a hint; the poll is the truth.
                let (pool, journal, position) = (pool.clone(), batch.journal, batch.position);
                self.spawn_tracked(async move {
                    let note = format!("{journal} {position}");
                    let _hint = sqlx::query("SELECT pg_notify('convoke_heads', $1)")
                        .bind(note)
                        .execute(&pool)
                        .await;
                });
            }
        }
    }

    #[expect(clippy::disallowed_methods, reason = "tracked, and awaited when the journal closes")]
    fn spawn_tracked(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(task);
    }
}

row! { struct HeadPosition { journal: String, position: i64 } }

/// Hears of what other processes append: by PostgreSQL's notice at once, by a poll in any case.
async fn watch_heads(inner: Arc<Inner>) {
    let mut listener = None;
    loop {
        if listener.is_none()
            && let Pools::Postgres(pool) = inner.db.pools()
        {
            listener = listen(pool).await;
        }
        let pause = tokio::time::sleep(POLL);
        tokio::select! {
            () = inner.stop.cancelled() => return,
            () = pause => {}
            notice = next_notice(&mut listener) => if notice.is_err() { listener = None; },
        }
        let heads: Result<Vec<HeadPosition>> =
            inner.db.all("SELECT journal, position FROM heads", vec![]).await;
        match heads {
            Ok(heads) => {
                let mut news = false;
                for head in heads {
                    news |= inner.heard(&head.journal, head.position);
                }
                if news {
                    inner.effects.send_modify(|count| *count += 1);
                }
            }
            Err(fault) => {
                tracing::warn!(error = %fault, "the heads could not be read; trying again")
            }
        }
    }
}

async fn listen(pool: &sqlx::PgPool) -> Option<sqlx::postgres::PgListener> {
    let mut listener = sqlx::postgres::PgListener::connect_with(pool).await.ok()?;
    listener.listen("convoke_heads").await.ok()?;
    Some(listener)
}

async fn next_notice(
    listener: &mut Option<sqlx::postgres::PgListener>,
) -> std::result::Result<(), sqlx::Error> {
    match listener {
        Some(listener) => listener.recv().await.map(drop),
        None => std::future::pending().await,
    }
}
