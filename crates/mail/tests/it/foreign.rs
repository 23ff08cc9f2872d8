//! Our relay against a mail server we did not write: aiosmtpd.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use mail::{Envelope, Outcome, Relay};
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::python::{interpreter, script};
use crate::sample::{address, envelope, invitation, login_link};

/// A running aiosmtpd, which ends with this value.
struct Foreign {
    port: u16,
    lines: Lines<BufReader<ChildStdout>>,
    _process: Child,
}

impl Foreign {
    async fn start(mode: &str, certificate: Option<&Certificate>) -> Self {
        let mut command = Command::new(interpreter());
        command.arg(script("peer.py")).arg(mode);
        if let Some(certificate) = certificate {
            command.arg(&certificate.file).arg(&certificate.key);
        }
        let mut process = command.stdout(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.next_line().await.unwrap().expect("a port").parse().unwrap();
        Self { port, lines, _process: process }
    }

    async fn next_letter(&mut self) -> serde_json::Value {
        let line = tokio::time::timeout(Duration::from_secs(20), self.lines.next_line()).await;
        serde_json::from_str(&line.expect("a letter in time").unwrap().expect("a letter")).unwrap()
    }
}

/// A certificate for localhost that signs itself.
struct Certificate {
    file: PathBuf,
    key: PathBuf,
    _place: tempfile::TempDir,
}

fn certificate() -> Certificate {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let place = tempfile::tempdir().unwrap();
    let (file, key) = (place.path().join("cert.pem"), place.path().join("key.pem"));
    std::fs::write(&file, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    Certificate { file, key, _place: place }
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

#[tokio::test]
async fn aiosmtpd_takes_our_letters() {
    let mut server = Foreign::start("smtp", None).await;
    let url = format!("smtp://127.0.0.1:{}?hello=hub.example", server.port);
    let relay = Relay::parse(&url).unwrap();
    let mime = invitation().to_mime().unwrap();
    let outcome = relay.send(&envelope(), &mime).await;
    assert_eq!(outcome, Outcome::Submitted { code: 250, text: "2.0.0 taken".into() });
    let letter = server.next_letter().await;
    assert_eq!(letter["hello"], "hub.example");
    assert_eq!(letter["from"], "b+01jt7e.9f@bounce.hub.example");
    assert_eq!(letter["to"], serde_json::json!(["ada@example.org"]));
    assert_eq!(letter["mime"], base64(&mime));
    assert_eq!((&letter["tls"], &letter["utf8"]), (&false.into(), &false.into()));

    // The same line goes on after a refusal, and with an address outside ASCII.
    let nobody = Envelope { to: address("nobody@example.org"), ..envelope() };
    assert_eq!(relay.send(&nobody, &mime).await.code(), Some(550));
    let mut korean = login_link();
    korean.to = address("조@example.org").into();
    let korean_envelope = Envelope { to: address("조@example.org"), ..envelope() };
    let outcome = relay.send(&korean_envelope, &korean.to_mime().unwrap()).await;
    assert!(outcome.is_submitted(), "{outcome:?}");
    let letter = server.next_letter().await;
    assert_eq!(letter["to"], serde_json::json!(["조@example.org"]));
    assert_eq!(letter["utf8"], true);
    assert_eq!(letter["mime"], base64(&korean.to_mime().unwrap()));
}

#[tokio::test]
async fn aiosmtpd_takes_our_letters_over_lmtp() {
    let mut server = Foreign::start("lmtp", None).await;
    let relay = Relay::parse(&format!("lmtp://127.0.0.1:{}", server.port)).unwrap();
    let mime = login_link().to_mime().unwrap();
    assert_eq!(relay.send(&envelope(), &mime).await.code(), Some(250));
    assert_eq!(server.next_letter().await["mime"], base64(&mime));
}

#[tokio::test]
async fn encrypted_lines_log_in_and_trust_only_whom_we_named() {
    let certificate = certificate();
    let ca = certificate.file.display();
    let mime = login_link().to_mime().unwrap();
    for (mode, scheme, option) in
        [("starttls", "smtp", "starttls=required&"), ("smtps", "smtps", "")]
    {
        let mut server = Foreign::start(mode, Some(&certificate)).await;
        let url = |user: &str, host: &str, ca: &str| {
            format!("{scheme}://{user}@{host}:{}?{option}{ca}", server.port)
        };
        let trusted = format!("ca={ca}");
        let relay = Relay::parse(&url("hub:s3cret", "localhost", &trusted)).unwrap();
        let outcome = relay.send(&envelope(), &mime).await;
        assert!(outcome.is_submitted(), "{mode}: {outcome:?}");

        for (wrong, url) in [
            ("AUTH: 535", url("hub:wrong", "localhost", &trusted)),
            ("TLS: ", url("hub:s3cret", "127.0.0.1", &trusted)),
        ] {
            let outcome = Relay::parse(&url).unwrap().send(&envelope(), &mime).await;
            let is_told = matches!(&outcome, Outcome::NotReached { why } if why.starts_with(wrong));
            assert!(is_told, "{mode}: {outcome:?} is not {wrong}");
        }
        let other = self::certificate();
        let distrusted = url("hub:s3cret", "localhost", &format!("ca={}", other.file.display()));
        let outcome = Relay::parse(&distrusted).unwrap().send(&envelope(), &mime).await;
        assert!(matches!(&outcome, Outcome::NotReached { why } if why.starts_with("TLS: ")));

        let letter = server.next_letter().await;
        assert_eq!((&letter["tls"], &letter["mime"]), (&true.into(), &base64(&mime).into()));
    }
}

#[tokio::test]
async fn a_server_without_starttls_gets_nothing_of_a_line_that_requires_it() {
    let peer = mail::testing::Peer::start(mail::testing::Answer::Accept).await.unwrap();
    let certificate = certificate();
    let url = format!("{}?starttls=required&ca={}", peer.url(), certificate.file.display());
    let outcome = Relay::parse(&url).unwrap().send(&envelope(), b"x\r\n").await;
    assert!(matches!(&outcome, Outcome::NotReached { why } if why.starts_with("STARTTLS: ")));
    assert_eq!(peer.attempts(), 0);
}
