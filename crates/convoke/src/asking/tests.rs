//! Given who was invited, when a calendar asks for something else than yes or no.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]

mod rules;
