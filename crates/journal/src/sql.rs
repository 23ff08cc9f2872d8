//! One SQL text, two native drivers: texts, arguments and rows.
//!
//! How to write portable SQL (both databases run the same text):
//! `$1` parameters; times are microseconds in BIGINT columns and come from Rust; no `ILIKE`,
//! `now()`, `greatest`, arrays or `::` casts; `CAST(SUM(n) AS BIGINT)` and
//! `CAST(COUNT(*) AS BIGINT)`; `NULLS LAST` written out; conflict targets named; a list of values
//! is passed as one JSON text and unfolded by `Sql::pair`. A text that must differ is a pair, with
//! a comment that says why.

use std::sync::Arc;

use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{AssertSqlSafe, Decode, Postgres, Row as _, SqlSafeStr, SqlStr, Sqlite, Type};

use crate::error::{Error, Result};

/// An SQL text, or the two texts of one meaning.
#[derive(Clone, Debug)]
pub struct Sql {
    sqlite: Text,
    postgres: Text,
}

#[derive(Clone, Debug)]
enum Text {
    Fixed(&'static str),
    /// Made once at start from table definitions; never from anything a user gave.
    Made(Arc<str>),
}

impl Sql {
    /// One meaning that needs two texts.
    pub const fn pair(sqlite: &'static str, postgres: &'static str) -> Self {
        Self { sqlite: Text::Fixed(sqlite), postgres: Text::Fixed(postgres) }
    }

    /// Texts put together from the definitions of tables.
    pub(crate) fn made(sqlite: String, postgres: String) -> Self {
        Self { sqlite: Text::Made(sqlite.into()), postgres: Text::Made(postgres.into()) }
    }

    /// One such text for both.
    pub(crate) fn same(text: String) -> Self {
        let text: Arc<str> = text.into();
        Self { sqlite: Text::Made(Arc::clone(&text)), postgres: Text::Made(text) }
    }

    pub(crate) fn sqlite(&self) -> SqlStr {
        self.sqlite.str()
    }

    pub(crate) fn postgres(&self) -> SqlStr {
        self.postgres.str()
    }
}

impl Text {
    fn str(&self) -> SqlStr {
        match self {
            Self::Fixed(text) => text.into_sql_str(),
            Self::Made(text) => AssertSqlSafe(Arc::clone(text)).into_sql_str(),
        }
    }
}

impl From<&'static str> for Sql {
    fn from(text: &'static str) -> Self {
        Self::pair(text, text)
    }
}
impl From<&Sql> for Sql {
    fn from(sql: &Sql) -> Self {
        sql.clone()
    }
}

/// A bound value; `Option` inside keeps NULL typed, which PostgreSQL needs.
#[derive(Clone, Debug)]
pub enum Arg {
    /// A whole number, or a time in microseconds.
    Int(Option<i64>),
    /// A truth value.
    Bool(Option<bool>),
    /// A real number.
    Real(Option<f64>),
    /// A text.
    Text(Option<String>),
    /// Bytes.
    Bytes(Option<Vec<u8>>),
}

macro_rules! arg {
    ($($from:ty => $variant:ident($make:expr)),* $(,)?) => { $(
        impl From<$from> for Arg {
            fn from(value: $from) -> Self { Arg::$variant(Some($make(value))) }
        }
        impl From<Option<$from>> for Arg {
            fn from(value: Option<$from>) -> Self { Arg::$variant(value.map($make)) }
        }
    )* };
}
arg! {
    i64 => Int(std::convert::identity),
    i32 => Int(i64::from),
    u32 => Int(i64::from),
    bool => Bool(std::convert::identity),
    f64 => Real(std::convert::identity),
    String => Text(std::convert::identity),
    &str => Text(str::to_owned),
    &String => Text(Clone::clone),
    Vec<u8> => Bytes(std::convert::identity),
    &[u8] => Bytes(<[u8]>::to_vec),
    chrono::DateTime<chrono::Utc> => Int(micros),
}

/// A list of texts as one argument: JSON, unfolded by the statement.
///
/// PostgreSQL's JSON has no place for NUL and would fail a whole question for it. No stored text
/// holds one, so U+FFFD in its place finds as little.
pub fn json_list<T: serde::Serialize>(values: &[T]) -> Arg {
    let list = serde_json::to_string(values).unwrap_or_else(|_| "[]".to_owned());
    Arg::Text(Some(list.replace("\\u0000", "\\ufffd")))
}

/// An instant as it is stored: microseconds since 1970 UTC.
pub fn micros(at: chrono::DateTime<chrono::Utc>) -> i64 {
    at.timestamp_micros()
}

/// A stored instant.
pub fn instant(micros: i64) -> chrono::DateTime<chrono::Utc> {
    chrono::DateTime::from_timestamp_micros(micros).unwrap_or_default()
}

/// The arguments of a statement: `args![hub, 20, None::<i64>]`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::Arg::from($value)),*] };
}

/// A row of either database.
pub enum Row {
    /// SQLite's.
    Sqlite(SqliteRow),
    /// PostgreSQL's.
    Postgres(PgRow),
}

/// What both drivers can read into.
pub trait Column:
    for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>
{
}
impl<T> Column for T where
    T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>
{
}

impl Row {
    /// The value of a named column.
    ///
    /// # Errors
    /// When there is no such column, or it holds another type.
    pub fn get<T: Column>(&self, name: &str) -> Result<T> {
        match self {
            Self::Sqlite(row) => row.try_get(name),
            Self::Postgres(row) => row.try_get(name),
        }
        .map_err(|cause| Error::Database { what: format!("read column {name}"), cause })
    }
}

/// A struct that a row can fill; made by [`row!`](crate::row).
pub trait Record: Sized + Send {
    /// Reads the columns by name.
    ///
    /// # Errors
    /// When a column is missing or of another type.
    fn read(row: &Row) -> Result<Self>;
}

/// Declares a row struct once for both databases: the fields are the columns' names.
#[macro_export]
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$doc:meta])* $fvis:vis $field:ident : $type:ty),* $(,)? }) => {
        $(#[$meta])*
        $vis struct $name { $($(#[$doc])* $fvis $field: $type),* }
        impl $crate::Record for $name {
            fn read(row: &$crate::Row) -> $crate::Result<Self> {
                Ok(Self { $($field: row.get(stringify!($field))?),* })
            }
        }
    };
}

pub(crate) fn lite(sql: &Sql, args: Vec<Arg>) -> Query<'static, Sqlite, SqliteArguments> {
    args.into_iter().fold(sqlx::query(sql.sqlite()), |query, arg| match arg {
        Arg::Int(value) => query.bind(value),
        Arg::Bool(value) => query.bind(value),
        Arg::Real(value) => query.bind(value),
        Arg::Text(value) => query.bind(value),
        Arg::Bytes(value) => query.bind(value),
    })
}

pub(crate) fn pg(sql: &Sql, args: Vec<Arg>) -> Query<'static, Postgres, PgArguments> {
    args.into_iter().fold(sqlx::query(sql.postgres()), |query, arg| match arg {
        Arg::Int(value) => query.bind(value),
        Arg::Bool(value) => query.bind(value),
        Arg::Real(value) => query.bind(value),
        Arg::Text(value) => query.bind(value.map(without_nul)),
        Arg::Bytes(value) => query.bind(value),
    })
}

/// PostgreSQL's texts have no place for NUL: what asks for one finds nothing instead of failing.
/// Commands that hold one were refused before (`batch.rs`).
fn without_nul(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{FFFD}") } else { text }
}

/// Says which statement failed, by its first words; never its arguments.
pub(crate) fn context(sql: &Sql) -> impl FnOnce(sqlx::Error) -> Error + use<> {
    let text = sql.postgres.clone();
    move |cause| {
        let text = match &text {
            Text::Fixed(text) => text,
            Text::Made(text) => &**text,
        };
        let line: String =
            text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(120).collect();
        Error::db(format!("run “{line}”"), cause)
    }
}

pub(crate) fn records<T: Record>(rows: impl IntoIterator<Item = Row>) -> Result<Vec<T>> {
    rows.into_iter().map(|row| T::read(&row)).collect()
}

row! {
    /// A count.
    pub struct Count {
        /// How many.
        pub n: i64,
    }
}

row! {
    /// One text.
    pub struct OneText {
        /// The text.
        pub text: Option<String>,
    }
}
