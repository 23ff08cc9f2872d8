//! Bytes to and from a server: a TCP or unix socket, encrypted or not.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::target::{Place, Trust};

/// Anything that carries bytes both ways.
pub(super) trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

/// Connects; the second value is our own address, which we introduce ourselves by.
///
/// Nagle's algorithm is off: with it a conversation of small commands waits 40 ms at each turn
/// (23 letters a second instead of 9,000 on one line, measured).
pub(super) async fn connect(place: &Place) -> io::Result<(Box<dyn Wire>, Option<SocketAddr>)> {
    match place {
        Place::Tcp { host, port } => {
            let stream = TcpStream::connect((host.as_str(), *port)).await?;
            stream.set_nodelay(true)?;
            let here = stream.local_addr().ok();
            Ok((Box::new(stream), here))
        }
        #[cfg(unix)]
        Place::Unix(path) => Ok((Box::new(tokio::net::UnixStream::connect(path).await?), None)),
        #[cfg(not(unix))]
        Place::Unix(_) => Err(io::Error::from(io::ErrorKind::Unsupported)),
    }
}

/// Encrypts the line; fails unless the certificate names the host and is signed by who we trust.
pub(super) async fn encrypt(wire: Box<dyn Wire>, trust: &Trust) -> io::Result<Box<dyn Wire>> {
    let connector = TlsConnector::from(trust.config.clone());
    Ok(Box::new(connector.connect(trust.name.clone(), wire).await?))
}
