//! What a curator may do with what guests ask for, in the API.

use async_graphql::{Context, ID, Object};
use kernel::{HubId, PersonId, PersonKind, Personal};

use super::acts::{DeclineProposedTime, TakeProposedTime};
use super::attendance::{AcceptAttendance, DeclineAttendance, stream_of_request};
use super::graphql::{AttendanceRequest, ProposedTime};
use super::view;
use crate::app::input::Call;
use crate::app::reply;
use crate::desk::RegistrationKind;
use crate::event::graphql::Event;
use crate::event::{EventId, EventKind};
use crate::invitation::InvitationKind;
use crate::stakeholder::{self, graphql::Kind};
use crate::{input, payload, payloads};

input! {
    /// Which proposal to take.
    AcceptProposedTimeInput {
        /// The guest's invitation or registration.
        guest_id: ID,
        /// The proposal's number among hers.
        number: i32,
    }
}
payload! {
    /// What came of it.
    AcceptProposedTimePayload {
        /// The event, at its new time.
        event: Event
    }
}

input! {
    /// Which proposal not to take.
    DeclineProposedTimeInput {
        /// The guest's invitation or registration.
        guest_id: ID,
        /// The proposal's number among hers.
        number: i32,
        /// Why, for her to read; at most 400 characters.
        why: Option<String>,
    }
}
payload! {
    /// What came of it.
    DeclineProposedTimePayload {
        /// The proposal.
        proposed_time: ProposedTime
    }
}

input! {
    /// Whom to invite, of those who asked to come.
    AcceptRequestToAttendInput {
        /// To what.
        event_id: ID,
        /// Whom.
        person_id: ID,
        /// What to call her in the registry, when she is not in it yet; what her calendar calls
        /// her, when nothing is said.
        name: Option<String>,
        /// What sort of stakeholder she is, when she is not in the registry yet.
        kind: Option<Kind>,
        /// Why she is asked, in a sentence she may read.
        reason: Option<String>,
    }
    /// Whom not to invite, of those who asked to come.
    DeclineRequestToAttendInput {
        /// To what.
        event_id: ID,
        /// Whom.
        person_id: ID,
        /// Whether a letter tells her; without it she hears nothing.
        #[graphql(default = false)]
        tell: bool,
    }
}
payloads! {
    /// The request.
    request: AttendanceRequest;
    /// What came of it.
    AcceptRequestToAttendPayload,
    /// What came of it.
    DeclineRequestToAttendPayload
}

/// What may be commanded.
#[derive(Default)]
pub struct AskingMutations;

/// What may be commanded.
#[Object]
impl AskingMutations {
    /// Moves the event to the time a guest proposed: everybody is asked again, as after any move.
    /// Curators.
    async fn accept_proposed_time(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: AcceptProposedTimeInput,
    ) -> async_graphql::Result<AcceptProposedTimePayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let (hub, act) = take(&mut call, &input.guest_id, input.number).await?;
        let settled = call.give(Some(hub), act).await?;
        let number = numbered(input.number);
        let guest = input.guest_id.0;
        let event = settled
            .load(|read, _about| async move {
                let row = view::proposal(read.db(), &guest, number).await.map_err(reply::fault)?;
                match row {
                    Some(row) => Event::load(&read, &row.event).await,
                    None => Ok(None),
                }
            })
            .await?;
        Ok(AcceptProposedTimePayload::new(settled, event))
    }

    /// Leaves the event when it is; the guest's calendar is told, with your words. Curators.
    async fn decline_proposed_time(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: DeclineProposedTimeInput,
    ) -> async_graphql::Result<DeclineProposedTimePayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let why = input.why.as_deref();
        let (hub, act) = leave(&mut call, &input.guest_id, input.number, why).await?;
        let settled = call.give(Some(hub), act).await?;
        let number = numbered(input.number);
        let guest = input.guest_id.0;
        let proposed = settled
            .load(|read, _about| async move {
                let row = view::proposal(read.db(), &guest, number).await.map_err(reply::fault)?;
                Ok(row.map(|row| ProposedTime::new(&read, row)))
            })
            .await?;
        Ok(DeclineProposedTimePayload::new(settled, proposed))
    }

    /// Invites somebody who asked to come. She gets the ordinary invitation; who is not in the
    /// registry yet is noted there. Staff.
    async fn accept_request_to_attend(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom.")] input: AcceptRequestToAttendInput,
    ) -> async_graphql::Result<AcceptRequestToAttendPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let wanted = Wanted {
            event: &input.event_id,
            person: &input.person_id,
            name: input.name.as_deref(),
            kind: input.kind.map_or(stakeholder::Kind::CommunityGroup, stakeholder::Kind::from),
            reason: input.reason.as_deref(),
        };
        let (hub, act) = wanted.read(&mut call).await?;
        AcceptRequestToAttendPayload::shown(call.give(Some(hub), act).await?).await
    }

    /// Does not invite somebody who asked to come. Staff.
    async fn decline_request_to_attend(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom.")] input: DeclineRequestToAttendInput,
    ) -> async_graphql::Result<DeclineRequestToAttendPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let (hub, event, person) = whom(&mut call, &input.event_id, &input.person_id).await?;
        let act = DeclineAttendance { event, person, tell: input.tell };
        DeclineRequestToAttendPayload::shown(call.give(Some(hub), act).await?).await
    }
}

/// A number of a proposal; none has the number 0.
pub(super) fn numbered(number: i32) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

/// The hub of a guest's invitation or registration.
async fn hub_of(call: &mut Call, guest: &str) -> async_graphql::Result<HubId> {
    if guest.starts_with("registration_") {
        let id = call.id::<RegistrationKind>("guestId", guest);
        return call.hub_of("guestId", id).await;
    }
    let id = call.id::<InvitationKind>("guestId", guest);
    call.hub_of("guestId", id).await
}

/// What takes a proposed time, and where; also for the page.
pub(super) async fn take(
    call: &mut Call,
    guest: &str,
    number: i32,
) -> async_graphql::Result<(HubId, TakeProposedTime)> {
    let hub = hub_of(call, guest).await?;
    Ok((hub, TakeProposedTime { guest: guest.to_owned(), proposal: numbered(number) }))
}

/// What does not take it, and where; also for the page.
pub(super) async fn leave(
    call: &mut Call,
    guest: &str,
    number: i32,
    why: Option<&str>,
) -> async_graphql::Result<(HubId, DeclineProposedTime)> {
    let hub = hub_of(call, guest).await?;
    let why = call.input().optional_line("why", why, 400).map(|why| call.own(why));
    let proposal = numbered(number);
    Ok((hub, DeclineProposedTime { guest: guest.to_owned(), proposal, why }))
}

/// The hub, the event and the person of a request; also for the page.
pub(super) async fn whom(
    call: &mut Call,
    event: &str,
    person: &str,
) -> async_graphql::Result<(HubId, EventId, PersonId)> {
    let event = call.id::<EventKind>("eventId", event);
    let hub = call.hub_of("eventId", event).await?;
    let person = call.id::<PersonKind>("personId", person);
    Ok((hub, event, person))
}

/// Somebody to invite who asked to come.
pub(super) struct Wanted<'a> {
    /// To what.
    pub(super) event: &'a str,
    /// Whom.
    pub(super) person: &'a str,
    /// What to call her.
    pub(super) name: Option<&'a str>,
    /// What sort she is.
    pub(super) kind: stakeholder::Kind,
    /// Why she.
    pub(super) reason: Option<&'a str>,
}

impl Wanted<'_> {
    /// The act that invites her, and where to give it.
    ///
    /// # Errors
    /// Faults of the database.
    pub(super) async fn read(
        self,
        call: &mut Call,
    ) -> async_graphql::Result<(HubId, AcceptAttendance)> {
        let (hub, event, person) = whom(call, self.event, self.person).await?;
        let name = call.input().optional_line("name", self.name, 160);
        let reason = call.input().optional_line("reason", self.reason, 500);
        let db = call.app().journal().db().clone();
        let id = stream_of_request(event, person);
        let rows = view::attendances_by_id(&db, &[id]).await.map_err(reply::fault)?;
        let row = rows.into_iter().next();
        let email = row.as_ref().and_then(|row| row.email.clone());
        // Somebody must be called something: what stands before the @, when nothing else is known.
        let called = name.or_else(|| row.and_then(|row| row.name)).or_else(|| {
            email.as_ref().and_then(|email| email.split('@').next()).map(str::to_owned)
        });
        let hubs = [hub.to_string()];
        let hubs = crate::network::view::hubs_by_id(&db, &hubs).await.map_err(reply::fault)?;
        let locale = hubs.first().and_then(|hub| hub.locales().into_iter().next());
        let act = AcceptAttendance {
            hub,
            event,
            person,
            stakeholder: call.app().id(),
            kind: self.kind,
            name: Personal { of: person, value: called },
            email: Personal { of: person, value: email },
            locale: locale.unwrap_or_else(|| "en".to_owned()),
            invitation: call.app().id(),
            reason: Personal::new(person, reason.unwrap_or_default()),
        };
        Ok((hub, act))
    }
}
