//! One line to a server, and the conversation on it (RFC 5321, RFC 2033 for LMTP).
//!
//! Each step waits for its reply, for a limited time, and knows whether the letter can have
//! arrived. Nothing typed by a person reaches a command: addresses are parsed, and the letter's
//! line ends and dots are made safe here, so a stray LF can never end it early (the SMTP
//! smuggling of 2023).

use std::net::SocketAddr;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::time::{Instant, timeout};

use super::target::{Encryption, Host, Login, Protocol};
use super::wire::{self, Wire};
use super::{Envelope, Timeouts};
use crate::Outcome;

/// RFC 5321 §4.5.3.1.5 allows 512 octets a line; some servers write more.
const REPLY_LINE_BYTES_MAX: u64 = 4 * 1024;
/// A reply of more lines than this is an attack or a mistake.
const REPLY_LINES_MAX: usize = 100;
/// How much of a reply's text is kept.
const REPLY_CHARS_MAX: usize = 500;

/// One line, past its greeting and login.
pub(super) struct Connection {
    wire: BufReader<Box<dyn Wire>>,
    offers: Offers,
    pub(super) opened: Instant,
    pub(super) letters: u32,
}

/// How a delivery ended, and what is left of the line.
pub(super) struct Sent {
    pub(super) outcome: Outcome,
    /// The line waits for the next letter.
    pub(super) is_usable: bool,
    /// The line was dead before the server heard of this letter.
    pub(super) had_not_begun: bool,
}

/// What the server said.
struct Reply {
    code: u16,
    lines: Vec<String>,
}

/// What went wrong at a step.
enum Trouble {
    /// The server answered, with something else than we need.
    Said(Reply),
    /// There was no answer, or none that can be read.
    Broke(String),
}

/// The extensions of the server that matter to us.
#[derive(Default)]
struct Offers {
    eight_bit: bool,
    utf8: bool,
    size: bool,
    login: Option<Mechanism>,
}

/// The two ways to log in that every server has; both need an encrypted line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mechanism {
    Plain,
    Login,
}

impl Connection {
    /// Connects, introduces us, encrypts and logs in.
    ///
    /// Every refusal here is about us and not about a letter, so a 5xx is `NotReached`: the
    /// letters wait until the operator has mended it.
    pub(super) async fn open(host: &Host, timeouts: &Timeouts) -> Result<Self, Outcome> {
        let why = |step: &str, trouble: Trouble| match trouble {
            Trouble::Said(reply) if (400..500).contains(&reply.code) => {
                Outcome::from_reply(reply.code, reply.text())
            }
            Trouble::Said(reply) => {
                Outcome::NotReached { why: format!("{step}: {} {}", reply.code, reply.text()) }
            }
            Trouble::Broke(why) => Outcome::NotReached { why: format!("{step}: {why}") },
        };
        let step = timeouts.step;
        let connected = within(timeouts.connect, wire::connect(&host.place)).await;
        let (mut raw, here) = connected.map_err(|trouble| why("connect", trouble))?;
        if let Encryption::Always(trust) = &host.encryption {
            let encrypted = within(step, wire::encrypt(raw, trust)).await;
            raw = encrypted.map_err(|trouble| why("TLS", trouble))?;
        }
        let mut line = Self {
            wire: BufReader::new(raw),
            offers: Offers::default(),
            opened: Instant::now(),
            letters: 0,
        };
        let hello = hello(host, here);
        line.expect(220, step).await.map_err(|trouble| why("greeting", trouble))?;
        line.greet(&hello, step).await.map_err(|trouble| why("EHLO", trouble))?;
        if let Encryption::StartTls(trust) = &host.encryption {
            line.ask("STARTTLS", 220, step).await.map_err(|trouble| why("STARTTLS", trouble))?;
            // Bytes that came with the reply were not encrypted; whoever sent them wants to be
            // heard as the server (CVE-2011-0411).
            if !line.wire.buffer().is_empty() {
                return Err(Outcome::NotReached { why: "STARTTLS: more than a reply came".into() });
            }
            let encrypted = within(step, wire::encrypt(line.wire.into_inner(), trust)).await;
            line.wire = BufReader::new(encrypted.map_err(|trouble| why("TLS", trouble))?);
            line.greet(&hello, step).await.map_err(|trouble| why("EHLO", trouble))?;
        }
        if let Some(login) = &host.login {
            line.log_in(login, step).await.map_err(|trouble| why("AUTH", trouble))?;
        }
        Ok(line)
    }

    /// Hands one letter over.
    pub(super) async fn deliver(
        &mut self,
        envelope: &Envelope,
        mime: &[u8],
        timeouts: &Timeouts,
    ) -> Sent {
        if let Some(outcome) = self.cannot_carry(envelope, mime) {
            return Sent { outcome, is_usable: true, had_not_begun: false };
        }
        self.letters += 1;
        let mail = self.mail_command(envelope, mime);
        if let Err(trouble) = self.ask(&mail, 250, timeouts.step).await {
            let is_gone = trouble.is_line_gone();
            let sent = self.refused("MAIL", trouble, timeouts).await;
            return Sent { had_not_begun: is_gone, ..sent };
        }
        let rcpt = format!("RCPT TO:<{}>", envelope.to);
        if let Err(trouble) = self.ask(&rcpt, 250, timeouts.step).await {
            return self.refused("RCPT", trouble, timeouts).await;
        }
        if let Err(trouble) = self.ask("DATA", 354, timeouts.step).await {
            return self.refused("DATA", trouble, timeouts).await;
        }
        if let Err(trouble) = self.write_body(mime, timeouts).await {
            // The final dot was not written, so whatever the server has is not a letter.
            let outcome = trouble.into_outcome("letter");
            return Sent { outcome, is_usable: false, had_not_begun: false };
        }
        match self.ask(".", 250, timeouts.data_reply).await {
            Ok(reply) => Sent::last(Outcome::from_reply(reply.code, reply.text()), reply.code),
            Err(Trouble::Said(reply)) => {
                Sent::last(Outcome::from_reply(reply.code, reply.text()), reply.code)
            }
            Err(Trouble::Broke(why)) => {
                let outcome = Outcome::Ambiguous { why: format!("after the final dot: {why}") };
                Sent { outcome, is_usable: false, had_not_begun: false }
            }
        }
    }

    /// Says goodbye; nobody minds if it fails.
    pub(super) async fn quit(mut self, limit: Duration) {
        drop(self.ask("QUIT", 221, limit).await);
        drop(timeout(limit, self.wire.get_mut().shutdown()).await);
    }

    /// A letter this server has no extension for is refused for good, as it would be there.
    fn cannot_carry(&self, envelope: &Envelope, mime: &[u8]) -> Option<Outcome> {
        let needs_utf8 = !envelope.from.is_ascii() || !envelope.to.is_ascii();
        if needs_utf8 && !self.offers.utf8 {
            let text = "5.6.7 the relay takes no addresses outside ASCII (SMTPUTF8)".into();
            return Some(Outcome::Permanent { code: 553, text });
        }
        if !mime.is_ascii() && !self.offers.eight_bit {
            let text = "5.6.3 the relay takes no 8-bit letters (8BITMIME)".into();
            return Some(Outcome::Permanent { code: 554, text });
        }
        None
    }

    fn mail_command(&self, envelope: &Envelope, mime: &[u8]) -> String {
        let size = format!(" SIZE={}", mime.len());
        let needs_utf8 = !envelope.from.is_ascii() || !envelope.to.is_ascii();
        let options = [
            (self.offers.size, size.as_str()),
            (!mime.is_ascii(), " BODY=8BITMIME"),
            (needs_utf8, " SMTPUTF8"),
        ];
        let wanted = options.into_iter().filter(|(is_wanted, _)| *is_wanted);
        let options: String = wanted.map(|(_, option)| option).collect();
        format!("MAIL FROM:<{}>{options}", envelope.from)
    }

    /// A refusal before the letter: the line is cleared for the next one, if it still stands.
    async fn refused(&mut self, step: &str, trouble: Trouble, timeouts: &Timeouts) -> Sent {
        let is_gone = trouble.is_line_gone();
        let outcome = trouble.into_outcome(step);
        let is_usable = !is_gone && self.ask("RSET", 250, timeouts.step).await.is_ok();
        Sent { outcome, is_usable, had_not_begun: false }
    }

    async fn greet(&mut self, hello: &Hello, limit: Duration) -> Result<(), Trouble> {
        let reply = self.ask(&format!("{} {}", hello.verb, hello.name), 250, limit).await?;
        self.offers = Offers::parse(&reply);
        Ok(())
    }

    async fn log_in(&mut self, login: &Login, limit: Duration) -> Result<(), Trouble> {
        match self.offers.login {
            Some(Mechanism::Plain) => {
                let words = BASE64.encode(format!("\0{}\0{}", login.user, login.password));
                self.ask(&format!("AUTH PLAIN {words}"), 235, limit).await?;
            }
            Some(Mechanism::Login) => {
                self.ask("AUTH LOGIN", 334, limit).await?;
                self.ask(&BASE64.encode(&login.user), 334, limit).await?;
                self.ask(&BASE64.encode(&login.password), 235, limit).await?;
            }
            None => {
                let why = "the server offers neither PLAIN nor LOGIN";
                return Err(Trouble::Broke(why.into()));
            }
        }
        Ok(())
    }

    /// Writes a command and reads its reply, which must have `code` (or another of its hundred).
    async fn ask(&mut self, command: &str, code: u16, limit: Duration) -> Result<Reply, Trouble> {
        // Left-over bytes would be taken for the reply to this command, and so on for ever.
        if !self.wire.buffer().is_empty() {
            return Err(Trouble::Broke("the server spoke unasked".into()));
        }
        within(limit, async {
            let wire = self.wire.get_mut();
            wire.write_all(format!("{command}\r\n").as_bytes()).await?;
            wire.flush().await
        })
        .await?;
        self.expect(code, limit).await
    }

    async fn expect(&mut self, code: u16, limit: Duration) -> Result<Reply, Trouble> {
        let reply = match timeout(limit, self.read_reply()).await {
            Ok(read) => read?,
            Err(_elapsed) => return Err(Trouble::late(limit)),
        };
        if reply.code / 100 == code / 100 { Ok(reply) } else { Err(Trouble::Said(reply)) }
    }

    async fn read_reply(&mut self) -> Result<Reply, Trouble> {
        let mut lines = Vec::new();
        loop {
            let mut raw = Vec::new();
            let mut limited = (&mut self.wire).take(REPLY_LINE_BYTES_MAX);
            let read = limited.read_until(b'\n', &mut raw).await;
            read.map_err(|error| Trouble::Broke(error.to_string()))?;
            if !raw.ends_with(b"\n") || lines.len() >= REPLY_LINES_MAX {
                let why = if raw.is_empty() { "the line was closed" } else { "half a reply" };
                return Err(Trouble::Broke(why.into()));
            }
            let line = String::from_utf8_lossy(&raw);
            let (code, is_last, text) = parse_reply_line(&line)
                .ok_or_else(|| Trouble::Broke("the reply is not SMTP".into()))?;
            lines.push(text.to_owned());
            if is_last {
                return Ok(Reply { code, lines });
            }
        }
    }

    /// Writes the letter up to, not including, its final dot.
    async fn write_body(&mut self, mime: &[u8], timeouts: &Timeouts) -> Result<(), Trouble> {
        let written = within(timeouts.body, async {
            let wire = self.wire.get_mut();
            wire.write_all(&dotted(mime)).await?;
            wire.flush().await
        })
        .await;
        let Err(trouble) = written else { return Ok(()) };
        // A server that refuses early (too large) says why before it hangs up.
        match self.expect(250, timeouts.quit).await {
            Err(Trouble::Said(reply)) => Err(Trouble::Said(reply)),
            _ => Err(trouble),
        }
    }
}

impl Sent {
    fn last(outcome: Outcome, code: u16) -> Self {
        Self { outcome, is_usable: code != 421, had_not_begun: false }
    }
}

impl Reply {
    /// All lines as one, without controls, cut.
    fn text(&self) -> String {
        let whole = self.lines.join(" ");
        whole.chars().filter(|c| !c.is_control()).take(REPLY_CHARS_MAX).collect()
    }
}

impl Trouble {
    fn late(limit: Duration) -> Self {
        Self::Broke(format!("no answer within {limit:?}"))
    }

    /// 421 is the server's goodbye (RFC 5321 §3.8).
    fn is_line_gone(&self) -> bool {
        match self {
            Self::Said(reply) => reply.code == 421,
            Self::Broke(_) => true,
        }
    }

    /// The outcome of a letter that cannot have been taken.
    fn into_outcome(self, step: &str) -> Outcome {
        match self {
            Self::Said(reply) if (400..600).contains(&reply.code) => {
                Outcome::from_reply(reply.code, reply.text())
            }
            Self::Said(reply) => {
                Outcome::NotReached { why: format!("{step}: {} is no answer to it", reply.code) }
            }
            Self::Broke(why) => Outcome::NotReached { why: format!("{step}: {why}") },
        }
    }
}

impl Offers {
    fn parse(reply: &Reply) -> Self {
        let mut offers = Self::default();
        for line in reply.lines.iter().skip(1) {
            let line = line.to_ascii_uppercase();
            let mut words = line.split([' ', '=']);
            match words.next() {
                Some("8BITMIME") => offers.eight_bit = true,
                Some("SMTPUTF8") => offers.utf8 = true,
                Some("SIZE") => offers.size = true,
                Some("AUTH") => {
                    for word in words {
                        offers.login = match word {
                            "PLAIN" => Some(Mechanism::Plain),
                            "LOGIN" => offers.login.or(Some(Mechanism::Login)),
                            _ => offers.login,
                        };
                    }
                }
                _ => {}
            }
        }
        offers
    }
}

/// How we introduce ourselves.
struct Hello {
    verb: &'static str,
    name: String,
}

fn hello(host: &Host, here: Option<SocketAddr>) -> Hello {
    let verb = match host.protocol {
        Protocol::Smtp => "EHLO",
        Protocol::Lmtp => "LHLO",
    };
    // Without a name of our own, RFC 5321 §4.1.4 wants the address in brackets.
    let name = match (&host.hello, here) {
        (Some(name), _) => name.clone(),
        (None, Some(SocketAddr::V4(here))) => format!("[{}]", here.ip()),
        (None, Some(SocketAddr::V6(here))) => format!("[IPv6:{}]", here.ip()),
        (None, None) => "localhost".into(),
    };
    Hello { verb, name }
}

/// Code, whether it is the last line, and the text of `250-text`.
fn parse_reply_line(line: &str) -> Option<(u16, bool, &str)> {
    let line = line.trim_end_matches(['\r', '\n']);
    let (code, rest) = line.split_at_checked(3)?;
    let is_code = code.bytes().all(|b| b.is_ascii_digit());
    let code = code.parse().ok().filter(|_| is_code)?;
    match rest.chars().next() {
        None => Some((code, true, "")),
        Some(' ') => Some((code, true, rest.get(1..)?)),
        Some('-') => Some((code, false, rest.get(1..)?)),
        Some(_) => None,
    }
}

/// The letter for the wire: every line end is CRLF, leading dots are doubled (RFC 5321 §4.5.2),
/// and it ends with a line end, so that the final dot stands alone.
fn dotted(mime: &[u8]) -> Vec<u8> {
    let mut wire = Vec::with_capacity(mime.len() + mime.len() / 64 + 2);
    let mut is_line_start = true;
    let mut bytes = mime.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\r' | b'\n' => {
                if byte == b'\r' {
                    bytes.next_if_eq(&b'\n');
                }
                wire.extend_from_slice(b"\r\n");
                is_line_start = true;
                continue;
            }
            b'.' if is_line_start => wire.extend_from_slice(b".."),
            other => wire.push(other),
        }
        is_line_start = false;
    }
    if !is_line_start {
        wire.extend_from_slice(b"\r\n");
    }
    wire
}

/// Runs a step of I/O for at most `limit`.
async fn within<T>(
    limit: Duration,
    step: impl Future<Output = std::io::Result<T>>,
) -> Result<T, Trouble> {
    match timeout(limit, step).await {
        Ok(done) => done.map_err(|error| Trouble::Broke(error.to_string())),
        Err(_elapsed) => Err(Trouble::late(limit)),
    }
}

#[cfg(test)]
mod tests {
    use super::{dotted, parse_reply_line};

    #[test]
    fn the_letter_cannot_end_itself() {
        for (mime, wire) in [
            ("a\r\n", "a\r\n"),
            ("a", "a\r\n"),
            ("", ""),
            (".\r\n..b\r\n", "..\r\n...b\r\n"),
            ("a\n.\nQUIT\n", "a\r\n..\r\nQUIT\r\n"),
            ("a\r.\rb\r\r\nc", "a\r\n..\r\nb\r\n\r\nc\r\n"),
        ] {
            assert_eq!(String::from_utf8_lossy(&dotted(mime.as_bytes())), wire, "{mime:?}");
        }
    }

    #[test]
    fn reply_lines_are_read_or_refused() {
        assert_eq!(parse_reply_line("250-SIZE 10\r\n"), Some((250, false, "SIZE 10")));
        assert_eq!(parse_reply_line("250 ok\n"), Some((250, true, "ok")));
        assert_eq!(parse_reply_line("354\r\n"), Some((354, true, "")));
        for line in ["", "25", "2x0 ok", "+50 ok", "250_ok", "HTTP/1.1 400 Bad", "25é ok"] {
            assert_eq!(parse_reply_line(line), None, "{line}");
        }
    }
}
