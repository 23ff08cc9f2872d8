//! What people and timers may ask at a desk, one struct for each mutation.
//!
//! Here it is decided who may ask for whom: a person for her own registration, whoever holds the
//! link from her letter (`via_link`, set by the application after it has verified the token), and
//! curators, hosts and organisers for anybody's.

use kernel::{Act, Actor, Decider as _, Decision, Ledger, PersonId, Personal, Role, Stop};
use serde::{Deserialize, Serialize};

use super::RegistrationId;
use super::decider::{Command, Desk, Rejection, Request};
use super::fact::CancelledBy;
use super::offer::Timing;
use crate::event::acts::existing;
use crate::event::{Capacity, EventId, Status};

/// Who may act for other people at the desk.
const STAFF: [Role; 3] = [Role::Curator, Role::Host, Role::Organiser];

/// What the desk must know about its event; an event without a time has no desk.
///
/// # Errors
/// `UnknownEvent`, `RegistrationClosed`, or a state must be loaded first.
pub(crate) fn timing(ledger: &Ledger<'_>, event: EventId) -> Result<Timing, Stop> {
    let state = existing(ledger, event)?;
    let Some(when) = state.when() else { return Err(Rejection::RegistrationClosed {}.into()) };
    let promotes = state.is_announced() && !state.has_begun(ledger.moment.now);
    Ok(Timing::of(when, promotes))
}

/// Asks the desk of an event.
pub(crate) fn at_desk(
    ledger: &Ledger<'_>,
    event: EventId,
    command: Command,
) -> Result<Vec<super::Fact>, Stop> {
    Ok(ledger.state::<Desk>(event)?.decide(command, ledger.moment)?)
}

/// Asks the desk about one registration.
fn decided(
    ledger: &Ledger<'_>,
    (event, registration): (EventId, RegistrationId),
    command: Command,
) -> Result<Decision, Stop> {
    Decision::about(registration).with::<Desk>(event, at_desk(ledger, event, command)?)
}

/// Who asks about a registration, if she may.
fn asker(
    ledger: &Ledger<'_>,
    event: EventId,
    registration: RegistrationId,
    via_link: bool,
) -> Result<CancelledBy, Stop> {
    let desk = ledger.state::<Desk>(event)?;
    let Some(entry) = desk.book().entry(registration) else {
        return Err(Rejection::UnknownRegistration {}.into());
    };
    let actor = &ledger.moment.actor;
    if actor.person == Some(entry.person) {
        Ok(CancelledBy::Person)
    } else if via_link {
        Ok(CancelledBy::Link)
    } else if actor.is_any(&STAFF) {
        Ok(CancelledBy::Host)
    } else {
        Err(Rejection::NotYourRegistration {}.into())
    }
}

/// Nothing changes any more once an event is over.
fn not_over(ledger: &Ledger<'_>, event: EventId) -> Result<(), Stop> {
    if existing(ledger, event)?.is_over() {
        return Err(Rejection::AlreadyEnded {}.into());
    }
    Ok(())
}

/// Asks for places at an event. Anyone may.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RegisterForEvent {
    /// Which event.
    pub event: EventId,
    /// The id of the new registration.
    pub registration: RegistrationId,
    /// Who comes.
    pub person: PersonId,
    /// Her name.
    pub name: Personal<String>,
    /// Where letters go.
    pub email: Personal<String>,
    /// How many people, herself included.
    pub party_size: u32,
    /// In which language she reads (BCP 47).
    pub locale: String,
    /// What she wants the host to know.
    pub note: Option<Personal<String>>,
}

impl Act for RegisterForEvent {
    const KIND: &'static str = "RegisterForEvent";

    fn permits(&self, _actor: &Actor) -> bool {
        true
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let event = existing(ledger, self.event)?;
        match event.status() {
            Status::Cancelled => return Err(Rejection::EventCancelled {}.into()),
            Status::Ended | Status::Reported => return Err(Rejection::AlreadyEnded {}.into()),
            _ if event.takes_registrations(ledger.moment.now) => {}
            _ => return Err(Rejection::RegistrationClosed {}.into()),
        }
        let request = Request {
            registration: self.registration,
            person: self.person,
            name: self.name.clone(),
            email: self.email.clone(),
            party_size: self.party_size,
            locale: self.locale.clone(),
            note: self.note.clone(),
        };
        let facts = at_desk(ledger, self.event, Command::Register(Box::new(request)))?;
        Decision::about(self.registration).with::<Desk>(self.event, facts)
    }
}

/// Gives a registration back, whether it has its place, is offered one, or waits.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CancelRegistration {
    /// Which event.
    pub event: EventId,
    /// Which registration.
    pub registration: RegistrationId,
    /// Whether the asker holds the link from the letter, verified.
    #[serde(default)]
    pub via_link: bool,
}

impl Act for CancelRegistration {
    const KIND: &'static str = "CancelRegistration";

    fn permits(&self, _actor: &Actor) -> bool {
        true
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let Self { event, registration, via_link } = *self;
        not_over(ledger, event)?;
        let by = asker(ledger, event, registration, via_link)?;
        let command = Command::Cancel { registration, by, timing: timing(ledger, event)? };
        decided(ledger, (event, registration), command)
    }
}

/// Takes the place that is offered. The instant the server received it decides.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConfirmOffer {
    /// Which event.
    pub event: EventId,
    /// Which registration.
    pub registration: RegistrationId,
    /// Whether the asker holds the link from the letter, verified.
    #[serde(default)]
    pub via_link: bool,
}

impl Act for ConfirmOffer {
    const KIND: &'static str = "ConfirmOffer";

    fn permits(&self, _actor: &Actor) -> bool {
        true
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let Self { event, registration, via_link } = *self;
        not_over(ledger, event)?;
        if existing(ledger, event)?.status() == Status::Cancelled {
            return Err(Rejection::EventCancelled {}.into());
        }
        asker(ledger, event, registration, via_link)?;
        decided(ledger, (event, registration), Command::ConfirmOffer { registration })
    }
}

/// Leaves the place that is offered to the next.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeclineOffer {
    /// Which event.
    pub event: EventId,
    /// Which registration.
    pub registration: RegistrationId,
    /// Whether the asker holds the link from the letter, verified.
    #[serde(default)]
    pub via_link: bool,
}

impl Act for DeclineOffer {
    const KIND: &'static str = "DeclineOffer";

    fn permits(&self, _actor: &Actor) -> bool {
        true
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let Self { event, registration, via_link } = *self;
        asker(ledger, event, registration, via_link)?;
        let timing = timing(ledger, event)?;
        decided(ledger, (event, registration), Command::DeclineOffer { registration, timing })
    }
}

/// Waits no longer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LeaveWaitlist {
    /// Which event.
    pub event: EventId,
    /// Which registration.
    pub registration: RegistrationId,
    /// Whether the asker holds the link from the letter, verified.
    #[serde(default)]
    pub via_link: bool,
}

impl Act for LeaveWaitlist {
    const KIND: &'static str = "LeaveWaitlist";

    fn permits(&self, _actor: &Actor) -> bool {
        true
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let Self { event, registration, via_link } = *self;
        asker(ledger, event, registration, via_link)?;
        let timing = timing(ledger, event)?;
        decided(ledger, (event, registration), Command::LeaveWaitlist { registration, timing })
    }
}

/// Comes with more or fewer people.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangeParty {
    /// Which event.
    pub event: EventId,
    /// Which registration.
    pub registration: RegistrationId,
    /// How many people from now on, the registered person included.
    pub party_size: u32,
    /// Whether the asker holds the link from the letter, verified.
    #[serde(default)]
    pub via_link: bool,
}

impl Act for ChangeParty {
    const KIND: &'static str = "ChangeParty";

    fn permits(&self, _actor: &Actor) -> bool {
        true
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let Self { event, registration, party_size, via_link } = *self;
        not_over(ledger, event)?;
        asker(ledger, event, registration, via_link)?;
        let timing = timing(ledger, event)?;
        let command = Command::ChangeParty { registration, party_size, timing };
        decided(ledger, (event, registration), command)
    }
}

/// The timer's: an offer nobody answered goes to the next.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExpireOffer {
    /// Which event.
    pub event: EventId,
    /// Which registration.
    pub registration: RegistrationId,
}

impl Act for ExpireOffer {
    const KIND: &'static str = "ExpireOffer";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_system()
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let Self { event, registration } = *self;
        let timing = timing(ledger, event)?;
        decided(ledger, (event, registration), Command::ExpireOffer { registration, timing })
    }
}

/// Hands free places to the waiting, when something other than a freed place made that possible.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PromoteNext {
    /// Which event.
    pub event: EventId,
}

impl Act for PromoteNext {
    const KIND: &'static str = "PromoteNext";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&STAFF)
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let timing = timing(ledger, self.event)?;
        let facts = at_desk(ledger, self.event, Command::Promote { timing })?;
        Decision::about(self.event).with::<Desk>(self.event, facts)
    }
}

/// Sets how many may come.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangeCapacity {
    /// Which event.
    pub event: EventId,
    /// So many from now on.
    pub capacity: Capacity,
    /// Whether it may be fewer than have places already.
    #[serde(default)]
    pub overbook: bool,
    /// The version of the desk's stream the form was filled in on.
    pub expected_version: Option<i64>,
}

impl Act for ChangeCapacity {
    const KIND: &'static str = "ChangeCapacity";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator, Role::Organiser])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let Self { event, capacity, overbook, expected_version } = *self;
        not_over(ledger, event)?;
        ledger.expect::<Desk>(event, expected_version)?;
        let timing = timing(ledger, event)?;
        let facts = at_desk(ledger, event, Command::ChangeCapacity { capacity, overbook, timing })?;
        Decision::about(event).with::<Desk>(event, facts)
    }
}

/// Lets people wait when it is full, or not.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SwitchWaitlist {
    /// Which event.
    pub event: EventId,
    /// Whether people may wait from now on. Who waits already goes on waiting.
    pub waitlist: bool,
}

impl Act for SwitchWaitlist {
    const KIND: &'static str = "SwitchWaitlist";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator, Role::Organiser])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        existing(ledger, self.event)?;
        let command = Command::SwitchWaitlist { waitlist: self.waitlist };
        let facts = at_desk(ledger, self.event, command)?;
        Decision::about(self.event).with::<Desk>(self.event, facts)
    }
}
