//! Commands about stakeholders in the API.

use async_graphql::{Context, ID, InputObject, Object};
use chrono::NaiveDate;
use kernel::{HubId, HubKind, PersonId, PersonKind, Personal, Refusal};
use mail::EmailAddress;
use serde::Serialize;
use uuid::Uuid;

use super::acts::{
    ChangeStakeholderProfile, DeclareNeed, DeclareRelation, EndRelation, MakeOffer,
    PauseStakeholder, ResumeStakeholder, SetLanguage, SetVisibility, VerifyStakeholder,
    WithdrawNeed, WithdrawOffer,
};
use super::endorse::{EndorseIssue, WithdrawEndorsement};
use super::fact;
use super::graphql::{Kind, Relation, Stakeholder, Visibility};
use super::register::{ConfirmEmail, ErasePerson, MergeStakeholder, RegisterStakeholder};
use super::{StakeholderKind, link, upload};
use crate::app::input::{Call, Meta, reader};
use crate::app::{Reader, Viewer, reply};
use crate::issue::IssueKind;
use crate::issue::graphql::Issue;
use crate::network::view::HubRow;
use crate::payload;

/// Characters of a name.
const NAME_MAX: usize = 200;
/// Characters of a self-description.
const ABOUT_MAX: usize = 4_000;
/// Characters of an offer or a need.
const WHAT_MAX: usize = 200;
/// Offers, needs, tags or issues named at once.
const LIST_MAX: usize = 20;

/// Who registers.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct RegisterStakeholderInput {
    #[graphql(flatten)]
    #[serde(flatten)]
    pub(super) meta: Meta,
    /// In which hub.
    pub(super) hub_id: ID,
    /// The id of a prospect that is this stakeholder, if there is one; for those who work for the
    /// hub.
    pub(super) stakeholder_id: Option<ID>,
    /// What sort it is.
    pub(super) kind: Kind,
    /// What it is called.
    pub(super) name: String,
    /// How to reach it: the address speaks for one stakeholder only. A prospect may go without.
    pub(super) email: Option<String>,
    /// The language to write in (`en`, `nl`, `tr`, `ko`); the hub's own when missing.
    pub(super) locale: Option<String>,
    /// A few sentences.
    pub(super) about: Option<String>,
    /// Its city.
    pub(super) city: Option<String>,
    /// Its region or province.
    pub(super) region: Option<String>,
    /// Its country.
    pub(super) country: Option<String>,
    /// Its website.
    pub(super) website: Option<String>,
    /// Words it is found by.
    #[graphql(default)]
    pub(super) tags: Vec<String>,
    /// What it can give.
    #[graphql(default)]
    pub(super) offers: Vec<String>,
    /// What it looks for.
    #[graphql(default)]
    pub(super) needs: Vec<String>,
    /// The issues it works on.
    #[graphql(default)]
    pub(super) issue_ids: Vec<ID>,
    /// That it agrees to be listed and written to.
    #[graphql(default = false)]
    pub(super) consent: bool,
    /// Whether you note somebody else, who has not been asked yet. Hosts and curators.
    #[graphql(default = false)]
    pub(super) prospect: bool,
}

/// What a stakeholder tells about itself from now on; what is left out is gone.
#[derive(Debug, InputObject, Serialize)]
pub struct ChangeStakeholderProfileInput {
    #[graphql(flatten)]
    #[serde(flatten)]
    meta: Meta,
    /// Which.
    stakeholder_id: ID,
    /// What sort it is.
    kind: Kind,
    /// What it is called.
    name: String,
    /// A few sentences.
    about: Option<String>,
    /// Its city.
    city: Option<String>,
    /// Its region or province.
    region: Option<String>,
    /// Its country.
    country: Option<String>,
    /// Its website.
    website: Option<String>,
    /// Words it is found by.
    #[graphql(default)]
    tags: Vec<String>,
    /// The version you saw.
    expected_version: Option<i64>,
}

/// Declares the inputs of one stakeholder with the given further fields.
macro_rules! inputs {
    ($($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $field:ident : $type:ty),* $(,)? })*) => { $(
        $(#[$meta])*
        #[derive(Debug, InputObject, Serialize)]
        pub struct $name {
            #[graphql(flatten)]
            #[serde(flatten)]
            meta: Meta,
            /// The stakeholder.
            stakeholder_id: ID,
            $($(#[$doc])* $field: $type,)*
        }
    )* };
}
inputs! {
    /// Whom a curator made sure of.
    VerifyStakeholderInput {
        /// How she made sure.
        how: String,
    }
    /// What is offered.
    MakeOfferInput {
        /// What.
        what: String,
        /// The last day it holds: `2026-12-24`.
        until: Option<String>,
    }
    /// Which offer is withdrawn.
    WithdrawOfferInput {
        /// Its number.
        number: i32,
    }
    /// What is looked for.
    DeclareNeedInput {
        /// What.
        what: String,
        /// The last day it holds: `2026-12-24`.
        until: Option<String>,
    }
    /// Which need is withdrawn.
    WithdrawNeedInput {
        /// Its number.
        number: i32,
    }
    /// Which relation there is.
    DeclareRelationInput {
        /// To which issue.
        issue_id: ID,
        /// How.
        relation: Relation,
    }
    /// Which relation there is no longer.
    EndRelationInput {
        /// To which issue.
        issue_id: ID,
        /// How.
        relation: Relation,
    }
    /// Who sees it.
    SetVisibilityInput {
        /// Who.
        visibility: Visibility,
    }
    /// In which language to write.
    SetLanguageInput {
        /// `en`, `nl`, `tr` or `ko`.
        locale: String,
    }
    /// Who does not want to be asked for a while.
    PauseStakeholderInput {
        /// The last day of the pause: `2026-12-24`; open-ended when missing.
        until: Option<String>,
    }
    /// Who may be asked again.
    ResumeStakeholderInput {}
    /// Which entry lives on in which.
    MergeStakeholderInput {
        /// The one that stays.
        into_id: ID,
    }
    /// Which endorsement.
    EndorseIssueInput {
        /// The issue.
        issue_id: ID,
    }
    /// Which endorsement is taken back.
    WithdrawEndorsementInput {
        /// The issue.
        issue_id: ID,
    }
}

/// Which address is proved.
#[derive(Debug, InputObject, Serialize)]
pub struct ConfirmEmailInput {
    #[graphql(flatten)]
    #[serde(flatten)]
    meta: Meta,
    /// The text of the link in the mail.
    token: String,
}

/// Whom to forget.
#[derive(Debug, InputObject, Serialize)]
pub struct ErasePersonInput {
    #[graphql(flatten)]
    #[serde(flatten)]
    meta: Meta,
    /// In which hub.
    hub_id: ID,
    /// Whom.
    person_id: ID,
}

/// Declares the payloads: each has the stakeholder.
macro_rules! payloads {
    ($($(#[$meta:meta])* $name:ident),* $(,)?) => { $(
        payload! {
            $(#[$meta])*
            $name {
                /// The stakeholder.
                stakeholder: Stakeholder
            }
        }
    )* };
}
payloads! {
    /// What came of registering.
    RegisterStakeholderPayload,
    /// What came of proving an address.
    ConfirmEmailPayload,
    /// What came of verifying.
    VerifyStakeholderPayload,
    /// What came of changing a profile.
    ChangeStakeholderProfilePayload,
    /// What came of offering something.
    MakeOfferPayload,
    /// What came of withdrawing an offer.
    WithdrawOfferPayload,
    /// What came of declaring a need.
    DeclareNeedPayload,
    /// What came of withdrawing a need.
    WithdrawNeedPayload,
    /// What came of declaring a relation.
    DeclareRelationPayload,
    /// What came of ending a relation.
    EndRelationPayload,
    /// What came of setting who sees it.
    SetVisibilityPayload,
    /// What came of setting the language.
    SetLanguagePayload,
    /// What came of pausing.
    PauseStakeholderPayload,
    /// What came of resuming.
    ResumeStakeholderPayload,
    /// What came of merging.
    MergeStakeholderPayload,
}
payload! {
    /// What came of endorsing an issue.
    EndorseIssuePayload {
        /// The issue.
        issue: Issue
    }
}
payload! {
    /// What came of taking an endorsement back.
    WithdrawEndorsementPayload {
        /// The issue.
        issue: Issue
    }
}
payload! {
    /// What came of forgetting somebody.
    ErasePersonPayload {
        /// Whom.
        person_id: ID
    }
}

async fn stakeholder(read: Reader, id: String) -> async_graphql::Result<Option<Stakeholder>> {
    Stakeholder::load(&read, &id).await
}

/// What was just registered, for who registered it: she came without an account and sees what she
/// said once, in the answer.
async fn own(read: Reader, id: String) -> async_graphql::Result<Option<Stakeholder>> {
    let row = super::view::stakeholder(read.db(), &id).await.map_err(reply::fault)?;
    Ok(row.map(|row| Stakeholder { read, row }))
}

async fn issue(read: Reader, id: String) -> async_graphql::Result<Option<Issue>> {
    Issue::load(&read, &id).await
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

/// Free text of whoever writes it; of a pseudonym of its own when nobody is known.
fn words(call: &mut Call, field: &str, text: &str) -> Personal<String> {
    let said = call.input().line(field, text, 400);
    let of = call.viewer().person.unwrap_or_else(|| call.app().id());
    Personal::new(of, said)
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

/// One command on the stakeholder an input names, from the input to the payload.
macro_rules! on_stakeholder {
    ($ctx:expr, $input:expr, $payload:ident, |$call:ident, $id:ident| $act:expr) => {{
        let mut $call = Call::new($ctx, &$input.meta, &$input)?;
        let $id = $call.id::<StakeholderKind>("stakeholderId", &$input.stakeholder_id);
        let hub = $call.hub_of("stakeholderId", $id).await?;
        let act = $act;
        let settled = $call.give(Some(hub), act).await?;
        let object = settled.load(stakeholder).await?;
        Ok($payload::new(settled, object))
    }};
}

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

    /// Records that you made sure a stakeholder is what it says. Curators, not about themselves.
    async fn verify_stakeholder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom, and how.")] input: VerifyStakeholderInput,
    ) -> async_graphql::Result<VerifyStakeholderPayload> {
        on_stakeholder!(ctx, input, VerifyStakeholderPayload, |call, id| VerifyStakeholder {
            stakeholder: id,
            how: words(&mut call, "how", &input.how)
        })
    }

    /// Says anew what a stakeholder tells about itself: its own people, or a host.
    async fn change_stakeholder_profile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to say.")] input: ChangeStakeholderProfileInput,
    ) -> async_graphql::Result<ChangeStakeholderProfilePayload> {
        on_stakeholder!(ctx, input, ChangeStakeholderProfilePayload, |call, id| {
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
                tags: lines(&mut call, "tags", &input.tags, 60),
            };
            let expected_version = input.expected_version;
            ChangeStakeholderProfile { stakeholder: id, profile, expected_version }
        })
    }

    /// Offers something: its own people, or a host.
    async fn make_offer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What.")] input: MakeOfferInput,
    ) -> async_graphql::Result<MakeOfferPayload> {
        on_stakeholder!(ctx, input, MakeOfferPayload, |call, id| MakeOffer {
            stakeholder: id,
            what: call.input().line("what", &input.what, WHAT_MAX),
            until: day(&mut call, "until", input.until.as_ref())
        })
    }

    /// Withdraws an offer: its own people, or a host.
    async fn withdraw_offer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: WithdrawOfferInput,
    ) -> async_graphql::Result<WithdrawOfferPayload> {
        on_stakeholder!(ctx, input, WithdrawOfferPayload, |call, id| WithdrawOffer {
            stakeholder: id,
            offer: numbered(input.number)
        })
    }

    /// Says what is looked for: its own people, or a host.
    async fn declare_need(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What.")] input: DeclareNeedInput,
    ) -> async_graphql::Result<DeclareNeedPayload> {
        on_stakeholder!(ctx, input, DeclareNeedPayload, |call, id| DeclareNeed {
            stakeholder: id,
            what: call.input().line("what", &input.what, WHAT_MAX),
            until: day(&mut call, "until", input.until.as_ref())
        })
    }

    /// Withdraws a need: its own people, or a host.
    async fn withdraw_need(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: WithdrawNeedInput,
    ) -> async_graphql::Result<WithdrawNeedPayload> {
        on_stakeholder!(ctx, input, WithdrawNeedPayload, |call, id| WithdrawNeed {
            stakeholder: id,
            need: numbered(input.number)
        })
    }

    /// Relates a stakeholder to an issue: its own people, or a host.
    async fn declare_relation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "To which, how.")] input: DeclareRelationInput,
    ) -> async_graphql::Result<DeclareRelationPayload> {
        on_stakeholder!(ctx, input, DeclareRelationPayload, |call, id| DeclareRelation {
            stakeholder: id,
            issue: call.id::<IssueKind>("issueId", &input.issue_id),
            relation: input.relation.into()
        })
    }

    /// Ends a relation to an issue: its own people, or a host.
    async fn end_relation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "To which, how.")] input: EndRelationInput,
    ) -> async_graphql::Result<EndRelationPayload> {
        on_stakeholder!(ctx, input, EndRelationPayload, |call, id| EndRelation {
            stakeholder: id,
            issue: call.id::<IssueKind>("issueId", &input.issue_id),
            relation: input.relation.into()
        })
    }

    /// Says who sees a stakeholder in the directory: its own people, or a host.
    async fn set_visibility(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who.")] input: SetVisibilityInput,
    ) -> async_graphql::Result<SetVisibilityPayload> {
        on_stakeholder!(ctx, input, SetVisibilityPayload, |call, id| SetVisibility {
            stakeholder: id,
            visibility: input.visibility.into()
        })
    }

    /// Says in which language to write: its own people, or a host.
    async fn set_language(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: SetLanguageInput,
    ) -> async_graphql::Result<SetLanguagePayload> {
        on_stakeholder!(ctx, input, SetLanguagePayload, |call, id| SetLanguage {
            stakeholder: id,
            locale: input.locale.clone()
        })
    }

    /// Asks not to be asked for a while: its own people, or a host.
    async fn pause_stakeholder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Until when.")] input: PauseStakeholderInput,
    ) -> async_graphql::Result<PauseStakeholderPayload> {
        on_stakeholder!(ctx, input, PauseStakeholderPayload, |call, id| PauseStakeholder {
            stakeholder: id,
            until: day(&mut call, "until", input.until.as_ref())
        })
    }

    /// Ends a pause: its own people, or a host.
    async fn resume_stakeholder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who.")] input: ResumeStakeholderInput,
    ) -> async_graphql::Result<ResumeStakeholderPayload> {
        on_stakeholder!(ctx, input, ResumeStakeholderPayload, |call, id| ResumeStakeholder {
            stakeholder: id
        })
    }

    /// Lets one entry live on in another. Curators.
    async fn merge_stakeholder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which in which.")] input: MergeStakeholderInput,
    ) -> async_graphql::Result<MergeStakeholderPayload> {
        on_stakeholder!(ctx, input, MergeStakeholderPayload, |call, id| MergeStakeholder {
            stakeholder: id,
            into: call.id::<StakeholderKind>("intoId", &input.into_id)
        })
    }

    /// Endorses an issue in a stakeholder's name: its own people, or a member.
    async fn endorse_issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, in whose name.")] input: EndorseIssueInput,
    ) -> async_graphql::Result<EndorseIssuePayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let id = call.id::<IssueKind>("issueId", &input.issue_id);
        let hub = call.hub_of("issueId", id).await?;
        let stakeholder = call.id::<StakeholderKind>("stakeholderId", &input.stakeholder_id);
        let settled = call.give(Some(hub), EndorseIssue { issue: id, stakeholder }).await?;
        let object = settled.load(issue).await?;
        Ok(EndorseIssuePayload::new(settled, object))
    }

    /// Takes an endorsement back: its own people, or a member.
    async fn withdraw_endorsement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, in whose name.")] input: WithdrawEndorsementInput,
    ) -> async_graphql::Result<WithdrawEndorsementPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let id = call.id::<IssueKind>("issueId", &input.issue_id);
        let hub = call.hub_of("issueId", id).await?;
        let stakeholder = call.id::<StakeholderKind>("stakeholderId", &input.stakeholder_id);
        let settled = call.give(Some(hub), WithdrawEndorsement { issue: id, stakeholder }).await?;
        let object = settled.load(issue).await?;
        Ok(WithdrawEndorsementPayload::new(settled, object))
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
