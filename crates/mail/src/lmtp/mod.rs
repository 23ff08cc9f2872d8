//! The door for incoming mail: an LMTP server (RFC 2033) behind the mail server of the house.
//!
//! Spam, TLS, SPF, DKIM and DMARC stay with Postfix or OpenSMTPD in front; what they let through
//! comes here, over a unix socket or this machine's own loopback, never over a network. Each
//! recipient of a mail gets a reply of its own, and 250 only after the handler returned `Ok`: until
//! then the server in front keeps the mail.
//!
//! Nothing but CRLF dot CRLF ends a mail. One with a bare CR or LF is read to its end and refused,
//! so that no two readers can disagree about where it ended (SMTP smuggling). Lines, mails,
//! connections and waiting all have limits.

mod command;
mod data;
mod session;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::EmailAddress;
use session::{House, Session};

/// A socket is for its owner and the group, which the mail server in front is in.
const SOCKET_MODE: u32 = 0o660;
/// How long a caller who is one too many may take to hear so.
const TURN_AWAY: Duration = Duration::from_secs(1);

/// What the server allows. Share the defaults and change what must differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// How it introduces itself.
    pub name: String,
    /// The largest mail, in bytes.
    pub mail_bytes_max: usize,
    /// Recipients of one mail.
    pub recipients_max: usize,
    /// Connections at one time; the server in front opens a few.
    pub connections_max: usize,
    /// The domains whose addresses are taken, in ASCII; all others are refused at RCPT. None
    /// means all.
    pub domains: Vec<String>,
    /// How long to wait for the next command.
    pub command_limit: Duration,
    /// How long a whole mail may take to arrive.
    pub data_limit: Duration,
    /// How long the handler may take for one recipient; then the sender is told to try again.
    pub handler_limit: Duration,
    /// How long mails that are arriving may take when the server stops.
    pub farewell: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: "localhost".into(),
            mail_bytes_max: 2 * 1024 * 1024,
            recipients_max: 50,
            connections_max: 20,
            domains: Vec::new(),
            // RFC 5321 §4.5.3.2.7.
            command_limit: Duration::from_mins(5),
            data_limit: Duration::from_mins(10),
            handler_limit: Duration::from_mins(1),
            farewell: Duration::from_secs(10),
        }
    }
}

/// A mail as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// The address of MAIL; `None` is the null sender of notifications.
    pub from: Option<EmailAddress>,
    /// Its bytes, CRLF line ends, dots undone.
    pub bytes: Vec<u8>,
}

/// Why the handler did not take a mail for one recipient. The text goes to the sender: no
/// addresses, no secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Not now (451): the server in front keeps the mail and tries again.
    Later(String),
    /// There is no such recipient (550 5.1.1).
    Unknown(String),
    /// Never (554 5.6.0): the mail itself is unacceptable.
    Never(String),
}

/// Why the server cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// Not of a form [`Listener::bind`] knows.
    #[error(
        "the address for incoming mail is neither lmtp:/path/to/socket nor lmtp://127.0.0.1:port"
    )]
    Unreadable,
    /// A network would bring mail past the server in front, and its headers would be believed.
    #[error("incoming mail is taken on this machine's loopback or a unix socket only")]
    NotLoopback,
    /// The address is taken, or not ours to take.
    #[error("could not listen on {place}")]
    Io {
        /// The address.
        place: String,
        /// What the system said.
        source: std::io::Error,
    },
}

/// A bound address, not yet answering.
pub struct Listener {
    socket: Socket,
    knows: Knows,
}

/// Whether a recipient exists, as far as that can be told from the address.
type Knows = Arc<dyn Fn(&EmailAddress) -> bool + Send + Sync>;

enum Socket {
    Tcp(TcpListener),
    #[cfg(unix)]
    Unix(tokio::net::UnixListener, PathBuf),
}

impl Listener {
    /// Binds `lmtp:/path/to/socket[?mode=660]` or `lmtp://127.0.0.1:port`.
    ///
    /// A socket that nobody listens on any more is replaced. Its mode is 660 unless said
    /// otherwise: put the mail server in front into the group that owns it.
    ///
    /// # Errors
    /// See [`BindError`].
    pub async fn bind(place: &str) -> Result<Self, BindError> {
        let io = |source| BindError::Io { place: place.to_owned(), source };
        if let Some(address) = place.strip_prefix("lmtp://") {
            let address = address.replace("localhost:", "127.0.0.1:");
            let address: SocketAddr = address.parse().map_err(|_error| BindError::Unreadable)?;
            if !address.ip().is_loopback() {
                return Err(BindError::NotLoopback);
            }
            let listener = TcpListener::bind(address).await.map_err(io)?;
            return Ok(Self::new(Socket::Tcp(listener)));
        }
        let path = place.strip_prefix("lmtp:").ok_or(BindError::Unreadable)?;
        let (path, mode) = match path.split_once("?mode=") {
            Some((path, mode)) => {
                (path, u32::from_str_radix(mode, 8).ok().filter(|mode| *mode <= 0o777))
            }
            None => (path, Some(SOCKET_MODE)),
        };
        let (true, Some(mode)) = (path.starts_with('/'), mode) else {
            return Err(BindError::Unreadable);
        };
        bind_socket(PathBuf::from(path), mode).await.map(Self::new).map_err(io)
    }

    fn new(socket: Socket) -> Self {
        Self { socket, knows: Arc::new(|_| true) }
    }

    /// The same door, which refuses recipients it does not know at RCPT already (550 5.1.1). A
    /// server in front that asks before it takes a mail (Postfix: `reject_unverified_recipient`)
    /// then sends no notification to the forged sender of a spam.
    #[must_use]
    pub fn that_knows(self, knows: impl Fn(&EmailAddress) -> bool + Send + Sync + 'static) -> Self {
        Self { knows: Arc::new(knows), ..self }
    }

    /// The address, with the port that was given for port 0; for a [`crate::Relay`] too.
    pub fn place(&self) -> String {
        match &self.socket {
            Socket::Tcp(listener) => listener
                .local_addr()
                .map_or_else(|_error| "lmtp://?".into(), |address| format!("lmtp://{address}")),
            #[cfg(unix)]
            Socket::Unix(_, path) => format!("lmtp:{}", path.display()),
        }
    }

    /// Answers until `stop` is done, then lets mails that are arriving finish for a while.
    ///
    /// `take` is called for each recipient of a mail, one after the other. It may be called again
    /// with the same mail, after a reply got lost: a mail it knows already is `Ok`. If it panics or
    /// takes too long, the sender is told to try again.
    pub async fn serve<T, F>(self, settings: Settings, stop: impl Future<Output = ()>, take: T)
    where
        T: Fn(Arc<Incoming>, EmailAddress) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), Refusal>> + Send + 'static,
    {
        let (settings, take) = (Arc::new(settings), Arc::new(take));
        let (stopping, hears_stop) = watch::channel(false);
        let mut sessions = JoinSet::new();
        let mut stop = std::pin::pin!(stop);
        loop {
            let accepted = tokio::select! {
                () = &mut stop => break,
                accepted = self.accept() => accepted,
            };
            while sessions.try_join_next().is_some() {}
            let mut wire = match accepted {
                Ok(wire) => wire,
                Err(error) => {
                    // Out of file handles, most likely: someone has to hang up first.
                    tracing::warn!(%error, "a connection for incoming mail could not be accepted");
                    tokio::time::sleep(TURN_AWAY).await;
                    continue;
                }
            };
            if sessions.len() >= settings.connections_max {
                let sorry = wire.write_all(b"421 4.3.2 too many connections\r\n");
                drop(tokio::time::timeout(TURN_AWAY, sorry).await);
                continue;
            }
            let house = House {
                settings: Arc::clone(&settings),
                knows: Arc::clone(&self.knows),
                take: Arc::clone(&take),
            };
            sessions.spawn(Session::new(wire, house, hears_stop.clone()).hold());
        }
        stopping.send_replace(true);
        let rest = async { while sessions.join_next().await.is_some() {} };
        if tokio::time::timeout(settings.farewell, rest).await.is_err() {
            tracing::warn!("some mails were arriving when we stopped; they are sent again");
        }
        #[cfg(unix)]
        if let Socket::Unix(_, path) = &self.socket {
            drop(std::fs::remove_file(path));
        }
    }

    async fn accept(&self) -> std::io::Result<Box<dyn Wire>> {
        match &self.socket {
            Socket::Tcp(listener) => {
                let (stream, _) = listener.accept().await?;
                stream.set_nodelay(true)?;
                Ok(Box::new(stream))
            }
            #[cfg(unix)]
            Socket::Unix(listener, _) => Ok(Box::new(listener.accept().await?.0)),
        }
    }
}

/// Anything that carries bytes both ways.
trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

#[cfg(unix)]
async fn bind_socket(path: PathBuf, mode: u32) -> std::io::Result<Socket> {
    use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _};

    let is_socket = std::fs::metadata(&path).is_ok_and(|known| known.file_type().is_socket());
    if is_socket && tokio::net::UnixStream::connect(&path).await.is_err() {
        std::fs::remove_file(&path)?;
    }
    let listener = tokio::net::UnixListener::bind(&path)?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode))?;
    Ok(Socket::Unix(listener, path))
}

#[cfg(not(unix))]
async fn bind_socket(_path: PathBuf, _mode: u32) -> std::io::Result<Socket> {
    std::future::ready(Err(std::io::Error::from(std::io::ErrorKind::Unsupported))).await
}
