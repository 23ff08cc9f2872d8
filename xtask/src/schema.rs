//! `schema.graphql`: the public API in one file, written by the binary, reviewed like prose.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::{shell, suite};

/// The file's name, at the repository's root.
pub(crate) const FILE: &str = "schema.graphql";

/// Builds the binary and writes what it says its schema is.
pub(crate) fn write() -> Result<()> {
    shell::run(shell::cargo().args(["build", "--package", "server", "--bin", "convoke"]))?;
    let schema = of(&suite::built_binary()?)?;
    fs::write(shell::root().join(FILE), schema)
        .with_context(|| format!("could not write {FILE}"))?;
    println!("{FILE} is written.");
    Ok(())
}

/// The schema a binary serves.
pub(crate) fn of(binary: &Path) -> Result<String> {
    shell::output(Command::new(binary).arg("schema"))
}
