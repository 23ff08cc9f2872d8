//! The mail crate from outside: letters as bytes, relays against servers, one binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unreachable,
    missing_docs,
    reason = "tests"
)]

mod bounce;
mod dkim;
mod faults;
mod foreign;
mod inbound;
mod letter;
mod lmtp;
mod opensmtpd;
mod python;
mod relay;
mod sample;
mod stored;
