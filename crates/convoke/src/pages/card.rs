//! An event as a card in a list, wherever lists of events are shown.

use std::collections::HashMap;

use askama::Template;
use askama::filters::HtmlSafe;
use kernel::Zone;
use web::part::{Badge, Tone};
use web::problem::Problem;

use crate::app::Reader;
use crate::desk::view::{DeskRow, desks_by_event};
use crate::event::view::EventRow;
use crate::site::{Place, problem};
use crate::text::Text;

/// A card. It escapes what it is given and is itself not escaped.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/card.html")]
pub struct Card {
    day: String,
    month: String,
    href: String,
    title: String,
    when: String,
    place: String,
    state: Badge,
    places: String,
}

impl HtmlSafe for Card {}

/// Cards for these events, with their places, in one more query.
///
/// # Errors
/// 503 when the database is out of reach.
pub async fn cards(
    read: &Reader,
    place: &Place,
    text: Text,
    events: &[EventRow],
) -> Result<Vec<Card>, Problem> {
    let ids: Vec<String> = events.iter().map(|event| event.id.clone()).collect();
    let desks: HashMap<String, DeskRow> = desks_by_event(read.db(), &ids)
        .await
        .map_err(problem)?
        .into_iter()
        .map(|desk| (desk.id.clone(), desk))
        .collect();
    Ok(events.iter().map(|event| card(event, desks.get(&event.id), place, text)).collect())
}

fn card(event: &EventRow, desk: Option<&DeskRow>, place: &Place, text: Text) -> Card {
    let zone = event.zone.as_deref().and_then(Zone::parse).unwrap_or(place.zone);
    let (day, month, when) = match (event.starts_at, event.ends_at) {
        (Some(starts), Some(ends)) => {
            let (from, to) = (journal::instant(starts), journal::instant(ends));
            let (day, month) = text.day_and_month(zone.local(from).date());
            (day, month, text.span(from, to, zone))
        }
        _ => ("–".to_owned(), String::new(), text.s("event-no-date")),
    };
    Card {
        day,
        month,
        href: format!("/h/{}/events/{}", place.slug, event.id),
        title: event.title.clone(),
        when,
        place: event.city.clone().unwrap_or_default(),
        state: Badge::new(text.state(&event.status), tone(&event.status)),
        places: desk.map(|desk| places(desk, text)).unwrap_or_default(),
    }
}

/// How many places there are, in words.
pub fn places(desk: &DeskRow, text: Text) -> String {
    match desk.capacity {
        Some(capacity) => text.t(
            "event-places",
            &[
                ("taken", (desk.confirmed + desk.offered).into()),
                ("capacity", capacity.into()),
                ("waiting", desk.waiting.into()),
            ],
        ),
        None => text.n("event-coming", desk.confirmed),
    }
}

/// How a state looks: running and open ones are live, a cancelled one warns.
pub fn tone(state: &str) -> Tone {
    match state {
        "published" | "open" | "running" | "active" | "confirmed" | "hacking" => Tone::Live,
        "cancelled" | "declined" | "postponed" => Tone::Bad,
        "waiting" | "offered" | "proposed" => Tone::Warn,
        _ => Tone::Plain,
    }
}
