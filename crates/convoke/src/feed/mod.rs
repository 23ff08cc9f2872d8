//! Calendar feeds.
pub mod entry;
