//! `convoke schema`: the public API in one file, without a database.

use anyhow::Result;
use convoke::live::LiveSubscriptions;
use convoke::schema::{Api, Mutation, Query};

use crate::console::say;

/// Prints it.
pub(crate) fn run() -> Result<()> {
    let api = Api::build(Query::default(), Mutation::default(), LiveSubscriptions).finish();
    say(api.sdl().trim_end())?;
    Ok(())
}
