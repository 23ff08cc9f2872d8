//! The secret feeds: what one person goes to, her hackathon, her team.
//!
//! Whoever has the address reads it, so it is answered like a private page: kept by nobody on the
//! way, listed nowhere, without a SOURCE that would hand the address on. What its owner may see is
//! looked up each time: who withdraws or leaves the team finds the calendar ended. An ended one is
//! empty for a month, so that programs forget what they hold, and then gone.

use std::net::IpAddr;
use std::sync::Arc;

use axum::response::Response;
use calendar::{Feed, FeedValues};
use chrono::{DateTime, TimeDelta, Utc};
use http::HeaderMap;
use journal::{Db, instant};
use kernel::Zone;
use web::problem::Problem;

use super::ask::{Ask, Which};
use super::draft::{COLOR, Draft, Piece, compressed, locale};
use super::entry::Detail;
use super::gate::Gate;
use super::mine;
use super::schedule::{Own, Schedule, is_past_showing, private};
use super::serve::{Keep, Validators, day_of, digits, refused, wants_gzip};
use super::shelf::Shelf;
use super::view;
use crate::app::App;
use crate::calendar_link::view::{TokenRow, by_token};
use crate::calendar_link::{self as link, token_hash};
use crate::site::problem;
use crate::text::Text;

/// How long an ended address answers with an empty calendar.
const ENDED_FOR: TimeDelta = TimeDelta::days(30);

/// What is asked at which door, and by whom.
pub(crate) struct Knock<'a> {
    /// What the address holds.
    pub(crate) token: &'a str,
    /// What was asked for.
    pub(crate) ask: Ask,
    /// The request's headers.
    pub(crate) headers: &'a HeaderMap,
    /// Who asks, for the bound.
    pub(crate) caller: IpAddr,
}

/// Answers a request for a secret feed.
///
/// # Errors
/// 404 when no such address was ever made, 410 when it ended long ago, 429 after too many of
/// those; 503 when the database is out of reach.
pub(crate) async fn feed(
    app: &App,
    db: &Db,
    (shelf, gate): (&Arc<Shelf>, &Gate),
    knock: Knock<'_>,
) -> Result<Response, Problem> {
    let hash = token_hash(knock.token);
    gate.pass(knock.caller, &hash)?;
    let found = by_token(db, &hash).await.map_err(problem)?;
    let Some(row) = found.filter(|row| fits(row, &knock.ask.which)) else {
        gate.missed(knock.caller);
        return Err(Problem::NotFound);
    };
    if let Some(at) = row.ended_at() {
        gate.missed(knock.caller);
        return ended(app, &row, &knock, instant(at));
    }
    gate.used(app, &hash, &row.link);
    let tells_all = row.detail.parse() == Ok(link::Detail::Full);
    if !tells_all && knock.ask.is_full_wanted {
        return Ok(refused("this address tells only when its owner is busy"));
    }
    let mut knock = knock;
    if !tells_all {
        knock.ask.detail = Detail::Busy;
    }
    alive(app, db, shelf, &row, &knock).await
}

fn fits(row: &TokenRow, which: &Which) -> bool {
    match which {
        Which::Personal => row.feed == "personal",
        Which::Participant => row.feed == "hackathon",
        Which::Team => row.feed == "team",
        Which::Hub(_) | Which::Issue { .. } | Which::Hackathon(_) => false,
    }
}

async fn alive(
    app: &App,
    db: &Db,
    shelf: &Arc<Shelf>,
    row: &TokenRow,
    knock: &Knock<'_>,
) -> Result<Response, Problem> {
    let newest = view::newest(db, &row.hub, &row.person).await.map_err(problem)?;
    let (day, asked, settings) = (day_of(app.now()), knock.ask.canonical(), app.settings());
    let name = digits(&format!(
        "own {} {} {} {} {} {} {} {} {asked} {}",
        settings.public_url,
        settings.uid_domain,
        row.link,
        row.hub_name,
        row.slug,
        row.zone,
        row.locales,
        newest.position,
        day.timestamp()
    ));
    let validators = Validators {
        tag: name.clone(),
        changed: instant(newest.changed_at.max(row.created_at)).max(day),
        now: app.now(),
        is_gzip: wants_gzip(knock.headers),
        keep: Keep::Private,
    };
    if let Some(unchanged) = validators.unchanged(knock.headers) {
        return Ok(unchanged);
    }
    // Whether she still belongs there is part of `newest`, so a 304 never outlives it.
    let belongs = belongs(db, row).await.map_err(problem)?;
    let team = match belongs {
        Belongs::Still(team) => team,
        Belongs::Until(at) => return ended(app, row, knock, at),
    };
    let last = instant(newest.changed_at.max(row.created_at));
    let drawn = async {
        draft(app, db, row, &knock.ask, (team, day, last)).await?.body(Arc::clone(shelf)).await
    };
    let body = Box::pin(shelf.body(&row.link, &asked, &name, drawn)).await?;
    Ok(validators.whole(body))
}

/// Whether a link's owner still belongs to what it shows.
enum Belongs {
    /// She does; with the team whose deadline is hers.
    Still(Option<Own>),
    /// She did until then.
    Until(DateTime<Utc>),
}

async fn belongs(db: &Db, row: &TokenRow) -> journal::Result<Belongs> {
    let Some(hackathon) = &row.hackathon else { return Ok(Belongs::Still(None)) };
    let Some(part) = view::part(db, hackathon, &row.person).await? else {
        return Ok(Belongs::Until(instant(row.created_at)));
    };
    let is_in = part.state == "enrolled" && (row.team.is_none() || row.team == part.team);
    if !is_in {
        return Ok(Belongs::Until(instant(part.changed_at)));
    }
    Ok(Belongs::Still(team_of(db, part.team.as_deref()).await?))
}

pub(super) async fn team_of(db: &Db, team: Option<&str>) -> journal::Result<Option<Own>> {
    let Some(team) = team else { return Ok(None) };
    let row = crate::roster::query::team(db, team).await?;
    Ok(row.and_then(|row| Some(Own { id: row.id.parse().ok()?, name: row.name })))
}

async fn draft(
    app: &App,
    db: &Db,
    row: &TokenRow,
    ask: &Ask,
    (team, day, last): (Option<Own>, DateTime<Utc>, DateTime<Utc>),
) -> journal::Result<Draft> {
    let text = Text::new(locale(ask.lang, &row.locales));
    let busy = (ask.detail == Detail::Busy).then(|| text.s("calendar-busy"));
    let of = (row.hub_name.as_str(), row.slug.as_str(), text);
    let schedule = match &row.hackathon {
        Some(hackathon) => Schedule::load(app, db, hackathon, of).await?,
        None => None,
    };
    let entries = match &schedule {
        Some(schedule) => {
            let since = ask.window(day).cancelled_since;
            let mut all = schedule.moments(team.as_ref());
            all.extend(schedule.umbrella(true));
            all.retain(|one| !is_past_showing(one, schedule.cancelled_at(), day, since));
            all
        }
        None => mine::entries(app, db, row, (ask, day, text)).await?,
    };
    // Who may only know when she is busy needs nothing else.
    let entries = entries.into_iter().filter(|one| busy.is_none() || mine::takes_time(one));
    let pieces = entries.map(|one| Piece::own(private(one), busy.clone(), ask.alarm)).collect();
    let title = schedule.as_ref().map_or("", |schedule| schedule.event.title.as_str());
    let whose = team.as_ref().map_or("", |team| team.name.as_str());
    let words =
        [("hub", row.hub_name.as_str().into()), ("title", title.into()), ("name", whose.into())];
    let (name, about, page) = match row.feed.as_str() {
        "team" => ("calendar-team-name", "calendar-team-about", "/hackathons"),
        "hackathon" => ("calendar-part-name", "calendar-part-about", "/hackathons"),
        _ => ("calendar-personal-name", "calendar-personal-about", "/calendar"),
    };
    let values = FeedValues {
        last_modified: last,
        url: Some(format!("{}/h/{}{page}", app.settings().public_url, row.slug)),
        ..around(row, text.t(name, &words), text.t(about, &words))
    };
    Ok(Draft { values, pieces, unread: 0, near: day, text })
}

/// A calendar's own values. Its address is a secret, so it is not told.
fn around(row: &TokenRow, name: String, description: String) -> FeedValues {
    FeedValues {
        name,
        description,
        zone: Zone::parse(&row.zone).map_or(chrono_tz::Tz::UTC, Zone::tz),
        color: Some(COLOR.to_owned()),
        url: None,
        source: None,
        image: None,
        last_modified: instant(row.created_at),
        not_shown: 0,
    }
}

/// The answer of an address that has ended: an empty calendar that says so, and later nothing.
fn ended(
    app: &App,
    row: &TokenRow,
    knock: &Knock<'_>,
    at: DateTime<Utc>,
) -> Result<Response, Problem> {
    if at + ENDED_FOR <= app.now() {
        return Err(Problem::Gone);
    }
    let text = Text::new(locale(knock.ask.lang, &row.locales));
    let lang = text.locale().code();
    let tag = digits(&format!("ended {} {} {lang} {}", row.link, row.zone, at.timestamp()));
    let (is_gzip, keep) = (wants_gzip(knock.headers), Keep::Private);
    let validators = Validators { tag, changed: at, now: app.now(), is_gzip, keep };
    if let Some(unchanged) = validators.unchanged(knock.headers) {
        return Ok(unchanged);
    }
    let (name, about) = (text.s("calendar-ended-name"), text.s("calendar-ended-about"));
    let values = FeedValues { last_modified: at, ..around(row, name, about) };
    let whole = Feed::ended(&values).map_err(|cause| {
        tracing::error!(%cause, "an ended calendar cannot be written");
        Problem::Internal
    })?;
    let body = compressed(whole.render([])).map_err(problem)?;
    Ok(validators.whole(body))
}
