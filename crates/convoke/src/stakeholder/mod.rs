//! The registry of NGOs, social enterprises and everyone else concerned.
