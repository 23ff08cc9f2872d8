//! Correct iCalendar from plain values, and back.
