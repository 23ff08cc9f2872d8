//! The transport from outside: a small schema on a real socket, asked the right and the wrong way.

#[path = "transport/events.rs"]
mod events;
#[path = "transport/http.rs"]
mod http;
#[path = "transport/socket.rs"]
mod socket;
mod support;
