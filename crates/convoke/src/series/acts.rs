//! Planning a series and its events in one decision, one struct for each mutation.
//!
//! What is decided about the series is decided about its events in the same command: they are
//! proposed, accepted and scheduled with it, published with it, and called off with it. Whatever
//! is done to one date alone is done to its event, by the commands every event has.

use chrono::NaiveDateTime;
use kernel::{Act, Actor, Decider as _, Decision, HubId, Ledger, Role, Stop, Zone};
use serde::{Deserialize, Serialize};

use super::SeriesId;
use super::decider::{Command, Plan, Rejection, Series, Stage};
use super::fact::{Fact, Idea, Planned, Slot};
use crate::desk::decider::Command as DeskCommand;
use crate::desk::{self, Desk};
use crate::event::decider::{
    Command as EventCommand, Description, Proposal, Rejection as EventRejection, Schedule,
};
use crate::event::{self, Event, EventId, Status, When};
use crate::issue::{Issue, Stage as IssueStage};

/// What one event of the series says about itself.
struct Common<'a> {
    series: SeriesId,
    idea: &'a Idea,
    words: &'a Description,
    slot: &'a Slot,
    zone: Zone,
    publish: bool,
}

impl Common<'_> {
    fn schedule(&self, (starts, ends): (NaiveDateTime, NaiveDateTime)) -> Schedule {
        let Slot { venue, link, .. } = self.slot.clone();
        Schedule { starts, ends, zone: self.zone, fold: None, venue, link }
    }

    /// All that has happened to a new event of the series.
    fn facts(&self, ledger: &Ledger<'_>, date: NaiveDateTime) -> Result<Vec<event::Fact>, Stop> {
        let Idea { issue, need, format, mode, host, .. } = self.idea.clone();
        let idea = Proposal {
            issue,
            need,
            title: self.words.title.clone(),
            purpose: self.words.purpose.clone(),
            format,
            mode,
            host,
        };
        let mut commands = vec![
            EventCommand::Propose(idea),
            EventCommand::Join { series: self.series, date },
            EventCommand::Describe(self.words.clone()),
            EventCommand::Accept,
            EventCommand::Schedule(self.schedule(self.slot.on(date))),
        ];
        if self.publish {
            commands.push(EventCommand::Publish);
        }
        let (mut state, mut facts) = (Event::default(), Vec::new());
        for command in commands {
            let more = state.decide(command, ledger.moment)?;
            for fact in &more {
                state.evolve(fact);
            }
            facts.extend(more);
        }
        Ok(facts)
    }

    /// The new events, each with its desk.
    fn planned(
        &self,
        ledger: &Ledger<'_>,
        mut decision: Decision,
        dates: &[Planned],
    ) -> Result<Decision, Stop> {
        for Planned { date, event } in dates {
            let facts = self.facts(ledger, *date)?;
            let (capacity, waitlist) = (self.idea.capacity, self.idea.waitlist);
            let open = DeskCommand::Open { capacity, waitlist };
            let desk: Vec<desk::Fact> = Desk::default().decide(open, ledger.moment)?;
            decision = decision.with::<Event>(*event, facts)?.with::<Desk>(*event, desk)?;
        }
        Ok(decision)
    }
}

fn existing<'a>(ledger: &Ledger<'a>, series: SeriesId) -> Result<&'a Series, Stop> {
    let state = ledger.state::<Series>(series)?;
    if state.stage() == Stage::Unknown {
        return Err(Rejection::UnknownSeries {}.into());
    }
    Ok(state)
}

/// Those events of a series that can still be changed: not begun, not called off.
pub(crate) fn to_come<'a>(
    ledger: &Ledger<'a>,
    series: &Series,
) -> Result<Vec<(Planned, &'a Event)>, Stop> {
    let mut coming = Vec::new();
    for planned in series.dates() {
        let event = ledger.state::<Event>(planned.event)?;
        let is_open = matches!(
            event.status(),
            Status::Scheduled | Status::Published | Status::Closed | Status::Postponed
        );
        if is_open && !event.has_begun(ledger.moment.now) {
            coming.push((planned, event));
        }
    }
    Ok(coming)
}

/// Plans a series and all its events.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PlanSeries {
    /// In which hub.
    pub hub: HubId,
    /// The id of the new series.
    pub series: SeriesId,
    /// What its events have in common.
    pub idea: Idea,
    /// What is said about them.
    pub words: Description,
    /// How they come again, as `calendar::Rule` writes it.
    pub rule: String,
    /// The first date, on the wall.
    pub first: NaiveDateTime,
    /// Where that wall is.
    pub zone: Zone,
    /// When and where.
    pub slot: Slot,
    /// Dates of the rule that are left out.
    pub except: Vec<NaiveDateTime>,
    /// Ids for its events, as many as there may be.
    pub events: Vec<EventId>,
}

impl Act for PlanSeries {
    const KIND: &'static str = "PlanSeries";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        if let Some(issue) = self.idea.issue
            && ledger.state::<Issue>(issue)?.stage() != IssueStage::Active
        {
            return Err(EventRejection::IssueNotActive { issue }.into());
        }
        // The first one must make sense; the others are told with their date when they do not.
        let (starts, ends) = self.slot.on(self.first);
        When::between(starts, ends, self.zone, None)?;
        let plan = Plan {
            idea: self.idea.clone(),
            words: self.words.clone(),
            rule: self.rule.clone(),
            first: self.first,
            zone: self.zone,
            slot: self.slot.clone(),
            except: self.except.clone(),
            events: self.events.clone(),
        };
        let state = ledger.state::<Series>(self.series)?;
        let facts = state.decide(Command::Plan(Box::new(plan)), ledger.moment)?;
        let dates = dates_in(&facts);
        let decision = Decision::about(self.series).with::<Series>(self.series, facts)?;
        let common = Common {
            series: self.series,
            idea: &self.idea,
            words: &self.words,
            slot: &self.slot,
            zone: self.zone,
            publish: false,
        };
        common.planned(ledger, decision, &dates)
    }
}

fn dates_in(facts: &[Fact]) -> Vec<Planned> {
    let of = |fact: &Fact| match fact {
        Fact::SeriesPlanned { dates, .. } | Fact::SeriesExtended { dates, .. } => dates.clone(),
        _ => vec![],
    };
    facts.iter().flat_map(of).collect()
}

/// Shows a series and its events to everyone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PublishSeries {
    /// Which.
    pub series: SeriesId,
}

impl Act for PublishSeries {
    const KIND: &'static str = "PublishSeries";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let state = existing(ledger, self.series)?;
        let facts = state.decide(Command::Publish, ledger.moment)?;
        let mut decision = Decision::about(self.series).with::<Series>(self.series, facts)?;
        for (Planned { event, .. }, known) in to_come(ledger, state)? {
            if known.status() == Status::Scheduled {
                let facts = known.decide(EventCommand::Publish, ledger.moment)?;
                decision = decision.with::<Event>(event, facts)?;
            }
        }
        Ok(decision)
    }
}

/// Lets a series go on for longer: the same rule with a later end.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExtendSeries {
    /// Which.
    pub series: SeriesId,
    /// How its events come again from now on.
    pub rule: String,
    /// Ids for the new events, as many as there may be.
    pub events: Vec<EventId>,
}

impl Act for ExtendSeries {
    const KIND: &'static str = "ExtendSeries";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let state = existing(ledger, self.series)?;
        let command = Command::Extend { rule: self.rule.clone(), events: self.events.clone() };
        let facts = state.decide(command, ledger.moment)?;
        let dates = dates_in(&facts);
        let decision = Decision::about(self.series).with::<Series>(self.series, facts)?;
        let slot = state.slot().ok_or(Rejection::UnknownSeries {})?;
        let common = Common {
            series: self.series,
            idea: state.idea(),
            words: state.words(),
            slot,
            zone: state.zone(),
            publish: state.stage() == Stage::Published,
        };
        common.planned(ledger, decision, &dates)
    }
}

/// Gives what is still to come other words, another time of day, or another place. What was
/// decided for one date by itself stays as it is there: its time, its place, each of its words.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangeSeries {
    /// Which.
    pub series: SeriesId,
    /// What is said; `None` keeps the words.
    pub words: Option<Description>,
    /// When and where; `None` keeps both.
    pub slot: Option<Slot>,
}

impl ChangeSeries {
    /// What this changes about one event.
    fn facts(
        &self,
        ledger: &Ledger<'_>,
        (state, slot): (&Series, &Slot),
        (planned, event): (Planned, &Event),
    ) -> Result<Vec<event::Fact>, Stop> {
        let mut facts = Vec::new();
        if let (Some(_), Some(when), Some(before)) = (&self.slot, event.when(), state.slot()) {
            let is_moved = (when.starts, when.ends) != before.on(planned.date);
            let span = if is_moved { (when.starts, when.ends) } else { slot.on(planned.date) };
            let Slot { venue, link, .. } = slot.clone();
            let venue = unless_own(event.venue().cloned(), &before.venue, venue);
            let link = unless_own(event.link().cloned(), &before.link, link);
            let (starts, ends) = span;
            let asked = Schedule { starts, ends, zone: when.zone, fold: when.fold, venue, link };
            // Who put one date off has not decided when it will be; this does not decide it.
            facts = match event.status() {
                Status::Scheduled => event.decide(EventCommand::Schedule(asked), ledger.moment)?,
                Status::Postponed => vec![],
                _ => event.decide(EventCommand::Reschedule(asked), ledger.moment)?,
            };
        }
        if let Some(words) = &self.words {
            // The new time may have moved the version; the words come behind it.
            let version = facts.iter().find_map(|fact| match fact {
                event::Fact::EventRescheduled { sequence, .. } => *sequence,
                _ => None,
            });
            let words = said(event.words(), state.words(), words);
            let more = event.decide(EventCommand::Describe(words), ledger.moment)?;
            facts.extend(more.into_iter().map(|fact| match fact {
                event::Fact::EventDescribed {
                    title,
                    purpose,
                    description,
                    access_info,
                    sequence,
                } => event::Fact::EventDescribed {
                    title,
                    purpose,
                    description,
                    access_info,
                    sequence: if version.is_some() { None } else { sequence },
                },
                other => other,
            }));
        }
        Ok(facts)
    }
}

/// What the series says now, unless the date has something of its own.
fn unless_own<T: PartialEq>(own: T, before: &T, now: T) -> T {
    if own == *before { now } else { own }
}

fn said(own: &Description, before: &Description, now: &Description) -> Description {
    let text =
        |of: fn(&Description) -> &String| unless_own(of(own).clone(), of(before), of(now).clone());
    Description {
        title: text(|words| &words.title),
        purpose: text(|words| &words.purpose),
        description: text(|words| &words.description),
        access_info: text(|words| &words.access_info),
    }
}

impl Act for ChangeSeries {
    const KIND: &'static str = "ChangeSeries";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let state = existing(ledger, self.series)?;
        let words = self.words.clone().unwrap_or_else(|| state.words().clone());
        let before = state.slot().ok_or(Rejection::UnknownSeries {})?;
        let slot = self.slot.clone().unwrap_or_else(|| before.clone());
        let command = Command::Change { words, slot: slot.clone() };
        let facts = state.decide(command, ledger.moment)?;
        let decision = Decision::about(self.series);
        if facts.is_empty() {
            return Ok(decision);
        }
        let coming = to_come(ledger, state)?;
        if coming.is_empty() {
            return Err(Rejection::NothingToCome {}.into());
        }
        let mut decision = decision.with::<Series>(self.series, facts)?;
        for (planned, event) in coming {
            let facts = self.facts(ledger, (state, &slot), (planned, event))?;
            decision = decision.with::<Event>(planned.event, facts)?;
        }
        Ok(decision)
    }
}

/// Calls off what is still to come of a series.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EndSeries {
    /// Which.
    pub series: SeriesId,
    /// Why, for everyone to read.
    pub reason: String,
}

impl Act for EndSeries {
    const KIND: &'static str = "EndSeries";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let state = existing(ledger, self.series)?;
        let facts = state.decide(Command::End { reason: self.reason.clone() }, ledger.moment)?;
        let mut decision = Decision::about(self.series).with::<Series>(self.series, facts)?;
        for (Planned { event, .. }, known) in to_come(ledger, state)? {
            let cancel = EventCommand::Cancel { reason: self.reason.clone() };
            let facts = known.decide(cancel, ledger.moment)?;
            decision = decision.with::<Event>(event, facts)?;
        }
        Ok(decision)
    }
}
