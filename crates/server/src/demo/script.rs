//! A story becomes commands, each at its time: what the people of the demo would have done.
//!
//! Nothing is written past the rules: every step is an act of the product, decided as it would
//! have been then, by somebody who might have given it.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use chrono::{DateTime, Duration, Utc};
use convoke::account::GrantRole;
use convoke::app::App;
use convoke::event::EventId;
use convoke::hub::{ChangeHubProfile, Profile};
use convoke::issue::{
    AcceptIssue, CloseIssue, Evidence, IssueId, ProposeIssue, SetUrgency, StartReview,
};
use convoke::network::OpenHub;
use convoke::stakeholder::acts::{DeclareRelation, VerifyStakeholder};
use convoke::stakeholder::endorse::EndorseIssue;
use convoke::stakeholder::register::RegisterStakeholder;
use convoke::stakeholder::{Relation, StakeholderId};
use kernel::{Act, Actor, DynAct, HubId, Id, Kind, PersonId, Personal, Role, Zone, resolve};

use super::stage::uuid_at;
use super::story::{HubStory, IssueFate, IssueStory, Name, StakeholderStory};

/// One command of the story.
pub(crate) struct Step {
    /// When it is given.
    pub(crate) at: DateTime<Utc>,
    /// The hub's journal; `None` for the network's.
    pub(crate) hub: Option<HubId>,
    /// Who gives it.
    pub(crate) actor: Actor,
    /// What it asks.
    pub(crate) act: Box<dyn DynAct>,
    /// What to call it should it be refused.
    pub(crate) about: String,
}

/// Somebody of the story.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) id: PersonId,
    pub(crate) name: String,
    pub(crate) email: String,
}

impl Person {
    pub(super) fn own(&self, text: &str) -> Personal<String> {
        Personal::new(self.id, text.to_owned())
    }

    pub(super) fn named(&self) -> Personal<String> {
        self.own(&self.name)
    }

    pub(super) fn addressed(&self) -> Personal<String> {
        self.own(&self.email)
    }

    /// Herself, acting with a role.
    pub(super) fn acts_as(&self, role: Role) -> Actor {
        Actor::person(self.id, [role])
    }
}

/// The address of somebody of the story.
pub(crate) fn address(mailbox: &str) -> String {
    format!("{mailbox}@example.org")
}

/// Whoever an address belongs to.
///
/// # Errors
/// When the keys are out of reach.
pub(crate) async fn person(app: &App, name: Name) -> Result<Person> {
    let email = address(name.1);
    let id = app.journal().keys().person_of(&email).await.context("could not enter a person")?;
    Ok(Person { id, name: name.0.to_owned(), email })
}

/// Who works at a hub.
pub(super) struct Staff {
    pub(super) admin: Person,
    pub(super) curator: Person,
    pub(super) host: Person,
    pub(super) organiser: Person,
    pub(super) member: Person,
}

/// A stakeholder that has been told of.
pub(super) struct Known {
    pub(super) id: StakeholderId,
    pub(super) person: Person,
    pub(super) locale: &'static str,
    pub(super) since: DateTime<Utc>,
}

/// One hub's story on its way to becoming commands.
pub(crate) struct Script<'a> {
    pub(super) app: &'a App,
    pub(super) story: &'static HubStory,
    pub(super) hub: HubId,
    pub(super) zone: Zone,
    pub(super) now: DateTime<Utc>,
    pub(super) staff: Staff,
    pub(super) stakeholders: BTreeMap<&'static str, Known>,
    pub(super) issues: BTreeMap<&'static str, (IssueId, DateTime<Utc>)>,
    pub(super) events: BTreeMap<&'static str, EventId>,
    pub(super) steps: Vec<Step>,
}

/// When the oldest hub of the demo was opened.
const OPENED_ON_DAY: i64 = -70;

impl<'a> Script<'a> {
    /// Writes the whole script of a hub.
    ///
    /// # Errors
    /// When the keys are out of reach, or the story names what it does not tell of.
    pub(crate) async fn of(
        app: &'a App,
        story: &'static HubStory,
        now: DateTime<Utc>,
    ) -> Result<Vec<Step>> {
        let team = &story.team;
        let staff = Staff {
            admin: person(app, team.admin).await?,
            curator: person(app, team.curator).await?,
            host: person(app, team.host).await?,
            organiser: person(app, team.organiser).await?,
            member: person(app, team.member).await?,
        };
        let zone = Zone::parse(story.zone).context("a zone of the story does not exist")?;
        let mut script = Self {
            app,
            story,
            hub: Id::new(uuid_at(now + Duration::days(OPENED_ON_DAY))),
            zone,
            now,
            staff,
            stakeholders: BTreeMap::new(),
            issues: BTreeMap::new(),
            events: BTreeMap::new(),
            steps: Vec::new(),
        };
        script.opening();
        for issue in story.issues {
            script.issue(issue)?;
        }
        for stakeholder in story.stakeholders {
            script.stakeholder(stakeholder).await?;
        }
        script.endorsements()?;
        for (place, event) in story.events.iter().enumerate() {
            script.event(place, event).await?;
        }
        Ok(script.steps)
    }

    /// So many days from today at this time on the wall; a time the clocks skip is an hour later.
    pub(super) fn on(&self, day: i64, hour: u32, minute: u32) -> DateTime<Utc> {
        let date = self.zone.local(self.now).date() + Duration::days(day);
        let wall = date.and_hms_opt(hour, minute, 0).unwrap_or_default();
        resolve(wall, self.zone)
            .or_else(|_skipped| resolve(wall + Duration::hours(1), self.zone))
            .unwrap_or(self.now)
    }

    /// The same, but not later than a little while ago.
    pub(super) fn past(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        at.min(self.now - Duration::minutes(2))
    }

    /// A new id of that time.
    pub(super) fn id<K: Kind>(at: DateTime<Utc>) -> Id<K> {
        Id::new(uuid_at(at))
    }

    /// Enters a step in the hub's journal.
    pub(super) fn step<A: Act>(&mut self, at: DateTime<Utc>, actor: &Actor, about: &str, act: A) {
        self.enter(Some(self.hub), at, actor, about, act);
    }

    #[expect(clippy::too_many_arguments, reason = "who does what, where, when and about what")]
    fn enter<A: Act>(
        &mut self,
        hub: Option<HubId>,
        at: DateTime<Utc>,
        actor: &Actor,
        about: &str,
        act: A,
    ) {
        let about = format!("{}: {} {about}", self.story.slug, A::KIND);
        let (at, actor) = (self.past(at), actor.clone());
        self.steps.push(Step { at, hub, actor, act: Box::new(act), about });
    }

    pub(super) fn curator(&self) -> Actor {
        self.staff.curator.acts_as(Role::Curator)
    }

    pub(super) fn organiser(&self) -> Actor {
        self.staff.organiser.acts_as(Role::Organiser)
    }

    fn opening(&mut self) {
        let story = self.story;
        let at = self.on(OPENED_ON_DAY, 9, 0);
        let system = Actor::system("demo");
        let open = OpenHub {
            hub: self.hub,
            name: story.name.to_owned(),
            slug: story.slug.to_owned(),
            zone: self.zone,
            locales: story.locales.iter().map(|&locale| locale.to_owned()).collect(),
        };
        self.enter(None, at, &system, story.name, open);
        let roles = [
            (self.staff.admin.id, Role::HubAdmin),
            (self.staff.curator.id, Role::Curator),
            (self.staff.host.id, Role::Host),
            (self.staff.organiser.id, Role::Organiser),
            (self.staff.member.id, Role::Member),
        ];
        for (person, role) in roles {
            let grant = GrantRole { person, hub: Some(self.hub), role };
            self.enter(None, at + Duration::hours(1), &system, "", grant);
        }
        let profile = Profile {
            address: Some(story.address.to_owned()),
            phone: Some(story.phone.to_owned()),
            email: Some(address(story.slug)),
            website: Some(format!("https://{}.example.org", story.slug)),
            purpose: Some(story.purpose.to_owned()),
        };
        let admin = self.staff.admin.acts_as(Role::HubAdmin);
        let change = ChangeHubProfile { hub: self.hub, profile, expected_version: None };
        self.step(at + Duration::hours(2), &admin, "", change);
    }

    fn issue(&mut self, story: &'static IssueStory) -> Result<()> {
        let proposed = self.on(story.day, 10, 20);
        let reviewed = self.past(proposed + Duration::hours(23));
        let accepted = self.past(proposed + Duration::hours(52));
        let issue = Self::id(proposed);
        let mut evidence = Vec::new();
        for (figure, source, date) in story.evidence {
            let date = date.parse().with_context(|| format!("{date} is no day"))?;
            let (figure, source) = ((*figure).to_owned(), (*source).to_owned());
            evidence.push(Evidence { figure, source, date });
        }
        let propose = ProposeIssue {
            hub: self.hub,
            issue,
            title: story.title.to_owned(),
            statement: story.statement.to_owned(),
            region: Some(story.region.to_owned()),
            sdgs: story.sdgs.to_vec(),
            evidence,
            force: false,
        };
        let member = self.staff.member.acts_as(Role::Member);
        let curator = self.curator();
        self.step(proposed, &member, story.key, propose);
        self.issues.insert(story.key, (issue, accepted));
        if story.fate == IssueFate::Proposed {
            return Ok(());
        }
        self.step(reviewed, &curator, story.key, StartReview { issue });
        if story.fate == IssueFate::InReview {
            return Ok(());
        }
        self.step(accepted, &curator, story.key, AcceptIssue { issue });
        let urgency = story.urgency;
        self.step(
            accepted,
            &curator,
            story.key,
            SetUrgency { issue, urgency, expected_version: None },
        );
        if let IssueFate::Closed(why) = story.fate {
            let why = self.staff.curator.own(why);
            self.step(self.on(-4, 16, 30), &curator, story.key, CloseIssue { issue, why });
        }
        Ok(())
    }

    async fn stakeholder(&mut self, story: &'static StakeholderStory) -> Result<()> {
        let at = self.past(self.on(story.day, 13, 5));
        let person = person(self.app, (story.name, story.key)).await?;
        let stakeholder = Self::id(at);
        let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        let register = RegisterStakeholder {
            hub: self.hub,
            stakeholder,
            person: Some(person.id),
            kind: story.kind,
            name: person.named(),
            email: Some(person.addressed()),
            locale: story.locale.to_owned(),
            about: Some(person.own(story.about)),
            city: Some(self.story.city.to_owned()),
            region: None,
            country: Some(self.story.country.to_owned()),
            website: Some(format!("https://{}.example.org", story.key)),
            tags: Vec::new(),
            offers: owned(story.offers),
            needs: owned(story.needs),
            issues: Vec::new(),
            consent: true,
            prospect: false,
        };
        self.step(at, &Actor::visitor(), story.key, register);
        if story.verified {
            let how = self.staff.curator.own("Met them at their own place.");
            let curator = self.curator();
            let verify = VerifyStakeholder { stakeholder, how };
            self.step(at + Duration::hours(28), &curator, story.key, verify);
        }
        let own = person.acts_as(Role::Member);
        for key in story.works_on {
            let (issue, accepted) = self.issue_of(key)?;
            let relation = Relation::WorksOn;
            let when = at.max(accepted) + Duration::hours(3);
            self.step(when, &own, key, DeclareRelation { stakeholder, issue, relation });
        }
        let known = Known { id: stakeholder, person, locale: story.locale, since: at };
        self.stakeholders.insert(story.key, known);
        Ok(())
    }

    fn endorsements(&mut self) -> Result<()> {
        for story in self.story.issues {
            let (issue, accepted) = self.issue_of(story.key)?;
            for (place, key) in (1..).zip(story.endorsed_by) {
                let known = self.known(key)?;
                let stakeholder = known.id;
                let own = known.person.acts_as(Role::Member);
                // They come one after the other, the later the quicker.
                let at = known.since.max(accepted) + Duration::hours(5 + 19 * place);
                self.step(at, &own, key, EndorseIssue { issue, stakeholder });
            }
        }
        Ok(())
    }

    pub(super) fn issue_of(&self, key: &str) -> Result<(IssueId, DateTime<Utc>)> {
        let found = self.issues.get(key).copied();
        found.with_context(|| format!("the story of {} has no issue {key}", self.story.slug))
    }

    pub(super) fn known(&self, key: &str) -> Result<&Known> {
        let found = self.stakeholders.get(key);
        found.with_context(|| format!("the story of {} has no stakeholder {key}", self.story.slug))
    }
}
