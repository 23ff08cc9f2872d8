//! Where a run's files lie, and its PostgreSQL; both are gone when it ends.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use journal::testing::Database;

use crate::cluster::Cluster;
use crate::counts::Fsyncs;
use crate::regime::Regime;

/// On which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A file, one writer.
    Sqlite,
    /// A server.
    Postgres,
}

impl Kind {
    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }

    /// What both sides promise before they answer.
    pub(crate) fn durability(self) -> &'static str {
        match self {
            Self::Sqlite => "WAL, synchronous=FULL",
            Self::Postgres => "synchronous_commit=on, fsync=on",
        }
    }
}

/// The folder of one run.
pub(crate) struct Place {
    /// What a fsync costs here.
    pub(crate) regime: Regime,
    folder: PathBuf,
    cluster: Option<Cluster>,
    made: u32,
}

/// A database of its own.
pub(crate) enum Home {
    /// A file.
    Sqlite(PathBuf),
    /// One of the cluster's.
    Postgres(Database),
}

impl Place {
    /// Makes the folder.
    pub(crate) fn make(regime: Regime) -> Result<Self> {
        regime.sweep();
        let folder = regime.folder();
        fs::create_dir_all(&folder)
            .with_context(|| format!("could not make {}", folder.display()))?;
        Ok(Self { regime, folder, cluster: None, made: 0 })
    }

    /// The folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Who counts the fsyncs of this kind of database.
    pub(crate) fn fsyncs(&self, kind: Kind) -> Fsyncs {
        match kind {
            Kind::Sqlite => Fsyncs::own(),
            Kind::Postgres => Fsyncs::at(self.cluster.as_ref().and_then(Cluster::counter)),
        }
    }

    /// A fresh, empty database.
    pub(crate) async fn home(&mut self, kind: Kind) -> Result<Home> {
        self.made += 1;
        match kind {
            Kind::Sqlite => {
                let folder = self.folder.join(self.made.to_string());
                fs::create_dir(&folder)?;
                Ok(Home::Sqlite(folder.join("convoke.db")))
            }
            Kind::Postgres => {
                if self.cluster.is_none() {
                    self.cluster = Some(Cluster::start(&self.folder, self.regime)?);
                }
                let url = self.cluster.as_ref().map(Cluster::url).unwrap_or_default();
                Ok(Home::Postgres(Database::create(url, &format!("bench_{}", self.made)).await?))
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // The server stops before its files go.
        drop(self.cluster.take());
        if let Err(fault) = fs::remove_dir_all(&self.folder) {
            eprintln!("{} could not be removed: {fault}", self.folder.display());
        }
    }
}

impl Home {
    /// Where the journal finds it: as a server would be told.
    pub(crate) fn url(&self) -> String {
        match self {
            Self::Sqlite(path) => format!("sqlite:{}", path.display()),
            // What the tests append to keep their pools small is not for a server.
            Self::Postgres(database) => bare(database.url()),
        }
    }

    /// Lets go of it.
    pub(crate) async fn leave(self) -> Result<()> {
        match self {
            Self::Sqlite(path) => {
                if let Some(folder) = path.parent() {
                    fs::remove_dir_all(folder)?;
                }
            }
            Self::Postgres(database) => database.drop().await?,
        }
        Ok(())
    }
}

/// An address without our own options.
pub(crate) fn bare(url: &str) -> String {
    url.split('?').next().unwrap_or(url).to_owned()
}
