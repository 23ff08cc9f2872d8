//! What must follow from a fact of this folder: nothing.

use kernel::{Effect, FactError, Recorded};

/// Nothing: a hub is opened by somebody who knows.
///
/// # Errors
/// Never; other folders' reactions read their facts.
pub fn react_recorded(_fact: &Recorded<String>) -> Result<Vec<Effect>, FactError> {
    Ok(Vec::new())
}
