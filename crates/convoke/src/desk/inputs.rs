//! What the mutations of a desk take, and what comes of them.

use async_graphql::{ID, InputObject};
use serde::Serialize;

use super::graphql::Registration;
use super::mutations::Named;
use crate::app::scalars::LocalDateTime;
use crate::event::graphql::Event;
use crate::event::mutations::ClockFold;
use crate::{input, payload, payloads};

/// A room people can find.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct VenueInput {
    /// What is written over the door.
    pub(super) name: String,
    /// Street and number.
    pub(super) address: Option<String>,
    /// Town.
    pub(super) city: Option<String>,
    /// Degrees north (WGS 84).
    pub(super) latitude: Option<f64>,
    /// Degrees east (WGS 84).
    pub(super) longitude: Option<f64>,
}

input! {
    /// When and where, and for how many.
    ScheduleEventInput {
        /// The event.
        event_id: ID,
        /// The start as the clocks on the event's wall show it.
        starts_at: LocalDateTime,
        /// The end as they show it.
        ends_at: LocalDateTime,
        /// Where that wall is: an IANA name such as `Europe/Amsterdam`.
        time_zone: String,
        /// Which instant, should the clocks show a time twice.
        fold: Option<ClockFold>,
        /// The room.
        venue: Option<VenueInput>,
        /// The address of the meeting on line.
        link: Option<String>,
        /// How many may come; no limit when it is missing. 0 means none.
        capacity: Option<u32>,
        /// Whether people may wait when it is full.
        waitlist: Option<bool>,
        /// The version of the event you have seen: refused when it has changed since.
        expected_version: Option<i64>,
    }
}
payloads! {
    /// The event.
    event: Event;
    /// What came of scheduling.
    ScheduleEventPayload
}

input! {
    /// Another time or place, or another number of places.
    RescheduleEventInput {
        /// The event.
        event_id: ID,
        /// The start as the clocks on the event's wall show it.
        starts_at: LocalDateTime,
        /// The end as they show it.
        ends_at: LocalDateTime,
        /// Where that wall is; the zone it has when this is missing.
        time_zone: Option<String>,
        /// Which instant, should the clocks show a time twice.
        fold: Option<ClockFold>,
        /// The room; the one it has when this is missing.
        venue: Option<VenueInput>,
        /// The address of the meeting on line; the one it has when this is missing.
        link: Option<String>,
        /// How many may come; as many as before when this is missing.
        capacity: Option<u32>,
        /// The version of the event you have seen: refused when it has changed since.
        expected_version: Option<i64>,
    }
}
payloads! {
    /// The event.
    event: Event;
    /// What came of rescheduling.
    RescheduleEventPayload
}

input! {
    /// How many may come.
    ChangeCapacityInput {
        /// The event.
        event_id: ID,
        /// How many; no limit when it is missing.
        capacity: Option<u32>,
        /// Whether it may be fewer than have places already.
        #[graphql(default = false)]
        overbook: bool,
        /// The `deskVersion` you have seen: refused when it has changed since.
        expected_version: Option<i64>,
    }
}
payloads! {
    /// The event.
    event: Event;
    /// What came of changing the capacity.
    ChangeCapacityPayload
}

input! {
    /// Whether people may wait.
    SwitchWaitlistInput {
        /// The event.
        event_id: ID,
        /// Whether people may wait from now on; who waits already goes on waiting.
        waitlist: bool,
    }
}
payloads! {
    /// The event.
    event: Event;
    /// What came of switching the waitlist.
    SwitchWaitlistPayload
}

input! {
    /// Whose waitlist moves up.
    PromoteNextInput {
        /// The event.
        event_id: ID,
    }
}
payloads! {
    /// The event.
    event: Event;
    /// What came of promoting.
    PromoteNextPayload
}

input! {
    /// Who wants to come.
    RegisterForEventInput {
        /// The event.
        event_id: ID,
        /// Her name.
        name: String,
        /// Where letters go.
        email: String,
        /// How many people, herself included.
        #[graphql(default = 1)]
        party_size: u32,
        /// In which language she reads (BCP 47); the request's when it is missing.
        locale: Option<String>,
        /// What the host should know.
        note: Option<String>,
    }
}
payload! {
    /// What came of registering.
    RegisterForEventPayload {
        /// The registration: confirmed, or waiting.
        registration: Registration
    }
}

/// Inputs that name a registration by its id or by its link's token, and their payloads.
macro_rules! about_registration {
    ($($(#[$doc:meta])* $input:ident { $($more:tt)* }, $(#[$came:meta])* $payload:ident;)*) => {$(
        input! {
            $(#[$doc])*
            $input {
                /// The registration: hers who asks, or anybody's for the hub's staff.
                registration_id: Option<ID>,
                /// Instead: what the link in the letter holds behind `/r/`.
                token: Option<String>,
                $($more)*
            }
        }
        impl $input {
            pub(super) fn named(&self) -> Named<'_> {
                Named { id: self.registration_id.as_ref(), token: self.token.as_deref() }
            }
        }
        payload! {
            $(#[$came])*
            $payload {
                /// The registration.
                registration: Registration
            }
        }
    )*};
}
about_registration! {
    /// Which registration to cancel.
    CancelRegistrationInput {},
    /// What came of cancelling.
    CancelRegistrationPayload;
    /// Which offered place to take.
    ConfirmOfferInput {},
    /// What came of taking the place.
    ConfirmOfferPayload;
    /// Which offered place to leave to the next.
    DeclineOfferInput {},
    /// What came of leaving the place.
    DeclineOfferPayload;
    /// Who waits no longer.
    LeaveWaitlistInput {},
    /// What came of leaving the waitlist.
    LeaveWaitlistPayload;
    /// Who comes with more or fewer people.
    ChangePartyInput {
        /// How many people from now on, herself included.
        party_size: u32
    },
    /// What came of changing the party.
    ChangePartyPayload;
}
