//! Issues in the API: what is proposed, what speaks for it, who stands behind it.

#![expect(clippy::too_many_arguments, reason = "a list takes its filters and the four of a page")]

use async_graphql::connection::{Connection, EmptyFields};
use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use journal::args;
use kernel::HubId;
use serde::Serialize;

use super::fact::{Stage, Urgency as KernelUrgency};
use super::view::{self, EndorsementRow, EvidenceRow, IssueRow};
use crate::app::entry::{self, JournalEntry};
use crate::app::relay::{Cursor, List, PageArgs, Sort, Total};
use crate::app::{Reader, reply};
use crate::hub::graphql::Hub;
use crate::stakeholder::graphql::Stakeholder;
use crate::{list_loader, loader};

/// Where an issue stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize)]
pub enum IssueStatus {
    /// Somebody proposed it.
    Proposed,
    /// A curator looks into it.
    UnderReview,
    /// It is on the agenda.
    Active,
    /// It is done with, and may come back.
    Closed,
    /// A curator said no.
    Declined,
    /// It lives on in another issue.
    Merged,
}

impl IssueStatus {
    fn stage(self) -> Stage {
        match self {
            Self::Proposed => Stage::Proposed,
            Self::UnderReview => Stage::UnderReview,
            Self::Active => Stage::Active,
            Self::Closed => Stage::Closed,
            Self::Declined => Stage::Declined,
            Self::Merged => Stage::Merged,
        }
    }

    fn of(stage: &str) -> Self {
        match stage.parse() {
            Ok(Stage::UnderReview) => Self::UnderReview,
            Ok(Stage::Active) => Self::Active,
            Ok(Stage::Closed) => Self::Closed,
            Ok(Stage::Declined) => Self::Declined,
            Ok(Stage::Merged) => Self::Merged,
            Ok(Stage::Unknown | Stage::Proposed) | Err(_) => Self::Proposed,
        }
    }
}

/// How pressing an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize)]
#[graphql(remote = "KernelUrgency")]
pub enum Urgency {
    /// It can wait a year.
    Low,
    /// It is a matter of this year.
    Normal,
    /// It is a matter of this month.
    High,
    /// People are harmed today.
    Acute,
}

/// A figure or finding with its source.
#[derive(Clone, Debug, SimpleObject)]
pub struct Evidence {
    /// Its number within the issue, from 1.
    number: i64,
    /// What was found.
    figure: String,
    /// Where it can be read.
    source: String,
    /// When it was published: `2021-03-04`.
    date: String,
    /// When it was brought forward.
    added_at: DateTime<Utc>,
    /// When it was taken back.
    retracted_at: Option<DateTime<Utc>>,
}

impl From<EvidenceRow> for Evidence {
    fn from(row: EvidenceRow) -> Self {
        Self {
            number: row.number,
            figure: row.figure,
            source: row.source,
            date: row.date,
            added_at: journal::instant(row.added_at),
            retracted_at: row.retracted_at.map(journal::instant),
        }
    }
}

/// A stakeholder stands behind an issue.
pub struct Endorsement {
    read: Reader,
    row: EndorsementRow,
}

/// A stakeholder stands behind an issue.
#[Object]
impl Endorsement {
    /// Since when.
    async fn since(&self) -> DateTime<Utc> {
        journal::instant(self.row.since)
    }
    /// Who; null when you may not see it.
    async fn stakeholder(&self) -> async_graphql::Result<Option<Stakeholder>> {
        Stakeholder::load(&self.read, &self.row.stakeholder).await
    }
    /// What.
    async fn issue(&self) -> async_graphql::Result<Option<Issue>> {
        Issue::load(&self.read, &self.row.issue).await
    }
}

loader!(
    /// An issue by its id.
    IssueKey => IssueRow, view::issues_by_id, |row: &IssueRow| row.id.clone()
);

list_loader!(
    /// All evidence of an issue.
    EvidenceKey => EvidenceRow, view::evidence_of, |row: &EvidenceRow| Some(row.issue.clone())
);

/// A social issue of a hub: what is the matter, what speaks for it, who stands behind it.
pub struct Issue {
    /// Reads for this request.
    pub read: Reader,
    /// Its row.
    pub row: IssueRow,
}

impl Issue {
    /// By its id; `None` when there is none.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn load(read: &Reader, id: &str) -> async_graphql::Result<Option<Self>> {
        let row = read.load(IssueKey(id.to_owned())).await?;
        Ok(row.map(|row| Self { read: read.clone(), row }))
    }

    /// Its id, for the `Node` interface.
    ///
    /// # Errors
    /// None; the signature is the interface's.
    #[expect(clippy::unused_async, reason = "the interface asks for it")]
    pub async fn id(&self, _ctx: &Context<'_>) -> async_graphql::Result<ID> {
        Ok(ID(self.row.id.clone()))
    }
}

/// A social issue of a hub: what is the matter, what speaks for it, who stands behind it.
#[Object]
impl Issue {
    /// Its id.
    #[graphql(name = "id")]
    async fn own_id(&self) -> ID {
        ID(self.row.id.clone())
    }
    /// Counts its changes: what an edit expects.
    async fn version(&self) -> i64 {
        self.row.version
    }
    /// Its place in addresses, within the hub.
    async fn slug(&self) -> &str {
        &self.row.slug
    }
    /// What it is called.
    async fn title(&self) -> &str {
        &self.row.title
    }
    /// What is the matter, and for whom.
    async fn statement(&self) -> &str {
        &self.row.statement
    }
    /// The region it concerns; null for everywhere.
    async fn region(&self) -> Option<&str> {
        self.row.region.as_deref()
    }
    /// The sustainable development goals it serves, 1 to 17.
    async fn sdgs(&self) -> Vec<i32> {
        self.row.sdgs().into_iter().map(i32::from).collect()
    }
    /// Where it stands.
    async fn status(&self) -> IssueStatus {
        IssueStatus::of(&self.row.stage)
    }
    /// How pressing it is.
    async fn urgency(&self) -> Urgency {
        self.row.urgency.parse::<KernelUrgency>().unwrap_or_default().into()
    }
    /// Why it was declined or closed; for those who work for the hub.
    async fn reason(&self) -> Option<&str> {
        self.row.reason.as_deref().filter(|_| self.read.is_for_staff(&self.row.journal))
    }
    /// When it was proposed.
    async fn created_at(&self) -> DateTime<Utc> {
        journal::instant(self.row.created_at)
    }
    /// When it last changed.
    async fn changed_at(&self) -> DateTime<Utc> {
        journal::instant(self.row.changed_at)
    }
    /// When it came on the agenda.
    async fn accepted_at(&self) -> Option<DateTime<Utc>> {
        self.row.accepted_at.map(journal::instant)
    }
    /// When it left the agenda.
    async fn closed_at(&self) -> Option<DateTime<Utc>> {
        self.row.closed_at.map(journal::instant)
    }
    /// How many pieces of evidence stand.
    async fn evidence_count(&self) -> i64 {
        self.row.evidence
    }
    /// How many stakeholders endorse it.
    async fn endorsement_count(&self) -> i64 {
        self.row.endorsements
    }
    /// What speaks for it, in the order it was brought forward.
    async fn evidence(
        &self,
        #[graphql(desc = "Whether what was taken back is among it.", default = false)]
        retracted: bool,
    ) -> async_graphql::Result<Vec<Evidence>> {
        let key = EvidenceKey(self.row.id.clone());
        let rows = self.read.load(key).await?;
        let stands = |row: &EvidenceRow| retracted || row.retracted_at.is_none();
        Ok(rows.unwrap_or_default().into_iter().filter(stands).map(Evidence::from).collect())
    }
    /// Who stands behind it, the first first.
    async fn endorsements(
        &self,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Cursor, Endorsement, Total, EmptyFields>> {
        let list = List {
            name: format!("endorsements of {}", self.row.id),
            keyset: &view::ENDORSED_BY,
            by_text: false,
            count: view::ENDORSED_BY_COUNT,
            journal: &self.row.journal,
            filters: args![&self.row.id],
        };
        let key = |row: &EndorsementRow| (Sort::from(row.since), row.stakeholder.clone());
        let node = |row| Endorsement { read: self.read.clone(), row };
        PageArgs { first, after, last, before }.of(&self.read, list, key, node).await
    }
    /// Where it lives on, when it was merged into another.
    async fn merged_into(&self) -> async_graphql::Result<Option<Self>> {
        match &self.row.merged_into {
            Some(id) => Self::load(&self.read, id).await,
            None => Ok(None),
        }
    }
    /// Its hub.
    async fn hub(&self) -> async_graphql::Result<Option<Hub>> {
        Hub::load(&self.read, &self.row.journal).await
    }
    /// What happened to it, newest first.
    async fn timeline(
        &self,
        #[graphql(desc = "How many, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<Connection<Cursor, JournalEntry, EmptyFields, EmptyFields>> {
        let hub = HubId::parse(&self.row.journal)?;
        let args = PageArgs { first, after, ..PageArgs::default() };
        entry::entries(&self.read, hub, Some(&self.row.id), args).await
    }
}

/// The issues of a hub, as a part of the hub.
pub struct HubIssues {
    /// Reads for this request.
    pub read: Reader,
    /// The hub.
    pub hub: HubId,
}

/// The issues of a hub.
#[Object]
impl HubIssues {
    /// Its issues, newest first.
    async fn issues(
        &self,
        #[graphql(desc = "Only those that stand so.")] status: Option<IssueStatus>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Cursor, Issue, Total, EmptyFields>> {
        let stage = status.map(|status| status.stage().to_string()).unwrap_or_default();
        let list = List {
            name: format!("issues of {} {stage}", self.hub),
            keyset: &view::NEWEST,
            by_text: false,
            count: view::COUNT,
            journal: &self.hub.to_string(),
            filters: args![&stage],
        };
        let key = |row: &IssueRow| (Sort::from(row.created_at), row.id.clone());
        let node = |row| Issue { read: self.read.clone(), row };
        PageArgs { first, after, last, before }.of(&self.read, list, key, node).await
    }

    /// What is on the agenda, the most pressing and most endorsed first; at most a hundred.
    async fn agenda(&self) -> async_graphql::Result<Vec<Issue>> {
        let rows = view::agenda(self.read.db(), &self.hub.to_string(), 100).await;
        let issue = |row| Issue { read: self.read.clone(), row };
        Ok(rows.map_err(reply::fault)?.into_iter().map(issue).collect())
    }

    /// One issue by its slug; null when there is none.
    async fn issue(
        &self,
        #[graphql(desc = "Its place in addresses.")] slug: String,
    ) -> async_graphql::Result<Option<Issue>> {
        let row = view::issue_by_slug(self.read.db(), &self.hub.to_string(), &slug).await;
        Ok(row.map_err(reply::fault)?.map(|row| Issue { read: self.read.clone(), row }))
    }
}
