//! `verify`: walks a journal and names the first position that is not what was written.

use crate::chain::{GENESIS, hex, link};
use crate::error::Result;
use crate::journal::Journal;
use crate::store::{AFTER, FactRow, read_head};

/// Facts read at once.
const PAGE: i64 = 2_000;

/// What a walk found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The journal.
    pub journal: String,
    /// Facts that are as written.
    pub facts: i64,
    /// The hash at the end, in hexadecimal: note it elsewhere, and nobody can change the past
    /// unseen.
    pub head: String,
    /// The first position that is wrong, and how; `None` when all is well.
    pub wrong: Option<(i64, String)>,
}

impl Journal {
    /// Walks one journal from its first fact: positions dense, versions dense, every hash right,
    /// the head at the end.
    ///
    /// # Errors
    /// When the database is out of reach. What is wrong with the journal is no error but the
    /// answer.
    pub async fn verify(
        &self,
        journal: &str,
        progress: &(dyn Fn(i64, i64) + Sync),
    ) -> Result<Verified> {
        let head = read_head(self.db(), journal).await?;
        let (mut position, mut hash) = (0, GENESIS);
        let mut versions = std::collections::HashMap::new();
        let verified = |facts, hash: &[u8; 32], wrong| Verified {
            journal: journal.to_owned(),
            facts,
            head: hex(hash),
            wrong,
        };
        let mut last_recorded = 0;
        'walk: loop {
            let rows = match self.page_or_one(journal, position).await? {
                Ok(rows) => rows,
                Err(how) => return Ok(verified(position, &hash, Some((position + 1, how)))),
            };
            if rows.is_empty() {
                break;
            }
            for row in rows {
                let at = position + 1;
                if row.position > head.position {
                    // Appended while we walked; the next walk will see it.
                    break 'walk;
                }
                last_recorded = row.recorded_at;
                match check(row, at, &hash, &mut versions) {
                    Ok(next) => (position, hash) = (at, next),
                    Err(how) => return Ok(verified(position, &hash, Some((at, how)))),
                }
            }
            progress(position, head.position);
        }
        let wrong = if position != head.position {
            Some((position + 1, format!("the head says {} facts", head.position)))
        } else if hash != head.hash {
            Some((position, "the head's hash is another one".to_owned()))
        } else if last_recorded != head.recorded_at {
            Some((position, "the head's time is another one".to_owned()))
        } else {
            None
        };
        Ok(verified(position, &hash, wrong))
    }

    /// The next facts; or the next one alone when one among them cannot be read, such as a text
    /// that is no text any more; or how that one is wrong.
    async fn page_or_one(
        &self,
        journal: &str,
        position: i64,
    ) -> Result<std::result::Result<Vec<FactRow>, String>> {
        let page = self.db().all(AFTER, crate::args![journal, position, PAGE]).await;
        match page {
            Err(fault) if !fault.is_passing() => {}
            page => return page.map(Ok),
        }
        match self.db().all(AFTER, crate::args![journal, position, 1_i64]).await {
            Err(fault) if !fault.is_passing() => Ok(Err("it cannot be read".to_owned())),
            one => one.map(Ok),
        }
    }
}

fn check(
    row: FactRow,
    at: i64,
    previous: &[u8; 32],
    versions: &mut std::collections::HashMap<String, i64>,
) -> std::result::Result<[u8; 32], String> {
    if row.position != at {
        return Err(format!("the next fact has position {}", row.position));
    }
    let (fact, stored) = row.stored().map_err(|fault| fault.to_string())?;
    let hash = link(previous, &fact, &fact.fact);
    if stored != hash {
        return Err("its hash does not match its content and the fact before".to_owned());
    }
    let version = versions.entry(fact.stream.as_str().to_owned()).or_default();
    *version += 1;
    if fact.version != *version {
        return Err(format!("{} jumps to version {}", fact.stream, fact.version));
    }
    Ok(hash)
}
