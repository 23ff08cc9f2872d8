//! What must follow from a fact of this folder: nothing that its events do not do by themselves.

use kernel::{Effect, FactError, Recorded};

/// Nothing: the events of a series write their own letters and end by their own timers.
///
/// # Errors
/// Never; other folders' reactions read their facts.
pub fn react_recorded(_fact: &Recorded<String>) -> Result<Vec<Effect>, FactError> {
    Ok(Vec::new())
}
