//! Facts: what has happened, kept for ever under stable names.
//!
//! A kind is a string that never changes its meaning; its shape may grow through schema versions,
//! and an [`Upcaster`] lifts an old payload one version at a time before it is decoded.

use std::borrow::Cow;
use std::fmt::{self, Debug, Display};

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// A consistency boundary: the name of what a decider folds, such as `desk/event_01k…`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StreamId(Cow<'static, str>);

impl StreamId {
    /// The stream of one thing in a category.
    pub fn new(category: &str, id: impl Display) -> Self {
        Self(Cow::Owned(format!("{category}/{id}")))
    }

    /// A name read back from the journal.
    pub fn stored(name: String) -> Self {
        Self(Cow::Owned(name))
    }

    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part behind the category: usually an id, and a tag of every fact in the stream.
    pub fn id(&self) -> &str {
        self.0.split_once('/').map_or(&*self.0, |(_, id)| id)
    }
}

impl Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Lifts the payload of `kind` from schema version `from` to the next.
#[derive(Clone, Copy)]
pub struct Upcaster {
    /// The kind it concerns.
    pub kind: &'static str,
    /// The version it reads; it writes `from + 1`.
    pub from: u16,
    /// The change of shape.
    pub lift: fn(Value) -> Value,
}

/// One capability's facts: an enum whose variants are kinds, with named fields only.
pub trait Fact:
    Serialize + DeserializeOwned + Clone + Debug + PartialEq + Send + Sync + 'static
{
    /// The kinds, in the order of the variants (`strum::VariantNames`).
    const KINDS: &'static [&'static str];
    /// Every change of shape there ever was.
    const UPCASTERS: &'static [Upcaster] = &[];

    /// This fact's kind (`strum::IntoStaticStr`).
    fn kind(&self) -> &'static str;

    /// What else this fact is about, beside its own stream: ids of other things.
    fn tags(&self) -> Vec<String> {
        Vec::new()
    }

    /// One example of every kind; the lock file of fact kinds is made of them.
    fn samples() -> Vec<Self>;
}

/// The present schema version of a kind: one more than the upcasters it has.
pub fn schema_of<F: Fact>(kind: &str) -> u16 {
    let lifts = F::UPCASTERS.iter().filter(|upcaster| upcaster.kind == kind).count();
    u16::try_from(lifts).unwrap_or(u16::MAX - 1).saturating_add(1)
}

/// A stored fact that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("a fact of kind {kind} version {schema} cannot be read")]
pub struct FactError {
    /// The kind as stored.
    pub kind: String,
    /// The schema version as stored.
    pub schema: u16,
    /// What the decoder said.
    #[source]
    pub cause: serde_json::Error,
}

/// Reads a stored payload as the present form of its kind.
///
/// # Errors
/// [`FactError`] when the kind is not one of `F`'s, or the payload does not fit it.
pub fn decode<F: Fact>(kind: &str, schema: u16, payload: &str) -> Result<F, FactError> {
    let fault = |cause| FactError { kind: kind.to_owned(), schema, cause };
    if schema == schema_of::<F>(kind) {
        return serde_json::from_str(&format!("{{\"{kind}\":{payload}}}")).map_err(fault);
    }
    let mut value: Value = serde_json::from_str(payload).map_err(fault)?;
    let mut version = schema;
    while let Some(next) =
        F::UPCASTERS.iter().find(|upcaster| upcaster.kind == kind && upcaster.from == version)
    {
        value = (next.lift)(value);
        version += 1;
    }
    let wrapped = serde_json::Map::from_iter([(kind.to_owned(), value)]);
    serde_json::from_value(Value::Object(wrapped)).map_err(fault)
}

/// A fact as the journal holds it, with everything known about how it came to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded<F> {
    /// The journal: `network`, or a hub's id.
    pub journal: String,
    /// 1, 2, 3 … without gaps within the journal.
    pub position: i64,
    /// The stream.
    pub stream: StreamId,
    /// 1, 2, 3 … without gaps within the stream.
    pub version: i64,
    /// The kind.
    pub kind: String,
    /// The schema version of the payload.
    pub schema: u16,
    /// When the journal took it, by the server's clock.
    pub recorded_at: DateTime<Utc>,
    /// When it happened, if that was earlier (imports, offline check-in).
    pub occurred_at: Option<DateTime<Utc>>,
    /// Who acted: a pseudonym.
    pub actor: String,
    /// The command that caused it.
    pub command_id: Uuid,
    /// Its place among that command's facts, from 0.
    pub ordinal: i32,
    /// The position of the fact that made one of our rules act.
    pub caused_by: Option<i64>,
    /// The journey it belongs to.
    pub correlation: Option<Uuid>,
    /// What happened.
    pub fact: F,
}

impl<F> Recorded<F> {
    /// The same envelope around another form of the fact.
    pub fn with<G>(&self, fact: G) -> Recorded<G> {
        Recorded {
            journal: self.journal.clone(),
            position: self.position,
            stream: self.stream.clone(),
            version: self.version,
            kind: self.kind.clone(),
            schema: self.schema,
            recorded_at: self.recorded_at,
            occurred_at: self.occurred_at,
            actor: self.actor.clone(),
            command_id: self.command_id,
            ordinal: self.ordinal,
            caused_by: self.caused_by,
            correlation: self.correlation,
            fact,
        }
    }

    /// When it happened, as far as known.
    pub fn happened_at(&self) -> DateTime<Utc> {
        self.occurred_at.unwrap_or(self.recorded_at)
    }
}

impl Recorded<String> {
    /// Reads the payload as one of `F`'s kinds; `None` when the kind is somebody else's.
    ///
    /// # Errors
    /// [`FactError`] when it is `F`'s kind and cannot be read.
    pub fn read<F: Fact>(&self) -> Result<Option<Recorded<F>>, FactError> {
        if !F::KINDS.contains(&self.kind.as_str()) {
            return Ok(None);
        }
        decode(&self.kind, self.schema, &self.fact).map(|fact| Some(self.with(fact)))
    }
}
