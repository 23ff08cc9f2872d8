//! Views are disposable: built from the journal at start when their definition changed, rebuilt on
//! demand, and built in memory for the past. None of it can send anything: effects come from
//! reactions, and no reaction is asked here.

use std::sync::Arc;

use kernel::PersonId;

use crate::chain::hex;
use crate::connect::{self, Use};
use crate::error::{Error, Result};
use crate::journal::{Inner, Journal};
use crate::keys::Keyring;
use crate::product::Product;
use crate::rows::Rows;
use crate::sql::{Arg, Db, OneText, Pools, Sql, Tx};
use crate::store::{AFTER, FactRow, lock_head, open_rows};
use crate::tables::Tables;

/// Facts read at once in a replay.
const PAGE: i64 = 2_000;
/// Row changes gathered before they are written in a replay.
const ROWS_MAX: usize = 5_000;

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
        self.scrub().await;
        Ok(())
    }

    async fn scrub(&self) {
        self.keys.scrub().await;
        if let Pools::Sqlite { write, .. } = self.db.pools()
            && let Err(cause) = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(write).await
        {
            tracing::warn!(error = %cause, "the write-ahead log could not be cut yet");
        }
    }
}

impl Journal {
    /// Makes the tables of views, and rebuilds them when their definition has changed.
    pub(crate) async fn prepare_views(&self, purpose: Use) -> Result<()> {
        let inner = self.inner();
        let wanted = definition(&*inner.product, &inner.tables);
        let mut tx = self.db().begin().await?;
        // One process at a time prepares: the network's head is as good a lock as any.
        lock_head(&mut tx, crate::NETWORK).await?;
        let found: Option<OneText> =
            tx.opt("SELECT version AS text FROM view_versions WHERE journal = ''", vec![]).await?;
        let found = found.and_then(|row| row.text);
        if found.as_deref() == Some(wanted.as_str()) {
            return Ok(());
        }
        if found.is_some() && purpose == Use::Visit {
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
}

crate::row! { struct JournalHead { journal: String, position: i64 } }

fn definition(product: &dyn Product, tables: &Tables) -> String {
    use sha2::Digest as _;
    let text = format!("{} {}", product.views_version(), tables.definition());
    hex(&sha2::Sha256::digest(text.as_bytes()))
}

async fn copy_aside(tx: &mut Tx, table: &str, journal: &str) -> Result<()> {
    let drop = format!("DROP TABLE IF EXISTS before_{table}");
    tx.exec(Sql::made(drop.clone(), drop), vec![]).await?;
    // PostgreSQL drops it with the transaction; SQLite at the next rebuild or when the
    // connection ends. Parameters are not allowed in CREATE TABLE AS on PostgreSQL.
    let make = format!("CREATE TEMP TABLE before_{table} AS SELECT * FROM {table} WHERE false");
    let on_commit = format!(
        "CREATE TEMP TABLE before_{table} ON COMMIT DROP AS SELECT * FROM {table} WHERE false"
    );
    tx.exec(Sql::made(make, on_commit), vec![]).await?;
    let fill = format!("INSERT INTO before_{table} SELECT * FROM {table} WHERE journal = $1");
    tx.exec(Sql::made(fill.clone(), fill), vec![Arg::from(journal)]).await.map(|_rows| ())
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
    let row: Option<Differ> =
        tx.opt(Sql::made(text.clone(), text), vec![Arg::from(journal)]).await?;
    if !tx.is_postgres() {
        let drop = format!("DROP TABLE before_{table}");
        tx.exec(Sql::made(drop.clone(), drop), vec![]).await?;
    }
    Ok(row.map_or((0, 0), |row| (row.total, row.fresh.max(row.gone))))
}

/// Shares what the time machine has built.
pub type Past = Arc<Db>;
