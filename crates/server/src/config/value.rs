//! Texts become values that are right, or a sentence that says what would be.

use std::fmt::Display;
use std::net::IpAddr;
use std::time::Duration;

use chrono::TimeDelta;
use convoke::app::Organizer;
use journal::CrashPoint;
use mail::{EmailAddress, Relay};
use tracing_subscriber::EnvFilter;
use web::site::Site;

use super::Given;
use crate::usage::Usage;

/// Nobody waits longer than this for a server to stop.
const STOP_DELAY_MAX: u64 = 600;

fn wrong(key: &str, given: &Given, what: impl Display) -> Usage {
    Usage::new(format!("{key} (from {}): {what}", given.source))
}

pub(super) fn database(given: &Given) -> Result<String, Usage> {
    let text = given.text.trim();
    let known = text.strip_prefix("sqlite:").is_some_and(|path| !path.is_empty())
        || ["postgres://", "postgresql://"]
            .iter()
            .any(|scheme| text.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
    if known {
        return Ok(text.to_owned());
    }
    let masked = journal::masked(text);
    let what =
        format!("“{masked}” is no database; use sqlite:PATH or postgres://user:password@host/name");
    Err(wrong("database", given, what))
}

pub(super) fn listen(given: &Given) -> Result<String, Usage> {
    let text = given.text.trim();
    let fits = text
        .rsplit_once(':')
        .is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok());
    if fits {
        return Ok(text.to_owned());
    }
    let what = format!("“{text}” is no address to listen on; use 127.0.0.1:8080 or 0.0.0.0:8080");
    Err(wrong("listen", given, what))
}

pub(super) fn public_url(given: &Given) -> Result<Option<Site>, Usage> {
    if given.text.is_empty() {
        return Ok(None);
    }
    Site::parse(&given.text)
        .map(Some)
        .map_err(|fault| wrong("public_url", given, format!("“{}”: {fault}", given.text)))
}

/// Addresses of the network, with commas between. None is a good default: whoever may come from a
/// trusted one can pass for anybody.
pub(super) fn addresses(key: &str, given: &Given) -> Result<Vec<IpAddr>, Usage> {
    let texts = given.text.split(',').map(str::trim).filter(|text| !text.is_empty());
    texts
        .map(|text| {
            let address = text.parse::<IpAddr>().map(|address| address.to_canonical());
            address.map_err(|_fault| {
                let what = format!("“{text}” is no address; use 127.0.0.1, or 172.28.0.10, ::1");
                wrong(key, given, what)
            })
        })
        .collect()
}

pub(super) fn mail(given: &Given) -> Result<String, Usage> {
    match Relay::parse(&given.text) {
        Ok(_relay) => Ok(given.text.clone()),
        Err(fault) => Err(wrong(
            "mail",
            given,
            format!(
                "{fault}; use smtp://host:port, smtps://user:password@host, lmtp://host:port or file:DIR"
            ),
        )),
    }
}

pub(super) fn mail_from(given: &Given) -> Result<Option<String>, Usage> {
    let text = given.text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let address = match text.strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
        Some((_, address)) => address,
        None => text,
    };
    EmailAddress::parse(address).map_err(|fault| {
        wrong("mail_from", given, format!("“{text}”: {fault}; use Convoke <events@example.org>"))
    })?;
    Ok(Some(text.to_owned()))
}

/// A socket or a port of this machine: `lmtp:/run/convoke/lmtp` or `lmtp://127.0.0.1:2424`.
pub(super) fn lmtp(given: &Given) -> Result<Option<String>, Usage> {
    let text = given.text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if text.starts_with("lmtp:/") {
        return Ok(Some(text.to_owned()));
    }
    let right = "use lmtp:/run/convoke/lmtp or lmtp://127.0.0.1:2424";
    Err(wrong("lmtp", given, format!("“{text}” is nowhere to listen; {right}")))
}

/// Whom calendars answer to.
pub(super) fn organizer(given: &Given) -> Result<Organizer, Usage> {
    match given.text.trim() {
        "token" => Ok(Organizer::Token),
        "stable" => Ok(Organizer::Stable),
        text => Err(wrong("organizer", given, format!("“{text}” is neither token nor stable"))),
    }
}

/// A secret that cannot be guessed: at least 32 characters.
pub(super) fn inbound_key(given: &Given) -> Result<Option<String>, Usage> {
    match given.text.trim() {
        "" => Ok(None),
        text if text.len() >= 32 => Ok(Some(text.to_owned())),
        _ => Err(wrong(
            "inbound_key",
            given,
            "it is shorter than 32 characters; make one with: openssl rand -hex 32".to_owned(),
        )),
    }
}

/// A file that is read when it is needed.
pub(super) fn file(given: &Given) -> Option<std::path::PathBuf> {
    let text = given.text.trim();
    (!text.is_empty()).then(|| text.into())
}

/// An address of its own to listen on, or nothing.
pub(super) fn metrics(given: &Given) -> Result<Option<String>, Usage> {
    let text = given.text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let fits = text
        .rsplit_once(':')
        .is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok());
    if fits {
        return Ok(Some(text.to_owned()));
    }
    let what = format!("“{text}” is no address to listen on; use 127.0.0.1:9090");
    Err(wrong("metrics", given, what))
}

pub(super) fn domain(name: &'static str, given: &Given) -> Result<Option<String>, Usage> {
    let text = given.text.trim().to_lowercase();
    if text.is_empty() {
        return Ok(None);
    }
    if is_domain(&text) {
        Ok(Some(text))
    } else {
        Err(wrong(name, given, format!("“{text}” is no domain; use convoke.example.org")))
    }
}

/// Letters, digits and hyphens between dots: what a calendar UID and a Message-ID may hold.
pub(crate) fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    text.len() <= 100 && text.split('.').all(is_label)
}

pub(super) fn log(given: &Given) -> Result<String, Usage> {
    match EnvFilter::try_new(&given.text) {
        Ok(_filter) => Ok(given.text.clone()),
        Err(fault) => Err(wrong(
            "log",
            given,
            format!("“{}”: {fault}; use info, or info,journal=debug", given.text),
        )),
    }
}

pub(super) fn seconds(key: &str, given: &Given) -> Result<Duration, Usage> {
    match given.text.trim().trim_end_matches('s').parse::<u64>() {
        Ok(seconds) if seconds <= STOP_DELAY_MAX => Ok(Duration::from_secs(seconds)),
        _ => Err(wrong(
            key,
            given,
            format!("“{}” is no number of seconds from 0 to {STOP_DELAY_MAX}", given.text),
        )),
    }
}

/// Ten years are enough for any story.
const AHEAD_MAX_S: i64 = 10 * 366 * 86_400;

pub(super) fn ahead(text: &str) -> Result<TimeDelta, Usage> {
    let seconds = text.parse().ok().filter(|seconds| (0..=AHEAD_MAX_S).contains(seconds));
    seconds.map(TimeDelta::seconds).ok_or_else(|| {
        Usage::new(format!("CONVOKE_CLOCK_AHEAD: “{text}” is no number of seconds up to ten years"))
    })
}

pub(super) fn crash(text: &str) -> Result<CrashPoint, Usage> {
    match text {
        "before-insert" => Ok(CrashPoint::BeforeInsert),
        "before-commit" => Ok(CrashPoint::BeforeCommit),
        "before-answer" => Ok(CrashPoint::BeforeAnswer),
        other => Err(Usage::new(format!(
            "CONVOKE_CRASH: “{other}” is none of before-insert, before-commit, before-answer"
        ))),
    }
}
