//! What every capability shares: giving a command, reading views, pages of lists, payloads.
//!
//! Access is checked here, before a command is decided and when a question is asked; resolvers and
//! pages only pass on who asks.

pub mod access;
pub mod codes;
pub mod command;
pub mod entry;
pub mod facts;
pub mod input;
pub mod mutation;
pub mod read;
pub mod relay;
pub mod reply;
pub mod scalars;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use journal::{Journal, NETWORK, OneText};
use kernel::{HubId, World};

pub use access::{Grant, Viewer};
pub use command::{Command, Denied};
pub use input::Meta;
pub use read::Reader;

/// What a running product is set to.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address people use: `https://hub.example`, without a slash at the end.
    pub public_url: String,
    /// The domain of iCalendar UIDs and Message-IDs, fixed for ever.
    pub uid_domain: String,
    /// The address mails come from.
    pub mail_from: String,
    /// The domain whose mail comes in here; `None` when none does, and answers go to `mail_from`.
    pub inbound_domain: Option<String>,
    /// Whom calendars answer to.
    pub organizer: Organizer,
    /// The name our mail server signs what it found out about a sender with (RFC 8601); `None`
    /// when none in front of us does.
    pub authserv_id: Option<String>,
    /// Signs letters as they are written; `None` when the relay does, or nobody.
    pub dkim: Option<Arc<mail::dkim::Signer>>,
    /// The proxies in front of us: what they say of who asks is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Whether this is the demo: sign-in without mail, the dev mailbox.
    pub demo: bool,
    /// Where the demo's mails lie as files.
    pub mailbox: Option<std::path::PathBuf>,
}

/// Whom calendars answer to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Organizer {
    /// An address made for each invitation, which nobody can guess: it says whose the answer is.
    #[default]
    Token,
    /// The address letters come from, always the same: an answer says itself whose it is, and is
    /// believed only if its author's domain vouches for it (DMARC).
    Stable,
}

/// The product: commands go in, views come out. Cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    journal: Journal,
    settings: Settings,
    pasts: moka::future::Cache<String, journal::Db>,
}

impl App {
    /// The product over an open journal.
    pub fn new(journal: Journal, settings: Settings) -> Self {
        // A past is a database in memory: few are kept, and each only for a while.
        let pasts = moka::future::Cache::builder()
            .max_capacity(16)
            .time_to_idle(std::time::Duration::from_mins(5))
            .build();
        Self { inner: Arc::new(Inner { journal, settings, pasts }) }
    }

    /// The journal.
    pub fn journal(&self) -> &Journal {
        &self.inner.journal
    }

    /// What the product is set to.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// The source of time, ids and random bytes.
    pub fn world(&self) -> &Arc<dyn World> {
        self.inner.journal.world()
    }

    /// The present instant.
    pub fn now(&self) -> DateTime<Utc> {
        self.world().now()
    }

    /// A fresh id.
    pub fn id<K: kernel::Kind>(&self) -> kernel::Id<K> {
        self.world().id()
    }

    /// Reads the present for somebody.
    pub fn reader(&self, viewer: Viewer) -> Reader {
        Reader::new(self.clone(), self.inner.journal.db().counted(), viewer, None)
    }

    /// Reads the past of one hub: everything up to a position of its journal, and what the network
    /// knew by then. Recent ones are cached.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn reader_as_of(
        &self,
        viewer: Viewer,
        hub: HubId,
        position: i64,
    ) -> Result<Reader, Arc<journal::Error>> {
        let journal = &self.inner.journal;
        let hub = hub.to_string();
        let position = position.clamp(0, journal.position(&hub).await.map_err(Arc::new)?);
        let at = match journal.at(&hub, position).await.map_err(Arc::new)? {
            Some(fact) => fact.recorded_at,
            None => self.now(),
        };
        let network = journal.position_at(NETWORK, at).await.map_err(Arc::new)?;
        // A past from before an erasure would still show the person.
        let erased = journal.keys().last_erasure().await.map_err(Arc::new)?;
        let key = format!("{hub} {position} {network} {erased}");
        let db = self
            .inner
            .pasts
            .try_get_with(key, async {
                journal.as_of(&[(NETWORK, network), (&hub, position)]).await
            })
            .await?;
        Ok(Reader::new(self.clone(), db, viewer, Some(read::Past { position, at })))
    }

    /// The hub a thing belongs to, by its id alone.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn hub_of(&self, id: &str) -> journal::Result<Option<HubId>> {
        let Some(find) = crate::product::home(id) else { return Ok(None) };
        let row: Option<OneText> = self.journal().db().opt(find, journal::args![id]).await?;
        Ok(row.and_then(|row| row.text).and_then(|hub| HubId::parse(&hub).ok()))
    }
}
