//! `/metrics`: figures for whoever watches, in the text format of Prometheus, on a listener of their
//! own that the public one does not lead to.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use convoke::app::App;
use convoke::work::watch;
use http::{StatusCode, header};
use mail::Relay;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// What the text is (the exposition format of Prometheus).
const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";
/// How long a mail server takes: from one on this machine to the longest patience.
const SECONDS: [f64; 9] = [0.005, 0.025, 0.1, 0.5, 2.0, 10.0, 60.0, 300.0, 600.0];
/// How often what was measured is put together, even when nobody asks.
const UPKEEP_EACH: Duration = Duration::from_secs(5);

#[derive(Clone)]
struct Watched {
    app: App,
    relay: Arc<Relay>,
    figures: PrometheusHandle,
}

/// Counts from now on, and answers at this address until `stop`.
///
/// # Errors
/// When the port cannot be had.
pub(crate) async fn listen(
    address: &str,
    (app, relay): (&App, &Arc<Relay>),
    stop: &CancellationToken,
) -> Result<()> {
    let figures = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full(watch::SEND_SECONDS.to_owned()), &SECONDS)
        .context("the figures could not be set up")?
        .install_recorder()
        .context("the figures could not be set up")?;
    watch::describe();
    metrics::gauge!("convoke_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("metrics: could not listen on {address}"))?;
    let bound = listener.local_addr().context("metrics: could not read the address")?;
    tracing::info!("figures are at http://{bound}/metrics");
    let watched = Watched { app: app.clone(), relay: Arc::clone(relay), figures: figures.clone() };
    let routes = Router::new().route("/metrics", get(answer)).with_state(watched);
    let (until, tidy) = (stop.clone(), stop.clone());
    tokio::spawn(async move {
        let served = axum::serve(listener, routes).with_graceful_shutdown(until.cancelled_owned());
        if let Err(fault) = served.await {
            tracing::error!(%fault, "the listener of figures failed");
        }
    });
    tokio::spawn(async move {
        while tokio::time::timeout(UPKEEP_EACH, tidy.cancelled()).await.is_err() {
            figures.run_upkeep();
        }
    });
    Ok(())
}

async fn answer(State(watched): State<Watched>) -> Response {
    if let Err(fault) = watch::look(&watched.app, &watched.relay).await {
        tracing::warn!(error = %fault, "the figures could not be looked up");
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    ([(header::CONTENT_TYPE, TEXT)], watched.figures.render()).into_response()
}
