//! The configuration file: flat TOML, every key known, every value a text or a whole number.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::key::KEYS;
use super::{Given, Source};
use crate::usage::Usage;

/// A file that was read, with the line of each value.
#[derive(Debug)]
pub(super) struct File {
    path: PathBuf,
    values: BTreeMap<String, (String, usize)>,
}

impl File {
    /// Reads a file's text.
    ///
    /// # Errors
    /// [`Usage`] with file and line: no TOML, a key we do not know, a value of a wrong type.
    pub(super) fn parse(path: &Path, text: &str) -> Result<Self, Usage> {
        let at = |offset: usize, what: String| {
            Usage::new(format!("{}:{}: {what}", path.display(), line_of(text, offset)))
        };
        let table = DeTable::parse(text).map_err(|fault| {
            let offset = fault.span().map_or(0, |span| span.start);
            at(offset, fault.message().to_owned())
        })?;
        let mut values = BTreeMap::new();
        for (key, value) in table.into_inner() {
            let start = key.span().start;
            let name = key.into_inner().into_owned();
            if !KEYS.iter().any(|known| known.name == name) {
                return Err(at(start, unknown(&name)));
            }
            let line = line_of(text, start);
            let told = match value.into_inner() {
                DeValue::String(text) => text.into_owned(),
                DeValue::Integer(number) => number.as_str().to_owned(),
                other => {
                    let what = format!("`{name}` is {}; it must be a text", kind(&other));
                    return Err(at(start, what));
                }
            };
            values.insert(name, (told, line));
        }
        Ok(Self { path: path.to_owned(), values })
    }

    /// The value of a key, if the file has one.
    pub(super) fn get(&self, name: &str) -> Option<Given> {
        let (text, line) = self.values.get(name)?;
        let source = Source::File(self.path.clone(), *line);
        Some(Given { text: text.clone(), source })
    }
}

fn unknown(name: &str) -> String {
    let names: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
    match nearest(name, &names) {
        Some(meant) => format!("there is no key `{name}`; did you mean `{meant}`?"),
        None => format!("there is no key `{name}`; the keys are {}", names.join(", ")),
    }
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "a truth value",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Lines are counted from 1.
fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

/// The name most like a mistyped one, if any is near.
pub(crate) fn nearest<'n>(typed: &str, names: &[&'n str]) -> Option<&'n str> {
    let typed = typed.replace('-', "_").to_lowercase();
    let best = names.iter().map(|name| (distance(&typed, name), *name)).min()?;
    (best.0 <= 2.max(typed.len() / 3)).then_some(best.1)
}

/// How many letters must be put in, left out or changed (Levenshtein).
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, letter) in from.chars().enumerate() {
        let mut diagonal = line;
        let mut left = line + 1;
        let mut next = vec![left];
        for (place, other) in to.iter().enumerate() {
            let above = row.get(place + 1).copied().unwrap_or(usize::MAX);
            let changed = diagonal + usize::from(*other != letter);
            left = changed.min(above.saturating_add(1)).min(left + 1);
            next.push(left);
            diagonal = above;
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}
