//! One conversation with the mail server in front.

use std::io;
use std::sync::Arc;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::command::{self, Command};
use super::data::{Letter, Whole};
use super::{Incoming, Knows, Refusal, Settings, Wire};
use crate::EmailAddress;

/// RFC 5321 §4.5.3.1.4 allows 512 octets, and the options of MAIL add some.
const LINE_BYTES_MAX: usize = 2_048;
/// A line longer than this is not even read to its end.
const LINE_BYTES_READ: usize = 64 * 1_024;
/// Commands we do not understand before we hang up.
const ERRORS_MAX: u32 = 20;
/// How many times the size of the largest mail is read before we hang up on a larger one.
const TOO_LARGE_TIMES: usize = 16;
/// How much of a handler's words is said, in characters.
const REPLY_CHARS_MAX: usize = 300;

/// What all connections share.
pub(super) struct House<T> {
    pub(super) settings: Arc<Settings>,
    pub(super) knows: Knows,
    pub(super) take: Arc<T>,
}

/// A connection.
pub(super) struct Session<T> {
    wire: BufReader<Box<dyn Wire>>,
    house: House<T>,
    stopping: watch::Receiver<bool>,
    /// Replies not yet written: those to commands that came together go together (RFC 2920).
    replies: Vec<u8>,
    has_greeted: bool,
    transaction: Option<Transaction>,
    errors: u32,
}

/// A mail that was announced.
struct Transaction {
    from: Option<EmailAddress>,
    recipients: Vec<EmailAddress>,
}

/// What was read where a command should be.
enum Line {
    Command(Vec<u8>),
    TooLong,
    /// It ends in LF alone.
    Bare,
}

/// Whether the conversation goes on.
#[derive(PartialEq, Eq)]
enum Next {
    Listen,
    Close,
}

impl<T, F> Session<T>
where
    T: Fn(Arc<Incoming>, EmailAddress) -> F + Send + Sync + 'static,
    F: Future<Output = Result<(), Refusal>> + Send + 'static,
{
    pub(super) fn new(
        wire: Box<dyn Wire>,
        house: House<T>,
        stopping: watch::Receiver<bool>,
    ) -> Self {
        Self {
            wire: BufReader::new(wire),
            house,
            stopping,
            replies: Vec::new(),
            has_greeted: false,
            transaction: None,
            errors: 0,
        }
    }

    /// Talks until either side has enough.
    pub(super) async fn hold(mut self) {
        // An error is the other side hanging up, which is its right.
        drop(self.talk().await);
        drop(timeout(super::TURN_AWAY, self.wire.get_mut().shutdown()).await);
    }

    async fn talk(&mut self) -> io::Result<()> {
        let name = self.house.settings.name.clone();
        self.reply(220, &format!("{} LMTP", spoken(&name)));
        loop {
            let Some(line) = self.next_line().await? else { break };
            let next = match line {
                Line::Command(line) => match command::parse(&line) {
                    Ok(command) => self.obey(command).await?,
                    Err((code, text)) => self.mistake(code, text),
                },
                Line::TooLong => self.mistake(500, "5.5.2 the line is too long"),
                Line::Bare => self.mistake(500, "5.5.2 a line ends in CR LF"),
            };
            if next == Next::Close {
                break;
            }
        }
        self.flush().await
    }

    /// The next line; `None` when there will be none, with the goodbye already said.
    async fn next_line(&mut self) -> io::Result<Option<Line>> {
        if !self.wire.buffer().contains(&b'\n') {
            self.flush().await?;
        }
        let limit = self.house.settings.command_limit;
        let mut stopping = self.stopping.clone();
        tokio::select! {
            // A command that is there already is answered first.
            biased;
            line = timeout(limit, read_line(&mut self.wire)) => match line {
                Ok(line) => line,
                Err(_elapsed) => {
                    self.reply(421, "4.4.2 you said nothing for too long");
                    Ok(None)
                }
            },
            _ = stopping.wait_for(|stopping| *stopping) => {
                self.reply(421, "4.3.2 we are closing");
                Ok(None)
            }
        }
    }

    async fn obey(&mut self, command: Command) -> io::Result<Next> {
        match command {
            Command::Lhlo => self.greet(),
            Command::Mail { from, size } => return Ok(self.mail(from, size)),
            Command::Rcpt(to) => return Ok(self.rcpt(to)),
            Command::Data => return self.data().await,
            Command::Rset => {
                self.transaction = None;
                self.reply(250, "2.0.0 forgotten");
            }
            Command::Noop => self.reply(250, "2.0.0 still here"),
            Command::Vrfy => self.reply(252, "2.5.2 send it and see"),
            Command::Quit => {
                self.reply(221, "2.0.0 goodbye");
                return Ok(Next::Close);
            }
        }
        Ok(Next::Listen)
    }

    fn greet(&mut self) {
        self.has_greeted = true;
        self.transaction = None;
        let (name, size) = (spoken(&self.house.settings.name), self.house.settings.mail_bytes_max);
        let offers = format!(
            "250-{name}\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n\
             250-ENHANCEDSTATUSCODES\r\n250 SIZE {size}\r\n"
        );
        self.replies.extend_from_slice(offers.as_bytes());
    }

    fn mail(&mut self, from: Option<EmailAddress>, size: usize) -> Next {
        if !self.has_greeted {
            return self.mistake(503, "5.5.1 say LHLO first");
        }
        if self.transaction.is_some() {
            return self.mistake(503, "5.5.1 one mail at a time");
        }
        if size > self.house.settings.mail_bytes_max {
            self.reply(552, "5.3.4 the mail is too large");
            return Next::Listen;
        }
        self.transaction = Some(Transaction { from, recipients: Vec::new() });
        self.reply(250, "2.1.0 go on");
        Next::Listen
    }

    fn rcpt(&mut self, to: EmailAddress) -> Next {
        let settings = Arc::clone(&self.house.settings);
        let Some(transaction) = &mut self.transaction else {
            return self.mistake(503, "5.5.1 say MAIL first");
        };
        let is_ours = settings.domains.is_empty()
            || settings.domains.iter().any(|domain| domain.eq_ignore_ascii_case(to.domain()));
        let knows = Arc::clone(&self.house.knows);
        if !is_ours {
            self.reply(550, "5.7.1 this is not where mail for that domain goes");
        } else if !knows(&to) {
            self.reply(550, "5.1.1 there is no such recipient");
        } else if transaction.recipients.len() >= settings.recipients_max {
            self.reply(452, "4.5.3 too many recipients");
        } else {
            transaction.recipients.push(to);
            self.reply(250, "2.1.5 go on");
        }
        Next::Listen
    }

    async fn data(&mut self) -> io::Result<Next> {
        match self.transaction.take() {
            Some(transaction) if !transaction.recipients.is_empty() => {
                self.reply(354, "end with a dot on a line of its own");
                self.flush().await?;
                self.receive(transaction).await
            }
            // RFC 2033 §4.2: no reply may promise what nobody would get.
            announced => {
                self.transaction = announced;
                Ok(self.mistake(503, "5.5.1 nobody to give it to"))
            }
        }
    }

    async fn receive(&mut self, transaction: Transaction) -> io::Result<Next> {
        let limit = self.house.settings.data_limit;
        let mut letter = Letter::new(self.house.settings.mail_bytes_max);
        let read_max = self.house.settings.mail_bytes_max.saturating_mul(TOO_LARGE_TIMES);
        let read = timeout(limit, read_letter(&mut self.wire, &mut letter, read_max)).await;
        match read {
            Ok(Ok(true)) => {}
            Ok(Ok(false)) => {
                self.reply(421, "4.3.4 far too large");
                return Ok(Next::Close);
            }
            Ok(Err(error)) => return Err(error),
            Err(_elapsed) => {
                self.reply(421, "4.4.2 the mail took too long");
                return Ok(Next::Close);
            }
        }
        match letter.finish() {
            Whole::Mail(bytes) => {
                let mail = Arc::new(Incoming { from: transaction.from, bytes });
                for recipient in transaction.recipients {
                    self.hand_over(&mail, recipient).await;
                    self.flush().await?;
                }
            }
            Whole::TooLarge => {
                for _ in transaction.recipients {
                    self.reply(552, "5.3.4 the mail is too large");
                }
            }
            Whole::BareLineEnd => {
                for _ in transaction.recipients {
                    self.reply(554, "5.6.0 a bare CR or LF");
                }
            }
        }
        Ok(Next::Listen)
    }

    /// Lets the handler decide for one recipient.
    async fn hand_over(&mut self, mail: &Arc<Incoming>, recipient: EmailAddress) {
        // In a task of its own, so that a panic of the handler is an answer too.
        let mut handler = JoinSet::new();
        handler.spawn((self.house.take)(Arc::clone(mail), recipient));
        match timeout(self.house.settings.handler_limit, handler.join_next()).await {
            Ok(Some(Ok(Ok(())))) => self.reply(250, "2.0.0 taken"),
            Ok(Some(Ok(Err(Refusal::Later(why))))) => self.reply(451, &spoken_as("4.3.0", &why)),
            Ok(Some(Ok(Err(Refusal::Unknown(why))))) => self.reply(550, &spoken_as("5.1.1", &why)),
            Ok(Some(Ok(Err(Refusal::Never(why))))) => self.reply(554, &spoken_as("5.6.0", &why)),
            Ok(Some(Err(_)) | None) => {
                tracing::error!("the handler of incoming mail broke off");
                self.reply(451, "4.3.0 something broke");
            }
            Err(_elapsed) => {
                tracing::warn!("the handler of incoming mail took too long");
                self.reply(451, "4.3.0 it took too long");
            }
        }
    }

    fn mistake(&mut self, code: u16, text: &str) -> Next {
        self.errors += 1;
        if self.errors > ERRORS_MAX {
            self.reply(421, "4.7.0 too many mistakes");
            return Next::Close;
        }
        self.reply(code, text);
        Next::Listen
    }

    fn reply(&mut self, code: u16, text: &str) {
        self.replies.extend_from_slice(format!("{code} {text}\r\n").as_bytes());
    }

    async fn flush(&mut self) -> io::Result<()> {
        if self.replies.is_empty() {
            return Ok(());
        }
        let replies = std::mem::take(&mut self.replies);
        let wire = self.wire.get_mut();
        let write = async {
            wire.write_all(&replies).await?;
            wire.flush().await
        };
        let limit = self.house.settings.command_limit;
        timeout(limit, write).await.unwrap_or_else(|_elapsed| Err(io::ErrorKind::TimedOut.into()))
    }
}

/// The next line, bounded; `None` at the end of the connection.
async fn read_line(wire: &mut BufReader<Box<dyn Wire>>) -> io::Result<Option<Line>> {
    let (mut line, mut read) = (Vec::new(), 0_usize);
    loop {
        let buffer = wire.fill_buf().await?;
        if buffer.is_empty() {
            return Ok(None);
        }
        let end = buffer.iter().position(|byte| *byte == b'\n').map(|at| at + 1);
        let taken = end.unwrap_or(buffer.len());
        read += taken;
        if read <= LINE_BYTES_MAX {
            line.extend_from_slice(buffer.get(..taken).unwrap_or_default());
        }
        wire.consume(taken);
        if end.is_some() {
            break;
        }
        if read > LINE_BYTES_READ {
            return Ok(None);
        }
    }
    if read > LINE_BYTES_MAX {
        return Ok(Some(Line::TooLong));
    }
    Ok(Some(match line.strip_suffix(b"\r\n") {
        Some(command) => Line::Command(command.to_vec()),
        None => Line::Bare,
    }))
}

/// Reads a mail to its end; `false` if it is so large that its end is not waited for.
async fn read_letter(
    wire: &mut BufReader<Box<dyn Wire>>,
    letter: &mut Letter,
    read_max: usize,
) -> io::Result<bool> {
    while letter.seen <= read_max {
        let buffer = wire.fill_buf().await?;
        if buffer.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let length = buffer.len();
        let end = letter.push(buffer);
        wire.consume(end.unwrap_or(length));
        if end.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Words of the handler as one line of ASCII.
fn spoken(words: &str) -> String {
    let clean = words.chars().map(|c| if c.is_ascii_graphic() || c == ' ' { c } else { '?' });
    clean.take(REPLY_CHARS_MAX).collect()
}

fn spoken_as(status: &str, words: &str) -> String {
    format!("{status} {}", spoken(words))
}
