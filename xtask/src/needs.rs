//! What the tests need beside Rust: PostgreSQL, Python with venv, Node, OpenSMTPD, a browser.
//!
//! On Debian and its kin, as root, what is missing is installed; everywhere else the line to type
//! is printed and nothing is touched. Continuous-integration machines and containers are root on
//! Debian; a developer's own machine is never changed without being asked.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::shell;

/// One thing that must be there, and how to get it.
struct Need {
    what: &'static str,
    is_there: fn() -> bool,
    /// Packages of Debian and Ubuntu.
    debian: &'static [&'static str],
    /// Arguments for Homebrew's `brew install`.
    brew: &'static str,
}

const NEEDS: &[Need] = &[
    Need {
        what: "PostgreSQL's server programs",
        is_there: || postgres_bin().is_some(),
        debian: &["postgresql"],
        brew: "postgresql@17",
    },
    Need {
        what: "Python 3 with venv",
        is_there: || {
            shell::succeeds(Command::new("python3").args(["-c", "import venv, ensurepip"]))
        },
        debian: &["python3", "python3-venv"],
        brew: "python",
    },
    Need {
        what: "Node with npm",
        is_there: || shell::which(&["node"]).is_some() && shell::which(&["npm"]).is_some(),
        debian: &["nodejs", "npm"],
        brew: "node",
    },
    Need {
        // Only root can start it, and elsewhere its test says that it proved nothing.
        what: "OpenSMTPD",
        is_there: || !is_root() || std::path::Path::new("/usr/sbin/smtpd").is_file(),
        debian: &["opensmtpd"],
        brew: "opensmtpd",
    },
    Need {
        what: "a Chromium browser",
        is_there: || browser().is_some(),
        debian: &["chromium"],
        brew: "--cask chromium",
    },
];

/// Makes sure all needs are met, installing them where that is ours to do.
pub(crate) fn meet() -> Result<()> {
    let missing: Vec<&Need> = NEEDS.iter().filter(|need| !(need.is_there)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|need| need.what).collect();
    println!("Missing: {}.", names.join(", "));
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.debian).copied().collect();
    if shell::which(&["apt-get"]).is_some() && is_root() {
        install(&packages)?;
        if let Some(need) = missing.iter().find(|need| !(need.is_there)()) {
            bail!("{} is still missing after installing {}", need.what, need.debian.join(" "));
        }
        return Ok(());
    }
    let brews: Vec<String> =
        missing.iter().map(|need| format!("brew install {}", need.brew)).collect();
    bail!(
        "please install what is missing:\n  Debian, Ubuntu:  sudo apt-get install {}\n  macOS:           {}",
        packages.join(" "),
        brews.join(" && "),
    )
}

/// The folder with `initdb` and `postgres`, the newest version first.
pub(crate) fn postgres_bin() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = Vec::new();
    if let Ok(versions) = std::fs::read_dir("/usr/lib/postgresql") {
        for version in versions.flatten() {
            let number = version.file_name().to_string_lossy().parse().unwrap_or_default();
            found.push((number, version.path().join("bin")));
        }
    }
    // Homebrew keeps its versioned formulas off the PATH.
    for prefix in ["/opt/homebrew/opt", "/usr/local/opt"] {
        for number in 13..30 {
            found.push((number, format!("{prefix}/postgresql@{number}/bin").into()));
        }
    }
    found.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    found
        .into_iter()
        .map(|(_, bin)| bin)
        .find(|bin| bin.join("initdb").is_file() && bin.join("postgres").is_file())
        .or_else(|| {
            let bin = shell::which(&["initdb"])?.parent()?.to_owned();
            bin.join("postgres").is_file().then_some(bin)
        })
}

/// A browser of the Chromium family.
pub(crate) fn browser() -> Option<PathBuf> {
    shell::which(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])
        .or_else(|| {
            [
                "/Applications/Chromium.app/Contents/MacOS/Chromium",
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            ]
            .iter()
            .map(PathBuf::from)
            .find(|file| file.is_file())
        })
}

/// Whether we run as the superuser.
pub(crate) fn is_root() -> bool {
    shell::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn install(packages: &[&str]) -> Result<()> {
    // Another installation may hold the lock for a while: wait, do not fail.
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").args(["-o", "DPkg::Lock::Timeout=600"]);
        command
    };
    shell::run(apt().args(["update", "--quiet"]))?;
    shell::run(
        apt().args(["install", "--yes", "--quiet", "--no-install-recommends"]).args(packages),
    )
}
