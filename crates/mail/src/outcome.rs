//! What is known after an attempt to send, and whose fault it was.
//!
//! Exactly-once to an inbox does not exist over SMTP: between the final dot and the server's
//! reply lies a moment in which nobody knows. That moment has its own outcome here instead of
//! being counted among the failures.

use crate::Kind;

/// What became of one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The server has taken the letter and answers for it.
    Submitted {
        /// The reply code, 250.
        code: u16,
        /// What it said, often its queue id.
        text: String,
    },
    /// The server refuses this letter (5xx) and will refuse it again.
    Permanent {
        /// The reply code.
        code: u16,
        /// What it said; may hold the address, so it is for the outbox, not for logs.
        text: String,
    },
    /// Not now (4xx).
    Transient {
        /// The reply code.
        code: u16,
        /// What it said.
        text: String,
    },
    /// The letter cannot have arrived: no connection, no TLS, no login, or the line broke before
    /// the final dot was written. Sending again is safe.
    NotReached {
        /// At which step, and what happened.
        why: String,
    },
    /// The letter was written to its end and no reply came. It may or may not have arrived; see
    /// [`Kind::may_repeat`].
    Ambiguous {
        /// What happened instead of a reply.
        why: String,
    },
}

/// Whose fault an outcome was: what the outbox suppresses or alarms by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Nobody's: it was submitted.
    None,
    /// There is no such mailbox: write there no more.
    Address,
    /// The mailbox is full: three within 14 days, then pause for 30.
    MailboxFull,
    /// The letter is too large for that server.
    TooLarge,
    /// We talk to the relay on too many lines at once.
    Concurrency,
    /// The relay or the receiver distrusts *us* (5.7.x: SPF, DKIM, DMARC, block list): tell the
    /// operator, and do not hold it against the person.
    Policy,
    /// We could not reach or enter the relay: tell the operator if it lasts.
    Relay,
    /// Another 4xx, greylisting for one.
    Passing,
    /// Another 5xx.
    Refused,
    /// Nobody knows what happened.
    Unknown,
}

impl Outcome {
    /// An outcome from a final reply of the server.
    pub(crate) fn from_reply(code: u16, text: String) -> Self {
        match code {
            200..=299 => Self::Submitted { code, text },
            400..=499 => Self::Transient { code, text },
            500..=599 => Self::Permanent { code, text },
            _ => {
                Self::Ambiguous { why: format!("the server answered {code}, which means nothing") }
            }
        }
    }

    /// Whether the letter is on its way.
    pub fn is_submitted(&self) -> bool {
        matches!(self, Self::Submitted { .. })
    }

    /// The reply code, if a reply decided.
    pub fn code(&self) -> Option<u16> {
        match self {
            Self::Submitted { code, .. }
            | Self::Permanent { code, .. }
            | Self::Transient { code, .. } => Some(*code),
            Self::NotReached { .. } | Self::Ambiguous { .. } => None,
        }
    }

    /// The reply's text, or why there was none.
    pub fn text(&self) -> &str {
        match self {
            Self::Submitted { text, .. }
            | Self::Permanent { text, .. }
            | Self::Transient { text, .. } => text,
            Self::NotReached { why } | Self::Ambiguous { why } => why,
        }
    }

    /// Whether the same bytes may be sent again without the risk that this `kind` of letter
    /// arrives twice to somebody's annoyance.
    pub fn may_repeat(&self, kind: Kind) -> bool {
        !matches!(self, Self::Ambiguous { .. }) || kind.may_repeat()
    }

    /// Whose fault it was, by the code and the enhanced code (RFC 3463) that opens the text.
    pub fn fault(&self) -> Fault {
        match self {
            Self::Submitted { .. } => Fault::None,
            Self::NotReached { .. } => Fault::Relay,
            Self::Ambiguous { .. } => Fault::Unknown,
            Self::Transient { code, text } => match (*code, detail(text)) {
                (432, _) | (_, Some((3, 2))) => Fault::Concurrency,
                (_, Some((2, 2))) => Fault::MailboxFull,
                (_, Some((3, 4))) => Fault::TooLarge,
                _ if text.to_lowercase().contains("message too large") => Fault::TooLarge,
                _ => Fault::Passing,
            },
            Self::Permanent { code, text } => match (*code, detail(text)) {
                (_, Some((1, 1 | 10) | (2, 1))) => Fault::Address,
                // A bare 552 is "exceeded storage allocation" (RFC 5321 §4.2.2).
                (_, Some((2, 2))) | (552, None) => Fault::MailboxFull,
                (_, Some((3, 4) | (2, 3))) => Fault::TooLarge,
                (_, Some((7, _))) => Fault::Policy,
                _ => Fault::Refused,
            },
        }
    }
}

/// Subject and detail of an enhanced status code: `(1, 10)` of `5.1.10 no such user`.
fn detail(text: &str) -> Option<(u16, u16)> {
    let mut parts = text.split_whitespace().next()?.split('.');
    let class: u16 = parts.next()?.parse().ok()?;
    let both = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    (parts.next().is_none() && matches!(class, 2 | 4 | 5)).then_some(both)
}

#[cfg(test)]
mod tests {
    use super::{Fault, Outcome};

    #[test]
    fn the_code_and_the_enhanced_code_tell_whose_fault_it_was() {
        for (code, text, fault) in [
            (250, "2.0.0 queued", Fault::None),
            (550, "5.1.1 no such user", Fault::Address),
            (550, "5.1.10 recipient not found", Fault::Address),
            (550, "5.2.1 disabled", Fault::Address),
            (550, "no such user", Fault::Refused),
            (552, "5.2.2 over quota", Fault::MailboxFull),
            (552, "mailbox full", Fault::MailboxFull),
            (552, "5.3.4 too big", Fault::TooLarge),
            (452, "4.3.4 message too big", Fault::TooLarge),
            (451, "Message too large for now", Fault::TooLarge),
            (452, "4.2.2 over quota", Fault::MailboxFull),
            (432, "concurrent connections limit exceeded", Fault::Concurrency),
            (421, "4.3.2 service not accepting", Fault::Concurrency),
            (421, "closing", Fault::Passing),
            (451, "4.7.1 greylisted", Fault::Passing),
            (550, "5.7.26 unauthenticated", Fault::Policy),
            (554, "10.0.0.1 is listed", Fault::Refused),
            (554, "5.1.1.1 odd", Fault::Refused),
        ] {
            assert_eq!(Outcome::from_reply(code, text.into()).fault(), fault, "{code} {text}");
        }
        assert!(matches!(Outcome::from_reply(354, String::new()), Outcome::Ambiguous { .. }));
    }
}
