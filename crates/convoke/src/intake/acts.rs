//! One component of a foreign calendar becomes a proposal, once.

use chrono::NaiveDateTime;
use kernel::{Act, Actor, Decider as _, Decision, HubId, Ledger, Role, Stop, Zone};
use serde::{Deserialize, Serialize};

use crate::event::decider::{Command, Description, Event, Proposal, Rejection};
use crate::event::{EventId, Fold, Format, Import, Mode, SeriesId, Venue, When};
use crate::issue::{Issue, IssueId, Stage};
use crate::series::{Idea, PlanSeries, Slot};

/// Proposes an event that another calendar has, with the time and place it has there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportProposal {
    /// The hub whose curator may want it.
    pub hub: HubId,
    /// The id of the event, should it be new.
    pub event: EventId,
    /// What identifies the component for ever: a hash of its identity, in hexadecimal.
    pub key: String,
    /// The issue it serves.
    pub issue: Option<IssueId>,
    /// Or the need it answers.
    pub need: Option<String>,
    /// Its name.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// The rest of what is said about it; may be empty.
    pub description: String,
    /// From, on the wall.
    pub starts: NaiveDateTime,
    /// Until, on the wall.
    pub ends: NaiveDateTime,
    /// Where that wall is.
    pub zone: Zone,
    /// Whole days: the times of day mean nothing.
    pub all_day: bool,
    /// In a room or by a link.
    pub mode: Mode,
    /// The room.
    pub venue: Option<Venue>,
    /// The address of the meeting on line.
    pub link: Option<String>,
    /// How it comes again, if it does so by a rule we keep: then it is a series, and `event` its
    /// first date.
    pub again: Option<Again>,
}

/// How a component comes again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Again {
    /// The id of the new series.
    pub series: SeriesId,
    /// Its rule, as `calendar::Rule` writes it.
    pub rule: String,
    /// Dates of the rule that are left out.
    pub except: Vec<NaiveDateTime>,
    /// Ids for its events, as many as there are dates.
    pub events: Vec<EventId>,
}

impl ImportProposal {
    fn when(&self) -> Result<When, Rejection> {
        if self.all_day {
            return When::days(self.starts.date(), self.ends.date(), self.zone);
        }
        // RFC 5545 §3.3.5: of a time the clocks show twice the first is meant.
        When::between(self.starts, self.ends, self.zone, Some(Fold::Earlier))
    }

    /// A series that nobody outside sees yet.
    fn series(&self, again: &Again) -> PlanSeries {
        let words = Description {
            title: self.title.clone(),
            purpose: self.purpose.clone(),
            description: self.description.clone(),
            access_info: String::new(),
        };
        let idea = Idea {
            issue: self.issue,
            need: self.need.clone(),
            mode: self.mode,
            waitlist: true,
            ..Idea::default()
        };
        let slot = Slot {
            starts: self.starts.time(),
            minutes: (self.ends - self.starts).num_minutes(),
            venue: self.venue.clone(),
            link: self.link.clone(),
        };
        PlanSeries {
            hub: self.hub,
            series: again.series,
            idea,
            words,
            rule: again.rule.clone(),
            first: self.starts,
            zone: self.zone,
            slot,
            except: again.except.clone(),
            events: again.events.clone(),
        }
    }

    /// All that has happened to an event of which nobody has heard before.
    fn facts(&self, ledger: &Ledger<'_>) -> Result<Vec<crate::event::Fact>, Rejection> {
        let idea = Proposal {
            issue: self.issue,
            need: self.need.clone(),
            title: self.title.clone(),
            purpose: self.purpose.clone(),
            format: Format::Other,
            mode: self.mode,
            host: None,
        };
        let words = Description {
            title: self.title.clone(),
            purpose: self.purpose.clone(),
            description: self.description.clone(),
            access_info: String::new(),
        };
        let suggested = Command::Suggest {
            when: self.when()?,
            venue: self.venue.clone(),
            link: self.link.clone(),
        };
        let (mut event, mut facts) = (Event::default(), Vec::new());
        for command in [Command::Propose(idea), Command::Describe(words), suggested] {
            let more = event.decide(command, ledger.moment)?;
            for fact in &more {
                event.evolve(fact);
            }
            facts.extend(more);
        }
        Ok(facts)
    }
}

impl Act for ImportProposal {
    const KIND: &'static str = "ImportProposal";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let known = ledger.state::<Import>(&self.key)?;
        if let Some(event) = known.event() {
            return Ok(Decision::about(event));
        }
        if let Some(issue) = self.issue
            && ledger.state::<Issue>(issue)?.stage() != Stage::Active
        {
            return Err(Rejection::IssueNotActive { issue }.into());
        }
        if let Some(again) = &self.again {
            let decision = self.series(again).decide(ledger)?;
            return Decision { about: self.event.to_string(), ..decision }
                .with::<Import>(&self.key, known.decide(self.event, ledger.moment)?);
        }
        let event = ledger.state::<Event>(self.event)?;
        if event.exists() {
            return Err(Rejection::WrongState { is: event.status() }.into());
        }
        Decision::about(self.event)
            .with::<Event>(self.event, self.facts(ledger)?)?
            .with::<Import>(&self.key, known.decide(self.event, ledger.moment)?)
    }
}
