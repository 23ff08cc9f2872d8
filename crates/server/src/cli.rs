//! The command line: every command, option and example, as `--help` shows it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::command::{
    as_of::AsOf, dkim::Dkim, export::Export, healthcheck::Healthcheck, import::Import,
    ingest_mail::IngestMail, log::Log, outbox::Outbox, proof::Rebuild, proof::Verify, token::Token,
};
use crate::config::Flags;

const EXAMPLES: &str = "\
Examples:
  convoke                                    serve on http://127.0.0.1:8080 from data/convoke.db
  convoke demo                               a living network to look around in
  convoke token --role network-admin         the first token of a new database
  convoke serve --database postgres://convoke@db/convoke --public-url https://convoke.example.org
  convoke check --config /etc/convoke/convoke.toml

Every option that is kept (--database, --listen, …) is also an environment variable (CONVOKE_DATABASE)
and a key of the configuration file (database = \"…\"). An option wins over the environment, the
environment over the file. A secret may come from a file: CONVOKE_DATABASE_FILE, CONVOKE_MAIL_FILE.

Exit codes: 0 done, 1 it did not work or not all of it, 2 it was asked wrongly.";

/// Convoke calls people together: events round social issues, and hackathons.
#[derive(Debug, Parser)]
#[command(name = "convoke", version, about, after_help = EXAMPLES, max_term_width = 110)]
pub(crate) struct Cli {
    /// What to do; `serve` when nothing is said.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve pages, API and feeds.
    #[command(after_help = SERVE_EXAMPLES)]
    Serve(ServeFlags),
    /// Serve a demo: four hubs full of life, a mailbox to look into, sign-in without mail.
    #[command(after_help = DEMO_EXAMPLES)]
    Demo(DemoFlags),
    /// Make an API token; it is printed once.
    Token(Token),
    /// Walk the journal and prove that no fact was changed, left out or put in.
    Verify(Verify),
    /// Build the views anew from the journal, and say what differs (nothing should).
    Rebuild(Rebuild),
    /// Show the journal as people read it.
    Log(Log),
    /// Write facts as JSON lines.
    Export(Export),
    /// Bring in events or stakeholders from a file.
    Import(Import),
    /// Take in a mail from standard input: an answer somebody's calendar sent.
    IngestMail(IngestMail),
    /// Look at the mails: where they stand, hold them back, let them go, try one again.
    Outbox(Outbox),
    /// Sign letters: make a key, or show the DNS record of the one in use.
    Dkim(Dkim),
    /// Ask a question about the past of a hub.
    AsOf(AsOf),
    /// Print the GraphQL schema.
    Schema,
    /// Show each setting with its value and where it came from, and what is wrong with them.
    Check(ServeFlags),
    /// Ask a running server whether it lives; for containers.
    Healthcheck(Healthcheck),
    /// Bring the database's schema up to date, and do nothing else.
    Migrate(StoreFlags),
    /// Look whether everything is in order: settings, database, journal, port, mail.
    Doctor(ServeFlags),
}

const SERVE_EXAMPLES: &str = "\
Examples:
  convoke serve
  convoke serve --listen 0.0.0.0:8080 --public-url https://convoke.example.org
  convoke serve --database sqlite:/var/lib/convoke/convoke.db --mail smtp://localhost:25
  CONVOKE_DATABASE_FILE=/run/secrets/database convoke serve

One process serves an SQLite file; several serve one PostgreSQL. SIGTERM: not ready for --stop-delay
seconds, then no new connections, then at most 20 seconds for what is under way.";

const DEMO_EXAMPLES: &str = "\
Examples:
  convoke demo
  convoke demo --fresh                       begin again, with dates around today
  convoke demo --listen 127.0.0.1:9000 --data /tmp/demo";

/// Where the data is.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct StoreFlags {
    /// Configuration file [env: CONVOKE_CONFIG] [default: convoke.toml, if there is one].
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// `sqlite:PATH` or `postgres://…` [env: CONVOKE_DATABASE] [default: sqlite:data/convoke.db].
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) database: Option<String>,
    /// What is logged to standard error: `info`, or `info,journal=debug` [env: CONVOKE_LOG].
    #[arg(long, global = true, value_name = "FILTER")]
    pub(crate) log: Option<String>,
}

impl StoreFlags {
    /// As the configuration takes them.
    pub(crate) fn flags(&self) -> Flags {
        let flags = Flags { config: self.config.clone(), ..Flags::default() };
        flags.with("database", self.database.as_deref()).with("log", self.log.as_deref())
    }
}

/// How the server is reached, and how it reaches people.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct ServeFlags {
    #[command(flatten)]
    pub(crate) store: StoreFlags,
    /// Address and port; port 0 takes any [env: CONVOKE_LISTEN] [default: 127.0.0.1:8080].
    #[arg(long, value_name = "ADDR")]
    pub(crate) listen: Option<String>,
    /// What links in letters, feeds and pages begin with [env: CONVOKE_PUBLIC_URL] [default: where it listens].
    #[arg(long, value_name = "URL")]
    pub(crate) public_url: Option<String>,
    /// Addresses of the proxies in front, which are believed about who asks [env: CONVOKE_TRUSTED_PROXIES] [default: none].
    #[arg(long, value_name = "ADDRESSES")]
    pub(crate) trusted_proxies: Option<String>,
    /// `smtp://…`, `smtps://…`, `lmtp://…` or `file:DIR` [env: CONVOKE_MAIL] [default: file:data/outbox].
    #[arg(long, value_name = "URL")]
    pub(crate) mail: Option<String>,
    /// Who letters are from [env: CONVOKE_MAIL_FROM] [default: convoke@ and the UID domain].
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) mail_from: Option<String>,
    /// Right-hand side of calendar UIDs, fixed at the first start [env: CONVOKE_UID_DOMAIN] [default: the public URL's host].
    #[arg(long, value_name = "DOMAIN")]
    pub(crate) uid_domain: Option<String>,
    /// Domain whose mail comes in here: answers from calendars [env: CONVOKE_INBOUND_DOMAIN] [default: no mail comes in].
    #[arg(long, value_name = "DOMAIN")]
    pub(crate) inbound_domain: Option<String>,
    /// Whom calendars answer to: `token` (an address for each invitation) or `stable` (the sender's) [env: CONVOKE_ORGANIZER] [default: token].
    #[arg(long, value_name = "MODE")]
    pub(crate) organizer: Option<String>,
    /// Name your mail server signs Authentication-Results with [env: CONVOKE_AUTHSERV_ID] [default: none is believed].
    #[arg(long, value_name = "NAME")]
    pub(crate) authserv_id: Option<String>,
    /// Where your mail server hands over mail: `lmtp:/PATH` or `lmtp://127.0.0.1:PORT` [env: CONVOKE_LMTP] [default: nowhere].
    #[arg(long, value_name = "PLACE")]
    pub(crate) lmtp: Option<String>,
    /// File of the private key letters are signed with (DKIM) [env: CONVOKE_DKIM_KEY] [default: they are not].
    #[arg(long, value_name = "FILE")]
    pub(crate) dkim_key: Option<String>,
    /// Where `/metrics` is listened for: an address of its own [env: CONVOKE_METRICS] [default: nowhere].
    #[arg(long, value_name = "ADDR")]
    pub(crate) metrics: Option<String>,
    /// Seconds of “not ready” before connections are refused at SIGTERM [env: CONVOKE_STOP_DELAY] [default: 2].
    #[arg(long, value_name = "SECONDS")]
    pub(crate) stop_delay: Option<String>,
}

impl ServeFlags {
    /// As the configuration takes them.
    pub(crate) fn flags(&self) -> Flags {
        self.store
            .flags()
            .with("listen", self.listen.as_deref())
            .with("public_url", self.public_url.as_deref())
            .with("trusted_proxies", self.trusted_proxies.as_deref())
            .with("mail", self.mail.as_deref())
            .with("mail_from", self.mail_from.as_deref())
            .with("uid_domain", self.uid_domain.as_deref())
            .with("inbound_domain", self.inbound_domain.as_deref())
            .with("organizer", self.organizer.as_deref())
            .with("authserv_id", self.authserv_id.as_deref())
            .with("lmtp", self.lmtp.as_deref())
            .with("dkim_key", self.dkim_key.as_deref())
            .with("metrics", self.metrics.as_deref())
            .with("stop_delay", self.stop_delay.as_deref())
    }
}

/// What can be said of the demo.
#[derive(Clone, Debug, Args)]
pub(crate) struct DemoFlags {
    /// Address and port; port 0 takes any.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub(crate) listen: String,
    /// Folder of its database and of the letters it would have sent.
    #[arg(long, value_name = "DIR", default_value = "data/demo")]
    pub(crate) data: PathBuf,
    /// Throw the folder's demo away and seed a new one.
    #[arg(long)]
    pub(crate) fresh: bool,
    /// What is logged to standard error.
    #[arg(long, value_name = "FILTER", default_value = "warn")]
    pub(crate) log: String,
}
