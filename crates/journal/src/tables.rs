//! The tables of views: their DDL for both databases, and the few statements that write them.
//!
//! Every statement takes one JSON text with all rows of its kind and unfolds it in the database
//! (`json_each`, `json_to_recordset`): one round trip a batch and table, whatever the number of
//! rows. The texts are put together from table definitions only.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use crate::error::{Error, Result};
use crate::rows::{Change, Col, RowKey, Rows, Stage, Sweep, Table, Type, Values};
use crate::sql::{Arg, Sql, Tx};

/// The tables of all views, by name.
#[derive(Debug)]
pub(crate) struct Tables {
    by_name: BTreeMap<&'static str, &'static Table>,
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

    /// `SELECT` of these columns from the JSON argument `$1`, an array of arrays.
    fn unfold(columns: &[Col], postgres: bool) -> String {
        if postgres {
            // An array of objects with short names: json_to_recordset wants names.
            let typed: Vec<String> = columns
                .iter()
                .enumerate()
                .map(|(place, column)| format!("c{place} {}", column.kind.postgres()))
                .collect();
            let names: Vec<String> = columns
                .iter()
                .enumerate()
                .map(|(place, column)| format!("c{place} AS {}", column.name))
                .collect();
            format!(
                "SELECT {} FROM json_to_recordset(CAST($1 AS json)) AS fresh({})",
                names.join(", "),
                typed.join(", ")
            )
        } else {
            let names: Vec<String> = columns
                .iter()
                .enumerate()
                .map(|(place, column)| format!("value->>'$.c{place}' AS {}", column.name))
                .collect();
            // WHERE true keeps the parser from taking ON CONFLICT for a join's ON.
            format!("SELECT {} FROM json_each($1) WHERE true", names.join(", "))
        }
    }

    fn both(make: impl Fn(bool) -> String) -> Sql {
        Sql::made(make(false), make(true))
    }

    fn put_sql(&self) -> Sql {
        let columns: Vec<Col> = self.all_columns().collect();
        let key = self.full_key();
        let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
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
        Self::both(|postgres| {
            format!(
                "INSERT INTO {} ({}) {} ON CONFLICT ({}) {conflict}",
                self.name,
                names.join(", "),
                Self::unfold(&columns, postgres),
                key.join(", "),
            )
        })
    }

    fn patch_sql(&self, set: &[&str], add: &[&str]) -> Result<Sql> {
        let key = self.full_key();
        let columns = key
            .iter()
            .chain(set)
            .chain(add)
            .map(|name| self.column(name))
            .collect::<Result<Vec<_>>>()?;
        let mut sets: Vec<String> =
            set.iter().map(|name| format!("{name} = fresh_rows.{name}")).collect();
        sets.extend(
            add.iter().map(|name| {
                format!("{name} = COALESCE({}.{name}, 0) + fresh_rows.{name}", self.name)
            }),
        );
        let join: Vec<String> =
            key.iter().map(|name| format!("{}.{name} = fresh_rows.{name}", self.name)).collect();
        Ok(Self::both(|postgres| {
            format!(
                "UPDATE {} SET {} FROM ({}) AS fresh_rows WHERE {}",
                self.name,
                sets.join(", "),
                Self::unfold(&columns, postgres),
                join.join(" AND "),
            )
        }))
    }

    fn delete_sql(&self) -> Result<Sql> {
        let key = self.full_key();
        let columns = key.iter().map(|name| self.column(name)).collect::<Result<Vec<_>>>()?;
        Ok(Self::both(|postgres| {
            format!(
                "DELETE FROM {} WHERE ({}) IN ({})",
                self.name,
                key.join(", "),
                Self::unfold(&columns, postgres)
            )
        }))
    }

    async fn write(
        &self,
        tx: &mut Tx,
        journal: &str,
        rows: &BTreeMap<String, (RowKey, Change)>,
    ) -> Result<()> {
        let mut deletes = Lines::default();
        let mut puts = Lines::default();
        let mut patches: BTreeMap<(Vec<&str>, Vec<&str>), Lines> = BTreeMap::new();
        for (key, change) in rows.values() {
            match change {
                Change::Delete => deletes.push(journal, key, []),
                Change::Put(values) => {
                    self.check_names(values)?;
                    puts.push(
                        journal,
                        &[],
                        self.columns.iter().map(|column| values.get(column.name)),
                    );
                }
                Change::Patch { set, add } if set.is_empty() && add.is_empty() => {}
                Change::Patch { set, add } => {
                    let names = set.keys().map(String::as_str).collect();
                    let sums = add.keys().map(String::as_str).collect();
                    let by: Vec<Value> = add.values().map(|by| Value::from(*by)).collect();
                    let line = set.values().chain(&by).map(Some);
                    patches.entry((names, sums)).or_default().push(journal, key, line);
                }
            }
        }
        if let Some(lines) = deletes.finish() {
            tx.exec(self.delete_sql()?, vec![lines]).await?;
        }
        if let Some(lines) = puts.finish() {
            tx.exec(self.put_sql(), vec![lines]).await?;
        }
        for ((set, add), lines) in patches {
            if let Some(lines) = lines.finish() {
                tx.exec(self.patch_sql(&set, &add)?, vec![lines]).await?;
            }
        }
        Ok(())
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

/// Rows on their way into one statement: a JSON array of objects `{"c0":…,"c1":…}`.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn push<'v>(
        &mut self,
        journal: &str,
        key: &'v [Value],
        rest: impl IntoIterator<Item = Option<&'v Value>>,
    ) {
        self.0.push(if self.0.is_empty() { '[' } else { ',' });
        // Writing into a String cannot fail.
        let _unfailing = write!(self.0, "{{\"c0\":{}", Value::from(journal));
        for (place, value) in key.iter().map(Some).chain(rest).enumerate() {
            let _unfailing =
                write!(self.0, ",\"c{}\":{}", place + 1, value.unwrap_or(&Value::Null));
        }
        self.0.push('}');
    }

    fn finish(mut self) -> Option<Arg> {
        if self.0.is_empty() {
            return None;
        }
        self.0.push(']');
        Some(Arg::Text(Some(self.0)))
    }
}

impl Tables {
    pub(crate) fn new(tables: impl IntoIterator<Item = &'static Table>) -> Self {
        Self { by_name: tables.into_iter().map(|table| (table.name, table)).collect() }
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
                tx.exec(Sql::made(statement.clone(), statement), vec![]).await?;
            }
        }
        Ok(())
    }

    /// Drops all tables, so that they can be made anew.
    pub(crate) async fn drop_all(&self, tx: &mut Tx) -> Result<()> {
        for table in self.iter() {
            let statement = format!("DROP TABLE IF EXISTS {}", table.name);
            tx.exec(Sql::made(statement.clone(), statement), vec![]).await?;
        }
        Ok(())
    }

    /// Removes one journal's rows from all tables.
    pub(crate) async fn clear(&self, tx: &mut Tx, journal: &str) -> Result<()> {
        for table in self.iter() {
            let statement = format!("DELETE FROM {} WHERE journal = $1", table.name);
            tx.exec(Sql::made(statement.clone(), statement), vec![Arg::from(journal)]).await?;
        }
        Ok(())
    }

    /// Writes what has gathered, in a few statements.
    pub(crate) async fn flush(&self, tx: &mut Tx, journal: &str, rows: &mut Rows) -> Result<()> {
        for Stage { changes, then } in rows.take() {
            for (name, rows) in changes {
                self.get(name)?.write(tx, journal, &rows).await?;
            }
            match then {
                None => {}
                Some(Sweep::UpdateWhere { table, column, value, set }) => {
                    self.update_where(tx, journal, (self.get(table)?, column, &value), &set)
                        .await?;
                }
                Some(Sweep::Erase { person }) => {
                    self.erase(tx, journal, &person.to_string()).await?
                }
            }
        }
        Ok(())
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
        tx.exec(Sql::made(text.clone(), text), args).await.map(drop)
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
                tx.exec(Sql::made(text.clone(), text), vec![Arg::from(journal), Arg::from(person)])
                    .await?;
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
        Value::String(text) => Arg::from(text),
        other => Arg::from(other.to_string()),
    }
}
