//! Commands about issues in the API.

use async_graphql::{Context, ID, InputObject, Object};
use chrono::NaiveDate;
use kernel::{HubKind, Personal};
use serde::Serialize;

use super::acts::{
    AcceptIssue, AddEvidence, CloseIssue, DeclineIssue, LinkSdg, MergeIssue, ProposeIssue,
    ReopenIssue, RetractEvidence, SetRegion, SetUrgency, StartReview,
};
use super::graphql::{Issue, Urgency};
use super::{IssueKind, fact};
use crate::app::input::Call;
use crate::{input, payloads};

/// Characters of a title.
const TITLE_MAX: usize = 160;
/// Characters of a statement, a reason.
const PROSE_MAX: usize = 8_000;

/// Evidence to bring forward.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct EvidenceInput {
    /// What was found.
    figure: String,
    /// Where it can be read.
    source: String,
    /// When it was published: `2021-03-04`.
    date: String,
}

input! {
    /// What to propose.
    ProposeIssueInput {
        /// In which hub.
        hub_id: ID,
        /// What it is called.
        title: String,
        /// What is the matter, and for whom.
        statement: String,
        /// The region it concerns; everywhere when missing.
        region: Option<String>,
        /// The sustainable development goals it serves, 1 to 17.
        #[graphql(default)]
        sdgs: Vec<i32>,
        /// What speaks for it.
        #[graphql(default)]
        evidence: Vec<EvidenceInput>,
        /// Propose it even if another issue bears that title.
        #[graphql(default = false)]
        force: bool,
    }
}

input! {
    /// What to bring forward.
    AddEvidenceInput {
        /// For which issue.
        issue_id: ID,
        /// What was found.
        figure: String,
        /// Where it can be read.
        source: String,
        /// When it was published: `2021-03-04`.
        date: String,
    }
}

input! {
    /// What to take back.
    RetractEvidenceInput {
        /// Of which issue.
        issue_id: ID,
        /// Its number within the issue.
        number: i32,
    }
}

input! {
    /// What to look into.
    StartReviewInput {
        /// The issue.
        issue_id: ID,
    }
    /// What to put on the agenda.
    AcceptIssueInput {
        /// The issue.
        issue_id: ID,
    }
    /// What to put back on the agenda.
    ReopenIssueInput {
        /// The issue.
        issue_id: ID,
    }
}

input! {
    /// What to decline.
    DeclineIssueInput {
        /// The issue.
        issue_id: ID,
        /// Why.
        reason: String,
    }
    /// What to take off the agenda.
    CloseIssueInput {
        /// The issue.
        issue_id: ID,
        /// Why.
        reason: String,
    }
}

input! {
    /// How pressing it is.
    SetUrgencyInput {
        /// The issue.
        issue_id: ID,
        /// How pressing.
        urgency: Urgency,
        /// The version you saw.
        expected_version: Option<i64>,
    }
}

input! {
    /// Which goals it serves as well.
    LinkSdgInput {
        /// The issue.
        issue_id: ID,
        /// The goals, 1 to 17.
        goals: Vec<i32>,
    }
}

input! {
    /// Which region it concerns.
    SetRegionInput {
        /// The issue.
        issue_id: ID,
        /// The region; everywhere when missing.
        region: Option<String>,
        /// The version you saw.
        expected_version: Option<i64>,
    }
}

input! {
    /// Which issue lives on in which.
    MergeIssueInput {
        /// The one that ends.
        issue_id: ID,
        /// The one that stays.
        into_id: ID,
    }
}

payloads! {
    /// The issue.
    issue: Issue;
    /// What came of proposing an issue.
    ProposeIssuePayload,
    /// What came of bringing evidence.
    AddEvidencePayload,
    /// What came of taking evidence back.
    RetractEvidencePayload,
    /// What came of starting a review.
    StartReviewPayload,
    /// What came of accepting an issue.
    AcceptIssuePayload,
    /// What came of declining an issue.
    DeclineIssuePayload,
    /// What came of closing an issue.
    CloseIssuePayload,
    /// What came of reopening an issue.
    ReopenIssuePayload,
    /// What came of setting the urgency.
    SetUrgencyPayload,
    /// What came of naming goals.
    LinkSdgPayload,
    /// What came of setting the region.
    SetRegionPayload,
    /// What came of merging issues.
    MergeIssuePayload,
}

fn goals(call: &mut Call, field: &str, goals: &[i32]) -> Vec<u8> {
    let mut read = Vec::new();
    for goal in goals {
        let number = u8::try_from(*goal).map_err(|_cause| format!("there is no goal {goal}"));
        read.extend(call.input().parse(field, "UNKNOWN_SDG", number));
    }
    read
}

fn evidence(call: &mut Call, given: &EvidenceInput) -> fact::Evidence {
    let texts = call.input();
    let figure = texts.line("figure", &given.figure, 500);
    let source = texts.line("source", &given.source, 500);
    let date = given.date.trim().parse::<NaiveDate>();
    let date = date.map_err(|_cause| format!("“{}” is no date such as 2021-03-04", given.date));
    let date = texts.parse("date", "INVALID_DATE", date).unwrap_or_default();
    fact::Evidence { figure, source, date }
}

/// Free text of whoever writes it.
fn words(call: &mut Call, field: &str, text: &str) -> Personal<String> {
    let said = call.input().prose(field, Some(text), PROSE_MAX).unwrap_or_default();
    call.own(said)
}

/// What may be commanded of issues.
#[derive(Default)]
pub struct IssueMutations;

/// What may be commanded.
#[Object]
impl IssueMutations {
    /// Proposes an issue. Members.
    async fn propose_issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to propose.")] input: ProposeIssueInput,
    ) -> async_graphql::Result<ProposeIssuePayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let hub = call.id::<HubKind>("hubId", &input.hub_id);
        let hub = call.hub_of("hubId", hub).await?;
        let title = call.input().line("title", &input.title, TITLE_MAX);
        let statement = call.input().prose("statement", Some(&input.statement), PROSE_MAX);
        let region = call.input().optional_line("region", input.region.as_deref(), 120);
        let sdgs = goals(&mut call, "sdgs", &input.sdgs);
        let evidence = input.evidence.iter().map(|one| evidence(&mut call, one)).collect();
        let act = ProposeIssue {
            hub,
            issue: call.app().id(),
            title,
            statement: statement.unwrap_or_default(),
            region,
            sdgs,
            evidence,
            force: input.force,
        };
        ProposeIssuePayload::shown(call.give(Some(hub), act).await?).await
    }

    /// Brings a piece of evidence. Members.
    async fn add_evidence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to bring.")] input: AddEvidenceInput,
    ) -> async_graphql::Result<AddEvidencePayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |call: &mut Call, issue| {
            let (figure, source) = (input.figure.clone(), input.source.clone());
            let given = EvidenceInput { figure, source, date: input.date.clone() };
            AddEvidence { issue, evidence: evidence(call, &given) }
        };
        let settled = call.give_about("issueId", &input.issue_id, act).await?;
        AddEvidencePayload::shown(settled).await
    }

    /// Takes a piece of evidence back: who brought it, or a curator.
    async fn retract_evidence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to take back.")] input: RetractEvidenceInput,
    ) -> async_graphql::Result<RetractEvidencePayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, issue| {
            // No piece has the number 0, so one that is no number is refused as unknown.
            RetractEvidence { issue, evidence: u32::try_from(input.number).unwrap_or_default() }
        };
        let settled = call.give_about("issueId", &input.issue_id, act).await?;
        RetractEvidencePayload::shown(settled).await
    }

    /// Begins to look into an issue. Curators.
    async fn start_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to look into.")] input: StartReviewInput,
    ) -> async_graphql::Result<StartReviewPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, issue| StartReview { issue };
        let settled = call.give_about("issueId", &input.issue_id, act).await?;
        StartReviewPayload::shown(settled).await
    }

    /// Puts an issue on the agenda. Curators.
    async fn accept_issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to accept.")] input: AcceptIssueInput,
    ) -> async_graphql::Result<AcceptIssuePayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, issue| AcceptIssue { issue };
        let settled = call.give_about("issueId", &input.issue_id, act).await?;
        AcceptIssuePayload::shown(settled).await
    }

    /// Declines an issue. Curators.
    async fn decline_issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to decline.")] input: DeclineIssueInput,
    ) -> async_graphql::Result<DeclineIssuePayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |call: &mut Call, issue| DeclineIssue {
            issue,
            reason: words(call, "reason", &input.reason),
        };
        let settled = call.give_about("issueId", &input.issue_id, act).await?;
        DeclineIssuePayload::shown(settled).await
    }

    /// Takes an issue off the agenda. Curators.
    async fn close_issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to close.")] input: CloseIssueInput,
    ) -> async_graphql::Result<CloseIssuePayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |call: &mut Call, issue| CloseIssue {
            issue,
            why: words(call, "reason", &input.reason),
        };
        let settled = call.give_about("issueId", &input.issue_id, act).await?;
        CloseIssuePayload::shown(settled).await
    }

    /// Puts a closed issue back on the agenda. Curators.
    async fn reopen_issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to reopen.")] input: ReopenIssueInput,
    ) -> async_graphql::Result<ReopenIssuePayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, issue| ReopenIssue { issue };
        let settled = call.give_about("issueId", &input.issue_id, act).await?;
        ReopenIssuePayload::shown(settled).await
    }

    /// Says how pressing an issue is. Curators.
    async fn set_urgency(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How pressing.")] input: SetUrgencyInput,
    ) -> async_graphql::Result<SetUrgencyPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, issue| SetUrgency {
            issue,
            urgency: input.urgency.into(),
            expected_version: input.expected_version,
        };
        let settled = call.give_about("issueId", &input.issue_id, act).await?;
        SetUrgencyPayload::shown(settled).await
    }

    /// Names more goals an issue serves. Curators.
    async fn link_sdg(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which goals.")] input: LinkSdgInput,
    ) -> async_graphql::Result<LinkSdgPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act =
            |call: &mut Call, issue| LinkSdg { issue, goals: goals(call, "goals", &input.goals) };
        let settled = call.give_about("issueId", &input.issue_id, act).await?;
        LinkSdgPayload::shown(settled).await
    }

    /// Says which region an issue concerns. Curators.
    async fn set_region(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which region.")] input: SetRegionInput,
    ) -> async_graphql::Result<SetRegionPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |call: &mut Call, issue| SetRegion {
            issue,
            region: call.input().optional_line("region", input.region.as_deref(), 120),
            expected_version: input.expected_version,
        };
        let settled = call.give_about("issueId", &input.issue_id, act).await?;
        SetRegionPayload::shown(settled).await
    }

    /// Lets one issue live on in another: endorsements and the title go over. Curators.
    async fn merge_issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which in which.")] input: MergeIssueInput,
    ) -> async_graphql::Result<MergeIssuePayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |call: &mut Call, issue| MergeIssue {
            issue,
            into: call.id::<IssueKind>("intoId", &input.into_id),
        };
        let settled = call.give_about("issueId", &input.issue_id, act).await?;
        MergeIssuePayload::shown(settled).await
    }
}
