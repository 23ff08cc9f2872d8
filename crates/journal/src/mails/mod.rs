//! The mails that came of letters: planned once, sent in order, kept as rows.
//!
//! A row is named by the effect it follows from and its recipient, so planning twice is harmless.
//! Its bytes are sealed under the recipient's key and dropped some days after it has come to an
//! end. Mails of one *lane* (one recipient, one thing they are about) leave one after the other,
//! the oldest first; nothing here knows SMTP, and the caller says what became of an attempt.
//!
//! Most statements are pairs, which differ in how a JSON list is unfolded.

mod listing;
mod planning;
mod sending;

pub use listing::{MailRow, Waiting, backlog, last_planned, latest, waiting};
pub use planning::{Content, Plan, Planned, plan};
pub use sending::{Attempt, DueMail, claim, forget_bytes, record, release};

/// Where a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// It waits for its time, or for the answer of an attempt.
    Waiting,
    /// The relay has taken it.
    Sent,
    /// Nobody knows whether it arrived, and a second copy would do harm.
    MaybeSent,
    /// It was refused for good, or could not be written.
    Failed,
    /// It was not sent while it was worth reading.
    Expired,
    /// A newer one says what it would have said.
    Superseded,
    /// It was never to be sent; the note says why.
    Skipped,
}

impl State {
    /// As it is stored: `maybe-sent`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::MaybeSent => "maybe-sent",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Superseded => "superseded",
            Self::Skipped => "skipped",
        }
    }
}
