//! Logs go to standard error: words on a terminal, a JSON object a line otherwise.

use std::io::{self, IsTerminal as _};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

/// Begins logging. The filter was checked with the configuration; a second call changes nothing.
pub(crate) fn begin(filter: &str) {
    // The driver logs each slow statement with its text; our own errors say what was tried.
    let filter = EnvFilter::new(format!("sqlx=error,{filter}"));
    let begun = if io::stderr().is_terminal() {
        fmt().with_env_filter(filter).with_writer(io::stderr).with_target(false).try_init()
    } else {
        fmt().json().flatten_event(true).with_env_filter(filter).with_writer(io::stderr).try_init()
    };
    // Only a test begins twice.
    drop(begun);
}
