//! A mail server for tests: a real socket, a script of what goes wrong, and what arrived.
//!
//! ```
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
//! use mail::testing::{Answer, Peer};
//! use std::time::Duration;
//!
//! // The first letter is refused for now, all others are taken.
//! let peer = Peer::start([Answer::refuse_recipient(451, "4.7.1 greylisted")]).await.unwrap();
//! let relay = mail::Relay::parse(&peer.url()).unwrap();
//! # let address = |text| mail::EmailAddress::parse(text).unwrap();
//! let envelope = mail::Envelope { from: address("b@hub.example"), to: address("ada@example.org") };
//! assert_eq!(relay.send(&envelope, b"Subject: hi\r\n\r\nhi\r\n").await.code(), Some(451));
//! assert_eq!(relay.send(&envelope, b"Subject: hi\r\n\r\nhi\r\n").await.code(), Some(250));
//!
//! let received = peer.wait_for(1, Duration::from_secs(5)).await.unwrap();
//! assert_eq!(received[0].to, "ada@example.org");
//! assert_eq!(received[0].letter().subject, "hi");
//! # });
//! ```
//!
//! A [`Peer`] speaks SMTP or LMTP without encryption on a free port of 127.0.0.1, for as long as
//! it is held, on the runtime it was started on. Each transaction (each MAIL command) takes the
//! next [`Answer`] of the script; the answers that concern a connection are taken when it opens.

mod conversation;
#[expect(clippy::expect_used, clippy::panic, reason = "a test stops where it fails")]
pub mod python;

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::read::{self, StoredLetter};

/// What the peer does with one letter, or with one connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Take it: `250`.
    Accept,
    /// Answer RCPT with this code and text.
    RefuseRecipient(u16, String),
    /// Take all bytes and answer the final dot with this code and text.
    RefuseLetter(u16, String),
    /// Close the line instead of answering RCPT.
    DropAtRecipient,
    /// Close the line in the middle of the letter, before its final dot.
    DropInLetter,
    /// Take the letter, and close the line instead of answering the final dot. The letter counts
    /// as received.
    DropAfterLetter,
    /// Say nothing any more after RCPT.
    HangAtRecipient,
    /// Take the letter and say nothing any more. The letter counts as received.
    HangAfterLetter,
    /// Take the letter, and say so only after this time; until then it counts as received and not
    /// acknowledged.
    AcceptAfter(Duration),
    /// Greet the next connection with this code and text, and close it.
    RefuseConnection(u16, String),
    /// Close the next connection without a word.
    DropConnection,
    /// Accept the next connection and say nothing.
    HangConnection,
}

impl Answer {
    /// [`Answer::RefuseRecipient`], shorter to write.
    pub fn refuse_recipient(code: u16, text: &str) -> Self {
        Self::RefuseRecipient(code, text.to_owned())
    }

    /// [`Answer::RefuseLetter`], shorter to write.
    pub fn refuse_letter(code: u16, text: &str) -> Self {
        Self::RefuseLetter(code, text.to_owned())
    }

    /// [`Answer::RefuseConnection`], shorter to write.
    pub fn refuse_connection(code: u16, text: &str) -> Self {
        Self::RefuseConnection(code, text.to_owned())
    }

    fn is_for_connection(&self) -> bool {
        matches!(self, Self::RefuseConnection(..) | Self::DropConnection | Self::HangConnection)
    }
}

/// Answers in order, and the one that is given for ever after.
#[derive(Debug, Clone)]
pub struct Script {
    first: VecDeque<Answer>,
    then: Answer,
}

impl Script {
    /// `answers` in order, then `then` for ever.
    pub fn new(answers: impl IntoIterator<Item = Answer>, then: Answer) -> Self {
        Self { first: answers.into_iter().collect(), then }
    }

    fn upcoming(&self) -> &Answer {
        self.first.front().unwrap_or(&self.then)
    }

    fn take(&mut self) -> Answer {
        self.first.pop_front().unwrap_or_else(|| self.then.clone())
    }
}

impl From<Answer> for Script {
    /// This answer for ever.
    fn from(always: Answer) -> Self {
        Self::new([], always)
    }
}

impl<const N: usize> From<[Answer; N]> for Script {
    /// These answers, then everything is accepted.
    fn from(answers: [Answer; N]) -> Self {
        Self::new(answers, Answer::Accept)
    }
}

/// A letter whose final dot the peer has seen and not refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The address of MAIL.
    pub from: String,
    /// The address of RCPT; the last one, if there were several.
    pub to: String,
    /// The letter's bytes, dots undone, as they were sent.
    pub mime: Vec<u8>,
    /// Whether the sender was told so; false if the peer dropped the line or hung.
    pub is_acknowledged: bool,
}

impl Received {
    /// The letter, read.
    pub fn letter(&self) -> StoredLetter {
        read::letter(&self.mime).unwrap_or_default()
    }
}

/// Fewer letters arrived than a test waited for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{received} letters arrived within {waited:?}, not {wanted}")]
pub struct TooFew {
    /// How many were waited for.
    pub wanted: usize,
    /// How many came.
    pub received: usize,
    /// How long.
    pub waited: Duration,
}

/// A mail server that lives as long as this value.
pub struct Peer {
    address: SocketAddr,
    protocol: Protocol,
    shared: Arc<Shared>,
    /// Holds the listener; dropping it ends all conversations.
    _listener: JoinSet<()>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Protocol {
    Smtp,
    Lmtp,
}

/// What the conversations and the test both see.
struct Shared {
    state: Mutex<State>,
    arrival: Notify,
}

struct State {
    script: Script,
    by_domain: BTreeMap<String, Answer>,
    received: Vec<Received>,
    connections: usize,
    open: usize,
    open_max: usize,
    attempts: usize,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Peer {
    /// An SMTP server with this script, on a free port.
    ///
    /// # Errors
    /// If no port can be had.
    pub async fn start(script: impl Into<Script>) -> io::Result<Self> {
        Self::listen(script.into(), Protocol::Smtp).await
    }

    /// The same for LMTP (RFC 2033).
    ///
    /// # Errors
    /// If no port can be had.
    pub async fn start_lmtp(script: impl Into<Script>) -> io::Result<Self> {
        Self::listen(script.into(), Protocol::Lmtp).await
    }

    async fn listen(script: Script, protocol: Protocol) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let state = State {
            script,
            by_domain: BTreeMap::new(),
            received: Vec::new(),
            connections: 0,
            open: 0,
            open_max: 0,
            attempts: 0,
        };
        let shared = Arc::new(Shared { state: Mutex::new(state), arrival: Notify::new() });
        let mut tasks = JoinSet::new();
        tasks.spawn(conversation::serve(listener, protocol, Arc::clone(&shared)));
        Ok(Self { address, protocol, shared, _listener: tasks })
    }

    /// What to give to [`crate::Relay::parse`].
    pub fn url(&self) -> String {
        match self.protocol {
            Protocol::Smtp => format!("smtp://{}", self.address),
            Protocol::Lmtp => format!("lmtp://{}", self.address),
        }
    }

    /// Replaces the script, from the next transaction on.
    pub fn now_answers(&self, script: impl Into<Script>) {
        self.shared.state().script = script.into();
    }

    /// Answers letters to this domain (lower case) so, whatever the script says; their transactions
    /// take the script's next answer all the same.
    pub fn answers_domain(&self, domain: &str, answer: Answer) {
        self.shared.state().by_domain.insert(domain.to_owned(), answer);
    }

    /// The letters received so far, oldest first.
    pub async fn received(&self) -> Vec<Received> {
        // Letters being received on this runtime get a turn first.
        tokio::task::yield_now().await;
        self.shared.state().received.clone()
    }

    /// How many transactions were begun, refused ones too.
    pub fn attempts(&self) -> usize {
        self.shared.state().attempts
    }

    /// How many connections were accepted so far.
    pub fn connections(&self) -> usize {
        self.shared.state().connections
    }

    /// How many connections are open now.
    pub fn connections_open(&self) -> usize {
        self.shared.state().open
    }

    /// The most connections that were open at one time.
    pub fn connections_at_once(&self) -> usize {
        self.shared.state().open_max
    }

    /// Waits until `count` letters were received, and returns all of them.
    ///
    /// # Errors
    /// [`TooFew`] after `patience`.
    pub async fn wait_for(
        &self,
        count: usize,
        patience: Duration,
    ) -> Result<Vec<Received>, TooFew> {
        let enough = async {
            loop {
                // Asked for before looking, or an arrival in between would be missed.
                let arrival = self.shared.arrival.notified();
                let received = self.shared.state().received.clone();
                if received.len() >= count {
                    return received;
                }
                arrival.await;
            }
        };
        tokio::time::timeout(patience, enough).await.map_err(|_elapsed| TooFew {
            wanted: count,
            received: self.shared.state().received.len(),
            waited: patience,
        })
    }
}
