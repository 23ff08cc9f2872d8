//! Many rows in one statement: the fastest way each database knows.
//!
//! PostgreSQL takes a column as one array (`unnest`), so one text serves any number of rows.
//! SQLite takes the rows spelled out (`VALUES (?, ?), …`), which costs it half of what unfolding
//! JSON does; its texts exist for 1, 2, 4 … 64 rows, and a frame is filled up with empty rows that
//! the statement leaves out. So the number of texts, which the driver keeps prepared, is bounded.

use std::fmt::Write as _;

use sqlx::Postgres;
use sqlx::postgres::PgArguments;
use sqlx::query::Query;

use crate::error::{Error, Result};
use crate::rows::Type;
use crate::sql::{Arg, Sql};

/// Rows the longest text for SQLite has place for.
pub(crate) const SQLITE_ROWS_MAX: usize = 64;
/// The texts for SQLite: 1, 2, 4, … 64 rows.
const CLASSES: usize = 7;

/// The type of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Int,
    Bool,
    Real,
    Bytes,
}

impl From<Type> for Kind {
    fn from(kind: Type) -> Self {
        match kind {
            Type::Text => Self::Text,
            Type::Int => Self::Int,
            Type::Bool => Self::Bool,
            Type::Real => Self::Real,
        }
    }
}

impl Kind {
    fn array(self) -> &'static str {
        match self {
            Self::Text => "TEXT[]",
            Self::Int => "BIGINT[]",
            Self::Bool => "BOOLEAN[]",
            Self::Real => "DOUBLE PRECISION[]",
            Self::Bytes => "BYTEA[]",
        }
    }

    fn null(self) -> Arg {
        match self {
            Self::Text => Arg::Text(None),
            Self::Int => Arg::Int(None),
            Self::Bool => Arg::Bool(None),
            Self::Real => Arg::Real(None),
            Self::Bytes => Arg::Bytes(None),
        }
    }
}

/// Rows of typed cells on their way into one statement.
#[derive(Debug)]
pub(crate) struct Frame {
    kinds: Vec<Kind>,
    /// Row after row.
    cells: Vec<Arg>,
}

impl Frame {
    pub(crate) fn new(kinds: impl IntoIterator<Item = Kind>) -> Self {
        Self { kinds: kinds.into_iter().collect(), cells: Vec::new() }
    }

    /// Adds a row. Its first cell may not be empty: an empty one marks a place not taken.
    pub(crate) fn push(&mut self, row: impl IntoIterator<Item = Arg>) -> Result<()> {
        let begin = self.cells.len();
        self.cells.extend(row);
        let is_whole = self.cells.len() == begin + self.kinds.len();
        match self.cells.get(begin) {
            Some(
                Arg::Text(Some(_))
                | Arg::Int(Some(_))
                | Arg::Bool(Some(_))
                | Arg::Real(Some(_))
                | Arg::Bytes(Some(_)),
            ) if is_whole => Ok(()),
            _ => Err(Error::broken("a row without its key, or with a cell too few")),
        }
    }

    pub(crate) fn rows(&self) -> usize {
        self.cells.len().checked_div(self.kinds.len()).unwrap_or(0)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Frames of at most so many rows each; none for a frame without rows.
    pub(crate) fn pieces(self, most: usize) -> impl Iterator<Item = Self> {
        let width = self.kinds.len().saturating_mul(most).max(1);
        let kinds = self.kinds;
        let mut cells = self.cells;
        std::iter::from_fn(move || {
            if cells.is_empty() {
                return None;
            }
            let rest = cells.split_off(width.min(cells.len()));
            let cells = std::mem::replace(&mut cells, rest);
            Some(Self { kinds: kinds.clone(), cells })
        })
    }
}

/// An argument of a statement that takes frames.
#[derive(Debug)]
pub(crate) enum Part {
    /// A single value. On PostgreSQL the first one is the journal, and is given once.
    One(Arg),
    /// The journal again: SQLite takes its arguments in the order of the text.
    Again(Arg),
    /// Rows.
    Rows(Frame),
    /// Rows of which each place of the class holds so many.
    Many(Frame, usize),
}

/// The smallest class of texts for SQLite with place for so many rows.
pub(crate) fn class_of(rows: usize) -> usize {
    rows.next_power_of_two().min(SQLITE_ROWS_MAX)
}

/// The arguments in the order SQLite's text names them, frames filled up.
pub(crate) fn row_by_row(parts: Vec<Part>, rows: usize) -> Vec<Arg> {
    let mut args = Vec::new();
    for part in parts {
        let (frame, places) = match part {
            Part::One(arg) | Part::Again(arg) => {
                args.push(arg);
                continue;
            }
            Part::Rows(frame) => (frame, rows),
            Part::Many(frame, times) => (frame, rows * times),
        };
        let missing = places.saturating_sub(frame.rows());
        args.extend(frame.cells);
        for _ in 0..missing {
            args.extend(frame.kinds.iter().map(|kind| kind.null()));
        }
    }
    args
}

/// The arguments bound as PostgreSQL takes them: an array a column.
pub(crate) fn column_by_column(
    sql: &Sql,
    parts: Vec<Part>,
) -> Query<'static, Postgres, PgArguments> {
    let mut query = sqlx::query(sql.postgres());
    for part in parts {
        query = match part {
            Part::Again(_) => query,
            Part::One(Arg::Int(value)) => query.bind(value),
            Part::One(Arg::Bool(value)) => query.bind(value),
            Part::One(Arg::Real(value)) => query.bind(value),
            Part::One(Arg::Text(value)) => query.bind(value),
            Part::One(Arg::Bytes(value)) => query.bind(value),
            Part::Rows(frame) | Part::Many(frame, _) => bind_columns(query, frame),
        };
    }
    query
}

fn bind_columns(
    mut query: Query<'static, Postgres, PgArguments>,
    frame: Frame,
) -> Query<'static, Postgres, PgArguments> {
    let rows = frame.rows();
    let mut columns: Vec<Column> =
        frame.kinds.iter().map(|kind| Column::new(*kind, rows)).collect();
    let mut cells = frame.cells.into_iter();
    for _ in 0..rows {
        for (column, cell) in columns.iter_mut().zip(cells.by_ref()) {
            column.push(cell);
        }
    }
    for column in columns {
        query = match column {
            Column::Text(values) => query.bind(values),
            Column::Int(values) => query.bind(values),
            Column::Bool(values) => query.bind(values),
            Column::Real(values) => query.bind(values),
            Column::Bytes(values) => query.bind(values),
        };
    }
    query
}

enum Column {
    Text(Vec<Option<String>>),
    Int(Vec<Option<i64>>),
    Bool(Vec<Option<bool>>),
    Real(Vec<Option<f64>>),
    Bytes(Vec<Option<Vec<u8>>>),
}

impl Column {
    fn new(kind: Kind, rows: usize) -> Self {
        match kind {
            Kind::Text => Self::Text(Vec::with_capacity(rows)),
            Kind::Int => Self::Int(Vec::with_capacity(rows)),
            Kind::Bool => Self::Bool(Vec::with_capacity(rows)),
            Kind::Real => Self::Real(Vec::with_capacity(rows)),
            Kind::Bytes => Self::Bytes(Vec::with_capacity(rows)),
        }
    }

    /// Whoever fills a frame makes cells of its kinds; another one is left empty.
    fn push(&mut self, cell: Arg) {
        match (self, cell) {
            (Self::Text(values), Arg::Text(value)) => values.push(value),
            (Self::Int(values), Arg::Int(value)) => values.push(value),
            (Self::Bool(values), Arg::Bool(value)) => values.push(value),
            (Self::Real(values), Arg::Real(value)) => values.push(value),
            (Self::Bytes(values), Arg::Bytes(value)) => values.push(value),
            (Self::Text(values), _) => values.push(None),
            (Self::Int(values), _) => values.push(None),
            (Self::Bool(values), _) => values.push(None),
            (Self::Real(values), _) => values.push(None),
            (Self::Bytes(values), _) => values.push(None),
        }
    }
}

/// For whom a text is made.
#[derive(Clone, Copy, Debug)]
pub(crate) enum For {
    /// PostgreSQL, any number of rows.
    Postgres,
    /// SQLite, with place for so many rows.
    Sqlite(usize),
}

impl For {
    /// A `SELECT` of the journal and the named columns from a frame. `first` is the number of the
    /// frame's first parameter on PostgreSQL, where the journal is `$1`.
    pub(crate) fn select(self, columns: &[(&str, Kind)], first: usize) -> String {
        match self {
            Self::Postgres => {
                let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
                let arrays: Vec<String> = columns
                    .iter()
                    .enumerate()
                    .map(|(place, (_, kind))| {
                        format!("CAST(${} AS {})", first + place, kind.array())
                    })
                    .collect();
                format!(
                    "SELECT CAST($1 AS TEXT) AS journal, {0} FROM unnest({1}) AS given ({0})",
                    names.join(", "),
                    arrays.join(", ")
                )
            }
            Self::Sqlite(rows) => {
                let names: Vec<String> = columns
                    .iter()
                    .enumerate()
                    .map(|(place, (name, _))| format!("column{} AS {name}", place + 1))
                    .collect();
                let row = format!("({})", vec!["?"; columns.len()].join(","));
                let mut text = format!("SELECT ? AS journal, {} FROM (VALUES ", names.join(", "));
                for place in 0..rows {
                    // Writing into a String cannot fail.
                    let _unfailing = write!(text, "{}{row}", if place == 0 { "" } else { "," });
                }
                // This also keeps the parser from taking ON CONFLICT for a join's ON.
                text.push_str(") WHERE column1 IS NOT NULL");
                text
            }
        }
    }
}

/// A statement that takes frames, in all its texts.
#[derive(Debug)]
pub(crate) struct Pour {
    postgres: Sql,
    sqlite: [Sql; CLASSES],
}

impl Pour {
    pub(crate) fn new(make: impl Fn(For) -> String) -> Self {
        let text = |target| Sql::same(make(target));
        Self {
            postgres: text(For::Postgres),
            sqlite: [1, 2, 4, 8, 16, 32, SQLITE_ROWS_MAX].map(|rows| text(For::Sqlite(rows))),
        }
    }

    pub(crate) fn postgres(&self) -> &Sql {
        &self.postgres
    }

    pub(crate) fn sqlite(&self, rows: usize) -> Result<&Sql> {
        usize::try_from(rows.trailing_zeros())
            .ok()
            .and_then(|class| self.sqlite.get(class))
            .ok_or_else(|| Error::broken(format!("no statement has place for {rows} rows")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[(&str, Kind)] = &[("id", Kind::Text), ("n", Kind::Int)];

    #[test]
    fn a_frame_is_filled_up_to_the_places_of_its_text() {
        let mut frame = Frame::new([Kind::Text, Kind::Int]);
        for n in 0..3_i64 {
            frame.push([Arg::from("a"), Arg::from(n)]).unwrap();
        }
        assert!(frame.push([Arg::Text(None), Arg::from(1_i64)]).is_err());
        assert_eq!(class_of(3), 4);
        let mut frame = Frame::new([Kind::Text, Kind::Int]);
        frame.push([Arg::from("a"), Arg::from(1_i64)]).unwrap();
        let args = row_by_row(vec![Part::One(Arg::from("hub")), Part::Rows(frame)], 2);
        assert_eq!(args.len(), 5);
        assert_eq!(
            For::Sqlite(2).select(COLUMNS, 2),
            "SELECT ? AS journal, column1 AS id, column2 AS n FROM (VALUES (?,?),(?,?)) WHERE column1 IS NOT NULL"
        );
        assert_eq!(
            For::Postgres.select(COLUMNS, 2),
            "SELECT CAST($1 AS TEXT) AS journal, id, n FROM unnest(CAST($2 AS TEXT[]), CAST($3 AS BIGINT[])) AS given (id, n)"
        );
    }

    #[test]
    fn a_long_frame_is_cut_into_pieces() {
        let mut frame = Frame::new([Kind::Int]);
        for n in 0..130_i64 {
            frame.push([Arg::from(n)]).unwrap();
        }
        let rows: Vec<usize> = frame.pieces(64).map(|piece| piece.rows()).collect();
        assert_eq!(rows, [64, 64, 2]);
    }
}
