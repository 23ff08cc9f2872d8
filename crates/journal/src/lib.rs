//! Facts go in once, come out in order, and views follow; the only crate that runs SQL.
