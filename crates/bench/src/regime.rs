//! What a fsync costs, and the shim that makes it so.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, bail};

const SHIM: &str = include_str!("../shim/price_of_fsync.c");
/// Set for the process that runs beneath the shim: where the shim lies.
pub(crate) const ENTERED: &str = "CONVOKE_BENCH_SHIM";
/// What the shim reads.
pub(crate) const PRICE: &str = "FSYNC_PRICE_US";
/// What the shim counts in.
pub(crate) const COUNT: &str = "FSYNC_COUNT_FILE";

/// What a fsync costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Regime {
    /// 1 ms each, files in memory: the ruler, because its ratios repeat.
    Sim,
    /// Nothing, files in memory: finds the limit of the processor.
    Free,
    /// What the disk takes: a look at reality.
    Disk,
}

impl Regime {
    /// Microseconds the shim adds to each fsync.
    pub(crate) fn price_us(self) -> u64 {
        if self == Self::Sim { 1_000 } else { 0 }
    }

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sim => "sim",
            Self::Free => "free",
            Self::Disk => "disk",
        }
    }

    /// Where files lie.
    pub(crate) fn root(self) -> PathBuf {
        let memory = Path::new("/dev/shm");
        match self {
            Self::Sim | Self::Free if memory.is_dir() => memory.to_owned(),
            Self::Sim | Self::Free => std::env::temp_dir(),
            Self::Disk => target(),
        }
    }

    /// The regime that holds in this process: without a shim no price can be set.
    pub(crate) fn in_force(self) -> Self {
        if self == Self::Sim && shim().is_none() { Self::Free } else { self }
    }

    /// Starts this program again beneath the shim, and says how that ended; nothing when this is
    /// already so, or cannot be.
    pub(crate) fn enter(self) -> Result<Option<ExitCode>> {
        if std::env::var_os(ENTERED).is_some() {
            return Ok(None);
        }
        let library = match build() {
            Ok(library) => library,
            Err(cause) => {
                eprintln!("no shim ({cause:#}): fsyncs are not counted, and `sim` becomes `free`");
                return Ok(None);
            }
        };
        let counter = library.with_file_name(format!("fsyncs-{}", std::process::id()));
        fs::write(&counter, [0; 8])?;
        let ended = Command::new(std::env::current_exe()?)
            .args(std::env::args_os().skip(1))
            .env(ENTERED, &library)
            .env("LD_PRELOAD", &library)
            .env(PRICE, self.price_us().to_string())
            .env(COUNT, &counter)
            .status()
            .context("could not start this program again");
        fs::remove_file(&counter)?;
        let code = ended?.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
        Ok(Some(ExitCode::from(code)))
    }
}

/// The shim this process runs beneath.
pub(crate) fn shim() -> Option<PathBuf> {
    std::env::var_os(ENTERED).map(PathBuf::from)
}

/// Cargo's target folder: this program lies in it.
fn target() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    program.ancestors().nth(2).map_or_else(std::env::temp_dir, Path::to_owned)
}

/// Compiles the shim, if it is not there already.
fn build() -> Result<PathBuf> {
    if !cfg!(target_os = "linux") {
        bail!("it is written for Linux");
    }
    let folder = target().join("bench");
    fs::create_dir_all(&folder)?;
    let (source, library) = (folder.join("price_of_fsync.c"), folder.join("libprice_of_fsync.so"));
    let is_current = fs::read_to_string(&source).is_ok_and(|text| text == SHIM);
    if is_current && library.is_file() {
        return Ok(library);
    }
    fs::write(&source, SHIM)?;
    let made = Command::new("cc")
        .args(["-O2", "-Wall", "-shared", "-fPIC", "-o"])
        .arg(&library)
        .arg(&source)
        .arg("-ldl")
        .output()
        .context("there is no `cc`")?;
    if !made.status.success() {
        bail!("cc failed: {}", String::from_utf8_lossy(&made.stderr));
    }
    Ok(library)
}
