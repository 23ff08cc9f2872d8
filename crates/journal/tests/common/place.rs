//! Where a test keeps its journal: a folder of its own, or a database of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use journal::testing::Database;
use journal::{Answer, Arg, Count, Journal, Options, Order, Product, Record};
use kernel::Act;
use tempfile::TempDir;
use uuid::Uuid;

use super::{Toy, order, world};

/// The hub most tests write to.
pub const HUB: &str = "hub_a";

/// A place for one journal, removed with the test.
pub struct Place {
    pub url: String,
    pub folder: TempDir,
    database: Option<Database>,
}

/// Runs a test on SQLite, then on PostgreSQL.
pub async fn both(test: impl AsyncFn(&Place)) {
    on_sqlite(&test).await;
    on_postgres(&test).await;
}

/// Runs a test on SQLite alone.
pub async fn on_sqlite(test: impl AsyncFn(&Place)) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}/j.db", folder.path().display());
    println!("on SQLite");
    test(&Place { url, folder, database: None }).await;
}

/// Runs a test on PostgreSQL alone.
pub async fn on_postgres(test: impl AsyncFn(&Place)) {
    #[expect(clippy::disallowed_methods, reason = "the test command says where its server is")]
    let server = std::env::var("CONVOKE_TEST_POSTGRES").unwrap_or_else(|_| {
        panic!("CONVOKE_TEST_POSTGRES is not set: run “cargo xtask test -p journal”, or “cargo xtask postgres” beside this")
    });
    #[expect(clippy::disallowed_methods, reason = "a database of its own for each test")]
    let name = format!("t_{}", Uuid::now_v7().simple());
    let database = Database::create(&server, &name).await.unwrap();
    let url = database.url().to_owned();
    println!("on PostgreSQL");
    let place = Place { url, folder: tempfile::tempdir().unwrap(), database: Some(database) };
    test(&place).await;
    place.database.unwrap().drop().await.unwrap();
}

impl Place {
    pub fn is_postgres(&self) -> bool {
        self.database.is_some()
    }

    /// The file of an SQLite database.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("j.db")
    }

    /// Files as a power cut may have left them, in a new folder; says where the database is.
    pub fn copy(folder: &Path, db: &[u8], wal: &[u8]) -> PathBuf {
        std::fs::create_dir_all(folder).unwrap();
        let file = folder.join("j.db");
        std::fs::write(&file, db).unwrap();
        std::fs::write(folder.join("j.db-wal"), wal).unwrap();
        file
    }

    /// A journal as the server has it.
    pub async fn serve(&self) -> Journal {
        self.open(Options::serve(&self.url), Toy(1)).await
    }

    /// A second one beside it: another server on PostgreSQL, a visitor on SQLite.
    pub async fn second(&self) -> Journal {
        let options =
            if self.is_postgres() { Options::serve(&self.url) } else { Options::visit(&self.url) };
        self.open(options, Toy(1)).await
    }

    pub async fn open(&self, options: Options, product: impl Product) -> Journal {
        Journal::open(options, Arc::new(product), world()).await.unwrap()
    }

    /// Switches the guards of the journal's tables off, as somebody who means harm would.
    pub async fn drop_guards(&self, journal: &Journal) {
        let statements: &[&str] = if self.is_postgres() {
            &[
                "DROP TRIGGER facts_never_change ON facts",
                "DROP TRIGGER facts_never_truncated ON facts",
            ]
        } else {
            &["DROP TRIGGER facts_never_change", "DROP TRIGGER facts_never_vanish"]
        };
        for statement in statements {
            journal.db().exec(*statement, vec![]).await.unwrap();
        }
    }
}

/// Gives a command to [`HUB`]; it must be answered.
pub async fn submit(journal: &Journal, act: impl Act) -> Answer {
    give(journal, order(journal, act)).await
}

/// The same with an order made before.
pub async fn give(journal: &Journal, order: Order) -> Answer {
    journal.submit(HUB, order).await.unwrap_or_else(|fault| panic!("a fault: {fault:?}"))
}

/// The position behind an accepted command.
pub fn position(answer: &Answer) -> i64 {
    answer.receipt().unwrap_or_else(|| panic!("refused: {answer:?}")).position
}

/// The code of a refusal.
pub fn code(answer: &Answer) -> &str {
    answer.refusal().map_or("ACCEPTED", |refusal| &refusal.code)
}

pub async fn count(journal: &Journal, sql: &'static str) -> i64 {
    one::<Count>(journal, sql, vec![]).await.n
}

pub async fn one<R: Record>(journal: &Journal, sql: &'static str, args: Vec<Arg>) -> R {
    journal.db().opt::<R>(sql, args).await.unwrap().expect("a row")
}

journal::row! {
    /// A fact's place.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Place3 { pub position: i64, pub stream: String, pub version: i64 }
}

/// Asserts that positions and every stream's versions are 1, 2, 3 … and the chain is whole.
pub async fn assert_dense(journal: &Journal, hub: &str) -> i64 {
    let rows: Vec<Place3> = journal
        .db()
        .all(
            "SELECT position, stream, version FROM facts WHERE journal = $1 ORDER BY position",
            journal::args![hub],
        )
        .await
        .unwrap();
    let mut versions = std::collections::HashMap::<String, i64>::new();
    for (place, row) in rows.iter().enumerate() {
        assert_eq!(row.position, i64::try_from(place).unwrap() + 1, "a gap in the positions");
        let version = versions.entry(row.stream.clone()).or_default();
        *version += 1;
        assert_eq!(row.version, *version, "a gap in the versions of {}", row.stream);
    }
    let verified = journal.verify(hub, &|_, _| ()).await.unwrap();
    let all = i64::try_from(rows.len()).unwrap();
    assert_eq!((verified.facts, verified.wrong), (all, None));
    all
}
