//! The mails that came of letters: planned once, sent in order, kept as rows.
//!
//! A row is named by the effect it follows from and its recipient, so planning twice is harmless.
//! Its bytes are sealed under the recipient's key and dropped some days after it has come to an
//! end. Mails of one *lane* (one recipient, one thing they are about) leave one after the other,
//! the oldest first; nothing here knows SMTP, and the caller says what became of an attempt. An
//! attempt is claimed, begun and recorded: what was claimed and not begun is simply tried again,
//! what was begun and not recorded may have arrived.
//!
//! Most statements are pairs, which differ in how a JSON list is unfolded.

mod listing;
mod planning;
mod sending;

pub use listing::{
    MailRow, Tally, Waiting, backlog, last_planned, latest, oldest_due, sent_since, tally, waiting,
};
pub use planning::{Content, Plan, Planned, plan};
pub use sending::{
    Attempt, DueMail, Said, again, begin, claim, forget_bytes, record, release, take_over, times,
};

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
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Waiting,
        Self::Sent,
        Self::MaybeSent,
        Self::Failed,
        Self::Expired,
        Self::Superseded,
        Self::Skipped,
    ];

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
