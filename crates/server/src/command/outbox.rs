//! `convoke outbox`: where mails stand, and the operators' hand on them.

use std::fmt::Write as _;

use anyhow::{Context as _, Result, anyhow};
use clap::{Args, Subcommand};
use convoke::app::{App, Command};
use convoke::outbox::view::{self, MailLine, Wanted, name_of};
use convoke::outbox::{HoldMails, MailKind, ResumeMails, RetryMail};
use journal::{Outcome, instant, mails};
use kernel::{Act, HubId, PersonId};
use serde_json::{Value, json};

use super::hub;
use crate::cli::StoreFlags;
use crate::config::Config;
use crate::console::{counted, say, warn};
use crate::usage::Usage;
use crate::wire;

const EXAMPLES: &str = "\
Examples:
  convoke outbox                                   how many mails stand where, and what is held
  convoke outbox list --state failed --hub seoul
  convoke outbox list --to ada@example.org --json
  convoke outbox show 6a0f…                        one mail, by the name its Message-ID begins with
  convoke outbox retry 6a0f…                       once more, if nothing newer was said
  convoke outbox hold                              the kill switch: no mail leaves
  convoke outbox hold digest                       digests wait
  convoke outbox resume

It works beside a running server, which obeys from the next mail on; what was handed to the relay is
gone. Mails that wait too long expire; digests do after a day, and the next ones do not tell that
week again. Every hold is kept in the journal of the network.";

/// What to look at, or to do.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Outbox {
    #[command(flatten)]
    pub(crate) store: StoreFlags,
    /// A JSON object a line.
    #[arg(long, global = true)]
    json: bool,
    /// What to do; counts when nothing is said.
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// How many mails stand where, and what is held back.
    Counts,
    /// The newest mails.
    List(List),
    /// One mail.
    Show {
        /// The name its Message-ID begins with.
        mail: String,
    },
    /// Try one mail once more that failed, expired or may have been sent.
    Retry {
        /// The name its Message-ID begins with.
        mail: String,
    },
    /// Hold back a kind of mail, or all mail.
    Hold {
        /// invitation, cancellation, receipt, login-link, reminder, digest, announcement,
        /// suggestion, notice; all mail when nothing is said.
        #[arg(value_parser = kind)]
        kind: Option<MailKind>,
    },
    /// Let it go again.
    Resume {
        /// The kind; what was said of all mail when nothing is said.
        #[arg(value_parser = kind)]
        kind: Option<MailKind>,
    },
}

/// Which mails.
#[derive(Debug, Args)]
struct List {
    /// One hub, by slug or id.
    #[arg(long, value_name = "SLUG")]
    hub: Option<String>,
    /// waiting, sent, maybe-sent, failed, expired, superseded, skipped.
    #[arg(long, value_name = "STATE")]
    state: Option<String>,
    /// Of one kind.
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Option<MailKind>,
    /// To one person, by address or id.
    #[arg(long, value_name = "WHO")]
    to: Option<String>,
    /// How many.
    #[arg(long, value_name = "N", default_value_t = 50)]
    last: u16,
}

fn kind(text: &str) -> Result<MailKind, String> {
    text.parse().map_err(|_unknown| {
        "the kinds are invitation, cancellation, receipt, login-link, reminder, digest, announcement, suggestion, notice"
            .to_owned()
    })
}

impl Outbox {
    /// Does it.
    ///
    /// # Errors
    /// When the database is out of reach, or there is no such mail.
    pub(crate) async fn run(&self, config: &Config) -> Result<()> {
        let app = wire::visit(config).await?;
        match self.what.as_ref().unwrap_or(&What::Counts) {
            What::Counts => self.counts(&app).await?,
            What::List(list) => self.list(&app, list).await?,
            What::Show { mail } => {
                let line = found(&app, mail).await?;
                self.show(&app, &[line]).await?;
            }
            What::Retry { mail } => {
                let line = found(&app, mail).await?;
                let hub = HubId::parse(&line.journal).context("the mail belongs to no hub")?;
                let name = name_of(&line.id).to_owned();
                give(&app, Some(hub), RetryMail { mail: name }).await?;
                self.done("it is tried once more as soon as a server comes to it")?;
            }
            What::Hold { kind } => {
                give(&app, None, HoldMails { kind: *kind }).await?;
                self.holds(&app).await?;
            }
            What::Resume { kind } => {
                give(&app, None, ResumeMails { kind: *kind }).await?;
                self.holds(&app).await?;
            }
        }
        app.journal().close().await;
        Ok(())
    }

    fn done(&self, says: &str) -> Result<()> {
        if self.json {
            say(json!({ "done": true }))?;
        } else {
            say(format!("Done: {says}."))?;
        }
        Ok(())
    }

    async fn counts(&self, app: &App) -> Result<()> {
        let rows = mails::tally(app.journal().db()).await.context("could not count the mails")?;
        for row in &rows {
            if self.json {
                say(json!({ "state": row.state, "kind": row.kind, "count": row.count }))?;
            } else {
                say(format!("{:<11} {:<13} {}", row.state, row.kind, counted(row.count, "mail")))?;
            }
        }
        if rows.is_empty() && !self.json {
            say("No mail was written yet.")?;
        }
        self.holds(app).await
    }

    async fn holds(&self, app: &App) -> Result<()> {
        let holds = view::holds(app.journal().db()).await.context("could not look what is held")?;
        if self.json {
            let held: Vec<Value> = holds
                .iter()
                .map(|hold| json!({ "kind": hold.kind, "since": instant(hold.held_at) }))
                .collect();
            say(json!({ "held": held }))?;
            return Ok(());
        }
        for hold in &holds {
            let since = instant(hold.held_at).format("%Y-%m-%d %H:%M UTC");
            say(format!("held back  {} since {since}", hold.kind))?;
        }
        if holds.is_empty() {
            say("Nothing is held back.")?;
        }
        Ok(())
    }

    async fn list(&self, app: &App, list: &List) -> Result<()> {
        let hub = match &list.hub {
            Some(name) => hub::find(app, name).await?.row.id,
            None => String::new(),
        };
        let recipient = match &list.to {
            Some(text) => person(app, text).await?,
            None => String::new(),
        };
        let state = list.state.clone().unwrap_or_default();
        let kind = list.kind.map(|kind| kind.to_string()).unwrap_or_default();
        let wanted = Wanted { hub: &hub, state: &state, kind: &kind, recipient: &recipient };
        let lines = view::mails(app.journal().db(), wanted, i64::from(list.last)).await;
        self.show(app, &lines.context("could not list the mails")?).await
    }

    /// Shows mails with the addresses that are known of their readers.
    async fn show(&self, app: &App, lines: &[MailLine]) -> Result<()> {
        let persons: Vec<String> = lines.iter().map(|line| line.recipient.clone()).collect();
        let known = view::addresses(app.journal().db(), &persons).await;
        let known = known.context("could not look for addresses")?;
        for line in lines {
            let email = known
                .iter()
                .find(|row| row.journal == line.journal && row.person == line.recipient)
                .and_then(|row| row.email.as_deref());
            if self.json {
                say(as_json(line, email))?;
            } else {
                say(as_text(line, email))?;
            }
        }
        if lines.is_empty() && !self.json {
            warn("There are no such mails.");
        }
        Ok(())
    }
}

fn as_json(line: &MailLine, email: Option<&str>) -> Value {
    json!({
        "mail": name_of(&line.id),
        "messageId": line.id,
        "hub": line.journal,
        "letter": line.template,
        "kind": line.kind,
        "state": line.state,
        "recipient": line.recipient,
        "address": email,
        "about": line.about,
        "locale": line.locale,
        "plannedAt": instant(line.planned_at),
        "nextAttemptAt": (line.state == "waiting").then(|| instant(line.due_at)),
        "expiresAt": line.expires_at.map(instant),
        "doneAt": line.done_at.map(instant),
        "attempts": line.attempts,
        "lastCode": line.last_code,
        "lastText": line.last_text,
        "fault": line.fault,
        "supersededBy": line.superseded_by.as_deref().map(name_of),
    })
}

fn as_text(line: &MailLine, email: Option<&str>) -> String {
    let planned = instant(line.planned_at).format("%Y-%m-%d %H:%M:%S");
    let to = email.unwrap_or(&line.recipient);
    let mut text = format!(
        "{planned}  {:<11} {:<22} {}  to {to}, {}",
        line.state,
        line.template,
        name_of(&line.id),
        counted(line.attempts, "attempt"),
    );
    if line.state == "waiting" {
        let _ = write!(text, ", next {}", instant(line.due_at).format("%Y-%m-%d %H:%M:%S"));
    }
    if let Some(newer) = &line.superseded_by {
        let _ = write!(text, ", replaced by {}", name_of(newer));
    }
    let code = line.last_code.map(|code| format!("{code} ")).unwrap_or_default();
    if let Some(said) = line.last_text.as_deref().filter(|said| !said.is_empty()) {
        let _ = write!(text, ": {code}{said}");
    }
    text
}

/// One mail, by the name its Message-ID begins with, or the whole of it.
async fn found(app: &App, name: &str) -> Result<MailLine> {
    let name = name_of(name.trim_start_matches('<'));
    let line = view::mail(app.journal().db(), name).await.context("could not look for the mail")?;
    line.ok_or_else(|| Usage::new(format!("there is no mail “{name}”")).into())
}

/// A person by her id or one of her addresses.
async fn person(app: &App, text: &str) -> Result<String> {
    if PersonId::parse(text).is_ok() {
        return Ok(text.to_owned());
    }
    let found = app.journal().keys().known(text).await;
    let found = found.context("could not look for the person")?.map(|person| person.to_string());
    found.ok_or_else(|| Usage::new(format!("nobody here has the address {text}")).into())
}

/// Gives a command as whoever has a shell on this machine.
async fn give<A: Act>(app: &App, hub: Option<HubId>, act: A) -> Result<()> {
    let answer = app.act_as_system("command-line", hub, Box::new(act), Command::default()).await;
    match answer.context("the command could not be given")?.outcome {
        Outcome::Accepted(_receipt) => Ok(()),
        Outcome::Rejected(refusal) => Err(anyhow!("it was refused: {}", refusal.says)),
    }
}
