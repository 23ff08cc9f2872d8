//! The repository's text files, as paths and contents, from the disk or made up by a test.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::source::Source;

/// Kinds of files that are read; everything else is pictures, databases and the like.
const KINDS: &[&str] =
    &["rs", "toml", "html", "sql", "md", "css", "js", "py", "txt", "ftl", "yaml", "yml", "graphql"];
/// Folders that hold nothing we wrote.
const FOREIGN: &[&str] = &["target", "node_modules", "__pycache__"];
/// Folders that begin with a dot and are ours all the same.
const OURS: &[&str] = &[".ci", ".cargo"];

/// Paths (with `/`, from the root) and contents.
pub(super) struct Tree(BTreeMap<String, String>);

impl Tree {
    /// Reads the tree below this folder.
    pub(super) fn read(root: &Path) -> Result<Self> {
        let mut files = BTreeMap::new();
        read_folder(root, "", &mut files)?;
        Ok(Self(files))
    }

    /// A tree made up for a test.
    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        Self(files.collect())
    }

    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    pub(super) fn rust(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files().filter(|(path, _)| has_extension(path, "rs"))
    }

    pub(super) fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// Beginnings of paths that are test code because a `#[cfg(test)] mod name;` says so.
    pub(super) fn test_modules(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (path, text) in self.rust() {
            let stem = path.trim_end_matches(".rs");
            let folder = ["/mod", "/lib", "/main"]
                .iter()
                .find_map(|end| stem.strip_suffix(end))
                .unwrap_or(stem);
            for module in Source::parse(text, false).test_modules() {
                found.push(format!("{folder}/{module}.rs"));
                found.push(format!("{folder}/{module}/"));
            }
        }
        found
    }
}

/// Whether a path's file name ends so.
pub(super) fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|found| found == extension)
}

/// Whether a file is test code by its place or name.
pub(super) fn is_test(path: &str) -> bool {
    let mut parts = path.split('/').rev();
    let file = parts.next().unwrap_or_default();
    file == "tests.rs"
        || file.ends_with("_tests.rs")
        || parts.any(|folder| matches!(folder, "tests" | "benches" | "examples"))
}

fn read_folder(folder: &Path, at: &str, files: &mut BTreeMap<String, String>) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("could not list {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if at.is_empty() { name.clone() } else { format!("{at}/{name}") };
        if entry.file_type()?.is_dir() {
            let hidden = name.starts_with('.') && !OURS.contains(&name.as_str());
            // The root's `data` is what a server run from here keeps.
            if !hidden && !FOREIGN.contains(&name.as_str()) && path != "data" {
                read_folder(&entry.path(), &path, files)?;
            }
        } else if KINDS.iter().any(|kind| has_extension(&name, kind)) {
            match fs::read_to_string(entry.path()) {
                Ok(text) => files.insert(path, text),
                // An editor's or a test's passing file.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
                Err(error) => return Err(error).with_context(|| format!("could not read {path}")),
            };
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Tree, is_test};

    #[test]
    fn tests_are_known_by_their_place() {
        assert!(is_test("tests/src/main_job.rs"));
        assert!(is_test("crates/journal/tests/faults.rs"));
        assert!(is_test("crates/convoke/src/roster/tests.rs"));
        assert!(!is_test("crates/convoke/src/roster/decider.rs"));
        assert!(!is_test("crates/kernel/src/testing.rs"));
    }

    #[test]
    fn a_module_declared_for_tests_is_a_test_wherever_its_file_lies() {
        let tree = Tree::of(&[
            ("crates/a/src/lib.rs", "#[cfg(test)]\nmod made_up;\nmod real;"),
            ("crates/a/src/real.rs", "#[cfg(test)]\nmod inner;"),
        ]);
        assert_eq!(
            tree.test_modules(),
            [
                "crates/a/src/made_up.rs",
                "crates/a/src/made_up/",
                "crates/a/src/real/inner.rs",
                "crates/a/src/real/inner/"
            ]
        );
    }
}
