//! The transport and the guard every GraphQL schema needs.
//!
//! It carries any [`async_graphql::Executor`] over HTTP, over WebSocket (graphql-transport-ws) and
//! over server-sent events (graphql-sse, distinct connections). Each document passes the same gates
//! in the same order: bytes, parse, guard, cost, budget, then validation and execution.
//!
//! It knows nothing of a product: who is asking, what they may see and where their answer stands in
//! the journal come from a [`Host`]. It serves no uploads, no batches and no retired subprotocol.

mod answer;
mod brackets;
mod budget;
mod cost;
mod explorer;
mod fault;
mod guard;
mod host;
mod http;
mod limits;
mod message;
mod origin;
mod request;
mod router;
mod run;
mod sse;
mod status;
mod ws;

pub use budget::Spending;
pub use fault::{Code, Fault, Refusal};
pub use host::{Arrival, Host, Session};
pub use limits::Limits;
pub use router::router;
