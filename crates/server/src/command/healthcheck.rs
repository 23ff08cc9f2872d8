//! `convoke healthcheck`: one request to a server near by, for images that have no other client.

use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail};
use clap::Args;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use url::Url;

use crate::usage::Usage;

/// Longer, and the server is as good as gone.
const WITHIN: Duration = Duration::from_secs(3);
/// The status line is all that counts.
const BYTES_MAX: u64 = 64 * 1024;

/// Whom to ask.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  convoke healthcheck
  convoke healthcheck --url http://127.0.0.1:8080/readyz

Exits 0 when the answer is 200, else 1. Plain HTTP only: it asks the process, not the proxy.")]
pub(crate) struct Healthcheck {
    /// The address to ask.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080/healthz")]
    url: String,
}

impl Healthcheck {
    /// Asks.
    pub(crate) async fn run(&self) -> Result<()> {
        let (host, port, path) = target(&self.url)?;
        let status = timeout(WITHIN, ask(&host, port, &path))
            .await
            .map_err(|_late| anyhow!("{} did not answer in {} s", self.url, WITHIN.as_secs()))?
            .with_context(|| format!("could not ask {}", self.url))?;
        if status == 200 { Ok(()) } else { bail!("{} answered {status}", self.url) }
    }
}

fn target(text: &str) -> Result<(String, u16, String), Usage> {
    let url =
        Url::parse(text).map_err(|fault| Usage::new(format!("“{text}” is no address: {fault}")))?;
    match (url.scheme(), url.host_str()) {
        ("http", Some(host)) => {
            let path = url
                .query()
                .map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
            let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
            Ok((host, url.port().unwrap_or(80), path))
        }
        _ => Err(Usage::new(format!("“{text}” must begin with http://: ask the process itself"))),
    }
}

async fn ask(host: &str, port: u16, path: &str) -> Result<u16> {
    let mut stream = TcpStream::connect((host, port)).await?;
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(BYTES_MAX).read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer);
    answer
        .strip_prefix("HTTP/1.1 ")
        .and_then(|rest| rest.get(..3))
        .and_then(|status| status.parse().ok())
        .context("the answer is not HTTP")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_host_port_and_path() {
        let read = |text| target(text).unwrap();
        assert_eq!(
            read("http://127.0.0.1:8080/healthz"),
            ("127.0.0.1".to_owned(), 8080, "/healthz".to_owned())
        );
        assert_eq!(read("http://[::1]/a?b=c"), ("::1".to_owned(), 80, "/a?b=c".to_owned()));
        assert!(target("https://a.example").unwrap_err().to_string().contains("http://"));
        assert!(target("nonsense").is_err());
    }
}
