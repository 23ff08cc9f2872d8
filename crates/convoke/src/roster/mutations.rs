//! The mutations of participants, and those organisers give about them.
//!
//! Whoever takes part acts for herself and need not say who she is; an organiser names the
//! participant. Which of the two may is the roster's to decide.

use async_graphql::{Context, ID, Object};
use graphql::Fault;
use kernel::{HubId, PersonId, Personal, Refusal};

use super::acts::{
    AcceptJoinRequest, DeclineJoinRequest, DissolveTeam, EnrolParticipant, FoundTeam,
    JoinTeamByCode, LeaveTeam, PassLead, PitchIdea, RemoveMember, RequestToJoin, RotateCode,
    WithdrawIdea, WithdrawParticipant, WithdrawRequest,
};
use super::code::LENGTH;
use super::decider::{LIST_MAX, NAME_MAX, TEXT_MAX, TITLE_MAX};
use super::graphql::{Participant, Team};
use super::inputs::{
    AcceptJoinRequestInput, AcceptJoinRequestPayload, DeclineJoinRequestInput,
    DeclineJoinRequestPayload, DissolveTeamInput, DissolveTeamPayload, EnrolParticipantInput,
    EnrolParticipantPayload, FoundTeamInput, FoundTeamPayload, JoinTeamByCodeInput,
    JoinTeamByCodePayload, LeaveTeamInput, LeaveTeamPayload, OverrideRosterInput,
    OverrideRosterPayload, PassLeadInput, PassLeadPayload, PitchIdeaInput, PitchIdeaPayload,
    RemoveMemberInput, RemoveMemberPayload, RequestToJoinInput, RequestToJoinPayload,
    RotateCodeInput, RotateCodePayload, SkillInput, WithdrawIdeaInput, WithdrawIdeaPayload,
    WithdrawParticipantInput, WithdrawParticipantPayload, WithdrawRequestInput,
    WithdrawRequestPayload,
};
use super::organise::OverrideRoster;
use super::query::{self, ParticipantRow};
use super::{
    HackathonId, IdeaKind, JoinCode, JoinRequestKind, ParticipantId, ParticipantKind, Skill, TeamId,
};
use crate::app::App;
use crate::app::input::Call;
use crate::app::reply;
use crate::desk::RegistrationKind;
use crate::hackathon::{HackathonKind, TeamKind};

/// The longest note, reason, skill or wish, in characters.
pub(crate) const NOTE_MAX: usize = 500;

/// A fresh join code.
pub(crate) fn fresh_code(app: &App) -> JoinCode {
    let mut bytes = [0; LENGTH];
    app.world().fill(&mut bytes);
    JoinCode::of(bytes)
}

/// A team of the input with where it belongs.
struct Seat {
    hub: HubId,
    hackathon: HackathonId,
    team: TeamId,
}

async fn seat(call: &mut Call, id: &ID) -> async_graphql::Result<Seat> {
    let team = call.id::<TeamKind>("teamId", id);
    let hub = call.hub_of("teamId", team).await?;
    let db = call.app().journal().db();
    let row = query::team(db, &team.to_string()).await.map_err(reply::fault)?;
    let hackathon = row.as_ref().map(|row| row.hackathon.clone()).unwrap_or_default();
    let hackathon = HackathonId::parse(&hackathon).unwrap_or(HackathonId::new(team.uuid()));
    Ok(Seat { hub, hackathon, team })
}

/// The participant meant: the one named, or the caller's own part.
async fn part(
    call: &mut Call,
    hackathon: HackathonId,
    named: Option<&ID>,
) -> async_graphql::Result<(ParticipantId, PersonId)> {
    let db = call.app().journal().db().clone();
    let row = match named {
        Some(named) => {
            let id = call.id::<ParticipantKind>("participantId", named);
            query::participant(&db, &id.to_string()).await.map_err(reply::fault)?
        }
        None => match call.viewer().person {
            Some(person) => query::participant_of(&db, &hackathon.to_string(), &person.to_string())
                .await
                .map_err(reply::fault)?,
            // Nobody is named, and nobody is here.
            None => return Err(Fault::unauthenticated().into()),
        },
    };
    Ok(known(call, row.as_ref()))
}

fn known(call: &mut Call, row: Option<&ParticipantRow>) -> (ParticipantId, PersonId) {
    let ids = row.and_then(|row| {
        Some((ParticipantId::parse(&row.id).ok()?, PersonId::parse(&row.person).ok()?))
    });
    ids.unwrap_or_else(|| {
        let says = "there is no such participant: enrol first, or name one";
        call.input().fault(Refusal::new("UNKNOWN_PARTICIPANT", says).at(&["participantId"]));
        let nobody = uuid::Uuid::nil();
        (ParticipantId::new(nobody), PersonId::new(nobody))
    })
}

/// The hackathon of a participant who was named.
async fn hackathon_of(
    call: &mut Call,
    id: &ID,
) -> async_graphql::Result<(HubId, HackathonId, ParticipantId, PersonId)> {
    let participant = call.id::<ParticipantKind>("participantId", id);
    let hub = call.hub_of("participantId", participant).await?;
    let db = call.app().journal().db().clone();
    let row = query::participant(&db, &participant.to_string()).await.map_err(reply::fault)?;
    let hackathon = row.as_ref().and_then(|row| HackathonId::parse(&row.hackathon).ok());
    let (participant, person) = known(call, row.as_ref());
    Ok((hub, hackathon.unwrap_or(HackathonId::new(participant.uuid())), participant, person))
}

fn lines(call: &mut Call, field: &str, lines: Option<&Vec<String>>) -> Vec<String> {
    // More than the limit are refused by the roster; no more than that are read here.
    let lines = lines.into_iter().flatten().take(LIST_MAX + 1);
    lines.map(|line| call.input().line(field, line, NOTE_MAX)).collect()
}

fn skills(call: &mut Call, skills: Option<&Vec<SkillInput>>) -> Vec<Skill> {
    let skills = skills.into_iter().flatten().take(LIST_MAX + 1);
    skills
        .map(|skill| Skill {
            name: call.input().line("skills", &skill.name, NOTE_MAX),
            // What is no level at all becomes 0, which the roster refuses with the figure.
            level: u8::try_from(skill.level).unwrap_or_default(),
            want: skill.want,
        })
        .collect()
}

/// What participants may command, and organisers about them.
#[derive(Default)]
pub struct RosterMutations;

/// What participants may command, and organisers about them.
#[Object]
impl RosterMutations {
    /// Takes part in a hackathon; needs a confirmed registration for its event.
    async fn enrol_participant(
        &self,
        ctx: &Context<'_>,
        input: EnrolParticipantInput,
    ) -> async_graphql::Result<EnrolParticipantPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let hackathon = call.id::<HackathonKind>("hackathonId", &input.hackathon_id);
        let hub = call.hub_of("hackathonId", hackathon).await?;
        let registration = call.id::<RegistrationKind>("registrationId", &input.registration_id);
        let db = call.app().journal().db().clone();
        let row = crate::desk::view::registration(&db, &registration.to_string())
            .await
            .map_err(reply::fault)?;
        let (person, name) = match row {
            Some(row) => (PersonId::parse(&row.person).ok(), row.name),
            None => (None, None),
        };
        let person = person.unwrap_or_else(|| {
            let says = "she has no confirmed registration for the event";
            call.input().fault(Refusal::new("NOT_REGISTERED", says).at(&["registrationId"]));
            PersonId::new(uuid::Uuid::nil())
        });
        let name = match &input.name {
            Some(name) => Some(call.input().line("name", name, NAME_MAX)),
            None => name,
        };
        let skills = skills(&mut call, input.skills.as_ref());
        let wishes = lines(&mut call, "wishes", input.wishes.as_ref());
        let act = EnrolParticipant {
            hackathon,
            participant: call.app().id::<ParticipantKind>(),
            person,
            registration,
            name: Personal { of: person, value: name },
            skills: Personal::new(person, skills),
            wishes: Personal::new(person, wishes),
        };
        EnrolParticipantPayload::shown(call.give(Some(hub), act).await?).await
    }

    /// No longer takes part; whoever was in a team leaves it.
    async fn withdraw_participant(
        &self,
        ctx: &Context<'_>,
        input: WithdrawParticipantInput,
    ) -> async_graphql::Result<WithdrawParticipantPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let (hub, hackathon, participant, _) =
            hackathon_of(&mut call, &input.participant_id).await?;
        let act = WithdrawParticipant { hackathon, participant };
        WithdrawParticipantPayload::shown(call.give(Some(hub), act).await?).await
    }

    /// Pitches an idea.
    async fn pitch_idea(
        &self,
        ctx: &Context<'_>,
        input: PitchIdeaInput,
    ) -> async_graphql::Result<PitchIdeaPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let hackathon = call.id::<HackathonKind>("hackathonId", &input.hackathon_id);
        let hub = call.hub_of("hackathonId", hackathon).await?;
        let (participant, person) =
            part(&mut call, hackathon, input.participant_id.as_ref()).await?;
        let title = call.input().line("title", &input.title, TITLE_MAX);
        let text = call.input().prose("text", Some(&input.text), TEXT_MAX).unwrap_or_default();
        let roles = lines(&mut call, "roles", input.roles.as_ref());
        let act = PitchIdea {
            hackathon,
            idea: call.app().id::<IdeaKind>(),
            participant,
            title: Personal::new(person, title),
            text: Personal::new(person, text),
            roles,
        };
        PitchIdeaPayload::shown(call.give(Some(hub), act).await?).await
    }

    /// Takes an idea back, unless a team works on it.
    async fn withdraw_idea(
        &self,
        ctx: &Context<'_>,
        input: WithdrawIdeaInput,
    ) -> async_graphql::Result<WithdrawIdeaPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let idea = call.id::<IdeaKind>("ideaId", &input.idea_id);
        let hub = call.hub_of("ideaId", idea).await?;
        let db = call.app().journal().db();
        let row = query::idea(db, &idea.to_string()).await.map_err(reply::fault)?;
        let hackathon = row.and_then(|row| HackathonId::parse(&row.hackathon).ok());
        let hackathon = hackathon.unwrap_or(HackathonId::new(idea.uuid()));
        WithdrawIdeaPayload::shown(call.give(Some(hub), WithdrawIdea { hackathon, idea }).await?)
            .await
    }

    /// Founds a team and leads it.
    async fn found_team(
        &self,
        ctx: &Context<'_>,
        input: FoundTeamInput,
    ) -> async_graphql::Result<FoundTeamPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let hackathon = call.id::<HackathonKind>("hackathonId", &input.hackathon_id);
        let hub = call.hub_of("hackathonId", hackathon).await?;
        let (founder, _) = part(&mut call, hackathon, input.participant_id.as_ref()).await?;
        let name = call.input().line("name", &input.name, NAME_MAX);
        let idea = input.idea_id.as_ref().map(|idea| call.id::<IdeaKind>("ideaId", idea));
        let (team, code) = (call.app().id::<TeamKind>(), fresh_code(call.app()));
        let act = FoundTeam { hackathon, team, founder, name, idea, code };
        FoundTeamPayload::shown(call.give(Some(hub), act).await?).await
    }

    /// Asks a team to be let in.
    async fn request_to_join(
        &self,
        ctx: &Context<'_>,
        input: RequestToJoinInput,
    ) -> async_graphql::Result<RequestToJoinPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let Seat { hub, hackathon, team } = seat(&mut call, &input.team_id).await?;
        let (participant, person) =
            part(&mut call, hackathon, input.participant_id.as_ref()).await?;
        let note = call.input().prose("note", input.note.as_deref(), NOTE_MAX);
        let act = RequestToJoin {
            hackathon,
            request: call.app().id::<JoinRequestKind>(),
            team,
            participant,
            note: note.map(|note| Personal::new(person, note)),
        };
        RequestToJoinPayload::shown(call.give(Some(hub), act).await?).await
    }

    /// Takes a request back.
    async fn withdraw_request(
        &self,
        ctx: &Context<'_>,
        input: WithdrawRequestInput,
    ) -> async_graphql::Result<WithdrawRequestPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let Seat { hub, hackathon, team } = seat(&mut call, &input.team_id).await?;
        let (participant, _) = part(&mut call, hackathon, input.participant_id.as_ref()).await?;
        let act = WithdrawRequest { hackathon, team, participant };
        WithdrawRequestPayload::shown(call.give(Some(hub), act).await?).await
    }

    /// Lets somebody in who asked; any member of the team may. All her other requests are closed.
    async fn accept_join_request(
        &self,
        ctx: &Context<'_>,
        input: AcceptJoinRequestInput,
    ) -> async_graphql::Result<AcceptJoinRequestPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let Seat { hub, hackathon, team } = seat(&mut call, &input.team_id).await?;
        let participant = call.id::<ParticipantKind>("participantId", &input.participant_id);
        let act = AcceptJoinRequest { hackathon, team, participant };
        AcceptJoinRequestPayload::shown(call.give(Some(hub), act).await?).await
    }

    /// Does not let somebody in; any member of the team may.
    async fn decline_join_request(
        &self,
        ctx: &Context<'_>,
        input: DeclineJoinRequestInput,
    ) -> async_graphql::Result<DeclineJoinRequestPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let Seat { hub, hackathon, team } = seat(&mut call, &input.team_id).await?;
        let participant = call.id::<ParticipantKind>("participantId", &input.participant_id);
        let act = DeclineJoinRequest { hackathon, team, participant };
        DeclineJoinRequestPayload::shown(call.give(Some(hub), act).await?).await
    }

    /// Comes into a team with its code.
    async fn join_team_by_code(
        &self,
        ctx: &Context<'_>,
        input: JoinTeamByCodeInput,
    ) -> async_graphql::Result<JoinTeamByCodePayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let (act, hub) = by_code(&mut call, &input.code, input.participant_id.as_ref()).await?;
        let settled = call.give(Some(hub), act).await?;
        let team = settled
            .load(|read, id| async move {
                let part = Participant::load(&read, &id).await?;
                match part.and_then(|part| part.row.team) {
                    Some(team) => Team::load(&read, &team).await,
                    None => Ok(None),
                }
            })
            .await?;
        Ok(JoinTeamByCodePayload::new(settled, team))
    }

    /// Gives a team another code; its lead may.
    async fn rotate_code(
        &self,
        ctx: &Context<'_>,
        input: RotateCodeInput,
    ) -> async_graphql::Result<RotateCodePayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let Seat { hub, hackathon, team } = seat(&mut call, &input.team_id).await?;
        let code = fresh_code(call.app());
        RotateCodePayload::shown(call.give(Some(hub), RotateCode { hackathon, team, code }).await?)
            .await
    }

    /// Leaves a team. The longest-standing member leads on; a team nobody is left in is no more.
    async fn leave_team(
        &self,
        ctx: &Context<'_>,
        input: LeaveTeamInput,
    ) -> async_graphql::Result<LeaveTeamPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let Seat { hub, hackathon, team } = seat(&mut call, &input.team_id).await?;
        let (participant, _) = part(&mut call, hackathon, input.participant_id.as_ref()).await?;
        let act = LeaveTeam { hackathon, team, participant };
        LeaveTeamPayload::shown(call.give(Some(hub), act).await?).await
    }

    /// Puts somebody out of a team; its lead may.
    async fn remove_member(
        &self,
        ctx: &Context<'_>,
        input: RemoveMemberInput,
    ) -> async_graphql::Result<RemoveMemberPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let Seat { hub, hackathon, team } = seat(&mut call, &input.team_id).await?;
        let (participant, person) = part(&mut call, hackathon, Some(&input.participant_id)).await?;
        let reason = call.input().prose("reason", input.reason.as_deref(), NOTE_MAX);
        let reason = reason.map(|reason| Personal::new(person, reason));
        let act = RemoveMember { hackathon, team, participant, reason };
        RemoveMemberPayload::shown(call.give(Some(hub), act).await?).await
    }

    /// Lets another member lead; the lead may.
    async fn pass_lead(
        &self,
        ctx: &Context<'_>,
        input: PassLeadInput,
    ) -> async_graphql::Result<PassLeadPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let Seat { hub, hackathon, team } = seat(&mut call, &input.team_id).await?;
        let to = call.id::<ParticipantKind>("participantId", &input.participant_id);
        PassLeadPayload::shown(call.give(Some(hub), PassLead { hackathon, team, to }).await?).await
    }

    /// Gives a team up; its lead may. Its idea is free again.
    async fn dissolve_team(
        &self,
        ctx: &Context<'_>,
        input: DissolveTeamInput,
    ) -> async_graphql::Result<DissolveTeamPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let Seat { hub, hackathon, team } = seat(&mut call, &input.team_id).await?;
        DissolveTeamPayload::shown(call.give(Some(hub), DissolveTeam { hackathon, team }).await?)
            .await
    }

    /// Moves somebody after the lock, into a team or out of hers; an organiser may.
    async fn override_roster(
        &self,
        ctx: &Context<'_>,
        input: OverrideRosterInput,
    ) -> async_graphql::Result<OverrideRosterPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let (hub, hackathon, participant, person) =
            hackathon_of(&mut call, &input.participant_id).await?;
        let to = input.team_id.as_ref().map(|team| call.id::<TeamKind>("teamId", team));
        let reason = call.input().prose("reason", Some(&input.reason), NOTE_MAX);
        let reason = Personal::new(person, reason.unwrap_or_default());
        let act = OverrideRoster { hackathon, participant, to, reason };
        OverrideRosterPayload::shown(call.give(Some(hub), act).await?).await
    }
}

/// The team a code belongs to, in a hackathon the participant takes part in.
async fn by_code(
    call: &mut Call,
    code: &str,
    named: Option<&ID>,
) -> async_graphql::Result<(JoinTeamByCode, HubId)> {
    let db = call.app().journal().db().clone();
    let parts = match (named, call.viewer().person) {
        (Some(named), _) => {
            query::participants_by_id(&db, &[named.to_string()]).await.map_err(reply::fault)?
        }
        (None, Some(person)) => {
            query::parts_of(&db, &[person.to_string()]).await.map_err(reply::fault)?
        }
        (None, None) => return Err(Fault::unauthenticated().into()),
    };
    let parsed = JoinCode::parse(code);
    let teams = match &parsed {
        Some(code) => query::teams_by_code(&db, code.as_str()).await.map_err(reply::fault)?,
        None => Vec::new(),
    };
    let met = parts.iter().find(|part| teams.iter().any(|team| team.hackathon == part.hackathon));
    let place = met.or(parts.first());
    let (participant, _) = known(call, place);
    let found = place.filter(|_| met.is_some()).and_then(|part| {
        Some((HubId::parse(&part.journal).ok()?, HackathonId::parse(&part.hackathon).ok()?))
    });
    let (hub, hackathon) = found.unwrap_or_else(|| {
        call.input().fault(Refusal::new("CODE_UNKNOWN", "no team has this code").at(&["code"]));
        (HubId::new(uuid::Uuid::nil()), HackathonId::new(uuid::Uuid::nil()))
    });
    let code = parsed.unwrap_or_else(|| JoinCode::of([0; LENGTH]));
    Ok((JoinTeamByCode { hackathon, participant, code }, hub))
}
