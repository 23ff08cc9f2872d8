//! Many writers at once, each giving one thing after another until the time is over.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use tokio::task::JoinSet;

/// What one side did in its turn.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sample {
    /// Commands, rows, facts or requests: whatever the case counts.
    pub(crate) done: u64,
    /// How long it took.
    pub(crate) took: Duration,
    /// Each one's time, where there was a time for each.
    pub(crate) laps: Vec<Duration>,
    /// Fsyncs meanwhile, if anybody counted.
    pub(crate) fsyncs: Option<u64>,
    /// Time processors spent on this process meanwhile.
    pub(crate) processor: Option<Duration>,
}

impl Sample {
    /// So many a second.
    pub(crate) fn rate(&self) -> f64 {
        self.done as f64 / self.took.as_secs_f64().max(1e-9)
    }
}

/// Lets writers give, each its next when it has the answer to its last. What was begun in time is
/// finished and counted, and the clock runs until then. `give` hears which writer, and how many it
/// gave before.
pub(crate) async fn drive<G, F>(writers: usize, time: Duration, give: G) -> Result<Sample>
where
    G: Fn(usize, u64) -> F + Clone + Send + 'static,
    F: Future<Output = Result<()>> + Send,
{
    let begun = Instant::now();
    let mut tasks = JoinSet::new();
    for writer in 0..writers {
        let give = give.clone();
        tasks.spawn(async move {
            let mut laps = Vec::with_capacity(4_096);
            while begun.elapsed() < time {
                let at = Instant::now();
                give(writer, laps.len() as u64).await?;
                laps.push(at.elapsed());
            }
            anyhow::Ok(laps)
        });
    }
    let mut laps = Vec::new();
    while let Some(ended) = tasks.join_next().await {
        laps.extend(ended.context("a writer stopped")??);
    }
    Ok(Sample { done: laps.len() as u64, took: begun.elapsed(), laps, ..Sample::default() })
}
