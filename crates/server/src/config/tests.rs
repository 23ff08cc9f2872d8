//! Which layer wins, what is refused, and what is said then.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use super::*;

/// A machine: variables, and perhaps a configuration file.
#[derive(Default)]
struct Given {
    variables: BTreeMap<String, String>,
    flags: Flags,
    folder: Option<tempfile::TempDir>,
}

impl Given {
    fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.to_owned(), value.to_owned());
        self
    }

    fn flag(mut self, key: &'static str, value: &str) -> Self {
        self.flags = self.flags.with(key, Some(value));
        self
    }

    fn file(mut self, text: &str) -> Self {
        let path = self.write("convoke.toml", text);
        self.flags.config = Some(path);
        self
    }

    fn write(&mut self, name: &str, text: &str) -> PathBuf {
        let folder = self.folder.get_or_insert_with(|| tempfile::tempdir().unwrap());
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    fn load(&self) -> Result<Config, Usage> {
        Config::load(&self.flags, &|name| self.variables.get(name).cloned())
    }

    #[track_caller]
    fn refused(&self) -> String {
        self.load().unwrap_err().to_string()
    }

    #[track_caller]
    fn shown(&self, key: &str) -> (String, String) {
        let config = self.load().unwrap();
        let (_, given) = config.given.iter().find(|(known, _)| known.name == key).unwrap();
        let source = given.source.to_string();
        (given.text.clone(), source.rsplit('/').next().unwrap_or_default().to_owned())
    }
}

fn pair(text: &str, source: &str) -> (String, String) {
    (text.to_owned(), source.to_owned())
}

#[test]
fn an_option_wins_over_the_environment_and_that_over_the_file() {
    let given = Given::default();
    assert_eq!(given.shown("listen"), pair("127.0.0.1:8080", "default"));
    let given = given.file("# first\nlisten = \"127.0.0.1:1\"\n");
    assert_eq!(given.shown("listen"), pair("127.0.0.1:1", "convoke.toml:2"));
    let given = given.variable("CONVOKE_LISTEN", "127.0.0.1:2");
    assert_eq!(given.shown("listen"), pair("127.0.0.1:2", "CONVOKE_LISTEN"));
    let given = given.flag("listen", "127.0.0.1:3");
    assert_eq!(given.shown("listen"), pair("127.0.0.1:3", "--listen"));
}

#[test]
fn the_file_may_be_named_by_the_environment() {
    let mut given = Given::default();
    let path = given.write("other.toml", "log = \"debug\"\nstop_delay = 7\n");
    let given = given.variable("CONVOKE_CONFIG", path.to_str().unwrap());
    let config = given.load().unwrap();
    assert_eq!((config.log.as_str(), config.stop_delay), ("debug", Duration::from_secs(7)));
}

#[test]
fn an_unknown_key_is_named_with_its_line_and_what_was_meant() {
    let refused = Given::default().file("log = \"info\"\n\npublic_ulr = \"x\"\n").refused();
    let end = "convoke.toml:3: there is no key `public_ulr`; did you mean `public_url`?";
    assert!(refused.ends_with(end), "{refused}");
    let refused = Given::default().file("colour = \"red\"\n").refused();
    assert!(refused.contains(":1: there is no key `colour`; the keys are database, listen,"));
    let refused = Given::default().file("[mail]\nurl = \"x\"\n").refused();
    assert!(refused.contains(":1: `mail` is a table; it must be a text"), "{refused}");
    let refused = Given::default().file("log = \"info\"\nlog = \"warn\"\n").refused();
    assert!(refused.contains(":2: duplicate key"), "{refused}");
}

#[test]
fn a_secret_may_come_from_a_file_and_only_once() {
    let mut given = Given::default();
    let path = given.write("database", "postgres://ada:secret@db/convoke\n");
    let given = given.variable("CONVOKE_DATABASE_FILE", path.to_str().unwrap());
    assert_eq!(given.load().unwrap().database, "postgres://ada:secret@db/convoke");
    assert_eq!(given.shown("database").1, "the file of CONVOKE_DATABASE_FILE");
    let twice = given.variable("CONVOKE_DATABASE", "sqlite:x.db");
    assert_eq!(
        twice.refused(),
        "CONVOKE_DATABASE and CONVOKE_DATABASE_FILE are both set; keep one of them"
    );
    let gone = Given::default().variable("CONVOKE_MAIL_FILE", "/nowhere/mail");
    assert!(gone.refused().starts_with("CONVOKE_MAIL_FILE: could not read /nowhere/mail"));
}

#[test]
fn each_value_that_cannot_be_used_says_where_it_is_from_and_what_would_be_right() {
    let cases = [
        (
            "database",
            "mysql://a:secret@b/c",
            "“mysql://a:…@b/c” is no database; use sqlite:PATH or",
        ),
        ("listen", "8080", "“8080” is no address to listen on; use 127.0.0.1:8080"),
        ("public_url", "http://convoke.example", "http:// is allowed on localhost only"),
        ("trusted_proxies", "127.0.0.1, caddy", "“caddy” is no address; use 127.0.0.1, or"),
        ("mail", "carrier-pigeon:", "use smtp://host:port"),
        ("mail_from", "Convoke", "use Convoke <events@example.org>"),
        ("uid_domain", "a b", "“a b” is no domain; use convoke.example.org"),
        ("log", "a=b=c", "use info, or info,journal=debug"),
        ("stop_delay", "soon", "“soon” is no number of seconds from 0 to 600"),
    ];
    for (key, value, says) in cases {
        let refused = Given::default().flag(key, value).refused();
        let source = format!("{key} (from --{}): ", key.replace('_', "-"));
        assert!(refused.starts_with(&source), "{refused}");
        assert!(refused.contains(says), "{refused}");
        assert!(!refused.contains("secret"), "{refused}");
    }
    let crash = Given::default().variable("CONVOKE_CRASH", "now");
    assert!(crash.refused().contains("before-commit"));
}

#[test]
fn without_a_public_url_links_lead_to_where_it_listens() {
    let config = Given::default().load().unwrap();
    let site = |bound: &str| config.site(bound.parse().unwrap()).unwrap().origin().to_owned();
    assert_eq!(site("127.0.0.1:8080"), "http://127.0.0.1:8080");
    assert_eq!(site("[::1]:8080"), "http://[::1]:8080");
    assert_eq!(site("0.0.0.0:9000"), "http://localhost:9000");
    let config = Given::default().flag("public_url", "https://hub.example").load().unwrap();
    assert_eq!(
        config.site("127.0.0.1:1".parse().unwrap()).unwrap().origin(),
        "https://hub.example"
    );
}

#[test]
fn no_proxy_is_trusted_unless_it_is_named() {
    assert!(Given::default().load().unwrap().trusted_proxies.is_empty());
    let named = Given::default().flag("trusted_proxies", "172.28.0.10, ::ffff:127.0.0.1,");
    let named: Vec<String> =
        named.load().unwrap().trusted_proxies.iter().map(ToString::to_string).collect();
    assert_eq!(named, ["172.28.0.10", "127.0.0.1"]);
}

#[test]
fn a_check_masks_secrets_and_shows_sources() {
    let config = Given::default()
        .variable("CONVOKE_DATABASE", "postgres://ada:secret@db/convoke")
        .flag("mail", "smtps://hub:s3cret@mail.example")
        .load()
        .unwrap();
    let lines = crate::command::check::lines(&config).join("\n");
    assert!(lines.contains("postgres://ada:…@db/convoke"), "{lines}");
    assert!(lines.contains("CONVOKE_DATABASE"), "{lines}");
    assert!(!lines.contains("secret") && !lines.contains("s3cret"), "{lines}");
    assert!(lines.contains("(where it listens, as this machine sees it)"), "{lines}");
}

#[test]
fn a_door_for_mail_needs_a_domain_behind_it() {
    let door = || Given::default().flag("lmtp", "lmtp://127.0.0.1:2424");
    let fault = door().load().unwrap_err().to_string();
    assert!(fault.contains("lmtp") && fault.contains("inbound_domain"), "{fault}");
    assert!(door().flag("inbound_domain", "in.hub.example").load().is_ok());
    let weak = Given::default().variable("CONVOKE_INBOUND_KEY", "short").load().unwrap_err();
    assert!(weak.to_string().contains("32 characters"), "{weak}");
}

#[test]
fn a_name_is_near_when_few_letters_differ() {
    let names = ["database", "listen"];
    assert_eq!(nearest("databse", &names), Some("database"));
    assert_eq!(nearest("Listen", &names), Some("listen"));
    assert_eq!(nearest("colour", &names), None);
}
