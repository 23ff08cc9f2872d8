//! What deciding means: deciders, moments, facts, personal values, ids.
