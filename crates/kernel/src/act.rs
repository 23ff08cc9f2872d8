//! A command as it is stored, and what it may look at while it is decided.
//!
//! Most rules live in one decider. Some need several streams of the hub at once (an accepted
//! invitation takes a place at the desk): such an act asks the [`Ledger`] for each state it needs.
//! A state that is not at hand stops the decision with [`Stop::Need`]; the journal loads it and
//! decides again, all under the head lock. So the streams read need not be named beforehand, and
//! nothing they say can change before the facts are written.

use std::any::Any;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fact::schema_of;
use crate::{Actor, Decider, Fact, Folded, Folding, StreamId};

/// When and by whom a command was given.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The instant the server received it: what deadlines are compared with.
    pub now: DateTime<Utc>,
    /// By whom.
    pub actor: Actor,
}

/// One command of the product, as it is stored in the journal.
pub trait Act: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Its stable name: `RegisterForEvent`.
    const KIND: &'static str;

    /// Whether the actor's roles allow asking at all; finer rules are the decision's.
    fn permits(&self, actor: &Actor) -> bool;

    /// What happens, or why nothing may.
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop>;
}

/// An act whose type the journal does not know.
pub trait DynAct: Send + Sync {
    /// [`Act::KIND`].
    fn kind(&self) -> &'static str;
    /// [`Act::permits`].
    fn permits(&self, actor: &Actor) -> bool;
    /// [`Act::decide`].
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop>;
    /// The act as JSON, personal values marked and readable.
    fn body(&self) -> Result<String, serde_json::Error>;
}

impl<A: Act> DynAct for A {
    fn kind(&self) -> &'static str {
        A::KIND
    }
    fn permits(&self, actor: &Actor) -> bool {
        Act::permits(self, actor)
    }
    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        Act::decide(self, ledger)
    }
    fn body(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}

/// Facts about to be recorded, in order, and what they are about.
#[derive(Debug, Default)]
pub struct Decision {
    /// The id of the thing the command concerns: what a repeated command answers with.
    pub about: String,
    /// The facts. Empty means "already so".
    pub drafts: Vec<Draft>,
}

/// A fact that has been decided and not yet recorded.
#[derive(Debug)]
pub struct Draft {
    /// Where it belongs.
    pub stream: StreamId,
    /// Its kind.
    pub kind: &'static str,
    /// The schema version of its payload.
    pub schema: u16,
    /// The payload as JSON, personal values marked and readable.
    pub payload: String,
    /// Ids of the things it is about.
    pub tags: Vec<String>,
    /// When it happened, if that was earlier.
    pub occurred_at: Option<DateTime<Utc>>,
    /// The fact itself, for the cached state.
    pub typed: Box<dyn Any + Send + Sync>,
    /// Makes the state of its stream to which nothing has happened.
    pub empty: fn() -> Box<dyn Folding>,
}

impl Decision {
    /// A decision about one thing, without facts so far.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "ids are copied: a decision reads better without `&`"
    )]
    pub fn about(id: impl ToString) -> Self {
        Self { about: id.to_string(), drafts: Vec::new() }
    }

    /// Adds facts to one stream.
    ///
    /// # Errors
    /// [`Stop::Broken`] when a fact cannot be written as JSON: a programming error.
    pub fn with<D: Decider>(
        mut self,
        id: impl std::fmt::Display,
        facts: impl IntoIterator<Item = D::Fact>,
    ) -> Result<Self, Stop> {
        let stream = D::stream(id);
        for fact in facts {
            self.drafts.push(Draft::new(stream.clone(), fact, Folded::<D>::empty)?);
        }
        Ok(self)
    }

    /// Says that all of it happened earlier than it is recorded.
    #[must_use]
    pub fn occurred_at(mut self, at: DateTime<Utc>) -> Self {
        for draft in &mut self.drafts {
            draft.occurred_at = Some(at);
        }
        self
    }
}

impl Draft {
    fn new<F: Fact>(
        stream: StreamId,
        fact: F,
        empty: fn() -> Box<dyn Folding>,
    ) -> Result<Self, Stop> {
        let kind = fact.kind();
        let broken = |what: String| Stop::Broken(format!("{kind} cannot be written: {what}"));
        let whole = serde_json::to_string(&fact).map_err(|cause| broken(cause.to_string()))?;
        // serde writes {"Kind":payload}; the journal keeps kind and payload apart.
        let payload = whole
            .strip_prefix(&format!("{{\"{kind}\":"))
            .and_then(|rest| rest.strip_suffix('}'))
            .ok_or_else(|| broken("its variant needs named fields".to_owned()))?
            .to_owned();
        let mut tags = vec![stream.id().to_owned()];
        tags.extend(fact.tags());
        tags.sort_unstable();
        tags.dedup();
        Ok(Self {
            stream,
            kind,
            schema: schema_of::<F>(kind),
            payload,
            tags,
            occurred_at: None,
            typed: Box::new(fact),
            empty,
        })
    }
}

/// Why a rule of the product turns a command down. The variant's name is the code, its fields are
/// the figures that decided; people read it through the message catalogues.
pub trait Rejection: std::error::Error + Serialize + PartialEq + Send + Sync + 'static {}

/// A rejection whose type the journal does not know: what is stored and answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    /// Stable, in capitals: `QUOTA_FULL`.
    pub code: String,
    /// What it says in English, for logs and as a last resort.
    pub says: String,
    /// The path of the input field it concerns, if one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Vec<String>>,
    /// The figures that decided.
    #[serde(default)]
    pub details: BTreeMap<String, Value>,
}

/// A rejection's figure of this name says which field of the input it concerns.
const INPUT: &str = "input";

impl Refusal {
    /// A refusal from its parts.
    pub fn new(code: &str, says: impl Into<String>) -> Self {
        Self { code: code.to_owned(), says: says.into(), field: None, details: BTreeMap::new() }
    }

    /// From a typed rejection.
    pub fn of<R: Rejection>(rejection: &R) -> Self {
        let says = rejection.to_string();
        match serde_json::to_value(rejection) {
            Ok(Value::String(name)) => Self::new(&screaming(&name), says),
            Ok(Value::Object(map)) => {
                let Some((name, fields)) = map.into_iter().next() else {
                    return Self::new("REJECTED", says);
                };
                let details = match fields {
                    Value::Object(fields) => fields.into_iter().collect(),
                    other => BTreeMap::from([("value".to_owned(), other)]),
                };
                let said = Self { details, ..Self::new(&screaming(&name), says) };
                match said.details.get(INPUT).and_then(Value::as_str).map(str::to_owned) {
                    Some(field) => said.at(&[&field]),
                    None => said,
                }
            }
            _ => Self::new("REJECTED", says),
        }
    }

    /// The same about one input field.
    #[must_use]
    pub fn at(mut self, path: &[&str]) -> Self {
        self.field = Some(path.iter().map(|&part| part.to_owned()).collect());
        self
    }

    /// The same with one more figure.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.details.insert(name.to_owned(), value.into());
        self
    }
}

/// `QuotaFull` → `QUOTA_FULL`.
fn screaming(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for (place, letter) in name.chars().enumerate() {
        if letter.is_uppercase() && place > 0 {
            out.push('_');
        }
        out.extend(letter.to_uppercase());
    }
    out
}

/// Why a decision stopped.
#[derive(Debug)]
pub enum Stop {
    /// A state is needed that is not at hand.
    Need(Need),
    /// A rule says no: an answer.
    Rejected(Box<Refusal>),
    /// A promise of the program is broken: a fault.
    Broken(String),
}

/// A stream to load, and how to fold it.
#[derive(Debug, Clone)]
pub struct Need {
    /// The stream.
    pub stream: StreamId,
    /// Makes the state to which nothing has happened.
    pub empty: fn() -> Box<dyn Folding>,
}

impl<R: Rejection> From<R> for Stop {
    fn from(rejection: R) -> Self {
        Self::Rejected(Box::new(Refusal::of(&rejection)))
    }
}
impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Rejected(Box::new(refusal))
    }
}

/// Where states come from.
pub trait States {
    /// The state of a stream and its version, if it is at hand.
    fn find(&self, stream: &StreamId) -> Option<(&dyn Folding, i64)>;
}

/// What an act may look at: the states of its hub's streams, and the moment.
pub struct Ledger<'a> {
    states: &'a dyn States,
    /// When and by whom the command was given.
    pub moment: &'a Moment,
}

impl<'a> Ledger<'a> {
    /// A view on these states.
    pub fn new(states: &'a dyn States, moment: &'a Moment) -> Self {
        Self { states, moment }
    }

    /// The state of one thing, as of all facts before this decision.
    ///
    /// # Errors
    /// [`Stop::Need`] when it must be loaded first; pass it on with `?`.
    pub fn state<D: Decider>(&self, id: impl std::fmt::Display) -> Result<&'a D, Stop> {
        self.versioned(id).map(|(state, _)| state)
    }

    /// The same with the stream's version.
    ///
    /// # Errors
    /// As [`Ledger::state`].
    pub fn versioned<D: Decider>(&self, id: impl std::fmt::Display) -> Result<(&'a D, i64), Stop> {
        let stream = D::stream(id);
        let Some((folding, version)) = self.states.find(&stream) else {
            return Err(Stop::Need(Need { stream, empty: Folded::<D>::empty }));
        };
        match folding.as_any().downcast_ref::<D>() {
            Some(state) => Ok((state, version)),
            None => Err(Stop::Broken(format!("{stream} is folded by another decider"))),
        }
    }

    /// Refuses with `VERSION_CONFLICT` when a form was filled in on an older version.
    ///
    /// # Errors
    /// The refusal, with both versions; or [`Stop::Need`].
    pub fn expect<D: Decider>(
        &self,
        id: impl std::fmt::Display,
        expected: Option<i64>,
    ) -> Result<(), Stop> {
        let stream = D::stream(&id);
        let (_, actual) = self.versioned::<D>(id)?;
        match expected {
            Some(expected) if expected != actual => {
                let says = format!("it changed since: version {actual}, not {expected}");
                Err(Refusal::new("VERSION_CONFLICT", says)
                    .at(&["expectedVersion"])
                    .with("expected", expected)
                    .with("actual", actual)
                    .with("stream", stream.as_str())
                    .into())
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, thiserror::Error)]
    enum Why {
        #[error("{input} does not exist")]
        NoSuchTime { input: String },
        #[error("closed")]
        RegistrationClosed,
        #[error("full: {held} of {capacity}")]
        QuotaFull { capacity: u32, held: u32 },
    }
    impl Rejection for Why {}

    #[test]
    fn a_rejection_becomes_a_code_and_the_figures_that_decided() {
        assert_eq!(Refusal::of(&Why::RegistrationClosed).code, "REGISTRATION_CLOSED");
        let full = Refusal::of(&Why::QuotaFull { capacity: 50, held: 50 });
        assert_eq!((full.code.as_str(), full.says.as_str()), ("QUOTA_FULL", "full: 50 of 50"));
        assert_eq!(full.details["capacity"], 50);
        assert_eq!(full.field, None);
        let time = Refusal::of(&Why::NoSuchTime { input: "startsAt".to_owned() });
        assert_eq!(time.field, Some(vec!["startsAt".to_owned()]));
    }
}
