//! How views are written: pure changes to rows first, then one statement for each table.
//!
//! A capability declares its [`Table`]s and turns each fact into changes of a [`Rows`] buffer.
//! Changes to the same row melt into one, so a batch of commands, or a whole replay, costs a few
//! set-based statements instead of one for each fact; and the very same projection fills the
//! append's transaction, a rebuild, and the in-memory database of the time machine.

use std::collections::BTreeMap;

use kernel::PersonId;
use serde_json::{Map, Value};

/// The type of a column, in both databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// TEXT.
    Text,
    /// BIGINT: whole numbers, and times in microseconds.
    Int,
    /// BOOLEAN.
    Bool,
    /// DOUBLE PRECISION.
    Real,
}

/// One column of a view.
#[derive(Clone, Copy, Debug)]
pub struct Col {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub kind: Type,
    /// The column of the same table that names the person it belongs to, when it holds personal
    /// data: it is emptied when she is erased.
    pub of: Option<&'static str>,
}

/// A text column.
pub const fn text(name: &'static str) -> Col {
    Col { name, kind: Type::Text, of: None }
}
/// A column of whole numbers, or of times in microseconds.
pub const fn int(name: &'static str) -> Col {
    Col { name, kind: Type::Int, of: None }
}
/// A column of truth values.
pub const fn boolean(name: &'static str) -> Col {
    Col { name, kind: Type::Bool, of: None }
}
/// A column of real numbers.
pub const fn real(name: &'static str) -> Col {
    Col { name, kind: Type::Real, of: None }
}
/// A text column that belongs to the person named in column `of` of the same row.
pub const fn personal(name: &'static str, of: &'static str) -> Col {
    Col { name, kind: Type::Text, of: Some(of) }
}

/// A table of a view. Every table has a first column `journal` that is part of its key.
#[derive(Debug)]
pub struct Table {
    /// Its name: the capability, and what a row is (`desk_registration`).
    pub name: &'static str,
    /// The columns that make the key, after `journal`.
    pub key: &'static [&'static str],
    /// All columns but `journal`, the key's included.
    pub columns: &'static [Col],
    /// Further indexes; each begins with `journal` by itself.
    pub indexes: &'static [&'static [&'static str]],
}

/// A row's values by column name. Build it with [`values!`](crate::values).
pub type Values = Map<String, Value>;

/// A row's values: `values! { "id" => id.to_string(), "title" => title }`.
#[macro_export]
macro_rules! values {
    ($($name:literal => $value:expr),* $(,)?) => {
        $crate::Values::from_iter([$(($name.to_owned(), $crate::cell($value))),*])
    };
}

/// A value for a column. Times become microseconds.
pub fn cell(value: impl Into<Cell>) -> Value {
    value.into().0
}

/// What [`cell`] accepts.
pub struct Cell(Value);

macro_rules! cells {
    ($($from:ty => $make:expr),* $(,)?) => { $(
        impl From<$from> for Cell { fn from(value: $from) -> Self { Self(($make)(value)) } }
        impl From<Option<$from>> for Cell {
            fn from(value: Option<$from>) -> Self { Self(value.map_or(Value::Null, $make)) }
        }
    )* };
}
cells! {
    &str => |text: &str| Value::from(text),
    String => Value::from,
    &String => |text: &String| Value::from(text.as_str()),
    bool => Value::from,
    i64 => Value::from,
    i32 => Value::from,
    u32 => Value::from,
    u16 => Value::from,
    u8 => Value::from,
    f64 => Value::from,
    chrono::DateTime<chrono::Utc> => |at: chrono::DateTime<chrono::Utc>| Value::from(at.timestamp_micros()),
    chrono::NaiveDateTime => |at: chrono::NaiveDateTime| Value::from(at.and_utc().timestamp_micros()),
    chrono::NaiveDate => |on: chrono::NaiveDate| Value::from(on.to_string()),
}
impl<K: kernel::Kind> From<kernel::Id<K>> for Cell {
    fn from(id: kernel::Id<K>) -> Self {
        Self(Value::from(id.to_string()))
    }
}
impl<K: kernel::Kind> From<Option<kernel::Id<K>>> for Cell {
    fn from(id: Option<kernel::Id<K>>) -> Self {
        Self(id.map_or(Value::Null, |id| Value::from(id.to_string())))
    }
}
impl From<&kernel::Personal<String>> for Cell {
    fn from(personal: &kernel::Personal<String>) -> Self {
        Self(personal.get().map_or(Value::Null, |text| Value::from(text.as_str())))
    }
}
impl From<Option<&kernel::Personal<String>>> for Cell {
    fn from(personal: Option<&kernel::Personal<String>>) -> Self {
        personal.map_or(Self(Value::Null), Self::from)
    }
}

/// One change of one row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Change {
    /// The whole row: columns not named are NULL.
    Put(Values),
    /// Some columns of a row that is there, and sums to add.
    Patch { set: Values, add: BTreeMap<&'static str, i64> },
    /// No row.
    Delete,
}

/// A change of many rows at once; everything before it is written first.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Sweep {
    /// Sets columns of all rows whose column holds a value.
    UpdateWhere { table: &'static str, column: &'static str, value: Value, set: Values },
    /// Empties everything of one person.
    Erase { person: PersonId },
}

pub(crate) type RowKey = Vec<Value>;

#[derive(Debug, Default)]
pub(crate) struct Stage {
    pub(crate) changes: BTreeMap<&'static str, BTreeMap<String, (RowKey, Change)>>,
    pub(crate) then: Option<Sweep>,
}

/// The changes that facts make to the rows of one journal.
#[derive(Debug, Default)]
pub struct Rows {
    done: Vec<Stage>,
    now: Stage,
    changes: usize,
}

impl Rows {
    /// The whole row, whatever was there before. The key's columns are among the values.
    pub fn put(&mut self, table: &'static Table, values: Values) {
        let key = key_of(table, &values);
        self.change(table, key, Change::Put(values));
    }

    /// Sets some columns of one row; nothing happens if there is no such row.
    pub fn patch<const N: usize>(&mut self, table: &'static Table, key: [Value; N], set: Values) {
        self.change(table, Vec::from(key), Change::Patch { set, add: BTreeMap::new() });
    }

    /// Adds to a column of one row.
    pub fn add<const N: usize>(
        &mut self,
        table: &'static Table,
        key: [Value; N],
        column: &'static str,
        by: i64,
    ) {
        let add = BTreeMap::from([(column, by)]);
        self.change(table, Vec::from(key), Change::Patch { set: Values::new(), add });
    }

    /// Removes one row.
    pub fn delete<const N: usize>(&mut self, table: &'static Table, key: [Value; N]) {
        self.change(table, Vec::from(key), Change::Delete);
    }

    /// Sets columns of all rows whose `column` holds `value`.
    pub fn update_where(
        &mut self,
        table: &'static Table,
        column: &'static str,
        value: impl Into<Cell>,
        set: Values,
    ) {
        self.sweep(Sweep::UpdateWhere { table: table.name, column, value: cell(value), set });
    }

    /// Empties every personal column that belongs to this person, in all tables.
    pub fn erase(&mut self, person: PersonId) {
        self.sweep(Sweep::Erase { person });
    }

    /// How many row changes wait here (after melting).
    pub fn len(&self) -> usize {
        self.changes
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.changes == 0 && self.done.is_empty()
    }

    pub(crate) fn take(&mut self) -> Vec<Stage> {
        self.changes = 0;
        let mut stages = std::mem::take(&mut self.done);
        stages.push(std::mem::take(&mut self.now));
        stages
    }

    fn sweep(&mut self, sweep: Sweep) {
        let mut stage = std::mem::take(&mut self.now);
        stage.then = Some(sweep);
        self.done.push(stage);
        self.changes += 1;
    }

    fn change(&mut self, table: &'static Table, key: RowKey, change: Change) {
        let name = name_of(&key);
        let rows = self.now.changes.entry(table.name).or_default();
        if let Some((_, old)) = rows.get_mut(&name) {
            old.then(change);
        } else {
            rows.insert(name, (key, change));
            self.changes += 1;
        }
    }
}

impl Change {
    /// Melts a later change of the same row into this one.
    fn then(&mut self, later: Self) {
        match (self, later) {
            (Self::Put(row), Self::Patch { set, add }) => {
                row.extend(set);
                for (column, by) in add {
                    let sum = row.get(column).and_then(Value::as_i64).unwrap_or(0) + by;
                    row.insert(column.to_owned(), Value::from(sum));
                }
            }
            (Self::Patch { set, add }, Self::Patch { set: later_set, add: later_add }) => {
                for (column, value) in later_set {
                    add.remove(column.as_str());
                    set.insert(column, value);
                }
                for (column, by) in later_add {
                    match set.get_mut(column) {
                        Some(value) => *value = Value::from(value.as_i64().unwrap_or(0) + by),
                        None => *add.entry(column).or_default() += by,
                    }
                }
            }
            // A row that is gone stays gone until it is put again.
            (Self::Delete, Self::Patch { .. }) => {}
            (this, later) => *this = later,
        }
    }
}

/// One text for each key, in the key's order.
fn name_of(key: &[Value]) -> String {
    let mut name = String::with_capacity(40);
    for value in key {
        match value {
            Value::String(text) => name.push_str(text),
            other => name.push_str(&other.to_string()),
        }
        // Texts hold no such character in either database, so ("a", "bc") is not ("ab", "c").
        name.push('\0');
    }
    name
}

fn key_of(table: &Table, values: &Values) -> RowKey {
    table.key.iter().map(|column| values.get(*column).cloned().unwrap_or(Value::Null)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    static SEATS: Table = Table {
        name: "seats",
        key: &["id"],
        columns: &[text("id"), int("taken"), personal("name", "person"), text("person")],
        indexes: &[],
    };

    #[test]
    fn changes_of_one_row_melt_into_one() {
        let mut rows = Rows::default();
        rows.put(&SEATS, values! { "id" => "a", "taken" => 1_i64 });
        rows.add(&SEATS, [cell("a")], "taken", 2);
        rows.patch(&SEATS, [cell("a")], values! { "name" => "Ada" });
        rows.add(&SEATS, [cell("b")], "taken", 1);
        rows.add(&SEATS, [cell("b")], "taken", 4);
        assert_eq!(rows.len(), 2);
        let stages = rows.take();
        let changes: Vec<_> =
            stages[0].changes["seats"].values().map(|(_, change)| change.clone()).collect();
        assert_eq!(
            changes,
            [
                Change::Put(values! { "id" => "a", "taken" => 3_i64, "name" => "Ada" }),
                Change::Patch { set: Values::new(), add: BTreeMap::from([("taken", 5)]) },
            ]
        );
    }

    #[test]
    fn a_row_that_is_gone_stays_gone_until_it_is_put_again() {
        let mut rows = Rows::default();
        rows.delete(&SEATS, [cell("a")]);
        rows.patch(&SEATS, [cell("a")], values! { "taken" => 1_i64 });
        assert_eq!(
            rows.take()[0].changes["seats"].values().next().map(|row| row.1.clone()),
            Some(Change::Delete)
        );
    }
}
