//! Membership: selective, by review. Its room is ready; nothing lives here yet.
