//! The accept loop: many connections, none for ever, and an end that keeps its promise.
//!
//! `axum::serve` waits without limit for open streams when it stops, and for slow headers while
//! it runs. Here a connection has ten seconds for its headers, there is a bound on connections
//! (the rest wait in the kernel's queue), and stopping takes at most [`Limits::stop_within`].
//! Streams and sockets end sooner when their handlers watch the same token.

use std::{io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{Extension, Router};
use hyper::server::conn::http1::Builder;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, UnixListener},
    sync::Semaphore,
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;

use crate::peer::Peer;

/// What a server bears.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Time for a request's headers, and for the next request on a kept connection.
    pub headers_within: Duration,
    /// Open connections at once.
    pub connections: usize,
    /// Bytes of a request's head.
    pub head_bytes: usize,
    /// How long stopping may take before open connections are cut.
    pub stop_within: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            headers_within: Duration::from_secs(10),
            connections: 10_000,
            head_bytes: 64 * 1024,
            stop_within: Duration::from_secs(20),
        }
    }
}

/// Where connections come from.
#[derive(Debug)]
pub enum Listener {
    /// An address and port.
    Tcp(TcpListener),
    /// A path, behind a proxy on the same machine.
    Unix(UnixListener),
}

impl From<TcpListener> for Listener {
    fn from(listener: TcpListener) -> Self {
        Self::Tcp(listener)
    }
}

impl From<UnixListener> for Listener {
    fn from(listener: UnixListener) -> Self {
        Self::Unix(listener)
    }
}

/// How serving ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Connections that had to be cut because they outlasted [`Limits::stop_within`].
    pub cut: usize,
}

/// Serves until `stop` is cancelled, then lets requests in flight finish.
pub async fn serve(
    listener: impl Into<Listener>,
    app: Router,
    limits: Limits,
    stop: CancellationToken,
) -> Ended {
    let listener = listener.into();
    let seats = Arc::new(Semaphore::new(limits.connections));
    let mut connections = JoinSet::new();
    let builder = builder(limits);
    loop {
        let seat = tokio::select! {
            seat = Arc::clone(&seats).acquire_owned() => seat,
            () = stop.cancelled() => break,
        };
        // The semaphore is never closed; if it were, there would be nothing left to serve.
        let Ok(seat) = seat else { break };
        let accepted = tokio::select! {
            accepted = accept(&listener) => accepted,
            () = stop.cancelled() => break,
        };
        while connections.try_join_next().is_some() {}
        let (stream, peer) = match accepted {
            Ok(pair) => pair,
            Err(error) => {
                rest_after(&error).await;
                continue;
            }
        };
        let app = app.clone().layer(Extension(peer));
        let (builder, stop) = (builder.clone(), stop.clone());
        connections.spawn(async move {
            attend(builder, stream, app, stop).await;
            drop(seat);
        });
    }
    drop(listener);
    let all_left = async { while connections.join_next().await.is_some() {} };
    if timeout(limits.stop_within, all_left).await.is_err() {
        tracing::warn!(count = connections.len(), "connections outlasted the stop and are cut");
    }
    let cut = connections.len();
    connections.shutdown().await;
    Ended { cut }
}

/// HTTP/1.1 alone. TLS ends at the proxy in front, which speaks HTTP/2 and HTTP/3 to browsers; and
/// telling the versions apart here would wait without limit for a client that says nothing.
fn builder(limits: Limits) -> Builder {
    let mut builder = Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(limits.headers_within)
        .max_buf_size(limits.head_bytes);
    builder
}

/// A stream of either kind.
trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

async fn accept(listener: &Listener) -> io::Result<(Box<dyn Stream>, Peer)> {
    match listener {
        Listener::Tcp(listener) => {
            let (stream, address): (_, SocketAddr) = listener.accept().await?;
            // An answer in two packets must not wait for the first one's acknowledgement.
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "a connection keeps its delay");
            }
            Ok((Box::new(stream), Peer(Some(address))))
        }
        Listener::Unix(listener) => {
            let (stream, _) = listener.accept().await?;
            Ok((Box::new(stream), Peer(None)))
        }
    }
}

/// A connection that went away while it waited concerns nobody; anything else is most likely a
/// lack of file handles, and trying again at once would only burn the processor.
async fn rest_after(error: &io::Error) {
    let theirs = matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionRefused
    );
    if !theirs {
        tracing::error!(%error, "could not accept a connection");
        sleep(Duration::from_millis(100)).await;
    }
}

/// One connection to its end. On stop it takes no further request, and finishes the one it has.
async fn attend(builder: Builder, stream: Box<dyn Stream>, app: Router, stop: CancellationToken) {
    let service = TowerToHyperService::new(app);
    let connection = builder.serve_connection(TokioIo::new(stream), service).with_upgrades();
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}

#[cfg(test)]
mod tests {
    use axum::{
        body::{Body, Bytes},
        routing::get,
    };
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpStream,
        task::JoinHandle,
    };

    use super::*;

    async fn start(
        app: Router,
        limits: Limits,
    ) -> (SocketAddr, CancellationToken, JoinHandle<Ended>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, stop) = (listener.local_addr().unwrap(), CancellationToken::new());
        let served = tokio::spawn(serve(listener, app, limits, stop.clone()));
        (address, stop, served)
    }

    async fn say(address: SocketAddr, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }

    async fn hear(stream: &mut TcpStream) -> String {
        let mut heard = Vec::new();
        drop(stream.read_to_end(&mut heard).await);
        String::from_utf8_lossy(&heard).into_owned()
    }

    const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    #[tokio::test]
    async fn a_request_sees_its_peer() {
        let app =
            Router::new().route("/", get(|peer: Peer| async move { format!("{:?}", peer.0) }));
        let (address, stop, served) = start(app, Limits::default()).await;
        let answer = hear(&mut say(address, GET).await).await;
        assert!(answer.contains("Some(127.0.0.1:"), "{answer}");
        stop.cancel();
        assert_eq!(served.await.unwrap(), Ended { cut: 0 });
    }

    #[tokio::test]
    async fn slow_headers_are_cut_off() {
        let limits = Limits { headers_within: Duration::from_millis(50), ..Limits::default() };
        let (address, stop, served) = start(Router::new(), limits).await;
        for begun in ["", "P", "GET / HTTP/1.1\r\nHost: a\r\n"] {
            let mut stream = say(address, begun).await;
            let heard = timeout(Duration::from_secs(5), hear(&mut stream)).await;
            assert!(heard.is_ok(), "the connection stayed open after {begun:?}");
        }
        stop.cancel();
        served.await.unwrap();
    }

    #[tokio::test]
    async fn a_request_in_flight_is_finished_on_stop() {
        let gate = CancellationToken::new();
        let (inside, opened) = (gate.clone(), CancellationToken::new());
        let seen = opened.clone();
        let app = Router::new().route(
            "/",
            get(move || async move {
                seen.cancel();
                inside.cancelled().await;
                "done"
            }),
        );
        let (address, stop, served) = start(app, Limits::default()).await;
        let mut stream = say(address, GET).await;
        opened.cancelled().await;
        stop.cancel();
        gate.cancel();
        assert!(hear(&mut stream).await.ends_with("done"));
        assert_eq!(served.await.unwrap(), Ended { cut: 0 });
        assert!(TcpStream::connect(address).await.is_err(), "still accepting");
    }

    #[tokio::test]
    async fn a_stream_that_never_ends_is_cut_within_the_limit() {
        let endless =
            || async { Body::from_stream(futures_util::stream::pending::<io::Result<Bytes>>()) };
        let app = Router::new().route("/", get(endless));
        let limits = Limits { stop_within: Duration::from_millis(50), ..Limits::default() };
        let (address, stop, served) = start(app, limits).await;
        let stream = say(address, GET).await;
        stream.readable().await.unwrap();
        stop.cancel();
        let ended = timeout(Duration::from_secs(5), served).await.unwrap().unwrap();
        assert_eq!(ended, Ended { cut: 1 });
    }

    #[tokio::test]
    async fn connections_beyond_the_bound_wait_for_a_seat() {
        let app = Router::new().route("/", get(|| async { "hello" }));
        let limits = Limits { connections: 1, ..Limits::default() };
        let (address, stop, served) = start(app, limits).await;
        let first = say(address, "GET / HTTP/1.1\r\nHost: a\r\n").await;
        let mut second = say(address, GET).await;
        let waits = timeout(Duration::from_millis(100), second.readable()).await;
        assert!(waits.is_err(), "the second was served beside the first");
        drop(first);
        assert!(hear(&mut second).await.ends_with("hello"));
        stop.cancel();
        served.await.unwrap();
    }

    #[tokio::test]
    async fn a_request_that_could_be_smuggled_is_refused() {
        let app = Router::new().route("/", get(|| async { "hello" }).post(|| async { "posted" }));
        let (address, stop, served) = start(app, Limits::default()).await;
        for lengths in ["Content-Length: 5\r\nContent-Length: 6", "Content-Length: 5, 6"] {
            let request = format!("POST / HTTP/1.1\r\nHost: a\r\n{lengths}\r\n\r\nabcde");
            let answer = hear(&mut say(address, &request).await).await;
            assert!(answer.starts_with("HTTP/1.1 400"), "{lengths}: {answer}");
        }
        stop.cancel();
        served.await.unwrap();
    }
}
