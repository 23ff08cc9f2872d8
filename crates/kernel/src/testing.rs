//! Words for tests: `given::<Roster>([..]).when(..).then([..])`, a [`Scene`] of several streams for
//! acts that read more than one, and facts as the journal hands them out.

use std::collections::HashMap;
use std::fmt::{Debug, Display};
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Duration, TimeZone, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Act, Actor, Decider, Decision, Fact, Folded, Folding, Ledger, Moment, Recorded, Refusal, Role,
    States, Stop, StreamId, World, decode, schema_of,
};

/// The instant at which time stands still in tests: 2026-11-22T10:00:00Z.
pub fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 10, 0, 0).single().unwrap_or_default()
}

/// A history, a moment, and then a command.
pub struct Given<D: Decider> {
    facts: Vec<D::Fact>,
    moment: Moment,
}

/// What a command led to.
pub struct Outcome<D: Decider>(Result<Vec<D::Fact>, D::Rejection>);

/// A decider to which these facts have happened; the actor is a hub admin at [`noon`].
pub fn given<D: Decider>(facts: impl IntoIterator<Item = D::Fact>) -> Given<D> {
    Given { facts: facts.into_iter().collect(), moment: moment(noon()) }
}

fn moment(now: DateTime<Utc>) -> Moment {
    let actor = Actor { name: "tester".to_owned(), person: None, roles: vec![Role::HubAdmin] };
    Moment { now, actor }
}

impl<D: Decider> Given<D> {
    /// At another instant.
    #[must_use]
    pub fn at(mut self, now: DateTime<Utc>) -> Self {
        self.moment.now = now;
        self
    }
    /// So long after [`noon`].
    #[must_use]
    pub fn later(mut self, by: Duration) -> Self {
        self.moment.now += by;
        self
    }
    /// By somebody else.
    #[must_use]
    pub fn by(mut self, actor: Actor) -> Self {
        self.moment.actor = actor;
        self
    }
    /// The command.
    pub fn when(self, command: D::Command) -> Outcome<D> {
        Outcome(D::after(&self.facts).decide(command, &self.moment))
    }
}

impl<D: Decider> Outcome<D> {
    /// Exactly these facts.
    #[track_caller]
    pub fn then(self, facts: impl IntoIterator<Item = D::Fact>)
    where
        D::Rejection: Debug,
    {
        assert_eq!(self.0, Ok(facts.into_iter().collect()));
    }
    /// Already so.
    #[track_caller]
    pub fn then_nothing(self) {
        assert_eq!(self.0, Ok(vec![]));
    }
    /// Turned down for this reason.
    #[track_caller]
    pub fn then_rejected(self, why: D::Rejection) {
        assert_eq!(self.0, Err(why));
    }
}

/// Several streams with their histories, for acts.
pub struct Scene {
    states: HashMap<StreamId, (Box<dyn Folding>, i64)>,
    moment: Moment,
}

impl Default for Scene {
    fn default() -> Self {
        Self { states: HashMap::new(), moment: moment(noon()) }
    }
}

impl States for Scene {
    fn find(&self, stream: &StreamId) -> Option<(&dyn Folding, i64)> {
        self.states.get(stream).map(|(state, version)| (&**state, *version))
    }
}

impl Scene {
    /// Nothing happened anywhere; the actor is a hub admin at [`noon`].
    pub fn new() -> Self {
        Self::default()
    }
    /// These facts happened to one thing.
    #[must_use]
    pub fn with<D: Decider>(
        mut self,
        id: impl Display,
        facts: impl IntoIterator<Item = D::Fact>,
    ) -> Self {
        let (state, version) =
            self.states.entry(D::stream(id)).or_insert_with(|| (Folded::<D>::empty(), 0));
        for fact in facts {
            assert!(state.learn_typed(&fact), "a fact of another decider");
            *version += 1;
        }
        self
    }
    /// At another instant.
    #[must_use]
    pub fn at(mut self, now: DateTime<Utc>) -> Self {
        self.moment.now = now;
        self
    }
    /// By somebody else.
    #[must_use]
    pub fn by(mut self, actor: Actor) -> Self {
        self.moment.actor = actor;
        self
    }
    /// Decides an act, loading empty states for streams the scene does not have, and learns its
    /// facts.
    ///
    /// # Errors
    /// The refusal.
    pub fn act<A: Act>(&mut self, act: &A) -> Result<Decision, Refusal> {
        loop {
            match act.decide(&Ledger::new(self, &self.moment)) {
                Err(Stop::Need(need)) => {
                    self.states.insert(need.stream, ((need.empty)(), 0));
                }
                Err(Stop::Rejected(refusal)) => return Err(*refusal),
                Err(Stop::Broken(what)) => return Err(Refusal::new("BROKEN", what)),
                Ok(decision) => {
                    self.learn(&decision);
                    return Ok(decision);
                }
            }
        }
    }

    /// The kinds of the facts an act leads to, or the code of its refusal: `Err("QUOTA_FULL")`.
    ///
    /// # Errors
    /// The code.
    pub fn kinds<A: Act>(&mut self, act: &A) -> Result<Vec<&'static str>, String> {
        self.act(act)
            .map(|decision| decision.drafts.iter().map(|draft| draft.kind).collect())
            .map_err(|refusal| refusal.code)
    }

    /// The state of one thing now.
    pub fn state<D: Decider>(&self, id: impl Display) -> Option<&D> {
        self.states.get(&D::stream(id)).and_then(|(state, _)| state.as_any().downcast_ref())
    }

    fn learn(&mut self, decision: &Decision) {
        for draft in &decision.drafts {
            // A stream an act writes without reading begins empty here, as in the journal.
            let begun = self.states.entry(draft.stream.clone());
            let (state, version) = begun.or_insert_with(|| ((draft.empty)(), 0));
            assert!(state.learn_typed(&*draft.typed), "a fact of another decider");
            *version += 1;
        }
    }
}

/// A world in which time stands still and ids count upwards.
#[derive(Debug, Default)]
pub struct StillWorld {
    steps: AtomicU64,
}

impl World for StillWorld {
    fn now(&self) -> DateTime<Utc> {
        noon()
    }
    fn uuid(&self) -> Uuid {
        let step = self.steps.fetch_add(1, Ordering::Relaxed);
        // Version 7 and the RFC variant, so that it passes for a real one.
        Uuid::from_u128(0x019a_a000_0000_7000_8000_0000_0000_0000 + u128::from(step))
    }
    fn fill(&self, bytes: &mut [u8]) {
        for byte in bytes {
            let step = self.steps.fetch_add(1, Ordering::Relaxed);
            *byte = step
                .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                .to_be_bytes()
                .into_iter()
                .fold(0, |all, one| all ^ one);
        }
    }
}

/// A fact as the journal hands it out: the first of its stream, recorded at [`noon`].
pub fn recorded<D: Decider>(id: impl Display, fact: D::Fact) -> Recorded<D::Fact> {
    Recorded {
        journal: "hub".to_owned(),
        position: 1,
        stream: D::stream(id),
        version: 1,
        kind: fact.kind().to_owned(),
        schema: schema_of::<D::Fact>(fact.kind()),
        recorded_at: noon(),
        occurred_at: None,
        actor: "tester".to_owned(),
        command_id: Uuid::nil(),
        ordinal: 0,
        caused_by: None,
        correlation: None,
        fact,
    }
}

/// Facts of one stream, recorded without asking any rule: a projection must show whatever happened.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Happen<D: Decider> {
    id: String,
    facts: Vec<D::Fact>,
}

impl<D: Decider> Happen<D> {
    /// These facts about one thing.
    pub fn to(id: impl Display, facts: impl IntoIterator<Item = D::Fact>) -> Self {
        Self { id: id.to_string(), facts: facts.into_iter().collect() }
    }
}

impl<D: Decider> Act for Happen<D> {
    const KIND: &'static str = "Happen";

    fn permits(&self, _actor: &Actor) -> bool {
        true
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        ledger.state::<D>(&self.id)?;
        Decision::about(&self.id).with::<D>(&self.id, self.facts.clone())
    }
}

/// Each kind of a capability has a sample, and each sample is read back as it was written.
#[track_caller]
pub fn samples_are_read_back<F: Fact>() {
    let samples = F::samples();
    assert_eq!(samples.iter().map(F::kind).collect::<Vec<_>>(), F::KINDS);
    for sample in samples {
        let kind = sample.kind();
        let whole = serde_json::to_value(&sample).unwrap_or_default();
        let payload = whole.get(kind).map(ToString::to_string).unwrap_or_default();
        let back = decode::<F>(kind, schema_of::<F>(kind), &payload);
        assert_eq!(back.map_err(|fault| fault.to_string()), Ok(sample));
    }
}

/// A numbered id for tests.
pub fn id<K: crate::Kind>(number: u64) -> crate::Id<K> {
    crate::Id::new(Uuid::from_u128(0x019a_a000_0000_7000_9000_0000_0000_0000 + u128::from(number)))
}
