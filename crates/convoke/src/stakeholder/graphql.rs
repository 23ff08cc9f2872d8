//! The registry in the API. Who sees what: everyone what is public and agreed to, members what
//! members see, those who work for the hub everything, and each her own entry. Addresses are for
//! the stakeholder itself and for staff.

#![expect(clippy::too_many_arguments, reason = "a list takes its filters and the four of a page")]

use async_graphql::connection::{Connection, EmptyFields};
use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::{HubId, Role};
use serde::Serialize;

use super::fact::{self, Stage};
use super::view::{self, PledgeRow, RelationRow, StakeholderRow};
use crate::app::entry::{self, JournalEntry};
use crate::app::relay::{Cursor, List, PageArgs, Sort, Total};
use crate::app::{Reader, Viewer, reply};
use crate::hub::graphql::Hub;
use crate::issue::graphql::Issue;
use crate::reach::graphql::StoppedLetters;
use crate::{list_loader, loader, reach};

/// What sort of stakeholder it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize)]
#[graphql(name = "StakeholderKind", remote = "fact::Kind")]
pub enum Kind {
    /// An association, foundation or charity.
    Ngo,
    /// A business that exists for a social end.
    SocialEnterprise,
    /// A person or a loose group that campaigns.
    Activist,
    /// A young company looking for its business.
    Startup,
    /// A university, school, library or research institute.
    KnowledgeInstitution,
    /// Any other business.
    Company,
    /// A municipality, ministry, agency.
    Government,
    /// The United Nations, the European Union and their kind.
    InternationalBody,
    /// Neighbours, volunteers, a club.
    CommunityGroup,
    /// Who gives money.
    Funder,
}

/// How a stakeholder is related to an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize)]
#[graphql(name = "StakeholderRelation", remote = "fact::Relation")]
pub enum Relation {
    /// It does something about it.
    WorksOn,
    /// It suffers from it.
    AffectedBy,
    /// It finds out about it.
    Studies,
    /// It pays for work on it.
    Funds,
}

/// Who sees a stakeholder in the directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize)]
#[graphql(remote = "fact::Visibility")]
pub enum Visibility {
    /// Everyone.
    Public,
    /// Members of the hub.
    Members,
    /// Hosts and curators only.
    Hosts,
}

/// Where a stakeholder stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum StakeholderStatus {
    /// Somebody noted it; it has not asked to be here.
    Prospect,
    /// It registered itself.
    Registered,
    /// A curator made sure that it is what it says.
    Verified,
    /// It lives on in another entry.
    Merged,
    /// Who it was is gone.
    Erased,
}

impl StakeholderStatus {
    fn of(stage: &str) -> Self {
        match stage.parse() {
            Ok(Stage::Registered) => Self::Registered,
            Ok(Stage::Verified) => Self::Verified,
            Ok(Stage::Merged) => Self::Merged,
            Ok(Stage::Erased) => Self::Erased,
            Ok(Stage::Unknown | Stage::Prospect) | Err(_) => Self::Prospect,
        }
    }
}

/// Something a stakeholder can give or looks for.
#[derive(Clone, Debug, SimpleObject)]
pub struct Pledge {
    /// Its number among the offers, or among the needs, of the stakeholder.
    number: i64,
    /// What.
    what: String,
    /// The last day it holds: `2026-12-24`.
    until: Option<String>,
    /// Since when.
    since: DateTime<Utc>,
}

impl From<PledgeRow> for Pledge {
    fn from(row: PledgeRow) -> Self {
        let since = journal::instant(row.since);
        Self { number: row.number, what: row.what, until: row.until, since }
    }
}

/// A stakeholder's relation to an issue.
pub struct IssueRelation {
    read: Reader,
    row: RelationRow,
}

/// A stakeholder's relation to an issue.
#[Object]
impl IssueRelation {
    /// How.
    async fn relation(&self) -> Option<Relation> {
        self.row.relation.parse::<fact::Relation>().ok().map(Relation::from)
    }
    /// Since when.
    async fn since(&self) -> DateTime<Utc> {
        journal::instant(self.row.since)
    }
    /// To which.
    async fn issue(&self) -> async_graphql::Result<Option<Issue>> {
        Issue::load(&self.read, &self.row.issue).await
    }
    /// Whose; null when you may not see it.
    async fn stakeholder(&self) -> async_graphql::Result<Option<Stakeholder>> {
        Stakeholder::load(&self.read, &self.row.stakeholder).await
    }
}

loader!(
    /// A stakeholder by its id.
    StakeholderKey => StakeholderRow, view::stakeholders_by_id,
    |row: &StakeholderRow| row.id.clone()
);

list_loader!(
    /// All offers and needs of a stakeholder.
    PledgesKey => PledgeRow, view::pledges_of, |row: &PledgeRow| Some(row.stakeholder.clone())
);

list_loader!(
    /// All relations of a stakeholder.
    RelationsKey => RelationRow, view::relations_of, |row: &RelationRow| Some(row.stakeholder.clone())
);

/// How much of the directory somebody sees: 0 what is public and agreed to, 1 what members see,
/// 2 everything.
pub fn sight(viewer: &Viewer, hub: HubId) -> i64 {
    match () {
        () if viewer.is_staff(hub) => 2,
        () if viewer.is_any(hub, &[Role::Member]) => 1,
        () => 0,
    }
}

/// Whether a reader may see an entry at all.
pub fn may_see(viewer: &Viewer, row: &StakeholderRow) -> bool {
    let Ok(hub) = HubId::parse(&row.journal) else { return false };
    match sight(viewer, hub) {
        _ if is_own(viewer, row) => true,
        0 => row.visibility == "public" && row.consent,
        1 => row.visibility != "hosts",
        _ => true,
    }
}

fn is_own(viewer: &Viewer, row: &StakeholderRow) -> bool {
    viewer.person.is_some_and(|person| person.to_string() == row.person)
}

/// Somebody the hub's issues concern: an organisation, a group, a person.
pub struct Stakeholder {
    /// Reads for this request.
    pub read: Reader,
    /// Its row.
    pub row: StakeholderRow,
}

impl Stakeholder {
    /// By its id; `None` when there is none, or none that the reader may see.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn load(read: &Reader, id: &str) -> async_graphql::Result<Option<Self>> {
        let key = StakeholderKey(id.to_owned());
        let row = read.load(key).await?;
        let row = row.filter(|row| may_see(read.viewer(), row));
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

    /// Whether the reader is one of its people or works for the hub.
    fn inside(&self) -> bool {
        self.read.is_for(&self.row.person) || self.read.is_for_staff(&self.row.journal)
    }

    async fn pledges(&self, side: &str) -> async_graphql::Result<Vec<Pledge>> {
        let key = PledgesKey(self.row.id.clone());
        let rows = self.read.load(key).await?;
        let today = self.read.now().date_naive().to_string();
        let stands = |row: &PledgeRow| {
            row.side == side && row.until.as_ref().is_none_or(|until| *until >= today)
        };
        Ok(rows.unwrap_or_default().into_iter().filter(stands).map(Pledge::from).collect())
    }
}

/// Somebody the hub's issues concern: an organisation, a group, a person.
#[Object]
impl Stakeholder {
    /// Its id.
    #[graphql(name = "id")]
    async fn own_id(&self) -> ID {
        ID(self.row.id.clone())
    }
    /// Counts its changes: what an edit expects.
    async fn version(&self) -> i64 {
        self.row.version
    }
    /// What sort it is.
    async fn kind(&self) -> Option<Kind> {
        self.row.kind.parse::<fact::Kind>().ok().map(Kind::from)
    }
    /// What it is called; null once it was erased.
    async fn name(&self) -> Option<&str> {
        self.row.name.as_deref()
    }
    /// How to reach it: for its own people and those who work for the hub.
    async fn email(&self) -> Option<&str> {
        self.row.email.as_deref().filter(|_| self.inside())
    }
    /// The address that waits to be proved by its link: for its own people and those who work
    /// for the hub.
    async fn pending_email(&self) -> Option<&str> {
        self.row.pending_email.as_deref().filter(|_| self.inside())
    }
    /// What is not written to it any more, and why: for those who work for the hub.
    #[graphql(complexity = "5 + child_complexity")]
    async fn stopped_letters(&self) -> async_graphql::Result<Option<Vec<StoppedLetters>>> {
        if !self.inside() {
            return Ok(None);
        }
        Ok(Some(reach::graphql::of(&self.read, &self.row.journal, &self.row.person).await?))
    }
    /// When its contact is reminded of events: for its own people and those who work for the hub.
    #[graphql(complexity = "5 + child_complexity")]
    async fn mail_preferences(
        &self,
    ) -> async_graphql::Result<Option<reach::graphql::MailPreferences>> {
        if !self.inside() {
            return Ok(None);
        }
        let (hub, person) = (&self.row.journal, &self.row.person);
        Ok(Some(reach::graphql::MailPreferences::of(&self.read, hub, person).await?))
    }
    /// A few sentences.
    async fn about(&self) -> Option<&str> {
        self.row.about.as_deref()
    }
    /// The language to write in.
    async fn locale(&self) -> &str {
        &self.row.locale
    }
    /// Its city.
    async fn city(&self) -> Option<&str> {
        self.row.city.as_deref()
    }
    /// Its region or province.
    async fn region(&self) -> Option<&str> {
        self.row.region.as_deref()
    }
    /// Its country.
    async fn country(&self) -> Option<&str> {
        self.row.country.as_deref()
    }
    /// Its website.
    async fn website(&self) -> Option<&str> {
        self.row.website.as_deref()
    }
    /// Words it is found by.
    async fn tags(&self) -> Vec<String> {
        self.row.tags()
    }
    /// Where it stands.
    async fn status(&self) -> StakeholderStatus {
        StakeholderStatus::of(&self.row.stage)
    }
    /// Who sees it in the directory.
    async fn visibility(&self) -> Visibility {
        self.row.visibility.parse::<fact::Visibility>().unwrap_or_default().into()
    }
    /// Whether its address proved to be its own; for its own people and staff.
    async fn email_confirmed(&self) -> Option<bool> {
        self.inside().then_some(self.row.confirmed)
    }
    /// Whether it asked not to be asked for a while; for its own people and staff.
    async fn paused(&self) -> Option<bool> {
        self.inside().then_some(self.row.paused)
    }
    /// The last day of the pause: `2026-12-24`; for its own people and staff.
    async fn paused_until(&self) -> Option<&str> {
        self.row.paused_until.as_deref().filter(|_| self.inside())
    }
    /// What it can give.
    async fn offers(&self) -> async_graphql::Result<Vec<Pledge>> {
        self.pledges("offer").await
    }
    /// What it looks for.
    async fn needs(&self) -> async_graphql::Result<Vec<Pledge>> {
        self.pledges("need").await
    }
    /// The issues it works on, suffers from, studies or funds.
    async fn relations(&self) -> async_graphql::Result<Vec<IssueRelation>> {
        let key = RelationsKey(self.row.id.clone());
        let rows = self.read.load(key).await?;
        let relation = |row| IssueRelation { read: self.read.clone(), row };
        Ok(rows.unwrap_or_default().into_iter().map(relation).collect())
    }
    /// When it was first noted.
    async fn created_at(&self) -> DateTime<Utc> {
        journal::instant(self.row.created_at)
    }
    /// When it last changed.
    async fn changed_at(&self) -> DateTime<Utc> {
        journal::instant(self.row.changed_at)
    }
    /// When a curator made sure that it is what it says.
    async fn verified_at(&self) -> Option<DateTime<Utc>> {
        self.row.verified_at.map(journal::instant)
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

/// The registry of a hub, as a part of the hub.
pub struct HubStakeholders {
    /// Reads for this request.
    pub read: Reader,
    /// The hub.
    pub hub: HubId,
}

/// The registry of a hub.
#[Object]
impl HubStakeholders {
    /// Its directory by name, as far as you may see it.
    async fn stakeholders(
        &self,
        #[graphql(desc = "Only of this kind.")] kind: Option<Kind>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Cursor, Stakeholder, Total, EmptyFields>> {
        let kind = kind.map(|kind| fact::Kind::from(kind).to_string()).unwrap_or_default();
        let sight = sight(self.read.viewer(), self.hub);
        let list = List {
            name: format!("stakeholders of {} {kind}", self.hub),
            keyset: &view::BY_NAME,
            by_text: true,
            count: view::COUNT,
            journal: &self.hub.to_string(),
            filters: journal::args![&kind, sight],
        };
        let key = |row: &StakeholderRow| {
            (Sort::from(row.name.clone().unwrap_or_default()), row.id.clone())
        };
        let node = |row| Stakeholder { read: self.read.clone(), row };
        PageArgs { first, after, last, before }.of(&self.read, list, key, node).await
    }

    /// Who is related to an issue of this hub, the first first; at most a hundred, as far as you
    /// may see them.
    async fn related_to(
        &self,
        #[graphql(desc = "The issue.")] issue_id: ID,
    ) -> async_graphql::Result<Vec<IssueRelation>> {
        let hub = self.hub.to_string();
        let rows = view::related_to(self.read.db(), &hub, &issue_id, 100).await;
        let relation = |row| IssueRelation { read: self.read.clone(), row };
        Ok(rows.map_err(reply::fault)?.into_iter().map(relation).collect())
    }
}
