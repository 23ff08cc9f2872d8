//! What we let into the tree: licences, bans, sources, and known vulnerabilities.
//!
//! The rules are in `deny.toml`, the judge is cargo-deny. The advisory database is a repository on
//! GitHub: where it cannot be reached that part does not run, and the output says so.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::{linters, shell};

const ADVISORIES: &str = "https://github.com/rustsec/advisory-db";
/// Enough for a slow line, short enough for a wall that drops packets.
const REACH: Duration = Duration::from_secs(15);

/// Runs cargo-deny, with the advisories when they can be had.
pub(crate) fn check() -> Result<()> {
    let Some(mut rules) = linters::find("cargo-deny") else {
        println!("NOT CHECKED: cargo-deny is not installed (`cargo install cargo-deny --locked`).");
        return Ok(());
    };
    shell::run(rules.args([
        "--workspace",
        "check",
        "--show-stats",
        "bans",
        "licenses",
        "sources",
    ]))?;
    let reachable = shell::succeeds_within(
        REACH,
        Command::new("git").env("GIT_TERMINAL_PROMPT", "0").args([
            "ls-remote",
            "--quiet",
            "--exit-code",
            ADVISORIES,
            "HEAD",
        ]),
    );
    let Some(mut advisories) = linters::find("cargo-deny").filter(|_| reachable) else {
        println!("NOT CHECKED: known vulnerabilities; {ADVISORIES} cannot be reached from here.");
        return Ok(());
    };
    shell::run(advisories.args(["--workspace", "check", "--show-stats", "advisories"]))
}
