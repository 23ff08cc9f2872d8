//! What a journal promises, asked of both databases: each test runs on SQLite, then on PostgreSQL.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "tests")]

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
