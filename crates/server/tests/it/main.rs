//! The built binary from outside: how it starts, what it refuses, how it ends.

mod commands;
mod program;
mod serving;
