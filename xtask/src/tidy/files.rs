//! Rules about whole files: heads, lengths, migrations that match, templates that escape, the
//! schema that is current.

use std::collections::BTreeSet;

use super::tree::{Tree, has_extension};
use super::{Finding, words};
use crate::schema::FILE as SCHEMA;

/// Longer than a sitting's reading: look for the second subject. The aim is 300.
const LINES_MAX: usize = 500;

/// Templates that may print a value unescaped, each with the reason. Reviewed one by one.
const RAW_ALLOWED: &[(&str, &str)] = &[];

/// The folders of the two databases, which must match file for file.
const MIGRATIONS: [&str; 2] = ["migrations/sqlite/", "migrations/postgres/"];

/// Everything about files but the schema.
pub(super) fn all(tree: &Tree) -> Vec<Finding> {
    let mut findings = migrations(tree);
    for (path, text) in tree.files() {
        if has_extension(path, "rs") {
            findings.extend(head(path, text));
            findings.extend(length(path, text));
        } else if !has_extension(path, "md") {
            // Pages may speak about the rule; their readers are no compilers.
            findings.extend(words::in_text(path, text));
        }
        if path.starts_with("crates/") && has_extension(path, "html") {
            findings.extend(unescaped(path, text));
        }
    }
    findings
}

fn head(path: &str, text: &str) -> Option<Finding> {
    let what = "begins without `//!`: say what this is, why, and what it refuses";
    (!text.starts_with("//!")).then(|| Finding::new(path, 1, what))
}

fn length(path: &str, text: &str) -> Option<Finding> {
    let lines = text.lines().count();
    let what = format!("{lines} lines, more than {LINES_MAX}: look for the second subject");
    (lines > LINES_MAX).then(|| Finding::new(path, lines, what))
}

fn migrations(tree: &Tree) -> Vec<Finding> {
    let [sqlite, postgres] = MIGRATIONS.map(|folder| -> BTreeSet<&str> {
        tree.files().filter_map(|(path, _)| path.strip_prefix(folder)).collect()
    });
    let mut findings = Vec::new();
    for (here, there, names, others) in [
        (MIGRATIONS[0], MIGRATIONS[1], &sqlite, &postgres),
        (MIGRATIONS[1], MIGRATIONS[0], &postgres, &sqlite),
    ] {
        for name in names.difference(others) {
            let what = format!("has no twin in {there}");
            findings.push(Finding::new(&format!("{here}{name}"), 1, what));
        }
    }
    findings
}

fn unescaped(path: &str, text: &str) -> Vec<Finding> {
    if RAW_ALLOWED.iter().any(|(allowed, _)| *allowed == path) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let filters = line.split('|').skip(1).map(str::trim_start);
        let is_raw = filters.into_iter().any(|filter| {
            filter.strip_prefix("safe").is_some_and(|rest| {
                !rest.starts_with(|char: char| char.is_alphanumeric() || char == '_')
            })
        });
        if is_raw || line.contains("autoescape false") {
            findings.push(Finding::new(path, index + 1, "prints a value unescaped"));
        }
    }
    findings
}

/// Whether the committed schema is the one the binary serves.
pub(super) fn schema(tree: &Tree, served: &str) -> Option<Finding> {
    match tree.get(SCHEMA) {
        // A binary that serves no schema yet needs no file.
        None if served.trim().is_empty() => None,
        None => Some(Finding::new(SCHEMA, 1, "is missing: run `cargo xtask schema`")),
        Some(committed) if committed == served => None,
        Some(committed) => {
            let same = committed.lines().zip(served.lines()).take_while(|(a, b)| a == b).count();
            Some(Finding::new(
                SCHEMA,
                same + 1,
                "differs from the binary: run `cargo xtask schema`",
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::schema;
    use crate::tidy::Tree;
    use crate::tidy::tests::found;

    #[test]
    fn a_file_of_501_lines_is_too_long() {
        let lines = |count: usize| "//! Doc.\n".repeat(count);
        assert_eq!(found(&[("a/b.rs", &lines(500))]), Vec::<String>::new());
        assert_eq!(
            found(&[("a/b.rs", &lines(501))]),
            ["a/b.rs:501: 501 lines, more than 500: look for the second subject"]
        );
    }

    #[test]
    fn migrations_come_in_twins() {
        let files = [
            ("migrations/sqlite/0001_journal.sql", ""),
            ("migrations/postgres/0001_journal.sql", ""),
            ("migrations/postgres/0002_keys.sql", ""),
        ];
        assert_eq!(
            found(&files),
            ["migrations/postgres/0002_keys.sql:1: has no twin in migrations/sqlite/"]
        );
    }

    #[test]
    fn templates_escape_what_they_print() {
        let text = "{{ a | safe }}\n{{ b|safe }}\n{{ c|safely }} {{ d }}\n{% autoescape false %}\n";
        let findings = found(&[("crates/web/src/page.html", text), ("docs/page.html", text)]);
        let lines: Vec<_> =
            findings.iter().filter_map(|finding| finding.split(':').nth(1)).collect();
        assert_eq!(lines, ["1", "2", "4"]);
    }

    #[test]
    fn the_schema_is_the_one_served() {
        let young = Tree::of(&[]);
        assert_eq!(schema(&young, "\n"), None);
        assert!(schema(&young, "type Query").is_some());
        let tree = Tree::of(&[("schema.graphql", "a\nb\n")]);
        assert_eq!(schema(&tree, "a\nb\n"), None);
        assert_eq!(schema(&tree, "a\nc\n").map(|finding| finding.line), Some(2));
    }
}
