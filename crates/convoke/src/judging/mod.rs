//! Judging. Its room is ready; nothing lives here yet.
