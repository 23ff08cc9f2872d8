//! Social issues: proposed, backed by evidence, endorsed, put on the agenda.
