//! Facts come out in order: by position, by stream, by tag; and live, without a gap.

use chrono::{DateTime, Utc};
use futures_util::Stream;
use kernel::{PersonId, Recorded};

use crate::error::Result;
use crate::heads::POLL;
use crate::journal::Journal;
use crate::row;
use crate::sql::micros;
use crate::store::{AFTER, FactRow, open_rows, read_head};

/// Facts read at once by anything that walks a journal.
const PAGE: i64 = 500;

// A stream whose name holds a person's id is hers. The second pattern is that of who reads.
const SHOWN: &str = "SELECT journal, position, stream, version, kind, schema, recorded_at,
         occurred_at, actor, command_id, ordinal, caused_by, correlation, payload, hash
     FROM facts
     WHERE journal = $1 AND position < $2
         AND (stream NOT LIKE '%person@_%' ESCAPE '@' OR stream LIKE $3)
     ORDER BY position DESC LIMIT $4";
const SHOWN_TAGGED: &str = "SELECT facts.journal, facts.position, stream, version, kind, schema,
         recorded_at, occurred_at, actor, command_id, ordinal, caused_by, correlation, payload, hash
     FROM tags JOIN facts ON facts.journal = tags.journal AND facts.position = tags.position
     WHERE tags.journal = $1 AND tags.position < $2
         AND (stream NOT LIKE '%person@_%' ESCAPE '@' OR stream LIKE $3)
         AND tags.tag = $5
     ORDER BY tags.position DESC LIMIT $4";

impl Journal {
    /// Where a journal ends; 0 for one that does not exist.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn position(&self, journal: &str) -> Result<i64> {
        Ok(read_head(self.db(), journal).await?.position)
    }

    /// All journals there are, the network's first.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn journals(&self) -> Result<Vec<String>> {
        row! { struct Name { journal: String } }
        let mut names: Vec<String> = self
            .db()
            .all::<Name>("SELECT journal FROM heads ORDER BY journal", vec![])
            .await?
            .into_iter()
            .map(|row| row.journal)
            .collect();
        names.sort_by_key(|name| (name != crate::NETWORK, name.clone()));
        Ok(names)
    }

    /// Facts behind a position, at most `limit`, personal values opened.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn after(
        &self,
        journal: &str,
        position: i64,
        limit: i64,
    ) -> Result<Vec<Recorded<String>>> {
        let rows: Vec<FactRow> =
            self.db().all(AFTER, crate::args![journal, position, limit]).await?;
        open_rows(self.keys(), rows).await
    }

    /// The newest facts about a thing (a tag: its id), before a position, newest first.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn tagged(
        &self,
        journal: &str,
        tag: &str,
        before: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Recorded<String>>> {
        let rows: Vec<FactRow> = self
            .db()
            .all(
                "SELECT facts.journal, facts.position, stream, version, kind, schema, recorded_at, occurred_at, actor,
                     command_id, ordinal, caused_by, correlation, payload, hash
                 FROM tags JOIN facts ON facts.journal = tags.journal AND facts.position = tags.position
                 WHERE tags.journal = $1 AND tags.tag = $2 AND tags.position < $3
                 ORDER BY tags.position DESC LIMIT $4",
                crate::args![journal, tag, before.unwrap_or(i64::MAX), limit],
            )
            .await?;
        open_rows(self.keys(), rows).await
    }

    /// The newest facts of a journal before a position, newest first.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn newest(
        &self,
        journal: &str,
        before: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Recorded<String>>> {
        let rows: Vec<FactRow> = self
            .db()
            .all(
                "SELECT journal, position, stream, version, kind, schema, recorded_at, occurred_at, actor,
                     command_id, ordinal, caused_by, correlation, payload, hash
                 FROM facts WHERE journal = $1 AND position < $2 ORDER BY position DESC LIMIT $3",
                crate::args![journal, before.unwrap_or(i64::MAX), limit],
            )
            .await?;
        open_rows(self.keys(), rows).await
    }

    /// The newest facts as anybody may see them, about a thing or all, before a position, newest
    /// first: without those of streams that are persons', but with the reader's own.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn shown(
        &self,
        journal: &str,
        tag: Option<&str>,
        reader: Option<PersonId>,
        (before, limit): (Option<i64>, i64),
    ) -> Result<Vec<Recorded<String>>> {
        // No stream is called by the empty name.
        let own = reader.map(|person| format!("%{person}%")).unwrap_or_default();
        let mut args = crate::args![journal, before.unwrap_or(i64::MAX), own, limit];
        let sql = match tag {
            None => SHOWN,
            Some(tag) => {
                args.push(crate::Arg::from(tag));
                SHOWN_TAGGED
            }
        };
        let rows: Vec<FactRow> = self.db().all(sql, args).await?;
        open_rows(self.keys(), rows).await
    }

    /// One fact.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn at(&self, journal: &str, position: i64) -> Result<Option<Recorded<String>>> {
        Ok(self
            .after(journal, position - 1, 1)
            .await?
            .into_iter()
            .next()
            .filter(|fact| fact.position == position))
    }

    /// What became of a command, and who gave it; `None` when none of this id was decided.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn outcome(
        &self,
        journal: &str,
        id: uuid::Uuid,
    ) -> Result<Option<(String, crate::Outcome)>> {
        row! { struct Known { actor: String, outcome: String } }
        let known: Option<Known> = self
            .db()
            .opt(
                "SELECT actor, outcome FROM commands WHERE journal = $1 AND command_id = $2",
                crate::args![journal, id.to_string()],
            )
            .await?;
        let Some(known) = known else { return Ok(None) };
        let outcome = serde_json::from_str(&known.outcome).map_err(|cause| {
            crate::Error::broken(format!("the outcome of {id} cannot be read: {cause}"))
        })?;
        Ok(Some((known.actor, outcome)))
    }

    /// The last position recorded at or before an instant; 0 when there is none.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn position_at(&self, journal: &str, at: DateTime<Utc>) -> Result<i64> {
        row! { struct When { recorded_at: i64 } }
        // Recorded times never run backwards, so the position is found by halving.
        let (mut low, mut high) = (0, self.position(journal).await?);
        while low < high {
            let middle = low + (high - low + 1) / 2;
            let row: Option<When> = self
                .db()
                .opt(
                    "SELECT recorded_at FROM facts WHERE journal = $1 AND position = $2",
                    crate::args![journal, middle],
                )
                .await?;
            if row.is_some_and(|row| row.recorded_at <= micros(at)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Ok(low)
    }

    /// Facts behind a position, for ever: those there are, then each as it comes. No gap and no
    /// repeat, whichever process appends. Ends when the journal closes.
    pub fn follow(
        &self,
        journal: &str,
        after: i64,
    ) -> impl Stream<Item = Result<Recorded<String>>> + Send + use<> {
        let (this, journal) = (self.clone(), journal.to_owned());
        let wake = self.head_watch(&journal);
        let start = (this, journal, after, Vec::<Recorded<String>>::new().into_iter(), wake);
        futures_util::stream::unfold(
            start,
            |(this, journal, mut after, mut page, mut wake)| async move {
                loop {
                    if let Some(fact) = page.next() {
                        after = fact.position;
                        return Some((Ok(fact), (this, journal, after, page, wake)));
                    }
                    // Marked as seen before reading: what is appended meanwhile wakes again.
                    wake.borrow_and_update();
                    match this.after(&journal, after, PAGE).await {
                        Err(fault) => {
                            // Whoever goes on after a fault does not go on in a frenzy.
                            tokio::select! {
                                () = tokio::time::sleep(POLL) => {}
                                () = this.inner().stopped() => return None,
                            }
                            return Some((Err(fault), (this, journal, after, page, wake)));
                        }
                        Ok(facts) if facts.is_empty() => tokio::select! {
                            changed = wake.changed() => if changed.is_err() { return None },
                            () = this.inner().stopped() => return None,
                        },
                        Ok(facts) => page = facts.into_iter(),
                    }
                }
            },
        )
    }
}
