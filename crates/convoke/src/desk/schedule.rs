//! Giving an event its time, place and number of places, in one decision.
//!
//! The time and place are the event's facts, the capacity is the desk's; a form asks for both, so
//! either both are recorded or neither is.

use chrono::NaiveDateTime;
use kernel::{Act, Actor, Decider as _, Decision, Ledger, Role, Stop, Zone};
use serde::{Deserialize, Serialize};

use super::acts::at_desk;
use super::decider::{Command, Desk};
use super::offer::Timing;
use crate::event::decider::{Command as EventCommand, Schedule};
use crate::event::{Capacity, Event, EventId, Fact, Fold, Venue, When};

/// Sets time, place and capacity of an accepted event.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ScheduleEvent {
    /// Which.
    pub event: EventId,
    /// From, on the wall.
    pub starts_at: NaiveDateTime,
    /// Until, on the wall.
    pub ends_at: NaiveDateTime,
    /// Where that wall is.
    pub zone: Zone,
    /// Which instant, should the clocks show a time twice.
    pub fold: Option<Fold>,
    /// The room.
    pub venue: Option<Venue>,
    /// The address of the meeting on line.
    pub link: Option<String>,
    /// How many may come.
    pub capacity: Capacity,
    /// Whether people may wait when it is full; they may unless this says no.
    pub waitlist: Option<bool>,
    /// The version the form was filled in on.
    pub expected_version: Option<i64>,
}

impl Act for ScheduleEvent {
    const KIND: &'static str = "ScheduleEvent";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        ledger.expect::<Event>(self.event, self.expected_version)?;
        let asked = Schedule {
            starts: self.starts_at,
            ends: self.ends_at,
            zone: self.zone,
            fold: self.fold,
            venue: self.venue.clone(),
            link: self.link.clone(),
        };
        decided(
            ledger,
            self.event,
            EventCommand::Schedule(asked),
            (Some(self.capacity), self.waitlist),
        )
    }
}

/// Gives a public event another time, place or capacity. Everyone invited or registered hears.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RescheduleEvent {
    /// Which.
    pub event: EventId,
    /// From, on the wall.
    pub starts_at: NaiveDateTime,
    /// Until, on the wall.
    pub ends_at: NaiveDateTime,
    /// Where that wall is.
    pub zone: Zone,
    /// Which instant, should the clocks show a time twice.
    pub fold: Option<Fold>,
    /// The room.
    pub venue: Option<Venue>,
    /// The address of the meeting on line.
    pub link: Option<String>,
    /// How many may come; as many as before when this says nothing.
    pub capacity: Option<Capacity>,
    /// The version the form was filled in on.
    pub expected_version: Option<i64>,
}

impl Act for RescheduleEvent {
    const KIND: &'static str = "RescheduleEvent";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        ledger.expect::<Event>(self.event, self.expected_version)?;
        let asked = Schedule {
            starts: self.starts_at,
            ends: self.ends_at,
            zone: self.zone,
            fold: self.fold,
            venue: self.venue.clone(),
            link: self.link.clone(),
        };
        decided(ledger, self.event, EventCommand::Reschedule(asked), (self.capacity, None))
    }
}

/// The event gets its time, and its desk what follows from that.
fn decided(
    ledger: &Ledger<'_>,
    event: EventId,
    command: EventCommand,
    (capacity, waitlist): (Option<Capacity>, Option<bool>),
) -> Result<Decision, Stop> {
    let facts = ledger.state::<Event>(event)?.decide(command, ledger.moment)?;
    let desk = desk_facts(ledger, event, &facts, capacity, waitlist)?;
    Decision::about(event).with::<Event>(event, facts)?.with::<Desk>(event, desk)
}

/// What the desk records when its event got this time: it opens, or its capacity changes.
fn desk_facts(
    ledger: &Ledger<'_>,
    event: EventId,
    facts: &[Fact],
    capacity: Option<Capacity>,
    waitlist: Option<bool>,
) -> Result<Vec<super::Fact>, Stop> {
    let desk = ledger.state::<Desk>(event)?;
    if !desk.is_open() {
        let (capacity, waitlist) = (capacity.unwrap_or_default(), waitlist.unwrap_or(true));
        return at_desk(ledger, event, Command::Open { capacity, waitlist });
    }
    let state = ledger.state::<Event>(event)?;
    let moved = facts.iter().find_map(new_time).or_else(|| state.when().copied());
    let (Some(when), Some(capacity)) = (moved, capacity) else { return Ok(vec![]) };
    let promotes = state.is_announced() && when.starts_at > ledger.moment.now;
    let timing = Timing::of(&when, promotes);
    let mut changes =
        at_desk(ledger, event, Command::ChangeCapacity { capacity, overbook: false, timing })?;
    if let Some(waitlist) = waitlist {
        changes.extend(at_desk(ledger, event, Command::SwitchWaitlist { waitlist })?);
    }
    Ok(changes)
}

fn new_time(fact: &Fact) -> Option<When> {
    match fact {
        Fact::EventScheduled { when, .. } | Fact::EventRescheduled { when, .. } => Some(*when),
        _ => None,
    }
}
