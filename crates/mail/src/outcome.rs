//! What is known after an attempt to send, and whose fault it was.
//!
//! Exactly-once to an inbox does not exist over SMTP: between the final dot and the server's
//! reply lies a moment in which nobody knows. That moment has its own outcome here instead of
//! being counted among the failures.

use chrono::{DateTime, TimeDelta, Utc};

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

/// Whose fault an outcome was: what the outbox suppresses or alarms by. Its name (`mailbox-full`)
/// is kept in the outbox and shown in metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
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

/// What follows from a fault for the address it happened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Consequence {
    /// Nothing.
    Nothing,
    /// Write there no more, until somebody says otherwise.
    Suppress,
    /// Count it: see [`full_too_often`].
    CountFull,
    /// Tell the operator, and do not hold it against the person.
    TellOperator,
}

impl Fault {
    /// Its stable name, `mailbox-full`.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// What follows from it for the address.
    pub fn consequence(self) -> Consequence {
        match self {
            Self::Address => Consequence::Suppress,
            Self::MailboxFull => Consequence::CountFull,
            Self::Policy => Consequence::TellOperator,
            Self::None
            | Self::TooLarge
            | Self::Concurrency
            | Self::Relay
            | Self::Passing
            | Self::Refused
            | Self::Unknown => Consequence::Nothing,
        }
    }
}

/// How many times a mailbox may be full within [`FULL_WITHIN_DAYS`] before it is left alone.
const FULL_MAX: usize = 3;
/// The span they are counted in.
const FULL_WITHIN_DAYS: i64 = 14;
/// How long it is left alone.
const FULL_PAUSE_DAYS: i64 = 30;

/// Until when to leave a mailbox alone that was full at these times; `None` while it was not full
/// three times within 14 days. The times may come in any order.
pub fn full_too_often(times: &[DateTime<Utc>], now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let mut times: Vec<_> = times.iter().copied().filter(|time| *time <= now).collect();
    times.sort_unstable();
    let last_of_three = times.windows(FULL_MAX).rev().find_map(|few| {
        let (first, last) = (few.first()?, few.last()?);
        (*last - *first <= TimeDelta::days(FULL_WITHIN_DAYS)).then_some(*last)
    })?;
    let until = last_of_three.checked_add_signed(TimeDelta::days(FULL_PAUSE_DAYS))?;
    (until > now).then_some(until)
}

/// An enhanced status code (RFC 3463): `5.1.10`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EnhancedStatus {
    /// 2 for success, 4 for a passing failure, 5 for a lasting one.
    pub class: u16,
    /// 1 addressing, 2 mailbox, 3 system, 4 network, 5 protocol, 6 content, 7 policy.
    pub subject: u16,
    /// What it was, by the IANA registry.
    pub detail: u16,
}

impl EnhancedStatus {
    /// The first one in a text: `smtp; 550-5.1.1 no such user` has 5.1.1. An IP address or the
    /// version of a program is none.
    pub fn find(text: &str) -> Option<Self> {
        let is_edge = |c: char| !c.is_ascii_digit() && c != '.';
        text.split(is_edge).find_map(|word| Self::parse(word.trim_end_matches('.')))
    }

    /// Exactly `5.1.10`.
    pub fn parse(word: &str) -> Option<Self> {
        let mut parts = word.split('.').map(|part| {
            let is_number = part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit());
            part.parse::<u16>().ok().filter(|_| is_number)
        });
        let status =
            Self { class: parts.next()??, subject: parts.next()??, detail: parts.next()?? };
        let is_known = matches!(status.class, 2 | 4 | 5) && status.subject <= 7;
        (parts.next().is_none() && is_known).then_some(status)
    }

    /// Whether it says no more than its class: 5.0.0.
    pub fn is_generic(self) -> bool {
        self.subject == 0
    }

    /// Whose fault it is that a mail was given up with this status.
    pub fn fault_of_failure(self) -> Fault {
        match (self.subject, self.detail) {
            (1, 1 | 10) | (2, 1) => Fault::Address,
            (2, 2) => Fault::MailboxFull,
            (3, 4) | (2, 3) => Fault::TooLarge,
            (7, _) => Fault::Policy,
            _ => Fault::Refused,
        }
    }
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
            Self::Transient { code, text } => {
                let status = leading(text).map(|status| (status.subject, status.detail));
                match (*code, status) {
                    (432, _) | (_, Some((3, 2))) => Fault::Concurrency,
                    (_, Some((2, 2))) => Fault::MailboxFull,
                    (_, Some((3, 4))) => Fault::TooLarge,
                    _ if says_too_large(text) => Fault::TooLarge,
                    _ => Fault::Passing,
                }
            }
            Self::Permanent { code, text } => match (*code, leading(text)) {
                (_, Some(status)) if !status.is_generic() => status.fault_of_failure(),
                _ if says_too_large(text) => Fault::TooLarge,
                // A bare 552 is "exceeded storage allocation" (RFC 5321 §4.2.2).
                (552, _) => Fault::MailboxFull,
                _ => Fault::Refused,
            },
        }
    }
}

/// What servers without enhanced codes say (RFC 1870 §6.1 suggests the second).
fn says_too_large(text: &str) -> bool {
    let text = text.to_lowercase();
    text.contains("message too large") || text.contains("message size exceeds")
}

/// The enhanced status that opens a reply (RFC 2034 §3).
fn leading(text: &str) -> Option<EnhancedStatus> {
    EnhancedStatus::parse(text.split_whitespace().next()?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use chrono::{DateTime, TimeDelta};

    use super::{Consequence, EnhancedStatus, Fault, Outcome, full_too_often};

    #[test]
    fn a_status_is_found_among_words() {
        let found = |text| EnhancedStatus::find(text).map(|s| (s.class, s.subject, s.detail));
        for (text, status) in [
            ("smtp; 550-5.1.1 The account", Some((5, 1, 1))),
            ("550 #5.1.10 RESOLVER.ADR", Some((5, 1, 10))),
            ("said: 452 4.2.2.", Some((4, 2, 2))),
            ("192.0.2.1 said 554 5.7.26 no", Some((5, 7, 26))),
            ("Exim 4.94.2 and OpenSMTPD 6.8.0", None),
            ("10.0.0.1", None),
            ("5.1.1.1 5.1 5..1 5.1.1000 +5", None),
            ("", None),
        ] {
            assert_eq!(found(text), status, "{text}");
        }
    }

    #[test]
    fn only_a_missing_mailbox_is_held_against_an_address() {
        assert_eq!(Fault::Address.consequence(), Consequence::Suppress);
        assert_eq!(Fault::MailboxFull.consequence(), Consequence::CountFull);
        assert_eq!(Fault::Policy.consequence(), Consequence::TellOperator);
        assert_eq!(Fault::Refused.consequence(), Consequence::Nothing);
        assert_eq!(Fault::Unknown.consequence(), Consequence::Nothing);
    }

    #[test]
    fn a_mailbox_that_was_full_three_times_in_two_weeks_rests_for_thirty_days() {
        let day = |day: i64| DateTime::from_timestamp(1_800_000_000 + day * 86_400, 0).unwrap();
        assert_eq!(full_too_often(&[], day(0)), None);
        assert_eq!(full_too_often(&[day(0), day(1)], day(1)), None);
        assert_eq!(full_too_often(&[day(14), day(0), day(5)], day(14)), Some(day(44)));
        assert_eq!(full_too_often(&[day(0), day(5), day(15)], day(15)), None);
        assert_eq!(full_too_often(&[day(0), day(5), day(14)], day(44)), None);
        assert_eq!(full_too_often(&[day(0), day(5), day(14)], day(13)), None);
        let many: Vec<_> = (0..40).map(day).collect();
        assert_eq!(full_too_often(&many, day(40)), Some(day(39) + TimeDelta::days(30)));
    }

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
            (552, "5.0.0 mailbox full", Fault::MailboxFull),
            (552, "Message size exceeds fixed maximum message size", Fault::TooLarge),
            (554, "5.0.0 message too large", Fault::TooLarge),
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
