//! `/healthz`, `/readyz`, and the gate that lets requests through once there is a product.
//!
//! A process that waits for its database lives, and is not ready; one that stops is not ready
//! either, so that a proxy sends nobody new. Whoever comes meanwhile is told to come back.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router, routing::get};
use convoke::app::App;
use http::StatusCode;
use journal::Count;
use serde_json::json;
use tower::ServiceExt as _;
use web::problem::Problem;

/// A store that takes longer to say one word is not ready.
const STORE_WITHIN: Duration = Duration::from_secs(2);
/// When whoever comes too early may come back.
const COME_BACK_IN: Duration = Duration::from_secs(5);

/// Where the process stands. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Status {
    stage: Arc<RwLock<Stage>>,
    inner: Arc<RwLock<Router>>,
}

#[derive(Clone)]
enum Stage {
    /// Not yet: for this reason.
    Waiting(String),
    /// Serving, as long as its store answers.
    Serving(App),
    /// No longer.
    Draining,
}

impl Status {
    /// Nothing is there yet. `dress` puts the layers round what is answered until then.
    pub(crate) fn new(dress: impl FnOnce(Router) -> Router) -> Self {
        let early = Router::new().fallback(async || Problem::Unavailable(COME_BACK_IN));
        Self {
            stage: Arc::new(RwLock::new(Stage::Waiting("starting".to_owned()))),
            inner: Arc::new(RwLock::new(dress(early))),
        }
    }

    /// Says what is waited for.
    pub(crate) fn waits(&self, reason: impl Into<String>) {
        self.set(Stage::Waiting(reason.into()));
    }

    /// Lets everybody in.
    pub(crate) fn serves(&self, app: App, router: Router) {
        *self.inner.write().unwrap_or_else(PoisonError::into_inner) = router;
        self.set(Stage::Serving(app));
    }

    /// Says “not ready” while requests are still answered.
    pub(crate) fn drains(&self) {
        self.set(Stage::Draining);
    }

    fn set(&self, stage: Stage) {
        *self.stage.write().unwrap_or_else(PoisonError::into_inner) = stage;
    }

    fn stage(&self) -> Stage {
        self.stage.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What the accept loop serves, from the first moment to the last.
    pub(crate) fn router(&self) -> Router {
        Router::new()
            .route("/healthz", get(healthz))
            .route("/readyz", get(readyz))
            .fallback(through)
            .with_state(self.clone())
    }
}

async fn through(State(status): State<Status>, request: Request) -> Response {
    let inner = status.inner.read().unwrap_or_else(PoisonError::into_inner).clone();
    match inner.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

/// Alive, and by which time zone rules: an old release shows events an hour off.
async fn healthz() -> Response {
    Json(json!({ "status": "alive", "tzdata": kernel::TZDATA })).into_response()
}

async fn readyz(State(status): State<Status>) -> Response {
    let no = |status: &str, reason: String| {
        let body = Json(json!({ "status": status, "reason": reason }));
        (StatusCode::SERVICE_UNAVAILABLE, body).into_response()
    };
    match status.stage() {
        Stage::Waiting(reason) => no("waiting", reason),
        Stage::Draining => no("stopping", "this process stops".to_owned()),
        Stage::Serving(app) => match store(&app).await {
            Ok(()) => Json(json!({ "status": "ready" })).into_response(),
            Err(reason) => no("waiting", reason),
        },
    }
}

/// Whether the store answers. Its views are those of this version since it was opened.
async fn store(app: &App) -> Result<(), String> {
    let asked = app.journal().db().opt::<Count>("SELECT CAST(1 AS BIGINT) AS n", vec![]);
    match tokio::time::timeout(STORE_WITHIN, asked).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(fault)) => {
            tracing::warn!(error = %fault, "the store does not answer");
            Err("the database does not answer".to_owned())
        }
        Err(_) => Err(format!("the database does not answer in {} s", STORE_WITHIN.as_secs())),
    }
}
