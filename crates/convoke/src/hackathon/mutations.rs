//! The mutations organisers give about a hackathon.

use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use kernel::{Personal, Refusal};
use serde::Serialize;

use super::acts::{
    CancelHackathon, CreateHackathon, FreezeSubmissions, OpenTeamFormation, PauseClock,
    ResumeClock, StartHacking,
};
use super::decider::{DURATION_S, REASON_MAX};
use super::graphql::Hackathon;
use super::{HackathonKind, Rules, Scope, TeamKind};
use crate::app::input::Call;
use crate::app::scalars::Duration;
use crate::event::EventKind;
use crate::input_and_payload;
use crate::roster::organise::{ExtendClock, LockRosters, SetRules};

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
    call.own(said.unwrap_or_default())
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
        let act = CreateHackathon { event, hackathon, rules, duration_s };
        CreateHackathonPayload::shown(call.give(Some(hub), act).await?).await
    }

    /// Changes how large teams may be; never below a team there is.
    async fn set_rules(
        &self,
        ctx: &Context<'_>,
        input: SetRulesInput,
    ) -> async_graphql::Result<SetRulesPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |call: &mut Call, hackathon| {
            let rules = rules(call, input.rules);
            let expected_version = input.expected_version;
            SetRules { hackathon, rules, expected_version }
        };
        let settled = call.give_about("hackathonId", &input.hackathon_id, act).await?;
        SetRulesPayload::shown(settled).await
    }

    /// Lets teams form.
    async fn open_team_formation(
        &self,
        ctx: &Context<'_>,
        input: OpenTeamFormationInput,
    ) -> async_graphql::Result<OpenTeamFormationPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, hackathon| OpenTeamFormation { hackathon, expected_version: None };
        let settled = call.give_about("hackathonId", &input.hackathon_id, act).await?;
        OpenTeamFormationPayload::shown(settled).await
    }

    /// Settles who is in which team. The hackathon then says how many teams are too small and how
    /// many people are in none; an organiser may still move people, with a reason.
    async fn lock_rosters(
        &self,
        ctx: &Context<'_>,
        input: LockRostersInput,
    ) -> async_graphql::Result<LockRostersPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, hackathon| LockRosters { hackathon };
        let settled = call.give_about("hackathonId", &input.hackathon_id, act).await?;
        LockRostersPayload::shown(settled).await
    }

    /// Starts the clock.
    async fn start_hacking(
        &self,
        ctx: &Context<'_>,
        input: StartHackingInput,
    ) -> async_graphql::Result<StartHackingPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, hackathon| StartHacking { hackathon, at: input.at };
        let settled = call.give_about("hackathonId", &input.hackathon_id, act).await?;
        StartHackingPayload::shown(settled).await
    }

    /// Lets the clock stand still.
    async fn pause_clock(
        &self,
        ctx: &Context<'_>,
        input: PauseClockInput,
    ) -> async_graphql::Result<PauseClockPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, hackathon| PauseClock { hackathon };
        let settled = call.give_about("hackathonId", &input.hackathon_id, act).await?;
        PauseClockPayload::shown(settled).await
    }

    /// Lets the clock run again; the deadline moves by the length of the pause.
    async fn resume_clock(
        &self,
        ctx: &Context<'_>,
        input: ResumeClockInput,
    ) -> async_graphql::Result<ResumeClockPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, hackathon| ResumeClock { hackathon };
        let settled = call.give_about("hackathonId", &input.hackathon_id, act).await?;
        ResumeClockPayload::shown(settled).await
    }

    /// Gives everybody, or one team, more time; all can see it, with the reason.
    async fn extend_clock(
        &self,
        ctx: &Context<'_>,
        input: ExtendClockInput,
    ) -> async_graphql::Result<ExtendClockPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |call: &mut Call, hackathon| {
            let by_s = seconds(call, "by", input.by);
            let team = input.team_id.as_ref().map(|team| call.id::<TeamKind>("teamId", team));
            let scope = team.map_or(Scope::All, Scope::Team);
            let reason = reason(call, &input.reason);
            ExtendClock { hackathon, by_s, scope, reason }
        };
        let settled = call.give_about("hackathonId", &input.hackathon_id, act).await?;
        ExtendClockPayload::shown(settled).await
    }

    /// Says that time is over, should the timer have been lost; refused before the deadline.
    async fn freeze_submissions(
        &self,
        ctx: &Context<'_>,
        input: FreezeSubmissionsInput,
    ) -> async_graphql::Result<FreezeSubmissionsPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, hackathon| FreezeSubmissions { hackathon };
        let settled = call.give_about("hackathonId", &input.hackathon_id, act).await?;
        FreezeSubmissionsPayload::shown(settled).await
    }

    /// Calls a hackathon off.
    async fn cancel_hackathon(
        &self,
        ctx: &Context<'_>,
        input: CancelHackathonInput,
    ) -> async_graphql::Result<CancelHackathonPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |call: &mut Call, hackathon| {
            let reason = reason(call, &input.reason);
            let expected_version = input.expected_version;
            CancelHackathon { hackathon, reason, expected_version }
        };
        let settled = call.give_about("hackathonId", &input.hackathon_id, act).await?;
        CancelHackathonPayload::shown(settled).await
    }
}
