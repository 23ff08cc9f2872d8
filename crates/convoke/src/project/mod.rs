//! Projects that go on after an event. Its room is ready; nothing lives here yet.
