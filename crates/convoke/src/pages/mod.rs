//! All pages: every capability's routes, and the two that belong to none: history and live.

mod history;
mod live;

use axum::Router;

use crate::site::Site;

/// The router of all pages.
pub fn router(site: Site) -> Router {
    Router::new()
        .merge(history::routes())
        .merge(live::routes())
        .merge(web::assets::router())
        .with_state(site)
}
