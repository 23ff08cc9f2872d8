//! What a hub's story is made of: plain data, read by `script`.
//!
//! Places are real, people and organisations are invented, figures have the sources they name.
//! Days are counted from the day the demo is seeded: `-10` was ten days ago.

use convoke::event::{Format, Mode};
use convoke::invitation::Answer;
use convoke::issue::Urgency;
use convoke::stakeholder::Kind;

/// One hub.
pub(crate) struct HubStory {
    pub(crate) slug: &'static str,
    pub(crate) name: &'static str,
    pub(crate) zone: &'static str,
    /// Its own language first.
    pub(crate) locales: &'static [&'static str],
    pub(crate) city: &'static str,
    pub(crate) country: &'static str,
    pub(crate) address: &'static str,
    pub(crate) phone: &'static str,
    pub(crate) purpose: &'static str,
    pub(crate) team: Team,
    /// People of the town who come to things.
    pub(crate) people: &'static [Name],
    pub(crate) stakeholders: &'static [StakeholderStory],
    pub(crate) issues: &'static [IssueStory],
    pub(crate) events: &'static [EventStory],
    pub(crate) hackathon: Option<HackathonStory>,
}

/// A name as it is written, and the left part of an address at `example.org`.
pub(crate) type Name = (&'static str, &'static str);

/// Who works at a hub.
pub(crate) struct Team {
    pub(crate) admin: Name,
    pub(crate) curator: Name,
    pub(crate) host: Name,
    pub(crate) organiser: Name,
    /// Not of the team: a neighbour who proposes things.
    pub(crate) member: Name,
}

/// One stakeholder. Its key is the left part of its address.
pub(crate) struct StakeholderStory {
    pub(crate) key: &'static str,
    pub(crate) kind: Kind,
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) locale: &'static str,
    pub(crate) offers: &'static [&'static str],
    pub(crate) needs: &'static [&'static str],
    /// Keys of issues.
    pub(crate) works_on: &'static [&'static str],
    /// Whether the curator made sure of it.
    pub(crate) verified: bool,
    pub(crate) day: i64,
}

/// One issue.
pub(crate) struct IssueStory {
    pub(crate) key: &'static str,
    pub(crate) title: &'static str,
    pub(crate) statement: &'static str,
    pub(crate) region: &'static str,
    pub(crate) sdgs: &'static [u8],
    pub(crate) urgency: Urgency,
    pub(crate) fate: IssueFate,
    /// Figure, source, day of publication.
    pub(crate) evidence: &'static [(&'static str, &'static str, &'static str)],
    /// Keys of stakeholders who stand behind it.
    pub(crate) endorsed_by: &'static [&'static str],
    /// When it was proposed.
    pub(crate) day: i64,
}

/// What became of an issue.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum IssueFate {
    /// Nobody has looked at it yet.
    Proposed,
    /// A curator looks into it.
    InReview,
    /// It is on the agenda.
    Accepted,
    /// It was, and is done with.
    Closed(&'static str),
}

/// One event.
pub(crate) struct EventStory {
    pub(crate) key: &'static str,
    /// The key of its issue.
    pub(crate) issue: &'static str,
    pub(crate) title: &'static str,
    pub(crate) purpose: &'static str,
    pub(crate) description: &'static str,
    pub(crate) access: &'static str,
    pub(crate) format: Format,
    pub(crate) mode: Mode,
    pub(crate) venue: Option<VenueStory>,
    pub(crate) starts: Starts,
    pub(crate) minutes: i64,
    pub(crate) capacity: Option<u32>,
    pub(crate) fate: EventFate,
    /// How many of the people register.
    pub(crate) registrations: usize,
    /// Which of them give their place back.
    pub(crate) cancellations: &'static [usize],
    /// Keys of stakeholders who are invited, and what they answered.
    pub(crate) invited: &'static [Asked],
    /// When it was proposed.
    pub(crate) day: i64,
}

/// The key of a stakeholder who is invited, and what they answered.
pub(crate) type Asked = (&'static str, Option<Answer>);

/// A room.
#[derive(Clone, Copy)]
pub(crate) struct VenueStory {
    pub(crate) name: &'static str,
    pub(crate) address: &'static str,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
}

/// When an event starts.
#[derive(Clone, Copy)]
pub(crate) enum Starts {
    /// So many days from today, at this hour and minute on the wall.
    On(i64, u32, u32),
    /// So many hours before the demo was seeded: it is running.
    HoursAgo(i64),
}

/// What became of an event.
#[derive(Clone, Copy)]
pub(crate) enum EventFate {
    /// An idea.
    Proposed,
    /// A curator wants it; it has no time yet.
    Accepted,
    /// It has a time and is not public yet.
    Scheduled,
    /// Everyone may register.
    Published,
    /// It is over, and nothing is told yet.
    Ended,
    /// It is over: so many came, from so many organisations, and who was missing.
    Reported(u32, u32, &'static str),
    /// It does not happen, for this reason.
    Cancelled(&'static str),
    /// It was put off.
    Postponed,
    /// The curator did not want it, for this reason.
    Declined(&'static str),
}

/// The hackathon of a hub.
pub(crate) struct HackathonStory {
    /// The key of its event.
    pub(crate) event: &'static str,
    pub(crate) team_min: u16,
    pub(crate) team_max: u16,
    /// How long the clock runs.
    pub(crate) hours: u32,
    /// Since when it has been running; `None` while teams form.
    pub(crate) running_for_hours: Option<i64>,
    /// Who takes part; the first is whom one signs in as.
    pub(crate) hackers: &'static [Hacker],
    pub(crate) ideas: &'static [IdeaStory],
    pub(crate) teams: &'static [TeamStory],
    /// Who asks which team to be let in, and what she says.
    pub(crate) requests: &'static [(usize, usize, &'static str)],
}

/// Somebody who takes part.
pub(crate) struct Hacker {
    pub(crate) name: Name,
    /// What she can, from 1 (a little) to 3 (well).
    pub(crate) has: &'static [(&'static str, u8)],
    /// What she wants to learn.
    pub(crate) wants: &'static [&'static str],
    pub(crate) wishes: &'static [&'static str],
}

/// An idea.
pub(crate) struct IdeaStory {
    /// Whose: a place in `hackers`.
    pub(crate) by: usize,
    pub(crate) title: &'static str,
    pub(crate) text: &'static str,
    pub(crate) roles: &'static [&'static str],
}

/// A team.
pub(crate) struct TeamStory {
    pub(crate) name: &'static str,
    /// Who founded it: a place in `hackers`.
    pub(crate) lead: usize,
    /// What it works on: a place in `ideas`.
    pub(crate) idea: Option<usize>,
    /// Who joined: places in `hackers`.
    pub(crate) members: &'static [usize],
}
