//! The mutations organisers give about a hackathon.

use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use kernel::{HubId, PersonId, Personal, Refusal};
use serde::Serialize;
use uuid::Uuid;

use super::acts::{
    CancelHackathon, CreateHackathon, FreezeSubmissions, OpenTeamFormation, PauseClock,
    ResumeClock, StartHacking,
};
use super::decider::{DURATION_S, REASON_MAX};
use super::graphql::Hackathon;
use super::{HackathonKind, Rules, Scope, TeamKind};
use crate::app::input::Call;
use crate::app::reply::Settled;
use crate::app::scalars::Duration;
use crate::event::EventKind;
use crate::roster::organise::{ExtendClock, LockRosters, SetRules};

/// Declares a mutation's input and its payload: their names are the mutation's own.
#[macro_export]
macro_rules! input_and_payload {
    (
        $(#[$meta:meta])* $input:ident => $payload:ident {
            $(#[$doc:meta])* $object:ident : $type:ty
        } { $($(#[$field_doc:meta])* $field:ident : $field_type:ty),* $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(async_graphql::InputObject, serde::Serialize)]
        pub struct $input {
            #[graphql(flatten)]
            #[serde(flatten)]
            pub(crate) meta: $crate::app::Meta,
            $($(#[$field_doc])* pub(crate) $field: $field_type,)*
        }

        $crate::payload! {
            /// What came of it.
            $payload { $(#[$doc])* $object: $type }
        }
    };
}

/// How large teams may be.
#[derive(Clone, Copy, Debug, InputObject, Serialize)]
pub struct HackathonRulesInput {
    /// Smaller teams are flagged at the lock.
    pub team_min: i32,
    /// Nobody is let into a team of this size.
    pub team_max: i32,
}

input_and_payload! {
    /// The hackathon to plan.
    CreateHackathonInput => CreateHackathonPayload {
        /// The hackathon.
        hackathon: Hackathon
    } {
        /// The event it belongs to.
        event_id: ID,
        /// How large teams may be.
        rules: HackathonRulesInput,
        /// How long the clock is to run; 48 hours when missing.
        duration: Option<Duration>,
    }
}

input_and_payload! {
    /// The rules to set.
    SetRulesInput => SetRulesPayload {
        /// The hackathon.
        hackathon: Hackathon
    } {
        /// The hackathon.
        hackathon_id: ID,
        /// How large teams may be.
        rules: HackathonRulesInput,
        /// The version you have seen; a newer one is a conflict.
        expected_version: Option<i64>,
    }
}

input_and_payload! {
    /// The hackathon whose teams may form.
    OpenTeamFormationInput => OpenTeamFormationPayload {
        /// The hackathon.
        hackathon: Hackathon
    } {
        /// The hackathon.
        hackathon_id: ID,
    }
}

input_and_payload! {
    /// The hackathon whose rosters to lock.
    LockRostersInput => LockRostersPayload {
        /// The hackathon.
        hackathon: Hackathon
    } {
        /// The hackathon.
        hackathon_id: ID,
    }
}

input_and_payload! {
    /// The clock to start.
    StartHackingInput => StartHackingPayload {
        /// The hackathon.
        hackathon: Hackathon
    } {
        /// The hackathon.
        hackathon_id: ID,
        /// When it began, if that was at most six hours ago; now when missing.
        at: Option<DateTime<Utc>>,
    }
}

input_and_payload! {
    /// The clock to stop for a while.
    PauseClockInput => PauseClockPayload {
        /// The hackathon.
        hackathon: Hackathon
    } {
        /// The hackathon.
        hackathon_id: ID,
    }
}

input_and_payload! {
    /// The clock to let run again.
    ResumeClockInput => ResumeClockPayload {
        /// The hackathon.
        hackathon: Hackathon
    } {
        /// The hackathon.
        hackathon_id: ID,
    }
}

input_and_payload! {
    /// The time to give.
    ExtendClockInput => ExtendClockPayload {
        /// The hackathon.
        hackathon: Hackathon
    } {
        /// The hackathon.
        hackathon_id: ID,
        /// How much.
        by: Duration,
        /// To which team; to everybody when missing.
        team_id: Option<ID>,
        /// Why; all can read it.
        reason: String,
    }
}

input_and_payload! {
    /// The hackathon whose time is over.
    FreezeSubmissionsInput => FreezeSubmissionsPayload {
        /// The hackathon.
        hackathon: Hackathon
    } {
        /// The hackathon.
        hackathon_id: ID,
    }
}

input_and_payload! {
    /// The hackathon to call off.
    CancelHackathonInput => CancelHackathonPayload {
        /// The hackathon.
        hackathon: Hackathon
    } {
        /// The hackathon.
        hackathon_id: ID,
        /// Why; all who take part will read it.
        reason: String,
        /// The version you have seen; a newer one is a conflict.
        expected_version: Option<i64>,
    }
}

/// A text that belongs to whoever gives the command.
pub(crate) fn of_the_caller(call: &Call, text: String) -> Personal<String> {
    // Nobody without a person may give such commands; the nil person never reaches a decision.
    let person = call.viewer().person.unwrap_or_else(|| PersonId::new(Uuid::nil()));
    Personal::new(person, text)
}

fn rules(call: &mut Call, rules: HackathonRulesInput) -> Rules {
    let mut size = |field: &str, size: i32| {
        let parsed = u16::try_from(size).map_err(|_cause| format!("{field} is no size of a team"));
        call.input().parse(field, "INVALID_VALUE", parsed).unwrap_or_default()
    };
    Rules { team_min: size("teamMin", rules.team_min), team_max: size("teamMax", rules.team_max) }
}

fn seconds(call: &mut Call, field: &str, duration: Duration) -> u32 {
    let parsed = u32::try_from(duration.0.num_seconds())
        .map_err(|_cause| format!("{field} is too long, or negative"));
    call.input().parse(field, "INVALID_VALUE", parsed).unwrap_or_default()
}

fn reason(call: &mut Call, text: &str) -> Personal<String> {
    let said = call.input().prose("reason", Some(text), REASON_MAX);
    if said.is_none() && text.trim().is_empty() {
        let missing = Refusal::new("REASON_MISSING", "a reason is missing").at(&["reason"]);
        call.input().fault(missing);
    }
    of_the_caller(call, said.unwrap_or_default())
}

/// Gives a command that concerns a hackathon and answers with it.
async fn give<A: kernel::Act, P>(
    call: Call,
    hub: HubId,
    act: A,
    payload: impl FnOnce(Settled, Option<Hackathon>) -> P,
) -> async_graphql::Result<P> {
    let settled = call.give(Some(hub), act).await?;
    let object = settled.load(|read, id| async move { Hackathon::load(&read, &id).await }).await?;
    Ok(payload(settled, object))
}

/// What organisers may command about hackathons.
#[derive(Default)]
pub struct HackathonMutations;

/// What organisers may command about hackathons.
#[Object]
impl HackathonMutations {
    /// Plans a hackathon within an event.
    async fn create_hackathon(
        &self,
        ctx: &Context<'_>,
        input: CreateHackathonInput,
    ) -> async_graphql::Result<CreateHackathonPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let event = call.id::<EventKind>("eventId", &input.event_id);
        let hub = call.hub_of("eventId", event).await?;
        let rules = rules(&mut call, input.rules);
        let duration_s = match input.duration {
            Some(duration) => seconds(&mut call, "duration", duration),
            None => DURATION_S,
        };
        let hackathon = call.app().id::<HackathonKind>();
        give(
            call,
            hub,
            CreateHackathon { event, hackathon, rules, duration_s },
            CreateHackathonPayload::new,
        )
        .await
    }

    /// Changes how large teams may be; never below a team there is.
    async fn set_rules(
        &self,
        ctx: &Context<'_>,
        input: SetRulesInput,
    ) -> async_graphql::Result<SetRulesPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let hackathon = call.id::<HackathonKind>("hackathonId", &input.hackathon_id);
        let hub = call.hub_of("hackathonId", hackathon).await?;
        let rules = rules(&mut call, input.rules);
        let expected_version = input.expected_version;
        give(call, hub, SetRules { hackathon, rules, expected_version }, SetRulesPayload::new).await
    }

    /// Lets teams form.
    async fn open_team_formation(
        &self,
        ctx: &Context<'_>,
        input: OpenTeamFormationInput,
    ) -> async_graphql::Result<OpenTeamFormationPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let hackathon = call.id::<HackathonKind>("hackathonId", &input.hackathon_id);
        let hub = call.hub_of("hackathonId", hackathon).await?;
        give(
            call,
            hub,
            OpenTeamFormation { hackathon, expected_version: None },
            OpenTeamFormationPayload::new,
        )
        .await
    }

    /// Settles who is in which team. The hackathon then says how many teams are too small and how
    /// many people are in none; an organiser may still move people, with a reason.
    async fn lock_rosters(
        &self,
        ctx: &Context<'_>,
        input: LockRostersInput,
    ) -> async_graphql::Result<LockRostersPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let hackathon = call.id::<HackathonKind>("hackathonId", &input.hackathon_id);
        let hub = call.hub_of("hackathonId", hackathon).await?;
        give(call, hub, LockRosters { hackathon }, LockRostersPayload::new).await
    }

    /// Starts the clock.
    async fn start_hacking(
        &self,
        ctx: &Context<'_>,
        input: StartHackingInput,
    ) -> async_graphql::Result<StartHackingPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let hackathon = call.id::<HackathonKind>("hackathonId", &input.hackathon_id);
        let hub = call.hub_of("hackathonId", hackathon).await?;
        give(call, hub, StartHacking { hackathon, at: input.at }, StartHackingPayload::new).await
    }

    /// Lets the clock stand still.
    async fn pause_clock(
        &self,
        ctx: &Context<'_>,
        input: PauseClockInput,
    ) -> async_graphql::Result<PauseClockPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let hackathon = call.id::<HackathonKind>("hackathonId", &input.hackathon_id);
        let hub = call.hub_of("hackathonId", hackathon).await?;
        give(call, hub, PauseClock { hackathon }, PauseClockPayload::new).await
    }

    /// Lets the clock run again; the deadline moves by the length of the pause.
    async fn resume_clock(
        &self,
        ctx: &Context<'_>,
        input: ResumeClockInput,
    ) -> async_graphql::Result<ResumeClockPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let hackathon = call.id::<HackathonKind>("hackathonId", &input.hackathon_id);
        let hub = call.hub_of("hackathonId", hackathon).await?;
        give(call, hub, ResumeClock { hackathon }, ResumeClockPayload::new).await
    }

    /// Gives everybody, or one team, more time; all can see it, with the reason.
    async fn extend_clock(
        &self,
        ctx: &Context<'_>,
        input: ExtendClockInput,
    ) -> async_graphql::Result<ExtendClockPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let hackathon = call.id::<HackathonKind>("hackathonId", &input.hackathon_id);
        let hub = call.hub_of("hackathonId", hackathon).await?;
        let by_s = seconds(&mut call, "by", input.by);
        let team = input.team_id.as_ref().map(|team| call.id::<TeamKind>("teamId", team));
        let scope = team.map_or(Scope::All, Scope::Team);
        let reason = reason(&mut call, &input.reason);
        give(call, hub, ExtendClock { hackathon, by_s, scope, reason }, ExtendClockPayload::new)
            .await
    }

    /// Says that time is over, should the timer have been lost; refused before the deadline.
    async fn freeze_submissions(
        &self,
        ctx: &Context<'_>,
        input: FreezeSubmissionsInput,
    ) -> async_graphql::Result<FreezeSubmissionsPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let hackathon = call.id::<HackathonKind>("hackathonId", &input.hackathon_id);
        let hub = call.hub_of("hackathonId", hackathon).await?;
        give(call, hub, FreezeSubmissions { hackathon }, FreezeSubmissionsPayload::new).await
    }

    /// Calls a hackathon off.
    async fn cancel_hackathon(
        &self,
        ctx: &Context<'_>,
        input: CancelHackathonInput,
    ) -> async_graphql::Result<CancelHackathonPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let hackathon = call.id::<HackathonKind>("hackathonId", &input.hackathon_id);
        let hub = call.hub_of("hackathonId", hackathon).await?;
        let reason = reason(&mut call, &input.reason);
        let expected_version = input.expected_version;
        give(
            call,
            hub,
            CancelHackathon { hackathon, reason, expected_version },
            CancelHackathonPayload::new,
        )
        .await
    }
}
