//! The way out: a mail server that takes our letters, or a folder that keeps them.
//!
//! A relay holds few lines, each for few letters, because that is what receivers accept (Exchange
//! Online: three). The conversation is our own and not lettre's transport: lettre's pool opens a
//! line whenever none is idle, has one timeout for connecting and none after, cannot speak LMTP
//! or to a unix socket, and does not tell a line that broke before the final dot (safe to repeat)
//! from one that broke after it (not safe).
//!
//! Nothing is retried here, with one exception: a parked line that turns out to be dead is
//! replaced, since the letter had not begun. Everything else is the outbox's business.

mod connection;
mod folder;
mod gate;
mod target;
mod wire;

use std::fmt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::pace::{Limits, Pace};
use crate::{EmailAddress, Outcome};
use connection::Connection;
use gate::Gate;
pub use target::RelayError;
use target::{Host, Target};

/// Letters over one line before it is closed.
const LETTERS_PER_LINE_MAX: u32 = 100;

/// Who a letter is from and for on the way; the headers may say something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// Where bounces go: the VERP address of this letter.
    pub from: EmailAddress,
    /// The one recipient. Two in one transaction would share one fate.
    pub to: EmailAddress,
}

/// How long each step may take. The defaults follow RFC 5321 §4.5.3.2 where waiting matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// Name lookup and connect.
    pub connect: Duration,
    /// TLS, the greeting, and the reply to each command.
    pub step: Duration,
    /// Writing the letter.
    pub body: Duration,
    /// The reply to the final dot. Servers that scan take minutes, and who hangs up earlier sends
    /// the letter twice.
    pub data_reply: Duration,
    /// Saying goodbye.
    pub quit: Duration,
    /// The age at which a line is closed and another opened.
    pub line: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            step: Duration::from_secs(30),
            body: Duration::from_mins(3),
            data_reply: Duration::from_mins(10),
            quit: Duration::from_secs(2),
            line: Duration::from_mins(1),
        }
    }
}

/// A way out for letters; share one behind an `Arc`.
pub struct Relay {
    target: Target,
    timeouts: Timeouts,
    lines: usize,
    gate: Gate,
    pace: Pace,
    parked: Mutex<Vec<Connection>>,
}

impl Relay {
    /// Reads a relay's address:
    ///
    /// | text | meaning |
    /// |---|---|
    /// | `smtp://[user:password@]host[:port]` | plain, port 25 |
    /// | `smtp://…?starttls=required` | encrypted before anything is said, port 587 |
    /// | `smtps://…` | encrypted from the start, port 465 |
    /// | `lmtp://host[:port]`, `lmtp:/path/to/socket` | LMTP (RFC 2033), port 24 |
    /// | `file:DIR` | each letter becomes `DIR/<message-id>.eml` |
    ///
    /// Further options of the first four: `ca=FILE` (PEM certificates to trust instead of the
    /// system's), `hello=NAME` (how we introduce ourselves; by default our IP address),
    /// `connections=N` (lines at once, 1 to 50, by default 3), `patience=SECONDS` (how long the
    /// reply to a letter's end is waited for, 1 to 900, by default 600), and how fast letters may
    /// leave: `per_minute=N` in all (600), `domain_per_minute=N` to one domain (120), and
    /// `warm_up=YYYY-MM-DD/N` for a sender nobody knows yet: N on that day, twice as many on each
    /// day after. A password over plain SMTP to another machine is refused unless the address says
    /// `starttls=never`.
    ///
    /// ```
    /// use mail::Relay;
    /// let relay = Relay::parse("smtp://hub:s3cret@mail.example?starttls=required")?;
    /// assert_eq!(relay.to_string(), "smtp://mail.example:587");
    /// assert!(Relay::parse("smtp://hub:s3cret@mail.example").is_err());
    /// # Ok::<(), mail::RelayError>(())
    /// ```
    ///
    /// # Errors
    /// See [`RelayError`]. The file of `ca=` and the system's certificates are read here, so a
    /// mistake shows when the server starts and not with the first letter.
    pub fn parse(text: &str) -> Result<Self, RelayError> {
        let target = Target::parse(text)?;
        let mut timeouts = Timeouts::default();
        let (lines, limits) = match &target {
            Target::Host(host) => {
                timeouts.data_reply = host.patience.unwrap_or(timeouts.data_reply);
                (host.lines, host.limits.clone())
            }
            Target::Folder(_) => (1, Limits::none()),
        };
        Ok(Self {
            target,
            timeouts,
            lines,
            gate: Gate::new(lines),
            pace: Pace::new(limits),
            parked: Mutex::new(Vec::new()),
        })
    }

    /// How fast letters may leave by it: ask there before each of them.
    pub fn pace(&self) -> &Pace {
        &self.pace
    }

    /// How many letters it takes at one time.
    pub fn lines(&self) -> usize {
        self.lines
    }

    /// The same relay with other patience; tests want little.
    #[must_use]
    pub fn with_timeouts(self, timeouts: Timeouts) -> Self {
        Self { timeouts, ..self }
    }

    /// The same relay with another pace.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { pace: Pace::new(limits), ..self }
    }

    /// The folder of a `file:` relay, for the development mailbox.
    pub fn folder(&self) -> Option<&Path> {
        match &self.target {
            Target::Folder(folder) => Some(folder),
            Target::Host(_) => None,
        }
    }

    /// Hands one letter over and says what is known afterwards. Waits while all lines are in use.
    ///
    /// Dropping the future drops its line; the letter's fate is then unknown.
    pub async fn send(&self, envelope: &Envelope, mime: &[u8]) -> Outcome {
        let started = Instant::now();
        let outcome = match &self.target {
            Target::Folder(folder) => folder::keep(folder, mime).await,
            Target::Host(host) => {
                let pass = self.gate.enter().await;
                let outcome = self.send_to(host, envelope, mime).await;
                self.gate.leave(pass, outcome.fault());
                outcome
            }
        };
        let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        // No text of the reply: it may hold the address.
        tracing::debug!(relay = %self, fault = ?outcome.fault(), code = outcome.code(), duration_ms,
            "a letter was handed to the relay");
        outcome
    }

    async fn send_to(&self, host: &Host, envelope: &Envelope, mime: &[u8]) -> Outcome {
        if let Some(mut line) = self.unpark().await {
            let sent = line.deliver(envelope, mime, &self.timeouts).await;
            if !sent.had_not_begun {
                self.park(line, sent.is_usable).await;
                return sent.outcome;
            }
        }
        let mut line = match Connection::open(host, &self.timeouts).await {
            Ok(line) => line,
            Err(outcome) => return outcome,
        };
        let sent = line.deliver(envelope, mime, &self.timeouts).await;
        self.park(line, sent.is_usable).await;
        sent.outcome
    }

    /// Says goodbye on parked lines that are too old to be used again. Call it now and then; a
    /// relay has no task of its own.
    pub async fn close_old(&self) {
        let now = Instant::now();
        let is_old = |line: &mut Connection| self.is_spent(line, now);
        let old = self.parked().extract_if(.., is_old).collect();
        self.quit(old).await;
    }

    /// Says goodbye on all parked lines, before the process ends.
    pub async fn close(&self) {
        let all = std::mem::take(&mut *self.parked());
        self.quit(all).await;
    }

    async fn unpark(&self) -> Option<Connection> {
        self.close_old().await;
        self.parked().pop()
    }

    async fn park(&self, line: Connection, is_usable: bool) {
        if !is_usable {
            return;
        }
        if self.is_spent(&line, Instant::now()) {
            return self.quit(vec![line]).await;
        }
        self.parked().push(line);
    }

    fn is_spent(&self, line: &Connection, now: Instant) -> bool {
        line.letters >= LETTERS_PER_LINE_MAX
            || now.duration_since(line.opened) >= self.timeouts.line
    }

    async fn quit(&self, lines: Vec<Connection>) {
        for line in lines {
            line.quit(self.timeouts.quit).await;
        }
    }

    fn parked(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.parked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Display for Relay {
    /// Where it leads, without user and password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.target.fmt(f)
    }
}

impl fmt::Debug for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Relay({})", self.target)
    }
}
