//! What happens by itself: letters are planned and sent, timers act, keys of the erased go.
//!
//! Each loop wakes when facts were appended, or each second; takes what is due under a lease, and
//! records what became of it. So nothing is lost by a crash, and several processes share the work
//! without knowing of each other. A database that is away is waited for; a broken effect harms
//! itself alone. The clock that decides is the product's, the one that waits is tokio's.

pub mod acts;
mod attempt;
mod erasures;
mod pace;
mod retries;
mod send;
mod timers;
pub mod watch;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use journal::{inbox, mails, outbox, tidy};
use mail::Relay;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::inbound::Verdict;
use crate::letter;
use pace::{SWEEP, every};

pub use pace::Bell;

/// How often old rows are looked for.
const TIDY_EACH: Duration = Duration::from_hours(1);
/// How long a refused command is remembered: long enough for a client's retries.
const REFUSED_KEPT: TimeDelta = TimeDelta::days(1);
/// How long the bytes of a mail are kept after its end, for questions about it.
const BYTES_KEPT: TimeDelta = TimeDelta::days(7);

/// Runs everything until `stop`; then finishes what is under way.
pub async fn run_all(app: App, relay: Arc<Relay>, stop: CancellationToken) {
    let bell = Bell::default();
    if let Err(fault) = begin_again(&app, &relay).await {
        // What another process had taken is ours when its lease runs out.
        tracing::warn!(error = %fault, "what was left under way could not be taken over at once");
    }
    tokio::join!(
        plan_letters(app.clone(), bell.clone(), stop.clone()),
        send_mails(app.clone(), relay, bell, stop.clone()),
        run_timers(app.clone(), stop.clone()),
        finish_erasures(app.clone(), stop.clone()),
        settle_inbox(app.clone(), stop.clone()),
        tidy_up(app, stop),
    );
}

/// Takes over what the last process left under way, where it cannot be running any more, and
/// remembers what a new sender has sent today.
async fn begin_again(app: &App, relay: &Relay) -> journal::Result<()> {
    let (db, now) = (app.journal().db(), app.now());
    if !db.is_postgres() {
        // One process serves an SQLite file.
        let freed = mails::take_over(db).await? + outbox::take_over(db).await?;
        if freed > 0 {
            tracing::info!(freed, "took over what was under way when the last process ended");
        }
    }
    if let Some(warm_up) = relay.pace().limits().warm_up {
        let sent = mails::sent_since(db, warm_up.day_began(now)).await?;
        relay.pace().resume(u32::try_from(sent).unwrap_or(u32::MAX), now);
    }
    Ok(())
}

/// Plans letters until `stop`; rings the bell when there are mails to send.
pub async fn plan_letters(app: App, bell: Bell, stop: CancellationToken) {
    every(SWEEP, "plan letters", &app, &stop, || async {
        let planned = letter::plan::due(&app).await? + retries::due(&app).await?;
        if planned > 0 {
            bell.ring();
        }
        Ok(planned)
    })
    .await;
}

/// Sends mails until `stop`, a few at a time; looks when the bell rings.
pub async fn send_mails(app: App, relay: Arc<Relay>, bell: Bell, stop: CancellationToken) {
    send::run(&app, &relay, &bell, &stop).await;
}

/// Issues the commands of timers until `stop`.
pub async fn run_timers(app: App, stop: CancellationToken) {
    every(SWEEP, "run timers", &app, &stop, || timers::due(&app)).await;
}

/// Decides what mails that came in mean, until `stop`.
pub async fn settle_inbox(app: App, stop: CancellationToken) {
    every(SWEEP, "settle the inbox", &app, &stop, || crate::inbound::due(&app)).await;
}

/// Makes sure that the keys of erased persons are destroyed and that every hub's views follow,
/// until `stop`.
pub async fn finish_erasures(app: App, stop: CancellationToken) {
    every(SWEEP, "finish erasures", &app, &stop, || erasures::due(&app)).await;
}

/// Forgets, each hour until `stop`, what need not be kept.
pub async fn tidy_up(app: App, stop: CancellationToken) {
    every(TIDY_EACH, "tidy up", &app, &stop, || async {
        tidy_once(&app).await.map(|_forgotten| 0)
    })
    .await;
}

/// Does everything that is due now, and what follows from it, until nothing is: for tests, the
/// demo and the command line.
///
/// # Errors
/// When the database is out of reach.
pub async fn settle(app: &App, relay: &Relay) -> journal::Result<()> {
    loop {
        let mut done = erasures::due(app).await?;
        done += timers::due(app).await?;
        done += letter::plan::due(app).await?;
        done += retries::due(app).await?;
        done += send::due(app, relay).await?;
        if done == 0 {
            return Ok(());
        }
    }
}

/// Forgets what need not be kept; says how many rows.
///
/// # Errors
/// When the database is out of reach.
pub async fn tidy_once(app: &App) -> journal::Result<u64> {
    let (db, now) = (app.journal().db(), app.now());
    let refused = tidy::forget_refused(db, now - REFUSED_KEPT).await?;
    let bytes = mails::forget_bytes(db, now - BYTES_KEPT).await?;
    let nothing = [Verdict::Ignored, Verdict::Refused, Verdict::Duplicate].map(<&str>::from);
    let inbox = inbox::forget(db, now - BYTES_KEPT, &nothing).await?;
    if refused + bytes + inbox > 0 {
        tracing::info!(refused, bytes, inbox, "forgot old refusals and what was in old mails");
    }
    Ok(refused + bytes + inbox)
}
