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

    /// Sorts a migration's error likewise: a server may go away in the middle of one.
    pub(crate) fn migration(cause: sqlx::migrate::MigrateError) -> Self {
        match cause {
            sqlx::migrate::MigrateError::Execute(cause) if is_outage(&cause) => {
                Self::Unavailable { what: "bring the schema up to date".to_owned(), cause }
            }
            cause => Self::Migration(cause),
        }
    }

    pub(crate) fn broken(what: impl Into<String>) -> Self {
        Self::Broken { what: what.into() }
    }

    /// Whether the connection broke or the transaction was in another's way, so that the same
    /// batch may be tried at once on a fresh one. A pool that gave none has been waited for.
    pub(crate) fn is_momentary(&self) -> bool {
        match self {
            Self::Unavailable { cause: sqlx::Error::Io(_) | sqlx::Error::Protocol(_), .. } => true,
            Self::Unavailable { cause: sqlx::Error::Database(fault), .. } => {
                fault.code().is_some_and(|code| {
                    code.len() == 5 && (code.starts_with("40") || code.starts_with("57P"))
                })
            }
            _ => false,
        }
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
        sqlx::Error::Database(fault) => fault.code().is_some_and(|code| is_outage_code(&code)),
        _ => false,
    }
}

/// PostgreSQL's codes have five letters: connection (08), resources such as a full disk (53),
/// the operating system (58), shutdown (57P), a statement that took too long (57014), a lock that
/// took too long (55P03), a server that only reads, as after a switch of roles (25006), and what
/// ends two transactions in each other's way (40001, 40P01).
///
/// SQLite's primary codes: BUSY 5, LOCKED 6, READONLY 8, IOERR 10, FULL 13, CANTOPEN 14,
/// PROTOCOL 15; the higher bytes only add detail.
fn is_outage_code(code: &str) -> bool {
    if code.len() == 5 {
        let passing = ["57014", "55P03", "25006", "40001", "40P01"];
        return ["08", "53", "58", "57P"].iter().any(|class| code.starts_with(class))
            || passing.contains(&code);
    }
    code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 8 | 10 | 13 | 14 | 15))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_go_away_is_told_from_what_cannot() {
        for passing in
            ["08006", "53100", "57P01", "57014", "25006", "40P01", "5", "13", "778", "10"]
        {
            assert!(is_outage_code(passing), "{passing}");
        }
        for lasting in ["23505", "42P01", "22P05", "1", "11", "19", "2067"] {
            assert!(!is_outage_code(lasting), "{lasting}");
        }
    }
}
