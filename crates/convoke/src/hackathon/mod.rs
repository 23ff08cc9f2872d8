//! A 48-hour hackathon: rules, phases, the clock.
