//! The two ways we are asked to stop.

use anyhow::{Context as _, Result};

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    /// SIGTERM: a supervisor, behind which a proxy may still send requests.
    Terminate,
    /// SIGINT: a person at the keyboard.
    Interrupt,
}

/// Hears them from the moment it is made.
pub(crate) struct Signals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

impl Signals {
    /// Begins to listen.
    ///
    /// # Errors
    /// When the system refuses.
    #[cfg(unix)]
    pub(crate) fn listen() -> Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let hear = |kind| signal(kind).context("could not listen for signals");
        Ok(Self {
            terminate: hear(SignalKind::terminate())?,
            interrupt: hear(SignalKind::interrupt())?,
        })
    }

    /// Begins to listen.
    ///
    /// # Errors
    /// Never here.
    #[cfg(not(unix))]
    pub(crate) fn listen() -> Result<Self> {
        Ok(Self {})
    }

    /// The next call.
    #[cfg(unix)]
    pub(crate) async fn next(&mut self) -> Call {
        tokio::select! {
            _ = self.terminate.recv() => Call::Terminate,
            _ = self.interrupt.recv() => Call::Interrupt,
        }
    }

    /// The next call.
    #[cfg(not(unix))]
    pub(crate) async fn next(&mut self) -> Call {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Call::Interrupt
    }
}
