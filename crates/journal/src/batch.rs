//! One batch of commands of one journal: decided in order under the head lock, written at once.

use std::collections::{BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use kernel::{Decision, Ledger, Moment, Need, PersonId, Recorded, Refusal, Stop, StreamId};
use uuid::Uuid;

use crate::cache::Cache;
use crate::chain::{hex, link};
use crate::error::{Error, Result};
use crate::keys::{Keyring, persons_in};
use crate::order::{Answer, Order, Outcome, Receipt};
use crate::outbox::{self, EffectRow};
use crate::product::Product;
use crate::rows::Rows;
use crate::sql::{Tx, instant, micros};
use crate::store::{self, CommandRow, Head, KnownRow, Linked, SnapshotRow};
use crate::tables::Tables;

/// Streams one decision may ask for before we call it a loop.
const LOADS_MAX: usize = 10_000;
/// Facts one command may lead to.
const FACTS_MAX: usize = 5_000;
/// A stream's state is kept as a snapshot each time its version passes a multiple of this.
const SNAPSHOT_EVERY: i64 = 500;

/// What a batch needs from its surroundings.
pub(crate) struct Tools<'a> {
    pub(crate) keys: &'a Keyring,
    pub(crate) product: &'a dyn Product,
    pub(crate) tables: &'a Tables,
    pub(crate) now: DateTime<Utc>,
}

/// A batch in the making.
pub(crate) struct Batch<'a> {
    tools: &'a Tools<'a>,
    journal: &'a str,
    head: Head,
    recorded_at: DateTime<Utc>,
    known: HashMap<String, KnownRow>,
    facts: Vec<Recorded<String>>,
    tags: Vec<Vec<String>>,
    commands: Vec<(CommandRow, String)>,
    snapshots: BTreeSet<StreamId>,
}

/// What a committed batch has changed.
pub(crate) struct Appended {
    pub(crate) journal: String,
    pub(crate) position: i64,
    pub(crate) facts: Vec<Recorded<String>>,
    pub(crate) erased: Vec<PersonId>,
}

impl<'a> Batch<'a> {
    /// Locks the head, brings the cache up to date, and looks for commands given before.
    pub(crate) async fn begin(
        tx: &mut Tx,
        tools: &'a Tools<'a>,
        journal: &'a str,
        orders: &[&Order],
        cache: &mut Cache,
    ) -> Result<Self> {
        let head = store::lock_head(tx, journal).await?;
        cache.catch_up(tx, journal, &head, tools.keys, tools.product).await?;
        let ids: Vec<String> = orders.iter().map(|order| order.command_id.to_string()).collect();
        let known = store::known(tx, journal, &ids).await?;
        // The journal's time never runs backwards, whatever the clocks of several servers say.
        let recorded_at = tools.now.max(instant(head.recorded_at));
        let recorded_at = instant(micros(recorded_at));
        Ok(Self {
            tools,
            journal,
            head,
            recorded_at,
            known,
            facts: Vec::new(),
            tags: Vec::new(),
            commands: Vec::new(),
            snapshots: BTreeSet::new(),
        })
    }

    /// Decides one command on the state the one before has left.
    pub(crate) async fn decide(
        &mut self,
        tx: &mut Tx,
        order: &Order,
        cache: &mut Cache,
    ) -> Result<Answer> {
        let fingerprint = self.fingerprint(order)?;
        if let Some(known) = self.known.get(&order.command_id.to_string()) {
            return replay(known, order, &fingerprint);
        }
        let decided = self.ask(tx, order, cache).await?;
        if order.dry_run {
            let outcome = match decided {
                Ok(decision) => {
                    Outcome::Accepted(self.receipt(order.command_id, decision.about, 0))
                }
                Err(refusal) => Outcome::Rejected(refusal),
            };
            return Ok(Answer { outcome, replayed: false });
        }
        let first = self.position() + 1;
        let outcome = match decided {
            Ok(decision) => Outcome::Accepted(self.record(tx, order, decision, cache).await?),
            Err(refusal) => Outcome::Rejected(refusal),
        };
        let span = (self.position() >= first).then(|| (first, self.position()));
        self.remember(order, fingerprint, &outcome, span)?;
        Ok(Answer { outcome, replayed: false })
    }

    /// Asks the act until it has all the states it needs. A panic harms this command alone.
    async fn ask(
        &mut self,
        tx: &mut Tx,
        order: &Order,
        cache: &mut Cache,
    ) -> Result<std::result::Result<Decision, Refusal>> {
        let moment = Moment { now: order.received_at, actor: order.actor.clone() };
        for _ in 0..LOADS_MAX {
            let asked =
                catch_unwind(AssertUnwindSafe(|| order.act.decide(&Ledger::new(cache, &moment))));
            match asked {
                Ok(Ok(decision)) => return Ok(Ok(decision)),
                Ok(Err(Stop::Rejected(refusal))) => return Ok(Err(*refusal)),
                Ok(Err(Stop::Need(need))) => {
                    cache.load(tx, self.journal, need, self.tools.keys).await?
                }
                Ok(Err(Stop::Broken(what))) => {
                    return Err(Error::broken(format!("{}: {what}", order.act.kind())));
                }
                Err(_panic) => {
                    return Err(Error::broken(format!("deciding {} panicked", order.act.kind())));
                }
            }
        }
        Err(Error::broken(format!("{} asks for streams without end", order.act.kind())))
    }

    async fn record(
        &mut self,
        tx: &mut Tx,
        order: &Order,
        decision: Decision,
        cache: &mut Cache,
    ) -> Result<Receipt> {
        if decision.drafts.len() > FACTS_MAX {
            return Err(Error::broken(format!(
                "{} leads to more than {FACTS_MAX} facts",
                order.act.kind()
            )));
        }
        for draft in &decision.drafts {
            if !cache.holds(&draft.stream) {
                let need = Need { stream: draft.stream.clone(), empty: draft.empty };
                cache.load(tx, self.journal, need, self.tools.keys).await?;
            }
        }
        let mut first_version = 0;
        for (ordinal, draft) in decision.drafts.into_iter().enumerate() {
            let version = cache.decided(&draft.stream, &*draft.typed)?;
            if ordinal == 0 {
                first_version = version;
            }
            if version % SNAPSHOT_EVERY == 0 {
                self.snapshots.insert(draft.stream.clone());
            }
            let position = self.position() + 1;
            self.tags.push(draft.tags);
            self.facts.push(Recorded {
                journal: self.journal.to_owned(),
                position,
                stream: draft.stream,
                version,
                kind: draft.kind.to_owned(),
                schema: draft.schema,
                recorded_at: self.recorded_at,
                occurred_at: draft.occurred_at.map(|at| instant(micros(at))),
                actor: order.actor.name.clone(),
                command_id: order.command_id,
                ordinal: i32::try_from(ordinal).unwrap_or(i32::MAX),
                caused_by: order.caused_by,
                correlation: order.correlation,
                fact: draft.payload,
            });
        }
        Ok(self.receipt(order.command_id, decision.about, first_version))
    }

    fn receipt(&self, command_id: Uuid, about: String, version: i64) -> Receipt {
        Receipt {
            command_id,
            about,
            position: self.position(),
            version,
            recorded_at: self.recorded_at,
        }
    }

    /// Stores the outcome, so that the same id gives the same answer, later and in this batch.
    fn remember(
        &mut self,
        order: &Order,
        fingerprint: String,
        outcome: &Outcome,
        span: Option<(i64, i64)>,
    ) -> Result<()> {
        let text =
            serde_json::to_string(outcome).map_err(|cause| Error::broken(cause.to_string()))?;
        let body = body_of(order)?;
        let known = KnownRow {
            command_id: order.command_id.to_string(),
            kind: order.act.kind().to_owned(),
            actor: order.actor.name.clone(),
            fingerprint: fingerprint.clone(),
            outcome: text.clone(),
        };
        self.known.insert(known.command_id.clone(), known);
        let row = CommandRow {
            command_id: order.command_id,
            kind: order.act.kind(),
            actor: order.actor.name.clone(),
            received_at: micros(order.received_at),
            fingerprint,
            body: String::new(),
            outcome: text,
            accepted: matches!(outcome, Outcome::Accepted(_)),
            span,
        };
        self.commands.push((row, body));
        Ok(())
    }

    fn position(&self) -> i64 {
        self.facts.last().map_or(self.head.position, |fact| fact.position)
    }

    /// A keyed hash, so that a stored command says nothing about what was in it.
    fn fingerprint(&self, order: &Order) -> Result<String> {
        let input =
            if order.fingerprint.is_empty() { body_of(order)? } else { order.fingerprint.clone() };
        Ok(hex(&self.tools.keys.mac(order.act.kind(), input.as_bytes())))
    }

    /// Writes everything in one statement a table. `None` when there is nothing to write.
    pub(crate) async fn write(
        mut self,
        tx: &mut Tx,
        cache: &mut Cache,
    ) -> Result<Option<Appended>> {
        if self.commands.is_empty() {
            return Ok(None);
        }
        self.ensure_keys().await?;
        let mut commands = Vec::with_capacity(self.commands.len());
        for (mut row, body) in std::mem::take(&mut self.commands) {
            row.body = self.tools.keys.seal(&body)?;
            commands.push(row);
        }
        store::insert_commands(tx, self.journal, &commands).await?;
        if self.facts.is_empty() {
            return Ok(Some(self.appended(Vec::new())));
        }
        let linked = self.link()?;
        store::insert_facts(tx, self.journal, &linked).await?;
        self.write_views(tx).await?;
        self.write_snapshots(tx, cache).await?;
        store::move_head(tx, self.journal, &self.head).await?;
        cache.position = self.head.position;
        let erased: Vec<PersonId> =
            self.facts.iter().filter_map(|fact| self.tools.product.erases(fact)).collect();
        if !erased.is_empty() {
            cache.clear();
        }
        Ok(Some(self.appended(erased)))
    }

    /// Keys must be durable before anything sealed under them is.
    async fn ensure_keys(&self) -> Result<()> {
        let mut persons = BTreeSet::new();
        for body in self
            .commands
            .iter()
            .map(|(_, body)| body)
            .chain(self.facts.iter().map(|fact| &fact.fact))
        {
            persons.extend(persons_in(body)?);
        }
        self.tools.keys.ensure(&persons).await
    }

    /// Seals the payloads and links the chain; the head moves to its end.
    fn link(&mut self) -> Result<Vec<Linked>> {
        let mut linked = Vec::with_capacity(self.facts.len());
        for (fact, tags) in self.facts.iter().zip(std::mem::take(&mut self.tags)) {
            let sealed = fact.with(self.tools.keys.seal(&fact.fact)?);
            let hash = link(&self.head.hash, &sealed);
            self.head.hash = hash;
            self.head.position = sealed.position;
            self.head.recorded_at = micros(sealed.recorded_at);
            linked.push(Linked { fact: sealed, hash, tags });
        }
        Ok(linked)
    }

    async fn write_views(&self, tx: &mut Tx) -> Result<()> {
        let mut rows = Rows::default();
        let mut effects = Vec::new();
        for fact in &self.facts {
            let unread = |cause| Error::Fact {
                journal: fact.journal.clone(),
                position: fact.position,
                cause,
            };
            self.tools.product.project(fact, &mut rows).map_err(unread)?;
            let follows = self.tools.product.react(fact).map_err(unread)?;
            effects.extend(
                follows
                    .into_iter()
                    .enumerate()
                    .map(|(ordinal, effect)| EffectRow::new(fact, ordinal, effect)),
            );
            if let Some(person) = self.tools.product.erases(fact) {
                effects.push(EffectRow::erasure(fact, effects.len(), person));
            }
        }
        self.tools.tables.flush(tx, self.journal, &mut rows).await?;
        outbox::insert(tx, self.journal, effects).await
    }

    async fn write_snapshots(&self, tx: &mut Tx, cache: &Cache) -> Result<()> {
        for stream in &self.snapshots {
            if let Some((version, shape, state)) = cache.snapshot(stream)? {
                let state = self.tools.keys.seal_text(&state).await?;
                let row = SnapshotRow { version, shape: i64::from(shape), state };
                store::put_snapshot(tx, self.journal, stream, row).await?;
            }
        }
        Ok(())
    }

    fn appended(self, erased: Vec<PersonId>) -> Appended {
        Appended {
            journal: self.journal.to_owned(),
            position: self.head.position,
            facts: self.facts,
            erased,
        }
    }
}

fn body_of(order: &Order) -> Result<String> {
    order
        .act
        .body()
        .map_err(|cause| Error::broken(format!("{} cannot be stored: {cause}", order.act.kind())))
}

/// The stored answer, unless the id was used for something else.
fn replay(known: &KnownRow, order: &Order, fingerprint: &str) -> Result<Answer> {
    if known.kind != order.act.kind()
        || known.actor != order.actor.name
        || known.fingerprint != fingerprint
    {
        let refusal =
            Refusal::new("COMMAND_ID_REUSED", "this command id was used for another command")
                .at(&["commandId"])
                .with("kind", known.kind.clone());
        return Ok(Answer { outcome: Outcome::Rejected(refusal), replayed: true });
    }
    let outcome = serde_json::from_str(&known.outcome).map_err(|cause| {
        Error::broken(format!("the outcome of {} cannot be read: {cause}", known.command_id))
    })?;
    Ok(Answer { outcome, replayed: true })
}

/// A shared fault for every caller of a batch.
pub(crate) fn shared(fault: Error) -> Arc<Error> {
    Arc::new(fault)
}
