//! Inviting to all of a series, and answering for all of it at once.
//!
//! Each date is asked and answered by itself, in the invitation every event has; what is special
//! is that there is one letter, and that one answer may mean all dates that are still to come.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use kernel::{Act, Actor, Decider as _, Decision, Ledger, PersonId, Personal, Role, Stop};
use serde::{Deserialize, Serialize};

use super::SeriesId;
use super::acts::to_come;
use super::decider::{Rejection, Series, Stage};
use super::fact::Planned;
use crate::desk::{Desk, RegistrationId};
use crate::event::EventId;
use crate::invitation::decider::{Command, Rejection as InvitationRejection, Status};
use crate::invitation::fact::{Addressee, InSeries};
use crate::invitation::{AnswerInvitation, Invitation, InvitationId, stream_of};
use crate::issue::StakeholderId;

/// Who may invite.
const HOSTS: [Role; 3] = [Role::Curator, Role::Host, Role::Organiser];

/// One guest to invite.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SeriesGuest {
    /// Ids for her invitations, as many as there may be dates.
    pub invitations: Vec<InvitationId>,
    /// As which stakeholder.
    pub stakeholder: StakeholderId,
    /// Who answers for it.
    pub person: PersonId,
    /// Why she, in a sentence she may read.
    pub reason: Personal<String>,
}

/// Invites stakeholders to all dates of a series that are still to come. To which of them somebody
/// was invited before, or has registered by herself, is left as it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct InviteToSeries {
    /// To what.
    pub series: SeriesId,
    /// Whom.
    pub guests: Vec<SeriesGuest>,
}

impl Act for InviteToSeries {
    const KIND: &'static str = "InviteToSeries";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&HOSTS)
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let state = ledger.state::<Series>(self.series)?;
        match state.stage() {
            Stage::Unknown => return Err(Rejection::UnknownSeries {}.into()),
            Stage::Scheduled => return Err(Rejection::SeriesNotPublished {}.into()),
            Stage::Ended => return Err(Rejection::SeriesOver {}.into()),
            Stage::Published => {}
        }
        let mut coming = to_come(ledger, state)?;
        coming.retain(|(_, event)| event.is_announced());
        if coming.is_empty() {
            return Err(Rejection::NothingToCome {}.into());
        }
        // A state that is not at hand stops the decision: all are read before anything is written.
        let mut dates = Vec::new();
        for (Planned { event, .. }, known) in coming {
            if let Some(when) = known.when() {
                let desk = ledger.state::<Desk>(event)?;
                dates.push(Date { event, starts_at: when.starts_at, desk });
            }
        }
        let mut seen = BTreeSet::new();
        let mut asked = Vec::new();
        for guest in self.guests.iter().filter(|guest| seen.insert(guest.stakeholder)) {
            asked.push((guest, asked_before(ledger, state, guest.stakeholder)?));
        }
        let mut decision = Decision::about(self.series);
        for (guest, before) in asked {
            decision = self.invite(ledger, decision, &dates, (guest, &before))?;
        }
        Ok(decision)
    }
}

/// A date people can be invited to.
struct Date<'a> {
    event: EventId,
    starts_at: DateTime<Utc>,
    desk: &'a Desk,
}

/// The invitations of one guest to the dates of a series, those that are over included.
type Before<'a> = BTreeMap<EventId, &'a Invitation>;

fn asked_before<'a>(
    ledger: &Ledger<'a>,
    series: &Series,
    stakeholder: StakeholderId,
) -> Result<Before<'a>, Stop> {
    let mut before = Before::new();
    for Planned { event, .. } in series.dates() {
        before.insert(event, ledger.state::<Invitation>(stream_of(event, stakeholder))?);
    }
    Ok(before)
}

impl InviteToSeries {
    /// What one guest is asked.
    fn invite(
        &self,
        ledger: &Ledger<'_>,
        mut decision: Decision,
        dates: &[Date<'_>],
        (guest, before): (&SeriesGuest, &Before<'_>),
    ) -> Result<Decision, Stop> {
        // A series has one organizer: to dates that were added she is asked from the address her
        // calendar knows it by.
        let mut hers = before.values().filter(|asked| asked.belongs_to(guest.person));
        let known = hers.find_map(|asked| asked.first_in(self.series));
        let (mut first, mut speaks) = (known, known.is_some());
        for (date, invitation) in dates.iter().zip(&guest.invitations) {
            let has_place = date.desk.book().registration_of(guest.person).is_some();
            let Some(asked) = before.get(&date.event).filter(|_| !has_place) else { continue };
            if asked.status() != Status::None {
                continue;
            }
            let command = Command::InviteToSeries {
                to: Addressee {
                    invitation: *invitation,
                    generation: 1,
                    event: date.event,
                    stakeholder: guest.stakeholder,
                    person: guest.person,
                },
                reason: guest.reason.clone(),
                expires_at: date.starts_at,
                series: InSeries {
                    series: self.series,
                    first: *first.get_or_insert(*invitation),
                    speaks: std::mem::take(&mut speaks),
                },
            };
            let facts = asked.decide(command, ledger.moment)?;
            let stream = stream_of(date.event, guest.stakeholder);
            decision = decision.with::<Invitation>(stream, facts)?;
        }
        Ok(decision)
    }
}

/// Answers all dates of a series that are still to come at once. A date that is full, or was
/// answered by a newer word, stays as it is; when nothing can be answered, the first reason says
/// why.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AnswerSeries {
    /// To what.
    pub series: SeriesId,
    /// The answer, as it would be to one date; the event in it is not looked at.
    pub one: AnswerInvitation,
    /// Ids for registrations, as many as there may be dates.
    pub registrations: Vec<RegistrationId>,
}

impl Act for AnswerSeries {
    const KIND: &'static str = "AnswerSeries";

    fn permits(&self, actor: &Actor) -> bool {
        self.one.permits(actor)
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let state = ledger.state::<Series>(self.series)?;
        if state.stage() == Stage::Unknown {
            return Err(Rejection::UnknownSeries {}.into());
        }
        let mut decision: Option<Decision> = None;
        let mut refused = None;
        let coming = to_come(ledger, state)?.into_iter();
        for ((Planned { event, .. }, _), registration) in coming.zip(&self.registrations) {
            let stream = stream_of(event, self.one.stakeholder);
            if ledger.state::<Invitation>(stream)?.status() == Status::None {
                continue;
            }
            let one = AnswerInvitation { event, registration: *registration, ..self.one.clone() };
            match one.decide(ledger) {
                Ok(more) => match &mut decision {
                    Some(all) => all.drafts.extend(more.drafts),
                    None => decision = Some(more),
                },
                Err(Stop::Rejected(why)) => refused = refused.or(Some(why)),
                Err(stop) => return Err(stop),
            }
        }
        match (decision, refused) {
            (Some(decision), _) => Ok(decision),
            (None, Some(why)) => Err(Stop::Rejected(why)),
            (None, None) => Err(InvitationRejection::UnknownInvitation {}.into()),
        }
    }
}
