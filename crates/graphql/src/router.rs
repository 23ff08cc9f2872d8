//! The addresses of GraphQL.

use std::sync::Arc;

use async_graphql::Executor;
use axum::{
    Router,
    routing::{any, get},
};
use tokio_util::sync::CancellationToken;

use crate::{budget::Budget, explorer, host::Host, http, limits::Limits, run::Service};

/// Serves `executor` on `/graphql` (GET, POST and WebSocket) and `/graphql/stream` (server-sent
/// events), and the explorer's script and style beside them.
///
/// When `shutdown` is cancelled, sockets close with 1001 and streams end; requests that are running
/// are finished.
pub fn router<E: Executor, H: Host>(
    executor: E,
    host: H,
    limits: Limits,
    shutdown: CancellationToken,
) -> Router {
    let budget = Budget::new(limits.callers_max);
    let service = Arc::new(Service { executor, host, limits, budget, shutdown });
    let mut router = Router::new()
        .route("/graphql", any(http::graphql::<E, H>))
        .route("/graphql/stream", any(http::events::<E, H>));
    if service.host.has_explorer() {
        router = router
            .route(explorer::SCRIPT_PATH, get(async || explorer::script()))
            .route(explorer::STYLE_PATH, get(async || explorer::style()));
    }
    router.with_state(service)
}
