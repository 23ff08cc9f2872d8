//! Faults, on purpose and repeatable: several processes at once, processes that die, a log that
//! ends in the middle. Seeds are printed; `CONVOKE_TEST_SEED` brings one back.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "tests")]

#[path = "../common/mod.rs"]
mod common;

mod crash;
mod processes;
mod swarm;
mod wal;
