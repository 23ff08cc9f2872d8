//! Who may do what: roles per hub and API tokens.
