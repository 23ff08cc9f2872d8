//! `importCalendar`, and what it answers.

use async_graphql::{Context, ID, Object, SimpleObject};
use graphql::Fault;
use kernel::{HubKind, Refusal, Role, Zone};

use super::batch::{Batch, Came, Done, Settled, read_aside};
use super::file::Purpose;
use crate::app::input::Call;
use crate::app::reply::{self, CommandReceipt, UserError};
use crate::input;
use crate::issue::IssueKind;
use crate::text::Locale;

input! {
    /// Which calendar to bring in.
    ImportCalendarInput {
        /// In which hub.
        hub_id: ID,
        /// The issue its events serve. Without one each answers the need the calendar's name tells.
        issue_id: Option<ID>,
        /// The file's text (iCalendar, RFC 5545). Here as long as a request may be, 256 KiB; files
        /// of up to 5 MB come in by the page `/h/{hub}/import` or `convoke import calendar`.
        ics: String,
        /// Whether events that are over are proposed as well.
        #[graphql(default = false)]
        past: bool,
    }
}

/// What became of one component of the file.
#[derive(Clone, Debug, SimpleObject)]
pub struct CalendarComponent {
    /// Which, counted from 1.
    pub index: i32,
    /// The line of the file it begins on, counted from 1.
    pub line: i32,
    /// Its identity in the other program.
    pub uid: Option<String>,
    /// Its title, as far as it could be read.
    pub title: String,
    /// What became of it.
    pub outcome: Came,
    /// The event it is in the hub; null when it was left out.
    pub event_id: Option<ID>,
    /// Why it was left out, or what was lost of it.
    pub reasons: Vec<UserError>,
}

/// What came of an import.
#[derive(SimpleObject)]
pub struct ImportCalendarPayload {
    /// What the calendar calls itself.
    pub name: String,
    /// How many events are proposed now.
    pub imported: i32,
    /// How many were proposed before.
    pub skipped: i32,
    /// How many components were left out.
    pub left_out: i32,
    /// The components, in the file's order.
    pub components: Vec<CalendarComponent>,
    /// What is to be said about the file as a whole.
    pub notes: Vec<UserError>,
    /// Why nothing of the file could be read; empty when components were looked at.
    pub user_errors: Vec<UserError>,
    /// Proof of the last command; null when none was given, or on a dry run.
    pub receipt: Option<CommandReceipt>,
}

impl ImportCalendarPayload {
    fn told(refusals: &[Refusal], locale: Locale) -> Self {
        let user_errors = said(refusals, locale);
        Self { user_errors, ..Self::of(Done::default(), locale) }
    }

    fn of(done: Done, locale: Locale) -> Self {
        Self {
            imported: count(done.count(Came::Proposed)),
            skipped: count(done.count(Came::Known)),
            left_out: count(done.count(Came::LeftOut)),
            notes: said(&done.notes, locale),
            components: done.components.into_iter().map(|one| shown(one, locale)).collect(),
            name: done.name,
            user_errors: Vec::new(),
            receipt: done.receipt,
        }
    }
}

fn shown(settled: Settled, locale: Locale) -> CalendarComponent {
    let Settled { component, came, event } = settled;
    CalendarComponent {
        index: count(component.index),
        line: count(component.line),
        uid: component.uid,
        title: component.title,
        outcome: came,
        event_id: event.map(ID),
        reasons: said(&component.reasons, locale),
    }
}

fn said(refusals: &[Refusal], locale: Locale) -> Vec<UserError> {
    refusals.iter().map(|refusal| UserError::of(refusal, locale)).collect()
}

fn count(many: usize) -> i32 {
    i32::try_from(many).unwrap_or(i32::MAX)
}

/// Calendars kept elsewhere.
#[derive(Default)]
pub struct IntakeMutations;

#[Object]
impl IntakeMutations {
    /// Proposes the events of a calendar file (`.ics`): good components come in, each bad one is
    /// named with its number and its reasons, and the same file again adds nothing. Curators.
    async fn import_calendar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The calendar.")] input: ImportCalendarInput,
    ) -> async_graphql::Result<ImportCalendarPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let (app, viewer) = (reply::app(ctx)?, reply::viewer(ctx)?);
        let command_id = call.command_id();
        let hub = call.id::<HubKind>("hubId", &input.hub_id);
        let hub = call.hub_of("hubId", hub).await?;
        let issue = input.issue_id.as_ref().map(|id| call.id::<IssueKind>("issueId", id));
        if let Some(issue) = issue
            && call.hub_of("issueId", issue).await? != hub
        {
            let _nobodys = call.id::<IssueKind>("issueId", "");
        }
        if let Err(faults) = std::mem::take(call.input()).finish() {
            return Ok(ImportCalendarPayload::told(&faults, viewer.locale));
        }
        if !viewer.is_any(hub, &[Role::Curator]) {
            let denied =
                if viewer.is_signed_in() { Fault::forbidden() } else { Fault::unauthenticated() };
            return Err(denied.into());
        }
        let row = crate::network::view::hub(app.journal().db(), &hub.to_string()).await;
        let zone = row.map_err(reply::fault)?.and_then(|hub| Zone::parse(&hub.zone));
        let zone = zone.ok_or_else(|| Fault::internal("a hub without a time zone"))?;
        let file = match read_aside(input.ics.into_bytes(), zone).await? {
            Ok(file) => file,
            Err(fault) => {
                let refusal = Refusal::of(&fault).at(&["ics"]);
                return Ok(ImportCalendarPayload::told(&[refusal], viewer.locale));
            }
        };
        let locale = viewer.locale;
        let purpose = Purpose { hub, issue, past: input.past };
        let batch = Batch { app, viewer, purpose, command_id, dry_run: input.meta.dry_run };
        Ok(ImportCalendarPayload::of(batch.take(file).await?, locale))
    }
}
