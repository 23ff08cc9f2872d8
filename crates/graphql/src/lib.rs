//! The transport and the guard every GraphQL schema needs.
