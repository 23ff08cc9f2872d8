//! Curated events: what, when, where and why.
