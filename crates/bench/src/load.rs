//! Load over HTTP/1.1: connections that are kept, each with one request at a time.
//!
//! The client is as small as can be (it writes prepared bytes, looks for the status and for
//! `Content-Length`, and reads so much), because it shares the processors with what is measured.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use axum::Router;
use bytes::{Buf as _, BytesMut};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use crate::drive::{Sample, drive};
use crate::pair::Side;

/// Makes the bytes of a writer's next request.
pub(crate) type Requests = Arc<dyn Fn() -> Vec<u8> + Send + Sync>;

/// One server under load.
pub(crate) struct Load {
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// Connections.
    pub(crate) connections: usize,
    /// What is asked.
    pub(crate) requests: Requests,
    /// What must come back.
    pub(crate) status: u16,
    /// What the body must hold, if anything.
    pub(crate) holds: &'static str,
}

impl Side for Load {
    async fn run(&mut self, time: Duration) -> Result<Sample> {
        // New ones each time: a server closes those that lay idle while the other side ran.
        let mut lines = Vec::new();
        for _ in 0..self.connections {
            lines.push(Mutex::new(Line::open(self.address).await?));
        }
        let (lines, requests) = (Arc::new(lines), Arc::clone(&self.requests));
        let (status, holds) = (self.status, self.holds.as_bytes());
        drive(self.connections, time, move |writer, _| {
            let (lines, requests) = (Arc::clone(&lines), Arc::clone(&requests));
            async move {
                let mut line = lines.get(writer).context("too few connections")?.lock().await;
                line.ask(&requests()).await?;
                let (answered, body) = line.answer().await?;
                if answered != status {
                    bail!("status {answered} where {status} was due: {}", shown(&body));
                }
                if !holds.is_empty() && !body.windows(holds.len()).any(|part| part == holds) {
                    bail!("an answer without {}: {}", shown(holds), shown(&body));
                }
                Ok(())
            }
        })
        .await
    }
}

fn shown(body: &[u8]) -> String {
    String::from_utf8_lossy(body).chars().take(600).collect()
}

/// A kept connection.
pub(crate) struct Line {
    stream: TcpStream,
    read: BytesMut,
}

impl Line {
    /// Connects.
    pub(crate) async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, read: BytesMut::with_capacity(64 * 1024) })
    }

    /// Sends a whole request.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> Result<()> {
        Ok(self.stream.write_all(request).await?)
    }

    /// Reads a whole answer: its status and body.
    pub(crate) async fn answer(&mut self) -> Result<(u16, BytesMut)> {
        let head = loop {
            if let Some(end) = self.read.windows(4).position(|part| part == b"\r\n\r\n") {
                break self.read.split_to(end + 4);
            }
            self.more().await?;
        };
        let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
        let status: u16 = head.split(' ').nth(1).unwrap_or_default().parse()?;
        if status == 304 || status == 204 {
            return Ok((status, BytesMut::new()));
        }
        let Some(length) = head.split("\r\ncontent-length: ").nth(1) else {
            return Ok((status, self.chunks().await?));
        };
        let length: usize = length.split("\r\n").next().unwrap_or_default().parse()?;
        while self.read.len() < length {
            self.more().await?;
        }
        Ok((status, self.read.split_to(length)))
    }

    async fn chunks(&mut self) -> Result<BytesMut> {
        let mut body = BytesMut::new();
        loop {
            let end = loop {
                match self.read.windows(2).position(|part| part == b"\r\n") {
                    Some(end) => break end,
                    None => self.more().await?,
                }
            };
            let size = self.read.split_to(end);
            let size = usize::from_str_radix(std::str::from_utf8(&size)?, 16)?;
            while self.read.len() < size + 4 {
                self.more().await?;
            }
            self.read.advance(2);
            body.extend_from_slice(&self.read.split_to(size));
            self.read.advance(2);
            if size == 0 {
                return Ok(body);
            }
        }
    }

    async fn more(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.read).await? == 0 {
            bail!("the server closed the connection");
        }
        Ok(())
    }
}

/// The bytes of a GET.
pub(crate) fn get(path: &str, more: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\n{more}\r\n")
        .into_bytes()
}

/// The bytes of a POST of JSON.
pub(crate) fn post(path: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\nAccept: application/json\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Always the same.
pub(crate) fn always(request: Vec<u8>) -> Requests {
    Arc::new(move || request.clone())
}

/// Serves as the product does, with its accept loop.
pub(crate) async fn serve_ours(
    make: impl FnOnce(SocketAddr, CancellationToken) -> Result<Router>,
) -> Result<(SocketAddr, CancellationToken)> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let (address, stop) = (listener.local_addr()?, CancellationToken::new());
    let router = make(address, stop.clone())?;
    let served = web::serve::serve(listener, router, web::serve::Limits::default(), stop.clone());
    tokio::spawn(served);
    Ok((address, stop))
}

/// Serves as axum does by itself.
pub(crate) async fn serve_bare(router: Router) -> Result<SocketAddr> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}

/// Asks once.
pub(crate) async fn once(address: SocketAddr, request: &[u8]) -> Result<(u16, BytesMut)> {
    let mut line = Line::open(address).await?;
    line.ask(request).await?;
    line.answer().await
}

/// Asks once for a header of the answer.
pub(crate) async fn header(address: SocketAddr, request: &[u8], name: &str) -> Result<String> {
    let mut line = Line::open(address).await?;
    line.ask(request).await?;
    loop {
        let head = String::from_utf8_lossy(&line.read).into_owned();
        if let Some((head, _)) = head.split_once("\r\n\r\n") {
            let found = head.lines().filter_map(|line| line.split_once(": "));
            let mut found = found.filter(|(key, _)| key.eq_ignore_ascii_case(name));
            return found.next().map(|(_, value)| value.to_owned()).context("no such header");
        }
        line.more().await?;
    }
}
