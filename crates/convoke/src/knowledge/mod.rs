//! Knowledge gaps. Its room is ready; nothing lives here yet.
