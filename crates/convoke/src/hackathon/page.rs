//! Hackathons: the list at `/h/{hub}/hackathons`, and one hackathon with its big clock and, for
//! organisers, the buttons that run it.

use std::collections::HashMap;

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use chrono::{DateTime, SecondsFormat, Utc};
use kernel::{Personal, Refusal, Role};
use serde::Serialize;
use web::form::{Form, again, done};
use web::frame::{Frame, Link, page};
use web::part::{Badge, Clock as Countdown, Empty, Facts, Pagination};
use web::problem::Problem;

use super::acts::{FreezeSubmissions, OpenTeamFormation, PauseClock, ResumeClock, StartHacking};
use super::decider::REASON_MAX;
use super::view::{self, ExtensionRow, HackathonRow};
use super::{HackathonId, Phase, Scope};
use crate::app::Reader;
use crate::app::input::Call;
use crate::app::relay::PageArgs;
use crate::app::reply::Settled;
use crate::event::view::{EventRow, event, events_by_id};
use crate::pages::card::tone;
use crate::pages::subscribe::webcal;
use crate::roster::organise::{ExtendClock, LockRosters};
use crate::roster::query;
use crate::site::{Place, Site, Visit, fault_page, place, problem};
use crate::text::Text;

/// Hackathons on one page of the list.
const LISTED: i32 = 24;

/// The routes of these pages.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/h/{hub}/hackathons", get(list))
        .route("/h/{hub}/hackathons/{id}", get(show).post(act))
}

/// The address of a hackathon's page.
pub(crate) fn href(place: &Place, id: &str) -> String {
    format!("/h/{}/hackathons/{id}", place.slug)
}

struct Listed {
    href: String,
    title: String,
    state: Badge,
    when: String,
}

#[derive(Template)]
#[template(path = "hackathon/list.html")]
struct List {
    frame: Frame,
    t: Text,
    hackathons: Vec<Listed>,
    nothing: Empty,
    pages: Pagination,
}

async fn list(visit: Visit, Path(slug): Path<String>, form: Form) -> Result<Response, Problem> {
    let place = place(&visit, &slug).await?;
    let visit = visit.at(&place);
    let read = visit.reader_for(place.id).await?;
    let text = visit.text();
    let after = form.some("after").map(str::to_owned);
    let args = PageArgs { first: Some(LISTED), after, ..PageArgs::default() };
    let name = "hackathons of the hub";
    let window = args.window(name, &view::OF_HUB, false).map_err(|_bad| Problem::BadRequest)?;
    let rows: Vec<HackathonRow> = read
        .db()
        .all(window.sql(&view::OF_HUB), window.args(&place.id.to_string(), []))
        .await
        .map_err(problem)?;
    let (rows, more) = window.page(rows);
    let next = rows.last().filter(|_| more).map(|row| {
        let cursor = window.cursor(name, &row.created_position.into(), &row.id);
        Link::new(text.s("do-more"), format!("/h/{slug}/hackathons?after={cursor}"))
    });
    let ids: Vec<String> = rows.iter().map(|row| row.event.clone()).collect();
    let events: HashMap<String, EventRow> = events_by_id(read.db(), &ids)
        .await
        .map_err(problem)?
        .into_iter()
        .map(|event| (event.id.clone(), event))
        .collect();
    let listed = |row: HackathonRow| Listed {
        href: href(&place, &row.id),
        title: title(events.get(&row.event), text),
        state: Badge::new(text.state(&row.phase), tone(&row.phase)),
        when: row.deadline().map(|at| text.zoned(at, place.zone)).unwrap_or_default(),
    };
    let mut frame = visit.frame(text.s("nav-hackathons"), Some(&place));
    visit.mark_past(&mut frame, &read, place.zone);
    Ok(page(&List {
        frame,
        t: text,
        hackathons: rows.into_iter().map(listed).collect(),
        nothing: Empty::new(text.s("hackathon-none"))
            .hint(text.s("hackathon-none-hint"))
            .next(text.s("nav-events"), format!("/h/{slug}/events")),
        pages: Pagination::new(text.s("word-pages"), None, "", next),
    }))
}

/// What a hackathon is called: as the event it belongs to.
pub(crate) fn title(event: Option<&EventRow>, text: Text) -> String {
    event.map_or_else(|| text.s("format-hackathon"), |event| event.title.clone())
}

/// Something an organiser may do next.
struct Step {
    action: &'static str,
    label: String,
    quiet: bool,
    command_id: String,
}

#[derive(Template)]
#[template(path = "hackathon/hackathon.html")]
struct Page {
    frame: Frame,
    t: Text,
    form: Form,
    title: String,
    state: Badge,
    cancelled: String,
    clock: Option<Countdown>,
    standing: String,
    facts: Facts,
    extensions: Vec<String>,
    steps: Vec<Step>,
    extend: bool,
    command_id: String,
    event: Option<Link>,
    feed: String,
    feed_app: String,
    calendars: String,
    board: String,
    history: String,
    live: String,
    here: String,
}

/// A hackathon of this hub, now or in the past that was asked for.
pub(crate) async fn find(
    visit: &Visit,
    place: &Place,
    id: &str,
) -> Result<(Reader, HackathonRow), Problem> {
    let read = visit.reader_for(place.id).await?;
    let row = view::hackathon(read.db(), id).await.map_err(problem)?;
    let row = row.filter(|row| row.journal == place.id.to_string()).ok_or(Problem::NotFound)?;
    Ok((read, row))
}

async fn show(
    visit: Visit,
    Path((hub, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let place = place(&visit, &hub).await?;
    let visit = visit.at(&place);
    let (read, row) = find(&visit, &place, &id).await?;
    Ok(page(&hackathon_page(&visit, &place, &read, row, form).await?))
}

async fn hackathon_page(
    visit: &Visit,
    place: &Place,
    read: &Reader,
    row: HackathonRow,
    form: Form,
) -> Result<Page, Problem> {
    let text = visit.text();
    let event = event(read.db(), &row.event).await.map_err(problem)?;
    let extensions = view::extensions_of(read.db(), std::slice::from_ref(&row.id)).await;
    let extensions = extensions.map_err(problem)?;
    let title = title(event.as_ref(), text);
    let mut frame = visit.frame(&title, Some(place)).of_form(&form);
    frame.trail = vec![
        crate::hub::page::link(place),
        Link::new(text.s("nav-hackathons"), format!("/h/{}/hackathons", place.slug)),
    ];
    visit.mark_past(&mut frame, read, place.zone);
    let here = href(place, &row.id);
    let runs = visit.viewer.is_any(place.id, &[Role::Organiser]) && read.past().is_none();
    // Only what is public can be subscribed to without a secret.
    let feed = match &event {
        Some(event) if event.is_public() => {
            format!("{}/feeds/hackathon/{}.ics", visit.app.settings().public_url, row.id)
        }
        _ => String::new(),
    };
    let event_link = |event: EventRow| {
        Link::new(text.s("word-event"), format!("/h/{}/events/{}", place.slug, event.id))
    };
    Ok(Page {
        frame,
        t: text,
        state: Badge::new(text.state(&row.phase), tone(&row.phase)),
        cancelled: row.cancelled_reason.clone().unwrap_or_default(),
        clock: countdown(&row, text, place, read.now()),
        standing: standing(&row, text, place, read.now()),
        facts: facts(&row, place, text, read).await?,
        extensions: extended(read, &extensions, text).await?,
        steps: if runs { steps(visit, row.phase(), text) } else { Vec::new() },
        extend: runs && matches!(row.phase(), Phase::Hacking | Phase::Paused),
        command_id: visit.command_id(),
        feed_app: webcal(&feed),
        feed,
        calendars: format!("/h/{}/calendar", place.slug),
        event: event.map(event_link),
        board: format!("{here}/teams"),
        history: format!("/history/{}", row.id),
        live: format!("/live?hub={}&about={}", place.id, row.id),
        here,
        form,
        title,
    })
}

fn utc(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The clock while it runs; without script it says the deadline in the hub's own time.
fn countdown(
    row: &HackathonRow,
    text: Text,
    place: &Place,
    now: DateTime<Utc>,
) -> Option<Countdown> {
    let deadline = row.deadline().filter(|_| row.phase() == Phase::Hacking)?;
    let words = text.zoned(deadline, place.zone);
    let over = text.s("clock-over");
    Some(Countdown::new(text.s("hackathon-left"), utc(deadline), utc(now), words, over).big())
}

/// What is said in place of a running clock.
fn standing(row: &HackathonRow, text: Text, place: &Place, now: DateTime<Utc>) -> String {
    match (row.phase(), row.clock(&[])) {
        (Phase::Paused, Some(clock)) => {
            let left = text.duration(clock.remaining(now).num_minutes());
            text.one("hackathon-paused", "left", left)
        }
        (Phase::Frozen, Some(clock)) => {
            text.one("hackathon-frozen", "when", text.zoned(clock.deadline(), place.zone))
        }
        (Phase::Cancelled, _) => text.state(&row.phase),
        _ => text.one("hackathon-waits", "length", text.duration(row.duration_s / 60)),
    }
}

async fn facts(
    row: &HackathonRow,
    place: &Place,
    text: Text,
    read: &Reader,
) -> Result<Facts, Problem> {
    let figures =
        query::rosters(read.db(), std::slice::from_ref(&row.id)).await.map_err(problem)?;
    let figures = figures.first();
    let deadline = row.deadline();
    let sizes = [("min", row.team_min.into()), ("max", row.team_max.into())];
    let count = |key: &str, of: fn(&query::RosterRow) -> i64| {
        figures.map(|row| text.n(key, of(row))).unwrap_or_default()
    };
    let locked = row.under_sized.zip(row.unplaced).map(|(under, unplaced)| {
        text.t("hackathon-lock-figures", &[("under", under.into()), ("unplaced", unplaced.into())])
    });
    Ok(Facts::new()
        .row(
            text.s("word-deadline"),
            deadline.map(|at| text.zoned(at, place.zone)).unwrap_or_default(),
        )
        .row(text.s("hackathon-utc"), deadline.map(utc).unwrap_or_default())
        .row(text.s("hackathon-team-size"), text.t("hackathon-sizes", &sizes))
        .row(text.s("hackathon-people"), count("count-people", |row| row.participants))
        .row(text.s("nav-teams"), count("count-teams", |row| row.teams))
        .row(text.s("nav-ideas"), count("count-ideas", |row| row.ideas))
        .row(text.s("hackathon-lock"), locked.unwrap_or_default()))
}

/// Every extension in one sentence, with its reason: what one team was given, all can see.
async fn extended(
    read: &Reader,
    rows: &[ExtensionRow],
    text: Text,
) -> Result<Vec<String>, Problem> {
    let ids: Vec<String> = rows.iter().filter_map(|row| row.team.clone()).collect();
    let teams = query::teams_by_id(read.db(), &ids).await.map_err(problem)?;
    let say = |row: &ExtensionRow| {
        let by = text.duration(row.by_s / 60);
        let reason = row.reason.clone().unwrap_or_default();
        let team = teams.iter().find(|team| Some(&team.id) == row.team.as_ref());
        match team {
            Some(team) => text.t(
                "hackathon-extended-team",
                &[("by", by.into()), ("team", team.name.clone().into()), ("reason", reason.into())],
            ),
            None => text.t("hackathon-extended", &[("by", by.into()), ("reason", reason.into())]),
        }
    };
    Ok(rows.iter().map(say).collect())
}

fn steps(visit: &Visit, phase: Phase, text: Text) -> Vec<Step> {
    let actions: &[&'static str] = match phase {
        Phase::Drafted => &["open"],
        Phase::TeamFormation => &["lock"],
        Phase::Locked => &["start"],
        Phase::Hacking => &["pause", "freeze"],
        Phase::Paused => &["resume"],
        Phase::Unknown | Phase::Frozen | Phase::Cancelled => &[],
    };
    let step = |&action: &&'static str| Step {
        action,
        label: text.s(format!("hackathon-do-{action}")),
        quiet: action == "freeze",
        command_id: visit.command_id(),
    };
    actions.iter().map(step).collect()
}

/// What a form asks; the command's fingerprint.
#[derive(Serialize)]
struct Asked<'f> {
    hackathon: &'f str,
    action: &'f str,
    minutes: &'f str,
    reason: &'f str,
}

async fn act(
    visit: Visit,
    Path((hub, id)): Path<(String, String)>,
    mut form: Form,
) -> Result<Response, Problem> {
    let place = place(&visit, &hub).await?;
    let visit = visit.at(&place);
    let (read, row) = find(&visit, &place, &id).await?;
    let given = form.clone();
    let asked = Asked {
        hackathon: &id,
        action: given.get("do"),
        minutes: given.get("minutes"),
        reason: given.get("reason"),
    };
    let call = visit.call(&form, &asked);
    let settled = run(call, &place, &id, &asked).await?;
    if settled.refusals.is_empty() {
        return Ok(done(&href(&place, &id)));
    }
    for refusal in &settled.refusals {
        visit.text().refuse(&mut form, refusal);
    }
    Ok(again(&hackathon_page(&visit, &place, &read, row, form).await?))
}

async fn run(
    mut call: Call,
    place: &Place,
    id: &str,
    asked: &Asked<'_>,
) -> Result<Settled, Problem> {
    let hackathon = HackathonId::parse(id).map_err(|_bad| Problem::NotFound)?;
    let hub = Some(place.id);
    let settled = match asked.action {
        "open" => call.settle(hub, OpenTeamFormation { hackathon, expected_version: None }).await,
        "lock" => call.settle(hub, LockRosters { hackathon }).await,
        "start" => call.settle(hub, StartHacking { hackathon, at: None }).await,
        "pause" => call.settle(hub, PauseClock { hackathon }).await,
        "resume" => call.settle(hub, ResumeClock { hackathon }).await,
        "freeze" => call.settle(hub, FreezeSubmissions { hackathon }).await,
        "extend" => {
            let minutes = asked.minutes.parse::<u32>().map_err(|cause| cause.to_string());
            let minutes = call.input().parse("minutes", "INVALID_VALUE", minutes);
            let by_s = minutes.unwrap_or_default().saturating_mul(60);
            let reason = reason(&mut call, asked.reason);
            call.settle(hub, ExtendClock { hackathon, by_s, scope: Scope::All, reason }).await
        }
        _ => return Err(Problem::BadRequest),
    };
    settled.map_err(|fault| fault_page(&fault))
}

fn reason(call: &mut Call, text: &str) -> Personal<String> {
    let said = call.input().prose("reason", Some(text), REASON_MAX);
    if text.is_empty() {
        let missing = Refusal::new("REASON_MISSING", "a reason is missing").at(&["reason"]);
        call.input().fault(missing);
    }
    call.own(said.unwrap_or_default())
}
