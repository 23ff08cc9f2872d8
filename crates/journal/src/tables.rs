//! The tables of views: their DDL for both databases, and the few statements that write them.
//!
//! Every statement takes all rows of its kind at once: one round trip a batch and table, whatever
//! the number of rows. The texts are put together from table definitions only, and once.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use crate::db::Tx;
use crate::error::{Error, Result};
use crate::frame::{Frame, Kind, Pour};
use crate::rows::{Change, Col, RowKey, Rows, Stage, Sweep, Table, Type, Values};
use crate::sql::{Arg, Sql};

/// The tables of all views, by name.
#[derive(Debug)]
pub(crate) struct Tables {
    by_name: BTreeMap<&'static str, &'static Table>,
    /// Statements made so far; as many as there are ways in which projections change rows.
    pours: Mutex<HashMap<String, Arc<Pour>>>,
}

const JOURNAL: Col = Col { name: "journal", kind: Type::Text, of: None };

impl Type {
    fn sqlite(self) -> &'static str {
        match self {
            Self::Text => "TEXT",
            Self::Int | Self::Bool => "INTEGER",
            Self::Real => "REAL",
        }
    }

    fn postgres(self) -> &'static str {
        match self {
            Self::Text => "TEXT",
            Self::Int => "BIGINT",
            Self::Bool => "BOOLEAN",
            Self::Real => "DOUBLE PRECISION",
        }
    }
}

impl Table {
    fn all_columns(&self) -> impl Iterator<Item = Col> {
        std::iter::once(JOURNAL).chain(self.columns.iter().copied())
    }

    fn full_key(&self) -> Vec<&'static str> {
        std::iter::once("journal").chain(self.key.iter().copied()).collect()
    }

    fn column(&self, name: &str) -> Result<Col> {
        self.all_columns()
            .find(|column| column.name == name)
            .ok_or_else(|| Error::broken(format!("table {} has no column {name}", self.name)))
    }

    /// The statements that make the table, in order.
    pub(crate) fn ddl(&self, postgres: bool) -> Vec<String> {
        let columns: Vec<String> = self
            .all_columns()
            .map(|column| {
                let kind = if postgres { column.kind.postgres() } else { column.kind.sqlite() };
                let not_null =
                    if self.full_key().contains(&column.name) { " NOT NULL" } else { "" };
                format!("{} {kind}{not_null}", column.name)
            })
            .collect();
        let strict = if postgres { "" } else { " STRICT" };
        let mut statements = vec![format!(
            "CREATE TABLE IF NOT EXISTS {} ({}, PRIMARY KEY ({})){strict}",
            self.name,
            columns.join(", "),
            self.full_key().join(", "),
        )];
        // Ids are unique everywhere, so a thing is found without knowing its hub.
        statements.push(format!(
            "CREATE INDEX IF NOT EXISTS {0}_by_key ON {0} ({1})",
            self.name,
            self.key.join(", "),
        ));
        for index in self.indexes {
            statements.push(format!(
                "CREATE INDEX IF NOT EXISTS {}_{} ON {} (journal, {})",
                self.name,
                index.join("_"),
                self.name,
                index.join(", "),
            ));
        }
        statements
    }

    /// The named columns with their types.
    fn typed<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Result<Vec<(&'n str, Kind)>> {
        names.into_iter().map(|name| Ok((name, Kind::from(self.column(name)?.kind)))).collect()
    }

    /// Inserts whole rows, or replaces them.
    fn put_pour(&self) -> Result<Pour> {
        let key = self.full_key();
        // The key first: a frame's first cell is never empty.
        let names = self.put_names();
        let sets: Vec<String> = names
            .iter()
            .filter(|name| !key.contains(name))
            .map(|name| format!("{name} = excluded.{name}"))
            .collect();
        let conflict = if sets.is_empty() {
            "DO NOTHING".to_owned()
        } else {
            format!("DO UPDATE SET {}", sets.join(", "))
        };
        let columns = self.typed(names.iter().copied())?;
        Ok(Pour::new(|target| {
            format!(
                "INSERT INTO {} (journal, {}) {} ON CONFLICT ({}) {conflict}",
                self.name,
                names.join(", "),
                target.select(&columns, 2),
                key.join(", "),
            )
        }))
    }

    /// All columns but `journal`, the key's first.
    fn put_names(&self) -> Vec<&'static str> {
        let rest = self.columns.iter().map(|column| column.name);
        self.key.iter().copied().chain(rest.filter(|name| !self.key.contains(name))).collect()
    }

    fn patch_pour(&self, set: &[&str], add: &[&str]) -> Result<Pour> {
        let columns = self.typed(self.key.iter().chain(set).chain(add).copied())?;
        let mut sets: Vec<String> =
            set.iter().map(|name| format!("{name} = fresh.{name}")).collect();
        sets.extend(
            add.iter()
                .map(|name| format!("{name} = COALESCE({}.{name}, 0) + fresh.{name}", self.name)),
        );
        let join: Vec<String> = self
            .full_key()
            .iter()
            .map(|name| format!("{}.{name} = fresh.{name}", self.name))
            .collect();
        Ok(Pour::new(|target| {
            format!(
                "UPDATE {} SET {} FROM ({}) AS fresh WHERE {}",
                self.name,
                sets.join(", "),
                target.select(&columns, 2),
                join.join(" AND "),
            )
        }))
    }

    fn delete_pour(&self) -> Result<Pour> {
        let columns = self.typed(self.key.iter().copied())?;
        Ok(Pour::new(|target| {
            format!(
                "DELETE FROM {} WHERE ({}) IN ({})",
                self.name,
                self.full_key().join(", "),
                target.select(&columns, 2)
            )
        }))
    }

    /// A misspelt column must not vanish silently.
    fn check_names(&self, values: &Values) -> Result<()> {
        match values
            .keys()
            .find(|name| !self.columns.iter().any(|column| column.name == name.as_str()))
        {
            Some(name) => Err(Error::broken(format!("table {} has no column {name}", self.name))),
            None => Ok(()),
        }
    }
}

/// Changes of one table, sorted into frames.
struct Changes {
    deletes: Frame,
    puts: Frame,
    patches: BTreeMap<(Vec<String>, Vec<&'static str>), Frame>,
}

impl Changes {
    fn of(table: &Table, rows: BTreeMap<String, (RowKey, Change)>) -> Result<Self> {
        let kinds = |names: &[&str]| -> Result<Vec<Kind>> {
            Ok(table.typed(names.iter().copied())?.into_iter().map(|(_, kind)| kind).collect())
        };
        let (key_kinds, put_names) = (kinds(table.key)?, table.put_names());
        let put_kinds = kinds(&put_names)?;
        let mut changes = Self {
            deletes: Frame::new(key_kinds.iter().copied()),
            puts: Frame::new(put_kinds.iter().copied()),
            patches: BTreeMap::new(),
        };
        for (key, change) in rows.into_values() {
            let key = || -> Result<Vec<Arg>> {
                key.into_iter().zip(&key_kinds).map(|(value, kind)| typed(*kind, value)).collect()
            };
            match change {
                Change::Delete => changes.deletes.push(key()?)?,
                Change::Put(mut values) => {
                    table.check_names(&values)?;
                    let cells = put_names
                        .iter()
                        .zip(&put_kinds)
                        .map(|(name, kind)| {
                            typed(*kind, values.get_mut(*name).map_or(Value::Null, Value::take))
                        })
                        .collect::<Result<Vec<_>>>()?;
                    changes.puts.push(cells)?;
                }
                Change::Patch { set, add } if set.is_empty() && add.is_empty() => {}
                Change::Patch { set, add } => {
                    let (names, values): (Vec<String>, Vec<Value>) = set.into_iter().unzip();
                    let (sums, by): (Vec<&str>, Vec<i64>) = add.into_iter().unzip();
                    let mut all = key_kinds.clone();
                    all.extend(kinds(&names.iter().map(String::as_str).collect::<Vec<_>>())?);
                    let mut cells = key()?;
                    for (value, kind) in values.into_iter().zip(all.iter().skip(key_kinds.len())) {
                        cells.push(typed(*kind, value)?);
                    }
                    all.extend(sums.iter().map(|_| Kind::Int));
                    cells.extend(by.into_iter().map(Arg::from));
                    let frame = changes.patches.entry((names, sums));
                    frame.or_insert_with(|| Frame::new(all)).push(cells)?;
                }
            }
        }
        Ok(changes)
    }
}

/// A value as its column's type. Text has no place for NUL in either database.
fn typed(kind: Kind, value: Value) -> Result<Arg> {
    let misfit =
        |value: &Value| Error::broken(format!("{value} does not fit a column of {kind:?}"));
    Ok(match (kind, value) {
        (Kind::Text, Value::Null) => Arg::Text(None),
        (Kind::Text, Value::String(text)) if text.contains('\0') => {
            Arg::Text(Some(text.replace('\0', "\u{fffd}")))
        }
        (Kind::Text, Value::String(text)) => Arg::Text(Some(text)),
        (Kind::Text, other) => Arg::Text(Some(other.to_string())),
        (Kind::Int, Value::Null) => Arg::Int(None),
        (Kind::Int, value) => Arg::Int(Some(value.as_i64().ok_or_else(|| misfit(&value))?)),
        (Kind::Bool, Value::Null) => Arg::Bool(None),
        (Kind::Bool, value) => Arg::Bool(Some(value.as_bool().ok_or_else(|| misfit(&value))?)),
        (Kind::Real, Value::Null) => Arg::Real(None),
        (Kind::Real, value) => Arg::Real(Some(value.as_f64().ok_or_else(|| misfit(&value))?)),
        (Kind::Bytes, value) => return Err(misfit(&value)),
    })
}

impl Tables {
    pub(crate) fn new(tables: impl IntoIterator<Item = &'static Table>) -> Self {
        let by_name = tables.into_iter().map(|table| (table.name, table)).collect();
        Self { by_name, pours: Mutex::default() }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static Table> {
        self.by_name.values().copied()
    }

    /// A fingerprint of all definitions: views are rebuilt when it changes.
    pub(crate) fn definition(&self) -> String {
        self.iter().flat_map(|table| table.ddl(true)).collect::<Vec<_>>().join(";\n")
    }

    fn get(&self, name: &str) -> Result<&'static Table> {
        self.by_name
            .get(name)
            .copied()
            .ok_or_else(|| Error::broken(format!("no view has a table {name}")))
    }

    /// Makes tables and indexes that are missing.
    pub(crate) async fn create(&self, tx: &mut Tx) -> Result<()> {
        for table in self.iter() {
            for statement in table.ddl(tx.is_postgres()) {
                tx.exec(Sql::same(statement), vec![]).await?;
            }
        }
        Ok(())
    }

    /// Drops all tables, so that they can be made anew.
    pub(crate) async fn drop_all(&self, tx: &mut Tx) -> Result<()> {
        for table in self.iter() {
            let statement = format!("DROP TABLE IF EXISTS {}", table.name);
            tx.exec(Sql::same(statement), vec![]).await?;
        }
        Ok(())
    }

    /// Removes one journal's rows from all tables.
    pub(crate) async fn clear(&self, tx: &mut Tx, journal: &str) -> Result<()> {
        for table in self.iter() {
            let statement = format!("DELETE FROM {} WHERE journal = $1", table.name);
            tx.exec(Sql::same(statement), vec![Arg::from(journal)]).await?;
        }
        Ok(())
    }

    /// Writes what has gathered, in a few statements.
    pub(crate) async fn flush(&self, tx: &mut Tx, journal: &str, rows: &mut Rows) -> Result<()> {
        for Stage { changes, then } in rows.take() {
            for (name, rows) in changes {
                let table = self.get(name)?;
                self.write(tx, journal, table, Changes::of(table, rows)?).await?;
            }
            match then {
                None => {}
                Some(Sweep::UpdateWhere { table, column, value, set }) => {
                    self.update_where(tx, journal, (self.get(table)?, column, &value), &set)
                        .await?;
                }
                Some(Sweep::Erase { person }) => {
                    self.erase(tx, journal, &person.to_string()).await?;
                }
            }
        }
        Ok(())
    }

    async fn write(
        &self,
        tx: &mut Tx,
        journal: &str,
        table: &Table,
        changes: Changes,
    ) -> Result<()> {
        if !changes.deletes.is_empty() {
            let pour = self.pour(format!("delete {}", table.name), || table.delete_pour())?;
            tx.pour_all(&pour, journal, changes.deletes).await?;
        }
        if !changes.puts.is_empty() {
            let pour = self.pour(format!("put {}", table.name), || table.put_pour())?;
            tx.pour_all(&pour, journal, changes.puts).await?;
        }
        for ((set, add), frame) in changes.patches {
            let set: Vec<&str> = set.iter().map(String::as_str).collect();
            let name = format!("patch {} {} {}", table.name, set.join(","), add.join(","));
            let pour = self.pour(name, || table.patch_pour(&set, &add))?;
            tx.pour_all(&pour, journal, frame).await?;
        }
        Ok(())
    }

    /// The texts of a statement, put together once: the driver finds what it has prepared by them.
    fn pour(&self, name: String, make: impl FnOnce() -> Result<Pour>) -> Result<Arc<Pour>> {
        let mut pours = self.pours.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pour) = pours.get(&name) {
            return Ok(Arc::clone(pour));
        }
        let pour = Arc::new(make()?);
        pours.insert(name, Arc::clone(&pour));
        Ok(pour)
    }

    async fn update_where(
        &self,
        tx: &mut Tx,
        journal: &str,
        (table, column, value): (&Table, &str, &Value),
        set: &Values,
    ) -> Result<()> {
        table.column(column)?;
        let mut args = vec![Arg::from(journal), scalar(value)];
        let mut sets = Vec::new();
        for (name, value) in set {
            let kind = table.column(name)?.kind;
            args.push(scalar(value));
            sets.push(format!("{name} = CAST(${} AS {})", args.len(), kind.postgres()));
        }
        let text = format!(
            "UPDATE {} SET {} WHERE journal = $1 AND {column} = $2",
            table.name,
            sets.join(", ")
        );
        tx.exec(Sql::same(text), args).await.map(drop)
    }

    async fn erase(&self, tx: &mut Tx, journal: &str, person: &str) -> Result<()> {
        for table in self.iter() {
            let mut owners: BTreeMap<&str, Vec<String>> = BTreeMap::new();
            for column in table.columns {
                if let Some(owner) = column.of {
                    owners.entry(owner).or_default().push(format!("{} = NULL", column.name));
                }
            }
            for (owner, sets) in owners {
                let text = format!(
                    "UPDATE {} SET {} WHERE journal = $1 AND {owner} = $2",
                    table.name,
                    sets.join(", ")
                );
                tx.exec(Sql::same(text), vec![Arg::from(journal), Arg::from(person)]).await?;
            }
        }
        Ok(())
    }
}

fn scalar(value: &Value) -> Arg {
    match value {
        Value::Null => Arg::Text(None),
        Value::Bool(value) => Arg::from(*value),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Arg::from(whole),
            None => Arg::Real(number.as_f64()),
        },
        Value::String(text) => Arg::from(text.replace('\0', "\u{fffd}")),
        other => Arg::from(other.to_string()),
    }
}
