//! Which person an address belongs to. Only a keyed hash of an address is stored, and a new one is
//! durable before anybody hears whose it is.
//!
//! In a rush strangers come by the hundred, and a commit for each would make them wait in line: so
//! whoever has the turn enters all that have come meanwhile. There is no artificial delay; the
//! commit in progress is the pause in which the next ones gather, as with appends.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use kernel::PersonId;
use tokio::sync::oneshot;

use crate::db::Db;
use crate::error::{Error, Result};
use crate::row;
use crate::sql::{Sql, json_list};

/// Strangers on their way in.
#[derive(Default)]
pub(crate) struct Directory {
    waiting: Mutex<Vec<Stranger>>,
    turn: tokio::sync::Mutex<()>,
}

/// An address nobody has shown before, and the pseudonym it may get.
struct Stranger {
    address: String,
    person: PersonId,
    reply: oneshot::Sender<PersonId>,
}

row! {
    struct Entry { address: String, person: String }
}

// SQLite unfolds JSON with json_each, PostgreSQL with json functions of its own.
const FIND: Sql = Sql::pair(
    "SELECT address, person FROM keys.directory WHERE address IN (SELECT value FROM json_each($1))",
    "SELECT address, person FROM keys.directory
     WHERE address = ANY(ARRAY(SELECT json_array_elements_text(CAST($1 AS json))))",
);
const ENTER: Sql = Sql::pair(
    "INSERT INTO keys.directory (address, person)
     SELECT value->>0, value->>1 FROM json_each($1) WHERE true
     ON CONFLICT (address) DO NOTHING",
    "INSERT INTO keys.directory (address, person)
     SELECT v->>0, v->>1 FROM json_array_elements(CAST($1 AS json)) AS fresh(v)
     ON CONFLICT (address) DO NOTHING",
);

impl Directory {
    /// The person of an address, given as its hash; `fresh` the first time it is seen.
    pub(crate) async fn person(
        &self,
        db: &Db,
        address: String,
        fresh: PersonId,
    ) -> Result<PersonId> {
        if let Some(person) = find(db, &[&address]).await?.remove(&address) {
            return Ok(person);
        }
        let (reply, mut answer) = oneshot::channel();
        self.waiting().push(Stranger { address: address.clone(), person: fresh, reply });
        {
            let _turn = self.turn.lock().await;
            // Whoever had the turn before may have brought us in.
            if let Ok(person) = answer.try_recv() {
                return Ok(person);
            }
            let strangers = std::mem::take(&mut *self.waiting());
            if !strangers.is_empty() {
                enter(db, strangers).await?;
            }
        }
        match answer.await {
            Ok(person) => Ok(person),
            // Whoever had us in hand failed, or was cut off. That says nothing about us.
            Err(_dropped) => {
                let (reply, answer) = oneshot::channel();
                enter(db, vec![Stranger { address, person: fresh, reply }]).await?;
                answer.await.map_err(|_dropped| {
                    Error::broken("an address was entered and is not in the directory")
                })
            }
        }
    }

    /// The person of an address, given as its hash, if it is there.
    pub(crate) async fn known(&self, db: &Db, address: String) -> Result<Option<PersonId>> {
        Ok(find(db, &[&address]).await?.remove(&address))
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Stranger>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Enters them all in one commit, and tells each who it is: another process, or an earlier one of
/// the same address, may have been first.
async fn enter(db: &Db, strangers: Vec<Stranger>) -> Result<()> {
    let fresh: Vec<(&str, String)> = strangers
        .iter()
        .map(|stranger| (stranger.address.as_str(), stranger.person.to_string()))
        .collect();
    db.exec(ENTER, vec![json_list(&fresh)]).await?;
    let addresses: Vec<&str> = fresh.iter().map(|(address, _)| *address).collect();
    let found = find(db, &addresses).await?;
    for stranger in strangers {
        if let Some(person) = found.get(&stranger.address) {
            // Whoever asked may have gone.
            let _gone = stranger.reply.send(*person);
        }
    }
    Ok(())
}

async fn find(db: &Db, addresses: &[&str]) -> Result<HashMap<String, PersonId>> {
    let rows: Vec<Entry> = db.all(FIND, vec![json_list(addresses)]).await?;
    rows.into_iter()
        .map(|row| {
            let person =
                PersonId::parse(&row.person).map_err(|cause| Error::broken(cause.to_string()))?;
            Ok((row.address, person))
        })
        .collect()
}
