//! A process that gives commands to a journal as fast as they are answered, for fault tests.
//!
//! `journal-hammer URL serve|visit CRASH HUB SEED WRITERS COUNT STREAMS LIMIT CURSED`: each of so
//! many writers gives so many commands, one after the other. Command ids and contents follow from
//! the seed, so two processes with one seed give the same commands. One in CURSED commands is
//! rolled back by a projection that panics (0: none). Each answer is a line:
//! `asked answered position code id replayed`, times in microseconds, position 0 when refused.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs, reason = "a part of the tests")]

#[path = "mod.rs"]
mod common;

use std::io::Write as _;
use std::sync::Arc;

use common::{Add, Dice, Toy, add, order_as, world};
use journal::{CrashPoint, Journal, Options, Outcome, Use};
use uuid::Uuid;

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    std::panic::set_hook(Box::new(|_| {}));
    runtime.block_on(run());
}

async fn run() {
    let mut args = std::env::args().skip(1);
    let mut next = || args.next().unwrap();
    let (url, purpose, crash, hub) = (next(), next(), next(), next());
    let mut number = || next().parse::<i64>().unwrap();
    let (seed, writers, count) = (number(), number(), number());
    let (streams, limit, cursed) = (number(), number(), number());
    let options = Options {
        url,
        purpose: if purpose == "visit" { Use::Visit } else { Use::Serve },
        crash: match crash.as_str() {
            "BeforeInsert" => Some(CrashPoint::BeforeInsert),
            "BeforeCommit" => Some(CrashPoint::BeforeCommit),
            "BeforeAnswer" => Some(CrashPoint::BeforeAnswer),
            _ => None,
        },
    };
    let journal = Journal::open(options, Arc::new(Toy(1)), world()).await.unwrap();
    println!("ready");
    let all = (0..writers).map(|writer| {
        let (journal, hub) = (journal.clone(), hub.clone());
        async move {
            let mut dice = Dice(u64::try_from(seed * 1_000 + writer).unwrap());
            for n in 0..count {
                let id = id(seed, writer * 1_000_000 + n);
                let stream = dice.below(u64::try_from(streams).unwrap());
                let is_cursed = cursed > 0 && dice.below(u64::try_from(cursed).unwrap()) == 0;
                let tally = if is_cursed { "cursed".to_owned() } else { format!("t{stream}") };
                give(&journal, &hub, id, Add { limit, ..add(&tally, 1) }).await;
            }
        }
    });
    futures_util::future::join_all(all).await;
    journal.close().await;
}

async fn give(journal: &Journal, hub: &str, id: Uuid, act: Add) {
    let asked = journal.world().now().timestamp_micros();
    let answer = journal.submit(hub, order_as(journal, id, act)).await;
    let answered = journal.world().now().timestamp_micros();
    let (position, code, replayed) = match answer {
        Ok(answer) => match answer.outcome {
            Outcome::Accepted(receipt) => {
                (receipt.position, "ACCEPTED".to_owned(), answer.replayed)
            }
            Outcome::Rejected(refusal) => (0, refusal.code, answer.replayed),
        },
        Err(fault) if fault.is_passing() => (0, "passing".to_owned(), false),
        Err(_) => (0, "broken".to_owned(), false),
    };
    // One write a line, and at once: a line that was read was an answer that was given.
    let line = format!("{asked} {answered} {position} {code} {id} {replayed}\n");
    std::io::stdout().lock().write_all(line.as_bytes()).unwrap();
}

/// The id of one command: the same in every process with this seed.
fn id(seed: i64, n: i64) -> Uuid {
    let (seed, n) = (u128::try_from(seed).unwrap(), u128::try_from(n).unwrap());
    Uuid::from_u128(0x019a_a000_0000_7000_8000_0000_0000_0000 + (seed << 40) + n)
}
