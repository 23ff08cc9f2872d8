//! Mails leave: a few at a time, one of each lane, none faster than the relay's pace.
//!
//! One hand takes what is due, as many others as the relay has lines send it. While the relay
//! turns everything away nothing is taken; a mail whose domain has to wait is given back with a
//! time of its own, so that it holds nobody up.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::future::join_all;
use journal::mails::{self, DueMail};
use mail::Relay;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::attempt::{self, LEASE_SECONDS, Sent, give_back};
use super::pace::{Bell, SWEEP, Trouble};
use crate::app::App;

/// Mails taken at one time.
const BATCH: usize = 12;
/// How long the last mails may take when the process stops.
const FAREWELL: Duration = Duration::from_secs(10);

/// Sends what is due until `stop`: one hand takes mails, a few others send them. Each is polled
/// for itself, so that none waits for a connection that another one holds.
pub(crate) async fn run(app: &App, relay: &Relay, bell: &Bell, stop: &CancellationToken) {
    let (queue, mails) = mpsc::channel(BATCH);
    let post = Post {
        app,
        relay,
        stop,
        mails: tokio::sync::Mutex::new(mails),
        trouble: Mutex::new(Trouble::with("send mails")),
    };
    let senders = join_all((0..relay.lines()).map(|_| post.send()));
    let work = async { tokio::join!(post.take(queue, bell), senders) };
    let farewell = async {
        stop.cancelled().await;
        tokio::time::sleep(FAREWELL).await;
    };
    tokio::select! {
        _ = work => {}
        () = farewell => {
            tracing::warn!("some mails were on their way when we stopped; they are tried again");
        }
    }
    relay.close().await;
}

/// The room in which mails are taken and sent.
struct Post<'a> {
    app: &'a App,
    relay: &'a Relay,
    stop: &'a CancellationToken,
    mails: tokio::sync::Mutex<mpsc::Receiver<DueMail>>,
    trouble: Mutex<Trouble>,
}

impl Post<'_> {
    fn trouble(&self) -> MutexGuard<'_, Trouble> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes due mails as far as there is room for them. The end of the queue ends the senders.
    async fn take(&self, queue: mpsc::Sender<DueMail>, bell: &Bell) {
        let mut wake = self.app.journal().effects_wake();
        while !self.stop.is_cancelled() {
            wake.borrow_and_update();
            let pause = match claim(self.app, self.relay, queue.capacity()).await {
                Ok(due) if due.is_empty() => SWEEP,
                Ok(due) => {
                    for mail in due {
                        // There is room for all of them; a closed queue loses none, for their
                        // lease runs out.
                        let _sent = queue.send(mail).await;
                    }
                    tokio::select! {
                        () = self.stop.cancelled() => return,
                        // A batch at a time: each costs the database a commit.
                        _room = queue.reserve_many(BATCH / 2) => Duration::ZERO,
                    }
                }
                Err(fault) => self.trouble().began(&fault),
            };
            let pause = self.trouble().waits().unwrap_or(pause);
            let is_calm = self.trouble().is_over();
            tokio::select! {
                () = self.stop.cancelled() => return,
                () = tokio::time::sleep(pause) => self.trouble().try_again(),
                () = bell.heard(), if is_calm => {}
                Ok(()) = wake.changed(), if is_calm => {}
            }
            self.relay.close_old().await;
        }
    }

    /// Sends one mail after the other. While the database is away, or the process stops, the rest is
    /// given back and need not find out one by one.
    async fn send(&self) {
        loop {
            let next = self.mails.lock().await.recv().await;
            let Some(mail) = next else { return };
            if self.stop.is_cancelled() || !self.trouble().is_over() {
                give_back(self.app, &mail, None).await;
                continue;
            }
            match attempt::one(self.app, self.relay, mail).await {
                Sent::Well => {
                    self.trouble().ended(SWEEP);
                }
                Sent::Badly(says) => {
                    self.trouble().tell(&says);
                }
            }
        }
    }
}

/// Sends what is due now until nothing is, or nothing may go. Says how many attempts that took.
pub(crate) async fn due(app: &App, relay: &Relay) -> journal::Result<usize> {
    let mut attempts = 0;
    loop {
        let due = claim(app, relay, BATCH).await?;
        if due.is_empty() {
            return Ok(attempts);
        }
        attempts += due.len();
        let sends = due.into_iter().map(|mail| attempt::one(app, relay, mail));
        let sends = futures_util::stream::iter(sends).buffer_unordered(relay.lines());
        sends.for_each(|_sent| std::future::ready(())).await;
    }
}

/// Takes what is due and may leave: nothing while operators hold all mail back, or while the relay
/// turns everything away.
async fn claim(app: &App, relay: &Relay, room: usize) -> journal::Result<Vec<DueMail>> {
    let (db, now) = (app.journal().db(), app.now());
    let held = attempt::held(app, relay).await?;
    if held.is_none() || relay.pace().closed_until(now).is_some() {
        return Ok(Vec::new());
    }
    let kinds: Vec<&str> = held.iter().flatten().map(|kind| kind.as_str()).collect();
    let room = i64::try_from(room.min(relay.pace().room(now))).unwrap_or_default();
    mails::claim(db, now, LEASE_SECONDS, room, &kinds).await
}
