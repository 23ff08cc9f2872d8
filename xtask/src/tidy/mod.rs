//! The house rules of ARCHITECTURE.md, held against the tree: `cargo xtask tidy`, and a test.
//!
//! Each rule reads plain text and reports findings with file and line; none changes a file. What
//! the compiler or clippy can say better is left to them. The floors, the order of the rooms and
//! the shared modules are read from the block marked `floors` in ARCHITECTURE.md, so that the page
//! people read is the table that is enforced.

mod files;
mod floors;
mod rooms;
mod source;
mod tree;
mod words;

use std::fmt;
use std::path::Path;

use anyhow::{Result, bail};

use crate::{schema, shell, suite};
use floors::Floors;
use source::Source;
use tree::Tree;

/// One place where the house is not as it should be.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    path: String,
    line: usize,
    what: String,
}

impl Finding {
    fn new(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// `cargo xtask tidy`. The schema is compared when the environment names a binary.
pub(crate) fn run() -> Result<()> {
    let binary = std::env::var_os(suite::BINARY);
    if binary.is_none() {
        println!("{} is not set: {} is not compared.", suite::BINARY, schema::FILE);
    }
    hold(binary.as_deref().map(Path::new))
}

/// Holds the rules against the tree; findings are printed, and any is an error.
pub(crate) fn hold(binary: Option<&Path>) -> Result<()> {
    let tree = Tree::read(&shell::root())?;
    let mut findings = findings(&tree);
    if let Some(binary) = binary {
        findings.extend(files::schema(&tree, &schema::of(binary)?));
    }
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => {
            println!("{} files are tidy.", tree.files().count());
            Ok(())
        }
        1 => bail!("1 finding"),
        count => bail!("{count} findings"),
    }
}

/// All findings of the rules that need nothing but the files, in the order of the files.
fn findings(tree: &Tree) -> Vec<Finding> {
    let (floors, mut findings) = Floors::of(tree);
    findings.extend(floors.hold(tree));
    findings.extend(files::all(tree));
    let hidden = tree.test_modules();
    for (path, text) in tree.rust() {
        let is_test = tree::is_test(path) || hidden.iter().any(|start| path.starts_with(start));
        let source = Source::parse(text, is_test);
        findings.extend(words::in_rust(path, &source));
        findings.extend(rooms::hold(path, &source, &floors));
    }
    findings.sort();
    findings.dedup();
    findings
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::tree::Tree;
    use super::{findings, hold};
    use crate::suite;

    /// What is found in a tree made up of these files.
    #[track_caller]
    pub(super) fn found(files: &[(&str, &str)]) -> Vec<String> {
        findings(&Tree::of(files)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_house_is_tidy() {
        let binary = std::env::var_os(suite::BINARY).map(PathBuf::from);
        if let Err(error) = hold(binary.as_deref()) {
            panic!("{error:#}: see above");
        }
    }

    #[test]
    fn an_empty_tree_has_nothing_to_complain_about() {
        assert_eq!(found(&[]), Vec::<String>::new());
    }

    #[test]
    fn findings_name_file_and_line_and_come_in_order() {
        let files = [("crates/b/src/lib.rs", "fn b() {}"), ("crates/a/src/lib.rs", "fn a() {}")];
        assert_eq!(
            found(&files),
            [
                "crates/a/src/lib.rs:1: begins without `//!`: say what this is, why, and what it refuses",
                "crates/b/src/lib.rs:1: begins without `//!`: say what this is, why, and what it refuses",
            ]
        );
    }
}
