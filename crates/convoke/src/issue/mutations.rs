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
use crate::app::Reader;
use crate::app::input::{Call, Meta};
use crate::payload;

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

/// What to propose.
#[derive(Debug, InputObject, Serialize)]
pub struct ProposeIssueInput {
    #[graphql(flatten)]
    #[serde(flatten)]
    meta: Meta,
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

/// What to bring forward.
#[derive(Debug, InputObject, Serialize)]
pub struct AddEvidenceInput {
    #[graphql(flatten)]
    #[serde(flatten)]
    meta: Meta,
    /// For which issue.
    issue_id: ID,
    /// What was found.
    figure: String,
    /// Where it can be read.
    source: String,
    /// When it was published: `2021-03-04`.
    date: String,
}

/// What to take back.
#[derive(Debug, InputObject, Serialize)]
pub struct RetractEvidenceInput {
    #[graphql(flatten)]
    #[serde(flatten)]
    meta: Meta,
    /// Of which issue.
    issue_id: ID,
    /// Its number within the issue.
    number: i32,
}

/// Declares inputs that name one issue and nothing else.
macro_rules! one_issue {
    ($($(#[$meta:meta])* $name:ident),* $(,)?) => { $(
        $(#[$meta])*
        #[derive(Debug, InputObject, Serialize)]
        pub struct $name {
            #[graphql(flatten)]
            #[serde(flatten)]
            meta: Meta,
            /// The issue.
            issue_id: ID,
        }
    )* };
}
one_issue! {
    /// What to look into.
    StartReviewInput,
    /// What to put on the agenda.
    AcceptIssueInput,
    /// What to put back on the agenda.
    ReopenIssueInput,
}

/// Declares inputs that name one issue and a reason.
macro_rules! one_reason {
    ($($(#[$meta:meta])* $name:ident),* $(,)?) => { $(
        $(#[$meta])*
        #[derive(Debug, InputObject, Serialize)]
        pub struct $name {
            #[graphql(flatten)]
            #[serde(flatten)]
            meta: Meta,
            /// The issue.
            issue_id: ID,
            /// Why.
            reason: String,
        }
    )* };
}
one_reason! {
    /// What to decline.
    DeclineIssueInput,
    /// What to take off the agenda.
    CloseIssueInput,
}

/// How pressing it is.
#[derive(Debug, InputObject, Serialize)]
pub struct SetUrgencyInput {
    #[graphql(flatten)]
    #[serde(flatten)]
    meta: Meta,
    /// The issue.
    issue_id: ID,
    /// How pressing.
    urgency: Urgency,
    /// The version you saw.
    expected_version: Option<i64>,
}

/// Which goals it serves as well.
#[derive(Debug, InputObject, Serialize)]
pub struct LinkSdgInput {
    #[graphql(flatten)]
    #[serde(flatten)]
    meta: Meta,
    /// The issue.
    issue_id: ID,
    /// The goals, 1 to 17.
    goals: Vec<i32>,
}

/// Which region it concerns.
#[derive(Debug, InputObject, Serialize)]
pub struct SetRegionInput {
    #[graphql(flatten)]
    #[serde(flatten)]
    meta: Meta,
    /// The issue.
    issue_id: ID,
    /// The region; everywhere when missing.
    region: Option<String>,
    /// The version you saw.
    expected_version: Option<i64>,
}

/// Which issue lives on in which.
#[derive(Debug, InputObject, Serialize)]
pub struct MergeIssueInput {
    #[graphql(flatten)]
    #[serde(flatten)]
    meta: Meta,
    /// The one that ends.
    issue_id: ID,
    /// The one that stays.
    into_id: ID,
}

/// Declares the payloads: each has the issue.
macro_rules! issue_payloads {
    ($($(#[$meta:meta])* $name:ident),* $(,)?) => { $(
        payload! {
            $(#[$meta])*
            $name {
                /// The issue.
                issue: Issue
            }
        }
    )* };
}
issue_payloads! {
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

async fn issue(read: Reader, id: String) -> async_graphql::Result<Option<Issue>> {
    Issue::load(&read, &id).await
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

/// Free text of whoever writes it; of a pseudonym of its own when nobody is known.
fn words(call: &mut Call, field: &str, text: &str) -> Personal<String> {
    let said = call.input().prose(field, Some(text), PROSE_MAX).unwrap_or_default();
    let of = call.viewer().person.unwrap_or_else(|| call.app().id());
    Personal::new(of, said)
}

/// What may be commanded of issues.
#[derive(Default)]
pub struct IssueMutations;

/// One command on the issue an input names, from the input to the payload.
macro_rules! on_issue {
    ($ctx:expr, $input:expr, $payload:ident, |$call:ident, $issue:ident| $act:expr) => {{
        let mut $call = Call::new($ctx, &$input.meta, &$input)?;
        let $issue = $call.id::<IssueKind>("issueId", &$input.issue_id);
        let hub = $call.hub_of("issueId", $issue).await?;
        let act = $act;
        let settled = $call.give(Some(hub), act).await?;
        let object = settled.load(issue).await?;
        Ok($payload::new(settled, object))
    }};
}

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
        let settled = call.give(Some(hub), act).await?;
        let object = settled.load(issue).await?;
        Ok(ProposeIssuePayload::new(settled, object))
    }

    /// Brings a piece of evidence. Members.
    async fn add_evidence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to bring.")] input: AddEvidenceInput,
    ) -> async_graphql::Result<AddEvidencePayload> {
        on_issue!(ctx, input, AddEvidencePayload, |call, issue| {
            let (figure, source) = (input.figure.clone(), input.source.clone());
            let given = EvidenceInput { figure, source, date: input.date.clone() };
            AddEvidence { issue, evidence: evidence(&mut call, &given) }
        })
    }

    /// Takes a piece of evidence back: who brought it, or a curator.
    async fn retract_evidence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to take back.")] input: RetractEvidenceInput,
    ) -> async_graphql::Result<RetractEvidencePayload> {
        on_issue!(ctx, input, RetractEvidencePayload, |call, issue| {
            // No piece has the number 0, so one that is no number is refused as unknown.
            RetractEvidence { issue, evidence: u32::try_from(input.number).unwrap_or_default() }
        })
    }

    /// Begins to look into an issue. Curators.
    async fn start_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to look into.")] input: StartReviewInput,
    ) -> async_graphql::Result<StartReviewPayload> {
        on_issue!(ctx, input, StartReviewPayload, |call, issue| StartReview { issue })
    }

    /// Puts an issue on the agenda. Curators.
    async fn accept_issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to accept.")] input: AcceptIssueInput,
    ) -> async_graphql::Result<AcceptIssuePayload> {
        on_issue!(ctx, input, AcceptIssuePayload, |call, issue| AcceptIssue { issue })
    }

    /// Declines an issue. Curators.
    async fn decline_issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to decline.")] input: DeclineIssueInput,
    ) -> async_graphql::Result<DeclineIssuePayload> {
        on_issue!(ctx, input, DeclineIssuePayload, |call, issue| DeclineIssue {
            issue,
            reason: words(&mut call, "reason", &input.reason)
        })
    }

    /// Takes an issue off the agenda. Curators.
    async fn close_issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to close.")] input: CloseIssueInput,
    ) -> async_graphql::Result<CloseIssuePayload> {
        on_issue!(ctx, input, CloseIssuePayload, |call, issue| CloseIssue {
            issue,
            why: words(&mut call, "reason", &input.reason)
        })
    }

    /// Puts a closed issue back on the agenda. Curators.
    async fn reopen_issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to reopen.")] input: ReopenIssueInput,
    ) -> async_graphql::Result<ReopenIssuePayload> {
        on_issue!(ctx, input, ReopenIssuePayload, |call, issue| ReopenIssue { issue })
    }

    /// Says how pressing an issue is. Curators.
    async fn set_urgency(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How pressing.")] input: SetUrgencyInput,
    ) -> async_graphql::Result<SetUrgencyPayload> {
        on_issue!(ctx, input, SetUrgencyPayload, |call, issue| SetUrgency {
            issue,
            urgency: input.urgency.into(),
            expected_version: input.expected_version
        })
    }

    /// Names more goals an issue serves. Curators.
    async fn link_sdg(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which goals.")] input: LinkSdgInput,
    ) -> async_graphql::Result<LinkSdgPayload> {
        on_issue!(ctx, input, LinkSdgPayload, |call, issue| LinkSdg {
            issue,
            goals: goals(&mut call, "goals", &input.goals)
        })
    }

    /// Says which region an issue concerns. Curators.
    async fn set_region(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which region.")] input: SetRegionInput,
    ) -> async_graphql::Result<SetRegionPayload> {
        on_issue!(ctx, input, SetRegionPayload, |call, issue| SetRegion {
            issue,
            region: call.input().optional_line("region", input.region.as_deref(), 120),
            expected_version: input.expected_version
        })
    }

    /// Lets one issue live on in another: endorsements and the title go over. Curators.
    async fn merge_issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which in which.")] input: MergeIssueInput,
    ) -> async_graphql::Result<MergeIssuePayload> {
        on_issue!(ctx, input, MergeIssuePayload, |call, issue| MergeIssue {
            issue,
            into: call.id::<IssueKind>("intoId", &input.into_id)
        })
    }
}
