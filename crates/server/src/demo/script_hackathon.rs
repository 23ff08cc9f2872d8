//! The part of a script that tells of a hackathon: who takes part, with which ideas, in which team.

use anyhow::{Context as _, Result};
use chrono::{DateTime, Duration, Utc};
use convoke::event::EventId;
use convoke::hackathon::acts::{CreateHackathon, OpenTeamFormation, StartHacking};
use convoke::hackathon::{HackathonId, Rules, TeamId};
use convoke::roster::acts::{
    AcceptJoinRequest, EnrolParticipant, FoundTeam, JoinTeamByCode, PitchIdea, RequestToJoin,
};
use convoke::roster::organise::LockRosters;
use convoke::roster::{IdeaId, JoinCode, ParticipantId, Skill};
use kernel::{Actor, Personal, Role};

use super::script::{Person, Script, person};
use super::script_event::Times;
use super::story::{HackathonStory, Hacker, TeamStory};

/// Somebody who has been enrolled.
struct Enrolled {
    person: Person,
    participant: ParticipantId,
}

impl Enrolled {
    fn acts(&self) -> Actor {
        self.person.acts_as(Role::Participant)
    }
}

impl Script<'_> {
    pub(super) async fn hackathon(
        &mut self,
        event: EventId,
        story: &'static HackathonStory,
        times: &Times,
    ) -> Result<()> {
        let organiser = self.organiser();
        let created = times.part(1, 40);
        let hackathon: HackathonId = Self::id(created);
        let rules = Rules { team_min: story.team_min, team_max: story.team_max };
        let duration_s = story.hours * 3_600;
        let create = CreateHackathon { event, hackathon, rules, duration_s };
        self.step(created, &organiser, "", create);
        let open = OpenTeamFormation { hackathon, expected_version: None };
        self.step(times.part(2, 40), &organiser, "", open);
        let mut hackers = Vec::new();
        let count = story.hackers.len();
        for (place, hacker) in story.hackers.iter().enumerate() {
            let at = times.part(3 * count + 18 * place, 40 * count);
            hackers.push(self.enrol(event, hackathon, hacker, at).await?);
        }
        let ideas = self.ideas(hackathon, story, &hackers, times)?;
        let teams = self.teams(hackathon, story, &hackers, &ideas, times)?;
        for (who, team, note) in story.requests {
            let (asker, (team, _)) = (found(&hackers, *who)?, found(&teams, *team)?);
            let at = times.part(38, 40);
            let note = Some(asker.person.own(note));
            self.ask(hackathon, *team, asker, at, note);
        }
        if story.running_for_hours.is_some() {
            let locked = times.starts - Duration::minutes(30);
            self.step(locked, &organiser, "", LockRosters { hackathon });
            self.step(times.starts, &organiser, "", StartHacking { hackathon, at: None });
        }
        Ok(())
    }

    async fn enrol(
        &mut self,
        event: EventId,
        hackathon: HackathonId,
        hacker: &Hacker,
        at: DateTime<Utc>,
    ) -> Result<Enrolled> {
        let person = person(self.app, hacker.name).await?;
        let registration = self.register(event, &person, at, 1);
        let participant = Self::id(at);
        let skill = |name: &str, level, want| Skill { name: name.to_owned(), level, want };
        let has = hacker.has.iter().map(|(name, level)| skill(name, *level, false));
        let wants = hacker.wants.iter().map(|name| skill(name, 1, true));
        let wishes = hacker.wishes.iter().map(|&wish| wish.to_owned()).collect();
        let enrol = EnrolParticipant {
            hackathon,
            participant,
            person: person.id,
            registration,
            name: person.named(),
            skills: Personal::new(person.id, has.chain(wants).collect()),
            wishes: Personal::new(person.id, wishes),
        };
        let actor = person.acts_as(Role::Participant);
        self.step(at + Duration::minutes(1), &actor, &person.name, enrol);
        Ok(Enrolled { person, participant })
    }

    fn ideas(
        &mut self,
        hackathon: HackathonId,
        story: &HackathonStory,
        hackers: &[Enrolled],
        times: &Times,
    ) -> Result<Vec<IdeaId>> {
        let mut ideas = Vec::new();
        for (place, idea) in story.ideas.iter().enumerate() {
            let by = found(hackers, idea.by)?;
            let at = times.part(22, 40) + Duration::minutes(11 * i64::try_from(place)?);
            let id = Self::id(at);
            let pitch = PitchIdea {
                hackathon,
                idea: id,
                participant: by.participant,
                title: by.person.own(idea.title),
                text: by.person.own(idea.text),
                roles: idea.roles.iter().map(|&role| role.to_owned()).collect(),
            };
            self.step(at, &by.acts(), idea.title, pitch);
            ideas.push(id);
        }
        Ok(ideas)
    }

    #[expect(clippy::too_many_arguments, reason = "a scene has its people and its time")]
    fn teams(
        &mut self,
        hackathon: HackathonId,
        story: &HackathonStory,
        hackers: &[Enrolled],
        ideas: &[IdeaId],
        times: &Times,
    ) -> Result<Vec<(TeamId, JoinCode)>> {
        let mut teams = Vec::new();
        for (place, team) in story.teams.iter().enumerate() {
            let lead = found(hackers, team.lead)?;
            let at = times.part(27, 40) + Duration::minutes(9 * i64::try_from(place)?);
            let id: TeamId = Self::id(at);
            let idea = team.idea.map(|idea| found(ideas, idea).copied()).transpose()?;
            let code = self.join_code();
            let found = FoundTeam {
                hackathon,
                team: id,
                founder: lead.participant,
                name: team.name.to_owned(),
                idea,
                code: code.clone(),
            };
            self.step(at, &lead.acts(), team.name, found);
            self.members(hackathon, (id, &code), team, hackers, times)?;
            teams.push((id, code));
        }
        Ok(teams)
    }

    /// Every other member asks and is let in; the rest have the code.
    #[expect(clippy::too_many_arguments, reason = "a scene has its people and its time")]
    fn members(
        &mut self,
        hackathon: HackathonId,
        (team, code): (TeamId, &JoinCode),
        story: &TeamStory,
        hackers: &[Enrolled],
        times: &Times,
    ) -> Result<()> {
        let lead = found(hackers, story.lead)?.acts();
        for (turn, member) in story.members.iter().enumerate() {
            let member = found(hackers, *member)?;
            let participant = member.participant;
            let at = times.part(31 + turn, 40);
            if turn % 2 == 0 {
                self.ask(hackathon, team, member, at, None);
                let accept = AcceptJoinRequest { hackathon, team, participant };
                self.step(at + Duration::minutes(25), &lead, story.name, accept);
            } else {
                let join = JoinTeamByCode { hackathon, participant, code: code.clone() };
                self.step(at, &member.acts(), story.name, join);
            }
        }
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "a scene has its people and its time")]
    fn ask(
        &mut self,
        hackathon: HackathonId,
        team: TeamId,
        asker: &Enrolled,
        at: DateTime<Utc>,
        note: Option<Personal<String>>,
    ) {
        let request = Self::id(at);
        let participant = asker.participant;
        let ask = RequestToJoin { hackathon, request, team, participant, note };
        self.step(at, &asker.acts(), &asker.person.name, ask);
    }

    fn join_code(&self) -> JoinCode {
        let mut random = [0; convoke::roster::code::LENGTH];
        self.app.world().fill(&mut random);
        JoinCode::of(random)
    }
}

fn found<T>(all: &[T], place: usize) -> Result<&T> {
    all.get(place).with_context(|| format!("the story has nothing at {place}"))
}
