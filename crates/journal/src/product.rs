//! What the product tells the journal: its views, and what must follow from a fact.

use kernel::{Effect, FactError, PersonId, Recorded};

use crate::rows::{Rows, Table};

/// The rules of the product, as far as the journal applies them. All of it is pure.
pub trait Product: Send + Sync + 'static {
    /// The tables of all views.
    fn tables(&self) -> Vec<&'static Table>;

    /// Raised by hand when a projection changes without its tables changing; with the tables'
    /// definitions it decides whether views are rebuilt at start.
    fn views_version(&self) -> u32;

    /// What a fact changes in the views. The payload is opened: personal values are readable
    /// unless their person was erased.
    ///
    /// # Errors
    /// When the fact cannot be read.
    fn project(&self, fact: &Recorded<String>, rows: &mut Rows) -> Result<(), FactError>;

    /// What must follow from a fact. Never asked in a rebuild.
    ///
    /// # Errors
    /// When the fact cannot be read.
    fn react(&self, fact: &Recorded<String>) -> Result<Vec<Effect>, FactError>;

    /// The person a fact erases, if it does.
    fn erases(&self, fact: &Recorded<String>) -> Option<PersonId>;
}
