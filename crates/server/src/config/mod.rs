//! What the program is set to, and where each value came from.
//!
//! A value on the command line wins over the environment, the environment over the file, the file
//! over the default. Nothing is guessed: an unknown key, a value that cannot be used, a secret
//! given twice are errors that name the key and say what would be right. This is the one place
//! that reads the environment.

mod file;
mod key;
#[cfg(test)]
mod tests;
mod value;

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::TimeDelta;
use convoke::app::Organizer;
use journal::CrashPoint;
use web::site::Site;

use crate::usage::Usage;

pub(crate) use file::nearest;
pub(crate) use key::{KEYS, Key};
pub(crate) use value::is_domain;

/// A file of this name in the working directory is read when no other is named.
pub(crate) const USUAL_FILE: &str = "convoke.toml";

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// `--name`.
    Flag(&'static str),
    /// An environment variable.
    Environment(String),
    /// A file named by an environment variable: a secret.
    SecretFile(String),
    /// The configuration file, with the line.
    File(PathBuf, usize),
    /// Nobody said anything.
    Default,
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Flag(flag) => write!(f, "--{}", flag.replace('_', "-")),
            Self::Environment(name) => f.write_str(name),
            Self::SecretFile(name) => write!(f, "the file of {name}"),
            Self::File(path, line) => write!(f, "{}:{line}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A value as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    /// Its text; empty for a default that follows from other keys.
    pub(crate) text: String,
    /// Where it came from.
    pub(crate) source: Source,
}

/// What came in on the command line, by key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flags {
    /// The configuration file, if one was named.
    pub(crate) config: Option<PathBuf>,
    /// Values by key.
    pub(crate) values: BTreeMap<&'static str, String>,
}

impl Flags {
    /// Enters a value that may be missing.
    #[must_use]
    pub(crate) fn with(mut self, key: &'static str, value: Option<&str>) -> Self {
        if let Some(value) = value {
            self.values.insert(key, value.to_owned());
        }
        self
    }
}

/// Reads variables: the machine's, or a test's.
pub(crate) type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The machine's environment.
pub(crate) fn environment(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    std::env::var(name).ok()
}

/// Variables that begin like ours and mean nothing, each with a guess at what was meant.
pub(crate) fn strays() -> Vec<String> {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    let names = std::env::vars().map(|(name, _)| name);
    names.filter(|name| name.starts_with("CONVOKE_") && !key::is_variable(name)).collect()
}

/// Everything, read and checked.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    /// `sqlite:PATH` or `postgres://…`.
    pub(crate) database: String,
    /// Address and port to listen on.
    pub(crate) listen: String,
    /// How people reach the server, if it was said.
    pub(crate) public_url: Option<Site>,
    /// The proxies in front, which say who asks.
    pub(crate) trusted_proxies: Vec<IpAddr>,
    /// How letters leave.
    pub(crate) mail: String,
    /// Who letters are from, if it was said.
    pub(crate) mail_from: Option<String>,
    /// The right-hand side of calendar UIDs, if it was said.
    pub(crate) uid_domain: Option<String>,
    /// The domain whose mail comes in here, if one does.
    pub(crate) inbound_domain: Option<String>,
    /// Whom calendars answer to.
    pub(crate) organizer: Organizer,
    /// The name our mail server signs its findings with.
    pub(crate) authserv_id: Option<String>,
    /// Where the mail server in front hands over mail, if it does.
    pub(crate) lmtp: Option<String>,
    /// What opens `POST /inbound/mime`, if anything does.
    pub(crate) inbound_key: Option<String>,
    /// The domain letters are signed for, if it was said.
    pub(crate) dkim_domain: Option<String>,
    /// Which of its keys signs.
    pub(crate) dkim_selector: Option<String>,
    /// The file of the private key, if letters are signed here.
    pub(crate) dkim_key: Option<PathBuf>,
    /// Where `/metrics` is listened for, if it is.
    pub(crate) metrics: Option<String>,
    /// What is logged.
    pub(crate) log: String,
    /// How long “not ready” is said before connections are refused.
    pub(crate) stop_delay: Duration,
    /// Where a crash test wants to die.
    pub(crate) crash: Option<CrashPoint>,
    /// How far the clock is set ahead, for tests that cannot wait.
    pub(crate) ahead: TimeDelta,
    /// Every value as it was given, in the order of [`KEYS`].
    pub(crate) given: Vec<(&'static Key, Given)>,
}

impl Config {
    /// Gathers the layers and checks every value.
    ///
    /// # Errors
    /// [`Usage`] naming the key, where it was given, and what would be right.
    pub(crate) fn load(flags: &Flags, environment: Environment<'_>) -> Result<Self, Usage> {
        let file = read_file(flags, environment)?;
        let mut given = Vec::with_capacity(KEYS.len());
        for key in KEYS {
            given.push((key, layer(key, flags, environment, file.as_ref())?));
        }
        let crash = match environment("CONVOKE_CRASH") {
            Some(text) => Some(value::crash(&text)?),
            None => None,
        };
        let ahead = match environment("CONVOKE_CLOCK_AHEAD") {
            Some(text) => value::ahead(&text)?,
            None => TimeDelta::zero(),
        };
        Self::checked(given, crash, ahead)
    }

    fn checked(
        given: Vec<(&'static Key, Given)>,
        crash: Option<CrashPoint>,
        ahead: TimeDelta,
    ) -> Result<Self, Usage> {
        let read = |name: &str| -> Result<&Given, Usage> {
            given
                .iter()
                .find(|(key, _)| key.name == name)
                .map(|(_, given)| given)
                .ok_or_else(|| Usage::new(format!("there is no key `{name}`")))
        };
        let config = Self {
            database: value::database(read("database")?)?,
            listen: value::listen(read("listen")?)?,
            public_url: value::public_url(read("public_url")?)?,
            trusted_proxies: value::addresses("trusted_proxies", read("trusted_proxies")?)?,
            mail: value::mail(read("mail")?)?,
            mail_from: value::mail_from(read("mail_from")?)?,
            uid_domain: value::domain("uid_domain", read("uid_domain")?)?,
            inbound_domain: value::domain("inbound_domain", read("inbound_domain")?)?,
            organizer: value::organizer(read("organizer")?)?,
            authserv_id: value::domain("authserv_id", read("authserv_id")?)?,
            lmtp: value::lmtp(read("lmtp")?)?,
            inbound_key: value::inbound_key(read("inbound_key")?)?,
            dkim_domain: value::domain("dkim_domain", read("dkim_domain")?)?,
            dkim_selector: value::domain("dkim_selector", read("dkim_selector")?)?,
            dkim_key: value::file(read("dkim_key")?),
            metrics: value::metrics(read("metrics")?)?,
            log: value::log(read("log")?)?,
            stop_delay: value::seconds("stop_delay", read("stop_delay")?)?,
            crash,
            ahead,
            given,
        };
        // A door nobody has an address behind would turn away every mail, in silence.
        let door = [("lmtp", &config.lmtp), ("inbound_key", &config.inbound_key)]
            .into_iter()
            .find_map(|(name, value)| value.is_some().then_some(name));
        match (door, &config.inbound_domain) {
            (Some(door), None) => Err(Usage::new(format!(
                "{door} is set and inbound_domain is not: say whose mail comes in, such as in.hub.example"
            ))),
            _ if config.organizer == Organizer::Stable && config.authserv_id.is_none() => {
                Err(Usage::new(
                    "organizer is stable and authserv_id is not set: no answer would be believed",
                ))
            }
            _ => Ok(config),
        }
    }

    /// The address people use when nobody said one: where we listen, as this machine sees it.
    ///
    /// # Errors
    /// [`Usage`] when the address of the listener cannot be one of the site.
    pub(crate) fn site(&self, bound: std::net::SocketAddr) -> Result<Site, Usage> {
        if let Some(site) = &self.public_url {
            return Ok(site.clone());
        }
        let address = if bound.ip().is_loopback() {
            format!("http://{bound}")
        } else {
            // Listening everywhere: from here, it is this machine.
            format!("http://localhost:{}", bound.port())
        };
        Site::parse(&address).map_err(|fault| Usage::new(format!("public_url: {fault}")))
    }

    /// Who letters are from.
    pub(crate) fn sender(&self, uid_domain: &str) -> String {
        self.mail_from.clone().unwrap_or_else(|| format!("Convoke <convoke@{uid_domain}>"))
    }

    /// The path of the SQLite file; `None` on PostgreSQL.
    pub(crate) fn sqlite_path(&self) -> Option<PathBuf> {
        sqlite_path(&self.database)
    }
}

/// The path in `sqlite:PATH`.
pub(crate) fn sqlite_path(database: &str) -> Option<PathBuf> {
    let path = database.strip_prefix("sqlite:")?;
    Some(PathBuf::from(path.strip_prefix("//").unwrap_or(path)))
}

fn read_file(flags: &Flags, environment: Environment<'_>) -> Result<Option<file::File>, Usage> {
    let named = flags.config.clone().or_else(|| environment("CONVOKE_CONFIG").map(PathBuf::from));
    let path = match named {
        Some(path) => path,
        None if Path::new(USUAL_FILE).is_file() => PathBuf::from(USUAL_FILE),
        None => return Ok(None),
    };
    let text = std::fs::read_to_string(&path).map_err(|cause| {
        Usage::new(format!("could not read the configuration file {}: {cause}", path.display()))
    })?;
    file::File::parse(&path, &text).map(Some)
}

fn layer(
    key: &'static Key,
    flags: &Flags,
    environment: Environment<'_>,
    file: Option<&file::File>,
) -> Result<Given, Usage> {
    if let Some(text) = flags.values.get(key.name) {
        return Ok(Given { text: text.clone(), source: Source::Flag(key.name) });
    }
    let name = key.variable();
    let direct = environment(&name).filter(|text| !text.is_empty());
    let secret_name = format!("{name}_FILE");
    let secret = environment(&secret_name).filter(|_| key.secret);
    match (direct, secret) {
        (Some(_), Some(_)) => {
            Err(Usage::new(format!("{name} and {secret_name} are both set; keep one of them")))
        }
        (Some(text), None) => Ok(Given { text, source: Source::Environment(name) }),
        (None, Some(path)) => {
            let text = std::fs::read_to_string(&path).map_err(|cause| {
                Usage::new(format!("{secret_name}: could not read {path}: {cause}"))
            })?;
            let text = text.trim_end_matches(['\r', '\n']).to_owned();
            Ok(Given { text, source: Source::SecretFile(secret_name) })
        }
        (None, None) => Ok(file
            .and_then(|file| file.get(key.name))
            .unwrap_or_else(|| Given { text: key.default.to_owned(), source: Source::Default })),
    }
}
