//! Whatever is asked, by whomever: nobody in two teams, no team too large or leaderless, no
//! pointless request left open. Checked on a second, naive reading of the facts, so that a mistake
//! in the state cannot hide one in the decisions.

use std::collections::{BTreeMap, BTreeSet};

use kernel::testing::noon;
use kernel::{Actor, Decider, Moment};
use proptest::prelude::*;

use super::*;

const TEAM_MAX: u16 = 3;
const PEOPLE: u64 = 9;

/// One step: what, whom, which team, by whom.
type Step = (u8, u64, usize, u8);

/// A command that has a chance: about people, teams, requests and codes there are, mostly given by
/// somebody who may.
fn command(reading: &Reading, (what, n, to, by): Step, step: u64) -> (Command, Actor) {
    let nth = |of: usize| to.checked_rem(of).unwrap_or_default();
    let fresh = team(100 + step);
    let teams: Vec<_> = reading.leads.iter().collect();
    let (team_id, lead) = teams.get(nth(teams.len())).map_or((fresh, part(n)), |(t, l)| (**t, **l));
    let asked: Vec<_> = reading.requests.values().copied().collect();
    let (asked_team, asker) = asked.get(nth(asked.len())).copied().unwrap_or((team_id, part(n)));
    let ideas: Vec<_> = reading.authors.keys().copied().collect();
    let idea_id = ideas.get(nth(ideas.len())).copied().unwrap_or(idea(0));
    let own = reading.memberships.iter().find(|(_, who)| *who == part(n));
    let own = own.map_or(team_id, |(team, _)| *team);
    let code = reading.codes.get(&team_id).cloned().unwrap_or(code(step));
    let (participant, team_max) = (part(n), TEAM_MAX);
    let herself = is(n);
    let leads = |of: ParticipantId| {
        reading.persons.get(&of).map_or(is(n), |person| Actor::person(*person, []))
    };
    let organiser = Actor::person(person(900), [Role::Organiser]);
    let (command, may) = match what {
        0 => (Command::Enrol(Enrol { participant: part(500 + step), ..enrol(n) }), herself),
        1 => (Command::Withdraw { participant }, herself),
        2 => (Command::Pitch(pitch(step, n)), herself),
        3 => (Command::WithdrawIdea { idea: idea_id }, organiser),
        4..=6 => {
            let name = format!("Team {}", step % 9);
            let idea = step.is_multiple_of(3).then_some(idea_id);
            let founding = Found { team: fresh, name, idea, ..found(step, n) };
            (Command::Found(founding), herself)
        }
        7..=10 => {
            let asking = Ask { team: team_id, team_max, ..ask(step, 0, n) };
            (Command::Request(asking), herself)
        }
        11 => (Command::WithdrawRequest { team: asked_team, participant: asker }, organiser),
        12..=14 => (Command::Accept { team: asked_team, participant: asker, team_max }, organiser),
        15 => (Command::Decline { team: asked_team, participant: asker }, organiser),
        16 | 17 => (Command::JoinByCode { participant, code, team_max }, herself),
        18 => (Command::RotateCode { team: team_id, code: super::code(step) }, leads(lead)),
        19 | 20 => (Command::Leave { team: own, participant }, herself),
        21 => (Command::Remove { team: own, participant, reason: None }, organiser),
        22 => (Command::PassLead { team: own, to: participant }, organiser),
        23 => (Command::Dissolve { team: team_id }, leads(lead)),
        24 | 25 => {
            let to = (!step.is_multiple_of(4)).then_some(team_id);
            let reason = words(n, "Fell ill");
            (Command::Override(Move { participant, to, reason, team_max }), organiser)
        }
        _ => (Command::Lock { team_min: 2 }, organiser),
    };
    let anybody = is(u64::from(by) % PEOPLE);
    (command, if by < 4 { anybody } else { may })
}

/// The facts as somebody without our state would read them.
#[derive(Default)]
struct Reading {
    persons: BTreeMap<ParticipantId, PersonId>,
    withdrawn: BTreeSet<ParticipantId>,
    memberships: Vec<(TeamId, ParticipantId)>,
    leads: BTreeMap<TeamId, ParticipantId>,
    names: Vec<(TeamId, String)>,
    ideas: BTreeMap<IdeaId, TeamId>,
    requests: BTreeMap<JoinRequestId, (TeamId, ParticipantId)>,
    authors: BTreeMap<IdeaId, ParticipantId>,
    codes: BTreeMap<TeamId, JoinCode>,
}

impl Reading {
    fn read(&mut self, fact: &Fact) {
        match fact {
            Fact::ParticipantEnrolled { participant, person, .. } => {
                self.persons.insert(*participant, *person);
            }
            Fact::ParticipantWithdrawn { participant, .. } => {
                self.withdrawn.insert(*participant);
            }
            Fact::TeamFounded { team, name, idea, code, .. } => {
                self.codes.insert(*team, code.clone());
                self.names.push((*team, name.to_lowercase().replace(' ', "")));
                if let Some(idea) = idea {
                    assert_eq!(self.ideas.insert(*idea, *team), None, "an idea in two teams");
                }
            }
            Fact::MemberJoined { team, participant, lead, request, .. } => {
                self.memberships.push((*team, *participant));
                if *lead {
                    assert_eq!(self.leads.insert(*team, *participant), None, "two leads");
                }
                if let Some(request) = request {
                    assert!(self.requests.remove(request).is_some(), "answered before");
                }
            }
            Fact::JoinRequested { request, team, participant, .. } => {
                self.requests.insert(*request, (*team, *participant));
            }
            Fact::JoinRequestWithdrawn { request, .. }
            | Fact::JoinRequestDeclined { request, .. } => {
                assert!(self.requests.remove(request).is_some(), "closed before");
            }
            Fact::JoinRequestsClosed { requests } => {
                for closed in requests {
                    let was = self.requests.remove(&closed.request);
                    assert_eq!(was, Some((closed.team, closed.participant)));
                }
            }
            Fact::MemberLeft { team, participant }
            | Fact::MemberRemoved { team, participant, .. } => self.part(*team, *participant),
            Fact::LeadPassed { team, to } => {
                self.leads.insert(*team, *to);
            }
            Fact::TeamDissolved { team, members, .. } => {
                for member in members {
                    self.part(*team, *member);
                }
                self.leads.remove(team);
                self.names.retain(|(id, _)| id != team);
                self.ideas.retain(|_, id| id != team);
            }
            Fact::MemberMoved { participant, from, to, .. } => {
                if let Some(team) = from {
                    self.part(*team, *participant);
                }
                if let Some(team) = to {
                    self.memberships.push((*team, *participant));
                }
            }
            Fact::IdeaPitched { idea, participant, .. } => {
                self.authors.insert(*idea, *participant);
            }
            Fact::IdeaWithdrawn { idea } => {
                assert!(self.authors.remove(idea).is_some() && !self.ideas.contains_key(idea));
            }
            Fact::CodeRotated { team, code } => {
                self.codes.insert(*team, code.clone());
            }
            Fact::RostersLocked { .. } => {}
        }
    }

    fn part(&mut self, team: TeamId, participant: ParticipantId) {
        let before = self.memberships.len();
        self.memberships.retain(|member| *member != (team, participant));
        assert_eq!(self.memberships.len() + 1, before, "left a team she was not in");
        if self.leads.get(&team) == Some(&participant) {
            self.leads.remove(&team);
        }
    }

    fn holds(&self) {
        let placed: BTreeSet<_> = self.memberships.iter().map(|(_, who)| *who).collect();
        assert_eq!(placed.len(), self.memberships.len(), "somebody is in two teams");
        let persons: BTreeSet<_> = placed.iter().map(|who| self.persons[who]).collect();
        assert_eq!(persons.len(), placed.len(), "one person twice");
        assert!(placed.is_disjoint(&self.withdrawn), "who withdrew is in a team");
        let mut sizes: BTreeMap<TeamId, u16> = BTreeMap::new();
        self.memberships.iter().for_each(|(team, _)| *sizes.entry(*team).or_default() += 1);
        assert!(sizes.values().all(|size| *size <= TEAM_MAX), "a team is too large");
        let named: BTreeSet<_> = self.names.iter().map(|(team, _)| *team).collect();
        assert!(named.iter().eq(sizes.keys()), "a team without members, or unknown");
        assert!(named.iter().eq(self.leads.keys()), "a team without a lead, or with one too many");
        for (team, lead) in &self.leads {
            assert!(self.memberships.contains(&(*team, *lead)), "a lead from outside");
        }
        let names: BTreeSet<_> = self.names.iter().map(|(_, name)| name).collect();
        assert_eq!(names.len(), self.names.len(), "two teams of one name");
        for (team, who) in self.requests.values() {
            assert!(!placed.contains(who), "a request of somebody in a team");
            assert!(!self.withdrawn.contains(who) && named.contains(team), "a pointless request");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(384))]

    #[test]
    fn whatever_is_asked_the_rules_of_the_roster_hold(
        lock_from in 40_usize..200,
        steps in proptest::collection::vec((0_u8..27, 0..PEOPLE, 0_usize..60, 0_u8..20), 120)
    ) {
        let mut history: Vec<_> = (0..PEOPLE).map(enrolled).collect();
        let mut roster = Roster::after(&history);
        let mut reading = Reading::default();
        for fact in &history {
            reading.read(fact);
        }
        for (place, step) in steps.into_iter().enumerate() {
            // Both sides of the lock are to be seen.
            let what = if step.0 == 26 && place < lock_from { 5 } else { step.0 };
            let step = (what, step.1, step.2, step.3);
            let (command, actor) = command(&reading, step, u64::try_from(place).unwrap());
            let Ok(facts) = roster.decide(command, &Moment { now: noon(), actor }) else { continue };
            for fact in &facts {
                roster.evolve(fact);
                reading.read(fact);
            }
            reading.holds();
            history.extend(facts);
        }
        // The state agrees with the naive reading, with a replay, and with its own snapshot.
        for (team, who) in &reading.memberships {
            prop_assert_eq!(roster.team_of(*who), Some(*team));
        }
        let live = reading.persons.len() - reading.withdrawn.len();
        prop_assert_eq!(usize::try_from(roster.unplaced()).unwrap(), live - reading.memberships.len());
        prop_assert_eq!(&Roster::after(&history), &roster);
        let stored = serde_json::to_string(&roster).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Roster>(&stored).unwrap(), &roster);
    }
}
