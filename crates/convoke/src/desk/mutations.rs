//! The commands of a desk in the API: scheduling with a capacity, registering, waiting.

use async_graphql::{Context, ID, Object};
use kernel::{Act, HubId, Personal, Refusal};
use mail::EmailAddress;

use super::graphql::{LINK, Registration};
use super::inputs::{
    CancelRegistrationInput, CancelRegistrationPayload, ChangeCapacityInput, ChangeCapacityPayload,
    ChangePartyInput, ChangePartyPayload, ConfirmOfferInput, ConfirmOfferPayload,
    DeclineOfferInput, DeclineOfferPayload, LeaveWaitlistInput, LeaveWaitlistPayload,
    PromoteNextInput, PromoteNextPayload, RegisterForEventInput, RegisterForEventPayload,
    RescheduleEventInput, RescheduleEventPayload, ScheduleEventInput, ScheduleEventPayload,
    SwitchWaitlistInput, SwitchWaitlistPayload, VenueInput,
};
use super::{RegistrationId, RegistrationKind, acts, schedule};
use crate::app::input::Call;
use crate::app::reply::{self, Settled};
use crate::desk::view;
use crate::event::mutations::{link, zone};
use crate::event::{Capacity, EventId, EventKind, Fold, Geo, Venue};

/// What may be commanded of desks.
#[derive(Default)]
pub struct DeskMutations;

/// What may be commanded.
#[Object]
impl DeskMutations {
    /// Sets time, place and capacity of an accepted event. Curators.
    async fn schedule_event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "When and where, and for how many.")] input: ScheduleEventInput,
    ) -> async_graphql::Result<ScheduleEventPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let zone = zone(&mut call, &input.time_zone)?;
        let venue = input.venue.as_ref().map(|venue| read_venue(&mut call, venue));
        let link = link(&mut call, "link", input.link.as_deref());
        let act = |_: &mut Call, event| schedule::ScheduleEvent {
            event,
            starts_at: input.starts_at.0,
            ends_at: input.ends_at.0,
            zone,
            fold: input.fold.map(Fold::from),
            venue,
            link,
            capacity: capacity(input.capacity),
            waitlist: input.waitlist,
            expected_version: input.expected_version,
        };
        let settled = call.give_about("eventId", &input.event_id, act).await?;
        ScheduleEventPayload::shown(settled).await
    }

    /// Gives a public event another time, place or capacity; everyone concerned hears. Curators.
    async fn reschedule_event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "When and where.")] input: RescheduleEventInput,
    ) -> async_graphql::Result<RescheduleEventPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        // What is not said stays as it is.
        let db = call.app().journal().db().clone();
        let known = crate::event::view::event(&db, &input.event_id).await.map_err(reply::fault)?;
        let named = input.time_zone.clone();
        let name = named.or_else(|| known.as_ref().and_then(|row| row.zone.clone()));
        let zone = zone(&mut call, name.as_deref().unwrap_or("UTC"))?;
        let venue = match &input.venue {
            Some(venue) => Some(read_venue(&mut call, venue)),
            None => known.as_ref().and_then(crate::event::view::EventRow::venue),
        };
        let link = match &input.link {
            Some(text) => link(&mut call, "link", Some(text)),
            None => known.and_then(|row| row.link),
        };
        let act = |_: &mut Call, event| schedule::RescheduleEvent {
            event,
            starts_at: input.starts_at.0,
            ends_at: input.ends_at.0,
            zone,
            fold: input.fold.map(Fold::from),
            venue,
            link,
            capacity: input.capacity.map(Capacity::Limited),
            expected_version: input.expected_version,
        };
        let settled = call.give_about("eventId", &input.event_id, act).await?;
        RescheduleEventPayload::shown(settled).await
    }

    /// Sets how many may come. Curators and organisers.
    async fn change_capacity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many.")] input: ChangeCapacityInput,
    ) -> async_graphql::Result<ChangeCapacityPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let ChangeCapacityInput { overbook, expected_version, .. } = input;
        let capacity = capacity(input.capacity);
        let act = |_: &mut Call, event| acts::ChangeCapacity {
            event,
            capacity,
            overbook,
            expected_version,
        };
        let settled = call.give_about("eventId", &input.event_id, act).await?;
        ChangeCapacityPayload::shown(settled).await
    }

    /// Lets people wait when it is full, or not. Curators and organisers.
    async fn switch_waitlist(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whether.")] input: SwitchWaitlistInput,
    ) -> async_graphql::Result<SwitchWaitlistPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let waitlist = input.waitlist;
        let act = |_: &mut Call, event| acts::SwitchWaitlist { event, waitlist };
        let settled = call.give_about("eventId", &input.event_id, act).await?;
        SwitchWaitlistPayload::shown(settled).await
    }

    /// Offers free places to who waits; freed places are offered by themselves. Staff.
    async fn promote_next(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose waitlist.")] input: PromoteNextInput,
    ) -> async_graphql::Result<PromoteNextPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, event| acts::PromoteNext { event };
        let settled = call.give_about("eventId", &input.event_id, act).await?;
        PromoteNextPayload::shown(settled).await
    }

    /// Asks for places at a public event: confirmed at once, or put on the waitlist. Everyone may.
    async fn register_for_event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who.")] input: RegisterForEventInput,
    ) -> async_graphql::Result<RegisterForEventPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let wish = Wish {
            event: &input.event_id,
            name: &input.name,
            email: &input.email,
            party_size: input.party_size,
            locale: input.locale.as_deref(),
            note: input.note.as_deref(),
        };
        let (call, hub, act) = wish.read(call).await?;
        let settled = call.give(Some(hub), act).await?;
        // Whoever registered may see what came of it.
        let registration = settled
            .load(|read, id| async move { Registration::of_bearer(&read, &id).await })
            .await?;
        Ok(RegisterForEventPayload::new(settled, registration))
    }

    /// Gives a registration back; the place goes to the first who waits and fits.
    async fn cancel_registration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: CancelRegistrationInput,
    ) -> async_graphql::Result<CancelRegistrationPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |Claim { event, registration, via_link }| acts::CancelRegistration {
            event,
            registration,
            via_link,
        };
        let (settled, registration) = claimed(call, input.named(), act).await?;
        Ok(CancelRegistrationPayload::new(settled, registration))
    }

    /// Takes the place that is offered. The instant the server received it decides.
    async fn confirm_offer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: ConfirmOfferInput,
    ) -> async_graphql::Result<ConfirmOfferPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |Claim { event, registration, via_link }| acts::ConfirmOffer {
            event,
            registration,
            via_link,
        };
        let (settled, registration) = claimed(call, input.named(), act).await?;
        Ok(ConfirmOfferPayload::new(settled, registration))
    }

    /// Leaves the place that is offered to the next.
    async fn decline_offer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: DeclineOfferInput,
    ) -> async_graphql::Result<DeclineOfferPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |Claim { event, registration, via_link }| acts::DeclineOffer {
            event,
            registration,
            via_link,
        };
        let (settled, registration) = claimed(call, input.named(), act).await?;
        Ok(DeclineOfferPayload::new(settled, registration))
    }

    /// Waits no longer.
    async fn leave_waitlist(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who.")] input: LeaveWaitlistInput,
    ) -> async_graphql::Result<LeaveWaitlistPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |Claim { event, registration, via_link }| acts::LeaveWaitlist {
            event,
            registration,
            via_link,
        };
        let (settled, registration) = claimed(call, input.named(), act).await?;
        Ok(LeaveWaitlistPayload::new(settled, registration))
    }

    /// Comes with more or fewer people. More need free places, and those who wait come first.
    async fn change_party(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and how many.")] input: ChangePartyInput,
    ) -> async_graphql::Result<ChangePartyPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let party_size = input.party_size;
        let act = |Claim { event, registration, via_link }| acts::ChangeParty {
            event,
            registration,
            party_size,
            via_link,
        };
        let (settled, registration) = claimed(call, input.named(), act).await?;
        Ok(ChangePartyPayload::new(settled, registration))
    }
}

fn capacity(places: Option<u32>) -> Capacity {
    places.map_or(Capacity::Unlimited, Capacity::Limited)
}

pub(crate) fn read_venue(call: &mut Call, venue: &VenueInput) -> Venue {
    let name = call.input().line("venue.name", &venue.name, 200);
    let mut line = |field: &str, text: &Option<String>| {
        call.input().optional_line(field, text.as_deref(), 200)
    };
    let (address, city) = (line("venue.address", &venue.address), line("venue.city", &venue.city));
    let geo = match (venue.latitude, venue.longitude) {
        (Some(latitude), Some(longitude)) if latitude.abs() <= 90.0 && longitude.abs() <= 180.0 => {
            Some(Geo { latitude, longitude })
        }
        (None, None) => None,
        _ => {
            let says = "a place has a latitude up to 90 and a longitude up to 180 degrees";
            call.input().fault(Refusal::new("INVALID_VALUE", says).at(&["venue", "latitude"]));
            None
        }
    };
    Venue { name, address, city, geo }
}

/// What somebody who wants to come has filled in.
pub(crate) struct Wish<'a> {
    /// The event's id.
    pub(crate) event: &'a str,
    /// Her name.
    pub(crate) name: &'a str,
    /// Where letters go.
    pub(crate) email: &'a str,
    /// How many people.
    pub(crate) party_size: u32,
    /// In which language she reads, if she says.
    pub(crate) locale: Option<&'a str>,
    /// What the host should know.
    pub(crate) note: Option<&'a str>,
}

impl Wish<'_> {
    /// Reads it: the act to give, and the hub to give it to. The same address is the same person.
    ///
    /// # Errors
    /// Faults of the database.
    pub(crate) async fn read(
        &self,
        mut call: Call,
    ) -> async_graphql::Result<(Call, HubId, acts::RegisterForEvent)> {
        let event = call.id::<EventKind>("eventId", self.event);
        let hub = call.hub_of("eventId", event).await?;
        let name = call.input().line("name", self.name, 200);
        let address = EmailAddress::parse(self.email).map_err(|cause| cause.to_string());
        let address = call.input().parse("email", "INVALID_ADDRESS", address);
        let note = call.input().prose("note", self.note, 1_000);
        let keys = call.app().journal().keys();
        let person = match &address {
            Some(address) => keys.person_of(address.as_str()).await.map_err(reply::fault)?,
            // The command is not given then.
            None => call.app().id(),
        };
        let email = address.map(|address| address.as_str().to_owned()).unwrap_or_default();
        let locale = self
            .locale
            .and_then(crate::text::Locale::parse)
            .unwrap_or(call.viewer().locale)
            .code()
            .to_owned();
        let act = acts::RegisterForEvent {
            event,
            registration: call.app().id(),
            person,
            name: Personal::new(person, name),
            email: Personal::new(person, email),
            party_size: self.party_size,
            locale,
            note: note.map(|note| Personal::new(person, note)),
        };
        Ok((call, hub, act))
    }
}

/// How a caller names a registration.
#[derive(Clone, Copy)]
pub(crate) struct Named<'a> {
    /// By its id.
    pub(crate) id: Option<&'a ID>,
    /// By its link.
    pub(crate) token: Option<&'a str>,
}

/// A registration somebody asks about, and how she came to it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim {
    /// The event.
    pub(crate) event: EventId,
    /// The registration.
    pub(crate) registration: RegistrationId,
    /// Whether she holds its link.
    pub(crate) via_link: bool,
}

/// Finds the registration that is meant, and the hub it belongs to; a token that is not genuine,
/// and an id nobody knows, are faults of the input.
///
/// # Errors
/// Faults of the database.
pub(crate) async fn claim(
    call: &mut Call,
    named: Named<'_>,
) -> async_graphql::Result<(Claim, HubId)> {
    let via_link = named.token.is_some();
    let id = match named {
        Named { token: Some(token), .. } => {
            let target = call.app().link_target(LINK, token).map(str::to_owned);
            target.unwrap_or_else(|| {
                let refusal = Refusal::new("INVALID_TOKEN", "this link is not genuine");
                call.input().fault(refusal.at(&["token"]));
                String::new()
            })
        }
        Named { id: Some(id), .. } => id.0.clone(),
        Named { id: None, token: None } => String::new(),
    };
    let field = if via_link { "token" } else { "registrationId" };
    let registration = call.id::<RegistrationKind>(field, &id);
    let hub = call.hub_of(field, registration).await?;
    let db = call.app().journal().db().clone();
    let row = view::registration(&db, &id).await.map_err(reply::fault)?;
    let event = row.map(|row| row.event).unwrap_or_default();
    Ok((Claim { event: call.id(field, &event), registration, via_link }, hub))
}

async fn claimed<A: Act>(
    mut call: Call,
    named: Named<'_>,
    act: impl FnOnce(Claim) -> A,
) -> async_graphql::Result<(Settled, Option<Registration>)> {
    let (claim, hub) = claim(&mut call, named).await?;
    let settled = call.give(Some(hub), act(claim)).await?;
    let registration = settled
        .load(|read, id| async move {
            if claim.via_link {
                Registration::of_bearer(&read, &id).await
            } else {
                Registration::load(&read, &id).await
            }
        })
        .await?;
    Ok((settled, registration))
}
