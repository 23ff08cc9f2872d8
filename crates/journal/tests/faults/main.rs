//! Faults, on purpose and repeatable: several processes at once, processes that die, a log that
//! ends in the middle. Seeds are printed; `CONVOKE_TEST_SEED` brings one back.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "a test may stop where it fails, and prints the seed that makes it fail again"
)]

#[path = "../common/mod.rs"]
mod common;

mod crash;
mod processes;
mod swarm;
mod wal;
