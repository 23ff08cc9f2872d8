//! One database behind two drivers: its pools, its queries, and its transactions.
//!
//! Transactions are begun and ended by hand: SQLite undoes one by itself when the disk is full,
//! after which the driver's own bookkeeping believes for ever that one is open. A connection whose
//! transaction was neither committed nor rolled back is closed, not given back.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::pool::PoolConnection;
use sqlx::postgres::PgPool;
use sqlx::sqlite::SqlitePool;
use sqlx::{Executor as _, Postgres, Sqlite};

use crate::error::{Error, Result};
use crate::frame::{self, Frame, Pour};
use crate::sql::{Arg, Record, Row, Sql, context, lite, pg, records};
use crate::turn::Turnstile;

/// Dead connections a `begin` throws away before it believes that the server is gone.
const STALE_MAX: usize = 16;

/// One database: SQLite (one writer, several readers) or PostgreSQL.
#[derive(Clone, Debug)]
pub struct Db {
    pools: Pools,
    counts: Arc<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    statements: AtomicU64,
    commits: AtomicU64,
}

#[derive(Clone, Debug)]
pub(crate) enum Pools {
    /// One connection writes; whoever wants it in another process waits at the turnstile.
    Sqlite { write: SqlitePool, read: SqlitePool, turn: Option<Turnstile> },
    /// Transactions have connections of their own: readers cannot keep appends waiting, and an
    /// append that asks for a key while it holds a connection cannot wait for itself.
    Postgres { append: PgPool, general: PgPool },
}

/// A transaction on either database. Dropping it rolls back.
pub struct Tx {
    connection: Connection,
    is_open: bool,
    has_failed: bool,
    counts: Arc<Counts>,
}

enum Connection {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

impl Db {
    pub(crate) fn new(pools: Pools) -> Self {
        Self { pools, counts: Arc::default() }
    }

    /// The same database with a counter of its own: how many statements one request took.
    #[must_use]
    pub fn counted(&self) -> Self {
        Self { pools: self.pools.clone(), counts: Arc::default() }
    }

    /// How many statements this handle and its clones have run, without begin and commit.
    pub fn statements(&self) -> u64 {
        self.counts.statements.load(Ordering::Relaxed)
    }

    /// How many transactions this handle and its clones have committed.
    pub fn commits(&self) -> u64 {
        self.counts.commits.load(Ordering::Relaxed)
    }

    /// Whether this is PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        matches!(self.pools, Pools::Postgres { .. })
    }

    pub(crate) fn pools(&self) -> &Pools {
        &self.pools
    }

    fn count(&self) {
        self.counts.statements.fetch_add(1, Ordering::Relaxed);
    }

    /// All rows of a query.
    ///
    /// # Errors
    /// When the database is out of reach or refuses the statement.
    pub async fn all<T: Record>(&self, sql: impl Into<Sql>, args: Vec<Arg>) -> Result<Vec<T>> {
        let sql = sql.into();
        self.count();
        match &self.pools {
            Pools::Sqlite { read, .. } => {
                let rows = lite(&sql, args).fetch_all(read).await.map_err(context(&sql))?;
                records(rows.into_iter().map(Row::Sqlite))
            }
            Pools::Postgres { general, .. } => {
                let rows = pg(&sql, args).fetch_all(general).await.map_err(context(&sql))?;
                records(rows.into_iter().map(Row::Postgres))
            }
        }
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// As [`Db::all`].
    pub async fn opt<T: Record>(&self, sql: impl Into<Sql>, args: Vec<Arg>) -> Result<Option<T>> {
        Ok(self.all(sql, args).await?.into_iter().next())
    }

    /// Runs a statement outside any append; says how many rows it touched.
    ///
    /// # Errors
    /// As [`Db::all`].
    pub async fn exec(&self, sql: impl Into<Sql>, args: Vec<Arg>) -> Result<u64> {
        let sql = sql.into();
        self.count();
        match &self.pools {
            Pools::Sqlite { write, turn, .. } => {
                let mut connection = write.acquire().await.map_err(context(&sql))?;
                let _turn = wait(turn.as_ref()).await.map_err(context(&sql))?;
                lite(&sql, args).execute(&mut *connection).await.map(|done| done.rows_affected())
            }
            Pools::Postgres { general, .. } => {
                pg(&sql, args).execute(general).await.map(|done| done.rows_affected())
            }
        }
        .map_err(context(&sql))
    }

    /// Begins a transaction that will write: SQLite takes its one write lock at once, so that
    /// nothing is read before it is held.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn begin(&self) -> Result<Tx> {
        let failed = |cause| Error::db("begin a transaction", cause);
        match &self.pools {
            Pools::Sqlite { write, turn, .. } => {
                let connection = write.acquire().await.map_err(failed)?;
                let mut tx = self.opened(Connection::Sqlite(connection));
                let _turn = wait(turn.as_ref()).await.map_err(failed)?;
                tx.say("BEGIN IMMEDIATE").await.map_err(failed)?;
                Ok(tx)
            }
            Pools::Postgres { append, .. } => {
                let mut stale = 0;
                loop {
                    let connection = append.acquire().await.map_err(failed)?;
                    let mut tx = self.opened(Connection::Postgres(connection));
                    match tx.say("BEGIN").await {
                        Ok(()) => return Ok(tx),
                        // The server may have ended connections that lay idle: nothing is lost.
                        Err(_) if stale < STALE_MAX => stale += 1,
                        Err(cause) => return Err(failed(cause)),
                    }
                }
            }
        }
    }

    fn opened(&self, connection: Connection) -> Tx {
        let counts = Arc::clone(&self.counts);
        Tx { connection, is_open: true, has_failed: false, counts }
    }

    /// Lets go of the database once everything that was lent is back.
    pub(crate) async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { write, read, .. } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres { append, general } => {
                append.close().await;
                general.close().await;
            }
        }
    }
}

async fn wait(
    turn: Option<&Turnstile>,
) -> std::result::Result<Option<crate::turn::Turn>, sqlx::Error> {
    match turn {
        Some(turn) => turn.wait().await.map(Some).map_err(sqlx::Error::Io),
        None => Ok(None),
    }
}

impl Tx {
    /// `BEGIN`, `COMMIT`, `ROLLBACK` and settings: no arguments, no rows.
    pub(crate) async fn say(&mut self, text: &'static str) -> std::result::Result<(), sqlx::Error> {
        match &mut self.connection {
            Connection::Sqlite(connection) => {
                sqlx::query(text).execute(&mut **connection).await.map(drop)
            }
            Connection::Postgres(connection) => connection.execute(text).await.map(drop),
        }
    }

    fn count(&self) {
        self.counts.statements.fetch_add(1, Ordering::Relaxed);
    }

    fn noted<T>(&mut self, answer: Result<T>) -> Result<T> {
        self.has_failed |= answer.is_err();
        answer
    }

    /// Whether this is PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        matches!(self.connection, Connection::Postgres(_))
    }

    /// All rows of a query.
    ///
    /// # Errors
    /// As [`Db::all`].
    pub async fn all<T: Record>(&mut self, sql: impl Into<Sql>, args: Vec<Arg>) -> Result<Vec<T>> {
        let sql = sql.into();
        self.count();
        let rows = match &mut self.connection {
            Connection::Sqlite(connection) => lite(&sql, args)
                .fetch_all(&mut **connection)
                .await
                .map_err(context(&sql))
                .and_then(|rows| records(rows.into_iter().map(Row::Sqlite))),
            Connection::Postgres(connection) => pg(&sql, args)
                .fetch_all(&mut **connection)
                .await
                .map_err(context(&sql))
                .and_then(|rows| records(rows.into_iter().map(Row::Postgres))),
        };
        self.noted(rows)
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// As [`Db::all`].
    pub async fn opt<T: Record>(
        &mut self,
        sql: impl Into<Sql>,
        args: Vec<Arg>,
    ) -> Result<Option<T>> {
        Ok(self.all(sql, args).await?.into_iter().next())
    }

    /// Runs a statement; says how many rows it touched.
    ///
    /// # Errors
    /// As [`Db::all`].
    pub async fn exec(&mut self, sql: impl Into<Sql>, args: Vec<Arg>) -> Result<u64> {
        let sql = sql.into();
        self.count();
        let done = match &mut self.connection {
            Connection::Sqlite(connection) => {
                lite(&sql, args).execute(&mut **connection).await.map(|done| done.rows_affected())
            }
            Connection::Postgres(connection) => {
                pg(&sql, args).execute(&mut **connection).await.map(|done| done.rows_affected())
            }
        }
        .map_err(context(&sql));
        self.noted(done)
    }

    /// Runs a statement that takes whole frames of rows. `sqlite_rows` is how many rows the text
    /// for SQLite spells out; frames are filled up to it.
    pub(crate) async fn pour(
        &mut self,
        pour: &Pour,
        sqlite_rows: usize,
        parts: Vec<frame::Part>,
    ) -> Result<()> {
        self.count();
        let done = match &mut self.connection {
            Connection::Sqlite(connection) => {
                let sql = pour.sqlite(sqlite_rows)?;
                lite(sql, frame::row_by_row(parts, sqlite_rows))
                    .execute(&mut **connection)
                    .await
                    .map(drop)
                    .map_err(context(sql))
            }
            Connection::Postgres(connection) => {
                let sql = pour.postgres();
                frame::column_by_column(sql, parts)
                    .execute(&mut **connection)
                    .await
                    .map(drop)
                    .map_err(context(sql))
            }
        };
        self.noted(done)
    }

    /// Runs a statement over one frame, in as few steps as the database allows.
    pub(crate) async fn pour_all(
        &mut self,
        pour: &Pour,
        journal: &str,
        frame: Frame,
    ) -> Result<()> {
        let most = if self.is_postgres() { usize::MAX } else { frame::SQLITE_ROWS_MAX };
        for piece in frame.pieces(most) {
            let rows = frame::class_of(piece.rows());
            let parts = vec![frame::Part::One(Arg::from(journal)), frame::Part::Rows(piece)];
            self.pour(pour, rows, parts).await?;
        }
        Ok(())
    }

    /// Makes everything durable, or nothing.
    ///
    /// # Errors
    /// When the outcome is a failure, or not known because the connection broke.
    pub async fn commit(mut self) -> Result<()> {
        if self.has_failed {
            // PostgreSQL would quietly roll back and call it a success.
            return Err(Error::broken("a transaction with a failed statement is not committed"));
        }
        self.say("COMMIT").await.map_err(|cause| Error::db("commit", cause))?;
        self.is_open = false;
        self.counts.commits.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Undoes everything and gives the connection back at once.
    pub async fn rollback(mut self) {
        // SQLite may have rolled back by itself; then the connection is closed, which is as good.
        self.is_open = self.say("ROLLBACK").await.is_err();
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        if self.is_open {
            match &mut self.connection {
                Connection::Sqlite(connection) => connection.close_on_drop(),
                Connection::Postgres(connection) => connection.close_on_drop(),
            }
        }
    }
}
