//! What guests ask for, in the API: other times, and to come uninvited. For the hub's staff; a
//! guest sees her own proposals.

use async_graphql::{Enum, ID, Object};
use chrono::{DateTime, Utc};
use journal::instant;

use super::view::{self, AttendanceRow, ProposalRow};
use crate::app::Reader;
use crate::desk::graphql::Registration;
use crate::event::graphql::Event;
use crate::invitation::Answer;
use crate::invitation::graphql::{Invitation, Rsvp};
use crate::stakeholder::graphql::Stakeholder;
use crate::{list_loader, loader};

list_loader!(
    /// What a guest has proposed, by her invitation or registration.
    ProposalsKey => ProposalRow, view::proposals_of, |row: &ProposalRow| Some(row.guest.clone())
);

loader!(
    /// Somebody who would come, by event and person.
    AttendanceKey => AttendanceRow, view::attendances_by_id, |row: &AttendanceRow| row.id.clone()
);

/// Where something a guest asked for stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, strum::Display, strum::EnumString)]
#[strum(serialize_all = "kebab-case")]
pub enum AskingState {
    /// To be decided.
    #[default]
    Open,
    /// Yes.
    Accepted,
    /// No.
    Declined,
    /// The guest has asked for something else since.
    Replaced,
}

/// Another time for an event, as a guest's calendar proposed it (COUNTER).
#[derive(Clone, Debug)]
pub struct ProposedTime {
    read: Reader,
    row: ProposalRow,
}

impl ProposedTime {
    /// From its row.
    pub fn new(read: &Reader, row: ProposalRow) -> Self {
        Self { read: read.clone(), row }
    }

    /// What a guest has proposed, newest last.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn of(read: &Reader, guest: &str) -> async_graphql::Result<Vec<Self>> {
        let rows = read.load(ProposalsKey(guest.to_owned())).await?.unwrap_or_default();
        Ok(rows.into_iter().map(|row| Self::new(read, row)).collect())
    }
}

/// Another time for an event, as a guest's calendar proposed it (COUNTER).
#[Object]
impl ProposedTime {
    /// The id of the guest's invitation or registration: with the number, what
    /// `acceptProposedTime` and `declineProposedTime` ask for.
    async fn guest_id(&self) -> ID {
        ID(self.row.guest.clone())
    }
    /// Its number among this guest's proposals, from 1.
    async fn number(&self) -> i64 {
        self.row.proposal
    }
    /// Where it stands.
    async fn state(&self) -> AskingState {
        self.row.state.parse().unwrap_or_default()
    }
    /// When the event should begin.
    async fn starts_at(&self) -> DateTime<Utc> {
        instant(self.row.starts_at)
    }
    /// When it should be over.
    async fn ends_at(&self) -> DateTime<Utc> {
        instant(self.row.ends_at)
    }
    /// The guest's words with it: plain text that nobody has checked.
    async fn comment(&self) -> Option<&str> {
        self.row.comment.as_deref()
    }
    /// What she says to the time it has; null when she says nothing.
    async fn answer(&self) -> Option<Rsvp> {
        self.row.answer.as_deref()?.parse::<Answer>().ok().map(Rsvp::from)
    }
    /// The version of the event she saw (SEQUENCE).
    async fn sequence(&self) -> i64 {
        self.row.sequence
    }
    /// Why it was declined.
    async fn why(&self) -> Option<&str> {
        self.row.why.as_deref()
    }
    /// When it came in.
    async fn proposed_at(&self) -> DateTime<Utc> {
        instant(self.row.created_at)
    }
    /// When it was decided or replaced.
    async fn settled_at(&self) -> Option<DateTime<Utc>> {
        self.row.settled_at.map(instant)
    }
    /// The event.
    async fn event(&self) -> async_graphql::Result<Option<Event>> {
        Event::load(&self.read, &self.row.event).await
    }
    /// The guest's invitation; null when she had registered by herself.
    async fn invitation(&self) -> async_graphql::Result<Option<Invitation>> {
        if !self.row.guest.starts_with("invitation_") {
            return Ok(None);
        }
        Invitation::load(&self.read, &self.row.guest).await
    }
    /// The guest's registration; null when she was invited.
    async fn registration(&self) -> async_graphql::Result<Option<Registration>> {
        if !self.row.guest.starts_with("registration_") {
            return Ok(None);
        }
        Registration::load(&self.read, &self.row.guest).await
    }
    /// The stakeholder who was invited; null when she had registered by herself.
    async fn stakeholder(&self) -> async_graphql::Result<Option<Stakeholder>> {
        let Some(id) = &self.row.stakeholder else { return Ok(None) };
        Stakeholder::load(&self.read, id).await
    }
}

/// Somebody who was not invited and would come: a guest handed her invitation on.
#[derive(Clone, Debug)]
pub struct AttendanceRequest {
    read: Reader,
    row: AttendanceRow,
}

impl AttendanceRequest {
    /// From its row.
    pub fn new(read: &Reader, row: AttendanceRow) -> Self {
        Self { read: read.clone(), row }
    }

    /// By event and person, for the hub's staff.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn load(read: &Reader, id: &str) -> async_graphql::Result<Option<Self>> {
        let row = read.load(AttendanceKey(id.to_owned())).await?;
        let row = row.filter(|row| read.is_for_staff(&row.journal));
        Ok(row.map(|row| Self::new(read, row)))
    }
}

/// Somebody who was not invited and would come: a guest handed her invitation on.
#[Object]
impl AttendanceRequest {
    /// The id of the event.
    async fn event_id(&self) -> ID {
        ID(self.row.event.clone())
    }
    /// The id of the person: a pseudonym.
    async fn person_id(&self) -> ID {
        ID(self.row.person.clone())
    }
    /// Where it stands.
    async fn state(&self) -> AskingState {
        self.row.state.parse().unwrap_or_default()
    }
    /// Her address; null once she is erased.
    async fn email(&self) -> Option<&str> {
        self.row.email.as_deref()
    }
    /// What her calendar calls her; nobody has checked it.
    async fn name(&self) -> Option<&str> {
        self.row.name.as_deref()
    }
    /// Her words with it: plain text that nobody has checked.
    async fn comment(&self) -> Option<&str> {
        self.row.comment.as_deref()
    }
    /// Whether a guest sends her instead of coming herself.
    async fn is_delegate(&self) -> bool {
        self.row.delegated
    }
    /// The id of the person whose invitation she answered, or who sends her.
    async fn through_person_id(&self) -> Option<ID> {
        self.row.through.clone().map(ID)
    }
    /// When she asked.
    async fn requested_at(&self) -> DateTime<Utc> {
        instant(self.row.created_at)
    }
    /// When it was decided.
    async fn settled_at(&self) -> Option<DateTime<Utc>> {
        self.row.settled_at.map(instant)
    }
    /// The event.
    async fn event(&self) -> async_graphql::Result<Option<Event>> {
        Event::load(&self.read, &self.row.event).await
    }
    /// Her entry in the registry, once she is invited.
    async fn stakeholder(&self) -> async_graphql::Result<Option<Stakeholder>> {
        let Some(id) = &self.row.stakeholder else { return Ok(None) };
        Stakeholder::load(&self.read, id).await
    }
}
