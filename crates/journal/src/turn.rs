//! A turnstile before SQLite's write lock, and the lock that keeps a file to one server.
//!
//! SQLite's writers of several processes do not queue: each looks again after a while, and one
//! that commits without a pause is never found idle. So whoever wants to write first takes the
//! lock of a file beside the database, which the system hands on, and lets go of it as soon as the
//! write lock is held: the next in line then waits for exactly one transaction.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::{Error, Result};

/// Where writers of several processes take turns.
#[derive(Clone, Debug)]
pub(crate) struct Turnstile(Arc<File>);

/// A turn; dropping it lets the next one through.
#[derive(Debug)]
pub(crate) struct Turn(Arc<File>);

/// Keeps an SQLite file to one serving process for as long as it lives.
#[derive(Debug)]
pub(crate) struct FileLock(#[expect(dead_code, reason = "held for its lock")] File);

impl Turnstile {
    /// The turnstile of a database file.
    pub(crate) fn beside(path: &Path) -> Result<Self> {
        lock_file(path, ".turn").map(|file| Self(Arc::new(file)))
    }

    /// Waits for a turn. Within one process the single writing connection keeps the order.
    pub(crate) async fn wait(&self) -> io::Result<Turn> {
        match self.0.try_lock() {
            Ok(()) => return Ok(Turn(Arc::clone(&self.0))),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(cause)) => return Err(cause),
        }
        let file = Arc::clone(&self.0);
        // Should nobody want it any more when it comes, the turn is dropped where it was got.
        tokio::task::spawn_blocking(move || file.lock().map(|()| Turn(file)))
            .await
            .unwrap_or_else(|gone| Err(io::Error::other(gone)))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Err(cause) = self.0.unlock() {
            tracing::warn!(error = %cause, "the turnstile could not be let go");
        }
    }
}

impl FileLock {
    /// Takes the lock, or says who cannot share the file.
    pub(crate) fn take(path: &Path) -> Result<Self> {
        let file = lock_file(path, ".lock")?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(Error::InUse { path: path.display().to_string() }),
            Err(TryLockError::Error(cause)) => Err(unopened(path)(cause)),
        }
    }
}

fn lock_file(path: &Path, ending: &str) -> Result<File> {
    let options = OpenOptions::new().create(true).truncate(false).write(true).to_owned();
    options.open(beside(path, ending)).map_err(unopened(path))
}

fn unopened(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let what = format!("lock {}", path.display());
    move |cause| Error::db(what, sqlx::Error::Io(cause))
}

/// A file beside the database: its name with an ending.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
