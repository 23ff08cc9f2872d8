//! Issues in the API: what is proposed, what speaks for it, who stands behind it.

#![expect(clippy::too_many_arguments, reason = "a list takes its filters and the four of a page")]

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::connection::{Connection, EmptyFields};
use async_graphql::dataloader::Loader;
use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::HubId;
use serde::Serialize;

use super::fact::{Stage, Urgency as KernelUrgency};
use super::view::{self, EndorsementRow, EvidenceRow, IssueRow};
use crate::app::entry::{self, JournalEntry};
use crate::app::read::Batch;
use crate::app::relay::{Cursor, PageArgs, Sort, Total};
use crate::app::{Reader, reply};
use crate::hub::graphql::Hub;
use crate::stakeholder::graphql::Stakeholder;

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

crate::loader!(
    /// An issue by its id.
    IssueKey => IssueRow, crate::issue::view::issues_by_id, |row: &IssueRow| row.id.clone()
);

/// All evidence of an issue.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EvidenceKey(pub String);

impl Loader<EvidenceKey> for Batch {
    type Value = Vec<EvidenceRow>;
    type Error = Arc<journal::Error>;

    async fn load(
        &self,
        keys: &[EvidenceKey],
    ) -> Result<HashMap<EvidenceKey, Self::Value>, Self::Error> {
        let issues: Vec<String> = keys.iter().map(|key| key.0.clone()).collect();
        let mut found: HashMap<EvidenceKey, Self::Value> = HashMap::new();
        for row in view::evidence_of(&self.db, &issues).await.map_err(Arc::new)? {
            found.entry(EvidenceKey(row.issue.clone())).or_default().push(row);
        }
        Ok(found)
    }
}

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
        let row = read.loader().load_one(IssueKey(id.to_owned())).await.map_err(reply::fault)?;
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

    fn is_staff(&self) -> bool {
        HubId::parse(&self.row.journal).is_ok_and(|hub| self.read.viewer().is_staff(hub))
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
        self.row.reason.as_deref().filter(|_| self.is_staff())
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
        let rows = self.read.loader().load_one(key).await.map_err(reply::fault)?;
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
        let list = format!("endorsements of {}", self.row.id);
        let args = PageArgs { first, after, last, before };
        let window = args.window(&list, &view::ENDORSED_BY, false)?;
        let args = window.args(&self.row.journal, journal::args![&self.row.id]);
        let rows = self.read.db().all(window.sql(&view::ENDORSED_BY), args).await;
        let total = Total::new(
            &self.read,
            view::ENDORSED_BY_COUNT,
            journal::args![&self.row.journal, &self.row.id],
        );
        Ok(window.connection(
            &list,
            rows.map_err(reply::fault)?,
            |row: &EndorsementRow| (Sort::from(row.since), row.stakeholder.clone()),
            |row| Endorsement { read: self.read.clone(), row },
            total,
        ))
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
        let list = format!("issues of {} {stage}", self.hub);
        let args = PageArgs { first, after, last, before };
        let window = args.window(&list, &view::NEWEST, false)?;
        let hub = self.hub.to_string();
        let rows = self
            .read
            .db()
            .all(window.sql(&view::NEWEST), window.args(&hub, journal::args![&stage]))
            .await;
        let total = Total::new(&self.read, view::COUNT, journal::args![&hub, &stage]);
        Ok(window.connection(
            &list,
            rows.map_err(reply::fault)?,
            |row: &IssueRow| (Sort::from(row.created_at), row.id.clone()),
            |row| Issue { read: self.read.clone(), row },
            total,
        ))
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
