//! One batch of commands of one journal: decided in order under the head lock, written at once.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use kernel::{
    Decision, Draft, Moment, Need, PERSONAL, PersonId, Recorded, Refusal, Stop, StreamId,
};

use crate::asking::{FirstSeen, asked, has_nul, needs_of};
use crate::cache::Cache;
use crate::chain::{hex, link};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::keys::Keyring;
use crate::order::{Answer, Fault, Order, Outcome, Receipt};
use crate::outbox::{self, EffectRow};
use crate::product::Product;
use crate::rows::Rows;
use crate::seal::{Keys, persons_in};
use crate::sql::{instant, micros};
use crate::store::{self, Batched, CommandRow, Head, KnownRow, SnapshotRow};
use crate::tables::Tables;

/// Streams one decision may ask for before we call it a loop.
const LOADS_MAX: usize = 10_000;
/// How often a batch looks ahead for the streams its further commands will ask for. Without a
/// bound, commands that each ask for a chain of streams would make the looking quadratic.
const LOOKS_AHEAD_MAX: usize = 8;
/// Facts one command may lead to.
const FACTS_MAX: usize = 5_000;
/// Facts after which a batch takes no further command: memory and the statement stay bounded.
const BATCH_FACTS_MAX: usize = 10_000;
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
    commands: Vec<CommandRow>,
    snapshots: BTreeSet<StreamId>,
    looks_ahead: usize,
    /// The version of the first stream the last decision looked at.
    seen: i64,
}

/// What a committed batch has changed.
pub(crate) struct Appended {
    pub(crate) journal: String,
    pub(crate) position: i64,
    /// How many facts were recorded; none when all was refused.
    pub(crate) facts: usize,
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
        let recorded_at = instant(micros(tools.now).max(head.recorded_at));
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
            looks_ahead: 0,
            seen: 0,
        })
    }

    /// Whether further commands should wait for the next batch.
    pub(crate) fn is_full(&self) -> bool {
        self.facts.len() >= BATCH_FACTS_MAX
    }

    /// Decides the first of these commands on the state the one before has left; the others are
    /// only looked at for the streams they will ask for. The inner fault harms this command alone;
    /// the outer one the whole batch.
    pub(crate) async fn decide(
        &mut self,
        tx: &mut Tx,
        orders: &[&Order],
        cache: &mut Cache,
    ) -> Result<std::result::Result<Answer, Fault>> {
        let Some(order) = orders.first() else {
            return Err(Error::broken("there is no command to decide"));
        };
        let prepared = body_of(order).and_then(|body| {
            check_names(order)?;
            let fingerprint = self.fingerprint(order, &body);
            Ok((body, fingerprint))
        });
        let (body, fingerprint) = match prepared {
            Ok(prepared) => prepared,
            Err(fault) => return Ok(Err(Arc::new(fault))),
        };
        if let Some(known) = self.known.get(&order.command_id.to_string()) {
            return Ok(replay(known, order, &fingerprint).map_err(Arc::new));
        }
        let decided = match self.ask(tx, orders, order, cache).await? {
            Ok(decided) => decided,
            Err(fault) => return Ok(Err(fault)),
        };
        if order.dry_run {
            let outcome = match decided {
                Ok(decision) => {
                    let changed = !decision.drafts.is_empty();
                    Outcome::Accepted(self.receipt(order, decision.about, (0, changed)))
                }
                Err(refusal) => Outcome::Rejected(refusal),
            };
            return Ok(Ok(Answer { outcome, replayed: false }));
        }
        let first = self.position() + 1;
        let outcome = match decided {
            Ok(decision) => Outcome::Accepted(self.record(tx, order, decision, cache).await?),
            Err(refusal) => Outcome::Rejected(refusal),
        };
        let span = (self.position() >= first).then(|| (first, self.position()));
        self.remember(order, body, fingerprint, &outcome, span)?;
        Ok(Ok(Answer { outcome, replayed: false }))
    }

    /// Asks the act until it has all the states it needs. A panic harms this command alone: the
    /// act has had nothing to change.
    async fn ask(
        &mut self,
        tx: &mut Tx,
        orders: &[&Order],
        order: &Order,
        cache: &mut Cache,
    ) -> Result<std::result::Result<std::result::Result<Decision, Refusal>, Fault>> {
        let kind = order.act.kind();
        let moment = Moment { now: order.received_at, actor: order.actor.clone() };
        let broken = |what: String| Ok(Err(Arc::new(Error::broken(format!("{kind}: {what}")))));
        for _ in 0..LOADS_MAX {
            let seen = FirstSeen::new(cache);
            match asked(order, &moment, &seen) {
                Ok(Ok(decision)) => {
                    self.seen = seen.version();
                    return match check_drafts(&decision) {
                        Ok(()) => Ok(Ok(Ok(decision))),
                        Err(what) => broken(what),
                    };
                }
                Ok(Err(Stop::Rejected(refusal))) => return Ok(Ok(Err(*refusal))),
                Ok(Err(Stop::Need(need))) if has_nul(need.stream.as_str()) => {
                    return broken("a stream's name holds a NUL".to_owned());
                }
                Ok(Err(Stop::Need(need))) => {
                    let mut needs = vec![need];
                    if self.looks_ahead < LOOKS_AHEAD_MAX {
                        self.looks_ahead += 1;
                        needs.extend(needs_of(orders.get(1..).unwrap_or_default(), cache));
                    }
                    cache.load(tx, self.journal, needs, self.tools.keys).await?;
                }
                Ok(Err(Stop::Broken(what))) => return broken(what),
                Err(_panic) => return broken("deciding panicked".to_owned()),
            }
        }
        broken("it asks for streams without end".to_owned())
    }

    async fn record(
        &mut self,
        tx: &mut Tx,
        order: &Order,
        decision: Decision,
        cache: &mut Cache,
    ) -> Result<Receipt> {
        let unread = decision.drafts.iter().filter(|draft| !cache.holds(&draft.stream));
        let needs =
            unread.map(|draft| Need { stream: draft.stream.clone(), empty: draft.empty }).collect();
        cache.load(tx, self.journal, needs, self.tools.keys).await?;
        let first = decision.drafts.first().map(|draft| draft.stream.clone());
        let mut reached = self.seen;
        for (ordinal, draft) in decision.drafts.into_iter().enumerate() {
            let version = cache.decided(&draft.stream, &*draft.typed)?;
            if first.as_ref() == Some(&draft.stream) {
                reached = version;
            }
            if version % SNAPSHOT_EVERY == 0 {
                self.snapshots.insert(draft.stream.clone());
            }
            self.push(order, ordinal, version, draft);
        }
        Ok(self.receipt(order, decision.about, (reached, first.is_some())))
    }

    fn push(&mut self, order: &Order, ordinal: usize, version: i64, draft: Draft) {
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

    fn receipt(&self, order: &Order, about: String, (version, changed): (i64, bool)) -> Receipt {
        Receipt {
            command_id: order.command_id,
            about,
            position: self.position(),
            version,
            changed,
            recorded_at: self.recorded_at,
        }
    }

    /// Stores the outcome, so that the same id gives the same answer, later and in this batch.
    #[expect(clippy::too_many_arguments, reason = "all that is kept of a command")]
    fn remember(
        &mut self,
        order: &Order,
        body: String,
        fingerprint: String,
        outcome: &Outcome,
        span: Option<(i64, i64)>,
    ) -> Result<()> {
        let text =
            serde_json::to_string(outcome).map_err(|cause| Error::broken(cause.to_string()))?;
        let known = KnownRow {
            command_id: order.command_id.to_string(),
            kind: order.act.kind().to_owned(),
            actor: order.actor.name.clone(),
            fingerprint: fingerprint.clone(),
            outcome: text.clone(),
        };
        self.known.insert(known.command_id.clone(), known);
        self.commands.push(CommandRow {
            command_id: order.command_id,
            kind: order.act.kind(),
            actor: order.actor.name.clone(),
            received_at: micros(order.received_at),
            fingerprint,
            body,
            outcome: text,
            accepted: matches!(outcome, Outcome::Accepted(_)),
            span,
        });
        Ok(())
    }

    fn position(&self) -> i64 {
        self.facts.last().map_or(self.head.position, |fact| fact.position)
    }

    /// A keyed hash, so that a stored command says nothing about what was in it.
    fn fingerprint(&self, order: &Order, body: &str) -> String {
        let input = if order.fingerprint.is_empty() { body } else { &order.fingerprint };
        hex(&self.tools.keys.mac(order.act.kind(), input.as_bytes()))
    }

    /// Writes everything, set by set. `None` when there is nothing to write.
    pub(crate) async fn write(
        mut self,
        tx: &mut Tx,
        cache: &mut Cache,
    ) -> Result<Option<Appended>> {
        if self.commands.is_empty() {
            return Ok(None);
        }
        let mut keys = self.keys().await?;
        let erased = self.erased(&mut keys);
        let batched = self.link(&keys, cache)?;
        batched.write(tx, self.journal, &self.head).await?;
        if !self.facts.is_empty() {
            self.write_views(tx).await?;
            self.write_snapshots(tx, cache, &keys).await?;
            cache.position = self.head.position;
        }
        if !erased.is_empty() {
            // States may hold what she said; they are folded anew, without it.
            cache.clear();
        }
        Ok(Some(Appended {
            journal: self.journal.to_owned(),
            position: self.head.position,
            facts: self.facts.len(),
            erased,
        }))
    }

    /// Whom the facts of this batch erase. Their keys will be gone before anybody is answered, so
    /// nothing of this batch is sealed under them.
    fn erased(&self, keys: &mut Keys) -> Vec<PersonId> {
        let erased: Vec<PersonId> =
            self.facts.iter().filter_map(|fact| self.tools.product.erases(fact)).collect();
        for person in &erased {
            keys.0.insert(person.to_string(), None);
        }
        erased
    }

    /// Keys must be durable before anything sealed under them is.
    async fn keys(&self) -> Result<Keys> {
        let mut persons = BTreeSet::new();
        let bodies = self.commands.iter().map(|row| &row.body);
        for text in bodies.chain(self.facts.iter().map(|fact| &fact.fact)) {
            persons_in(text, PERSONAL, &mut persons)?;
        }
        self.tools.keys.ensure(&persons).await
    }

    /// Seals bodies and payloads and links the chain; the head moves to its end.
    ///
    /// What is said of an erased person is not kept. Views and states then see of this batch what
    /// everybody will read later, not what the command said.
    fn link(&mut self, keys: &Keys, cache: &mut Cache) -> Result<Batched> {
        let world = self.tools.keys.world();
        let mut batched = Batched::new();
        for row in std::mem::take(&mut self.commands) {
            let body = keys.seal(&row.body, world)?;
            batched.command(CommandRow { body, ..row })?;
        }
        for (fact, tags) in self.facts.iter_mut().zip(std::mem::take(&mut self.tags)) {
            let payload = keys.seal(&fact.fact, world)?;
            let hash = link(&self.head.hash, fact, &payload);
            self.head =
                Head { position: fact.position, hash, recorded_at: micros(fact.recorded_at) };
            if keys.is_lossy(&fact.fact)? {
                fact.fact = keys.open(&payload)?;
                cache.forget(&fact.stream);
            }
            batched.fact(fact, payload, &hash, tags)?;
        }
        Ok(batched)
    }

    /// Views and effects.
    async fn write_views(&self, tx: &mut Tx) -> Result<()> {
        let (mut rows, mut effects) = (Rows::default(), Vec::new());
        for fact in &self.facts {
            let unread = |cause| Error::Fact {
                journal: fact.journal.clone(),
                position: fact.position,
                cause,
            };
            self.tools.product.project(fact, &mut rows).map_err(unread)?;
            let follows = self.tools.product.react(fact).map_err(unread)?;
            let count = follows.len();
            effects.extend(
                follows
                    .into_iter()
                    .enumerate()
                    .map(|(ordinal, effect)| EffectRow::new(fact, ordinal, effect)),
            );
            if let Some(person) = self.tools.product.erases(fact) {
                effects.push(EffectRow::erasure(fact, count, person));
            }
        }
        self.tools.tables.flush(tx, self.journal, &mut rows).await?;
        outbox::insert(tx, self.journal, effects).await
    }

    async fn write_snapshots(&self, tx: &mut Tx, cache: &Cache, keys: &Keys) -> Result<()> {
        for stream in &self.snapshots {
            if let Some((version, shape, state)) = cache.snapshot(stream)? {
                let mut persons = BTreeSet::new();
                persons_in(&state, PERSONAL, &mut persons)?;
                let mut all = self.tools.keys.ensure(&persons).await?;
                all.0.extend(keys.0.iter().map(|(person, key)| (person.clone(), *key)));
                let state = all.seal(&state, self.tools.keys.world())?;
                let stream = stream.as_str().to_owned();
                let row = SnapshotRow { stream, version, shape: i64::from(shape), state };
                store::put_snapshot(tx, self.journal, row).await?;
            }
        }
        Ok(())
    }
}

fn check_names(order: &Order) -> Result<()> {
    if has_nul(&order.actor.name) {
        return Err(Error::broken("an actor's name holds a NUL"));
    }
    Ok(())
}

fn check_drafts(decision: &Decision) -> std::result::Result<(), String> {
    if decision.drafts.len() > FACTS_MAX {
        return Err(format!("it leads to more than {FACTS_MAX} facts"));
    }
    let is_bad =
        |draft: &Draft| has_nul(draft.stream.as_str()) || draft.tags.iter().any(|tag| has_nul(tag));
    match decision.drafts.iter().find(|draft| is_bad(draft)) {
        Some(draft) => Err(format!("the stream or a tag of {} holds a NUL", draft.kind)),
        None => Ok(()),
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
