//! The peer's side of the conversation: just enough SMTP and LMTP, strictly.
//!
//! Strict where a sender could be wrong: LHLO and only LHLO in LMTP, commands in order, CRLF only,
//! and nothing but CRLF dot CRLF ends a letter. A letter with a bare CR or LF is refused with 554.

use std::io;
use std::sync::Arc;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::{Answer, Protocol, Received, Shared};

/// More than any letter of a test.
const LINE_BYTES_MAX: u64 = 64 * 1024;

/// Accepts connections for ever; dropping the future ends them all.
pub(super) async fn serve(listener: TcpListener, protocol: Protocol, shared: Arc<Shared>) {
    let mut conversations = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let shared = Arc::clone(&shared);
        conversations.spawn(async move {
            let open = Open::count(shared);
            // An error is the sender hanging up, which is its right.
            drop(Conversation::new(stream, protocol, Arc::clone(&open.0)).hold().await);
        });
        while conversations.try_join_next().is_some() {}
    }
}

/// Counts a connection for as long as it is held.
struct Open(Arc<Shared>);

impl Open {
    fn count(shared: Arc<Shared>) -> Self {
        let mut state = shared.state();
        state.connections += 1;
        state.open += 1;
        state.open_max = state.open_max.max(state.open);
        drop(state);
        Self(shared)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.state().open -= 1;
    }
}

/// Whether the conversation goes on.
enum Next {
    Listen,
    Close,
}

/// One connection.
struct Conversation {
    stream: BufReader<TcpStream>,
    protocol: Protocol,
    shared: Arc<Shared>,
    has_greeted: bool,
    transaction: Option<Transaction>,
}

/// One letter on its way in.
struct Transaction {
    answer: Answer,
    from: String,
    to: Option<String>,
}

impl Conversation {
    fn new(stream: TcpStream, protocol: Protocol, shared: Arc<Shared>) -> Self {
        let stream = BufReader::new(stream);
        Self { stream, protocol, shared, has_greeted: false, transaction: None }
    }

    async fn hold(mut self) -> io::Result<()> {
        self.stream.get_ref().set_nodelay(true)?;
        match self.answer_for_connection() {
            Some(Answer::RefuseConnection(code, text)) => return self.reply(code, &text).await,
            Some(Answer::DropConnection) => return Ok(()),
            Some(Answer::HangConnection) => return self.hang().await,
            _ => self.reply(220, "peer.test ready").await?,
        }
        while let Some(line) = self.read_line().await? {
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            if let Next::Close = self.command(&line).await? {
                break;
            }
        }
        Ok(())
    }

    fn answer_for_connection(&self) -> Option<Answer> {
        let mut state = self.shared.state();
        let concerns_us = state.script.upcoming().is_for_connection();
        concerns_us.then(|| state.script.take())
    }

    async fn command(&mut self, line: &str) -> io::Result<Next> {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" if self.protocol == Protocol::Smtp => self.hello().await?,
            "LHLO" if self.protocol == Protocol::Lmtp => self.hello().await?,
            "MAIL" if self.has_greeted && self.transaction.is_none() => self.mail(rest).await?,
            "RCPT" if self.transaction.is_some() => return self.rcpt(rest).await,
            "DATA" if self.has_recipient() => return self.data().await,
            "RSET" => {
                self.transaction = None;
                self.reply(250, "2.0.0 forgotten").await?;
            }
            "NOOP" => self.reply(250, "2.0.0 still here").await?,
            "QUIT" => {
                self.reply(221, "2.0.0 bye").await?;
                return Ok(Next::Close);
            }
            _ => self.reply(503, "5.5.1 not now, or never").await?,
        }
        Ok(Next::Listen)
    }

    async fn hello(&mut self) -> io::Result<()> {
        self.has_greeted = true;
        self.transaction = None;
        let offers =
            "250-peer.test\r\n250-8BITMIME\r\n250-SIZE 10485760\r\n250 ENHANCEDSTATUSCODES\r\n";
        self.stream.get_mut().write_all(offers.as_bytes()).await
    }

    async fn mail(&mut self, rest: &str) -> io::Result<()> {
        let Some(from) = bracketed("FROM:", rest) else {
            return self.reply(501, "5.5.4 MAIL FROM:<address>").await;
        };
        let answer = {
            let mut state = self.shared.state();
            state.attempts += 1;
            state.script.take()
        };
        self.transaction = Some(Transaction { answer, from, to: None });
        self.reply(250, "2.1.0 fine").await
    }

    async fn rcpt(&mut self, rest: &str) -> io::Result<Next> {
        let Some(transaction) = &mut self.transaction else { return Ok(Next::Close) };
        let domain = bracketed("TO:", rest).and_then(|to| Some(to.rsplit_once('@')?.1.to_owned()));
        if let Some(answer) = domain.and_then(|to| self.shared.state().by_domain.get(&to).cloned())
        {
            transaction.answer = answer;
        }
        match transaction.answer.clone() {
            Answer::RefuseRecipient(code, text) => self.reply(code, &text).await?,
            Answer::DropAtRecipient => return Ok(Next::Close),
            Answer::HangAtRecipient => self.hang().await?,
            _ => match bracketed("TO:", rest) {
                Some(to) => {
                    transaction.to = Some(to);
                    self.reply(250, "2.1.5 fine").await?;
                }
                None => self.reply(501, "5.5.4 RCPT TO:<address>").await?,
            },
        }
        Ok(Next::Listen)
    }

    fn has_recipient(&self) -> bool {
        self.transaction.as_ref().is_some_and(|transaction| transaction.to.is_some())
    }

    async fn data(&mut self) -> io::Result<Next> {
        let Some(transaction) = self.transaction.take() else { return Ok(Next::Close) };
        self.reply(354, "go on").await?;
        if transaction.answer == Answer::DropInLetter {
            self.read_line().await?;
            return Ok(Next::Close);
        }
        let Some(mime) = self.read_letter().await? else { return Ok(Next::Close) };
        if has_bare_line_end(&mime) {
            self.reply(554, "5.6.0 a bare CR or LF").await?;
            return Ok(Next::Listen);
        }
        if let Answer::RefuseLetter(code, text) = &transaction.answer {
            self.reply(*code, text).await?;
            return Ok(if *code == 421 { Next::Close } else { Next::Listen });
        }
        let is_acknowledged = !matches!(
            transaction.answer,
            Answer::DropAfterLetter | Answer::HangAfterLetter | Answer::AcceptAfter(_)
        );
        let index = {
            let mut state = self.shared.state();
            state.received.push(Received {
                from: transaction.from,
                to: transaction.to.unwrap_or_default(),
                mime,
                is_acknowledged,
            });
            state.received.len() - 1
        };
        self.shared.arrival.notify_waiters();
        match transaction.answer {
            Answer::DropAfterLetter => return Ok(Next::Close),
            Answer::HangAfterLetter => self.hang().await?,
            Answer::AcceptAfter(pause) => {
                tokio::time::sleep(pause).await;
                self.reply(250, "2.0.0 taken, at last").await?;
                if let Some(received) = self.shared.state().received.get_mut(index) {
                    received.is_acknowledged = true;
                }
            }
            _ => self.reply(250, "2.0.0 taken").await?,
        }
        Ok(Next::Listen)
    }

    /// The letter with its dots undone; `None` if the sender hung up before the end.
    async fn read_letter(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut mime = Vec::new();
        let mut was_line_end = true;
        while let Some(line) = self.read_line().await? {
            if was_line_end && line == b".\r\n" {
                return Ok(Some(mime));
            }
            let stuffed = was_line_end && line.starts_with(b".");
            mime.extend_from_slice(line.get(usize::from(stuffed)..).unwrap_or_default());
            was_line_end = line.ends_with(b"\r\n");
        }
        Ok(None)
    }

    async fn read_line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        (&mut self.stream).take(LINE_BYTES_MAX).read_until(b'\n', &mut line).await?;
        Ok((!line.is_empty()).then_some(line))
    }

    async fn reply(&mut self, code: u16, text: &str) -> io::Result<()> {
        self.stream.get_mut().write_all(format!("{code} {text}\r\n").as_bytes()).await
    }

    /// Says nothing until the other side hangs up.
    async fn hang(&mut self) -> io::Result<()> {
        while self.read_line().await?.is_some() {}
        Ok(())
    }
}

/// The address of `FROM:<address> OPTIONS`.
fn bracketed(keyword: &str, rest: &str) -> Option<String> {
    let (head, tail) = rest.split_at_checked(keyword.len())?;
    let inner = tail.strip_prefix('<')?;
    let (address, _options) = inner.split_once('>')?;
    head.eq_ignore_ascii_case(keyword).then(|| address.to_owned())
}

fn has_bare_line_end(mime: &[u8]) -> bool {
    let text = String::from_utf8_lossy(mime).replace("\r\n", "");
    text.contains(['\r', '\n'])
}
