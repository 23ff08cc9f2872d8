//! Rooms and their bookings. Its room is ready; nothing lives here yet.
