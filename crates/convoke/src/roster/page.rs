//! The team board at `/h/{hub}/hackathons/{id}/teams`: teams with their open places, ideas, who is
//! in none; and, for whoever takes part, the forms to found, ask, join, answer and leave.
//!
//! It renews itself when anything on the roster changes. Names are shown to those who take part
//! and to staff; a visitor sees teams and figures.

use std::collections::{HashMap, HashSet};

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use web::field::Choice;
use web::form::{Form, again, done};
use web::frame::{Frame, Link, page};
use web::part::{Badge, Empty, Tone};
use web::problem::Problem;

use super::forms;
use super::query::{self, IdeaRow, ParticipantRow, RequestRow, TeamRow};
use crate::app::Reader;
use crate::event::view::event;
use crate::hackathon::Phase;
use crate::hackathon::page::{find, href, title};
use crate::hackathon::view::HackathonRow;
use crate::pages::card::tone;
use crate::site::{Place, Site, Visit, place, problem};
use crate::text::Text;

/// The route of this page.
pub fn routes() -> Router<Site> {
    Router::new().route("/h/{hub}/hackathons/{id}/teams", get(show).post(act))
}

struct Team {
    id: String,
    name: String,
    places: Badge,
    idea: String,
    size: i64,
    members: String,
    asked: bool,
    may_ask: bool,
    command_id: String,
}

struct Idea {
    title: String,
    text: String,
    by: String,
    team: String,
}

struct Asks {
    participant: String,
    name: String,
    note: String,
    command_id: String,
}

struct Own {
    id: String,
    name: String,
    code: String,
    requests: Vec<Asks>,
    command_id: String,
}

#[derive(Template)]
#[template(path = "roster/teams.html")]
#[expect(clippy::struct_excessive_bools, reason = "what the template asks, one by one")]
struct Page {
    frame: Frame,
    t: Text,
    form: Form,
    lead: String,
    state: Badge,
    own: Option<Own>,
    teams: Vec<Team>,
    nothing: Empty,
    ideas: Vec<Idea>,
    unplaced: String,
    forming: bool,
    may_enrol: bool,
    may_join: bool,
    may_pitch: bool,
    idea_choices: Vec<Choice>,
    command_ids: [String; 4],
    hackathon: String,
    live: String,
    here: String,
}

/// Everything the board shows, read with one statement for each kind of thing.
struct Board {
    teams: Vec<TeamRow>,
    members: Vec<ParticipantRow>,
    ideas: Vec<IdeaRow>,
    unplaced: Vec<ParticipantRow>,
    names: HashMap<String, String>,
    part: Option<ParticipantRow>,
    asked: HashSet<String>,
    requests: Vec<RequestRow>,
}

impl Board {
    async fn read(visit: &Visit, read: &Reader, row: &HackathonRow) -> Result<Self, Problem> {
        let db = read.db();
        let only = std::slice::from_ref(&row.id);
        let teams = query::teams_of(db, only).await.map_err(problem)?;
        let ids: Vec<String> = teams.iter().map(|team| team.id.clone()).collect();
        let members = query::members_of(db, &ids).await.map_err(problem)?;
        let ideas = query::ideas_of(db, &row.id).await.map_err(problem)?;
        let unplaced = query::unplaced_of(db, &row.id).await.map_err(problem)?;
        let part = match visit.viewer.person {
            Some(person) => {
                query::participant_of(db, &row.id, &person.to_string()).await.map_err(problem)?
            }
            None => None,
        };
        let own: Vec<String> = part.iter().filter_map(|part| part.team.clone()).collect();
        let requests = query::open_requests_to(db, &own).await.map_err(problem)?;
        let asking: Vec<String> = part.iter().map(|part| part.id.clone()).collect();
        let asked = query::open_requests_of(db, &asking).await.map_err(problem)?;
        let hub = kernel::HubId::parse(&row.journal).map_err(|_bad| Problem::NotFound)?;
        // Names are for those who take part themselves, and for staff.
        let known = part.is_some() || visit.viewer.is_staff(hub);
        let all = members.iter().chain(&unplaced).filter(|_| known);
        let names = all.filter_map(|one| Some((one.id.clone(), one.name.clone()?))).collect();
        let asked = asked.into_iter().map(|request| request.team).collect();
        Ok(Self { teams, members, ideas, unplaced, names, part, asked, requests })
    }

    fn names_of<'a>(&self, of: impl Iterator<Item = &'a ParticipantRow>) -> String {
        let names: Vec<&str> =
            of.filter_map(|one| self.names.get(&one.id).map(String::as_str)).collect();
        names.join(", ")
    }

    fn team_name(&self, id: Option<&String>) -> String {
        let team = self.teams.iter().find(|team| Some(&team.id) == id);
        team.map(|team| team.name.clone()).unwrap_or_default()
    }

    fn team(&self, visit: &Visit, row: &TeamRow, may_join: bool, text: Text) -> Team {
        let open = row.open_places.max(0);
        let places = if open > 0 {
            Badge::new(text.n("team-open-places", open), Tone::Good)
        } else {
            Badge::new(text.s("team-full"), Tone::Plain)
        };
        let idea = self.ideas.iter().find(|idea| Some(&idea.id) == row.idea.as_ref());
        let members = self.members.iter().filter(|one| one.team.as_ref() == Some(&row.id));
        let asked = self.asked.contains(&row.id);
        Team {
            id: row.id.clone(),
            name: row.name.clone(),
            places,
            idea: idea.and_then(|idea| idea.title.clone()).unwrap_or_default(),
            size: row.members,
            members: self.names_of(members),
            asked,
            may_ask: may_join && open > 0 && !asked,
            command_id: visit.command_id(),
        }
    }

    fn idea(&self, row: &IdeaRow, text: Text) -> Idea {
        let by = self.names.get(&row.participant);
        Idea {
            title: row.title.clone().unwrap_or_default(),
            text: row.text.clone().unwrap_or_default(),
            by: by.map(|name| text.one("idea-by", "name", name)).unwrap_or_default(),
            team: self.team_name(row.team.as_ref()),
        }
    }

    fn own(&self, visit: &Visit, text: Text) -> Option<Own> {
        let team = self.part.as_ref().and_then(|part| part.team.as_ref())?;
        let row = self.teams.iter().find(|row| &row.id == team)?;
        let asks = |request: &RequestRow| Asks {
            participant: request.participant.clone(),
            name: self
                .names
                .get(&request.participant)
                .cloned()
                .unwrap_or_else(|| text.s("team-somebody")),
            note: request.note.clone().unwrap_or_default(),
            command_id: visit.command_id(),
        };
        Some(Own {
            id: row.id.clone(),
            name: row.name.clone(),
            code: row.code.clone(),
            requests: self.requests.iter().map(asks).collect(),
            command_id: visit.command_id(),
        })
    }
}

async fn show(
    visit: Visit,
    Path((hub, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let place = place(&visit, &hub).await?;
    let visit = visit.at(&place);
    let (read, row) = find(&visit, &place, &id).await?;
    Ok(page(&board_page(&visit, &place, &read, &row, form).await?))
}

async fn board_page(
    visit: &Visit,
    place: &Place,
    read: &Reader,
    row: &HackathonRow,
    form: Form,
) -> Result<Page, Problem> {
    let text = visit.text();
    let board = Board::read(visit, read, row).await?;
    let event = event(read.db(), &row.event).await.map_err(problem)?;
    let mut frame = visit.frame(text.s("nav-teams"), Some(place)).of_form(&form);
    frame.wide = true;
    frame.trail = vec![
        crate::hub::page::link(place),
        Link::new(text.s("nav-hackathons"), format!("/h/{}/hackathons", place.slug)),
        Link::new(title(event.as_ref(), text), href(place, &row.id)),
    ];
    visit.mark_past(&mut frame, read, place.zone);
    let now = read.past().is_none();
    let phase = row.phase();
    let forming = now && phase == Phase::TeamFormation;
    let takes_part = board.part.is_some();
    let in_team = board.part.as_ref().is_some_and(|part| part.team.is_some());
    let may_join = forming && takes_part && !in_team;
    let registered = forms::registration(visit, read, row).await?.is_some();
    let over = matches!(phase, Phase::Frozen | Phase::Cancelled);
    let sizes = [("min", row.team_min.into()), ("max", row.team_max.into())];
    Ok(Page {
        frame,
        t: text,
        lead: text.t("team-board-lead", &sizes),
        state: Badge::new(text.state(&row.phase), tone(&row.phase)),
        own: board.own(visit, text),
        teams: board.teams.iter().map(|team| board.team(visit, team, may_join, text)).collect(),
        nothing: Empty::new(text.s("team-none")).hint(text.s("team-none-hint")),
        ideas: board.ideas.iter().map(|idea| board.idea(idea, text)).collect(),
        unplaced: board.names_of(board.unplaced.iter()),
        forming,
        may_enrol: now && !over && registered && !takes_part,
        may_join,
        may_pitch: now && takes_part && matches!(phase, Phase::Drafted | Phase::TeamFormation),
        idea_choices: choices(&board, text),
        command_ids: std::array::from_fn(|_| visit.command_id()),
        hackathon: href(place, &row.id),
        live: format!("/live?hub={}&about={}", place.id, row.id),
        here: format!("{}/teams", href(place, &row.id)),
        form,
    })
}

/// The ideas nobody works on yet, and none.
fn choices(board: &Board, text: Text) -> Vec<Choice> {
    let free = board.ideas.iter().filter(|idea| idea.team.is_none());
    let choice = |idea: &IdeaRow| Choice::new(&idea.id, idea.title.clone().unwrap_or_default());
    std::iter::once(Choice::new("", text.s("word-none"))).chain(free.map(choice)).collect()
}

async fn act(
    visit: Visit,
    Path((hub, id)): Path<(String, String)>,
    mut form: Form,
) -> Result<Response, Problem> {
    let place = place(&visit, &hub).await?;
    let visit = visit.at(&place);
    let (read, row) = find(&visit, &place, &id).await?;
    let settled = forms::post(&visit, &place, &read, &row, &form).await?;
    if settled.refusals.is_empty() {
        return Ok(done(&format!("{}/teams", href(&place, &id))));
    }
    for refusal in &settled.refusals {
        visit.text().refuse(&mut form, refusal);
    }
    Ok(again(&board_page(&visit, &place, &read, &row, form).await?))
}
