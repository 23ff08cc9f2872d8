//! The commands of following in the API.

use async_graphql::{Context, ID, Object};
use kernel::{HubId, PersonId, Personal, Refusal, Zone};
use mail::EmailAddress;

use super::acts;
use super::page::meant;
use crate::app::input::Call;
use crate::app::{Viewer, reply};
use crate::issue::graphql::Issue;
use crate::issue::{IssueId, IssueKind};
use crate::text::Locale;
use crate::{input, payloads};

input! {
    /// What to follow, and where to write.
    FollowIssueInput {
        /// Which issue.
        issue_id: ID,
        /// Where the weekly mail goes. Unless it is your own confirmed address, it is asked first.
        email: String,
        /// In which language; yours when nothing is said.
        locale: Option<String>,
        /// On whose Monday: an IANA zone; the hub's when nothing is said.
        time_zone: Option<String>,
    }
    /// The link of the mail that asks.
    ConfirmFollowInput {
        /// What the link holds behind `/follow/`.
        token: String,
    }
    /// What to follow no more.
    UnfollowIssueInput {
        /// What the link of a mail holds behind `/follow/`.
        token: Option<String>,
        /// Instead of the token, signed in: which issue.
        issue_id: Option<ID>,
    }
}
payloads! {
    /// The issue.
    issue: Issue;
    /// What came of asking to follow. It does not say whether the address follows already.
    FollowIssuePayload,
    /// What came of saying yes.
    ConfirmFollowPayload,
    /// What came of it.
    UnfollowIssuePayload
}

/// What may be commanded of following.
#[derive(Default)]
pub struct FollowMutations;

/// What may be commanded.
#[Object]
impl FollowMutations {
    /// Follows an issue by mail: a summary each Monday in which something happened. Anyone may;
    /// the address is asked first.
    async fn follow_issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What, and where to write.")] input: FollowIssueInput,
    ) -> async_graphql::Result<FollowIssuePayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let issue = call.id::<IssueKind>("issueId", &input.issue_id);
        let hub = call.hub_of("issueId", issue).await?;
        let wish = Wish {
            issue,
            email: &input.email,
            locale: input.locale.as_deref(),
            zone: input.time_zone.as_deref(),
        };
        let (call, act) = wish.read(call, hub).await?;
        FollowIssuePayload::shown(call.give(Some(hub), act).await?).await
    }

    /// Says yes to following an issue: whoever holds the link of the mail that asks.
    async fn confirm_follow(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The link.")] input: ConfirmFollowInput,
    ) -> async_graphql::Result<ConfirmFollowPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let (call, (hub, issue, person)) = bearer(ctx, call, &input.token)?;
        let act = acts::ConfirmFollow { issue, person };
        ConfirmFollowPayload::shown(call.give(Some(hub), act).await?).await
    }

    /// Follows an issue no more: by the link of a mail, or signed in.
    async fn unfollow_issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What.")] input: UnfollowIssueInput,
    ) -> async_graphql::Result<UnfollowIssuePayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let (call, (hub, issue, person)) = if let Some(token) = &input.token {
            bearer(ctx, call, token)?
        } else {
            let id = input.issue_id.as_ref().map(|id| id.0.clone()).unwrap_or_default();
            let issue = call.id::<IssueKind>("issueId", &id);
            let hub = call.hub_of("issueId", issue).await?;
            let person = call.viewer().person.unwrap_or_else(nobody);
            (call, (hub, issue, person))
        };
        let act = acts::UnfollowIssue { issue, person };
        UnfollowIssuePayload::shown(call.give(Some(hub), act).await?).await
    }
}

fn nobody() -> PersonId {
    PersonId::new(uuid::Uuid::nil())
}

/// The command as given by whoever holds a link; the link lets her say this and nothing else.
fn bearer(
    ctx: &Context<'_>,
    mut call: Call,
    token: &str,
) -> async_graphql::Result<(Call, (HubId, IssueId, PersonId))> {
    let Some((hub, issue, person)) = meant(call.app(), token) else {
        let refusal = Refusal::new("INVALID_TOKEN", "this link is not genuine");
        call.input().fault(refusal.at(&["token"]));
        let nothing = uuid::Uuid::nil();
        return Ok((call, (HubId::new(nothing), IssueId::new(nothing), nobody())));
    };
    let locale = reply::viewer(ctx)?.locale;
    let viewer = Viewer { person: Some(person), ..Viewer::visitor(locale) };
    Ok((call.acting_as(viewer), (hub, issue, person)))
}

/// A wish to follow, as somebody gave it: in the API or on the issue's page.
pub(crate) struct Wish<'a> {
    /// Which issue.
    pub(crate) issue: IssueId,
    /// Where to write.
    pub(crate) email: &'a str,
    /// In which language.
    pub(crate) locale: Option<&'a str>,
    /// On whose Monday.
    pub(crate) zone: Option<&'a str>,
}

impl Wish<'_> {
    /// Reads it: the act to give.
    ///
    /// # Errors
    /// Faults of the database.
    pub(crate) async fn read(
        &self,
        mut call: Call,
        hub: HubId,
    ) -> async_graphql::Result<(Call, acts::FollowIssue)> {
        let address = EmailAddress::parse(self.email).map_err(|cause| cause.to_string());
        let address = call.input().parse("email", "INVALID_ADDRESS", address);
        let address = address.map(|address| address.as_str().to_owned()).unwrap_or_default();
        let db = call.app().journal().db().clone();
        let row = crate::network::view::hub(&db, &hub.to_string()).await.map_err(reply::fault)?;
        let own = row.and_then(|row| Zone::parse(&row.zone));
        let zone = match self.zone {
            Some(name) => Some(crate::event::mutations::zone(&mut call, name)?),
            None => own,
        };
        let person = if address.is_empty() {
            call.app().id()
        } else {
            call.app().journal().keys().person_of(&address).await.map_err(reply::fault)?
        };
        let proven = call.viewer().person == Some(person)
            && is_confirmed(&db, &hub.to_string(), &person.to_string()).await?;
        let locale = self.locale.and_then(Locale::parse).unwrap_or(call.viewer().locale);
        let act = acts::FollowIssue {
            issue: self.issue,
            person,
            email: Personal::new(person, address),
            locale: locale.code().to_owned(),
            zone: zone.unwrap_or_default(),
            proven,
        };
        Ok((call, act))
    }
}

/// Whether somebody is in the registry of a hub with an address she has confirmed.
async fn is_confirmed(db: &journal::Db, hub: &str, person: &str) -> async_graphql::Result<bool> {
    use crate::stakeholder::view;
    let contact = view::contact(db, hub, person).await.map_err(reply::fault)?;
    let Some(contact) = contact else { return Ok(false) };
    let row = view::stakeholder(db, &contact.stakeholder).await.map_err(reply::fault)?;
    Ok(row.is_some_and(|row| row.confirmed && row.person == person))
}
