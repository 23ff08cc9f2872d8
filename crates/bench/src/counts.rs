//! The number of fsyncs so far, as the shim counts them; and what one costs.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Result;

/// Reads one of the shim's counters; without a shim it is always nought.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fsyncs(Option<PathBuf>);

impl Fsyncs {
    /// Those of this process, and so of SQLite.
    #[expect(
        clippy::disallowed_methods,
        reason = "set for this program alone, by itself or its shell"
    )]
    pub(crate) fn own() -> Self {
        Self(std::env::var_os(crate::regime::COUNT).map(PathBuf::from))
    }

    /// Those counted in another file.
    pub(crate) fn at(path: Option<PathBuf>) -> Self {
        Self(path)
    }

    /// How many so far; nothing when nobody counts.
    pub(crate) fn so_far(&self) -> Option<u64> {
        let bytes = fs::read(self.0.as_ref()?).ok()?;
        bytes.get(..8)?.try_into().ok().map(u64::from_ne_bytes)
    }
}

/// The time processors have spent on this process so far, all its threads and the system's work
/// for them; in steps of 10 ms. Nothing where there is no `/proc`.
pub(crate) fn processor_time() -> Option<Duration> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the program's name, which may hold anything: user and system time are 12th and 13th.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |place: usize| fields.get(place)?.parse::<u64>().ok();
    Some(Duration::from_millis((ticks(11)? + ticks(12)?) * 10))
}

/// The median time of a fsync in this folder.
pub(crate) fn price(folder: &Path) -> Result<Duration> {
    let path = folder.join("price");
    let mut file = File::create(&path)?;
    let mut times = Vec::new();
    for _ in 0..51 {
        file.write_all(&[7; 4096])?;
        let begun = Instant::now();
        file.sync_data()?;
        times.push(begun.elapsed());
    }
    fs::remove_file(&path)?;
    times.sort_unstable();
    Ok(times.get(times.len() / 2).copied().unwrap_or_default())
}
