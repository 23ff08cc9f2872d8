//! The gate before secret addresses: how many wrong ones one caller may try, and when each right
//! one was last used.
//!
//! A token of 256 bits cannot be guessed; the bound keeps guessing from costing the database
//! anything. Unknown and ended addresses count alike, so that the bound tells nothing about them.
//! Addresses that were good a while ago always pass: the subscribers of a big calendar service
//! share few addresses of the network.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};
use http::HeaderMap;
use web::peer::{Peer, client, limit_key};
use web::problem::Problem;

use crate::app::App;
use crate::calendar_link::view::note_use;

/// Wrong or ended addresses one caller may ask for in [`MISSES_WITHIN`].
const MISSES_MAX: u32 = 60;
/// The time in which they are counted.
const MISSES_WITHIN: Duration = Duration::from_mins(1);
/// Callers counted at a time; the one seen longest ago is forgotten first.
const CALLERS_MAX: u64 = 10_000;
/// Tokens known to have been good, and uses known to be noted.
const KNOWN_MAX: u64 = 50_000;
/// How long uses wait to be noted together.
const NOTED_AFTER: Duration = Duration::from_secs(1);

/// The gate of one process.
#[derive(Debug)]
pub(crate) struct Gate {
    misses: moka::sync::Cache<IpAddr, Arc<AtomicU32>>,
    good: moka::sync::Cache<String, ()>,
    noted: moka::sync::Cache<String, ()>,
    waiting: Arc<Mutex<BTreeSet<String>>>,
}

impl Default for Gate {
    fn default() -> Self {
        let misses = moka::sync::Cache::builder()
            .max_capacity(CALLERS_MAX)
            .time_to_live(MISSES_WITHIN)
            .build();
        let (good, noted) = (moka::sync::Cache::new(KNOWN_MAX), moka::sync::Cache::new(KNOWN_MAX));
        Self { misses, good, noted, waiting: Arc::default() }
    }
}

/// Who asks, as far as the bound is concerned. Behind a proxy that is not trusted, all callers are
/// one.
pub(crate) fn caller(peer: Peer, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    client(peer, headers, proxies).map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), limit_key)
}

impl Gate {
    /// Lets a caller try the token of this hash.
    ///
    /// # Errors
    /// 429 once she has tried too many that lead nowhere.
    pub(crate) fn pass(&self, caller: IpAddr, hash: &str) -> Result<(), Problem> {
        let missed = self.misses.get(&caller).map_or(0, |count| count.load(Ordering::Relaxed));
        if missed >= MISSES_MAX && !self.good.contains_key(hash) {
            return Err(Problem::TooMany(MISSES_WITHIN));
        }
        Ok(())
    }

    /// Counts an address that leads nowhere, or no longer.
    pub(crate) fn missed(&self, caller: IpAddr) {
        self.misses.get_with(caller, Arc::default).fetch_add(1, Ordering::Relaxed);
    }

    /// Remembers that the token of this hash led to a link, and has the use noted: once an hour
    /// for each link, a while later, and all of that while in one statement.
    pub(crate) fn used(&self, app: &App, hash: &str, link: &str) {
        self.good.insert(hash.to_owned(), ());
        let hour = hour(app.now());
        let note = format!("{link} {}", hour.timestamp());
        if self.noted.contains_key(&note) {
            return;
        }
        self.noted.insert(note, ());
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = waiting.is_empty();
        waiting.insert(link.to_owned());
        drop(waiting);
        if is_first {
            tokio::spawn(noting(app.clone(), Arc::clone(&self.waiting), hour));
        }
    }
}

/// Uses are told to the hour: so two processes that hear of the same one write it once, and
/// nobody can follow when exactly a person's devices are on.
fn hour(now: DateTime<Utc>) -> DateTime<Utc> {
    now.duration_trunc(TimeDelta::hours(1)).unwrap_or(now)
}

async fn noting(app: App, waiting: Arc<Mutex<BTreeSet<String>>>, hour: DateTime<Utc>) {
    tokio::time::sleep(NOTED_AFTER).await;
    let links = std::mem::take(&mut *waiting.lock().unwrap_or_else(PoisonError::into_inner));
    let links: Vec<String> = links.into_iter().collect();
    if let Err(fault) = note_use(app.journal().db(), &links, hour).await {
        tracing::warn!(error = %fault, "the last use of calendar links was not noted");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_a_trusted_proxy_each_caller_counts_by_herself() {
        let proxy = IpAddr::from([172, 28, 0, 10]);
        let peer = Peer(Some((proxy, 4711).into()));
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", http::HeaderValue::from_static("203.0.113.9"));
        assert_eq!(caller(peer, &headers, &[proxy]), IpAddr::from([203, 0, 113, 9]));
        assert_eq!(caller(peer, &headers, &[]), proxy);
    }

    #[test]
    fn guessing_ends_and_what_was_good_still_passes() {
        let gate = Gate::default();
        let (guesser, other) = (IpAddr::from([203, 0, 113, 9]), IpAddr::from([203, 0, 113, 10]));
        gate.good.insert("good".to_owned(), ());
        for _ in 0..MISSES_MAX {
            assert_eq!(gate.pass(guesser, "guess"), Ok(()));
            gate.missed(guesser);
        }
        assert_eq!(gate.pass(guesser, "guess"), Err(Problem::TooMany(MISSES_WITHIN)));
        assert_eq!(gate.pass(guesser, "good"), Ok(()));
        assert_eq!(gate.pass(other, "guess"), Ok(()));
    }
}
