//! `convoke schema`: the public API in one file, without a database.

use anyhow::Result;

use crate::console::say;

/// Prints it.
pub(crate) fn run() -> Result<()> {
    say(convoke::schema::sdl().trim_end())?;
    Ok(())
}
