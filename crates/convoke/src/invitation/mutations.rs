//! The commands of invitations in the API.

use std::collections::HashMap;

use async_graphql::{Context, ID, Object};
use kernel::{HubId, PersonId, Personal, Refusal};

use super::graphql::{Invitation, LINK, Rsvp};
use super::view::{self, InvitationRow};
use super::{Guest, InvitationKind, Via, acts, gather};
use crate::app::input::Call;
use crate::app::reply;
use crate::event::graphql::Event;
use crate::event::{EventId, EventKind};
use crate::issue::StakeholderKind;
use crate::stakeholder::view::{StakeholderRow, stakeholder, stakeholders_by_id};
use crate::{input, payload, payloads};

/// Guests in one command; more take several.
const GUESTS_MAX: usize = 200;

input! {
    /// Whom to invite.
    InviteStakeholdersInput {
        /// To what.
        event_id: ID,
        /// Whom, at most 200. Who was invited before is left alone.
        stakeholder_ids: Vec<ID>,
        /// Why they, in a sentence they may read; without one each is told what the mix says.
        reason: Option<String>,
    }
}
payloads! {
    /// The event, with its invitations.
    event: Event;
    /// What came of inviting.
    InviteStakeholdersPayload
}

input! {
    /// Whom to ask again.
    ReinviteStakeholderInput {
        /// To what.
        event_id: ID,
        /// Whom.
        stakeholder_id: ID,
        /// Why, in a sentence she may read.
        reason: Option<String>,
    }
}
payloads! {
    /// The new generation.
    invitation: Invitation;
    /// What came of asking again.
    ReinviteStakeholderPayload
}

input! {
    /// Whose invitation to take back.
    RevokeInvitationInput {
        /// The invitation.
        invitation_id: ID,
    }
}
payloads! {
    /// The invitation.
    invitation: Invitation;
    /// What came of taking it back.
    RevokeInvitationPayload
}

input! {
    /// An answer to an invitation.
    AnswerInvitationInput {
        /// What the link in the letter holds behind `/i/`.
        token: Option<String>,
        /// Instead of the token: the invitation, of yourself, or of anybody for the hub's staff.
        invitation_id: Option<ID>,
        /// The answer. `ACCEPTED` takes a place, anything else gives it back.
        answer: Rsvp,
        /// How many people come, herself included.
        #[graphql(default = 1)]
        party_size: u32,
        /// Do not ask again for this event.
        #[graphql(default = false)]
        stop: bool,
    }
}
payload! {
    /// What came of answering.
    AnswerInvitationPayload {
        /// The invitation.
        invitation: Invitation
    }
}

/// What may be commanded of invitations.
#[derive(Default)]
pub struct InvitationMutations;

/// What may be commanded.
#[Object]
impl InvitationMutations {
    /// Invites stakeholders to a public event: each gets one letter in her language, with a
    /// calendar invitation. Staff.
    async fn invite_stakeholders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom.")] input: InviteStakeholdersInput,
    ) -> async_graphql::Result<InviteStakeholdersPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let event = call.id::<EventKind>("eventId", &input.event_id);
        let hub = call.hub_of("eventId", event).await?;
        let ids = call.ids::<StakeholderKind>("stakeholderIds", &input.stakeholder_ids);
        if ids.len() > GUESTS_MAX {
            let says = format!("{} guests at once; {GUESTS_MAX} are allowed", ids.len());
            let refusal = Refusal::new("TOO_MANY", says).at(&["stakeholderIds"]);
            let refusal = refusal.with("field", "stakeholderIds").with("max", GUESTS_MAX);
            call.input().fault(refusal.with("length", ids.len()));
        }
        let ids: Vec<String> = ids.iter().take(GUESTS_MAX).map(ToString::to_string).collect();
        let reason = call.input().optional_line("reason", input.reason.as_deref(), 500);
        let guests = guests(&mut call, hub, event, &ids, reason).await?;
        let act = acts::InviteStakeholders { event, guests };
        InviteStakeholdersPayload::shown(call.give(Some(hub), act).await?).await
    }

    /// Asks somebody again who declined, did not answer, or whose invitation was taken back. Staff.
    async fn reinvite_stakeholder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom.")] input: ReinviteStakeholderInput,
    ) -> async_graphql::Result<ReinviteStakeholderPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let event = call.id::<EventKind>("eventId", &input.event_id);
        let hub = call.hub_of("eventId", event).await?;
        let whom = call.id::<StakeholderKind>("stakeholderId", &input.stakeholder_id);
        let reason = call.input().optional_line("reason", input.reason.as_deref(), 500);
        let guests = guests(&mut call, hub, event, &[whom.to_string()], reason).await?;
        let stranger = || Guest {
            invitation: call.app().id(),
            stakeholder: whom,
            person: call.app().id(),
            reason: Personal { of: call.app().id(), value: None },
        };
        // Who is nobody is a fault by now; the command is not given then.
        let guest = guests.into_iter().next().unwrap_or_else(stranger);
        let act = acts::Reinvite { event, guest };
        ReinviteStakeholderPayload::shown(call.give(Some(hub), act).await?).await
    }

    /// Takes an invitation back; the place goes with it. Staff.
    async fn revoke_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: RevokeInvitationInput,
    ) -> async_graphql::Result<RevokeInvitationPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let (asked, hub) = find(&mut call, "invitationId", &input.invitation_id).await?;
        let Asked { event, stakeholder, .. } = asked;
        let act = acts::RevokeInvitation { event, stakeholder };
        RevokeInvitationPayload::shown(call.give(Some(hub), act).await?).await
    }

    /// Answers an invitation: by the token of the link, signed in, or as a host for somebody.
    async fn answer_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answer.")] input: AnswerInvitationInput,
    ) -> async_graphql::Result<AnswerInvitationPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let reply = Reply {
            token: input.token.as_deref(),
            invitation: input.invitation_id.as_ref(),
            answer: input.answer,
            party_size: input.party_size,
            stop: input.stop,
        };
        let (call, hub, act) = reply.read(call).await?;
        let by_token = input.token.is_some();
        let settled = call.give(Some(hub), act).await?;
        let invitation = settled
            .load(|read, id| async move {
                if by_token {
                    Invitation::of_bearer(&read, &id).await
                } else {
                    Invitation::load(&read, &id).await
                }
            })
            .await?;
        Ok(AnswerInvitationPayload::new(settled, invitation))
    }
}

/// The guests of these ids with a reason for each; an id of nobody in this hub is a fault.
pub(crate) async fn guests(
    call: &mut Call,
    hub: HubId,
    event: EventId,
    ids: &[String],
    reason: Option<String>,
) -> async_graphql::Result<Vec<Guest>> {
    let db = call.app().journal().db().clone();
    let mut rows = stakeholders_by_id(&db, ids).await.map_err(reply::fault)?;
    rows.retain(|row| row.journal == hub.to_string() && row.merged_into.is_none());
    if let Some(unknown) = ids.iter().find(|id| !rows.iter().any(|row| row.id == **id)) {
        let says = format!("{unknown} is nobody in this hub");
        let refusal = Refusal::new("UNKNOWN_ID", says).at(&["stakeholderIds"]);
        call.input().fault(refusal.with("name", "stakeholderIds"));
    }
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    let said = match reason {
        Some(reason) => rows.iter().map(|row| (row.id.clone(), reason.clone())).collect(),
        None => reasons(call, event, &rows).await?,
    };
    let guest = |row: &StakeholderRow| {
        let person = call.id("stakeholderIds", &row.person);
        let reason = said.get(&row.id).cloned().unwrap_or_default();
        Guest {
            invitation: call.app().id(),
            stakeholder: call.id("stakeholderIds", &row.id),
            person,
            reason: Personal::new(person, reason),
        }
    };
    Ok(rows.iter().map(guest).collect())
}

/// Why each of these, by its id and in its own language: what the mix says first.
async fn reasons(
    call: &Call,
    event: EventId,
    rows: &[StakeholderRow],
) -> async_graphql::Result<HashMap<String, String>> {
    let read = call.app().reader(call.viewer().clone());
    let about = crate::event::view::event(read.db(), &event.to_string()).await;
    let Some(about) = about.map_err(reply::fault)? else { return Ok(HashMap::new()) };
    gather::reasons(&read, &about, rows).await
}

/// What an invitation's row says, as ids.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// To what.
    pub(crate) event: EventId,
    /// As which stakeholder.
    pub(crate) stakeholder: crate::issue::StakeholderId,
    /// Who answers for it.
    pub(crate) person: PersonId,
}

/// The invitation that is meant, and its hub; an id nobody knows is a fault of the input.
async fn find(call: &mut Call, field: &str, id: &str) -> async_graphql::Result<(Asked, HubId)> {
    let invitation = call.id::<InvitationKind>(field, id);
    let hub = call.hub_of(field, invitation).await?;
    let db = call.app().journal().db().clone();
    let row = view::invitation(&db, id).await.map_err(reply::fault)?;
    let text =
        |of: fn(&InvitationRow) -> &String| row.as_ref().map(of).cloned().unwrap_or_default();
    let asked = Asked {
        event: call.id(field, &text(|row| &row.event)),
        stakeholder: call.id(field, &text(|row| &row.stakeholder)),
        person: call.id(field, &text(|row| &row.person)),
    };
    Ok((asked, hub))
}

/// An answer as somebody gave it: by the link, or signed in.
pub(crate) struct Reply<'a> {
    /// The link's token.
    pub(crate) token: Option<&'a str>,
    /// Instead: the invitation's id.
    pub(crate) invitation: Option<&'a ID>,
    /// The answer.
    pub(crate) answer: Rsvp,
    /// How many people come.
    pub(crate) party_size: u32,
    /// Not to be asked again.
    pub(crate) stop: bool,
}

impl Reply<'_> {
    /// Reads it: the act to give, and the hub to give it to.
    ///
    /// # Errors
    /// Faults of the database.
    pub(crate) async fn read(
        &self,
        mut call: Call,
    ) -> async_graphql::Result<(Call, HubId, acts::AnswerInvitation)> {
        let (field, id) = match (self.token, self.invitation) {
            (Some(token), _) => {
                let target = call.app().link_target(LINK, token).map(str::to_owned);
                if target.is_none() {
                    let refusal = Refusal::new("INVALID_TOKEN", "this link is not genuine");
                    call.input().fault(refusal.at(&["token"]));
                }
                ("token", target.unwrap_or_default())
            }
            (None, Some(id)) => ("invitationId", id.0.clone()),
            (None, None) => ("token", String::new()),
        };
        let (asked, hub) = find(&mut call, field, &id).await?;
        let Asked { event, stakeholder: who, person } = asked;
        let via = match (self.token, call.viewer().person) {
            (Some(_), _) => Via::Link,
            (None, Some(own)) if own == person => Via::Api,
            (None, _) => Via::Host,
        };
        let db = call.app().journal().db().clone();
        let guest = stakeholder(&db, &who.to_string()).await.map_err(reply::fault)?;
        let (name, email, locale) =
            guest.map(|row| (row.name, row.email, row.locale)).unwrap_or_default();
        let act = acts::AnswerInvitation {
            event,
            stakeholder: who,
            person,
            answer: self.answer.into(),
            registration: call.app().id(),
            via,
            sequence: None,
            stamped_at: None,
            stop: self.stop,
            name: Personal { of: person, value: name },
            email: Personal { of: person, value: email },
            locale,
            party_size: self.party_size,
        };
        Ok((call, hub, act))
    }
}
