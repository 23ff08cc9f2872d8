//! Opening a database: its address, its pools, its migrations.

use std::borrow::Cow;
use std::path::Path;
use std::time::Duration;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, SqlSafeStr};

use crate::db::{Db, Pools};
use crate::error::{Error, Result};
use crate::turn::{FileLock, Turnstile, beside};

macro_rules! migrations {
    ($folder:literal) => {
        [
            (
                1,
                "journal",
                include_str!(concat!("../../../migrations/", $folder, "/0001_journal.sql")),
            ),
            (
                2,
                "outbox",
                include_str!(concat!("../../../migrations/", $folder, "/0002_outbox.sql")),
            ),
            (3, "keys", include_str!(concat!("../../../migrations/", $folder, "/0003_keys.sql"))),
            (4, "inbox", include_str!(concat!("../../../migrations/", $folder, "/0004_inbox.sql"))),
            (
                5,
                "calendar_link_use",
                include_str!(concat!(
                    "../../../migrations/",
                    $folder,
                    "/0005_calendar_link_use.sql"
                )),
            ),
            (
                6,
                "outbox ways",
                include_str!(concat!("../../../migrations/", $folder, "/0006_outbox_ways.sql")),
            ),
            (
                7,
                "mail indexes",
                include_str!(concat!("../../../migrations/", $folder, "/0007_mail_indexes.sql")),
            ),
        ]
    };
}

/// How long a statement waits for a connection or for SQLite's write lock.
const PATIENCE: Duration = Duration::from_secs(5);
/// Readers of an SQLite file; each is a thread.
const SQLITE_READERS: u32 = 4;
/// Connections of one process to PostgreSQL, unless the address says `?pool=N`.
const POSTGRES_CONNECTIONS: u32 = 12;
/// Statements a connection keeps prepared: a few for each view and size of batch.
const PREPARED: usize = 600;
/// What every connection to PostgreSQL is told. A hub waits behind one that has stopped in the
/// middle of a transaction, so the server ends it.
const POSTGRES_SETTINGS: [(&str, &str); 5] = [
    ("synchronous_commit", "on"),
    ("statement_timeout", "30000"),
    ("idle_in_transaction_session_timeout", "60000"),
    ("default_transaction_isolation", "read committed"),
    // Compiling a statement takes longer than any of ours.
    ("jit", "off"),
];
/// What connections that append are told besides. Their statements look up rows by key, at most a
/// batch of them; plans made while a table was empty would walk through it for ever after.
const APPEND_SETTINGS: [(&str, &str); 3] =
    [("enable_seqscan", "off"), ("enable_hashjoin", "off"), ("enable_mergejoin", "off")];

/// Whether this process serves (and so must be the only one on an SQLite file), or only helps out
/// for a moment, like `convoke token` beside a running server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// The one process that serves.
    Serve,
    /// A command that comes and goes.
    Visit,
}

/// A database that has been opened.
pub(crate) struct Opened {
    pub(crate) db: Db,
    /// A way of its own to the keys: an SQLite append holds the one writing connection while it
    /// asks for them. On PostgreSQL it is the same.
    pub(crate) keys: Db,
    pub(crate) lock: Option<FileLock>,
}

/// Opens the database, creating an SQLite file that is missing, and brings its schema up to date.
pub(crate) async fn open(url: &str, purpose: Use) -> Result<Opened> {
    if let Some(path) = url.strip_prefix("sqlite:") {
        return sqlite(Path::new(path.strip_prefix("//").unwrap_or(path)), purpose).await;
    }
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        let db = Db::new(postgres(url).await?);
        return Ok(Opened { keys: db.clone(), db, lock: None });
    }
    Err(Error::BadUrl { url: masked(url) })
}

/// A database that lives in memory: the time machine's.
pub(crate) async fn in_memory() -> Result<Db> {
    let options = SqliteConnectOptions::new().in_memory(true).synchronous(SqliteSynchronous::Off);
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options)
        .await
        .map_err(|cause| Error::db("open a database in memory", cause))?;
    Ok(Db::new(Pools::Sqlite { write: pool.clone(), read: pool, turn: None }))
}

async fn sqlite(path: &Path, purpose: Use) -> Result<Opened> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|cause| {
            Error::db(format!("make the folder of {}", path.display()), sqlx::Error::Io(cause))
        })?;
    }
    let lock = if purpose == Use::Serve { Some(FileLock::take(path)?) } else { None };
    let turn = Turnstile::beside(path)?;
    let failed = |cause| Error::db(format!("open {}", path.display()), cause);
    {
        // Two that open a new file at once must not both make its tables.
        let _turn = turn.wait().await.map_err(|cause| failed(sqlx::Error::Io(cause)))?;
        let mut connection = file(path).connect().await.map_err(failed)?;
        attach(&mut connection, &attachment(path)).await.map_err(failed)?;
        migrator(migrations!("sqlite")).run(&mut connection).await.map_err(Error::migration)?;
        connection.close().await.map_err(failed)?;
    }
    let write = pool(1).connect_with(file(path)).await.map_err(failed)?;
    let readers = file(path).pragma("query_only", "ON");
    let read = pool(SQLITE_READERS).connect_with(readers).await.map_err(failed)?;
    // The keys are attached nowhere else: BEGIN IMMEDIATE locks every attached file, and a key is
    // made while an append holds its lock.
    let keys = Db::new(Pools::Sqlite {
        write: keys_pool(path, 1).await.map_err(failed)?,
        read: keys_pool(path, 2).await.map_err(failed)?,
        turn: None,
    });
    Ok(Opened { db: Db::new(Pools::Sqlite { write, read, turn: Some(turn) }), keys, lock })
}

fn file(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // Durability is never traded: an answered command survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        // What is erased must not linger in free pages.
        .pragma("secure_delete", "ON")
        .pragma("temp_store", "MEMORY")
        .pragma("cache_size", "-16384")
        .statement_cache_capacity(PREPARED)
        .busy_timeout(PATIENCE)
}

fn pool(size: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(size)
        .min_connections(1)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        // A file does not go away; asking first would only cost time.
        .test_before_acquire(false)
}

fn attachment(path: &Path) -> String {
    let keys = beside(path, ".keys").display().to_string().replace('\'', "''");
    format!(
        "ATTACH DATABASE '{keys}' AS keys; PRAGMA keys.journal_mode = WAL; \
         PRAGMA keys.synchronous = FULL; PRAGMA keys.secure_delete = ON;"
    )
}

async fn attach(
    connection: &mut SqliteConnection,
    text: &str,
) -> std::result::Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(text.to_owned())).execute(connection).await.map(drop)
}

/// Connections to the keys alone, under the name they have on PostgreSQL.
async fn keys_pool(path: &Path, size: u32) -> std::result::Result<SqlitePool, sqlx::Error> {
    let text = attachment(path);
    let options = SqliteConnectOptions::new().filename(":memory:").busy_timeout(PATIENCE);
    pool(size)
        .after_connect(move |connection, _| {
            let text = text.clone();
            Box::pin(async move { attach(connection, &text).await })
        })
        .connect_with(options)
        .await
}

async fn postgres(url: &str) -> Result<Pools> {
    let (bare, size) = pool_size(url);
    let options: PgConnectOptions =
        bare.parse().map_err(|_cause: sqlx::Error| Error::BadUrl { url: masked(url) })?;
    let options = options.statement_cache_capacity(PREPARED).options(POSTGRES_SETTINGS);
    let failed = |cause| Error::db(format!("connect to {}", masked(url)), cause);
    let appenders = (size / 3).max(1);
    let pool = |size| PgPoolOptions::new().max_connections(size).acquire_timeout(PATIENCE);
    let general = pool(size.saturating_sub(appenders).max(1))
        .connect_with(options.clone())
        .await
        .map_err(failed)?;
    migrator(migrations!("postgres")).run(&general).await.map_err(Error::migration)?;
    let append = pool(appenders)
        // BEGIN finds out whether it is alive.
        .test_before_acquire(false)
        .connect_lazy_with(options.options(APPEND_SETTINGS));
    Ok(Pools::Postgres { append, general })
}

/// Takes our own `pool=N` out of the address.
fn pool_size(url: &str) -> (String, u32) {
    let Some((base, query)) = url.split_once('?') else {
        return (url.to_owned(), POSTGRES_CONNECTIONS);
    };
    let (ours, theirs): (Vec<&str>, Vec<&str>) =
        query.split('&').partition(|part| part.starts_with("pool="));
    let size = ours
        .first()
        .and_then(|part| part.strip_prefix("pool="))
        .and_then(|text| text.parse().ok())
        .unwrap_or(POSTGRES_CONNECTIONS);
    let bare =
        if theirs.is_empty() { base.to_owned() } else { format!("{base}?{}", theirs.join("&")) };
    (bare, size.max(3))
}

/// An address without its password.
pub fn masked(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.rsplit_once('@') {
        Some((who, place)) => {
            let user = who.split(':').next().unwrap_or("");
            format!("{scheme}://{user}:…@{place}")
        }
        None => url.to_owned(),
    }
}

fn migrator<const N: usize>(steps: [(i64, &'static str, &'static str); N]) -> Migrator {
    let migrations = steps
        .into_iter()
        .map(|(version, name, text)| {
            Migration::new(
                version,
                Cow::Borrowed(name),
                MigrationType::Simple,
                text.into_sql_str(),
                false,
            )
        })
        .collect();
    Migrator::with_migrations(migrations)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_shown_and_our_own_option_is_taken_out() {
        assert_eq!(masked("postgres://ada:secret@db/convoke"), "postgres://ada:…@db/convoke");
        assert_eq!(
            pool_size("postgres://h/d?pool=4&sslmode=require"),
            ("postgres://h/d?sslmode=require".to_owned(), 4)
        );
        assert_eq!(pool_size("postgres://h/d").1, POSTGRES_CONNECTIONS);
    }
}
