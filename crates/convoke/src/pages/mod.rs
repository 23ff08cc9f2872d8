//! All pages: every capability's routes, and the two that belong to none: history and live.

pub mod card;
mod history;
mod live;
mod mailbox;
mod preview;
pub mod subscribe;
pub(crate) mod why;

use axum::Router;

use crate::site::Site;

/// The router of all pages.
pub fn router(site: Site) -> Router {
    Router::new()
        .merge(crate::hub::page::routes())
        .merge(crate::issue::page::routes())
        .merge(crate::stakeholder::page::routes())
        .merge(crate::stakeholder::confirm::routes())
        .merge(crate::stakeholder::address_page::routes())
        .merge(crate::event::page::routes())
        .merge(crate::desk::page::routes())
        .merge(crate::invitation::page::routes())
        .merge(crate::asking::page::routes())
        .merge(crate::asking::unproved::routes())
        .merge(crate::intake::page::routes())
        .merge(crate::reach::page::routes())
        .merge(crate::reach::mails::routes())
        .merge(crate::follow::page::routes())
        .merge(why::routes())
        .merge(crate::hackathon::page::routes())
        .merge(crate::roster::page::routes())
        .merge(crate::calendar_link::page::routes())
        .merge(history::routes())
        .merge(live::routes())
        .merge(mailbox::routes())
        .merge(preview::routes())
        .merge(crate::feed::routes())
        .merge(web::assets::router())
        .with_state(site)
}
