//! What may be asked of the outbox, as it is stored.

use kernel::{Act, Actor, Decider as _, Decision, Ledger, Role, Stop};
use serde::{Deserialize, Serialize};

use super::STREAM;
use super::decider::{Command, MailKind, Outbox};

fn decided(ledger: &Ledger<'_>, about: String, command: Command) -> Result<Decision, Stop> {
    let facts = ledger.state::<Outbox>(STREAM)?.decide(command, ledger.moment)?;
    Decision::about(about).with::<Outbox>(STREAM, facts)
}

/// The name of what is held, as receipts bear it.
fn name(kind: Option<MailKind>) -> String {
    kind.map_or_else(|| "all".to_owned(), |kind| kind.to_string())
}

/// Holds mails of a kind back, or all mails. An act of the network.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HoldMails {
    /// The kind; all mails when none is named.
    pub kind: Option<MailKind>,
}

impl Act for HoldMails {
    const KIND: &'static str = "HoldMails";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::NetworkAdmin])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        decided(ledger, name(self.kind), Command::Hold { kind: self.kind })
    }
}

/// Lets them leave again. An act of the network.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ResumeMails {
    /// The kind; what was said of all mails when none is named.
    pub kind: Option<MailKind>,
}

impl Act for ResumeMails {
    const KIND: &'static str = "ResumeMails";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::NetworkAdmin])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        decided(ledger, name(self.kind), Command::Resume { kind: self.kind })
    }
}

/// Tries one mail once more that failed, expired or may have been sent. An act of its hub; whether
/// there is anything left to send is seen when it is done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RetryMail {
    /// The name its Message-ID begins with.
    pub mail: String,
}

impl Act for RetryMail {
    const KIND: &'static str = "RetryMail";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        decided(ledger, self.mail.clone(), Command::Retry { mail: self.mail.clone() })
    }
}
