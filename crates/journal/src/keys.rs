//! Keys of persons, kept apart from the journal.
//!
//! Whatever is [`kernel::Personal`] is sealed under its person's own key before it is stored, and
//! opened when it is read. Destroying the key erases the person from the
//! journal, from stored commands, snapshots and waiting mails at once; facts and chain stay.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use hmac::{Hmac, Mac};
use kernel::{PERSONAL, PersonId, SEALED, World};
use serde_json::Value;
use sha2::Sha256;

use crate::chain::hex;
use crate::db::{Db, Pools};
use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::row;
use crate::seal::{Key, Keys, persons_in};
use crate::sql::{Count, Sql, json_list, micros};

/// Cached keys; beyond this the cache starts anew.
const CACHED_KEYS: usize = 50_000;

/// The keys of persons, and the secrets of this installation.
#[derive(Clone)]
pub struct Keyring {
    inner: Arc<Inner>,
}

struct Inner {
    db: Db,
    world: Arc<dyn World>,
    cache: Mutex<Cached>,
    secret: Key,
    directory: Directory,
}

#[derive(Default)]
struct Cached {
    /// `None` marks a person who was erased.
    keys: HashMap<String, Option<Key>>,
    /// Moves whenever a key is destroyed.
    epoch: u64,
    /// Destroyed keys there were at the last look.
    destroyed: i64,
}

row! {
    struct KeyRow { person: String, key: Option<Vec<u8>> }
}
row! {
    struct SecretRow { value: Vec<u8> }
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keyring(…)")
    }
}

impl Keyring {
    pub(crate) async fn open(db: Db, world: Arc<dyn World>) -> Result<Self> {
        let fresh = world.secret();
        db.exec(
            "INSERT INTO keys.secrets (name, value) VALUES ('installation', $1) ON CONFLICT (name) DO NOTHING",
            crate::args![fresh.to_vec()],
        )
        .await?;
        let stored: Option<SecretRow> =
            db.opt("SELECT value FROM keys.secrets WHERE name = 'installation'", vec![]).await?;
        let secret = stored
            .and_then(|row| Key::try_from(row.value).ok())
            .ok_or_else(|| Error::broken("the installation's secret is not 32 bytes"))?;
        let (cache, directory) = (Mutex::default(), Directory::default());
        Ok(Self { inner: Arc::new(Inner { db, world, cache, secret, directory }) })
    }

    pub(crate) async fn close(&self) {
        self.inner.db.close().await;
    }

    /// Empties the write-ahead log of the keys' own file, in which a destroyed key lingers.
    pub(crate) async fn scrub(&self) {
        if let Pools::Sqlite { write, .. } = self.inner.db.pools() {
            crate::views::scrub(write.clone(), "PRAGMA keys.wal_checkpoint(TRUNCATE)").await;
        }
    }

    /// A keyed hash (HMAC-SHA-256) under this installation's secret: for tokens in links, and for
    /// looking up what must not be stored readable. `purpose` keeps uses apart.
    pub fn mac(&self, purpose: &str, message: &[u8]) -> [u8; 32] {
        // HMAC takes a key of any length, so this cannot fail; an empty answer would never match.
        let Ok(mut mac) = <Hmac<Sha256> as Mac>::new_from_slice(&self.inner.secret) else {
            return [0; 32];
        };
        mac.update(&u64::try_from(purpose.len()).unwrap_or(0).to_be_bytes());
        mac.update(purpose.as_bytes());
        mac.update(message);
        mac.finalize().into_bytes().into()
    }

    /// The person an address belongs to: the same one each time, a new pseudonym the first time.
    ///
    /// # Errors
    /// When the keys are out of reach.
    pub async fn person_of(&self, address: &str) -> Result<PersonId> {
        let fresh = PersonId::new(self.inner.world.uuid());
        self.bind(address, fresh).await
    }

    /// Lets an address belong to a person, too. Whose it is then: hers, or that of whoever it has
    /// led to before.
    ///
    /// # Errors
    /// When the keys are out of reach.
    pub async fn bind(&self, address: &str, person: PersonId) -> Result<PersonId> {
        self.inner.directory.person(&self.inner.db, self.hashed(address), person).await
    }

    /// Lets an address that has led to one person lead to another, who has proved that it is hers.
    /// One that leads elsewhere meanwhile stays as it is.
    ///
    /// # Errors
    /// When the keys are out of reach.
    pub async fn rebind(&self, address: &str, from: PersonId, to: PersonId) -> Result<()> {
        let sql = "UPDATE keys.directory SET person = $3 WHERE address = $1 AND person = $2";
        let args = crate::args![self.hashed(address), from.to_string(), to.to_string()];
        self.inner.db.exec(sql, args).await.map(drop)
    }

    /// The person an address belongs to, if it was ever shown; nothing is entered.
    ///
    /// # Errors
    /// When the keys are out of reach.
    pub async fn known(&self, address: &str) -> Result<Option<PersonId>> {
        self.inner.directory.known(&self.inner.db, self.hashed(address)).await
    }

    fn hashed(&self, address: &str) -> String {
        hex(&self.mac("address", address.trim().to_lowercase().as_bytes()))
    }

    /// How many statements the keys have taken so far.
    pub fn statements(&self) -> u64 {
        self.inner.db.statements()
    }

    /// The keys of these persons, made for those who have none. They are durable when this
    /// returns, as they must be before anything sealed under them is.
    pub(crate) async fn ensure(&self, persons: &BTreeSet<String>) -> Result<Keys> {
        let mut keys = self.find(persons).await?;
        let fresh: Vec<Value> = persons
            .iter()
            .filter(|person| !keys.0.contains_key(*person))
            .map(|person| serde_json::json!({ "person": person, "key": hex(&self.inner.world.secret()) }))
            .collect();
        if !fresh.is_empty() {
            let now = micros(self.inner.world.now());
            self.inner.db.exec(INSERT_KEYS, vec![json_list(&fresh), crate::Arg::from(now)]).await?;
            // Read back: another process may have made them at the same moment, and its are used.
            keys = self.find(persons).await?;
        }
        Ok(keys)
    }

    /// The keys of those of these persons who have one, or had.
    async fn find(&self, persons: &BTreeSet<String>) -> Result<Keys> {
        let (mut keys, epoch) = {
            let cache = self.cache();
            let known = |person: &String| cache.keys.get(person).map(|key| (person.clone(), *key));
            (Keys(persons.iter().filter_map(known).collect()), cache.epoch)
        };
        let unknown: Vec<&String> =
            persons.iter().filter(|person| !keys.0.contains_key(*person)).collect();
        if unknown.is_empty() {
            return Ok(keys);
        }
        let rows: Vec<KeyRow> = self.inner.db.all(FIND_KEYS, vec![json_list(&unknown)]).await?;
        let mut cache = self.cache();
        if cache.keys.len() > CACHED_KEYS {
            cache.keys.clear();
        }
        // A key destroyed while we read must not come back into the cache.
        let is_current = cache.epoch == epoch;
        for row in rows {
            let key = row.key.and_then(|key| Key::try_from(key).ok());
            if is_current {
                cache.keys.insert(row.person.clone(), key);
            }
            keys.0.insert(row.person, key);
        }
        Ok(keys)
    }

    /// Destroys a person's key and forgets her addresses. From now on nothing of hers can be read.
    ///
    /// # Errors
    /// When the keys are out of reach; repeating is harmless.
    pub async fn destroy(&self, person: PersonId) -> Result<()> {
        let now = micros(self.inner.world.now());
        let name = person.to_string();
        self.inner
            .db
            .exec(
                "INSERT INTO keys.subject_keys (person, key, created_at, destroyed_at) VALUES ($1, NULL, $2, $2) \
                 ON CONFLICT (person) DO UPDATE SET key = NULL, destroyed_at = $2",
                crate::args![&name, now],
            )
            .await?;
        self.inner
            .db
            .exec("DELETE FROM keys.directory WHERE person = $1", crate::args![&name])
            .await?;
        let mut cache = self.cache();
        cache.epoch += 1;
        cache.keys.insert(name, None);
        Ok(())
    }

    /// When somebody was last erased, in microseconds; 0 when nobody ever was. Whatever is cached
    /// of personal data and older than this is not to be shown any more.
    ///
    /// # Errors
    /// When the keys are out of reach.
    pub async fn last_erasure(&self) -> Result<i64> {
        row! { struct Last { at: Option<i64> } }
        let last: Option<Last> = self
            .inner
            .db
            .opt("SELECT MAX(destroyed_at) AS at FROM keys.subject_keys WHERE destroyed_at IS NOT NULL", vec![])
            .await?;
        Ok(last.and_then(|last| last.at).unwrap_or(0))
    }

    /// Forgets a cached key, because another process is destroying it.
    pub(crate) fn forget(&self, person: &str) {
        let mut cache = self.cache();
        cache.epoch += 1;
        cache.keys.remove(person);
    }

    /// Forgets all cached keys if one was destroyed since the last look, by whichever process.
    pub(crate) async fn notice_destroyed(&self) -> Result<()> {
        let count: Option<Count> = self
            .inner
            .db
            .opt(
                "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM keys.subject_keys WHERE destroyed_at IS NOT NULL",
                vec![],
            )
            .await?;
        let destroyed = count.map_or(0, |count| count.n);
        let mut cache = self.cache();
        if cache.destroyed != destroyed {
            cache.destroyed = destroyed;
            cache.epoch += 1;
            cache.keys.clear();
        }
        Ok(())
    }

    fn cache(&self) -> std::sync::MutexGuard<'_, Cached> {
        self.inner.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn world(&self) -> &dyn World {
        &*self.inner.world
    }

    /// JSON texts with every sealed value opened whose key is still there.
    pub(crate) async fn open_all(&self, texts: &mut [String]) -> Result<()> {
        let mut persons = BTreeSet::new();
        for text in texts.iter() {
            persons_in(text, SEALED, &mut persons)?;
        }
        if persons.is_empty() {
            return Ok(());
        }
        let keys = self.find(&persons).await?;
        for text in texts.iter_mut().filter(|text| text.contains(SEALED)) {
            *text = keys.open(text)?;
        }
        Ok(())
    }

    /// One JSON text opened.
    ///
    /// # Errors
    /// When the keys are out of reach or the text is no JSON.
    pub async fn open_text(&self, text: String) -> Result<String> {
        let mut texts = [text];
        self.open_all(&mut texts).await?;
        let [text] = texts;
        Ok(text)
    }

    /// One JSON text sealed, its persons' keys made first.
    ///
    /// # Errors
    /// As [`Keyring::open_text`].
    pub async fn seal_text(&self, text: &str) -> Result<String> {
        let mut persons = BTreeSet::new();
        persons_in(text, PERSONAL, &mut persons)?;
        self.ensure(&persons).await?.seal(text, self.world())
    }
}

// SQLite unfolds JSON with json_each, PostgreSQL with json_to_recordset.
const INSERT_KEYS: Sql = Sql::pair(
    "INSERT INTO keys.subject_keys (person, key, created_at)
     SELECT value->>'$.person', unhex(value->>'$.key'), $2 FROM json_each($1) WHERE true
     ON CONFLICT (person) DO NOTHING",
    "INSERT INTO keys.subject_keys (person, key, created_at)
     SELECT person, decode(key, 'hex'), $2 FROM json_to_recordset(CAST($1 AS json)) AS fresh(person TEXT, key TEXT)
     ON CONFLICT (person) DO NOTHING",
);
const FIND_KEYS: Sql = Sql::pair(
    "SELECT person, key FROM keys.subject_keys WHERE person IN (SELECT value FROM json_each($1))",
    "SELECT person, key FROM keys.subject_keys
     WHERE person = ANY(ARRAY(SELECT json_array_elements_text(CAST($1 AS json))))",
);
