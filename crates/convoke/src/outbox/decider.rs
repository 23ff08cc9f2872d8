//! Which mails are held back, and which are tried once more.
//!
//! Holding all mail is the kill switch: nothing leaves until it is let go, whatever single kinds
//! are held besides.

use std::collections::BTreeSet;

use kernel::{Decider, Moment};
use serde::{Deserialize, Serialize};

/// What a mail is about, as far as sending depends on it. The names are stored.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
    strum::IntoStaticStr,
    async_graphql::Enum,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum MailKind {
    /// Come to this event; also that its time moved.
    Invitation,
    /// The event, or the place of one person, is gone.
    Cancellation,
    /// Something the reader did has been recorded.
    Receipt,
    /// The one link that lets somebody in, or proves that an address or an answer is hers.
    LoginLink,
    /// An event is near.
    Reminder,
    /// What happened in a week.
    Digest,
    /// A curator writes to many.
    Announcement,
    /// An issue or a person that may concern the reader.
    Suggestion,
    /// Something changed that the reader must know.
    Notice,
}

/// What may be asked.
#[derive(Clone, Debug)]
pub enum Command {
    /// Mails of a kind do not leave; all mails when no kind is named.
    Hold {
        /// The kind.
        kind: Option<MailKind>,
    },
    /// They do again.
    Resume {
        /// The kind.
        kind: Option<MailKind>,
    },
    /// One that failed is tried once more.
    Retry {
        /// The name its Message-ID begins with.
        mail: String,
    },
}

/// What has happened.
#[derive(
    Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
pub enum Fact {
    /// Mails of a kind, or all, are held back.
    MailsHeld {
        /// The kind; all mails when there is none.
        kind: Option<MailKind>,
    },
    /// They leave again.
    MailsResumed {
        /// The kind; what was said of all mails when there is none.
        kind: Option<MailKind>,
    },
    /// Somebody wants one mail tried once more.
    MailRetried {
        /// The name its Message-ID begins with.
        mail: String,
    },
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = <Self as strum::VariantNames>::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn tags(&self) -> Vec<String> {
        Vec::new()
    }

    fn samples() -> Vec<Self> {
        vec![
            Self::MailsHeld { kind: Some(MailKind::Digest) },
            Self::MailsResumed { kind: None },
            Self::MailRetried { mail: "0123456789abcdef".to_owned() },
        ]
    }
}

/// Why it is not done.
#[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames, thiserror::Error)]
pub enum Rejection {
    /// A name that no mail can have.
    #[error("“{mail}” is the name of no mail")]
    MailUnknown {
        /// The name as it was given, cut.
        mail: String,
    },
}
impl kernel::Rejection for Rejection {}

/// What is held.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Outbox {
    held: BTreeSet<Option<MailKind>>,
}

/// Names are 32 hexadecimal digits; some room for what they may become.
fn is_name(text: &str) -> bool {
    (8..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

impl Decider for Outbox {
    const STREAM: &'static str = "outbox";
    type Command = Command;
    type Fact = Fact;
    type Rejection = Rejection;

    fn decide(&self, command: Command, _moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        match command {
            Command::Hold { kind } if self.held.contains(&kind) => Ok(vec![]),
            Command::Hold { kind } => Ok(vec![Fact::MailsHeld { kind }]),
            Command::Resume { kind } if !self.held.contains(&kind) => Ok(vec![]),
            Command::Resume { kind } => Ok(vec![Fact::MailsResumed { kind }]),
            Command::Retry { mail } if is_name(&mail) => Ok(vec![Fact::MailRetried { mail }]),
            Command::Retry { mail } => {
                Err(Rejection::MailUnknown { mail: mail.chars().take(64).collect() })
            }
        }
    }

    fn evolve(&mut self, fact: &Fact) {
        match fact {
            Fact::MailsHeld { kind } => {
                self.held.insert(*kind);
            }
            Fact::MailsResumed { kind } => {
                self.held.remove(kind);
            }
            Fact::MailRetried { .. } => {}
        }
    }
}
