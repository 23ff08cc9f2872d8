//! The functional core: a state that learns from facts, and decides on commands.

use std::any::Any;
use std::fmt::{Debug, Display};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::fact::{decode, schema_of};
use crate::{Fact, FactError, Moment, Rejection, StreamId};

/// A thing that decides. Its value is its state; `Default` is "nothing happened yet".
///
/// `decide` knows no clock, no randomness and no I/O; an empty `Ok` means "already so".
/// `evolve` is total: facts have happened, so learning one cannot fail.
pub trait Decider:
    Default + Debug + Serialize + DeserializeOwned + Send + Sync + Sized + 'static
{
    /// The category of its streams: `desk` in `desk/event_01k…`.
    const STREAM: &'static str;
    /// The shape version of the state: raise it when a field changes, and old snapshots are ignored.
    const STATE: u16 = 1;
    /// What may be asked.
    type Command;
    /// What may have happened.
    type Fact: Fact;
    /// Why an ask may be turned down.
    type Rejection: Rejection;

    /// What happens, or why nothing may.
    fn decide(
        &self,
        command: Self::Command,
        moment: &Moment,
    ) -> Result<Vec<Self::Fact>, Self::Rejection>;

    /// Learns one fact.
    fn evolve(&mut self, fact: &Self::Fact);

    /// The state after a history.
    fn after<'a>(facts: impl IntoIterator<Item = &'a Self::Fact>) -> Self {
        let mut state = Self::default();
        for fact in facts {
            state.evolve(fact);
        }
        state
    }

    /// The stream of one of its things.
    fn stream(id: impl Display) -> StreamId {
        StreamId::new(Self::STREAM, id)
    }
}

/// A state whose type the journal does not know.
pub trait Folding: Send + Sync {
    /// Learns a fact from its stored form (opened, not sealed).
    fn learn(&mut self, kind: &str, schema: u16, payload: &str) -> Result<(), FactError>;
    /// Learns a fact that was just decided; `false` when it is of another decider's type.
    fn learn_typed(&mut self, fact: &dyn Any) -> bool;
    /// The state as JSON, for a snapshot, with its shape version.
    fn snapshot(&self) -> Result<(u16, String), serde_json::Error>;
    /// Takes over a snapshot; `false` when its shape is another one.
    fn restore(&mut self, shape: u16, state: &str) -> bool;
    /// The state itself, for a downcast.
    fn as_any(&self) -> &dyn Any;
}

/// One decider's state behind [`Folding`].
#[derive(Debug, Default)]
pub struct Folded<D>(pub D);

impl<D: Decider> Folded<D> {
    /// A state to which nothing has happened, as the journal holds it.
    pub fn empty() -> Box<dyn Folding> {
        Box::new(Self(D::default()))
    }
}

impl<D: Decider> Folding for Folded<D> {
    fn learn(&mut self, kind: &str, schema: u16, payload: &str) -> Result<(), FactError> {
        self.0.evolve(&decode::<D::Fact>(kind, schema, payload)?);
        Ok(())
    }

    fn learn_typed(&mut self, fact: &dyn Any) -> bool {
        fact.downcast_ref::<D::Fact>().inspect(|fact| self.0.evolve(fact)).is_some()
    }

    fn snapshot(&self) -> Result<(u16, String), serde_json::Error> {
        serde_json::to_string(&self.0).map(|state| (shape::<D>(), state))
    }

    fn restore(&mut self, shape_stored: u16, state: &str) -> bool {
        if shape_stored != shape::<D>() {
            return false;
        }
        serde_json::from_str(state).map(|state| self.0 = state).is_ok()
    }

    fn as_any(&self) -> &dyn Any {
        &self.0
    }
}

/// A snapshot fits while neither the state's own shape nor any of its kinds has changed.
fn shape<D: Decider>() -> u16 {
    let lifts: u16 =
        D::Fact::KINDS.iter().map(|kind| schema_of::<D::Fact>(kind).saturating_sub(1)).sum();
    D::STATE.saturating_mul(256).saturating_add(lifts)
}
