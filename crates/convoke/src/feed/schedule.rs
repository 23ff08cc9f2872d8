//! A hackathon as a calendar: the event around it, and the moments that matter in it.
//!
//! Before the clock runs the moments are those planned, and tentative; then they are what the
//! clock says. Each has an identity of its own and names the event as its parent. Their SEQUENCE
//! is the sum of two numbers that only grow, the event's and the version of the hackathon's
//! stream, so it moves whenever either does.

use std::sync::Arc;

use axum::response::Response;
use calendar::{Class, EventValues, FeedValues, Status, Transparency, When};
use chrono::{DateTime, TimeDelta, Utc};
use http::HeaderMap;
use journal::{Db, instant};
use kernel::Zone;
use web::problem::Problem;

use super::ask::Ask;
use super::draft::{COLOR, Draft, Piece, locale};
use super::entry::{self, Around, Detail};
use super::serve::{Keep, Validators, day_of, digits, wants_gzip};
use super::shelf::Shelf;
use super::view::{self, ScheduleHead};
use crate::app::App;
use crate::event::{self, view::EventRow};
use crate::hackathon::view::{ExtensionRow, HackathonRow, extensions_of};
use crate::hackathon::{Phase, TeamId};
use crate::site::problem;
use crate::text::Text;

/// How long the beginning of the clock is shown.
const KICK_OFF: TimeDelta = TimeDelta::minutes(15);

/// Everything a hackathon's calendar is made of.
pub(super) struct Schedule {
    pub(super) app: App,
    /// The hub's name.
    pub(super) hub: String,
    /// The hub's place in addresses.
    pub(super) slug: String,
    pub(super) text: Text,
    pub(super) event: EventRow,
    pub(super) hackathon: HackathonRow,
    pub(super) extensions: Vec<ExtensionRow>,
    /// When teams were settled, in microseconds.
    pub(super) locked_at: Option<i64>,
}

/// A team whose own deadline counts.
#[derive(Clone, Debug)]
pub(super) struct Own {
    pub(super) id: TeamId,
    pub(super) name: String,
}

impl Schedule {
    /// Reads a hackathon; `None` when it or its event is gone.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub(super) async fn load(
        app: &App,
        db: &Db,
        hackathon: &str,
        (hub, slug, text): (&str, &str, Text),
    ) -> journal::Result<Option<Self>> {
        let Some(hackathon) = crate::hackathon::view::hackathon(db, hackathon).await? else {
            return Ok(None);
        };
        let Some(event) = event::view::event(db, &hackathon.event).await? else { return Ok(None) };
        let ids = [hackathon.id.clone()];
        let extensions = extensions_of(db, &ids).await?;
        let rosters = crate::roster::query::rosters(db, &ids).await?;
        Ok(Some(Self {
            app: app.clone(),
            hub: hub.to_owned(),
            slug: slug.to_owned(),
            text,
            event,
            hackathon,
            extensions,
            locked_at: rosters.first().and_then(|roster| roster.locked_at),
        }))
    }

    /// The event around it all; `None` while it has no time.
    pub(super) fn umbrella(&self, takes_time: bool) -> Option<EventValues> {
        let around = Around {
            settings: self.app.settings(),
            hub: &self.hub,
            slug: &self.slug,
            issue: None,
            text: self.text,
            takes_time,
        };
        entry::values(&self.event, Detail::Full, &around)
    }

    /// The moments in it, for everybody or for one team.
    pub(super) fn moments(&self, team: Option<&Own>) -> Vec<EventValues> {
        [self.kick_off(), self.teams_settled(), self.submissions(team)]
            .into_iter()
            .flatten()
            .collect()
    }

    /// When submissions close, for everybody or for one team.
    pub(super) fn submissions(&self, team: Option<&Own>) -> Option<EventValues> {
        let clock = self.hackathon.clock(&self.extensions);
        let due = match (&clock, team) {
            (Some(clock), Some(team)) => clock.deadline_for(team.id),
            (Some(clock), None) => clock.deadline(),
            (None, _) => self.starts()? + TimeDelta::seconds(self.hackathon.duration_s),
        };
        let whose = team.map_or_else(|| self.hackathon.id.clone(), |team| team.id.to_string());
        let mut values =
            EventValues::deadline(self.uid(&whose, "submissions"), self.changed_at(), due);
        let is_sure = clock.is_some_and(|clock| clock.paused_at.is_none());
        self.tell(&mut values, "calendar-submissions", is_sure);
        if let Some(team) = team {
            values.description = self.text.one("calendars-feed-team", "name", &team.name);
        }
        Some(values)
    }

    fn kick_off(&self) -> Option<EventValues> {
        let starts = self.starts()?;
        let mut values = EventValues::new(
            self.uid(&self.hackathon.id, "kick-off"),
            self.changed_at(),
            When::Utc(starts),
            When::Utc(starts + KICK_OFF),
        );
        self.tell(&mut values, "calendar-kick-off", self.hackathon.started_at.is_some());
        values.location = entry::place(&self.event).unwrap_or_default();
        Some(values)
    }

    fn teams_settled(&self) -> Option<EventValues> {
        let at = instant(self.locked_at?);
        let uid = self.uid(&self.hackathon.id, "teams");
        let mut values = EventValues::deadline(uid, self.changed_at(), at);
        self.tell(&mut values, "calendar-teams-settled", true);
        Some(values)
    }

    /// When the clock began, or is to begin.
    fn starts(&self) -> Option<DateTime<Utc>> {
        self.hackathon.started_at.or(self.event.starts_at).map(instant)
    }

    fn uid(&self, whose: &str, what: &str) -> String {
        format!("{whose}-{what}@{}", self.app.settings().uid_domain)
    }

    fn changed_at(&self) -> DateTime<Utc> {
        instant(self.hackathon.changed_at.max(self.event.changed_at))
    }

    /// When it was called off.
    pub(super) fn cancelled_at(&self) -> Option<i64> {
        let own = (self.hackathon.phase() == Phase::Cancelled).then_some(self.hackathon.changed_at);
        [self.event.cancelled_at, own].into_iter().flatten().min()
    }

    fn tell(&self, values: &mut EventValues, key: &'static str, is_sure: bool) {
        let Self { event, hackathon, text, .. } = self;
        values.transparency = Transparency::Transparent;
        values.created = Some(instant(hackathon.created_at));
        let sequence = event.sequence.unwrap_or(0).saturating_add(hackathon.version);
        values.sequence = u32::try_from(sequence).unwrap_or_default();
        let title = text.one(key, "title", &event.title);
        let is_cancelled = self.cancelled_at().is_some();
        values.summary =
            if is_cancelled { text.one("calendar-cancelled", "title", &title) } else { title };
        values.status = match (is_cancelled, is_sure) {
            (true, _) => Status::Cancelled,
            (false, true) => Status::Confirmed,
            (false, false) => Status::Tentative,
        };
        let site = &self.app.settings().public_url;
        values.url = Some(format!("{site}/h/{}/hackathons/{}", self.slug, hackathon.id));
        values.related_to = Some(entry::uid(self.app.settings(), &event.id));
        self.hub.clone_into(&mut values.contact);
    }
}

/// Whether an entry that was called off is no longer shown: over, and long ago.
pub(super) fn is_past_showing(
    values: &EventValues,
    cancelled_at: Option<i64>,
    day: DateTime<Utc>,
    since: DateTime<Utc>,
) -> bool {
    values.status == Status::Cancelled
        && super::draft::at(values.end) < day
        && cancelled_at.is_none_or(|at| instant(at) < since)
}

/// Answers a request for the public calendar of a hackathon.
///
/// # Errors
/// 404 when there is no such hackathon, or its event is not public; 503 when the database is out
/// of reach.
pub(crate) async fn feed(
    app: &App,
    db: &Db,
    shelf: &Arc<Shelf>,
    (id, ask): (&str, &Ask),
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let head = view::schedule(db, id).await.map_err(problem)?.ok_or(Problem::NotFound)?;
    let (day, settings, asked) = (day_of(app.now()), app.settings(), ask.canonical());
    let parts = format!(
        "schedule {} {} {head:?} {asked} {}",
        settings.public_url,
        settings.uid_domain,
        day.timestamp()
    );
    let name = digits(&parts);
    let validators = Validators {
        tag: name.clone(),
        changed: instant(head.changed_at).max(day),
        now: app.now(),
        is_gzip: wants_gzip(headers),
        keep: Keep::Public,
    };
    if let Some(unchanged) = validators.unchanged(headers) {
        return Ok(unchanged);
    }
    let drawn = async { draft(app, db, ask, &head, day).await?.body(Arc::clone(shelf)).await };
    let body = shelf.body(&head.hackathon, &asked, &name, drawn).await?;
    Ok(validators.whole(body))
}

async fn draft(
    app: &App,
    db: &Db,
    ask: &Ask,
    head: &ScheduleHead,
    day: DateTime<Utc>,
) -> journal::Result<Draft> {
    let text = Text::new(locale(ask.lang, &head.locales));
    let of = (head.name.as_str(), head.slug.as_str(), text);
    let schedule = Schedule::load(app, db, &head.hackathon, of).await?;
    let busy = (ask.detail == Detail::Busy).then(|| text.s("calendar-busy"));
    let pieces = schedule.iter().flat_map(|schedule| {
        let whole = schedule.umbrella(false);
        // When exactly things are due is more than that somebody is busy.
        let moments = if busy.is_some() { Vec::new() } else { schedule.moments(None) };
        whole.into_iter().chain(moments).filter(|values| {
            let since = ask.window(day).cancelled_since;
            !is_past_showing(values, schedule.cancelled_at(), day, since)
        })
    });
    let pieces: Vec<Piece> = pieces.map(|values| Piece::own(values, busy.clone(), None)).collect();
    let title = schedule.as_ref().map(|schedule| schedule.event.title.clone()).unwrap_or_default();
    let site = &app.settings().public_url;
    let about = [("title", title.as_str().into()), ("hub", head.name.as_str().into())];
    let values = FeedValues {
        name: text.t("calendar-hackathon-name", &about),
        description: text.t("calendar-hackathon-about", &about),
        zone: Zone::parse(&head.zone).map_or(chrono_tz::Tz::UTC, Zone::tz),
        color: Some(COLOR.to_owned()),
        url: Some(format!("{site}/h/{}/hackathons/{}", head.slug, head.hackathon)),
        source: Some(format!("{site}/feeds/hackathon/{}.ics", head.hackathon)),
        image: None,
        last_modified: instant(head.changed_at),
        not_shown: 0,
    };
    Ok(Draft { values, pieces, unread: 0, near: day, text })
}

/// The same values for one person's eyes.
pub(super) fn private(mut values: EventValues) -> EventValues {
    values.class = Class::Private;
    values
}
