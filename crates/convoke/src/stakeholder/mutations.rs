//! Commands about stakeholders in the API.

use async_graphql::{Context, ID, Object};
use chrono::NaiveDate;
use kernel::{HubId, HubKind, PersonId, PersonKind, Personal, Refusal};
use mail::EmailAddress;
use uuid::Uuid;

use super::acts::{
    ChangeStakeholderProfile, DeclareNeed, DeclareRelation, EndRelation, MakeOffer,
    PauseStakeholder, ResumeStakeholder, SetLanguage, SetVisibility, VerifyStakeholder,
    WithdrawNeed, WithdrawOffer,
};
use super::address::RequestEmailChange;
use super::endorse::{EndorseIssue, WithdrawEndorsement};
use super::fact;
use super::graphql::Stakeholder;
use super::inputs::{
    ChangeEmailInput, ChangeEmailPayload, ChangeStakeholderProfileInput,
    ChangeStakeholderProfilePayload, ConfirmEmailInput, ConfirmEmailPayload, DeclareNeedInput,
    DeclareNeedPayload, DeclareRelationInput, DeclareRelationPayload, EndRelationInput,
    EndRelationPayload, EndorseIssueInput, EndorseIssuePayload, ErasePersonInput,
    ErasePersonPayload, MakeOfferInput, MakeOfferPayload, MergeStakeholderInput,
    MergeStakeholderPayload, PauseStakeholderInput, PauseStakeholderPayload,
    RegisterStakeholderInput, RegisterStakeholderPayload, ResumeStakeholderInput,
    ResumeStakeholderPayload, SetLanguageInput, SetLanguagePayload, SetVisibilityInput,
    SetVisibilityPayload, VerifyStakeholderInput, VerifyStakeholderPayload,
    WithdrawEndorsementInput, WithdrawEndorsementPayload, WithdrawNeedInput, WithdrawNeedPayload,
    WithdrawOfferInput, WithdrawOfferPayload,
};
use super::register::{ConfirmEmail, ErasePerson, MergeStakeholder, RegisterStakeholder};
use super::{StakeholderKind, link, upload};
use crate::app::input::{Call, reader};
use crate::app::{Reader, Viewer, reply};
use crate::issue::IssueKind;
use crate::network::view::HubRow;

/// Characters of a name.
const NAME_MAX: usize = 200;
/// Characters of a self-description.
const ABOUT_MAX: usize = 4_000;
/// Characters of an offer or a need.
const WHAT_MAX: usize = 200;
/// Offers, needs, tags or issues named at once.
const LIST_MAX: usize = 20;

/// What was just registered, for who registered it: she came without an account and sees what she
/// said once, in the answer.
async fn own(read: Reader, id: String) -> async_graphql::Result<Option<Stakeholder>> {
    let row = super::view::stakeholder(read.db(), &id).await.map_err(reply::fault)?;
    Ok(row.map(|row| Stakeholder { read, row }))
}

/// The lines of a list; too many are a fault.
fn lines(call: &mut Call, field: &str, texts: &[String], max: usize) -> Vec<String> {
    let count = texts.len();
    if count > LIST_MAX {
        let refusal = Refusal::new("TOO_MANY", format!("{count} are too many")).at(&[field]);
        let refusal = refusal.with("field", field).with("max", LIST_MAX).with("length", count);
        call.input().fault(refusal);
    }
    let mut read = Vec::new();
    for text in texts.iter().take(LIST_MAX) {
        read.extend(call.input().optional_line(field, Some(text), max));
    }
    read
}

fn day(call: &mut Call, field: &str, text: Option<&String>) -> Option<NaiveDate> {
    let text = text?;
    let day = text.trim().parse::<NaiveDate>();
    let day = day.map_err(|_cause| format!("“{text}” is no date such as 2026-12-24"));
    call.input().parse(field, "INVALID_DATE", day)
}

/// A number of an offer or a need; none has the number 0.
fn numbered(number: i32) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

/// Builds the command that registers what was filled in, in GraphQL or in a form.
///
/// # Errors
/// When the keys, which know whose an address is, are out of reach.
pub(super) async fn registration(
    call: &mut Call,
    hub: HubId,
    place: Option<&HubRow>,
    input: &RegisterStakeholderInput,
) -> async_graphql::Result<RegisterStakeholder> {
    let texts = call.input();
    let name = texts.line("name", &input.name, NAME_MAX);
    let about = texts.prose("about", input.about.as_deref(), ABOUT_MAX);
    let city = texts.optional_line("city", input.city.as_deref(), 120);
    let region = texts.optional_line("region", input.region.as_deref(), 120);
    let country = texts.optional_line("country", input.country.as_deref(), 120);
    let website = texts.optional_line("website", input.website.as_deref(), 500);
    let email = texts.optional_line("email", input.email.as_deref(), 254);
    let email = email.and_then(|text| {
        let address = EmailAddress::parse(&text).map_err(|fault| fault.to_string());
        texts.parse("email", "INVALID_ADDRESS", address)
    });
    let person = match &email {
        None => None,
        Some(email) => {
            let keys = call.app().journal().keys();
            Some(keys.person_of(&email.folded()).await.map_err(reply::fault)?)
        }
    };
    // Without an address nothing else would lead to her: the entry belongs to a fresh pseudonym.
    let owner: PersonId = person.unwrap_or_else(|| call.app().id());
    let personal = |text: String| Personal::new(owner, text);
    let stakeholder = match &input.stakeholder_id {
        Some(id) if call.viewer().is_staff(hub) => call.id::<StakeholderKind>("stakeholderId", id),
        _ => call.app().id(),
    };
    let own = place.and_then(|hub| hub.locales().into_iter().next());
    let locale = input.locale.clone().or(own).unwrap_or_else(|| "en".to_owned());
    Ok(RegisterStakeholder {
        hub,
        stakeholder,
        person,
        kind: input.kind.into(),
        name: personal(name),
        email: email.map(|email| personal(email.as_str().to_owned())),
        locale,
        about: about.map(personal),
        city,
        region,
        country,
        website,
        tags: lines(call, "tags", &input.tags, 60),
        offers: lines(call, "offers", &input.offers, WHAT_MAX),
        needs: lines(call, "needs", &input.needs, WHAT_MAX),
        issues: call.ids::<IssueKind>("issueIds", &input.issue_ids),
        consent: input.consent,
        prospect: input.prospect,
    })
}

/// What may be commanded of the registry.
#[derive(Default)]
pub struct StakeholderMutations;

/// What may be commanded.
#[Object]
impl StakeholderMutations {
    /// Registers a stakeholder: anyone herself; hosts and curators note prospects. The address
    /// gets a mail with a link that proves it.
    async fn register_stakeholder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who.")] input: RegisterStakeholderInput,
    ) -> async_graphql::Result<RegisterStakeholderPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let hub = call.id::<HubKind>("hubId", &input.hub_id);
        let hub = call.hub_of("hubId", hub).await?;
        let place = crate::network::view::hub(reader(ctx)?.db(), &hub.to_string()).await;
        let place = place.map_err(reply::fault)?;
        let act = registration(&mut call, hub, place.as_ref(), &input).await?;
        let settled = call.give(Some(hub), act).await?;
        let object = settled.load(own).await?;
        Ok(RegisterStakeholderPayload::new(settled, object))
    }

    /// Notes the organisations of a list (CSV, UTF-8) as prospects: good rows come in, each bad
    /// one is named with its number and its reasons. Hosts and curators.
    async fn import_stakeholders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The list.")] input: upload::ImportStakeholdersInput,
    ) -> async_graphql::Result<upload::ImportStakeholdersPayload> {
        upload::import(ctx, input).await
    }

    /// Proves an address by the text of the link in the mail.
    async fn confirm_email(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The link's text.")] input: ConfirmEmailInput,
    ) -> async_graphql::Result<ConfirmEmailPayload> {
        let app = reply::app(ctx)?;
        let viewer = reply::viewer(ctx)?;
        let target = link::valid(&app, &input.token).await.map_err(reply::fault)?;
        // The link is the proof of who she is; it lets her confirm and nothing else.
        let person = target.map(|(_, person)| person);
        let viewer = Viewer { person, grants: Vec::new(), ..viewer };
        let id = input.meta.command_id.as_ref().and_then(|id| Uuid::parse_str(id).ok());
        let mut call = Call::from_parts(app, viewer, id, input.meta.dry_run, &input);
        let found = target.ok_or_else(|| "this link is not genuine".to_owned());
        let found = call.input().parse("token", "INVALID_TOKEN", found);
        let (stakeholder, person) =
            found.unwrap_or_else(|| (kernel::Id::new(Uuid::nil()), kernel::Id::new(Uuid::nil())));
        let hub = match found {
            Some(_) => call.hub_of("token", stakeholder).await?,
            None => HubId::new(Uuid::nil()),
        };
        let settled = call.give(Some(hub), ConfirmEmail { stakeholder, person }).await?;
        let object = settled.load(own).await?;
        Ok(ConfirmEmailPayload::new(settled, object))
    }

    /// Gives another address for a stakeholder: its own people, or a host. A letter to that address
    /// asks whether it is hers; until then nothing changes.
    async fn change_email(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what.")] input: ChangeEmailInput,
    ) -> async_graphql::Result<ChangeEmailPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |call: &mut Call, stakeholder| {
            // The decision hands the value to the person who owns the entry.
            let of: PersonId = call.app().id();
            let address = EmailAddress::parse(&input.email).map_err(|fault| fault.to_string());
            let address = call.input().parse("email", "INVALID_ADDRESS", address);
            let value = address.map(|address| address.as_str().to_owned());
            RequestEmailChange { stakeholder, email: Personal { of, value } }
        };
        let settled = call.give_about("stakeholderId", &input.stakeholder_id, act).await?;
        let object = settled.load(own).await?;
        Ok(ChangeEmailPayload::new(settled, object))
    }

    /// Records that you made sure a stakeholder is what it says. Curators, not about themselves.
    async fn verify_stakeholder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom, and how.")] input: VerifyStakeholderInput,
    ) -> async_graphql::Result<VerifyStakeholderPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |call: &mut Call, id| {
            let how = call.input().line("how", &input.how, 400);
            VerifyStakeholder { stakeholder: id, how: call.own(how) }
        };
        let settled = call.give_about("stakeholderId", &input.stakeholder_id, act).await?;
        VerifyStakeholderPayload::shown(settled).await
    }

    /// Says anew what a stakeholder tells about itself: its own people, or a host.
    async fn change_stakeholder_profile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to say.")] input: ChangeStakeholderProfileInput,
    ) -> async_graphql::Result<ChangeStakeholderProfilePayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |call: &mut Call, id| {
            // The decision hands the values to the person who owns the entry.
            let of: PersonId = call.app().id();
            let texts = call.input();
            let name = texts.line("name", &input.name, NAME_MAX);
            let about = texts.prose("about", input.about.as_deref(), ABOUT_MAX);
            let profile = fact::Profile {
                kind: input.kind.into(),
                name: Personal::new(of, name),
                about: about.map(|text| Personal::new(of, text)),
                city: texts.optional_line("city", input.city.as_deref(), 120),
                region: texts.optional_line("region", input.region.as_deref(), 120),
                country: texts.optional_line("country", input.country.as_deref(), 120),
                website: texts.optional_line("website", input.website.as_deref(), 500),
                tags: lines(call, "tags", &input.tags, 60),
            };
            let expected_version = input.expected_version;
            ChangeStakeholderProfile { stakeholder: id, profile, expected_version }
        };
        let settled = call.give_about("stakeholderId", &input.stakeholder_id, act).await?;
        ChangeStakeholderProfilePayload::shown(settled).await
    }

    /// Offers something: its own people, or a host.
    async fn make_offer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What.")] input: MakeOfferInput,
    ) -> async_graphql::Result<MakeOfferPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |call: &mut Call, id| MakeOffer {
            stakeholder: id,
            what: call.input().line("what", &input.what, WHAT_MAX),
            until: day(call, "until", input.until.as_ref()),
        };
        let settled = call.give_about("stakeholderId", &input.stakeholder_id, act).await?;
        MakeOfferPayload::shown(settled).await
    }

    /// Withdraws an offer: its own people, or a host.
    async fn withdraw_offer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: WithdrawOfferInput,
    ) -> async_graphql::Result<WithdrawOfferPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act =
            |_: &mut Call, id| WithdrawOffer { stakeholder: id, offer: numbered(input.number) };
        let settled = call.give_about("stakeholderId", &input.stakeholder_id, act).await?;
        WithdrawOfferPayload::shown(settled).await
    }

    /// Says what is looked for: its own people, or a host.
    async fn declare_need(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What.")] input: DeclareNeedInput,
    ) -> async_graphql::Result<DeclareNeedPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |call: &mut Call, id| DeclareNeed {
            stakeholder: id,
            what: call.input().line("what", &input.what, WHAT_MAX),
            until: day(call, "until", input.until.as_ref()),
        };
        let settled = call.give_about("stakeholderId", &input.stakeholder_id, act).await?;
        DeclareNeedPayload::shown(settled).await
    }

    /// Withdraws a need: its own people, or a host.
    async fn withdraw_need(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: WithdrawNeedInput,
    ) -> async_graphql::Result<WithdrawNeedPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, id| WithdrawNeed { stakeholder: id, need: numbered(input.number) };
        let settled = call.give_about("stakeholderId", &input.stakeholder_id, act).await?;
        WithdrawNeedPayload::shown(settled).await
    }

    /// Relates a stakeholder to an issue: its own people, or a host.
    async fn declare_relation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "To which, how.")] input: DeclareRelationInput,
    ) -> async_graphql::Result<DeclareRelationPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |call: &mut Call, id| DeclareRelation {
            stakeholder: id,
            issue: call.id::<IssueKind>("issueId", &input.issue_id),
            relation: input.relation.into(),
        };
        let settled = call.give_about("stakeholderId", &input.stakeholder_id, act).await?;
        DeclareRelationPayload::shown(settled).await
    }

    /// Ends a relation to an issue: its own people, or a host.
    async fn end_relation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "To which, how.")] input: EndRelationInput,
    ) -> async_graphql::Result<EndRelationPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |call: &mut Call, id| EndRelation {
            stakeholder: id,
            issue: call.id::<IssueKind>("issueId", &input.issue_id),
            relation: input.relation.into(),
        };
        let settled = call.give_about("stakeholderId", &input.stakeholder_id, act).await?;
        EndRelationPayload::shown(settled).await
    }

    /// Says who sees a stakeholder in the directory: its own people, or a host.
    async fn set_visibility(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who.")] input: SetVisibilityInput,
    ) -> async_graphql::Result<SetVisibilityPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, id| SetVisibility {
            stakeholder: id,
            visibility: input.visibility.into(),
        };
        let settled = call.give_about("stakeholderId", &input.stakeholder_id, act).await?;
        SetVisibilityPayload::shown(settled).await
    }

    /// Says in which language to write: its own people, or a host.
    async fn set_language(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: SetLanguageInput,
    ) -> async_graphql::Result<SetLanguagePayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, id| SetLanguage { stakeholder: id, locale: input.locale.clone() };
        let settled = call.give_about("stakeholderId", &input.stakeholder_id, act).await?;
        SetLanguagePayload::shown(settled).await
    }

    /// Asks not to be asked for a while: its own people, or a host.
    async fn pause_stakeholder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Until when.")] input: PauseStakeholderInput,
    ) -> async_graphql::Result<PauseStakeholderPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |call: &mut Call, id| PauseStakeholder {
            stakeholder: id,
            until: day(call, "until", input.until.as_ref()),
        };
        let settled = call.give_about("stakeholderId", &input.stakeholder_id, act).await?;
        PauseStakeholderPayload::shown(settled).await
    }

    /// Ends a pause: its own people, or a host.
    async fn resume_stakeholder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who.")] input: ResumeStakeholderInput,
    ) -> async_graphql::Result<ResumeStakeholderPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, id| ResumeStakeholder { stakeholder: id };
        let settled = call.give_about("stakeholderId", &input.stakeholder_id, act).await?;
        ResumeStakeholderPayload::shown(settled).await
    }

    /// Lets one entry live on in another. Curators.
    async fn merge_stakeholder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which in which.")] input: MergeStakeholderInput,
    ) -> async_graphql::Result<MergeStakeholderPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |call: &mut Call, id| MergeStakeholder {
            stakeholder: id,
            into: call.id::<StakeholderKind>("intoId", &input.into_id),
        };
        let settled = call.give_about("stakeholderId", &input.stakeholder_id, act).await?;
        MergeStakeholderPayload::shown(settled).await
    }

    /// Endorses an issue in a stakeholder's name: its own people, or a member.
    async fn endorse_issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, in whose name.")] input: EndorseIssueInput,
    ) -> async_graphql::Result<EndorseIssuePayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |call: &mut Call, issue| EndorseIssue {
            issue,
            stakeholder: call.id("stakeholderId", &input.stakeholder_id),
        };
        let settled = call.give_about("issueId", &input.issue_id, act).await?;
        EndorseIssuePayload::shown(settled).await
    }

    /// Takes an endorsement back: its own people, or a member.
    async fn withdraw_endorsement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, in whose name.")] input: WithdrawEndorsementInput,
    ) -> async_graphql::Result<WithdrawEndorsementPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |call: &mut Call, issue| WithdrawEndorsement {
            issue,
            stakeholder: call.id("stakeholderId", &input.stakeholder_id),
        };
        let settled = call.give_about("issueId", &input.issue_id, act).await?;
        WithdrawEndorsementPayload::shown(settled).await
    }

    /// Forgets a person: her key is destroyed, and no value of hers can be read any more. Herself,
    /// or a hub admin.
    async fn erase_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom.")] input: ErasePersonInput,
    ) -> async_graphql::Result<ErasePersonPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let hub = call.id::<HubKind>("hubId", &input.hub_id);
        let hub = call.hub_of("hubId", hub).await?;
        let person = call.id::<PersonKind>("personId", &input.person_id);
        let settled = call.give(Some(hub), ErasePerson { hub, person }).await?;
        let person = settled.about.clone().map(ID);
        Ok(ErasePersonPayload::new(settled, person))
    }
}
