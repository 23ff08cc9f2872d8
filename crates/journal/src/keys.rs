//! Keys of persons, kept apart from the journal, and the sealing of their values.
//!
//! Whatever is [`kernel::Personal`] is sealed with XChaCha20-Poly1305 under its person's own key
//! before it is stored, and opened when it is read. Destroying the key erases the person from the
//! journal, from stored commands, snapshots and waiting mails at once; facts and chain stay.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use kernel::{PERSONAL, PersonId, SEALED, World};
use serde_json::{Map, Value};
use sha2::Sha256;

use crate::chain::hex;
use crate::error::{Error, Result};
use crate::row;
use crate::sql::{Db, Sql, json_list, micros};

/// Cached keys; beyond this the cache starts anew.
const CACHED_KEYS: usize = 50_000;

type Key = [u8; 32];

/// The keys of persons, and the secrets of this installation.
#[derive(Clone)]
pub struct Keyring {
    inner: Arc<Inner>,
}

struct Inner {
    db: Db,
    world: Arc<dyn World>,
    /// `None` marks a person who was erased.
    cache: Mutex<HashMap<String, Option<Key>>>,
    secret: Key,
}

row! {
    struct KeyRow { person: String, key: Option<Vec<u8>> }
}
row! {
    struct SecretRow { value: Vec<u8> }
}
row! {
    struct PersonRow { person: String }
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
        Ok(Self { inner: Arc::new(Inner { db, world, cache: Mutex::default(), secret }) })
    }

    /// Cuts the write-ahead log of the keys, in which a destroyed key would linger.
    pub(crate) async fn scrub(&self) {
        if let crate::sql::Pools::Sqlite { write, .. } = self.inner.db.pools()
            && let Err(cause) =
                sqlx::query("PRAGMA keys.wal_checkpoint(TRUNCATE)").execute(write).await
        {
            tracing::warn!(error = %cause, "the log of the keys could not be cut yet");
        }
    }

    pub(crate) async fn close(&self) {
        if let crate::sql::Pools::Sqlite { write, .. } = self.inner.db.pools() {
            write.close().await;
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
        let known = hex(&self.mac("address", address.trim().to_lowercase().as_bytes()));
        let fresh = PersonId::new(self.inner.world.uuid());
        let find = "SELECT person FROM keys.directory WHERE address = $1";
        if let Some(row) = self.inner.db.opt::<PersonRow>(find, crate::args![&known]).await? {
            return parse_person(&row.person);
        }
        self.inner
            .db
            .exec(
                "INSERT INTO keys.directory (address, person) VALUES ($1, $2) ON CONFLICT (address) DO NOTHING",
                crate::args![&known, fresh.to_string()],
            )
            .await?;
        match self.inner.db.opt::<PersonRow>(find, crate::args![&known]).await? {
            Some(row) => parse_person(&row.person),
            None => Err(Error::broken("an address was entered and is not in the directory")),
        }
    }

    /// Makes keys for persons who have none. Must be durable before anything sealed under them is.
    pub(crate) async fn ensure(&self, persons: &BTreeSet<String>) -> Result<()> {
        let unknown: Vec<&String> = {
            let cache = self.cache();
            persons.iter().filter(|person| !cache.contains_key(*person)).collect()
        };
        if unknown.is_empty() {
            return Ok(());
        }
        self.load(&unknown).await?;
        let missing: Vec<&String> = {
            let cache = self.cache();
            unknown.into_iter().filter(|person| !cache.contains_key(*person)).collect()
        };
        if missing.is_empty() {
            return Ok(());
        }
        let now = micros(self.inner.world.now());
        let fresh: Vec<Value> = missing
            .iter()
            .map(|person| serde_json::json!({ "person": person, "key": hex(&self.inner.world.secret()) }))
            .collect();
        self.inner.db.exec(INSERT_KEYS, vec![json_list(&fresh), crate::Arg::from(now)]).await?;
        self.load(&missing).await
    }

    async fn load(&self, persons: &[&String]) -> Result<()> {
        let rows: Vec<KeyRow> = self.inner.db.all(FIND_KEYS, vec![json_list(persons)]).await?;
        let mut cache = self.cache();
        if cache.len() > CACHED_KEYS {
            cache.clear();
        }
        for row in rows {
            cache.insert(row.person, row.key.and_then(|key| Key::try_from(key).ok()));
        }
        Ok(())
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
        self.cache().insert(name, None);
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

    /// Forgets a cached key, because another process destroyed it.
    pub(crate) fn forget(&self, person: &str) {
        self.cache().remove(person);
    }

    fn cache(&self) -> std::sync::MutexGuard<'_, HashMap<String, Option<Key>>> {
        self.inner.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn key(&self, person: &str) -> Option<Key> {
        self.cache().get(person).copied().flatten()
    }

    /// A JSON text with every readable personal value sealed. The keys are ensured before.
    pub(crate) fn seal(&self, json: &str) -> Result<String> {
        if !json.contains(PERSONAL) {
            return Ok(json.to_owned());
        }
        let mut value = parse(json)?;
        walk(&mut value, PERSONAL, &mut |inner| self.seal_one(&inner));
        Ok(value.to_string())
    }

    fn seal_one(&self, inner: &Map<String, Value>) -> Map<String, Value> {
        let of = inner.get("of").and_then(Value::as_str).unwrap_or_default();
        let mut sealed = Map::from_iter([("of".to_owned(), Value::from(of))]);
        // Of an erased person nothing is kept: the box stays empty.
        if let (Some(key), Some(value)) = (self.key(of), inner.get("value")) {
            let mut nonce = [0; 24];
            self.inner.world.fill(&mut nonce);
            let text = value.to_string();
            let payload = Payload { msg: text.as_bytes(), aad: of.as_bytes() };
            if let Ok(cipher) =
                XChaCha20Poly1305::new(&key.into()).encrypt(XNonce::from_slice(&nonce), payload)
            {
                let mut whole = nonce.to_vec();
                whole.extend(cipher);
                sealed.insert("box".to_owned(), Value::from(BASE64.encode(whole)));
            }
        }
        Map::from_iter([(SEALED.to_owned(), Value::Object(sealed))])
    }

    /// JSON texts with every sealed value opened whose key is still there.
    pub(crate) async fn open_all(&self, texts: &mut [String]) -> Result<()> {
        let mut persons = BTreeSet::new();
        for text in texts.iter().filter(|text| text.contains(SEALED)) {
            collect(&parse(text)?, SEALED, &mut persons);
        }
        let unknown: Vec<&String> = {
            let cache = self.cache();
            persons.iter().filter(|person| !cache.contains_key(*person)).collect()
        };
        if !unknown.is_empty() {
            self.load(&unknown).await?;
        }
        for text in texts.iter_mut().filter(|text| text.contains(SEALED)) {
            let mut value = parse(text)?;
            walk(&mut value, SEALED, &mut |inner| self.open_one(inner));
            *text = value.to_string();
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
        self.ensure(&persons_in(text)?).await?;
        self.seal(text)
    }

    fn open_one(&self, inner: Map<String, Value>) -> Map<String, Value> {
        let opened = inner.get("of").and_then(Value::as_str).and_then(|of| {
            let whole = BASE64.decode(inner.get("box")?.as_str()?).ok()?;
            let (nonce, cipher) = whole.split_at_checked(24)?;
            let payload = Payload { msg: cipher, aad: of.as_bytes() };
            let text = XChaCha20Poly1305::new(&self.key(of)?.into())
                .decrypt(XNonce::from_slice(nonce), payload)
                .ok()?;
            let value: Value = serde_json::from_slice(&text).ok()?;
            Some(Map::from_iter([("of".to_owned(), Value::from(of)), ("value".to_owned(), value)]))
        });
        match opened {
            Some(open) => Map::from_iter([(PERSONAL.to_owned(), Value::Object(open))]),
            None => Map::from_iter([(SEALED.to_owned(), Value::Object(inner))]),
        }
    }
}

/// The persons whose readable values a JSON text holds.
pub(crate) fn persons_in(json: &str) -> Result<BTreeSet<String>> {
    let mut persons = BTreeSet::new();
    if json.contains(PERSONAL) {
        collect(&parse(json)?, PERSONAL, &mut persons);
    }
    Ok(persons)
}

fn parse(json: &str) -> Result<Value> {
    serde_json::from_str(json)
        .map_err(|cause| Error::broken(format!("a stored text is no JSON: {cause}")))
}

fn parse_person(text: &str) -> Result<PersonId> {
    PersonId::parse(text).map_err(|cause| Error::broken(cause.to_string()))
}

/// Replaces every `{"<mark>": {…}}`, innermost values untouched.
fn walk(
    value: &mut Value,
    mark: &str,
    replace: &mut dyn FnMut(Map<String, Value>) -> Map<String, Value>,
) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, mark, replace)),
        Value::Object(map) => {
            if let (1, Some(Value::Object(_))) = (map.len(), map.get(mark)) {
                if let Some(Value::Object(inner)) = map.remove(mark) {
                    *map = replace(inner);
                }
            } else {
                map.values_mut().for_each(|item| walk(item, mark, replace));
            }
        }
        _ => {}
    }
}

fn collect(value: &Value, mark: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, mark, into)),
        Value::Object(map) => match map.get(mark) {
            Some(Value::Object(inner)) => {
                if let Some(of) = inner.get("of").and_then(Value::as_str) {
                    into.insert(of.to_owned());
                }
            }
            _ => map.values().for_each(|item| collect(item, mark, into)),
        },
        _ => {}
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
     WHERE person IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))",
);
