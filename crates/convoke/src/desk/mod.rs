//! All places of one event: registrations, waitlist, offers.
