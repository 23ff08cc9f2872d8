//! Who has a place at an event, who waits, and who is asked next.
//!
//! Places held by confirmed and offered registrations never exceed the capacity, unless a curator
//! overbooked on purpose. Somebody new never overtakes somebody who waits, and a freed place goes
//! to the first of the waiting whose party fits. Running sums make every decision but a promotion
//! independent of how many have registered.

use chrono::{DateTime, Utc};
use kernel::{Decider, Moment, PersonId, Personal};
use serde::{Deserialize, Serialize};

use super::RegistrationId;
use super::book::{Book, Entry, Place};
use super::fact::{CancelledBy, Fact, SkipReason, Standing};
use super::offer::Timing;
use crate::event::Capacity;

/// The most people one registration brings, the registering one included.
pub const PARTY_MAX: u32 = 20;

/// Somebody who wants to come.
#[derive(Clone, Debug)]
pub struct Request {
    /// The id of the registration.
    pub registration: RegistrationId,
    /// Who.
    pub person: PersonId,
    /// Her name.
    pub name: Personal<String>,
    /// Where letters go.
    pub email: Personal<String>,
    /// How many people, herself included.
    pub party_size: u32,
    /// In which language she reads.
    pub locale: String,
    /// What she wants the host to know.
    pub note: Option<Personal<String>>,
}

/// What may be asked at the desk. Whether the asker may is the acts' business.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the acts of the same names explain their fields")]
pub enum Command {
    Open { capacity: Capacity, waitlist: bool },
    ChangeCapacity { capacity: Capacity, overbook: bool, timing: Timing },
    SwitchWaitlist { waitlist: bool },
    Register(Box<Request>),
    Cancel { registration: RegistrationId, by: CancelledBy, timing: Timing },
    ConfirmOffer { registration: RegistrationId },
    DeclineOffer { registration: RegistrationId, timing: Timing },
    ExpireOffer { registration: RegistrationId, timing: Timing },
    LeaveWaitlist { registration: RegistrationId, timing: Timing },
    ChangeParty { registration: RegistrationId, party_size: u32, timing: Timing },
    Promote { timing: Timing },
}

/// Why the desk says no.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error, strum::VariantNames)]
#[expect(missing_docs, reason = "each says its rule; the fields are the figures that decided")]
pub enum Rejection {
    #[error("registration is not open")]
    RegistrationClosed {},
    #[error("the event is cancelled")]
    EventCancelled {},
    #[error("the event is over")]
    AlreadyEnded {},
    #[error("full: {held} of {capacity} places are taken, {waiting} people wait")]
    QuotaFull { capacity: u32, held: u32, waiting: u32 },
    #[error("already registered as {registration}")]
    AlreadyRegistered { registration: RegistrationId },
    #[error("a party of {party_size} is too large; {max} may come together")]
    PartyTooLarge { party_size: u32, max: u32 },
    #[error("a party has at least one person")]
    PartyEmpty {},
    #[error("there is no such registration")]
    UnknownRegistration {},
    #[error("only the person herself or a host may do that")]
    NotYourRegistration {},
    #[error("it has been cancelled already")]
    AlreadyCancelled {},
    #[error("no place is being offered")]
    OfferNotOpen { until: Option<DateTime<Utc>> },
    #[error("it is not waiting")]
    NotWaiting {},
    #[error("{held} places are taken, more than {capacity}")]
    BelowConfirmed { held: u32, capacity: u32 },
}
impl kernel::Rejection for Rejection {}

/// The places of one event.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Desk {
    open: bool,
    capacity: Capacity,
    waitlist: bool,
    book: Book,
}

impl Desk {
    /// Whether it was ever opened.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// How many may come.
    pub fn capacity(&self) -> Capacity {
        self.capacity
    }

    /// Whether it lets people wait.
    pub fn has_waitlist(&self) -> bool {
        self.waitlist
    }

    /// Who has registered, and where each stands.
    pub fn book(&self) -> &Book {
        &self.book
    }

    fn free(&self) -> u32 {
        self.capacity.left(self.book.held())
    }

    fn full(&self) -> Rejection {
        Rejection::QuotaFull {
            capacity: self.capacity.limit().unwrap_or(u32::MAX),
            held: self.book.held(),
            waiting: self.book.waiting(),
        }
    }

    fn entry(&self, registration: RegistrationId) -> Result<&Entry, Rejection> {
        self.book.entry(registration).ok_or(Rejection::UnknownRegistration {})
    }

    fn party_allowed(&self, party_size: u32) -> Result<(), Rejection> {
        // A desk without any places may still have a waitlist: parties of any allowed size wait.
        let places = self.capacity.limit().filter(|&places| places > 0).unwrap_or(PARTY_MAX);
        let max = PARTY_MAX.min(places);
        match party_size {
            0 => Err(Rejection::PartyEmpty {}),
            size if size > max => Err(Rejection::PartyTooLarge { party_size, max }),
            _ => Ok(()),
        }
    }

    fn register(&self, request: Request) -> Result<Vec<Fact>, Rejection> {
        if !self.open {
            return Err(Rejection::RegistrationClosed {});
        }
        let Request { registration, person, name, email, party_size, locale, note } = request;
        if let Some(registration) = self.book.registration_of(person) {
            return Err(Rejection::AlreadyRegistered { registration });
        }
        if self.book.entry(registration).is_some() {
            return Err(Rejection::AlreadyRegistered { registration });
        }
        self.party_allowed(party_size)?;
        let outcome = if self.book.nobody_waits() && self.free() >= party_size {
            Fact::RegistrationConfirmed {
                registration,
                person,
                party_size,
                from: Standing::Received,
            }
        } else if self.waitlist {
            Fact::WaitlistJoined { registration, person, party_size, order: self.book.next_order() }
        } else {
            return Err(self.full());
        };
        let received = Fact::RegistrationReceived {
            registration,
            person,
            name,
            email,
            party_size,
            locale,
            note,
        };
        Ok(vec![received, outcome])
    }

    fn cancel(
        &self,
        registration: RegistrationId,
        by: CancelledBy,
        hand: Hand<'_>,
    ) -> Result<Vec<Fact>, Rejection> {
        let entry = self.entry(registration)?;
        if !entry.is_live() {
            return Err(Rejection::AlreadyCancelled {});
        }
        let (person, party_size, from) = (entry.person, entry.party, entry.standing());
        let gone = Fact::RegistrationCancelled { registration, person, party_size, from, by };
        Ok(self.then_promote(gone, Change::gone(registration, entry), hand))
    }

    /// One change of a registration, and what becomes of the places it leaves.
    fn then_promote(&self, fact: Fact, change: Change, hand: Hand<'_>) -> Vec<Fact> {
        let mut facts = vec![fact];
        let held = self.book.held().saturating_sub(change.freed);
        self.promote(self.capacity.left(held), change, hand, &mut facts);
        facts
    }

    /// Hands free places to the waiting: strictly in order, except that who does not fit is passed
    /// over, which is recorded once for each. When a place was freed and nobody gets it, the first
    /// one's record says why.
    fn promote(&self, mut free: u32, change: Change, hand: Hand<'_>, facts: &mut Vec<Fact>) {
        if !hand.timing.promotes {
            return;
        }
        let until = hand.timing.offer_until(hand.moment.now);
        let (mut overtaken, mut first_skip, mut promoted) = (Vec::new(), None, false);
        for (registration, entry) in self.book.queue() {
            let party = match change.of {
                Some((changed, 0)) if changed == registration => continue,
                Some((changed, party)) if changed == registration => party,
                _ => entry.party,
            };
            if party <= free {
                free -= party;
                promoted = true;
                facts.append(&mut overtaken);
                facts.push(granted(registration, entry.person, party, until));
                continue;
            }
            if free == 0 {
                let reason = SkipReason::NoneFree;
                first_skip.get_or_insert(Fact::PromotionSkipped { registration, reason });
                break;
            }
            let reason = SkipReason::PartyTooLarge { party_size: party, free };
            let skip = Fact::PromotionSkipped { registration, reason };
            if !entry.passed_over {
                overtaken.push(skip.clone());
            }
            first_skip.get_or_insert(skip);
        }
        if change.freed > 0 && !promoted {
            facts.extend(first_skip);
        }
    }

    fn confirm_offer(
        &self,
        registration: RegistrationId,
        moment: &Moment,
    ) -> Result<Vec<Fact>, Rejection> {
        let entry = self.entry(registration)?;
        match entry.place {
            Place::Confirmed => Ok(vec![]),
            Place::Offered { until } if moment.now < until => {
                let (person, party_size, from) = (entry.person, entry.party, Standing::Offered);
                Ok(vec![Fact::RegistrationConfirmed { registration, person, party_size, from }])
            }
            Place::Offered { until } => Err(Rejection::OfferNotOpen { until: Some(until) }),
            Place::Waiting { .. } | Place::Gone => Err(Rejection::OfferNotOpen { until: None }),
        }
    }

    fn decline_offer(
        &self,
        registration: RegistrationId,
        hand: Hand<'_>,
    ) -> Result<Vec<Fact>, Rejection> {
        let entry = self.entry(registration)?;
        if !matches!(entry.place, Place::Offered { .. }) {
            return Err(Rejection::OfferNotOpen { until: None });
        }
        let declined =
            Fact::OfferDeclined { registration, person: entry.person, party_size: entry.party };
        Ok(self.then_promote(declined, Change::gone(registration, entry), hand))
    }

    /// A timer's: whatever else has happened meanwhile is no fault.
    fn expire_offer(&self, registration: RegistrationId, hand: Hand<'_>) -> Vec<Fact> {
        match self.book.entry(registration) {
            Some(entry) if entry.place.offered_until().is_some_and(|at| at <= hand.moment.now) => {
                let expired = Fact::OfferExpired {
                    registration,
                    person: entry.person,
                    party_size: entry.party,
                };
                self.then_promote(expired, Change::gone(registration, entry), hand)
            }
            _ => vec![],
        }
    }

    fn change_party(
        &self,
        registration: RegistrationId,
        party_size: u32,
        hand: Hand<'_>,
    ) -> Result<Vec<Fact>, Rejection> {
        let entry = self.entry(registration)?;
        if !entry.is_live() {
            return Err(Rejection::AlreadyCancelled {});
        }
        if party_size == entry.party {
            return Ok(vec![]);
        }
        self.party_allowed(party_size)?;
        let more = party_size.saturating_sub(entry.party);
        // More places are new places: whoever waits comes first.
        if entry.holds() > 0 && more > 0 && (more > self.free() || !self.book.nobody_waits()) {
            return Err(self.full());
        }
        let (from, at) = (entry.party, entry.standing());
        let changed = Fact::PartyChanged { registration, from, party_size, at };
        let freed = entry.holds().saturating_sub(party_size);
        if more > 0 {
            return Ok(vec![changed]);
        }
        let change = Change { freed, of: Some((registration, party_size)) };
        Ok(self.then_promote(changed, change, hand))
    }

    fn change_capacity(
        &self,
        capacity: Capacity,
        overbook: bool,
        hand: Hand<'_>,
    ) -> Result<Vec<Fact>, Rejection> {
        if !self.open {
            return Err(Rejection::RegistrationClosed {});
        }
        if capacity == self.capacity {
            return Ok(vec![]);
        }
        let held = self.book.held();
        if let Capacity::Limited(places) = capacity
            && places < held
            && !overbook
        {
            return Err(Rejection::BelowConfirmed { held, capacity: places });
        }
        let mut facts = vec![Fact::CapacityChanged { from: self.capacity, capacity, overbook }];
        let freed = capacity.left(held).saturating_sub(self.free());
        if freed > 0 {
            self.promote(capacity.left(held), Change { freed, of: None }, hand, &mut facts);
        }
        Ok(facts)
    }

    fn leave_waitlist(
        &self,
        registration: RegistrationId,
        hand: Hand<'_>,
    ) -> Result<Vec<Fact>, Rejection> {
        let entry = self.entry(registration)?;
        if !matches!(entry.place, Place::Waiting { .. }) {
            return Err(Rejection::NotWaiting {});
        }
        let left =
            Fact::WaitlistLeft { registration, person: entry.person, party_size: entry.party };
        Ok(self.then_promote(left, Change::gone(registration, entry), hand))
    }
}

/// When a place may be handed on, and how long it may be kept.
#[derive(Clone, Copy)]
struct Hand<'a> {
    timing: &'a Timing,
    moment: &'a Moment,
}

/// What the fact at hand changes before the waiting are asked.
#[derive(Clone, Copy)]
struct Change {
    /// Places that become free.
    freed: u32,
    /// The registration concerned and the size of its party from now on; 0 when it is gone.
    of: Option<(RegistrationId, u32)>,
}

impl Change {
    fn gone(registration: RegistrationId, entry: &Entry) -> Self {
        Self { freed: entry.holds(), of: Some((registration, 0)) }
    }
}

/// The first of the waiting gets her place: asked while there is time, given when there is none.
fn granted(
    registration: RegistrationId,
    person: PersonId,
    party_size: u32,
    until: Option<DateTime<Utc>>,
) -> Fact {
    if let Some(until) = until {
        Fact::PlaceOffered { registration, person, party_size, until }
    } else {
        let from = Standing::Waiting;
        Fact::RegistrationConfirmed { registration, person, party_size, from }
    }
}

impl Decider for Desk {
    const STREAM: &'static str = "desk";
    type Command = Command;
    type Fact = Fact;
    type Rejection = Rejection;

    fn decide(&self, command: Command, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        let hand = |timing| Hand { timing, moment };
        match command {
            Command::Open { .. } if self.open => Ok(vec![]),
            Command::Open { capacity, waitlist } => {
                Ok(vec![Fact::DeskOpened { capacity, waitlist }])
            }
            Command::ChangeCapacity { capacity, overbook, timing } => {
                self.change_capacity(capacity, overbook, hand(&timing))
            }
            Command::SwitchWaitlist { .. } if !self.open => Err(Rejection::RegistrationClosed {}),
            Command::SwitchWaitlist { waitlist } if waitlist == self.waitlist => Ok(vec![]),
            Command::SwitchWaitlist { waitlist } => Ok(vec![Fact::WaitlistSwitched { waitlist }]),
            Command::Register(request) => self.register(*request),
            Command::Cancel { registration, by, timing } => {
                self.cancel(registration, by, hand(&timing))
            }
            Command::ConfirmOffer { registration } => self.confirm_offer(registration, moment),
            Command::DeclineOffer { registration, timing } => {
                self.decline_offer(registration, hand(&timing))
            }
            Command::ExpireOffer { registration, timing } => {
                Ok(self.expire_offer(registration, hand(&timing)))
            }
            Command::LeaveWaitlist { registration, timing } => {
                self.leave_waitlist(registration, hand(&timing))
            }
            Command::ChangeParty { registration, party_size, timing } => {
                self.change_party(registration, party_size, hand(&timing))
            }
            Command::Promote { timing } => {
                // Asked for without a reason: if nobody gets a place, it is recorded as well.
                let change = Change { freed: 1, of: None };
                let mut facts = vec![];
                self.promote(self.free(), change, hand(&timing), &mut facts);
                Ok(facts)
            }
        }
    }

    fn evolve(&mut self, fact: &Fact) {
        match fact {
            Fact::DeskOpened { capacity, waitlist } => {
                self.open = true;
                self.capacity = *capacity;
                self.waitlist = *waitlist;
            }
            Fact::CapacityChanged { capacity, .. } => self.capacity = *capacity,
            Fact::WaitlistSwitched { waitlist } => self.waitlist = *waitlist,
            Fact::RegistrationReceived { registration, person, party_size, .. } => {
                self.book.receive(*registration, *person, *party_size);
            }
            Fact::RegistrationConfirmed { registration, .. } => {
                self.book.move_to(*registration, Place::Confirmed);
            }
            Fact::WaitlistJoined { registration, order, .. } => {
                self.book.move_to(*registration, Place::Waiting { order: *order });
            }
            Fact::PlaceOffered { registration, until, .. } => {
                self.book.move_to(*registration, Place::Offered { until: *until });
            }
            Fact::PromotionSkipped { registration, .. } => self.book.pass_over(*registration),
            Fact::PartyChanged { registration, party_size, .. } => {
                self.book.resize(*registration, *party_size);
            }
            Fact::OfferDeclined { registration, .. }
            | Fact::OfferExpired { registration, .. }
            | Fact::WaitlistLeft { registration, .. }
            | Fact::RegistrationCancelled { registration, .. } => {
                self.book.move_to(*registration, Place::Gone);
            }
        }
    }
}
