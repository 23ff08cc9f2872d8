//! Mistakes of whoever called us, told apart from things that failed.
//!
//! A wrong option or configuration ends with exit code 2, as clap's own errors do; everything that
//! was right and did not work ends with 1.

/// What was asked cannot be: the sentence says what would be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Usage(String);

impl Usage {
    /// With the whole sentence.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}

/// What failed has been told already, on standard error; only the exit code is left to say.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("see above")]
pub(crate) struct Told;

/// What failed has been told already, to a mail server that understands the codes of sysexits.h.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("see above")]
pub(crate) struct Exit(pub(crate) u8);
