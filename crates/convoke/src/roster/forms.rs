//! What the forms of the team board ask for: the same acts the API gives, by the visitor herself.

use kernel::{PersonId, Personal, Refusal};
use serde::Serialize;
use web::form::Form;
use web::problem::Problem;

use super::acts::{
    AcceptJoinRequest, DeclineJoinRequest, EnrolParticipant, FoundTeam, JoinTeamByCode, LeaveTeam,
    PitchIdea, RequestToJoin,
};
use super::code::LENGTH;
use super::decider::{LIST_MAX, NAME_MAX, TEXT_MAX, TITLE_MAX};
use super::mutations::{NOTE_MAX, fresh_code};
use super::query;
use super::{
    HackathonId, IdeaKind, JoinCode, ParticipantId, ParticipantKind, RegistrationId, Skill, TeamId,
};
use crate::app::Reader;
use crate::app::input::Call;
use crate::app::reply::Settled;
use crate::desk::view::{RegistrationRow, registration_of};
use crate::hackathon::TeamKind;
use crate::hackathon::view::HackathonRow;
use crate::site::{Place, Visit, fault_page, problem};

/// The level a skill has when nobody asked for one.
const LEVEL: u8 = 2;

/// The confirmed registration of the visitor for the hackathon's event.
pub(super) async fn registration(
    visit: &Visit,
    read: &Reader,
    row: &HackathonRow,
) -> Result<Option<RegistrationRow>, Problem> {
    let Some(person) = visit.viewer.person else { return Ok(None) };
    let own = registration_of(read.db(), &row.journal, &row.event, &person.to_string()).await;
    Ok(own.map_err(problem)?.filter(|row| row.state == "confirmed"))
}

/// What a form asks; the command's fingerprint.
#[derive(Serialize)]
struct Asked<'f> {
    hackathon: &'f str,
    action: &'f str,
    team: &'f str,
    participant: &'f str,
    name: &'f str,
    idea: &'f str,
    code: &'f str,
    title: &'f str,
    text: &'f str,
    skills: &'f str,
    wishes: &'f str,
}

/// Gives the command a form stands for.
pub(super) async fn post(
    visit: &Visit,
    place: &Place,
    read: &Reader,
    row: &HackathonRow,
    form: &Form,
) -> Result<Settled, Problem> {
    let asked = Asked {
        hackathon: &row.id,
        action: form.get("do"),
        team: form.get("team"),
        participant: form.get("participant"),
        name: form.get("name"),
        idea: form.get("idea"),
        code: form.get("code"),
        title: form.get("title"),
        text: form.get("text"),
        skills: form.get("skills"),
        wishes: form.get("wishes"),
    };
    let mut call = visit.call(form, &asked);
    let hackathon = HackathonId::parse(&row.id).map_err(|_bad| Problem::NotFound)?;
    let hub = Some(place.id);
    if asked.action == "enrol" {
        let act = enrolment(visit, read, row, hackathon, &mut call, &asked).await?;
        return call.settle(hub, act).await.map_err(|fault| fault_page(&fault));
    }
    let (participant, person) = herself(visit, read, row, &mut call).await?;
    let settled = match asked.action {
        "found" => call_found(call, place, hackathon, participant, &asked).await,
        "pitch" => {
            let title = call.input().line("title", asked.title, TITLE_MAX);
            let text = call.input().prose("text", Some(asked.text), TEXT_MAX);
            let act = PitchIdea {
                hackathon,
                idea: call.app().id(),
                participant,
                title: Personal::new(person, title),
                text: Personal::new(person, text.unwrap_or_default()),
                roles: Vec::new(),
            };
            call.settle(hub, act).await
        }
        "code" => {
            let code = code(&mut call, asked.code);
            call.settle(hub, JoinTeamByCode { hackathon, participant, code }).await
        }
        "ask" => {
            let team = call.id::<TeamKind>("team", asked.team);
            let request = call.app().id();
            let act = RequestToJoin { hackathon, request, team, participant, note: None };
            call.settle(hub, act).await
        }
        "leave" => {
            let team = call.id::<TeamKind>("team", asked.team);
            call.settle(hub, LeaveTeam { hackathon, team, participant }).await
        }
        "accept" => {
            let (team, participant) = asking(&mut call, &asked);
            call.settle(hub, AcceptJoinRequest { hackathon, team, participant }).await
        }
        "decline" => {
            let (team, participant) = asking(&mut call, &asked);
            call.settle(hub, DeclineJoinRequest { hackathon, team, participant }).await
        }
        _ => return Err(Problem::BadRequest),
    };
    settled.map_err(|fault| fault_page(&fault))
}

async fn call_found(
    mut call: Call,
    place: &Place,
    hackathon: HackathonId,
    founder: ParticipantId,
    asked: &Asked<'_>,
) -> Result<Settled, graphql::Fault> {
    let name = call.input().line("name", asked.name, NAME_MAX);
    let idea = (!asked.idea.is_empty()).then(|| call.id::<IdeaKind>("idea", asked.idea));
    let (team, code) = (call.app().id::<TeamKind>(), fresh_code(call.app()));
    let act = FoundTeam { hackathon, team, founder, name, idea, code };
    call.settle(Some(place.id), act).await
}

fn asking(call: &mut Call, asked: &Asked<'_>) -> (TeamId, ParticipantId) {
    let team = call.id::<TeamKind>("team", asked.team);
    (team, call.id::<ParticipantKind>("participant", asked.participant))
}

fn code(call: &mut Call, text: &str) -> JoinCode {
    JoinCode::parse(text).unwrap_or_else(|| {
        call.input().fault(Refusal::new("CODE_UNKNOWN", "no team has this code").at(&["code"]));
        JoinCode::of([0; LENGTH])
    })
}

/// The visitor's own part; without one the command will not be given.
async fn herself(
    visit: &Visit,
    read: &Reader,
    row: &HackathonRow,
    call: &mut Call,
) -> Result<(ParticipantId, PersonId), Problem> {
    let Some(person) = visit.viewer.person else { return Err(Problem::SignIn) };
    let part = query::participant_of(read.db(), &row.id, &person.to_string()).await;
    let part = part.map_err(problem)?.and_then(|part| ParticipantId::parse(&part.id).ok());
    let part = part.unwrap_or_else(|| {
        let says = "there is no such participant: enrol first";
        call.input().fault(Refusal::new("UNKNOWN_PARTICIPANT", says));
        ParticipantId::new(person.uuid())
    });
    Ok((part, person))
}

#[expect(clippy::too_many_arguments, reason = "who asks, for what, and what was filled in")]
async fn enrolment(
    visit: &Visit,
    read: &Reader,
    row: &HackathonRow,
    hackathon: HackathonId,
    call: &mut Call,
    asked: &Asked<'_>,
) -> Result<EnrolParticipant, Problem> {
    let Some(person) = visit.viewer.person else { return Err(Problem::SignIn) };
    let own = registration(visit, read, row).await?;
    let place = own.as_ref().and_then(|own| RegistrationId::parse(&own.id).ok());
    let registration = place.unwrap_or_else(|| {
        let says = "she has no confirmed registration for the event";
        call.input().fault(Refusal::new("NOT_REGISTERED", says));
        RegistrationId::new(person.uuid())
    });
    let skills = lines(call, "skills", asked.skills).into_iter();
    let skills = skills.map(|name| Skill { name, level: LEVEL, want: false }).collect();
    let wishes = lines(call, "wishes", asked.wishes);
    Ok(EnrolParticipant {
        hackathon,
        participant: call.app().id(),
        person,
        registration,
        name: Personal { of: person, value: own.and_then(|own| own.name) },
        skills: Personal::new(person, skills),
        wishes: Personal::new(person, wishes),
    })
}

/// One thing a line. More than the limit are refused by the roster; no more than that are read.
fn lines(call: &mut Call, field: &str, text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(LIST_MAX + 1);
    lines.map(|line| call.input().line(field, line, NOTE_MAX)).collect()
}
