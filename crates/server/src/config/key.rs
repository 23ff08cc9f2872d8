//! The keys there are, each once: what it is called, what it means, what it is when nobody says.

/// One thing that can be set.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Key {
    /// As it stands in the file: `public_url`. The option is `--public-url`, the variable
    /// `CONVOKE_PUBLIC_URL`.
    pub(crate) name: &'static str,
    /// Whether it may hold a password: it is masked when shown, and may come from a file that
    /// `CONVOKE_…_FILE` names.
    pub(crate) secret: bool,
    /// What it is when nobody says; empty when it follows from other keys.
    pub(crate) default: &'static str,
    /// What it follows from then.
    pub(crate) derived: &'static str,
}

const fn key(name: &'static str, default: &'static str) -> Key {
    Key { name, secret: false, default, derived: "" }
}

/// All keys, in the order they are shown.
pub(crate) const KEYS: &[Key] = &[
    Key { secret: true, ..key("database", "sqlite:data/convoke.db") },
    key("listen", "127.0.0.1:8080"),
    Key { derived: "where it listens, as this machine sees it", ..key("public_url", "") },
    Key { derived: "nobody stands in front", ..key("trusted_proxies", "") },
    Key { secret: true, ..key("mail", "file:data/outbox") },
    Key { derived: "convoke@ and uid_domain", ..key("mail_from", "") },
    Key { derived: "the host of public_url at the first start", ..key("uid_domain", "") },
    Key { derived: "no mail comes in", ..key("inbound_domain", "") },
    key("organizer", "token"),
    Key { derived: "nothing of that kind is believed", ..key("authserv_id", "") },
    Key { derived: "no LMTP", ..key("lmtp", "") },
    Key { secret: true, derived: "POST /inbound/mime is closed", ..key("inbound_key", "") },
    Key { derived: "the domain of mail_from", ..key("dkim_domain", "") },
    key("dkim_selector", "convoke"),
    Key { derived: "letters are not signed here", ..key("dkim_key", "") },
    Key { derived: "nobody watches", ..key("metrics", "") },
    key("log", "info"),
    key("stop_delay", "2"),
];

impl Key {
    /// Its environment variable.
    pub(crate) fn variable(&self) -> String {
        format!("CONVOKE_{}", self.name.to_uppercase())
    }
}

/// Whether a variable means something to us.
pub(super) fn is_variable(name: &str) -> bool {
    // The test suite's own, which a server started by it inherits.
    const OTHERS: [&str; 4] =
        ["CONVOKE_CONFIG", "CONVOKE_CRASH", "CONVOKE_CLOCK_AHEAD", "CONVOKE_TEST_POSTGRES"];
    OTHERS.contains(&name)
        || KEYS.iter().any(|key| {
            let variable = key.variable();
            name == variable || (key.secret && name == format!("{variable}_FILE"))
        })
}
