//! Who may do what: roles per hub and API tokens.
//!
//! An account is a stream of the network's journal named after a person. It knows neither her
//! name nor her address, only what she may do and which tokens act for her. Of a token only a
//! hash is kept. The first one ever comes from the command line, as a rule of our own.

pub mod acts;
pub mod decider;
pub mod graphql;
pub mod react;
#[cfg(test)]
mod tests;
pub mod view;

use kernel::{Id, Kind};

pub use acts::{GrantRole, IssueToken, RevokeRole, RevokeToken};
pub use decider::{Account, Fact, Rejection};

/// Marks the id of an API token.
pub enum TokenKind {}
impl Kind for TokenKind {
    const PREFIX: &'static str = "token";
}
/// The id of an API token; public, unlike its secret.
pub type TokenId = Id<TokenKind>;

/// The names of everything this folder can say no with.
pub fn rejections() -> Vec<&'static str> {
    use strum::VariantNames as _;
    [Rejection::VARIANTS].concat()
}

/// Every kind of fact of this folder with its schema version and an example.
pub fn samples() -> Vec<(&'static str, u16, String)> {
    use crate::app::facts::samples_of;
    [samples_of::<Fact>()].concat()
}
