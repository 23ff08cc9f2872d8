//! What one person goes to: her places, the invitations she has not turned down, what she
//! proposed, and when her team must be done.
//!
//! The strongest tie to an event counts. A waiting place, an open invitation and a proposal are
//! tentative; only what she has said yes to takes her time. SEQUENCE stays the event's own, since
//! calendars know the event from invitations, too: a change of her own place moves DTSTAMP and
//! LAST-MODIFIED, as an answer does (RFC 5546 §2.1.4).

use std::collections::{BTreeMap, BTreeSet};

use calendar::{EventValues, Status, Transparency};
use chrono::{DateTime, Utc};
use journal::{Db, instant};

use super::ask::{Ask, Only, Window};
use super::entry::{self, Around, Detail};
use super::schedule::{Schedule, is_past_showing};
use super::view::{self, TieRow};
use crate::app::App;
use crate::calendar_link::view::TokenRow;
use crate::event::view::{EventRow, events_by_id};
use crate::roster::query::parts_of;
use crate::text::Text;

/// How strongly somebody is tied to an event; the last is the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    /// She proposed it.
    Proposed,
    /// She was asked, and has not answered.
    Asked,
    /// She waits for a place, or one is kept for her.
    Waits,
    /// She said perhaps.
    Perhaps,
    /// She comes.
    Comes,
}

/// What ties a person to one event, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Tied {
    tie: Option<Tie>,
    /// When anything about it last changed, in microseconds.
    changed_at: i64,
}

/// Whether an entry makes its reader busy.
pub(super) fn takes_time(values: &EventValues) -> bool {
    values.transparency == Transparency::Opaque && values.status != Status::Cancelled
}

/// The entries of a person's own calendar.
///
/// # Errors
/// When the database is out of reach.
pub(super) async fn entries(
    app: &App,
    db: &Db,
    row: &TokenRow,
    (ask, day, text): (&Ask, DateTime<Utc>, Text),
) -> journal::Result<Vec<EventValues>> {
    let (hub, person) = (row.hub.as_str(), row.person.as_str());
    let ties = ties(
        &view::registrations(db, hub, person).await?,
        &view::invitations(db, hub, person).await?,
        &view::proposals(db, hub, person).await?,
        ask.invited,
    );
    let wanted: Vec<String> =
        ties.iter().filter(|(_, tied)| tied.tie.is_some()).map(|(id, _)| id.clone()).collect();
    let events = events_by_id(db, &wanted).await?;
    let issues: BTreeSet<String> = events.iter().filter_map(|event| event.issue.clone()).collect();
    let titles = super::public::titles(db, &issues.into_iter().collect::<Vec<_>>()).await?;
    let mut entries = Vec::new();
    let window = ask.window(day);
    for event in &events {
        let Some(Tied { tie: Some(tie), changed_at }) = ties.get(&event.id).copied() else {
            continue;
        };
        let around = Around {
            settings: app.settings(),
            hub: &row.hub_name,
            slug: &row.slug,
            issue: event.issue.as_ref().and_then(|issue| titles.get(issue)).map(String::as_str),
            text,
            takes_time: true,
        };
        let entry = entry::values(event, Detail::Full, &around);
        let entry = entry.map(|values| stand(values, event, tie, changed_at));
        let is_shown = |values: &EventValues| {
            is_in(values, &window)
                && !is_past_showing(values, event.cancelled_at, day, window.cancelled_since)
        };
        entries.extend(entry.filter(is_shown));
    }
    entries.extend(deadlines(app, db, row, (&window, day, text)).await?);
    entries.retain(|values| is_wanted(values, ask.only));
    Ok(entries)
}

/// When her teams must be done.
async fn deadlines(
    app: &App,
    db: &Db,
    row: &TokenRow,
    (window, day, text): (&Window, DateTime<Utc>, Text),
) -> journal::Result<Vec<EventValues>> {
    let mut parts = parts_of(db, std::slice::from_ref(&row.person)).await?;
    parts.retain(|part| part.journal == row.hub);
    let of = (row.hub_name.as_str(), row.slug.as_str(), text);
    let mut due = Vec::new();
    // A person is in a hackathon or two at a time, so each may be read by itself.
    for part in parts.iter().take(PARTS_MAX) {
        let team = super::own::team_of(db, part.team.as_deref()).await?;
        let Some(schedule) = Schedule::load(app, db, &part.hackathon, of).await? else { continue };
        due.extend(schedule.submissions(team.as_ref()).filter(|values| {
            let cancelled_at = schedule.cancelled_at();
            is_in(values, window)
                && !is_past_showing(values, cancelled_at, day, window.cancelled_since)
        }));
    }
    Ok(due)
}

/// Hackathons whose deadlines are shown, the newest first.
const PARTS_MAX: usize = 12;

fn is_in(values: &EventValues, window: &Window) -> bool {
    super::draft::at(values.end) > window.from && super::draft::at(values.start) < window.until
}

fn is_wanted(values: &EventValues, only: Option<Only>) -> bool {
    match only {
        None => true,
        Some(Only::Confirmed) => values.status == Status::Confirmed,
        Some(Only::Tentative) => values.status == Status::Tentative,
        Some(Only::Cancelled) => values.status == Status::Cancelled,
    }
}

/// What ties a person to which events. Without `invited`, events her calendar has from an
/// invitation are left out.
fn ties(
    registrations: &[TieRow],
    invitations: &[TieRow],
    proposals: &[TieRow],
    invited: bool,
) -> BTreeMap<String, Tied> {
    let mut ties: BTreeMap<String, Tied> = BTreeMap::new();
    let mut add = |row: &TieRow, tie: Option<Tie>| {
        let known = ties.entry(row.event.clone()).or_insert(Tied { tie: None, changed_at: 0 });
        known.tie = known.tie.max(tie);
        known.changed_at = known.changed_at.max(row.changed_at);
    };
    for row in registrations {
        add(row, place(&row.state));
    }
    for row in invitations {
        // Who said yes and then gave her place back has no tie left.
        let is_seated = row.registration.is_none();
        add(row, answer(&row.state).filter(|tie| *tie != Tie::Comes || is_seated));
    }
    for row in proposals {
        add(row, proposal(&row.state));
    }
    if !invited {
        for row in invitations.iter().filter(|row| answer(&row.state).is_some()) {
            ties.remove(&row.event);
        }
    }
    ties
}

fn place(state: &str) -> Option<Tie> {
    match state {
        "confirmed" => Some(Tie::Comes),
        "received" | "waiting" | "offered" => Some(Tie::Waits),
        _ => None,
    }
}

fn answer(state: &str) -> Option<Tie> {
    match state {
        "accepted" => Some(Tie::Comes),
        "tentative" => Some(Tie::Perhaps),
        "sent" => Some(Tie::Asked),
        _ => None,
    }
}

fn proposal(state: &str) -> Option<Tie> {
    (!matches!(state, "declined" | "withdrawn")).then_some(Tie::Proposed)
}

/// The entry as it stands for her.
fn stand(mut values: EventValues, event: &EventRow, tie: Tie, changed_at: i64) -> EventValues {
    values.stamp = values.stamp.max(instant(changed_at));
    let is_sure = match tie {
        Tie::Comes => true,
        // Nobody else has said that it takes place.
        Tie::Proposed => event.is_public(),
        Tie::Asked | Tie::Waits | Tie::Perhaps => false,
    };
    if values.status == Status::Confirmed && !is_sure {
        values.status = Status::Tentative;
    }
    let is_busy = matches!(tie, Tie::Comes | Tie::Perhaps);
    values.transparency = if is_busy { Transparency::Opaque } else { Transparency::Transparent };
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(event: &str, registration: Option<&str>, state: &str, changed_at: i64) -> TieRow {
        let registration = registration.map(str::to_owned);
        TieRow { event: event.into(), registration, state: state.into(), changed_at }
    }

    #[test]
    fn the_strongest_tie_counts_and_what_is_given_back_is_gone() {
        let registrations = [
            row("a", Some("r1"), "cancelled", 3),
            row("a", Some("r2"), "confirmed", 5),
            row("b", Some("r3"), "waiting", 1),
            row("c", Some("r4"), "cancelled", 9),
        ];
        let invitations = [
            row("b", None, "sent", 7),
            row("c", Some("r4"), "accepted", 2),
            row("d", None, "tentative", 2),
            row("e", None, "declined", 2),
            row("f", None, "sent", 2),
        ];
        let proposals = [row("f", None, "published", 8), row("g", None, "withdrawn", 8)];
        let found = ties(&registrations, &invitations, &proposals, true);
        let of = |event: &str| found.get(event).map(|tied| (tied.tie, tied.changed_at));
        assert_eq!(of("a"), Some((Some(Tie::Comes), 5)));
        assert_eq!(of("b"), Some((Some(Tie::Waits), 7)));
        assert_eq!(of("c"), Some((None, 9)));
        assert_eq!(of("d"), Some((Some(Tie::Perhaps), 2)));
        assert_eq!(of("e"), Some((None, 2)));
        assert_eq!(of("f"), Some((Some(Tie::Asked), 8)));
        assert_eq!(of("g"), Some((None, 8)));
        let without = ties(&registrations, &invitations, &proposals, false);
        let left: Vec<&str> =
            without.iter().filter(|(_, tied)| tied.tie.is_some()).map(|(id, _)| &**id).collect();
        assert_eq!(left, ["a"], "what the calendar has from invitations is left out");
    }
}
