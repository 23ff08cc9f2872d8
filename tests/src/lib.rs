//! Stories told to the built binary from outside: what they share.
//!
//! A story starts `convoke serve` on a database of its own, talks to it as its users do (GraphQL,
//! pages, feeds, mail), and looks at nothing inside. The one thing of ours that is linked is the
//! scripted mail server. Whatever surprises stops the story where it is, with the server's log.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a story stops at the first surprise, and tells what the server said"
)]

pub mod calendars;
pub mod client;
pub mod database;
pub mod line;
pub mod live;
pub mod mta;
pub mod people;
pub mod program;
pub mod schema;
pub mod snapshot;
pub mod tools;
pub mod world;

pub use client::{Giving, Person};
pub use database::Database;
pub use program::{Server, run};
pub use world::{World, both};
