//! What can go wrong below the rules: faults, never rejections.

use kernel::FactError;

/// A fault of the journal or its database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database cannot be reached or did not answer in time; nothing is known to be written.
    #[error("the database is not available: could not {what}")]
    Unavailable {
        /// What was tried.
        what: String,
        /// What the driver said.
        #[source]
        cause: sqlx::Error,
    },
    /// The database refused or failed a statement.
    #[error("the database failed: could not {what}")]
    Database {
        /// What was tried.
        what: String,
        /// What the driver said.
        #[source]
        cause: sqlx::Error,
    },
    /// The schema could not be brought up to date.
    #[error("the schema could not be brought up to date")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The queue of commands is full.
    #[error("busy: {waiting} commands are waiting; try again")]
    Busy {
        /// How many wait.
        waiting: usize,
    },
    /// Another process holds the database file.
    #[error(
        "{path} is in use by another convoke process; stop it first, or use PostgreSQL for several processes"
    )]
    InUse {
        /// The file.
        path: String,
    },
    /// The address of the database is not of a known form.
    #[error("“{url}” is no database: use sqlite:PATH or postgres://…")]
    BadUrl {
        /// What was given.
        url: String,
    },
    /// A stored fact cannot be read.
    #[error("position {position} of journal {journal} cannot be read")]
    Fact {
        /// The journal.
        journal: String,
        /// The position.
        position: i64,
        /// What the decoder said.
        #[source]
        cause: FactError,
    },
    /// A promise of the program or of its data is broken.
    #[error("broken: {what}")]
    Broken {
        /// Which.
        what: String,
    },
}

/// What the journal's functions return.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Sorts a driver's error into "not available" and "failed".
    pub(crate) fn db(what: impl Into<String>, cause: sqlx::Error) -> Self {
        let what = what.into();
        if is_outage(&cause) {
            Self::Unavailable { what, cause }
        } else {
            Self::Database { what, cause }
        }
    }

    pub(crate) fn broken(what: impl Into<String>) -> Self {
        Self::Broken { what: what.into() }
    }

    /// Whether trying again later may help, with nothing changed by the one who asks.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Unavailable { .. } | Self::Busy { .. })
    }
}

/// Connection trouble, time-outs, a full disk, a server that shuts down: the cause can go away.
fn is_outage(cause: &sqlx::Error) -> bool {
    match cause {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(fault) => fault.code().is_some_and(|code| {
            // PostgreSQL: connection (08), resources such as a full disk (53), shutdown (57P).
            // SQLite, primary codes: BUSY 5, LOCKED 6, IOERR 10, FULL 13, CANTOPEN 14.
            code.starts_with("08")
                || code.starts_with("53")
                || code.starts_with("57P")
                || code.parse::<u32>().is_ok_and(|number| {
                    number < 100_000
                        && matches!(number & 0xff, 5 | 6 | 10 | 13 | 14)
                        && code.len() < 5
                })
        }),
        _ => false,
    }
}
