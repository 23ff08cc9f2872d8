//! Invitations and their answers.
