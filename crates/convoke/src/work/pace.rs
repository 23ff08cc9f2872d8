//! The rhythm of the loops: woken by facts, never faster than trouble allows, quiet in the log.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::app::App;

/// How often a loop looks without being woken: what becomes due by the clock is late by so much
/// at most.
pub(crate) const SWEEP: Duration = Duration::from_secs(1);
/// The longest wait for a database or relay that is away.
const WAIT_MAX: Duration = Duration::from_secs(30);
/// The same trouble is told again after this.
const TELL_AGAIN: Duration = Duration::from_mins(10);

/// Tells the sender that there is something to send.
#[derive(Clone, Debug, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    /// Wakes who listens; if nobody does, the next to listen.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    pub(crate) async fn heard(&self) {
        self.0.notified().await;
    }
}

/// Repeats a pass until `stop`: again at once while there is work, else when facts were appended
/// or after `sweep`.
pub(crate) async fn every<F, Fut>(
    sweep: Duration,
    what: &'static str,
    app: &App,
    stop: &CancellationToken,
    mut pass: F,
) where
    F: FnMut() -> Fut,
    Fut: Future<Output = journal::Result<usize>>,
{
    let mut wake = app.journal().effects_wake();
    let mut trouble = Trouble::with(what);
    while !stop.is_cancelled() {
        // Marked as seen before the pass: what is appended meanwhile wakes again.
        wake.borrow_and_update();
        let pause = match pass().await {
            Ok(0) => trouble.ended(sweep),
            Ok(_) => trouble.ended(Duration::ZERO),
            Err(fault) => trouble.began(&fault),
        };
        let is_calm = trouble.is_over();
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
            // A closed journal wakes no more; its end comes with `stop`.
            Ok(()) = wake.changed(), if is_calm && sweep <= SWEEP => {}
        }
    }
}

/// A trouble that lasts: told once, waited for longer each time.
#[derive(Debug)]
pub(crate) struct Trouble {
    what: &'static str,
    failures: u32,
    told: Option<(String, Instant)>,
    is_waiting: bool,
    pause: Duration,
}

impl Trouble {
    /// None so far, with doing this.
    pub(crate) fn with(what: &'static str) -> Self {
        Self { what, failures: 0, told: None, is_waiting: false, pause: SWEEP }
    }

    /// Whether nothing has to be waited for.
    pub(crate) fn is_over(&self) -> bool {
        !self.is_waiting
    }

    /// How long is left to wait, if anything is.
    pub(crate) fn waits(&self) -> Option<Duration> {
        self.is_waiting.then_some(self.pause)
    }

    /// Enough waited: the next try may begin. What was told stays told until it goes well.
    pub(crate) fn try_again(&mut self) {
        self.is_waiting = false;
    }

    /// It went well; passes on the pause that is wanted then.
    pub(crate) fn ended(&mut self, pause: Duration) -> Duration {
        if self.told.take().is_some() {
            tracing::info!(work = self.what, failures = self.failures, "it works again");
        }
        self.failures = 0;
        self.is_waiting = false;
        pause
    }

    /// It failed; how long to wait before the next try.
    pub(crate) fn began(&mut self, fault: &(dyn std::error::Error + 'static)) -> Duration {
        let cause = fault.source().map(ToString::to_string).unwrap_or_default();
        self.tell(&format!("{fault}: {cause}"))
    }

    /// The same with words.
    pub(crate) fn tell(&mut self, says: &str) -> Duration {
        let is_new =
            self.told.as_ref().is_none_or(|(told, at)| told != says || at.elapsed() > TELL_AGAIN);
        if is_new {
            tracing::warn!(
                work = self.what,
                error = says,
                "it does not work at the moment; trying again"
            );
            self.told = Some((says.to_owned(), Instant::now()));
        }
        let pause = SWEEP.saturating_mul(1 << self.failures.min(5)).min(WAIT_MAX);
        self.failures = self.failures.saturating_add(1);
        self.is_waiting = true;
        self.pause = pause;
        pause
    }
}
