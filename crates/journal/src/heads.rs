//! How far each journal has come, as this process has heard: by its own appends at once, by a
//! notice from PostgreSQL soon, by a look at the heads in any case.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::postgres::PgListener;
use tokio::sync::{Notify, watch};

use crate::db::Pools;
use crate::error::Result;
use crate::journal::Inner;
use crate::row;
use crate::sql::Sql;

/// How often the heads are looked at, for what other processes have appended. A notice from
/// PostgreSQL usually comes first; this is the truth.
pub(crate) const POLL: Duration = Duration::from_millis(500);
/// The least time between two notices: a rush is told of in a few, not one for each commit.
const TELL_PAUSE: Duration = Duration::from_millis(20);

/// Positions by journal, and who waits for them.
pub(crate) struct Heads {
    known: Mutex<HashMap<String, watch::Sender<i64>>>,
    /// What was appended here and other processes have not been told.
    untold: Mutex<BTreeMap<String, i64>>,
    has_untold: Notify,
    effects: watch::Sender<u64>,
}

impl Default for Heads {
    fn default() -> Self {
        Self {
            known: Mutex::default(),
            untold: Mutex::default(),
            has_untold: Notify::new(),
            effects: watch::Sender::new(0),
        }
    }
}

impl Heads {
    /// Wakes when a journal has news; effects may have come with them.
    pub(crate) fn effects(&self) -> watch::Receiver<u64> {
        self.effects.subscribe()
    }

    /// The position of a journal as last heard; changes wake.
    pub(crate) fn subscribe(&self, journal: &str) -> watch::Receiver<i64> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(journal.to_owned()).or_insert_with(|| watch::Sender::new(0)).subscribe()
    }

    /// Something was appended here.
    pub(crate) fn appended(&self, journal: &str, position: i64) {
        self.heard([(journal, position)]);
        let mut untold = self.untold.lock().unwrap_or_else(PoisonError::into_inner);
        untold.insert(journal.to_owned(), position);
        drop(untold);
        self.has_untold.notify_one();
    }

    /// Wakes whoever waits for a journal that has come further.
    fn heard<'a>(&self, heads: impl IntoIterator<Item = (&'a str, i64)>) {
        let mut has_news = false;
        {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            for (journal, position) in heads {
                if !known.contains_key(journal) {
                    known.insert(journal.to_owned(), watch::Sender::new(0));
                }
                let Some(sender) = known.get(journal) else { continue };
                has_news |= sender.send_if_modified(|known| {
                    let is_newer = position > *known;
                    if is_newer {
                        *known = position;
                    }
                    is_newer
                });
            }
        }
        if has_news {
            self.effects.send_modify(|count| *count += 1);
        }
    }

    fn take_untold(&self) -> BTreeMap<String, i64> {
        std::mem::take(&mut *self.untold.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

row! { struct HeadPosition { journal: String, position: i64 } }

/// Hears of what other processes append, and of keys they destroy, until the journal closes.
pub(crate) async fn watch(inner: Arc<Inner>) {
    let mut listener = None;
    loop {
        let heard = async {
            if listener.is_none()
                && let Pools::Postgres { general, .. } = inner.db.pools()
            {
                listener = listen(general).await;
            }
            tokio::select! {
                () = tokio::time::sleep(POLL) => None,
                notice = next_notice(&mut listener) => Some(notice),
            }
        };
        let heard = tokio::select! {
            () = inner.stopped() => return,
            heard = heard => heard,
        };
        match heard {
            Some(Ok(note)) => {
                if let Some((journal, position)) = note.rsplit_once(' ')
                    && let Ok(position) = position.parse()
                {
                    inner.heads.heard([(journal, position)]);
                }
            }
            Some(Err(cause)) => {
                tracing::debug!(error = %cause, "no notices for now");
                listener = None;
            }
            None => {
                if let Err(fault) = look(&inner).await {
                    tracing::warn!(error = %fault, "the heads could not be read; trying again");
                }
            }
        }
    }
}

async fn look(inner: &Inner) -> Result<()> {
    inner.keys.notice_destroyed().await?;
    let heads: Vec<HeadPosition> =
        inner.db.all("SELECT journal, position FROM heads", vec![]).await?;
    inner.heads.heard(heads.iter().map(|head| (head.journal.as_str(), head.position)));
    Ok(())
}

async fn listen(pool: &sqlx::PgPool) -> Option<PgListener> {
    let mut listener = PgListener::connect_with(pool).await.ok()?;
    listener.listen("convoke_heads").await.ok()?;
    Some(listener)
}

async fn next_notice(
    listener: &mut Option<PgListener>,
) -> std::result::Result<String, sqlx::Error> {
    match listener {
        Some(listener) => listener.recv().await.map(|notice| notice.payload().to_owned()),
        None => std::future::pending().await,
    }
}

/// Tells other processes on PostgreSQL, until the journal closes. On another connection, after the
/// commit: inside the transaction a NOTIFY would make all commits of the server wait in line. It
/// is a hint, so it need not be durable, and a lost one is made good by the next look.
pub(crate) async fn tell(inner: Arc<Inner>) {
    const TELL: &str = "SELECT set_config('synchronous_commit', 'off', true) AS text,
             pg_notify('convoke_heads', note) FROM json_array_elements_text(CAST($1 AS json)) AS notes(note)";
    loop {
        tokio::select! {
            () = inner.stopped() => return,
            () = inner.heads.has_untold.notified() => {}
        }
        let notes: Vec<String> = inner
            .heads
            .take_untold()
            .into_iter()
            .map(|(journal, position)| format!("{journal} {position}"))
            .collect();
        let told = inner.db.exec(Sql::from(TELL), vec![crate::sql::json_list(&notes)]).await;
        if let Err(fault) = told {
            tracing::debug!(error = %fault, "other processes were not told; they will look");
        }
        tokio::select! {
            () = inner.stopped() => return,
            () = tokio::time::sleep(TELL_PAUSE) => {}
        }
    }
}
