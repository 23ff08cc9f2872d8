//! The network: its hubs, and whose slug is whose.
