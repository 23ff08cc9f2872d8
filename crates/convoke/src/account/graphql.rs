//! Roles and tokens in the API. A token's secret is shown once, in the answer that issues it.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use graphql::Fault;
use kernel::{HubId, HubKind, PersonKind, Personal, Role as KernelRole};
use serde::Serialize;
use uuid::Uuid;

use super::acts::{GrantRole, IssueToken, RevokeRole, RevokeToken};
use super::decider::NewToken;
use super::view::{self, RoleRow, TokenRow};
use super::{TokenId, TokenKind};
use crate::app::access::issue_secret;
use crate::app::input::{Call, Meta, reader};
use crate::app::reply::{CommandReceipt, UserError};
use crate::app::{Reader, reply};
use crate::{input, payload};

/// What somebody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize)]
#[graphql(remote = "KernelRole")]
pub enum Role {
    /// Opens hubs and grants roles anywhere.
    NetworkAdmin,
    /// Leads one hub.
    HubAdmin,
    /// Owns issues and events, and decides.
    Curator,
    /// Looks after members and introduces them.
    Host,
    /// Runs hackathons.
    Organiser,
    /// Belongs to the hub: may propose and endorse.
    Member,
    /// Takes part in an event or a hackathon.
    Participant,
}

/// A role somebody holds.
#[derive(Clone, Debug, SimpleObject)]
pub struct RoleGrant {
    /// Who: a pseudonym.
    person_id: ID,
    /// Where; null for the whole network.
    hub_id: Option<ID>,
    /// What.
    role: Role,
    /// Since when.
    granted_at: DateTime<Utc>,
}

impl RoleGrant {
    fn of(row: RoleRow) -> Option<Self> {
        Some(Self {
            role: row.role.parse::<KernelRole>().ok()?.into(),
            person_id: ID(row.person),
            hub_id: (!row.hub.is_empty()).then_some(ID(row.hub)),
            granted_at: journal::instant(row.granted_at),
        })
    }
}

/// A token that acts for a person. Its secret is not kept and never shown again.
#[derive(Clone, Debug, SimpleObject)]
pub struct ApiToken {
    /// Its id.
    id: ID,
    /// For whom it acts.
    person_id: ID,
    /// Where; null for the whole network.
    hub_id: Option<ID>,
    /// As what.
    role: Role,
    /// What it is for.
    label: Option<String>,
    /// When it was issued.
    issued_at: DateTime<Utc>,
    /// When it ends by itself.
    expires_at: Option<DateTime<Utc>>,
    /// When it was revoked.
    revoked_at: Option<DateTime<Utc>>,
}

impl ApiToken {
    fn of(row: TokenRow) -> Option<Self> {
        Some(Self {
            role: row.role.parse::<KernelRole>().ok()?.into(),
            id: ID(row.id),
            person_id: ID(row.person),
            hub_id: row.hub.map(ID),
            label: row.label,
            issued_at: journal::instant(row.created_at),
            expires_at: row.expires_at.map(journal::instant),
            revoked_at: row.revoked_at.map(journal::instant),
        })
    }
}

/// Who may do what in a hub, as a part of the hub.
pub struct HubAccounts {
    /// Reads for this request.
    pub read: Reader,
    /// The hub.
    pub hub: HubId,
}

/// Who may do what in a hub.
#[Object]
impl HubAccounts {
    /// Who holds which role here; for hub admins, empty for others.
    async fn roles(&self) -> async_graphql::Result<Vec<RoleGrant>> {
        if !self.read.viewer().is_any(self.hub, &[KernelRole::HubAdmin]) {
            return Ok(Vec::new());
        }
        let rows = view::roles_in(self.read.db(), &self.hub.to_string()).await;
        Ok(rows.map_err(reply::fault)?.into_iter().filter_map(RoleGrant::of).collect())
    }

    /// The newest hundred tokens of this hub; for hub admins, empty for others.
    async fn tokens(&self) -> async_graphql::Result<Vec<ApiToken>> {
        if !self.read.viewer().is_any(self.hub, &[KernelRole::HubAdmin]) {
            return Ok(Vec::new());
        }
        let rows = view::tokens_in(self.read.db(), &self.hub.to_string()).await;
        Ok(rows.map_err(reply::fault)?.into_iter().filter_map(ApiToken::of).collect())
    }
}

/// What may be commanded of accounts.
#[derive(Default)]
pub struct AccountMutations;

input! {
    /// Which role to give.
    GrantRoleInput {
        /// Where; leave it out for a role of the whole network.
        hub_id: Option<ID>,
        /// Who gets it.
        person_id: ID,
        /// What.
        role: Role,
    }
}

input! {
    /// Which role to take.
    RevokeRoleInput {
        /// Where; leave it out for a role of the whole network.
        hub_id: Option<ID>,
        /// Who loses it.
        person_id: ID,
        /// What.
        role: Role,
    }
}

input! {
    /// Which token to issue.
    IssueTokenInput {
        /// Where it may act; leave it out for the whole network.
        hub_id: Option<ID>,
        /// For whom; a new pseudonym when missing.
        person_id: Option<ID>,
        /// As what.
        role: Role,
        /// What it is for, in your words.
        label: String,
        /// When it ends by itself; never when missing.
        expires_at: Option<DateTime<Utc>>,
    }
}

input! {
    /// Which token to end.
    RevokeTokenInput {
        /// The token.
        token_id: ID,
    }
}

payload! {
    /// What came of granting a role.
    GrantRolePayload {
        /// All the person's roles now.
        roles: Vec<RoleGrant>
    }
}
payload! {
    /// What came of revoking a role.
    RevokeRolePayload {
        /// All the person's roles now.
        roles: Vec<RoleGrant>
    }
}
payload! {
    /// What came of ending a token.
    RevokeTokenPayload {
        /// The token.
        token: ApiToken
    }
}

/// What came of issuing a token.
#[derive(SimpleObject)]
pub struct IssueTokenPayload {
    /// The token.
    token: Option<ApiToken>,
    /// What the bearer sends after `Authorization: Bearer`. Shown this once: a repeated command
    /// answers without it.
    secret: Option<String>,
    /// Why not; empty when the command was accepted.
    user_errors: Vec<UserError>,
    /// Proof of the accepted command; null when it was refused or a dry run.
    receipt: Option<CommandReceipt>,
}

/// What may be commanded.
#[Object]
impl AccountMutations {
    /// Gives a person a role: hub admins in their hub, network admins anywhere, nobody above
    /// her own.
    async fn grant_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role.")] input: GrantRoleInput,
    ) -> async_graphql::Result<GrantRolePayload> {
        let hub = hub_in(input.hub_id.as_ref());
        let mut call = speaking_for(ctx, &input.meta, &input, hub)?;
        let hub = place(&mut call, input.hub_id.as_ref()).await?;
        let person = call.id::<PersonKind>("personId", &input.person_id);
        let act = GrantRole { person, hub, role: input.role.into() };
        let settled = call.give(None, act).await?;
        let roles = settled.load(roles_of).await?;
        Ok(GrantRolePayload::new(settled, roles))
    }

    /// Takes a role from a person.
    async fn revoke_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role.")] input: RevokeRoleInput,
    ) -> async_graphql::Result<RevokeRolePayload> {
        let hub = hub_in(input.hub_id.as_ref());
        let mut call = speaking_for(ctx, &input.meta, &input, hub)?;
        let hub = place(&mut call, input.hub_id.as_ref()).await?;
        let person = call.id::<PersonKind>("personId", &input.person_id);
        let act = RevokeRole { person, hub, role: input.role.into() };
        let settled = call.give(None, act).await?;
        let roles = settled.load(roles_of).await?;
        Ok(RevokeRolePayload::new(settled, roles))
    }

    /// Issues an API token.
    async fn issue_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which token.")] input: IssueTokenInput,
    ) -> async_graphql::Result<IssueTokenPayload> {
        let hub = hub_in(input.hub_id.as_ref());
        let mut call = speaking_for(ctx, &input.meta, &input, hub)?;
        let hub = place(&mut call, input.hub_id.as_ref()).await?;
        let person = match &input.person_id {
            Some(person) => call.id::<PersonKind>("personId", person),
            None => call.app().id(),
        };
        let label = call.input().line("label", &input.label, 120);
        let token: TokenId = call.app().id();
        let secret = issue_secret(token, call.app().world().secret());
        let new = NewToken {
            token,
            secret_hash: secret.hash,
            hub,
            role: input.role.into(),
            label: Personal::new(person, label),
            expires_at: input.expires_at,
        };
        let settled = call.give(None, IssueToken { person, token: new }).await?;
        let token = settled.load(token_of).await?;
        let is_new = settled.receipt.as_ref().is_some_and(|receipt| !receipt.replayed);
        Ok(IssueTokenPayload {
            token,
            secret: is_new.then_some(secret.text),
            user_errors: settled.errors,
            receipt: settled.receipt,
        })
    }

    /// Ends an API token: an admin, or the person it acts for.
    async fn revoke_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which token.")] input: RevokeTokenInput,
    ) -> async_graphql::Result<RevokeTokenPayload> {
        let row = view::token(reader(ctx)?.db(), &input.token_id).await.map_err(reply::fault)?;
        let hub = row.as_ref().and_then(|row| row.hub.as_deref()?.parse().ok());
        let mut call = speaking_for(ctx, &input.meta, &input, hub)?;
        let token = call.id::<TokenKind>("tokenId", &input.token_id);
        let person = row.map(|row| ID(row.person)).unwrap_or_default();
        let person = call.id::<PersonKind>("tokenId", &person);
        let settled = call.give(None, RevokeToken { person, hub, token }).await?;
        let token = settled.load(token_of).await?;
        Ok(RevokeTokenPayload::new(settled, token))
    }
}

/// The hub named in an input, if one was.
async fn place(call: &mut Call, hub: Option<&ID>) -> async_graphql::Result<Option<HubId>> {
    let Some(hub) = hub else { return Ok(None) };
    let hub = call.id::<HubKind>("hubId", hub);
    call.hub_of("hubId", hub).await.map(Some)
}

/// Begins a command to the network's journal that speaks for a hub: whoever leads that hub may,
/// so her roles there count as if they were the network's, for this one command.
fn speaking_for(
    ctx: &Context<'_>,
    meta: &Meta,
    input: &impl Serialize,
    hub: Option<HubId>,
) -> async_graphql::Result<Call> {
    let id = meta.command_id.as_ref().map(|text| Uuid::parse_str(text)).transpose();
    let id = id.map_err(|_cause| Fault::bad_user_input("commandId is a UUID"))?;
    let mut viewer = reply::viewer(ctx)?;
    viewer.grants.retain(|grant| grant.hub.is_none() || grant.hub == hub);
    for grant in &mut viewer.grants {
        grant.hub = None;
    }
    Ok(Call::from_parts(reply::app(ctx)?, viewer, id, meta.dry_run, input))
}

fn hub_in(id: Option<&ID>) -> Option<HubId> {
    id.and_then(|id| HubId::parse(id).ok())
}

async fn roles_of(read: Reader, person: String) -> async_graphql::Result<Option<Vec<RoleGrant>>> {
    let rows = view::roles_of(read.db(), &person).await.map_err(reply::fault)?;
    Ok(Some(rows.into_iter().filter_map(RoleGrant::of).collect()))
}

async fn token_of(read: Reader, id: String) -> async_graphql::Result<Option<ApiToken>> {
    Ok(view::token(read.db(), &id).await.map_err(reply::fault)?.and_then(ApiToken::of))
}
