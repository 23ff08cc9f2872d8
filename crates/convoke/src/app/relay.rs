//! Lists as Relay connections: keyset cursors, at most 100 a page, and a page never skips or
//! repeats when rows come in between.
//!
//! A list query is a [`Keyset`]: two texts made by [`keyset!`](crate::keyset) that take the journal
//! as `$1`, the lower bound as `$2`/`$3`, the upper as `$4`/`$5`, the limit as `$6`, and filters
//! from `$7` on. The sort column is a whole number (times are) or a text; ties are broken by `id`.

use async_graphql::connection::{Connection, CursorType, Edge, EmptyFields};
use async_graphql::{Object, ObjectType, OutputType};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use graphql::Fault;
use journal::{Arg, Count, Record, Sql};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Reader, reply};

/// Rows on a page when the caller does not say.
pub const PAGE_DEFAULT: i32 = 20;
/// Rows on a page at most.
pub const PAGE_MAX: i32 = 100;

/// The two directions of one list.
#[derive(Clone, Copy, Debug)]
pub struct Keyset {
    /// In the list's own order.
    pub forward: &'static str,
    /// Against it.
    pub backward: &'static str,
    /// Whether the list's own order is descending.
    pub descending: bool,
}

/// Makes a [`Keyset`] from a `SELECT … WHERE journal = $1 …` and the sort column:
/// `keyset!("SELECT … FROM t WHERE journal = $1", "starts_at")`, ascending;
/// `keyset!(desc "SELECT …", "created_at")`, newest first.
#[macro_export]
macro_rules! keyset {
    (desc $select:expr, $sort:literal) => {
        $crate::app::relay::Keyset {
            forward: $crate::keyset!(@down $select, $sort),
            backward: $crate::keyset!(@up $select, $sort),
            descending: true,
        }
    };
    ($select:expr, $sort:literal) => {
        $crate::app::relay::Keyset {
            forward: $crate::keyset!(@up $select, $sort),
            backward: $crate::keyset!(@down $select, $sort),
            descending: false,
        }
    };
    (@up $select:expr, $sort:literal) => {
        concat!($select, " AND (", $sort, ", id) > ($2, $3) AND (", $sort, ", id) < ($4, $5) ORDER BY ", $sort, ", id LIMIT $6")
    };
    (@down $select:expr, $sort:literal) => {
        concat!($select, " AND (", $sort, ", id) > ($2, $3) AND (", $sort, ", id) < ($4, $5) ORDER BY ", $sort, " DESC, id DESC LIMIT $6")
    };
}

/// What a caller says about the page it wants; take these four arguments in every list field.
#[derive(Clone, Debug, Default)]
pub struct PageArgs {
    /// How many from the start.
    pub first: Option<i32>,
    /// Behind this cursor.
    pub after: Option<String>,
    /// How many from the end.
    pub last: Option<i32>,
    /// Before this cursor.
    pub before: Option<String>,
}

/// A sort key: what cursors hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Sort {
    /// A whole number or a time.
    Int(i64),
    /// A text.
    Text(String),
}

impl From<i64> for Sort {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}
impl From<String> for Sort {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

/// A page asked for, checked.
#[derive(Clone, Debug)]
pub struct Window {
    size: usize,
    forward: bool,
    low: (Sort, String),
    high: (Sort, String),
    descending: bool,
    opened_behind: bool,
}

/// A cursor: opaque to callers; carries the list's fingerprint, so that one of another list is
/// refused.
pub struct Cursor(String);

impl CursorType for Cursor {
    type Error = std::convert::Infallible;
    fn decode_cursor(text: &str) -> Result<Self, Self::Error> {
        Ok(Self(text.to_owned()))
    }
    fn encode_cursor(&self) -> String {
        self.0.clone()
    }
}

fn fingerprint(list: &str) -> String {
    let digest = Sha256::digest(list);
    URL_SAFE_NO_PAD.encode(digest.get(..6).unwrap_or_default())
}

fn encode(list: &str, sort: &Sort, id: &str) -> String {
    // Writing a tuple of texts and numbers as JSON cannot fail.
    let json = serde_json::to_vec(&(1, fingerprint(list), sort, id)).unwrap_or_default();
    URL_SAFE_NO_PAD.encode(json)
}

fn decode(list: &str, text: &str) -> Result<(Sort, String), Fault> {
    let wrong = || Fault::bad_user_input("this cursor belongs to another list or is damaged");
    let json = URL_SAFE_NO_PAD.decode(text).map_err(|_cause| wrong())?;
    let (version, of, sort, id): (u8, String, Sort, String) =
        serde_json::from_slice(&json).map_err(|_cause| wrong())?;
    if version != 1 || of != fingerprint(list) { Err(wrong()) } else { Ok((sort, id)) }
}

/// A list of one journal: how it is read, counted and narrowed down.
#[derive(Clone, Debug)]
pub struct List<'a> {
    /// Names the list and its filters; a cursor of another one is refused.
    pub name: String,
    /// How it is read.
    pub keyset: &'a Keyset,
    /// Whether its sort column is a text.
    pub by_text: bool,
    /// How it is counted: takes the journal and the filters.
    pub count: &'static str,
    /// The journal.
    pub journal: &'a str,
    /// What its rows must be.
    pub filters: Vec<Arg>,
}

impl PageArgs {
    /// This page of a list. `key` gives a row's sort key and id, `node` its object.
    ///
    /// # Errors
    /// `BAD_USER_INPUT`, and faults of the database.
    pub async fn of<T: Record, N: OutputType>(
        self,
        read: &Reader,
        list: List<'_>,
        key: impl Fn(&T) -> (Sort, String),
        node: impl Fn(T) -> N,
    ) -> async_graphql::Result<Connection<Cursor, N, Total, EmptyFields>> {
        let List { name, keyset, by_text, count, journal, filters } = list;
        let window = self.window(&name, keyset, by_text)?;
        let rows = read.db().all(window.sql(keyset), window.args(journal, filters.clone())).await;
        let counted = [vec![Arg::from(journal)], filters].concat();
        let total = Total::new(read, count, counted);
        Ok(window.connection(&name, rows.map_err(reply::fault)?, key, node, total))
    }

    /// Checks the page. `list` names the list with its filter (a cursor of another one is
    /// refused); `texts` says whether its sort column is a text.
    ///
    /// # Errors
    /// `BAD_USER_INPUT`.
    pub fn window(self, list: &str, keyset: &Keyset, texts: bool) -> Result<Window, Fault> {
        if self.first.is_some() && self.last.is_some() {
            return Err(Fault::bad_user_input("give first or last, not both"));
        }
        let asked = self.first.or(self.last).unwrap_or(PAGE_DEFAULT);
        if !(1..=PAGE_MAX).contains(&asked) {
            return Err(Fault::bad_user_input(format!(
                "a page has 1 to {PAGE_MAX} rows, not {asked}"
            )));
        }
        let (least, greatest) = if texts {
            (Sort::Text(String::new()), Sort::Text("\u{10FFFF}".to_owned()))
        } else {
            (Sort::Int(i64::MIN), Sort::Int(i64::MAX))
        };
        let opened_behind = self.after.is_some() && self.last.is_none()
            || self.before.is_some() && self.last.is_some();
        let after = self.after.map(|text| decode(list, &text)).transpose()?;
        let before = self.before.map(|text| decode(list, &text)).transpose()?;
        let (low, high) = if keyset.descending { (before, after) } else { (after, before) };
        Ok(Window {
            size: usize::try_from(asked).unwrap_or(1),
            forward: self.last.is_none(),
            low: low.unwrap_or((least, String::new())),
            high: high.unwrap_or((greatest, "\u{10FFFF}".to_owned())),
            descending: keyset.descending,
            opened_behind,
        })
    }
}

impl Window {
    /// The text to run.
    pub fn sql(&self, keyset: &Keyset) -> Sql {
        Sql::from(if self.forward { keyset.forward } else { keyset.backward })
    }

    /// The arguments: journal, bounds, limit, then the filters.
    pub fn args(&self, journal: &str, filters: impl IntoIterator<Item = Arg>) -> Vec<Arg> {
        let bound = |sort: &Sort| match sort {
            Sort::Int(value) => Arg::from(*value),
            Sort::Text(text) => Arg::from(text),
        };
        let mut args = vec![
            Arg::from(journal),
            bound(&self.low.0),
            Arg::from(&self.low.1),
            bound(&self.high.0),
            Arg::from(&self.high.1),
            Arg::from(self.limit()),
        ];
        args.extend(filters);
        args
    }

    /// Cuts the extra row that says whether there is more, and brings the page in order.
    pub fn page<T>(&self, mut rows: Vec<T>) -> (Vec<T>, bool) {
        let more = rows.len() > self.size;
        rows.truncate(self.size);
        if !self.forward {
            rows.reverse();
        }
        (rows, more)
    }

    /// The page as a connection. `key` gives a row's sort key and id, `node` its object.
    #[expect(clippy::too_many_arguments, reason = "rows, and how each becomes an edge")]
    pub fn connection<T, N: OutputType, A: ObjectType>(
        &self,
        list: &str,
        rows: Vec<T>,
        key: impl Fn(&T) -> (Sort, String),
        node: impl Fn(T) -> N,
        additional: A,
    ) -> Connection<Cursor, N, A, EmptyFields> {
        let (rows, more) = self.page(rows);
        let (before, after) =
            if self.forward { (self.opened_behind, more) } else { (more, self.opened_behind) };
        let mut connection = Connection::with_additional_fields(before, after, additional);
        connection.edges = rows
            .into_iter()
            .map(|row| {
                let (sort, id) = key(&row);
                Edge::new(Cursor(encode(list, &sort, &id)), node(row))
            })
            .collect();
        connection
    }

    /// The cursor behind a row, for links to the next page.
    pub fn cursor(&self, list: &str, sort: &Sort, id: &str) -> String {
        encode(list, sort, id)
    }

    /// The upper bound of a list sorted by whole numbers.
    pub fn upper(&self) -> i64 {
        match self.high.0 {
            Sort::Int(value) => value,
            Sort::Text(_) => i64::MAX,
        }
    }

    /// How many rows to ask for: one more than the page, to know whether there are more.
    pub fn limit(&self) -> i64 {
        i64::try_from(self.size + 1).unwrap_or(i64::MAX)
    }

    /// Whether the list's own order is descending.
    pub fn is_descending(&self) -> bool {
        self.descending
    }
}

/// How many there are in all; counted only when asked for.
pub struct Total {
    reader: Reader,
    sql: &'static str,
    args: Vec<Arg>,
}

impl Total {
    /// A count: `SELECT CAST(COUNT(*) AS BIGINT) AS n FROM … WHERE journal = $1 …`.
    pub fn new(reader: &Reader, sql: &'static str, args: Vec<Arg>) -> Self {
        Self { reader: reader.clone(), sql, args }
    }
}

/// What every list adds to a Relay connection.
#[Object]
impl Total {
    /// How many there are in all, on every page together.
    async fn total_count(&self) -> async_graphql::Result<i64> {
        let count: Option<Count> =
            self.reader.db().opt(self.sql, self.args.clone()).await.map_err(reply::fault)?;
        Ok(count.map_or(0, |count| count.n))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: Keyset = keyset!("SELECT id, at FROM t WHERE journal = $1", "at");

    #[test]
    fn a_cursor_of_another_list_is_refused() {
        let cursor = encode("events of hub_a", &Sort::Int(5), "event_x");
        assert_eq!(
            decode("events of hub_a", &cursor).unwrap(),
            (Sort::Int(5), "event_x".to_owned())
        );
        assert!(decode("issues of hub_a", &cursor).is_err());
        assert!(decode("events of hub_a", "nonsense").is_err());
    }

    #[test]
    fn pages_of_none_more_than_a_hundred_or_both_ways_are_refused() {
        for args in [
            PageArgs { first: Some(0), ..PageArgs::default() },
            PageArgs { first: Some(101), ..PageArgs::default() },
            PageArgs { first: Some(1), last: Some(1), ..PageArgs::default() },
        ] {
            assert!(args.window("l", &LIST, false).is_err());
        }
        let window =
            PageArgs { last: Some(2), ..PageArgs::default() }.window("l", &LIST, false).unwrap();
        assert_eq!(window.page(vec![3, 2, 1]), (vec![2, 3], true));
    }
}
