//! Twin and ours in turn, and what is said about it: the median of the ratios of the pairs.
//!
//! Both sides of a pair run within seconds, and who begins changes with each pair, so whatever the
//! machine does besides meets both alike.

use std::time::Duration;

use anyhow::Result;

use crate::counts::{Fsyncs, processor_time};
use crate::drive::Sample;

/// How long and how often.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    /// Pairs.
    pub(crate) reps: usize,
    /// How long a side runs in a pair; a replay runs to its end instead.
    pub(crate) time: Duration,
}

/// One side of a pair.
pub(crate) trait Side {
    /// Runs once.
    fn run(&mut self, time: Duration) -> impl Future<Output = Result<Sample>>;
}

/// The median, with the least and the most.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spread {
    pub(crate) median: f64,
    pub(crate) min: f64,
    pub(crate) max: f64,
}

impl Spread {
    /// Of these values.
    pub(crate) fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        let at = |place: usize| values.get(place).copied().unwrap_or_default();
        let (last, middle) = (values.len().saturating_sub(1), values.len() / 2);
        let median = if values.len() % 2 == 1 {
            at(middle)
        } else {
            f64::midpoint(at(middle.saturating_sub(1)), at(middle))
        };
        Self { median, min: at(0), max: at(last) }
    }
}

/// What came of a case's pairs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pairs {
    /// Ours by twin.
    pub(crate) ratio: Spread,
    /// A second.
    pub(crate) ours: Spread,
    /// A second.
    pub(crate) twin: Spread,
    /// What was done for each fsync: ours, twin.
    pub(crate) a_fsync: (Option<f64>, Option<f64>),
    /// Microseconds of processor time for each, in this process: ours, twin.
    pub(crate) processor_us: (Option<f64>, Option<f64>),
    /// Milliseconds at the half and at 99 of 100: ours, twin.
    pub(crate) latency: (Option<[f64; 2]>, Option<[f64; 2]>),
}

/// Runs the pairs, after one short turn of each side that is not counted.
pub(crate) async fn duel<T: Side, O: Side>(
    setting: &Setting,
    fsyncs: &Fsyncs,
    twin: &mut T,
    ours: &mut O,
) -> Result<Pairs> {
    let warm = setting.time.min(Duration::from_millis(300));
    twin.run(warm).await?;
    ours.run(warm).await?;
    let (mut of_twin, mut of_ours) = (Vec::new(), Vec::new());
    for pair in 0..setting.reps {
        if pair % 2 == 0 {
            of_twin.push(counted(fsyncs, twin, setting.time).await?);
            of_ours.push(counted(fsyncs, ours, setting.time).await?);
        } else {
            of_ours.push(counted(fsyncs, ours, setting.time).await?);
            of_twin.push(counted(fsyncs, twin, setting.time).await?);
        }
    }
    let ratios =
        of_ours.iter().zip(&of_twin).map(|(ours, twin)| ours.rate() / twin.rate().max(1e-9));
    Ok(Pairs {
        ratio: Spread::of(ratios),
        ours: Spread::of(of_ours.iter().map(Sample::rate)),
        twin: Spread::of(of_twin.iter().map(Sample::rate)),
        a_fsync: (a_fsync(&of_ours), a_fsync(&of_twin)),
        processor_us: (processor_us(&of_ours), processor_us(&of_twin)),
        latency: (latency(&of_ours), latency(&of_twin)),
    })
}

async fn counted<S: Side>(fsyncs: &Fsyncs, side: &mut S, time: Duration) -> Result<Sample> {
    let (before, busy) = (fsyncs.so_far(), processor_time());
    let mut sample = side.run(time).await?;
    sample.processor =
        busy.zip(processor_time()).map(|(before, after)| after.saturating_sub(before));
    sample.fsyncs = before.zip(fsyncs.so_far()).map(|(before, after)| after - before);
    Ok(sample)
}

fn a_fsync(samples: &[Sample]) -> Option<f64> {
    let done: u64 = samples.iter().map(|sample| sample.done).sum();
    let fsyncs: u64 = samples.iter().map(|sample| sample.fsyncs).sum::<Option<u64>>()?;
    (fsyncs > 0).then(|| done as f64 / fsyncs as f64)
}

fn processor_us(samples: &[Sample]) -> Option<f64> {
    let done: u64 = samples.iter().map(|sample| sample.done).sum();
    let busy: Duration = samples.iter().map(|sample| sample.processor).sum::<Option<Duration>>()?;
    Some(busy.as_secs_f64() * 1e6 / (done as f64).max(1.0))
}

fn latency(samples: &[Sample]) -> Option<[f64; 2]> {
    let mut laps: Vec<Duration> =
        samples.iter().flat_map(|sample| sample.laps.iter().copied()).collect();
    laps.sort_unstable();
    let at =
        |share: usize| laps.get(laps.len() * share / 100).map(|lap| lap.as_secs_f64() * 1_000.0);
    Some([at(50)?, at(99)?])
}
