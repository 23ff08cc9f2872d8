//! What an event may go through: proposed, accepted, scheduled, published, closed, ended, reported.
//!
//! It may leave that road by being declined, withdrawn, postponed or cancelled. A cancelled event
//! accepts nothing but its reinstatement. `sequence` is what calendars call SEQUENCE: 0 at the
//! first publication, one more whenever time, place, title or state changed (RFC 5546 §2.1.4).

use chrono::{DateTime, Utc};
use kernel::{Decider, Moment, PersonId, Role, Zone};
use serde::{Deserialize, Serialize};

use super::SeriesId;
use super::fact::Fact;
use super::when::{Fold, Keep, Mode, Venue, When};

pub use super::terms::{Command, Description, Proposal, Rejection, Report, Schedule, Status};

/// One event as its own rules, and those of the desk and the invitations, see it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Event {
    status: Status,
    /// What it was before it was postponed or cancelled.
    before: Status,
    proposed_by: Option<PersonId>,
    words: Description,
    mode: Mode,
    when: Option<When>,
    venue: Option<Venue>,
    link: Option<String>,
    /// `None` until it is first published.
    sequence: Option<i64>,
    /// The sequence at which time or place last changed: older answers were to another question.
    asked_at_sequence: i64,
    report: Option<Report>,
    imported: bool,
    #[serde(default)]
    series: Option<SeriesId>,
}

impl Event {
    /// Where it stands.
    pub fn status(&self) -> Status {
        self.status
    }

    /// Whether anybody ever proposed or imported it.
    pub fn exists(&self) -> bool {
        self.status != Status::Unknown
    }

    /// What is said about it.
    pub fn words(&self) -> &Description {
        &self.words
    }

    /// From when to when, once it is scheduled.
    pub fn when(&self) -> Option<&When> {
        self.when.as_ref()
    }

    /// The room it is in.
    pub fn venue(&self) -> Option<&Venue> {
        self.venue.as_ref()
    }

    /// The address of the meeting on line.
    pub fn link(&self) -> Option<&String> {
        self.link.as_ref()
    }

    /// The calendar SEQUENCE: 0 at first publication.
    pub fn sequence(&self) -> i64 {
        self.sequence.unwrap_or(0)
    }

    /// The SEQUENCE at which people were last asked: answers to an older one do not count.
    pub fn asked_at_sequence(&self) -> i64 {
        self.asked_at_sequence
    }

    /// The series it is a date of.
    pub fn series(&self) -> Option<SeriesId> {
        self.series
    }

    /// Whether it was ever shown to everyone.
    pub fn was_published(&self) -> bool {
        self.sequence.is_some()
    }

    /// Whether it is announced and going to happen.
    pub fn is_announced(&self) -> bool {
        matches!(self.status, Status::Published | Status::Closed)
    }

    /// Whether people may register by themselves at this instant.
    pub fn takes_registrations(&self, now: DateTime<Utc>) -> bool {
        self.status == Status::Published && !self.has_begun(now)
    }

    /// Whether its start has passed.
    pub fn has_begun(&self, now: DateTime<Utc>) -> bool {
        self.when.is_some_and(|when| when.starts_at <= now)
    }

    /// Whether it is over.
    pub fn is_over(&self) -> bool {
        matches!(self.status, Status::Ended | Status::Reported)
    }

    /// The sequence after a change: moved only once calendars know it.
    fn moved(&self, changes: bool) -> Option<i64> {
        self.sequence.filter(|_| changes).map(|sequence| sequence + 1)
    }

    fn living(&self) -> Result<(), Rejection> {
        match self.status {
            Status::Ended | Status::Reported => Err(Rejection::AlreadyEnded {}),
            Status::Cancelled => Err(Rejection::AlreadyCancelled {}),
            Status::Declined | Status::Withdrawn => Err(self.wrong()),
            Status::Unknown
            | Status::Proposed
            | Status::Accepted
            | Status::Scheduled
            | Status::Published
            | Status::Closed
            | Status::Postponed => Ok(()),
        }
    }

    fn wrong(&self) -> Rejection {
        Rejection::WrongState { is: self.status }
    }

    fn propose(&self, idea: Proposal, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        if self.exists() {
            return Err(self.wrong());
        }
        let said =
            |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        if idea.issue.is_none() && !said(&idea.need) {
            return Err(Rejection::PurposeMissing {});
        }
        let Proposal { issue, need, title, purpose, format, mode, host } = idea;
        let proposed_by = moment.actor.person;
        Ok(vec![Fact::EventProposed {
            issue,
            need,
            title,
            purpose,
            format,
            mode,
            host,
            proposed_by,
        }])
    }

    fn answer(&self, yes: Option<Fact>, already: Status) -> Result<Vec<Fact>, Rejection> {
        match self.status {
            Status::Proposed => Ok(yes.into_iter().collect()),
            is if is == already => Ok(vec![]),
            _ => Err(self.wrong()),
        }
    }

    fn withdraw(&self, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        let own = self.proposed_by.is_some() && self.proposed_by == moment.actor.person;
        if !own && !moment.actor.is_any(&[Role::Curator]) {
            return Err(Rejection::NotYourProposal {});
        }
        self.answer(Some(Fact::ProposalWithdrawn {}), Status::Withdrawn)
    }

    fn describe(&self, words: Description) -> Result<Vec<Fact>, Rejection> {
        self.living()?;
        if words == self.words {
            return Ok(vec![]);
        }
        let sequence = self.moved(words.title != self.words.title);
        let Description { title, purpose, description, access_info } = words;
        Ok(vec![Fact::EventDescribed { title, purpose, description, access_info, sequence }])
    }

    fn schedule(&self, asked: Schedule) -> Result<Vec<Fact>, Rejection> {
        self.living()?;
        if !matches!(self.status, Status::Accepted | Status::Scheduled) {
            return Err(self.wrong());
        }
        let when = When::between(asked.starts, asked.ends, asked.zone, asked.fold)?;
        // A time that was only suggested is decided now, even if it is the same.
        let is_decided = self.status == Status::Scheduled;
        if is_decided && self.is_at(&when, asked.venue.as_ref(), asked.link.as_ref()) {
            return Ok(vec![]);
        }
        Ok(vec![Fact::EventScheduled { when, venue: asked.venue, link: asked.link }])
    }

    fn is_at(&self, when: &When, venue: Option<&Venue>, link: Option<&String>) -> bool {
        self.when.as_ref() == Some(when)
            && self.venue.as_ref() == venue
            && self.link.as_ref() == link
    }

    fn reachable(&self, venue: Option<&Venue>, link: Option<&String>) -> Result<(), Rejection> {
        let reached = match self.mode {
            Mode::InPerson => venue.is_some(),
            Mode::Online => link.is_some(),
            Mode::Either => venue.is_some() || link.is_some(),
        };
        if reached { Ok(()) } else { Err(Rejection::NoRoomOrLink { mode: self.mode }) }
    }

    fn publish(&self) -> Result<Vec<Fact>, Rejection> {
        self.living()?;
        match (self.status, self.when) {
            (Status::Published | Status::Closed, _) => Ok(vec![]),
            (Status::Scheduled, Some(when)) => {
                self.reachable(self.venue.as_ref(), self.link.as_ref())?;
                Ok(vec![Fact::EventPublished { when, sequence: 0 }])
            }
            _ => Err(self.wrong()),
        }
    }

    fn reschedule(&self, asked: Schedule) -> Result<Vec<Fact>, Rejection> {
        self.living()?;
        let status = match self.status {
            Status::Postponed => self.before,
            status @ (Status::Published | Status::Closed) => status,
            _ => return Err(self.wrong()),
        };
        let Some(from) = self.when else { return Err(self.wrong()) };
        let when = When::between(asked.starts, asked.ends, asked.zone, asked.fold)?;
        self.reachable(asked.venue.as_ref(), asked.link.as_ref())?;
        let (venue, link) = (asked.venue, asked.link);
        if status == self.status && self.is_at(&when, venue.as_ref(), link.as_ref()) {
            return Ok(vec![]);
        }
        let same_place = match (&self.venue, &venue) {
            (Some(old), Some(new)) => old.same_place(new),
            (old, new) => old == new,
        };
        let material = !from.same_instants(&when) || !same_place || self.link != link;
        let place_text = |venue: &Option<Venue>| {
            venue
                .as_ref()
                .map(|venue| (venue.name.clone(), venue.address.clone(), venue.city.clone()))
        };
        let sequence = self.moved(
            material || status != self.status || place_text(&self.venue) != place_text(&venue),
        );
        Ok(vec![Fact::EventRescheduled { from, when, venue, link, material, sequence, status }])
    }

    fn change_zone(
        &self,
        zone: Zone,
        keep: Keep,
        fold: Option<Fold>,
    ) -> Result<Vec<Fact>, Rejection> {
        self.living()?;
        let Some(from) = self.when else { return Err(self.wrong()) };
        if from.zone == zone {
            return Ok(vec![]);
        }
        let when = from.moved_to(zone, keep, fold)?;
        let material = !from.same_instants(&when);
        let sequence = self.moved(material);
        Ok(vec![Fact::EventTimeZoneChanged { from, when, keep, material, sequence }])
    }

    fn recheck(&self) -> Vec<Fact> {
        let ahead = matches!(
            self.status,
            Status::Scheduled | Status::Published | Status::Closed | Status::Postponed
        );
        let Some(from) = self.when.filter(|_| ahead) else { return vec![] };
        let when = from.rechecked();
        if when.same_instants(&from) {
            return vec![];
        }
        vec![Fact::EventInstantShifted { from, when, sequence: self.moved(true) }]
    }

    fn cancel(&self, reason: String) -> Result<Vec<Fact>, Rejection> {
        self.living()?;
        Ok(vec![Fact::EventCancelled { reason, sequence: self.moved(true) }])
    }

    fn reinstate(&self) -> Result<Vec<Fact>, Rejection> {
        if self.is_over() {
            return Err(Rejection::AlreadyEnded {});
        }
        if !matches!(self.status, Status::Cancelled | Status::Postponed) {
            return Err(self.wrong());
        }
        let sequence = self.moved(true);
        Ok(vec![Fact::EventReinstated { status: self.before, when: self.when, sequence }])
    }

    fn open(&self, wanted: Status, from: Status, fact: Fact) -> Result<Vec<Fact>, Rejection> {
        self.living()?;
        match self.status {
            is if is == wanted || self.imported => Ok(vec![]),
            is if is == from => Ok(vec![fact]),
            _ => Err(self.wrong()),
        }
    }

    fn end(&self, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        let ends_at = self.when.map(|when| when.ends_at);
        let due = ends_at.is_some_and(|at| at <= moment.now);
        match self.status {
            Status::Published | Status::Closed if due => Ok(vec![Fact::EventEnded {}]),
            Status::Ended | Status::Reported => Ok(vec![]),
            // A timer may be early or late; only people hear that they are wrong.
            _ if moment.actor.is_system() => Ok(vec![]),
            Status::Published | Status::Closed => Err(Rejection::NotEnded { ends_at }),
            _ => Err(self.wrong()),
        }
    }

    fn tell(&self, report: Report) -> Result<Vec<Fact>, Rejection> {
        if !self.is_over() {
            return Err(Rejection::NotEnded { ends_at: self.when.map(|when| when.ends_at) });
        }
        if report.who_was_missing.trim().is_empty() {
            return Err(Rejection::ReportIncomplete { missing: vec!["whoWasMissing".to_owned()] });
        }
        if self.report.as_ref() == Some(&report) {
            return Ok(vec![]);
        }
        let Report { attendance, organisations, who_was_missing } = report;
        Ok(vec![Fact::EventReported { attendance, organisations, who_was_missing }])
    }

    fn learn_place(&mut self, when: When, venue: Option<&Venue>, link: Option<&String>) {
        self.when = Some(when);
        self.venue = venue.cloned();
        self.link = link.cloned();
    }

    /// People register where it came from, so our registration is closed.
    fn learn_import(&mut self, title: &str, when: When, mode: Mode) {
        self.status = Status::Closed;
        title.clone_into(&mut self.words.title);
        self.when = Some(when);
        self.mode = mode;
        self.sequence = Some(0);
        self.imported = true;
    }

    fn learn_move(&mut self, sequence: Option<i64>, asks_again: bool) {
        if sequence.is_some() {
            self.sequence = sequence;
        }
        if asks_again {
            self.asked_at_sequence = self.sequence();
        }
    }

    fn leave_for(&mut self, status: Status, sequence: Option<i64>) {
        self.learn_move(sequence, false);
        // Postponed and then cancelled: what it was before both.
        if !matches!(self.status, Status::Postponed | Status::Cancelled) {
            self.before = self.status;
        }
        self.status = status;
    }
}

impl Decider for Event {
    const STREAM: &'static str = "event";
    type Command = Command;
    type Fact = Fact;
    type Rejection = Rejection;

    fn decide(&self, command: Command, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        if !self.exists() && !matches!(command, Command::Propose(_)) {
            return Err(Rejection::UnknownEvent {});
        }
        match command {
            Command::Propose(idea) => self.propose(idea, moment),
            Command::Suggest { when, venue, link } => match self.status {
                Status::Proposed => Ok(vec![Fact::EventTimeSuggested { when, venue, link }]),
                _ => Err(self.wrong()),
            },
            Command::Join { series, date } => match self.status {
                Status::Proposed => Ok(vec![Fact::EventJoinedSeries { series, date }]),
                _ => Err(self.wrong()),
            },
            Command::Accept => self.answer(Some(Fact::ProposalAccepted {}), Status::Accepted),
            Command::Decline { reason } => {
                self.answer(Some(Fact::ProposalDeclined { reason }), Status::Declined)
            }
            Command::Withdraw => self.withdraw(moment),
            Command::Describe(words) => self.describe(words),
            Command::Schedule(asked) => self.schedule(asked),
            Command::Publish => self.publish(),
            Command::Reschedule(asked) => self.reschedule(asked),
            Command::ChangeZone { zone, keep, fold } => self.change_zone(zone, keep, fold),
            Command::Recheck => Ok(self.recheck()),
            Command::Postpone => match self.status {
                Status::Scheduled | Status::Published | Status::Closed => {
                    Ok(vec![Fact::EventPostponed { sequence: self.moved(true) }])
                }
                Status::Postponed => Ok(vec![]),
                _ => self.living().and(Err(self.wrong())),
            },
            Command::Cancel { reason } => self.cancel(reason),
            Command::Reinstate => self.reinstate(),
            Command::OpenRegistration => {
                self.open(Status::Published, Status::Closed, Fact::EventRegistrationOpened {})
            }
            Command::CloseRegistration => {
                self.open(Status::Closed, Status::Published, Fact::EventRegistrationClosed {})
            }
            Command::End => self.end(moment),
            Command::Report(report) => self.tell(report),
        }
    }

    fn evolve(&mut self, fact: &Fact) {
        match fact {
            Fact::EventProposed { title, purpose, mode, proposed_by, .. } => {
                self.status = Status::Proposed;
                self.words.title.clone_from(title);
                self.words.purpose.clone_from(purpose);
                self.mode = *mode;
                self.proposed_by = *proposed_by;
            }
            Fact::EventTimeSuggested { when, venue, link } => {
                self.learn_place(*when, venue.as_ref(), link.as_ref());
            }
            Fact::EventJoinedSeries { series, .. } => self.series = Some(*series),
            Fact::ProposalAccepted {} => self.status = Status::Accepted,
            Fact::ProposalDeclined { .. } => self.status = Status::Declined,
            Fact::ProposalWithdrawn {} => self.status = Status::Withdrawn,
            Fact::EventDescribed { title, purpose, description, access_info, sequence } => {
                self.words = Description {
                    title: title.clone(),
                    purpose: purpose.clone(),
                    description: description.clone(),
                    access_info: access_info.clone(),
                };
                self.learn_move(*sequence, false);
            }
            Fact::EventScheduled { when, venue, link } => {
                self.status = Status::Scheduled;
                self.learn_place(*when, venue.as_ref(), link.as_ref());
            }
            Fact::EventPublished { when, sequence } => {
                self.status = Status::Published;
                self.when = Some(*when);
                self.learn_move(Some(*sequence), true);
            }
            Fact::EventRescheduled { when, venue, link, material, sequence, status, .. } => {
                self.status = *status;
                self.learn_place(*when, venue.as_ref(), link.as_ref());
                self.learn_move(*sequence, *material);
            }
            Fact::EventTimeZoneChanged { when, material, sequence, .. } => {
                self.when = Some(*when);
                self.learn_move(*sequence, *material);
            }
            Fact::EventInstantShifted { when, sequence, .. } => {
                self.when = Some(*when);
                self.learn_move(*sequence, false);
            }
            Fact::EventPostponed { sequence } => self.leave_for(Status::Postponed, *sequence),
            Fact::EventCancelled { sequence, .. } => self.leave_for(Status::Cancelled, *sequence),
            Fact::EventReinstated { status, sequence, .. } => {
                self.status = *status;
                self.learn_move(*sequence, false);
            }
            Fact::EventRegistrationOpened {} => self.status = Status::Published,
            Fact::EventRegistrationClosed {} => self.status = Status::Closed,
            Fact::EventEnded {} => self.status = Status::Ended,
            Fact::EventReported { attendance, organisations, who_was_missing } => {
                self.status = Status::Reported;
                self.report = Some(Report {
                    attendance: *attendance,
                    organisations: *organisations,
                    who_was_missing: who_was_missing.clone(),
                });
            }
            Fact::EventImported { title, when, mode, .. } => {
                self.learn_import(title, *when, *mode);
            }
        }
    }
}
