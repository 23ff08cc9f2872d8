//! Where a relay's address leads, decided once when the server starts.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate};
use percent_encoding::percent_decode_str;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring};
use url::Url;

use crate::pace::{Limits, WarmUp};

/// Lines at once; Exchange Online answers 432 to a fourth.
const LINES: usize = 3;
/// More than any receiver allows one sender.
const LINES_MAX: usize = 50;
/// No server scans a letter for longer, in seconds; and an attempt has to end, with all that comes
/// before the last reply, while its lease holds.
const PATIENCE_MAX: u64 = 900;

/// Why a relay's address cannot be used. None of them repeats the address: it may hold a password.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// Not of a form [`crate::Relay::parse`] knows.
    #[error("the mail address is not smtp://, smtps://, lmtp: or file: with {missing}")]
    Unreadable {
        /// What was looked for.
        missing: &'static str,
    },
    /// An option nobody knows, or with a value it cannot have.
    #[error("the mail address has an option {name} that is unknown or out of range")]
    Option {
        /// Its name.
        name: String,
    },
    /// A password would cross the network in the clear.
    #[error(
        "a mail password needs an encrypted line: say smtps:// or ?starttls=required \
         (or ?starttls=never if the network is yours)"
    )]
    PlainPassword,
    /// Certificates could not be read.
    #[error("could not read trusted certificates from {place}")]
    Trust {
        /// `the system` or a file.
        place: String,
        /// What the reader said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// Where letters go.
pub(super) enum Target {
    Folder(PathBuf),
    Host(Host),
}

/// A server and how to talk to it.
pub(super) struct Host {
    pub(super) place: Place,
    pub(super) protocol: Protocol,
    pub(super) encryption: Encryption,
    pub(super) login: Option<Login>,
    pub(super) hello: Option<String>,
    pub(super) lines: usize,
    /// How long the reply to the final dot is waited for, if the address says so.
    pub(super) patience: Option<Duration>,
    pub(super) limits: Limits,
}

/// What to connect to.
pub(super) enum Place {
    Tcp { host: String, port: u16 },
    Unix(PathBuf),
}

/// Which dialect the server speaks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Protocol {
    Smtp,
    Lmtp,
}

/// When the line is encrypted, and whom we trust then.
pub(super) enum Encryption {
    Never,
    StartTls(Trust),
    Always(Trust),
}

/// The name the certificate must carry, and who may have signed it.
pub(super) struct Trust {
    pub(super) name: ServerName<'static>,
    pub(super) config: Arc<ClientConfig>,
}

/// User and password.
pub(super) struct Login {
    pub(super) user: String,
    pub(super) password: String,
}

/// What may follow the `?`.
#[derive(Default)]
struct Options {
    starttls: Option<bool>,
    ca: Option<String>,
    hello: Option<String>,
    lines: Option<usize>,
    patience: Option<u64>,
    per_minute: Option<u32>,
    domain_per_minute: Option<u32>,
    warm_up: Option<WarmUp>,
}

impl Target {
    pub(super) fn parse(text: &str) -> Result<Self, RelayError> {
        if let Some(folder) = text.strip_prefix("file:") {
            let folder = folder.strip_prefix("//").unwrap_or(folder);
            if folder.is_empty() {
                return Err(RelayError::Unreadable { missing: "a folder" });
            }
            return Ok(Self::Folder(PathBuf::from(folder)));
        }
        let url = Url::parse(text)
            .map_err(|_may_quote_it| RelayError::Unreadable { missing: "a host" })?;
        Host::parse(&url).map(Self::Host)
    }
}

impl Host {
    fn parse(url: &Url) -> Result<Self, RelayError> {
        let options = Options::parse(url)?;
        let (protocol, is_smtps) = match url.scheme() {
            "smtp" => (Protocol::Smtp, false),
            "smtps" => (Protocol::Smtp, true),
            "lmtp" => (Protocol::Lmtp, false),
            _ => return Err(RelayError::Unreadable { missing: "one of these schemes" }),
        };
        if options.starttls.is_some() && (is_smtps || protocol == Protocol::Lmtp) {
            return Err(RelayError::Option { name: "starttls".into() });
        }
        let starttls = options.starttls == Some(true);
        let port = match (protocol, is_smtps, starttls) {
            (Protocol::Lmtp, ..) => 24,
            (_, true, _) => 465,
            (_, _, true) => 587,
            _ => 25,
        };
        let place = Place::parse(url, protocol, port)?;
        let login = Login::parse(url);
        let may_overhear = !is_smtps && options.starttls.is_none() && !place.is_here();
        if login.is_some() && may_overhear {
            return Err(RelayError::PlainPassword);
        }
        let encryption = match (is_smtps, starttls) {
            (true, _) => Encryption::Always(Trust::read(&place, options.ca.as_deref())?),
            (_, true) => Encryption::StartTls(Trust::read(&place, options.ca.as_deref())?),
            _ => Encryption::Never,
        };
        let lines = options.lines.unwrap_or(LINES);
        let (limits, patience) = (options.limits(lines), options.patience.map(Duration::from_secs));
        Ok(Self {
            place,
            protocol,
            encryption,
            login,
            hello: options.hello,
            lines,
            patience,
            limits,
        })
    }
}

impl Place {
    fn parse(url: &Url, protocol: Protocol, port: u16) -> Result<Self, RelayError> {
        match url.host_str() {
            Some(host) if !host.is_empty() && matches!(url.path(), "" | "/") => {
                // A URL writes IPv6 addresses in brackets, a resolver does not.
                let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
                Ok(Self::Tcp { host, port: url.port().unwrap_or(port) })
            }
            None | Some("") if protocol == Protocol::Lmtp && url.path().starts_with('/') => {
                let path = percent_decode_str(url.path()).decode_utf8_lossy().into_owned();
                Ok(Self::Unix(PathBuf::from(path)))
            }
            _ => Err(RelayError::Unreadable { missing: "a host and nothing after it" }),
        }
    }

    /// Whether the line never leaves this machine.
    fn is_here(&self) -> bool {
        match self {
            Self::Unix(_) => true,
            Self::Tcp { host, .. } => {
                host == "localhost"
                    || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
            }
        }
    }
}

impl Login {
    fn parse(url: &Url) -> Option<Self> {
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let user = decoded(url.username());
        let password = decoded(url.password()?);
        (!user.is_empty()).then_some(Self { user, password })
    }
}

impl Trust {
    fn read(place: &Place, ca: Option<&str>) -> Result<Self, RelayError> {
        let name = match place {
            Place::Tcp { host, .. } => ServerName::try_from(host.clone()),
            Place::Unix(_) => ServerName::try_from("localhost".to_owned()),
        };
        let name = name.map_err(|_invalid| RelayError::Unreadable {
            missing: "a host a certificate can name",
        })?;
        let untrusted = |source: Box<dyn std::error::Error + Send + Sync>| RelayError::Trust {
            place: ca.map_or_else(|| "the system".to_owned(), str::to_owned),
            source,
        };
        let mut roots = RootCertStore::empty();
        if let Some(file) = ca {
            let certificates = CertificateDer::pem_file_iter(file)
                .and_then(Iterator::collect::<Result<Vec<_>, _>>)
                .map_err(|error| untrusted(Box::new(error)))?;
            for certificate in certificates {
                roots.add(certificate).map_err(|error| untrusted(Box::new(error)))?;
            }
        } else {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
        if roots.is_empty() {
            return Err(untrusted("there are none".into()));
        }
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| untrusted(Box::new(error)))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { name, config: Arc::new(config) })
    }
}

impl Options {
    fn parse(url: &Url) -> Result<Self, RelayError> {
        let mut options = Self::default();
        for (name, value) in url.query_pairs() {
            let is_fine = match (&*name, &*value) {
                ("starttls", "required") => options.starttls.replace(true).is_none(),
                ("starttls", "never") => options.starttls.replace(false).is_none(),
                ("ca", file) if !file.is_empty() => options.ca.replace(file.to_owned()).is_none(),
                ("hello", name) if is_hello(name) => {
                    options.hello.replace(name.to_owned()).is_none()
                }
                ("connections", count) => count
                    .parse()
                    .ok()
                    .filter(|count| (1..=LINES_MAX).contains(count))
                    .is_some_and(|count| options.lines.replace(count).is_none()),
                ("patience", seconds) => seconds
                    .parse()
                    .ok()
                    .filter(|seconds| (1..=PATIENCE_MAX).contains(seconds))
                    .is_some_and(|seconds| options.patience.replace(seconds).is_none()),
                ("per_minute", count) => {
                    rate(count).is_some_and(|count| options.per_minute.replace(count).is_none())
                }
                ("domain_per_minute", count) => rate(count)
                    .is_some_and(|count| options.domain_per_minute.replace(count).is_none()),
                ("warm_up", text) => {
                    warm_up(text).is_some_and(|days| options.warm_up.replace(days).is_none())
                }
                _ => false,
            };
            if !is_fine {
                return Err(RelayError::Option { name: name.into_owned() });
            }
        }
        Ok(options)
    }

    /// A burst is ten seconds' worth of the even pace, as it is by default; a domain may hold all
    /// lines but one.
    fn limits(&self, lines: usize) -> Limits {
        let usual = Limits::default();
        let burst = |per_minute: u32| (per_minute / 6).max(1);
        Limits {
            relay_per_minute: self.per_minute.unwrap_or(usual.relay_per_minute),
            relay_burst: self.per_minute.map_or(usual.relay_burst, burst),
            domain_per_minute: self.domain_per_minute.unwrap_or(usual.domain_per_minute),
            domain_burst: self.domain_per_minute.map_or(usual.domain_burst, burst),
            domain_at_once: lines.saturating_sub(1).max(1),
            warm_up: self.warm_up,
        }
    }
}

fn rate(text: &str) -> Option<u32> {
    text.parse().ok().filter(|count| (1..=1_000_000).contains(count))
}

/// `2026-12-01/50`.
fn warm_up(text: &str) -> Option<WarmUp> {
    let (day, first_day) = text.split_once('/')?;
    let day: NaiveDate = day.parse().ok()?;
    let began_at = day.and_hms_opt(0, 0, 0)?.and_utc();
    let first_day = first_day.parse().ok().filter(|count| *count > 0)?;
    (began_at > DateTime::UNIX_EPOCH).then_some(WarmUp { began_at, first_day })
}

/// A domain name or an address literal (RFC 5321 §4.1.2); above all no blank and no line end.
fn is_hello(name: &str) -> bool {
    (1..=255).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b))
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = match self {
            Self::Folder(folder) => return write!(f, "file:{}", folder.display()),
            Self::Host(host) => host,
        };
        let scheme = match (host.protocol, &host.encryption) {
            (Protocol::Lmtp, _) => "lmtp",
            (_, Encryption::Always(_)) => "smtps",
            _ => "smtp",
        };
        match &host.place {
            Place::Unix(path) => write!(f, "{scheme}:{}", path.display()),
            Place::Tcp { host, port } if host.contains(':') => {
                write!(f, "{scheme}://[{host}]:{port}")
            }
            Place::Tcp { host, port } => write!(f, "{scheme}://{host}:{port}"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use super::{RelayError, Target};

    #[test]
    fn addresses_lead_somewhere() {
        for (text, shown) in [
            ("smtp://mail.example", "smtp://mail.example:25"),
            ("smtp://mail.example:2525/", "smtp://mail.example:2525"),
            ("smtp://u:p@mail.example?starttls=required", "smtp://mail.example:587"),
            ("smtp://u:p@mail.example?starttls=never", "smtp://mail.example:25"),
            ("smtp://u:p@127.0.0.1", "smtp://127.0.0.1:25"),
            ("smtp://[::1]:2525?connections=1&hello=hub.example", "smtp://[::1]:2525"),
            (
                "smtp://m.example?patience=60&per_minute=30&domain_per_minute=6",
                "smtp://m.example:25",
            ),
            ("smtp://m.example?warm_up=2026-12-01/50", "smtp://m.example:25"),
            ("smtps://u%40x:p%2F@mail.example", "smtps://mail.example:465"),
            ("lmtp://localhost", "lmtp://localhost:24"),
            ("lmtp:/run/lmtp%20in", "lmtp:/run/lmtp in"),
            ("file:data/mail", "file:data/mail"),
            ("file:///var/mail", "file:/var/mail"),
        ] {
            assert_eq!(Target::parse(text).unwrap().to_string(), shown, "{text}");
        }
    }

    #[test]
    fn what_leads_nowhere_is_refused_without_repeating_the_password() {
        for text in [
            "",
            "mail.example",
            "smtp:",
            "smtp:/run/x",
            "http://mail.example",
            "file:",
            "smtp://mail.example/path",
            "lmtp:",
            "smtp://mail.example?starttls=maybe",
            "smtps://mail.example?starttls=required",
            "smtp://m.example?connections=0",
            "smtp://m.example?connections=1&connections=2",
            "smtp://m.example?hello=a%0d%0ab",
            "smtp://m.example?patience=0",
            "smtp://m.example?patience=901",
            "smtp://m.example?per_minute=0",
            "smtp://m.example?domain_per_minute=many",
            "smtp://m.example?warm_up=2026-13-01/50",
            "smtp://m.example?warm_up=2026-12-01/0",
            "smtp://hub:s3cret@mail.example",
            "smtps://hub:s3cret@m.example?ca=/none/such.pem",
        ] {
            let Err(error) = Target::parse(text) else { panic!("{text} was taken") };
            assert!(!format!("{error} {error:?}").contains("s3cret"), "{text}: {error:?}");
        }
        assert!(matches!(
            Target::parse("smtp://hub:s3cret@mail.example"),
            Err(RelayError::PlainPassword)
        ));
    }
}
