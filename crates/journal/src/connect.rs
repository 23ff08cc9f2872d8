//! Opening a database: its address, its pools, its migrations, and the lock on an SQLite file.

use std::borrow::Cow;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, SqlSafeStr};

use crate::error::{Error, Result};
use crate::sql::{Db, Pools};

/// How long a statement waits for a connection or for SQLite's write lock.
const PATIENCE: Duration = Duration::from_secs(5);
/// Readers of an SQLite file; each is a thread.
const SQLITE_READERS: u32 = 4;
/// Connections of one process to PostgreSQL, unless the address says `?pool=N`.
const POSTGRES_CONNECTIONS: u32 = 12;

/// Whether this process serves (and so must be the only one on an SQLite file), or only helps out
/// for a moment, like `convoke token` beside a running server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// The one process that serves.
    Serve,
    /// A command that comes and goes.
    Visit,
}

/// Keeps an SQLite file to one serving process for as long as it lives.
#[derive(Debug)]
pub(crate) struct FileLock(#[expect(dead_code, reason = "held for its lock")] File);

/// Opens the database, creating an SQLite file that is missing, and brings its schema up to date.
pub(crate) async fn open(url: &str, purpose: Use) -> Result<(Db, Option<FileLock>)> {
    let (pools, lock) = if let Some(path) = url.strip_prefix("sqlite:") {
        let path = PathBuf::from(path.strip_prefix("//").unwrap_or(path));
        let lock = if purpose == Use::Serve { Some(lock_file(&path)?) } else { None };
        (sqlite(&path).await?, lock)
    } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        (postgres(url).await?, None)
    } else {
        return Err(Error::BadUrl { url: url.to_owned() });
    };
    migrate(&pools, url).await?;
    Ok((Db::new(pools), lock))
}

/// A way of its own to the keys: an SQLite append holds the one writing connection while it asks
/// for them. PostgreSQL's pool serves both.
pub(crate) async fn keys(db: &Db, url: &str) -> Result<Db> {
    match (db.pools(), url.strip_prefix("sqlite:")) {
        (Pools::Sqlite { .. }, Some(path)) => {
            let path = PathBuf::from(path.strip_prefix("//").unwrap_or(path));
            let pool = sqlite_pool(&path, 1, true).await?;
            Ok(Db::new(Pools::Sqlite { write: pool.clone(), read: pool }))
        }
        _ => Ok(db.clone()),
    }
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
    Ok(Db::new(Pools::Sqlite { write: pool.clone(), read: pool }))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn lock_file(path: &Path) -> Result<FileLock> {
    let io = |what: &str| {
        let what = format!("{what} {}", path.display());
        move |cause| Error::db(what, sqlx::Error::Io(cause))
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(io("make the folder of"))?;
    }
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(beside(path, ".lock"))
        .map_err(io("open the lock beside"))?;
    match file.try_lock() {
        Ok(()) => Ok(FileLock(file)),
        Err(TryLockError::WouldBlock) => Err(Error::InUse { path: path.display().to_string() }),
        Err(TryLockError::Error(cause)) => Err(io("lock")(cause)),
    }
}

async fn sqlite(path: &Path) -> Result<Pools> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|cause| {
            Error::db(format!("make the folder of {}", path.display()), sqlx::Error::Io(cause))
        })?;
    }
    let write = sqlite_pool(path, 1, false).await?;
    let read = sqlite_pool(path, SQLITE_READERS, false).await?;
    Ok(Pools::Sqlite { write, read })
}

/// The keys are attached nowhere but on their own way: BEGIN IMMEDIATE locks every attached file,
/// and a key is made while an append holds the journal's.
async fn sqlite_pool(path: &Path, size: u32, with_keys: bool) -> Result<SqlitePool> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // Durability is never traded: an answered command survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        // What is erased must not linger in free pages.
        .pragma("secure_delete", "ON")
        .pragma("temp_store", "MEMORY")
        .pragma("cache_size", "-16384")
        .statement_cache_capacity(200)
        .busy_timeout(PATIENCE);
    let keys = beside(path, ".keys").display().to_string().replace('\'', "''");
    let attach = if with_keys {
        format!(
            "ATTACH DATABASE '{keys}' AS keys; PRAGMA keys.journal_mode = WAL; \
             PRAGMA keys.synchronous = FULL; PRAGMA keys.secure_delete = ON;"
        )
    } else {
        String::new()
    };
    SqlitePoolOptions::new()
        .max_connections(size)
        .min_connections(1)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        .after_connect(move |connection, _| {
            let attach = attach.clone();
            Box::pin(async move {
                if attach.is_empty() {
                    return Ok(());
                }
                sqlx::raw_sql(AssertSqlSafe(attach).into_sql_str())
                    .execute(connection)
                    .await
                    .map(drop)
            })
        })
        .connect_with(options)
        .await
        .map_err(|cause| Error::db(format!("open {}", path.display()), cause))
}

async fn postgres(url: &str) -> Result<Pools> {
    let (bare, size) = pool_size(url);
    let options: PgConnectOptions =
        bare.parse().map_err(|_cause: sqlx::Error| Error::BadUrl { url: masked(url) })?;
    let options = options.options([("synchronous_commit", "on"), ("statement_timeout", "30000")]);
    PgPoolOptions::new()
        .max_connections(size)
        .acquire_timeout(PATIENCE)
        .connect_with(options)
        .await
        .map(Pools::Postgres)
        .map_err(|cause| Error::db(format!("connect to {}", masked(url)), cause))
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
    (bare, size.max(2))
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
        ]
    };
}

async fn migrate(pools: &Pools, url: &str) -> Result<()> {
    let steps = match pools {
        Pools::Sqlite { .. } => migrations!("sqlite"),
        Pools::Postgres(_) => migrations!("postgres"),
    };
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
    let migrator = Migrator::with_migrations(migrations);
    match pools {
        Pools::Sqlite { .. } => {
            let path = PathBuf::from(url.trim_start_matches("sqlite:").trim_start_matches("//"));
            let pool = sqlite_pool(&path, 1, true).await?;
            migrator.run(&pool).await?;
            pool.close().await;
        }
        Pools::Postgres(pool) => migrator.run(pool).await?,
    }
    Ok(())
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
