//! A power cut leaves SQLite's write-ahead log at any length: it opens as whole batches.

use std::collections::BTreeSet;
use std::path::Path;

use futures_util::future::join_all;
use sqlx::Connection as _;

use crate::common::place::{HUB, Place, assert_dense, on_sqlite};
use crate::common::{Dice, add, order, seed};

/// Bytes of the log's own header, and of a frame's: a page follows each.
const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// What the file says after a cut, read by SQLite alone.
async fn facts_of(file: &Path) -> i64 {
    let address = format!("sqlite:{}", file.display());
    let mut connection = sqlx::SqliteConnection::connect(&address).await.unwrap();
    let text = "SELECT (SELECT COUNT(*) FROM facts), (SELECT COALESCE(MAX(position), 0) FROM facts),
             (SELECT COALESCE(MAX(position), 0) FROM heads), (SELECT COALESCE(MAX(last_position), 0) FROM commands),
             (SELECT COALESCE(SUM(times), 0) FROM tallies), (SELECT COUNT(*) FROM tags)";
    let seen: (i64, i64, i64, i64, i64, i64) =
        sqlx::query_as(text).fetch_one(&mut connection).await.unwrap();
    let (facts, last, head, commanded, counted, tags) = seen;
    assert!([last, head, commanded, counted, tags].iter().all(|n| *n == facts), "{seen:?}");
    connection.close().await.unwrap();
    facts
}

#[tokio::test]
async fn a_log_cut_at_any_byte_opens_as_whole_batches() {
    let seed = seed();
    on_sqlite(async |place| {
        let journal = place.serve().await;
        // The tables are in the file, and the log begins anew.
        journal.db().exec("PRAGMA wal_checkpoint(TRUNCATE)", vec![]).await.unwrap();
        let mut ends = BTreeSet::from([0]);
        for size in [3, 1, 8, 20] {
            let orders = (0..size).map(|n| order(&journal, add(&format!("t{}", n % 4), 1)));
            join_all(orders.map(|order| journal.submit(HUB, order))).await;
            ends.insert(journal.position(HUB).await.unwrap());
        }
        // Nothing is being written, so the files are of one moment.
        let (db, wal) = (std::fs::read(place.file()).unwrap(), {
            let name = format!("{}-wal", place.file().display());
            std::fs::read(name).unwrap()
        });
        journal.close().await;
        // The keys are a file of their own, written before the facts that need them.
        let keys = std::fs::read(format!("{}.keys", place.file().display())).unwrap();
        let page = usize::from(u16::from_be_bytes([db[16], db[17]]));
        let frame = FRAME_HEADER + page;
        let frames = (wal.len() - HEADER) / frame;
        let mut cuts = BTreeSet::from([0, 1, HEADER - 1, wal.len()]);
        for n in 0..=frames {
            let end = HEADER + n * frame;
            cuts.extend([end - 1, end, end + 1, end + FRAME_HEADER]);
        }
        let mut dice = Dice(seed);
        cuts.extend(
            (0..150)
                .map(|_| usize::try_from(dice.below(u64::try_from(wal.len()).unwrap())).unwrap()),
        );
        cuts.retain(|cut| *cut <= wal.len());
        println!("{} cuts of a log of {} bytes, {frames} frames", cuts.len(), wal.len());

        let folder = tempfile::tempdir().unwrap();
        let mut reached = BTreeSet::new();
        for (n, cut) in cuts.iter().enumerate() {
            let copy = Place::copy(&folder.path().join(n.to_string()), &db, &wal[..*cut]);
            let facts = facts_of(&copy).await;
            assert!(ends.contains(&facts), "cut at {cut}: {facts} facts, batches end at {ends:?}");
            if reached.insert(facts) {
                std::fs::write(format!("{}.keys", copy.display()), &keys).unwrap();
                let journal = crate::common::open(&format!("sqlite:{}", copy.display())).await;
                assert_eq!(assert_dense(&journal, HUB).await, facts);
                assert_eq!(journal.rebuild(HUB, &|_, _| ()).await.unwrap().changed, 0);
                journal.submit(HUB, order(&journal, add("t", 1))).await.unwrap();
                journal.close().await;
            }
            std::fs::remove_dir_all(copy.parent().unwrap()).unwrap();
        }
        assert!(reached.len() >= 3, "the cuts reach several batches: {reached:?} of {ends:?}");
    })
    .await;
}

/// The same at every single byte of the last batch. Small pages keep that to some thousand cuts.
#[tokio::test]
async fn a_log_cut_at_every_byte_of_its_last_batch_opens_as_whole_batches() {
    on_sqlite(async |place| {
        let address = format!("sqlite:{}?mode=rwc", place.file().display());
        let mut first = sqlx::SqliteConnection::connect(&address).await.unwrap();
        sqlx::query("PRAGMA page_size = 512").execute(&mut first).await.unwrap();
        sqlx::query("PRAGMA journal_mode = WAL").execute(&mut first).await.unwrap();
        first.close().await.unwrap();
        let journal = place.serve().await;
        let name = format!("{}-wal", place.file().display());
        journal.submit(HUB, order(&journal, add("t", 1))).await.unwrap();
        journal.db().exec("PRAGMA wal_checkpoint(TRUNCATE)", vec![]).await.unwrap();
        journal.submit(HUB, order(&journal, add("t", 1))).await.unwrap();
        let before = std::fs::read(&name).unwrap().len();
        journal.submit(HUB, order(&journal, add("t", 1))).await.unwrap();
        let last = journal.position(HUB).await.unwrap();
        let (db, wal) = (std::fs::read(place.file()).unwrap(), std::fs::read(&name).unwrap());
        journal.close().await;
        assert_eq!(u16::from_be_bytes([db[16], db[17]]), 512);
        println!("every byte from {before} to {}", wal.len());

        // In memory where there is such a folder: what is tried is reading, not the disk.
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        for cut in before..=wal.len() {
            let copy = Place::copy(&folder.path().join("cut"), &db, &wal[..cut]);
            let facts = facts_of(&copy).await;
            let whole = if cut == wal.len() { last } else { last - 1 };
            assert_eq!(facts, whole, "cut at {cut} of {}", wal.len());
            std::fs::remove_dir_all(copy.parent().unwrap()).unwrap();
        }
    })
    .await;
}
