//! The built binary from outside: how it starts, what it refuses, how it ends.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it fails"
)]

mod commands;
mod program;
mod serving;
