//! Views are disposable: built from the journal at start when their definition changed, rebuilt on
//! demand, and built in memory for the past. None of it can send anything: effects come from
//! reactions, and no reaction is asked here.

use std::sync::Arc;
use std::time::Duration;

use kernel::PersonId;

use crate::chain::hex;
use crate::connect::{self, Use};
use crate::db::{Db, Pools, Tx};
use crate::error::{Error, Result};
use crate::journal::{Inner, Journal};
use crate::keys::Keyring;
use crate::product::Product;
use crate::rows::Rows;
use crate::sql::{Arg, OneText, Sql};
use crate::store::{AFTER, FactRow, lock_head, open_rows};
use crate::tables::Tables;

/// Facts read at once in a replay.
const PAGE: i64 = 2_000;
/// Row changes gathered before they are written in a replay.
const ROWS_MAX: usize = 5_000;
/// What the tables of views were made from.
const VERSION: &str = "SELECT version AS text FROM view_versions WHERE journal = ''";
/// How often cutting a write-ahead log is tried, and how long between.
const SCRUBS_MAX: usize = 600;
const SCRUB_PAUSE: Duration = Duration::from_secs(1);

/// What a rebuild did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Facts replayed.
    pub facts: i64,
    /// Rows in the views afterwards.
    pub rows: i64,
    /// Rows that differ from what was there before. Anything but 0 means a projection changed.
    pub changed: i64,
}

struct Replay<'a> {
    product: &'a dyn Product,
    tables: &'a Tables,
    keys: &'a Keyring,
}

impl Replay<'_> {
    /// Replays facts up to a position into the views that `into` writes; reads from `from`, or
    /// from the same transaction.
    #[expect(clippy::too_many_arguments, reason = "what, up to where, from where to where")]
    async fn run(
        &self,
        journal: &str,
        until: i64,
        from: Option<&Db>,
        into: &mut Tx,
        progress: &(dyn Fn(i64, i64) + Sync),
    ) -> Result<i64> {
        let (mut rows, mut position) = (Rows::default(), 0);
        while position < until {
            let limit = PAGE.min(until - position);
            let args = crate::args![journal, position, limit];
            let page: Vec<FactRow> = match from {
                Some(db) => db.all(AFTER, args).await?,
                None => into.all(AFTER, args).await?,
            };
            if page.is_empty() {
                return Err(Error::broken(format!(
                    "journal {journal} ends at {position}, before {until}"
                )));
            }
            for fact in open_rows(self.keys, page).await? {
                position = fact.position;
                self.product.project(&fact, &mut rows).map_err(|cause| Error::Fact {
                    journal: journal.to_owned(),
                    position,
                    cause,
                })?;
            }
            if rows.len() >= ROWS_MAX {
                self.tables.flush(into, journal, &mut rows).await?;
            }
            progress(position, until);
        }
        self.tables.flush(into, journal, &mut rows).await?;
        Ok(position)
    }
}

impl Inner {
    fn replay(&self) -> Replay<'_> {
        Replay { product: &*self.product, tables: &self.tables, keys: &self.keys }
    }

    /// Destroys a person's key and, on SQLite, cuts the write-ahead logs in which old pages linger.
    pub(crate) async fn erase(&self, person: PersonId) -> Result<()> {
        self.keys.destroy(person).await?;
        if let Pools::Sqlite { write, .. } = self.db.pools()
            && !scrub(write.clone(), "PRAGMA main.wal_checkpoint(TRUNCATE)").await
        {
            // Somebody is reading old pages; nobody waits for that, and it does not take long.
            let (write, stop) = (write.clone(), self.stop.clone());
            self.spawn(async move {
                for _ in 0..SCRUBS_MAX {
                    tokio::select! {
                        // The last one to close the file cuts its log anyway.
                        () = stop.cancelled() => return,
                        () = tokio::time::sleep(SCRUB_PAUSE) => {}
                    }
                    if scrub(write.clone(), "PRAGMA main.wal_checkpoint(TRUNCATE)").await {
                        return;
                    }
                }
                tracing::warn!("the write-ahead log could not be cut; a reader holds on to it");
            });
        }
        self.keys.scrub().await;
        Ok(())
    }
}

/// Moves the write-ahead log into its file and empties it; `false` when a reader or writer is in
/// the way. It waits for them shortly, as appends wait meanwhile.
pub(crate) async fn scrub(pool: sqlx::SqlitePool, pragma: &'static str) -> bool {
    let cut = async {
        let mut connection = pool.acquire().await?;
        sqlx::query("PRAGMA busy_timeout = 50").execute(&mut *connection).await?;
        let done = sqlx::query(pragma).fetch_one(&mut *connection).await;
        sqlx::query("PRAGMA busy_timeout = 5000").execute(&mut *connection).await?;
        sqlx::Row::try_get::<i64, _>(&done?, 0)
    };
    match cut.await {
        Ok(is_busy) => is_busy == 0,
        Err(cause) => {
            tracing::warn!(error = %cause, "the write-ahead log could not be cut yet");
            false
        }
    }
}

impl Journal {
    /// Makes the tables of views, and rebuilds them when their definition has changed.
    pub(crate) async fn prepare_views(&self, purpose: Use) -> Result<()> {
        let inner = self.inner();
        let wanted = definition(&*inner.product, &inner.tables);
        let found: Option<OneText> = self.db().opt(VERSION, vec![]).await?;
        if found.and_then(|row| row.text).as_deref() == Some(wanted.as_str()) {
            return Ok(());
        }
        let mut tx = self.db().begin().await?;
        lock_all_heads(&mut tx).await?;
        // Another process may have done it while we waited.
        let found: Option<OneText> = tx.opt(VERSION, vec![]).await?;
        let found = found.and_then(|row| row.text);
        if found.as_deref() == Some(wanted.as_str()) {
            tx.rollback().await;
            return Ok(());
        }
        if found.is_some() && purpose == Use::Visit {
            tx.rollback().await;
            return Err(Error::broken(
                "the views in this database belong to another version of convoke; start the server once, or run “convoke rebuild”",
            ));
        }
        inner.tables.drop_all(&mut tx).await?;
        inner.tables.create(&mut tx).await?;
        let heads: Vec<JournalHead> = tx.all("SELECT journal, position FROM heads", vec![]).await?;
        for head in heads {
            if head.position > 0 {
                tracing::info!(journal = %head.journal, facts = head.position, "building the views");
            }
            inner.replay().run(&head.journal, head.position, None, &mut tx, &|_, _| ()).await?;
        }
        tx.exec(
            "INSERT INTO view_versions (journal, version) VALUES ('', $1)
             ON CONFLICT (journal) DO UPDATE SET version = excluded.version",
            vec![Arg::from(wanted)],
        )
        .await?;
        tx.commit().await
    }

    /// Replays one journal into its views, in one transaction: readers see the old rows until it
    /// commits. Says how many rows differ from before. `progress` hears position and end.
    ///
    /// # Errors
    /// When the database is out of reach or a fact cannot be read; then nothing has changed.
    pub async fn rebuild(
        &self,
        journal: &str,
        progress: &(dyn Fn(i64, i64) + Sync),
    ) -> Result<Rebuilt> {
        let inner = self.inner();
        let mut tx = self.db().begin().await?;
        be_patient(&mut tx).await?;
        let head = lock_head(&mut tx, journal).await?;
        for table in inner.tables.iter() {
            copy_aside(&mut tx, table.name, journal).await?;
        }
        inner.tables.clear(&mut tx, journal).await?;
        let facts = inner.replay().run(journal, head.position, None, &mut tx, progress).await?;
        let mut rebuilt = Rebuilt { facts, ..Rebuilt::default() };
        for table in inner.tables.iter() {
            let (rows, changed) = compare(&mut tx, table.name, journal).await?;
            rebuilt.rows += rows;
            rebuilt.changed += changed;
        }
        tx.commit().await?;
        Ok(rebuilt)
    }

    /// The past: an in-memory database with the same views, built from the network's journal and
    /// one hub's up to the given positions. The same queries run on it.
    ///
    /// # Errors
    /// When the database is out of reach or a fact cannot be read.
    pub async fn as_of(&self, positions: &[(&str, i64)]) -> Result<Db> {
        let inner = self.inner();
        let past = connect::in_memory().await?;
        let mut tx = past.begin().await?;
        inner.tables.create(&mut tx).await?;
        for (journal, position) in positions {
            inner.replay().run(journal, *position, Some(self.db()), &mut tx, &|_, _| ()).await?;
        }
        tx.commit().await?;
        Ok(past)
    }

    /// Destroys a person's key again, should a crash have come between the fact and it.
    ///
    /// # Errors
    /// When the keys are out of reach.
    pub async fn erase(&self, person: PersonId) -> Result<()> {
        self.inner().erase(person).await
    }

    /// The journals whose views still show something of a person: what an erasure has yet to reach.
    /// Her key is one for all of them; their views are each their own.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn showing(&self, person: PersonId) -> Result<Vec<String>> {
        let mut looks = Vec::new();
        for table in self.inner().tables.iter() {
            for column in table.columns {
                if let Some(owner) = column.of {
                    let (name, column) = (table.name, column.name);
                    looks.push(format!(
                        "SELECT journal AS text FROM {name} WHERE {owner} = $1 AND {column} IS NOT NULL"
                    ));
                }
            }
        }
        if looks.is_empty() {
            return Ok(Vec::new());
        }
        // UNION drops what is there twice.
        let sql = Sql::same(looks.join(" UNION "));
        let rows: Vec<OneText> = self.db().all(sql, crate::args![person.to_string()]).await?;
        Ok(rows.into_iter().filter_map(|row| row.text).collect())
    }
}

crate::row! { struct JournalHead { journal: String, position: i64 } }

/// No append anywhere while views change shape: each begins by locking its journal's head, and
/// holds it while it writes views. On SQLite the transaction is lock enough.
async fn lock_all_heads(tx: &mut Tx) -> Result<()> {
    be_patient(tx).await?;
    if tx.is_postgres() {
        tx.exec("LOCK TABLE heads IN EXCLUSIVE MODE", vec![]).await?;
    }
    Ok(())
}

/// A replay may have statements that take longer than an append's may.
async fn be_patient(tx: &mut Tx) -> Result<()> {
    if tx.is_postgres() {
        tx.exec("SET LOCAL statement_timeout = 0", vec![]).await?;
        tx.exec("SET LOCAL idle_in_transaction_session_timeout = 0", vec![]).await?;
    }
    Ok(())
}

fn definition(product: &dyn Product, tables: &Tables) -> String {
    use sha2::Digest as _;
    let text = format!("{} {}", product.views_version(), tables.definition());
    hex(&sha2::Sha256::digest(text.as_bytes()))
}

async fn copy_aside(tx: &mut Tx, table: &str, journal: &str) -> Result<()> {
    let drop = format!("DROP TABLE IF EXISTS before_{table}");
    tx.exec(Sql::same(drop), vec![]).await?;
    // PostgreSQL drops it with the transaction; SQLite at the next rebuild or when the
    // connection ends. Parameters are not allowed in CREATE TABLE AS on PostgreSQL.
    let make = format!("CREATE TEMP TABLE before_{table} AS SELECT * FROM {table} WHERE false");
    let on_commit = format!(
        "CREATE TEMP TABLE before_{table} ON COMMIT DROP AS SELECT * FROM {table} WHERE false"
    );
    tx.exec(Sql::made(make, on_commit), vec![]).await?;
    let fill = format!("INSERT INTO before_{table} SELECT * FROM {table} WHERE journal = $1");
    tx.exec(Sql::same(fill), vec![Arg::from(journal)]).await.map(|_rows| ())
}

async fn compare(tx: &mut Tx, table: &str, journal: &str) -> Result<(i64, i64)> {
    crate::row! { struct Differ { total: i64, fresh: i64, gone: i64 } }
    let text = format!(
        "SELECT (SELECT CAST(COUNT(*) AS BIGINT) FROM {table} WHERE journal = $1) AS total,
             (SELECT CAST(COUNT(*) AS BIGINT) FROM
                 (SELECT * FROM {table} WHERE journal = $1 EXCEPT SELECT * FROM before_{table}) AS a) AS fresh,
             (SELECT CAST(COUNT(*) AS BIGINT) FROM
                 (SELECT * FROM before_{table} EXCEPT SELECT * FROM {table} WHERE journal = $1) AS b) AS gone"
    );
    let row: Option<Differ> = tx.opt(Sql::same(text), vec![Arg::from(journal)]).await?;
    if !tx.is_postgres() {
        let drop = format!("DROP TABLE before_{table}");
        tx.exec(Sql::same(drop), vec![]).await?;
    }
    Ok(row.map_or((0, 0), |row| (row.total, row.fresh.max(row.gone))))
}

/// Shares what the time machine has built.
pub type Past = Arc<Db>;
