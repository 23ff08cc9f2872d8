//! What a fsync costs, and the shim that makes it so.

use std::fs;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// How folders of runs are called; the process id follows.
const FOLDER: &str = "convoke-bench-";
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

    /// Begins this program again beneath the shim, in the same process. Returns when this is so
    /// already, or cannot be.
    #[expect(
        clippy::disallowed_methods,
        reason = "set for this program alone, by itself or its shell"
    )]
    pub(crate) fn enter(self) -> Result<()> {
        if std::env::var_os(ENTERED).is_some() {
            return Ok(());
        }
        let library = match build() {
            Ok(library) => library,
            Err(cause) => {
                eprintln!("no shim ({cause:#}): fsyncs are not counted, and `sim` becomes `free`");
                return Ok(());
            }
        };
        let folder = self.folder();
        fs::create_dir_all(&folder)?;
        let counter = folder.join("fsyncs");
        fs::write(&counter, [0; 8])?;
        let fault = Command::new(std::env::current_exe()?)
            .args(std::env::args_os().skip(1))
            .env(ENTERED, &library)
            .env("LD_PRELOAD", &library)
            .env(PRICE, self.price_us().to_string())
            .env(COUNT, &counter)
            .exec();
        fs::remove_dir_all(&folder)?;
        Err(fault).context("could not begin again beneath the shim")
    }

    /// The folder of this process.
    pub(crate) fn folder(self) -> PathBuf {
        self.root().join(format!("{FOLDER}{}", std::process::id()))
    }

    /// Removes what runs that were killed have left.
    pub(crate) fn sweep(self) {
        for entry in fs::read_dir(self.root()).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let Some(process) = name.strip_prefix(FOLDER) else { continue };
            if !Path::new("/proc").join(process).exists() {
                // Somebody else may be sweeping, too.
                let _swept = fs::remove_dir_all(entry.path());
            }
        }
    }
}

/// The shim this process runs beneath.
#[expect(clippy::disallowed_methods, reason = "set for this program alone, by itself or its shell")]
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
