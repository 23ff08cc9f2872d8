//! A calendar file as components: which become proposals, and what is to be said about each.

use std::collections::BTreeMap;

use calendar::Repeats;
use calendar::import::{self, Problem, Proposal};
use chrono::{DateTime, NaiveDateTime, Utc};
use kernel::{HubId, Id, Refusal, Zone};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::acts::{Again, ImportProposal};
use super::fault::{CalendarFault, ComponentFault};
use crate::event::{EventKind, Mode, SeriesKind, Venue};
use crate::issue::IssueId;
use crate::series::AHEAD_MAX;

/// Largest file, in bytes: what one upload may have. Ten thousand events have about seven million.
pub const FILE_BYTES_MAX: usize = 5 * 1024 * 1024;

/// Longest purpose, in characters, as in the form of a proposal.
const PURPOSE_CHARS_MAX: usize = 500;

/// A file that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct File {
    /// What the calendar calls itself; may be empty.
    pub name: String,
    /// What is to be said about the file as a whole.
    pub notes: Vec<Refusal>,
    /// Its components, in order.
    pub components: Vec<Component>,
}

/// One component of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Component {
    /// Which, from 1.
    pub index: usize,
    /// The line it begins on, from 1.
    pub line: usize,
    /// Its identity in the other program.
    pub uid: Option<String>,
    /// Its title, as far as it could be read.
    pub title: String,
    /// What may be proposed; `None` when it is left out.
    pub proposal: Option<Proposal>,
    /// How it comes again, where that can be kept: the rule, and the dates left out.
    pub again: Option<(String, Vec<NaiveDateTime>)>,
    /// On how many dates it takes place then.
    pub dates: usize,
    /// Why it is left out, or what was lost of it.
    pub reasons: Vec<Refusal>,
}

/// What all events of a file are proposed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purpose {
    /// In which hub.
    pub hub: HubId,
    /// For which of its issues.
    pub issue: Option<IssueId>,
    /// Whether those that are over come in as well.
    pub past: bool,
}

/// Reads a file. Times that say no zone are taken for times in `zone`. Takes up to a second of
/// computing: not for a thread that others wait for.
///
/// # Errors
/// When nothing of it can be read.
pub fn read(bytes: &[u8], zone: Zone) -> Result<File, CalendarFault> {
    if bytes.is_empty() {
        return Err(CalendarFault::CalendarMissing {});
    }
    if bytes.len() > FILE_BYTES_MAX {
        return Err(CalendarFault::CalendarTooLarge { max: FILE_BYTES_MAX });
    }
    let import = import::file(bytes, zone.tz())?;
    let mut file = File { name: import.name, ..File::default() };
    let mut components: BTreeMap<usize, Component> = BTreeMap::new();
    for proposal in import.proposals {
        let Proposal { index, line, .. } = proposal;
        let (uid, title) = (proposal.uid.clone(), proposal.summary.clone());
        let proposal = Some(proposal);
        let found = Component { index, line, uid, title, proposal, ..Component::default() };
        components.insert(index, found);
    }
    for Problem { line, index, uid, reason } in import.problems {
        let refusal = Refusal::of(&ComponentFault::from(reason)).with("line", line);
        match index {
            None => file.notes.push(refusal),
            Some(index) => {
                let new = || Component { index, line, uid, ..Component::default() };
                components.entry(index).or_insert_with(new).reasons.push(refusal);
            }
        }
    }
    file.components = components.into_values().collect();
    Ok(file)
}

impl File {
    /// Leaves out what is over, and finds out what comes again by a rule that a series of ours may
    /// have; of anything else that does only the first date is taken, which is said.
    #[must_use]
    pub fn fit(mut self, purpose: &Purpose, now: DateTime<Utc>) -> Self {
        for component in &mut self.components {
            let Some(proposal) = &component.proposal else { continue };
            if let Some(repeats) = &proposal.repeats {
                if let Some((except, dates)) = again(proposal, repeats, now) {
                    component.again = Some((repeats.rule.to_string(), except));
                    component.dates = dates;
                    if !repeats.extra.is_empty() {
                        let fault = ComponentFault::DatesNotKept {};
                        component.reasons.push(Refusal::of(&fault));
                    }
                    continue;
                }
                let fault = ComponentFault::OnlyFirstDate { rule: repeats.rule.to_string() };
                component.reasons.push(Refusal::of(&fault));
            }
            if !purpose.past && instant(proposal.end, proposal) <= now {
                component.reasons.push(Refusal::of(&ComponentFault::OverAlready {}));
                component.proposal = None;
            }
        }
        self.cut();
        self
    }

    /// Leaves out what would be more events than one file may bring: a component that comes again
    /// is as many as it has dates.
    fn cut(&mut self) {
        let mut events = 0;
        for component in self.components.iter_mut().filter(|one| one.proposal.is_some()) {
            events += component.dates.max(1);
            if events > import::EVENTS_MAX {
                component.reasons.push(Refusal::of(&ComponentFault::TooManyComponents {}));
                component.proposal = None;
                component.again = None;
            }
        }
    }

    /// Those that become proposals.
    pub fn taken(&self) -> usize {
        self.components.iter().filter(|component| component.proposal.is_some()).count()
    }
}

fn instant(wall: NaiveDateTime, proposal: &Proposal) -> DateTime<Utc> {
    Zone::parse(proposal.zone.name())
        .and_then(|zone| kernel::resolve(wall, zone).ok())
        .unwrap_or_else(|| wall.and_utc())
}

/// The dates that are left out of a series, those that are over among them, and how many stay;
/// `None` for what is no series of ours: whole days, more than a year of weeks, or nothing left.
fn again(
    proposal: &Proposal,
    repeats: &Repeats,
    now: DateTime<Utc>,
) -> Option<(Vec<NaiveDateTime>, usize)> {
    if proposal.is_all_day {
        return None;
    }
    let start = calendar::When::Local { wall: proposal.start, zone: proposal.zone };
    let mut whole = Repeats::new(repeats.rule.clone());
    let (coming, over): (Vec<_>, Vec<_>) = whole
        .clocks(start)
        .ok()?
        .into_iter()
        .partition(|date| !repeats.except.contains(date) && instant(*date, proposal) > now);
    whole.except = over;
    let dates = whole.clocks(start).ok()?.len();
    (coming.len() == dates && dates <= AHEAD_MAX).then_some((whole.except, dates))
}

impl Component {
    /// The command; `None` when it is left out. What it is known by in the other program makes the
    /// id of the event, so the same component in another file is the same event.
    pub fn act(&self, purpose: &Purpose, calendar: &str) -> Option<ImportProposal> {
        let proposal = self.proposal.as_ref()?;
        let zone = Zone::parse(proposal.zone.name())?;
        let key = key(purpose.hub, proposal);
        let (mode, venue, link) = place(&proposal.location);
        let text = proposal.description.trim();
        let purpose_of = cut(text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default());
        let said = if purpose_of.is_empty() { cut(&proposal.summary) } else { purpose_of };
        let named = if calendar.trim().is_empty() { &proposal.summary } else { calendar };
        // The first date is the event that the component is known by.
        let at = |place: usize| match place {
            0 => derived(&key, "event"),
            place => derived(&key, &format!("event {place}")),
        };
        Some(ImportProposal {
            hub: purpose.hub,
            event: Id::<EventKind>::new(at(0)),
            issue: purpose.issue,
            need: purpose.issue.is_none().then(|| cut(named)),
            title: proposal.summary.clone(),
            purpose: said,
            description: described(proposal),
            starts: proposal.start,
            ends: proposal.end,
            zone,
            all_day: proposal.is_all_day,
            mode,
            venue,
            link,
            again: self.again.as_ref().map(|(rule, except)| Again {
                series: Id::<SeriesKind>::new(derived(&key, "series")),
                rule: rule.clone(),
                except: except.clone(),
                events: (0..self.dates).map(|place| Id::new(at(place))).collect(),
            }),
            key,
        })
    }
}

/// What identifies a component for ever, in hexadecimal. Without an identity of its own it is its
/// title and its beginning.
fn key(hub: HubId, proposal: &Proposal) -> String {
    let Proposal { uid, date, summary, start, .. } = proposal;
    let known = match uid {
        Some(uid) => serde_json::json!([hub, "calendar", uid, date]),
        None => serde_json::json!([hub, "calendar", null, summary.to_lowercase(), start]),
    };
    journal::hex(&Sha256::digest(known.to_string()))
}

/// An id that follows from a key, and from what it is for (RFC 9562 §5.8, version 8).
pub(super) fn derived(key: &str, purpose: &str) -> Uuid {
    let digest = Sha256::digest(format!("{purpose} {key}"));
    let bytes = digest.first_chunk::<16>().copied().unwrap_or_default();
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// A place that is a link is where one takes part on line.
fn place(location: &str) -> (Mode, Option<Venue>, Option<String>) {
    let location = location.trim();
    if crate::hub::decider::is_web_address(location) {
        return (Mode::Online, None, Some(location.to_owned()));
    }
    let name = location.lines().map(str::trim).collect::<Vec<_>>().join(", ");
    let venue =
        Venue { name: name.chars().take(200).collect(), address: None, city: None, geo: None };
    (Mode::InPerson, (!venue.name.is_empty()).then_some(venue), None)
}

/// The description with what an event of ours has no field for.
fn described(proposal: &Proposal) -> String {
    let tags = proposal.categories.join(", ");
    let parts = [proposal.description.trim(), &tags, proposal.url.as_deref().unwrap_or_default()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn cut(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(PURPOSE_CHARS_MAX).collect()
}
