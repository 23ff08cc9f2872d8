//! Databases of their own for tests, on a real PostgreSQL server.

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};

use crate::error::{Error, Result};

/// A database that lives as long as a test.
#[derive(Debug)]
pub struct Database {
    server: String,
    name: String,
    url: String,
}

impl Database {
    /// Makes one on the server of this address (its database part is replaced).
    ///
    /// # Errors
    /// When the server is out of reach or refuses.
    pub async fn create(server: &str, name: &str) -> Result<Self> {
        run(server, format!("CREATE DATABASE {name}")).await?;
        let (base, _) = server.rsplit_once('/').unwrap_or((server, ""));
        Ok(Self {
            server: server.to_owned(),
            name: name.to_owned(),
            url: format!("{base}/{name}?pool=6"),
        })
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Removes it, whoever is still connected.
    ///
    /// # Errors
    /// When the server is out of reach.
    pub async fn drop(self) -> Result<()> {
        run(&self.server, format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)).await
    }
}

async fn run(server: &str, statement: String) -> Result<()> {
    let failed = |cause| Error::db(statement.clone(), cause);
    let mut connection = PgConnection::connect(server).await.map_err(failed)?;
    connection.execute(AssertSqlSafe(statement.clone())).await.map_err(failed)?;
    connection.close().await.map_err(failed)
}
