//! Stories told to the built binary from outside.
