//! A thousand letters over three lines, to a mail server that throws them away.
//!
//! Both sides talk to Postfix's `smtp-sink`. The twin is Postfix's own generator of load,
//! `smtp-source`, a C program that sends the same letter again and again; ours is the relay of the
//! product, with its waiting for each reply, its limits and its record of every outcome in memory.
//! The twin's time begins when its process does, which is a few milliseconds of its total.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use mail::{EmailAddress, Envelope, Relay};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

use super::Outcome;
use crate::counts::Fsyncs;
use crate::drive::Sample;
use crate::pair::{Setting, Side, duel};

/// Letters of one turn.
const LETTERS: usize = 1_000;
/// What receivers accept of one sender (Exchange Online).
const LINES: usize = 3;
/// An invitation with its calendar part has about so many bytes.
const BYTES: usize = 2_400;
/// What the twin is.
pub(super) const TWIN: &str = "Postfix smtp-source, three sessions";
const MISSING: &str = "smtp-source and smtp-sink of Postfix are needed; without starting its daemon: \
    apt-get download postfix && dpkg-deb -x postfix_*.deb DIR, then PATH=$PATH:DIR/usr/sbin \
    LD_LIBRARY_PATH=DIR/usr/lib/postfix";

/// Runs it.
pub(super) async fn run(setting: &Setting) -> Result<Outcome> {
    let sink = Sink::start().await?;
    let mut twin = Source { program: program("smtp-source")?, sink: sink.address };
    let mut ours = Ours::to(sink.address)?;
    let pairs = duel(setting, &Fsyncs::default(), &mut twin, &mut ours).await?;
    ours.relay.close().await;
    Ok(Outcome {
        name: String::new(),
        pairs,
        floor: Some(0.7),
        fsync_floor: None,
        facts_each: 0.0,
        unit: "letters/s",
        durability: "none: nothing is written",
        writers: LINES,
        payload: BYTES,
        twin: TWIN,
    })
}

/// A program of Postfix.
#[expect(clippy::disallowed_methods, reason = "set for this program alone, by itself or its shell")]
fn program(name: &str) -> Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let places = std::env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
    let found = places.map(|place| place.join(name)).find(|place| place.is_file());
    found.context(MISSING)
}

/// A mail server that takes everything and keeps nothing.
struct Sink {
    address: SocketAddr,
    _process: Child,
}

impl Sink {
    async fn start() -> Result<Self> {
        // A port that was free a moment ago; the program cannot choose one.
        let address = TcpListener::bind(("127.0.0.1", 0)).await?.local_addr()?;
        let mut command = Command::new(program("smtp-sink")?);
        // It changes its user when it is started by root, and must be told to whom.
        let is_root =
            std::process::Command::new("id").arg("-u").output()?.stdout.trim_ascii() == b"0";
        if is_root {
            command.args(["-u", "nobody"]);
        }
        command.arg(address.to_string()).arg("100");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::inherit());
        let process = command.kill_on_drop(true).spawn().context(MISSING)?;
        for _ in 0..100 {
            if TcpStream::connect(address).await.is_ok() {
                return Ok(Self { address, _process: process });
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        bail!("smtp-sink does not answer at {address}")
    }
}

/// The twin.
struct Source {
    program: PathBuf,
    sink: SocketAddr,
}

impl Side for Source {
    async fn run(&mut self, _time: Duration) -> Result<Sample> {
        let begun = Instant::now();
        let mut command = Command::new(&self.program);
        // -d: the next letter goes over the same line.
        command.args(["-d", "-s", &LINES.to_string(), "-m", &LETTERS.to_string()]);
        command.args(["-l", &BYTES.to_string(), "-f", "hub@hub.example", "-t", "ada@example.org"]);
        let ended = command.arg(self.sink.to_string()).stdin(Stdio::null()).status().await?;
        ensure!(ended.success(), "smtp-source ended with {ended}");
        Ok(Sample { done: LETTERS as u64, took: begun.elapsed(), ..Sample::default() })
    }
}

/// Ours.
struct Ours {
    relay: Arc<Relay>,
    letter: Arc<(Envelope, Vec<u8>)>,
}

impl Ours {
    fn to(sink: SocketAddr) -> Result<Self> {
        let relay = Relay::parse(&format!("smtp://{sink}?connections={LINES}"))?;
        let from = EmailAddress::parse("hub@hub.example")?;
        let to = EmailAddress::parse("ada@example.org")?;
        let mut mime = b"Subject: Come\r\nMessage-ID: <1.invitation@hub.example>\r\n\r\n".to_vec();
        while mime.len() < BYTES {
            mime.extend_from_slice(b"Thursday, half past six, Exchange Place; bring a friend.\r\n");
        }
        Ok(Self { relay: Arc::new(relay), letter: Arc::new((Envelope { from, to }, mime)) })
    }
}

impl Side for Ours {
    async fn run(&mut self, _time: Duration) -> Result<Sample> {
        let begun = Instant::now();
        let mut lines = tokio::task::JoinSet::new();
        for line in 0..LINES {
            let (relay, letter) = (Arc::clone(&self.relay), Arc::clone(&self.letter));
            // The thousandth is somebody's, too.
            let share = (LETTERS + LINES - 1 - line) / LINES;
            lines.spawn(async move {
                let mut laps = Vec::with_capacity(share);
                for _ in 0..share {
                    let at = Instant::now();
                    let outcome = relay.send(&letter.0, &letter.1).await;
                    ensure!(outcome.is_submitted(), "{outcome:?}");
                    laps.push(at.elapsed());
                }
                anyhow::Ok(laps)
            });
        }
        let mut laps = Vec::with_capacity(LETTERS);
        while let Some(ended) = lines.join_next().await {
            laps.extend(ended.context("a line stopped")??);
        }
        Ok(Sample { done: laps.len() as u64, took: begun.elapsed(), laps, ..Sample::default() })
    }
}
