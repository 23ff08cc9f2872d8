//! What must follow from a fact of this folder: nothing.

use kernel::{Effect, FactError, Recorded};

/// Nothing: calendars come and look.
///
/// # Errors
/// Never; other folders' reactions read their facts.
pub fn react_recorded(_fact: &Recorded<String>) -> Result<Vec<Effect>, FactError> {
    Ok(Vec::new())
}
