//! How fast mails may leave over one relay: so many in all, so many for each receiving domain, few
//! at once for a domain, and none while the relay or the domain turns us away.
//!
//! Ask before each attempt with [`Pace::ask`]; it answers at once and never waits. A mail that may
//! not go keeps its attempt: give it back to the outbox with the time that was answered. One domain
//! that hangs holds at most [`Limits::domain_at_once`] lines, so it cannot hold all lines of a
//! relay. Those that wait are given times one after the other, so that a thousand of them do not
//! come back together to hear that one may go. Time is an argument; nothing is kept beyond the
//! process but what [`Pace::resume`] is told.

mod bucket;
mod circuit;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::{Fault, Kind, Outcome};
use bucket::{Bucket, Queue};
use circuit::{Circuit, Rule};

/// The relay cannot be reached or entered: it is ours, and it is usually back in a moment.
const UNREACHED: Rule = Rule { failures_max: 5, seconds: &[10, 30, 60, 300] };
/// A domain distrusts us (5.7.x): half an hour to a quarter of a day, while the operator looks.
const DISTRUST: Rule = Rule { failures_max: 3, seconds: &[1_800, 3_600, 7_200, 21_600] };
/// Domains that distrust us one after the other before it must be about the relay.
const DISTRUST_RELAY: Rule = Rule { failures_max: 10, seconds: &[1_800, 3_600, 7_200, 21_600] };
/// Domains that are remembered; those we remember nothing of are forgotten first.
const DOMAINS_MAX: usize = 10_000;
/// A domain that did nothing for longer, with all its lines in use, hangs.
const SLOW: TimeDelta = TimeDelta::seconds(2);
/// When to ask again if no better time is known.
const SOON: TimeDelta = TimeDelta::seconds(1);

/// How fast. The defaults are what large receivers accept of a sender they know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Mails a minute over the relay, on average.
    pub relay_per_minute: u32,
    /// Mails at once after a pause.
    pub relay_burst: u32,
    /// Mails a minute to one domain, on average.
    pub domain_per_minute: u32,
    /// Mails to one domain at once after a pause.
    pub domain_burst: u32,
    /// Mails to one domain on their way at one time: fewer than the relay has lines.
    pub domain_at_once: usize,
    /// A new sender's first days.
    pub warm_up: Option<WarmUp>,
}

impl Limits {
    /// As fast as it goes: for a folder, which turns nobody away.
    pub fn none() -> Self {
        Self {
            relay_per_minute: u32::MAX,
            relay_burst: u32::MAX,
            domain_per_minute: u32::MAX,
            domain_burst: u32::MAX,
            domain_at_once: usize::MAX,
            warm_up: None,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            relay_per_minute: 600,
            relay_burst: 100,
            domain_per_minute: 120,
            domain_burst: 20,
            domain_at_once: 2,
            warm_up: None,
        }
    }
}

/// Twice as many mails each day, so that receivers get to know the sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WarmUp {
    /// When the first day began; each day begins at this time.
    pub began_at: DateTime<Utc>,
    /// Mails on the first day.
    pub first_day: u32,
}

/// Why a mail may not go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Why {
    /// The operator stopped all mail.
    Stopped,
    /// The operator holds this kind.
    KindHeld,
    /// The relay is out of reach, or distrusts us.
    RelayCircuit,
    /// The receiving domain distrusts us.
    DomainCircuit,
    /// The day's share of a new sender is used up.
    WarmUp,
    /// Enough mails this minute.
    RelayPace,
    /// Enough mails to this domain this minute.
    DomainPace,
    /// Enough mails to this domain on their way.
    DomainCrowded,
}

/// What [`Pace::ask`] answers.
#[derive(Debug)]
pub enum Answer {
    /// Send it, and say with the pass how that ended.
    Go(Pass),
    /// Not before this time.
    Wait {
        /// Ask again then.
        until: DateTime<Utc>,
        /// Why not now.
        why: Why,
    },
    /// Not until the operator says so.
    Held(Why),
}

/// Something the operator should hear about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alarm {
    /// A circuit opened; mails wait until then, and one tries.
    Opened {
        /// The domain, or `None` for the whole relay.
        domain: Option<String>,
        /// [`Fault::Relay`] or [`Fault::Policy`].
        fault: Fault,
        /// Until when.
        until: DateTime<Utc>,
    },
    /// A circuit closed again.
    Closed {
        /// The domain, or `None` for the whole relay.
        domain: Option<String>,
    },
}

/// The pace of one relay; clones share it.
#[derive(Debug, Clone)]
pub struct Pace {
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    limits: Limits,
    is_stopped: bool,
    held: BTreeSet<&'static str>,
    bucket: Bucket,
    queue: Queue,
    unreached: Circuit,
    distrust: Circuit,
    domains: BTreeMap<String, Domain>,
    /// The day of the warm-up, and how many went on it.
    day: (i64, u32),
}

#[derive(Debug)]
struct Domain {
    bucket: Bucket,
    queue: Queue,
    distrust: Circuit,
    on_their_way: usize,
    /// When one last left for it.
    went_last: Option<DateTime<Utc>>,
}

/// Which circuits turn mails away at a moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OpenCircuits {
    /// Whether the relay's does.
    pub relay: bool,
    /// How many domains' do.
    pub domains: usize,
}

/// Permission for one attempt. Dropped without a word, it counts as an attempt that told nothing.
#[derive(Debug)]
pub struct Pass {
    state: Arc<Mutex<State>>,
    domain: String,
    has_ended: bool,
}

impl Pace {
    /// A pace that has seen no mails yet.
    pub fn new(limits: Limits) -> Self {
        let bucket = Bucket::new(limits.relay_per_minute, limits.relay_burst);
        let state = State {
            limits,
            is_stopped: false,
            held: BTreeSet::new(),
            bucket,
            queue: Queue::default(),
            unreached: Circuit::default(),
            distrust: Circuit::default(),
            domains: BTreeMap::new(),
            day: (0, 0),
        };
        Self { state: Arc::new(Mutex::new(state)) }
    }

    /// Stops all mail, or lets it go again.
    pub fn stop(&self, is_stopped: bool) {
        lock(&self.state).is_stopped = is_stopped;
    }

    /// Holds all mails of these kinds, and no others.
    pub fn hold(&self, kinds: impl IntoIterator<Item = Kind>) {
        lock(&self.state).held = kinds.into_iter().map(Kind::as_str).collect();
    }

    /// After a restart: how many mails went today already, for the warm-up.
    pub fn resume(&self, sent_today: u32, now: DateTime<Utc>) {
        let mut state = lock(&self.state);
        state.day = (state.limits.warm_up.map_or(0, |warm_up| warm_up.day(now)), sent_today);
    }

    /// Whether a mail of this kind may go to this domain (ASCII, lower case) now.
    ///
    /// ```
    /// use mail::pace::{Answer, Limits, Pace};
    /// let pace = Pace::new(Limits { domain_at_once: 1, ..Limits::default() });
    /// let now = chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default();
    /// let ask = |domain| pace.ask(mail::Kind::Reminder, domain, now);
    /// let Answer::Go(pass) = ask("example.org") else { return };
    /// assert!(matches!(ask("example.org"), Answer::Wait { .. }));
    /// assert!(matches!(ask("other.example"), Answer::Go(_)));
    /// pass.ended(&mail::Outcome::Submitted { code: 250, text: "2.0.0 ok".into() }, now);
    /// assert!(matches!(ask("example.org"), Answer::Go(_)));
    /// ```
    pub fn ask(&self, kind: Kind, domain: &str, now: DateTime<Utc>) -> Answer {
        let mut state = lock(&self.state);
        if state.is_stopped {
            return Answer::Held(Why::Stopped);
        }
        if state.held.contains(kind.as_str()) {
            return Answer::Held(Why::KindHeld);
        }
        if let Some((until, why)) = state.obstacle(kind, domain, now) {
            return Answer::Wait { until, why };
        }
        state.take(domain, now);
        let shared = Arc::clone(&self.state);
        Answer::Go(Pass { state: shared, domain: domain.to_owned(), has_ended: false })
    }

    /// When a mail that has to wait `until` then, and is put away until it may ask again, should do
    /// so: behind those that were put away before it.
    pub fn place(&self, kind: Kind, domain: &str, until: DateTime<Utc>, why: Why) -> DateTime<Utc> {
        // Somebody sits before an empty screen: this one asks again as soon as there is hope.
        if kind == Kind::LoginLink {
            return until;
        }
        lock(&self.state).place(domain, until, why)
    }

    /// Whether a domain takes long over what it has: then nobody stands and waits for it.
    pub fn is_slow(&self, domain: &str, now: DateTime<Utc>) -> bool {
        let state = lock(&self.state);
        let went_last = state.domains.get(domain).and_then(|domain| domain.went_last);
        went_last.is_some_and(|at| now.signed_duration_since(at) > SLOW)
    }

    /// Until when the relay turns everything away, if it does: nobody needs to ask before.
    pub fn closed_until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let state = lock(&self.state);
        let until = state.unreached.open_until().max(state.distrust.open_until());
        until.filter(|until| *until > now)
    }

    /// How many mails may go over the relay at once now: nobody needs to take more of them out of
    /// the outbox.
    pub fn room(&self, now: DateTime<Utc>) -> usize {
        lock(&self.state).bucket.room(now)
    }

    /// Which circuits turn mails away now.
    pub fn open_circuits(&self, now: DateTime<Utc>) -> OpenCircuits {
        let is_open = |circuit: &Circuit| circuit.open_until().is_some_and(|until| until > now);
        let state = lock(&self.state);
        let domains = state.domains.values().filter(|domain| is_open(&domain.distrust)).count();
        OpenCircuits { relay: is_open(&state.unreached) || is_open(&state.distrust), domains }
    }

    /// How fast it lets mails go.
    pub fn limits(&self) -> Limits {
        lock(&self.state).limits.clone()
    }
}

impl State {
    /// What stands in the way, the longest wait first.
    fn obstacle(
        &mut self,
        kind: Kind,
        domain: &str,
        now: DateTime<Utc>,
    ) -> Option<(DateTime<Utc>, Why)> {
        let soon = now.checked_add_signed(SOON).unwrap_or(now);
        if !self.domains.contains_key(domain) && !self.make_room(now) {
            return Some((soon, Why::RelayPace));
        }
        let relay = self.unreached.free_at(now).max(self.distrust.free_at(now));
        let mut waits =
            vec![(relay, Why::RelayCircuit), (self.bucket.free_at(now), Why::RelayPace)];
        // Somebody waits for it now; the day's share is there for what can wait.
        if kind != Kind::LoginLink {
            waits.push((self.warmed_up_at(now), Why::WarmUp));
        }
        if let Some(domain) = self.domains.get(domain) {
            waits.push((domain.distrust.free_at(now), Why::DomainCircuit));
            waits.push((domain.bucket.free_at(now), Why::DomainPace));
            if domain.on_their_way >= self.limits.domain_at_once.max(1) {
                waits.push((soon, Why::DomainCrowded));
            }
        }
        waits.into_iter().filter(|(until, _)| *until > now).max_by_key(|(until, _)| *until)
    }

    /// A place among those who wait for the same thing.
    fn place(&mut self, name: &str, free_at: DateTime<Utc>, why: Why) -> DateTime<Utc> {
        let domain = self.domains.get_mut(name);
        match (why, domain) {
            (Why::DomainCircuit | Why::DomainPace | Why::DomainCrowded, Some(domain)) => {
                domain.queue.place(free_at, domain.bucket.interval())
            }
            _ => self.queue.place(free_at, self.bucket.interval()),
        }
    }

    fn take(&mut self, name: &str, now: DateTime<Utc>) {
        self.bucket.take(now);
        self.unreached.take(now);
        self.distrust.take(now);
        if let Some(warm_up) = self.limits.warm_up {
            let today = warm_up.day(now);
            let count = if self.day.0 == today { self.day.1 } else { 0 };
            self.day = (today, count.saturating_add(1));
        }
        let limits = &self.limits;
        let domain = self.domains.entry(name.to_owned()).or_insert_with(|| Domain {
            bucket: Bucket::new(limits.domain_per_minute, limits.domain_burst),
            queue: Queue::default(),
            distrust: Circuit::default(),
            on_their_way: 0,
            went_last: None,
        });
        domain.went_last = Some(now);
        domain.bucket.take(now);
        domain.distrust.take(now);
        domain.on_their_way += 1;
    }

    /// Now, or the beginning of the next day.
    fn warmed_up_at(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let Some(warm_up) = self.limits.warm_up else { return now };
        let today = warm_up.day(now);
        let count = if self.day.0 == today { self.day.1 } else { 0 };
        if count < warm_up.share_of(today) {
            return now;
        }
        let next = TimeDelta::try_days(today.saturating_add(1));
        next.and_then(|days| warm_up.began_at.checked_add_signed(days)).unwrap_or(now)
    }

    /// Forgets domains there is nothing to remember of; says whether one more finds room.
    fn make_room(&mut self, now: DateTime<Utc>) -> bool {
        if self.domains.len() >= DOMAINS_MAX {
            self.domains.retain(|_, domain| {
                domain.on_their_way > 0 || !domain.bucket.is_full(now) || !domain.distrust.is_new()
            });
        }
        self.domains.len() < DOMAINS_MAX
    }

    /// Learns from an attempt.
    fn learn(&mut self, name: &str, outcome: &Outcome, now: DateTime<Utc>) -> Vec<Alarm> {
        let mut alarms = Vec::new();
        let fault = outcome.fault();
        let mut tell = |domain: Option<&str>, opened: Option<DateTime<Utc>>| {
            let domain = domain.map(str::to_owned);
            alarms.extend(opened.map(|until| Alarm::Opened { domain, fault, until }));
        };
        let mut closed = Vec::new();
        match fault {
            Fault::Relay => {
                tell(None, self.unreached.failed(UNREACHED, now));
                self.forget_trust_probes(name);
            }
            Fault::Policy => {
                closed.extend(self.unreached.went_well().then_some(None));
                tell(None, self.distrust.failed(DISTRUST_RELAY, now));
                if let Some(domain) = self.domains.get_mut(name) {
                    tell(Some(name), domain.distrust.failed(DISTRUST, now));
                }
            }
            Fault::None => {
                let is_back = self.unreached.went_well() | self.distrust.went_well();
                closed.extend(is_back.then_some(None));
                let domain = self.domains.get_mut(name);
                let is_back = domain.is_some_and(|domain| domain.distrust.went_well());
                closed.extend(is_back.then(|| Some(name.to_owned())));
            }
            // It answered, so it is there; whether it trusts us it did not say.
            Fault::Address
            | Fault::MailboxFull
            | Fault::TooLarge
            | Fault::Concurrency
            | Fault::Passing
            | Fault::Refused
            | Fault::Unknown => {
                closed.extend(self.unreached.went_well().then_some(None));
                self.forget_trust_probes(name);
            }
        }
        alarms.extend(closed.into_iter().map(|domain| Alarm::Closed { domain }));
        alarms
    }

    /// Whoever tried did not hear whether we are trusted again.
    fn forget_trust_probes(&mut self, name: &str) {
        self.distrust.forget_probe();
        if let Some(domain) = self.domains.get_mut(name) {
            domain.distrust.forget_probe();
        }
    }

    fn leave(&mut self, name: &str) {
        if let Some(domain) = self.domains.get_mut(name) {
            domain.on_their_way = domain.on_their_way.saturating_sub(1);
        }
    }
}

impl Pass {
    /// Gives the pass back with how the attempt ended, and says what the operator should hear.
    pub fn ended(mut self, outcome: &Outcome, now: DateTime<Utc>) -> Vec<Alarm> {
        self.has_ended = true;
        let mut state = lock(&self.state);
        state.leave(&self.domain);
        state.learn(&self.domain, outcome, now)
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        if self.has_ended {
            return;
        }
        let mut state = lock(&self.state);
        state.leave(&self.domain);
        state.unreached.forget_probe();
        state.forget_trust_probes(&self.domain);
    }
}

impl WarmUp {
    /// When the day began that it is now.
    pub fn day_began(self, now: DateTime<Utc>) -> DateTime<Utc> {
        let days = TimeDelta::try_days(self.day(now));
        days.and_then(|days| self.began_at.checked_add_signed(days)).unwrap_or(self.began_at)
    }

    /// The number of the day, from 0.
    fn day(self, now: DateTime<Utc>) -> i64 {
        now.signed_duration_since(self.began_at).num_days().max(0)
    }

    fn share_of(self, day: i64) -> u32 {
        let doublings = u32::try_from(day).unwrap_or(u32::MAX);
        2_u32.checked_pow(doublings).map_or(u32::MAX, |times| self.first_day.saturating_mul(times))
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
