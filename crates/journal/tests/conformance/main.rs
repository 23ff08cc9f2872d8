//! What a journal promises, asked of both databases: each test runs on SQLite, then on PostgreSQL.

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

mod append;
mod counts;
mod identity;
mod integrity;
mod outage;
mod personal;
mod reading;
mod views;
