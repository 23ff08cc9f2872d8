//! The commands of an event in the API.

use async_graphql::{Context, ID, Object};
use kernel::Refusal;
use serde::Serialize;

use super::graphql::{AttendanceMode, Event, EventFormat};
use super::{Fold, Keep, acts};
use crate::app::input::Call;
use crate::{input, payloads};

/// Which of the two instants is meant, in the hour the clocks repeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, async_graphql::Enum, Serialize)]
#[graphql(remote = "Fold")]
pub enum ClockFold {
    /// Before the clocks go back.
    Earlier,
    /// After it.
    Later,
}

/// What stays when the zone of an event is corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, async_graphql::Enum, Serialize)]
#[graphql(remote = "Keep")]
pub enum KeepTime {
    /// The time on the wall: the event moves.
    Wall,
    /// The moment: only its description changes.
    Instant,
}

input! {
    /// What to propose.
    ProposeEventInput {
        /// The hub.
        hub_id: ID,
        /// The issue it serves. An event names an issue, or the need it answers.
        issue_id: Option<ID>,
        /// The need it answers, where there is no issue.
        need: Option<String>,
        /// Its name.
        title: String,
        /// What it is for, in one sentence or two.
        purpose: String,
        /// What kind of meeting.
        #[graphql(default_with = "EventFormat::Evening")]
        format: EventFormat,
        /// In a room or by a link.
        #[graphql(default_with = "AttendanceMode::InPerson")]
        mode: AttendanceMode,
        /// The stakeholder who receives people, if it is not the hub itself.
        host_id: Option<ID>,
    }
}
payloads! {
    /// The event.
    event: Event;
    /// What came of proposing an event.
    ProposeEventPayload
}

input! {
    /// Which proposal to decline, and why.
    DeclineProposalInput {
        /// The event.
        event_id: ID,
        /// Why, for the proposer.
        reason: String,
    }
}
payloads! {
    /// The event.
    event: Event;
    /// What came of declining a proposal.
    DeclineProposalPayload
}

input! {
    /// What to say about an event.
    DescribeEventInput {
        /// The event.
        event_id: ID,
        /// Its name.
        title: String,
        /// What it is for.
        purpose: String,
        /// The rest.
        #[graphql(default)]
        description: String,
        /// How to get in.
        #[graphql(default)]
        access_info: String,
        /// The version of the event you have seen: refused when it has changed since.
        expected_version: Option<i64>,
    }
}
payloads! {
    /// The event.
    event: Event;
    /// What came of describing an event.
    DescribeEventPayload
}

input! {
    /// Which zone an event belongs to.
    ChangeTimeZoneInput {
        /// The event.
        event_id: ID,
        /// The right zone: an IANA name such as `Europe/Amsterdam`.
        time_zone: String,
        /// What stays.
        keep: KeepTime,
        /// Which instant, should the clocks show the wall time twice.
        fold: Option<ClockFold>,
        /// The version of the event you have seen: refused when it has changed since.
        expected_version: Option<i64>,
    }
}
payloads! {
    /// The event.
    event: Event;
    /// What came of correcting a zone.
    ChangeTimeZonePayload
}

input! {
    /// Which event to cancel, and why.
    CancelEventInput {
        /// The event.
        event_id: ID,
        /// Why, for everyone to read.
        reason: String,
    }
}
payloads! {
    /// The event.
    event: Event;
    /// What came of cancelling an event.
    CancelEventPayload
}

input! {
    /// What came of an event.
    ReportEventInput {
        /// The event.
        event_id: ID,
        /// How many people came.
        attendance: u32,
        /// From how many organisations.
        organisations: u32,
        /// Who should have been there and was not.
        who_was_missing: String,
    }
}
payloads! {
    /// The event.
    event: Event;
    /// What came of reporting.
    ReportEventPayload
}

/// Inputs that say nothing but which event, and their payloads.
macro_rules! plain {
    ($($(#[$doc:meta])* $input:ident, $(#[$came:meta])* $payload:ident;)*) => {$(
        input! {
            $(#[$doc])*
            $input {
                /// The event.
                event_id: ID,
            }
        }
        payloads! {
            /// The event.
            event: Event;
            $(#[$came])*
            $payload
        }
    )*};
}
plain! {
    /// Which proposal to take up.
    AcceptProposalInput,
    /// What came of accepting a proposal.
    AcceptProposalPayload;
    /// Which proposal to take back.
    WithdrawProposalInput,
    /// What came of taking a proposal back.
    WithdrawProposalPayload;
    /// Which event to publish.
    PublishEventInput,
    /// What came of publishing.
    PublishEventPayload;
    /// Which event to put off.
    PostponeEventInput,
    /// What came of putting it off.
    PostponeEventPayload;
    /// Which event happens after all.
    ReinstateEventInput,
    /// What came of reinstating.
    ReinstateEventPayload;
    /// Which event's registration to open.
    OpenRegistrationInput,
    /// What came of opening registration.
    OpenRegistrationPayload;
    /// Which event's registration to close.
    CloseRegistrationInput,
    /// What came of closing registration.
    CloseRegistrationPayload;
    /// Which event is over.
    EndEventInput,
    /// What came of ending it.
    EndEventPayload;
}

/// What may be commanded of events.
#[derive(Default)]
pub struct EventMutations;

/// What may be commanded.
#[Object]
impl EventMutations {
    /// Proposes an event for an issue, or to answer a need. Members and staff.
    async fn propose_event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to propose.")] input: ProposeEventInput,
    ) -> async_graphql::Result<ProposeEventPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let hub = call.id("hubId", &input.hub_id);
        let act = acts::ProposeEvent {
            hub,
            event: call.app().id(),
            issue: input.issue_id.as_ref().map(|id| call.id("issueId", id)),
            need: call.input().optional_line("need", input.need.as_deref(), 500),
            title: call.input().line("title", &input.title, 200),
            purpose: call.input().line("purpose", &input.purpose, 500),
            format: input.format.into(),
            mode: input.mode.into(),
            host: input.host_id.as_ref().map(|id| call.id("hostId", id)),
        };
        ProposeEventPayload::shown(call.give(Some(hub), act).await?).await
    }

    /// Takes up a proposal: it may be scheduled now. Curators.
    async fn accept_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: AcceptProposalInput,
    ) -> async_graphql::Result<AcceptProposalPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, event| acts::AcceptProposal { event };
        let settled = call.give_about("eventId", &input.event_id, act).await?;
        AcceptProposalPayload::shown(settled).await
    }

    /// Declines a proposal with a reason. Curators.
    async fn decline_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: DeclineProposalInput,
    ) -> async_graphql::Result<DeclineProposalPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let reason = call.input().line("reason", &input.reason, 1_000);
        let reason = call.own(reason);
        let act = |_: &mut Call, event| acts::DeclineProposal { event, reason };
        let settled = call.give_about("eventId", &input.event_id, act).await?;
        DeclineProposalPayload::shown(settled).await
    }

    /// Takes one's own proposal back.
    async fn withdraw_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: WithdrawProposalInput,
    ) -> async_graphql::Result<WithdrawProposalPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, event| acts::WithdrawProposal { event };
        let settled = call.give_about("eventId", &input.event_id, act).await?;
        WithdrawProposalPayload::shown(settled).await
    }

    /// Changes the words about an event. A new title reaches calendars. Curators and organisers.
    async fn describe_event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to say.")] input: DescribeEventInput,
    ) -> async_graphql::Result<DescribeEventPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let title = call.input().line("title", &input.title, 200);
        let purpose = call.input().line("purpose", &input.purpose, 500);
        let mut prose = |field: &str, text: &str, max| {
            call.input().prose(field, Some(text), max).unwrap_or_default()
        };
        let description = prose("description", &input.description, 10_000);
        let access_info = prose("accessInfo", &input.access_info, 2_000);
        let expected_version = input.expected_version;
        let act = |_: &mut Call, event| acts::DescribeEvent {
            event,
            title,
            purpose,
            description,
            access_info,
            expected_version,
        };
        let settled = call.give_about("eventId", &input.event_id, act).await?;
        DescribeEventPayload::shown(settled).await
    }

    /// Shows a scheduled event to everyone and opens its registration. Curators.
    async fn publish_event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: PublishEventInput,
    ) -> async_graphql::Result<PublishEventPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, event| acts::PublishEvent { event };
        let settled = call.give_about("eventId", &input.event_id, act).await?;
        PublishEventPayload::shown(settled).await
    }

    /// Corrects the zone of an event: either the wall time stays, or the instant. Curators.
    async fn change_time_zone(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which zone.")] input: ChangeTimeZoneInput,
    ) -> async_graphql::Result<ChangeTimeZonePayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let zone = zone(&mut call, &input.time_zone)?;
        let (keep, fold) = (input.keep.into(), input.fold.map(Fold::from));
        let expected_version = input.expected_version;
        let act = |_: &mut Call, event| acts::ChangeTimeZone {
            event,
            zone,
            keep,
            fold,
            expected_version,
        };
        let settled = call.give_about("eventId", &input.event_id, act).await?;
        ChangeTimeZonePayload::shown(settled).await
    }

    /// Puts an event off without a new time; registrations are kept. Curators.
    async fn postpone_event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: PostponeEventInput,
    ) -> async_graphql::Result<PostponeEventPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, event| acts::PostponeEvent { event };
        let settled = call.give_about("eventId", &input.event_id, act).await?;
        PostponeEventPayload::shown(settled).await
    }

    /// Cancels an event: everyone invited or registered hears of it. Curators.
    async fn cancel_event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: CancelEventInput,
    ) -> async_graphql::Result<CancelEventPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let reason = call.input().line("reason", &input.reason, 1_000);
        let act = |_: &mut Call, event| acts::CancelEvent { event, reason };
        let settled = call.give_about("eventId", &input.event_id, act).await?;
        CancelEventPayload::shown(settled).await
    }

    /// Takes a cancellation or a postponement back. Curators.
    async fn reinstate_event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: ReinstateEventInput,
    ) -> async_graphql::Result<ReinstateEventPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, event| acts::ReinstateEvent { event };
        let settled = call.give_about("eventId", &input.event_id, act).await?;
        ReinstateEventPayload::shown(settled).await
    }

    /// Lets people register again. Curators and organisers.
    async fn open_registration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: OpenRegistrationInput,
    ) -> async_graphql::Result<OpenRegistrationPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, event| acts::OpenRegistration { event };
        let settled = call.give_about("eventId", &input.event_id, act).await?;
        OpenRegistrationPayload::shown(settled).await
    }

    /// Takes no more registrations; the event stays public. Curators and organisers.
    async fn close_registration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: CloseRegistrationInput,
    ) -> async_graphql::Result<CloseRegistrationPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, event| acts::CloseRegistration { event };
        let settled = call.give_about("eventId", &input.event_id, act).await?;
        CloseRegistrationPayload::shown(settled).await
    }

    /// Concludes an event whose end has passed; a timer does so, too. Curators.
    async fn end_event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: EndEventInput,
    ) -> async_graphql::Result<EndEventPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, event| acts::EndEvent { event };
        let settled = call.give_about("eventId", &input.event_id, act).await?;
        EndEventPayload::shown(settled).await
    }

    /// Tells what came of an event that is over. Curators.
    async fn report_event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What came of it.")] input: ReportEventInput,
    ) -> async_graphql::Result<ReportEventPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let missing = call.input().prose("whoWasMissing", Some(&input.who_was_missing), 2_000);
        let who_was_missing = missing.unwrap_or_default();
        let (attendance, organisations) = (input.attendance, input.organisations);
        let act = |_: &mut Call, event| acts::ReportEvent {
            event,
            attendance,
            organisations,
            who_was_missing,
        };
        let settled = call.give_about("eventId", &input.event_id, act).await?;
        ReportEventPayload::shown(settled).await
    }
}

/// A zone in an input; one that is none is a fault, and the command will not be given then.
///
/// # Errors
/// When the zone tables are empty: a broken build.
pub(crate) fn zone(call: &mut Call, name: &str) -> async_graphql::Result<kernel::Zone> {
    let zone = kernel::Zone::parse(name).ok_or_else(|| format!("“{name}” is no time zone"));
    let zone = call.input().parse("timeZone", "UNKNOWN_TIME_ZONE", zone);
    zone.or_else(|| kernel::Zone::parse("UTC"))
        .ok_or_else(|| graphql::Fault::internal("no time zones are compiled in").into())
}

/// An address of a page or a meeting: http or https only.
pub(crate) fn link(call: &mut Call, field: &str, text: Option<&str>) -> Option<String> {
    let line = call.input().optional_line(field, text, 2_000)?;
    match url::Url::parse(&line) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => {
            Some(url.to_string())
        }
        _ => {
            let refusal = Refusal::new("INVALID_URL", format!("“{line}” is no http(s) address"));
            call.input().fault(refusal.at(&[field]).with("name", field));
            None
        }
    }
}
