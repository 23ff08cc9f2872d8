//! `cargo xtask check`: what a reviewer should not have to look at.
//!
//! Formatting, clippy with every warning an error, licences, spelling. Not part of the tests: a
//! new clippy must never turn an unchanged commit red, and clippy type-checks the whole workspace
//! once more, which takes four to five minutes of processor time.

use anyhow::Result;

use crate::{deny, linters, shell};

/// Runs all of it; the first complaint ends the run.
pub(crate) fn run() -> Result<()> {
    shell::step("formatting", || shell::run(shell::cargo().args(["fmt", "--all", "--check"])))?;
    shell::step("clippy", || {
        shell::run(shell::cargo().args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]))
    })?;
    shell::step("licences, sources, advisories", deny::check)?;
    shell::step("spelling", || {
        if let Some(mut typos) = linters::find("typos") {
            return shell::run(&mut typos);
        }
        println!("NOT CHECKED: typos is not installed (`pip install typos`).");
        Ok(())
    })
}
