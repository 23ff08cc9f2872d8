//! A database of a story's own: a folder for SQLite, a database on the test run's PostgreSQL.
//!
//! It goes with the value that names it. What is read here past the binary (every value of every
//! table, the bytes of every file) is read to prove that something is *not* there.

use std::path::{Path, PathBuf};

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, Row as _};
use tempfile::TempDir;

/// Where a story's server keeps its data.
pub struct Database {
    folder: TempDir,
    place: Place,
}

enum Place {
    Sqlite,
    Postgres { server: String, name: String },
}

impl Database {
    /// An SQLite file in a folder of its own.
    pub fn sqlite() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), place: Place::Sqlite }
    }

    /// An empty database on the server of `CONVOKE_TEST_POSTGRES`.
    pub async fn postgres() -> Self {
        #[expect(clippy::disallowed_methods, reason = "the test command says where PostgreSQL is")]
        let server = std::env::var("CONVOKE_TEST_POSTGRES").unwrap_or_else(|_| {
            panic!("CONVOKE_TEST_POSTGRES is not set: run “cargo xtask test”, or “cargo xtask postgres” beside this")
        });
        #[expect(clippy::disallowed_methods, reason = "a database of its own for each story")]
        let name = format!("story_{}", uuid::Uuid::new_v4().simple());
        statement(&server, format!("CREATE DATABASE {name}")).await;
        let place = Place::Postgres { server, name };
        Self { folder: tempfile::tempdir().expect("a folder"), place }
    }

    /// What `--database` is told.
    pub fn url(&self) -> String {
        match &self.place {
            Place::Sqlite => format!("sqlite:{}", self.file().display()),
            Place::Postgres { .. } => format!("{}?pool=6", self.postgres_url()),
        }
    }

    /// The SQLite file.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("convoke.db")
    }

    /// The folder that is a process's working directory, too.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Whether it is PostgreSQL, which several processes may serve.
    pub fn is_postgres(&self) -> bool {
        matches!(self.place, Place::Postgres { .. })
    }

    /// `SQLite` or `PostgreSQL`, for messages.
    pub fn name(&self) -> &'static str {
        if self.is_postgres() { "PostgreSQL" } else { "SQLite" }
    }

    fn postgres_url(&self) -> String {
        match &self.place {
            Place::Sqlite => panic!("this story's database is an SQLite file"),
            Place::Postgres { server, name } => {
                let (base, _) = server.rsplit_once('/').expect("an address with a database");
                format!("{base}/{name}")
            }
        }
    }

    /// Runs a statement as the superuser, in this database (PostgreSQL only).
    pub async fn run(&self, text: &str) -> u64 {
        let mut connection = connect(&self.postgres_url()).await;
        let done = connection.execute(AssertSqlSafe(text.to_owned())).await;
        done.unwrap_or_else(|fault| panic!("{text}: {fault}")).rows_affected()
    }

    /// Cuts every connection to this database but our own, and says how many there were.
    pub async fn cut_connections(&self) -> u64 {
        let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()";
        let mut connection = connect(&self.postgres_url()).await;
        let rows = sqlx::query(cut).fetch_all(&mut connection).await.expect("cut the connections");
        u64::try_from(rows.len()).expect("a small number")
    }

    /// Everything that is stored, as bytes: all files of the folder, and every value of every
    /// table where the tables are not files of ours.
    pub async fn everything(&self) -> Vec<(String, Vec<u8>)> {
        let mut found = files(self.folder.path());
        if self.is_postgres() {
            found.extend(self.dump().await);
        }
        found
    }

    async fn dump(&self) -> Vec<(String, Vec<u8>)> {
        let tables = "SELECT table_schema::text AS s, table_name::text AS t FROM information_schema.tables
             WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')";
        let mut connection = connect(&self.postgres_url()).await;
        let tables = sqlx::query(tables).fetch_all(&mut connection).await.expect("the tables");
        assert!(tables.len() > 10, "only {} tables", tables.len());
        let mut found = Vec::new();
        for table in tables {
            let (schema, table): (String, String) = (table.get("s"), table.get("t"));
            // As JSON every column is text; bytes come as hexadecimal digits, which `holds` undoes.
            let rows = format!(r#"SELECT row_to_json(t)::text AS row FROM "{schema}"."{table}" t"#);
            let rows = sqlx::query(AssertSqlSafe(rows)).fetch_all(&mut connection).await;
            for row in rows.expect("the rows") {
                let text: String = row.get("row");
                found.push((format!("{schema}.{table}"), text.into_bytes()));
            }
        }
        found
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Place::Postgres { server, name } = &self.place else { return };
        let (server, name) = (server.clone(), name.clone());
        // Nothing can be awaited here: a thread with a runtime of its own does it.
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            runtime.expect("a runtime").block_on(statement(&server, drop));
        });
        if thread.join().is_err() {
            eprintln!("a story's database was left behind");
        }
    }
}

async fn connect(url: &str) -> PgConnection {
    PgConnection::connect(url).await.unwrap_or_else(|fault| panic!("no PostgreSQL: {fault}"))
}

async fn statement(url: &str, text: String) {
    let mut connection = connect(url).await;
    let done = connection.execute(AssertSqlSafe(text.clone())).await;
    done.unwrap_or_else(|fault| panic!("{text}: {fault}"));
}

/// Every file below a folder with its bytes.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if let Ok(bytes) = std::fs::read(&path) {
            found.push((path.display().to_string(), bytes));
        }
    }
    found
}

/// Where a text is found, however it is written: as it is, in hexadecimal digits, in base64.
pub fn holds(everything: &[(String, Vec<u8>)], canary: &str) -> Vec<String> {
    use base64::Engine as _;
    let hex = canary.bytes().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    let mut forms = vec![canary.as_bytes().to_vec(), hex.into_bytes()];
    for skipped in 0..3 {
        // Base64 of the text at each of the three places it can begin at, without the letters
        // that depend on what stands before and behind.
        let padded = [vec![b'.'; skipped], canary.as_bytes().to_vec()].concat();
        let written = base64::engine::general_purpose::STANDARD_NO_PAD.encode(padded);
        let inner = written.get(skipped.div_ceil(3) * 4..written.len() - 2).unwrap_or_default();
        forms.push(inner.as_bytes().to_vec());
    }
    let is_in = |bytes: &[u8], form: &[u8]| {
        form.len() >= 6 && bytes.windows(form.len()).any(|part| part == form)
    };
    let places = everything.iter().filter(|(_, bytes)| forms.iter().any(|form| is_in(bytes, form)));
    places.map(|(place, _)| place.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn a_text_is_found_however_it_is_written() {
        let find = |bytes: &[u8]| {
            !holds(&[("here".to_owned(), bytes.to_vec())], "kanarie-7f3a").is_empty()
        };
        assert!(find(b"..kanarie-7f3a.."));
        assert!(find(b"\\\\x6b616e617269652d37663361"));
        for base64 in ["a2FuYXJpZS03ZjNh", "LmthbmFyaWUtN2YzYQ", "Li5rYW5hcmllLTdmM2E"] {
            assert!(find(base64.as_bytes()), "{base64}");
        }
        assert!(!find(b"kanarie-7f3b and more"));
    }
}
