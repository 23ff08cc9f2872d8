//! The message catalogues.
