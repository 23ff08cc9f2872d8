//! `cargo xtask test`: everything that must hold, in one command, on a fresh clone.
//!
//! It builds the binary with the very features the tests are built with (so nothing is compiled
//! twice), gives the tests a PostgreSQL of their own, and runs them; then the licence rules, the
//! deployment files and the house rules. A step that fails ends the run with its exit code, and
//! the database server is stopped in every case.

use std::env;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::postgres::{self, Cluster};
use crate::{deny, deploy, needs, shell, tidy};

/// Where stories find the built binary.
pub(crate) const BINARY: &str = "CONVOKE_BIN";
/// Where browser stories find Chromium.
const BROWSER: &str = "CONVOKE_CHROMIUM";

/// Runs everything; `extra` goes to `cargo test`.
pub(crate) fn run(extra: &[String]) -> Result<()> {
    let begun = Instant::now();
    shell::step("what the tests need", needs::meet)?;
    let binary = shell::step("building the binary", || build(extra))?;
    println!("{BINARY}={}", binary.display());
    let given = env::var(postgres::VARIABLE).ok();
    let own = match given {
        Some(_) => None,
        None => Some(shell::step("starting PostgreSQL", Cluster::start)?),
    };
    let url = own.as_ref().map(|cluster| cluster.url().to_owned()).or(given).unwrap_or_default();
    shell::step("tests", || {
        let mut command = shell::cargo();
        command.arg("test").args(selection(extra)).args(extra);
        if extra.is_empty() {
            // One run names all that is broken.
            command.arg("--no-fail-fast");
        }
        command.env(postgres::VARIABLE, url).env(BINARY, &binary);
        if let Some(browser) = needs::browser() {
            command.env(BROWSER, browser);
        }
        shell::run(&mut command)
    })?;
    // Stopped here and not at the end: the rest needs the processors, not a database.
    drop(own);
    shell::step("licences, sources, advisories", deny::check)?;
    shell::step("deployment files", deploy::check)?;
    shell::step("house rules", || tidy::hold(Some(&binary)))?;
    println!("\nAll is well, after {:.0} s.", begun.elapsed().as_secs_f64());
    Ok(())
}

/// Builds the binary, unless the environment names one (a release build to be tested, say).
fn build(extra: &[String]) -> Result<PathBuf> {
    if let Some(binary) = env::var_os(BINARY) {
        return Ok(binary.into());
    }
    let mut command = shell::cargo();
    if extra.is_empty() {
        // With everything that will be tested in one go: cargo unites the features of what it
        // builds together, so `-p server` alone would compile half the dependencies once more.
        command.args(["build", "--workspace", "--bins", "--tests"]);
    } else {
        command.args(["build", "--package", "server", "--bin", "convoke"]);
    }
    shell::run(&mut command)?;
    built_binary()
}

/// The path of the binary in cargo's target folder.
pub(crate) fn built_binary() -> Result<PathBuf> {
    let metadata =
        shell::output(shell::cargo().args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: Value =
        serde_json::from_str(&metadata).context("cargo's metadata is not JSON")?;
    let target = metadata
        .get("target_directory")
        .and_then(Value::as_str)
        .context("cargo's metadata has no target folder")?;
    Ok([target, "debug", &format!("convoke{}", env::consts::EXE_SUFFIX)].iter().collect())
}

/// All crates, unless the caller chose some.
fn selection(extra: &[String]) -> Option<&'static str> {
    let of_cargo = extra.iter().take_while(|word| *word != "--");
    let chosen = of_cargo.into_iter().any(|word| {
        word.starts_with("-p") || word.starts_with("--package") || word.starts_with("--manifest")
    });
    (!chosen).then_some("--workspace")
}

#[cfg(test)]
mod tests {
    use super::selection;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn all_crates_are_tested_unless_some_are_named() {
        assert_eq!(selection(&words("")), Some("--workspace"));
        assert_eq!(selection(&words("roster -- --nocapture")), Some("--workspace"));
        assert_eq!(selection(&words("-- -p")), Some("--workspace"));
        assert_eq!(selection(&words("-p kernel")), None);
        assert_eq!(selection(&words("--package=kernel")), None);
    }
}
