//! `convoke ingest-mail`: a mail comes in through a pipe, from any mail server.

use std::fmt::Write as _;
use std::io::Read as _;

use anyhow::{Context as _, Result};
use clap::Args;
use convoke::inbound::{self, Delivery, Door, MAIL_BYTES_MAX, Unwanted};

use crate::cli::StoreFlags;
use crate::config::Config;
use crate::console::{say, warn};
use crate::usage::Exit;
use crate::wire;

const EXAMPLES: &str = "\
Examples:
  convoke ingest-mail --recipient \"$RECIPIENT\" --sender \"$SENDER\" < message
  Postfix, main.cf:       mailbox_command = convoke ingest-mail --recipient \"$ORIGINAL_RECIPIENT\" --sender \"$SENDER\"
  OpenSMTPD, smtpd.conf:  action in mda \"convoke ingest-mail --recipient %{rcpt} --sender %{sender}\"

The domain of the recipient is the setting inbound_domain. It works beside a running server, which
decides what the mail means; --decide does so here. Exit codes are those of sysexits.h, which mail
servers understand: 67 no such recipient, 65 too large, 75 try again.";

/// A mail on standard input, and its envelope.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct IngestMail {
    #[command(flatten)]
    pub(crate) store: StoreFlags,
    /// The address it was sent to: the envelope's, not that of the header.
    #[arg(long, value_name = "ADDRESS")]
    recipient: String,
    /// The address it was sent from; leave it out for notices of mail servers.
    #[arg(long, value_name = "ADDRESS")]
    sender: Option<String>,
    /// Decide at once what it means, and say so.
    #[arg(long)]
    decide: bool,
}

impl IngestMail {
    /// Keeps the mail.
    ///
    /// # Errors
    /// With the exit code a mail server understands.
    pub(crate) async fn run(&self, config: &Config) -> Result<()> {
        let mut bytes = Vec::new();
        let most = u64::try_from(MAIL_BYTES_MAX + 1).unwrap_or(u64::MAX);
        // The whole of a mail comes through a pipe before anything else is done.
        std::io::stdin().take(most).read_to_end(&mut bytes).context("could not read the mail")?;
        let kept = self.keep(config, &bytes).await.map_err(|fault| {
            warn(format!("convoke: {fault:#}"));
            Exit(75)
        })?;
        match kept {
            Ok(said) => Ok(say(said)?),
            Err(why) => {
                warn(format!("convoke: {why}"));
                let code = match why {
                    Unwanted::TooLarge => 65,
                    Unwanted::TooMany => 75,
                    Unwanted::UnknownRecipient => 67,
                };
                Err(Exit(code).into())
            }
        }
    }

    async fn keep(&self, config: &Config, bytes: &[u8]) -> Result<Result<String, Unwanted>> {
        let app = wire::visit(config).await?;
        let sender = self.sender.as_deref().filter(|sender| !matches!(*sender, "" | "<>"));
        let delivery = Delivery { door: Door::Command, recipient: &self.recipient, sender, bytes };
        let kept = inbound::receive(&app, delivery).await?;
        let mut said = kept.map(|id| format!("Kept as {id}."));
        if let (Ok(said), true) = (&mut said, self.decide) {
            let count = inbound::due(&app).await?;
            let _ = write!(said, " {count} decided.");
        }
        app.journal().close().await;
        Ok(said)
    }
}
