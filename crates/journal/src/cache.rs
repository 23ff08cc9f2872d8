//! The states deciders fold, kept between batches and brought up to date under the head lock.

use std::collections::HashMap;

use kernel::{Folding, Need, Recorded, States, StreamId};

use crate::db::Tx;
use crate::error::{Error, Result};
use crate::keys::Keyring;
use crate::product::Product;
use crate::store::{AFTER, FactRow, Head, open_rows, snapshots, stream_facts};

/// Cached streams of one journal; beyond this the cache starts anew.
const CACHED_STREAMS: usize = 20_000;
/// Facts read at once when another process has moved the head.
const TAIL_PAGE: i64 = 2_000;

/// The cached states of one journal, as of `position`.
#[derive(Default)]
pub(crate) struct Cache {
    pub(crate) position: i64,
    states: HashMap<StreamId, Cached>,
}

struct Cached {
    state: Box<dyn Folding>,
    version: i64,
}

impl States for Cache {
    fn find(&self, stream: &StreamId) -> Option<(&dyn Folding, i64)> {
        self.states.get(stream).map(|cached| (&*cached.state, cached.version))
    }
}

impl Cache {
    /// Learns what other processes have appended since. The head lock is held.
    #[expect(clippy::too_many_arguments, reason = "what is needed to read facts and to fold them")]
    pub(crate) async fn catch_up(
        &mut self,
        tx: &mut Tx,
        journal: &str,
        head: &Head,
        keys: &Keyring,
        product: &dyn Product,
    ) -> Result<()> {
        if self.states.is_empty() || self.states.len() > CACHED_STREAMS {
            self.states.clear();
            self.position = head.position;
        }
        while self.position < head.position {
            let rows: Vec<FactRow> =
                tx.all(AFTER, crate::args![journal, self.position, TAIL_PAGE]).await?;
            if rows.is_empty() {
                return Err(Error::broken(format!(
                    "journal {journal} ends at {}, before its head",
                    self.position
                )));
            }
            for fact in open_rows(keys, rows).await? {
                self.position = fact.position;
                if let Some(person) = product.erases(&fact) {
                    keys.forget(&person.to_string());
                    // States may hold what she said; they are folded anew, without it.
                    self.states.clear();
                }
                self.learn(&fact)?;
            }
        }
        Ok(())
    }

    fn learn(&mut self, fact: &Recorded<String>) -> Result<()> {
        self.states.get_mut(&fact.stream).map_or(Ok(()), |cached| cached.learn(fact))
    }

    /// Folds streams from their snapshots and the facts behind them, all in two statements. The
    /// head lock is held, and nothing of these streams has been decided in this batch: a stream is
    /// loaded before it is written.
    pub(crate) async fn load(
        &mut self,
        tx: &mut Tx,
        journal: &str,
        needs: Vec<Need>,
        keys: &Keyring,
    ) -> Result<()> {
        let mut fresh: HashMap<String, Cached> = needs
            .into_iter()
            .filter(|need| !self.holds(&need.stream))
            .map(|need| {
                let state = (need.empty)();
                (need.stream.as_str().to_owned(), Cached { state, version: 0 })
            })
            .collect();
        if fresh.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = fresh.keys().map(String::as_str).collect();
        for row in snapshots(tx, journal, &names).await? {
            let shape = u16::try_from(row.shape).unwrap_or(0);
            let text = keys.open_text(row.state).await?;
            if let Some(cached) = fresh.get_mut(&row.stream)
                && cached.state.restore(shape, &text)
            {
                cached.version = row.version;
            }
        }
        let wanted: Vec<(&str, i64)> =
            fresh.iter().map(|(name, cached)| (name.as_str(), cached.version)).collect();
        let rows = stream_facts(tx, journal, &wanted).await?;
        for fact in open_rows(keys, rows).await? {
            if let Some(cached) = fresh.get_mut(fact.stream.as_str()) {
                cached.learn(&fact)?;
            }
        }
        self.states
            .extend(fresh.into_iter().map(|(name, cached)| (StreamId::stored(name), cached)));
        Ok(())
    }

    /// Whether a stream's state is at hand.
    pub(crate) fn holds(&self, stream: &StreamId) -> bool {
        self.states.contains_key(stream)
    }

    /// Learns a fact that was just decided; says the version it got.
    pub(crate) fn decided(&mut self, stream: &StreamId, typed: &dyn std::any::Any) -> Result<i64> {
        let cached = self
            .states
            .get_mut(stream)
            .ok_or_else(|| Error::broken(format!("{stream} was written without its state")))?;
        if !cached.state.learn_typed(typed) {
            return Err(Error::broken(format!("{stream} got a fact of another decider")));
        }
        cached.version += 1;
        Ok(cached.version)
    }

    /// A snapshot of a stream's state: its version, shape and JSON.
    pub(crate) fn snapshot(&self, stream: &StreamId) -> Result<Option<(i64, u16, String)>> {
        let Some(cached) = self.states.get(stream) else { return Ok(None) };
        let (shape, state) = cached
            .state
            .snapshot()
            .map_err(|cause| Error::broken(format!("{stream} cannot be snapshotted: {cause}")))?;
        Ok(Some((cached.version, shape, state)))
    }

    /// Forgets one stream: its state knows more than its facts will say.
    pub(crate) fn forget(&mut self, stream: &StreamId) {
        self.states.remove(stream);
    }

    /// Forgets everything: after a failed commit what was learnt may not have happened.
    pub(crate) fn clear(&mut self) {
        self.states.clear();
        self.position = 0;
    }
}

impl Cached {
    /// Learns the next fact of the stream; another one would make the state wrong for good.
    fn learn(&mut self, fact: &Recorded<String>) -> Result<()> {
        if fact.version != self.version + 1 {
            return Err(Error::broken(format!(
                "{} goes from version {} to {}",
                fact.stream, self.version, fact.version
            )));
        }
        self.state.learn(&fact.kind, fact.schema, &fact.fact).map_err(|cause| Error::Fact {
            journal: fact.journal.clone(),
            position: fact.position,
            cause,
        })?;
        self.version = fact.version;
        Ok(())
    }
}
